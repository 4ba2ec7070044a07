"""How a batch comes to be: a file is read apart, and what was read is kept."""

import hashlib
import re
from collections.abc import Awaitable, Callable

from coach.batch import Batch, ReadRow
from coach.batch.apart import File
from coach.batch.reading import Read, Sheet
from coach.errors import BadInput, Conflict, Problem
from coach.ports import Batches, NewBatch

Reading = Callable[[File], Awaitable[Read]]
_NAME_LIMIT = 120
_A_PAGE = 1_000
_PROBLEMS_TOLD = 50


async def take_in(
    file: File,
    read: Reading,
    batches: Batches,
    *,
    model: bool = True,
    request: str | None = None,
    some: bool = False,
) -> Batch:
    """Return the batch of a file, ready to start; the one that is there, if `request` came before.

    Raises BadInput with the reasons where nothing of it can be read, with `some` also where no row
    is a draft, and Conflict where `request` came with something else.
    """
    found = await read(file)
    if some and not any(row.draft for row in found.rows):
        told = [_placed(row.place, said) for row in found.rows for said in row.problems]
        raise BadInput(*told[:_PROBLEMS_TOLD])
    said = hashlib.sha256(file.name.encode("utf-8", "surrogatepass") + b"\0" + file.data)
    new = NewBatch(
        plain_name(file.name),
        found.rows,
        found.headings,
        found.columns,
        found.notes,
        model,
        request,
        said.hexdigest(),
    )
    return await batches.create(new)


async def read_again(batch: Batch, columns: list[str], read: Reading, batches: Batches) -> Batch:
    """Return a batch that is ready with its columns read as told; Conflict where it isn't."""
    if batch.state != "ready":
        raise Conflict("The batch has been started, so its columns stay as they are.")
    rows: list[ReadRow] = []
    last = 0
    while some := await batches.rows(batch.id, after=last, most=_A_PAGE):
        last = some[-1].number
        rows += [ReadRow(r.place, r.draft, r.problems, r.id, r.note, r.cells) for r in some]
    notes = tuple(note for note in batch.notes if not note.startswith("columns left out"))
    sheet = Sheet(batch.headings, tuple(cells for row in rows for cells in row.cells), notes)
    found = await read(File(sheet=sheet, columns=tuple(columns)))
    whole = (*found.rows, *(row for row in rows if not row.cells))
    new = NewBatch(batch.name, whole, found.headings, found.columns, found.notes, batch.model)
    return await batches.reread(batch.id, new)


def plain_name(name: str) -> str:
    """Return a file's name as it is shown: one short line, and no path."""
    last = re.split(r"[/\\]", name)[-1]
    shown = " ".join("".join(c if c.isprintable() else " " for c in last).split())
    return shown[:_NAME_LIMIT] or "Pasted drafts"


def _placed(place: str, problem: Problem) -> Problem:
    """Return a problem with the place of its row, where it tells none."""
    if problem.pointer.startswith(("line", "row")):
        return problem
    return Problem(place, str(problem))
