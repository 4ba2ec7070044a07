"""A file, or what was pasted from a spreadsheet, to the rows of a batch.

Sheets keep their cells, so that columns can be matched anew by hand and results go back beside
what came in. What can't be read as a draft is a row as well, with the reason.
"""

import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

import msgspec

from coach.batch import NOTE_LIMIT, ROWS_LIMIT, ReadRow, SheetRow
from coach.batch.workbook import is_zip, read_workbook
from coach.errors import BadInput, Problem, TooLarge
from coach.intake import (
    BY_SUFFIX,
    ROW_LIMIT,
    CsvRows,
    Format,
    Intake,
    Item,
    cells_of,
    separator_of,
)
from coach.reading.found import Found
from coach.reading.labels import Column, read_column
from coach.reading.table import COLUMNS_LIMIT, Row, Table

ID, NOTE = "id", "review note"
# What results are written under. It is known again, and nobody's draft.
RESULTS = (
    "state", "overall score", "clarity score", "ambition score", "measurability score",
    "purpose score", "findings", "coach notes", "assessment",
)  # fmt: skip
_HEADINGS_LOOKED_AT = 6
_PLACE = re.compile(r"line (\d+)")
_ID = re.compile(r"[\w.:/ -]{1,80}")


class Read(msgspec.Struct, frozen=True):
    """What was read: rows, and for a sheet its headings and what each column was read as."""

    rows: tuple[ReadRow, ...]
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True):
    """Rows of cells under headings, to be read anew with other columns."""

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()


def read(data: bytes, name: str, form: Format | None = None) -> Read:
    """Return the rows of a file, of which `form` is told, or by its name or content found out.

    Raises BadInput where nothing of it can be read, and TooLarge over `ROWS_LIMIT` drafts.
    """
    if is_zip(data):
        rows = read_workbook(data)
        at = _headings_at([row.cells for row in rows[:_HEADINGS_LOOKED_AT]])
        return _of_sheet(rows[at].cells, rows[at + 1 :], None, (), "row")
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_OLD_OFFICE):
        raise BadInput(Problem("", _OLD))
    if suffix in (".xlsx", ".xlsm"):
        raise BadInput(Problem("", "it is named as a workbook and is none; save it anew as .xlsx"))
    form = form or BY_SUFFIX.get(suffix)
    if form is None and _is_pasted_sheet(data):
        form = "csv"
    intake = Intake(io.BytesIO(data), "", form, ids=True)
    if intake.form == "csv":
        return _delimited(intake)
    found = _bounded(_of_item(item, number) for number, item in enumerate(intake, 1))
    return Read(tuple(found), notes=tuple(map(_bare, intake.notes)))


_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OLD = "this is an old Excel file, or one with a password; save it as .xlsx without a password"


def reread(sheet: Sheet, columns: Sequence[str]) -> Read:
    """Return a sheet's rows with each column read as told: a field's name, or "" to leave it."""
    rows = [Row(row.line, row.line, row.cells) for row in sheet.rows]
    return _of_sheet(sheet.headings, rows, columns, sheet.notes, "row")


def fields() -> Mapping[str, str]:
    """Return what a column can be read as, by name, with the words for it."""
    return _FIELDS


_FIELDS = {
    "objective": "Objective",
    "key_result": "Key result (one a row)",
    "krs": "Key results (several in a cell)",
    **{f"kr{number}": f"Key result {number}" for number in range(1, 11)},
    "why": "Why",
    "team": "Team",
    "owner": "Owner",
    "cycle": "Cycle",
    "type": "Type",
    "parent": "Parent objective",
    "priority": "Priority",
    "purpose": "Purpose of the organisation",
    "baseline": "Baseline of the key result",
    "target": "Target of the key result",
    "deadline": "Deadline of the key result",
    "source": "Source of the key result",
    "id": "Id of the row",
    "note": "Review note",
}


