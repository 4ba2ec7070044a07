"""Measurability: will everybody agree, at the end, on whether it was reached?"""

import re

from coach.okr import KeyResult
from coach.reading.draft import KeyResultLine, ReadDraft
from coach.reading.metrics import asks_for_all, over_scale, polarity
from coach.reading.phrases import phrases
from coach.reading.standing import as_usual, going_on, is_guardrail, is_held_at, same_as_before
from coach.reading.work import compares, has_degree
from coach.rubrics.criterion import Flag, NotJudged, Verdict, asked_of_model, criterion

# ── is there a number to reach? ───────────────────────────────────────────────────────────────


@criterion("error", weight=48)
def no_target(kr: KeyResultLine) -> Verdict:
    """There is no number to reach here yet.

    Why: Progress can be graded only against a number; without one, everybody ends up right.
    Ask: Which number would tell you at the end that this came true?
    Try: Name the measure, where it stands today and where it will stand.
    Source: Marissa Mayer, quoted in Doerr, Measure What Matters (2018)
    Flags:
        kr: «Improve sign-ups»
        kr: «Fewer parcels lost on the way»
        kr: «Waiting time at the clinic goes down»
        kr: «Members are happier with the courses»
    Passes:
        kr: Weekly sign-ups from 40 to 65
        kr: Halve the parcels lost on the way (today 60 a month)
        kr: Type certificate granted by the aviation authority
    """
    reading = kr.reading
    if kr.is_pasted:
        return Flag(
            0, len(kr.text), message="This repeats what it is to serve, and adds no number."
        )
    if reading.kind == "baseline" or kr.work is not None or asks_for_all(kr.folded):
        return None
    if over_scale(kr.folded):
        return None
    left_open = _left_open(kr)
    if left_open:
        return Flag(*left_open)
    if not kr.is_numbered:
        said = _says_enough(kr) and not kr.measures_nothing
        return None if said else Flag(0, len(kr.text))
    if kr.measures_nothing:
        return Flag(0, len(kr.text), message="The number stands alone: what it counts stays open.")
    second = _second_wish(kr)
    return Flag(*second, severity="warning") if second else None


@criterion("warning", weight=12)
def no_baseline(kr: KeyResultLine) -> Verdict:
    """The target is clear, but not where it stands today.

    Why: Without a starting point nobody can tell a stretch from a stroll, or prove the movement.
    Ask: What is this number today?
    Try: Write both ends, as in "from 41 % to 60 %"; if nobody knows yet, measuring it is a fair first key result.
    Source: Lamorte and Niven, Objectives and Key Results (2016), on baseline key results
    Flags:
        kr: Orders delivered complete «to 97 %»
        kr: Reduce time to first diagnosis «to 20 days»
        kr: Bus stops with shelter: «85»
    Passes:
        kr: Orders delivered complete from 91 % to 97 %
        kr: Win 6 new hospitals as partners
        kr: Bus stops with shelter: 85 (today 52)
    """
    reading = kr.reading
    if not kr.is_numbered or reading.baseline is not None:
        return None
    if reading.target is None and reading.unit in ("%", "ratio"):
        return None  # a change in per cent has a question of its own
    if reading.kind == "baseline" or reading.direction == "hold" or _starts_at_zero(kr):
        return None
    if is_held_at(kr):
        return None
    if _UNKNOWN.search(kr.folded) or _left_open(kr) or same_as_before(kr):
        return None
    if is_guardrail(kr) or _second_number(kr) or over_scale(kr.folded):
        return None
    end = reading.parts.get("target") or reading.parts["change"]
    if _PLUS.search(kr.folded[: end.start]):
        return None
    work = kr.work
    if work is not None and (work.kind != "count" or reading.unit != "%"):
        return None
    before = _TO.search(kr.folded[: end.start])
    return Flag(before.start() if before else end.start, end.end)


