"""Whether this process lives, and whether it can do its work."""

from litestar import Response, Router, get

from coach.errors import StoreUnavailable
from coach.ports import Store


@get("/live", sync_to_thread=False)
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@get("/ready")
async def ready(store: Store) -> Response[dict[str, str | list[str]]]:
    """Drafts can be scored and kept; else what is missing."""
    try:
        await store.check()
    except StoreUnavailable as error:
        missing = [f"database: {error}"]
        return Response({"status": "not ready", "missing": missing}, status_code=503)
    return Response({"status": "ready", "missing": []})


health = Router("/health", route_handlers=[live, ready])
