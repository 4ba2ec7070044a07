"""`coach score` as a user runs it: time and memory of 10,000 drafts, and a cold start on one."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec

from bench.drafts import read_drafts
from coach.okr import Draft

COACH = Path(sys.executable).with_name("coach")
MANY = (1_000, 10_000)
STARTS = 11


class Run(NamedTuple):
    """What one run of the command took: seconds by the clock, seconds of CPU, MB at most."""

    wall: float
    cpu: float
    peak: float


def main(path: str) -> None:
    """Print what runs of the command took."""
    drafts = read_drafts(Path(path))
    with tempfile.TemporaryDirectory() as folder:
        for count in MANY:
            told = _many(drafts, count, Path(folder))
            print(
                f"{count:6,} drafts ({min(count, len(drafts)):,} different): {told.wall:.1f} s, "
                f"{told.cpu:.1f} s of CPU, {told.peak:.0f} MB at most"
            )
        starts = list(_starts(drafts[0], Path(folder)))
    walls = [each.wall for each in starts]
    print(
        f"one draft, cold: median {median(walls):.2f} s of {STARTS} starts "
        f"({min(walls):.2f} to {max(walls):.2f}), {starts[0].peak:.0f} MB at most"
    )


def _many(drafts: list[Draft], count: int, folder: Path) -> Run:
    file = folder / "many.jsonl"
    lines = msgspec.json.Encoder().encode_lines(islice(cycle(drafts), count))
    file.write_bytes(lines)
    out = folder / "assessments.jsonl"
    run = _run([str(COACH), "score", str(file), "--format", "jsonl"], out)
    with out.open("rb") as written:
        lines_out = sum(1 for _ in written)
    if lines_out != count:
        raise SystemExit(f"{count} drafts went in, {lines_out} assessments came out")
    return run


def _starts(draft: Draft, folder: Path) -> Iterator[Run]:
    file = folder / "one.md"
    key_results = (f"KR{number}: {text}" for number, text in enumerate(draft.sentences, 1))
    file.write_text("\n".join((f"Objective: {draft.objective}", *key_results)), "utf-8")
    for _ in range(STARTS):
        yield _run([str(COACH), "score", str(file)], folder / "one.txt")


def _run(command: list[str], out: Path) -> Run:
    """Run a command to its end; 0 and the exit codes of findings count as an end."""
    started = time.perf_counter()
    with out.open("wb") as stdout:
        child = os.posix_spawn(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, stdout.fileno(), 1)],
        )
        _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} exited with {os.waitstatus_to_exitcode(status)}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main(sys.argv[1])
