"""What kind of measure a key result moves: which way is better, what is possible, what is a step.

Two questions are answered from the words of a measure alone, and left open where words don't tell:

- *Which way is better?* "Grain lost in storage" is better lower, "complaints answered" higher.
  What happens to a thing says more than the thing ("tickets solved", "orders lost"), and what it
  happens without turns it round ("solved without help", "without a reply").
- *What is possible, and what is a step worth a cycle?* A share ends at 100 %, a Net Promoter
  Score at 100 points, a rating at its scale; availability is counted in failures left.
"""

import re
from typing import Literal

import msgspec

from coach.assessment import Reading
from coach.reading.phrases import Spoken
from coach.reading.text import Word

Polarity = Literal[-1, 0, 1]
"""1: more is better; −1: less is better; 0: the words don't tell."""


class MetricKind(msgspec.Struct, frozen=True):
    """A kind of measure: its possible range, and the smallest step that is more than noise.

    `step` is a share of what is left to win, counted as `counted` says: of the value itself
    ("value"), of the failures that remain ("failures"), or in the measure's own points ("points").
    """

    id: str
    lowest: float | None
    highest: float | None
    step: float
    counted: Literal["value", "failures", "points"]
    source: str


AVAILABILITY = MetricKind(
    "availability", 0, 100, 0.10, "failures",
    "Beyer et al., Site Reliability Engineering (2016), appendix A: availability in nines",
)  # fmt: skip
PROMOTER_SCORE = MetricKind(
    "promoter score", -100, 100, 3, "points",
    "Reichheld, The One Number You Need to Grow (2003), for the range; with some 1,000 answers "
    "the sampling error alone is 2 to 3 points",
)  # fmt: skip
RATING = MetricKind(
    "rating", 0, None, 0.03, "value",
    "A rating ends at its scale; averages of a few hundred ratings wander by a tenth of a point",
)  # fmt: skip
CONVERSION = MetricKind(
    "conversion", 0, 100, 0.08, "value",
    "Sampling error of a share: at 3 % of 20,000 visits a month, ± 0.24 points is chance",
)  # fmt: skip
SHARE = MetricKind(
    "share", 0, 100, 0.05, "value",
    "A share lies between 0 and 100 %",
)  # fmt: skip
INTENSITY = MetricKind(
    "intensity", 0, None, 0.02, "value",
    "Material and energy use per unit move by a few per cent a year: International Energy "
    "Agency, Energy Efficiency 2023 (1 to 2 % a year worldwide)",
)  # fmt: skip
AMOUNT = MetricKind(
    "amount", None, None, 0.05, "value",
    "Google, OKR playbook (in Doerr, Measure What Matters, 2018): timid OKRs",
)  # fmt: skip


class Measure(msgspec.Struct, frozen=True):
    """What kind of measure a key result moves. `scale` is the top of a rating."""

    kind: MetricKind
    scale: float | None = None


def measure_of(line: Spoken, reading: Reading) -> Measure:
    """Return what kind of measure a key result's line moves."""
    return Measure(*_kind(line, _named(line.folded, reading), reading))


def polarity_of(line: Spoken, reading: Reading) -> Polarity:
    """Return which way is better for the measure that a key result's line moves."""
    return polarity(_named(line.folded, reading), share=reading.unit in ("%", "ratio"))


def _named(folded: str, reading: Reading) -> str:
    """Return the words that name the measure, with all that qualifies them."""
    parts = reading.parts
    metric, verb = parts.get("metric"), parts.get("verb")
    if metric is None:
        return folded
    numbers = [parts[name].start for name in ("baseline", "target", "change") if name in parts]
    end = min(numbers, default=len(folded))
    if end < metric.start:
        return folded[metric.start : metric.end]
    if verb is not None and metric.start < verb.start and _moves_at(folded, verb.end, end):
        end = verb.start
    return folded[metric.start : max(end, metric.end)].removesuffix("from ")


def _moves_at(folded: str, start: int, end: int) -> bool:
    """Say whether a verb stands right before the numbers, not in a clause of the measure."""
    return len(folded[start:end].split()) <= 2


# --- which way is better? -------------------------------------------------------------------
#
# A measure is read from left to right. Its head ("late orders", "share of calls answered") and
# its clause ("customers who leave") say what is counted; what follows a preposition is only the
# setting ("per visit", "on a reorder") and can at most raise a doubt.


