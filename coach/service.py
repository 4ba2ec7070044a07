"""The coach: the verbs that every door calls."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING, Literal

from msgspec.structs import asdict, replace

from coach import __version__
from coach.assessment import Assessment, Versions
from coach.okr import Draft
from coach.organisation import Organisation
from coach.profile import DEFAULT, Profile
from coach.reading.draft import ReadDraft
from coach.reading.text import tidy
from coach.rewriting import rewrites
from coach.rubrics import Memo, judge, version
from coach.scoring import score
from coach.spending import Terms

if TYPE_CHECKING:
    from coach.embeddings import Embeddings
    from coach.model import Model

Stage = Literal["rules", "judge", "rewrites"]


class Coach:
    """Assesses drafts for one organisation by one profile. Holds no state of its own.

    `model` is what `stages` asks beyond the rules; `secret` is what makes the markers around a
    draft in a prompt impossible to foretell, and the same for as long as it is kept; `terms` say
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
        embeddings: "Embeddings | None" = None,
    ) -> None:
        self.organisation = organisation or Organisation()
        self.profile = profile
        self.model = model
        self.secret = secret
        self.terms = terms
        self.embeddings = embeddings
        self.versions = Versions(
            __version__, version(), profile.name, embeddings=embeddings.name if embeddings else None
        )

    def assess(self, draft: Draft, *, rewrite: bool = True) -> Assessment:
        """Return everything that rules say about a draft, with rewrites unless told otherwise."""
        draft, notes = tidy_draft(draft)
        read = ReadDraft(draft, self.organisation, self.profile)
        if self.embeddings is not None:
            read.nearness = self.embeddings.nearness
        if not rewrite:
            return self._judge(read, notes)
        memo: Memo = {}
        assessment = self._judge(read, notes, memo)
        offers = rewrites(
            read, assessment, lambda other, left: self._judge(read.revised(other, left), (), memo)
        )
        return replace(assessment, rewrites=offers)

    async def stages(
        self, draft: Draft, *, rewrite: bool = True, model: bool = True
    ) -> AsyncIterator[tuple[Stage, Assessment]]:
        """Yield the whole assessment as it grows: "rules" at once, then what a model adds."""
        assessment = self.assess(draft, rewrite=rewrite)
        yield "rules", assessment
        if model:
            async for step in self.ask(assessment, rewrite=rewrite):
                yield step

    async def ask(
        self,
        assessment: Assessment,  # noqa: ARG002 - nothing is asked yet
        *,
        rewrite: bool = True,  # noqa: ARG002 - nothing is asked yet
    ) -> AsyncGenerator[tuple[Stage, Assessment], None]:
        """Yield what a language model adds to what `assess` said, as it arrives.

        "judge" and "rewrites" come once each, in either order, and each carries all that is known
        by then, under the assessment's own id; the last one is the whole. Without a language model
        nothing comes.
        """
        nothing: tuple[tuple[Stage, Assessment], ...] = ()
        for step in nothing:
            yield step

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
            unjudged=judgement.unjudged,
            notes=notes,
            versions=self.versions,
        )


def tidy_draft(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """Return the draft as it is shown and stored, and what the author is told about that."""
    removed = 0

    def clean(text: str) -> str:
        nonlocal removed
        shown, count = tidy(text)
        removed += count
        return shown.strip()

    key_results = tuple(
        clean(kr) if isinstance(kr, str) else replace(kr, text=clean(kr.text))
        for kr in draft.key_results
    )
    said = {
        field: clean(value)
        for field, value in asdict(draft.context).items()
        if isinstance(value, str)
    }
    shown = Draft(clean(draft.objective), key_results, replace(draft.context, **said))
    notes = (f"{removed} invisible characters were removed.",) if removed else ()
    return shown, notes
