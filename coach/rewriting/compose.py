"""A key result part by part, to its sentence and back: what a form asks for, and what it writes.

Whatever is written here is read again before it is handed out: of several wordings the first is
taken that reads as its parts. A sentence that stands already is changed in as few words as that
takes.
"""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product

import msgspec
from msgspec.structs import replace

from coach.assessment import Bound, Direction, Reading
from coach.okr import Context, Draft, KeyResult, Span
from coach.reading.cues import take_apart
from coach.reading.draft import KeyResultLine, ReadDraft
from coach.reading.numbers import Amount
from coach.reading.text import scan
from coach.reading.units import in_time
from coach.rewriting.numbers import number_start
from coach.rewriting.wording import deadline, end, upper_first


class Parts(msgspec.Struct, frozen=True):
    """What a key result says: the fields of a `Reading`, with who reports it and from where.

    `direction` is None where it follows from the numbers: up or down by their order, "hold" where
    they are the same, "reach" where only the end is known. `deadline` is an ISO date, or words.
    """

    metric: str = ""
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    upper: float | None = None
    change: float | None = None
    bound: Bound | None = None
    direction: Direction | None = None
    per: str | None = None
    deadline: str | None = None
    source: str | None = None
    owner: str | None = None


def parts_of(reading: Reading, source: str | None = None, owner: str | None = None) -> Parts:
    """Return what was read from a key result as its parts."""
    said = {name: getattr(reading, name) for name in _READ}
    metric, per = (reading.parts.get(name) for name in ("metric", "per"))
    if metric and per and metric.start <= per.start < metric.end:
        del said["per"]  # "falls per 1,000 bed days": the metric says it
    parts = Parts(**said, metric=reading.metric or "", source=source, owner=owner)
    return replace(parts, direction=None) if parts.direction == _implied(parts) else parts


def key_result(parts: Parts, cycle: str | None = None) -> str | KeyResult:
    """Return the key result that parts make, as a draft holds it."""
    text = sentence(parts, cycle)
    known = parts.owner or parts.source
    return KeyResult(text, parts.owner, parts.source) if known else text


def sentence(parts: Parts, cycle: str | None = None) -> str:
    """Return parts as a sentence in plain words, which reads as them where any sentence does."""
    wordings = [*_wordings(parts)]
    return next((text for text in wordings if _reads_as(text, parts, cycle)), wordings[0])


def revised(text: str, parts: Parts, cycle: str | None = None) -> str:
    """Return a sentence changed so that it reads as `parts`, the author's words kept if they can.

    What can't be said in the sentence that stands is written anew.
    """
    line = _line(text, cycle)
    if line is None:
        return sentence(parts, cycle)
    if _same(parts_of(line.reading), parts):
        return text
    edits = [*_edits(line, text, parts)]
    anew = [*_wordings(parts)] if parts.metric else []
    found = (one for one in (*edits, *anew) if _reads_as(one, parts, cycle))
    return next(found, (anew or edits or [text])[0])


def read_parts(kr: KeyResult, cycle: str | None = None) -> Parts:
    """Return the parts of a key result as it is read."""
    line = _line(kr.text, cycle)
    read = parts_of(line.reading) if line else Parts()
    return replace(read, source=kr.source, owner=kr.owner)


def value_of(text: str, unit: str | None = None) -> tuple[float, str | None] | None:
    """Return the number that is typed, with its unit where it says one: "4 h" is 240 minutes.

    `unit` is a word for what a bare number counts. None where no number can be told.
    """
    for said in (text, f"{text} {unit}") if unit else (text,):
        amounts = take_apart(scan(said.replace("\u2212", "-")), None).amounts
        if len(amounts) != 1 or amounts[0].shape not in ("number", "clock"):
            return None
        if amounts[0].unit is not None or said is not text:
            return _in_contract(amounts[0])
    return (amounts[0].value, None) if not unit else None


def day_of(text: str, cycle: str | None = None) -> str | None:
    """Return a date as readings have it: ISO where it can be told, else its words; None for none."""
    return parts_of(_read(f"Done by {text}", cycle)).deadline


def spoken(value: float, unit: str | None = None) -> str:
    """Return a number with its unit in a form that reads as the same: `(240, "minutes")` is "4 hours"."""
    return _spoken(value, unit)[0]


_READ = ("unit", "baseline", "target", "upper", "change", "bound", "direction", "per", "deadline")
_NUMBERS = ("baseline", "target", "upper", "change")


