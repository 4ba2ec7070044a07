"""What an author answered to the questions of findings, put where a rewrite would leave a blank.

Numbers and dates are found in an answer by the reader of key results and stand in the rewrite as
they were given; other blanks take the answer's words. What no blank asks for isn't used.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from coach.okr import Answer
from coach.reading.draft import KeyResultLine, ReadDraft
from coach.reading.instructions import find_addressed
from coach.reading.text import scan
from coach.rewriting.edit import CAN, CLOSE, MARKS, OPEN, WHO, Change, Drop
from coach.rewriting.wording import is_plural, lower_first

Slot = Literal["today", "target", "date", "words"]
Slots = dict[Slot, str]


class _Said(NamedTuple):
    """An answer's words for a blank, and those for one that a number follows: what is measured."""

    words: str
    measure: str


class Answers:
    """The answers to one draft's questions."""

    def __init__(self, given: tuple[Answer, ...], read: ReadDraft) -> None:
        self._read = read
        self._said: dict[tuple[str, str], _Said] = {}
        self._slots: dict[str, Slots] = {}
        for answer in given:
            words = _plain(answer.text)
            line = _heard(words, read)
            if line is None:
                continue
            slots: Slots = {}
            if answer.line != "objective" and answer.criterion not in _IN_WORDS:
                slots = _slots(line, answer.criterion)
            self._slots.setdefault(answer.line, {}).update(slots)
            measure = _measure(line) if slots else words
            self._said[answer.criterion, answer.line] = _Said(words, measure)

    def fill(
        self, changes: tuple[Change, ...], criteria: Iterable[str], line: str
    ) -> tuple[Change, ...]:
        """Return the changes that mend `criteria` on a line, with the blanks filled that can be.

        The first of the criteria that was answered gives the words.
        """
        return tuple(
            change
            if isinstance(change, Drop) or OPEN not in change.text
            else change._replace(text=self.filled(change.text, criteria, line))
            for change in changes
        )

    def filled(self, text: str, criteria: Iterable[str], line: str) -> str:
        """Return a text with the blanks filled that answers about that line can fill."""
        slots = self._slots.get("set", {}) | self._slots.get(line, {})
        said = next(((c, s) for c in criteria if (s := self._said.get((c, line)))), None)
        if said:
            text = self._with_words(text, *said)
        return _BLANK.sub(lambda blank: slots.get(_slot(blank[1]), blank[0]), text)

    def _with_words(self, text: str, criterion: str, said: _Said) -> str:
        """Put an answer's words for the first blank that asks for words."""
        who = criterion == "no-beneficiary"
        blank = (WHO_ALONE if who else _CLAUSE).search(text) or next(
            (found for found in _BLANK.finditer(text) if _slot(found[1]) == "words"), None
        )
        if blank is None or (criterion == "ambiguous-metric" and blank[0] != _HOW):
            return text
        before, after = text[: blank.start()], text[blank.end() :]
        numbered = _NUMBERED.match(after)
        words = _after_joint(said.measure if numbered else said.words, before)
        if numbered and said.measure == said.words:  # a clause, not a measure: it can't "go from"
            after = f": {after[numbered.end() - len('from') :]}"
        elif numbered and numbered[0] == " goes from" and is_plural(words):
            after = f" go{after[len(' goes') :]}"
        if not words:
            return text
        if before.strip():
            words = lower_first(words, self._read)
        if blank[0] == CAN.removeprefix("can "):
            before, words = _can(before, words)
        if blank[0] == _HOW:
            words = f"({words})"
        return f"{before}{words}{after}"


WHO_ALONE = re.compile(re.escape(WHO))
_CLAUSE = re.compile(f"{re.escape(WHO)} can {OPEN}[^{CLOSE}]*{CLOSE}")
_BLANK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_NUMBERED = re.compile(r"(?: go(?:es)?)? from")
_IN_WORDS = ("ambiguous-metric", "undefined-acronym", "vague-word")
_HOW = f"{OPEN}measured how{CLOSE}"
_TARGET = re.compile(
    r"(?:a |reachable )?target\b|bolder than |better than |how (?:many|much)$|.* (?:more|less)\b"
)


def _slot(name: str) -> Slot:
    """Return which number or date a blank asks for by its name, or that it asks for words."""
    if name in ("today", "number") or name.startswith("today,"):
        return "today"
    if name == "date":
        return "date"
    return "target" if _TARGET.match(name) else "words"


def _plain(text: str) -> str:
    """Return an answer on one line, without what would be taken for a blank."""
    for sign, put in (("[", "("), ("]", ")"), *((mark, " ") for mark in MARKS)):
        text = text.replace(sign, put)
    return " ".join(text.split()).rstrip(".!;:, ")


def _heard(words: str, read: ReadDraft) -> KeyResultLine | None:
    """Return an answer as a key result is heard, its dates in the draft's cycle."""
    scanned = scan(words)
    if not words or find_addressed(scanned) is not None:
        return None
    return KeyResultLine("kr1", scanned, read, words)


_NUMBERS = ("baseline", "target", "upper", "change", "other")
_ASK_FOR_TODAY = ("no-baseline", "baseline-unknown", "units-differ")


def _slots(line: KeyResultLine, criterion: str) -> Slots:
    """Return the numbers and the date of an answer; a lone number is what the question asks for."""
    text = line.text
    found: Slots = {}
    if due := _words_of(line, "deadline"):
        found["date"] = due
    elif criterion == "no-deadline":
        found["date"] = _after_joint(text, "by ")
        return found
    numbers = [q for q in line.quantities if q.role in _NUMBERS]
    known: dict[str, Slot] = {"baseline": "today", "target": "target"}
    if not any(q.role == "baseline" for q in numbers):
        # "200 to 240" are both ends as well; a lone number is the one that is asked for.
        lone: Slot = "today" if criterion in _ASK_FOR_TODAY else "target"
        ends: tuple[Slot, ...] = ("today", "target") if len(numbers) == 2 else (lone,)
        return found | {end: text[q.start : q.end] for end, q in zip(ends, numbers, strict=False)}
    return found | {known[q.role]: text[q.start : q.end] for q in numbers if q.role in known}


def _measure(line: KeyResultLine) -> str:
    """Return what an answer with numbers measures: its words from the metric to the first of them."""
    metric = line.reading.parts.get("metric")
    if metric is None:
        return ""
    numbers = [q.start for q in line.quantities if q.role in _NUMBERS and q.start >= metric.end]
    return _LEAD.sub("", line.text[metric.start : min(numbers, default=metric.end)])


_LEAD = re.compile(r"[\s,:;(]*(?:\b(?:from|at|by|to|is|are|now|today|of)\b[\s,:;(]*)*$")


def _words_of(line: KeyResultLine, part: str) -> str:
    span = line.reading.parts.get(part)
    return line.text[span.start : span.end] if span else ""


def _after_joint(words: str, before: str) -> str:
    """Return words without the "so that" or "by" that stands before them already."""
    for joint in ("so that ", "for ", "by ", "until "):
        if words.lower().startswith(joint) and before.endswith(joint):
            return words[len(joint) :]
    return words


def _can(before: str, words: str) -> tuple[str, str]:
    """Return how people "can" do what was answered: the answer may name them itself."""
    people = before.removesuffix(" can ").split()
    if people and people[-1].lower() in words.lower().split():
        return "", words
    _, can, rest = words.partition(" can ")
    return before, rest if can else words
