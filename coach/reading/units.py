"""The unit that the numbers of a key result share, and their values in it."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from coach.reading.cues import Sentence
from coach.reading.numbers import DAY, Amount

_MILLION = 1e6
_SIZE = {"ms": 1.0, "minutes": 6e4, "days": DAY}
_OWN_UNITS = frozenset(("%", "points", "ratio", "ms", "minutes", "days", "count"))
_MARKS = re.compile(
    r"\b(?:e?nps|net promoter score|ratings?|scores?|csat|satisfaction|stars|grade point)\b"
)
# What is given in per cent even where the sign is left out: "uptime from 99.9 to 99.95".
_PERCENTAGE = re.compile(r"\b(?:uptime|availability|crash-free|percentage)\b")
_COUNTED_TIME = re.compile(
    r"(?:(?:median|average|avg|mean|typical|number of|total|working|meeting) ){0,2}"
    r"(seconds|minutes|mins|hours|days|weeks)\b"
)
_COUNTED = {"s": 1e3, "m": 6e4, "h": 3.6e6, "d": DAY, "w": 7 * DAY}
_DURATION = re.compile(
    r"\b(?:wait|waits|waiting|on hold|duration|delay|handling|speed|call time)\b"
)


def share(one: Amount, other: Amount, *, earlier: bool) -> Amount:
    """Return an amount without unit in the unit, and magnitude, of the one it is paired with.

    Beside a time "5m" is minutes. Magnitudes carry over to an `earlier` number only: "from 5 to
    10 million", not "€5m → 3".
    """
    if one.unit is not None:
        return one
    if other.unit == "time" and one.size == _MILLION:
        return replace(one, value=one.value / _MILLION * 6e4, unit="time", size=6e4)
    if one.shape == "clock":
        return replace(one, value=one.value * other.size, unit="time") if _clocks(other) else one
    if (
        other.unit == "ratio"
        and other.size > 1
        and one.shape == "number"
        and one.value.is_integer()
    ):
        # "40 → 65 of 160": both are of the same whole.
        whole = other.size
        return (
            replace(one, value=one.value / whole, unit="ratio", size=whole)
            if one.value <= whole
            else one
        )
    smaller = one.size == 1.0 and 0 < one.value <= 10 * other.value / other.size
    if other.unit == "time":
        return replace(one, value=one.value * other.size, unit="time", size=other.size)
    factor = other.size if earlier and other.unit != "ratio" and other.size > 1 and smaller else 1.0
    unit = None if other.unit in ("ratio", "x") else other.unit
    return replace(one, value=one.value * factor, unit=unit)


def _clocks(other: Amount) -> bool:
    return other.unit == "time" and other.size in (1e3, 6e4)


def read_values(
    sentence: Sentence, amounts: Mapping[str, Amount]
) -> tuple[dict[str, float], str | None]:
    """Return the values by part ("baseline", "target" …) in one unit, and that unit."""
    if not amounts:
        return {}, None
    leading = amounts.get("target") or amounts.get("change") or amounts["baseline"]
    values = {part: amount.value for part, amount in amounts.items()}
    unit = leading.unit
    if leading.shape == "clock" and unit is None:
        size = 1e3 if _DURATION.search(sentence.folded) else 6e4
        return in_time({part: value * size for part, value in values.items()})
    if unit is None:
        size = _counted_time(sentence, leading)
        if size and all(amount.unit is None for amount in amounts.values()):
            return in_time({part: value * size for part, value in values.items()})
        if all(90 <= v <= 100 for v in values.values()) and _PERCENTAGE.search(sentence.folded):
            return values, "%"
        return values, "points" if _MARKS.search(sentence.folded) else "count"
    values = {part: _own_value(amount) for part, amount in amounts.items()}
    if unit == "time":
        times = {part: amount.value for part, amount in amounts.items() if amount.unit == "time"}
        shown, unit = in_time(times)
        return {**values, **shown}, unit
    if unit == "ratio" and _are_marks(sentence, amounts):
        return {part: _rounded(a.value * a.size) for part, a in amounts.items()}, "points"
    if unit == "x":
        return values, "ratio"
    return values, unit if unit in _OWN_UNITS or unit.isupper() else "count"


def _are_marks(sentence: Sentence, amounts: Mapping[str, Amount]) -> bool:
    """Say whether "4 of 5" is a mark on a scale here, not a share."""
    scaled = all(a.unit == "ratio" and a.size in (5.0, 10.0) for a in amounts.values())
    return scaled and _MARKS.search(sentence.folded) is not None


def _own_value(amount: Amount) -> float:
    """Return a value beside others in another unit: a time in the unit that it is said in."""
    return _rounded(amount.value / amount.size) if amount.unit == "time" else amount.value


def _counted_time(sentence: Sentence, amount: Amount) -> float:
    """Return the size of the unit where the metric counts time ("Median days until …: 47")."""
    found = _COUNTED_TIME.match(sentence.folded)
    if found is None or found.end() > amount.start:
        return 0.0
    return _COUNTED[found[1][0]]


def in_time(values: Mapping[str, float]) -> tuple[dict[str, float], str]:
    """Return times given in ms in ms if all are under a minute, minutes under a day, else days."""
    longest = max(map(abs, values.values()), default=0.0)
    unit = "ms" if longest < 6e4 else "minutes" if longest < DAY else "days"
    return {part: _rounded(value / _SIZE[unit]) for part, value in values.items()}, unit


def in_unit(value: float, unit: str) -> float:
    """Return a time given in ms in another unit of time."""
    return _rounded(value / _SIZE[unit])


def _rounded(value: float) -> float:
    return round(value, 9)
