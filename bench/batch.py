"""A batch end to end on a server as people run it, beside the engine alone, and who else is served.

The drafts of a file are told apart by a number, so that none is scored for two. CPU is counted as
well as time: on a machine with other work only that compares.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import httpx
import msgspec
from msgspec.structs import replace

from bench.drafts import read_drafts
from coach.okr import Draft
from coach.service import Coach

ALONE = 1_000
TURNS = 15
ASKED = 20
_TICKS = os.sysconf("SC_CLK_TCK")
_encode = msgspec.json.Encoder().encode


def main(path: str, rows: int = 10_000) -> None:
    """Print what a batch of so many rows takes."""
    drafts = list(_told_apart(read_drafts(Path(path)), rows))
    alone = _engine_alone(drafts[:ALONE])
    print(f"engine alone      {alone * 1000:6.2f} ms of CPU a draft, {1 / alone:.0f} a second")
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(folder) as (address, pid),
        httpx.Client(base_url=address, timeout=120) as client,
    ):
        _measure(client, pid, drafts, alone)


def _measure(client: httpx.Client, pid: int, drafts: list[Draft], alone: float) -> None:
    began = time.perf_counter()
    url = _hand_in(client, drafts)
    print(f"taken in          {time.perf_counter() - began:6.2f} s for {len(drafts):,} drafts")
    memory: list[int] = []
    began, before, cpu = time.perf_counter(), _cpu(pid), 0.0
    client.post(f"{url}/start").raise_for_status()
    while (batch := client.get(url).json())["state"] == "running":
        family = (pid, *_children(pid))
        memory.append(sum(map(_memory, family)))
        cpu = sum(map(_cpu, family)) - before
        time.sleep(1)
    seconds = time.perf_counter() - began
    done = batch["counts"]["done"]
    each = cpu / done
    page = [_timed(client, f"/batches/{batch['id']}") for _ in range(20)]
    print(f"scored and stored {done:,} in {seconds:.1f} s, {done / seconds:.0f} a second")
    print(f"CPU a row         {each * 1000:6.2f} ms, of which the engine takes {alone / each:.0%}")
    print(f"memory            {max(memory[:5])} MB at first, {max(memory)} MB at most")
    print(f"page of the batch {median(page):6.1f} ms")
    _read_along(client, drafts)


def _read_along(client: httpx.Client, drafts: list[Draft]) -> None:
    """Ask for drafts while a batch rests and while it runs, in turns: noise falls on both."""
    url = _hand_in(client, drafts)
    resting: list[float] = []
    running: list[float] = []
    asked = cycle(drafts)
    client.post(f"{url}/start").raise_for_status()
    for _ in range(TURNS):
        client.post(f"{url}/resume").raise_for_status()
        time.sleep(0.5)
        running += [_ask(client, draft) for draft in islice(asked, ASKED)]
        client.post(f"{url}/pause").raise_for_status()
        while client.get(url).json()["counts"]["running"]:
            time.sleep(0.05)
        resting += [_ask(client, draft) for draft in islice(asked, ASKED)]
    left = client.get(url).json()["counts"]["waiting"]
    for name, times in (("rests", resting), ("runs", running)):
        print(f"a draft while it {name:6} p50 {median(times):5.1f} ms   p99 {_p99(times):6.1f} ms")
    print(f"                  {left:,} rows of that batch were left")


def _hand_in(client: httpx.Client, drafts: list[Draft]) -> str:
    answer = client.post(
        "/api/v1/batches?start=false",
        content=b"\n".join(map(_encode, drafts)),
        headers={"content-type": "application/x-ndjson"},
    )
    return str(answer.raise_for_status().headers["location"])


def _told_apart(drafts: list[Draft], count: int) -> Iterator[Draft]:
    for number, draft in enumerate(islice(cycle(drafts), count)):
        yield replace(draft, objective=f"{draft.objective[:1_900]} in region {number}")


def _engine_alone(drafts: list[Draft]) -> float:
    coach = Coach()
    for draft in drafts[:50]:
        coach.assess(draft)
    began = time.process_time()
    for draft in drafts:
        _encode(coach.assess(draft))
    return (time.process_time() - began) / len(drafts)


def _ask(client: httpx.Client, draft: Draft) -> float:
    began = time.perf_counter()
    client.post(
        "/api/v1/assessments", content=_encode(draft), headers={"content-type": "application/json"}
    ).raise_for_status()
    return (time.perf_counter() - began) * 1000


def _timed(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - began) * 1000


def _p99(times: list[float]) -> float:
    return quantiles(times, n=100)[-1]


# --- the server, and what it takes ------------------------------------------------------------


@contextmanager
def _served(folder: str) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-c", "from coach.cli import main; main()", "serve", "--port", "0"]
    given = {**os.environ, "COACH_DATA_DIR": folder}
    server = subprocess.Popen(
        command, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    if server.stdout is None:
        raise SystemExit("the server says nothing")
    found = re.search(r"http://\S+", server.stdout.readline())
    if found is None:
        raise SystemExit("the server did not start")
    try:
        yield found[0], server.pid
    finally:
        server.terminate()
        server.wait()


class _Stat(NamedTuple):
    parent: int
    cpu: float


def _stat(pid: int) -> _Stat:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return _Stat(int(fields[1]), sum(map(int, fields[11:13])) / _TICKS)


def _cpu(pid: int) -> float:
    try:
        return _stat(pid).cpu
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if _stat(int(path.name)).parent == pid:
                found.append(int(path.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _memory(pid: int) -> int:
    """Return the resident memory of a process in MB."""
    try:
        said = Path(f"/proc/{pid}/status").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", said)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
