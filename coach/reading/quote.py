"""Where quoted words stand in a line: letter by letter, but for signs that look alike.

Case, kinds of spaces, quotation marks and dashes, and what Unicode calls compatible make no
difference; every word does.
"""

import unicodedata

from coach.okr import Span
from coach.reading.text import fold

_AROUND = " \t\n\"'“”‘’„«»‹›…."
_LEAST_LETTERS = 3


def find_quote(quote: str, text: str) -> Span | None:
    """Return where the quote stands in the text, in code points; None where it doesn't.

    It begins and ends with a word of the text, and has three letters or digits, or is all of it.
    """
    wanted = " ".join(_plain(unicodedata.normalize("NFC", quote).strip(_AROUND))[0].split())
    if not wanted:
        return None
    folded, places = _spaced(*_plain(text))
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_whole(folded, at, end) and _says_something(wanted, folded):
            return Span(places[at], places[end - 1] + 1)
        at = folded.find(wanted, at + 1)
    return None


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text folded as far as it goes, and where in it each of its code points came from."""
    if text.isascii():
        return fold(text), list(range(len(text)))
    folded, places = [], []
    for place, char in enumerate(fold(text)):
        for plain in fold(unicodedata.normalize("NFKC", char).casefold()):
            folded.append(plain)
            places.append(place)
    return "".join(folded), places


def _spaced(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Return a text with single spaces, and the places of what is left of it."""
    kept = [
        (" " if char.isspace() else char, place)
        for before, char, place in zip(" " + text, text, places, strict=False)
        if not (char.isspace() and before.isspace())
    ]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether words are cut at neither end."""
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_behind = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cut_before and not cut_behind


def _says_something(quote: str, text: str) -> bool:
    return sum(map(str.isalnum, quote)) >= _LEAST_LETTERS or quote == text.strip()
