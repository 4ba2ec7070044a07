"""Batches: many drafts that were handed in together, each in a row of its own.

What is here is what everybody says of them: the store keeps these structs, the API sends them and
pages are drawn from them. A row is scored once, whoever works on it and whatever ends meanwhile.
"""

from typing import Literal

import msgspec

from coach.errors import Problem
from coach.okr import Draft

# ready: read, and waiting for somebody to say so; the rest says itself.
BatchState = Literal["ready", "running", "paused", "cancelled", "done"]
# invalid: not a draft, and never scored; waiting and running: still to come.
RowState = Literal["invalid", "waiting", "running", "done", "failed", "cancelled"]
Move = Literal["start", "pause", "resume", "cancel", "retry"]

ROWS_LIMIT = 10_000
BYTES_LIMIT = 20_000_000
NOTE_LIMIT = 2_000
# How often scoring a row may break before it is left alone, and how often the worker that holds it
# may end: that is the row's fault more seldom.
ATTEMPTS = 3
LOSSES = 10


class Counts(msgspec.Struct, frozen=True):
    """How many rows are in which state."""

    invalid: int = 0
    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def rows(self) -> int:
        """All of them."""
        return self.drafts + self.invalid

    @property
    def drafts(self) -> int:
        """Those that are drafts."""
        return self.ahead + self.done + self.failed + self.cancelled

    @property
    def ahead(self) -> int:
        """Those that are still to come to an end."""
        return self.waiting + self.running


class Batch(msgspec.Struct, frozen=True):
    """A batch and how far it is.

    `headings` are those of the sheet that it came from, if it was one, and `columns` what each
    was read as: the name of a field, "" where it was left out. `notes` say how it was read.
    `different` counts the drafts that are scored: equal ones are scored once. `model` tells
    whether a language model may be asked. While it runs, `rate` tells how many drafts a second it
    got through since it last began to, and `seconds_left` what that comes to.
    """

    id: str
    name: str
    state: BatchState
    created_at: str
    counts: Counts
    different: int
    rate: float | None = None
    seconds_left: int | None = None
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    model: bool = True
    started_at: str | None = None
    ended_at: str | None = None


class SheetRow(msgspec.Struct, frozen=True, array_like=True):
    """The cells of one row of a sheet, and the line it stands on (from 1)."""

    line: int
    cells: tuple[str, ...]


class ReadRow(msgspec.Struct, frozen=True):
    """A row as it came in: a draft, or the problems that keep it from being one.

    `id` is the one it came with ("" for none), `place` where it stood, `cells` the rows of the
    sheet that it was read from.
    """

    place: str
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()
    id: str = ""
    note: str = ""
    cells: tuple[SheetRow, ...] = ()


class Outline(msgspec.Struct, frozen=True):
    """What tables of rows are sorted and filtered by: values, and criteria, gravest first."""

    overall: int | None
    clarity: int | None
    ambition: int | None
    measurability: int | None
    purpose: int | None
    criteria: tuple[str, ...] = ()


class BatchRow(msgspec.Struct, frozen=True):
    """A row and what became of it.

    `number` counts from 1 in the order of the batch; `id` stays the same when results are
    exported and handed in again. `same_as` is the number of the first row with an equal draft.
    `assessment` is the id of what was said about it, and `outline` the short of that.
    """

    number: int
    id: str
    place: str
    state: RowState
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()
    same_as: int | None = None
    attempts: int = 0
    assessment: str | None = None
    outline: Outline | None = None
    note: str = ""
    cells: tuple[SheetRow, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A row that a worker has taken. It holds until its lease ends or somebody else takes it."""

    batch: str
    number: int
    sends: int
    draft: str  # JSON, as it is kept
    model: bool


class Scored(msgspec.Struct, frozen=True, tag="scored"):
    """An assessment as it is kept: its JSON, and the short of it."""

    id: str
    created_at: str
    profile: str
    rubrics: str
    document: str
    outline: Outline


class Done(msgspec.Struct, frozen=True):
    """What came of a claim."""

    claim: Claim
    scored: Scored
