"""What became of a draft from version to version, and of an author from draft to draft.

An author's history is for their own eyes. It counts criteria, never scores: a score moves with a
profile, while a criterion met is something one now knows how to do.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from coach.assessment import RUBRICS, Assessment, Rubric
from coach.profile import Profile
from coach.rubrics import CRITERIA, costs_points

# So many first tries in a row without a finding are taken for knowing how.
LEARNT = 3


class Version(NamedTuple):
    """A version of a draft. `mended` and `opened` are criteria, against the version before."""

    assessment: Assessment
    mended: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


def versions(kept: Sequence[Assessment]) -> tuple[Version, ...]:
    """Return the versions of one draft, oldest first, with what each mended and opened."""
    told = [Version(first) for first in kept[:1]]
    for before, after in pairwise(kept):
        was, now = _raised(before), _raised(after)
        told.append(
            Version(
                after,
                tuple(each for each in was if each not in now),
                tuple(each for each in now if each not in was),
            )
        )
    return tuple(told)


def _raised(assessment: Assessment) -> tuple[str, ...]:
    """Return the criteria of an assessment's errors and warnings, gravest first."""
    return tuple(dict.fromkeys(f.criterion for f in assessment.findings if f.severity != "hint"))


class Month(NamedTuple):
    """The first versions of a month's drafts: shares of the judged criteria that they met."""

    month: str
    drafts: int
    met: float
    by_rubric: dict[Rubric, float | None]


class Growth(NamedTuple):
    """How an author's first versions grew.

    `learnt` are criteria that were once raised and have been met at the first try of the last
    drafts; `recurring` those raised in the latest of them, with the number of those drafts.
    """

    drafts: int
    months: tuple[Month, ...]
    learnt: tuple[str, ...]
    recurring: tuple[tuple[str, int], ...]


def growth(first_tries: Sequence[Assessment], profile: Profile) -> Growth:
    """Return the growth in an author's first versions, given oldest first."""
    counted = frozenset(each.id for each in CRITERIA.values() if costs_points(each, profile))
    tries = [(str(one.created_at)[:7], _met(one, counted)) for one in first_tries]
    months = tuple(
        _month(month, [met for _, met in group])
        for month, group in groupby(tries, key=lambda each: each[0])
    )
    return Growth(len(tries), months, *_learning([met for _, met in tries]))


def _met(assessment: Assessment, counted: frozenset[str]) -> dict[str, bool]:
    """Return for each criterion that was judged whether the draft met it."""
    unjudged = {one.criterion for one in assessment.unjudged}
    raised = set(_raised(assessment))
    return {each: each not in raised for each in counted if each not in unjudged}


def _month(month: str, tries: list[dict[str, bool]]) -> Month:
    by_rubric = {
        rubric: _share(
            met for one in tries for each, met in one.items() if CRITERIA[each].rubric == rubric
        )
        for rubric in RUBRICS
    }
    return Month(
        month, len(tries), _share(m for one in tries for m in one.values()) or 0, by_rubric
    )


def _share(met: Iterable[bool]) -> float | None:
    judged = list(met)
    return sum(judged) / len(judged) if judged else None


def _learning(
    tries: list[dict[str, bool]],
) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    before, latest = tries[:-LEARNT], tries[-LEARNT:]
    once = {each for one in before for each, met in one.items() if not met}
    now = {each: sum(not one.get(each, True) for one in latest) for each in CRITERIA}
    judged = {each for each in once if all(each in one for one in latest)}
    learnt = tuple(each for each in CRITERIA if each in judged and not now[each])
    recurring = sorted((pair for pair in now.items() if pair[1]), key=lambda pair: -pair[1])
    return learnt, tuple(recurring)