@criterion("hint")
def baseline_unknown(kr: KeyResultLine) -> Verdict:
    """The starting point is said to be unknown: measuring it first would be a key result of its own.

    Why: A baseline key result buys the knowledge that the next cycle's target stands on.
    Ask: By when could the first measurement be in?
    Try: For example "Baseline for repeat visits measured over four weeks by 30 April".
    Source: Lamorte and Niven, Objectives and Key Results (2016)
    Flags:
        kr: Repeat visits to 40 % («baseline unknown»)
        kr: Food waste per meal from «tbd» to 60 g
    Passes:
        kr: Repeat visits from 22 % to 40 %
        kr: Baseline for repeat visits measured over four weeks by 30 April
    """
    if kr.reading.target is None or kr.reading.baseline is not None:
        return None
    found = _UNKNOWN.search(kr.folded)
    return Flag(*found.span(1)) if found else None


@criterion("error", weight=20)
def no_deadline(draft: ReadDraft) -> Verdict:
    """Neither the draft nor its cycle says by when.

    Why: A goal without an end can be neither missed nor celebrated.
    Ask: By which day would you like to look at these numbers and decide how it went?
    Try: Add the cycle to the draft, or "by 30 June" to the objective.
    Source: Google, OKR playbook (in Doerr, Measure What Matters, 2018)
    Flags:
        objective: Beekeepers lose fewer colonies over winter | kr: Colonies lost: 23 % → 12 %
        objective: Beekeepers lose fewer colonies soon | kr: Colonies lost: 23 % → 12 %
    Passes:
        objective: Beekeepers lose fewer colonies over winter | kr: Colonies lost: 23 % → 12 % by 31 March 2028
        objective: Beekeepers lose fewer colonies over winter | kr: Colonies lost: 23 % → 12 % | cycle: 2027-Q4
    """
    if draft.context.cycle or not draft.key_results:
        return None
    if any(kr.reading.deadline for kr in draft.key_results):
        return None
    if draft.objective is not None and draft.objective.deadline:
        return None
    return Flag()


@criterion("error", weight=20)
def units_differ(kr: KeyResultLine) -> Verdict:
    """Start and target are in different units.

    Why: The way between them can't be computed, so progress can't be either.
    Ask: In which of the two units would you like to measure?
    Try: Write both numbers in the same unit.
    Source: arithmetic
    Flags:
        kr: Energy used from «12 % to 40 kWh»
        kr: Refunds: «€400 → 3 %»
    Passes:
        kr: Time to restore from 2 days to 6 hours
        kr: Refunds: 4 % → 3 %
    """
    if kr.reading.baseline is None:
        return None
    ends = [q for q in kr.quantities if q.role == "baseline" or q.role == "target"]
    if len(ends) != 2 or ends[0].unit == ends[1].unit:
        return None
    one, two = (_FAMILY.get(q.unit or "count", q.unit) for q in ends)
    if one == two or "count" in (one, two):
        return None
    return Flag(min(q.start for q in ends), max(q.end for q in ends))


# ── does it measure an effect, or work? ───────────────────────────────────────────────────────


@criterion("warning", weight=12)
def activity(kr: KeyResultLine) -> Verdict:
    """This describes effort; what it changes stays open.

    Why: Effort can be spent in full and nothing be different; a key result tells what came of it.
    Ask: What would be different for somebody if this effort paid off?
    Try: Keep the activity for the plan, and measure here what it is meant to change.
    Source: Google, OKR playbook: words like "consult", "help", "participate" describe activities
    Flags:
        kr: «Support the branches in stocktaking»
        kr: «Weekly call with the carriers held»
        kr: «Present the findings to the board»
        kr: Continue «talking to landlords»
    Passes:
        kr: Stock differences in the branches from 4.1 % to 1.5 %
        kr: Support tickets reopened: 14 % → 6 %
        kr: Meetings that end with a decision: 30 % → 70 %
    """
    work = kr.work
    if work is None or work.kind != "activity" or as_usual(kr):
        return None
    return Flag(work.start, work.end)


