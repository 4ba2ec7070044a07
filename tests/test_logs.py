"""Logs say what happened, a JSON object a line, and never a word of a draft."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.logs import FIELDS, log, start_logging

CANARY = "zebrafinch-7391"
URL = "/api/v1/assessments"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers, root.level
    stream = io.StringIO()
    start_logging("debug", stream)
    yield stream
    root.handlers, level = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
async def client(tmp_path: Path, written: io.StringIO) -> AsyncIterator[httpx.AsyncClient]:
    store = Database(tmp_path / "coach.sqlite3")
    await store.open()
    transport = httpx.ASGITransport(create_app(Coach(), store), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as one:
        yield one
    await store.close()


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    every = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in every if line.get("logger") != "httpx"]  # the client's own


# --- what is said ---------------------------------------------------------------------------


async def test_each_request_is_a_line(client: httpx.AsyncClient, written: io.StringIO) -> None:
    answer = await client.get("/api/v1/criteria/no-target", headers={"x-request-id": "request-1"})
    assert answer.status_code == 200
    (line,) = lines(written)
    assert line.pop("time").endswith("Z")
    assert 0 < line.pop("milliseconds") < 10_000
    assert line == {
        "level": "info",
        "event": "request",
        "request_id": "request-1",
        "method": "GET",
        "route": "/api/v1/criteria/{key}",
        "status": 200,
    }


async def test_health_is_asked_too_often_to_be_told(
    client: httpx.AsyncClient, written: io.StringIO
) -> None:
    await client.get("/health/live")
    assert [line["level"] for line in lines(written)] == ["debug"]


async def test_unavailable_database_is_told_with_its_reason(
    client: httpx.AsyncClient, written: io.StringIO, tmp_path: Path
) -> None:
    (tmp_path / "coach.sqlite3").unlink()
    await client.post(URL, json={"objective": CANARY})
    said, request = lines(written)
    assert (said["level"], said["event"]) == ("warning", "store unavailable")
    assert "not there" in said["reason"]
    assert (request["status"], request["request_id"]) == (503, said["request_id"])


async def test_fault_of_ours_is_told_by_type_and_place(
    client: httpx.AsyncClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(Coach, "assess", fail)
    answer = await client.post(URL, json={"objective": CANARY})
    said, _ = lines(written)
    assert (said["level"], said["error"]) == ("error", "ValueError")
    assert "in fail" not in said["at"][-1]
    assert said["at"][-1].endswith(" fail")
    assert said["request_id"] == answer.json()["reference"]


async def test_start_that_fails_says_why(tmp_path: Path, written: io.StringIO) -> None:
    (tmp_path / "file").write_text("in the way")
    app = create_app(Coach(), Database(tmp_path / "file" / "coach.sqlite3"))
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "lifespan.startup"}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    with pytest.raises(ExceptionGroup):
        await app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)
    assert sent == ["lifespan.startup.failed"]
    assert "can't be opened" in lines(written)[0]["reason"]


# --- what is never said ---------------------------------------------------------------------


async def test_no_word_of_a_draft_is_logged(
    client: httpx.AsyncClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = {"objective": CANARY, "key_results": [CANARY], "context": {"why": CANARY}}
    for body in (
        json.dumps(sound),
        json.dumps({**sound, CANARY: CANARY}),
        json.dumps({"objective": [CANARY]}),
        json.dumps({"objective": f"{CANARY}\0"}),
        json.dumps({"context": {"type": CANARY}}),
        f'{{"objective": "{CANARY}',
        CANARY,
        "",
    ):
        for media_type in ("application/json", "text/plain", f"multipart/form-data; {CANARY}"):
            sent = {"content-type": media_type, "x-request-id": f"{CANARY} ", "accept": CANARY}
            await client.post(URL, content=body, headers=sent)
            await client.post(f"{URL}?{CANARY}={CANARY}", content=body)
            await client.post("/", content=body, headers={"content-type": media_type})
    await client.post("/", data={"text": CANARY})
    await client.post("/", data={"text": f"Objective: {CANARY}\nKR: {CANARY}"})
    await client.post("/edit", data={"text": CANARY, "do": CANARY, CANARY: CANARY})
    await client.get(f"/{CANARY}?{CANARY}")
    await client.get(f"{URL}/{CANARY}")
    await client.request(CANARY, "/")
    await client.get("/", headers={"host": CANARY, "cookie": CANARY, "user-agent": CANARY})

    async def fail(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(Database, "save", fail)
    await client.post(URL, json=sound)
    assert len(lines(written)) > 80
    assert "zebrafinch" not in written.getvalue().lower()


async def test_database_error_names_no_draft(
    client: httpx.AsyncClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.assessments.AUTHOR", object())  # no database takes that
    answer = await client.post(URL, json={"objective": CANARY})
    assert answer.status_code >= 500
    assert "zebrafinch" not in written.getvalue() + answer.text


def test_only_allowed_fields_are_written(written: io.StringIO) -> None:
    log.info("request", draft=CANARY, secret=CANARY, status=200)
    (line,) = lines(written)
    assert line.keys() == {"time", "level", "event", "status"}
    assert line.keys() <= set(FIELDS)


def test_library_is_heard_without_what_it_says(written: io.StringIO) -> None:
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("asyncio").exception("task failed: %s", CANARY)
    logging.getLogger("sqlalchemy.pool").error(CANARY)
    first, second = lines(written)
    assert (first["logger"], first["error"]) == ("asyncio", "ValueError")
    assert second["at"][0].endswith("test_library_is_heard_without_what_it_says")
    assert CANARY not in written.getvalue()


def test_server_is_heard(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("Uvicorn running on %s", "http://127.0.0.1:8000")
    assert lines(written)[0]["event"] == "Uvicorn running on http://127.0.0.1:8000"


def test_no_terminal_obeys_a_log_line(written: io.StringIO) -> None:
    hostile = "a\r\nb\x1b[31m\x7f\x9b31m\u2028\u202ec"
    log.info(hostile, reason=hostile, at=[hostile])
    text = written.getvalue()
    assert text.count("\n") == 1
    assert text.strip().isascii()
    assert text.strip().isprintable()
    assert json.loads(text)["event"] == hostile


def test_lines_below_the_level_are_left_out(written: io.StringIO) -> None:
    start_logging("warning", written)
    log.info("request")
    logging.getLogger("uvicorn.error").info("hello")
    log.warning("store unavailable")
    assert [line["event"] for line in lines(written)] == ["store unavailable"]
