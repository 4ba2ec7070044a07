"""A file of real drafts through the whole path: all of them scored, none lost, text read back."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from bench.drafts import read_drafts
from coach.errors import BadInput
from coach.okr import Draft, check
from coach.reading.lines import plain_words
from coach.reading.parse import parse
from coach.service import Coach

SHOWN = 3


def main(path: str) -> None:
    """Print what became of the drafts in the file at `path`."""
    drafts = read_drafts(Path(path))
    refused = [problem for draft in drafts for problem in check(draft)]
    coach = Coach()
    bands: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for draft in drafts:
        assessment = coach.assess(draft)
        if (
            msgspec.json.decode(msgspec.json.encode(assessment), type=type(assessment))
            != assessment
        ):
            raise SystemExit(f"not the same after JSON: {draft}")
        bands[assessment.overall.band or "not judged"] += 1
        found.update({finding.criterion for finding in assessment.findings})
    print(f"{len(drafts):,} drafts scored without an error, {len(refused)} refused by the limits")
    print("bands: " + ", ".join(f"{name} {count}" for name, count in bands.most_common()))
    print("found in most drafts: " + ", ".join(f"{n} {c}" for n, c in found.most_common(8)))
    for style in STYLES:
        missed = [draft for draft in drafts if not _comes_back(style, draft)]
        share = 1 - len(missed) / len(drafts)
        print(f"written {style.__name__} and read back: {share:.1%}")
        for draft in missed[:SHOWN]:
            print(f"    {style(draft)!r:.300}")


def _comes_back(style: Callable[[Draft], str], draft: Draft) -> bool:
    wanted = (_plain(draft.objective), *map(_plain, draft.sentences))
    try:
        read = parse(style(draft))
    except BadInput:
        return False
    return [(_plain(each.objective), *map(_plain, each.sentences)) for each in read] == [wanted]


def _plain(text: str) -> str:
    """Return what is left of a line once its Markdown is read: that is meant to go."""
    return plain_words(_spaced(text))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def labelled(draft: Draft) -> str:
    lines = (f"KR{number}: {_spaced(text)}" for number, text in enumerate(draft.sentences, 1))
    return "\n".join((f"Objective: {_spaced(draft.objective)}", *lines))


def listed(draft: Draft) -> str:
    return "\n".join((_spaced(draft.objective), *(f"- {_spaced(kr)}" for kr in draft.sentences)))


def bare(draft: Draft) -> str:
    return "\n".join((_spaced(draft.objective), *map(_spaced, draft.sentences)))


STYLES = (labelled, listed, bare)


if __name__ == "__main__":
    main(sys.argv[1])
