"""Notes that an author puts aside. They stay aside for the words they were about, in any draft."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from coach.assessment import Finding
from coach.okr import Draft


class Dismissal(NamedTuple):
    """A finding put aside. `key` stands for its criterion and its words, and tells neither."""

    key: str
    criterion: str
    reason: str = ""


def keys_of(findings: Sequence[Finding], draft: Draft) -> tuple[str, ...]:
    """Return what findings are put aside by: criterion and line, or every line for the set.

    Spacing and capitals make no difference; another word does.
    """
    lines = draft.lines
    whole = "\n".join(lines.values())
    return tuple(_key(one.criterion, lines.get(one.line) or whole) for one in findings)


def _key(criterion: str, text: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in text.casefold().splitlines())
    return hashlib.sha256(f"{criterion}\0{words}".encode()).hexdigest()[:32]
