"""The draft as a set. Each criterion here names the rubric that it counts for."""

import re
from functools import lru_cache
from itertools import combinations

from coach.reading.dates import read_cycle
from coach.reading.draft import KeyResultLine, ReadDraft, Step
from coach.reading.words import IDLE, POWER
from coach.rubrics import ambition
from coach.rubrics.criterion import Flag, NotJudged, Verdict, asked_of_model, criterion


@criterion("warning", weight=8, rubric="measurability")
def too_few_key_results(draft: ReadDraft) -> Verdict:
    """One key result alone can't show that the objective is reached.

    Why: A single measure is reached by a single trick; a second one keeps it honest.
    Ask: What else would change if the objective came true?
    Try: Add a measure of what people notice, or of what is to stay as good as it is.
    Source: Grove, High Output Management (1983), paired indicators
    Flags:
        objective: Patients are seen on time | kr: Median wait from 40 to 20 minutes
        objective: Patients are seen on time
    Passes:
        objective: Patients are seen on time | kr: Median wait from 40 to 20 minutes | kr: Visits cut short from 12 % to 5 %
        objective: Divers come up safely | kr: Dives without a buddy: 9 % → 2 % | kr: Fast ascents: 30 → 10 a month
    """
    if len(draft.key_results) >= 2:
        return None
    if draft.key_results:
        return Flag()
    return Flag(
        severity="error",
        message="There is no key result yet.",
        question="By which change would you notice that the objective came true?",
    )


@criterion("warning", weight=12, rubric="clarity")
def too_many_key_results(draft: ReadDraft) -> Verdict:
    """These are more key results than people keep in mind.

    Why: Whoever follows everything steers by nothing; the few that matter get lost among the others.
    Ask: Which three would you keep if you could keep only three?
    Try: Move the rest to a list of numbers to watch.
    Source: Doerr, Measure What Matters (2018): three to five key results; re:Work: about three
    Flags:
        objective: Hikers find their way | kr: A from 1 to 2 | kr: B from 1 to 2 | kr: C from 1 to 2 | kr: D from 1 to 2 | kr: E from 1 to 2 | kr: F from 1 to 2
    Passes:
        objective: Hikers find their way | kr: Search calls: 30 → 12 | kr: Trails with fresh signs: 40 % → 85 %
        objective: Hikers find their way | kr: A from 1 to 2 | kr: B from 1 to 2 | kr: C from 1 to 2 | kr: D from 1 to 2 | kr: E from 1 to 2
    """
    return Flag() if len(draft.key_results) > draft.profile.thresholds.key_results_max else None


@criterion("warning", weight=14, rubric="measurability")
def duplicate_key_result(draft: ReadDraft) -> Verdict:
    """Two key results measure the same thing.

    Why: The same movement counted twice looks like more progress than there is.
    Ask: Which of the two would you keep, and what else could show that the objective is reached?
    Try: Replace one of them with a measure from another angle.
    Source: Grove, High Output Management (1983): pair an indicator with one of another kind
    Flags:
        objective: Rooms are ready at noon | kr: Rooms ready at noon: 70 % → 90 % | kr: Rooms not ready at noon: 30 % → 10 %
        objective: Rooms are ready at noon | kr: Rooms ready at noon: 70 % → 90 % | kr: Raise the rooms ready at noon from 70 % to 90 %
    Passes:
        objective: Rooms are ready at noon | kr: Rooms ready at noon: 70 % → 90 % | kr: Guests who wait in the lobby: 1 in 4 → 1 in 10
        objective: Rooms are ready at noon | kr: Rooms ready at noon: 70 % → 90 % | kr: Rooms ready at noon that guests praise: 20 % → 45 %
    """
    twins = same_measure(draft)
    if twins is None:
        return None
    one, other = twins
    return Flag(question=f"Which would you keep, {one.name.upper()} or {other.name.upper()}?")


def same_measure(draft: ReadDraft) -> tuple[KeyResultLine, KeyResultLine] | None:
    """Return the first two key results that measure the same thing."""
    pairs = combinations(draft.key_results, 2)
    return next(((one, other) for one, other in pairs if _is_same(one, other)), None)


