"""The guard: nothing in a rewrite that isn't in the draft or its context.

It knows nothing of how a rewrite was made. It looks at the words that people would see, inside
blanks as well as outside, and names whatever it can't find in what the author wrote.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from msgspec.structs import asdict

from coach.okr import Answer, Draft
from coach.reading.text import fold

# Words that carry no claim. Everything else outside a blank is the author's.
CONNECTING = frozenset(
    "a an the and or of to from by for with in on at so that this it its our we is are be can go "
    "goes going lead leads seen then today now time thanks who which as than".split()
)
_AMOUNTS = frozenset(
    "zero none two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred thousand million billion half halve third quarter fifth "
    "double doubles doubled triple tripled twice thrice dozen".split()
)
_DATES = frozenset(
    "january february march april june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday spring summer autumn winter easter christmas eoy eoq".split()
)
_BLANK = re.compile(r"\[[^\[\]]*\]")
_TOKEN = re.compile(r"\d+(?:[.,'’ \u202f]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%‰]|\S")
_THOUSANDS = re.compile(r"(?<=\d)[,'’ \u202f](?=\d{3}(?!\d))")
_ENDING = re.compile(r"(?:ing|ies|ed|es|s|e|y)$")


class Guard:
    """Knows every word of one draft and its context, and of what its author answered."""

    def __init__(self, draft: Draft, answers: tuple[Answer, ...] = ()) -> None:
        said = [each for each in asdict(draft.context).values() if isinstance(each, str)]
        answered = [answer.text for answer in answers]
        self._text = "\n".join((draft.objective, *draft.sentences, *said, *answered))
        self._lines = frozenset((draft.objective, *draft.sentences))

    def invented(self, objective: str, key_results: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a rewrite says that its author never did; empty where there is nothing."""
        return tuple(
            token
            for line in (objective, *key_results)
            if line not in self._lines
            for token in self._strange(line)
        )

    def _strange(self, line: str) -> Iterator[str]:
        outside = _BLANK.sub(lambda blank: " " * len(blank[0]), line)
        before, opens = "", True
        for found in _TOKEN.finditer(line):
            token = found[0]
            free = outside[found.start()] == " "
            if not (self._known(token, opens, free) and self._of_its_number(before, token)):
                yield token
            before = token if token[0].isdigit() else ""
            opens = opens and not token[0].isalnum()

    def _known(self, token: str, opens: bool, free: bool) -> bool:
        if token in self._said:
            return True
        if token[0].isdigit():
            return _number(token) in self._numbers
        if not token[0].isalpha():
            return not _is_unit(token)
        word = fold(token)
        if token != token.lower() and not (opens and token[1:] == token[1:].lower()):
            return False
        if free and word not in _AMOUNTS and word not in _DATES:
            return True
        return word in CONNECTING or _stem(word) in self._stems

    def _of_its_number(self, number: str, unit: str) -> bool:
        """Say whether a number keeps its company: "4 hours" of a draft is never "4 days"."""
        if not number or fold(unit) in CONNECTING or not (unit[0].isalpha() or unit in "%‰"):
            return True
        return (_number(number), fold(unit)) in self._measured

    @cached_property
    def _tokens(self) -> tuple[str, ...]:
        return tuple(_TOKEN.findall(self._text))

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(self._tokens)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(_number(token) for token in self._tokens if token[0].isdigit())

    @cached_property
    def _measured(self) -> frozenset[tuple[str, str]]:
        pairs = zip(self._tokens, self._tokens[1:], strict=False)
        return frozenset((_number(one), fold(two)) for one, two in pairs if one[0].isdigit())

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(_stem(fold(token)) for token in self._tokens if token[0].isalpha())


def _is_unit(sign: str) -> bool:
    return sign in "%‰" or unicodedata.category(sign) == "Sc"


def _number(token: str) -> str:
    return _THOUSANDS.sub("", token)


def _stem(word: str) -> str:
    """Return a word without its ending, so that "making" is known from "make"."""
    stem = _ENDING.sub("", word) if len(word) > 3 else word
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
