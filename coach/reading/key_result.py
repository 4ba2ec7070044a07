"""A key result's sentence to its reading: what is measured, from where, to where, by when.

First what each number is (its role), by the words that stand right before and after it; then the
verb that moves the metric; then the metric itself, as the noun phrase that is left.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from coach.assessment import Bound, Direction, Kind, Reading
from coach.okr import Span
from coach.reading.dates import When, find_dates, read_cycle
from coach.reading.numbers import CURRENCIES, DAY, Amount, find_amounts, tokens
from coach.reading.text import Word, fold, words
from coach.reading.verbs import KIND_OF, LEMMA_OF, NEUTRAL, Verb, leading_verb

Role = Literal[
    "baseline", "target", "upper", "change", "work", "date", "duration", "window",
    "version", "rank", "name", "other",
]  # fmt: skip


class Quantity(NamedTuple):
    """A number of a line: value in the unit's whole, unit, the role it plays, and its span."""

    value: float
    unit: str | None
    role: Role
    start: int
    end: int


_CUES: dict[str, str] = {
    "from": "from", "to": "to", "into": "to", "→": "arrow", "->": "arrow", "=>": "arrow",
    "-->": "arrow", "==>": "arrow", "by": "by", "≥": "min", ">=": "min", ">": "min",
    "at least": "min", "more than": "min", "over": "min", "above": "min", "minimum": "min",
    "min": "min", "no less than": "min", "not less than": "min", "no fewer than": "min",
    "exceeding": "min", "beyond": "min", "≤": "max", "<=": "max", "<": "max", "at most": "max",
    "no more than": "max", "not more than": "max", "under": "max", "below": "max",
    "less than": "max", "fewer than": "max", "maximum": "max", "max": "max", "up to": "upto",
    "within": "within", "inside": "within", "about": "about", "around": "about",
    "roughly": "about", "~": "about", "≈": "about", "approx": "about", "approximately": "about",
    "circa": "about", "ca": "about", "nearly": "about", "almost": "about", "some": "about",
    "at or under": "max", "at or below": "max", "at or above": "min", "no higher than": "max",
    "no lower than": "min", "not above": "max", "not below": "min", "down to": "to",
    "up": "up", "down": "down", ":": "colon", "=": "colon", "is": "is", "are": "is", "of": "of",
    "at": "at", "(": "paren", ",": "comma", "now": "now", "today": "now", "currently": "now",
    "baseline": "now", "current": "now", "today's": "now", "was": "now", "were": "now",
    "last year": "now", "last quarter": "now", "last month": "now", "last cycle": "now",
    "instead of": "now", "vs": "now", "versus": "now", "rather than": "now",
    "compared to": "now", "compared with": "now", "target": "aim", "goal": "aim",
    "only": "only", "still": "only", "just": "only", ".": "dot", "better than": "min",
}  # fmt: skip
_NOW_AFTER = frozenset("now today currently baseline".split())
_NOW_PAIRS = frozenset(
    (("last", "year"), ("last", "quarter"), ("last", "month"), ("last", "cycle"),
     ("at", "present"), ("as", "today"), ("right", "now"), ("last", "season"), ("last", "term"),
     ("so", "far"), ("this", "year"))
)  # fmt: skip
_WINDOW = frozenset(
    "in within over after inside for every last next first past than under per beyond during before"
    " of between".split()
)
_PER_NOUNS = frozenset(
    "hour day night week fortnight month quarter year season term shift minute second weekend"
    " half-year sprint release".split()
)
_MIN_AFTER = frozenset(("more", "above", "better", "higher", "over"))
_MAX_AFTER = frozenset(("less", "fewer", "below", "lower", "under"))


class _Lead(NamedTuple):
    """The cues right before an amount, where they begin, and the index of the token before."""

    cues: frozenset[str]
    start: int
    before: int
    bound: tuple[int, int] | None


def read_key_result(
    text: str, line: str = "kr1", cycle: str | None = None
) -> tuple[Reading, tuple[Quantity, ...]]:
    """Read one key result (tidy text), deadlines resolved against `cycle` where it is given."""
    return _read(text, line, cycle)


