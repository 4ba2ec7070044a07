"""Rewrites made by rules from a draft's own words; what is unknown is a visible blank.

Edits, one for a criterion, are composed into one proposal for each angle. A proposal is shown
only if the guard finds nothing invented in it and the same rules that judged the draft say that
it mends what it claims, adds no error or warning, and lowers no rubric. A blank is neither earned
nor lost: what it stands for is left unjudged until the author fills it.
"""

from collections.abc import Callable

from coach.assessment import RUBRICS, Assessment, Rewrite
from coach.okr import Draft
from coach.reading.draft import ReadDraft
from coach.rewriting.edit import ANGLES, MARKS, Angle
from coach.rewriting.guard import Guard
from coach.rewriting.proposal import Place, Proposal, masked, propose, shown

Rescore = Callable[[Draft, frozenset[Place]], Assessment]
"""Judges a rewrite by the rules that judged the draft, but for the places left open."""


def rewrites(read: ReadDraft, today: Assessment, rescore: Rescore) -> tuple[Rewrite, ...]:
    """Return up to three rewrites, different in kind, each of which mends and breaks nothing."""
    if all(finding.severity == "hint" for finding in today.findings) or _marked(read.draft):
        return ()
    guard = Guard(read.draft)
    seen: set[Draft] = set()
    offers = []
    for angle in ANGLES:
        proposal = propose(read, today.findings, angle)
        if proposal is None or proposal.draft in seen:
            continue
        seen.add(proposal.draft)
        offer = _offer(proposal, read, today, angle, guard, rescore)
        if offer is not None:
            offers.append(offer)
    return tuple(offers)


def _marked(draft: Draft) -> bool:
    """Say whether a draft holds, by whatever chance, the characters that mark blanks in here."""
    text = "".join((draft.objective, *draft.sentences))
    return not text.isascii() and any(mark in text for mark in MARKS)


def _offer(
    proposal: Proposal,
    read: ReadDraft,
    today: Assessment,
    angle: Angle,
    guard: Guard,
    rescore: Rescore,
) -> Rewrite | None:
    """Return a proposal as a rewrite if it holds; lines that don't are tried once as they were."""
    again = rescore(masked(proposal.draft), proposal.left_open)
    broken = _added(today, again, proposal)
    if broken:
        calmer = propose(read, today.findings, angle, leave=broken)
        if calmer is None:
            return None
        proposal = calmer
        again = rescore(masked(proposal.draft), proposal.left_open)
    mends = _mended(today, again, proposal)
    if not mends or _added(today, again, proposal) or _lowered(today, again):
        return None
    draft, blanks = shown(proposal.draft)
    if guard.invented(draft.objective, draft.sentences):
        return None
    return Rewrite(
        angle=angle,
        objective=draft.objective,
        key_results=draft.sentences,
        blanks=blanks,
        mends=mends,
        scores=again.scores,
        overall=again.overall,
    )


def _places(assessment: Assessment, proposal: Proposal | None = None) -> set[Place]:
    """Return where errors and warnings are, in terms of today's lines."""
    return {
        (f.criterion, f.line if proposal is None else proposal.origin.get(f.line) or f"+{f.line}")
        for f in assessment.findings
        if f.severity != "hint"
    }


def _added(today: Assessment, again: Assessment, proposal: Proposal) -> frozenset[str]:
    """Return the lines of today's draft that a proposal would give an error or warning more."""
    return frozenset(line for _, line in _places(again, proposal) - _places(today))


def _mended(today: Assessment, again: Assessment, proposal: Proposal) -> tuple[str, ...]:
    """Return the criteria that a proposal claims to mend and does, gravest first."""
    left = _places(again, proposal)
    return tuple(
        dict.fromkeys(
            f.criterion
            for f in today.findings
            if (f.criterion, f.line) in proposal.claims - left and f.severity != "hint"
        )
    )


def _lowered(today: Assessment, again: Assessment) -> bool:
    """Say whether a proposal would cost a rubric points, as the rules count them."""
    pairs = ((today.scores.of(each).value, again.scores.of(each).value) for each in RUBRICS)
    return any(was is not None and now is not None and now < was for was, now in pairs)
