"""Edits of the objective: from a solution to what it changes, for whom, and why."""

import re

from coach.okr import Context
from coach.reading.draft import ObjectiveLine, ReadDraft
from coach.reading.objective import read_objective
from coach.reading.text import words
from coach.reading.verbs import LEMMA_OF
from coach.reading.words import NOUN_TOO
from coach.rewriting.edit import ASKED, CAN, WHO, WHO_CAN, Add, Case, Changes, Replace, blank, edit
from coach.rewriting.wording import end, lower_first, upper_first


@edit("no-beneficiary", "no-why", "too-thin", "escape-clause", "buzzwords")
def solution_as_objective(case: Case) -> Changes:
    """Ask what the solution is for.

    sharper, objective: Migrate the shop to a new cloud ⇒ Migrate the shop to a new cloud, so that [who benefits] can [do what they can't do today]
    closer to purpose, objective: Launch the new app ⇒ [who benefits] can [do what, once we launch the new app]
    """
    if case.angle == "closer to purpose":
        return (Replace(0, end(case.text), f"{WHO} can {blank(_once(case))}"),)
    return _append(case, f", so that {WHO_CAN}")


def _once(case: Case) -> str:
    if case.line is None or case.line.verb is None or case.line.verb.start > 0:
        return "do what they can't do today"
    return f"do what, once we {lower_first(case.text[: end(case.text)], case.read)}"


@edit("no-beneficiary", "no-why", "vague-word", "buzzwords")
def too_thin(case: Case) -> Changes:
    """Ask what will be different, behind the author's words; a label before them goes.

    sharper, objective: Focus on bread ⇒ Focus on bread, so that [who benefits] can [do what they can't do today]
    """
    label = _LABEL.match(case.folded)
    asked = _append(case, f", so that {WHO_CAN}")
    return (Replace(0, label.end(), ""), *asked) if label else asked


_LABEL = re.compile(r"(?:topic|theme|area|focus)\s?[:–-] *")


def _append(case: Case, text: str) -> tuple[Replace]:
    stop = end(case.text)
    return (Replace(stop, stop, text),)


@edit("no-why")
def no_beneficiary(case: Case) -> Changes:
    """Ask for whom.

    sharper, objective: Fewer late changes to the timetable ⇒ Fewer late changes to the timetable for [who benefits]
    """
    return _append(case, f" for {WHO}")


@edit()
def no_why(case: Case) -> Changes:
    """Ask for the reason, or for the link to what the team serves.

    closer to purpose, objective: The timetable opens in a second ⇒ The timetable opens in a second, so that [how that serves: Nobody is cut off]
    """
    return _append(case, f", so that {blank(_purpose(case.read.context))}") if case.line else None


def and_why(read: ReadDraft) -> Replace | None:
    """Return the question for the reason, for an objective that is put anew and gives none."""
    objective = read.objective
    if objective is None or read.why is not None or objective.grammar.purpose is not None:
        return None
    stop = end(objective.text)
    return Replace(stop, stop, f", so that {blank(_purpose(read.context))}")


def _purpose(context: Context) -> str:
    serves = context.parent or context.priority or context.purpose
    return f"how that serves: {serves.rstrip(' .')}" if serves else "why it matters"


@edit("vague-word", "overlong", *ASKED)
def buzzwords(case: Case) -> Changes:
    """Put a question in the place of the big words; who benefits stays.

    sharper, objective: Leverage cutting-edge synergy for our growers ⇒ Our growers can [do what they can't do today]
    """
    if not isinstance(case.line, ObjectiveLine):
        return None
    stop = end(case.text)
    rest = case.text[case.end : stop]
    people = re.search(r" for ((?:our |the |all )?[\w-]+(?: [\w-]+){0,2})$", rest)
    if people:
        named = upper_first(people[1]) if case.text[:1].isupper() else people[1]
        return (Replace(0, stop, f"{named} {CAN}"),)
    if case.start > 0 and len(case.text[: case.start].split()) > 2:
        return (Replace(case.start, case.end, blank("what will be different")),)
    return (Replace(0, case.end if _GOES_ON.match(rest) else stop, WHO_CAN),)


