"""Ambition: is the step from here to there worth a cycle, and possible?

More is not better here: too timid and too wild both cost. Strong words earn nothing.
"""

import re

from coach.reading.draft import KeyResultLine, Line, ReadDraft, Step
from coach.reading.metrics import (
    AMOUNT,
    AVAILABILITY,
    RATING,
    SHARE,
    Measure,
    asks_for_all,
    may_be,
    over_scale,
    tells,
)
from coach.reading.phrases import phrases
from coach.reading.standing import going_on, is_guardrail, is_held_at, same_as_before
from coach.rubrics.criterion import Flag, NotJudged, Verdict, asked_of_model, criterion

_NO_STEP = NotJudged("no number says from where to where")
_NO_COMMITMENT = NotJudged("the draft is not declared as a commitment")
_SIGN_OF = {"up": 1, "down": -1}

# ── does anything change, and the right way? ──────────────────────────────────────────────────


@criterion("warning", weight=20)
def business_as_usual(line: Line) -> Verdict:
    """This goes on as before; what will be new stays open.

    Why: An OKR is for what would not happen by itself. What runs anyway is better watched than aimed for.
    Ask: What would be better at the end of the cycle than it is today?
    Try: If it is a guard for something else, call it a guardrail; if it is the aim, say what improves.
    Source: re:Work, Set goals with OKRs: avoid business as usual; Google, OKR playbook, trap 2
    Flags:
        objective: «Keep the school kitchen running»
        objective: «Maintain the quality of our tap water»
        objective: Coaches are paid every Friday «as usual»
        kr: «Continue to send the weekly price list»
        kr: «Publish the quarterly bulletin»
    Passes:
        objective: Children keep reading after the summer
        objective: Keep improving how buses meet the trains
        objective: Maintain the quality of our tap water | type: health
        kr: Guardrail: complaints stay at or under 5 a month
    """
    if isinstance(line, KeyResultLine) and (line.is_numbered or line.reading.baseline is not None):
        return None
    found = going_on(line)
    if found is None or line.draft.context.type in ("health", "committed") or is_guardrail(line):
        return None
    return Flag(*found)


@criterion("error", weight=40)
def no_movement(kr: KeyResultLine) -> Verdict:
    """The target is where it stands today.

    Why: Nothing changes when the end is where it began.
    Ask: What would be better than {quote} at the end of the cycle?
    Try: Say how far it could move; if it is only not to get worse, call it a guardrail.
    Source: arithmetic; re:Work, Set goals with OKRs: avoid business as usual
    Flags:
        kr: Calls answered within a minute «from 80 % to 80 %»
        kr: Sick days per nurse «stay at 9»
        kr: Weekly deliveries: «40 (as today)»
        kr: Repair time «remains under 3 days» (now 2.9)
    Passes:
        kr: Calls answered within a minute from 80 % to 92 %
        kr: Guardrail: sick days per nurse stay at 9
        kr: Sick days per nurse stay at 9 | type: health
    """
    if kr.ends is None:
        return _NO_STEP
    unmoved = _unmoved(kr, *kr.ends)
    if unmoved is None:
        return None if kr.step is not None else _NO_STEP
    exempt = kr.draft.context.type in ("health", "committed") or is_guardrail(kr)
    return None if exempt else unmoved


@criterion("error", weight=50)
def wrong_direction(kr: KeyResultLine) -> Verdict:
    """The numbers go one way, the words the other.

    Why: Read literally, reaching this would make things worse.
    Ask: Which of the two is meant, the words or the numbers?
    Try: Swap the two numbers, or say why more of this is better.
    Source: arithmetic
    Flags:
        kr: Reduce late deliveries «from 12 % to 18 %»
        kr: Grain spoiled in the silo «from 4 % to 6 %»
        kr: Trains on time: «91 % → 86 %»
        kr: Raise the share of reused parts «from 40 % to 25 %»
    Passes:
        kr: Reduce late deliveries from 18 % to 12 %
        kr: Near misses reported by crews: 5 → 20 a month
        kr: Complaints answered within two days: 60 % → 85 %
    """
    step = kr.step
    if step is None:
        return _NO_STEP
    direction = kr.reading.direction
    if not step.sign or direction == "hold":
        return None
    against_its_verb = direction in _SIGN_OF and _SIGN_OF[direction] != step.sign
    if against_its_verb and _is_said(kr, step) and not _is_a_noun_after_all(kr, step):
        return None if is_guardrail(kr) else Flag(step.start, step.end)
    if not _gets_worse(kr, step) or is_guardrail(kr):
        return None
    return Flag(
        step.start, step.end, severity="warning",
        message="Going by its words, this measure gets worse.",
        question="In what way is more of this better, or less of it?",
    )  # fmt: skip