def _line(text: str, cycle: str | None) -> KeyResultLine | None:
    """Return a key result as rules see it."""
    lines = ReadDraft(Draft("", (text,), Context(cycle=cycle))).key_results
    return lines[0] if lines else None


def _read(text: str, cycle: str | None) -> Reading:
    line = _line(text, cycle)
    return line.reading if line else Reading("kr1", "milestone")


def _reads_as(text: str, parts: Parts, cycle: str | None) -> bool:
    return _same(parts_of(_read(text, cycle)), parts)


def _same(read: Parts, wanted: Parts) -> bool:
    """Say whether a sentence reads as wanted; a metric that nobody named may be any."""
    implied = wanted.direction == _implied(wanted)
    wanted = replace(
        wanted,
        source=None,
        owner=None,
        metric=upper_first(wanted.metric or read.metric),
        direction=None if implied else wanted.direction,
    )
    return replace(read, metric=upper_first(read.metric)) == wanted


def _implied(parts: Parts) -> Direction | None:
    """Return the direction that the numbers alone tell."""
    if parts.target is None:
        return None
    if parts.baseline is None:
        return "reach"
    if parts.target == parts.baseline:
        return "hold"
    return "up" if parts.target > parts.baseline else "down"


# ── a sentence made anew ──────────────────────────────────────────────────────────────────────


def _wordings(parts: Parts) -> Iterator[str]:
    """Yield sentences that say the parts, the plainest first."""
    if parts.direction == _implied(parts):
        parts = replace(parts, direction=None)
    for forms, per, by in product(_amounts(parts), _per(parts), _by(parts.deadline)):
        tail = f"{per}{by}"
        for text in _moved(parts, forms, tail) if parts.direction else _stated(parts, forms, tail):
            yield _opening(text.strip())


def _stated(parts: Parts, said: dict[str, str], tail: str) -> Iterator[str]:
    """Yield what says where it stands and where it is to stand."""
    metric = parts.metric
    if "target" in said and "baseline" in said:
        yield f"{metric} from {said['baseline']} to {said['target']}{tail}"
        yield f"{metric}: from {said['baseline']} to {said['target']}{tail}"
        yield f"{metric}: {said['baseline']} → {said['target']}{tail}"
    elif "target" in said:
        yield f"{metric}: {said['target']}{tail}"
    elif "baseline" in said:
        yield f"{metric} (today {said['baseline']}){tail}"
        yield f"{metric}: from {said['baseline']}{tail}"
    else:
        yield f"{metric}{tail}"


def _moved(parts: Parts, said: dict[str, str], tail: str) -> Iterator[str]:
    """Yield what says by a verb which way it is to go."""
    verb = f"{_VERBS.get(parts.direction or '', 'Get')} {parts.metric}"
    today = f" (today {said['baseline']})" if "baseline" in said else ""
    if "change" in said:
        yield f"{verb} by {said['change']}{tail}{today}"
    elif "target" not in said:
        yield f"{verb}{today}{tail}"
    elif parts.direction == "hold":
        if parts.bound:
            yield f"{verb} {said['target']}{tail}{today}"
        yield f"{verb} at {said['target']}{tail}{today}"
        if today:
            yield f"{verb} from {said['baseline']} to {said['target']}{tail}"
    elif today:
        yield f"{verb} from {said['baseline']} to {said['target']}{tail}"
    else:
        yield f"{verb} to {said['target']}{tail}"


def _opening(text: str) -> str:
    """Return a line with a capital, unless it opens with a name: "p95", "eNPS"."""
    return upper_first(text) if _PLAIN_WORD.match(text) else text


_PLAIN_WORD = re.compile(r"[^\W\d_A-Z]+(?![\w-]*[\dA-Z])")
_VERBS = {"up": "Raise", "down": "Reduce", "hold": "Keep", "reach": "Get"}


def _amounts(parts: Parts) -> Iterator[dict[str, str]]:
    """Yield the numbers of the parts in words, in one form after the other."""
    known = {name: value for name in _NUMBERS if (value := getattr(parts, name)) is not None}
    forms = {name: _spoken(value, parts.unit) for name, value in known.items()}
    for form in range(max(map(len, forms.values()), default=1)):
        said = {name: each[min(form, len(each) - 1)] for name, each in forms.items()}
        upper = said.pop("upper", None)
        for end_of_range in ("target", "change"):
            if upper and end_of_range in said:
                said[end_of_range] = f"{_bare(said[end_of_range], upper)}–{upper}"
        if parts.bound:
            bounded = "target" if "target" in said else "change"
            said[bounded] = f"{parts.bound} {said.get(bounded, '')}".strip()
        yield said


