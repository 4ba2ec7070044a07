"""The web application: its routes, what handlers are given, and how errors are told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from litestar import Litestar, Request, Response
from litestar.di import NamedDependency, Provide
from litestar.exceptions import MethodNotAllowedException, NotFoundException

from coach.batch.runner import Pace, Runner
from coach.charter import Charter
from coach.errors import StoreUnavailable
from coach.okr import TEXT_LIMIT
from coach.ports import Store
from coach.service import Coach
from coach.web.api import api
from coach.web.batch_api import batch_api
from coach.web.batches import batch_pages
from coach.web.edge import LOOPBACK, ClientGone, Edge
from coach.web.explaining import explaining
from coach.web.health import health
from coach.web.logs import REQUEST_ID, failure, log
from coach.web.organisation import organisation
from coach.web.pages import pages, trouble_page
from coach.web.problems import details_of, problem_response, problems
from coach.web.reference import reference
from coach.web.runs import Runs

_FOR_PROGRAMS = ("/api/", "/health/", "/problems/")


Ready = Callable[[], AbstractAsyncContextManager[None]]


def create_app(
    coach: Coach | Charter,
    store: Store,
    hosts: frozenset[str] | None = LOOPBACK,
    ready: Ready = nullcontext,
    pace: Pace | None = None,
) -> Edge:
    """Return the application that serves `coach` and keeps what it says in `store`.

    A charter's coach follows the organisation file. The application answers to the names in
    `hosts`, or with None to any. `ready` is entered before the first request, once the store is
    open, and left behind the last. Batches are scored at that `pace`.
    """
    return Edge(_inside(coach, store, ready, pace or Pace()), hosts)


def _inside(coach: Coach | Charter, store: Store, ready: Ready, pace: Pace) -> Litestar:
    runs = Runs(coach, store)
    runner = Runner(coach, store.batches, pace, _note)
    charter = coach if isinstance(coach, Charter) else None

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        try:
            await store.open()
        except StoreUnavailable as error:
            log.critical("not started", reason=str(error))
            raise
        async with ready():
            runner.start()
            yield
            await asyncio.gather(runs.close(), runner.close())
        await store.close()

    def the_coach() -> Coach:
        return runs.coach

    # It asks for the coach so that Litestar provides one after the other: for two at once it
    # starts a task group, at ten times the cost.
    def the_store(coach: NamedDependency[Coach]) -> Store:  # noqa: ARG001 - as above
        return store

    def the_runs() -> Runs:
        return runs

    def the_runner() -> Runner:
        return runner

    def the_charter(coach: NamedDependency[Coach]) -> Charter | None:  # noqa: ARG001 - as above
        return charter

    return Litestar(
        [
            pages,
            explaining,
            batch_pages,
            organisation,
            api,
            batch_api,
            reference,
            problems,
            health,
        ],
        dependencies={
            "coach": Provide(the_coach, sync_to_thread=False),
            "store": Provide(the_store, sync_to_thread=False),
            "runs": Provide(the_runs, sync_to_thread=False),
            "runner": Provide(the_runner, sync_to_thread=False),
            "charter": Provide(the_charter, sync_to_thread=False),
        },
        exception_handlers={Exception: _tell},
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=None,
        request_max_body_size=TEXT_LIMIT,
    )


def _note(event: str, fields: dict[str, object]) -> None:
    log.warning(event, **fields)


def _tell(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return an error as a problem to programs, as a page to people."""
    if isinstance(error, ClientGone):
        return Response(b"", status_code=499)  # nobody reads it, but the log counts it
    details = details_of(error, REQUEST_ID.get() or "")
    if isinstance(error, StoreUnavailable):
        log.warning("store unavailable", reason=str(error))
    elif details.status == 500:
        log.error("unforeseen", **failure(error))
    path = request.scope["path"]
    for_program = f"{path}/".startswith(_FOR_PROGRAMS)
    response: Response[Any] = (
        problem_response(details) if for_program else trouble_page(details.status, details.detail)
    )
    if isinstance(error, MethodNotAllowedException):
        response.headers["allow"] = ", ".join(_methods(request.app, path))
    return response


def _methods(app: Litestar, path: str) -> list[str]:
    """Return the methods that a path knows."""
    return [method for method in ("GET", "HEAD", "OPTIONS", "POST") if _routed(app, path, method)]


def _routed(app: Litestar, path: str, method: str) -> bool:
    try:
        app.asgi_router.handle_routing(path=path, method="GET" if method == "HEAD" else method)
    except (NotFoundException, MethodNotAllowedException):
        return False
    return True
