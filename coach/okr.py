"""What people write: a draft, its key results, and the context they were written in.

These structs are the wire format, the stored document and what templates read, at once.
Text in them is *tidy* (see `coach.reading.text.tidy`): NFC, no invisible characters, `\\n` ends.
"""

from typing import Literal

import msgspec

DraftType = Literal["committed", "aspirational", "learning", "health"]


class Span(msgspec.Struct, frozen=True):
    """Where words stand in one line of a draft: code points, half-open `[start, end)`."""

    start: int
    end: int


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the draft was written in. Everything is optional; nothing is guessed."""

    why: str | None = None
    purpose: str | None = None
    parent: str | None = None
    priority: str | None = None
    cycle: str | None = None
    type: DraftType | None = None
    team: str | None = None
    owner: str | None = None


class KeyResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key result with more to say than its sentence: who reports it, and from which source."""

    text: str
    owner: str | None = None
    source: str | None = None


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An objective, its key results and their context.

    A key result is its sentence, or a `KeyResult` where an owner or a data source is known.
    """

    objective: str
    key_results: tuple[str | KeyResult, ...] = ()
    context: Context = Context()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The key results as plain sentences, in order."""
        return tuple(kr if isinstance(kr, str) else kr.text for kr in self.key_results)