# ── is the step too small, or impossible? ─────────────────────────────────────────────────────


@criterion("warning", weight=20)
def timid_target(kr: KeyResultLine) -> Verdict:
    """The step from today to the target is small for this kind of measure.

    Why: A step within the usual wobble can be reached without changing anything.
    Ask: What would be possible if you tried something new?
    Try: Look at the best week or the best branch of the last year, and ask what made it so.
    Source: Google, OKR playbook, trap 3: timid OKRs; steps by kind of measure in coach/reading/metrics.py
    Flags:
        kr: Bookings with a guide: «31 % → 32 %»
        kr: Complaints a month «from 40 to 39»
        kr: Shop rating: «4.1/5 → 4.15/5»
        kr: NPS «from 32 to 33»
    Passes:
        kr: Bookings with a guide: 31 % → 45 %
        kr: Uptime from 99.9 % to 99.95 %
        kr: Monthly churn from 5 % to 4 %
        kr: Parcels delivered on the day promised: 97 % → 98.5 %
    """
    step = kr.step
    if step is None:
        return _NO_STEP
    if not step.sign or step.baseline <= 0 or kr.reading.direction == "hold":
        return None
    if not _is_timid(kr, step) or kr.polarity == -step.sign:
        return None
    if is_guardrail(kr) or _EXPLAINED.search(kr.folded):
        return None
    return Flag(step.start, step.end)


@asked_of_model("warning", weight=10)
def easy_for_its_kind(kr: KeyResultLine) -> NotJudged | None:
    """For this kind of number the step looks like one that comes by itself.

    Why: A target that is reached anyway changes nothing in how people work.
    Ask: How far would this number move if everybody worked as they do today?
    Try: Compare it with the best cycle so far, or with others who do the same.
    Source: Google, OKR playbook, trap 3; Locke and Latham (2002), goals that are specific and hard
    Model: For this kind of number, does the step from today's value to the target take a change in how people work?
    Flags:
        kr: Followers of a page in its first month: «from 10 to 12»
    Passes:
        kr: Nurses who leave within a year: 24 % → 12 %
    """
    if kr.draft.context.type in ("committed", "health", "learning"):
        return NotJudged("the draft is not meant to stretch")
    if kr.step is None or not kr.step.sign:
        return _NO_STEP
    return _JUDGED_BY_NUMBERS if isinstance(timid_target(kr), Flag) else None


_JUDGED_BY_NUMBERS = NotJudged("the rules have judged the step by its size already")


@criterion("error", weight=40)
def impossible_target(kr: KeyResultLine) -> Verdict:
    """That can't be reached: it is outside what this measure can be.

    Why: A goal that can't be met teaches everybody to ignore goals.
    Ask: What is the best value that this measure can have?
    Try: Leave room for what nobody controls, as in "from 98.1 % to 99.5 %".
    Source: definition of the measure
    Flags:
        kr: Share of pupils who pass from 80 % to «120 %»
        kr: Guests rate us «5.6/5» (now 4.1/5)
        kr: No-shows from 15 % to «0 %»
        kr: Unplanned stops from 25 a month to «none at all»
        kr: «Everybody» gets home on time
    Passes:
        kr: Vendors with a signed data agreement: 45 of 112 → 112 of 112
        kr: Safety training completed: 82 % → 100 %
        kr: Net revenue retention from 98 % to 112 %
        kr: Night-time fires in the workshop: 2 → 0
    """
    over = over_scale(kr.folded)
    if over:
        return Flag(*over)
    whole = asks_for_all(kr.folded) if kr.work is None else None
    if whole:
        return Flag(*whole, severity="warning", message=_NOBODY_SAYS)
    target = kr.reading.target
    if target is None or kr.work is not None or kr.is_idle:
        return _NO_STEP
    if target == kr.reading.baseline:
        return None
    part = kr.reading.parts["target"]
    if _outside(kr.measure, target) or _is_less_than_nothing(kr, target):
        return Flag(part.start, part.end)
    if _is_absurd(kr):
        return Flag(part.start, part.end, message=_OUT_OF_REACH)
    if _is_absolute(kr, target):
        return Flag(part.start, part.end, severity="warning", message=_NOBODY_SAYS)
    return None


