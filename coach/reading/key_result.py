"""A key result's sentence to its reading: what is measured, from where, to where, by when."""

import re

import msgspec
from msgspec.structs import replace

from coach.assessment import Bound, Direction, Kind, Reading
from coach.okr import Span
from coach.reading.cues import Sentence, take_apart
from coach.reading.dates import When
from coach.reading.deadline import find_deadline
from coach.reading.numbers import Amount
from coach.reading.roles import CLAUSE_ENDS, Placed, Role, place
from coach.reading.subject import EACH, PERIODS, find_subject
from coach.reading.text import Scan, scan
from coach.reading.units import in_time, in_unit, read_values, share
from coach.reading.verbs import NEUTRAL
from coach.reading.words import is_person


class Quantity(msgspec.Struct, frozen=True):
    """A number of a line: value in the unit's whole, unit, the role it plays, and its span."""

    value: float
    unit: str | None
    role: Role
    start: int
    end: int


def read_key_result(
    text: str, line: str = "kr1", cycle: str | None = None
) -> tuple[Reading, tuple[Quantity, ...]]:
    """Read one key result (tidy text), deadlines resolved against `cycle` where it is given."""
    return read_scanned(scan(text), line, cycle)


def read_scanned(
    scanned: Scan, line: str, cycle: str | None
) -> tuple[Reading, tuple[Quantity, ...]]:
    """Read one key result whose tokens are known."""
    sentence = take_apart(scanned, cycle)
    placed = place(sentence)
    _share_units(sentence.amounts, placed)
    return _Reader(sentence, placed).read(line)


def _share_units(amounts: list[Amount], placed: Placed) -> None:
    for one, other in (*placed.ranges, *placed.pairs):
        amounts[one] = share(amounts[one], amounts[other], earlier=one < other)
        amounts[other] = share(amounts[other], amounts[one], earlier=other < one)


def _main_numbers(placed: Placed) -> dict[str, int]:
    """Return the index of the number for each part of the reading, of the first measure."""
    roles = placed.roles
    main: dict[str, int] = {}
    if placed.pairs:
        main["baseline"], main["target"] = placed.pairs[0]
    else:
        for role in ("baseline", "target"):
            if role in roles:
                main[role] = roles.index(role)
    if "change" in roles and "target" not in main:
        main["change"] = roles.index("change")
    for start, upper in placed.ranges:
        if start in (main.get("target"), main.get("change")):
            main["upper"] = upper
    return main


