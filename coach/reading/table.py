"""Rows under named columns to drafts: one draft a row, or one key result a row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

import msgspec

from coach.errors import BadInput, Problem
from coach.okr import Context, Draft, DraftType, KeyResult
from coach.reading.found import Found, found
from coach.reading.labels import Column, draft_type, read_column, read_label
from coach.reading.lines import read_lines

COLUMNS_LIMIT = 200
_CONTEXT = Context.__struct_fields__
# What belongs to a key result, so that it can be told only where each has a row of its own.
_OF_KEY_RESULT = ("source", "baseline", "target", "deadline")


class Row(NamedTuple):
    """The cells of a row, and the first and last line of the text that it stands on."""

    first: int
    last: int
    cells: Sequence[str]


class Table:
    """The columns of a table, as their headings name them.

    `known` is how many mean something here, `unknown` the headings of those left out.
    """

    def __init__(self, headings: Sequence[str]) -> None:
        self.columns = tuple(read_column(heading) for heading in headings[:COLUMNS_LIMIT])
        self.width = len(headings)
        named = [column for column in self.columns if column]
        key_results = [column for column in named if column.field == "key_result"]
        self.has_objective = any(column.field == "objective" for column in named)
        self.has_key_result = bool(key_results)
        self.known = len(named)
        self.one_each = len(key_results) == 1 and not key_results[0].number
        if not self.one_each:
            self.columns = tuple(
                None if column and column.field in _OF_KEY_RESULT else column
                for column in self.columns
            )
        self.unknown = tuple(
            heading.strip()
            for heading, column in zip(headings, self.columns, strict=False)
            if column is None and heading.strip()
        )

    def drafts(self, rows: Iterable[Row | Found]) -> Iterator[Found]:
        """Yield the drafts that the rows hold, in order, one group of rows held at a time.

        A row without an objective goes on with the one above; so does a row with the same one,
        where there is one key result a row. A row that could not be read passes through.
        """
        group: _Group | None = None
        for row in rows:
            read = row if isinstance(row, Found) else self.entry(row)
            if read is None:
                continue
            if group and isinstance(read, Entry) and group.takes(read, one_each=self.one_each):
                group.entries.append(read)
                continue
            if group:
                yield group.found()
            group = _Group([read]) if isinstance(read, Entry) else None
            if isinstance(read, Found):
                yield read
        if group:
            yield group.found()

    def entry(self, row: Row) -> "Entry | Found | None":
        """Return what a row says, None where it is blank, or why it can't be told."""
        if any(cell.strip() for cell in row.cells[self.width :]):
            said = (
                f"{len(row.cells)} cells, under {self.width} headings; quote a cell with separators"
            )
            return Found(row.first, row.last, BadInput(Problem(f"line {row.first}", said)))
        entry = Entry(row.first, row.last)
        for column, cell in zip(self.columns, row.cells, strict=False):
            said = cell.strip()
            if column is None or not said:
                continue
            if column.field == "objective":
                label = read_label(said)
                named = label and label.field == "objective" and label.words
                entry.objective = label.words if label and named else said
            elif column.field == "key_result":
                entry.key_results += _key_results(said, column)
            else:
                entry.said[column.field] = said
        return entry if entry.objective or entry.key_results or entry.said else None


@dataclass
class Entry:
    """What one row says: an objective, key results, and fields by name."""

    first: int
    last: int
    objective: str = ""
    key_results: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def key_result(self, *, owned: bool) -> str | KeyResult:
        """Return the row's one key result with what the row says about it."""
        text = stated(self.key_results[0], self.said)
        owner = self.said.get("owner") if owned else None
        source = self.said.get("source")
        return KeyResult(text, owner, source) if owner or source else text


@dataclass
class _Group:
    """The rows of one draft."""

    entries: list[Entry]

    def takes(self, entry: Entry, *, one_each: bool) -> bool:
        first = self.entries[0]
        if not entry.objective:
            return bool(entry.key_results)
        single = one_each and len(entry.key_results) == 1 and len(first.key_results) == 1
        return single and entry.objective == first.objective

    def found(self) -> Found:
        first, last = self.entries[0], self.entries[-1]
        owners = {entry.said.get("owner") for entry in self.entries}
        key_results: list[str | KeyResult] = []
        places: dict[str, int] = {}
        for entry in self.entries:
            places |= {
                f"/key_results/{len(key_results) + at}": entry.first
                for at in range(len(entry.key_results))
            }
            if len(entry.key_results) == 1:
                key_results.append(entry.key_result(owned=len(owners) > 1))
            else:
                key_results += entry.key_results
        said = {name: first.said[name] for name in _CONTEXT if name in first.said}
        if len(owners) > 1:
            said.pop("owner", None)
        context, problems = context_of(said, dict.fromkeys(said, first.first))
        draft = Draft(first.objective, tuple(key_results), context)
        return found(draft, places, first=first.first, last=last.last, problems=problems)


def context_of(said: dict[str, str], places: dict[str, int]) -> tuple[Context, tuple[Problem, ...]]:
    """Return the context that was said, and what in it can't be read; `places` are its lines."""
    if "type" not in said:
        return msgspec.convert(said, Context), ()
    word = said["type"]
    kind = draft_type(word) or draft_type(re.split(r"[\s(,/]", word, maxsplit=1)[0])
    context = msgspec.convert({**said, "type": kind}, Context)
    if kind is not None:
        return context, ()
    known = ", ".join(get_args(DraftType))
    return context, (
        Problem(f"line {places['type']}", f"“{word[:40]}” is no type; there are: {known}"),
    )


def stated(text: str, said: dict[str, str]) -> str:
    """Return a key result with the baseline, target and deadline that stand beside it."""
    baseline, target, deadline = (said.get(name, "") for name in ("baseline", "target", "deadline"))
    if target and not _holds(text, target):
        from_there = f" from {baseline}" if baseline and not _holds(text, baseline) else ""
        text = f"{text}{from_there} to {target}"
    elif baseline and not _holds(text, baseline):
        text = f"{text} (baseline {baseline})"
    return f"{text} by {deadline}" if deadline and not _holds(text, deadline) else text


def _holds(text: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text) is not None


def _key_results(cell: str, column: Column) -> list[str]:
    if "\n" in cell or "\r" in cell:
        return [line.words for line in read_lines(cell) if line.words]
    if column.plural and (" | " in cell or "; " in cell):
        return [part.strip() for part in re.split(r" \| |; ", cell) if part.strip()]
    label = read_label(cell)
    return [label.words if label and label.field == "key_result" and label.words else cell]
