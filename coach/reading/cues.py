"""A line taken apart: its tokens, dates and numbers, and the words that lead to each number.

"From 14% to at most 6%" leads to its numbers with "from" and with "to at most". Which role that
gives them is told by `coach.reading.roles`.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from coach.reading.dates import Period, When, find_dates, read_cycle
from coach.reading.numbers import Amount, find_amounts
from coach.reading.text import Scan, Word

Cue = Literal[
    "from", "to", "arrow", "up to", "by", "at least", "at most", "about", "within", "now", "was",
    "aim", "up", "down", "at", "between", "is", "colon", "paren", "stop", "only",
]  # fmt: skip

_CUES: dict[Cue, str] = {
    "from": "from",
    "to": "to|into|down to",
    "arrow": "→|->|=>|-->|==>",
    "up to": "up to",
    "by": "by",
    "at least": "≥|>=|>|at least|at or above|above|over|beyond|exceeding|minimum|minimum of|min"
    "|min .|more than|greater than|higher than|better than|no less than|not less than|no fewer than"
    "|not fewer than|no lower than|not below",
    "at most": "≤|<=|<|at most|at or below|at or under|below|under|maximum|maximum of|max|max ."
    "|less than|fewer than|lower than|smaller than|shorter than|no more than|not more than"
    "|no higher than|no longer than|not above|not exceed",
    "about": "about|around|roughly|approx|approx .|approximately|circa|ca|ca .|c .|nearly|almost"
    "|some|close to|~|≈",
    "within": "within|inside|±|within ±",
    "now": "now|today|today's|currently|current|baseline|baseline of|last year|last year's"
    "|last quarter|last month|last cycle|last term|last season|instead of|vs|vs .|versus"
    "|rather than|compared to|compared with|against|previously|as of today|at present|start"
    "|starting at|starting from|starting point|this year's",
    "was": "was|were",
    "aim": "target|target of|goal|goal of|we want|, want|and want|; want|make it|becomes|become"
    "|should be|will be|aiming for",
    "up": "up|↑|↗|⬆",
    "down": "down|↓|↘|⬇",
    "at": "at|of",
    "between": "between",
    "is": "is|are|=",
    "colon": ":",
    "paren": "(|[",
    "stop": ",|.|;",
    "only": "only|still|just|a|the|all|further|another|our|already|on average|an average of"
    "|a median of|a mean of|a total of|today's|\ufe0f",
}
_CUES_BY_LAST: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
for _cue, _phrases in _CUES.items():
    for _phrase in _phrases.split("|"):
        *_first, _last = _phrase.split(" ")
        _CUES_BY_LAST.setdefault(_last, []).append((tuple(_first), _cue))
for _listed in _CUES_BY_LAST.values():
    _listed.sort(key=lambda entry: -len(entry[0]))

BOUNDS: frozenset[Cue] = frozenset(("at least", "at most", "about", "up to"))
_ENDS: frozenset[Cue] = frozenset(("paren", "stop"))
_LABELS = frozenset("baseline current currently goal now target today".split())


class Lead(msgspec.Struct, frozen=True):
    """The cues right before a number: where they begin, and the index of the token before them.

    `bound` is the span of the words that bound it ("at least").
    """

    cues: frozenset[Cue]
    start: int
    before: int
    bound: tuple[int, int] | None


class Sentence(msgspec.Struct, frozen=True):
    """One line, taken apart: its tokens, dates and numbers, and what leads to each number."""

    text: str
    folded: str
    tokens: list[Word]
    texts: list[str]
    dates: list[When]
    amounts: list[Amount]
    leads: list[Lead]
    afters: list[list[str]]
    period: Period | None

    def before(self, k: int) -> str:
        """Return the word before the lead of number `k`."""
        index = self.leads[k].before
        return self.texts[index] if index >= 0 else ""

    def after(self, k: int) -> list[str]:
        """Return the tokens between number `k` and what leads to the next number."""
        return self.afters[k]


def take_apart(line: Scan, cycle: str | None) -> Sentence:
    """Return a line taken apart, its dates resolved against `cycle`."""
    dates = find_dates(line, cycle)
    amounts = find_amounts(line, [(when.start, when.end) for when in dates])
    leads = _find_leads(line.tokens, amounts)
    afters = _find_afters(line.texts, amounts, leads)
    period = read_cycle(cycle) if cycle else None
    return Sentence(
        line.text, line.folded, line.tokens, line.texts, dates, amounts, leads, afters, period
    )


def _find_leads(tokens: Sequence[Word], amounts: Sequence[Amount]) -> list[Lead]:
    """Return what leads to each number, none reaching back over the number before."""
    floors = (-1, *(amount.last for amount in amounts))
    return [_lead(tokens, amount, floor) for amount, floor in zip(amounts, floors, strict=False)]


def _find_afters(
    texts: list[str], amounts: Sequence[Amount], leads: Sequence[Lead]
) -> list[list[str]]:
    """Return the tokens that follow each number, up to eight, before what leads to the next."""
    ends = [*(lead.before + 1 for lead in leads[1:]), len(texts)]
    return [
        texts[amount.last + 1 : min(amount.last + 9, end)]
        for amount, end in zip(amounts, ends, strict=False)
    ]


def _lead(tokens: Sequence[Word], amount: Amount, floor: int) -> Lead:
    index, start = amount.first - 1, amount.start
    if amount.shape == "rank" and index >= 0 and tokens[index].text == "#":
        index, start = index - 1, tokens[index].start
    cues: set[Cue] = set()
    bound: tuple[int, int] | None = None
    while index > floor and tokens[index].text in _CUES_BY_LAST:
        found = cue_at(tokens, index, floor)
        if found is None:
            break
        cue, length = found
        if "colon" in cues and not _labels(cue, tokens, index - length):
            break
        if cue == "colon" and cues & _ENDS:
            break
        first = index - length + 1
        if cue in BOUNDS:
            bound = (tokens[first].start, tokens[index].end)
        cues.add(cue)
        start, index = tokens[first].start, first - 1
        if cue in _ENDS:
            break
    return Lead(frozenset(cues), start, index, bound)


def _labels(cue: Cue, tokens: Sequence[Word], before: int) -> bool:
    """Say whether a cue before a colon is a label of the number: "(baseline: 32", "today: 32"."""
    if cue == "paren":
        return True
    if cue not in ("now", "aim"):
        return False
    word = tokens[before + 1].text
    return word in _LABELS or before < 0 or tokens[before].text in "(,;"


def cue_at(tokens: Sequence[Word], index: int, floor: int) -> tuple[Cue, int] | None:
    """Return the cue that ends at a token, and how many tokens it has."""
    for words, cue in _CUES_BY_LAST.get(tokens[index].text, ()):
        if not words:
            return cue, 1
        length = len(words)
        first = index - length
        if first > floor and all(
            tokens[first + offset].text == word for offset, word in enumerate(words)
        ):
            return cue, length + 1
    return None
