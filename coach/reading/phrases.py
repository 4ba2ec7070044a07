"""Phrases in a line: found only where one of their words is there at all, so they cost little."""

import re
from typing import NamedTuple, Protocol


class Spoken(Protocol):
    """A line as phrases are looked for in it."""

    @property
    def folded(self) -> str: ...
    @property
    def vocabulary(self) -> frozenset[str]: ...


class Phrases(NamedTuple):
    """A pattern over a folded line, and the words of which each match holds at least one."""

    triggers: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, line: Spoken) -> re.Match[str] | None:
        """Return the first match in a line, None where there is none."""
        if self.triggers.isdisjoint(line.vocabulary):
            return None
        return self.pattern.search(line.folded)


def phrases(triggers: str, *patterns: str) -> Phrases:
    """Compile patterns that each stand between word boundaries."""
    joined = "|".join(patterns)
    return Phrases(frozenset(triggers.split()), re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])"))
