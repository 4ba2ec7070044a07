"""A floor to measure against: the least that 60 checks over 600 phrases with spans can cost.

It finds the words of each line, then all phrases at once with one trie-shaped pattern over lowered
text, and counts. It understands nothing; what understanding costs is what the benchmark shows.
"""

import re
from collections import Counter, defaultdict
from itertools import product
from typing import NamedTuple

from coach.okr import Draft

_STEMS = (
    "add aim boost build change check close cost cover cut deal drive ease field fit flow focus"
    " form gain goal grow guide help hold join keep lead lift link list"
).split()
_ENDINGS = (
    "all away back better down early forward hard high in late low more often on out over past"
    " through up"
).split()


CHECKS = 60


class Hit(NamedTuple):
    """Words of a draft, where they stand, and the check that found them."""

    check: int
    line: int
    start: int
    end: int
    quote: str


def find(draft: Draft) -> tuple[list[float], list[Hit]]:
    """Return each check's credit, and the words that cost it."""
    hits: list[Hit] = []
    for number, line in enumerate((draft.objective, *draft.sentences)):
        lowered = line.lower()
        words = [(word[0], *word.span()) for word in _WORDS.finditer(lowered)]
        if not any(word.isdigit() for word, _, _ in words):
            hits.append(Hit(0, number, 0, len(line), line))
        for phrase in _PHRASES.finditer(lowered):
            start, end = phrase.span()
            hits.append(Hit(_CHECK_OF[phrase[0]], number, start, end, line[start:end]))
    found = Counter(hit.check for hit in hits)
    return [1 / (1 + found[check]) for check in range(CHECKS)], hits


def _trie(phrases: list[str]) -> str:
    tails: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        tails[phrase[:1]].append(phrase[1:])
    end = "" in tails
    branches = [re.escape(head) + _trie(rest) for head, rest in sorted(tails.items()) if head]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if end else ''}"


_CHECK_OF = {
    f"{stem} {ending}": number % CHECKS
    for number, (stem, ending) in enumerate(product(_STEMS, _ENDINGS))
}
_PHRASES = re.compile(rf"\b{_trie(list(_CHECK_OF))}\b")
_WORDS = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
