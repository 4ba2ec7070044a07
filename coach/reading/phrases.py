"""Phrases in a line, looked for only where their first word stands, so that they cost little."""

import re
from collections.abc import Mapping
from typing import Protocol

import msgspec

from coach.reading.text import Word


class Spoken(Protocol):
    """A line as phrases are looked for in it."""

    @property
    def folded(self) -> str: ...
    @property
    def words(self) -> tuple[Word, ...]: ...
    @property
    def vocabulary(self) -> frozenset[str]: ...
    @property
    def begins(self) -> int: ...


class Phrases(msgspec.Struct, frozen=True):
    """What may follow each first word."""

    firsts: frozenset[str]
    behind: dict[str, re.Pattern[str]]

    def find(self, line: Spoken) -> tuple[int, int] | None:
        """Return where the first phrase in a line stands, None where there is none."""
        firsts = self.firsts
        if firsts.isdisjoint(line.vocabulary):
            return None
        for word in line.words:
            if word.text in firsts:
                found = self.behind[word.text].match(line.folded, word.end)
                if found:
                    return word.start, found.end()
        return None


def phrases(table: Mapping[str, str]) -> Phrases:
    """Compile a table of first words, parted by spaces, and the pattern of what follows them.

    A pattern begins right behind the word and ends before the next word. It may look back over
    the word: `(?<!the most)`. An empty pattern takes the word alone.
    """
    rests: dict[str, list[str]] = {}
    for firsts, rest in table.items():
        for first in firsts.split():
            rests.setdefault(first, []).append(rest)
    behind = {
        first: re.compile(rf"(?:{'|'.join(listed)})(?![\w-])") for first, listed in rests.items()
    }
    return Phrases(frozenset(behind), behind)
