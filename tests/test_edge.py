"""Whom the service answers, and what every answer carries."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from serving import client_of

from coach.okr import TEXT_LIMIT
from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.edge import Edge

DRAFT = {"objective": "Parcels arrive when promised", "key_results": ["Late from 9 % to 4 %"]}
Send = Callable[[dict[str, Any]], Awaitable[None]]


ASKED: dict[str, Any] = {
    "type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1",
    "scheme": "http", "root_path": "", "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1),
    "headers": [(b"host", b"localhost")],
}  # fmt: skip

# One application for all: making one takes longer than everything that is asked of it here.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    store = Database(tmp_path_factory.mktemp("data") / "coach.sqlite3")
    await store.open()
    yield create_app(Coach(), store)
    await store.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(app: Edge) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as one:
        yield one


# --- by which name --------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:8000"])
async def test_names_of_this_machine_are_answered(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/health/live", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
        "127.0.0.1@evil.example", "[::1", "::1", "0.0.0.0", "localhost:80:80", "localhost:", "\xff",
    ],
)  # fmt: skip
async def test_other_names_are_not(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/", headers={"host": host.encode("latin-1")})
    assert answer.status_code == 421
    assert answer.json()["type"] == "/problems/unknown-host"


async def test_one_host_header_is_expected(client: httpx.AsyncClient) -> None:
    twice = [("host", "localhost"), ("host", "evil.example")]
    assert (await client.get("/", headers=twice)).status_code == 400


async def test_service_for_others_answers_to_any_name(app: Edge) -> None:
    async with client_of(Edge(app.app, None)) as client:
        answer = await client.get("/health/live", headers={"host": "okr.example"})
    assert answer.status_code == 200


async def test_forwarded_names_and_methods_change_nothing(client: httpx.AsyncClient) -> None:
    pretended = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "x-http-method-override": "DELETE",
    }
    answer = await client.post("/api/v1/assessments", json=DRAFT, headers=pretended)
    assert answer.status_code == 201
    assert answer.headers["location"].startswith("/api/v1/assessments/")
    assert "evil" not in answer.text


# --- for which site -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "nonsense"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "null"},
        {"origin": ""},
    ],
)
@pytest.mark.parametrize("path", ["/", "/edit", "/api/v1/assessments"])
async def test_other_sites_can_not_send(
    client: httpx.AsyncClient, path: str, headers: dict[str, str]
) -> None:
    answer = await client.post(path, json=DRAFT, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/cross-site"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "none"},
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "https://127.0.0.1:8000"},
    ],
)
async def test_own_pages_and_programs_can(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await client.post("/api/v1/assessments", json=DRAFT, headers=headers)
    assert answer.status_code == 201


async def test_links_from_other_sites_open(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/live", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded"])
async def test_forms_of_other_sites_can_not_pass_for_json(
    client: httpx.AsyncClient, media_type: str
) -> None:
    body = '{"objective": "Parcels arrive when promised"}'
    headers = {"content-type": media_type}
    answer = await client.post("/api/v1/assessments", content=body, headers=headers)
    assert answer.status_code == 415


# --- what every answer carries --------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"), ("GET", "/nowhere"), ("GET", "/api/v1/rubrics"), ("GET", "/api/docs"),
        ("POST", "/api/v1/assessments"), ("GET", "/health/ready"), ("PUT", "/api/v1/assessments"),
    ],
)  # fmt: skip
async def test_every_answer_is_protected(client: httpx.AsyncClient, method: str, path: str) -> None:
    headers = (await client.request(method, path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert len(headers["x-request-id"]) >= 8


async def test_refusals_are_protected_too(client: httpx.AsyncClient) -> None:
    answer = await client.get("/", headers={"host": "evil.example"})
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_sane_request_id_is_taken_over(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/live", headers={"x-request-id": "abc-123.DEF_4"})
    assert answer.headers["x-request-id"] == "abc-123.DEF_4"


@pytest.mark.parametrize("given", ["short", "a" * 65, "abc defghi", "abcdefg\x1b[31m", "äöüäöüäöü"])
async def test_other_request_ids_are_replaced(client: httpx.AsyncClient, given: str) -> None:
    sent = {"x-request-id": given.encode("utf-8")}
    first, second = [await client.get("/health/live", headers=sent) for _ in range(2)]
    assert given not in first.headers["x-request-id"]
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_head_is_get_without_its_body(app: Edge, client: httpx.AsyncClient) -> None:
    whole = await client.get("/api/v1/rubrics")
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {**ASKED, "method": "HEAD", "path": "/api/v1/rubrics"}
    await app(scope, asyncio.Event().wait, send)
    start, *rest = sent
    assert start["status"] == 200
    assert dict(start["headers"])[b"content-length"] == str(len(whole.content)).encode()
    assert b"".join(each["body"] for each in rest) == b""


# --- what is too large, and who leaves ------------------------------------------------------


async def test_announced_size_is_refused_before_anything_is_read(app: Edge) -> None:
    status, read = await converse(app, length=TEXT_LIMIT + 1, pieces=[])
    assert (status, read) == (413, 0)


async def test_size_that_is_not_announced_is_refused_when_it_is_reached(app: Edge) -> None:
    pieces = [b"x" * 100_000] * 1000
    status, read = await converse(app, length=None, pieces=pieces)
    assert status == 413
    assert read <= 11


async def test_whoever_leaves_is_no_fault(app: Edge) -> None:
    status, read = await converse(app, length=100, pieces=[b"{", None])
    assert (status, read) == (499, 2)


async def converse(app: Edge, length: int | None, pieces: list[bytes | None]) -> tuple[int, int]:
    """Post a body in pieces (None: the client leaves); return the status and what was read."""
    headers = [*ASKED["headers"], (b"content-type", b"application/json")]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    scope = {**ASKED, "method": "POST", "path": "/api/v1/assessments", "headers": headers}
    read = 0
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        nonlocal read
        piece = pieces[read]
        read += 1
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], read


# --- the last door --------------------------------------------------------------------------


async def test_what_nobody_foresaw_is_told_without_details() -> None:
    async def broken(scope: object, receive: object, send: Send) -> None:
        raise ValueError("a secret")

    async with client_of(Edge(broken, None)) as client:
        answer = await client.get("/", headers={"x-request-id": "reference-1"})
    assert answer.status_code == 500
    assert answer.json()["reference"] == "reference-1"
    assert "secret" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_half_an_answer_is_broken_off() -> None:
    async def broken(scope: object, receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("a secret")

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    with pytest.raises(ValueError, match="secret"):
        await Edge(broken, None)(ASKED, asyncio.Event().wait, send)
    assert [each["type"] for each in sent] == ["http.response.start"]
