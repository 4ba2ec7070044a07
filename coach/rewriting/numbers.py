"""Edits that make a key result measurable: what is measured, from where, to where."""

import re

from coach.okr import Span
from coach.reading.draft import KeyResultLine
from coach.rewriting.edit import (
    FROM_TO,
    NUMBERS,
    TARGET,
    TODAY,
    Add,
    Case,
    Changes,
    Replace,
    blank,
    edit,
)
from coach.rewriting.wording import (
    before_means,
    deadline,
    end,
    is_plural,
    lower_first,
    people,
    upper_first,
)
from coach.rewriting.work import effect

_UNSURE = blank("a target you might miss")


@edit(opens=NUMBERS)
def ambiguous_metric(case: Case) -> Changes:
    """Ask how it is measured, right behind the measure, or for what it stands for.

    sharper: Crew morale from 6.1 to 7.4 ⇒ Crew morale [measured how] from 6.1 to 7.4
    closer to purpose: Crew morale from 6.1 to 7.4 ⇒ [what islanders do once crew morale goes up] from [today] to [target]
    """
    kr = case.key_result
    if kr is None:
        return None
    metric = kr.reading.parts.get("metric")
    if case.angle == "closer to purpose" and metric:
        closing = deadline(kr)
        named = lower_first(kr.text[metric.start : metric.end], case.read)
        verb = "go" if is_plural(named) else "goes"
        way = "down" if kr.reading.direction == "down" else "up"
        asked = blank(f"what {people(case.read)} do once {named} {verb} {way}")
        return (Replace(0, closing[0] if closing else end(kr.text), f"{asked} {FROM_TO}"),)
    at = case.end
    number = min((kr.reading.parts[part].start for part in _NUMBERS if part in kr.reading.parts),
                 default=len(kr.text))  # fmt: skip
    if at > number or (case.start == 0 and at >= end(kr.text)):
        at = metric.end if metric else before_means(kr)
    return (Replace(at, at, " " + blank("measured how")),)


_NUMBERS = ("baseline", "target", "change", "work")


@edit("no-baseline", "binary", opens=NUMBERS)
def no_target(case: Case) -> Changes:
    """Leave room for where it stands and where it will stand.

    sharper: Improve sign-ups ⇒ Sign-ups from [today] to [target]
    sharper: Stale loaves go down ⇒ Stale loaves go down from [today] to [target]
    bolder: Improve sign-ups ⇒ Sign-ups from [today] to [a target you might miss]
    """
    kr = case.key_result
    if kr is None or kr.reading.target is not None:
        return None
    if case.also("placeholder-left"):
        return None
    if case.angle == "closer to purpose" and case.also("ambiguous-metric"):
        return None
    vague = _VAGUE_AMOUNT.search(kr.folded, case.start, case.end)
    if vague:
        return (Replace(vague.start(), vague.end(), blank("how many")),)
    target = _UNSURE if case.angle == "bolder" else TARGET
    at = before_means(kr)
    if kr.reading.baseline is not None:
        return (Replace(at, at, f" to {target}"),)
    room = f"from {TODAY} to {target}"
    opening = _IMPROVE.match(kr.folded)
    if opening and opening.end() < at:
        return (Replace(0, opening.end(), ""), Replace(at, at, " " + room))
    if _moves(kr, at):
        return (Replace(at, at, " " + room),)
    if kr.verb is not None and kr.verb.start == 0:
        return effect(case)
    how = f"{blank('measured how')} " if at > _EASY or ". " in kr.text[:at] else ""
    return (Replace(at, at, f": {how}{room}"),)


_EASY = 60
_VAGUE_AMOUNT = re.compile(r"\b(?:a lot of|lots of|many|several|plenty of|a number of)\b")
_IMPROVE = re.compile(
    r"(?:improve|improving|optimi[sz]e|enhance|strengthen|work on|focus on) (?:the )?"
)
_MOVED = re.compile(
    r"\b(?:up|down|increased?|improved?|reduced?|decreased?|raised|lowered|grows?|grown|rises?|"
    r"risen|falls?|fallen|drops?|dropped|cut|shrinks?|higher|lower|better)$"
)