@criterion("hint")
def moonshot_without_path(kr: KeyResultLine) -> Verdict:
    """This is a very large step; the draft doesn't say what makes it possible.

    Why: Very large goals help teams that have slack and recent success, and discourage others.
    Ask: What is already there that such a leap could stand on?
    Try: Say in the why what is new, or add the first third of the way as a key result.
    Source: Sitkin et al., The Paradox of Stretch Goals, Academy of Management Review 36 (2011)
    Flags:
        kr: Orders a day «from 40 to 400»
        kr: Time to repair «from 60 to 3 days»
    Passes:
        kr: Orders a day from 40 to 70
        kr: Orders a day from 40 to 400 | why: The new hall opens in May and has ten times the space
    """
    step = kr.step
    if step is None:
        return _NO_STEP
    change = (step.target - step.baseline) / step.baseline if step.baseline > 0 else 0
    if -0.8 <= change <= 2 or (step.baseline < 10 and kr.reading.unit in ("%", "count")):
        return None
    return Flag(step.start, step.end) if kr.draft.why is None else None


# ── is it meant? ──────────────────────────────────────────────────────────────────────────────


@criterion("warning", weight=16)
def hedged(line: Line) -> Verdict:
    """“{quote}” leaves the door open before the start.

    Why: What is only tried can't be missed, so it can't be reached either.
    Ask: What would you promise, if you left these words out?
    Try: Say the aim plainly; doubts have a place in the confidence beside it.
    Source: INCOSE, Guide to Writing Requirements (2023), rule on escape clauses
    Flags:
        objective: «Try to» answer every caller by noon
        objective: We «would like to» become the library of choice for students
        kr: «Hopefully» cut the backlog from 90 to 40
        kr: «Explore» cheaper packaging
    Passes:
        objective: Callers get an answer by noon
        kr: Trial users who become customers: 8 % → 14 %
    """
    leading = _HEDGE_FIRST.match(line.folded, line.begins)
    if leading:
        return Flag(*leading.span("hedge"))
    inside = _HEDGE_INSIDE.find(line)
    return Flag(*inside) if inside else None


@criterion("warning", weight=12)
def hedged_commitment(line: Line) -> Verdict:
    """A commitment with a stretch word in it: “{quote}”.

    Why: Committed means that everybody counts on all of it; a stretch is allowed to fall short.
    Ask: Which part of it can others safely plan with?
    Try: Commit to the safe part, and write the stretch as a draft of its own.
    Source: Google, OKR playbook: committed and aspirational OKRs
    Flags:
        objective: All sites are re-certified by May, a real «stretch» | type: committed
        kr: «Ideally» 40 of 40 lifts inspected (now 12) | type: committed
    Passes:
        objective: All sites are re-certified by May | type: committed
        objective: All sites are re-certified by May, a real stretch | type: aspirational
    """
    if line.draft.context.type != "committed":
        return _NO_COMMITMENT
    found = _STRETCH.find(line)
    return Flag(*found) if found else None


@criterion("hint")
def type_not_declared(draft: ReadDraft) -> Verdict:
    """The draft doesn't say whether it is a commitment or a stretch.

    Why: A commitment is a success at 100 %, a stretch at about 70 %; readers plan differently with each.
    Ask: How sure do others want to be that this comes true?
    Try: Choose committed, aspirational, learning or health beside the draft.
    Source: Google, OKR playbook, trap 1
    Flags:
        objective: Night nurses find their rota four weeks ahead | kr: Shifts published in time: 40 % → 80 %
    Passes:
        objective: Night nurses find their rota four weeks ahead | kr: Shifts published in time: 40 % → 80 % | type: committed
        objective: Night nurses find their rota a year ahead | kr: Shifts published in time: 40 % → 80 % | type: aspirational
    """
    return Flag() if draft.context.type is None else None


# ── does it move? ──────────────────────────────────────────────────────────────────────────


def _unmoved(kr: KeyResultLine, start: int, end: int) -> Flag | None:
    """Return where a target is said to be today's value; the numbers stand from start to end."""
    reading = kr.reading
    same = same_as_before(kr)
    if same:
        end = max(end, same[1])
        return Flag(min(start, same[0]), end + kr.folded.startswith(")", end))
    if reading.baseline is not None and reading.baseline == reading.target:
        return Flag(start, end)
    if reading.target is None or not (reading.direction == "hold" or is_held_at(kr)):
        return None
    if _moves(kr):
        return None
    verb = reading.parts.get("verb")
    return Flag(verb.start if verb else 0, reading.parts["target"].end)


