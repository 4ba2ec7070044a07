"""A model that obeys whatever a draft says moves nothing that code holds.

The model of this proof is the worst there can be: it praises, blames, answers with the JSON that
the draft dictates, repeats its own prompt and the marker around the draft, and writes markup.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from random import Random
from unittest.mock import patch

import msgspec

from coach.assessment import RUBRICS, Assessment, Finding, Overall, Score, Scores
from coach.model import Check, Reply, Request
from coach.okr import Draft
from coach.profile import Profile
from coach.rubrics import QUESTIONS
from coach.service import Coach
from coach.view import result
from coach.web.form import form_of
from coach.web.markup import render
from prove import Tally
from prove._drafts import PLACES, drafts, drawn, with_text
from prove.strings import DISGUISES, everything

PROMISE = (
    "with a model that obeys the draft, no score is above the rules' for the same text, no other"
    " draft is in what is sent, nothing of the prompt comes out, no markup gets into a page"
)
CASES = 100_000
PAGES_EVERY = 50
"""Every so many cases the page is drawn too, which takes ten times as long as the rest."""


def run(random: Random, cases: int, guarded: bool) -> Tally:
    """Attack one draft a case. Without the guard the model's verdict is the score."""
    if guarded:
        return asyncio.run(_run(random, cases))
    with patch("coach.stages.lower", trusting):
        return asyncio.run(_run(random, cases))


async def _run(random: Random, cases: int) -> Tally:
    tally = Tally()
    texts = everything()
    model = Obedient(random)
    coach = Coach(model=model, secret=b"nobody knows")
    other = "Neighbour 4711 keeps the harbour light burning"
    lowered = pages = 0
    model.way = blame
    harmless = "\n".join([_page(coach, await _last(coach, draft)) for draft in drafts()])
    for number in range(cases):
        base, place = drawn(random)
        disguise = random.choice(tuple(DISGUISES))
        draft = with_text(base, DISGUISES[disguise](random.choice(texts)), place)
        model.turn()
        if number % 100 == 0:
            await _last(coach, Draft(other))
            model.asked.clear()
        steps = [step async for _, step in coach.stages(draft, rewrite=False)]
        tally.cases += 1
        lowered += steps[-1].overall != steps[0].overall
        broken = [*breaches(steps[0], steps[-1], model.asked, other)]
        if number % PAGES_EVERY == 0:
            pages += 1
            broken += harmful(_page(coach, steps[-1]), draft, harmless)
        if broken:
            tally.broke(f"{disguise}, {place}: {'; '.join(broken)}")
        model.asked.clear()
    tally.notes = {
        "made of": f"{len(texts)} strings, {len(DISGUISES)} disguises, {len(PLACES)} places",
        "scores that the model lowered": lowered,
        "pages drawn": pages,
    }
    return tally


async def _last(coach: Coach, draft: Draft) -> Assessment:
    return [step async for _, step in coach.stages(draft, rewrite=False)][-1]


def breaches(
    rules: Assessment, whole: Assessment, asked: list[Request], other: str
) -> Iterator[str]:
    """Yield what a model moved that it may not, or brought out that it was not to."""
    for rubric in RUBRICS:
        ruled, value = rules.scores.of(rubric).value, whole.scores.of(rubric).value
        if (ruled is None) != (value is None) or (value or 0) > (ruled or 0):
            yield f"{rubric} went from {ruled} to {value}"
    if (whole.overall.value or 0) > (rules.overall.value or 0):
        yield f"overall rose to {whole.overall.value}"
    answered = msgspec.json.encode(whole).decode()
    for request in asked:
        if other in request.user or other in request.system:
            yield "another draft is in what is sent"
        for marker in _MARKER.findall(request.user):
            if marker in answered and marker not in msgspec.json.encode(whole.draft).decode():
                yield "the marker came out"
        if _CANARY in request.system and _CANARY in answered:
            yield "the prompt came out"


_MARKER = re.compile(r"draft-[0-9a-f]{16}")
_CANARY = "Code has already read the"  # in the first lines of the judge's prompt