def polarity(named: str, *, share: bool = True) -> Polarity:
    """Return which way is better for a measure, from its folded words; 0 where they don't tell.

    `share` says whether it counts how many of something: "answered within a day" is good only then.
    """
    heard = _Heard()
    behind = 0
    for found in _TOKEN.finditer(named):
        if found.start() < behind:
            continue
        word = found.group()
        rest = _BEHIND.get(word)
        phrase = rest.match(named, found.end()) if rest else None
        if phrase:
            behind = phrase.end()
            # A share of time is none that is lost: "time at the bedside: 38 % → 60 %".
            spent = share and word == "time" and phrase[0] in (" at", " for")
            heard.hear(word, "either" if spent else _sign(phrase))
        else:
            heard.hear(word, _SIGNS.get(word) or ("-" in word and _hyphened(word)) or None)
        if "either" in heard.said:
            return 0
    if share:
        heard.hear_within(named)
    return heard.settle()


def may_be(side: Polarity, line: Spoken) -> bool:
    """Say, before listening closely, whether a line's measure may be better higher (1) or lower.

    Most lines hold no word that could tell, and listening to them takes longer than all else.
    """
    if not _TELLING[side].isdisjoint(line.vocabulary):
        return True
    return "-" in line.folded or "w/o" in line.folded


def tells(folded: str, opener: Word, verb: Word) -> bool:
    """Say whether a clause tells by its verb that it is good or bad: "who leave", "who pass"."""
    for word in (opener, verb):
        rest = _BEHIND.get(word.text)
        if rest is not None and rest.match(folded, word.end):
            return verb.text not in ("ask", "asks")
    return verb.text in _SIGNS


def _sign(phrase: re.Match[str]) -> str:
    return (phrase.lastgroup or "").rstrip("0123456789")


def _hyphened(word: str) -> str | None:
    if word.startswith("time-to-"):
        return "bad"
    first, _, last = word.rpartition("-")
    if last == "free":
        return "good"
    return "bad" if last in ("time", "times") and first in _TIMED else None