def _bare(lower: str, upper: str) -> str:
    """Return the lower end of a range without the unit that its upper end says too."""
    unit = _UNIT.search(upper)
    return lower.removesuffix(unit[0]) if unit else lower


_UNIT = re.compile(r"(?:%| [^\W\d_]+)$")


def _per(parts: Parts) -> tuple[str, ...]:
    return (f" per {parts.per}", f" a {parts.per}") if parts.per else ("",)


def _by(said: str | None) -> tuple[str, ...]:
    """Return a deadline with the word before it; words may bring theirs along."""
    if said is None:
        return ("",)
    return (f" by {_day(said)}", f" {said}")


def _day(said: str) -> str:
    try:
        known = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{known.day} {known:%B %Y}"


# ── numbers in words ──────────────────────────────────────────────────────────────────────────


def _spoken(value: float, unit: str | None) -> tuple[str, ...]:
    """Return the forms that a number may be written in, the plainest first."""
    said = _numeral(value)
    match unit:
        case None | "count":
            return (said,)
        case "%":
            return (f"{said}%",)
        case "points":
            return (f"{said} {'point' if value == 1 else 'points'}",)
        case "ms" | "minutes" | "days":
            return (_time(value, unit),)
        case "ratio":
            return _share(value)
    sign = _SIGN_OF.get(unit)
    return (f"{sign}{said}",) if sign and value >= 0 else (f"{said} {unit}",)


_SIGN_OF = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}


def _numeral(value: float) -> str:
    """Return a number in digits, so that its point is never taken for one of thousands."""
    said = f"{value:,.9f}".rstrip("0").rstrip(".")
    return f"{said}0" if _THREE_PLACES.match(said) else said


_THREE_PLACES = re.compile(r"-?\d{1,3}\.\d{3}$")


def _time(value: float, unit: str) -> str:
    larger, size = {"ms": ("second", 1000), "minutes": ("hour", 60), "days": ("day", 1)}[unit]
    if value and value % (size / 4) == 0 and value >= size:
        value, unit = value / size, f"{larger}s"
    plain = unit if unit == "ms" or value != 1 else unit.removesuffix("s")
    return f"{_numeral(value)} {plain}"


def _share(value: float) -> tuple[str, ...]:
    """Return a share as "1 in 4", a multiple as "2x"; either may be written as the other."""
    multiple = f"{_numeral(value)}x"
    if value in (0, 1):
        return f"{value * 100:.0f} of 100", multiple
    if not 0 < value < 1:
        return multiple, multiple
    part = Fraction(value).limit_denominator(10_000)
    return f"{part.numerator} in {part.denominator}", multiple


def _in_contract(amount: Amount) -> tuple[float, str | None]:
    """Return an amount's value in the unit that a reading would give it."""
    if amount.unit == "time":
        values, unit = in_time({"target": amount.value})
        return values["target"], unit
    if amount.unit == "x":
        return amount.value, "ratio"
    known = amount.unit in ("%", "points", "ratio") or (amount.unit or "").isupper()
    return amount.value, amount.unit if known else None


# ── a sentence that stands, changed ───────────────────────────────────────────────────────────


def _edits(line: KeyResultLine, text: str, parts: Parts) -> Iterator[str]:
    """Yield the sentence with the words of those parts changed that are to be others."""
    known = parts_of(line.reading)
    fixed = ("direction", "per", "upper", *(("change",) if parts.change else ()))
    if known.direction and known.direction == _implied(parts):
        known = replace(known, direction=None)
    parts = replace(parts, direction=None) if parts.direction == _implied(parts) else parts
    if any(getattr(known, name) != getattr(parts, name) for name in fixed):
        return
    for verbatim, brackets in product((True, False), (False, True)):
        edit = _Edit(line, known, parts, verbatim, brackets)
        if (swaps := edit.swaps()) is not None:
            yield _swapped(text, swaps)


Swap = tuple[int, int, str]


def _swapped(text: str, swaps: list[Swap]) -> str:
    at, pieces = 0, []
    for start, stop, put in sorted(swaps):
        pieces += [text[at:start], put]
        at = max(at, stop)
    return "".join((*pieces, text[at:])).strip()


