"""The pages of batches: drafts are handed in, looked through, started, followed, taken away.

Every page works without scripts. A form that is sent twice makes one batch.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import ASGIApp

from coach.batch import BYTES_LIMIT, ROWS_LIMIT, Batch, BatchRow, Move
from coach.batch.apart import File
from coach.batch.arrival import read_again, take_in
from coach.batch.export import TEMPLATE, as_csv, as_json_lines, as_workbook, csv_lines, table
from coach.batch.reading import fields
from coach.errors import BadInput, NotFound, Problem, TooLarge
from coach.ports import Batches, Store
from coach.service import Coach
from coach.spending import estimate
from coach.web.answer import Answer
from coach.web.api import DAYS
from coach.web.form import read_pairs
from coach.web.given import TheCoach, TheRunner, TheStore
from coach.web.markup import render
from coach.web.stages import PULSE, STILL_THERE, in_stages, message
from coach.web.upload import Upload, read_upload

Page = Response[str]
Asked = Request[Any, Any, Any]

A_PAGE = 100
SHOWN_UNREAD = 200
SHOWN_FIRST = 3
# How often whoever follows is told, in seconds.
TELL_EVERY = 0.5
_ONCE = re.compile(r"[\w-]{8,64}")
_encode = msgspec.json.Encoder().encode
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = "application/x-ndjson"


# ── handed in ─────────────────────────────────────────────────────────────────────────────────


@get("/")
async def listed(coach: TheCoach, store: TheStore) -> Page:
    """The form to hand drafts in, and the batches that were."""
    return await _desk(coach, store)


@post("/", status_code=200, request_max_body_size=BYTES_LIMIT + 100_000)
async def hand_in(
    request: Asked, coach: TheCoach, store: TheStore, runner: TheRunner
) -> Page | Redirect:
    """Read what was handed in, keep it, and lead to what was read."""
    sent = Upload({}, "", b"")
    try:
        sent = read_upload(request.headers.get("content-type", ""), await request.body())
        once = sent.fields.get("once", "")
        key = f"form:{once}" if _ONCE.fullmatch(once) else None
        batch = await take_in(_file(sent), runner.read, store.batches, request=key)
    except BadInput as error:
        return await _desk(coach, store, sent.fields.get("text", ""), error)
    return _to(batch)


def _file(sent: Upload) -> File:
    """Return the file of a form, or what was pasted where there is none."""
    if sent.data:
        return File(sent.data, sent.name)
    text = sent.fields.get("text", "")
    if not text.strip():
        raise BadInput(Problem("", "there is nothing in it: choose a file, or paste some cells"))
    return File(text.encode("utf-8", "surrogatepass"))


async def _desk(coach: Coach, store: Store, text: str = "", error: BadInput | None = None) -> Page:
    problems = error.problems if error else ()
    status = 413 if isinstance(error, TooLarge) else 422 if error else 200
    return _page(
        "batches.html",
        status,
        coach,
        trouble=[f"{said[:1].upper()}{said[1:]}." for said in map(str, problems)],
        text=text,
        once=secrets.token_urlsafe(16),
        batches=await store.batches.latest(),
        rows_limit=ROWS_LIMIT,
        bytes_limit=BYTES_LIMIT,
    )


@get("/template.csv", sync_to_thread=False)
def template_csv() -> Answer:
    """A sheet to begin with, as CSV."""
    return Answer(b"\xef\xbb\xbf" + csv_lines(TEMPLATE), CSV, headers=_named("okrs.csv"))


@get("/template.xlsx", sync_to_thread=True)
def template_xlsx() -> Answer:
    """A sheet to begin with, as a workbook."""
    return Answer(as_workbook(TEMPLATE, [38] * 5 + [14] * 4), XLSX, headers=_named("okrs.xlsx"))


# ── looked through, followed ──────────────────────────────────────────────────────────────────


@get("/{id:str}")
async def shown(
    id: FromPath[str],
    coach: TheCoach,
    store: TheStore,
    after: FromQuery[int] = 0,
    only: FromQuery[str] = "",
) -> Page:
    """A batch: what was read of it, or how far it is with a page of its rows."""
    batch = await store.batches.batch(id)
    if batch.state == "ready":
        return await _check(coach, store, batch)
    chosen = only if only in ("failed", "invalid") else None
    found = await store.batches.rows(id, after=max(0, after), most=A_PAGE + 1, state=chosen)
    return _page(
        "batch.html",
        200,
        coach,
        batch=batch,
        rows=found[:A_PAGE],
        next=found[A_PAGE - 1].number if len(found) > A_PAGE else 0,
        after=after,
        only=chosen or "",
        moves=_moves(batch),
        bands=coach.profile.bands,
    )


async def _check(coach: Coach, store: Store, batch: Batch) -> Page:
    batches = store.batches
    sample = await batches.rows(batch.id, most=20)
    first = await batches.rows(batch.id, most=SHOWN_FIRST, state="waiting")
    taken = (await store.usage(DAYS)).within(coach.terms)
    budget = taken.budget
    return _page(
        "batch.html",
        200,
        coach,
        batch=batch,
        columns=list(zip(batch.headings, batch.columns, strict=True)),
        samples=_samples(batch, sample),
        fields=list(fields().items()),
        unread=await batches.rows(batch.id, most=SHOWN_UNREAD, state="invalid"),
        first=first,
        cost=estimate(batch.different, coach.terms, taken) if coach.terms else None,
        left=max(0, budget.limit_micro - budget.spent_micro) if budget else None,
    )


def _samples(batch: Batch, rows: tuple[BatchRow, ...]) -> list[str]:
    """Return for each column what its first rows hold."""
    samples = []
    for at in range(len(batch.headings)):
        held = (c.cells[at].strip() for r in rows for c in r.cells if at < len(c.cells))
        some = [" ".join(cell.split())[:60] for cell in held if cell][:2]
        samples.append(" · ".join(some))
    return samples


def _moves(batch: Batch) -> list[tuple[Move, str]]:
    """Return what can be done with a batch, in words."""
    again = batch.counts.failed + batch.counts.cancelled
    match batch.state:
        case "running":
            moves: list[tuple[Move, str]] = [("pause", "Pause"), ("cancel", "Stop here")]
        case "paused":
            moves = [("resume", "Go on"), ("cancel", "Stop here")]
        case _:
            moves = []
    if again:
        moves.append(("retry", f"Try {again:,} again"))
    return moves


@post("/{id:str}/columns", status_code=303)
async def columns(
    request: Asked, id: FromPath[str], store: TheStore, runner: TheRunner
) -> Redirect:
    """Read the columns as the form says."""
    said = dict(read_pairs(request.headers.get("content-type", ""), await request.body()))
    batch = await store.batches.batch(id)
    told = [said.get(f"column-{number}", "") for number in range(1, len(batch.headings) + 1)]
    return _to(await read_again(batch, told, runner.read, store.batches))


@post("/{id:str}/{move:str}", status_code=303)
async def moved(
    request: Asked,
    id: FromPath[str],
    move: FromPath[str],
    coach: TheCoach,
    store: TheStore,
    runner: TheRunner,
) -> Redirect:
    """Start, pause, resume, cancel a batch, or try again what failed."""
    said = dict(read_pairs(request.headers.get("content-type", ""), await request.body()))
    model = None
    if move == "start" and coach.terms is not None:
        model = said.get("model") == "on"
    batch = await store.batches.move(id, move_of(move), model=model)
    runner.wake()
    return _to(batch)


def move_of(name: str) -> Move:
    """Return a move by its name; NotFound where there is none."""
    known: dict[str, Move] = {
        "start": "start", "pause": "pause", "resume": "resume", "cancel": "cancel",
        "retry": "retry",
    }  # fmt: skip
    if name not in known:
        raise NotFound("A batch is started, paused, resumed, cancelled or retried.")
    return known[name]


@get("/{id:str}/events")
async def events(id: FromPath[str], store: TheStore) -> ASGIApp:
    """How far a batch is, as it goes on, until it rests."""
    await store.batches.batch(id)
    return in_stages(progress(store.batches, id))


async def progress(batches: Batches, key: str) -> AsyncIterator[bytes]:
    """Yield a batch whenever its counts have changed, at most twice a second, until it rests."""
    told: Batch | None = None
    silent = 0.0
    while True:
        batch = await batches.batch(key)
        if told is None or (batch.counts, batch.state) != (told.counts, told.state):
            yield message("progress", _encode(batch))
            told, silent = batch, 0.0
        if batch.state != "running":
            yield message("done")
            return
        await asyncio.sleep(TELL_EVERY)
        silent += TELL_EVERY
        if silent >= PULSE:
            silent = 0.0
            yield STILL_THERE


# ── taken away ────────────────────────────────────────────────────────────────────────────────


@get(["/{id:str}/results.csv", "/{id:str}/results.xlsx", "/{id:str}/results.jsonl"])
async def results(request: Asked, id: FromPath[str], store: TheStore) -> ASGIApp:
    """The sheet with its results, or every row with its whole assessment as JSON lines."""
    batch = await store.batches.batch(id)
    form = request.scope["path"].rpartition(".")[2]
    return await results_as("ndjson" if form == "jsonl" else form, store.batches, batch)


async def results_as(form: str, batches: Batches, batch: Batch) -> ASGIApp:
    """Return the results of a batch as "csv", "xlsx" or "ndjson", to be saved as a file."""
    if form == "xlsx":
        return Answer(await workbook(batches, batch), XLSX, headers=_named(_stem(batch, form)))
    if form == "csv":
        return _streamed(as_csv(table(batches, batch)), CSV, batch, "csv")
    return _streamed(as_json_lines(batches, batch), LINES, batch, "jsonl")


async def workbook(batches: Batches, batch: Batch) -> bytes:
    """Return the results of a batch as a workbook, others answered meanwhile."""
    rows = [row async for row in table(batches, batch)]
    return await asyncio.to_thread(as_workbook, rows)


def _streamed(
    parts: AsyncIterator[bytes], media_type: str, batch: Batch, suffix: str
) -> ASGIStreamingResponse:
    return ASGIStreamingResponse(
        iterator=parts, media_type=media_type, headers=_named(_stem(batch, suffix))
    )


def _stem(batch: Batch, suffix: str) -> str:
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", batch.name.rpartition(".")[0] or batch.name)
    return f"{stem.strip('-.') or 'drafts'}-scored.{suffix}"


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}


def _to(batch: Batch) -> Redirect:
    return Redirect(f"/batches/{batch.id}", status_code=303)


def _page(template: str, status: int, coach: Coach, **values: object) -> Page:
    return Response(
        render(template, here="batches", terms=coach.terms, **values),
        status_code=status,
        media_type=MediaType.HTML,
        headers={"cache-control": "no-store"},
    )


batch_pages = Router(
    "/batches",
    route_handlers=[
        listed, hand_in, template_csv, template_xlsx, shown, columns, moved, events,
        results,
    ],
    include_in_schema=False,
)  # fmt: skip
