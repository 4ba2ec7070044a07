"""The fields for a key result's parts: what was read from its sentence, shown to be put right.

What is typed there is written into the sentence, and the sentence is what is kept. A form carries
along what its fields showed, so that only what its author changed there counts.
"""

import msgspec
from msgspec.structs import replace

from coach.okr import KeyResult
from coach.rewriting.compose import Parts, day_of, read_parts, revised, spoken, value_of
from coach.view import day


class PartFields(msgspec.Struct, frozen=True):
    """The parts of one key result as texts to edit, "" where there is none."""

    metric: str = ""
    baseline: str = ""
    target: str = ""
    unit: str = ""
    bound: str = ""
    deadline: str = ""

    @property
    def said(self) -> str:
        """All of them in one text, to tell by later what was changed."""
        return "\n".join(getattr(self, name) for name in self.__struct_fields__)


def part_fields(kr: KeyResult, cycle: str | None) -> PartFields:
    """Return what was read from a key result, for its author to put right."""
    parts = read_parts(kr, cycle)
    unit, size = _unit(parts)
    return PartFields(
        parts.metric,
        _number(parts.baseline, parts.unit, size),
        _number(parts.target, parts.unit, size),
        unit,
        parts.bound or "" if parts.target is not None else "",
        day(parts.deadline).replace("\u00a0", " ") if parts.deadline else "",
    )


def put_right(kr: KeyResult, typed: PartFields, showed: str, cycle: str | None) -> KeyResult:
    """Return a key result whose sentence says what was changed in its fields since they `showed`.

    What can't be understood there changes nothing.
    """
    were = PartFields(*[*showed.split("\n"), *[""] * 6][:6])
    changed = {
        name for name in typed.__struct_fields__ if getattr(typed, name) != getattr(were, name)
    }
    if not changed:
        return kr
    known = read_parts(kr, cycle)
    wanted = replace(
        known,
        metric=typed.metric if "metric" in changed else known.metric,
        deadline=_day(typed.deadline, known, cycle) if "deadline" in changed else known.deadline,
    )
    if changed & {"baseline", "target", "unit"}:
        wanted = _with_numbers(wanted, typed, changed)
    if "bound" in changed and typed.bound in (*_BOUNDS, ""):
        wanted = replace(wanted, bound=_BOUNDS.get(typed.bound))
    return replace(kr, text=revised(kr.text, wanted, cycle))


_BOUNDS = {"at least": "at least", "at most": "at most", "about": "about"}


def _with_numbers(parts: Parts, typed: PartFields, changed: set[str]) -> Parts:
    """Return parts with the numbers that are typed, in the unit that they, or its field, name."""
    found: dict[str, float | None] = {}
    unit = None if "unit" in changed else parts.unit
    for name in ("baseline", "target"):
        text = getattr(typed, name)
        if not changed & {name, "unit"}:
            found[name] = getattr(parts, name)
        elif not text:
            found[name] = None
        elif number := value_of(text, typed.unit):
            found[name], own = number
            unit = own or unit
        else:
            return parts
    if found["target"] is not None:
        parts = replace(parts, change=None)
        if parts.upper is not None and found["target"] >= parts.upper:
            parts = replace(parts, upper=None)
    if all(value is None for value in found.values()):
        return replace(parts, **found, unit=None, bound=None, upper=None)
    return replace(parts, **found, unit=unit or "count")


def _day(text: str, known: Parts, cycle: str | None) -> str | None:
    if not text:
        return None
    return day_of(text.removeprefix("by "), cycle) or known.deadline


# ── how numbers are shown ─────────────────────────────────────────────────────────────────────

_LARGER = {"ms": ("seconds", 1000), "minutes": ("hours", 60)}


def _unit(parts: Parts) -> tuple[str, int]:
    """Return the word for the unit of the numbers, and how many of the unit one of it holds."""
    unit = parts.unit or "count"
    if unit in ("count", "ratio"):
        return "", 1
    larger, size = _LARGER.get(unit, (unit, 1))
    values = [value for value in (parts.baseline, parts.target) if value]
    if size > 1 and values and all(value >= size and value % (size / 4) == 0 for value in values):
        return larger, size
    return unit, 1


def _number(value: float | None, unit: str | None, size: int) -> str:
    if value is None:
        return ""
    return spoken(value, unit) if unit == "ratio" else spoken(value / size)