# --- sheets -----------------------------------------------------------------------------------


def _delimited(intake: Intake) -> Read:
    lines = [*intake.lines(ROW_LIMIT)]
    filled = [at for at, (_, line) in enumerate(lines) if line and line.strip()]
    if not filled:
        raise BadInput(Problem("", "there is nothing in it"))
    first = filled[:_HEADINGS_LOOKED_AT]
    heads = [str(lines[at][1]) for at in first]
    at = first[_headings_at([cells_of(head, separator_of(head)) for head in heads])]
    rows = CsvRows(iter(lines[at:]))
    rows.separator = separator_of(str(lines[at][1]))
    iterated = iter(rows)
    headings = next(iterated)
    if not isinstance(headings, Row):
        raise BadInput(Problem(f"line {headings.first}", "the headings can't be read as a row"))
    notes = [_bare(note) for note in intake.notes]
    if rows.separator != ",":
        named = "tabs" if rows.separator == "\t" else f"“{rows.separator}”"
        notes.append(f"columns are separated by {named}")
    return _of_sheet(headings.cells, iterated, None, notes, "line")


def _is_pasted_sheet(data: bytes) -> bool:
    """Tell what was copied from a spreadsheet: tabs between cells, in the first lines."""
    first = [line for line in data[:20_000].splitlines() if line.strip()][:2]
    return bool(first) and all(b"\t" in line.strip() for line in first)


def _headings_at(rows: Sequence[Sequence[str]]) -> int:
    """Return which row holds the headings: the one that names an objective, else the first."""
    named = (at for at, cells in enumerate(rows) if Table(cells).has_objective)
    return next(named, 0)


def _of_sheet(
    headings: Sequence[str],
    rows: Iterable[Row | Found],
    told: Sequence[str] | None,
    notes: Sequence[str],
    unit: str,
) -> Read:
    headings = [heading.strip()[:200] for heading in headings[:COLUMNS_LIMIT]]
    if told is None:
        columns = _matched(headings)
    else:
        columns = [name if name in _FIELDS else "" for name in told[: len(headings)]]
        columns += [""] * (len(headings) - len(columns))
    named = ["" if name in ("id", "note") else name for name in columns]
    table = Table(named)
    # What belongs to a key result has no place where a draft has several in its row.
    for at, column in enumerate(table.columns):
        if column is None and columns[at] not in ("id", "note"):
            columns[at] = ""
    said = [*notes]
    left = [head for head, name in zip(headings, columns, strict=True) if head and not name]
    left = [head for head in left if head.lower() not in RESULTS]
    if left:
        said.append(f"columns left out: {', '.join(left)[:300]}")
    rows = map(_unquoted, rows)
    if table.has_objective:
        read = _drafts(table, rows, columns, unit)
    else:
        read = (_without_objective(row, unit) for row in rows)
    return Read(tuple(_bounded(read)), tuple(headings), tuple(columns), tuple(said))


def _unquoted(row: Row | Found) -> Row | Found:
    """Return a row without the sign that keeps a spreadsheet from taking a text for a formula."""
    if isinstance(row, Found) or not any(cell.startswith("'") for cell in row.cells):
        return row
    return row._replace(cells=[_QUOTED.sub("", cell, count=1) for cell in row.cells])


_QUOTED = re.compile(r"\A'(?= *[=+\-@\t\r\n＝＋－＠])")


def _matched(headings: Sequence[str]) -> list[str]:
    """Return what each column stands for by its heading; "" is left out."""
    columns = []
    for heading in headings:
        name = heading.lower()
        if name in RESULTS:
            columns.append("")
        elif name in (ID, NOTE):
            columns.append("id" if name == ID else "note")
        else:
            columns.append(_named(read_column(heading)))
    one = [at for at, told in enumerate(columns) if told in ("key_result", "krs")]
    several = any(told.startswith("kr") and told != "krs" for told in columns)
    if len(one) > 1 or (one and several):
        taken = {told for told in columns if told not in ("key_result", "krs")}
        free = (name for name in _FIELDS if re.fullmatch(r"kr\d+", name) and name not in taken)
        for at in one:
            columns[at] = columns[at] if columns[at] == "krs" else next(free, "")
    return columns


