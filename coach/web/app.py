"""The web application: routes, what handlers are given, and what stands around them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar, Response, get
from litestar.di import Provide
from litestar.types import ASGIApp, ControllerRouterHandler

from coach.okr import TEXT_LIMIT
from coach.service import Coach
from coach.store import Store
from coach.web.api import api


def create_app(coach: Coach, store: Store) -> ASGIApp:
    """Return the application that serves `coach` and keeps what it says in `store`."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await store.open()
        yield
        await store.close()

    return Litestar(
        [*_pages(), api, live],
        dependencies={
            "coach": Provide(lambda: coach, sync_to_thread=False),
            "store": Provide(lambda: store, sync_to_thread=False),
        },
        lifespan=[lifespan],
        openapi_config=None,
        request_max_body_size=TEXT_LIMIT,
    )


def _pages() -> Sequence[ControllerRouterHandler]:
    try:
        from coach.web.pages import pages
    except ImportError:
        return ()
    return (pages,)


@get("/health/live", sync_to_thread=False)
def live() -> Response[dict[str, str]]:
    return Response({"status": "live"})
