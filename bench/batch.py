"""A batch end to end on a server as people run it, beside the engine alone and an impatient reader.

The drafts of a file are told apart by a number, so that none is scored for two. CPU is counted as
well as time: on a machine with other work only that compares.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
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
ASKED = 300
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
    quiet = [_ask(client, draft) for draft in drafts[:ASKED]]
    body = b"\n".join(map(_encode, drafts))
    began, before = time.perf_counter(), _cpu(pid)
    answer = client.post(
        "/api/v1/batches", content=body, headers={"content-type": "application/x-ndjson"}
    )
    url = answer.raise_for_status().headers["location"]
    taken_in = time.perf_counter() - began
    busy: list[float] = []
    memory: list[int] = []
    ended = threading.Event()
    reader = threading.Thread(target=_read_along, args=(str(client.base_url), drafts, busy, ended))
    reader.start()
    began = time.perf_counter()
    while (batch := client.get(url).json())["state"] == "running":
        memory.append(sum(_memory(each) for each in (pid, *_children(pid))))
        cpu = _cpu(pid) + sum(map(_cpu, _children(pid)))
        time.sleep(0.5)
    seconds = time.perf_counter() - began
    ended.set()
    reader.join()
    done = batch["counts"]["done"]
    each = (cpu - before - len(busy) * alone) / done
    page = [_timed(client, f"/batches/{batch['id']}") for _ in range(20)]
    print(f"taken in          {taken_in:6.2f} s for {len(drafts):,} drafts")
    print(f"scored and stored {done:,} in {seconds:.1f} s, {done / seconds:.0f} a second")
    print(f"CPU a row         {each * 1000:6.2f} ms; the engine's share is {alone / each:.0%}")
    print(f"memory            {max(memory[:4])} MB at first, {max(memory)} MB at most")
    print(f"a draft, quiet    p50 {median(quiet):6.1f} ms   p99 {_p99(quiet):6.1f} ms")
    print(f"a draft, meanwhile p50 {median(busy):5.1f} ms   p99 {_p99(busy):6.1f} ms")
    print(f"page of the batch {median(page):6.1f} ms")


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


def _read_along(
    address: str, drafts: list[Draft], busy: list[float], ended: threading.Event
) -> None:
    with httpx.Client(base_url=address, timeout=120) as client:
        for draft in cycle(drafts):
            if ended.is_set():
                return
            busy.append(_ask(client, draft))
            time.sleep(0.05)


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
