"""Notes that an author puts aside. They stay aside for the words they were about, in any draft."""

import hashlib
from typing import NamedTuple

from coach.assessment import Finding
from coach.okr import Draft


class Dismissal(NamedTuple):
    """A finding put aside. `key` stands for its criterion and its words, and tells neither."""

    key: str
    criterion: str
    reason: str = ""


def key_of(finding: Finding, draft: Draft) -> str:
    """Return what a finding is put aside by: its criterion and its line, or the set's every line.

    Spacing and capitals make no difference; another word does.
    """
    lines = draft.lines
    text = lines.get(finding.line) or "\n".join(lines.values())
    words = "\n".join(" ".join(line.split()) for line in text.casefold().splitlines())
    return hashlib.sha256(f"{finding.criterion}\0{words}".encode()).hexdigest()[:32]
