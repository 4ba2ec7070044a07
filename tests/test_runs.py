"""Assessments under way: stages are told as they come, and whoever leaves loses nothing."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio
from held import Held
from serving import client_of

from coach.assessment import Assessment, Overall, Stage
from coach.errors import StoreUnavailable
from coach.okr import Draft
from coach.service import KEPT_BACK, Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.runs import Runs

URL = "/api/v1/assessments"
STREAM = {"accept": "text/event-stream"}
DRAFT = Draft("Parcels arrive when promised", ("Late parcels from 9 % to 4 % by 30 June",))
SENT = {"objective": DRAFT.objective, "key_results": DRAFT.key_results}


@pytest_asyncio.fixture
async def coach() -> Held:
    return Held()


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    kept = Database(tmp_path / "coach.sqlite3")
    await kept.open()
    yield kept
    await kept.close()


@pytest_asyncio.fixture
async def runs(coach: Held, store: Database) -> AsyncIterator[Runs]:
    started = Runs(coach, store)
    yield started
    await started.close(patience=0)


@pytest_asyncio.fixture
async def client(coach: Held, store: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(coach, store)) as one:
        yield one


def events_of(body: str) -> list[tuple[str, Any]]:
    """Return what a stream told, as names and data."""
    told = []
    for block in body.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            told.append((fields["event"], json.loads(fields["data"]) if "data" in fields else None))
    return told


async def ended(runs: Runs, id: str) -> None:
    async with asyncio.timeout(5):
        while runs.under_way(id) is not None:
            await asyncio.sleep(0)


# --- runs -----------------------------------------------------------------------------------


async def test_rules_are_told_and_kept_before_the_model_has_said_anything(
    runs: Runs, store: Database, coach: Held
) -> None:
    run = await runs.start(DRAFT)
    kept = await store.get(str(run.assessment.id))
    assert run.under_way
    assert kept.overall == Coach().assess(DRAFT).overall
    coach.let.set()


async def test_every_follower_gets_every_stage_however_late_it_comes(
    runs: Runs, coach: Held
) -> None:
    run = await runs.start(DRAFT)
    early = asyncio.create_task(_names(run.steps(60)))
    await asyncio.sleep(0)
    coach.let.set()
    await run.end()
    assert await early == await _names(run.steps(60)) == ["rules", "judge", "rewrites"]


async def _names(steps: AsyncIterator[tuple[Stage, Assessment] | None]) -> list[str]:
    return [step[0] async for step in steps if step]


async def test_a_silent_line_pulses(runs: Runs) -> None:
    run = await runs.start(DRAFT)
    steps = run.steps(0.001)
    assert (await anext(steps) or "")[0] == "rules"
    assert await anext(steps) is None


async def test_a_kept_run_ends_and_is_kept_though_nobody_listens(
    runs: Runs, store: Database, coach: Held
) -> None:
    run = await runs.start(DRAFT)
    id = str(run.assessment.id)
    coach.let.set()
    await ended(runs, id)
    kept = await store.get(id)
    assert kept.notes == ("both are in",)
    assert (kept.id, kept.created_at) == (run.assessment.id, run.assessment.created_at)


async def test_what_cannot_be_kept_is_not_asked(
    runs: Runs, store: Database, coach: Held, tmp_path: Path
) -> None:
    (tmp_path / "coach.sqlite3").unlink()
    try:
        await runs.start(DRAFT)
    except StoreUnavailable:
        pass
    else:
        raise AssertionError("it was kept nowhere")
    assert not coach.asked


async def test_a_stage_that_cannot_be_kept_is_told_all_the_same(
    runs: Runs, coach: Held, tmp_path: Path
) -> None:
    run = await runs.start(DRAFT)
    (tmp_path / "coach.sqlite3").unlink()
    coach.let.set()
    assert await _names(run.steps(60)) == ["rules", "judge", "rewrites"]


async def test_closing_lets_a_run_come_to_its_end(runs: Runs, store: Database, coach: Held) -> None:
    run = await runs.start(DRAFT)
    asyncio.get_running_loop().call_later(0.02, coach.let.set)
    await runs.close()
    assert (await store.get(str(run.assessment.id))).notes == ("both are in",)


async def test_closing_does_not_wait_for_ever(runs: Runs, store: Database, coach: Held) -> None:
    run = await runs.start(DRAFT)
    await runs.close(patience=0.01)
    assert coach.ended == 1
    assert await store.get(str(run.assessment.id)) == run.assessment


# --- the API --------------------------------------------------------------------------------


async def test_a_stream_tells_each_stage_whole_and_then_that_it_is_done(
    client: httpx.AsyncClient, coach: Held
) -> None:
    coach.let.set()
    answer = await client.post(URL, json=SENT, headers=STREAM)
    told = events_of(answer.text)
    assert answer.status_code == 201
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _ in told] == ["rules", "judge", "rewrites", "done"]
    rules, judge, rewrites, _ = (data for _, data in told)
    assert rules["id"] == judge["id"] == rewrites["id"]
    assert answer.headers["location"] == f"{URL}/{rules['id']}"
    assert (await client.get(f"{URL}/{rules['id']}")).json() == rewrites


async def test_one_answer_is_the_last_stage(client: httpx.AsyncClient, coach: Held) -> None:
    coach.let.set()
    said = (await client.post(URL, json=SENT)).json()
    assert said["notes"] == ["both are in"]
    assert (await client.get(f"{URL}/{said['id']}")).json() == said


async def test_a_caller_can_do_without_the_model(client: httpx.AsyncClient, coach: Held) -> None:
    said = (await client.post(f"{URL}?model=false&store=false", json=SENT)).json()
    assert said["overall"] == json.loads(json.dumps(_builtin(Coach().assess(DRAFT).overall)))
    assert not coach.asked


def _builtin(overall: Overall) -> dict[str, object]:
    return {"value": overall.value, "band": overall.band}


async def test_nobody_gets_a_stream_who_did_not_name_it(
    client: httpx.AsyncClient, coach: Held
) -> None:
    coach.let.set()
    answer = await client.post(URL, json=SENT, headers={"accept": "*/*"})
    assert answer.headers["content-type"] == "application/json"
    named = await client.post(URL, json=SENT, headers={"accept": "text/event-stream;q=0, */*"})
    assert named.headers["content-type"] == "application/json"


async def test_only_what_comes_in_stages_is_streamed(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/criteria", headers=STREAM)).status_code == 406


async def test_bad_input_is_a_problem_for_streams_too(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json={"objective": 5}, headers=STREAM)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_nobody_keeps_ends_where_nobody_listens(coach: Held, runs: Runs) -> None:
    from coach.web.api import _told

    run = await runs.start(DRAFT, keep=False)
    listening = _told(run)
    await anext(listening)
    await asyncio.sleep(0)
    await listening.aclose()
    await run.end()
    assert (coach.asked, coach.ended) == (1, 1)


# --- the page -------------------------------------------------------------------------------


async def test_a_page_says_that_the_model_reads_and_stops_saying_so(
    client: httpx.AsyncClient, coach: Held
) -> None:
    form = {"shape": "fields", "objective": DRAFT.objective, "key_result": DRAFT.key_results[0]}
    address = (await client.post("/", data=form)).headers["location"].partition("#")[0]
    reading = (await client.get(address)).text
    assert "held-1 is reading this too" in reading
    assert '<meta http-equiv="refresh"' in reading
    coach.let.set()
    told = events_of((await client.get(f"{address}/events")).text)
    assert [name for name, _ in told] == ["rules", "judge", "rewrites", "done"]
    done = (await client.get(address)).text
    assert "is reading this too" not in done
    assert "http-equiv" not in done
    assert "both are in" in done


async def test_events_of_a_result_at_its_end_say_so_at_once(
    client: httpx.AsyncClient, store: Database
) -> None:
    kept = await store.save(Coach().assess(DRAFT))
    told = events_of((await client.get(f"/a/{kept.id}/events")).text)
    assert [name for name, _ in told] == ["done"]
    assert (await client.get("/a/AAAAAAAAAAAAAAAA/events")).status_code == 404


async def test_what_is_typed_is_scored_but_neither_kept_nor_asked_about(
    client: httpx.AsyncClient, coach: Held, tmp_path: Path
) -> None:
    form = {"shape": "paste", "text": "Objective: Guests find us\nKR1: Returning guests by 20 %"}
    answer = await client.post("/live", data=form)
    assert answer.status_code == 200
    assert 'data-region="result"' in answer.text
    assert "data-draft" not in answer.text
    with closing(sqlite3.connect(tmp_path / "coach.sqlite3")) as file:
        assert file.execute("SELECT count(*) FROM assessments").fetchone() == (0,)
    assert not coach.asked


async def test_what_is_private_is_told_while_it_is_typed_and_before_the_model_reads(
    client: httpx.AsyncClient, coach: Held
) -> None:
    text = "Guests pay with 4111 1111 1111 1111"
    form = {"shape": "fields", "objective": text, "key_result": DRAFT.key_results[0]}
    typed = await client.post("/live", data=form)
    assert "This draft holds a card number." in typed.text
    address = (await client.post("/", data=form)).headers["location"].partition("#")[0]
    reading = (await client.get(address)).text
    assert "held-1 is reading this too" in reading
    assert "This draft holds a card number." in reading
    sent = await client.post(URL, params={"model": "false"}, json={"objective": text})
    assert sent.json()["notes"] == [KEPT_BACK]
    coach.let.set()


async def test_what_cannot_be_read_while_typing_is_told_like_everywhere(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/live", data={"shape": "fields", "objective": "x" * 3_000})
    assert answer.status_code == 422


# --- putting aside, versions, growth --------------------------------------------------------


async def scored(client: httpx.AsyncClient, **fields: str) -> tuple[str, str]:
    """Score a draft on the page to its end; return its address and the page."""
    form = {"shape": "fields", "objective": "Improve things", "key_result": "Improve it", **fields}
    answer = await client.post("/", data=form)
    address = answer.headers["location"].partition("#")[0]
    await client.get(f"{address}/events")
    return address, (await client.get(address)).text


def fields_of_first(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page[page.index("data-aside") :])
    assert found
    return found[1]


async def test_a_note_put_aside_leaves_the_list_and_not_the_score(
    client: httpx.AsyncClient, coach: Held
) -> None:
    coach.let.set()
    address, page = await scored(client)
    criterion, keys = fields_of_first(page, "criterion"), fields_of_first(page, "keys")
    sent = {"criterion": criterion, "keys": keys, "came_from": address[3:], "do": "put-aside"}
    answer = await client.post("/aside", data=sent)
    assert answer.headers["location"] == f"{address}#notes-heading"
    without = (await client.get(address)).text
    assert "Put aside: 1" in without
    assert page.count('class="note ') == without.count('class="note ') + 1
    assert _overall(page) == _overall(without)
    _, again = await scored(client, objective="improve  Things")
    assert "Put aside: 1" in again
    await client.post("/aside", data={**sent, "do": "take-up"})
    assert "Put aside" not in (await client.get(address)).text.replace("Put this note aside", "")


def _overall(page: str) -> str:
    return page[page.index('id="result-heading"') :].partition("</h2>")[0]


async def test_nothing_but_a_note_can_be_put_aside(client: httpx.AsyncClient) -> None:
    for sent in ({"criterion": "no-such", "keys": "a" * 32}, {"keys": "'; DROP"}, {}):
        assert (await client.post("/aside", data=sent)).status_code == 303


async def test_a_later_version_says_what_it_mended(client: httpx.AsyncClient, coach: Held) -> None:
    coach.let.set()
    address, page = await scored(client)
    assert "Versions of this draft" not in page
    better = "Late parcels from 9 % to 4 % by 30 June"
    _, after = await scored(client, key_result=better, came_from=address[3:])
    assert "Versions of this draft" in after
    assert "Mended" in after


async def test_growth_is_told_from_first_versions(client: httpx.AsyncClient, coach: Held) -> None:
    coach.let.set()
    assert "No draft is kept yet" in (await client.get("/growth")).text
    await scored(client)
    page = (await client.get("/growth")).text
    assert "Month by month" in page
    assert "In your last first versions" in page
