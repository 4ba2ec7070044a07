"""Writes docs/accuracy.md: how well the rules judge, on files that people labelled.

    make card DATA="dev.jsonl smartspan_goals.jsonl gitlab_okrs.jsonl"

Files may be rows for `coach eval`, SMARTSpan's goals as its authors publish them, or GitLab's
lines for `bench.base_rates`: what a file is shows in its first line. The page holds figures and
the ids of drafts, and no sentence, since the data is not ours to print.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.base_rates import base_rates
from coach.evaluation import as_markdown, evaluate, read_rows
from coach.evaluation.rows import Goal, Row
from coach.service import Coach

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs/accuracy.md"
OWN_READINGS = sorted((CHECKOUT / "tests/readings").glob("*.toml"))
BLIND_READINGS = CHECKOUT / "bench/blind_readings.toml"


def main(names: list[str]) -> None:
    """Measure on the files of these names, and write the page."""
    PAGE.write_text("\n".join(page([Path(name) for name in names])), "utf-8")
    print(f"{PAGE.relative_to(CHECKOUT)} is written")


def page(files: list[Path]) -> Iterator[str]:
    """Yield the page's lines."""
    coach = Coach()
    made_by = coach.versions
    named = " ".join(file.name for file in files)
    yield f'<!-- Made by `make card DATA="{named}"`. -->'
    yield _OPENING.format(coach=made_by.coach, rubrics=made_by.rubrics, named=named)
    yield "## Our own readings"
    yield _OWN
    own = (row for file in OWN_READINGS for row in _rows_of(file))
    yield as_markdown(evaluate(own, coach))
    yield "## Readings nobody had seen"
    yield _BLIND
    yield as_markdown(evaluate(_rows_of(BLIND_READINGS), coach))
    for file in files:
        yield f"## {file.name}"
        yield ""
        yield from _section(file, coach)


def _section(file: Path, coach: Coach) -> Iterator[str]:
    first = _first(file)
    if "folds" in first:
        goals = list(_goals(file))
        whole = len(file.read_bytes().splitlines())
        yield _SMARTSPAN.format(used=len(goals), whole=whole)
        yield as_markdown(evaluate(goals, coach))
    elif "quarter" in first:
        yield _GITLAB
        for table in base_rates(file):
            yield table.as_markdown()
            yield ""
    else:
        yield as_markdown(evaluate(_rows_of(file), coach))


def _rows_of(file: Path) -> Iterable[Row]:
    return read_rows(file.read_bytes().splitlines(keepends=True), file.name)


def _first(file: Path) -> dict[str, Any]:
    with file.open("rb") as lines:
        first: dict[str, Any] = json.loads(next(lines))
    return first


HELD_BACK = ("4", "5")
"""The official folds whose test goals nobody looks at before a release."""


def _goals(file: Path) -> Iterator[Goal]:
    for line in file.read_bytes().splitlines():
        goal = json.loads(line)
        if all(goal["folds"][fold] != "test" for fold in HELD_BACK):
            yield Goal(goal["goal"], bool(goal["M"]), str(goal["gid"]))


_OPENING = """
# The accuracy card

How often the rules are right, measured with rules `{rubrics}` of coach {coach} by

    make card DATA="{named}"

`coach doctor` tells which rules are in force: where that is another digest, these figures are of
older ones, and the command makes them anew. [Measuring the coach](evaluation.md) says what is
counted and how; `coach eval` prints the same figures for a file, with the words of each false
alarm. The rules were made with these files at hand, so the figures tell how well they fit them:
expect less on drafts that nobody has seen. Intervals hold the true value at 95 %.
"""
_OWN = """
The sentences of `tests/readings/`, written for this project. The tests hold the readings to every
one of them, so this table shows what is covered, and can't show what is not.
"""
_BLIND = """
The sentences of `bench/blind_readings.toml`, labelled before the coach had read any of them, the
last sixteen harder than most on purpose. What is misread there is open work, which
`coach eval bench/blind_readings.toml` lists.
"""
_SMARTSPAN = """\
{used} of the {whole} health goals that SMARTSpan's authors labelled (MIT). The test goals of
its official folds 4 and 5 are held back until a release. These are habits ("every day") more than
key results: people called them measurable for their rhythm, which the coach asks of no key result.
The first row takes the coach at its word. Our pattern for rhythms was written after a look at
these goals, so that the second row shows what was missing, and is no blind measurement.
"""
_GITLAB = """\
The 580 key results among the lines that GitLab published (2018–2023, CC BY-SA 4.0, measured
with, never shipped). Sixty, drawn at random, were judged by hand before the readings were seen;
what each question means stands with the verdicts in `bench/gitlab_sixty.toml`.
"""


if __name__ == "__main__":
    main(sys.argv[1:])