class _Reader:
    """One line on its way from numbers with roles to a reading."""

    def __init__(self, sentence: Sentence, placed: Placed) -> None:
        self.sentence = sentence
        self.placed = placed
        self.main = _main_numbers(placed)
        steps = [k for k, role in enumerate(placed.roles) if role == "change"]
        goals = [self.main[part] for part in _BY_WEIGHT if part in self.main]
        self.numbers = list(dict.fromkeys((*goals, *steps)))
        subject = find_subject(sentence, self.numbers)
        self.leading, self.verb, self.metric = subject.leading, subject.verb, subject.metric
        self.parts: dict[str, tuple[int, int]] = {}

    def read(self, line: str) -> tuple[Reading, tuple[Quantity, ...]]:
        sentence, placed = self.sentence, self.placed
        asked = self._direction_asked()
        held = self._resolved(asked)
        values, unit = read_values(sentence, held)
        self.parts = {part: (amount.start, amount.end) for part, amount in held.items()}
        if placed.unchanged is not None:
            values["baseline"], self.parts["baseline"] = values["target"], self.parts["target"]
        if "change" in values:
            values["change"] = abs(values["change"])
        kind = self._kind(values)
        direction = self._direction(asked, values) if kind in ("metric", "baseline") else None
        quantities = self._quantities(unit)
        if kind != "metric":
            values, unit = {}, None
        bound, per = self._bound(), self._per()
        when = find_deadline(sentence, placed, self.main, asked=kind in ("milestone", "activity"))
        if when is not None:
            self.parts["deadline"] = (when.start, when.end)
        self._mark(kind)
        notes = [amount.note for amount in sentence.amounts if amount.note]
        if when is not None and when.note:
            notes.append(when.note)
        reading = Reading(
            line=line, kind=kind, direction=direction, metric=self._quote("metric"),
            baseline=values.get("baseline"), target=values.get("target"),
            change=values.get("change"), bound=bound, upper=values.get("upper"), per=per,
            unit=unit, deadline=_said(when, sentence.text),
            parts={part: Span(*self.parts[part]) for part in sorted(self.parts, key=_PARTS.index)},
            notes=tuple(notes),
        )  # fmt: skip
        return reading, quantities

    def _mark(self, kind: Kind) -> None:
        """Note where the words stand that the numbers don't show."""
        if kind != "metric":
            for part in ("baseline", "target", "change", "upper"):
                self.parts.pop(part, None)
        if self.metric is not None and kind in ("metric", "baseline"):
            self.parts["metric"] = self.metric
        if self.verb is not None:
            self.parts["verb"] = (self.verb.start, self.verb.end)
        if "work" in self.placed.roles:
            work = self.sentence.amounts[self.placed.roles.index("work")]
            self.parts["work"] = (work.start, work.end)

    def _quote(self, part: str) -> str | None:
        span = self.parts.get(part)
        return self.sentence.text[span[0] : span[1]] if span else None

    # --- steps ------------------------------------------------------------------------------

    def _resolved(self, asked: Direction | None) -> dict[str, Amount]:
        """Return the amounts by part; a step from a known start becomes its target."""
        held = {part: self.sentence.amounts[k] for part, k in self.main.items()}
        factor = _FACTORS.get(self.verb.lemma) if self.verb is not None else None
        if factor and self.verb and not held.keys() & {"target", "change"}:
            held["change"] = Amount(factor, "x", self.verb.start, self.verb.end, 0, 0)
        if "baseline" in held and "change" in held and "target" not in held:
            target = _stepped(held["baseline"], held["change"], asked)
            if target is not None:
                del held["change"]
                held["target"] = target
        return held

    # --- direction --------------------------------------------------------------------------

    def _direction(self, asked: Direction | None, values: dict[str, float]) -> Direction | None:
        """Return what the words ask for, else the sign of the change, else that an end is known."""
        if self.placed.unchanged is not None and asked not in ("up", "down"):
            return "hold"
        if asked is not None:
            return asked
        baseline, target = values.get("baseline"), values.get("target")
        if baseline is not None and target is not None:
            return "up" if target > baseline else "down" if target < baseline else "hold"
        if self.verb is not None and self.verb.kind == "raise":
            return "down" if _SLOWER.search(self.sentence.folded) else "up"
        return None if target is None else "reach"

    def _direction_asked(self) -> Direction | None:
        verb = self.verb
        if verb is not None and verb.kind == "keep":
            return "hold"
        neutral = verb is None or verb.lemma in NEUTRAL
        if verb is not None and not neutral and verb.kind in ("raise", "lower"):
            return "up" if verb.kind == "raise" else "down"
        cued = self._direction_cued()
        if cued is not None or self.main:
            return cued
        found = _TREND.search(self.sentence.folded)
        if found is None or (verb is not None and verb.lemma in ("improve", "enhance")):
            return None
        return "up" if found.lastgroup == "up" else "down"

    def _direction_cued(self) -> Direction | None:
        """Return the direction that the words around the numbers tell."""
        for k in self.numbers:
            cues, after = self.sentence.leads[k].cues, self.sentence.after(k)
            amount, role = self.sentence.amounts[k], self.placed.roles[k]
            if "down" in cues or self._leads_down(k):
                return "down"
            if "up" in cues or ("up to" in cues and self._is_rise(k)):
                return "up"
            if role == "change":
                if amount.unit == "x" and amount.value >= 1:
                    return "up"
                if amount.value < 0 or (after and after[0] in _LESS):
                    return "down"
                if self.sentence.folded[amount.start] == "+" or (after and after[0] in _MORE):
                    return "up"
            if role == "target" and self.verb is not None and self.verb.lemma in _MOVERS:
                if "at most" in cues:
                    return "down"
                if "at least" in cues:
                    return "up"
        return None

    def _leads_down(self, k: int) -> bool:
        lead, amount = self.sentence.leads[k], self.sentence.amounts[k]
        return "to" in lead.cues and "down to" in self.sentence.folded[lead.start : amount.start]

    def _is_rise(self, k: int) -> bool:
        """Say whether "up to" means a rise, not a bound: "rating up to 4.5", "from 3 up to 5"."""
        if "baseline" in self.main or (self.verb is not None and self.verb.kind == "raise"):
            return True
        lead = self.sentence.leads[k]
        return self.verb is None and lead.before >= 0 and "colon" not in lead.cues

    # --- bound and per ---------------------------------------------------------------

    def _bound(self) -> Bound | None:
        k = self.main.get("target", self.main.get("change"))
        if k is None:
            return None
        cues, bound = self.sentence.leads[k].cues, self.sentence.leads[k].bound
        for cue in _LEADING_BOUNDS:
            if cue in cues and bound:
                self.parts["bound"] = bound
                return cue
        if "up to" in cues and bound and not self._is_rise(k):
            self.parts["bound"] = bound
            return "at most"
        if self.verb is not None and self.verb.lemma in ("exceed", "surpass", "beat"):
            return "at least"
        after = self.sentence.after(k)
        if "within" in cues:
            return "at most"
        return _BOUND_AFTER.get(" ".join(after[:1])) or _BOUND_AFTER.get(" ".join(after[:2]))

    def _per(self) -> str | None:
        """Return what the numbers are counted per: "9 a week", "per 1,000 lines"."""
        words, folded = self.sentence.tokens, self.sentence.folded
        if _COUNTS_PER.isdisjoint(self.sentence.texts) and "per " not in folded:
            return None
        for part in ("target", "change", "baseline"):
            if part not in self.main:
                continue
            last = self.sentence.amounts[self.main[part]].last
            if self._is_periodical(last + 1):
                self.parts["per"] = (words[last + 1].start, words[last + 1].end)
                return _PERIODICAL[words[last + 1].text]
            for index in range(last + 1, min(last + 4, len(words) - 1)):
                noun = words[index + 1]
                if words[index].text == "per" and (near := _PER.match(folded, words[index].start)):
                    return self._counted_per(near)
                if words[index].text in EACH and noun.text in PERIODS:
                    self.parts["per"] = (noun.start, noun.end)
                    return self._quote("per")
                if not words[index].text[0].isalpha() or words[index].text in _COMPARES:
                    break
        found = _PER.search(folded) if "per " in folded else None
        return self._counted_per(found) if found else None

    def _counted_per(self, found: re.Match[str]) -> str | None:
        """Return what is counted per, with the second word of "per estate agent"."""
        start, end = found.span(1)
        longer = _SECOND_NOUN.match(self.sentence.folded, end)
        if longer and is_person(longer[1]) and not is_person(found[1]):
            end = longer.end(1)
        self.parts["per"] = start, end
        return self._quote("per")

    def _is_periodical(self, index: int) -> bool:
        """Say whether a word ends its clause as "monthly" does in "from $2m to $3m monthly"."""
        words = self.sentence.tokens
        if index >= len(words) or words[index].text not in _PERIODICAL:
            return False
        return index + 1 == len(words) or words[index + 1].text in CLAUSE_ENDS

    # --- kind and quantities ----------------------------------------------------------------

    def _kind(self, values: dict[str, float]) -> Kind:
        folded = self.sentence.folded
        if "target" in values or "change" in values:
            return "metric"
        if _MEASURE_FIRST.search(folded):
            return "baseline"
        leading = self.leading
        if "work" in self.placed.roles:
            return "activity"
        if leading is not None and leading.kind in ("ship", "effort", "hedge"):
            return "activity"
        if leading is not None and leading.kind == "keep" and _GOES_ON.match(folded):
            return "activity"
        if values and not _GRANTED.search(folded):
            return "metric"
        if self.verb is not None and self.verb.kind in ("raise", "lower", "keep"):
            return "metric"
        return "metric" if _TREND.search(folded) else "milestone"

    def _quantities(self, unit: str | None) -> tuple[Quantity, ...]:
        found = [
            Quantity(*_shown(amount, role, unit), role, amount.start, amount.end)
            for amount, role in zip(self.sentence.amounts, self.placed.roles, strict=True)
        ]
        if self.sentence.dates:
            found += [
                Quantity(0.0, None, "date", when.start, when.end) for when in self.sentence.dates
            ]
            found.sort(key=lambda quantity: quantity.start)
        return tuple(found)


