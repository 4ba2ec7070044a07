"""Whatever bytes come in, the fault is theirs: no answer is a 5xx, and every answer comes.

The same requests on every machine; `FUZZ=100000 pytest tests/test_api_fuzz.py` sends more of them.
"""

import asyncio
import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from serving import served

from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.assets import address
from coach.web.edge import Edge

COUNT = int(os.environ.get("FUZZ", "3000"))
SEED = 20261124


class Sent(NamedTuple):
    """A request as bytes."""

    method: bytes
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


PATHS = (
    b"/", b"/edit", b"/criteria", b"/criteria/no-target", b"/scores", b"/privacy", b"/a/x",
    b"/a/AAAAAAAAAAAAAAAA", b"/a/AAAAAAAAAAAAAAAA/text", b"/favicon.ico", b"/health/live",
    b"/health/ready", b"/problems", b"/problems/not-found", b"/api", b"/api/docs",
    b"/api/docs/x/start.js", b"/api/v1/openapi.json", b"/api/v1/assessments",
    b"/api/v1/assessments", b"/api/v1/assessments", b"/api/v1/assessments/AAAAAAAAAAAAAAAA",
    b"/api/v1/rubrics", b"/api/v1/criteria", b"/api/v1/criteria/no-target",
    b"/batches", b"/batches", b"/batches/AAAAAAAAAAAAAAAA", b"/batches/AAAAAAAAAAAAAAAA/start",
    b"/batches/AAAAAAAAAAAAAAAA/columns", b"/batches/template.csv", b"/api/v1/batches",
    b"/api/v1/batches", b"/api/v1/batches/AAAAAAAAAAAAAAAA/results",
    address("coach.css").encode(), b"/nowhere", b"",
)  # fmt: skip
ODD_PATHS = (
    b"/%00", b"/%ff%fe", b"/%zz", b"/%", b"//", b"/./../..", b"/%2e%2e/", b"/%ed%a0%80",
    b"/a%0d%0aset-cookie:x", b"/{id}", b"/" + b"a" * 4000, b"/" * 2000, b"/\xc3\xa4", b";x=y",
)  # fmt: skip
QUERIES = (
    b"", b"", b"", b"store=false", b"store=false&rewrites=false", b"store=maybe", b"store=%ff",
    b"%00=%00", b"store=false&store=true", b"&&&===", b"number=x", b"number=99999999999999999999",
    b"example=first-draft", b"criterion=no-target&number=-1", b"x=" + b"%zz" * 100, b"?" * 500,
    b"&".join([b"a=1"] * 2000), b"number=1e9", b"example=%ed%a0%80", b"number=" + b"9" * 5000,
)  # fmt: skip
MEDIA_TYPES = (
    b"application/json", b"application/json", b"application/json; charset=utf-8",
    b"application/json;charset=utf-16", b"application/json; charset=nonsense", b"text/plain",
    b"application/x-www-form-urlencoded", b"application/x-www-form-urlencoded; charset=koi8-r",
    b"multipart/form-data; boundary=b", b"multipart/form-data", b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=" + b"b" * 300, b"multipart/form-data; boundary=\"b",
    b"multipart/mixed; boundary=b", b"application/octet-stream", b"application/xml", b"", b"/",
    b"\xff\xfe", b"text/plain; charset=\"", b";;;;", b"application/msgpack",
)  # fmt: skip
DRAFT = (
    b'{"objective": "Parcels arrive when promised", "key_results": ["Late parcels from 9 % to 4 %",'
    b' {"text": "Claims from 40 to 25", "owner": "Ana"}], "context": {"why": "People wait at home",'
    b' "cycle": "2027-Q2", "type": "committed"}}'
)
FORM = b"text=Objective%3A+Parcels+arrive%0AKR1%3A+Late+from+9+to+4&shape=paste&do=fields&why=x"
FIELDS = b"shape=fields&objective=Parcels+arrive&key_result=Late+from+9+to+4&key_result_owner=Ana"
MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nObjective: Parcels arrive\r\n'
    b'--b\r\nContent-Disposition: form-data; name="why"; filename="x"\r\nContent-Type: text/plain;'
    b" charset=nonsense\r\n\r\n\xff\xfe\r\n--b--\r\n"
)
BODIES = (
    DRAFT, DRAFT, FORM, FIELDS, MULTIPART, MULTIPART, b"", b"{", b"[]", b"null", b"NaN", b"1" * 400,
    b'{"objective": ' + b"[" * 50_000, b'{"a":' * 20_000, b'{"objective": NaN}', b'"\\ud800"',
    b'{"objective": "\\ud800"}', b'{"objective": "\\u0000"}', b'{"\\u0000": 1}',
    b'{"objective": 1e999}', b'{"objective": ' + b"9" * 5000 + b"}", b'{"key_results": [[[[]]]]}',
    b'{"objective": "a", "objective": "b"}', b"\xef\xbb\xbf" + DRAFT, b"\xff" * 100, b"\0" * 100,
    DRAFT.decode().encode("utf-16"), DRAFT.decode().encode("utf-32"), b"text=%ff%fe%00", b"--b",
    b"--b--", b"--b\r\n\r\n--b--", b"--b\r\n" * 500, b"&" * 5000, b"=" * 5000, b"%" * 5000,
    b"text=" + b"+" * 9000, b"key_result=x&" * 1200, b"text=Objective:%20a%0A" * 300,
    "text=\u202e\u200b\U000e0041".encode(),
    b'{"objective": "' + "\u0301".encode() * 1500 + b'a"}', b"<xml/>", b"a" * 1_000_001,
)  # fmt: skip
METHODS = (b"GET", b"POST", b"PUT", b"HEAD", b"OPTIONS", b"BREW")
HOSTS = (b"localhost:80", b"evil.example", b"\xff", b"", b"[", b"a" * 9000)
HEADERS = (
    (b"accept", b"text/html"), (b"accept", b"application/json;q=0"), (b"accept", b";;q=,,"),
    (b"accept", b"application/json;q=nonsense"), (b"accept", b"\xff" * 50), (b"origin", b"\xff"),
    (b"cookie", b"=;" * 900), (b"content-encoding", b"gzip"), (b"x-request-id", b"\xff\x1b"),
    (b"sec-fetch-site", b"cross-site"), (b"sec-fetch-site", b"same-origin"), (b"referer", b"\xff"),
    (b"range", b"bytes=9-"), (b"host", b"twice"), (b"x-forwarded-for", b"\xff"),
    (b"accept-encoding", b"gzip"), (b"if-none-match", b'"'), (b"x-" + b"y" * 500, b"z" * 4000),
    (b"expect", b"100-continue"), (b"accept-language", b"\xff"), (b"authorization", b"Basic \xff"),
)  # fmt: skip
JSON, FORM_TYPE = b"application/json", b"application/x-www-form-urlencoded"
POSTS = (
    (b"/api/v1/assessments", b"", JSON, DRAFT),
    (b"/api/v1/assessments", b"store=false", JSON, DRAFT),
    (b"/", b"", FORM_TYPE, FORM),
    (b"/", b"", FORM_TYPE, FIELDS),
    (b"/edit", b"", FORM_TYPE, FORM),
    (b"/", b"", b"multipart/form-data; boundary=b", MULTIPART),
)


