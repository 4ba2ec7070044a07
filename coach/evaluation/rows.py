"""What people labelled, one row each, and how a file of them is read.

`docs/evaluation.md` describes the forms for those who write them.
"""

import tomllib
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from coach.assessment import Bound, Direction, Kind
from coach.errors import BadInput, Problem
from coach.okr import Context


class Side(msgspec.Struct, frozen=True):
    """The text of a labelled draft."""

    objective: str
    key_results: tuple[str, ...] = ()


class Flaw(msgspec.Struct, frozen=True):
    """A label: the criterion that a fair coach would raise, and the line that has it."""

    flaw: str
    line: str = "set"
    quote: str | None = None


class Pair(msgspec.Struct, frozen=True, tag="pair"):
    """Two drafts of one aim; `flaws` are the weak one's."""

    weak: Side
    strong: Side
    dimension: str = "mixed"
    flaws: tuple[Flaw, ...] = ()
    context: Context = Context()
    id: str = ""


class Single(msgspec.Struct, frozen=True, tag="single"):
    """One draft, good or bad."""

    objective: str
    label: Literal["good", "bad"]
    key_results: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    context: Context = Context()
    id: str = ""


class LinePair(msgspec.Struct, frozen=True):
    """Two wordings of one line."""

    level: Literal["objective", "kr"]
    weak: str
    strong: str
    kind: str = "original"


class Sentence(msgspec.Struct, frozen=True, tag="reading", forbid_unknown_fields=True):
    """A key result and what it says, in the terms of `coach.assessment.Reading`.

    Of the numbers, bound, per and deadline, what isn't stated is expected to be absent; metric,
    direction, unit and notes are compared where stated. `says` quotes the words of a part, `roles`
    gives the role of a number by its words. An empty `cycle` is none.
    """

    text: str
    kind: Kind = "metric"
    baseline: float | None = None
    target: float | None = None
    change: float | None = None
    upper: float | None = None
    bound: Bound | None = None
    per: str | None = None
    deadline: str | None = None
    metric: str | UnsetType | None = UNSET
    direction: Direction | UnsetType | None = UNSET
    unit: str | UnsetType | None = UNSET
    notes: tuple[str, ...] | UnsetType = UNSET
    says: dict[str, str] = {}
    roles: dict[str, str] = {}
    cycle: str = "2027-Q1"


class Goal(msgspec.Struct, frozen=True, tag="goal"):
    """A goal that a person called measurable, or not."""

    text: str
    measurable: bool
    id: str = ""


Row = Pair | Single | LinePair | Sentence | Goal


def read_rows(lines: Iterable[bytes], name: str) -> Iterator[Row]:
    """Yield the rows of a file: JSON Lines, or tables of readings where its name ends in .toml.

    Raises BadInput, with the place, for what has none of the forms.
    """
    if name.lower().endswith(".toml"):
        yield from _read_tables(b"".join(lines), name)
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read(line, f"{name}, line {number}")


_decode = msgspec.json.Decoder(Pair | Single | Sentence | Goal).decode
_decode_lines = msgspec.json.Decoder(LinePair).decode


def _read(line: bytes, place: str) -> Row:
    try:
        return _decode_lines(line) if b'"level"' in line else _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(Problem(place, f"is no labelled row: {error}")) from error


def _read_tables(content: bytes, name: str) -> Iterator[Sentence]:
    try:
        tables = tomllib.loads(content.decode())
        themes = msgspec.convert(tables, dict[str, tuple[Sentence, ...]])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadInput(Problem(name, f"holds no readings: {error}")) from error
    for sentences in themes.values():
        yield from sentences