def _stepped(baseline: Amount, step: Amount, direction: Direction | None) -> Amount | None:
    """Return the end of a step from a start; None where that isn't sure ("5 % by 20 %")."""
    if direction not in ("up", "down"):
        return None
    start, size, sign = baseline.value, abs(step.value), 1 if direction == "up" else -1
    end: float | None = None
    if step.unit == "x" and size >= 1:
        end = start * size if direction == "up" else start / size
    elif step.unit in ("x", "ratio"):
        end = start * (1 + sign * size)
    elif step.unit == "%" and baseline.unit != "%":
        end = start * (1 + sign * size / 100)
    elif step.unit in (None, baseline.unit, "points") and step.unit != "%":
        mixed = step.unit == "points" and baseline.unit not in ("%", "points", None)
        end = None if mixed else start + sign * size
    if end is None:
        return None
    return replace(baseline, value=round(end, 9), start=step.start, end=step.end, note=None)


def _shown(amount: Amount, role: Role, unit: str | None) -> tuple[float, str | None]:
    """Return a number's value and unit as a quantity, in the reading's unit where it has one."""
    shared = role in ("baseline", "target", "upper", "change")
    if amount.unit == "time":
        if shared and unit in ("ms", "minutes", "days"):
            return in_unit(amount.value, unit), unit
        values, own = in_time({"": amount.value})
        return values[""], own
    if amount.unit == "x":
        return amount.value, "ratio"
    if amount.unit is None and (shared or role == "work"):
        return amount.value, unit if shared and unit == "points" else "count"
    return amount.value, amount.unit


