"""The accuracy card is made of figures: no sentence of a file, and none that is held back."""

import json
from pathlib import Path

import pytest

from bench.base_rates import base_rates
from bench.card import page

SECRET = "xylophone"


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def goal(number: int, fold: str, part: str) -> dict[str, object]:
    folds = dict.fromkeys("12345", "train") | {fold: part}
    return {"gid": number, "goal": f"Play the {SECRET} daily", "M": 1, "folds": folds}


def test_card_prints_no_sentence_of_its_files(tmp_path: Path):
    weak = {"objective": f"Sell the {SECRET}", "key_results": [f"Improve the {SECRET}"]}
    rows = {"type": "single", "id": "s1", "label": "good", **weak}
    drafts = write(tmp_path / "drafts.jsonl", rows)
    goals = write(tmp_path / "goals.jsonl", goal(1, "1", "test"))
    told = "\n".join(page([drafts, goals]))
    assert SECRET not in told
    assert "## drafts.jsonl" in told
    assert "- no-target: s1 kr1" in told
    assert 'make card DATA="drafts.jsonl goals.jsonl"' in told


def test_goals_that_are_held_back_are_not_looked_at(tmp_path: Path):
    goals = [
        goal(1, "1", "test"),
        goal(2, "4", "test"),
        goal(3, "5", "test"),
        goal(4, "5", "valid"),
    ]
    told = "\n".join(page([write(tmp_path / "goals.jsonl", *goals)]))
    assert "2 of the 4 health goals" in told
    assert "| 2 of 2 |" in told


def test_hand_count_is_held_only_against_the_lines_it_was_made_on(tmp_path: Path):
    other = {"id": "gl-1378", "kind": "kr", "text": "Another line under the same id"}
    with pytest.raises(SystemExit, match="gl-1378 is not the line that was judged by hand"):
        base_rates(write(tmp_path / "lines.jsonl", other))