class _Heard:
    """What the words of a measure said so far.

    `thing` is what its noun says; `said` the signs in its head and clause, `doubts` those in its
    setting; `kept` is what the head said before a "with", in case a clause follows.
    """

    __slots__ = (
        "cases", "clause", "doubts",
        "kept", "last_sign", "neutrals", "opening", "region", "said", "thing",
        "turning",
    )  # fmt: skip

    def __init__(self) -> None:
        self.thing: Polarity = 0
        self.said: set[str] = set()
        self.doubts: set[str] = set()
        self.region = "head"
        self.kept: tuple[Polarity, set[str]] = (0, set())
        self.opening = True
        self.clause = 0  # words since it began
        self.turning = 0  # words that a negation still turns
        self.last_sign: str | None = None
        self.cases = False
        self.neutrals = 0  # words without a sign since the last one with it

    def hear(self, word: str, sign: str | None) -> None:
        self.turning -= 1
        self.clause += 1
        if self.turning >= 0 and word in _TURNED:
            self.said.add(_TURNED[word])
            self.said.discard("negated")
            self.turning = 0
        elif sign is None:
            self._move(word)
        elif sign == "negation":
            self.turning = 4
            self.said.add("negated")
        elif self.region in ("setting", "over") or (self.region == "clause" and self.clause > 5):
            self.doubts.add(sign)
        elif self.region == "unit":
            pass  # "cost per handled case"
        elif sign == "late":
            self._be_late(word)
        elif sign == "remedy":
            self.thing = 1 if self.thing else 0
        elif sign == "thing+":
            self.thing = 1
        elif sign == "thing-":
            self.thing = -1
        else:
            self.said.add(sign)
        if word in _PRICES or (word == "closed" and not self.cases):
            self.said.add("either")  # more for whom? a case, or a shop?
        self.cases = self.cases or word in _CASES
        if sign not in (None, "within") and self.region in ("clause", "with"):
            self.said.discard("silent clause")
        if sign is not None:
            self.last_sign, self.neutrals = sign, 0
        self.opening = self.opening and word in _OPENERS

    def _move(self, word: str) -> None:
        """Go on to the next part of the measure where a word opens one."""
        if word not in _OPENING:
            if self.region == "head":
                self._act(word)
            elif self.region == "clause" and word in _MASTERS:
                self.said.add("either")  # "nurses who spot an infection early"
        elif word in _CLAUSES:
            if self.region == "with":
                self.thing, self.said = self.kept
            self.region, self.clause = "clause", 0
            self.said.add("silent clause")
        elif self.region in ("over", "unit"):
            pass
        elif word in _ENDERS:
            if word == "by" and self.last_sign in ("done", "handled"):
                self.said.add("either")  # done by whom may be the point
            self.region = "unit" if word == "per" else "over"
        elif word == "with" and self.region in ("head", "setting") and not self._is_felt():
            self.kept = self.thing, set(self.said)
            self.region = "with"
            self.said.add("silent clause")
        elif word == "to" and self.region == "clause":
            pass  # "shifts that had to be cancelled"
        elif word in _SETTINGS and not (word == "of" and self.opening):
            self.region = "setting"

    def _be_late(self, word: str) -> None:
        """Take "answered after 10 s" for late; "active after 90 days" is no delay."""
        if self.last_sign in ("handled", "done"):
            self.said -= {"handled", "done"}
            self.said.add("bad")
        else:
            self._move(word)

    def _is_felt(self) -> bool:
        """Whether a feeling was named just now, which "with" only completes: "satisfied with"."""
        return self.neutrals == 0 and self.last_sign in ("good", "bad")

    def _act(self, word: str) -> None:
        """Take a word of the head that says nothing itself, but may take what was said back."""
        grave = self.thing < 0 or "bad" in self.said
        if word.endswith("ing") and word not in _INTRANSITIVE and not self.opening:
            self.region = "setting"  # what somebody does to a thing: "households sorting waste"
        elif grave and (word in _FATES or (word.endswith("ed") and word not in _BEFALLEN)):
            self.said.add("either")  # a bad thing meets a fate that isn't listed: who knows
        elif grave and word not in _TAILS and len(word) > 1 and self.last_sign in _GRAVE:
            self._follow()

    def _follow(self) -> None:
        """Count a neutral word behind a sign: "delay notices" are no delays, "late trains" late."""
        self.neutrals += 1
        if self.neutrals > (self.last_sign == "bad"):
            self.said.add("either")

    def hear_within(self, named: str) -> None:
        """Take "permits issued within 5 days" for good, "staff leaving within a year" for bad."""
        if "within" not in self.said | self.doubts or "done" in self.said:
            return
        if _LEAVING.search(named):
            self.said.add("either")  # home from hospital soon, or gone from the page at once
        elif _RETURN.search(named) is None:
            if _UNDONE.search(named):
                self.said.add("bad")
            elif _DONE.search(named):
                self.said.add("done")

    def settle(self) -> Polarity:
        weighed = self._weigh()
        against = {"bad", "thing-", "either"} if weighed > 0 else {"good", "handled", "either"}
        return 0 if self.doubts & against else weighed

    def _weigh(self) -> Polarity:
        said, thing = self.said, self.thing
        if said & {"either", "silent clause"}:
            return 0
        bad = said & {"bad", "turned bad"}
        good = said & {"good", "turned good"}
        if "negated" in said and not bad and (thing >= 0 or said & {"handled", "done"}):
            return 0
        if bad:
            return 0 if good or "handled" in said else -1
        if "handled" in said:
            return 1
        if good or "done" in said:
            return 0 if thing < 0 else 1
        return thing


