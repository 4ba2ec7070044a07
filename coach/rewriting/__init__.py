"""Rewrites made by rules from a draft's own words; what is unknown is a visible blank.

Edits, one for a criterion, are composed into one proposal for each angle. A proposal is shown
only if the guard finds nothing invented in it and the same rules that judged the draft say that
it mends what it claims, adds no error or warning, and lowers no rubric. A blank is neither earned
nor lost: what it stands for is left unjudged until the author fills it.
"""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from coach.assessment import Assessment, Rewrite, Rubric
from coach.okr import Answer, Draft
from coach.reading.draft import ReadDraft
from coach.rewriting.answers import Answers
from coach.rewriting.edit import ANGLES, MARKS, Angle, Place
from coach.rewriting.guard import Guard
from coach.rewriting.proposal import Proposal, masked, propose
from coach.rewriting.trial import Trial, rewrite_of, weigh
from coach.rubrics import CRITERIA

Rescore = Callable[[Draft, frozenset[Place]], Assessment]
"""Judges a rewrite by the rules that judged the draft, but for the places left open."""


def rewrites(
    read: ReadDraft, today: Assessment, rescore: Rescore, answers: tuple[Answer, ...] = ()
) -> tuple[Rewrite, ...]:
    """Return up to three rewrites, different in kind, each of which mends and breaks nothing.

    What the author answered to questions counts as said, and fills blanks.
    """
    if not is_due(read, today):
        return ()
    desk = _Desk(read, today, rescore, Answers(answers, read), Guard(read.draft, answers))
    offers: list[Rewrite] = []
    for angle, proposal in desk.in_kind():
        offer = desk.offer(proposal, angle)
        if offer is not None and all(_differ(offer, other) for other in offers):
            offers.append(offer)
    return tuple(offers)


def is_due(read: ReadDraft, today: Assessment) -> bool:
    """Say whether there is something to mend in a draft that can be rewritten."""
    grave = any(finding.severity != "hint" for finding in today.findings)
    return grave and not _marked(read.draft)


_FITS: dict[Rubric, Angle] = {
    "clarity": "sharper",
    "measurability": "sharper",
    "ambition": "bolder",
    "purpose": "closer to purpose",
}


class _Desk(NamedTuple):
    """What proposals for one draft are made from, and held against."""

    read: ReadDraft
    today: Assessment
    rescore: Rescore
    answers: Answers
    guard: Guard

    def in_kind(self) -> list[tuple[Angle, Proposal]]:
        """Return a proposal an angle; of those that read the same, the one that is named best."""
        alike: dict[Draft, dict[Angle, Proposal]] = {}
        for angle in ANGLES:
            proposal = self.proposal(angle)
            if proposal is not None:
                alike.setdefault(proposal.draft, {})[angle] = proposal
        found = []
        for proposals in alike.values():
            angle, proposal = next(iter(proposals.items()))
            if len(proposals) > 1:
                fits = Counter(_FITS[CRITERIA[each].rubric] for each, _ in proposal.claims)
                angle = max(proposals, key=fits.__getitem__)
            found.append((angle, proposals[angle]))
        return sorted(found, key=lambda each: ANGLES.index(each[0]))

    def proposal(self, angle: Angle, leave: frozenset[Place] = frozenset()) -> Proposal | None:
        return propose(self.read, self.today.findings, angle, self.answers, leave)

    def offer(self, proposal: Proposal, angle: Angle) -> Rewrite | None:
        """Return a proposal as a rewrite if it holds; what doesn't is left out, and tried once."""
        trial = self.tried(proposal)
        vain = _vain(trial, proposal)
        if vain:
            calmer = self.proposal(angle, vain)
            if calmer is None:
                return None
            if calmer.draft != proposal.draft:
                proposal, trial = calmer, self.tried(calmer)
        if not trial.holds:
            return None
        rewrite, draft = rewrite_of(proposal, trial, angle), self.read.draft
        if (rewrite.objective, rewrite.key_results) == (draft.objective, draft.sentences):
            return None
        return None if self.guard.invented(rewrite.objective, rewrite.key_results) else rewrite

    def tried(self, proposal: Proposal) -> Trial:
        again = self.rescore(masked(proposal.draft), proposal.left_open)
        return weigh(proposal, self.today, again)


def _differ(one: Rewrite, other: Rewrite) -> bool:
    return (one.objective, one.key_results) != (other.objective, other.key_results)


def _marked(draft: Draft) -> bool:
    """Say whether a draft holds, by whatever chance, the characters that mark blanks in here."""
    text = "".join((draft.objective, *draft.sentences))
    return not text.isascii() and any(mark in text for mark in MARKS)


def _vain(trial: Trial, proposal: Proposal) -> frozenset[Place]:
    """Return what a proposal had better left: claims that aren't met, and lines that it spoils."""
    spoiled = {line for _, line in trial.added}
    vain = {(each, line) for each, line in proposal.claims if line in spoiled}
    if not spoiled <= {line for _, line in proposal.claims if line != "set"}:
        vain |= proposal.grown
    return frozenset(vain | (proposal.claims & trial.left))
