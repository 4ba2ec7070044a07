"""CPU a request: what the API adds to the engine, beside a bare Litestar POST of the same body.

Requests go through the whole application as a server would hand them over; the server's own work
(parsing HTTP, writing to the socket) is left out on both sides. Each draft passes all lanes before
the next one comes, so that a busy machine is busy for all of them, and in the other order in every
other round, so that none gains by what another left in a cache.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping
from operator import sub
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec
from litestar import Litestar, post

from bench.drafts import read_drafts
from coach.okr import Draft
from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.logs import start_logging

ROUNDS = 6
WARM_UP = 50
App = Callable[..., Awaitable[None]]


def main(path: str) -> None:
    """Print p50 and p99 of each lane, and what is between them."""
    bodies = [msgspec.json.encode(draft) for draft in read_drafts(Path(path))]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        start_logging("info", nowhere)
        taken = asyncio.run(_measure(bodies))
    print(f"{len(bodies)} drafts, {ROUNDS} rounds")
    for name, times in taken.items():
        print(f"{name:14} p50 {median(times):6.0f} µs   p99 {quantiles(times, n=100)[-1]:6.0f} µs")
    over = median(map(sub, taken["API"], taken["engine"]))
    bare_post = median(taken["bare Litestar"])
    print(f"API over engine  {over:5.0f} µs, {over / bare_post:.1f} times a bare Litestar POST")


async def _measure(bodies: list[bytes]) -> dict[str, list[float]]:
    coach = Coach()
    decode = msgspec.json.Decoder(Draft).decode
    with tempfile.TemporaryDirectory() as folder:
        ours = create_app(coach, Database(Path(folder) / "coach.sqlite3"))

        async def engine(body: bytes) -> None:
            coach.assess(decode(body))

        lanes: dict[str, Callable[[bytes], Awaitable[None]]] = {
            "engine": engine,
            "bare Litestar": lambda body: _post(bare, "/", b"", body),
            "API": lambda body: _post(ours, "/api/v1/assessments", b"store=false", body),
        }
        for body in bodies[:WARM_UP]:
            for lane in lanes.values():
                await lane(body)
        taken: dict[str, list[float]] = {name: [] for name in lanes}
        for body in bodies:
            runs: dict[str, list[float]] = {name: [] for name in lanes}
            for turn in range(ROUNDS):
                for name in list(lanes)[:: -1 if turn % 2 else 1]:
                    started = time.process_time_ns()
                    await lanes[name](body)
                    runs[name].append((time.process_time_ns() - started) / 1000)
            for name, times in runs.items():
                taken[name].append((min(times[::2]) + min(times[1::2])) / 2)
    return taken


@post("/", status_code=200)
async def _echo(data: Draft) -> Draft:
    return data


bare = Litestar([_echo], openapi_config=None, logging_config=None)


async def _post(app: App, path: str, query: bytes, body: bytes) -> None:
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query,
        "root_path": "", "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8000),
        "headers": [
            (b"host", b"127.0.0.1:8000"), (b"user-agent", b"bench"), (b"accept", b"*/*"),
            (b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)),
        ],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200, message

    await app(scope, receive, send)


if __name__ == "__main__":
    main(sys.argv[1])
