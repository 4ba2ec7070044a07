"""Key results are read as a careful reader reads them: every sentence of `readings/*.toml`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.evaluation import read_rows
from coach.evaluation.readings import compare
from coach.evaluation.rows import Sentence

TABLES = sorted((Path(__file__).parent / "readings").glob("*.toml"))


def sentences() -> Iterator[Any]:
    for table in TABLES:
        for row in read_rows([table.read_bytes()], table.name):
            assert isinstance(row, Sentence)
            yield pytest.param(row, id=f"{table.stem}: {row.text}")


@pytest.mark.parametrize("sentence", [*sentences()])
def test_sentence_is_read_as_it_says(sentence: Sentence) -> None:
    assert not [field for field in compare(sentence) if not field.right]


def test_table_is_large_enough_to_trust() -> None:
    assert sum(1 for _ in sentences()) >= 200
