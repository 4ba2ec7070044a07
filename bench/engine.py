"""CPU a draft: the engine with and without rewrites, beside a floor and proselint on the same text.

Each figure comes from processes of its own that see every draft once, so that nothing is measured
warm that would be cold in use; the rounds of the lanes take turns, so that a busy machine is busy
for all of them.
"""

import json
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from bench.drafts import read_drafts
from coach.okr import Draft

ROUNDS = 3
WARM_UP = 20  # drafts that are seen first and not counted: imports, patterns compiled on demand
Work = Callable[[Draft], object]


def main(path: str) -> None:
    """Print p50 and p99 of each lane in µs of CPU a draft, and how they compare."""
    taken: dict[str, list[list[float]]] = {name: [] for name in LANES}
    for _ in range(ROUNDS):
        for name in LANES:
            taken[name].append(_in_a_process(name, path))
    machine = f"Python {platform.python_version()}, {platform.machine()}, proselint "
    print(f"{len(taken['floor'][0])} drafts, {ROUNDS} rounds, {machine}{version('proselint')}")
    middles = {name: median(median(each) for each in rounds) for name, rounds in taken.items()}
    for name, rounds in taken.items():
        tail = median(quantiles(each, n=100)[-1] for each in rounds)
        spread = " ".join(f"{median(each):.0f}" for each in rounds)
        print(
            f"{name:14} p50 {middles[name]:7.0f} µs   p99 {tail:7.0f} µs   (p50 by round: {spread})"
        )
    engine = middles["engine"]
    print(f"engine / floor      {engine / middles['floor']:6.2f}")
    print(f"proselint / engine  {middles['proselint'] / engine:6.2f}")


def _in_a_process(name: str, path: str) -> list[float]:
    command = [sys.executable, "-m", "bench.engine", path, name]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    taken: list[float] = json.loads(ran.stdout)
    return taken


def measure(name: str, path: str) -> list[float]:
    """Return what one lane takes for each draft, in µs of this process's CPU time."""
    work = LANES[name]()
    drafts = read_drafts(Path(path))
    for draft in drafts[:WARM_UP]:
        work(draft)
    return [_timed(work, draft) for draft in drafts[WARM_UP:]]


def _timed(work: Work, draft: Draft) -> float:
    started = time.process_time_ns()
    work(draft)
    return (time.process_time_ns() - started) / 1000


def _floor() -> Work:
    from bench.floor import find

    return find


def _engine() -> Work:
    from coach.service import Coach

    coach = Coach()
    return lambda draft: coach.assess(draft, rewrite=False)


def _with_rewrites() -> Work:
    from coach.service import Coach

    return Coach().assess


def _proselint() -> Work:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda draft: LintFile("", "\n".join((draft.objective, *draft.sentences))).lint()


LANES: dict[str, Callable[[], Work]] = {
    "floor": _floor,
    "engine": _engine,
    "with rewrites": _with_rewrites,
    "proselint": _proselint,
}

if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[2], sys.argv[1])))
    else:
        main(sys.argv[1])