@criterion("warning", weight=12)
def deliverable(kr: KeyResultLine) -> Verdict:
    """This ships something; whether it helped anybody stays open.

    Why: A thing can be launched on time and used by nobody. The launch is the plan; its effect is the result.
    Ask: What will people do differently once it is there?
    Try: Measure the use or the effect, from today's number to the one you hope for.
    Source: Google, OKR playbook: measure the impact, not the launch
    Flags:
        kr: «Launch the ride-sharing app»
        kr: «Staff handbook rewritten» by 1 May
        kr: «New triage form is live»
        kr: «Set up a tool library in Leith»
    Passes:
        kr: Launch the ride-sharing app to lift shared trips from 40 to 200 a day
        kr: Cut launch-week incidents from 9 to 3
        kr: Shared trips from 40 to 200 a day
    """
    work = kr.work
    if work is None or work.kind != "deliverable" or as_usual(kr):
        return None
    return Flag(work.start, work.end)


@criterion("warning", weight=12)
def counts_activity(kr: KeyResultLine) -> Verdict:
    """The number counts work that is done, not what the work changes.

    Why: A count of output goes up with effort alone, whatever comes of it.
    Ask: If all of that is done, which number will somebody else see move?
    Try: Keep the count for the plan, and measure its effect here.
    Source: Seiden, Outcomes over Output (2019)
    Flags:
        kr: «Hold 9 safety workshops»
        kr: «Publish 20 recipes»
        kr: «25 site visits done»
        kr: «Foremen trained: 60»
    Passes:
        kr: Accidents on site from 14 to 5 a quarter
        kr: Readers who cook a recipe within a week: 6 % → 15 %
        kr: Win 8 new wholesale customers
    """
    work = kr.work
    if work is None or work.kind != "count":
        return None
    return Flag(work.start, work.end)


@asked_of_model("warning", weight=12)
def work_in_disguise(kr: KeyResultLine) -> NotJudged | None:
    """This measures what the team does, not what comes of it.

    Why: Work can be done in full and change nothing for anybody.
    Ask: What will be different for whom, once this number is reached?
    Try: Name the change that the work is for, and measure that.
    Source: Seiden, Outcomes over Output (2019)
    Model: Does the key result measure a change for people or in the world, rather than work that the team does or delivers?
    Flags:
        kr: «Pages of the handbook in the new format»: 40 → 200
        kr: Share of «wards with the new rota»: 10 % → 90 %
    Passes:
        kr: Nurses who leave within a year: 24 % → 12 %
    """
    return _READ_AS_WORK if kr.work is not None else None


_READ_AS_WORK = NotJudged("the rules have read this as work already")


@criterion("warning", weight=12)
def binary(kr: KeyResultLine) -> Verdict:
    """This is done or not done, with nothing in between.

    Why: Until the last day progress reads as zero, and afterwards nobody knows how good it is.
    Ask: How would you notice half-way that it is on a good path?
    Try: Say how many, how often or how well: "Branches working by the new policy: 3 of 40 → 30 of 40".
    Source: Lamorte and Niven, Objectives and Key Results (2016), on milestone key results
    Flags:
        kr: Whistle-blower policy «is in place»
        kr: «Budget approved»
        kr: «All contracts reviewed»
        kr: «Be audit-ready»
    Passes:
        kr: Branches working by the new policy: 3 of 40 → 30 of 40
        kr: Re-certification passed with no major finding (last time 3)
    """
    work = kr.work
    if work is None or work.kind != "binary" or as_usual(kr):
        return None
    return Flag(work.start, work.end)


# ── can everybody read the number the same way? ───────────────────────────────────────────────


@criterion("warning", weight=14)
def ambiguous_percent(kr: KeyResultLine) -> Verdict:
    """A change by a share, and nothing that says of what.

    Why: "20 % more" can be a handful or a fortune, and of a rate it can mean a fifth or 20 points.
    Ask: From which number to which number would that be?
    Try: Write both ends instead of the difference.
    Source: INCOSE, Guide to Writing Requirements (2023), rule on measurable values
    Flags:
        kr: Newsletter sign-ups «up 20 %»
        kr: Reduce scrap «by 15 %»
        kr: Overtime «down by a third»
        kr: Raise the conversion rate (4 % today) «by 10 %»
    Passes:
        kr: Newsletter sign-ups from 300 to 360 a month
        kr: Scrap from 6 % to 5 % of output
        kr: Raise the conversion rate by 2 points from 4 %
    """
    reading = kr.reading
    part, target = reading.parts.get("change"), reading.parts.get("target")
    plus = _PLUS.search(kr.folded[: target.start]) if target and reading.unit == "%" else None
    if target and plus:
        return Flag(plus.start(), target.end)
    if reading.change is None or part is None or reading.target is not None:
        return None
    relative = reading.unit in ("%", "ratio")
    if not relative or (reading.baseline is not None and not _is_rate_of_rate(kr)):
        return None
    before = _MOVED_BY.search(kr.folded[: part.start])
    return Flag(before.start() if before else part.start, part.end)