def _moves(kr: KeyResultLine, at: int) -> bool:
    """Say whether "from … to …" can follow: the line opens, or ends there, with a movement."""
    if kr.verb is not None and kr.verb.start == 0 and kr.verb.kind in ("raise", "lower"):
        return True
    return _MOVED.search(kr.folded[:at]) is not None


@edit(opens=NUMBERS)
def no_baseline(case: Case) -> Changes:
    """Leave room for where it stands today.

    sharper: Ferries leaving on time reach 96% ⇒ Ferries leaving on time from [today] to 96%
    sharper: Piers with a ramp: 14 ⇒ Piers with a ramp: from [today] to 14
    sharper: Cut first reply to 4 hours ⇒ Time to first reply from [today] to 4 hours
    bolder: Cut first reply to 4 hours ⇒ Time to first reply from [today] to [bolder than 4 hours]
    """
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    part = parts.get("target") or parts.get("change")
    if kr is None or part is None:
        return None
    start = number_start(kr, part)
    room = _from_today(kr, start)
    if room is None:
        stop = end(kr.text)
        room = (Replace(stop, stop, f" (today {blank('number')})"),)
    dared = case.angle == "bolder" and _can_be_bolder(kr, part)
    return (*room, Replace(start, part.end, bolder_than(kr, part))) if dared else room


def _can_be_bolder(kr: KeyResultLine, part: Span) -> bool:
    metric = kr.reading.parts.get("metric")
    at_its_end = kr.reading.target == 0 or (kr.reading.unit == "%" and kr.reading.target == 100)
    return metric is not None and metric.end <= part.start and not at_its_end


def number_start(kr: KeyResultLine, number: Span) -> int:
    """Return where a number starts, with the "under" or "at least" in front of it."""
    bound = kr.reading.parts.get("bound")
    if bound is None or not bound.end <= number.start <= bound.end + 1:
        return number.start
    return number.start if kr.folded[: bound.end].endswith(" to") else bound.start


_TO = re.compile(r"\bto +$")
_ARROW = re.compile(r"(?:→|-+>|=>) *$")
_LINK = re.compile(
    r"(?<=\w) (reach(?:es)?|hits?|is|are|at|of|stands? at|gets? to|becomes?|equals?|=) +$"
)
_BEFORE = re.compile(r"([^\W\d_]+|\)) +$")
_NO_ROOM_AFTER = frozenset(
    "a an the in for with by than every each after within per on into and or all only until".split()
)


def _from_today(kr: KeyResultLine, start: int) -> tuple[Replace, ...] | None:
    """Return what makes "from [today] to" of the words before a target; None if nothing fits."""
    before = kr.folded[:start]
    if to := _TO.search(before):
        return (*_as_time(kr, to.start()), Replace(to.start(), to.start(), f"from {TODAY} "))
    if (arrow := _ARROW.search(before)) and not before[: arrow.start()].rstrip()[-1:].isdigit():
        return (Replace(arrow.start(), arrow.start(), f"{TODAY} "),)
    if before.rstrip().endswith(":"):
        return (Replace(start, start, f"from {TODAY} to "),)
    led = kr.verb.end if kr.verb and kr.verb.start == 0 else 0
    link = _LINK.search(before)
    if link and link.start() > led and (link[1] not in ("of", "at") or _ends(kr)):
        return (Replace(link.start(), start, f" from {TODAY} to "),)
    noun = _BEFORE.search(before)
    if noun and noun[1] not in _NO_ROOM_AFTER and noun.start() >= led and _ends(kr):
        return (Replace(start, start, f"from {TODAY} to "),)
    return None


def _ends(kr: KeyResultLine) -> bool:
    """Say whether the measure is named, and only then its number: "retention of 60 % by May"."""
    target, metric = kr.reading.parts.get("target"), kr.reading.parts.get("metric")
    if target is None or metric is None or metric.end > target.start:
        return False
    return _NOT_A_NOUN.match(kr.folded, target.end) is not None


