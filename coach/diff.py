"""Word-level differences between what an author wrote and what a rewrite proposes."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import count
from typing import Literal, NamedTuple

Change = Literal["same", "added", "removed"]

# A blank ("[baseline]") is one word, so that it is never cut in two.
_TOKEN = re.compile(r"\[[^\[\]\n]*\]|\w+(?:[-'’.,/]\w+)*|\s+|[^\w\s]")
_BLANK = re.compile(r"(\[[^\[\]\n]*\])")
_TAIL = re.compile(r"[^\w\[\]]*\Z")


class Piece(NamedTuple):
    """A run of words that both texts hold, or only the old one, or only the new one."""

    change: Change
    text: str

    @property
    def words(self) -> str:
        """The text without the space around it, which nobody adds or removes on purpose."""
        return self.text.strip()

    @property
    def before(self) -> str:
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def after(self) -> str:
        return self.text[len(self.text.rstrip()) :]


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that turn `before` into `after`: words whole, removed before added."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    removed = added = ""
    for operation, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = "".join(old[i:j]) if operation == "equal" else ""
        # A lone space or sign between two changes would make them hard to read: it joins them.
        if same and (not (removed or added) or any(map(str.isalnum, same))):
            pieces += [*_changed(removed, added), Piece("same", same)]
            removed = added = ""
        else:
            removed += "".join(old[i:j])
            added += "".join(new[k:m])
    return (*pieces, *_changed(removed, added))


def cut_blanks(text: str) -> tuple[tuple[str, bool], ...]:
    """Return `text` cut at its blanks, in order: `(text, is it a blank)`."""
    cut = _BLANK.split(text)
    return tuple((part, bool(index % 2)) for index, part in enumerate(cut) if part)


def fill_blanks(text: str, filled: Mapping[int, str]) -> str:
    """Return `text` with what is given for its blanks, counted from 0, in their places."""
    numbers = count()
    return _BLANK.sub(lambda blank: filled.get(next(numbers)) or blank[0], text)


def _changed(removed: str, added: str) -> list[Piece]:
    """Return what was removed, then what was added, then the end that both have in common."""
    tail = ""
    if removed and added:
        ends = [_TAIL.search(text) for text in (removed, added)]
        if ends[0] and ends[1] and ends[0].group() == ends[1].group():
            tail = ends[0].group()
            removed, added = removed[: ends[0].start()], added[: ends[1].start()]
    found: list[tuple[Change, str]] = [("removed", removed), ("added", added), ("same", tail)]
    return [Piece(change, text) for change, text in found if text]
