"""The pages: a draft is written, scored, and opened again; the criteria are explained.

Every page works without scripts. Handlers receive `coach` and `store` from the application.
"""

import re
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from litestar import MediaType, Request, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ASGIApp
from msgspec.structs import replace

from coach.assessment import Assessment
from coach.dismissal import Dismissal, keys_of
from coach.errors import BadInput, NotFound, StoreUnavailable, TooLarge
from coach.history import Version, growth, versions
from coach.okr import KeyResult
from coach.ports import Store
from coach.rubrics import CRITERIA
from coach.service import KEPT_BACK, Coach
from coach.view import Result, label, result
from coach.web.api import DAYS, MOST_DAYS
from coach.web.assets import assets, digest
from coach.web.examples import SAMPLES
from coach.web.form import (
    ID,
    Form,
    Pairs,
    drafts_of,
    form_of,
    joined,
    pick,
    read_form,
    read_pairs,
    split,
    with_troubles,
)
from coach.web.given import TheCoach, TheRuns, TheStore
from coach.web.markup import SMALL, Page, page, render
from coach.web.pace import assess_apart
from coach.web.runs import Run
from coach.web.stages import PULSE, STILL_THERE, in_stages, message

Asked = Request[Any, Any, Any]

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_LINE = re.compile(r"line-(?P<name>objective|kr\d{1,3})-(?P<stood>objective|kr\d{1,3})")
_KEY = re.compile(r"[0-9a-f]{32}")
_KEYS_LIMIT = 100
_REASON_LIMIT = 500
FOR_GOOD = "public, max-age=31536000, immutable"
USED = "The new wording is in the form. Score it to keep it."
TAKEN = "{} has the new wording."
TAKEN_OUT = "Key result {} was taken out."
UNKEPT = (
    "Scored, but not kept: the database does not answer just now. "
    "Everything is still here; score it again in a minute to get a link."
)


# ── writing and scoring ───────────────────────────────────────────────────────────────────────


@get("/")
async def write(
    coach: TheCoach,
    example: FromQuery[str] = "",
    criterion: FromQuery[str] = "",
    number: FromQuery[int] = 0,
) -> Page:
    """The form: empty, or with one of our examples in it."""
    if example in SAMPLES:
        return _desk(coach, form_of(SAMPLES[example].draft))
    if criterion in CRITERIA:
        shown = (*CRITERIA[criterion].flags, *CRITERIA[criterion].passes)
        return _desk(coach, form_of(shown[number % len(shown)].draft))
    return _desk(coach, Form())


@post("/", status_code=200)
async def score(request: Asked, coach: TheCoach, runs: TheRuns) -> Page | Redirect:
    """Score the draft, keep what was found, and lead to it."""
    form, button = await _sent(request)
    try:
        drafts = drafts_of(form)
    except BadInput as error:
        return _unread(coach, form, error)
    if len(drafts) > 1:
        return _desk(coach, replace(form, drafts=drafts))
    try:
        run = await runs.start(
            drafts[0],
            model=not form.kept_back,
            came_from=form.came_from or None,
            answers=form.answers,
        )
    except StoreUnavailable:
        assessment = await assess_apart(
            coach, drafts[0], model=not form.kept_back, answers=form.answers
        )
        again = form_of(assessment.draft, form.came_from)
        form = replace(again, kept_back=form.kept_back, notice=UNKEPT)
        return _desk(coach, form, assessment, status=503)
    place = "offers-heading" if button == "answer" else "result"
    return Redirect(f"/a/{run.assessment.id}#{place}", status_code=303)


@post("/live", status_code=200)
async def live(request: Asked, coach: TheCoach, store: TheStore) -> Page:
    """The result of what is typed so far. Nothing is kept, and no model is asked."""
    form, _ = await _sent(request)
    drafts = drafts_of(form)
    assessment = await assess_apart(
        coach, drafts[0], model=not form.kept_back, answers=form.answers
    )
    shown = result(assessment, coach, await _aside(store, assessment))
    return page(
        "live.html", result=shown, form=form, asking="", versions=(), bands=coach.profile.bands
    )


