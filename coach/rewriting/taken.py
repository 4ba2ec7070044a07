"""A line taken apart: its words, numbers, dates and blanks, as far as they bear meaning.

Numbers and dates come as facts, each in the one unit of its kind, so that 2M is 2,000,000 and half
is 50 %. Words come with the preposition before them and the stretch of the line they stand in.
"""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from coach.reading.dates import find_dates
from coach.reading.draft import BLANK
from coach.reading.key_result import read_key_result
from coach.reading.text import fold, scan
from coach.reading.verbs import LEMMA_OF

BRACKETS = re.compile(r"\[([^\[\]]*)\]")

# Join words and claim nothing.
SMALL = frozenset(
    "a an the and of to from by for with in on at so that this it its our we us is are be been"
    " being was were as can which who their they them will has have had into per do does".split()
)
# Turn, widen or narrow what follows them: as many before as after, and before the same word.
TURNING = frozenset(
    "not no nor never none without only all every each any both more most less fewer least many"
    " much some few first last new next additional other or if unless except even half entire"
    " whole always higher lower better worse faster slower longer shorter than almost nearly"
    " exactly cannot isn't aren't don't doesn't won't can't up down too".split()
)
# Bind the word after them: it keeps the one it had. ("of" alone only joins.)
BINDING = frozenset(
    "from to by for with in on at into per without before after until till than against via"
    " between over under through during since except despite beyond above below across within"
    " among about towards toward around near off out per inside outside onto upon as".split()
)


class Fact(NamedTuple):
    """A number or date: what it is to the line, its value in one unit for its kind."""

    role: str
    value: float | str
    unit: str

    @property
    def said(self) -> str:
        return f"{self.value:g}" if isinstance(self.value, float) else self.value

    @property
    def is_date(self) -> bool:
        return self.role in ("date", "since")


class Piece(NamedTuple):
    """A word or a number of a line in its place. `group` counts stretches between prepositions."""

    text: str
    shown: str
    fact: Fact | None
    before: str
    group: int
    start: int
    opens: bool
    whole: str = ""