_NOT_A_NOUN = re.compile(
    r"\s*(?:$|[.,;(]|(?:by|in|per|a|an|each|every|or|and|from|at|for|within|until|on|this)\b)"
)
_DURATIONS = ("ms", "minutes", "days")
_TIMED = re.compile(
    r"\b(?:times?|delay|wait|waits|waiting|duration|age|days|hours|minutes|latency|hold|cycle|"
    r"turnaround|length|queue|lead|speed|p\d\d)\b"
)
_EVENT = re.compile(
    r"(?:\b(?:first|next) [\w-]+|\b(?:reply|response|answer|hire|fix|resolution|repair|delivery|"
    r"approval|decision|payment|refund|quote|feedback|offer|check-in|release))$"
)


def _as_time(kr: KeyResultLine, stop: int) -> tuple[Replace, ...]:
    """Name the measure where a thing itself is cut to hours: "first reply" has no length."""
    verb = kr.verb
    if verb is None or verb.start > 0 or verb.kind != "lower" or kr.reading.unit not in _DURATIONS:
        return ()
    thing = kr.folded[verb.end : stop].strip()
    if not thing or _TIMED.search(thing):
        return ()
    return (Replace(0, verb.end, "time to" if _EVENT.search(thing) else "time for"),)


def bolder_than(kr: KeyResultLine, part: Span) -> str:
    """Return the blank that asks for more than a number."""
    return blank(f"bolder than {kr.text[part.start : part.end]}")


@edit("no-baseline", opens=NUMBERS)
def ambiguous_percent(case: Case) -> Changes:
    """Put the step between two numbers, so that nobody asks "of what".

    sharper: Weekend loans up 20% ⇒ Weekend loans up from [today] to [20% more]
    sharper: Reduce breakages by 25% ⇒ Reduce breakages from [today] to [25% less]
    sharper: Reply rate up 15% ⇒ Reply rate up from [today] to [15% more: relative, or in points?]
    """
    kr = case.key_result
    change = _stepped(kr, case) if kr else None
    return (change,) if change else None


def _stepped(kr: KeyResultLine, case: Case) -> Replace | None:
    part = kr.reading.parts.get("change")
    way = _way(kr, part) if part else None
    if part is None or way is None:
        return None
    name = f"{kr.text[part.start : part.end].strip('+-–− ')} {way}"
    if case.angle == "bolder":
        name = f"bolder than {name}"
    elif "%" in name and _SHARE.search(kr.folded):
        name += ": relative, or in points?"
    by = re.search(r"\bby +$", kr.folded[: part.start])
    start = by.start() if by else part.start
    metric = kr.reading.parts.get("metric")
    if metric and metric.start >= part.end:  # "20 % more visits": the measure goes first
        named = kr.text[metric.start : metric.end]
        return Replace(0, metric.end, f"{named} from {TODAY} to {blank(name)}")
    known = kr.reading.baseline is not None
    return Replace(start, part.end, ("" if known else f"from {TODAY} ") + f"to {blank(name)}")


def _way(kr: KeyResultLine, part: Span) -> str | None:
    """Return "more" or "less", as the words around a step or the verb say."""
    said = _WAY.search(kr.folded[: part.start]) or _WAY_AFTER.match(kr.folded, part.end)
    if said:
        return "more" if said[1] in ("up", "more", "higher") else "less"
    return {"up": "more", "down": "less"}.get(kr.reading.direction or "")


_WAY = re.compile(r"\b(up|down|more|less|fewer)(?: by)? *$")
_WAY_AFTER = re.compile(r" (more|less|fewer|higher|lower)\b")
_SHARE = re.compile(r"\b(?:rates?|shares?|percentage|proportion|conversion|retention|churn)\b")


@edit()
def approximate_target(case: Case) -> Changes:
    """Take the number at its word.

    sharper: Jars sent back from 4.2% to roughly 2% ⇒ Jars sent back from 4.2% to 2%
    """
    found = _ABOUT.finditer(case.line.folded) if case.line else ()
    return tuple(Replace(about.start(), about.end(), "") for about in found) or None


