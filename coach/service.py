"""The coach: the verbs that every door calls."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from coach import __version__
from coach.assessment import Assessment, Stage, Versions
from coach.okr import Answer, Draft
from coach.organisation import Organisation
from coach.profile import DEFAULT, Profile
from coach.reading.draft import ReadDraft
from coach.reading.text import tidy
from coach.rewriting import rewrites
from coach.rubrics import Memo, judge, not_asked, version
from coach.scoring import score
from coach.spending import Terms

if TYPE_CHECKING:
    from coach.connections import Connections
    from coach.embeddings import Embeddings
    from coach.judge import Asking
    from coach.model import Check, Model, Reply, Request


class Rules(msgspec.Struct, frozen=True):
    """What a coach judges by without a model, to be sent to another process.

    `model` names the one that is asked elsewhere, where one is.
    """

    organisation: Organisation
    profile: Profile
    embeddings: bool = False
    model: str | None = None

    def coach(self) -> "Coach":
        """Return a coach that assesses as the one it came from."""
        asked = _Elsewhere(self.model) if self.model else None
        if not self.embeddings:
            return Coach(self.organisation, self.profile, model=asked)
        from coach.embeddings import Embeddings

        return Coach(self.organisation, self.profile, model=asked, embeddings=Embeddings())


class Coach:
    """Assesses drafts for one organisation by one profile. Holds no state of its own.

    `model` is what `stages` asks beyond the rules; `secret` is what makes the markers around a
    draft in a prompt impossible to foretell, and the same for as long as it is kept; `asking` is
    one checklist, or single questions where the model tells how likely its answers are; `terms` say
    where the model is and what it may cost. `embeddings` lend the rules a hint of what words alone
    don't show.
    """

    def __init__(
        self,
        organisation: Organisation | None = None,
        profile: Profile = DEFAULT,
        *,
        model: "Model | None" = None,
        secret: bytes = b"",
        terms: Terms | None = None,
        asking: "Asking" = "checklist",
        embeddings: "Embeddings | None" = None,
    ) -> None:
        self.organisation = organisation or Organisation()
        self.profile = profile
        self.model = model
        self.secret = secret
        self.terms = terms
        self.asking = asking
        self.embeddings = embeddings
        self.versions = Versions(
            __version__, version(), profile.name, embeddings=embeddings.name if embeddings else None
        )
        self._unasked = not_asked(profile, self._silence())

    @property
    def rules(self) -> Rules:
        """What it judges by, without its model."""
        model = self.model.name if self.model else None
        return Rules(self.organisation, self.profile, self.embeddings is not None, model)

    def _silence(self) -> str:
        """Say why no model has judged anything."""
        if self.organisation.model == "off":
            return "the organisation does without a language model"
        if self.model is None:
            return "no language model is set up"
        return "the language model has not been asked"

    @property
    def reader(self) -> "Model | None":
        """The language model that is asked beyond the rules; None where none is, or is to be."""
        return None if self.organisation.model == "off" else self.model

    def assess(
        self,
        draft: Draft,
        *,
        rewrite: bool = True,
        model: bool = True,
        answers: tuple[Answer, ...] = (),
    ) -> Assessment:
        """Return everything that rules say about a draft, with rewrites unless told otherwise.

        Its author reads here what would be put aside before a language model is asked; with
        `model` off, none is going to be. `answers` to the questions of its findings fill the
        blanks of its rewrites; no score of the draft itself depends on them.
        """
        draft, notes = tidy_draft(self._placed(draft))
        if model and self.reader is not None:
            from coach.privacy import mask_draft  # who asks no model does without what that takes

            notes = (*notes, *filter(None, (mask_draft(draft).note,)))
        elif self.reader is not None:
            notes = (*notes, KEPT_BACK)
        answers = tidy_answers(answers)
        read = self._read(draft)
        if not rewrite:
            return replace(self._judge(read, notes), answers=answers)
        memo: Memo = {}
        assessment = self._judge(read, notes, memo)

        def rescore(other: Draft, left: frozenset[tuple[str, str]]) -> Assessment:
            return self._judge(read.revised(other, left), (), memo)

        offers = rewrites(read, assessment, rescore, answers)
        return replace(assessment, rewrites=offers, answers=answers)

    async def stages(
        self, draft: Draft, *, rewrite: bool = True, model: bool = True
    ) -> AsyncGenerator[tuple[Stage, Assessment], None]:
        """Yield the whole assessment as it grows: "rules" at once, then what a model adds.

        With `model` off, this draft is not sent to a language model.
        """
        assessment = self.assess(draft, rewrite=rewrite, model=model)
        yield "rules", assessment
        if model:
            async with aclosing(self.ask(assessment, rewrite=rewrite)) as steps:
                async for step in steps:
                    yield step

    async def whole(self, draft: Draft) -> Assessment:
        """Return the assessment of the last stage."""
        assessment = self.assess(draft)
        async with aclosing(self.ask(assessment)) as steps:
            async for _, later in steps:
                assessment = later
        return assessment

    async def ask(
        self, assessment: Assessment, *, rewrite: bool = True
    ) -> AsyncGenerator[tuple[Stage, Assessment], None]:
        """Yield what a language model adds to what `assess` said, as it arrives.

        "judge" and "rewrites" come at most once each, in either order, and each carries all that
        is known by then, under the assessment's own id; the last one is the whole. Nothing comes
        without a language model or where the organisation does without. A model that fails
        changes no score: why stands in `unjudged` and `notes`. Closing takes back what is asked.
        Where the author answered questions, the rewrites stay those that were made with the
        answers: no model is sent them.
        """
        reader = self.reader
        if reader is None:
            return
        from coach.stages import Means, added  # who asks no model does without what that takes

        read = self._read(assessment.draft)
        memo: Memo = {}

        def rescore(other: Draft, left: frozenset[tuple[str, str]]) -> Assessment:
            return self._judge(read.revised(other, left), (), memo)

        rewrite = rewrite and not assessment.answers
        means = Means(reader, self.secret, self.asking)
        async with aclosing(added(read, assessment, means, rescore if rewrite else None)) as steps:
            async for step in steps:
                yield step

    def connections(self, assessment: Assessment) -> "Connections":
        """Return what ties the lines of a draft to each other and to what it serves."""
        from coach.connections import connect  # shown on pages alone

        return connect(self._read(assessment.draft), assessment.findings)

    def _placed(self, draft: Draft) -> Draft:
        """Return a draft under its organisation's purpose, unless it names one of its own.

        The assessment tells what the draft was held against, whatever the organisation says later.
        """
        purpose = self.organisation.purpose
        if not purpose or draft.context.purpose:
            return draft
        return replace(draft, context=replace(draft.context, purpose=purpose))

    def _read(self, draft: Draft) -> ReadDraft:
        read = ReadDraft(draft, self.organisation, self.profile)
        if self.embeddings is not None:
            read.nearness = self.embeddings.nearness
        return read

    def _judge(
        self, read: ReadDraft, notes: tuple[str, ...], memo: Memo | None = None
    ) -> Assessment:
        judgement = judge(read, memo)
        scores, overall = score(judgement, len(read.key_results), self.profile)
        return Assessment(
            draft=read.draft,
            readings=read.readings,
            findings=judgement.findings,
            scores=scores,
            overall=overall,
            rewrites=(),
            unjudged=(*judgement.unjudged, *self._unasked),
            notes=notes,
            versions=self.versions,
        )


class _Elsewhere:
    """A language model that another process asks, if anybody does."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def ask(self, request: "Request", check: "Check | None" = None) -> "Reply":
        """Is asked by nobody: what rules say is all that is said here."""
        raise NotImplementedError(f"{self.name} is asked by another process")