_BAD_THINGS = """
    error mistake bug defect fault failure incident accident injury complaint grievance
    escalation outage downtime delay lateness backlog churn attrition drop-out dropout
    abandonment no-show cancellation rejection refund chargeback rework scrap waste spoilage
    shrinkage breakage damage loss leak leakage theft fraud debt arrear overtime absence
    absenteeism sickness infection readmission relapse mortality death fatality crash rollback
    hotfix vulnerability breach violation deviation discrepancy correction dispute cost expense
    overhead latency lag wait turnaround congestion noise pollution emission carbon co2
    consumption stockout overstock resignation leaver vacancy unsubscribe spam burnout stress
    loneliness hunger poverty unemployment crime interruption disruption stoppage breakdown
    handoff hand-off re-run rerun retry workaround paperwork bounce friction eviction lawsuit
    misdiagnosis overdose alert alarm stillbirth homelessness overcrowding underpayment
    overpayment misprint typo regression attack intrusion collision spill recall litter truancy
    exclusion suspension detention reoffending bullying harassment suicide flare-up fracture
    sepsis ulcer overflow commission log-out logout discount write-off write-down penalty fine
    backorder back-order rebooking short-delivery stock-out sore wound bruise burglary assault
    vandalism graffiti pothole blockage jam puncture derailment detour bottleneck overbooking
    double-booking mix-up misdelivery mispick shortage shortfall deficit variance overrun
    overspend insolvency objection opt-out timeout glitch freeze redelivery re-delivery reminder
    walkout latecomer illiteracy obesity smoking addiction malnutrition mould flood erosion
    poaching bycatch nitrate pesticide antibiotic landfill idling understaffing fatigue insomnia
    pain anxiety isolation discrimination dissatisfaction distrust confusion misunderstanding
    danger pilferage malware lockout blackout spillage contamination queue re-test retest
    re-entry fall
""".split()
_GOOD_THINGS = """
    satisfaction retention loyalty nps enps csat revenue arr mrr income profit margin conversion
    uptime availability reliability accuracy precision completion attendance participation
    renewal adoption activation engagement productivity throughput yield efficiency quality
    trust confidence awareness recognition recommendation referral success acceptance compliance
    literacy fluency saving donation membership sign-up signup punctuality freshness readiness
    growth adherence survival employment biodiversity self-service deflection belonging
    wellbeing well-being resilience visibility transparency clarity uptake coverage graduation
    enrolment enrollment vaccination immunisation remission numeracy hygiene cleanliness
    recycling reuse ebitda upsell cohesion independence autonomy preparedness readability
    accessibility durability lifespan longevity morale comfort repurchase reorder reactivation
""".split()
# Nouns that make a good of the thing before them: "defect detection", "cost savings".
_REMEDIES = """
    detection prevention reduction removal resolution recovery recycling avoidance closure
    elimination saving rescue relief containment mitigation
""".split()
_HANDLED = """
    answered solved resolved fixed repaired closed settled handled processed acknowledged
    responded replied investigated remediated remedied mended cleared treated recovered refunded
    prevented avoided averted eliminated mitigated contained
""".split()
_DONE_SIGNS = """
    delivered paid passed completed finished met achieved approved accepted renewed
    filled occupied repaid
""".split()
_GOOD_SIGNS = """
    on-time punctual same-day next-day first-time error-free crash-free defect-free fault-free
    retained recycled reused vaccinated immunised immunized correct correctly accurate usable
    healthy satisfied happy succeed succeeds successful successfully confident understood
    recommend recommends reachable employed kept well-informed insured certified cured healed
    housed rehoused enrolled promoted recommended informed prepared undamaged intact unaided
    unassisted legible searchable reusable recyclable renewable accessible independent
    first-visit first-pass
""".split()
_BAD_SIGNS = """
    late overdue missed lost failed failing wrong wrongly incorrect incorrectly incomplete
    missing damaged broken defective faulty rejected refused declined cancelled canceled
    abandoned interrupted unplanned unscheduled unresolved unanswered unpaid unread unsold
    unused untreated uninsured unfilled unsafe empty idle stuck delayed postponed disputed
    queried contested reopened re-opened wasted spoiled spoilt spilled expired outdated stale
    obsolete vulnerable unpatched lonely hungry homeless unemployed downgraded overwritten
    overruled overturned reversed undone reverted discarded scrapped lapsed misplaced misrouted
    mislabelled mislabeled duplicate duplicated avoidable preventable unnecessary needless
    unclear confusing contaminated stranded bounced dead injured malnourished blurred
    unreachable unsolved aborted flaky noisy stolen leaking readmitted retested withdrawn absent
    blocked unsubscribing relapsed repeated lateness worse orphaned uncollected unreturned
    unmatched unbilled unverified unsupervised cancelling canceling quitting resigning reopen
    reopens vacant bullied harassed attacked bitten jammed clogged flooded polluted overspent
    unmet unaware unsure untrained unlabelled unstable unsigned undelivered unfinished underpaid
    understaffed undernourished overpaid overweight obese isolated threatened harmed hurt
    wounded exhausted stressed anxious misread misused misheard mispriced misdiagnosed
    miscounted mispicked misspelled misspelt skipped ignored forgotten neglected denied deferred
    suspended expelled fined sued dismissed resigned churned defaulted expired cancel cancels
    complain complains default defaults fail fails lose loses quit unhappy dissatisfied unwell
    evicted excluded overbooked overloaded overcrowded underweight
""".split()
_NEGATIONS = "without w/o no not never nobody nothing none lacking lack lacks cannot can't".split()
_BURDENS = """
    error defect fault complaint delay help assistance support call phoning calling asking staff
    agent ticket transfer rework correction question lawyer consultant export
    incident accident injury loss damage waiting queue paper tender change reminder escalation
    interruption chasing intervention touching touch human us anyone problem issue workaround
    supervision finding typing retyping printing
""".split()
_WANTED = """
    reply answer response owner plan note decision backup contract approval approver consent
    click result outcome purchase insurance job home water electricity access review reason
    follow-up school food shelter training diagnosis treatment doctor gp heating connection
    action documentation document label test data record supplier successor mentor sale order
    certificate qualification degree licence diploma job place
""".split()
# What happens to any error or complaint, and tells nothing of how it ended.
_BEFALLEN = frozenset(
    "received raised opened filed caused logged lodged reported recorded counted needed".split()
)
# What a measure of a thing may end in and still measure that thing: "defect rate".
_TAILS = frozenset(
    "rate rates level levels count counts number numbers share shares cost costs time times"
    " hours days minutes weeks percentage volume index ratio total score events incidents cases"
    " monthly weekly daily yearly annually overall and or the a an our new first all month year"
    " quarter week day season term shift night now today".split()
)
_GRAVE = frozenset(("bad", "thing-"))
_FATES = frozenset(
    "caught found made brought taken given seen heard told won sold met read known dealt put set"
    " replied explained refilled understood swept".split()
)
_PRICES = frozenset(
    "fee fees price prices tariff tariffs deposit deposits premium premiums".split()
)
# What is closed for good; doors, roads and wards are closed for other reasons.
_CASES = frozenset(
    "action actions alert alerts case cases claim claims complaint complaints deal deals defect"
    " defects file files finding findings gap gaps incident incidents issue issues loop loops order"
    " orders request requests sale sales ticket tickets".split()
)
_MASTERS = frozenset(
    """
    agree believe describe detect foresee handle hit identify know match meet notice predict
    prevent prove rate recognise recognize report say see spot state survive tell think turn
    understand
    """.split()
)
_CLAUSES = frozenset("who that which whose where".split())
_SETTINGS = frozenset("in on at for from of to into onto about over across under".split())
_ENDERS = frozenset(
    "per because after before during among between until while by when since through as "
    "despite unless if".split()
)
_OPENING = _CLAUSES | _SETTINGS | _ENDERS | {"with"}
_OPENERS = frozenset(
    "share number rate percentage proportion count total amount median level volume degree the"
    " a an our average mean overall yearly monthly weekly daily of".split()
)
_INTRANSITIVE = frozenset(
    "arriving departing boarding driving landing opening closing running leaving starting"
    " ending coming staying falling standing waiting lying sitting working living going being"
    " getting remaining".split()
)