def _moves(kr: KeyResultLine) -> bool:
    """Say whether a line that holds something still asks for a better number than today's."""
    baseline, target = kr.reading.baseline, kr.reading.target
    if baseline is None or target is None:
        return False
    if kr.reading.bound == "at most":
        return target < baseline
    if kr.reading.bound == "at least":
        return target > baseline
    return abs(target - baseline) > 0.05 * abs(baseline)


# ── which way? ─────────────────────────────────────────────────────────────────────────────


def _is_said(kr: KeyResultLine, step: Step) -> bool:
    """Say whether the direction is the line's own, not that of a clause inside its measure."""
    verb = kr.reading.parts.get("verb")
    if verb is None or verb.start > step.start or (kr.verb and kr.verb.start == verb.start):
        return True
    if kr.folded.endswith(" to ", 0, verb.start) and " from " in kr.folded[: verb.start]:
        return False  # "time from call to lift running"
    return len(kr.folded[verb.end : step.start].split()) <= 3


def _is_a_noun_after_all(kr: KeyResultLine, step: Step) -> bool:
    """Say whether the numbers make better sense than the verb: "Lift passengers stuck: 14 → 4"."""
    verb = kr.verb
    if verb is None or verb.lemma not in _NOUNS_TOO:
        return False
    return kr.polarity == step.sign or ":" in kr.folded[verb.end : step.start]


def _gets_worse(kr: KeyResultLine, step: Step) -> bool:
    if may_be(-1 if step.sign > 0 else 1, kr) and kr.polarity == -step.sign and _is_plain(kr):
        return True
    return step.sign > 0 and _rises_against_objective(kr) and kr.polarity == 0


def _is_plain(kr: KeyResultLine) -> bool:
    """Say whether what a measure says of its thing is plain enough to be sure of its side.

    In "customers who leave" the clause's own verb tells; "people who win back what they lost" or
    "streets without a missed bin in a month" may be good or bad.
    """
    metric = kr.reading.parts.get("metric")
    if metric is None:
        return True
    said = [word for word in kr.words if metric.start <= word.start < metric.end]
    texts = [word.text for word in said]
    if not _TWISTS.isdisjoint(texts):
        return False
    for index, text in enumerate(texts):
        if text in ("that", "which", "who") and index + 1 < len(said):
            return len(said) - index <= 4 or tells(kr.folded, *said[index : index + 2])
        if text in ("with", "without") and len(said) - index > 3:
            return False
    return True


_TWISTS = frozenset("again already elsewhere never not nobody".split())


def _rises_against_objective(kr: KeyResultLine) -> bool:
    """Say whether the measure counts what the objective wants less of, and little else."""
    objective = kr.draft.objective
    if objective is None or _AWAY_FROM.isdisjoint(objective.vocabulary):
        return False
    if not kr.vocabulary.isdisjoint(("without", "no")):
        return False
    unwanted = _UNWANTED.search(objective.folded)
    if unwanted is None:
        return False
    wanted = _stems(objective.folded[: unwanted.start()])
    metric = kr.reading.parts.get("metric")
    named = kr.folded[metric.start : metric.end] if metric else kr.folded
    against = _stems(unwanted.group(1)) - wanted
    return bool(against) and against <= _stems(named)


def _stems(text: str) -> set[str]:
    return {word.rstrip("s")[:6] for word in re.findall(r"[a-z]{4,}", text) if word not in _COMMON}


_NOUNS_TOO = frozenset(
    "lift cut drop rise fall jump climb cap limit scale gain boost double triple halve".split()
)
_AWAY_FROM = frozenset("instead rather free longer stop without fewer less cut reduce end".split())
_UNWANTED = re.compile(
    r"\b(?:instead of|rather than|free \w+ from|no longer|stop|without|fewer|less|cut|reduce|end) "
    r"((?:(?!so |because |and |when |while |to |for )[^ ,.;]+ ?){1,4})"
)
_COMMON = frozenset(
    "the and for with from that their our your who which when where into through than more"
    " people customers users team teams work time".split()
)


# ── how far, and can it be? ────────────────────────────────────────────────────────────────


def _is_timid(kr: KeyResultLine, step: Step) -> bool:
    measure, kind = kr.measure, kr.measure.kind
    baseline, size = step.baseline, abs(step.target - step.baseline)
    if kind.counted == "points":
        return size < kind.step
    if kind is AVAILABILITY and kr.polarity >= 0:
        return baseline < 100 and size / (100 - baseline) < kind.step
    floor = kr.draft.profile.thresholds.timid_change
    smallest = floor if kind.step == AMOUNT.step else kind.step
    top = 100.0 if kind is SHARE else measure.scale if kind is RATING else None
    if top is not None and step.sign > 0 and baseline < top:
        # What is nearly full is judged by what is left to win.
        return size / baseline < smallest and size / (top - baseline) < 2 * smallest
    if kr.reading.unit == "count" and size == 1 and baseline >= 12:
        return True
    return size / baseline < smallest


