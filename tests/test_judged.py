"""The key results of `tests/judged/` are judged as their headings say, neither more nor less."""

from pathlib import Path
from typing import Any

import pytest

from coach.okr import Context, Draft
from coach.reading.draft import ReadDraft
from coach.rubrics import CRITERIA, judge

FOLDER = Path(__file__).parent / "judged"


def judged(name: str) -> list[Any]:
    """Return the key results of a file, each with what its heading says is found."""
    listed, found = [], frozenset[str]()
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            found = frozenset(line.strip("[]").split(", "))
        elif line and not line.startswith("#"):
            listed.append(pytest.param(line, found, id=line))
    return listed


def found_in(key_result: str) -> frozenset[str]:
    """Return what ambition and measurability find in a key result beside another; no hints."""
    lines = (key_result, "Visits per week: 40 → 60")
    draft = Draft("People get what they need in time", lines, Context(cycle="2027-Q2"))
    return frozenset(
        finding.criterion
        for finding in judge(ReadDraft(draft)).findings
        if finding.line == "kr1"
        and finding.severity != "hint"
        and CRITERIA[finding.criterion].rubric in ("ambition", "measurability")
    )


@pytest.mark.parametrize(("line", "found"), judged("ambition"))
def test_ambition_is_judged(line: str, found: frozenset[str]) -> None:
    assert found_in(line) == found


@pytest.mark.parametrize(("line", "found"), judged("measurability"))
def test_measurability_is_judged(line: str, found: frozenset[str]) -> None:
    assert found_in(line) == found


@pytest.mark.parametrize(("line", "found"), judged("sound"))
def test_sound_key_result_is_left_in_peace(line: str, found: frozenset[str]) -> None:
    assert found_in(line) == found == frozenset()
