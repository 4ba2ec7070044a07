"""The API as a program meets it: drafts in, assessments out, each error a problem in its place."""

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio
from serving import client_of

from coach.assessment import Assessment
from coach.errors import StoreUnavailable
from coach.okr import KEY_RESULTS_LIMIT, LINE_LIMIT, TEXT_LIMIT, Draft
from coach.profile import Profile
from coach.rubrics import CRITERIA
from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.edge import Edge
from coach.web.problems import KINDS

pytestmark = pytest.mark.asyncio(loop_scope="module")

DRAFT: dict[str, Any] = {
    "objective": "Parcels arrive when promised 📦",
    "key_results": ["Late parcels from 9 % to 4 % by 30 June", {"text": "Improve claims"}],
    "context": {"why": "People wait at home for them", "type": "committed"},
}
URL = "/api/v1/assessments"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    store = Database(tmp_path_factory.mktemp("data") / "coach.sqlite3")
    await store.open()
    yield create_app(Coach(), store)
    await store.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(app: Edge) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as one:
        yield one


# --- assessments ----------------------------------------------------------------------------


async def test_answers_fill_the_rewrites_and_are_kept_with_them(client: httpx.AsyncClient) -> None:
    answer = {"criterion": "no-target", "line": "kr2", "text": "from 40 to 60"}
    said = (await client.post(URL, json={**DRAFT, "answers": [answer]})).json()
    assert "Claims from 40 to 60" in said["rewrites"][0]["key_results"]
    assert said["answers"] == [answer]
    kept = (await client.get(f"{URL}/{said['id']}")).json()
    assert kept == said
    without = (await client.post(URL, json=DRAFT)).json()
    assert (without["scores"], without["answers"]) == (said["scores"], [])


async def test_assessment_is_what_the_coach_says(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=DRAFT)
    said = answer.json()
    draft = msgspec.convert(DRAFT, Draft)
    expected = json.loads(msgspec.json.encode(Coach().assess(draft)))
    assert {**expected, "id": said["id"], "created_at": said["created_at"]} == said
    assert answer.headers["location"] == f"{URL}/{said['id']}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", said["created_at"])


async def test_contract_of_an_assessment_holds(client: httpx.AsyncClient) -> None:
    said = (await client.post(URL, json=DRAFT)).json()
    assert said["readings"][0].keys() >= set(
        "line kind direction metric baseline target change bound upper per unit deadline".split()
    )
    assert said["findings"][0].keys() >= set(
        "criterion rubric severity line span quote message why question source by".split()
    )
    assert said["scores"].keys() == {"clarity", "ambition", "measurability", "purpose"}
    assert said["scores"]["clarity"].keys() >= {"value", "band", "judged"}
    assert said["rewrites"][0].keys() >= set(
        "angle objective key_results blanks mends scores overall by".split()
    )
    assert said["versions"].keys() == set("coach rubrics profile prompts model embeddings".split())


async def test_spans_count_code_points(client: httpx.AsyncClient) -> None:
    draft = {"objective": "📦📦 Improve everything several times", "key_results": ["📦 Help"]}
    said = (await client.post(URL, json=draft)).json()
    lines = {"objective": said["draft"]["objective"], "kr1": said["draft"]["key_results"][0]}
    quoted = [finding for finding in said["findings"] if finding["quote"]]
    assert quoted
    for finding in quoted:
        span = finding["span"]
        assert lines[finding["line"]][span["start"] : span["end"]] == finding["quote"]


