"""Key results are read as a careful reader reads them: every sentence of `readings/*.toml`."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.reading.key_result import read_key_result

TABLES = sorted((Path(__file__).parent / "readings").glob("*.toml"))
NUMBERS = ("baseline", "target", "change", "upper")
ABSENT_UNLESS_STATED = (*NUMBERS, "bound", "per", "deadline")


def sentences() -> Iterator[Any]:
    for table in TABLES:
        for theme, entries in tomllib.loads(table.read_text("utf-8")).items():
            for entry in entries:
                yield pytest.param(entry, id=f"{table.stem}: {theme}: {entry['text']}")


@pytest.mark.parametrize("entry", [*sentences()])
def test_sentence_is_read_as_it_says(entry: dict[str, Any]) -> None:
    text = entry["text"]
    reading, quantities = read_key_result(text, "kr1", entry.get("cycle", "2027-Q1") or None)
    assert reading.kind == entry.get("kind", "metric")
    for field in ABSENT_UNLESS_STATED:
        expected, found = entry.get(field), getattr(reading, field)
        if field in NUMBERS and expected is not None:
            assert found == pytest.approx(expected), field
        else:
            assert found == expected, field
    for field in ("metric", "direction", "unit"):
        assert getattr(reading, field) == entry.get(field, getattr(reading, field)), field
    for part, words in entry.get("says", {}).items():
        span = reading.parts[part]
        assert text[span.start : span.end] == words, part
    roles = {text[quantity.start : quantity.end]: quantity.role for quantity in quantities}
    for words, role in entry.get("roles", {}).items():
        assert roles[words] == role, words
    assert list(reading.notes) == entry.get("notes", list(reading.notes))


def test_table_is_large_enough_to_trust() -> None:
    assert sum(1 for _ in sentences()) >= 200
