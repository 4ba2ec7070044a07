"""Verbs that open a line, by what they ask for.

A verb counts by its position: "Cut launch-week incidents" cuts, it launches nothing.
"""

from typing import Literal, NamedTuple

from coach.reading.text import Word

VerbKind = Literal["raise", "lower", "reach", "keep", "ship", "effort", "hedge"]

_BY_KIND: dict[VerbKind, str] = {
    "raise": "increase raise grow improve boost lift double triple expand accelerate gain",
    "lower": "reduce cut lower decrease shrink halve drop trim shorten minimise minimize",
    "reach": "reach achieve attain hit get score",
    "keep": "maintain keep continue ensure remain sustain preserve",
    "ship": "launch build ship release deliver implement migrate create publish deploy install",
    "effort": "help support participate analyse analyze coordinate attend assist work focus",
    "hedge": "try aim explore strive attempt",
}
KIND_OF: dict[str, VerbKind] = {
    verb: kind for kind, listed in _BY_KIND.items() for verb in listed.split()
}


class Verb(NamedTuple):
    """The leading verb of a line: lemma, kind and span."""

    lemma: str
    kind: VerbKind
    start: int
    end: int


def leading_verb(words: tuple[Word, ...]) -> Verb | None:
    """Return the verb that a line opens with, or None."""
    if words and (kind := KIND_OF.get(words[0].text)):
        return Verb(words[0].text, kind, words[0].start, words[0].end)
    return None
