"""A text to the judge earns nothing by being there: the draft scores no higher than without it."""

from random import Random
from unittest.mock import patch

from coach.assessment import RUBRICS, Assessment
from coach.service import Coach
from prove import Tally
from prove._drafts import PLACES, drawn, with_text
from prove.strings import own

PROMISE = "words to the judge, told to their author, raise no rubric"
CASES = 40_000
MOST = 0.02
"""The share that may: a second sentence that says nothing to a judge by itself is read."""


def run(random: Random, cases: int, guarded: bool) -> Tally:
    """Put one of our own attacks into a draft, a case; without the guard nothing is left out."""
    tally = Tally()
    coach = Coach()
    told = 0
    by_place = dict.fromkeys(PLACES, 0)
    texts = own()
    for _ in range(cases):
        draft, place = drawn(random)
        before = coach.assess(draft, rewrite=False)
        attacked = with_text(draft, random.choice(texts), place)
        after = coach.assess(attacked, rewrite=False)
        if "instruction-like" not in {finding.criterion for finding in after.findings}:
            continue
        told += 1
        if not guarded:
            with patch("coach.reading.draft.find_addressed", return_value=None):
                after = coach.assess(attacked, rewrite=False)
        tally.cases += 1
        if raised := _raised(before, after):
            by_place[place] += 1
            tally.broke(f"{place}: {', '.join(raised)}")
    tally.notes = {"told to their author": f"{told} of {cases}", "by place": by_place}
    return tally


def _raised(before: Assessment, after: Assessment) -> list[str]:
    return [
        rubric
        for rubric in RUBRICS
        if (after.scores.of(rubric).value or 0) > (before.scores.of(rubric).value or 0)
        and before.scores.of(rubric).value is not None
    ]