_GOES_ON = re.compile(r"[\s.!]*$|,? (?:for|in|at|across|with|when|while|on|by|so that|because)\b")


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
    folded = case.folded
    sentence = re.search(r"[.!?] +(?=\w)", folded)
    if sentence:
        return (Replace(sentence.start(), end(case.text), ""),)
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


@edit(opens=ASKED)
def two_goals(case: Case) -> Changes:
    """Keep one goal; the other makes its own objective.

    sharper, objective: Growers ship within a day and islanders get their fruit ripe ⇒ Growers ship within a day
    closer to purpose, objective: Growers ship within a day and islanders get their fruit ripe ⇒ Islanders get their fruit ripe, so that [why it matters]
    """
    if case.angle == "closer to purpose" and not case.also("pay-or-rating"):
        return (Replace(0, case.start, ""), *_for_whom(case, case.start, len(case.text)))
    joint = _JOINT.search(case.folded[: case.start])
    stop = end(case.text)
    if joint is None or _shares_its_object(case.folded[: joint.start()]):
        return None
    whom = _for_whom(case, 0, joint.start())
    return (Replace(joint.start(), stop, ""), *whom)


_JOINT = re.compile(r"(?:,? (?:and|as well as|while|plus|&) |[;,]) *$")


def _shares_its_object(kept: str) -> bool:
    """Say whether what would stay ends in a verb: "find and mend what breaks" is cut nowhere."""
    last = re.search(r"([^\W\d_]+)$", kept)
    return last is None or (LEMMA_OF.get(last[1]) == last[1] and last[1] not in NOUN_TOO)


def _for_whom(case: Case, start: int, stop: int) -> tuple[Replace, ...]:
    """Ask for whom, where the words that stay name nobody."""
    kept = case.folded[start:stop]
    if any(map(case.also, (*ASKED, "solution-as-objective"))):
        return ()
    if read_objective(kept, words(kept)).beneficiary is not None:
        return ()
    return (Replace(stop, stop, f" for {WHO}"),)


@edit()
def metric_in_objective(case: Case) -> Changes:
    """Leave the number to the key results.

    sharper, objective: Raise punctuality for our ferry passengers from 74% to 85% ⇒ Raise punctuality for our ferry passengers
    closer to purpose, objective: Bring cancelled ferries down to 12 a season ⇒ [who benefits] can [do what they can't do today]
    """
    held = " ".join(case.read.draft.sentences)
    numbers = re.findall(r"\d[\d.,]*", case.quote)
    moved = () if all(number in held for number in numbers) else (Add(case.text[: end(case.text)]),)
    if case.angle == "closer to purpose":
        return (Replace(0, end(case.text), WHO_CAN), *moved)
    before = _INTO_NUMBER.search(case.folded[: case.start])
    start = before.start() if before else case.start
    if not before and not _INTO_NUMBER.match(" " + case.quote.lower()):
        return None
    if _TAKES_A_NUMBER.match(case.folded) or not _GOES_ON.match(case.text, case.end):
        return None
    return (Replace(start, case.end, ""), *moved)


_TAKES_A_NUMBER = re.compile(r"(?:bring|get|reach|hold|keep|take|hit|achieve)\b")
_INTO_NUMBER = re.compile(
    r" (?:from|to|by|at|of|under|below|above|over|up|down)(?: (?:from|to))?(?: |$)"
)


@edit("purpose-unrelated", *ASKED)
def copied_from_parent(case: Case) -> Changes:
    """Ask for this team's part in it: behind the parent's words, or around them."""
    parent = case.read.context.parent
    if case.angle == "sharper":
        return _append(case, f": {blank('our part in it')}")
    return (Replace(0, end(case.text), blank(f"our part in: {parent}")),) if parent else None


@edit(*ASKED)
def no_objective(case: Case) -> Changes:
    """Ask for the objective that the key results are there for; nothing is put into its place."""
    if not case.read.key_results:
        return None
    return (Replace(0, len(case.read.draft.objective), WHO_CAN, "objective"),)
