"""What is configured and what is off about it, in sentences."""

import asyncio
import os
from collections.abc import Iterator, Mapping

from coach import wiring
from coach.errors import BadConfiguration, CoachError
from coach.rubrics import CRITERIA, version
from coach.server import check_host
from coach.settings import PREFIX, Settings, read_settings
from coach.spending import Terms, amount
from coach.trial import Line, try_model


def examine(environment: Mapping[str, str], *, model: bool = False) -> Iterator[Line]:
    """Yield what is found, whether sound or not. Makes the data folder where it is missing.

    With `model`, the language model that is set up is asked two small questions.
    """
    try:
        settings = read_settings(environment)
    except BadConfiguration as error:
        yield from (Line(False, said) for said in str(error).splitlines())
        return
    if changed := _changed(settings):
        yield Line(True, f"Set in the environment: {changed}.")
    yield _data_folder(settings)
    yield _database(settings)
    yield _judgement(settings)
    yield _address(settings)
    yield from _model(settings, ask=model)


def _changed(settings: Settings) -> str:
    """Return the settings that differ from their defaults; what may hold a password by name."""
    usual = Settings(data_dir=settings.data_dir)
    return ", ".join(
        PREFIX + name.upper() + ("" if name == "database_url" else f" = {getattr(settings, name)}")
        for name in Settings.__struct_fields__
        if getattr(settings, name) != getattr(usual, name)
    )


def _data_folder(settings: Settings) -> Line:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Line(False, f"The data folder {folder} can't be made: {error.strerror}.")
    if not os.access(folder, os.W_OK):
        return Line(False, f"The data folder {folder} can't be written to.")
    return Line(True, f"The data folder is {folder}.")


def _database(settings: Settings) -> Line:
    async def ask() -> None:
        store = wiring.store(settings)
        await store.open()
        try:
            await store.check()
        finally:
            await store.close()

    try:
        asyncio.run(ask())
    except CoachError as error:
        return Line(False, str(error))
    return Line(True, "The database can be read and written.")


def _judgement(settings: Settings) -> Line:
    path = settings.organisation_path
    try:
        coach = wiring.coach(settings)
    except CoachError as error:
        return Line(False, str(error))
    told = f"The organisation is read from {path}" if path else "No organisation file is there"
    rules = f"{len(CRITERIA)} criteria (rules {version()})"
    extra = f", embeddings {coach.embeddings.name}" if coach.embeddings else ", no embeddings"
    return Line(True, f"{told}; {rules}, profile {coach.profile.name}{extra}.")


def _address(settings: Settings) -> Line:
    try:
        check_host(settings)
    except CoachError as error:
        return Line(False, str(error))
    return Line(True, f"`coach serve` listens on {settings.host}, port {settings.port}.")


def _model(settings: Settings, *, ask: bool) -> Iterator[Line]:
    alone = "rules judge, and no text leaves this machine."
    if settings.model_url is None:
        yield Line(not ask, f"No language model is set up: {alone}")
        return
    try:
        terms = wiring.terms(settings)
        settings.read_key()
    except CoachError as error:
        yield Line(False, str(error))
        return
    if terms is None:
        by = "COACH_MODEL_OFF" if settings.model_off else "the organisation file"
        yield Line(not ask, f"A language model is set up, and switched off by {by}: {alone}")
        return
    yield Line(True, _sent_to(terms))
    if ask:
        yield from try_model(settings, terms)


def _sent_to(terms: Terms) -> str:
    said = f"Drafts are sent to {terms.model} at {terms.host}"
    if terms.prices is None:
        return f"{said}; no prices are set, so only tokens are counted."
    if terms.budget_micro is None:
        return f"{said}; no budget is set, so nothing bounds what that costs."
    return f"{said}, for at most {amount(terms.budget_micro, terms.currency)} a day."