def _forms(nouns: list[str]) -> list[str]:
    return [*nouns, *map(_plural, nouns)]


def _plural(noun: str) -> str:
    if noun[-1] == "y" and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


_SIGNS: dict[str, str] = {
    **dict.fromkeys(_forms(_GOOD_THINGS), "thing+"),
    **dict.fromkeys(_forms(_BAD_THINGS), "thing-"),
    **dict.fromkeys(_forms(_REMEDIES), "remedy"),
    **dict.fromkeys(_GOOD_SIGNS, "good"),
    **dict.fromkeys(_DONE_SIGNS, "done"),
    **dict.fromkeys(_BAD_SIGNS, "bad"),
    **dict.fromkeys(_HANDLED, "handled"),
    **dict.fromkeys(_NEGATIONS, "negation"),
    "within": "within",
    "inside": "within",
}
_TURNED = {
    **dict.fromkeys(_forms(_BURDENS), "turned good"),
    **dict.fromkeys(_forms(_WANTED), "turned bad"),
}
_UNDONE = re.compile(
    r"\b(?:re-?(?:open|admi|book|sched|offend|laps|work)\w*|chang\w+|cancel\w*"
    r"|(?:leav\w+|left)(?! within \d+ ?(?:min|h\b|hour))|quit\w*|replac\w+|die[sd]?"
    r"|need\w*|stop\w*|los[et]\w*|drop\w*|expir\w+"
    r"|default\w*|escalat\w+|withdraw\w*|withdrawn|break\w*|fail\w*|mov\w+|resign\w*|churn\w*)\b"
)
_LEAVING = re.compile(r"\bleav\w+ within \d+ ?(?:s|min|h)")
_RETURN = re.compile(r"\b(?:back|again|return\w*)\b")
_DONE = re.compile(
    r"\b(?:[a-z]{2,}(?:ed|ing|nt|wn|en)|done|made|kept|met|held|built|paid|found|sold|told)[^,;]*"
    r" (?:with|in)(?:in|side)\b"
)
# Phrases that speak as one word, by their first: what may follow it, and what that says.
_PHRASES: dict[str, dict[str, str]] = {
    "late": {
        "after beyond past": (
            r" (?:(?:more than|over) )?(?:(?:the|their|its) )?(?:(?:agreed|promised|due|closing) )?"
            r"(?:\d[\d.,:]* ?(?:s|secs?|seconds?|min|minutes?|h|hours?|days?|weeks?|months?)"
            r"|\d+:\d\d|deadline|date|time|slot)"
        ),
        "later": " than",
    },
    "either": {
        "near-miss near-misses turnover": "",
        "near": " miss(?:es)?",
        "time": " between",
        "mean": " time to failure",
        "battery": " life",
        "error errors fault faults bug bugs defect defects risk risks hazard hazards breaches slips"
        " incident incidents crime crimes": " (?:found|caught|reported|detected|spotted|flagged"
        "|noticed|logged)(?! (?:by|after|later|afterwards))",
        "reported": " (?:hazards|near|slips|concerns)",
    },
    "good": {
        "first-call first-contact": "",
        "on": " (?:time|schedule|plan|budget|the (?:first|promised))",
        "in": " time",
        "as": " promised",
        "wait waits waiting": " (?:less|under|no more|at most|fewer)",
        "by": " the due date",
        "first": " (?:time|attempt|try|visit|go|call|contact)",
        "same": " (?:day|hour)",
        "right": " (?:the )?first",
        "still": " (?:in|meeting|wearing|using|working)",
        "win pass response attendance survival graduation usage open click-through fill": " rate",
        "market": " share",
        "lifetime": " value",
        "deal": " size",
        "sales": "(?= of| from| at| in|$)",
        "easy": " to",
        "put": " through",
        "up": " to date",
        "sign": " up again",
        "who": " (?:renew|recommend|stay|return|come back|finish|pass|succeed|recover|understand"
        "|trust)",
    },
    "bad": {
        "worse": "",
        "sent rolled": " back",
        "turned thrown": " away",
        "give gives given giving": " up",
        "falling": " off",
        "left": " (?:early|behind|unfinished|standing)",
        "drop drops dropped dropping": " (?:out|off)",
        "dropped": " calls",
        "locked": " out",
        "cut called written put knocked": " (?:off|down)",
        "repeat": r" (?:calls?|visits?|incidents?|complaints?|failures?|contacts?|offen[cd]\w+)",
        "account accounts branches shops stores beds wards": " closed",
        "sick": " (?:days|leave)",
        "pressure": " sores",
        "emergency": " (?:orders|repairs|call-outs|transfers|shipments|visits)",
        "behind": " (?:on|with)",
        "page pages site sites system systems service services line lines server network till": (
            " (?:is |are )?down"
        ),
        "leave leaves leaving quit quitting": "(?: us| early| the (?:company|trial|programme|course"
        "|job|team|club|service))?(?= (?:early|during|in the|before|after))"
        r"|(?: (?:the \w+|us|\w+))? early",
        "waiting open parked pending": " (?:for )?(?:over|more|longer|beyond)",
        "waiting": " (?:list|for)",
        "in": " (?:arrears|pain)",
        "by": " (?:hand|mistake|accident)",
        "older": " than",
        "on": " hold",
        "out": " of (?:stock|order|service|date)",
        "returned reworked redone corrected reshipped withdrawn changed": " (?:for|as|because|after"
        "|afterwards)",
        "returned": " (?:parts?|goods|items?|parcels?|orders?|products?)",
        "shipped": " short",
        "held": " (?:up|by)",
        "still": " open",
        "past": " due",
        "have has had having asked asking": " to (?:ask|wait|call|repeat|chase)",
        "ask asks asked asking need needs needing": r" (?:for help|help|us|one of us|an? \w+ ticket"
        "|support|assistance|reminding)",
        "must": r" be re-?\w+",
        "need have had": r" to be re-?\w+",
        "time": " (?:to|until|lost|for|at|from)",
        "days hours weeks minutes months": " (?:to|until|lost|from|needed|closed|waited)",
        "lead cycle response repair recovery resolution handling processing loading load approval"
        " change-over changeover set-up setup ramp-up idle queue answer reaction access start-up"
        " build review checkout check-in delivery fulfilment fulfillment waiting wait hold search"
        " turnaround boot deployment down travel training reply": " (?:time|times|hours|days)",
        "sales": " cycle",
        "energy water fuel electricity power paper plastic pesticide antibiotic": " us(?:e|ed|age)",
        "staff employee nurse": " turnover",
        "call calls contact contacts e-mail e-mails email emails ticket tickets queries": (
            r" (?:about|asking|to \w+ about|per (?:1,?000|\w*order|case|customer|bill|account))"
        ),
        "form forms click clicks step steps approval approvals handover handovers hand-over"
        " hand-overs signature signatures transfer transfers contact contacts screen screens": (
            " (?:filled|per|to fill|needed)"
        ),
        "unplanned line machine": " stops?",
        "open": " (?:positions?|vacancies|posts|roles|cases|tickets|invoices|defects|findings)",
    },
}