@criterion("warning", weight=12)
def ambiguous_metric(kr: KeyResultLine) -> Verdict:
    """“{quote}” can be measured in several ways, with several results.

    Why: Whoever may choose the measure afterwards can always report success.
    Ask: How exactly is this measured, by whom, and over which days?
    Try: Name the instrument: the survey question, the report, the window ("active on 3 days a week").
    Source: Google, OKR playbook: "1 million users" — all-time or seven-day active?
    Flags:
        kr: «Engagement» from 61 to 70
        kr: «Onboarding score» from 3.2 to 4.1
        kr: «Team performance» up from 7 to 9
        kr: «Active users» from 12,000 to 20,000
    Passes:
        kr: "I would work here again" in the spring survey: 61 % to 70 %
        kr: Weekly active users from 12,000 to 20,000
        kr: eNPS from 12 to 25
        kr: Satisfaction with the hand-over: 3.2/5 → 4.1/5
    """
    if kr.work is not None or kr.reading.kind == "baseline":
        return None
    named = _metric_words(kr)
    if named is None:
        return None
    start, end, said = named
    if not _may_be_vague(said):
        return None
    if not _is_vague(kr, said) or _INSTRUMENT.search(kr.folded) or _named_twice(kr):
        return None
    return Flag(start, end)


@criterion("warning", weight=10)
def approximate_target(kr: KeyResultLine) -> Verdict:
    """The target is only approximate: “{quote}”.

    Why: At the end it will be open to argument whether the number was reached.
    Ask: From which exact number on would you call it reached?
    Try: Name the number that you would be glad of, without "about".
    Source: INCOSE, Guide to Writing Requirements (2023), rule on vague terms
    Flags:
        kr: Late trains from 14 % to «about 6 %»
        kr: Cost per visit from €61 to «roughly €45»
        kr: «~200» families housed (now 140)
    Passes:
        kr: Late trains from about 14 % to 6 %
        kr: Late trains from 14 % to at most 6 %
    """
    reading = kr.reading
    part = reading.parts.get("target") or reading.parts.get("change")
    if part is None or not _sounds_approximate(kr):
        return None
    before = _ABOUT_BEFORE.search(kr.folded[: part.start])
    if before:
        return Flag(before.start(1), part.end)
    after = _ABOUT_AFTER.match(kr.folded, part.end)
    return Flag(part.start, after.end()) if after else None


@criterion("warning", weight=12)
def two_metrics(kr: KeyResultLine) -> Verdict:
    """Two measures share one key result.

    Why: When one rises and the other falls, nobody knows how to grade it.
    Ask: Which of the two tells more about the objective?
    Try: Give each its own line, or leave the weaker one out.
    Source: INCOSE, Guide to Writing Requirements (2023), rule on single statements
    Flags:
        kr: «Churn 6 % → 4 % and tickets per user 3 → 2»
        kr: «Complaints and overtime» down to 10
        kr: «Cut scrap from 8 % to 5 %, plus fewer reworks»
        kr: «Errors per form and time per form»: 4 → 1, 12 → 6 min
    Passes:
        kr: Pupils who pass maths and German: 61 % → 75 %
        kr: Heating and lighting faults: 30 → 12 a month
        kr: Rows entered per hour and clerk: 40 → 55
    """
    if kr.work is not None:
        return None
    if _moves_twice(kr.folded) and _JOINED.search(kr.folded):
        named = _metric_words(kr)
        both = named is not None and _AND.search(named[2])
        return Flag(*named[:2]) if named and both else Flag(0, len(kr.text))
    if _second_wish(kr):
        return Flag(0, len(kr.text))
    subject = _named_twice(kr)
    return Flag(*subject) if subject else None