@get("/a/{id:str}")
async def opened(id: FromPath[str], coach: TheCoach, store: TheStore, runs: TheRuns) -> Page:
    """A result that is kept, under the form with its draft in it."""
    kept = await store.versions(id)
    under_way = runs.under_way(id)
    if under_way:
        assessment = under_way.assessment
    else:
        assessment = next((one for one in kept if one.id == id), None) or await store.get(id)
    beside = Beside(
        asking=coach.model.name if under_way and coach.model else "",
        aside=await _aside(store, assessment),
        versions=versions(kept),
    )
    form = replace(form_of(assessment.draft, id), kept_back=KEPT_BACK in assessment.notes)
    return _desk(coach, form, assessment, beside=beside)


class Beside(NamedTuple):
    """What a result page shows beside the result.

    `asking` is the language model that is still reading, `aside` the keys of what was put aside,
    `versions` those of the draft.
    """

    asking: str = ""
    aside: frozenset[str] = frozenset()
    versions: tuple[Version, ...] = ()


async def _aside(store: Store, assessment: Assessment) -> frozenset[str]:
    """Return what the author has put aside of an assessment; a note too many is no harm."""
    try:
        return await store.aside(keys_of(assessment.findings, assessment.draft))
    except StoreUnavailable:
        return frozenset()


@get("/a/{id:str}/events")
async def events(id: FromPath[str], store: TheStore, runs: TheRuns) -> ASGIApp:
    """The names of the stages that a result reaches, as it reaches them; the page has the rest."""
    under_way = runs.under_way(id)
    if under_way is None:
        await store.document(id)  # NotFound where there never was one
    return in_stages(_reached(under_way))


async def _reached(run: Run | None) -> AsyncIterator[bytes]:
    if run is not None:
        async for step in run.steps(PULSE):
            yield message(step[0]) if step else STILL_THERE
    yield message("done")


@get("/a/{id:str}/text", media_type=MediaType.TEXT)
async def as_text(id: FromPath[str], coach: TheCoach, store: TheStore) -> str:
    """The same as plain text, to paste into a message."""
    return render("result.txt", result=result(await store.get(id), coach))


@post("/edit", status_code=200)
async def edit(request: Asked, coach: TheCoach, store: TheStore) -> Page:
    """The form changed as its button asks, everything typed kept; nothing is scored."""
    form, button = await _sent(request)
    try:
        edited = _edited(form, button)
    except BadInput as error:
        return _unread(coach, form, error)
    try:
        before = await store.get(form.came_from) if form.came_from else None
    except (NotFound, StoreUnavailable):
        before = None
    if line := _LINE.fullmatch(button):
        edited = _with_line(edited, before, line["name"], line["stood"])
    return _desk(coach, edited, before)


def _with_line(offered: Form, before: Assessment | None, name: str, stood: str) -> Form:
    """Return the draft that an offer was made for, with one line of it in the offered wording."""
    if before is None:
        return offered
    lines = {f"kr{number}": kr.text for number, kr in enumerate(offered.rows, 1)}
    text = offered.objective if name == "objective" else lines.get(name, "")
    form = replace(
        form_of(before.draft, offered.came_from),
        kept_back=offered.kept_back,
        notice=TAKEN.format(label(stood)),
    )
    if stood == "objective":
        return replace(form, objective=text)
    krs = (
        replace(kr, text=text) if f"kr{number}" == stood else kr
        for number, kr in enumerate(form.key_results, 1)
    )
    return replace(form, key_results=tuple(krs))


def _edited(form: Form, button: str) -> Form:
    verb, _, digits = button.partition("-")
    number = int(digits) if _NUMBER.fullmatch(digits) else 0
    match verb:
        case "fields" if form.shape == "paste":
            return split(form)
        case "paste" if form.shape == "fields":
            return joined(form)
        case "pick" if number and form.shape == "paste":
            return pick(form, number)
        case "add":
            return replace(form, key_results=(*form.rows, KeyResult("")))
        case "remove" if 0 < number <= len(form.rows):
            rows = form.rows[: number - 1] + form.rows[number:]
            return replace(form, key_results=rows, notice=TAKEN_OUT.format(number))
        case "use":
            return replace(form, notice=USED)
        case _:
            return form


async def _sent(request: Asked) -> tuple[Form, str]:
    return read_form(request.headers.get("content-type", ""), await request.body())


async def _pairs_sent(request: Asked) -> Pairs:
    return read_pairs(request.headers.get("content-type", ""), await request.body())


