"""A manager hands a sheet in, looks it through, has it scored, and takes it out again."""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest
from serving import served

from coach.batch.runner import Pace
from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app

SHEET = (
    "Objective,KR 1,KR 2,Team,Owner\n"
    "Clinics answer patients the day they ask,First reply from 31 to 8 hours by 30 June,"
    "Launch the new message centre,Desk,Ana\n"
    "Improve onboarding,,,,\n"
    "--,,,,\n"
    '"=HYPERLINK(""http://x"",""y"")",+1 000 visits,@cmd,-Team,＝sum\n'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = Database(tmp_path_factory.mktemp("site") / "coach.sqlite3")
    with served(create_app(Coach(), store, pace=Pace(pause=0.05))) as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30) as one:
        yield one


def hand_in(client: httpx.Client, data: str | bytes, name: str = "autumn.csv") -> httpx.Response:
    return client.post("/batches", files={"file": (name, data)}, data={"text": ""})


def batch_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def scored(client: httpx.Client, address: str) -> str:
    """Start a batch and return its page once it is done."""
    client.post(f"{address}/start")
    for _ in range(400):
        page = client.get(address).text
        if ". Done" in words(page):
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# --- in ---------------------------------------------------------------------------------------


def test_what_was_read_is_shown_before_anything_is_scored(client: httpx.Client):
    page = words(client.get(batch_of(hand_in(client, SHEET))).text)
    assert "Drafts 3" in page
    assert "Not read 1 row" in page
    assert "line 4: there are no words in it yet" in page
    assert "Score 3 drafts" in page


def test_cells_that_are_pasted_are_read_as_a_sheet(client: httpx.Client):
    pasted = "Goal\tKR\nClinics answer\tFrom 31 to 8\nParcels arrive\tx"
    answer = client.post("/batches", files={"file": ("", b"")}, data={"text": pasted})
    assert "Score 2 drafts" in client.get(batch_of(answer)).text


def test_columns_are_chosen_by_hand(client: httpx.Client):
    address = batch_of(hand_in(client, "Vorhaben,Wert\nClinics answer,From 31 to 8\n"))
    assert "There is no draft in it yet" in client.get(address).text
    client.post(f"{address}/columns", data={"column-1": "objective", "column-2": "kr1"})
    page = client.get(address).text
    assert "Score 1 draft" in page
    assert "From 31 to 8" in page


@pytest.mark.parametrize(
    ("name", "data", "status", "reason"),
    [
        ("x.xlsx", b"PK\x03\x04 nothing", 422, "This workbook can't be read"),
        ("x.csv", b"", 422, "There is nothing in it"),
        ("x.pdf", b"%PDF-1.7", 422, "This is a PDF"),
        ("x.jsonl", b'{"objective":"x"}\n' * 10_001, 413, "Holds over 10,000 drafts"),
    ],
)
def test_what_can_not_be_read_is_told_on_the_form(
    client: httpx.Client, name: str, data: bytes, status: int, reason: str
):
    answer = hand_in(client, data, name)
    assert answer.status_code == status
    assert reason in words(answer.text).replace("&#39;", "'")
    assert 'role="alert"' in answer.text


def test_what_was_pasted_is_still_there_where_it_can_not_be_read(client: httpx.Client):
    answer = client.post("/batches", files={"file": ("", b"")}, data={"text": "%PDF-1.7 mine"})
    assert answer.status_code == 422
    assert "%PDF-1.7 mine" in answer.text


def test_a_form_that_is_sent_twice_makes_one_batch(client: httpx.Client):
    once = re.search(r'name="once" value="([^"]+)"', client.get("/batches").text)
    assert once is not None
    sent = {"data": {"once": once[1]}, "files": {"file": ("twice.csv", SHEET)}}
    first, second = (client.post("/batches", **sent) for _ in range(2))
    assert batch_of(first) == batch_of(second)


def test_templates_are_read_as_they_are(client: httpx.Client):
    for suffix in ("csv", "xlsx"):
        template = client.get(f"/batches/template.{suffix}")
        assert template.headers["content-disposition"].endswith(f'"okrs.{suffix}"')
        page = client.get(batch_of(hand_in(client, template.content, f"okrs.{suffix}"))).text
        assert "every row is a draft" in page
        assert "columns left out" not in page


# --- scored, and followed ---------------------------------------------------------------------


def test_rows_lead_to_their_assessments(client: httpx.Client):
    page = scored(client, batch_of(hand_in(client, SHEET)))
    assert "<strong>3</strong> of 3 drafts scored" in page
    links = re.findall(r'href="(/a/[\w-]{16})"', page)
    assert len(links) == 3
    assert "Clinics answer patients the day they ask" in client.get(links[0]).text