class _Edit:
    """One way to change a line: `verbatim` keeps how a number is written around its digits,
    `brackets` puts where it stands today behind the rest."""

    def __init__(
        self, line: KeyResultLine, known: Parts, wanted: Parts, verbatim: bool, brackets: bool
    ) -> None:
        self.line, self.known, self.wanted = line, known, wanted
        self.verbatim, self.brackets = verbatim, brackets
        self.spans = line.reading.parts
        closing = deadline(line)
        self.stop = closing[0] if closing else end(line.text)

    def swaps(self) -> list[Swap] | None:
        """Return the changes from left to right; None where they can't be made one by one."""
        found: list[Swap] = []
        for change in (self._metric, self._numbers, self._bound, self._deadline):
            some = change()
            if some is None:
                return None
            found += some
        return found

    def _metric(self) -> list[Swap] | None:
        if not self.wanted.metric or upper_first(self.wanted.metric) == upper_first(
            self.known.metric
        ):
            return []
        span = self.spans.get("metric")
        if span is None:
            return None
        put = self.wanted.metric
        return [(span.start, span.end, _opening(put) if span.start == 0 else put)]

    def _numbers(self) -> list[Swap] | None:
        found: list[Swap] = []
        fresh = []
        for name in ("baseline", "target"):
            was, now = getattr(self.known, name), getattr(self.wanted, name)
            if now is None and was is not None:
                return None
            if was is None and now is not None:
                fresh.append(name)
            elif now is not None and (was, self.known.unit) != (now, self.wanted.unit):
                span = self.spans.get(name)
                if span is None:
                    return None
                found.append((span.start, span.end, self._number(now, span)))
        return [*found, *self._added(fresh)]

    def _number(self, value: float, span: Span) -> str:
        """Return a number for the place of another, with the words around its digits if it can."""
        stood = self.line.text[span.start : span.end]
        same = self.known.unit == self.wanted.unit
        if self.verbatim and same and len(_DIGITS.findall(stood)) == 1:
            return _DIGITS.sub(_numeral(value), stood)
        return spoken(value, self.wanted.unit)

    def _added(self, fresh: list[str]) -> list[Swap]:
        """Return where numbers go that the line hasn't got yet."""
        said = {name: spoken(getattr(self.wanted, name), self.wanted.unit) for name in fresh}
        if self.wanted.bound and not self.known.bound and "target" in said:
            said["target"] = f"{self.wanted.bound} {said['target']}"
        match fresh:
            case ["baseline", "target"]:
                step = f" from {said['baseline']} to {said['target']}"
                if (change := self.spans.get("change")) and self.known.change is not None:
                    by = _BY.search(self.line.folded[: change.start])
                    return [(by.start() if by else change.start, change.end, step.lstrip())]
                return [(self.stop, self.stop, step if self.verbatim else f":{step}")]
            case ["target"] if "baseline" in self.spans:
                brackets = _BRACKETS.search(self.line.folded[: self.spans["baseline"].start])
                at = brackets.start() if brackets else self.spans["baseline"].end
                return [(at, at, f" to {said['target']}")]
            case ["target"]:
                return [(self.stop, self.stop, f": {said['target']}")]
            case ["baseline"]:
                return [self._today(said["baseline"])]
            case _:
                return []

    def _today(self, said: str) -> Swap:
        target = self.spans.get("target")
        if target is None or self.brackets:
            return self.stop, self.stop, f" (today {said})"
        start = number_start(self.line, target)
        if to := _TO.search(self.line.folded[:start]):
            return to.start(), to.start(), f"from {said} "
        return start, start, f"from {said} to "

    def _bound(self) -> list[Swap]:
        was, now = self.known.bound, self.wanted.bound
        span, target = self.spans.get("bound"), self.spans.get("target")
        if was == now or target is None:
            return []
        if span is None:
            return [(target.start, target.start, f"{now} ")] if now else []
        return [(span.start, span.end if now else target.start, now or "")]

    def _deadline(self) -> list[Swap]:
        was, now = self.known.deadline, self.wanted.deadline
        span = self.spans.get("deadline")
        if was == now:
            return []
        if span is None:
            stop = end(self.line.text)
            return [(stop, stop, f" by {_day(now)}")] if now else []
        if now is None:
            closing = deadline(self.line)
            return [(*closing, "")] if closing else [(span.start, span.end, "")]
        article = 4 * self.line.folded.endswith(" the ", 0, span.start)
        return [(span.start - article, span.end, _day(now))]


_DIGITS = re.compile(r"[-\u2212]?\d[\d.,'’]*")
_BRACKETS = re.compile(r" *\([^()]*$")
_BY = re.compile(r"\bby +$")
_TO = re.compile(r"\bto +$")
