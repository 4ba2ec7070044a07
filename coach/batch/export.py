"""Results as people and programs take them away: CSV, a workbook (XLSX), JSON lines.

A batch that came from a sheet goes out as that sheet, its columns as they were, with an id before
them and results behind. What is written can be handed in again: ids and review notes come along,
results are known by their headings and left out. No cell of what is written is a formula.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence

import msgspec

from coach.assessment import RUBRICS
from coach.batch import Batch, BatchRow, Outline, RowState
from coach.batch.reading import ID, NOTE, RESULTS
from coach.errors import Problem
from coach.okr import Context, Draft
from coach.ports import Batches

A_PAGE = 500
_CELL_LIMIT = 32_767  # what a cell of a workbook holds
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_encode = msgspec.json.Encoder().encode


class Result(msgspec.Struct, frozen=True):
    """A row with what became of it. `assessment` is the whole of it, where it is scored."""

    number: int
    id: str
    place: str
    state: RowState
    draft: Draft | None
    problems: tuple[Problem, ...]
    same_as: int | None
    note: str
    outline: Outline | None
    assessment: msgspec.Raw | None


class _Told(msgspec.Struct, frozen=True):
    line: str
    message: str
    question: str


class _Findings(msgspec.Struct, frozen=True):
    findings: tuple[_Told, ...]


_findings = msgspec.json.Decoder(_Findings).decode


async def results(
    batches: Batches, key: str, *, after: int = 0, most: int | None = None
) -> AsyncIterator[Result]:
    """Yield the results of a batch in the order of its rows, behind the number `after`."""
    left = most
    while left is None or left > 0:
        rows = await batches.rows(
            key, after=after, most=A_PAGE if left is None else min(left, A_PAGE)
        )
        documents = await batches.documents([row.assessment for row in rows if row.assessment])
        for row in rows:
            yield _result(row, documents.get(row.assessment or ""))
        if not rows:
            return
        after = rows[-1].number
        left = None if left is None else left - len(rows)


def _result(row: BatchRow, document: bytes | None) -> Result:
    return Result(
        row.number,
        row.id,
        row.place,
        row.state,
        row.draft,
        row.problems,
        row.same_as,
        row.note,
        row.outline,
        None if document is None else msgspec.Raw(document),
    )


async def as_json_lines(batches: Batches, batch: Batch) -> AsyncIterator[bytes]:
    """Yield a result a line."""
    async for result in results(batches, batch.id):
        yield _encode(result) + b"\n"


# --- tables -----------------------------------------------------------------------------------


async def table(batches: Batches, batch: Batch) -> AsyncIterator[list[str]]:
    """Yield the headings and the rows of the sheet that a batch goes out as, as plain texts."""
    own = [at for at, name in enumerate(batch.headings) if not _is_ours(name)]
    width = 0 if batch.headings else await _widest(batches, batch.id)
    drafted = [*(f"kr{number}" for number in range(1, width + 1)), *Context.__struct_fields__]
    headings = [batch.headings[at] for at in own] if batch.headings else ["objective", *drafted]
    yield [ID, *headings, *RESULTS, NOTE]
    last = 0
    while rows := await batches.rows(batch.id, after=last, most=A_PAGE):
        last = rows[-1].number
        documents = await batches.documents([row.assessment for row in rows if row.assessment])
        for row in rows:
            said = _said(row, documents.get(row.assessment or ""))
            if batch.headings:
                whole = [_of_cells(cells.cells, own) for cells in row.cells] or [[""] * len(own)]
            else:
                whole = [_of_draft(row.draft, width)]
            yield [row.id, *whole[0], *said]
            for more in whole[1:]:
                yield [row.id, *more, *[""] * len(said)]


def _is_ours(heading: str) -> bool:
    return heading.lower() in (ID, NOTE, *RESULTS)


def _of_cells(cells: Sequence[str], own: Sequence[int]) -> list[str]:
    return [cells[at] if at < len(cells) else "" for at in own]


def _of_draft(draft: Draft | None, width: int) -> list[str]:
    if draft is None:
        return [""] * (1 + width + len(Context.__struct_fields__))
    context = [getattr(draft.context, name) or "" for name in Context.__struct_fields__]
    sentences = [*draft.sentences, *[""] * (width - len(draft.sentences))]
    return [draft.objective, *sentences, *context]


async def _widest(batches: Batches, key: str) -> int:
    """Return the most key results that a draft of the batch has."""
    widest, last = 1, 0
    while rows := await batches.rows(key, after=last, most=A_PAGE):
        last = rows[-1].number
        widest = max(widest, *(len(row.draft.key_results) for row in rows if row.draft), 1)
    return widest


def _said(row: BatchRow, document: bytes | None) -> list[str]:
    """Return what stands under `RESULTS` and the note."""
    outline = row.outline
    values = [outline.overall, *(getattr(outline, name) for name in RUBRICS)] if outline else []
    scores = ["" if value is None else str(value) for value in values] or [""] * 5
    criteria = ", ".join(outline.criteria) if outline else ""
    notes = "\n".join(str(problem) for problem in row.problems)
    if document is not None:
        told = _findings(document).findings
        notes = "\n".join(f"{one.line}: {one.message} {one.question}" for one in told)
    link = f"/a/{row.assessment}" if row.assessment else ""
    return [row.state, *scores, criteria, notes, link, row.note]


# --- written ----------------------------------------------------------------------------------


async def as_csv(rows: AsyncIterator[list[str]]) -> AsyncIterator[bytes]:
    """Yield CSV that spreadsheets open as it is: UTF-8 with a mark, no cell a formula."""
    yield b"\xef\xbb\xbf"
    some: list[list[str]] = []
    async for row in rows:
        some.append(row)
        if len(some) >= A_PAGE:
            yield csv_lines(some)
            some = []
    yield csv_lines(some)


def csv_lines(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as lines of CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: what looks like one is quoted."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def as_workbook(rows: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> bytes:
    """Return rows as a workbook of one sheet, every cell a text or a number of ours."""
    import xlsxwriter  # only a download waits for it

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        sheet = workbook.add_worksheet("Drafts")
        plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        head = workbook.add_format({"bold": True, "valign": "top", "bottom": 1})
        sheet.freeze_panes(1, 0)
        for number, (row, style) in enumerate(_styled(rows, head, plain)):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell[:_CELL_LIMIT], style)
        for column, width in enumerate(widths or [18] * len(rows[0])):
            sheet.set_column(column, column, width)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
    return out.getvalue()


def _styled(
    rows: Sequence[Sequence[str]], head: object, plain: object
) -> Iterator[tuple[Sequence[str], object]]:
    for number, row in enumerate(rows):
        yield row, plain if number else head


# --- a template to begin with -----------------------------------------------------------------

TEMPLATE = (
    ("objective", "kr1", "kr2", "kr3", "why", "team", "owner", "cycle", "type"),
    (
        "Clinics answer patients the day they ask",
        "First reply to a patient's question from 31 to 8 hours by 30 June",
        "Questions answered without a second call from 44 % to 70 % by 30 June",
        "",
        "Patients who wait for an answer go to the emergency room",
        "Patient desk",
        "",
        "2027-Q2",
        "committed",
    ),
)
