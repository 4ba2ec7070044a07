"""What people write: a draft, its key results, and the context they were written in.

These structs are the wire format, the stored document and what templates read, at once.
Text in them is *tidy* (see `coach.reading.text.tidy`): NFC, no invisible characters, `\\n` ends.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from coach.errors import Problem

# What one draft may hold, for every door. Characters are code points.
KEY_RESULTS_LIMIT = 50
LINE_LIMIT = 2_000
ANSWERS_LIMIT = 200
# What one text with drafts in it may hold, in characters; one draft as JSON, in bytes.
TEXT_LIMIT = 1_000_000
TEXT_LINES_LIMIT = 20_000

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
    """An objective, its key results and their context. An objective without words is none yet.

    A key result is its sentence, or a `KeyResult` where an owner or a data source is known.
    """

    objective: str = ""
    key_results: tuple[str | KeyResult, ...] = ()
    context: Context = Context()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The key results as plain sentences, in order."""
        return tuple(kr if isinstance(kr, str) else kr.text for kr in self.key_results)

    @property
    def lines(self) -> dict[str, str]:
        """The lines that findings speak of, by name: "objective", "kr1" …, "why" where given."""
        krs = {f"kr{number}": text for number, text in enumerate(self.sentences, 1)}
        why = {"why": self.context.why} if self.context.why else {}
        return {"objective": self.objective, **krs, **why}


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an author answers to the question of a finding, named by its criterion and its line.

    Rewrites take their words and numbers from it, as from the draft.
    """

    criterion: str
    line: str
    text: str


class AnsweredDraft(Draft, frozen=True, forbid_unknown_fields=True):
    """A draft with what its author answered to the questions of its findings."""

    answers: tuple[Answer, ...] = ()

    @property
    def draft(self) -> Draft:
        """The draft alone."""
        return Draft(self.objective, self.key_results, self.context)


def check(draft: Draft) -> tuple[Problem, ...]:
    """Return everything that keeps a draft from being read, each with its JSON pointer."""
    return tuple(_problems(draft))


def _problems(draft: Draft) -> Iterator[Problem]:
    if not any(map(_WORD.search, (draft.objective, *draft.sentences))):
        yield Problem("", "there are no words in it yet: write an objective or a key result")
    if len(draft.key_results) > KEY_RESULTS_LIMIT:
        said = f"{len(draft.key_results)} key results; a draft holds at most {KEY_RESULTS_LIMIT}"
        yield Problem("/key_results", said)
    answers = draft.answers if isinstance(draft, AnsweredDraft) else ()
    if len(answers) > ANSWERS_LIMIT:
        said = f"{len(answers)} answers; a draft comes with at most {ANSWERS_LIMIT}"
        yield Problem("/answers", said)
    for pointer, text in (*_lines(draft), *_answered(answers)):
        if len(text) > LINE_LIMIT:
            yield Problem(pointer, f"{len(text):,} characters; a line holds at most {LINE_LIMIT:,}")
        if unreadable := _UNREADABLE.search(text):
            said = unreadable_name(unreadable[0])
            yield Problem(pointer, f"{said} at character {unreadable.start() + 1}")


def _lines(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "/objective", draft.objective
    for index, kr in enumerate(draft.key_results[:KEY_RESULTS_LIMIT]):
        if isinstance(kr, str):
            yield f"/key_results/{index}", kr
        else:
            yield f"/key_results/{index}/text", kr.text
            yield f"/key_results/{index}/owner", kr.owner or ""
            yield f"/key_results/{index}/source", kr.source or ""
    for field in Context.__struct_fields__:
        yield f"/context/{field}", getattr(draft.context, field) or ""


def _answered(answers: tuple[Answer, ...]) -> Iterator[tuple[str, str]]:
    for index, answer in enumerate(answers[:ANSWERS_LIMIT]):
        for field in Answer.__struct_fields__:
            yield f"/answers/{index}/{field}", getattr(answer, field)


_WORD = re.compile(r"[^\W_]")
_UNREADABLE = re.compile("[\0\ud800-\udfff]")


def unreadable_name(char: str) -> str:
    """Say what a character is that no database keeps."""
    return "a NUL character" if char == "\0" else "half of a character (a lone surrogate)"
