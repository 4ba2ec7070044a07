"""What each number of a line is: where it starts, where it goes, by how much, or something else.

A number's role is told by the words right before it (its lead: "from", "at least", "(today"),
right after it ("today", "or more"), and by the number it is paired with ("from 9 to 3",
"9 → 3", "3 (now 9)").
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.reading.cues import BOUNDS, Cue, Sentence, cue_at
from coach.reading.lazy import lazy
from coach.reading.numbers import Amount
from coach.reading.text import Word
from coach.reading.verbs import AFTER_METRIC, KIND_OF, LEMMA_OF, NOMINALS, is_adverb, works_with

Role = Literal[
    "baseline", "target", "upper", "change", "work", "date", "duration", "window",
    "version", "rank", "name", "other",
]  # fmt: skip

_NOW_WORDS = frozenset("baseline currently now today".split())
_NOW_PAIRS = frozenset(
    (("at", "present"), ("as", "today"), ("right", "now"), ("so", "far"))
) | frozenset(("last", unit) for unit in "cycle month quarter season term time week year".split())
_SAME = frozenset(
    (("as", "every"), ("as", "last"), ("as", "now"), ("as", "today"), ("like", "now"),
     ("like", "today"), ("same", "as"))
)  # fmt: skip
_COMPARED = frozenset(
    "additional faster fewer higher less longer lower more shorter slower".split()
)
DIFFERENCE = frozenset(
    "cut decline decrease drop growth improvement increase reduction rise uplift".split()
)
_WINDOW = frozenset(
    "after at before beyond during every first for in inside last next of older over past per than"
    " under within".split()
)
_IN_RANGE = frozenset("age aged ages between every in last next over past within".split())
_NOT_COUNTED = frozenset("a across an and each for in on or the who with".split())
# Words before a noun: "rate their stay 9 or 10" stays nowhere.
DETERMINERS = frozenset("a an every her his its my of our per the their this your".split())
_PARTICIPLES = ("ed", "en", "eld", "ilt", "one", "ent", "un", "ught")
_STEP_ENDS = frozenset(
    "again annually compared month-on-month over to vs year-on-year year-over-year yoy".split()
)
CLAUSE_ENDS = frozenset("( , . ; ° and before by from in this until while".split())
_STEPS = ("raise", "lower")
_FACTORS = frozenset("double halve quadruple triple".split())
_DEFINITE = frozenset("our the these those today's".split())
_CHOSEN = frozenset("core key main major other remaining top".split())
_CLAUSE_SIGNS = frozenset((",", ";"))
_TO: frozenset[Cue] = frozenset(("to",))
_SPOKEN_TO = frozenset("listen present reach speak talk write".split())
_SURE = frozenset(("from", "colon"))
_NO_LEAD: frozenset[Cue] = frozenset(("stop", "only"))
_JOINS = frozenset(
    ", : ; & . and i maybe or please should team then to we we'll will would".split()
)
_DONE = frozenset("done shared shipped".split())
_TIME_NOUNS = frozenset(
    "boot changeover cycle delay downtime duration handling lag latency lead load loading mttr p50"
    " p90 p95 p99 processing queue queues ramp-up recovery reply resolution response runtime set-up"
    " setup start-up startup stay time times transit ttr turnaround wait waits".split()
)


class Placed(msgspec.Struct, frozen=True):
    """The role of each number, which are pairs (baseline, target) and ranges (target, upper).

    `unchanged` is a target that is said to be today's value as well ("4 % (as today)").
    """

    roles: tuple[Role, ...]
    pairs: tuple[tuple[int, int], ...]
    ranges: tuple[tuple[int, int], ...]
    unchanged: int | None


def place(sentence: Sentence) -> Placed:
    """Return the role of each number of a line."""
    if not sentence.amounts:
        return _NO_NUMBERS
    board = _Board(sentence)
    board.pair_up()
    board.find_today()
    board.find_changes()
    board.find_target()
    board.settle_ranges()
    board.name_the_rest()
    return Placed(
        tuple([role or "other" for role in board.roles]),
        tuple(board.pairs), tuple(board.ranges.items()), board.unchanged,
    )  # fmt: skip


_NO_NUMBERS = Placed((), (), (), None)


class _Board:
    """The numbers of a line while they get their roles."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.amounts = sentence.amounts
        self.leads = sentence.leads
        self.roles: list[Role | None] = [None] * len(sentence.amounts)
        self.pairs: list[tuple[int, int]] = []
        self.ranges: dict[int, int] = {}
        self.unchanged: int | None = None
        # "per 1,000 homes" says what is counted per, not how many.
        self.counted = [*range(len(self.amounts))]
        if "per" in sentence.texts:
            self.counted = [k for k in self.counted if sentence.before(k) != "per"]
        self.plain = self._shaped("number")

    def _shaped(self, *shapes: str) -> list[int]:
        return [k for k in self.counted if self.amounts[k].shape in shapes]

    # --- pairs: "from 9 to 3", "9 → 3", "9 down to 3", "20–25 %" -----------------------------

    def pair_up(self) -> None:
        if len(self.counted) < 2:
            return
        self._link_all("number")
        if not self.pairs:
            self._link_all("clock", "number")
        if not self.pairs:
            self._link_all("rank")

    def _link_all(self, *shapes: str) -> None:
        ends = self._shaped(*shapes)
        if len(ends) < 2:
            return
        for k, other in pairwise(ends):
            self._link(k, other)
        sure = [pair for pair in self.pairs if self._is_sure(pair)]
        if sure:
            for pair in self.pairs:
                if not self._is_sure(pair):
                    self.roles[pair[0]] = self.roles[pair[1]] = None
            self.pairs = sure

    def _is_sure(self, pair: tuple[int, int]) -> bool:
        start, end = pair
        if "arrow" in self.leads[end].cues:
            return True
        return not _SURE.isdisjoint(self.leads[start].cues)

    def _link(self, k: int, other: int) -> None:
        one, two = self.amounts[k], self.amounts[other]
        between = self.sentence.tokens[one.last + 1 : two.first]
        cues, ahead = self.leads[k].cues, self.leads[other].cues
        if len(between) > 9:
            return
        if [token.text for token in between] == [">"]:
            lead = self.leads[other]
            self.leads[other] = replace(lead, cues=frozenset(("arrow",)), bound=None)
            self._pair(k, other)
        elif "arrow" in ahead:
            if self.roles[k] == "target":
                self._move_on(k, other)
            else:
                self._pair(k, other)
        elif self._spans(k, between):
            if "from" in cues and other == self.plain[-1]:
                self._pair(k, other)
            else:
                self._range(k, other)
        elif self.roles[k] is None and ahead & {"to", "up to"}:
            step = one.unit == "points" and two.unit == "%"
            shares = one.unit == two.unit == "ratio"  # "orders 1 in 5 to 1 in 20" orders nothing
            opens = len(between) <= 5 and (shares or self._opens_pair(k)) and not step
            if "from" in cues or opens:
                self._pair(k, other)
            elif len(between) == 1 and one.unit in (None, two.unit):
                self._range(k, other)

    def _spans(self, k: int, between: Sequence[Word]) -> bool:
        if len(between) != 1:
            return False
        if between[0].text == "-":
            return True
        return between[0].text == "and" and "between" in self.leads[k].cues

    def _opens_pair(self, k: int) -> bool:
        """Say whether a number before "to" is a start: "Quotes: 2 to 4", not "aged 3 to 5"."""
        cues = self.leads[k].cues
        if cues & {"by", "at least", "at most", "to", "within", "at", "up", "down"}:
            return False
        if "colon" in cues:
            return True
        if self._leads(0) and _kind(self.sentence.texts[0]) in ("ship", "effort"):
            return False  # "install guards on presses 1 to 6"
        before = self.sentence.before(k)
        return before != "" and before not in _IN_RANGE and before not in LEMMA_OF

    def _pair(self, k: int, other: int) -> None:
        self.roles[k], self.roles[other] = "baseline", "target"
        self.pairs.append((k, other))

    def _move_on(self, k: int, other: int) -> None:
        """Take the last of "9 → 6 → 3" for the target."""
        self.roles[k], self.roles[other] = "other", "target"
        start, _ = self.pairs.pop()
        self.pairs.append((start, other))

    def _range(self, k: int, other: int) -> None:
        self.roles[other] = "upper"
        self.ranges[k] = other

    # --- today: "3 (now 9)", "9 today, 3 by June", "3, down from 9" --------------------------

    def find_today(self) -> None:
        for place, k in enumerate(self.plain):
            if self.roles[k] is None and self._is_today(k):
                self._pair_today(k, self.plain[max(0, place - 4) : place + 5])
        if not self.pairs:
            self._pair_aim()
        if not self.pairs:
            self._pair_known()
        if not any(role in ("target", "baseline") for role in self.roles):
            self._pair_named()

    def _pair_aim(self) -> None:
        """Pair "is 40 %, target 65 %"."""
        free = [k for k in self.plain if self.roles[k] in (None, "baseline")]
        for k, other in pairwise(free):
            if "aim" in self.leads[other].cues and not self._is_window(k):
                self._pair(k, other)
                return

    def _pair_known(self) -> None:
        """Pair what is said to be there ("bring the 42 open cases down to 10", "cut our 80 t by
        30 %", "halve the 48 defects") and what is due later ("half of them, by June three
        quarters")."""
        free = [k for k in self.plain if self.roles[k] is None]
        if not free:
            return
        if self._is_known(free[0]):
            if len(free) > 1:
                self._pair_with_end(free[0], free[1])
            elif self.sentence.texts[0] in _FACTORS:
                self.roles[free[0]] = "baseline"
            return
        alike = [k for k in free if self.amounts[k].unit == self.amounts[free[0]].unit]
        for k, other in (*pairwise(free), *pairwise(alike)):
            if self._is_due_later(k, other):
                self._pair(k, other)
                return

    def _is_known(self, k: int) -> bool:
        """Say whether a number is of things that are there: "the 42 open cases", "our 80 t"."""
        tokens, amount = self.sentence.tokens, self.amounts[k]
        if amount.first == 0 or tokens[amount.first - 1].text not in _DEFINITE:
            return False
        after = self.sentence.after(k)
        if self._is_year(k) or not after or after[0].endswith("est") or after[0] in _CHOSEN:
            return False
        verb = tokens[amount.first - 2].text if amount.first > 1 else ""
        return verb == "" or _kind(verb) in ("lower", "raise", "reach")

    def _pair_with_end(self, k: int, other: int) -> None:
        cues = self.leads[other].cues
        one, two = self.amounts[k].unit, self.amounts[other].unit
        if self._is_change(other):
            self.roles[k] = "baseline"
        elif cues & {"to", "arrow"} and (two is None or one == two):
            self._pair(k, other)

    def _is_due_later(self, k: int, other: int) -> bool:
        """Say whether a number and its date follow another: "11 days for it, by May only 5"."""
        one, two = self.amounts[k], self.amounts[other]
        tokens, dates = self.sentence.tokens, self.sentence.dates
        if two.unit not in (None, one.unit) or not self._ends_clause(other) or self._is_work(k):
            return False
        if self._is_window(k) or self._is_year(other):
            return False
        between = self.sentence.texts[one.last + 1 : two.first]
        if not dates or _CLAUSE_SIGNS.isdisjoint(between) or self.leads[other].cues & {"paren"}:
            return False
        sign = next(t for t in tokens[one.last + 1 : two.first] if t.text in _CLAUSE_SIGNS)
        late = [when for when in dates if when.start > sign.start]
        early = [when for when in dates if when.start < sign.start]
        return bool(late) and not early and abs(late[0].start - two.end) < 40

    def _pair_today(self, k: int, near: Sequence[int]) -> None:
        """Make a number that holds today the baseline, and the free one beside it the target."""
        lead = self.leads[k].cues
        if lead & {"at least", "at most"} and "now" in lead:
            self.roles[k], self.unchanged = "target", k
            return
        free = [other for other in near if self.roles[other] is None and other != k]
        earlier = [other for other in free if other < k and not self._is_window(other)]
        later = [other for other in free if other > k and not self._is_window(other)]
        aside = "paren" in lead or ("from" in lead and earlier)
        if not free and not lead & {"now", "from", "paren", "was"}:
            after = self.sentence.after(k)
            if any(pair in _SAME for pair in pairwise(after)):
                self.roles[k], self.unchanged = "target", k
                return
        self.roles[k] = "baseline"
        wanted = earlier[-1:] if aside and earlier else later[:1] or earlier[-1:] or free[-1:]
        if not wanted and "paren" in lead:
            self._pair_with_name(k)
        for other in wanted:
            mixed = self.amounts[k].unit == "ratio" and self.amounts[other].unit is None
            if not mixed and not self._is_change(other):
                self.roles[other] = "target"
                self.pairs.append((k, other))

    def _is_today(self, k: int) -> bool:
        cues = self.leads[k].cues
        if self._is_year(k) and not cues & {"from", "colon"}:
            return False
        if "now" in cues or ("from" in cues and not self._is_window(k)):
            return True
        if "was" in cues and "paren" in cues:
            return True
        index = self.leads[k].before
        tokens = self.sentence.tokens
        if (
            index > 0
            and tokens[index - 1].text in ("last", "previous", "prior")
            and "colon" in cues
        ):
            return True
        amount = self.amounts[k]
        if amount.unit == "ratio" and " last " in self.sentence.folded[amount.start : amount.end]:
            return True
        return self._today_follows(k) or self._past_beside(k)

    def _today_follows(self, k: int) -> bool:
        after = self.sentence.after(k)
        for text, following, third in zip(
            after, [*after[1:], ""], [*after[2:], "", ""], strict=False
        ):
            if text in _NOW_WORDS or (text, following) in _NOW_PAIRS or (text, following) in _SAME:
                return True
            if text == "," and following in ("same", "as", "like", "unchanged"):
                continue
            if text == "(":
                return following in ("as", "same", "like") or (
                    following in _NOW_WORDS and third == ")"
                )
            if text in (",", ";", ")", ".", "→", "->"):
                return False
            if text == "the" and following == "pilot":
                return True
        return False

    def _past_beside(self, k: int) -> bool:
        """Say whether a date before the cycle dates the number: "(0.4 in 2026)", "(2026: 0.4)"."""
        period, amount, lead = self.sentence.period, self.amounts[k], self.leads[k]
        dates = self.sentence.dates
        near = bisect_left(dates, lead.start - 40, key=lambda when: when.start)
        for when in dates[near : near + 4]:
            labels = "colon" in lead.cues and 0 <= lead.start - when.end <= 2
            if labels and when.before == "(":
                return True
            if period is None or when.day is None or when.day >= period.first:
                continue
            between = self.sentence.folded[amount.end : max(when.start, amount.end)]
            follows = 0 < len(between) < 12 and not set(between) & set("(,;:→")
            if labels or (follows and when.before not in ("by", "until")):
                return True
        after = self.sentence.after(k)
        return (
            after[:2] == ["in", "the"]
            and period is not None
            and self._year_after(k) < period.first.year
        )

    def _year_after(self, k: int) -> float:
        if k + 1 < len(self.amounts) and 1990 <= self.amounts[k + 1].value < 2100:
            return self.amounts[k + 1].value
        return 9999

    def _pair_named(self) -> None:
        """Pair "day 4 (today day 10)": names that move."""
        tokens = self.sentence.tokens
        for k, other in pairwise(self._numbered_names()):
            noun, floor = self.amounts[other].first - 1, self.amounts[k].last
            if tokens[noun].text != tokens[self.amounts[k].first - 1].text or noun - 1 <= floor:
                continue
            found = cue_at(tokens, noun - 1, floor)
            if found is not None and found[0] == "now":
                self._pair(other, k)

    def _pair_with_name(self, k: int) -> None:
        """Pair "day 5 (now 9)"."""
        named = [other for other in self._numbered_names() if other < k]
        if named:
            self.roles[named[-1]] = "target"
            self.pairs.append((k, named[-1]))

    def _numbered_names(self) -> list[int]:
        """Return the names that are a noun and a number of their own: "day 4", not "W4"."""
        return [
            k
            for k, amount in enumerate(self.amounts)
            if amount.shape in ("name", "rank")
            and self.sentence.tokens[amount.first].text.isdecimal()
        ]

    # --- steps: "by 20 %", "up 30 %", "3x", "5 points more" ----------------------------------

    def find_changes(self) -> None:
        for k in self.plain:
            if self.roles[k] is None and self._is_change(k):
                self.roles[k] = "change"

    def _is_change(self, k: int) -> bool:
        amount, cues = self.amounts[k], self.leads[k].cues
        if amount.unit == "x":
            return not (self._is_claim(k) or cues & {"to", "arrow", "colon"})
        if cues & {"to", "arrow", "up to", "from"}:
            return False
        if cues & {"up", "down"}:
            return True
        if "by" in cues:
            return amount.unit in ("%", "points", "ratio") or self._is_moved(k)
        if self.sentence.folded[amount.start] == "+" or (amount.value < 0 and amount.unit == "%"):
            return True
        after = self.sentence.after(k)
        if after and self._compared(amount, cues, after):
            return True
        if amount.unit not in ("%", "points") or cues - {"about", "at", "at least", "only"}:
            return False
        if "at" in cues:
            return self._is_sized(k)
        if self._verb_ends_before(k, "raise", "lower"):
            return True
        ends = self._ends_clause(k) or self.sentence.tokens[amount.last + 1].text in _STEP_ENDS
        return k == self.plain[0] and ends and self._is_moved(k)

    def _is_claim(self, k: int) -> bool:
        """Say whether "10x" is the power word, and no factor that words lead to."""
        amount = self.amounts[k]
        return amount.unit == "x" and amount.value == 10 and self.leads[k].cues <= _NO_LEAD

    def _is_sized(self, k: int) -> bool:
        """Say whether a number is the size of a movement: "increase in visits of 6 points"."""
        words = self.sentence.tokens
        if words[1].text not in ("in", "of") or words[self.amounts[k].first - 1].text != "of":
            return False
        return words[0].text in NOMINALS

    def _ends_clause(self, k: int) -> bool:
        following = self.amounts[self.ranges.get(k, k)].last + 1
        tokens = self.sentence.tokens
        return following == len(tokens) or tokens[following].text in CLAUSE_ENDS

    def _compared(self, amount: Amount, cues: frozenset[Cue], after: Sequence[str]) -> bool:
        """Say whether a number is a difference: "5 % less", "3 more", "a 20 % reduction"."""
        following = after[1] if len(after) > 1 else ""
        if after[0] in DIFFERENCE:
            return amount.unit in ("%", "points", "ratio") and following not in ("from", "to", "by")
        if after[0] not in _COMPARED or following == "or" or self._is_asked(amount):
            return False
        if amount.unit is not None:
            return following == "than" or amount.unit != "time"
        return following not in ("", "than") and not cues & {"at", "colon"}

    def _is_asked(self, amount: Amount) -> bool:
        return amount.unit is None and amount.first > 0 and self._asks(amount.first - 1)

    def _is_moved(self, k: int) -> bool:
        """Say whether a verb that raises or lowers stands before a number, as a verb."""
        tokens = self.sentence.tokens
        end = self.leads[k].before
        if end >= 0 and AFTER_METRIC.get(tokens[end].text) and _kind(tokens[end].text) in _STEPS:
            return True
        return self._first_step <= end

    @lazy
    def _first_step(self) -> int:
        """The index of the first verb that raises or lowers, past the end if there is none."""
        tokens = self.sentence.tokens
        steps = (n for n, t in enumerate(tokens) if _kind(t.text) in _STEPS and self._leads(n))
        return next(steps, len(tokens))

    def _verb_ends_before(self, k: int, *kinds: str) -> bool:
        index = self.leads[k].before
        if index > 0 and self.sentence.tokens[index - 1].text in DETERMINERS:
            return False
        return _kind(self.sentence.before(k)) in kinds

    # --- one number: "reaches 55 %", "NPS of 45", "under 300 ms", "12 interviews" -------------

    def find_target(self) -> None:
        if "target" in self.roles:
            return
        if "change" in self.roles:
            self._find_end()
            return
        best, best_score, worked = -1, 1, False
        for k in self.plain:
            if self.roles[k] is not None:
                continue
            if self._is_work(k):
                self.roles[k], worked = "work", True
                continue
            score = self._score(k)
            if score <= 3 and worked and self.amounts[k].unit is None:
                continue
            if score > best_score:
                best, best_score = k, score
        if best < 0:
            return
        self.roles[best] = "target"
        if "baseline" in self.roles and not self.pairs:
            self.pairs.append((self.roles.index("baseline"), best))

    def _find_end(self) -> None:
        """Find the target that a step leads to: "by 50 % to €300,000"."""
        for k in self.plain:
            if self.roles[k] is None and "to" in self.leads[k].cues and not self._is_window(k):
                self.roles[k] = "target"
                return

    def settle_ranges(self) -> None:
        """Forget the ranges that are no target or change: "members aged 14 to 16"."""
        for start, upper in [*self.ranges.items()]:
            if self.roles[start] not in ("target", "change", "work"):
                self.roles[upper] = None
                del self.ranges[start]

    def _is_work(self, k: int) -> bool:
        """Say whether a number counts work: "run 12 interviews", "neighbours trained: 150"."""
        amount, lead = self.amounts[k], self.leads[k]
        if amount.unit is None and lead.cues == _TO and lead.before == 0:
            return self.sentence.texts[0] in _SPOKEN_TO
        if amount.unit is not None or lead.cues & {"to", "by", "arrow", "aim", "paren"}:
            return False
        if "at" in lead.cues:
            first = self.sentence.tokens[0].text
            of = self.sentence.tokens[amount.first - 1].text == "of"
            return of and _kind(first) in ("ship", "effort") and self._leads(0)
        before = self.sentence.before(k)
        if "colon" in lead.cues:
            return before.endswith(_PARTICIPLES) and _is_work_verb(before)
        if before and "stop" not in lead.cues:
            return self._asks(lead.before if before != "first" else lead.before - 1)
        rest = (token.text for token in self.sentence.tokens[amount.last + 1 : amount.last + 9])
        return not before and any(
            word in _DONE
            or (word.endswith(_PARTICIPLES) and _is_work_verb(word) and word != _lemma(word))
            for word in rest
        )

    def _asks(self, index: int) -> bool:
        """Say whether a token is a verb that asks for work: "run", "meet with"."""
        word = self.sentence.tokens[index].text
        if index > 0 and works_with(self.sentence.tokens[index - 1].text, word):
            return True
        return index >= 0 and _is_work_verb(word) and self._leads(index)

    def _leads(self, index: int) -> bool:
        """Say whether a token is a verb by its place: first, or joined to another clause."""
        word = self.sentence.tokens[index].text
        if word != _lemma(word):
            return False
        before = self.sentence.tokens[index - 1].text if index else ""
        return index == 0 or before in _JOINS or is_adverb(before)

    def _score(self, k: int) -> int:
        """Weigh how likely a lone number is the target; at most 1 is too little."""
        amount, lead = self.amounts[k], self.leads[k]
        cues, before = lead.cues, self.sentence.before(k)
        if not cues and amount.unit is None and self._is_numbering(lead.before):
            return 0
        if cues & {"arrow", "aim"} or (
            lead.before == 0 and self._verb_ends_before(k, "reach", "keep")
        ):
            return 6
        if "to" in cues:
            led = self._leads(0) and _kind(self.sentence.tokens[0].text) in ("ship", "effort")
            return 1 if led and amount.unit is None and not cues & BOUNDS else 5
        if self._is_year(k) and self._ends_clause(k):
            return 4 if "colon" in cues or self._verb_ends_before(k, "reach", "keep") else 0
        if "only" in cues and self.sentence.tokens[amount.first - 1].text == "all":
            return 1
        if self._is_year(k) and "only" in cues:
            return 0  # "the 2028 quota"
        if (
            "colon" in cues
            or "is" in cues
            or self._verb_ends_before(k, "reach", "keep", "raise", "lower")
        ):
            return 4
        if before in AFTER_METRIC:
            return 4
        if lead.before < 0 and not cues & {"within"}:
            return 3
        if cues & {"at", "between"}:
            timed = amount.unit != "time" or self._times(k)
            return 4 if before not in _NOT_COUNTED and timed else 1
        if before == "with" and cues & BOUNDS and amount.unit != "time":
            return 3
        if before == "for" and amount.unit == "%":
            return 0 if _kind(self.sentence.tokens[0].text) in ("ship", "effort") else 2
        if before in _WINDOW or before in _NOT_COUNTED or "paren" in cues:
            return 0
        if amount.unit == "time" and cues & {"at least", "at most", "within", "up to"}:
            return 3 if self._times(k) else 1
        if cues & BOUNDS:
            return 3
        stray = amount.unit is None and not cues and self._is_stray(k)
        if stray or self._is_claim(k):
            return 0
        if amount.unit == "%" or self._ends_clause(k):
            return 3
        return 2 if amount.unit and _kind(self.sentence.tokens[0].text) in ("reach", "keep") else 1

    def _is_numbering(self, index: int) -> bool:
        """Say whether a bare number names the thing before it: "fit guards on presses 1 to 6"."""
        texts = self.sentence.texts
        asked = self._leads(0) and _kind(texts[0]) in ("ship", "effort")
        return asked and index > 1 and texts[index - 1] in ("on", "at", "in", "for", "of")

    def _is_stray(self, k: int) -> bool:
        """Say whether a bare number hangs on the end of a sentence that doesn't lead to it."""
        return self.amounts[k].last + 1 == len(self.sentence.tokens)

    def _times(self, k: int) -> bool:
        """Say whether the line measures a time up to number `k`: "wait of at most 5 days"."""
        return self._first_time <= self.leads[k].before

    @lazy
    def _first_time(self) -> int:
        """The index of the first noun of time, past the end if there is none."""
        tokens = self.sentence.tokens
        return next((n for n, t in enumerate(tokens) if t.text in _TIME_NOUNS), len(tokens))

    # --- the rest ---------------------------------------------------------------------------

    def name_the_rest(self) -> None:
        for k, amount in enumerate(self.amounts):
            if self.roles[k] is not None:
                continue
            if amount.shape == "number":
                self.roles[k] = self._rest(k)
            elif amount.shape == "span":
                self.roles[k] = "duration" if amount.unit == "time" else "name"
            elif amount.shape == "clock":
                self.roles[k] = "date"
            else:
                self.roles[k] = amount.shape

    def _rest(self, k: int) -> Role:
        amount = self.amounts[k]
        if self._is_claim(k):
            return "name"
        if amount.unit == "time":
            return "window" if self._is_window(k) else "duration"
        return "date" if self._is_year(k) else "other"

    def _is_year(self, k: int) -> bool:
        amount = self.amounts[k]
        plain = amount.unit is None and amount.end - amount.start == 4
        return plain and 1990 <= amount.value < 2100

    def _is_window(self, k: int) -> bool:
        if self.amounts[k].unit != "time":
            return False
        cues = self.leads[k].cues
        before = self.sentence.before(k)
        if "within" in cues or (before in _WINDOW and "from" not in cues):
            return True
        bounded = bool(cues & {"at least", "at most", "up to"})
        return bounded and before not in AFTER_METRIC and not self._times(k)


def _lemma(word: str) -> str:
    return LEMMA_OF.get(word, "")


def _kind(word: str) -> str | None:
    return KIND_OF.get(_lemma(word))


def _is_work_verb(word: str) -> bool:
    return (
        word in _DONE
        or word == "held"
        or _kind(word) in ("ship", "effort")
        or word in ("hold", "move")
    )