@criterion("warning", weight=20, rubric="ambition")
def contradiction(draft: ReadDraft) -> Verdict:
    """Two key results pull in opposite directions.

    Why: Reaching one means missing the other; people will choose for themselves.
    Ask: Which of the two matters more in this cycle?
    Try: Keep one as the aim, and turn the other into a guardrail with a bound.
    Source: Doran, There's a S.M.A.R.T. Way (1981), on consistent objectives; arithmetic
    Flags:
        objective: Guests come back | kr: Price per night: €90 → €110 | kr: Price per night: €90 → €75
        objective: Riders book by app | kr: Bookings by app: 40 % → 60 % | kr: Bookings by phone: 60 % → 65 %
    Passes:
        objective: Riders book by app | kr: Bookings by app: 40 % → 60 % | kr: Calls per booking: 1.4 → 0.8
        objective: Guests come back | kr: Price per night: €90 → €75 | kr: Nights booked: 800 → 1,000
    """
    stepping = draft.measured
    if not stepping:
        return NotJudged("no key result has a number yet")
    for one, other in combinations(stepping, 2):
        if _pull_apart(one, other):
            metric = other.reading.parts.get("metric")
            start = metric.start if metric else 0
            return Flag(
                start, len(other.text), line=other.name,
                message=f"This pulls the other way from {one.name.upper()}.",
            )  # fmt: skip
    for kr in stepping:
        if kr.step is not None and isinstance(ambition.wrong_direction(kr), Flag):
            return Flag(
                0, len(kr.text), line=kr.name, severity="hint",
                message="Reached as it stands, this would work against the objective.",
            )  # fmt: skip
    return None


@criterion("warning", weight=40, rubric="measurability")
def all_output(draft: ReadDraft) -> Verdict:
    """All key results describe work; none says what comes of it.

    Why: The whole list can be done and the objective be as far away as before.
    Ask: If all of this is done, what will somebody outside the team notice?
    Try: Turn at least one line into the change that it is meant to bring.
    Source: Seiden, Outcomes over Output (2019)
    Flags:
        objective: Villagers trust the new clinic | kr: Open the clinic | kr: Hold 6 village evenings
        objective: Villagers trust the new clinic | kr: Midwives trained | kr: Leaflets printed | kr: Support the mayor
    Passes:
        objective: Villagers trust the new clinic | kr: Open the clinic | kr: Births in the clinic: 20 % → 50 %
        objective: Villagers trust the new clinic | kr: Births in the clinic: 20 % → 50 % | kr: Mothers who would come again: 60 % → 85 %
    """
    telling = [kr for kr in draft.key_results if not (kr.is_numbered and kr.is_idle)]
    return Flag() if telling and all(map(_is_output, telling)) else None


@asked_of_model("warning", weight=14, rubric="measurability")
def reached_without_objective(draft: ReadDraft) -> NotJudged | None:
    """All key results could be reached without the objective coming true.

    Why: Then every number is green at the end of the cycle, and what they stood for has not happened.
    Ask: What else would you look for before calling the objective reached?
    Try: Add a measure of the part of the objective that no key result covers yet.
    Source: Google, OKR playbook: key results together mean that the objective is reached
    Model: If every key result is reached, is the objective then reached too?
    Flags:
        objective: «Families find a home near their work» | kr: Homes on the site: 400 → 900 | kr: Visits to the site: 2,000 → 5,000 a week
        objective: Villagers trust the new clinic | kr: «Rooms with a new coat of paint: 2 → 14»
    Passes:
        objective: Families find a home near their work | kr: Families placed within 5 km of their work: 12 → 40 a month | kr: Months until a family is placed: 9 → 4
    """
    return None if draft.objective and draft.key_results else _NO_SET


