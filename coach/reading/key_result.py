"""A key result's sentence to its reading: what is measured, from where, to where, by when."""

import re
from typing import Literal, NamedTuple

from coach.assessment import Direction, Kind, Reading
from coach.okr import Span
from coach.reading.text import fold, words
from coach.reading.verbs import leading_verb

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


_FROM_TO = re.compile(r"(\d+(?:\.\d+)?) ?(%?) ?(?:to|→|->) ?(\d+(?:\.\d+)?) ?(%?)")


def read_key_result(
    text: str, line: str = "kr1", cycle: str | None = None
) -> tuple[Reading, tuple[Quantity, ...]]:
    """Read one key result (tidy text), deadlines resolved against `cycle` where it is given."""
    folded = fold(text)
    verb = leading_verb(words(folded))
    found = _FROM_TO.search(folded)
    if found is None:
        kind: Kind = "activity" if verb and verb.kind == "effort" else "milestone"
        return Reading(line=line, kind=kind), ()
    baseline, target = float(found[1]), float(found[3])
    unit = "%" if found[2] or found[4] else "count"
    direction: Direction = "up" if target > baseline else "down"
    quantities = (
        Quantity(baseline, unit, "baseline", *found.span(1)),
        Quantity(target, unit, "target", *found.span(3)),
    )
    parts: dict[str, Span] = {q.role: Span(q.start, q.end) for q in quantities}
    reading = Reading(
        line=line, kind="metric", direction=direction, metric=text[: found.start()].strip(" :"),
        baseline=baseline, target=target, unit=unit, parts=parts,
    )  # fmt: skip
    return reading, quantities
