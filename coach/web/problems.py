"""What went wrong, as problem+json (RFC 9457): every kind once, with its address and its meaning.

A kind's address, such as `/problems/not-found`, is stable and answers with what is said here.
"""

from typing import NamedTuple

import msgspec
from litestar import Response, Router, get
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from coach.batch import BYTES_LIMIT
from coach.errors import (
    BadInput,
    Conflict,
    Malformed,
    NotFound,
    Problem,
    StoreUnavailable,
    TooLarge,
)
from coach.okr import TEXT_LIMIT

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem; its address is `/problems/` and its `id`."""

    id: str
    status: int
    title: str
    meaning: str

    @property
    def address(self) -> str:
        return f"/problems/{self.id}"


MALFORMED = Kind(
    "malformed-json",
    400,
    "The body is not JSON",
    "The body is to be one JSON object in UTF-8. The detail says where reading stopped.",
)
BAD_QUERY = Kind(
    "bad-query",
    400,
    "The query can't be read",
    "A parameter behind the question mark is not known here, is given twice, or has a value that"
    " does not fit it. Nothing was scored or kept.",
)
BAD_REQUEST = Kind(
    "bad-request",
    400,
    "The request can't be read",
    "The request is off in its form, before anything in it was looked at.",
)
CROSS_SITE = Kind(
    "cross-site",
    403,
    "The request comes from another site",
    "A browser sent this for a page of another site. Only pages of this service may send; programs"
    " that are no browsers are not concerned.",
)
NOT_FOUND = Kind(
    "not-found",
    404,
    "There is nothing here",
    "No page, assessment or criterion is kept under this address.",
)
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed",
    405,
    "This address knows other methods",
    "The header Allow names the methods that this address knows.",
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    "Only JSON is spoken here",
    "The header Accept leaves out application/json, which is what this address answers with.",
)
CONFLICT = Kind(
    "conflict",
    409,
    "That can't be done in this state",
    "What is kept is in a state in which that can't be done, as the detail says. Nothing was"
    " changed.",
)
TOO_LARGE = Kind(
    "too-large",
    413,
    "The draft is too large",
    "The body is over the limit that the detail names. It was not read to its end.",
)
UNSUPPORTED = Kind(
    "unsupported-media-type",
    415,
    "That is not read here",
    "A draft is sent as `Content-Type: application/json`, in UTF-8 and not compressed; a batch in"
    " one of the formats that the detail names.",
)
UNKNOWN_HOST = Kind(
    "unknown-host",
    421,
    "This service goes by another name",
    "While it serves this machine alone, it answers to the names of this machine. Whoever serves"
    " others says so by COACH_ALLOW_REMOTE.",
)
BAD_DRAFT = Kind(
    "bad-draft",
    422,
    "What was sent can't be read as it is",
    "The body is no draft, or holds none: a field is not known, of another type, over a limit, or"
    " there are no words. `problems` lists all of it, each with a JSON pointer into the body, or"
    " the place in a file.",
)
INTERNAL = Kind(
    "internal",
    500,
    "Something broke on this side",
    "The fault is ours. The log says more under the reference that the answer names.",
)
UNAVAILABLE = Kind(
    "store-unavailable",
    503,
    "The database does not answer",
    "Nothing was kept. The same request may be sent again after the seconds in Retry-After. With"
    " `?store=false` drafts are scored without the database.",
)
KINDS = {
    kind.id: kind
    for kind in (
        MALFORMED, BAD_QUERY, BAD_REQUEST, CROSS_SITE, NOT_FOUND, METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE, CONFLICT, TOO_LARGE, UNSUPPORTED, UNKNOWN_HOST, BAD_DRAFT, INTERNAL,
        UNAVAILABLE,
    )
}  # fmt: skip

_BY_STATUS = {404: NOT_FOUND, 405: METHOD_NOT_ALLOWED}
_RETRY_SECONDS = 5


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem as it is sent. `reference` leads to the log lines of the same request."""

    type: str
    title: str
    status: int
    detail: str
    problems: tuple[Problem, ...] = ()
    reference: str | None = None


class Refused(Exception):
    """A door's answer to a request that it does not take, and of which kind that is."""

    def __init__(self, kind: Kind, detail: str) -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(detail)


def details_of(error: Exception, reference: str) -> ProblemDetails:
    """Return what is told about an error. Of one that nobody foresaw, only its reference."""
    kind, detail, problems = _told(error)
    return ProblemDetails(
        kind.address,
        kind.title,
        kind.status,
        detail,
        problems,
        reference if kind.status >= 500 else None,
    )


def _told(error: Exception) -> tuple[Kind, str, tuple[Problem, ...]]:
    match error:
        case Refused():
            return error.kind, error.detail, ()
        case TooLarge():
            return TOO_LARGE, _first(error), error.problems
        case Malformed():
            return MALFORMED, _first(error), error.problems
        case BadInput():
            return BAD_DRAFT, _summary(error), error.problems
        case NotFound():
            return NOT_FOUND, str(error), ()
        case Conflict():
            return CONFLICT, str(error), ()
        case StoreUnavailable():
            return UNAVAILABLE, str(error), ()
        case HTTPException(status_code=413):
            said = f"A draft's body holds at most {TEXT_LIMIT:,} bytes, a batch's {BYTES_LIMIT:,}."
            return TOO_LARGE, said, ()
        case HTTPException() if error.status_code < 500:
            kind = _BY_STATUS.get(error.status_code, BAD_REQUEST)
            return kind, kind.meaning, ()
        case _:
            return INTERNAL, INTERNAL.meaning, ()


def _first(error: BadInput) -> str:
    return f"The body {error.problems[0].detail}."


def _summary(error: BadInput) -> str:
    count = len(error.problems)
    more = f" (and {count - 1} more)" if count > 1 else ""
    return f"{error.problems[0]}{more}"


def headers_for(status: int) -> dict[str, str]:
    """Return the headers that belong to an error of that status."""
    if status == TOO_LARGE.status:
        return {"connection": "close"}  # the rest of the body is not waited for
    return {"retry-after": str(_RETRY_SECONDS)} if status == UNAVAILABLE.status else {}


encode = msgspec.json.Encoder().encode


def problem_response(details: ProblemDetails) -> Response[bytes]:
    """Return a problem as the response that carries it."""
    return Response(
        encode(details),
        status_code=details.status,
        media_type=MEDIA_TYPE,
        headers=headers_for(details.status),
    )


class ProblemKind(msgspec.Struct, frozen=True):
    """What the address of a kind of problem answers with."""

    type: str
    title: str
    status: int
    meaning: str


class ProblemKindList(msgspec.Struct, frozen=True):
    """Every kind of problem."""

    problems: tuple[ProblemKind, ...]


@get("/", sync_to_thread=False)
def every_kind() -> ProblemKindList:
    """Every kind of problem that the API tells."""
    return ProblemKindList(tuple(_said(kind) for kind in KINDS.values()))


@get("/{name:str}", sync_to_thread=False)
def one_kind(name: FromPath[str]) -> ProblemKind:
    """What a kind of problem means."""
    if name not in KINDS:
        raise NotFound("There is no kind of problem of that name.")
    return _said(KINDS[name])


def _said(kind: Kind) -> ProblemKind:
    return ProblemKind(kind.address, kind.title, kind.status, kind.meaning)


problems = Router("/problems", route_handlers=[every_kind, one_kind])
