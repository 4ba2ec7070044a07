"""Settings become a coach, a store and an application: the one file that knows every adapter."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coach.organisation import Organisation, read_organisation
from coach.service import Coach
from coach.settings import Settings, read_settings

if TYPE_CHECKING:
    from litestar.types import ASGIApp

    from coach.store import Store

# Inside functions are the imports that a score on the command line does without.


def coach(settings: Settings) -> Coach:
    """Return the coach of the organisation that the settings point to."""
    path = settings.organisation_path
    return Coach(read_organisation(path) if path else Organisation())


def store(settings: Settings) -> "Store":
    """Return the store, not opened yet."""
    from coach.store import Store

    if settings.database_url is not None:
        return Store.at(settings.database_url)
    return Store(settings.data_dir / "coach.sqlite3")


def app(settings: Settings | None = None) -> "ASGIApp":
    """Return the web application, with the settings of the environment unless told otherwise.

    A factory for any ASGI server: `uvicorn --factory coach.wiring:app`.
    """
    from coach.web.app import create_app

    if settings is None:
        settings = read_settings(_environment())
    return create_app(coach(settings), store(settings))


def _environment() -> Mapping[str, str]:
    import os

    return os.environ