@criterion("warning", weight=12)
def vanity_metric(kr: KeyResultLine) -> Verdict:
    """“{quote}” can rise while nobody is better off.

    Why: Attention is easy to buy and easy to count; what people do afterwards is what matters.
    Ask: What would you like these people to do next?
    Try: Measure the next step: trials started, visits that lead to an order, readers who come back.
    Source: Ries, The Lean Startup (2011), on vanity metrics
    Flags:
        kr: «Page views» from 30k to 50k a month
        kr: 8,000 «followers» on LinkedIn
        kr: «App downloads»: 5,000
    Passes:
        kr: Readers who start a trial: 2 % → 4 %
        kr: Sunday visits to the museum: 300 → 500
    """
    if kr.work is not None and kr.work.kind != "count":
        return None
    if _VANITY_WORDS.isdisjoint(kr.vocabulary):
        return None
    found = _VANITY.search(kr.folded)
    if found is None or _NEXT_STEP.search(kr.folded):
        return None
    return Flag(*found.span())


# ── who reports it, and from where? ───────────────────────────────────────────────────────────


@criterion("hint")
def no_evidence(draft: ReadDraft) -> Verdict:
    """No key result says where its number comes from.

    Why: A number that nobody can look up is a number that somebody makes up.
    Ask: Where will you read these numbers at the end?
    Try: Name the report, survey or system beside one of them.
    Source: Google, OKR playbook: evidence has to be available, credible and easily discoverable
    Flags:
        objective: Tenants get repairs in one visit | kr: Repairs finished at the first visit: 61 % → 78 %
    Passes:
        objective: Tenants get repairs in one visit | kr: Repairs finished at the first visit, by the job sheets: 61 % → 78 %
        objective: Tenants get repairs in one visit | kr: "It was fixed at once" in the yearly survey: 52 % → 70 %
    """
    if not any(kr.reading.target is not None for kr in draft.key_results):
        return NotJudged("no key result has a number yet")
    if any(isinstance(said, KeyResult) and said.source for said in draft.draft.key_results):
        return None
    return None if any(_EVIDENCE.find(kr) for kr in draft.key_results) else Flag()


@criterion("hint")
def no_owner(draft: ReadDraft) -> Verdict:
    """Some key results have an owner and others have none.

    Why: What everybody reports, nobody reports.
    Ask: Who will read that number to the others each week?
    Try: Put one name beside each key result.
    Source: Doerr, Measure What Matters (2018): each key result has one owner
    Flags:
        objective: Seedlings survive their first summer | kr: Seedlings alive in September: 40 % → 70 % | team: Forest
    Passes:
        objective: Seedlings survive their first summer | kr: Seedlings alive in September: 40 % → 70 % | owner: Ines
        objective: Seedlings survive their first summer | kr: Seedlings alive in September: 40 % → 70 %
    """
    if draft.context.owner:
        return None
    owned = [isinstance(said, KeyResult) and bool(said.owner) for said in draft.draft.key_results]
    if not any(owned) and draft.context.team is None:
        return NotJudged("the draft names no owner or team")
    return None if owned and all(owned) else Flag()


# ── a number, now or to come ─────────────────────────────────────────────────────────────────


def _says_enough(kr: KeyResultLine) -> bool:
    """Say whether a line without a target has none because it stays, or compares unread numbers."""
    if going_on(kr) or same_as_before(kr) or compares(kr.folded) or has_degree(kr.folded):
        return True
    if is_guardrail(kr) and any(map(str.isdigit, kr.text)):
        return True
    return _UNREAD_STEP.search(kr.folded) is not None


def _left_open(kr: KeyResultLine) -> tuple[int, int] | None:
    """Return where a number is still to come: "to TBD", "→ XX %"."""
    if _TO_COME.isdisjoint(kr.vocabulary) and "?" not in kr.folded and "..." not in kr.folded:
        return None
    found = _LEFT_OPEN.search(kr.folded)
    return found.span(1) if found else None


def _second_wish(kr: KeyResultLine) -> tuple[int, int] | None:
    """Return where a second wish without a number stands: ", plus fewer reworks"."""
    reading = kr.reading
    if reading.target is None and reading.change is None:
        return None
    if _WISHED.isdisjoint(kr.vocabulary):
        return None
    found = _WISH.search(kr.folded)
    if found is None or " than " in found.group() or any(map(str.isdigit, found.group())):
        return None
    return found.span()


