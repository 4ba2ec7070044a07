"""Rows are scored by tasks that may end at any moment: each row is scored, and each once."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from msgspec.structs import replace
from scripted import Scripted

from coach.assessment import Assessment, Overall, Stage
from coach.batch import Batch, ReadRow
from coach.batch.apart import Broken, Judge, Sent
from coach.batch.runner import Pace, Runner
from coach.okr import Draft
from coach.organisation import Organisation
from coach.ports import NewBatch
from coach.profile import Profile
from coach.service import Coach
from coach.store import Database, KeptBatches

QUICK = Pace(rows=4, lease=2.0, sweep=0.05, pause=0.05)
DRAFT = Draft("Parcels arrive when promised", ("Late parcels from 9 % to 4 % by 30 June",))


def drafts(count: int) -> list[ReadRow]:
    return [
        ReadRow(f"row {n}", replace(DRAFT, objective=f"Parcels of route {n} arrive on time"))
        for n in range(1, count + 1)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3"


@pytest_asyncio.fixture
async def kept(path: Path) -> AsyncIterator[KeptBatches]:
    database = Database(path)
    await database.open()
    yield database.batches
    await database.close()


@asynccontextmanager
async def running(coach: Coach, kept: KeptBatches) -> AsyncIterator[Runner]:
    runner = Runner(coach, kept, QUICK)
    runner.start()
    try:
        yield runner
    finally:
        await runner.close(patience=5)


async def started(kept: KeptBatches, rows: list[ReadRow]) -> Batch:
    batch = await kept.create(NewBatch("x", rows))
    return await kept.move(batch.id, "start")


async def ended(kept: KeptBatches, batch: Batch, seconds: float = 60) -> Batch:
    async with asyncio.timeout(seconds):
        while (now := await kept.batch(batch.id)).state != "done":
            await asyncio.sleep(0.02)
    return now


def count(path: Path, query: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute(query).fetchone()[0]
    return found


# --- scored -----------------------------------------------------------------------------------


async def test_rows_are_scored_as_drafts_are_scored_alone(kept: KeptBatches):
    coach = Coach(Organisation(purpose="People on low wages live in dry and warm homes."))
    batch = await started(kept, drafts(6))
    async with running(coach, kept):
        assert (await ended(kept, batch)).counts.done == 6
    for row in await kept.rows(batch.id):
        assert row.draft is not None
        alone = coach.assess(row.draft)
        document = (await kept.documents([str(row.assessment)]))[str(row.assessment)]
        assessment = msgspec.json.decode(document, type=Assessment)
        assert replace(assessment, id=msgspec.UNSET, created_at=msgspec.UNSET) == alone
        assert row.outline is not None
        assert row.outline.overall == alone.overall.value
        assert set(row.outline.criteria) == {finding.criterion for finding in alone.findings}


class Asked(Coach):
    """A coach whose model adds a note to each draft, and breaks on those about route 2."""

    def __init__(self) -> None:
        super().__init__(model=Scripted(name="small-1"))
        self.at_once = self.most = 0

    async def ask(
        self,
        assessment: Assessment,
        *,
        rewrite: bool = True,  # noqa: ARG002 - any coach takes it
    ) -> AsyncGenerator[tuple[Stage, Assessment], None]:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            await asyncio.sleep(0.01)
            if "route 2 " in assessment.draft.objective:
                raise LookupError("Parcels of route 2")
            yield "judge", replace(assessment, overall=Overall(1, "weak"), notes=("read",))
        finally:
            self.at_once -= 1


async def test_a_model_is_asked_a_few_drafts_at_a_time(kept: KeptBatches):
    coach = Asked()
    batch = await started(kept, [row for row in drafts(21) if "route 2 " not in str(row)])
    async with running(coach, kept):
        await ended(kept, batch)
    assert {row.outline.overall for row in await kept.rows(batch.id) if row.outline} == {1}
    assert 1 < coach.most <= QUICK.at_once


async def test_rules_alone_judge_where_no_model_is_to_be_asked(kept: KeptBatches):
    coach = Asked()
    batch = await kept.create(NewBatch("x", drafts(3), model=False))
    await kept.move(batch.id, "start")
    async with running(coach, kept):
        await ended(kept, batch)
    assert coach.most == 0
    row = await kept.row(batch.id, 1)
    (document,) = (await kept.documents([str(row.assessment)])).values()
    reasons = {one.reason for one in msgspec.json.decode(document, type=Assessment).unjudged}
    assert "the language model has not been asked" in reasons


async def test_a_row_that_breaks_the_coach_fails_and_stops_no_other(kept: KeptBatches):
    noticed: list[tuple[str, dict[str, object]]] = []
    batch = await started(kept, drafts(5))
    runner = Runner(Asked(), kept, QUICK, lambda event, fields: noticed.append((event, fields)))
    runner.start()
    over = await ended(kept, batch)
    await runner.close()
    assert (over.counts.done, over.counts.failed) == (4, 1)
    row = await kept.row(batch.id, 2)
    assert (row.state, row.attempts) == ("failed", 3)
    assert "broke" in row.problems[0].detail
    assert "LookupError" in str(noticed)
    assert "Parcels" not in str(noticed)


# --- the process apart ------------------------------------------------------------------------


def sent(number: int, draft: str | None = None) -> Sent:
    said = draft or msgspec.json.encode(DRAFT).decode()
    return Sent(f"assessment-{number:05}", "2027-04-01T09:30:00.000Z", said)


async def test_what_breaks_apart_is_told_without_its_words():
    judge = Judge(Coach().rules)
    answers = await judge.judge([sent(1), sent(2, '{"objective": "the-otters"'), sent(3)])
    await judge.close()
    broken = answers[1]
    assert isinstance(broken, Broken)
    assert broken.error == "DecodeError"
    assert "otters" not in str(broken)
    assert [getattr(one, "id", None) for one in answers] == [sent(1).id, None, sent(3).id]


async def test_other_rules_hold_from_the_next_draft_on():
    judge = Judge(Coach().rules)
    other = Coach(profile=Profile(name="ours"))
    said = []
    for rules in (Coach().rules, other.rules, other.rules):
        await judge.follow(rules)
        (came,) = await judge.judge([sent(1)])
        assert not isinstance(came, Broken)
        said.append(msgspec.json.decode(came.document)["versions"]["profile"])
    await judge.close()
    assert said == ["default", "ours", "ours"]


async def test_where_the_process_ends_what_was_judged_is_kept_and_the_next_is_known():
    judge = Judge(Coach().rules)
    await judge.judge([sent(1)])
    child = judge._child
    assert child is not None
    judging = asyncio.create_task(judge.judge([sent(n) for n in range(2_000)]))
    await asyncio.sleep(0.3)
    child.kill()
    answers = await judging
    assert 0 < len(answers) < 2_000
    assert [one.id for one in answers if not isinstance(one, Broken)] == [
        sent(n).id for n in range(len(answers))
    ]
    assert len(await judge.judge([sent(1)])) == 1  # by the next process
    await judge.close()


async def test_a_process_apart_ends_with_the_one_that_started_it():
    script = (
        "import asyncio, os\n"
        "from coach.batch.apart import Judge, Sent\n"
        "from coach.service import Coach\n"
        "async def main():\n"
        "    judge = Judge(Coach().rules)\n"
        "    await judge.judge([Sent('a' * 16, '', '{\"objective\": \"x\"}')])\n"
        "    print(judge._child.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(200):
        if not alive(child):
            break
        await asyncio.sleep(0.02)
    assert not alive(child)
    parent.stdout.close()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


# --- ended in the middle ----------------------------------------------------------------------

_WORKER = """
import asyncio, sys
from pathlib import Path
from coach.batch.runner import Pace, Runner
from coach.service import Coach
from coach.store import Database