def _unread(coach: Coach, form: Form, error: BadInput) -> Page:
    status = 413 if isinstance(error, TooLarge) else 422
    return _desk(coach, with_troubles(form, error), status=status)


def _desk(
    coach: Coach,
    form: Form,
    assessment: Assessment | None = None,
    *,
    status: int = 200,
    beside: Beside | None = None,
) -> Page:
    """Return the writing page: the form, and beside it a result or what to expect of one."""
    beside = beside or Beside()
    return page(
        "write.html",
        status,
        here="write",
        form=form,
        result=result(assessment, coach, beside.aside) if assessment else None,
        asking=beside.asking,
        versions=beside.versions,
        sample=None if assessment else _sample(coach),
        samples=SAMPLES.values(),
        bands=coach.profile.bands,
        purpose=coach.organisation.purpose,
        priorities=coach.organisation.priorities,
        terms=coach.terms,
    )


def _sample(coach: Coach) -> Result:
    """Return two notes on an example, to show on the empty desk what comes back."""
    assessment = _assess_sample(coach)
    quoting = dict.fromkeys(f.criterion for f in assessment.findings if f.quote)
    shown = list(quoting)[:2]
    found = tuple(f for f in assessment.findings if f.criterion in shown)
    return result(replace(assessment, findings=found), coach)


def _assess_sample(coach: Coach) -> Assessment:
    return coach.assess(SAMPLES["first-draft"].draft, rewrite=False)


# ── putting aside, and looking back ───────────────────────────────────────────────────────────


@post("/aside", status_code=200)
async def put_aside(request: Asked, store: TheStore) -> Redirect:
    """Put a note aside for the words it is about, or take it up again."""
    said = dict(await _pairs_sent(request))
    keys = [key for key in said.get("keys", "").split() if _KEY.fullmatch(key)][:_KEYS_LIMIT]
    if said.get("do") == "take-up":
        await store.take_up(keys)
    elif said.get("criterion") in CRITERIA:
        reason = " ".join(said.get("reason", "").split())[:_REASON_LIMIT]
        await store.put_aside([Dismissal(key, said["criterion"], reason) for key in keys])
    came_from = said.get("came_from", "")
    back = f"/a/{came_from}#notes-heading" if ID.fullmatch(came_from) else "/"
    return Redirect(back, status_code=303)


@get("/growth")
async def grown(coach: TheCoach, store: TheStore) -> Page:
    """What an author's first versions met over time: for their own eyes."""
    shown = growth(await store.first_tries(), coach.profile)
    return page("growth.html", here="growth", growth=shown)


# ── what a language model took ─────────────────────────────────────────────────────────────────


@get("/usage")
async def usage(coach: TheCoach, store: TheStore, days: FromQuery[int] = DAYS) -> Page:
    """What asking a language model took, and what is left of today's budget."""
    shown = max(1, min(days, MOST_DAYS))
    taken = (await store.usage(shown)).within(coach.terms)
    return page("usage.html", here="", usage=taken, shown=shown, terms=coach.terms)


# ── errors and files ──────────────────────────────────────────────────────────────────────────


def trouble_page(status: int, detail: str = "") -> Page:
    """Return the page for an error that no form can show: what happened, and the way on.

    The last door calls this for requests that want HTML. `detail` is for people.
    """
    return page("trouble.html", status, here="", code=status, detail=detail)


@get("/static/{version:str}/{name:str}")
async def static(request: Asked, version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A file that pages load. Where its address names this version, it may be kept for good."""
    asset = assets().get(name)
    if asset is None:
        raise NotFoundException
    small = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "cache-control": FOR_GOOD if version == digest() else "no-cache",
        "vary": "accept-encoding",
        **({"content-encoding": "gzip"} if small else {}),
    }
    content = asset.small if small else asset.plain
    return Response(content, media_type=asset.media_type, headers=headers)


@get("/favicon.ico")
async def favicon() -> Response[bytes]:
    """The icon, for whoever asks for it without having read a page."""
    icon = assets()["icon.svg"]
    return Response(icon.plain, media_type=icon.media_type)


pages = Router(
    "/",
    route_handlers=[
        write, score, live, edit, opened, events, as_text, put_aside, grown,
        usage, static, favicon,
    ],
    middleware=[SMALL],
    include_in_schema=False,
)  # fmt: skip
