"""Runs the proofs, or those that are named, each with its negative control, and prints a table.

python -m prove [NAME …] [--cases N] [--seed S]
"""

import argparse
import importlib
import pkgutil
import random
import sys
import time
from types import ModuleType

import prove
from prove import Tally
from prove.strings import MissingStrings, sources

CONTROL_CASES = 2000


def main() -> int:
    """Return 0 where every promise was kept and every control was broken, else 1."""
    asked = _arguments().parse_args()
    chosen = {name: module for name, module in proofs().items() if name in (asked.names or name)}
    try:
        read = sources()
    except MissingStrings as missing:
        print(f"Own strings alone: {missing}", file=sys.stderr)
        read = []
    for source in read:
        print(f"read: {source}", flush=True)
    print("\n| proof | promise | N | seed | wall | broken | 95 % bound | control |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    kept = [_row(name, module, asked.cases, asked.seed) for name, module in chosen.items()]
    return 0 if kept and all(kept) else 1


def _row(name: str, module: ModuleType, cases: int | None, seed: int) -> bool:
    cases = cases or module.CASES
    began = time.monotonic()
    tally: Tally = module.run(random.Random(seed), cases, True)
    wall = time.monotonic() - began
    cases = min(cases, getattr(module, "CONTROL", CONTROL_CASES))
    control: Tally = module.run(random.Random(seed), cases, False)
    caught = len(control.broken)
    told = f"{caught:,} of {control.cases:,} broken" if caught else "**caught nothing**"
    most = getattr(module, "MOST", 0.0)
    print(
        f"| {name} | {module.PROMISE} | {tally.cases:,} | {seed} | {wall:.0f} s "
        f"| {len(tally.broken):,} | {tally.bound:.2g} | {told} |",
        flush=True,
    )
    for note, said in tally.notes.items():
        print(f"  {name}: {note}: {said}", file=sys.stderr)
    for how in tally.broken[:5]:
        print(f"  {name}: {how}", file=sys.stderr)
    return len(tally.broken) <= most * tally.cases and caught > most * control.cases


def proofs() -> dict[str, ModuleType]:
    modules = (
        importlib.import_module(f"prove.{found.name}")
        for found in pkgutil.iter_modules(prove.__path__)
        if not found.name.startswith("_")
    )
    return {m.__name__.removeprefix("prove."): m for m in modules if hasattr(m, "PROMISE")}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make prove", description=__doc__)
    parser.add_argument("names", nargs="*", help="proofs to run; all of them if none is named")
    parser.add_argument("--cases", type=int, help="how many cases, instead of each one's own")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