def _by_first_word() -> dict[str, re.Pattern[str]]:
    rests: dict[str, list[str]] = {}
    for sign, table in _PHRASES.items():
        for firsts, rest in table.items():
            for first in firsts.split():
                rests.setdefault(first, []).append(f"(?P<{sign}{len(rests.get(first, []))}>{rest})")
    return {
        first: re.compile(rf"(?:{'|'.join(listed)})(?![\w-])") for first, listed in rests.items()
    }


_BEHIND = _by_first_word()


def _telling(*signs: str) -> frozenset[str]:
    """Return the words of which one has to be there for any of the signs to be heard."""
    words = {word for word, sign in _SIGNS.items() if sign in signs}
    for sign in signs:
        for firsts, rest in _PHRASES.get(sign, {}).items():
            for first in firsts.split():
                words |= set(_SPELT_OUT.findall(rest)) if first in _EVERYWHERE else {first}
    return frozenset(words)


# These stand in every other line. What follows them in the phrases above is spelt out.
_EVERYWHERE = frozenset(("by", "in", "on"))
_SPELT_OUT = re.compile(r"(?!the\b)\b[a-z]{3,}")
_TELLING: dict[Polarity, frozenset[str]] = {
    1: _telling("thing+", "remedy", "good", "done", "handled", "negation", "within"),
    -1: _telling("thing-", "bad", "negation", "within") | {"co"},  # "co2" is no word
}
_TIMED = frozenset("lead cycle response repair recovery resolution waiting turnaround".split())
_TOKEN = re.compile(r"w/o|co2|[^\W\d_]+(?:['-][^\W\d_]+)*")


