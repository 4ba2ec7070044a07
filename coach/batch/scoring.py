"""What is kept of a row's assessment: its JSON, and the short of it."""

import msgspec

from coach.assessment import RUBRICS, Assessment
from coach.batch import Outline, Scored

_encode = msgspec.json.Encoder().encode


def scored(assessment: Assessment) -> Scored:
    """Return what is kept of an assessment that has its id."""
    return Scored(
        str(assessment.id),
        str(assessment.created_at),
        assessment.versions.profile,
        assessment.versions.rubrics,
        _encode(assessment).decode(),
        _outline(assessment),
    )


def _outline(assessment: Assessment) -> Outline:
    values = {rubric: assessment.scores.of(rubric).value for rubric in RUBRICS}
    criteria = tuple(dict.fromkeys(finding.criterion for finding in assessment.findings))
    return Outline(overall=assessment.overall.value, criteria=criteria, **values)
