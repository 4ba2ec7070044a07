"""Edits of the objective: from a solution to what it changes, for whom, and why."""

import re

from coach.reading.draft import ObjectiveLine
from coach.reading.verbs import LEMMA_OF
from coach.rewriting.edit import Add, Case, Changes, Replace, blank, edit
from coach.rewriting.wording import end, upper_first

_WHO = blank("who benefits")
_CAN = blank("do what they can't do today")
_WHO_CAN = f"{_WHO} can {_CAN}"


@edit("no-beneficiary", "no-why", "too-thin", "escape-clause", "buzzwords")
def solution_as_objective(case: Case) -> Changes:
    """Ask what the solution is for.

    sharper: Migrate the shop to a new cloud → Migrate the shop to a new cloud, so that [who benefits] can [do what they can't do today]
    closer to purpose: Launch the new app → [who benefits] can [do what they can't do today]
    """
    if case.angle == "closer to purpose":
        return (Replace(0, end(case.text), _WHO_CAN),)
    return _append(case, f", so that {_WHO_CAN}")


@edit("no-beneficiary", "no-why", "vague-word", "buzzwords")
def too_thin(case: Case) -> Changes:
    """Ask what will be different, behind the author's words.

    sharper: Focus on quality → Focus on quality, so that [who benefits] can [do what they can't do today]
    """
    return _append(case, f", so that {_WHO_CAN}")


def _append(case: Case, text: str) -> Changes:
    stop = end(case.text)
    return (Replace(stop, stop, text),)


@edit("no-why")
def no_beneficiary(case: Case) -> Changes:
    """Ask for whom.

    sharper: Fewer late changes to the theatre list → Fewer late changes to the theatre list for [who benefits]
    """
    return _append(case, f" for {_WHO}")


@edit()
def no_why(case: Case) -> Changes:
    """Ask for the reason, or for the link to what the team serves.

    sharper: Tenants read the letters we send → Tenants read the letters we send, so that [why it matters]
    """
    if not isinstance(case.line, ObjectiveLine) and case.read.objective is None:
        return None
    serves = case.read.context.parent or case.read.context.priority
    name = f"how that serves: {serves}" if serves else "why it matters"
    return _append(case, f", so that {blank(name)}") if case.line else None


@edit("too-thin", "vague-word", "no-beneficiary", "no-why", "overlong")
def buzzwords(case: Case) -> Changes:
    """Put a question in the place of the big words; who benefits stays.

    sharper: Leverage synergies for a next-gen experience for our accountants → Our accountants can [do what they can't do today]
    """
    if not isinstance(case.line, ObjectiveLine):
        return None
    stop = end(case.text)
    rest = case.text[case.end : stop]
    people = re.fullmatch(r" for ((?:our |the |all )?[\w-]+(?: [\w-]+){0,2})", rest)
    if people:
        named = upper_first(people[1]) if case.text[:1].isupper() else people[1]
        return (Replace(0, stop, f"{named} can {_CAN}"),)
    if case.start > 0 and len(case.text[: case.start].split()) > 2:
        return (Replace(case.start, case.end, blank("what will be different")),)
    return (Replace(0, case.end, _WHO_CAN),)


@edit()
def overlong(case: Case) -> Changes:
    """Keep the sentence and leave out its asides.

    sharper: Make sure that every guest, no matter when they arrive, has a quick and pleasant arrival → Every guest has a quick and pleasant arrival
    """
    kr = case.key_result
    if kr is not None:
        parts = kr.reading.parts
        metric, target = parts.get("metric"), parts.get("target")
        if metric is None or target is None or metric.start < 20 or metric.end > target.start:
            return None
        return (Replace(0, metric.start, ""),)
    folded = case.text.lower()
    taken = [Replace(found.start(), found.end(), "") for found in _ASIDE.finditer(folded)]
    opening = _MAKE_SURE.match(folded)
    if opening:
        taken.append(Replace(0, opening.end(), ""))
    return tuple(taken) or None


_MAKE_SURE = re.compile(r"(?:make sure|ensure|see to it)(?: that)? ")
_ASIDE = re.compile(
    r", (?:no matter|whether|including|such as|for example|at any|on any|in any|wherever|whenever|"
    r"regardless|irrespective|from|be it)\b[^,]*,|, (?:no matter|whether|including|such as|"
    r"regardless|irrespective)\b[^,]*$| \([^)]*\)"
)


@edit("metric-in-objective")
def two_goals(case: Case) -> Changes:
    """Keep one goal; the other makes its own objective.

    sharper: Reps quote on the spot and we open the Nordic market → Reps quote on the spot
    closer to purpose: Reps quote on the spot and we open the Nordic market → We open the Nordic market
    """
    folded = case.text.lower()
    joints = [
        joint
        for joint in _JOINT.finditer(folded)
        if joint[1] in (";", "as well as") or _opens_goal(folded, joint.end())
    ] or list(re.finditer(r"( and )", folded))[:1]
    if not joints:
        return None
    if case.angle == "closer to purpose" and not case.also("pay-or-rating"):
        return (Replace(0, joints[-1].end(), ""),)
    return (Replace(joints[0].start(), end(case.text), ""),)


_JOINT = re.compile(r",? (and|as well as|while|plus|&) |(;) |(,) ")
_SUBJECTS = frozenset("we our the all every each customers users people they everyone no".split())


def _opens_goal(folded: str, start: int) -> bool:
    word = re.compile(r"[^\W\d_]+").match(folded, start)
    return word is not None and (word[0] in _SUBJECTS or LEMMA_OF.get(word[0]) == word[0])


@edit()
def metric_in_objective(case: Case) -> Changes:
    """Leave the number to the key results.

    sharper: Raise on-time departures for passengers from 74% to 85% → Raise on-time departures for passengers
    closer to purpose: Reach 40% women among new engineers → [who benefits] can [do what they can't do today]
    """
    held = " ".join(case.read.draft.sentences)
    numbers = re.findall(r"\d[\d.,]*", case.quote)
    moved = () if all(number in held for number in numbers) else (Add(case.text[: end(case.text)]),)
    if case.angle == "closer to purpose":
        return (Replace(0, end(case.text), _WHO_CAN), *moved)
    before = _INTO_NUMBER.search(case.text[: case.start].lower())
    start = before.start() if before else case.start
    if not before and not _INTO_NUMBER.match(" " + case.quote.lower()):
        return None
    return (Replace(start, case.end, ""), *moved)


_INTO_NUMBER = re.compile(
    r" (?:from|to|by|at|of|under|below|above|over|up|down)(?: (?:from|to))?(?: |$)"
)


@edit("no-why", "purpose-unrelated")
def copied_from_parent(case: Case) -> Changes:
    """Ask for this team's part in it.

    sharper: The parent's own words → [our part in: The parent's own words]
    """
    parent = case.read.context.parent
    return (Replace(0, end(case.text), blank(f"our part in: {parent}")),) if parent else None