# --- what is possible, and what is a step? --------------------------------------------------


def over_scale(folded: str) -> tuple[int, int] | None:
    """Return where a rating is over the top of its scale: "5.6/5"."""
    if "/" not in folded and " of " not in folded:
        return None
    for found in _RATED.finditer(folded):
        mark, top = found[1] or found[3], found[2] or found[4]
        if float(mark.replace(",", ".")) > float(top):
            return found.span()
    return None


def asks_for_all(folded: str) -> tuple[int, int] | None:
    """Return the words that ask for everybody or for nothing at all, without a number."""
    said = folded.lstrip()
    if not said.startswith(_ALL_FIRST) and " none" not in said and "nothing" not in said:
        return None
    found = _ALL_OR_NONE.search(said)
    if found and _DUTY_DONE.match(said, found.end()):
        return None  # "all dispatchers have completed the course" is a box to tick
    before = len(folded) - len(said)
    return (found.start() + before, found.end() + before) if found else None


_RATED = re.compile(
    r"(?<![\d./])(\d{1,2}(?:[.,]\d)?) ?/ ?(5|10)(?![\d/.])"
    r"|(?<![\d./])(\d{1,2}[.,]\d) (?:out )?of (5|10)(?![\d/.])"
)
_DUTY_DONE = re.compile(
    r" (?:now |been |fully |successfully )*(?:completed|finished|attended|done|passed|signed"
    r"|received|read|trained|briefed|instructed|informed|equipped|onboarded|certified|reviewed"
    r"|approved|updated|migrated)\b"
)
_ALL_FIRST = (
    "every", "nobody", "no ", "each ", "all ", "stop ", "end ", "eliminate ", "eradicate ",
)  # fmt: skip
_ALL_OR_NONE = re.compile(
    r"^(?:everybody|everyone|nobody|no one)\b|^every single \w+|\bnone (?:at all|whatsoever)\b"
    r"|^(?:every|each|all|no) (?:[\w'-]+ ){1,4}?(?:is|are|gets?|finds?|leads?|has|have|knows?|can"
    r"|will|never|ever|goes|comes?|leaves?|succeeds?|passes|recovers?|arrives?|stays?|wins?)\b"
    r"|^(?:stop|end|eliminate|eradicate) all \w+(?: \w+)?|\bto (?:nothing|none)$"
)


