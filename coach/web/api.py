"""The API: a draft comes in as JSON, its assessment goes out; and what scores are made of.

Structs are encoded as they are: the wire format is the stored document.
"""

from collections.abc import AsyncIterator
from functools import lru_cache
from inspect import getdoc
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar import Request, Router, get, post
from litestar.params import FromPath
from litestar.types import ASGIApp

from coach.assessment import RUBRICS, Band, Rubric
from coach.draft_json import read_answered
from coach.errors import NotFound
from coach.profile import Bands, Profile
from coach.rubrics import CRITERIA, ambition, clarity, measurability, purpose, severity_of
from coach.rubrics.criterion import Criterion
from coach.web.answer import Answer
from coach.web.given import TheCoach, TheRuns, TheStore
from coach.web.problems import BAD_QUERY, NOT_ACCEPTABLE, UNSUPPORTED, Refused
from coach.web.runs import Run
from coach.web.stages import EVENT_STREAM, PULSE, STILL_THERE, in_stages, message

JSON = "application/json"
_encode = msgspec.json.Encoder().encode


@post("/assessments")
async def assess(request: Request[Any, Any, Any], runs: TheRuns) -> ASGIApp:
    """Assess a draft; keep the assessment unless asked not to. Whole, or stage by stage."""
    _check_sent_as_json(request)
    wanted = switches(request.scope["query_string"], ("store", "rewrites", "model"))
    sent = read_answered(await request.body())
    keep = wanted["store"]
    run = await runs.start(
        sent.draft,
        keep=keep,
        rewrite=wanted["rewrites"],
        model=wanted["model"],
        answers=sent.answers,
    )
    status, headers = 200, {}
    if keep:
        status, headers = 201, {"location": f"/api/v1/assessments/{run.assessment.id}"}
    if wants_stages(request.headers.get("accept", "")):
        return in_stages(_told(run), status, headers)
    return Answer(_encode(await run.end()), JSON, status, headers)


async def _told(run: Run) -> AsyncIterator[bytes]:
    """Yield a run's stages as messages. What is not kept ends where nobody listens any more."""
    try:
        async for step in run.steps(PULSE):
            yield message(step[0], _encode(step[1])) if step else STILL_THERE
        yield message("done")
    finally:
        if not isinstance(run.assessment.id, str):
            run.cancel()


@get("/assessments/{key:str}")
async def assessment(key: FromPath[str], store: TheStore) -> Answer:
    """An assessment in the bytes that are kept of it."""
    return _json(await store.document(key))


# --- what scores are made of ----------------------------------------------------------------


class BandRange(msgspec.Struct, frozen=True, rename={"least": "from", "most": "to"}):
    """A band of scores, both ends within it."""

    band: Band
    least: int
    most: int


class RubricInUse(msgspec.Struct, frozen=True):
    """A rubric: what it asks, what it weighs in the overall score, its bands and criteria."""

    id: Rubric
    question: str
    weight: float
    bands: tuple[BandRange, ...]
    criteria: tuple[str, ...]


class CriterionInUse(Criterion, frozen=True):
    """A criterion with the severity and weight it has here; `used` says if it is judged at all."""

    used: bool = True


class RubricList(msgspec.Struct, frozen=True):
    """The rubrics, in the order they are shown."""

    rubrics: tuple[RubricInUse, ...]


class CriterionList(msgspec.Struct, frozen=True):
    """The criteria, by rubric."""

    criteria: tuple[CriterionInUse, ...]


@get("/rubrics", sync_to_thread=False)
def rubrics(coach: TheCoach) -> Answer:
    """The four rubrics."""
    listed = criteria_in_use(coach.profile)
    said = (_in_use(rubric, coach.profile, listed) for rubric in RUBRICS)
    return _json(_encode(RubricList(tuple(said))))


@get("/criteria", sync_to_thread=False)
def criteria(coach: TheCoach) -> Answer:
    """Every criterion, with its examples."""
    return _json(_encode(CriterionList(criteria_in_use(coach.profile))))


@get("/criteria/{key:str}", sync_to_thread=False)
def criterion(key: FromPath[str], coach: TheCoach) -> Answer:
    """One criterion."""
    if key not in CRITERIA:
        raise NotFound("There is no criterion of that name; /api/v1/criteria lists them.")
    return _json(_encode(criterion_in_use(CRITERIA[key], coach.profile)))


def criteria_in_use(profile: Profile) -> tuple[CriterionInUse, ...]:
    """Return every criterion as a profile has it."""
    return tuple(criterion_in_use(declared, profile) for declared in CRITERIA.values())


def criterion_in_use(declared: Criterion, profile: Profile) -> CriterionInUse:
    """Return a criterion as a profile has it."""
    severity = severity_of(declared, profile)
    fields = {name: getattr(declared, name) for name in Criterion.__struct_fields__}
    fields["weight"] = profile.weights.get(declared.id, declared.weight)
    if severity != "off":
        fields["severity"] = severity
    return CriterionInUse(**fields, used=severity != "off")


