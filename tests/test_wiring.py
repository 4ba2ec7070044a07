"""What is set becomes a model that is asked once, paid for once, and let go of at the end."""

import asyncio
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from misbehaving import complete, misbehaving, refuse
from scripted import Scripted
from serving import served

from coach import wiring
from coach.errors import BadConfiguration
from coach.model import Request
from coach.model.faults import Fault, ModelFailure
from coach.okr import Draft
from coach.server import banner
from coach.settings import Settings, read_settings
from coach.spending import Prices, Terms
from coach.store import Database, Ledger, read_secret

REQUEST = Request("judge", "Judge.", "Objective: the-otters-of-lund", {"type": "object"})
ASKED = {"COACH_MODEL_URL": "https://models.example/v1", "COACH_MODEL": "small-1"}
PRICED = {"COACH_MODEL_PRICE_INPUT": "1", "COACH_MODEL_PRICE_OUTPUT": "2"}


def settings_of(folder: Path, url: str = "https://models.example/v1", **more: str) -> Settings:
    return read_settings(ASKED | {"COACH_DATA_DIR": str(folder), "COACH_MODEL_URL": url} | more)


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "coach.sqlite3")) as connection:
        return connection.execute(query).fetchall()


# --- asked through everything that stands between -------------------------------------------


async def test_same_question_is_asked_once_whoever_asks_and_when(tmp_path: Path) -> None:
    async with misbehaving(complete('{"a": 1}')) as endpoint:
        settings = settings_of(tmp_path, endpoint.url, **PRICED)
        for _ in range(2):
            async with wiring.opened(settings) as coach:
                assert coach.model is not None
                replies = await asyncio.gather(*(coach.model.ask(REQUEST) for _ in range(20)))
                assert {reply.text for reply in replies} == {'{"a": 1}'}
    assert len(endpoint.calls) == 1
    assert rows(tmp_path, "SELECT state, input_tokens, cost_micro FROM attempts") == [
        ("answered", 1700, 2100)
    ]
    assert rows(tmp_path, "SELECT answers FROM reuses") == [(1,)]


NOT_FOR_OUTSIDERS = msgspec.json.encode(
    {
        "answers": [
            {"id": id, "line": line, "quote": quote, "met": "no", "reason": ""}
            for id, line, quote in (
                ("puzzles-outsiders", "objective", "reach us"),
                ("work-in-disguise", "kr1", "Calls answered"),
                ("easy-for-its-kind", "kr1", "54 % → 80 %"),
                ("reached-without-objective", "objective", "first call"),
                ("invites-shortcut", "set", "Calls answered"),
            )
        ]
    }
).decode()
DRAFT = Draft("Families reach us on the first call", ("Calls answered: 54 % → 80 %",))


async def test_answer_off_the_schema_goes_back_once_and_a_draft_judged_is_not_asked_about_again(
    tmp_path: Path,
) -> None:
    came = []
    async with misbehaving(complete('{"answers": 5}'), complete(NOT_FOR_OUTSIDERS)) as endpoint:
        for _ in range(2):
            async with wiring.opened(settings_of(tmp_path, endpoint.url)) as coach:
                came.append([step async for step in coach.stages(DRAFT, rewrite=False)])
    assert len(endpoint.calls) == 2
    assert "$.answers" in str(endpoint.calls[1].body["messages"])
    assert came[0] == came[1]
    stage, whole = came[0][-1]
    assert stage == "judge"
    assert {f.criterion for f in whole.findings if f.by == "model"} == {
        one["id"] for one in msgspec.json.decode(NOT_FOR_OUTSIDERS)["answers"]
    }


async def test_over_budget_nothing_is_sent(tmp_path: Path) -> None:
    async with misbehaving() as endpoint:
        settings = settings_of(tmp_path, endpoint.url, **PRICED, COACH_MODEL_BUDGET="0.001")
        async with wiring.opened(settings) as coach:
            assert coach.model is not None
            with pytest.raises(ModelFailure) as caught:
                await coach.model.ask(REQUEST)
    assert caught.value.fault is Fault.OVER_BUDGET
    assert endpoint.calls == []


async def test_key_goes_to_the_endpoint_and_nowhere_else(tmp_path: Path) -> None:
    async with misbehaving(refuse(401, "invalid_api_key", "sk-canary is wrong")) as endpoint:
        settings = settings_of(tmp_path, endpoint.url, COACH_MODEL_KEY="sk-canary")
        async with wiring.opened(settings) as coach:
            assert coach.model is not None
            with pytest.raises(ModelFailure) as caught:
                await coach.model.ask(REQUEST)
    assert endpoint.calls[0].headers["authorization"] == "bearer sk-canary"
    assert "canary" not in f"{caught.value} {settings} {coach.__dict__}"
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"canary" not in kept


