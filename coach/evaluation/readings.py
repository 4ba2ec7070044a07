"""Labelled sentences beside what the coach reads in them."""

import re
from collections.abc import Iterator
from math import isclose
from typing import NamedTuple

from msgspec import UNSET

from coach.evaluation.rows import Sentence
from coach.reading.key_result import read_key_result
from coach.reading.text import fold, tidy

_NUMBERS = ("baseline", "target", "change", "upper")
_ABSENT_UNLESS_STATED = (*_NUMBERS, "bound", "per", "deadline")
_COMPARED_WHERE_STATED = ("metric", "direction", "unit", "notes")
# What a number of a goal can be checked by, of all the roles that numbers play.
_CHECKABLE = frozenset(("baseline", "target", "change", "upper", "work"))


class Comparison(NamedTuple):
    """A field as labelled and as read."""

    field: str
    expected: object
    found: object
    right: bool


def compare(sentence: Sentence) -> Iterator[Comparison]:
    """Yield each field that the label states or the reading holds."""
    text = sentence.text
    reading, quantities = read_key_result(text, "kr1", sentence.cycle or None)
    yield _compared("kind", sentence.kind, reading.kind)
    for field in _ABSENT_UNLESS_STATED:
        expected, found = getattr(sentence, field), getattr(reading, field)
        if expected is not None or found is not None:
            yield _compared(field, expected, found)
    for field in _COMPARED_WHERE_STATED:
        if (stated := getattr(sentence, field)) is not UNSET:
            yield _compared(field, stated, getattr(reading, field))
    for part, words in sentence.says.items():
        span = reading.parts.get(part)
        yield _compared("words", words, span and text[span.start : span.end])
    roles = {text[number.start : number.end]: number.role for number in quantities}
    for words, role in sentence.roles.items():
        yield _compared("role", role, roles.get(words))


def _compared(field: str, expected: object, found: object) -> Comparison:
    if isinstance(expected, float) and isinstance(found, float):
        return Comparison(field, expected, found, isclose(expected, found, rel_tol=1e-6))
    return Comparison(field, expected, found, expected == found)


def measured_by(text: str) -> dict[str, bool]:
    """Say what makes a goal measurable: a number to hold it against, or that or a habit's rhythm.

    The first is what the coach asks of a key result; a habit ("walk every day") has no end to
    reach, and can be counted all the same.
    """
    tidied = tidy(text)[0].strip()
    _, quantities = read_key_result(tidied)
    numbered = any(number.role in _CHECKABLE for number in quantities)
    return {NUMBER: numbered, RHYTHM: numbered or bool(_RHYTHM.search(fold(tidied)))}


NUMBER = "measurable: a number to hold it against"
RHYTHM = "measurable: such a number, or a rhythm"
_RHYTHM = re.compile(
    r"\b(?:daily|weekly|monthly|(?:once|twice|times|days) (?:a|per|every) (?:day|week|month)"
    r"|(?:every|each) ?(?:other )?(?:week|month|night|morning|evening|weekend|\w*day))\b"
)
