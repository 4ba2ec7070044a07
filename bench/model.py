"""A batch against an endpoint that takes half a second: how near to the floor it comes.

With C requests under way, N requests of L seconds can't take less than N·L/C. Each lane is told as
a share of that, beside its CPU a call: the stock `openai` client as its page shows it, ours with
its patience and memory, and ours with the ledger and the answers in a database. They take turns, so
that a busy machine is busy for all. A draft is two requests, the judge's and the rewriter's.
"""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import openai
import uvloop

from bench.loopback import ANSWERS
from coach.model import Reply, Request
from coach.model.endpoint import Endpoint
from coach.model.faults import ModelFailure
from coach.model.gate import Gate, Slots
from coach.model.patience import Attempts, Patient
from coach.model.thrift import Answers, Thrifty
from coach.spending import Terms
from coach.store import Database
from coach.store.answers import KeptAnswers
from coach.store.ledger import Ledger

SECONDS = 0.5
ROUNDS = 3
TURNS = 4
AT_ONCE = (16, 64, 256)
TARGETS = {16: "0.93", 64: "0.82", 256: "better than stock"}
Ask = Callable[[Request], Awaitable[object]]

_QUOTED = {
    "type": "object",
    "properties": {name: {"type": "string", "maxLength": 200} for name in ANSWERS["answers"][0]},
    "required": [*ANSWERS["answers"][0]],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"answers": {"type": "array", "maxItems": 12, "items": _QUOTED}},
    "required": ["answers"],
    "additionalProperties": False,
}
SYSTEM = "You read drafts of objectives and key results and answer a checklist. " * 90


class Round(NamedTuple):
    """What a lane made of a batch: its share of the floor, and milliseconds of CPU a call."""

    share: float
    cpu: float


class Nowhere:
    """A ledger and a shelf that keep nothing."""

    async def reserve(self, request: Request, model: str) -> str:
        return f"{model} {request.name}"

    async def sent(self, attempt: str) -> None:
        assert attempt

    async def answered(self, attempt: str, reply: Reply) -> None:
        assert attempt
        assert reply

    async def failed(self, attempt: str, failure: ModelFailure) -> None:
        raise RuntimeError(f"{attempt} failed") from failure

    async def find(self, digest: str) -> Reply | None:
        return None if digest else Reply("", "")

    async def keep(self, digest: str, reply: Reply) -> None:
        assert digest
        assert reply


def main() -> None:
    """Print each lane's share and CPU at each number of requests under way."""
    asked = [sys.executable, "-m", "bench.loopback", str(SECONDS)]
    endpoint = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)
    assert endpoint.stdout
    url = f"http://127.0.0.1:{int(endpoint.stdout.readline())}/v1"
    started = time.perf_counter()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for at_once in AT_ONCE:
            taken = runner.run(_measure(url, at_once))
            drafts = TURNS * at_once // 2
            print(
                f"{at_once} under way, {drafts} drafts, {ROUNDS} rounds: {TARGETS[at_once]}",
                flush=True,
            )
            for name, rounds in taken.items():
                share, cpu = (median(values) for values in zip(*rounds, strict=True))
                print(
                    f"  {name:24} {share:.2f} of the floor   {cpu:.2f} ms of CPU a call", flush=True
                )
    took = time.perf_counter() - started
    endpoint.terminate()
    endpoint.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"the endpoint itself took {(used.ru_utime + used.ru_stime) / took:.0%} of a core")


async def _measure(url: str, at_once: int) -> dict[str, list[Round]]:
    stock = openai.AsyncOpenAI(api_key="none", base_url=url)
    plain = Endpoint(url, "model")
    noted = Endpoint(url, "model")
    nowhere = Nowhere()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "coach.sqlite3")
        await database.open()
        ledger = Ledger(database, Terms("model", "127.0.0.1"))
        lanes: dict[str, Ask] = {
            "stock": _at_most(at_once, lambda request: _ask_stock(stock, request)),
            "ours": _ours(plain, nowhere, nowhere, at_once),
            "ours, all on record": _ours(noted, ledger, KeptAnswers(database, 90), at_once),
        }
        taken: dict[str, list[Round]] = {name: [] for name in lanes}
        for number in range(ROUNDS):
            for name, ask in lanes.items():
                taken[name].append(await _batch(ask, at_once, f"{name} {number}"))
        await database.close()
    await stock.close()
    await plain.close()
    await noted.close()
    return taken


def _ours(endpoint: Endpoint, attempts: Attempts, answers: Answers, at_once: int) -> Ask:
    gate = Gate(Slots(at_once, waiting=TURNS * at_once))
    return Thrifty(Patient(endpoint, attempts, gate, deadline=120.0), answers).ask


def _at_most(at_once: int, ask: Ask) -> Ask:
    slots = asyncio.Semaphore(at_once)

    async def wait_and_ask(request: Request) -> object:
        async with slots:
            return await ask(request)

    return wait_and_ask


async def _ask_stock(client: openai.AsyncOpenAI, request: Request) -> object:
    assert request.schema is not None
    return await client.chat.completions.create(
        model="model",
        messages=[
            {"role": "system", "content": request.system},
            {"role": "user", "content": request.user},
        ],
        temperature=0,
        response_format={
            "type": "json_schema",
            "json_schema": {"name": request.name, "schema": request.schema, "strict": True},
        },
        max_tokens=request.most_tokens,
    )


async def _batch(ask: Ask, at_once: int, mark: str) -> Round:
    calls = TURNS * at_once
    requests = [
        Request("judge", SYSTEM, f"{mark} {number}: Raise activation from 32 % to 45 %", SCHEMA)
        for number in range(calls)
    ]
    await ask(Request("judge", SYSTEM, f"{mark} warm", SCHEMA))
    clock, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(ask(request) for request in requests))
    took, used = time.perf_counter() - clock, time.process_time() - cpu
    return Round(calls * SECONDS / at_once / took, used / calls * 1000)


if __name__ == "__main__":
    main()