async def test_settings_reach_the_request(tmp_path: Path) -> None:
    async with misbehaving() as endpoint:
        settings = settings_of(
            tmp_path,
            endpoint.url,
            COACH_MODEL_TOKEN_FIELD="max_completion_tokens",
            COACH_MODEL_SCHEMA="json_object",
            COACH_MODEL_TEMPERATURE="none",
        )
        async with wiring.opened(settings) as coach:
            assert coach.model is not None
            await coach.model.ask(REQUEST)
    body = endpoint.calls[0].body
    assert (body["model"], body["max_completion_tokens"]) == ("small-1", REQUEST.most_tokens)
    assert body["response_format"] == {"type": "json_object"}
    assert "temperature" not in body


# --- where a model is asked, and where not --------------------------------------------------


async def test_draft_is_asked_about_in_the_way_that_is_set(tmp_path: Path) -> None:
    model = Scripted()
    settings = settings_of(tmp_path, COACH_MODEL_ASKING="questions")
    async for _ in wiring.coach(settings, model=model).stages(DRAFT, rewrite=False):
        pass
    assert model.asked
    assert all(request.yes_or_no for request in model.asked)


def test_terms_say_what_is_set(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, **PRICED, COACH_MODEL_BUDGET="2.50")
    terms = wiring.terms(settings)
    assert terms == Terms(
        "small-1", "models.example", Prices(1, 2, 1), "USD", budget_micro=2_500_000
    )
    cheaper = settings_of(tmp_path, **PRICED, COACH_MODEL_PRICE_CACHED="0")
    assert wiring.terms(cheaper).prices == Prices(1, 2, 0)
    assert wiring.terms(settings_of(tmp_path)) == Terms("small-1", "models.example")


@pytest.mark.parametrize("way", ["unset", "switched off", "off in the organisation"])
async def test_without_a_model_nothing_is_opened_or_made(tmp_path: Path, way: str) -> None:
    settings = settings_of(tmp_path)
    if way == "unset":
        settings = read_settings({"COACH_DATA_DIR": str(tmp_path)})
    elif way == "switched off":
        settings = settings_of(tmp_path, COACH_MODEL_OFF="true")
    else:
        (tmp_path / "organisation.toml").write_text('model = "off"')
    before = set(tmp_path.iterdir())
    assert wiring.terms(settings) is None
    async with wiring.opened(settings) as coach:
        assert (coach.model, coach.terms) == (None, None)
    assert set(tmp_path.iterdir()) == before


def test_banner_says_where_drafts_go_and_what_bounds_the_cost(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, **PRICED, COACH_MODEL_KEY="sk-canary", COACH_MODEL_BUDGET="5")
    said = banner(settings, 8000, wiring.terms(settings))
    assert "small-1 at models.example, where drafts are sent; at most 5.00 USD a day" in said
    assert "canary" not in said
    unbounded = settings_of(tmp_path)
    assert "no budget is set" in banner(unbounded, 8000, wiring.terms(unbounded))
    assert "no text leaves it" in banner(unbounded, 8000, None)


# --- starting and ending --------------------------------------------------------------------


async def test_server_calls_ambiguous_what_the_last_one_left_open(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, COACH_LOG_LEVEL="error")
    database = Database(tmp_path / "coach.sqlite3")
    await database.open()
    await Ledger(database, Terms("small-1", "models.example")).reserve(REQUEST, "small-1")
    await database.close()
    with served(wiring.app(settings)):
        assert rows(tmp_path, "SELECT state FROM attempts") == [("ambiguous",)]


async def test_answers_past_their_days_are_dropped_at_the_start(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, COACH_MODEL_ANSWERS_DAYS="7")
    async with wiring.opened(settings):
        pass
    with closing(sqlite3.connect(tmp_path / "coach.sqlite3")) as connection, connection:
        connection.execute("INSERT INTO answers VALUES ('old', '2026-01-01T00:00:00.000Z', '{}')")
    async with wiring.opened(settings):
        assert rows(tmp_path, "SELECT count(*) FROM answers") == [(0,)]


def test_secret_is_made_once_for_the_eyes_of_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with ThreadPoolExecutor(8) as threads:
        read = {each.result() for each in [threads.submit(read_secret, folder) for _ in range(32)]}
    assert len(read) == 1
    assert len(read.pop()) == 32
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert not stat.S_IMODE((folder / "secret").stat().st_mode) & 0o077


def test_secret_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")
    with pytest.raises(BadConfiguration, match="delete it"):
        read_secret(tmp_path)
    with pytest.raises(BadConfiguration, match="can't be made or read"):
        read_secret(tmp_path / "secret" / "folder")
