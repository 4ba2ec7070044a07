"""Settings become a coach, a store and an application: the one file that knows every adapter."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from coach.errors import BadConfiguration
from coach.organisation import Organisation, read_organisation
from coach.profile import DEFAULT, Profile
from coach.rubrics.profiles import load_profile
from coach.service import Coach
from coach.settings import Settings, read_settings
from coach.spending import MICRO, Prices, Terms

if TYPE_CHECKING:
    from coach.batch.runner import Pace, Runner
    from coach.charter import Charter
    from coach.embeddings import Embeddings
    from coach.model import Model
    from coach.model.endpoint import Endpoint
    from coach.model.faults import ModelFailure
    from coach.ports import Batches
    from coach.store import Database
    from coach.web.edge import Edge

# Inside functions are the imports that a score on the command line does without.


def coach(
    settings: Settings,
    profile: str | None = None,
    model: "Model | None" = None,
    told: Organisation | None = None,
) -> Coach:
    """Return the coach of the organisation that the settings point to, which asks `model` too.

    `profile`, a name or a file, judges instead of the organisation's own; `told` is what the
    organisation says instead of its file. Raises BadConfiguration for what is off in a file, or
    for embeddings that are asked for and absent.
    """
    told = organisation(settings) if told is None else told
    judged_by = load_profile(profile) if profile is not None else _own_profile(settings, told)
    embeddings = _embeddings() if settings.embeddings else None
    if model is None or told.model == "off":
        return Coach(told, judged_by, embeddings=embeddings)
    from coach.store import read_secret

    return Coach(
        told,
        judged_by,
        model=model,
        embeddings=embeddings,
        secret=read_secret(settings.data_dir),
        asking=settings.model_asking,
        terms=_terms_set(settings),
    )


def organisation(settings: Settings) -> Organisation:
    """Return the organisation that the settings point to; BadConfiguration says what is off."""
    path = settings.organisation_path
    return read_organisation(path) if path else Organisation()


def _own_profile(settings: Settings, told: Organisation) -> Profile:
    path = settings.organisation_home
    if told.profile == DEFAULT.name and not path.exists():
        return DEFAULT
    try:
        return load_profile(told.profile, beside=path.parent)
    except BadConfiguration as error:
        raise BadConfiguration(f"{path} names a profile that can't be read:\n{error}") from error


@cache
def _embeddings() -> "Embeddings":
    from coach.embeddings import Embeddings

    return Embeddings()


def terms(settings: Settings) -> Terms | None:
    """Return on which terms a language model is asked; None where none is, or is to be."""
    agreed = _terms_set(settings)
    return agreed if agreed and organisation(settings).model == "on" else None


def _terms_set(settings: Settings) -> Terms | None:
    """Return the terms that are set up, whatever the organisation says."""
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


def store(settings: Settings) -> "Database":
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


class Asking(NamedTuple):
    """A language model, and what makes it ready and lets go of it again around its use.

    `forgetful` is the same without the answers that are kept.
    """

    model: "Model"
    forgetful: "Model"
    ready: Callable[[], AbstractAsyncContextManager[None]]


def asking(
    settings: Settings,
    agreed: Terms,
    database: "Database",
    noticed: Callable[["ModelFailure"], None] = lambda _: None,
) -> Asking:
    """Return the language model that the settings point to, on the terms that they set.

    Its attempts and answers are kept in `database`, which is open while it is `ready`. It is for
    one event loop. `noticed` is handed every attempt that failed. Raises BadConfiguration.
    """
    from coach.model.gate import Gate, Slots
    from coach.model.patience import Patient
    from coach.model.thrift import Thrifty
    from coach.store import KeptAnswers, Ledger

    asked = endpoint(settings)
    ledger = Ledger(database, agreed)
    answers = KeptAnswers(database, agreed.answers_days)
    gate = Gate(Slots(settings.model_at_once))
    patient = Patient(
        asked,
        ledger,
        gate,
        deadline=settings.model_deadline,
        noticed=noticed,
    )

    @asynccontextmanager
    async def ready() -> AsyncIterator[None]:
        await ledger.recover()
        await answers.drop_older(agreed.answers_days)
        try:
            yield
        finally:
            await asked.close()

    return Asking(Thrifty(patient, answers), patient, ready)


def endpoint(settings: Settings) -> "Endpoint":
    """Return the endpoint that the settings point to, bare of patience and memory."""
    from coach.model.endpoint import Endpoint

    if settings.model_url is None or settings.model is None:
        raise BadConfiguration("No language model is set up: COACH_MODEL_URL and COACH_MODEL do.")
    key = settings.read_key()
    return Endpoint(
        settings.model_url,
        settings.model,
        key.reveal() if key else None,
        token_field=settings.model_token_field,
        schema_mode=settings.model_schema,
        temperature=0.0 if settings.model_temperature == "0" else None,
    )


@asynccontextmanager
async def opened(settings: Settings, profile: str | None = None) -> AsyncIterator[Coach]:
    """Yield the coach with its language model ready, for a command within one event loop.

    Without a language model no database is opened. Raises BadConfiguration and StoreUnavailable.
    """
    agreed = terms(settings)
    if agreed is None:
        yield coach(settings, profile)
        return
    database = store(settings)
    await database.open()
    try:
        asked = asking(settings, agreed, database)
        async with asked.ready():
            yield coach(settings, profile, asked.model)
    finally:
        await database.close()


@asynccontextmanager
async def batching(settings: Settings) -> "AsyncIterator[tuple[Batches, Runner]]":
    """Yield where batches are kept, and what scores them, for a command within one event loop.

    Raises BadConfiguration and StoreUnavailable.
    """
    from coach.batch.runner import Runner

    agreed = terms(settings)
    database = store(settings)
    await database.open()
    try:
        if agreed is None:
            yield database.batches, Runner(coach(settings), database.batches, pace(settings))
            return
        asked = asking(settings, agreed, database)
        async with asked.ready():
            judging = coach(settings, model=asked.model)
            yield database.batches, Runner(judging, database.batches, pace(settings))
    finally:
        await database.close()


def app(settings: Settings | None = None) -> "Edge":
    """Return the web application, with the settings of the environment unless told otherwise.

    A factory for any ASGI server: `uvicorn --factory coach.wiring:app`. Sets up logging.
    """
    from coach.web.app import create_app
    from coach.web.edge import LOOPBACK
    from coach.web.logs import log, start_logging

    if settings is None:
        settings = read_settings(os.environ)
    start_logging(settings.log_level)

    def noticed(failure: "ModelFailure") -> None:
        tell = log.error if failure.fault.row.alarm else log.warning
        tell("language model failed", reason=str(failure))

    hosts = None if settings.allow_remote else LOOPBACK | {settings.host.lower()}
    database = store(settings)
    agreed = _terms_set(settings)
    asked = asking(settings, agreed, database, noticed) if agreed else None
    kept = charter(settings, asked.model if asked else None)
    ready = asked.ready if asked else nullcontext
    return create_app(kept, database, hosts, ready, pace(settings))


def charter(settings: Settings, model: "Model | None" = None) -> "Charter":
    """Return the organisation file that the settings point to, and the coach by it.

    Raises BadConfiguration where it is off.
    """
    from coach.charter import Charter
    from coach.web.logs import log

    def noticed(error: BadConfiguration) -> None:
        log.warning("organisation file not taken up", reason=str(error).partition("\n")[0])

    return Charter(
        settings.organisation_home,
        lambda told: coach(settings, model=model, told=told),
        closed="" if settings.edits_organisation else _CLOSED,
        noticed=noticed,
    )


_CLOSED = (
    "This service is open to others and has no accounts yet, so the file is changed by whoever"
    " runs it; COACH_SETTINGS_PAGE=true opens this page."
)


def pace(settings: Settings) -> "Pace":
    """Return how batches are scored: of what a model takes at once, a quarter stays free.

    A draft takes two requests: what it is judged by, and what it could be instead.
    """
    from coach.batch.runner import Pace

    return Pace(settings.batch_processes, at_once=max(1, settings.model_at_once * 3 // 8))