@asked_of_model("hint", rubric="ambition")
def invites_shortcut(draft: ReadDraft) -> NotJudged | None:
    """A short way to these numbers would do harm.

    Why: What is measured gets pushed, and the cheapest push is often at somebody's expense.
    Ask: In which way could these numbers be reached that nobody would be glad of?
    Try: Add a guardrail: a number that is to stay as good as it is.
    Source: Ordóñez et al., Goals Gone Wild (2009); Grove, High Output Management (1983)
    Model: Are the key results safe from a shortcut that reaches the numbers and harms customers, colleagues or quality?
    Flags:
        objective: Callers get help at once | kr: «Length of a call: 9 → 4 minutes» | kr: Calls a day and agent: 30 → 55
    Passes:
        objective: Callers get help at once | kr: Callers helped at the first call: 54 % → 75 % | kr: Guardrail: overtime at most 5 hours a week (4 today)
    """
    return None if draft.measured else NotJudged("no key result has a number to reach")


_NO_SET = NotJudged("there is no objective with key results yet")


@criterion("hint", rubric="measurability")
def all_lagging(draft: ReadDraft) -> Verdict:
    """All these numbers come in late: revenue, churn, yearly scores.

    Why: By the time they move, the cycle is over and nothing can be steered.
    Ask: Which number would move first on the right way?
    Try: Pair one of them with something people do every week.
    Source: Grove, High Output Management (1983), on leading indicators
    Flags:
        objective: Members stay | kr: Annual churn: 18 % → 12 % | kr: Revenue per member: €90 → €110
    Passes:
        objective: Members stay | kr: Annual churn: 18 % → 12 % | kr: Members who train twice a week: 30 % → 45 %
        objective: Members stay | kr: Visits per member and week: 1.1 → 1.8 | kr: Classes full a day ahead: 20 % → 50 %
    """
    named = draft.measured
    if len(named) < 2:
        return _FEW_NUMBERS
    return Flag() if not any(_LAGGING.isdisjoint(kr.vocabulary) for kr in named) else None


@criterion("hint", rubric="measurability")
def all_leading(draft: ReadDraft) -> Verdict:
    """All these numbers are early signs; none shows the result itself.

    Why: Early signs can all turn green while what they stand for stays away.
    Ask: Which number would prove at the end that the early signs were right?
    Try: Add the effect on people, money or safety, even if it moves only a little.
    Source: Grove, High Output Management (1983), on leading indicators
    Flags:
        objective: Shops order online | kr: Visits to the order page: 300 → 900 | kr: Demo requests: 5 → 20
    Passes:
        objective: Shops order online | kr: Visits to the order page: 300 → 900 | kr: Orders placed online: 8 % → 20 %
        objective: Shops order online | kr: Baskets left before payment: 60 % → 35 % | kr: Orders placed online: 8 % → 20 %
    """
    named = draft.measured
    if len(named) < 2:
        return _FEW_NUMBERS
    return Flag() if not any(_LEADING.isdisjoint(kr.vocabulary) for kr in named) else None


@criterion("hint", rubric="ambition")
def growth_without_counter_metric(draft: ReadDraft) -> Verdict:
    """All key results grow a quantity; none watches what growth may cost.

    Why: What is pushed hard tends to be pushed at the expense of quality, people or margin.
    Ask: What might get worse while this grows?
    Try: Add one line that is not to get worse, with a bound.
    Source: Grove, High Output Management (1983), paired indicators
    Flags:
        objective: More farms sell through us | kr: Revenue: €2m → €3m | kr: Farms on the market: 40 → 70
    Passes:
        objective: More farms sell through us | kr: Revenue: €2m → €3m | kr: Orders delivered late: 9 % → 4 %
        objective: More farms sell through us | kr: Farms on the market: 40 → 70 | kr: Guardrail: refunds at most 2 % (1.8 % today)
    """
    moved = draft.measured
    if len(moved) < 2:
        return _FEW_NUMBERS
    grows = all(
        kr.reading.direction == "up" and kr.reading.unit not in ("%", "points") for kr in moved
    )
    grown = any(not _GROWTH.isdisjoint(kr.vocabulary) for kr in moved)
    return Flag() if grows and grown else None