_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|nearly|almost|"
    r"more or less|close to|in the region of) ?|[~≈] ?)(?=[\d€$£¥<>])|(?<=\d)(?:-ish| or so)\b"
)


@edit("no-target")
def two_metrics(case: Case) -> Changes:
    """Give each measure its own line; one without a number gets room for it.

    sharper: Waiting time 18 → 8 min and lost keys 11 → 5 ⇒ Waiting time 18 → 8 min | Lost keys 11 → 5
    sharper: Late ferries and missed buses from 20 to 9 ⇒ Late ferries from 20 to 9 | Missed buses from 20 to 9
    """
    kr = case.key_result
    if kr is None:
        return None
    crossed = _CROSSED.match(kr.text)
    if crossed:
        one, other, first, second = crossed.groups()
        return (
            Replace(0, len(kr.text), f"{one}: {first}"),
            Add(f"{_opening(kr, other)}: {second}"),
        )
    joints = list(_JOINT.finditer(kr.folded))
    target = kr.reading.parts.get("target")
    for joint in joints:
        right = kr.folded[joint.end() :]
        if target and target.end <= joint.start() and re.search(r"[^\W\d_]{3}", right):
            second = _opening(kr, kr.text[joint.end() : end(kr.text)])
            room = "" if re.search(r"\d", right) else f": {FROM_TO}"
            return (Replace(joint.start(), end(kr.text), ""), Add(second + room))
    return _shared_step(case, kr, joints)


_CROSSED = re.compile(
    r"([^:\n]{3,80}?),? (?:and|&) ([^:\n]{3,80}): "
    r"([^,;→]{1,20}(?:→|->|\bto\b)[^,;→]{1,20})[,;] ([^,;→]{1,20}(?:→|->|\bto\b)[^,;→]{1,20})$"
)
_JOINT = re.compile(r",? (?:and|plus|&|as well as) |[;,/] | \+ ")
_STEP = re.compile(r":? +(?:(?:go(?:es)?|is|are) )?(?:up|down|by|to|from|reduced|increased|cut)\b")


def _shared_step(case: Case, kr: KeyResultLine, joints: list[re.Match[str]]) -> Changes:
    """Split "complaints and lost water down 10 %": what follows both belongs to each."""
    tail = _STEP.search(kr.folded)
    if len(joints) != 1 or tail is None or joints[0].end() > tail.start():
        return None
    (joint,) = joints
    verb = kr.text[: kr.verb.end + 1] if kr.verb and kr.verb.start == 0 else ""
    both = kr.text
    step = _stepped(kr, case) if case.also("ambiguous-percent") else None
    if step and step.start > joint.end():
        both = both[: step.start] + step.text + both[step.end :]
    second = _opening(kr, verb + both[joint.end() :])
    return (Replace(joint.start(), tail.start(), ""), Add(second))


def _opening(kr: KeyResultLine, text: str) -> str:
    return upper_first(text) if kr.text[:1].isupper() else text


@edit(opens=NUMBERS)
def vanity_metric(case: Case) -> Changes:
    """Ask what follows from being seen.

    sharper: Podcast downloads: 5,000 ⇒ Podcast downloads that lead to [what islanders do next] from [today] to [target]
    closer to purpose: Podcast downloads: 5,000 ⇒ [what islanders do after podcast downloads] from [today] to [target]
    """
    kr = case.key_result
    metric = kr.reading.parts.get("metric") if kr else None
    if kr is None or metric is None:
        return None
    named = kr.text[metric.start : metric.end]
    closing = deadline(kr)
    stop = closing[0] if closing else end(kr.text)
    if case.angle == "closer to purpose":
        asked = blank(f"what {people(case.read)} do after {lower_first(named, case.read)}")
        return (Replace(0, stop, f"{asked} {FROM_TO}"),)
    then = blank(f"what {people(case.read)} do next")
    return (Replace(0, stop, f"{named} that lead to {then} {FROM_TO}"),)