@lru_cache(maxsize=512)
def _read(text: str, line: str, cycle: str | None) -> tuple[Reading, tuple[Quantity, ...]]:
    return _Reader(text, cycle).read(line)


class _Reader:
    """One line on its way to a reading."""

    def __init__(self, text: str, cycle: str | None) -> None:
        self.text = text
        self.cycle = cycle
        self.folded = fold(text)
        self.tokens = tokens(self.folded)
        self.dates = find_dates(self.folded, self.tokens, cycle)
        taken = [(when.start, when.end) for when in self.dates]
        self.amounts = find_amounts(self.folded, self.tokens, taken)
        self.words = words(self.folded)
        self.verb = leading_verb(self.words, self.folded)
        self.leads = [
            self._lead(amount, self.amounts[k - 1].last if k else -1)
            for k, amount in enumerate(self.amounts)
        ]
        self.roles: list[Role | None] = [None] * len(self.amounts)
        self.real = [k for k, amount in enumerate(self.amounts) if amount.shape == "number"]
        self.bound_of: dict[int, Bound] = {}

    def read(self, line: str) -> tuple[Reading, tuple[Quantity, ...]]:
        self._pairs()
        self._todays()
        self._changes()
        self._single()
        self._leftovers()
        return _Build(self).reading(line)

    # ---- what stands around an amount

    def _lead(self, amount: Amount, floor: int) -> _Lead:
        index, start = amount.first - 1, amount.start
        cues: set[str] = set()
        bound: tuple[int, int] | None = None
        while index > floor:
            for size in (4, 3, 2, 1):
                if index - size < floor:
                    continue
                if size == 1:
                    phrase = self.tokens[index].text
                else:
                    phrase = " ".join(t.text for t in self.tokens[index - size + 1 : index + 1])
                cue = _CUES.get(phrase)
                if cue is not None:
                    break
            else:
                break
            if cue == "comma" and cues:
                break
            begin = self.tokens[index - size + 1].start
            if cue in ("min", "max", "about", "upto"):
                bound = (begin, self.tokens[index].end)
            cues.add(cue)
            start, index = begin, index - size
            if cue in ("paren", "comma"):
                break
        return _Lead(frozenset(cues), start, index, bound)

    def _after(self, k: int) -> list[str]:
        last = self.amounts[k].last
        end = self.leads[k + 1].before + 1 if k + 1 < len(self.amounts) else len(self.tokens)
        return [token.text for token in self.tokens[last + 1 : min(end, last + 9)]]

    def _between(self, k: int, other: int) -> list[str]:
        return [
            token.text
            for token in self.tokens[self.amounts[k].last + 1 : self.amounts[other].first]
        ]

    # ---- roles

    def _pairs(self) -> None:
        real = self.real
        for k, other in zip(real, real[1:], strict=False):
            between = self._between(k, other)
            cues, ahead = self.leads[k].cues, self.leads[other].cues
            if "arrow" in ahead and len(between) <= 9:
                if self.roles[k] == "target":
                    self.roles[k] = "other"
                    self.roles[other] = "target"
                else:
                    self._pair(k, other)
            elif self.roles[k] is not None:
                continue
            elif between == ["-"] or (between == ["and"] and self._word_before(k) == "between"):
                self._range(k, other)
            elif "to" in ahead or "upto" in ahead:
                if "from" in cues and len(between) <= 9:
                    self._pair(k, other)
                elif between == ["to"] and not self._opens_pair(k):
                    self._range(k, other)
                elif len(between) <= 5 and self._opens_pair(k):
                    self._pair(k, other)

    def _opens_pair(self, k: int) -> bool:
        lead = self.leads[k]
        if lead.cues & {"by", "min", "max", "to", "within", "at", "of"}:
            return False
        if "colon" in lead.cues or "from" in lead.cues:
            return True
        before = self._word_before(k)
        return bool(before) and before not in _RANGE_BEFORE and before not in LEMMA_OF

    def _word_before(self, k: int) -> str:
        before = self.leads[k].before
        return self.tokens[before].text if before >= 0 else ""

    def _pair(self, k: int, other: int) -> None:
        self.roles[k] = "baseline"
        self.roles[other] = "target"

    def _range(self, k: int, other: int) -> None:
        self.roles[other] = "upper"
        if self.amounts[k].unit is None:
            one, two = self.amounts[k], self.amounts[other]
            if two.unit == "time":
                self.amounts[k] = one._replace(unit="time", value=one.value * two.scale)
            else:
                factor = two.scale if two.scale > 1 else 1.0
                self.amounts[k] = one._replace(unit=two.unit, value=one.value * factor)

    def _todays(self) -> None:
        for k in self.real:
            if self.roles[k] is not None or not self._is_today(k):
                continue
            self.roles[k] = "baseline"
            position = self.real.index(k)
            earlier = [o for o in self.real[:position] if self.roles[o] is None]
            later = [o for o in self.real[position + 1 :] if self.roles[o] is None]
            wanted = None
            if later and not ({"paren", "from"} & self.leads[k].cues):
                wanted = later[0]
            elif earlier:
                wanted = earlier[-1]
            elif later:
                wanted = later[0]
            if wanted is not None and not self._is_change(wanted):
                self.roles[wanted] = "target"

    def _is_today(self, k: int) -> bool:
        lead = self.leads[k]
        if lead.cues & {"now", "from"}:
            return True
        if "colon" in lead.cues and self._word_before(k) in ("baseline", "today", "now"):
            return True
        before = [token.text for token in self.tokens[max(0, lead.before - 1) : lead.before + 1]]
        if len(before) == 2 and before[0] in ("last", "previous"):
            return True
        after = self._after(k)
        for index, text in enumerate(after[:6]):
            if text in _NOW_AFTER or tuple(after[index : index + 2]) in _NOW_PAIRS:
                return True
            if text in (",", ";", ")", "→", "->"):
                break
            if text == "the" and "pilot" in after[index : index + 2]:
                return True
        return False

    def _changes(self) -> None:
        for k in self.real:
            if self.roles[k] is None and self._is_change(k):
                self.roles[k] = "change"

    def _is_change(self, k: int) -> bool:
        amount, lead = self.amounts[k], self.leads[k]
        cues = lead.cues
        if amount.unit == "x":
            return True
        if "to" in cues or "arrow" in cues:
            return False
        if "by" in cues:
            return amount.unit in ("%", "x", "points", "ratio") or self._moves_before(k)
        if cues & {"up", "down"} and "upto" not in cues:
            return True
        if amount.value < 0 and amount.unit == "%" or self.folded[amount.start] == "+":
            return True
        after = self._after(k)
        if after and after[0] in _MORE and amount.unit in ("%", "x", "points"):
            return True
        if after and after[0] in ("more", "fewer", "less", "additional") and len(after) > 1:
            return amount.unit is None and after[1] not in ("than", "or")
        if amount.unit == "%" and not cues - {"about"}:
            return self._moves_before(k) and not self._reaches_before(k)
        return False

    def _moves_before(self, k: int) -> bool:
        return any(
            KIND_OF.get(LEMMA_OF.get(token.text, "")) in ("raise", "lower")
            for token in self.tokens[: self.amounts[k].first]
        )

    def _reaches_before(self, k: int) -> bool:
        return KIND_OF.get(LEMMA_OF.get(self._word_before(k), "")) in ("reach", "keep")

    def _single(self) -> None:
        if "target" in self.roles or "change" in self.roles:
            return
        best, best_score = None, 1
        for k in self.real:
            if self.roles[k] is not None:
                continue
            if self._is_work(k):
                self.roles[k] = "work"
                continue
            score = self._target_score(k)
            if score > best_score:
                best, best_score = k, score
        if best is not None:
            self.roles[best] = "target"

    def _is_work(self, k: int) -> bool:
        amount, lead = self.amounts[k], self.leads[k]
        if amount.unit is not None:
            return False
        before = self._word_before(k)
        if before in ("all", "the", "our", "another", "first", "further"):
            index = lead.before - 1
            before = self.tokens[index].text if index >= 0 else ""
        if "colon" in lead.cues:
            return before.endswith(("ed", "en", "done", "held")) and _is_work_verb(before)
        if not lead.cues - {"min", "about", "max", "comma", "upto"} and _is_work_verb(before):
            return True
        if lead.before < 0 and not lead.cues:
            last = [
                token.text for token in self.tokens[amount.last + 1 :] if token.text[0].isalpha()
            ]
            return any(
                word in _DONE or (word.endswith(("ed", "en", "ilt", "eld")) and _is_work_verb(word))
                for word in last[:6]
            )
        return False

    def _target_score(self, k: int) -> int:
        amount, lead = self.amounts[k], self.leads[k]
        cues = lead.cues
        before = self._word_before(k)
        if cues & {"arrow", "aim"}:
            return 6
        if "to" in cues:
            return 5
        if "colon" in cues:
            return 4
        kind = KIND_OF.get(LEMMA_OF.get(before, ""))
        if kind in ("reach", "keep", "raise", "lower") or "is" in cues:
            return 4
        if "at" in cues or "of" in cues:
            return 4 if before not in ("", "age") else 0
        if lead.before < 0:
            return 3
        if before in _WINDOW or before in ("and", "or", "who", "a", "the", "on", "with"):
            return 0
        if amount.unit == "time" and cues & {"min", "max", "within"}:
            return 3 if any(t.text in _TIME_NOUNS for t in self.tokens[: amount.first]) else 1
        if cues & {"min", "max", "upto", "about"}:
            return 3
        after = self._after(k)
        if not after or after[0] in ("(", ",", ".", ";"):
            return 3
        return 3 if amount.unit == "%" else 1

    def _leftovers(self) -> None:
        for k, amount in enumerate(self.amounts):
            if self.roles[k] is not None:
                continue
            if amount.shape == "number":
                window = self._word_before(k) in _WINDOW or self.leads[k].cues & {
                    "min",
                    "max",
                    "within",
                }
                role: Role = "other"
                if amount.unit == "time":
                    role = "window" if window else "duration"
            elif amount.shape == "span":
                role = "duration" if amount.unit == "time" else "name"
            elif amount.shape == "clock":
                role = "date"
            else:
                role = amount.shape  # type: ignore[assignment]
            self.roles[k] = role