def requests(count: int) -> Iterator[Sent]:
    """Yield requests that are sound but for a part or two or three."""
    chance = random.Random(SEED)
    for _ in range(count):
        method, host, more = b"GET", b"127.0.0.1", list[tuple[bytes, bytes]]()
        path, query, media_type, body = chance.choice(PATHS), b"", b"", b""
        if chance.random() < 0.7:
            method = b"POST"
            path, query, media_type, body = chance.choice(POSTS)
        for part in chance.sample(range(8), chance.choice((0, 1, 1, 2, 3))):
            match part:
                case 0:
                    method = chance.choice(METHODS)
                case 1:
                    host = chance.choice(HOSTS)
                case 2:
                    path += chance.choice(ODD_PATHS)
                case 3:
                    query = chance.choice(QUERIES)
                case 4:
                    media_type = chance.choice(MEDIA_TYPES)
                case 5:
                    more = [chance.choice(HEADERS) for _ in range(chance.randint(1, 3))]
                case 6:
                    body = chance.choice(BODIES)
                case _:
                    body = mutated(body[:3000], chance)
        target = path + b"?" + query if query else path or b"/"
        yield Sent(method, target, ((b"host", host), (b"content-type", media_type), *more), body)


def mutated(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randint(1, 40)]
            case 2:
                changed[at:at] = changed[: chance.randint(1, 40)]
            case _:
                changed[at:at] = chance.choice(
                    (b"\0", b"\xff", b'"', b"\\", b"[", b"%", b"\r\n--b")
                )
    return bytes(changed)


def inside(path: Path) -> Edge:
    return create_app(Coach(), Database(path / "coach.sqlite3"))


async def test_no_request_is_answered_with_a_fault_of_ours(tmp_path: Path) -> None:
    store = Database(tmp_path / "coach.sqlite3")
    await store.open()
    app = create_app(Coach(), store)
    faults = []
    statuses: dict[int, int] = {}
    for sent in requests(COUNT):
        status = await asyncio.wait_for(status_of(app, sent), 10)
        statuses[status] = statuses.get(status, 0) + 1
        if status >= 500:
            faults.append((status, sent))
    await store.close()
    assert not faults, f"{len(faults)} faults; the first: {faults[0]}"
    assert statuses.keys() >= {200, 201, 400, 403, 404, 405, 406, 413, 415, 421, 422}, statuses


async def status_of(app: Edge, sent: Sent) -> int:
    """Hand a request to the application as a server would."""
    raw, _, query = sent.target.partition(b"?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": sent.method.decode("latin-1"), "path": unquote(raw.decode("latin-1")),
        "raw_path": raw, "query_string": query, "root_path": "", "headers": list(sent.headers),
        "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    pieces = [sent.body[at : at + 50_000] for at in range(0, len(sent.body), 50_000)] or [b""]
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        body = pieces.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        said.append(message)

    await app(scope, receive, send)
    assert said[0]["type"] == "http.response.start"
    assert not said[-1].get("more_body")
    return int(said[0]["status"])


def test_no_bytes_on_the_wire_are_answered_with_a_fault_of_ours(tmp_path: Path) -> None:
    with served(inside(tmp_path)) as base:
        port = int(base.rpartition(":")[2])
        for sent in requests(COUNT // 10):
            answer = over_the_wire(port, sent)
            assert answer[:9] in (b"HTTP/1.1 ", b""), (answer, sent)
            assert answer[9:10] != b"5", (answer, sent)
        sound = Sent(b"GET", b"/health/live", ((b"host", b"127.0.0.1"),), b"")
        assert over_the_wire(port, sound).startswith(b"HTTP/1.1 200 ")


def over_the_wire(port: int, sent: Sent) -> bytes:
    """Return the first bytes of the answer; none where the connection is closed without one."""
    head = [sent.method + b" " + sent.target + b" HTTP/1.1"]
    head += [name + b": " + value for name, value in sent.headers]
    head += [b"Connection: close", b"Content-Length: %d" % len(sent.body)]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before its end
            connection.sendall(b"\r\n".join(head) + b"\r\n\r\n" + sent.body)
        with suppress(ConnectionResetError):
            return connection.recv(200)
    return b""
