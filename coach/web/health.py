"""Whether this process lives, and whether it can do its work."""

from typing import Literal

import msgspec
from litestar import Response, Router, get

from coach.errors import StoreUnavailable
from coach.web.given import TheStore


class Live(msgspec.Struct, frozen=True):
    """That the process answers."""

    status: Literal["live"] = "live"


class Ready(msgspec.Struct, frozen=True):
    """Whether drafts can be scored and kept; `missing` says what they lack."""

    status: Literal["ready", "not ready"]
    missing: tuple[str, ...] = ()


@get("/live", sync_to_thread=False)
def live() -> Live:
    """The process answers."""
    return Live()


@get("/ready")
async def ready(store: TheStore) -> Response[Ready]:
    """Drafts can be scored and kept; else what is missing."""
    try:
        await store.check()
    except StoreUnavailable as error:
        return Response(Ready("not ready", (f"database: {error}",)), status_code=503)
    return Response(Ready("ready"))


health = Router("/health", route_handlers=[live, ready])