_TO_COME = frozenset("tbd tbc todo x xx xxx".split())
_LEFT_OPEN = re.compile(r"(?:→|->|\bto|:) ?(tbd|tbc|todo|x+\b ?%?|\?+|\.\.\.+)(?!\w)")
_UNREAD_STEP = re.compile(
    r"\bfrom \S{0,9}\d\S{0,9} (?:\w+ )?to \S{0,9}\d|\d\S{0,9} ?(?:→|->) ?\S{0,9}\d"
)
_WISHED = frozenset(
    "fewer less more higher lower better faster reduce cut increase improve boost lift raise grow"
    " strengthen enhance friendlier happier shorter quicker cheaper safer easier cleaner".split()
)
_WISH = re.compile(
    r"(?:,? plus |,? and |; |, |,? as well as | \+ )(?:also |with )?(?:(?:much|even) )?"
    rf"(?:{'|'.join(sorted(_WISHED))})\b[^.,;]*"
)


# ── where it starts ──────────────────────────────────────────────────────────────────────────


def _starts_at_zero(kr: KeyResultLine) -> bool:
    if kr.reading.target == 0:
        return True
    if _COUNTED_VANITY.search(kr.folded) and kr.reading.per is None:
        return True
    if kr.reading.direction == "down" or kr.reading.unit == "%" or kr.reading.per is not None:
        return False
    return _STARTS_AT_ZERO.search(kr.folded) is not None


def _second_number(kr: KeyResultLine) -> bool:
    """Say whether another number of the same kind stands beside the target, unread."""
    return any(q.role == "other" and q.unit == kr.reading.unit for q in kr.quantities) or any(
        q.role == "name" and q.value == kr.reading.target for q in kr.quantities
    )


_TO = re.compile(
    r"(?:(?:reach(?:es)?|hits?|down to|up to|to|at least|at most|under|over|below|above|of|at) )+$"
)
_UNKNOWN = re.compile(
    r"((?:baseline|today|starting point|current value|start)(?: is|:)? "
    r"(?:unknown|tbd|not (?:yet )?(?:known|measured)|to be (?:measured|determined))"
    r"|not (?:yet )?measured|(?<=from )(?:tbd|unknown|\?+)|unknown baseline)"
)
_STARTS_AT_ZERO = re.compile(
    r"\b(?:new|first(?![- ](?:aid|answer|attempt|call|class|contact|day|line|month|pass|reply"
    r"|response|time|try|visit|week|year))|pilot|win|sign|acquire|secure|land|recruit|raise \W?\d|sell|book|pre-sales?)\b"
)
_COUNTED_VANITY = re.compile(r"\b(?:impressions?|downloads?|installs?|views|mentions)\b")


# ── time, units, per cent ────────────────────────────────────────────────────────────────────


def _is_rate_of_rate(kr: KeyResultLine) -> bool:
    """Say whether a rate is changed by a percentage: a fifth of it, or so many points?"""
    return kr.reading.unit == "%" and "%" in kr.folded[kr.reading.parts["baseline"].start :]


_FAMILY: dict[str, str] = {
    "ms": "time", "minutes": "time", "days": "time", "points": "count", "ratio": "count",
}  # fmt: skip
_PLUS = re.compile(r"\b(?:plus|minus|by (?:a further|another)) $|[+] ?$")
_MOVED_BY = re.compile(
    r"(?:(?:up|down|reduced|increased|improved|cut|grown|raised|lowered|grow|rise|fall|drop)s? )?"
    r"(?:by )?(?:about |around |roughly |at least )?(?:a )?$"
)


# ── vague, approximate, vain ─────────────────────────────────────────────────────────────────


def _metric_words(kr: KeyResultLine) -> tuple[int, int, str] | None:
    part = kr.reading.parts.get("metric")
    if part is not None:
        return part.start, part.end, kr.folded[part.start : part.end]
    state = _IN_A_STATE.match(kr.folded, kr.begins)
    return (*state.span(1), state[1]) if state else None