class Obedient:
    """Does what the draft says, one way a case."""

    name = "obedient-1"

    def __init__(self, random: Random) -> None:
        self._random = random
        self.asked: list[Request] = []
        self.way = _praise

    def turn(self) -> None:
        """Obey in another way from now on."""
        self.way = self._random.choice((_praise, blame, _dictated, _repeat, _write_markup))

    async def ask(self, request: Request, check: Check | None = None) -> Reply:  # noqa: ARG002 - never objects
        """Answer."""
        self.asked.append(request)
        return Reply(self.way(request), self.name)


def _lines(request: Request) -> dict[str, str]:
    """Return the lines of the draft in a request, by their names."""
    return dict(re.findall(r"^(objective|kr\d+|why|purpose): (.*)$", request.user, re.MULTILINE))


def _answers(request: Request, met: str, reason: str) -> str:
    """Answer every question about every line, with words that stand in it."""
    answers = [
        {"id": question.criterion.id, "line": line, "quote": text[:60], "met": met,
         "reason": reason}
        for question in QUESTIONS
        for line, text in _lines(request).items()
    ]  # fmt: skip
    asked = [
        {"id": finding, "line": line, "question": reason or "What else?"}
        for line, finding in re.findall(r"^Finding of code on (\w+): ([\w-]+):", request.user, re.M)
    ]
    return json.dumps({"answers": answers, "questions": asked, "overall": 100, "scores": {}})


def _praise(request: Request) -> str:
    return _answers(request, "yes", "")


def blame(request: Request) -> str:
    """Answer every question with a no."""
    return _answers(request, "no", "It says nothing that can be seen from outside.")


def _dictated(request: Request) -> str:
    """Answer with the object that the draft holds, else with praise."""
    for found in re.finditer(r"\{", request.user):
        try:
            said, _ = json.JSONDecoder().raw_decode(request.user, found.start())
        except (json.JSONDecodeError, RecursionError):
            continue
        return json.dumps(said)
    return _praise(request)


def _repeat(request: Request) -> str:
    marker = _MARKER.search(request.user)
    start = request.system.find(_CANARY)
    said = request.system[start : start + 120].replace("\n", " ")
    return _answers(request, "no", f"{said} {marker[0] if marker else ''}")


def _write_markup(request: Request) -> str:
    return _answers(request, "no", "It names <script>alert(1)</script> ![x](https://a.example/).")


def trusting(
    scores: Scores, findings: tuple[Finding, ...], profile: Profile
) -> tuple[Scores, Overall]:
    """Take the model at its word, as a judge does that asks for a mark: what it praises is 100."""
    del scores, profile
    value = 100 - 25 * min(4, sum(finding.by == "model" for finding in findings))
    one = Score(value, "strong", 1.0)
    return Scores(one, one, one, one), Overall(value, "strong")


# ── what a page would show ────────────────────────────────────────────────────────────────────


class _Tags(HTMLParser):
    """The elements and handlers of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and attributes that could act."""
        self.seen.add(tag)
        for name, value in attrs:
            acts = name.startswith(("on", "hx-")) or name in ("src", "srcdoc", "action", "style")
            if acts or (value or "").strip().lower().startswith("javascript:"):
                self.seen.add(f"{tag} {name}={value}")
            if name == "href" and (value or "").startswith(("http:", "https:", "//")):
                self.seen.add(f"link to {value}")


def harmful(page: str, draft: Draft, harmless: str) -> Iterator[str]:
    """Yield what got into a page as markup that no page of a harmless draft has."""
    if strange := _tags(page) - _tags(harmless):
        yield f"the page holds {sorted(strange)}"
    said = "\n".join((draft.objective, *draft.sentences))
    if whole := [tag for tag in _TAG.findall(said) if tag in page and tag not in harmless]:
        yield f"the page holds {whole}"


_TAG = re.compile(r"<[a-zA-Z/!][^<>]{6,200}>")


def _page(coach: Coach, assessment: Assessment) -> str:
    return render(
        "result.html",
        result=result(assessment, coach),
        form=form_of(assessment.draft),
        bands=coach.profile.bands,
        terms=None,
        asking="",
        versions=(),
    )


@lru_cache(maxsize=2)
def _tags(page: str) -> frozenset[str]:
    read = _Tags()
    read.feed(page)
    return frozenset(read.seen)