def _kind(line: Spoken, named: str, reading: Reading) -> tuple[MetricKind, float | None]:
    if not _PROMOTER.isdisjoint(line.vocabulary):
        return PROMOTER_SCORE, None
    if reading.unit == "%":
        return _kind_of_share(line, named, reading), None
    per = reading.unit in (None, "count") and "per" in line.vocabulary
    if per and _PER_MATERIAL.search(line.folded):
        return INTENSITY, None
    if not _RATED_WORDS.isdisjoint(line.vocabulary):
        scale = _SCALE.search(line.folded)
        if scale:
            return RATING, float(scale[1])
    return AMOUNT, None


def _kind_of_share(line: Spoken, named: str, reading: Reading) -> MetricKind:
    target = reading.parts.get("target")
    behind = line.folded[target.end :] if target else ""
    if behind.startswith(" of last "):
        return AMOUNT
    over = not _OVER_THE_TOP.isdisjoint(line.vocabulary)
    if over and not _OVER_THE_TOP.isdisjoint(_TOKEN.findall(named + behind)):
        return AMOUNT
    if (reading.baseline or 0) >= 95 and _AVAILABILITY.search(named):
        return AVAILABILITY
    low = max(reading.baseline or 0, reading.target or 0) < 10
    return CONVERSION if low and _CONVERSION.search(named) else SHARE


_PROMOTER = frozenset("nps enps promoter".split())
_RATED_WORDS = frozenset(
    "rating ratings rate rated score scores star stars csat satisfaction".split()
)
_AVAILABILITY = re.compile(
    r"\b(?:uptime|availability|crash-free|available|error-free|success rate|delivery rate)\b"
)
_SCALE = re.compile(
    r"(?:/ ?|\bout of |\bscale of |(?<=[.,]\d) of |\b[01] ?(?:-|to) ?)(5|7|10)\b(?! ?%)"
)
_CONVERSION = re.compile(r"\b(?:conversions?|converts?|click-?through|click rate|sign-?up rate)\b")
_PER_MATERIAL = re.compile(
    r"\bper (?:kg|kilo(?:gram)?|tonnes?|ton|litres?|liters?|m2|m²|m3|kwh|mwh|square met(?:re|er))\b"
)
# A share of these may go beyond 100 %: growth, plans, what is compared with another year.
_OVER_THE_TOP = frozenset(
    "growth grow grew quota plan budget target goal net nrr ndr roi roas return returns increase"
    " coverage attainment funded capacity oversubscribed oversubscription previous baseline"
    " year-on-year savings markup mark-up premium inflation cumulative compared".split()
)