def _may_be_vague(said: str) -> bool:
    """Say, before looking closer, whether a measure's last words are of the vague kind."""
    return not _VAGUE_ENDS.isdisjoint(said.split()[-2:]) or _OF_WHOM.search(said) is not None


def _is_vague(kr: KeyResultLine, said: str) -> bool:
    """Say whether a measure's words leave open how it is taken, if no instrument is named."""
    reading, counted = kr.reading, kr.reading.unit in ("count", "points")
    vague = _VAGUE_MEASURE.fullmatch(said)
    if vague and vague["of"]:
        return counted
    if vague:
        return vague.lastgroup == "vague" or reading.target is not None
    if counted and _FELT_MEASURE.fullmatch(said):
        return True
    return counted and reading.baseline is not None and _DURATION.search(said) is not None


def _sounds_approximate(kr: KeyResultLine) -> bool:
    return not _ABOUT.isdisjoint(kr.vocabulary) or "~" in kr.folded or "≈" in kr.folded


_IN_A_STATE = re.compile(
    r"(.+?) (?:is|are|becomes?|stays?) (?:\w+ )?(?:high|good|great|excellent|strong|better)\b"
)
_OF_WHOM = re.compile(r" (?:of|with|among) ")
_VAGUE_ENDS = frozenset(
    "engagement quality performance productivity efficiency effectiveness experience awareness"
    " innovation culture collaboration morale mood spirit climate atmosphere usability stability"
    " maturity readiness visibility agility happiness wellbeing well-being motivation communication"
    " alignment loyalty reputation impact health score scores index indexes rating ratings accuracy"
    " satisfaction usage adoption traffic user users customer customers level levels trust"
    " confidence time turnaround duration wait delay latency".split()
)
_VAGUE_MEASURE = re.compile(
    r"(?:(?:our|the|overall|average|total|general) )*(?:"
    r"(?P<vague>(?:[\w-]+ ){0,2}(?:engagement|quality|performance|productivity|efficiency"
    r"|effectiveness|experience|awareness|innovation|culture|collaboration|morale|mood|spirit"
    r"|climate|atmosphere|usability|stability|maturity|readiness|visibility|agility|happiness"
    r"|wellbeing|well-being|motivation|communication|alignment|loyalty|reputation|impact|health))"
    r"|(?P<of>(?:[\w-]+ )?(?:quality|performance|efficiency|productivity|effectiveness|engagement"
    r"|motivation|morale|mood|commitment|maturity|visibility|stability|health|wellbeing|well-being"
    r"|happiness|satisfaction|loyalty|reputation|image|experience|awareness|collaboration|culture"
    r"|communication) (?:of|with|among) (?:our |the )?"
    r"(?:[\w-]+ )?[\w-]+)"
    r"|(?P<score>(?:[\w-]+ ){0,2}(?:scores?|index|rating|accuracy)|satisfaction|usage|adoption"
    r"|traffic|(?:active |our )?(?:users?|customers))"
    r")(?: (?:score|level|index|rating)s?)?"
)
# Fine as a share or on a named scale; as a bare number nobody knows of what.
_FELT_MEASURE = re.compile(r"(?:[\w-]+ ){1,2}(?:satisfaction|trust|confidence|happiness|loyalty)")
_INSTRUMENT = re.compile(
    r"/ ?\d|\bout of (?:5|10|7|100)\b|\d of (?:5|7|10)\b|\bscale\b|\bsurvey\b|\bnps\b|\bmeasured\b|\bgoogle\b|\btrustpilot\b"
    r"|\bapp store\b|\baccording to\b|\bas per\b|\"|\bstars?\b|\blighthouse\b|\bcredit score\b"
    r"|\b(?:weekly|monthly|daily) active\b"
)
_DURATION = re.compile(
    r"\b(?:(?<!first )(?<!second )(?<!last )(?<!right )(?<!same )(?<!on )(?<!in )time|turnaround|duration|wait|delay|lead time|latency)$"
)
_ABOUT = frozenset(
    "about around roughly approximately approx circa ca nearly almost close region some so thereabouts ish give".split()
)
_ABOUT_BEFORE = re.compile(
    r"((?:about|around|roughly|approximately|approx\.?|circa|ca\.?|nearly|almost|close to|~|≈"
    r"|in the region of|some)) ?[€$£]?$"
)
_ABOUT_AFTER = re.compile(r" ?(?:or so|or thereabouts|-ish|ish|approximately|give or take)\b")
_SOCIAL = r"(?:instagram|facebook|tiktok|linkedin|youtube|twitter|x|mastodon|social(?: media)?)"
_VANITY_WORDS = frozenset(
    "views pageviews impression impressions followers fans likes downloads installs mentions reach"
    " shares hits subscribers interactions visits visitors traffic clicks coverage clippings"
    " plays streams listens accounts members saves"
    " articles users sign-ups signups registrations list recipients".split()
)
_VANITY = re.compile(
    r"\b(?:(?:blog|web|website|site|video|content|podcast) )?(?:page ?)?views\b"
    r"|\b(?:blog |banner |newsletter )?impressions?\b"
    r"|\b(?:[a-z]+ )?(?:followers|fans|likes|downloads|installs|mentions)\b"
    rf"|\b{_SOCIAL} (?:reach|shares|hits|subscribers|interactions|saves|pins|plays|streams)\b|\bshares on {_SOCIAL}"
    r"|\b(?:website|web|blog|home ?page) (?:visits|visitors|traffic|hits)\b"
    r"|\b(?:visits|visitors|traffic|hits|clicks) (?:to|on|of) (?:our |the )?"
    r"(?:home ?page|web ?site|site|blog|landing page|page)\b|\breach of (?:our |the )?posts\b"
    r"|\b(?:media|press) (?:coverage|mentions|clippings|articles)\b|\bregistered users\b"
    r"|\b(?:total|cumulative|all-time|lifetime) (?:[a-z]+ )?(?:sign-?ups|registrations|plays|streams"
    r"|listens|visits|visitors|users|accounts|members|clicks)\b|\b(?:mailing|newsletter|e-?mail|subscriber) list\b"
    r"|\bnewsletter (?:subscribers|recipients)\b"
)
_NEXT_STEP = re.compile(r"\b(?:who|that lead|that end|conver\w+|per (?:sale|order))\b")


