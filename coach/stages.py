"""What a language model adds to an assessment, stage by stage, in the order it arrives."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from coach.assessment import Assessment, Finding, Rewrite, Stage, Unjudged, Versions
from coach.judge import Asking, JudgeVerdict, ask_judge, says_too_little
from coach.model import Model
from coach.privacy import mask_draft
from coach.profile import Profile
from coach.prompting import revisions
from coach.reading.draft import ReadDraft
from coach.rewriting import Rescore
from coach.rewriting.by_model import Offers, ask_rewrites
from coach.rubrics import CRITERIA, gravest_first
from coach.scoring import lower


class Means(msgspec.Struct, frozen=True):
    """What a coach asks a language model with."""

    model: Model
    secret: bytes
    asking: Asking


async def added(
    read: ReadDraft, today: Assessment, means: Means, rescore: Rescore | None
) -> AsyncGenerator[tuple[Stage, Assessment], None]:
    """Yield `today`, which is what the rules say, with what the model adds, as it arrives.

    Judge and rewriter are asked at the same time; without `rescore` there is no rewriter, and a
    draft that says too little is not sent at all. Whoever closes this takes back what is asked.
    A mistake of ours in one of them is raised when the other one has had its say.
    """
    model, secret, masked = means.model, means.secret, mask_draft(read.draft)
    judging = asyncio.ensure_future(
        ask_judge(read, masked, today.findings, model, secret, means.asking)
    )
    asked: dict[asyncio.Future[Any], Stage] = {judging: "judge"}
    if rescore is not None and not says_too_little(today.findings):
        offering = asyncio.ensure_future(
            ask_rewrites(read, masked, today, model, rescore, secret=secret)
        )
        asked[offering] = "rewrites"
    said = _Said(today, read.profile)
    waiting = set(asked)
    mistake: BaseException | None = None
    try:
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task, stage in asked.items():
                if task in done and task.exception() is None:
                    said.add(task.result())
                    yield stage, said.whole()
                elif task in done:
                    mistake = task.exception()
    finally:
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
    if mistake is not None:
        raise mistake


class _Said:
    """What is known by now. In which order it came makes no difference to the whole."""

    def __init__(self, today: Assessment, profile: Profile) -> None:
        self._today = today
        self._profile = profile
        self._verdict = JudgeVerdict()
        self._offers = Offers(today.rewrites)
        self._judged = False

    def add(self, part: JudgeVerdict | Offers) -> None:
        if isinstance(part, JudgeVerdict):
            self._verdict, self._judged = part, True
        else:
            self._offers = part

    def whole(self) -> Assessment:
        today, found = self._today, self._verdict.findings
        scores, overall = lower(today.scores, found, self._profile)
        return replace(
            today,
            findings=gravest_first((*map(self._phrased, today.findings), *found)),
            scores=scores,
            overall=overall,
            rewrites=tuple(map(self._lowered, self._offers.rewrites)),
            unjudged=tuple(self._unjudged()),
            notes=tuple(self._notes()),
            versions=self._versions(),
        )

    def _phrased(self, finding: Finding) -> Finding:
        """Return a finding of the rules with the question that the model phrased, if it did."""
        question = self._verdict.questions.get((finding.criterion, finding.line))
        if question is None:
            return finding
        return replace(finding, question=question, question_by="model")

    def _lowered(self, rewrite: Rewrite) -> Rewrite:
        """Return a rewrite with scores to hold against today's.

        No model has judged it, so what was found in the draft is taken to hold in it too.
        """
        scores, overall = lower(rewrite.scores, self._verdict.findings, self._profile)
        return replace(rewrite, scores=scores, overall=overall)

    def _unjudged(self) -> Iterator[Unjudged]:
        for one in self._today.unjudged:
            if not self._judged or CRITERIA[one.criterion].by == "rule":
                yield one
        yield from self._verdict.unjudged

    def _notes(self) -> Iterator[str]:
        yield from self._today.notes
        yield from self._verdict.notes
        if self._offers.reason:
            yield f"The other wordings are by rules alone: {self._offers.reason}."

    def _versions(self) -> Versions:
        prompts, model = dict(self._verdict.prompts), self._verdict.model
        if self._offers.model:
            prompts["rewrite"] = revisions()["rewrite"]
            model = model or self._offers.model
        return replace(self._today.versions, prompts=prompts or None, model=model)
