"""Settings become a coach, a store and an application: the one file that knows every adapter."""

import os
from typing import TYPE_CHECKING

from coach.errors import BadConfiguration
from coach.organisation import Organisation, read_organisation
from coach.rubrics.profiles import load_profile
from coach.service import Coach
from coach.settings import Settings, read_settings
from coach.spending import MICRO, Prices, Terms

if TYPE_CHECKING:
    from coach.embeddings import Embeddings
    from coach.ports import Store
    from coach.web.edge import Edge

# Inside functions are the imports that a score on the command line does without.


def coach(settings: Settings, profile: str | None = None) -> Coach:
    """Return the coach of the organisation that the settings point to.

    `profile`, a name or a file, judges instead of the organisation's own. Raises
    BadConfiguration for what is off in a file, or for embeddings that are asked for and absent.
    """
    path = settings.organisation_path
    organisation = read_organisation(path) if path else Organisation()
    embeddings = _embeddings() if settings.embeddings else None
    if profile is not None:
        return Coach(organisation, load_profile(profile), embeddings=embeddings)
    if path is None:
        return Coach(embeddings=embeddings)
    try:
        judged_by = load_profile(organisation.profile, beside=path.parent)
    except BadConfiguration as error:
        raise BadConfiguration(f"{path} names a profile that can't be read:\n{error}") from error
    return Coach(organisation, judged_by, embeddings=embeddings)


def _embeddings() -> "Embeddings":
    from coach.embeddings import Embeddings

    return Embeddings()


def terms(settings: Settings) -> Terms | None:
    """Return on which terms a language model is asked; None where none is, or is to be."""
    if not settings.asks_model or settings.model is None:
        return None
    sent, answered = settings.model_price_input, settings.model_price_output
    prices = None
    if sent is not None and answered is not None:
        cached = settings.model_price_cached
        prices = Prices(sent, answered, sent if cached is None else cached)
    budget = settings.model_budget
    return Terms(
        settings.model,
        settings.model_host,
        prices,
        settings.model_currency,
        None if budget is None else int(budget * MICRO),
        settings.model_answers_days,
    )


def store(settings: Settings) -> "Store":
    """Return the store, not opened yet."""
    from coach.store import Database

    if settings.database_url is not None:
        return Database.at(settings.database_url)
    return Database(settings.data_dir / "coach.sqlite3")


def prepare(settings: Settings) -> None:
    """Make the database, or lead an older one to today's tables; StoreUnavailable says why not."""
    import asyncio

    async def open_once() -> None:
        prepared = store(settings)
        await prepared.open()
        await prepared.close()

    asyncio.run(open_once())


def app(settings: Settings | None = None) -> "Edge":
    """Return the web application, with the settings of the environment unless told otherwise.

    A factory for any ASGI server: `uvicorn --factory coach.wiring:app`. Sets up logging.
    """
    from coach.web.app import create_app
    from coach.web.edge import LOOPBACK
    from coach.web.logs import start_logging

    if settings is None:
        settings = read_settings(os.environ)
    start_logging(settings.log_level)
    hosts = None if settings.allow_remote else LOOPBACK | {settings.host.lower()}
    return create_app(coach(settings), store(settings), hosts)
