"""Findings to scores, by a sum that a person can redo with a pencil.

A rubric starts at 100. Each finding takes the weight of its criterion, hints nothing; an error
also sets a cap, because what can't be graded is not strong, whatever else is sound. That is all:

    measurability  100 − 12 (deliverable, kr1) − 12 (no-baseline, kr3) = 76

Findings are counted, never their share, so one more key result can't dilute them. A rubric of
which less than half (by weight) could be judged has no number, unless an error caps it: else
a flaw in the little that is there would bring a number where a sound draft has none.

What a language model finds comes off last, off the score that the rules gave. It can lower a
number and make none; how much of a rubric was judged speaks of the rules alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from coach.assessment import RUBRICS, Band, Finding, Overall, Rubric, Score, Scores
from coach.profile import Bands, Caps, Profile
from coach.rubrics import CRITERIA, Judgement, costs_points
from coach.rubrics.criterion import Criterion


class Credit(msgspec.Struct, frozen=True):
    """One line of the sum: what a finding of that criterion takes, and how many there are.

    `found` is None where the criterion was not judged: neither earned nor lost.
    """

    criterion: Criterion
    weight: float
    found: int | None

    @property
    def cost(self) -> float:
        return self.weight * (self.found or 0)


def score(judgement: Judgement, key_results: int, profile: Profile) -> tuple[Scores, Overall]:
    """Return the scores of a draft with that many key results."""
    unjudged = {one.criterion for one in judgement.unjudged}
    found: dict[Rubric, list[Finding]] = {rubric: [] for rubric in RUBRICS}
    for finding in judgement.findings:
        if finding.severity != "hint":
            found[finding.rubric].append(finding)
    scores: dict[Rubric, Score] = {}
    for rubric, weights in _weights(profile).items():
        charged = found[rubric]
        cost = sum([weights.get(finding.criterion, 0.0) for finding in charged]) if charged else 0.0
        whole = judged = sum(weights.values())
        if not unjudged.isdisjoint(weights):
            judged = sum([weight for each, weight in weights.items() if each not in unjudged])
        limit = cap(charged, rubric, key_results, profile) if charged else None
        scores[rubric] = _score(whole, judged, cost, limit, profile)
    return Scores(**scores), _overall(scores, profile)


@lru_cache(maxsize=32)
def _weights(profile: Profile) -> Mapping[Rubric, Mapping[str, float]]:
    """Return what a finding takes, by rubric and criterion, of all that rules can charge for.

    Every draft is charged by it; `sheet` tells the same sum at length, where somebody asks.
    """
    weights: dict[Rubric, dict[str, float]] = {rubric: {} for rubric in RUBRICS}
    for each in CRITERIA.values():
        if each.by == "rule" and costs_points(each, profile):
            weights[each.rubric][each.id] = _weight(each, profile)
    return weights


def lower(
    scores: Scores, findings: tuple[Finding, ...], profile: Profile
) -> tuple[Scores, Overall]:
    """Return scores less what a model found. No value rises, and none comes where none was."""
    taken = dict.fromkeys(RUBRICS, 0.0)
    for finding in findings:
        if finding.by == "model" and finding.severity != "hint":
            taken[finding.rubric] += max(0.0, _weight(CRITERIA[finding.criterion], profile))
    lowered = {rubric: _lower(scores.of(rubric), taken[rubric], profile) for rubric in RUBRICS}
    return Scores(**lowered), _overall(lowered, profile)


def sheet(judgement: Judgement, profile: Profile) -> dict[Rubric, list[Credit]]:
    """Return what each criterion that can cost points took, by rubric: the sum behind a score.

    A model's criteria are in it where they took something.
    """
    unjudged = {one.criterion for one in judgement.unjudged}
    found = Counter(f.criterion for f in judgement.findings if f.severity != "hint")
    sums: dict[Rubric, list[Credit]] = {rubric: [] for rubric in RUBRICS}
    for criterion in CRITERIA.values():
        if costs_points(criterion, profile):
            count = found[criterion.id] or (None if criterion.id in unjudged else 0)
            if criterion.by == "rule" or count:
                credit = Credit(criterion, _weight(criterion, profile), count)
                sums[criterion.rubric].append(credit)
    return sums


def cap(
    findings: Iterable[Finding], rubric: Rubric, key_results: int, profile: Profile
) -> int | None:
    """Return the most that a rubric with these errors can reach; None where there is no error."""
    lines = {f.line for f in findings if f.severity == "error" and f.rubric == rubric}
    if not lines:
        return None
    caps: Caps = profile.caps
    if "objective" in lines or not key_results:
        return caps.all
    return max(caps.all, caps.one - caps.each * (len(lines) - 1))


def band(value: int | None, bands: Bands) -> Band | None:
    """Return the word for a value, None where nothing was judged."""
    if value is None:
        return None
    return "weak" if value < bands.fair else "fair" if value < bands.strong else "strong"


def _weight(criterion: Criterion, profile: Profile) -> float:
    return profile.weights.get(criterion.id, criterion.weight)


def _lower(score: Score, taken: float, profile: Profile) -> Score:
    if score.value is None or not taken:
        return score
    value = min(score.value, max(0, round(score.value - taken)))
    return replace(score, value=value, band=band(value, profile.bands))


def _score(whole: float, judged: float, cost: float, limit: int | None, profile: Profile) -> Score:
    if not judged or (judged < whole / 2 and limit is None):
        return Score(None, None, round(judged / whole, 2) if whole else 0.0)
    value = max(0, round(100 - cost))
    bounded = value if limit is None else min(value, limit)
    return Score(bounded, band(bounded, profile.bands), round(judged / whole, 2), limit)


def _overall(scores: dict[Rubric, Score], profile: Profile) -> Overall:
    weighed = [
        (profile.rubrics.get(rubric, 1.0), one.value)
        for rubric, one in scores.items()
        if one.value is not None
    ]
    total = sum(weight for weight, _ in weighed)
    value = round(sum(weight * value for weight, value in weighed) / total) if total else None
    return Overall(value, band(value, profile.bands))
