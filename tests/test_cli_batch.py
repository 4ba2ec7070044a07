"""`coach batch` and the server keep the same batches, and lose none to a kill."""

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

COACH = [sys.executable, "-c", "from coach.cli import main; main()"]
SHEET = "Objective,KR 1\nClinics answer patients,From 31 to 8\n--,\nParcels arrive,\n"
MANY = 160
ID = re.compile(r"Its id: (\S+)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "autumn.csv").write_text(SHEET)
    return tmp_path


def coach(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COACH, *arguments], capture_output=True, text=True, cwd=folder, env=given(folder),
        check=False,
    )  # fmt: skip


def given(folder: Path) -> dict[str, str]:
    return {**os.environ, "COACH_DATA_DIR": str(folder / "data"), "NO_COLOR": "1"}


def many(count: int) -> str:
    return "".join(f'{{"objective":"Parcels of route {n} arrive"}}\n' for n in range(count))


def ask(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "data" / "coach.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_a_file_is_scored_kept_and_written_out(folder: Path):
    done = coach(folder, "batch", "autumn.csv", "--out", "scored.csv")
    assert done.returncode == 2  # one row is no draft
    assert "2 of 2 scored, 1 not read" in done.stdout
    assert "no words" in done.stderr
    rows = list(csv.DictReader((folder / "scored.csv").read_text("utf-8-sig").splitlines(True)))
    assert [row["state"] for row in rows] == ["done", "invalid", "done"]
    found = ID.search(done.stdout)
    assert found is not None
    assert found[1] in coach(folder, "batch").stdout
    assert "2 of 2 scored" in coach(folder, "batch", found[1]).stdout
    assert coach(folder, "batch", found[1], "--out", "again.jsonl").returncode == 0
    lines = (folder / "again.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["assessment"]["draft"]["objective"] == "Clinics answer patients"


def test_a_dry_run_keeps_nothing(folder: Path):
    done = coach(folder, "batch", "autumn.csv", "--dry-run")
    assert "Drafts: 2. Rows that are none: 1." in done.stdout
    assert "KR 1: kr1" in done.stdout
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing-here"], "No batch is kept"),
        (["autumn.csv", "--out", "x.pdf"], "--out names a file"),
        (["autumn.csv", "--out", "nowhere/x.csv"], "nowhere/x.csv"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_line(folder: Path, arguments: list[str], said: str):
    done = coach(folder, "batch", *arguments)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_batch_goes_on_where_a_killed_command_left_it(folder: Path):
    (folder / "many.jsonl").write_text(many(MANY))
    running = subprocess.Popen([*COACH, "batch", "many.jsonl"], cwd=folder, env=given(folder))
    wait_for(lambda: some_done(folder))
    running.send_signal(signal.SIGKILL)
    running.wait()
    ((id, left),) = ask(
        folder, "SELECT batch, count(*) FROM batch_rows WHERE state <> 'done' GROUP BY batch"
    )
    assert left
    ask_to_be_swept_at_once(folder)
    done = coach(folder, "batch", str(id), "--go-on")
    assert f"{MANY} of {MANY} scored" in done.stdout
    assert ask(folder, "SELECT count(*) FROM assessments") == [(MANY,)]


def test_a_killed_server_goes_on_after_its_start_and_scores_each_row_once(folder: Path):
    with serving(folder) as (server, address):
        answer = httpx.post(
            f"{address}/api/v1/batches",
            content=many(MANY),
            headers={"content-type": "application/x-ndjson"},
            timeout=60,
        )
        url = f"{address}{answer.headers['location']}"
        wait_for(lambda: httpx.get(url).json()["counts"]["done"])
        server.send_signal(signal.SIGKILL)
    before = ask(folder, "SELECT state FROM batches")
    assert before == [("running",)]
    ask_to_be_swept_at_once(folder)
    with serving(folder) as (_, address):
        url = f"{address}{answer.headers['location']}"
        wait_for(lambda: httpx.get(url).json()["state"] == "done")
        counts = httpx.get(url).json()["counts"]
    assert counts == {**dict.fromkeys(counts, 0), "done": MANY}
    kept = ask(folder, "SELECT count(*), count(DISTINCT assessment) FROM batch_rows")
    assert kept == [(MANY, MANY)]
    assert ask(folder, "SELECT count(*) FROM assessments") == [(MANY,)]


def some_done(folder: Path) -> bool:
    try:
        return bool(ask(folder, "SELECT 1 FROM batch_rows WHERE state = 'done' LIMIT 1"))
    except sqlite3.OperationalError:
        return False


def ask_to_be_swept_at_once(folder: Path) -> None:
    """Let the leases of whoever was killed end now; a test doesn't wait for them."""
    with closing(sqlite3.connect(folder / "data" / "coach.sqlite3")) as connection, connection:
        connection.execute("UPDATE batch_rows SET due = 1 WHERE state = 'running'")


def wait_for(happened: object, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if callable(happened) and happened():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    server = subprocess.Popen(
        [*COACH, "serve", "--port", "0"], cwd=folder, env=given(folder), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert server.stdout is not None
    said = server.stdout.readline()
    found = re.search(r"http://\S+", said)
    assert found is not None, said
    try:
        wait_for(lambda: is_up(found[0]))
        yield server, found[0]
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def is_up(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/live").status_code == 200
    except httpx.TransportError:
        return False