KEPT_BACK = "This draft was kept from the language model."


def tidy_draft(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """Return the draft as it is shown and stored, and what the author is told about that."""
    removed = 0

    def clean(text: str) -> str:
        nonlocal removed
        shown, count = tidy(text)
        removed += count
        return _bare(shown.strip())

    key_results = tuple(
        clean(kr) if isinstance(kr, str) else replace(kr, text=clean(kr.text))
        for kr in draft.key_results
    )
    context = draft.context
    for field in context.__struct_fields__:
        said = getattr(context, field)
        if said is not None and (shown := clean(said)) != said:
            context = replace(context, **{field: shown})
    shown_draft = Draft(clean(draft.objective), key_results, context)
    notes = (f"{removed} invisible characters were removed.",) if removed else ()
    return shown_draft, notes


def tidy_answers(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Return the answers that say something, as they are stored."""
    shown = (replace(answer, text=tidy(answer.text)[0].strip()) for answer in answers)
    return tuple(answer for answer in shown if answer.text)


def _bare(text: str) -> str:
    """Return a line without the bullet, the quotes around it, and spaces beside spaces."""
    if text[:1] in _BULLETS and text[1:2] in _SPACES:
        text = text[1:].lstrip()
    closing = _QUOTES.get(text[:1])
    if closing and text[-1] in closing and not closing.intersection(text[1:-1]):
        text = text[1:-1].strip()
    return _WIDE.sub(" ", text) if "  " in text or not text.isascii() else text


_BULLETS = frozenset("-–—•◦▪*")
_SPACES = frozenset(" \t\u00a0")
_QUOTES = {
    '"': frozenset('"'), "'": frozenset("'"), "“": frozenset("”"), "„": frozenset("“”"),
    "«": frozenset("»"), "»": frozenset("«"), "‘": frozenset("’"),
}  # fmt: skip
_WIDE = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]{2,}")
