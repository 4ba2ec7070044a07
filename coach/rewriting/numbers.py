"""Edits of a key result's numbers: what is measured, from where, to where."""

import re

from coach.okr import Span
from coach.reading.draft import KeyResultLine
from coach.rewriting.edit import FROM_TO, TARGET, TODAY, Add, Case, Changes, Replace, blank, edit
from coach.rewriting.wording import before_means, deadline, end, lower_first, upper_first

_UNSURE = blank("a target you might miss")


@edit()
def ambiguous_metric(case: Case) -> Changes:
    """Ask how it is measured, right behind the measure.

    sharper: Onboarding score from 3.1 to 4.2 → Onboarding score [measured how] from 3.1 to 4.2
    """
    kr = case.key_result
    if kr is None:
        return None
    at = case.end
    number = min((kr.reading.parts[part].start for part in _NUMBERS if part in kr.reading.parts),
                 default=len(kr.text))  # fmt: skip
    if at > number or (case.start == 0 and at >= end(kr.text)):
        metric = kr.reading.parts.get("metric")
        at = metric.end if metric else before_means(kr)
    return (Replace(at, at, " " + blank("measured how")),)


_NUMBERS = ("baseline", "target", "change", "work")


@edit("no-baseline", "binary")
def no_target(case: Case) -> Changes:
    """Leave room for where it stands and where it will stand.

    sharper: Improve sign-ups → Sign-ups from [today] to [target]
    sharper: Calls at night go down → Calls at night go down from [today] to [target]
    bolder: Improve sign-ups → Sign-ups from [today] to [a target you might miss]
    """
    kr = case.key_result
    if kr is None or case.also("placeholder-left"):
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
    return (Replace(at, at, (" " if _moves(kr, at) else ": ") + room),)


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


@edit()
def no_baseline(case: Case) -> Changes:
    """Leave room for where it stands today.

    sharper: Tickets solved at once reach 55% → Tickets solved at once from [today] to 55%
    sharper: Stops without steps: 120 → Stops without steps: from [today] to 120
    sharper: Cut first reply to 4 hours → Time to first reply from [today] to 4 hours
    bolder: Cut first reply to 4 hours → Time to first reply from [today] to [bolder than 4 hours]
    """
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    part = parts.get("target") or parts.get("change")
    if kr is None or part is None:
        return None
    start = parts["bound"].start if _leads(parts.get("bound"), part) else part.start
    room = _from_today(kr, start)
    if room is None:
        stop = end(kr.text)
        room = (Replace(stop, stop, f" (today {blank('number')})"),)
    return (*room, Replace(start, part.end, _bolder(kr, part))) if case.angle == "bolder" else room


def _leads(bound: Span | None, number: Span) -> bool:
    return bound is not None and bound.end <= number.start <= bound.end + 1


_TO = re.compile(r"\bto +$")
_ARROW = re.compile(r"(?:→|-+>|=>) *$")
_LINK = re.compile(
    r"(?<=\w) (?:reach(?:es)?|hits?|is|are|at|of|stands? at|gets? to|becomes?|equals?|=) +$"
)
_BEFORE = re.compile(r"([^\W\d_]+|\)) +$")
_NO_ROOM_AFTER = frozenset(
    "a an the in for with by than every each after within per on and or all only until".split()
)


def _from_today(kr: KeyResultLine, start: int) -> tuple[Replace, ...] | None:
    """Return what makes "from [today] to" of the words before a target; None if nothing fits."""
    before = kr.folded[:start]
    if to := _TO.search(before):
        return (*_as_time(kr, to.start()), Replace(to.start(), to.start(), f"from {TODAY} "))
    if arrow := _ARROW.search(before):
        return (Replace(arrow.start(), arrow.start(), f"{TODAY} "),)
    if before.rstrip().endswith(":"):
        return (Replace(start, start, f"from {TODAY} to "),)
    led = kr.verb.end if kr.verb and kr.verb.start == 0 else 0
    link = _LINK.search(before)
    if link and link.start() > led:
        return (Replace(link.start(), start, f" from {TODAY} to "),)
    noun = _BEFORE.search(before)
    if noun and noun[1] not in _NO_ROOM_AFTER and noun.start() >= led:
        return (Replace(start, start, f"from {TODAY} to "),)
    return None


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


