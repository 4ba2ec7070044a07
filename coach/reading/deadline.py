"""By when a key result is to be reached, of all the dates and times that its line names."""

import re
from bisect import bisect_left
from collections.abc import Mapping

from coach.reading.cues import Sentence
from coach.reading.dates import When
from coach.reading.numbers import DAY
from coach.reading.roles import CLAUSE_ENDS, Placed

_NOT_DUE = frozenset("after for last since".split())
_DUE = frozenset("before by due latest than through till until".split())
_TIMES = frozenset(("window", "duration"))
_LEFT = re.compile(r"\b(?:in|within|over)(?P<next> the (?:next|coming))? ?$")
_SHORTEST = 14 * DAY


def find_deadline(
    sentence: Sentence, placed: Placed, main: Mapping[str, int], *, asked: bool
) -> When | None:
    """Return the deadline of a line whose `main` numbers are known by their parts.

    `asked` says that the line asks for a thing to be done, so that any time it names is for that.
    """
    due = None
    for when in sentence.dates:
        if _is_due(sentence, main, when):
            due = when
    return due or _time_left(sentence, placed, main, asked=asked)


def _is_due(sentence: Sentence, main: Mapping[str, int], when: When) -> bool:
    if when.before in _NOT_DUE or not when.exists:
        return False
    if when.before in _DUE:
        return True
    if when.day and sentence.period and when.day < sentence.period.first:
        return False
    if "target" in main and 0 <= sentence.leads[main["target"]].start - when.end <= 1:
        return when.before in ("", ",", ";")
    first = min((sentence.leads[k].start for k in main.values()), default=0)
    if when.start < first and when.before and when.start > 4:
        return False
    return _ends_clause(sentence, when.end) and not _is_beside_baseline(sentence, main, when)


def _ends_clause(sentence: Sentence, end: int) -> bool:
    words = sentence.tokens
    index = bisect_left(words, end, key=lambda word: word.start)
    following = words[index].text if index < len(words) else "."
    return following in CLAUSE_ENDS or following in (")", "&", "with")


def _is_beside_baseline(sentence: Sentence, main: Mapping[str, int], when: When) -> bool:
    """Say whether a date stands in the brackets that give today's value."""
    if "baseline" not in main:
        return False
    folded, start = sentence.folded, sentence.amounts[main["baseline"]].start
    opened = folded.rfind("(", 0, start)
    together = opened >= 0 and opened == folded.rfind("(", 0, when.start)
    return together and ")" not in folded[opened : max(start, when.start)]


def _time_left(
    sentence: Sentence, placed: Placed, main: Mapping[str, int], *, asked: bool
) -> When | None:
    """Return the time that a line gives itself: "within 6 months", "in the next two quarters".

    After a measure it is one only where nothing else can be meant: "90 % paid within 30 days"
    says how fast they pay.
    """
    if _TIMES.isdisjoint(placed.roles):
        return None
    last = max((sentence.amounts[k].last for k in main.values()), default=-1)
    for k, role in enumerate(placed.roles):
        amount, after = sentence.amounts[k], sentence.after(k)
        if role not in _TIMES or amount.value < _SHORTEST or after[:1] == ["of"]:
            continue
        opens = max(0, sentence.leads[k].start - 16)
        ahead = _LEFT.search(sentence.folded[opens : amount.start])
        if ahead is None:
            continue
        direct = "baseline" in main and not after and 0 < amount.first - last <= 2
        if ahead["next"] or asked or direct:
            return When(opens + ahead.start(), amount.end, "", None)
    return None