@criterion("hint", rubric="measurability")
def all_due_on_last_day(draft: ReadDraft) -> Verdict:
    """Everything is due on the last day of the cycle.

    Why: When all lands at once, the first news of trouble comes when nothing can be done.
    Ask: Which of these could be reached or read a month earlier?
    Try: Give one of them an earlier date.
    Source: Google, OKR playbook, on sequencing key results
    Flags:
        objective: Rivers are clean enough to swim in | kr: Bathing days: 20 → 45 by 30 June 2027 | kr: Sewage spills: 12 → 4 by 30 June 2027 | cycle: 2027-Q2
    Passes:
        objective: Rivers are clean enough to swim in | kr: Bathing days: 20 → 45 by 30 June 2027 | kr: Sewage spills: 12 → 4 by 15 May 2027 | cycle: 2027-Q2
        objective: Rivers are clean enough to swim in | kr: Bathing days: 20 → 45 | kr: Sewage spills: 12 → 4 | cycle: 2027-Q2
    """
    if not draft.context.cycle:
        return NotJudged("no cycle is given")
    days = {kr.reading.deadline for kr in draft.key_results}
    if len(draft.key_results) < 2 or len(days) > 1 or None in days:
        return None
    period = read_cycle(draft.context.cycle)
    return Flag() if period and days == {period.last.isoformat()} else None


@criterion("hint", rubric="purpose")
def objective_untouched(draft: ReadDraft) -> Verdict:
    """No key result takes up a word of the objective.

    Why: When the two share nothing, the numbers may be reached and the objective not.
    Ask: Which key result would show that the objective itself came true?
    Try: Let one of them measure what the objective speaks of.
    Source: Google, OKR playbook: key results together mean that the objective is reached
    Flags:
        objective: Apprentices finish their training | kr: Printer cartridges used: 40 → 20 | kr: Office energy: 12 → 9 MWh
    Passes:
        objective: Apprentices finish their training | kr: Apprentices who drop out: 22 % → 10 % | kr: Office energy: 12 → 9 MWh
        objective: Apprentices finish their training | kr: Exams passed at the first try: 61 % → 78 % | kr: Training days missed: 9 → 4 a year
    """
    if draft.objective is None or not draft.key_results:
        return _NO_SET
    plain = draft.objective.vocabulary - _STOP
    if not all(plain.isdisjoint(kr.vocabulary) for kr in draft.key_results):
        return None
    meant = _stems(draft.objective.folded)
    if not meant:
        return NotJudged("the objective names nothing to look for")
    return None if any(meant & _stems(kr.folded) for kr in draft.key_results) else Flag()


_FEW_NUMBERS = NotJudged("fewer than two key results have a number")

# ── what is the same, what is opposed ─────────────────────────────────────────────────────────

_STOP = (
    frozenset(
        "the a an and or of for to from in on at by with within per our their its each every all share"
        " number rate percentage average median mean total count who that which have has had is are be"
        " up down reduce increase raise cut lower grow improve reach achieve get than more less fewer"
        " about last year quarter month week day today now until before after into as not no without"
        " january february march april may june july august september october november december".split()
    )
    | IDLE
)
_WORD = re.compile(r"[a-z][a-z'-]+")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ings|ed|es|s)$(?<!ss)")
_NEGATIVE = re.compile(r"\b(?:not|no|without|lost|un\w+|never)\b")
_LAGGING = frozenset(
    "revenue profit margin churn attrition turnover annual yearly nps arr mrr sales income"
    " retention".split()
)
_LEADING = frozenset(
    "visit visits lead leads demo demos request requests click clicks impressions calls meetings"
    " applications sign-up sign-ups signups enquiries pipeline views trial trials".split()
)
_GROWTH = frozenset(
    "revenue sales customers users orders members subscribers sign-ups signups installs sites"
    " stores volume output arr mrr bookings farms shops accounts".split()
)