def _bolder(kr: KeyResultLine, part: Span) -> str:
    return blank(f"bolder than {kr.text[part.start : part.end]}")


@edit("no-baseline")
def ambiguous_percent(case: Case) -> Changes:
    """Put the step between two numbers, so that nobody asks "of what".

    sharper: Overnight stays up 20% → Overnight stays up from [today] to [20% more]
    sharper: Reduce accidents by 25% → Reduce accidents from [today] to [25% less]
    sharper: Reply rate up 15% → Reply rate up from [today] to [15% more, or 15 points more?]
    """
    kr = case.key_result
    change = _stepped(kr) if kr else None
    return (change,) if change else None


def _stepped(kr: KeyResultLine) -> Replace | None:
    part = kr.reading.parts.get("change")
    if part is None or kr.reading.direction not in ("up", "down"):
        return None
    step = kr.text[part.start : part.end].strip("+-–− ")
    way = "more" if kr.reading.direction == "up" else "less"
    name = f"{step} {way}"
    percent = re.match(r"([\d.,]+) ?%", step)
    if percent and _SHARE.search(kr.folded):
        name += f", or {percent[1]} points {way}?"
    by = re.search(r"\bby +$", kr.folded[: part.start])
    start = by.start() if by else part.start
    metric = kr.reading.parts.get("metric")
    if metric and metric.start >= part.end:  # "20 % more visits": the measure goes first
        named = kr.text[metric.start : metric.end]
        return Replace(0, metric.end, f"{named} from {TODAY} to {blank(name)}")
    return Replace(start, part.end, f"from {TODAY} to {blank(name)}")


_SHARE = re.compile(r"\b(?:rates?|shares?|percentage|proportion|conversion|retention|churn)\b")


@edit()
def approximate_target(case: Case) -> Changes:
    """Take the number at its word.

    sharper: Parcels sent twice from 3.8% to roughly 1.5% → Parcels sent twice from 3.8% to 1.5%
    """
    found = _ABOUT.finditer(case.line.folded) if case.line else ()
    return tuple(Replace(about.start(), about.end(), "") for about in found) or None


_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|nearly|almost|"
    r"more or less|close to|in the region of) ?|[~≈] ?)(?=[\d€$£¥<>])|(?<=\d)(?:-ish| or so)\b"
)


@edit()
def two_metrics(case: Case) -> Changes:
    """Give each measure its own line.

    sharper: Build time 18 → 8 min and failed builds 11% → 5% → Build time 18 → 8 min | Failed builds 11% → 5%
    sharper: Complaints and late orders from 20 to 9 → Complaints from 20 to 9 | Late orders from 20 to 9
    """
    kr = case.key_result
    if kr is None:
        return None
    joints = list(_JOINT.finditer(kr.folded))
    for joint in joints:
        left, right = kr.folded[: joint.start()], kr.folded[joint.end() :]
        if re.search(r"\d", left) and re.search(r"[^\W\d_]{3}", right):
            return (
                Replace(joint.start(), end(kr.text), ""),
                Add(_opening(kr, kr.text[joint.end() : end(kr.text)])),
            )
    return _shared_step(case, kr, joints)


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
    step = _stepped(kr) if case.also("ambiguous-percent") else None
    if step and step.start > joint.end():
        both = both[: step.start] + step.text + both[step.end :]
    second = _opening(kr, verb + both[joint.end() :])
    return (Replace(joint.start(), tail.start(), ""), Add(second))


def _opening(kr: KeyResultLine, text: str) -> str:
    return upper_first(text) if kr.text[:1].isupper() else text