async def test_nothing_is_kept_when_asked_not_to(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def save(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Database, "save", save)
    answer = await client.post(f"{URL}?store=false", json=DRAFT)
    assert answer.status_code == 200
    assert "location" not in answer.headers
    assert not answer.json().keys() & {"id", "created_at"}


async def test_rewrites_are_left_out_when_asked(client: httpx.AsyncClient) -> None:
    with_them = (await client.post(f"{URL}?store=false", json=DRAFT)).json()
    without = (await client.post(f"{URL}?rewrites=false&store=false", json=DRAFT)).json()
    assert with_them["rewrites"]
    assert without == {**with_them, "rewrites": []}


async def test_same_draft_gets_the_same_answer(client: httpx.AsyncClient) -> None:
    first, second = [await client.post(f"{URL}?store=false", json=DRAFT) for _ in range(2)]
    assert first.content == second.content


async def test_draft_without_objective_is_no_error(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json={"key_results": ["Improve everything"]})
    assert answer.status_code == 201
    assert answer.json()["findings"]


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
async def test_json_is_known_however_it_is_written(
    client: httpx.AsyncClient, media_type: str
) -> None:
    body = json.dumps(DRAFT).encode()
    answer = await client.post(URL, content=body, headers={"content-type": media_type})
    assert answer.status_code == 201


async def test_most_that_a_draft_may_hold_is_answered(client: httpx.AsyncClient) -> None:
    line = "Support helps several customers from 3 % to 5 % by 30 June, as well as possible. "
    long = (line * 30)[:LINE_LIMIT]
    draft = {"objective": long, "key_results": [long] * KEY_RESULTS_LIMIT}
    answer = await client.post(f"{URL}?store=false", json=draft)
    assert answer.status_code == 200


async def test_nobody_waits_for_a_large_draft(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess = Coach.assess
    others_answered = threading.Event()

    def slow(coach: Coach, draft: Draft, **options: Any) -> Assessment:
        assert others_answered.wait(10)
        return assess(coach, draft, **options)

    monkeypatch.setattr(Coach, "assess", slow)
    draft = {"objective": "Parcels arrive", "key_results": ["Late " * 200] * 20}
    large = asyncio.create_task(client.post(f"{URL}?store=false", json=draft))
    await asyncio.sleep(0.01)
    assert (await client.get("/health/live")).status_code == 200
    assert not large.done()
    others_answered.set()
    assert (await large).status_code == 200


# --- what scores are made of ----------------------------------------------------------------


async def test_rubrics_are_listed_with_their_criteria(client: httpx.AsyncClient) -> None:
    rubrics = (await client.get("/api/v1/rubrics")).json()["rubrics"]
    assert [each["id"] for each in rubrics] == ["clarity", "ambition", "measurability", "purpose"]
    assert all(each["question"].endswith("?") and each["weight"] > 0 for each in rubrics)
    assert rubrics[0]["bands"][0] == {"band": "weak", "from": 0, "to": 49}
    assert [each["bands"][-1]["to"] for each in rubrics] == [100] * 4
    listed = [criterion for each in rubrics for criterion in each["criteria"]]
    assert sorted(listed) == sorted(CRITERIA)


async def test_criteria_are_listed_with_their_examples(client: httpx.AsyncClient) -> None:
    criteria = (await client.get("/api/v1/criteria")).json()["criteria"]
    assert [each["id"] for each in criteria] == list(CRITERIA)
    for each in criteria:
        assert each["why"]
        assert each["source"]
        assert each["flags"]
        assert each["passes"]
        assert (await client.get(f"/api/v1/criteria/{each['id']}")).json() == each


async def test_catalogue_is_that_of_the_profile(app: Edge) -> None:
    profile = Profile(severities={"no-target": "off", "activity": "hint"}, weights={"activity": 9})
    inside = create_app(Coach(profile=profile), Database(Path("unused")))
    async with client_of(inside) as client:
        rubrics = (await client.get("/api/v1/rubrics")).json()["rubrics"]
        switched_off = (await client.get("/api/v1/criteria/no-target")).json()
        changed = (await client.get("/api/v1/criteria/activity")).json()
    assert "no-target" not in rubrics[2]["criteria"]
    assert (switched_off["used"], switched_off["severity"]) == (False, "error")
    assert (changed["used"], changed["severity"], changed["weight"]) == (True, "hint", 9)


# --- errors ---------------------------------------------------------------------------------

DEEP = b'{"objective": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.mark.parametrize(
    ("body", "status", "pointer", "said"),
    [
        (b"", 400, "", "is empty"),
        (b"{", 400, "", "truncated"),
        (b'{"objective": NaN}', 400, "", "is not JSON"),
        (b'{"objective": "\\ud800"}', 400, "", "lone surrogate"),
        (b'{"objective": "\xff"}', 400, "", "not UTF-8"),
        (b'\xef\xbb\xbf{"objective": "words"}', 400, "", "is not JSON"),
        ('{"objective": "words"}'.encode("utf-16"), 400, "", ""),
        ('{"objective": "words"}'.encode("utf-32"), 400, "", ""),
        (DEEP, 400, "", "nested too deep"),
        (b"[]", 422, "", "an object is expected"),
        (b"{}", 422, "", "no words"),
        (b'{"objective": "a\\u0000b"}', 422, "/objective", "NUL"),
        (b'{"\\u0000": 1}', 422, "/\0", "not a field"),
        (b'{"objective": 1' + b"0" * 30 + b"}", 422, "/objective", "a number"),
        (b'{"objective": "words", "objective": "more"}', 422, "", "twice"),
        (b'{"title": "words"}', 422, "/title", "not a field here"),
        (b'{"objective": "words", "key_results": ["a", 1]}', 422, "/key_results/1", "a text"),
        (b'{"objective": "words", "context": {"x/y": 1}}', 422, "/context/x~1y", "not a field"),
        (
            json.dumps({"key_results": ["words"] * 51}).encode(),
            422,
            "/key_results",
            "at most 50",
        ),
        (json.dumps({"objective": "x" * 2001}).encode(), 422, "/objective", "at most 2,000"),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_bad_body_is_told_with_its_place(
    client: httpx.AsyncClient, body: bytes, status: int, pointer: str, said: str
) -> None:
    answer = await client.post(URL, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    problem = told(answer, "malformed-json" if status == 400 else "bad-draft")
    assert problem["problems"][0]["pointer"] == pointer
    assert said in problem["problems"][0]["detail"]


async def test_everything_that_is_off_is_told_at_once(client: httpx.AsyncClient) -> None:
    body = {"title": "x", "objective": 1, "key_results": [None], "context": {"type": "bold"}}
    problem = told(await client.post(URL, json=body), "bad-draft")
    pointers = {each["pointer"] for each in problem["problems"]}
    assert pointers == {"/title", "/objective", "/key_results/0", "/context/type"}


@pytest.mark.parametrize(
    ("path", "accepted", "sent", "kind"),
    [
        (URL, "*/*", "text/plain", "unsupported-media-type"),
        (URL, "*/*", "application/x-www-form-urlencoded", "unsupported-media-type"),
        (URL, "*/*", "multipart/form-data; boundary=x", "unsupported-media-type"),
        (URL, "*/*", "application/json; charset=latin-1", "unsupported-media-type"),
        (URL, "*/*", "application/json; charset=utf-16", "unsupported-media-type"),
        (URL, "*/*", "", "unsupported-media-type"),
        (URL, "text/html", "application/json", "not-acceptable"),
        (URL, "application/json;q=0", "application/json", "not-acceptable"),
        (URL, "*/*, application/json;q=0", "application/json", "not-acceptable"),
        (f"{URL}?stroe=false", "*/*", "application/json", "bad-query"),
        (f"{URL}?store=no", "*/*", "application/json", "bad-query"),
        (f"{URL}?store=true&store=false", "*/*", "application/json", "bad-query"),
        (f"{URL}?store", "*/*", "application/json", "bad-query"),
        (f"{URL}?%ff=%fe&%zz", "*/*", "application/json", "bad-query"),
    ],
)
async def test_request_that_can_not_be_taken_says_why(
    client: httpx.AsyncClient, path: str, accepted: str, sent: str, kind: str
) -> None:
    headers = {"accept": accepted, "content-type": sent}
    told(await client.post(path, content=json.dumps(DRAFT), headers=headers), kind)


@pytest.mark.parametrize(
    "accept", ["application/json", "application/*;q=0.1", "text/html, */*;q=0.5", "*/*", ""]
)
async def test_whoever_takes_json_gets_it(client: httpx.AsyncClient, accept: str) -> None:
    answer = await client.get("/api/v1/rubrics", headers={"accept": accept})
    assert answer.status_code == 200


async def test_compressed_body_is_not_taken(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    told(await client.post(URL, content=b"x", headers=headers), "unsupported-media-type")


async def test_large_body_is_refused(client: httpx.AsyncClient) -> None:
    body = json.dumps({"objective": "x" * TEXT_LIMIT})
    answer = await client.post(URL, content=body, headers={"content-type": "application/json"})
    problem = told(answer, "too-large")
    assert f"{TEXT_LIMIT:,}" in problem["detail"]
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", URL, "OPTIONS, POST"),
        ("GET", URL, "OPTIONS, POST"),
        ("DELETE", f"{URL}/AAAAAAAAAAAAAAAA", "GET, HEAD, OPTIONS"),
        ("POST", "/api/v1/rubrics", "GET, HEAD, OPTIONS"),
        ("PATCH", "/api/v1/criteria/no-target", "GET, HEAD, OPTIONS"),
        ("POST", "/health/live", "GET, HEAD, OPTIONS"),
        ("BREW", URL, "OPTIONS, POST"),
    ],
)
async def test_other_methods_are_told_which_there_are(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await client.request(method, path)
    told(answer, "method-not-allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing", f"{URL}/AAAAAAAAAAAAAAAA", f"{URL}/short", f"{URL}/a%00b",
        f"{URL}/%ff%fe", f"{URL}/%ED%A0%80", f"{URL}/..%2f..%2fetc",
        f"{URL}/{'a' * 5000}", "/api/v1/criteria/none", "/problems/none",
        "/api/v2/assessments", "/api/docs/x/swagger-ui.css",
    ],
)  # fmt: skip
async def test_what_is_not_there_is_told(client: httpx.AsyncClient, path: str) -> None:
    told(await client.get(path), "not-found")


async def test_pages_tell_errors_as_pages(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


async def test_failing_database_is_told_with_the_time_to_wait(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StoreUnavailable("The database does not answer.")

    monkeypatch.setattr(Database, "save", fail)
    monkeypatch.setattr(Database, "document", fail)
    for answer in (await client.post(URL, json=DRAFT), await client.get(f"{URL}/{'a' * 16}")):
        told(answer, "store-unavailable")
        assert int(answer.headers["retry-after"]) > 0
    assert (await client.post(f"{URL}?store=false", json=DRAFT)).status_code == 200


async def test_fault_of_ours_is_told_by_its_reference_alone(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("secret Parcels")

    monkeypatch.setattr(Coach, "assess", fail)
    answer = await client.post(URL, json=DRAFT)
    problem = told(answer, "internal")
    assert problem["reference"] == answer.headers["x-request-id"]
    assert "Parcels" not in answer.text


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_every_kind_of_problem_has_an_address(client: httpx.AsyncClient, kind: Any) -> None:
    said = (await client.get(kind.address)).json()
    assert (said["title"], said["status"]) == (kind.title, kind.status)
    assert said["meaning"].endswith(".")
    assert said in (await client.get("/problems")).json()["problems"]


def told(answer: httpx.Response, kind: str) -> dict[str, Any]:
    """Return a problem, after holding it to what every problem promises."""
    problem: dict[str, Any] = answer.json()
    assert problem["type"] == f"/problems/{kind}", answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == problem["status"] == KINDS[kind].status
    assert problem["title"] == KINDS[kind].title
    assert problem["detail"]
    return problem