def _said(when: When | None, text: str) -> str | None:
    if when is None:
        return None
    return when.day.isoformat() if when.day else text[when.start : when.end]


_BY_WEIGHT = ("target", "change", "upper", "baseline")
_PARTS = (
    "metric", "verb", "baseline", "bound", "target", "upper", "change", "per", "work", "deadline",
)  # fmt: skip
_FACTORS = {"halve": 0.5, "double": 2.0, "triple": 3.0, "quadruple": 4.0}
_MOVERS = frozenset("bring come drive get go move push take".split())
_MORE = frozenset(
    "additional faster growth higher improvement increase longer more rise uplift".split()
)
_LESS = frozenset("cut decline decrease drop fewer less lower reduction shorter slower".split())
_LEADING_BOUNDS: tuple[Bound, ...] = ("about", "at least", "at most")
_BOUND_AFTER: dict[str, Bound] = {
    "+": "at least", "minimum": "at least", "max": "at most", "maximum": "at most",
    "or more": "at least", "or above": "at least", "or better": "at least",
    "or higher": "at least", "or over": "at least", "and above": "at least", "at least": "at least",
    "or less": "at most", "or fewer": "at most", "or below": "at most", "or lower": "at most",
    "or under": "at most", "or faster": "at most", "at most": "at most", "or so": "about",
    "or thereabouts": "about",
}  # fmt: skip
_PERIODICAL = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "annually": "year",
}  # fmt: skip
_COUNTS_PER = EACH | _PERIODICAL.keys()
_COMPARES = frozenset("as like same than".split())
_PER = re.compile(
    r"\bper ("
    r"(?:\d[\d,.']*(?: \d{3}){0,3} |million |thousand |hundred )?"
    r"(?:[^\W\d_]+-[\w-]+ |[^\W\d_]{2,20}ed |(?:active|bed|business|calendar|full|guest|new|patient"
    r"|paying|person|working) )?"
    r"(?!(?:from|to|by|in|at|on|of|for|is|are|was|were|with|up|down|and|or|now|today|drop|drops|fall"
    r"|cent|per|falls|rise|rises|go|goes|grow|grows|reach|reaches|stays?|held|within|under|below|over)\b)"
    r"[^\W\d_][\w-]*(?: and [^\W\d_][\w-]*)?)"
)
_SECOND_NOUN = re.compile(r" ([a-z-]+)")
_SLOWER = re.compile(
    r"\b(?:times?|duration|latency|wait|waits|delays?|turnaround|costs?|errors?|speed to)\b"
)
_TREND = re.compile(
    r"\b(?:(?P<up>(?:more|higher)\b|(?:up|improved?|increased?|rising|grown)(?=\W*$))"
    r"|(?:fewer|less|lower|shorter)\b|(?:down|reduced|decreased?|falling)(?=\W*$))"
)
_MEASURE_FIRST = re.compile(
    r"\b(?:establish|set|get|find|determine|measure|agree|define|create|take|collect|record)\b"
    r".{0,40}\bbase-?lines?\b"
    r"|\bbase-?line .{0,60}\b(?:established|measured|known|set|taken|recorded)\b"
    r"|^(?:measure|benchmark) (?:today's|the current|current|where|how|our|the)\b"
    r"|^find out (?:how (?:many|much|often|long|far)|(?:what|which) (?:share|percentage|proportion)"
    r"|where)\b|^baseline [a-z]"
)
_GOES_ON = re.compile(r"(?:continue|keep)(?: on)? (?:to \w|\w{2,20}ing\b)")
_GRANTED = re.compile(
    r"\b(?:passed|granted|approved|certified|awarded|accredited|accepted|signed)\b"
)
