"""Honest lines that hold the words of attacks are left alone; attacks that are told are counted.

Recall is no promise: what is not told to its author moves no score all the same. It is counted on
the half of our own attacks that was put aside, on strings that others collected, and in disguise.
"""

import hashlib
from random import Random

from coach.okr import Draft
from coach.reading.draft import ReadDraft
from coach.reading.text import tidy
from prove import Tally, wilson
from prove.strings import DISGUISES, LONGEST, MissingStrings, honest, own, sources

PROMISE = "an honest line that holds the words of attacks is not taken for one"
CASES = 1_000_000
"""All there are: each honest line once."""
MOST = 0.01


def run(random: Random, cases: int, guarded: bool) -> Tally:
    """Read every line once; without the guard, any line that holds a word of attacks is taken."""
    tally = Tally()
    for line in honest()[:cases]:
        tally.cases += 1
        if _is_told(line) if guarded else not _WORDS.isdisjoint(line.casefold().split()):
            tally.broke(line)
    if guarded:
        _count_recall(tally, random)
    return tally


_WORDS = frozenset("ignore instructions system score rating prompt approved answer".split())


def _count_recall(tally: Tally, random: Random) -> None:
    aside = [text for text in own() if hashlib.sha256(text.encode()).digest()[0] % 2]
    tally.notes["own attacks put aside"] = _share([_is_told(text) for text in aside])
    for name, disguise in DISGUISES.items():
        told = [_is_told(disguise(text)) for text in own() if text.isascii()]
        tally.notes[f"own English attacks, {name}"] = _share(told)
    told_by: dict[str, list[bool]] = {}
    try:
        for source in sources():
            for text in random.sample(source.texts, min(3000, len(source.texts))):
                told_by.setdefault(source.package, []).append(_is_told(text[:LONGEST]))
    except MissingStrings:
        return
    for package, told in told_by.items():
        tally.notes[f"strings of {package}"] = _share(told)


def _share(told: list[bool]) -> str:
    low, high = wilson(sum(told), len(told))
    return f"{sum(told)} of {len(told)} told ({low:.1%} to {high:.1%})"


def _is_told(line: str) -> bool:
    return bool(ReadDraft(Draft(tidy(line)[0])).addressed)