_RANGE_BEFORE = frozenset(
    "between ages aged age in within over for to by with every last next at of keep reach".split()
)
_MORE = frozenset(
    "more less fewer higher lower faster reduction increase growth drop decrease decline rise cut improvement uplift".split()
)
_DONE = frozenset("done held shared".split())
_TIME_NOUNS = frozenset(
    "time times wait latency turnaround delay lead duration response mttr ttr cycle p50 p90 p95 p99".split()
)


def _is_work_verb(word: str) -> bool:
    if word in _DONE:
        return True
    return KIND_OF.get(LEMMA_OF.get(word, "")) in ("ship", "effort")


class _Build:
    """The reading of a line whose numbers have their roles."""

    def __init__(self, reader: _Reader) -> None:
        self.r = reader
        self.parts: dict[str, Span] = {}
        self.notes: list[str] = []

    def reading(self, line: str) -> tuple[Reading, tuple[Quantity, ...]]:
        r = self.r
        target, baseline = self._first("target"), self._first("baseline")
        change, upper, work = self._first("change"), self._first("upper"), self._first("work")
        if target is not None and upper is not None and upper < target:
            upper = None
        if upper is not None and target is None and change is None:
            upper = None
        numbers = {"target": target, "baseline": baseline, "change": change, "upper": upper}
        held = {key: k for key, k in numbers.items() if k is not None}
        values, unit = self._units(held)
        metric = self._metric(held)
        verb = self._verb(held, metric)
        direction = self._direction(verb, values, held)
        if change is None and target is None and verb is not None and verb.lemma in _FACTORS:
            self._factor(values, verb, baseline)
            unit = "ratio" if "change" in values else unit
        elif "change" in values and "baseline" in values and "target" not in values:
            unit = self._resolve(values, unit, direction)
        for key, k in held.items():
            self.parts[key] = Span(r.amounts[k].start, r.amounts[k].end)
        if work is not None:
            self.parts["work"] = Span(r.amounts[work].start, r.amounts[work].end)
        deadline = self._deadline(held)
        for amount in r.amounts:
            if amount.note:
                self.notes.append(amount.note)
        if verb is not None:
            self.parts["verb"] = Span(verb.start, verb.end)
        bound = self._bound(target if target is not None else change)
        per = self._per(held)
        kind = self._kind(values, verb, work)
        if kind in ("activity", "milestone"):
            metric = None
        if metric is not None:
            self.parts["metric"] = Span(*metric)
        order = (
            "metric",
            "verb",
            "baseline",
            "bound",
            "target",
            "upper",
            "change",
            "per",
            "work",
            "deadline",
        )
        parts = {key: self.parts[key] for key in order if key in self.parts}
        reading = Reading(
            line=line, kind=kind, direction=direction,
            metric=r.text[metric[0] : metric[1]] if metric else None,
            baseline=values.get("baseline"), target=values.get("target"),
            change=values.get("change"), bound=bound, upper=values.get("upper"), per=per,
            unit=unit, deadline=deadline, parts=parts, notes=tuple(self.notes),
        )  # fmt: skip
        return reading, self._quantities(unit)

    def _first(self, role: Role) -> int | None:
        return self.r.roles.index(role) if role in self.r.roles else None

    # ---- values and units

    def _units(self, held: dict[str, int]) -> tuple[dict[str, float], str | None]:
        r = self.r
        if not held:
            return {}, None
        for one, two in (("baseline", "target"), ("target", "baseline")):
            if one in held and two in held:
                self._share(held[one], held[two])
        lead = held.get("target", held.get("change", held.get("baseline")))
        assert lead is not None
        unit = r.amounts[lead].unit
        values = {key: r.amounts[k].value for key, k in held.items()}
        if unit is None:
            size = self._metric_time(lead)
            if size and not any(r.amounts[k].unit for k in held.values()):
                values = {key: value * size for key, value in values.items()}
                unit = "time"
        if unit == "time":
            values, unit = _time_unit(values)
        elif unit is None:
            unit = "points" if _POINT_METRIC.search(r.folded) else "count"
        elif unit == "x":
            unit = "ratio"
        return values, unit

    def _share(self, one: int, two: int) -> None:
        """Give an amount without unit the unit of its partner, and its magnitude."""
        a, b = self.r.amounts[one], self.r.amounts[two]
        if a.shape == "clock" or a.unit is not None:
            return
        if b.unit == "time" and b.scale:
            self.r.amounts[one] = a._replace(unit="time", value=a.value * b.scale)
        elif b.unit is not None and b.unit != "ratio":
            factor = (
                b.scale
                if b.scale > 1 and a.scale == 1.0 and a.value <= 10 * b.value / b.scale
                else 1.0
            )
            self.r.amounts[one] = a._replace(unit=b.unit, value=a.value * factor)
        elif (
            b.unit is None
            and b.scale > 1
            and a.scale == 1.0
            and 0 < a.value <= 10 * b.value / b.scale
            and one < two
        ):
            self.r.amounts[one] = a._replace(value=a.value * b.scale)

    def _metric_time(self, k: int) -> float:
        """Return the size of the unit where the metric counts time ("Median days until …: 47")."""
        found = _METRIC_TIME.match(self.r.folded)
        if not found or found.end() > self.r.amounts[k].start:
            return 0.0
        return {"s": 1e3, "m": 6e4, "h": 3.6e6, "d": DAY, "w": 7 * DAY}[found[1][0]]

    def _factor(self, values: dict[str, float], verb: Verb, baseline: int | None) -> None:
        factor = _FACTORS[verb.lemma]
        if baseline is not None:
            values["target"] = values["baseline"] * factor
            self.parts["target"] = Span(verb.start, verb.end)
        else:
            values["change"] = factor
            self.parts["change"] = Span(verb.start, verb.end)

    def _resolve(
        self, values: dict[str, float], unit: str | None, direction: Direction | None
    ) -> str | None:
        return unit

    # ---- verb and direction

    def _verb(self, held: dict[str, int], metric: tuple[int, int] | None) -> Verb | None:
        r = self.r
        anchor = min((r.leads[k].start for k in held.values()), default=len(r.folded))
        ahead = [token for token in r.tokens if token.end <= anchor]
        found: Verb | None = None
        for index in range(len(ahead) - 1, 0, -1):
            token = ahead[index]
            if self._moving(token):
                lemma = LEMMA_OF[token.text]
                found = Verb(lemma, KIND_OF[lemma], token.start, token.end)
                break
            if token.text not in _TAIL_WORDS and not token.text.endswith("ly"):
                break
        if found is not None:
            return found
        for index in range(len(ahead) - 1, 0, -1):
            lemma = ahead[index].text
            if ahead[index - 1].text == "to" and KIND_OF.get(lemma) in (
                "raise",
                "lower",
                "reach",
                "keep",
            ):
                return Verb(lemma, KIND_OF[lemma], ahead[index].start, ahead[index].end)
        return r.verb

    def _direction(
        self, verb: Verb | None, values: dict[str, float], held: dict[str, int]
    ) -> Direction | None:
        r = self.r
        sign: Direction | None = None
        if "baseline" in values and "target" in values and values["baseline"] != values["target"]:
            sign = "up" if values["target"] > values["baseline"] else "down"
        if verb is not None and verb.kind == "keep":
            return "hold"
        if verb is not None and verb.lemma not in NEUTRAL:
            if verb.kind == "raise":
                return "up"
            if verb.kind == "lower":
                return "down"
        if sign is not None:
            return sign
        for k in held.values():
            cues = r.leads[k].cues
            if "down" in cues:
                return "down"
            if "up" in cues:
                return "up"
            if r.amounts[k].value < 0 and r.roles[k] == "change":
                return "down"
            after = r._after(k)
            if r.roles[k] == "change" and after:
                if after[0] in (
                    "more",
                    "higher",
                    "increase",
                    "growth",
                    "rise",
                    "uplift",
                    "additional",
                ):
                    return "up"
                if after[0] in (
                    "less",
                    "fewer",
                    "lower",
                    "reduction",
                    "drop",
                    "decrease",
                    "decline",
                    "cut",
                ):
                    return "down"
            if r.folded[r.amounts[k].start] == "+":
                return "up"
        if " down to " in r.folded or r.folded.endswith(" down"):
            return "down"
        if r.folded.endswith(" up"):
            return "up"
        if verb is not None and verb.kind == "raise":
            return "up"
        if "target" in values:
            return "reach"
        return None

    # ---- bound, per, deadline

    def _bound(self, k: int | None) -> Bound | None:
        if k is None:
            return None
        r = self.r
        lead, after = r.leads[k], r._after(k)
        bound: Bound | None = None
        if "about" in lead.cues:
            bound = "about"
        elif "min" in lead.cues:
            bound = "at least"
        elif "max" in lead.cues or ("upto" in lead.cues and not self._first("baseline")):
            bound = "at most"
        elif after[:1] == ["+"] or (after[:1] == ["or"] and after[1:2] and after[1] in _MIN_AFTER):
            bound = "at least"
        elif after[:1] == ["or"] and after[1:2] and after[1] in _MAX_AFTER:
            bound = "at most"
        if bound and lead.bound:
            self.parts["bound"] = Span(*lead.bound)
        return bound

    def _per(self, held: dict[str, int]) -> str | None:
        r = self.r
        for key in ("target", "baseline", "change"):
            if key not in held:
                continue
            last = r.amounts[held[key]].last
            for index in range(last + 1, min(last + 4, len(r.tokens) - 1)):
                text, after = r.tokens[index].text, r.tokens[index + 1]
                if text in ("a", "an", "each", "every", "/", "per") and (after.text in _PER_NOUNS):
                    self.parts["per"] = Span(after.start, after.end)
                    return r.text[after.start : after.end]
                if not text[0].isalpha() and text != "/":
                    break
        found = _PER.search(r.folded)
        if found is None:
            return None
        self.parts["per"] = Span(*found.span(1))
        return r.text[found.start(1) : found.end(1)]

    def _deadline(self, held: dict[str, int]) -> str | None:
        r = self.r
        chosen: When | None = None
        period = read_cycle(r.cycle) if r.cycle else None
        anchor = min((r.amounts[k].start for k in held.values()), default=0)
        for when in r.dates:
            if when.before in ("since", "after", "last"):
                continue
            if (
                when.day
                and period
                and when.day < period.first
                and when.before not in ("by", "until", "before")
            ):
                continue
            if when.start < anchor and when.before not in (
                "by",
                "until",
                "till",
                "before",
                "due",
                "",
            ):
                if when.start > 4:
                    continue
            chosen = when
        if chosen is None:
            return None
        self.parts["deadline"] = Span(chosen.start, chosen.end)
        if chosen.note:
            self.notes.append(chosen.note)
        return chosen.day.isoformat() if chosen.day else r.text[chosen.start : chosen.end]

    # ---- kind

    def _kind(self, values: dict[str, float], verb: Verb | None, work: int | None) -> Kind:
        r = self.r
        if _BASELINE.search(r.folded) and "target" not in values and "change" not in values:
            return "baseline"
        if "target" in values or "change" in values:
            return "metric"
        if work is not None:
            return "activity"
        if r.verb is not None and r.verb.kind in ("ship", "effort", "hedge"):
            return "activity"
        if verb is not None and verb.kind in ("raise", "lower", "keep"):
            return "metric"
        if _TREND.search(r.folded):
            return "metric"
        return "milestone"

    # ---- metric

    def _metric(self, held: dict[str, int]) -> tuple[int, int] | None:
        r = self.r
        order = sorted(held.values())
        start = 0
        label = _LABEL.match(r.folded)
        if label:
            start = label.end()
        if order:
            anchor = min(r.leads[k].start for k in order)
            left = self._trim(start, anchor)
            if left is not None:
                return left
            last = r.amounts[order[-1]]
            return self._trim_right(last.end)
        return self._trim(start, self._before_date(len(r.folded)))

    def _before_date(self, end: int) -> int:
        r = self.r
        if r.dates:
            when = r.dates[-1]
            if when.start > 0:
                return when.start
        return end

    def _trim(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the noun phrase between two positions: after its verb, before another."""
        r = self.r
        inside = [token for token in r.tokens if start <= token.start and token.end <= end]
        while inside and (
            inside[-1].text in _TAIL_WORDS
            or not _wordlike(inside[-1].text)
            or self._moving(inside[-1])
        ):
            inside.pop()
        first = 0
        for index, token in enumerate(inside):
            if index + 1 < len(inside) and self._governs(inside, index):
                first = index + 1
        inside = inside[first:]
        while inside and (
            inside[0].text in _HEAD_WORDS or inside[0].text in (":", ",", "-", "(", ".", "•", "*")
        ):
            inside.pop(0)
        if not inside:
            return None
        return inside[0].start, inside[-1].end

    def _moving(self, token: Word) -> bool:
        kind = KIND_OF.get(LEMMA_OF.get(token.text, ""))
        if (
            token.text in _NEVER_FINITE
            or token.text.endswith("ing")
            or (token.text.endswith("ed") and kind not in ("raise", "lower", "keep"))
        ):
            return False
        return kind in ("raise", "lower", "reach", "keep")

    def _governs(self, inside: list[Word], index: int) -> bool:
        token = inside[index]
        r = self.r
        if r.verb is not None and r.verb.start <= token.start < r.verb.end:
            return True
        lemma = LEMMA_OF.get(token.text)
        if lemma != token.text:
            return False
        return (
            bool(index)
            and inside[index - 1].text == "to"
            and KIND_OF.get(lemma) in ("raise", "lower", "reach", "keep")
        )

    def _trim_right(self, start: int) -> tuple[int, int] | None:
        r = self.r
        inside: list[Word] = []
        taken = {when.start for when in r.dates}
        for token in r.tokens:
            if token.start < start:
                continue
            if token.text in (",", ";", "(", ".", ")") or token.start in taken:
                break
            inside.append(token)
        while inside and (inside[-1].text in _TAIL_WORDS or not _wordlike(inside[-1].text)):
            inside.pop()
        while inside and (inside[0].text in _HEAD_WORDS or not _wordlike(inside[0].text)):
            inside.pop(0)
        if not inside:
            return None
        return inside[0].start, inside[-1].end

    def _quantities(self, unit: str | None) -> tuple[Quantity, ...]:
        r = self.r
        found: list[Quantity] = []
        for amount, role in zip(r.amounts, r.roles, strict=True):
            value, own = amount.value, amount.unit
            if own == "time":
                same = role in ("baseline", "target", "upper", "change") and unit in (
                    "ms",
                    "minutes",
                    "days",
                )
                values, own = (
                    ({"": value / _SIZE[unit]}, unit) if same and unit else _time_unit({"": value})
                )
                value = values[""]
            elif own == "x":
                own = "ratio"
            elif own is None and role in ("baseline", "target", "upper", "change", "work"):
                own = unit if role != "work" and unit in ("points", "count") else "count"
            found.append(Quantity(value, own, role or "other", amount.start, amount.end))
        found.extend(Quantity(0.0, None, "date", when.start, when.end) for when in r.dates)
        found.sort(key=lambda quantity: quantity.start)
        return tuple(found)


_NEVER_FINITE = frozenset("score scores book books cap limit sign win wins pass close free".split())
_SIZE = {"ms": 1.0, "minutes": 6e4, "days": DAY}
_FACTORS = {"halve": 0.5, "double": 2.0, "triple": 3.0, "quadruple": 4.0}
_POINT_METRIC = re.compile(
    r"\b(?:e?nps|rating|ratings|score|scores|csat|ces|satisfaction|stars?)\b"
)
_METRIC_TIME = re.compile(
    r"(?:(?:median|average|avg|mean|typical|number of|total|working|meeting) ){0,2}(seconds|minutes|mins|hours|days|weeks)\b"
)
_PER = re.compile(
    r"\bper ((?:\d[\d,.]* )?[^\W\d_][\w-]*"
    r"(?: (?:and )?(?!(?:from|to|by|in|at|on|of|for|and|or|is|are|go|goes|was|with|up|down|drops?|"
    r"falls?|rises?|grows?|within|under|over|below|above|held|reach|reaches)\b)[^\W\d_][\w-]*)?)"
)
_BASELINE = re.compile(
    r"\b(?:establish|set|get|find|determine|measure|agree|define)\b.{0,30}\bbaselines?\b|^(?:measure|baseline) (?:today's|the current|current|where|how)"
)
_TREND = re.compile(
    r"\b(?:up|down|fewer|less|more|higher|lower|improved|reduced|increased|decreased)\b"
)
_LABEL = re.compile(
    r"(?:kr ?\d+|key result(?: \d+)?|guardrail|committed(?: level)?|aspirational|stretch|counter-?metric|health|metric)\s?[:.)-] ?"
)
_TAIL_WORDS = frozenset(
    "from to by at of is are be was were up down the a an and or in on for with up than that go goes"
    " going below above under over than reaching value level stands currently now today still only"
    " until before been being will should can has have".split()
)
_HEAD_WORDS = frozenset("the a an our its their of to that we will and in so".split())


def _wordlike(text: str) -> bool:
    return text[0].isalnum() or text in ('"', ")", "%")


def _time_unit(values: dict[str, float]) -> tuple[dict[str, float], str]:
    largest = max(map(abs, values.values()), default=0.0)
    unit = "ms" if largest < 6e4 else "minutes" if largest < DAY else "days"
    return {key: value / _SIZE[unit] for key, value in values.items()}, unit


assert CURRENCIES