async def main():
    database = Database(Path(sys.argv[1]))
    await database.open()
    runner = Runner(Coach(), database.batches, Pace(rows=4, lease=0.5, sweep=0.05, pause=0.02))
    runner.start()
    await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_rows_are_each_scored_once_however_often_workers_are_killed(
    kept: KeptBatches, path: Path
):
    batch = await started(kept, drafts(60))
    kills = 0
    while (await kept.batch(batch.id)).state != "done":
        before = (await kept.batch(batch.id)).counts.done
        workers = [subprocess.Popen([sys.executable, "-c", _WORKER, str(path)]) for _ in range(2)]
        for _ in range(1_500):  # killed as soon as something new has landed
            at = await kept.batch(batch.id)
            if at.counts.done > before + 10 or at.state == "done":
                break
            await asyncio.sleep(0.01)
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        kills += len(workers)
    assert kills >= 4
    found = await kept.rows(batch.id, most=200)
    assert [row.state for row in found] == ["done"] * 60
    assert len({row.assessment for row in found}) == 60
    assert count(path, "SELECT count(*) FROM assessments") == 60


async def test_what_is_under_way_at_the_end_is_given_back(kept: KeptBatches):
    coach = Asked()
    batch = await started(kept, drafts(40))
    runner = Runner(coach, kept, QUICK._replace(lease=600.0))
    runner.start()
    while not (await kept.batch(batch.id)).counts.running:
        await asyncio.sleep(0.005)
    await runner.close(patience=0)
    over = await kept.batch(batch.id)
    assert over.counts.running == 0
    assert over.counts.waiting + over.counts.done == 40
    assert {row.attempts for row in await kept.rows(batch.id)} <= {0, 1}
