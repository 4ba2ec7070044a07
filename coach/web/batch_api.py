"""Batches over the API: drafts come in as JSON, lines, CSV or a workbook, and go out as such."""

import re
from typing import Any

import msgspec
from litestar import Request, Router, get, post
from litestar.params import FromPath
from litestar.types import ASGIApp

from coach.batch import BYTES_LIMIT, Batch
from coach.batch.apart import File
from coach.batch.arrival import take_in
from coach.batch.export import Result, results
from coach.intake import Format
from coach.web.answer import Answer
from coach.web.api import JSON, parameters, switches
from coach.web.batches import LINES, XLSX, move_of, progress, results_as
from coach.web.given import TheRunner, TheStore
from coach.web.problems import BAD_QUERY, BAD_REQUEST, UNSUPPORTED, Refused
from coach.web.stages import in_stages

Asked = Request[Any, Any, Any]

A_PAGE, MOST = 100, 1_000
_encode = msgspec.json.Encoder().encode
_KEY = re.compile(r"[!-~]{1,200}")
# What a batch may be sent as, and what that is read as; a workbook is known by its content.
SENT_AS: dict[str, Format | None] = {
    JSON: "json",
    LINES: "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    XLSX: None,
}
FORMATS = ("json", "ndjson", "csv", "xlsx")


class BatchList(msgspec.Struct, frozen=True):
    """Batches, the newest first."""

    batches: tuple[Batch, ...]


class ResultList(msgspec.Struct, frozen=True):
    """Some rows of a batch. `next` is what to ask for `after` to get those that follow."""

    rows: tuple[Result, ...]
    next: int | None


@post("/", request_max_body_size=BYTES_LIMIT)
async def create(request: Asked, store: TheStore, runner: TheRunner) -> Answer:
    """Read drafts and start to score them, unless asked to wait."""
    file = File(await request.body(), _name(request), _form(request))
    wanted = switches(_rest(request), ("start", "model"))
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise Refused(BAD_REQUEST, "An Idempotency-Key is 1 to 200 printable characters of ASCII.")
    batch = await take_in(
        file,
        runner.read,
        store.batches,
        model=wanted["model"],
        request=None if key is None else f"api:{key}",
        some=True,
    )
    if wanted["start"]:
        batch = await store.batches.move(batch.id, "start")
        runner.wake()
    return _told(batch, 201, {"location": f"/api/v1/batches/{batch.id}"})


@get("/")
async def listed(store: TheStore) -> Answer:
    """The latest batches."""
    return Answer(_encode(BatchList(await store.batches.latest())), JSON)


@get("/{key:str}")
async def shown(key: FromPath[str], store: TheStore) -> Answer:
    """A batch, and how far it is."""
    return _told(await store.batches.batch(key))


@get("/{key:str}/events")
async def events(key: FromPath[str], store: TheStore) -> ASGIApp:
    """How far a batch is, as it goes on."""
    await store.batches.batch(key)
    return in_stages(progress(store.batches, key))


@get("/{key:str}/results")
async def results_of(request: Asked, key: FromPath[str], store: TheStore) -> ASGIApp:
    """What became of the rows: page by page, or all of them in another format."""
    said = dict(parameters(request.scope["query_string"], ("format", "after", "most")))
    form = said.get("format", "json")
    if form not in FORMATS:
        raise Refused(BAD_QUERY, f"The parameter format is one of: {', '.join(FORMATS)}.")
    batch = await store.batches.batch(key)
    if form != "json":
        return await results_as(form, store.batches, batch)
    after, most = _number(said, "after", 0, 0, 10**6), _number(said, "most", A_PAGE, 1, MOST)
    rows = [row async for row in results(store.batches, key, after=after, most=most)]
    following = rows[-1].number if len(rows) == most else None
    return Answer(_encode(ResultList(tuple(rows), following)), JSON)


@post([f"/{{key:str}}/{move}" for move in ("start", "pause", "resume", "cancel", "retry")])
async def moved(request: Asked, key: FromPath[str], store: TheStore, runner: TheRunner) -> Answer:
    """Start, pause, resume or cancel it, or try again what failed or was cancelled."""
    move = move_of(request.scope["path"].rstrip("/").rpartition("/")[2])
    batch = await store.batches.move(key, move)
    runner.wake()
    return _told(batch)


def _told(batch: Batch, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(_encode(batch), JSON, status, headers)


def _form(request: Asked) -> Format | None:
    """Return what a body is to be read as, by its media type."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoded = request.headers.get("content-encoding", "identity") != "identity"
    if encoded or said not in SENT_AS:
        known = ", ".join(SENT_AS)
        raise Refused(UNSUPPORTED, f"Drafts are sent as one of these, not compressed: {known}.")
    return SENT_AS[said]


def _name(request: Asked) -> str:
    """Return the name that a batch is to have, with no ending that says what it holds."""
    for name, value in parameters(request.scope["query_string"], ("name", "start", "model")):
        if name == "name" and value.strip():
            return f"{value} "
    return "Sent over the API"


def _rest(request: Asked) -> bytes:
    """Return the query without its name."""
    parts = request.scope["query_string"].split(b"&")
    return b"&".join(part for part in parts if not part.startswith(b"name="))


def _number(said: dict[str, str], name: str, default: int, least: int, most: int) -> int:
    value = said.get(name)
    if value is None:
        return default
    if value.isascii() and value.isdigit() and len(value) < 8 and least <= int(value) <= most:
        return int(value)
    raise Refused(BAD_QUERY, f"The parameter {name} is a number from {least} to {most}.")


batch_api = Router(
    "/api/v1/batches", route_handlers=[create, listed, shown, events, results_of, moved]
)