class Taken:
    """A line's words, numbers, dates and blanks, as far as they bear meaning."""

    def __init__(self, text: str, own: str, cycle: str | None) -> None:
        self.blanks = tuple(
            found[1] for found in BRACKETS.finditer(text) if text is not own and found[0] not in own
        )
        self.text = BRACKETS.sub(
            lambda found: found[0] if text is own or found[0] in own else BLANK, text
        )
        self._scanned = scan(self.text)
        self.folded = self._scanned.folded
        self.reading, self._quantities = read_key_result(self.text, "kr1", cycle)
        self._cycle = cycle

    @cached_property
    def facts(self) -> tuple[tuple[int, int, Fact], ...]:
        """The numbers and dates of the line, each with its span."""
        days = {when.start: when for when in find_dates(self._scanned, self._cycle)}
        found = []
        for quantity in self._quantities:
            words = " ".join(self.folded[quantity.start : quantity.end].split())
            when = days.get(quantity.start)
            if when is not None and quantity.role == "date":
                role = "since" if when.before in ("since", "after", "last", "from") else "date"
                said = " ".join(_PERIOD.findall(words))
                fact = Fact(role, when.day.isoformat() if when.day else words, said)
            elif quantity.role in ("name", "version", "rank"):
                fact = Fact("name", words, "")
            else:
                value, unit = _plain(quantity.value, quantity.unit)
                told = _SCALE.findall(words) if unit == "points" else _DAYS.findall(words)
                fact = Fact(quantity.role, value, " ".join((unit, *told)))
            found.append((quantity.start, quantity.end, fact))
        for token in self._scanned.tokens:
            odd = token.text[0].isalnum() and not token.text[0].isalpha()
            if odd and not any(start <= token.start < end for start, end, _ in found):
                found.append((token.start, token.end, Fact("name", token.text, "")))
        return tuple(sorted(found))

    @cached_property
    def change(self) -> Fact | None:
        """A step that a verb says: "halve", "triple"."""
        verb = self.reading.parts.get("verb")
        if self.reading.change is None or verb is None or self.reading.parts.get("change") != verb:
            return None
        return Fact("change", *_plain(self.reading.change, self.reading.unit))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Words and numbers in order; signs, joining words and blanks only part them."""
        found: list[Piece] = []
        before, group, past, opens = "", 0, 0, True
        facts = {start: (end, fact) for start, end, fact in self.facts}
        for token in self._scanned.tokens:
            if token.start < past:
                continue
            here = next((each for at, each in facts.items() if token.start <= at < token.end), None)
            if here is not None:
                past, fact = here
                shown = self.text[token.start : past]
                found.append(Piece(fold(shown), shown, fact, before, group, token.start, opens))
                before, group = "", group + 1
            elif not token.text[0].isalpha():
                if token.text == BLANK:
                    before = ""
                if token.text not in ("-", "'", "’"):
                    group += 1
                opens = opens and not token.text.isalnum()
                continue
            else:
                shown = self.text[token.start : token.end]
                for part in _PARTS.finditer(token.text):
                    cut = shown[part.start() : part.end()]
                    said = cut if _is_short_name(cut) else part[0]
                    at = token.start
                    found.append(Piece(said, cut, None, before, group, at, opens, token.text))
                if token.text in BINDING:
                    before, group = token.text, group + 1
                elif token.text in ("and", "so", "that", "which", "who", "or"):
                    group += 1
                elif token.text not in ("the", "a", "an", "our", "its", "their", "this"):
                    before = ""
            opens = False
        return tuple(found)

    @cached_property
    def inside(self) -> tuple["Taken", ...]:
        """The blanks, taken apart as lines are."""
        return tuple(Taken(blank, blank, self._cycle) for blank in self.blanks)

    @property
    def asked(self) -> Iterator[Piece]:
        """The words in its blanks."""
        return (each for inner in self.inside for each in inner.pieces if each.fact is None)

    @cached_property
    def words(self) -> tuple[Piece, ...]:
        """The words that bear meaning."""
        return tuple(each for each in self.pieces if each.fact is None and each.text not in SMALL)

    @cached_property
    def signs(self) -> frozenset[str]:
        spans = [(start, end) for start, end, _ in self.facts]
        return frozenset(
            token.text
            for token in self._scanned.tokens
            if not token.text[0].isalnum()
            and token.text != BLANK
            and not any(start <= token.start < end for start, end in spans)
        )

    @cached_property
    def unread(self) -> frozenset[str]:
        """The characters that are neither space nor part of a word, number or sign."""
        read = set().union(*(range(each.start, each.end) for each in self._scanned.tokens))
        return frozenset(
            char for at, char in enumerate(self.folded) if at not in read and not char.isspace()
        )

    @cached_property
    def measures(self) -> int:
        return sum(fact.role in ("target", "change") for _, _, fact in self.facts)


_PARTS = re.compile(r"[^-]+")
_PERIOD = re.compile(r"\b(?:year|half|quarter|month|week|cycle|term|season)\b")
_SCALE = re.compile(r"(?:/|\bof) ?(\d+)")
_DAYS = re.compile(r"\b(?:business|calendar|full|office|working)\b")
_TIMES = {"ms": 1 / 60_000, "minutes": 1.0, "days": 1440.0}


def _plain(value: float, unit: str | None) -> tuple[float, str]:
    """Return a value in the one unit that stands for all of its kind: shares in %, times in minutes."""
    if unit == "ratio" and value <= 1:
        value, unit = 100 * value, "%"
    if unit in _TIMES:
        value, unit = value * _TIMES[unit], "minutes"
    return float(f"{value:.6g}"), unit or "count"


_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """Return what a word may be a form of: "cars" of "car", "planned" of "plan" and "planne"."""
    word = word.replace("’", "'").removesuffix("'s").rstrip("'")
    found = {word, LEMMA_OF.get(word, word)}
    for ending, puts in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found.update(stem + put for put in puts)
            if ending in ("ed", "ing") and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                found.add(stem[:-1])
    spelt = {form.replace("isation", "ization") for form in found}
    spelt |= {f"{form[:-3]}ize" for form in found if form.endswith("ise") and len(form) > 5}
    spelt |= {f"{form[:-2]}er" for form in found if form.endswith("tre")}
    return frozenset(found | spelt)


_ENDINGS = (
    ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")),
)  # fmt: skip


def alike(one: str, other: str) -> bool:
    """Say whether two words are forms of one."""
    return one == other or not forms(one).isdisjoint(forms(other))


def _is_short_name(shown: str) -> bool:
    """Say whether letters that would be a joining word are a name: "IT", "US", "WHO"."""
    return len(shown) > 1 and shown.isupper() and shown.lower() in SMALL | TURNING
