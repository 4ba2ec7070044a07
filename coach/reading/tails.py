"""What hangs on the end of a line and says nothing of what will be different.

Two kinds: how many teams, sites and tools take part ("across 3 teams, in our 2 offices"), and
clauses made of company words alone ("as part of our ongoing commitment to excellence").
"""

import re

from coach.reading.text import Scan
from coach.reading.verbs import KIND_OF, LEMMA_OF
from coach.reading.words import EMPTY, FUNCTION, HOLLOW, IDLE

Place = tuple[int, int]


def find_tail(line: Scan, *, measured: bool) -> Place | None:
    """Return the tail of a line, None where it has none.

    In a line that is `measured` a count may be its only number: that one stays, unless it stands
    beside another or behind a comma.
    """
    if line.folded.endswith("24/7"):
        return len(line.folded[:-4].rstrip(" ,(")), len(line.folded)
    last = line.words[-1].text if line.words else ""
    counted = _counted(line, measured=measured) if last in _TAKING_PART else None
    return counted or (_hollow(line) if last in _ADDS_NOTHING else None)


# ── who takes part, and where ─────────────────────────────────────────────────────────────────


def _counted(line: Scan, *, measured: bool) -> Place | None:
    tail = _COUNTED.search(line.folded)
    if tail is None or (measured and not _is_beside_the_point(line.folded[: tail.start()], tail)):
        return None
    return tail.span()


def _is_beside_the_point(before: str, tail: re.Match[str]) -> bool:
    if any(map(str.isdigit, before)) or tail[0].startswith(","):
        return True
    if KIND_OF.get(LEMMA_OF.get(before.partition(" ")[0], "")) in ("raise", "lower", "ship"):
        return True
    # "Hold interviews with 20 people in 3 countries" counts people, and not in passing.
    met = tail["noun"] in _PARTIES and tail[0].lstrip().startswith("with")
    return tail["more"] is not None and not met


_PARTIES = frozenset(
    """
    colleagues consultants contractors employees engineers fte ftes managers members partners people
    specialists stakeholders suppliers vendors volunteers
    """.split()
)
_TAKING_PART = _PARTIES | frozenset(
    """
    areas branches buildings channels cities countries dashboards departments divisions floors
    functions hubs initiatives locations offices pillars platforms projects regions sites squads
    streams systems teams tools units workstreams zones
    """.split()
)
_NUMBER = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_PIECE = (
    r"(?:across|amongst?|at|between|by|from|in|of|on|over|through|throughout|together with|using"
    rf"|via|with|within) (?:all |both |our |some |the )*{_NUMBER} (?:[a-z-]+ ){{0,2}}?"
)
_MORE = rf"(?:all |both |our |some |the )*{_NUMBER} (?:[a-z-]+ ){{0,2}}?"
_NOUN = f"(?:{'|'.join(sorted(_TAKING_PART))})"
_COUNTED = re.compile(
    rf"(?:,? {_PIECE}|(?:,| \() ?{_MORE})(?P<noun>{_NOUN})\b"
    rf"(?P<more>(?:,?(?: and| &)? (?:{_PIECE}|{_MORE}){_NOUN}\b)+)?\)?[.!]?$"
)

# ── company words ─────────────────────────────────────────────────────────────────────────────


def _hollow(line: Scan) -> Place | None:
    """Return the last clause of a line where it holds company words and no other."""
    said = line.words
    first = len(said)
    while first > 1 and said[first - 1].text in _ADDS_NOTHING:
        first -= 1
    opened = None
    weight = int(said[-1].text not in FUNCTION)
    for index in range(len(said) - 2, first - 1, -1):
        weight += said[index].text not in FUNCTION
        if (said[index].text, said[index + 1].text) in _ALONGSIDE and weight:
            opened = index
            break
        if opened is None and said[index].text in _OPENERS and weight > 1:
            opened = index
    if (
        opened
        and said[opened - 1].text in _OPENERS
        and said[opened - 1].end + 1 == said[opened].start
    ):
        opened -= 1  # "while fostering", "by leveraging"
    if opened is None or any(map(str.isdigit, line.folded[said[opened].start :])):
        return None
    return len(line.folded[: said[opened].start].rstrip(" ,;-")), len(line.folded)


# "As part of", "in line with": what follows leads to no goal of its own.
_ALONGSIDE = frozenset(
    (
        ("as", "part"),
        ("in", "order"),
        ("in", "line"),
        ("in", "keeping"),
        ("in", "pursuit"),
        ("in", "support"),
    )
)
_OPENERS = frozenset(
    """
    because by creating delivering driving embracing enabling ensuring fostering leveraging
    maximising maximizing so through to unleashing unlocking via while with
    """.split()
)
_PADDING = frozenset(
    """
    best company continued continuous dedication ensure ensuring everybody everyone everything
    fashion focus forward fostering functions going highest involved keeping key levels line manner
    order mindset moving next ongoing organisation organisational organization organizational part
    pursuit quality shared spirit standard standards support teams unleashing way
    """.split()
)
_ADDS_NOTHING = EMPTY | HOLLOW | FUNCTION | IDLE | _PADDING
