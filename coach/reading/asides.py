"""What stands beside a goal's own words and earns nothing: praise for itself, a power word as its
label, and the purpose that it hangs on, pasted.

Rules judge a line without them, so that nothing in them can lift a score. A line that is nothing
else is judged as it stands. Words to a judge have a module of their own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from coach.reading.tails import find_tail
from coach.reading.text import Scan, Word, fold, scan, words
from coach.reading.words import DETERMINERS, NOUN_TOO, POWER, VERBS

Place = tuple[int, int]
Runs = frozenset[tuple[str, ...]]


def runs_of(texts: Iterable[str | None]) -> Runs:
    """Return every run of words of some texts that is too long to be shared by chance."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        if text:
            said = [word.text for word in words(fold(text))]
            found.update(zip(*(said[start:] for start in range(_RUN)), strict=False))
    return frozenset(found)


def without_asides(line: Scan, pasted: Runs, *, measured: bool) -> Scan:
    """Return a line with blanks for what is no part of its goal.

    A line that is `measured` is a key result: one count in it may be what it is graded by.
    """
    places = list(_asides(line, pasted, measured=measured))
    if not places:
        return line
    own = [word for word in line.words if not any(a <= word.start < b for a, b in places)]
    if len(own) < 2:
        return line
    text = line.text
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return scan(text.rstrip())


def _asides(line: Scan, pasted: Runs, *, measured: bool) -> Iterator[Place]:
    if not _SELF_PRAISE.isdisjoint(line.vocabulary):
        praise = _PRAISED.search(line.folded)
        if praise:
            yield praise.start(), _sentence_end(line.folded, praise.end())
    claim = _claim_in_front(line)
    if claim:
        yield claim
    tail = find_tail(line, measured=measured)
    if tail:
        yield tail
    if pasted:
        yield from _pasted(line.folded, line.words, pasted)


def is_copied(said: Sequence[Word], pasted: Runs) -> bool:
    """Say whether words are nothing but words of the purpose in a row."""
    texts = [word.text for word in said]
    return len(texts) >= _RUN and pasted.issuperset(
        zip(*(texts[start:] for start in range(_RUN)), strict=False)
    )


def _claim_in_front(line: Scan) -> Place | None:
    """Return a power word before a request or as a label: "10x: …", "World-class cut …"."""
    said = line.words
    first = said[0].text if said else ""
    if line.folded[:1] in "#0123456789" or first in POWER:
        label = _LABEL.match(line.folded)
        if label and (label[1] is None or (label[1] in POWER and label[1] != "committed")):
            return label.span()
    if len(said) < 3 or first not in POWER or first in VERBS:
        return None
    verb, after = said[1].text, said[2]
    if verb not in VERBS or said[1].start != said[0].end + 1:
        return None
    counted = line.folded[said[1].end + 1 : said[1].end + 2].isdigit()
    requests = verb not in NOUN_TOO or after.text in DETERMINERS or counted
    return (0, said[1].start) if requests else None


def _sentence_end(folded: str, start: int) -> int:
    end = _END.search(folded, start)
    return end.start() if end else len(folded)


def _pasted(folded: str, said: Sequence[Word], pasted: Runs) -> Iterator[Place]:
    """Return where words of the purpose stand in a row, with what leads on to them."""
    texts = [word.text for word in said]
    index = 0
    while index + _RUN <= len(texts):
        if tuple(texts[index : index + _RUN]) not in pasted:
            index += 1
            continue
        last = index + _RUN
        while last < len(texts) and tuple(texts[last - _RUN + 1 : last + 1]) in pasted:
            last += 1
        first = index
        while first and texts[first - 1] in _LEADS_ON and not _number_between(folded, said, first):
            first -= 1
        if first:
            yield said[first].start, said[last - 1].end
        index = last


def _number_between(folded: str, said: Sequence[Word], index: int) -> bool:
    return any(map(str.isdigit, folded[said[index - 1].end : said[index].start]))


_RUN = 5
_LEADS_ON = frozenset(
    """
    a according aligned and as because by contribute contributes contributing follow following for
    goal guided in keeping line mission objective of our part priority purpose pursuit serve serves
    serving so spirit support supporting supports that the this to true under vision which with
    """.split()
)
_LABEL = re.compile(r"(?:#\d{1,2}[:.)]? |\d{1,3}x: |([a-z][a-z-]*)(?: ?:| -) )")
_END = re.compile(r"(?<=[.!?])(?= )|\n")
_SELF_PRAISE = frozenset(
    "achievable ambitious excellent great measurable model perfect smart sound strong".split()
)
_PRAISED = re.compile(
    r"(?:this is |a very |an? )?(?:an? )?(?:perfect|excellent|great|strong|model|sound)"
    r" (?:key results?|objectives?|okrs?)\b"
    r"|\(smart\)|(?:[-(,:;] ?|\b(?:this|it) is )(?:(?:specific|measurable|ambitious"
    r"|achievable|relevant|time-bound|clear|smart"
    r"|inspiring|excellent|realistic)(?:,? and |, ?| |(?=[).!]|$))){2,}[).!]*(?=$)"
)
