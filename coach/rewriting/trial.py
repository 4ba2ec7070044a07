"""A proposal on trial: the same rules that judged the draft say what it mends and what it spoils."""

from typing import NamedTuple

from coach.assessment import RUBRICS, Assessment, Maker, Rewrite, Rubric
from coach.rewriting.edit import Angle, Place
from coach.rewriting.proposal import Proposal, shown


class Trial(NamedTuple):
    """What the rules say of a proposal, in terms of today's lines.

    `left` are the places of its errors and warnings, `added` those that today's draft hasn't got.
    `mends` are the criteria that it claims to mend and does, everywhere, gravest first. `lowered`
    are the rubrics that it would cost points.
    """

    again: Assessment
    left: frozenset[Place]
    added: frozenset[Place]
    mends: tuple[str, ...]
    lowered: tuple[Rubric, ...]

    @property
    def holds(self) -> bool:
        """Whether the proposal mends something and spoils nothing."""
        return bool(self.mends) and not self.added and not self.lowered


def weigh(proposal: Proposal, today: Assessment, again: Assessment) -> Trial:
    """Hold what the rules say of a proposal against what they said of the draft."""
    left = _places(again, proposal)
    return Trial(
        again,
        left,
        left - _places(today),
        _mended(today, left, proposal),
        _lowered(today, again),
    )


def rewrite_of(proposal: Proposal, trial: Trial, angle: Angle, *, by: Maker = "rule") -> Rewrite:
    """Return a proposal that held as people see it, with its own scores."""
    draft, blanks = shown(proposal.draft)
    return Rewrite(
        angle=angle,
        objective=draft.objective,
        key_results=draft.sentences,
        blanks=blanks,
        mends=trial.mends,
        scores=trial.again.scores,
        overall=trial.again.overall,
        by=by,
    )


def _places(assessment: Assessment, proposal: Proposal | None = None) -> frozenset[Place]:
    """Return where errors and warnings are, in terms of today's lines."""
    return frozenset(
        (f.criterion, f.line if proposal is None else proposal.origin.get(f.line) or f"+{f.line}")
        for f in assessment.findings
        if f.severity != "hint"
    )


def _mended(today: Assessment, left: frozenset[Place], proposal: Proposal) -> tuple[str, ...]:
    unmet = {criterion for criterion, _ in left}
    return tuple(
        dict.fromkeys(
            f.criterion
            for f in today.findings
            if (f.criterion, f.line) in proposal.claims
            and f.criterion not in unmet
            and f.severity != "hint"
        )
    )


def _lowered(today: Assessment, again: Assessment) -> tuple[Rubric, ...]:
    """Return the rubrics that a proposal would cost points, as the rules count them."""

    def falls(rubric: Rubric) -> bool:
        was, now = today.scores.of(rubric).value, again.scores.of(rubric).value
        return was is not None and now is not None and now < was

    return tuple(filter(falls, RUBRICS))
