"""Batches over the API: handed in as what programs have, followed, and taken away."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook
from serving import client_of, served

from coach.batch.runner import Pace
from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.openapi import openapi

URL = "/api/v1/batches"
DRAFTS = [
    {"id": "a7", "objective": "Clinics answer patients", "key_results": ["Reply from 31 to 8"]},
    {"objective": "Parcels arrive"},
    {"title": "no draft"},
]
DOCUMENT: dict[str, Any] = json.loads(json.dumps(openapi(Coach())))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = Database(tmp_path_factory.mktemp("site") / "coach.sqlite3")
    with served(create_app(Coach(), store, pace=Pace(pause=0.05))) as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30) as one:
        yield one


def created(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    batch: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{URL}/{batch['id']}"
    conforms(batch, "Batch")
    return batch


def ended(client: httpx.Client, batch: dict[str, Any]) -> dict[str, Any]:
    for _ in range(400):
        now: dict[str, Any] = client.get(f"{URL}/{batch['id']}").json()
        if now["state"] == "done":
            return now
        time.sleep(0.05)
    raise AssertionError(now)


def conforms(value: Any, schema: str) -> None:
    said = {**DOCUMENT, "$ref": f"#/components/schemas/{schema}"}
    Draft202012Validator(said).validate(value)


def refused(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"/problems/{kind}"), problem
    conforms(problem, "ProblemDetails")
    return problem


def test_drafts_in_json_are_scored_behind_the_answer(client: httpx.Client):
    batch = ended(client, created(client.post(URL, json=DRAFTS, params={"name": "Autumn"})))
    assert (batch["name"], batch["counts"]["done"], batch["counts"]["invalid"]) == ("Autumn", 2, 1)
    listed = client.get(URL).json()
    conforms(listed, "BatchList")
    assert batch["id"] in [one["id"] for one in listed["batches"]]


def test_results_come_page_by_page_and_whole(client: httpx.Client):
    batch = ended(client, created(client.post(URL, json=DRAFTS)))
    results = f"{URL}/{batch['id']}/results"
    first = client.get(results, params={"most": 2}).json()
    rest = client.get(results, params={"most": 2, "after": first["next"]}).json()
    for page in (first, rest):
        conforms(page, "ResultList")
    rows = [*first["rows"], *rest["rows"]]
    assert rest["next"] is None
    assert [row["state"] for row in rows] == ["done", "done", "invalid"]
    assert rows[0]["id"] == "a7"
    kept = client.get(f"/api/v1/assessments/{rows[0]['assessment']['id']}").json()
    assert rows[0]["assessment"] == kept
    assert rows[0]["outline"]["overall"] == kept["overall"]["value"]
    lines = client.get(results, params={"format": "ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert client.get(results, params={"format": "csv"}).text.count("Clinics answer") >= 1
    assert client.get(results, params={"format": "xlsx"}).content.startswith(b"PK")


def test_every_form_of_sending_makes_the_same_drafts(client: httpx.Client):
    import io

    book, data = Workbook(), io.BytesIO()
    book.active.append(["objective", "kr1"])
    book.active.append(["Clinics answer patients", "Reply from 31 to 8"])
    book.save(data)
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sent = {
        "application/json": json.dumps(DRAFTS[:1]).encode(),
        "application/x-ndjson": json.dumps(DRAFTS[0]).encode() + b"\n",
        "text/csv": b"objective,kr1\nClinics answer patients,Reply from 31 to 8\n",
        "text/tab-separated-values": b"objective\tkr1\nClinics answer patients\tReply from 31 to 8",
        xlsx: data.getvalue(),
    }
    found = []
    for media_type, body in sent.items():
        answer = client.post(
            URL, content=body, params={"start": "false"}, headers={"content-type": media_type}
        )
        batch = created(answer)
        assert batch["state"] == "ready"
        found.append(client.get(f"{URL}/{batch['id']}/results").json()["rows"][0]["draft"])
    assert found == [found[0]] * len(sent)


def test_a_batch_waits_rests_and_is_called_off(client: httpx.Client):
    batch = created(client.post(URL, json=DRAFTS, params={"start": "false"}))
    refused(client.post(f"{URL}/{batch['id']}/pause"), 409, "conflict")
    for move, state in (
        ("start", ("running", "done")), ("retry", ("running", "done")),
    ):  # fmt: skip
        answer = client.post(f"{URL}/{batch['id']}/{move}")
        assert answer.status_code == 200
        assert answer.json()["state"] in state
    ended(client, batch)
    refused(client.post(f"{URL}/{batch['id']}/cancel"), 409, "conflict")


def test_a_request_that_is_sent_again_makes_one_batch(client: httpx.Client):
    again = {"idempotency-key": "autumn-1"}
    first, second = (created(client.post(URL, json=DRAFTS, headers=again)) for _ in range(2))
    assert first["id"] == second["id"]
    refused(client.post(URL, json=DRAFTS[:1], headers=again), 409, "conflict")
    refused(
        client.post(URL, json=DRAFTS, headers={"idempotency-key": "x" * 201}), 400, "bad-request"
    )


def test_what_holds_no_draft_is_no_batch(client: httpx.Client):
    before = len(client.get(URL).json()["batches"])
    problem = refused(client.post(URL, json=[{"title": "x"}, 3]), 422, "bad-draft")
    assert [one["pointer"] for one in problem["problems"]] == ["draft 1", "draft 2"]
    refused(client.post(URL, content=b"", headers={"content-type": "text/csv"}), 422, "bad-draft")
    assert len(client.get(URL).json()["batches"]) == before


def test_what_can_not_be_read_is_told_as_a_problem(client: httpx.Client):
    refused(
        client.post(URL, content=b"x", headers={"content-type": "text/html"}),
        415,
        "unsupported-media-type",
    )
    refused(client.post(URL, json=[{"objective": "x"}] * 10_001), 413, "too-large")
    refused(client.post(URL, json=DRAFTS, params={"start": "maybe"}), 400, "bad-query")
    refused(client.get(f"{URL}/nothing-here"), 404, "not-found")
    batch = created(client.post(URL, json=DRAFTS))
    for query in ({"format": "pdf"}, {"after": "-1"}, {"most": "0"}, {"most": "5000"}, {"x": "1"}):
        refused(client.get(f"{URL}/{batch['id']}/results", params=query), 400, "bad-query")
    assert client.get(f"{URL}/nothing-here/events").status_code == 404


async def test_more_bytes_than_a_batch_holds_are_refused(tmp_path: Path):
    body, csv = b"x" * 20_000_001, {"content-type": "text/csv"}
    # Without a socket: a client that still sends may miss what it is told.
    async with client_of(create_app(Coach(), Database(tmp_path / "coach.sqlite3"))) as client:
        refused(await client.post(URL, content=body, headers=csv), 413, "too-large")


def test_progress_is_followed_over_the_api(client: httpx.Client):
    batch = created(client.post(URL, json=DRAFTS))
    told = client.get(f"{URL}/{batch['id']}/events").text
    assert "event: progress" in told
    assert told.rstrip().endswith("data: {}")