def _outside(measure: Measure, target: float) -> bool:
    kind = measure.kind
    highest = measure.scale if kind is RATING else kind.highest
    if highest is not None and target > highest:
        return True
    return kind.lowest is not None and target < kind.lowest


def _is_less_than_nothing(kr: KeyResultLine, target: float) -> bool:
    """Say whether a count or a time would fall below zero; money and temperatures may."""
    baseline, unit = kr.reading.baseline, kr.reading.unit
    return target < 0 and baseline is not None and baseline >= 0 and unit in _NEVER_NEGATIVE


def _is_absurd(kr: KeyResultLine) -> bool:
    """Say whether a number is to grow a hundredfold, which no why makes a plan."""
    step = kr.step
    if step is None or step.baseline <= 0:
        return False
    return step.target >= max(_ABSURD, _ABSURD * step.baseline)


_ABSURD = 100
_NEVER_NEGATIVE = frozenset(("count", "%", "ratio", "ms", "minutes", "days"))


def _is_absolute(kr: KeyResultLine, target: float) -> bool:
    """Say whether all or nothing is asked of what nobody controls in full."""
    baseline, unit = kr.reading.baseline, kr.reading.unit
    if baseline is None or target not in (0, 100):
        return False
    if unit == "%":
        absolute = baseline > 2 if target == 0 else kr.measure.kind.highest == 100
    else:
        absolute = unit == "count" and target == 0 and baseline > 12
    if not absolute or kr.draft.context.type in ("committed", "health"):
        return False
    return _IN_OUR_HANDS.search(kr.folded) is None


_NOBODY_SAYS = "That is beyond anybody's control to reach in full."
_OUT_OF_REACH = "That is a hundred times of what it is today, in one cycle."
_EXPLAINED = re.compile(r"\([^)]*\b(?:each|equals|saves|worth|means)\b[^)]*\)")
# What people can see to themselves may be meant in full: duties, safety, papers, small sets.
_IN_OUR_HANDS = re.compile(
    r"\b(?:ready|stocked|staffed|marked|tagged|calibrated|digiti[sz]ed|archived|mapped|serviced|sign\w*|annex|audit\w*|law\w*|legal\w*|mandatory|complian\w+|safety|certif\w+|trained|trainings?|backups?"
    r"|encrypt\w+|patch\w*|mfa|passkeys?|two-factor|inventor\w+|document\w+|contracts?|licen[cs]e\w*|polic\w+"
    r"|inspect\w+|checks?|checked|filed|registered|published|migrated|moved|equipped|installed|labelled"
    r"|insured|tested|reviewed|covered|consent\w*|declared|permits?|vaccinat\w+|owners?|lists?|labels?|committed|statutory"
    r"|regulat\w+|disclos\w+|paid|payslips?|invoices?|deadlines?|serious|fatal\w*|deaths?|fires?|majors?"
    r"|critical findings?|overdue|breach\w*|data loss|never events?|renewable|recyclable|led|access\w*)\b"
)


# ── how sure? ──────────────────────────────────────────────────────────────────────────────

_HEDGE_FIRST = re.compile(
    r"(?:we |we'll |our team |the team |i )?(?:will |shall )?(?P<hedge>"
    r"it would be (?:nice|good|great) to|try (?:to|and)|try|trying to|aim (?:to|for|at)|aiming to|aim|strive (?:to|for)|strive|seek to"
    r"|attempt to|endeavou?r to|hope to|hoping to|intend to|plan to|want to|wish to|would like to(?: perhaps)?"
    r"|do our best(?: to)?|explore|look into|look at|investigate whether|consider|work towards?"
    r"|see if|think about|experiment with|hopefully|perhaps|maybe|possibly|potentially|ideally)\b"
)
_HEDGE_INSIDE = phrases(
    {
        "hopefully perhaps possibly potentially ideally": "",
        "we": " hope",
        "would": " like to",
        "try trying aim aiming": " to",
        "do": " our best",
    }
)
_STRETCH = phrases(
    {
        "stretch aspiration aspirational aspire moonshot hopefully ideally perhaps maybe": "",
        "if": " possible",
        "best": " effort",
        "try aim": " to",
    }
)