def _is_output(kr: KeyResultLine) -> bool:
    work = kr.work
    if work is None or work.kind == "milestone" or work.measured:
        return False
    return work.kind != "count" or kr.reading.target is None or kr.reading.unit != "%"


def _named(kr: KeyResultLine) -> str:
    part = kr.reading.parts.get("metric")
    return kr.folded[part.start : part.end] if part else kr.folded


_EMPTY = _STOP | POWER.keys() | {"better", "higher", "lower"}


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(
        [_stemmed(word) for word in _WORD.findall(text) if len(word) > 2 and word not in _EMPTY]
    )


@lru_cache(maxsize=8192)
def _stemmed(word: str) -> str:
    return _ENDING.sub("", word)[:7]


def _alike(one: KeyResultLine, other: KeyResultLine) -> float:
    """Return the share of words that two measures have in common (0–1)."""
    left, right = _stems(_named(one)), _stems(_named(other))
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)


def _is_same(one: KeyResultLine, other: KeyResultLine) -> bool:
    a, b = one.reading, other.reading
    if not (one.vocabulary & other.vocabulary) - _STOP:
        return False
    if one.folded.strip() == other.folded.strip():
        return True
    if _complement(one, other) == "same":
        return True
    if a.kind == "activity" or b.kind == "activity":
        return _stems(one.folded) == _stems(other.folded) and bool(_stems(one.folded))
    alike = _alike(one, other)
    if alike < 0.75:
        return _restated(one, other) or _same_step(one, other)
    if bool(_NEGATIVE.search(_named(one))) != bool(_NEGATIVE.search(_named(other))):
        return False
    numbers = (a.baseline, a.target, b.baseline, b.target)
    if None not in numbers and (a.baseline, a.target) != (b.baseline, b.target):
        return alike == 1.0 and a.direction == b.direction
    return True


def _same_step(one: KeyResultLine, other: KeyResultLine) -> bool:
    """Say whether the same numbers are moved, and one measure says a word more or another."""
    left, right = _stems(_named(one)), _stems(_named(other))
    if one.step is None or other.step is None or not left or not right:
        return False
    same = (one.step.baseline, one.step.target) == (other.step.baseline, other.step.target)
    same = same and one.reading.unit == other.reading.unit
    if not same:
        return False
    shared = len(_stems(one.folded) & _stems(other.folded))
    return left <= right or right <= left or shared >= (2 if _is_round(one.step) else 1)


def _is_round(step: Step) -> bool:
    """Say whether two measures may well have such numbers by chance."""
    return step.baseline % 10 == 0 or step.target % 10 == 0 or step.baseline < 10


def _restated(one: KeyResultLine, other: KeyResultLine) -> bool:
    """Say whether a line without a number only names what another measures."""
    for loose, exact in ((one, other), (other, one)):
        if loose.reading.target is None and exact.reading.target is not None and loose.work is None:
            said = _stems(_named(loose))
            if said and len(said - _stems(_named(exact))) == 0:
                return True
    return False


def _complement(one: KeyResultLine, other: KeyResultLine) -> str | None:
    """Say how two shares that make up a whole move: "same", "apart", or None if they don't."""
    a, b = one.reading, other.reading
    if a.unit != "%" or b.unit != "%":
        return None
    if a.baseline is None or b.baseline is None or a.target is None or b.target is None:
        return None
    if abs(a.baseline + b.baseline - 100) > 0.5 or not _stems(_named(one)) & _stems(_named(other)):
        return None
    if (a.target - a.baseline) * (b.target - b.baseline) > 0:
        return "apart"
    return "same" if abs(a.target + b.target - 100) <= 5 else None


def _pull_apart(one: KeyResultLine, other: KeyResultLine) -> bool:
    a, b = one.reading, other.reading
    whole = _complement(one, other)
    if whole is not None:
        return whole == "apart"
    opposed = (a.direction, b.direction) in (("up", "down"), ("down", "up"))
    if not opposed or _alike(one, other) < 0.75:
        return False
    return bool(_NEGATIVE.search(_named(one))) == bool(_NEGATIVE.search(_named(other)))
