"""What real key results hold: as the readings see them, beside sixty judged by hand.

    python -m bench.base_rates gitlab_okrs.jsonl

A line of the file is `{"id", "kind", "text"}`; those of kind "kr" are looked at. The hand's
verdicts stand in `gitlab_sixty.toml`, which says what each question means.
"""

import hashlib
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from coach.evaluation.shares import agreement, share
from coach.evaluation.tables import Table, agreements, said
from coach.okr import Draft
from coach.reading.draft import KeyResultLine, ReadDraft
from coach.reading.text import tidy

HAND = Path(__file__).with_name("gitlab_sixty.toml")


class Line(msgspec.Struct, frozen=True):
    """A line of the file."""

    id: str
    kind: str
    text: str


class Verdict(msgspec.Struct, frozen=True):
    """What a person saw in a line, which is known by its digest."""

    id: str
    sha256: str
    has: frozenset[str]


class Rates(NamedTuple):
    """The two tables: all lines by the readings, and the hand's lines by both."""

    shares: Table
    agreements: Table


def base_rates(path: Path) -> Rates:
    """Return how many key results of the file hold what. Raises SystemExit for another file."""
    decode = msgspec.json.Decoder(Line).decode
    lines = [decode(line) for line in path.read_bytes().splitlines() if line.strip()]
    texts = {line.id: line.text for line in lines if line.kind == "kr"}
    read = {name: _held(text) for name, text in texts.items()}
    hand = _verdicts(texts)
    shares = [
        (
            question,
            said(share(sum(question in held for held in read.values()), len(read))),
            said(share(sum(question in one.has for one in hand), len(hand))),
            PUBLISHED.get(question, "–"),
        )
        for question in QUESTIONS
    ]
    same = {
        question: agreement((question in one.has, question in read[one.id]) for one in hand)
        for question in QUESTIONS
    }
    columns = ("holds", f"readings, all {len(read)}", f"by hand, {len(hand)} drawn", "published")
    return Rates(Table(columns, shares), agreements(same))


def _verdicts(texts: dict[str, str]) -> list[Verdict]:
    """Return the hand's verdicts, sure that each is on the line it was made on."""
    held = tomllib.loads(HAND.read_text("utf-8"))["lines"]
    verdicts = msgspec.convert(held, list[Verdict])
    for one in verdicts:
        digest = hashlib.sha256(texts.get(one.id, "").encode()).hexdigest()
        if not digest.startswith(one.sha256):
            raise SystemExit(f"{one.id} is not the line that was judged by hand")
    return verdicts


def _held(text: str) -> frozenset[str]:
    line = ReadDraft(Draft("", (tidy(text)[0].strip(),))).key_results[0]
    return frozenset(question for question, holds in QUESTIONS.items() if holds(line))


_HOW_MUCH = frozenset(("baseline", "target", "upper", "change", "work", "other"))

QUESTIONS: dict[str, Callable[[KeyResultLine], bool]] = {
    "number": lambda kr: any(number.role in _HOW_MUCH for number in kr.quantities),
    "from-to": lambda kr: kr.reading.baseline is not None and kr.reading.target is not None,
    "work-verb": lambda kr: kr.verb is not None and kr.verb.kind in ("ship", "effort"),
    "counts-work": lambda kr: kr.work is not None and kr.work.kind == "count",
    "deadline": lambda kr: kr.reading.deadline is not None,
}
# Of the 580 key results that GitLab published from 2018 to 2023.
PUBLISHED = {"number": "52 %", "from-to": "3.6 %", "work-verb": "29 %"}


if __name__ == "__main__":
    for table in base_rates(Path(sys.argv[1])):
        print(table.as_text(), end="\n\n")
