"""The pages to learn from: rubrics, criteria, how scores are made, and what leaves this machine.

Every example on them is scored by the engine as the page is made, and any text can be tried.
"""

from typing import Any

import msgspec
from litestar import Request, Router, get, post
from litestar.params import FromPath

from coach.assessment import RUBRICS, Rubric
from coach.errors import BadInput, NotFound
from coach.okr import Draft
from coach.privacy import PUT_ASIDE
from coach.rubrics import CRITERIA
from coach.rubrics.criterion import Criterion
from coach.service import Coach
from coach.view import Trial, result, trial, tried
from coach.web.api import RUBRIC_QUESTIONS
from coach.web.examples import SAMPLES
from coach.web.form import Form, drafts_of, form_of, joined, read_pairs
from coach.web.given import TheCoach, TheStore
from coach.web.markup import SMALL, Page, page
from coach.web.pace import assess_apart

Asked = Request[Any, Any, Any]
_CONTEXT = ("why", "purpose", "parent", "priority", "type")


class Attempt(msgspec.Struct, frozen=True):
    """A text in a box to try things in: what came of it, or what keeps it from being read."""

    text: str
    came: Trial | None = None
    trouble: str = ""


@get("/criteria")
async def criteria(coach: TheCoach) -> Page:
    """Every criterion, by rubric."""
    return page(
        "criteria.html",
        here="criteria",
        profile=coach.profile,
        criteria=CRITERIA,
        questions=RUBRIC_QUESTIONS,
        terms=coach.terms,
    )


@get("/criteria/{id:str}")
async def criterion(id: FromPath[str], coach: TheCoach) -> Page:
    """One criterion: why, what to ask, and examples that the engine scores as the page is made."""
    one = _criterion(id)
    return _criterion_page(one, coach, Attempt(as_text(one.flags[0].draft)))


@post("/criteria/{id:str}", status_code=200)
async def try_criterion(request: Asked, id: FromPath[str], coach: TheCoach) -> Page:
    """What the criterion makes of another text. Nothing is kept, and no model is asked."""
    one = _criterion(id)
    return _criterion_page(one, coach, await _attempt(request, coach, one.rubric, one.id))


@get("/rubrics/{name:str}")
async def rubric(name: FromPath[str], coach: TheCoach) -> Page:
    """One rubric: what it asks, its criteria and sources, and a draft scored by it."""
    known = _rubric(name)
    draft = SAMPLES["first-draft"].draft
    came = trial(coach.assess(draft, rewrite=False), known)
    return _rubric_page(known, coach, Attempt(as_text(draft), came))


@post("/rubrics/{name:str}", status_code=200)
async def try_rubric(request: Asked, name: FromPath[str], coach: TheCoach) -> Page:
    """What the rubric makes of another text. Nothing is kept, and no model is asked."""
    known = _rubric(name)
    return _rubric_page(known, coach, await _attempt(request, coach, known))


@get("/scores")
async def scores(coach: TheCoach) -> Page:
    """How scores are made, with a sum worked out."""
    worked_out = result(coach.assess(SAMPLES["first-draft"].draft, rewrite=False), coach)
    return page(
        "scores.html", here="scores", profile=coach.profile, result=worked_out, terms=coach.terms
    )


@get("/privacy")
async def privacy(coach: TheCoach, store: TheStore) -> Page:
    """What leaves this machine."""
    return page(
        "privacy.html",
        here="privacy",
        organisation=coach.organisation,
        embeddings=coach.embeddings,
        put_aside=tuple(PUT_ASIDE.values()),
        place=store.place,
        terms=coach.terms,
    )


# ── to try ────────────────────────────────────────────────────────────────────────────────────


async def _attempt(
    request: Asked, coach: Coach, rubric: Rubric, criterion: str | None = None
) -> Attempt:
    said = dict(read_pairs(request.headers.get("content-type", ""), await request.body()))
    text = said.get("text", "")
    try:
        draft = drafts_of(Form(text=text))[0]
    except BadInput as error:
        told = error.problems[0].detail
        return Attempt(text, trouble=f"{told[:1].upper()}{told[1:]}.")
    assessment = await assess_apart(coach, draft, rewrite=False, model=False)
    return Attempt(text, trial(assessment, rubric, criterion))


def as_text(draft: Draft) -> str:
    """Return a draft as its author would paste it, the context that purpose is judged by too."""
    context = draft.context
    said = [f"{name.capitalize()}: {text}" for name in _CONTEXT if (text := getattr(context, name))]
    return "\n".join(filter(None, (joined(form_of(draft)).text, *said)))


def _criterion(id: str) -> Criterion:
    if id not in CRITERIA:
        raise NotFound(f"There is no criterion named “{id}”.")
    return CRITERIA[id]


def _rubric(name: str) -> Rubric:
    for rubric in RUBRICS:
        if rubric == name:
            return rubric
    raise NotFound(f"There is no rubric named “{name}”.")


def _criterion_page(one: Criterion, coach: Coach, attempt: Attempt) -> Page:
    return page(
        "criterion.html",
        422 if attempt.trouble else 200,
        here="criteria",
        one=one,
        profile=coach.profile,
        flags=[tried(example, one, coach) for example in one.flags],
        passes=[tried(example, one, coach) for example in one.passes],
        beside=[other for other in CRITERIA.values() if other.rubric == one.rubric],
        attempt=attempt,
        terms=coach.terms,
    )


def _rubric_page(rubric: Rubric, coach: Coach, attempt: Attempt) -> Page:
    listed = [one for one in CRITERIA.values() if one.rubric == rubric]
    return page(
        "rubric.html",
        422 if attempt.trouble else 200,
        here="criteria",
        rubric=rubric,
        question=RUBRIC_QUESTIONS[rubric],
        criteria=listed,
        sources=sorted({" ".join(one.source.split()) for one in listed}),
        profile=coach.profile,
        attempt=attempt,
        terms=coach.terms,
    )


explaining = Router(
    "/",
    route_handlers=[criteria, criterion, try_criterion, rubric, try_rubric, scores, privacy],
    middleware=[SMALL],
    include_in_schema=False,
)
