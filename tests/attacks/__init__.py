"""Our own attacks on a judge of OKRs and honest lines that hold their words, read from files here.

Half of each was put aside by its digest before the patterns of `coach/reading/instructions.py`
were written, and is only counted, never looked at to mend them.
"""

import hashlib
import tomllib
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent


class Attack(NamedTuple):
    """A text, what it tries, and the language it is in."""

    way: str
    language: str
    text: str


def attacks() -> tuple[Attack, ...]:
    """Return all attacks, in the order of the file."""
    told = tomllib.loads((_FOLDER / "attacks.toml").read_text("utf-8"))
    return tuple(
        Attack(way, language, text)
        for way, by_language in told.items()
        for language, texts in by_language.items()
        for text in texts
    )


def honest_lines() -> tuple[str, ...]:
    """Return all honest lines, in the order of the file."""
    told = tomllib.loads((_FOLDER / "honest.toml").read_text("utf-8"))
    return tuple(line for lines in told.values() for line in lines)


def is_held_out(text: str) -> bool:
    """Tell whether a text is of the half that is put aside."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1
