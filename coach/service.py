"""The coach: the verbs that every door calls."""

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


class Coach:
    """Assesses drafts for one organisation by one profile. Holds no state of its own."""

    def __init__(
        self, organisation: Organisation | None = None, profile: Profile = DEFAULT
    ) -> None:
        self.organisation = organisation or Organisation()
        self.profile = profile
        self.versions = Versions(__version__, version(), profile.name)

    def assess(self, draft: Draft, *, rewrite: bool = True) -> Assessment:
        """Return everything that rules say about a draft, with rewrites unless told otherwise."""
        draft, notes = tidy_draft(draft)
        read = ReadDraft(draft, self.organisation, self.profile)
        if not rewrite:
            return self._judge(read, notes)
        memo: Memo = {}
        assessment = self._judge(read, notes, memo)
        offers = rewrites(
            read, assessment, lambda other, left: self._judge(read.revised(other, left), (), memo)
        )
        return replace(assessment, rewrites=offers)

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
