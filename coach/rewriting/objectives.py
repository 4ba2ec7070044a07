"""Edits of the objective: from a solution to what it changes, for whom, and why."""

import re

from coach.reading.draft import ObjectiveLine
from coach.reading.verbs import LEMMA_OF
from coach.rewriting.edit import Add, Case, Changes, Replace, blank, edit
from coach.rewriting.wording import end, lower_first, upper_first

_WHO = blank("who benefits")
_CAN = blank("do what they can't do today")
_WHO_CAN = f"{_WHO} can {_CAN}"


@edit("no-beneficiary", "no-why", "too-thin", "escape-clause", "buzzwords")
def solution_as_objective(case: Case) -> Changes:
    """Ask what the solution is for.

    sharper, objective: Migrate the shop to a new cloud ⇒ Migrate the shop to a new cloud, so that [who benefits] can [do what they can't do today]
    closer to purpose, objective: Launch the new app ⇒ [who benefits] can [do what, once we launch the new app]
    """
    if case.angle == "closer to purpose":
        return (Replace(0, end(case.text), f"{_WHO} can {blank(_once(case))}"),)
    return _append(case, f", so that {_WHO_CAN}")


def _once(case: Case) -> str:
    if case.line is None or case.line.verb is None or case.line.verb.start > 0:
        return "do what they can't do today"
    return f"do what, once we {lower_first(case.text[: end(case.text)], case.read)}"


@edit("no-beneficiary", "no-why", "vague-word", "buzzwords")
def too_thin(case: Case) -> Changes:
    """Ask what will be different, behind the author's words.

    sharper, objective: Focus on bread ⇒ Focus on bread, so that [who benefits] can [do what they can't do today]
    """
    return _append(case, f", so that {_WHO_CAN}")


def _append(case: Case, text: str) -> Changes:
    stop = end(case.text)
    return (Replace(stop, stop, text),)


@edit("no-why")
def no_beneficiary(case: Case) -> Changes:
    """Ask for whom.

    sharper, objective: Fewer late changes to the timetable ⇒ Fewer late changes to the timetable for [who benefits]
    """
    return _append(case, f" for {_WHO}")


@edit()
def no_why(case: Case) -> Changes:
    """Ask for the reason, or for the link to what the team serves.

    sharper, objective: Readers bring their books back on time ⇒ Readers bring their books back on time, so that [why it matters]
    """
    if not isinstance(case.line, ObjectiveLine) and case.read.objective is None:
        return None
    serves = case.read.context.parent or case.read.context.priority
    name = f"how that serves: {serves}" if serves else "why it matters"
    return _append(case, f", so that {blank(name)}") if case.line else None


@edit("too-thin", "vague-word", "no-beneficiary", "no-why", "overlong")
def buzzwords(case: Case) -> Changes:
    """Put a question in the place of the big words; who benefits stays.

    sharper, objective: Unleash world-class synergy excellence for our growers ⇒ Our growers can [do what they can't do today]
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
    goes_on = _GOES_ON.match(rest.lower())
    return (Replace(0, case.end if goes_on else stop, _WHO_CAN),)


_GOES_ON = re.compile(r" (?:in|at|across|with|when|while|on|so that|because)\b")


@edit()
def overlong(case: Case) -> Changes:
    """Keep the sentence and leave out its asides.

    sharper, objective: Make sure that every passenger, no matter which pier they start from or how they paid, steps off the ferry rested and on time ⇒ Every passenger steps off the ferry rested and on time
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
    r"(?:, (?:no matter|whether|including|such as|for example|at|on|in|wherever|whenever|"
    r"regardless|irrespective|from|be it)\b[^,]*)+,|, (?:no matter|whether|including|such as|"
    r"regardless|irrespective)\b[^,]*$| \([^)]*\)"
)


@edit("metric-in-objective")
def two_goals(case: Case) -> Changes:
    """Keep one goal; the other makes its own objective.

    sharper, objective: Growers ship within a day and we open a shop in Porto ⇒ Growers ship within a day
    closer to purpose, objective: Growers ship within a day and we open a shop in Porto ⇒ We open a shop in Porto
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

    sharper, objective: Raise punctuality for our ferry passengers from 74% to 85% ⇒ Raise punctuality for our ferry passengers
    closer to purpose, objective: Reach 30% organic growers in the valley ⇒ [who benefits] can [do what they can't do today]
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
    """Ask for this team's part in it: "[our part in: the parent's words]"."""
    parent = case.read.context.parent
    return (Replace(0, end(case.text), blank(f"our part in: {parent}")),) if parent else None