def test_progress_is_told_until_the_batch_is_done(client: httpx.Client):
    lines = "\n".join(f'{{"objective":"Clinics answer patient {n}"}}' for n in range(60))
    address = batch_of(hand_in(client, lines, "x.jsonl"))
    client.post(f"{address}/start")
    told = client.get(f"{address}/events").text.replace("\r\n", "\n")
    events = re.findall(r"event: (\w+)\ndata: (.*)", told)
    assert events[-1][0] == "done"
    done = [json.loads(data)["counts"]["done"] for name, data in events if name == "progress"]
    assert done == sorted(done)
    assert done[-1] == 60


def test_a_page_without_scripts_comes_anew_by_itself_while_it_runs(client: httpx.Client):
    address = batch_of(
        hand_in(client, "".join(f'{{"objective":"A{n}"}}\n' for n in range(300)), "x.jsonl")
    )
    client.post(f"{address}/start")
    assert '<meta http-equiv="refresh"' in client.get(address).text
    client.post(f"{address}/pause")
    page = client.get(address).text
    assert "refresh" not in page
    assert "Go on" in page
    client.post(f"{address}/cancel")
    assert re.search(r"Try \d+ again", client.get(address).text)
    client.post(f"{address}/retry")
    assert ". Done" in words(scored(client, address))


def test_a_move_that_can_not_be_made_is_told(client: httpx.Client):
    address = batch_of(hand_in(client, SHEET))
    assert client.post(f"{address}/pause").status_code == 409
    assert client.post(f"{address}/publish").status_code == 404
    assert client.get("/batches/nothing-here").status_code == 404
    scored(client, address)
    assert client.post(f"{address}/columns", data={"column-1": ""}).status_code == 409


# --- out --------------------------------------------------------------------------------------


def test_the_sheet_comes_back_with_results_behind_its_columns(client: httpx.Client):
    address = batch_of(hand_in(client, SHEET))
    scored(client, address)
    answer = client.get(f"{address}/results.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="autumn-scored.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(rows[0])[:6] == ["id", "Objective", "KR 1", "KR 2", "Team", "Owner"]
    assert rows[0]["state"] == "done"
    assert 0 <= int(rows[0]["overall score"]) <= 100
    assert "kr2: " in rows[0]["coach notes"]
    assert rows[2]["state"] == "invalid"
    assert "no words" in rows[2]["coach notes"]


def test_nothing_that_is_taken_away_is_a_formula(client: httpx.Client):
    address = batch_of(hand_in(client, SHEET))
    scored(client, address)
    text = client.get(f"{address}/results.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert sum(cell.startswith("'") for cell in cells) >= 5
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠\t\r]", cell)]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/results.xlsx").content))
    types = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert types <= {"s", "n"}
    assert book.active["B5"].value == '=HYPERLINK("http://x","y")'


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_what_was_taken_away_is_handed_in_again_as_it_was(client: httpx.Client, suffix: str):
    first = batch_of(hand_in(client, SHEET))
    scored(client, first)
    taken = client.get(f"{first}/results.{suffix}").content
    again = batch_of(hand_in(client, taken, f"again.{suffix}"))
    scored(client, again)
    before, after = (
        [json.loads(line) for line in client.get(f"{each}/results.jsonl").text.splitlines()]
        for each in (first, again)
    )
    kept = [row for row in before if row["draft"]]
    assert [row["draft"] for row in after if row["draft"]] == [row["draft"] for row in kept]
    assert [row["id"] for row in after if row["draft"]] == [row["id"] for row in kept]
    assert [row["outline"] for row in after if row["draft"]] == [row["outline"] for row in kept]


def test_drafts_without_a_sheet_come_out_as_one(client: httpx.Client):
    lines = '{"objective":"A clinic","key_results":["x","y"],"id":"a7"}\n{"objective":"B"}\n'
    address = batch_of(hand_in(client, lines, "x.jsonl"))
    scored(client, address)
    text = client.get(f"{address}/results.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[0]["id"], rows[0]["objective"], rows[0]["kr2"]) == ("a7", "A clinic", "y")
    assert rows[1]["kr1"] == ""


def test_names_of_files_are_names_and_nothing_else(client: httpx.Client, tmp_path: Path):
    address = batch_of(hand_in(client, SHEET, '../../etc/<b>"passwd".csv'))
    page = client.get(address).text
    assert "<b>" not in page
    assert "etc" not in page
    named = client.get(f"{address}/results.csv").headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', named)
