"""Whoever runs it sees what the language model took: on the page, in a terminal, by the API."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import msgspec
import pytest
from click.testing import CliRunner
from serving import client_of

from coach.cli import cli
from coach.model import Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.service import Coach
from coach.spending import Prices, Terms, Usage
from coach.store import Database, KeptAnswers, Ledger
from coach.web.app import create_app

TODAY = datetime.now(UTC).date().isoformat()
PRICES = Prices(input=Decimal(1), output=Decimal(2), cached=Decimal(1))
TERMS = Terms("small-1<i>", "models.example", PRICES, "EUR", budget_micro=500_000)
REPLY = Reply("{}", "small-1<i>", 100_000, 10_000, 40_000)
SETTINGS = {
    "COACH_MODEL_URL": "https://models.example/v1",
    "COACH_MODEL": "small-1<i>",
    "COACH_MODEL_KEY": "sk-canary",
    "COACH_MODEL_PRICE_INPUT": "1",
    "COACH_MODEL_PRICE_OUTPUT": "2",
    "COACH_MODEL_CURRENCY": "EUR",
    "COACH_MODEL_BUDGET": "0.50",
}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    """A database in which one question was answered, one was lost, and one answer was reused."""
    database = Database(tmp_path / "coach.sqlite3")
    await database.open()
    ledger = Ledger(database, TERMS)
    for end in (REPLY, None):
        attempt = await ledger.reserve(Request("judge", "", "draft-canary"), TERMS.model)
        await ledger.sent(attempt)
        if end:
            await ledger.answered(attempt, end)
        else:
            await ledger.failed(attempt, ModelFailure(Fault.LOST))
    answers = KeptAnswers(database, 30)
    await answers.keep("digest", REPLY)
    await answers.find("digest")
    await database._writer.finish()
    yield database
    await database.close()


@pytest.fixture
async def client(store: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(Coach(terms=TERMS), store)) as one:
        yield one


def terminal(folder: Path, *arguments: str, **settings: str) -> str:
    environment = {"COACH_DATA_DIR": str(folder), **settings}
    ran = CliRunner().invoke(cli, ["usage", *arguments], env=environment, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


def words(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub("<[^>]*>", " ", main).split())


# --- the page -------------------------------------------------------------------------------


async def test_page_shows_attempts_tokens_cost_and_budget(client: httpx.AsyncClient) -> None:
    told = await client.get("/usage?days=1")
    said = words(told.text)
    assert told.status_code == 200
    assert "judge small-1&lt;i&gt;" in said
    assert "100,000 40,000 of them cached 10,000 0.12 EUR" in said
    assert "1 ended without an answer and may have been billed, at most 0.0027 EUR more" in said
    assert "Today 0.13 EUR of 0.50 EUR" in said
    assert "1 answer came from those that are kept" in said
    assert "<i>" not in told.text


async def test_pages_name_where_drafts_go(client: httpx.AsyncClient) -> None:
    for page in ("/", "/privacy", "/usage", "/criteria", "/criteria/no-target", "/scores"):
        html = (await client.get(page)).text
        assert "small-1&lt;i&gt; at models.example" in html, page
        assert 'href="/usage"' in html
        assert "nothing you write leaves it" not in html
    nowhere = (await client.get("/nowhere")).text
    assert "leaves it" not in nowhere
    assert 'href="/privacy"' in nowhere


async def test_pages_say_that_nothing_leaves_where_no_model_is_asked(store: Database) -> None:
    async with client_of(create_app(Coach(), store)) as client:
        for page in ("/", "/privacy", "/usage", "/criteria", "/scores"):
            html = (await client.get(page)).text
            assert "nothing you write leaves it" in html, page
            assert "models.example" not in html
        assert "small-1" in (await client.get("/usage")).text  # what was asked before still shows


async def test_page_takes_any_number_of_days_for_what_it_can_show(
    client: httpx.AsyncClient,
) -> None:
    for days in ("0", "-5", "99999"):
        assert (await client.get(f"/usage?days={days}")).status_code == 200


# --- the API --------------------------------------------------------------------------------


async def test_api_tells_the_same(client: httpx.AsyncClient, store: Database) -> None:
    told = await client.get("/api/v1/usage?days=7")
    usage = msgspec.json.decode(told.content, type=Usage)
    assert usage == (await store.usage(7)).within(TERMS)
    assert usage.until == TODAY
    (line,) = usage.lines
    assert (line.attempts, line.answered, line.ambiguous, line.cost_micro) == (2, 1, 1, 120_000)
    assert usage.budget is not None
    assert usage.budget.spent_micro == line.cost_micro + line.perhaps_micro
    assert b"draft-canary" not in told.content


@pytest.mark.parametrize(
    "query", ["days=0", "days=367", "days=x", "days=٣", "days=1&days=2", "a=1"]
)
async def test_api_refuses_a_query_that_does_not_fit(client: httpx.AsyncClient, query: str) -> None:
    told = await client.get(f"/api/v1/usage?{query}")
    assert (told.status_code, told.json()["type"]) == (400, "/problems/bad-query")


# --- the terminal ---------------------------------------------------------------------------


async def in_terminal(store: Database, folder: Path, *arguments: str, **settings: str) -> str:
    return await asyncio.to_thread(terminal, folder, *arguments, **settings)


async def test_terminal_shows_the_same(store: Database, tmp_path: Path) -> None:
    said = await in_terminal(store, tmp_path, "--days", "1", **SETTINGS)
    assert f"{TODAY} to {TODAY} (UTC)  small-1<i> at models.example is asked\n" in said
    assert re.search(rf"{TODAY}  judge +small-1<i> +2 +1 +100,000  10,000  0\.12 EUR\n", said)
    assert "billed, at most 0.0027 EUR more; 40,000 tokens cached" in " ".join(said.split())
    assert "1 answered from what was kept, at no cost.\n" in said
    assert "of 0.50 EUR" in said
    assert "canary" not in said


async def test_terminal_writes_json(store: Database, tmp_path: Path) -> None:
    said = await in_terminal(store, tmp_path, "--format", "json", **SETTINGS)
    assert json.loads(said)["budget"]["limit_micro"] == 500_000


def test_terminal_says_that_nothing_was_asked(tmp_path: Path) -> None:
    said = terminal(tmp_path / "new")
    assert "no language model is asked now\n\nNothing was asked in these days.\n" in said