@edit("no-baseline", "ambiguous-percent")
def vanity_metric(case: Case) -> Changes:
    """Ask what follows from being seen.

    sharper: App downloads: 5,000 → App downloads that lead to [what people do next] from [today] to [target]
    closer to purpose: App downloads: 5,000 → [what people do after app downloads] from [today] to [target]
    """
    kr = case.key_result
    metric = kr.reading.parts.get("metric") if kr else None
    if kr is None or metric is None:
        return None
    named = kr.text[metric.start : metric.end]
    closing = deadline(kr)
    stop = closing[0] if closing else end(kr.text)
    if case.angle == "closer to purpose":
        asked = blank(f"what people do after {lower_first(named, case.read)}")
        return (Replace(0, stop, f"{asked} {FROM_TO}"),)
    return (Replace(0, stop, f"{named} that lead to {blank('what people do next')} {FROM_TO}"),)


# --- Movement ----------------------------------------------------------------------------------


@edit("timid-target", "contradiction")
def wrong_direction(case: Case) -> Changes:
    """Keep where it stands and ask for the better side of it.

    sharper: Grain lost in storage from 7% to 9% → Grain lost in storage from 7% to [target below 7%]
    """
    return _beyond(case)


@edit("timid-target", "business-as-usual", "no-baseline")
def no_movement(case: Case) -> Changes:
    """Keep where it stands and ask for more than that.

    sharper: Calls solved at once stay at 64% → Calls solved at once from 64% to [target above 64%]
    """
    return _beyond(case)


def _beyond(case: Case) -> Changes:
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    baseline, target = parts.get("baseline"), parts.get("target")
    known = baseline or target
    if kr is None or known is None:
        return None
    today = kr.text[known.start : known.end]
    asked = blank({1: "target above", -1: "target below", 0: "better than"}[kr.measure.polarity]
                  + " " + today)  # fmt: skip
    if baseline and target and baseline.start < target.start:
        start = parts["bound"].start if _leads(parts.get("bound"), target) else target.start
        return (Replace(start, target.end, asked),)
    verb, metric = parts.get("verb"), parts.get("metric")
    start = _after_metric(metric, known if target is None else target)
    opening: tuple[Replace, ...] = ()
    if metric and verb and verb.end <= metric.start:
        opening = (Replace(0, metric.start, ""),)
    if baseline and target:
        return (*opening, Replace(start, target.end, f": {asked}"))
    stop = max(known.end, case.end if case.end <= end(kr.text) else known.end)
    if case.finding.span is None or case.start < (metric.end if metric else 0):
        stop = known.end
    return (*opening, Replace(start, stop, f" from {today} to {asked}"))


def _after_metric(metric: Span | None, number: Span) -> int:
    return metric.end if metric and metric.end <= number.start else number.start


@edit()
def impossible_target(case: Case) -> Changes:
    """Ask for a target inside of what can be.

    sharper: Calls answered from 74% to 120% → Calls answered from 74% to [reachable target below 120%]
    """
    kr = case.key_result
    target = kr.reading.parts.get("target") if kr else None
    if kr is None or target is None:
        return None
    rises = kr.reading.direction == "up" or kr.measure.polarity > 0
    side = "below" if rises else "above"
    asked = blank(f"reachable target {side} {kr.text[target.start : target.end]}")
    return (Replace(target.start, target.end, asked),)


@edit()
def timid_target(case: Case) -> Changes:
    """Ask for a step that can be told from chance.

    bolder: Repairs done at the first visit: 61% → 62% → Repairs done at the first visit: 61% → [bolder than 62%]
    """
    kr = case.key_result
    target = kr.reading.parts.get("target") if kr else None
    if kr is None or target is None or case.angle == "sharper":
        return None
    return (Replace(target.start, target.end, _bolder(kr, target)),)


@edit("no-baseline")
def units_differ(case: Case) -> Changes:
    """Ask for today's value in the unit of the target.

    sharper: Time to quote from 12% to 4 hours → Time to quote from [today, in the unit of "4 hours"] to 4 hours
    """
    kr = case.key_result
    parts = kr.reading.parts if kr else {}
    baseline, target = parts.get("baseline"), parts.get("target")
    if kr is None or baseline is None or target is None:
        return None
    asked = blank(f'today, in the unit of "{kr.text[target.start : target.end]}"')
    return (Replace(baseline.start, baseline.end, asked),)