# ── two at once ──────────────────────────────────────────────────────────────────────────────


def _moves_twice(folded: str) -> bool:
    """Say whether two steps from here to there stand in one line."""
    hints = folded.count("→") + folded.count("->") + folded.count("=>") + folded.count("from ")
    return hints >= 2 and len(_MOVES.findall(folded)) >= 2


def _named_twice(kr: KeyResultLine) -> tuple[int, int] | None:
    """Return where a subject names two measures: "complaints and overtime"."""
    named = _metric_words(kr)
    if named is None:
        return None
    start, end, said = named
    if not any(sign in said for sign in (" and ", "&", " plus ", " as well as ")):
        return None
    halves = _AND.split(said)
    if len(halves) != 2 or _ONE_THING.search(said):
        return None
    told = [polarity(half) != 0 for half in halves]
    measures = (t or _COUNTED.search(half) for t, half in zip(told, halves, strict=True))
    return (start, end) if any(told) and all(measures) else None


_MOVES = re.compile(
    r"\d\S{0,9}(?: [a-z%³/]{1,12}){0,3}? ?(?:→|->|=>)"
    r"|\bfrom [€$£]?\d[^,;]{0,60}? (?:down |up )?to "
)
_JOINED = re.compile(r"(?:,|;| / | and | & | plus | as well as )")
_AND = re.compile(r",? (?:and|&|plus|as well as) ")
_COUNTED = re.compile(r"\b(?:returns|sales|orders|revenue|bookings|visits|prices?|calls|turnover)$")
_ONE_THING = re.compile(r"\b(?:who|that|which|where|wear and tear|loss and damage|per|and not)\b")


# ── evidence ─────────────────────────────────────────────────────────────────────────────────

_EVIDENCE = phrases(
    {
        "survey surveys report dashboard audit": "",
        "according": " to",
        "measured": " (?:by|in|with)",
        "counted": " (?:by|at|in)",
        "by": r" the \w+",
        "in": r" the \w+ (?:system|log|register)",
        "source": ":",
    }
)