def _in_use(rubric: Rubric, profile: Profile, listed: tuple[CriterionInUse, ...]) -> RubricInUse:
    return RubricInUse(
        rubric,
        RUBRIC_QUESTIONS[rubric],
        profile.rubrics.get(rubric, 1.0),
        _bands(profile.bands),
        tuple(one.id for one in listed if one.rubric == rubric and one.used),
    )


def _bands(bands: Bands) -> tuple[BandRange, ...]:
    return (
        BandRange("weak", 0, bands.fair - 1),
        BandRange("fair", bands.fair, bands.strong - 1),
        BandRange("strong", bands.strong, 100),
    )


def _question(module: ModuleType) -> str:
    """Return the question that a rubric's module opens with, behind the rubric's name."""
    first = (getdoc(module) or "").partition("\n")[0]
    return first.partition(": ")[2].capitalize()


RUBRIC_QUESTIONS: dict[Rubric, str] = {
    "clarity": _question(clarity),
    "ambition": _question(ambition),
    "measurability": _question(measurability),
    "purpose": _question(purpose),
}


# --- what asking took -----------------------------------------------------------------------

DAYS = 30
MOST_DAYS = 366


@get("/usage")
async def usage(request: Request[Any, Any, Any], coach: TheCoach, store: TheStore) -> Answer:
    """What asking a language model took in the last days, and today's budget."""
    taken = await store.usage(_days(request.scope["query_string"]))
    return _json(_encode(taken.within(coach.terms)))


# --- how requests are to be made ------------------------------------------------------------


async def _check_json_is_welcome(request: Request[Any, Any, Any]) -> None:
    accept = request.headers.get("accept")
    if accept is None or accepts(accept, JSON):
        return
    if not (request.method == "POST" and wants_stages(accept)):
        raise Refused(NOT_ACCEPTABLE, NOT_ACCEPTABLE.meaning)


@lru_cache(256)
def accepts(accept: str, media_type: str) -> bool:
    """Tell whether an Accept header takes a media type; the range that names most decides."""
    weights: dict[str, bool] = {}
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:].strip() for p in parameters if p[:2] == "q="), "1")
        weights[media_range] = weight.strip("0.") != ""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    named = (weights.get(one) for one in ranges)
    return next((taken for taken in named if taken is not None), not accept.strip())


def wants_stages(accept: str) -> bool:
    """Tell whether an Accept header asks for a stream by its name: nobody gets one by `*/*`."""
    return EVENT_STREAM in accept.lower() and accepts(accept, EVENT_STREAM)


def _check_sent_as_json(request: Request[Any, Any, Any]) -> None:
    encoding = request.headers.get("content-encoding", "identity")
    if encoding != "identity" or not is_json(request.headers.get("content-type", "")):
        raise Refused(UNSUPPORTED, UNSUPPORTED.meaning)


@lru_cache(256)
def is_json(content_type: str) -> bool:
    """Tell whether a Content-Type header says JSON, in the encoding that JSON has."""
    media_type, *parameters = content_type.lower().split(";")
    charsets = {p.strip().partition("=")[2].strip('"') for p in parameters if "charset" in p}
    return media_type.strip() == JSON and charsets <= {"utf-8", "utf8"}


def switches(query: bytes, names: tuple[str, ...]) -> dict[str, bool]:
    """Return what a query says about switches that are on unless it turns them off."""
    found = dict.fromkeys(names, True)
    for name, value in parameters(query, names):
        if value not in ("true", "false"):
            raise Refused(BAD_QUERY, f"The parameter {name} is either true or false.")
        found[name] = value == "true"
    return found


def _days(query: bytes) -> int:
    for _, value in parameters(query, ("days",)):
        if not (value.isascii() and value.isdigit() and 0 < int(value[:4]) <= MOST_DAYS):
            raise Refused(BAD_QUERY, f"The parameter days is a number from 1 to {MOST_DAYS}.")
        return int(value)
    return DAYS


def parameters(query: bytes, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the parameters of a query, each known and given once."""
    if not query:
        return []
    given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    if len({name for name, _ in given}) < len(given):
        raise Refused(BAD_QUERY, "A parameter of the query is given twice.")
    if any(name not in names for name, _ in given):
        raise Refused(BAD_QUERY, f"The query knows these parameters: {', '.join(names)}.")
    return given


def _json(body: bytes) -> Answer:
    return Answer(body, JSON)


api = Router(
    "/api/v1",
    route_handlers=[assess, assessment, rubrics, criteria, criterion, usage],
    before_request=_check_json_is_welcome,  # a guard costs as much as all the rest
)
