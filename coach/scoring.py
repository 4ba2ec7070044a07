"""Findings to scores, by a sum that a person can redo with a pencil.

A rule criterion's credit is 1 where nothing was found, ½ where one key result of several has a
warning, 0 otherwise (an error, a finding on the objective or the set, or on two key results or
more). Hints cost nothing. A rubric is `100 × Σ weight × credit / Σ weight` over the criteria
judged, then bounded by the cap of its errors. Counting findings, never their share, is what makes
one more key result unable to lift a score.
"""

from collections import Counter
from typing import NamedTuple

from coach.assessment import RUBRICS, Band, Finding, Overall, Rubric, Score, Scores
from coach.profile import Bands, Caps, Profile
from coach.rubrics import CRITERIA, Judgement
from coach.rubrics.criterion import Criterion


class Credit(NamedTuple):
    """One line of the sum: a criterion, its weight, and its credit (None: not judged)."""

    criterion: Criterion
    weight: float
    credit: float | None


def score(judgement: Judgement, key_results: int, profile: Profile) -> tuple[Scores, Overall]:
    """Return the scores of a draft with that many key results."""
    earned = sheet(judgement, profile)
    scores = {
        rubric: _score(earned[rubric], judgement.findings, rubric, key_results, profile)
        for rubric in RUBRICS
    }
    weighed = [
        (profile.rubrics.get(rubric, 1.0), one.value)
        for rubric, one in scores.items()
        if one.value is not None
    ]
    total = sum(weight for weight, _ in weighed)
    value = round(sum(weight * value for weight, value in weighed) / total) if total else None
    return Scores(**scores), Overall(value, band(value, profile.bands))


def sheet(judgement: Judgement, profile: Profile) -> dict[Rubric, list[Credit]]:
    """Return what each criterion earned, by rubric: the sum behind each score."""
    unjudged = {one.criterion for one in judgement.unjudged}
    costs: dict[str, list[Finding]] = {}
    for finding in judgement.findings:
        if finding.severity != "hint":
            costs.setdefault(finding.criterion, []).append(finding)
    by_rubric: dict[Rubric, list[Credit]] = {rubric: [] for rubric in RUBRICS}
    for criterion in CRITERIA.values():
        if (profile.severities.get(criterion.id) or criterion.severity) in ("off", "hint"):
            continue
        weight = profile.weights.get(criterion.id, criterion.weight)
        earned = None if criterion.id in unjudged else _credit(costs.get(criterion.id))
        by_rubric[criterion.rubric].append(Credit(criterion, weight, earned))
    return by_rubric


def band(value: int | None, bands: Bands) -> Band | None:
    """Return the word for a value, None where nothing was judged."""
    if value is None:
        return None
    return "weak" if value < bands.fair else "fair" if value < bands.strong else "strong"


def _credit(findings: list[Finding] | None) -> float:
    if not findings:
        return 1.0
    only = findings[0]
    return 0.5 if len(findings) == 1 and only.severity != "error" and only.line[:2] == "kr" else 0.0


def _score(
    earned: list[Credit],
    findings: tuple[Finding, ...],
    rubric: Rubric,
    key_results: int,
    profile: Profile,
) -> Score:
    judged = [(one.weight, one.credit) for one in earned if one.credit is not None]
    weight = sum(each for each, _ in judged)
    whole = sum(one.weight for one in earned)
    if not weight:
        return Score(None, None, 0.0)
    value = 100 * sum(each * credit for each, credit in judged) / weight
    limit = _cap(findings, rubric, key_results, profile.caps)
    bounded = round(value if limit is None else min(value, limit))
    return Score(bounded, band(bounded, profile.bands), round(weight / whole, 2), limit)


def _cap(findings: tuple[Finding, ...], rubric: Rubric, key_results: int, caps: Caps) -> int | None:
    errors = {f.line for f in findings if f.severity == "error" and f.rubric == rubric}
    if not errors:
        return None
    lines = Counter(line[:2] == "kr" for line in errors)
    if lines[False] or lines[True] >= key_results:
        return caps.all
    return max(caps.all, caps.one - caps.each * (lines[True] - 1))
