"""Edits that give a key result a step worth taking: the right way, possible, more than noise."""

from coach.okr import Span
from coach.rewriting.edit import FROM_TO, NUMBERS, Case, Changes, Drop, Replace, blank, edit
from coach.rewriting.numbers import bolder_than, number_start


@edit(opens=NUMBERS)
def wrong_direction(case: Case) -> Changes:
    """Turn the numbers round, or keep where it stands and ask for the better side of it.

    sharper: Jars broken in transport from 3% to 5% ⇒ Jars broken in transport from 5% to 3%
    bolder: Jars broken in transport from 3% to 5% ⇒ Jars broken in transport from 3% to [target below 3%]
    """
    return _swapped(case) if case.angle == "sharper" else _turned(case)


@edit("wrong-direction", opens=NUMBERS)
def contradiction(case: Case) -> Changes:
    """Leave out the one that pulls the other way; of two alone, turn it or ask for another."""
    if case.key_result and len(case.read.key_results) > 2:
        return (Drop(case.finding.line),)
    if case.angle == "closer to purpose":
        return (Replace(0, len(case.text), f"{blank('what else would show it')} {FROM_TO}"),)
    return _turned(case)


def _swapped(case: Case) -> Changes:
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    baseline, target = parts.get("baseline"), parts.get("target")
    if baseline is None or target is None or baseline == target:
        return None
    one, other = case.text[baseline.start : baseline.end], case.text[target.start : target.end]
    return (
        Replace(baseline.start, baseline.end, other),
        Replace(target.start, target.end, one),
    )


def _turned(case: Case) -> Changes:
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    baseline, target = parts.get("baseline"), parts.get("target")
    if kr is None or baseline is None or target is None or baseline.start == target.start:
        return None
    rises = (kr.reading.target or 0) > (kr.reading.baseline or 0)
    side = "below" if rises else "above"
    asked = blank(f"target {side} {kr.text[baseline.start : baseline.end]}")
    return (Replace(number_start(kr, target), target.end, asked),)


@edit("business-as-usual", opens=NUMBERS)
def no_movement(case: Case) -> Changes:
    """Keep where it stands and ask for more than that.

    bolder: Ferries on time stay at 91% ⇒ Ferries on time from 91% to [target above 91%]
    """
    return _beyond(case)


def _beyond(case: Case) -> Changes:
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    baseline, target = parts.get("baseline"), parts.get("target")
    number = target or baseline
    if kr is None or number is None:
        return None
    known = baseline or number
    today = kr.text[known.start : known.end]
    if today.replace(" ", "") in ("100%", "0%"):
        return None  # there is nothing beyond
    side = {1: "target above", -1: "target below", 0: "better than"}[kr.polarity]
    asked = blank(f"{side} {today}")
    if known.start < number.start:
        return (Replace(number_start(kr, number), number.end, asked),)
    verb, metric = parts.get("verb"), parts.get("metric")
    start = metric.end if metric and metric.end <= number.start else number.start
    kept = (Replace(0, metric.start, ""),) if metric and verb and verb.end <= metric.start else ()
    if known != number:
        return (*kept, Replace(start, number.end, f": {asked}"))
    return (*kept, Replace(start, _end_of_sameness(case, number), f" from {today} to {asked}"))


def _end_of_sameness(case: Case, number: Span) -> int:
    """Return where "64 %" ends, with an "(as today)" that the finding marks behind it."""
    if case.finding.span is None or case.end <= number.end:
        return number.end
    closed = case.text.find(")", case.end) if "(" in case.quote and ")" not in case.quote else -1
    return closed + 1 if closed >= 0 else case.end


@edit(opens=NUMBERS)
def impossible_target(case: Case) -> Changes:
    """Ask for a target inside of what can be.

    bolder: Ferries on time from 91% to 120% ⇒ Ferries on time from 91% to [reachable target below 120%]
    """
    kr = case.key_result
    target = kr.reading.parts.get("target") if kr else None
    if kr is None or target is None:
        return None
    falls = kr.reading.target == 0 or kr.reading.direction == "down" or kr.polarity < 0
    side = "above" if falls and kr.reading.target != 100 else "below"
    number = kr.text[target.start : target.end]
    if not any(sign.isdigit() for sign in number):
        return (Replace(target.start, max(target.end, case.end), blank("target above nothing")),)
    return (Replace(target.start, target.end, blank(f"reachable target {side} {number}")),)


@edit(opens=NUMBERS)
def timid_target(case: Case) -> Changes:
    """Ask for a step that can be told from chance.

    bolder: Bikes repaired on the same day: 61% → 62% ⇒ Bikes repaired on the same day: 61% → [bolder than 62%]
    """
    kr = case.key_result
    target = kr.reading.parts.get("target") if kr else None
    if kr is None or target is None or case.angle == "sharper":
        return None
    return (Replace(target.start, target.end, bolder_than(kr, target)),)


@edit("wrong-direction", "impossible-target", "timid-target", opens=NUMBERS)
def units_differ(case: Case) -> Changes:
    """Ask for today's value in the unit of the target.

    sharper: Refunds from €400 to 3% ⇒ Refunds from [today, in the unit of "3%"] to 3%
    """
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    baseline, target = parts.get("baseline"), parts.get("target")
    if kr is None or baseline is None or target is None:
        return None
    asked = blank(f'today, in the unit of "{kr.text[target.start : target.end]}"')
    return (Replace(baseline.start, baseline.end, asked),)
