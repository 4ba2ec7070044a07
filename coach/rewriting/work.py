"""Edits of key results that name work done: what does it change, and for whom?

Two answers, different in kind. The sharper one keeps the work and adds its effect; the one closer
to purpose puts the outcome in its place. What the outcome is, only the author knows.
"""

import re

from coach.reading.draft import KeyResultLine, ReadDraft
from coach.rewriting.edit import FROM_TO, NUMBERS, Case, Changes, Replace, blank, edit
from coach.rewriting.wording import deadline, end, is_plural, lower_first, people

SETTLES = (
    "activity", "deliverable", "counts-activity", "binary", "no-target", "no-baseline",
    "ambiguous-metric", "business-as-usual", "all-output", "internal-only",
)  # fmt: skip


@edit(*SETTLES, opens=NUMBERS)
def deliverable(case: Case) -> Changes:
    """Ask for the effect of what is shipped.

    sharper: Launch the new help centre ⇒ Launch the new help centre, so that [what it changes] goes from [today] to [target]
    closer to purpose: Launch the new help centre ⇒ [what islanders do once the new help centre is there] from [today] to [target]
    """
    return effect(case)


@edit(*SETTLES, opens=NUMBERS)
def activity(case: Case) -> Changes:
    """Ask for the effect of the effort.

    closer to purpose: Support skippers in storms ⇒ [what changes when we support skippers in storms] from [today] to [target]
    """
    return effect(case)


@edit(*SETTLES, opens=NUMBERS)
def counts_activity(case: Case) -> Changes:
    """Ask for the effect of what is counted.

    closer to purpose: Run 24 user interviews ⇒ [what changes thanks to 24 user interviews] from [today] to [target]
    """
    return effect(case)


@edit(*SETTLES, opens=NUMBERS)
def binary(case: Case) -> Changes:
    """Ask for a degree where there is only done or not done.

    closer to purpose: Harbour permit approved ⇒ [what changes once harbour permit is approved] from [today] to [target]
    """
    return effect(case)


@edit("no-beneficiary", "no-why", "too-thin", "no-movement", *SETTLES, opens=NUMBERS)
def business_as_usual(case: Case) -> Changes:
    """Ask what gets better.

    bolder: Continue the monthly harbour walk ⇒ Continue the monthly harbour walk, so that [what gets better] goes from [today] to [target]
    closer to purpose, objective: Keep the ferries as clean as they are ⇒ [what gets better for whom than it is today]
    """
    stop, key_result = end(case.text), case.key_result is not None
    if case.angle == "closer to purpose":
        room = f" {FROM_TO}" if key_result else ""
        return (Replace(0, stop, blank("what gets better for whom than it is today") + room),)
    if not key_result:
        return (Replace(stop, stop, f", so that {blank('what gets better for whom')}"),)
    return (Replace(stop, stop, f", so that {blank('what gets better')} goes {FROM_TO}"),)


def effect(case: Case) -> Changes:
    """Ask what work is for: behind it, or in its place."""
    kr = case.key_result
    if kr is None or case.also("placeholder-left"):  # which is filled first
        return None
    stop, metric = end(kr.text), kr.reading.parts.get("metric")
    if metric and kr.reading.baseline is not None and kr.reading.target is not None:
        return (Replace(0, metric.start, ""),) if metric.start else None
    if case.angle != "closer to purpose":
        joint = ", seen in" if _PURPOSE.search(kr.folded) else ", so that"
        moved = FROM_TO if joint == ", seen in" else f"goes {FROM_TO}"
        return (Replace(stop, stop, f"{joint} {blank('what it changes')} {moved}"),)
    closing = deadline(kr)
    at = closing[0] if closing else stop
    return (Replace(0, at, f"{blank(_outcome(kr, at, case.read))} {FROM_TO}"),)


_PURPOSE = re.compile(r"\b(?:so that|in order to|so we|to (?!be\b)[a-z]+)\b")
_LONGEST = 60
_BREAK = re.compile(
    r"[,;:(]| (?:that|which|who|to|so|in order|by|with|through|for|in|as|across|from|including|via|"
    r"and) "
)


def _outcome(kr: KeyResultLine, stop: int, read: ReadDraft) -> str:
    """Return the question that stands where the work stood, in the work's own words."""
    verb = kr.verb if kr.verb and _ASIDE.fullmatch(kr.folded, 0, kr.verb.start) else None
    said = kr.text[verb.start if verb else 0 : stop].rstrip()
    if len(said) > _LONGEST + 10:
        breaks = [found.start() for found in _BREAK.finditer(said, 12, _LONGEST)]
        if not breaks:
            return "what changes for whom once this is done"
        said = said[: breaks[-1]].rstrip(" ,;:(")
    clause = lower_first(said, read)
    if clause.startswith("be "):
        return f"what changes once we are {clause[3:]}"
    if verb is None:
        return f"what changes once {_stated(clause.partition(':')[0])}"
    thing = said[verb.end - verb.start :].strip()
    if verb.lemma.split()[0] in _MAKES and _THING.match(thing.lower()):
        thing = re.sub(r"^an? ", "the ", thing)
        return f"what {people(read)} do once {thing} {'are' if is_plural(thing) else 'is'} there"
    if verb.lemma.split()[0] in _HOLDS and _COUNTED.match(thing):
        return f"what changes thanks to {thing}"
    return f"what changes when we {clause}"


_ASIDE = re.compile(
    r"(?:maybe |perhaps |possibly |hopefully |ideally |to |we will |we |then |also )*"
)
_THING = re.compile(r"(?:the|a|an|our|new|self|\d)\b(?!.*\b(?:to|so|in order|and|which|that)\b)")
_MAKES = frozenset(
    "launch build ship release deliver create publish deploy install introduce develop open "
    "produce write set put roll design".split()
)
_HOLDS = frozenset("run hold attend host conduct organise organize".split())
_COUNTED = re.compile(r"\d+ [^\W\d_]")
_STATES = re.compile(r"\b(?:is|are|was|were|has|have|takes?|finds?|gets?|goes|go)\b")
_DONE = re.compile(
    r" (?:(?:\w+ed|held|done|built|written|set up|live|ready|complete|sent|put up|rolled out|"
    r"switched (?:on|off|over)|in place)(?: (?:over|up|out|off|on|in))?)$"
)


def _stated(clause: str) -> str:
    """Return a line without verb in front as a clause: "recipe approved" → "recipe is approved"."""
    if _STATES.search(clause):
        return clause
    done = _DONE.search(clause)
    if done is None:
        return f"this is done: {clause}"
    thing = clause[: done.start()]
    return f"{thing} {'are' if is_plural(thing) else 'is'}{done[0]}"