def _named(column: Column | None) -> str:
    if column is None:
        return ""
    if column.field != "key_result":
        return column.field if column.field in _FIELDS else ""
    if column.number:
        return f"kr{column.number}" if f"kr{column.number}" in _FIELDS else ""
    return "krs" if column.plural else "key_result"


def _drafts(
    table: Table, rows: Iterable[Row | Found], columns: Sequence[str], unit: str
) -> Iterator[ReadRow]:
    """Yield the drafts of a table, each with the rows that it was read from."""
    seen: deque[Row] = deque()

    def noted() -> Iterator[Row | Found]:
        for row in rows:
            if isinstance(row, Row):
                seen.append(row)
            yield row

    for found in table.drafts(noted()):
        mine: list[Row] = []
        while seen and seen[0].first <= found.last:
            row = seen.popleft()
            if row.first >= found.first and any(cell.strip() for cell in row.cells):
                mine.append(row)
        first = mine[0].cells if mine else ()
        yield _row(
            _place(found, unit),
            found.draft,
            id=_cell(first, columns, "id"),
            note=_cell(first, columns, "note"),
            cells=tuple(SheetRow(row.first, tuple(row.cells)) for row in mine),
            unit=unit,
        )


def _without_objective(row: Row | Found, unit: str) -> ReadRow:
    if isinstance(row, Found):
        return _row(_place(row, unit), row.draft, unit=unit)
    cells = (SheetRow(row.first, tuple(row.cells)),)
    return ReadRow(f"{unit} {row.first}", problems=(_NO_OBJECTIVE,), cells=cells)


_NO_OBJECTIVE = Problem("", "no column says which is the objective; choose it among the columns")


def _cell(cells: Sequence[str], columns: Sequence[str], name: str) -> str:
    """Return what the first row of a draft has in the column of that name."""
    told = (cell.strip() for cell, column in zip(cells, columns, strict=False) if column == name)
    return next(told, "")


def _place(found: Found, unit: str) -> str:
    one = found.first == found.last
    return f"{unit} {found.first}" if one else f"{unit}s {found.first}–{found.last}"


# --- rows -------------------------------------------------------------------------------------


def _of_item(item: Item, number: int) -> ReadRow:
    place = _bare(item.place).lstrip(":, ")
    place = f"line {place}" if place.isdigit() else place or f"draft {number}"
    return _row(place, item.draft, id=item.id, note=item.note)


def _row(
    place: str,
    draft: object,
    *,
    id: str = "",
    note: str = "",
    cells: tuple[SheetRow, ...] = (),
    unit: str = "line",
) -> ReadRow:
    kept = id if _ID.fullmatch(id) else ""
    if isinstance(draft, BadInput):
        problems = tuple(_said(problem, unit) for problem in draft.problems)
        return ReadRow(place, None, problems, kept, note[:NOTE_LIMIT], cells)
    return ReadRow(place, draft, (), kept, note[:NOTE_LIMIT], cells)  # type: ignore[arg-type] # a Draft


def _said(problem: Problem, unit: str) -> Problem:
    return Problem(_PLACE.sub(rf"{unit} \1", problem.pointer), problem.detail)


def _bare(said: str) -> str:
    """Return a note or a place without the name of a file."""
    return said.removeprefix(": ")


def _bounded(rows: Iterable[ReadRow]) -> Iterator[ReadRow]:
    for number, row in enumerate(rows, 1):
        if number > ROWS_LIMIT:
            raise TooLarge(Problem("", f"holds over {ROWS_LIMIT:,} drafts; hand them in in parts"))
        yield row
