"""Health says whether the process lives, and whether it can do its work, and what is missing."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3"


@pytest.fixture
async def client(path: Path) -> AsyncIterator[httpx.AsyncClient]:
    store = Database(path, patience=0.1)
    await store.open()
    transport = httpx.ASGITransport(create_app(Coach(), store))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as one:
        yield one
    await store.close()


async def missing(client: httpx.AsyncClient) -> str:
    answer = await client.get("/health/ready")
    said = answer.json()
    assert (answer.status_code, said["status"]) == (503, "not ready")
    assert (await client.get("/health/live")).status_code == 200
    return "; ".join(said["missing"])


async def test_it_is_ready_while_the_database_answers(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "missing": []}
    assert (await client.get("/health/live")).json() == {"status": "live"}


async def test_it_is_not_ready_while_nothing_can_be_written(
    client: httpx.AsyncClient, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked" in await missing(client)
    assert (await client.get("/health/ready")).status_code == 200


async def test_it_is_not_ready_without_its_file(client: httpx.AsyncClient, path: Path) -> None:
    path.unlink()
    assert "not there" in await missing(client)


async def test_it_is_not_ready_without_its_tables(client: httpx.AsyncClient, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE assessments")
    assert "no such table" in await missing(client)


async def test_it_lives_whatever_it_is_asked_to_accept(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/live", headers={"accept": "text/plain"})
    assert answer.status_code == 200
