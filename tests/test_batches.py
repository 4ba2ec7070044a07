"""A batch's rows are each scored once, whoever works on them and whatever ends meanwhile."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import TextClause

from coach.batch import ATTEMPTS, LOSSES, Batch, Claim, Done, Outline, ReadRow, Scored, SheetRow
from coach.errors import Conflict, NotFound, Problem
from coach.okr import Context, Draft
from coach.ports import NewBatch
from coach.store import Database, KeptBatches
from coach.store import batches as kept_batches

LEASE = 60.0
GONE = -1.0  # a lease that is over as soon as it begins
OUTLINE = Outline(71, 90, None, 74, 40, ("no-target", "vague-word"))


def drafts(count: int) -> list[ReadRow]:
    return [ReadRow(f"row {n}", Draft(f"Parcels of route {n} arrive")) for n in range(1, count + 1)]


def done(claim: Claim) -> Done:
    key = f"assessed-{claim.number:07}"
    at = "2027-04-01T09:30:00.000Z"
    return Done(claim, Scored(key, at, "default", "abc", '{"draft": {}}', OUTLINE))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3"


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    kept = Database(path)
    await kept.open()
    yield kept
    await kept.close()


@pytest_asyncio.fixture
async def kept(database: Database) -> KeptBatches:
    return database.batches


async def started(kept: KeptBatches, rows: list[ReadRow], name: str = "autumn.csv") -> Batch:
    batch = await kept.create(NewBatch(name, rows))
    return await kept.move(batch.id, "start")


async def states(kept: KeptBatches, batch: Batch) -> list[str]:
    return [row.state for row in await kept.rows(batch.id, most=1_000)]


# --- in, and found again ----------------------------------------------------------------------


async def test_a_batch_is_kept_as_it_was_read(kept: KeptBatches):
    rows = [
        ReadRow(
            "row 2",
            Draft("Parcels arrive", ("Late 9 % → 4 %",), Context(team="Route 4", owner="Ana")),
            id="okr-7",
            note="ask Ana",
            cells=(SheetRow(2, ("Parcels arrive", "Late 9 % → 4 %")),),
        ),
        ReadRow("row 3", problems=(Problem("/objective", "no words"),)),
    ]
    new = NewBatch("autumn.csv", rows, ("Goal", "KR"), ("objective", "key result"), ("as read",))
    batch = await kept.create(new)
    assert (batch.state, batch.counts.drafts, batch.counts.invalid) == ("ready", 1, 1)
    assert (batch.headings, batch.columns, batch.notes) == new[2:5]
    first, second = await kept.rows(batch.id)
    assert (first.id, first.note, first.draft, first.cells) == (
        "okr-7", "ask Ana", rows[0].draft, rows[0].cells,
    )  # fmt: skip
    assert (second.state, second.draft, second.problems) == ("invalid", None, rows[1].problems)
    assert second.id
    assert await kept.latest() == (batch,)


async def test_a_row_whose_id_is_taken_gets_one_of_its_own(kept: KeptBatches):
    twice = [ReadRow(f"row {n}", Draft(f"Objective {n}"), id="same") for n in (1, 2)]
    batch = await kept.create(NewBatch("x", twice))
    first, second = [row.id for row in await kept.rows(batch.id)]
    assert first == "same"
    assert second not in ("", "same")


async def test_a_request_sent_twice_makes_one_batch(kept: KeptBatches):
    new = NewBatch("x", drafts(2), request="form-1", digest="abc")
    both = await asyncio.gather(kept.create(new), kept.create(new))
    assert both[0] == both[1]
    assert len(await kept.latest()) == 1
    with pytest.raises(Conflict):
        await kept.create(new._replace(digest="other"))


async def test_columns_are_read_anew_only_before_the_start(kept: KeptBatches):
    batch = await kept.create(NewBatch("x", drafts(3)))
    again = await kept.reread(batch.id, NewBatch("x", drafts(2), columns=("objective",)))
    assert (again.id, again.counts.drafts, again.columns) == (batch.id, 2, ("objective",))
    await kept.move(batch.id, "start")
    with pytest.raises(Conflict):
        await kept.reread(batch.id, NewBatch("x", drafts(1)))


async def test_what_is_not_there_is_not_found(kept: KeptBatches):
    for asking in (kept.batch("nothing"), kept.rows("nothing"), kept.move("nothing", "start")):
        with pytest.raises(NotFound):
            await asking
    batch = await kept.create(NewBatch("x", drafts(1)))
    for asking in (kept.row(batch.id, 2), kept.annotate(batch.id, 2, "x")):
        with pytest.raises(NotFound):
            await asking


async def test_rows_come_in_pages_and_by_state(kept: KeptBatches):
    rows = [*drafts(4), ReadRow("row 5", problems=(Problem("", "blank"),))]
    batch = await kept.create(NewBatch("x", rows))
    assert [row.number for row in await kept.rows(batch.id, after=1, most=2)] == [2, 3]
    assert [row.number for row in await kept.rows(batch.id, state="invalid")] == [5]


async def test_a_note_is_kept_on_its_row(kept: KeptBatches):
    batch = await kept.create(NewBatch("x", drafts(2)))
    await kept.annotate(batch.id, 2, "ask Ana")
    assert [row.note for row in await kept.rows(batch.id)] == ["", "ask Ana"]


# --- taken, held and finished -----------------------------------------------------------------


async def test_nothing_is_taken_before_the_start(kept: KeptBatches):
    batch = await kept.create(NewBatch("x", drafts(2)))
    assert await kept.claim("a", 5, LEASE) == ()
    await kept.move(batch.id, "start")
    assert [claim.number for claim in await kept.claim("a", 5, LEASE)] == [1, 2]


async def test_whether_any_row_waits_is_told(kept: KeptBatches):
    assert not await kept.waiting()
    await started(kept, drafts(1))
    assert await kept.waiting()
    await kept.claim("a", 1, LEASE)
    assert not await kept.waiting()


async def test_no_two_workers_take_the_same_row(kept: KeptBatches):
    await started(kept, drafts(50))
    taken = await asyncio.gather(*(kept.claim(f"worker-{n}", 7, LEASE) for n in range(10)))
    numbers = [claim.number for claims in taken for claim in claims]
    assert sorted(numbers) == list(range(1, 51))


async def test_a_batch_is_done_with_its_last_row(kept: KeptBatches):
    batch = await started(kept, drafts(3))
    claims = await kept.claim("a", 2, LEASE)
    assert await kept.finish("a", [done(claim) for claim in claims]) == 2
    assert (await kept.batch(batch.id)).state == "running"
    (last,) = await kept.claim("a", 2, LEASE)
    await kept.finish("a", [done(last)])
    ended = await kept.batch(batch.id)
    assert (ended.state, ended.counts.done) == ("done", 3)
    assert ended.started_at
    assert ended.ended_at


async def test_a_scored_row_leads_to_its_assessment(kept: KeptBatches, database: Database):
    batch = await started(kept, drafts(1))
    (claim,) = await kept.claim("a", 1, LEASE)
    await kept.finish("a", [done(claim)])
    row = await kept.row(batch.id, 1)
    assert (row.state, row.assessment, row.outline) == ("done", done(claim).scored.id, OUTLINE)
    assert await kept.documents([done(claim).scored.id]) == {
        done(claim).scored.id: b'{"draft": {}}'
    }


async def test_drafts_of_a_batch_are_no_part_of_its_readers_growth(
    kept: KeptBatches, database: Database
):
    await started(kept, drafts(1))
    await kept.finish("a", [done(claim) for claim in await kept.claim("a", 1, LEASE)])
    assert await database.first_tries() == ()


async def test_whoever_lost_a_row_changes_nothing(kept: KeptBatches, path: Path):
    batch = await started(kept, drafts(1))
    (late,) = await kept.claim("slow", 1, GONE)
    assert await kept.sweep() == 1
    (again,) = await kept.claim("quick", 1, LEASE)
    assert again.sends == late.sends + 1
    assert await kept.finish("slow", [done(late)]) == 0
    await kept.fail("slow", late, Problem("", "too late"))
    assert await states(kept, batch) == ["running"]
    assert await kept.finish("quick", [done(again)]) == 1
    assert await kept.finish("quick", [done(again)]) == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM assessments").fetchone() == (1,)


async def test_the_same_worker_that_took_a_row_anew_brings_it_once(kept: KeptBatches):
    await started(kept, drafts(1))
    (late,) = await kept.claim("a", 1, GONE)
    await kept.sweep()
    (again,) = await kept.claim("a", 1, LEASE)
    assert await kept.finish("a", [done(late)]) == 0
    assert await kept.finish("a", [done(again)]) == 1


async def test_a_row_is_held_for_as_long_as_its_lease_is_renewed(kept: KeptBatches):
    await started(kept, drafts(2))
    await kept.claim("a", 1, GONE)
    await kept.claim("b", 1, GONE)
    await kept.renew("a", LEASE)
    assert await kept.sweep() == 1


async def test_what_is_given_back_costs_no_attempt(kept: KeptBatches):
    batch = await started(kept, drafts(3))
    for _ in range(ATTEMPTS + 1):
        await kept.release("a", await kept.claim("a", 3, LEASE))
    assert {row.attempts for row in await kept.rows(batch.id)} == {0}
    assert len(await kept.claim("a", 3, LEASE)) == 3


async def test_a_worker_that_ends_gives_back_all_it_holds_and_no_more(kept: KeptBatches):
    await started(kept, drafts(4))
    await kept.claim("a", 2, LEASE)
    await kept.claim("b", 1, LEASE)
    await kept.leave("a")
    assert [claim.number for claim in await kept.claim("c", 4, LEASE)] == [1, 2, 4]


# --- failing ----------------------------------------------------------------------------------


async def test_a_row_that_ends_its_worker_takes_no_other_with_it_and_is_left_alone(
    kept: KeptBatches,
):
    batch = await started(kept, drafts(3))
    taken = []
    while claims := await kept.claim("a", 3, GONE):
        taken.append([claim.number for claim in claims])
        if 2 not in taken[-1]:
            await kept.finish("a", [done(claim) for claim in claims])
        await kept.sweep()
    assert taken == [[1, 2, 3], [1], [2], [3], *[[2]] * (LOSSES - 2)]
    assert await states(kept, batch) == ["done", "failed", "done"]
    assert (await kept.batch(batch.id)).state == "done"
    (problem,) = (await kept.row(batch.id, 2)).problems
    assert "10 times" in problem.detail


async def test_suspects_come_last_and_one_by_one(kept: KeptBatches):
    await started(kept, drafts(6))
    await kept.claim("a", 2, GONE)
    await kept.sweep()
    taken = [[claim.number for claim in await kept.claim("b", 3, LEASE)] for _ in range(4)]
    assert taken == [[3, 4, 5], [6], [1], [2]]


async def test_a_failure_counts_and_says_why(kept: KeptBatches):
    batch = await started(kept, drafts(1))
    for attempt in range(1, ATTEMPTS + 1):
        (claim,) = await kept.claim("a", 1, LEASE)
        await kept.fail("a", claim, Problem("", "out of memory"))
        row = await kept.row(batch.id, 1)
        assert row.attempts == attempt
    assert (row.state, row.problems) == ("failed", (Problem("", "out of memory"),))
    assert (await kept.batch(batch.id)).state == "done"


async def test_failed_rows_are_tried_again_when_asked(kept: KeptBatches):
    batch = await started(kept, drafts(2))
    first, second = await kept.claim("a", 2, LEASE)
    await kept.finish("a", [done(first)])
    for _ in range(ATTEMPTS):
        await kept.fail("a", second, Problem("", "x"))
        (second,) = await kept.claim("a", 2, LEASE) or (second,)
    assert await states(kept, batch) == ["done", "failed"]
    again = await kept.move(batch.id, "retry")
    assert (again.state, again.ended_at, again.counts.waiting) == ("running", None, 1)
    row = await kept.row(batch.id, 2)
    assert (row.attempts, row.problems) == (0, ())


# --- equal drafts -----------------------------------------------------------------------------


async def test_equal_drafts_are_scored_once(kept: KeptBatches, path: Path):
    same = Draft("Parcels arrive", ("Late 9 % → 4 %",))
    other = Draft("Parcels arrive", ("Late 9 % → 4 %",), Context(why="People wait at home"))
    rows = [ReadRow(f"row {n}", draft) for n, draft in enumerate((same, other, same, same), 1)]
    batch = await started(kept, rows)
    assert batch.different == 2
    claims = await kept.claim("a", 10, LEASE)
    assert [claim.number for claim in claims] == [1, 2]
    await kept.finish("a", [done(claim) for claim in claims])
    found = await kept.rows(batch.id)
    assert [row.same_as for row in found] == [None, None, 1, 1]
    assert [row.assessment for row in found] == [done(claims[n]).scored.id for n in (0, 1, 0, 0)]
    assert (await kept.batch(batch.id)).state == "done"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM assessments").fetchone() == (2,)


async def test_equal_drafts_fail_and_are_retried_together(kept: KeptBatches):
    batch = await started(kept, [ReadRow(f"row {n}", Draft("Parcels arrive")) for n in (1, 2)])
    for _ in range(ATTEMPTS):
        (claim,) = await kept.claim("a", 5, LEASE)
        await kept.fail("a", claim, Problem("", "x"))
    assert await states(kept, batch) == ["failed", "failed"]
    assert (await kept.batch(batch.id)).state == "done"
    again = await kept.move(batch.id, "retry")
    assert (again.state, again.counts.waiting) == ("running", 2)
    (claim,) = await kept.claim("a", 5, LEASE)
    await kept.finish("a", [done(claim)])
    assert await states(kept, batch) == ["done", "done"]


# --- paused, cancelled, taking turns ----------------------------------------------------------


async def test_a_paused_batch_rests_and_goes_on(kept: KeptBatches):
    batch = await started(kept, drafts(2))
    (claim,) = await kept.claim("a", 1, LEASE)
    assert (await kept.move(batch.id, "pause")).state == "paused"
    assert await kept.claim("a", 1, LEASE) == ()
    await kept.finish("a", [done(claim)])  # what is under way comes to its end
    assert (await kept.move(batch.id, "resume")).state == "running"
    assert len(await kept.claim("a", 5, LEASE)) == 1


async def test_a_cancelled_batch_keeps_what_is_scored_and_can_be_taken_up(kept: KeptBatches):
    batch = await started(kept, drafts(3))
    first, second = await kept.claim("a", 2, LEASE)
    await kept.finish("a", [done(first)])
    assert (await kept.move(batch.id, "cancel")).state == "cancelled"
    await kept.release("a", [second])
    assert await states(kept, batch) == ["done", "cancelled", "cancelled"]
    assert await kept.claim("a", 5, LEASE) == ()
    assert (await kept.move(batch.id, "retry")).counts.waiting == 2


async def test_what_a_dead_worker_held_of_a_cancelled_batch_is_cancelled(kept: KeptBatches):
    batch = await started(kept, drafts(1))
    await kept.claim("a", 1, GONE)
    await kept.move(batch.id, "cancel")
    await kept.sweep()
    assert await states(kept, batch) == ["cancelled"]


@pytest.mark.parametrize("move", ["pause", "resume", "retry"])
async def test_a_batch_that_has_not_started_makes_no_other_move(kept: KeptBatches, move: str):
    batch = await kept.create(NewBatch("x", drafts(1)))
    with pytest.raises(Conflict, match="ready"):
        await kept.move(batch.id, move)


async def test_a_move_made_twice_is_made_once(kept: KeptBatches):
    batch = await started(kept, drafts(1))
    assert await kept.move(batch.id, "start") == batch
    await kept.move(batch.id, "pause")
    assert (await kept.move(batch.id, "pause")).state == "paused"


async def test_a_batch_without_a_draft_is_done_at_once(kept: KeptBatches):
    batch = await started(kept, [ReadRow("row 1", problems=(Problem("", "blank"),))])
    assert batch.state == "done"


async def test_batches_take_turns(kept: KeptBatches):
    large = await started(kept, drafts(100), "large")
    small = await started(kept, drafts(2), "small")
    taken = []
    for _ in range(4):
        claims = await kept.claim("a", 1, LEASE)
        taken.append(claims[0].batch)
        await asyncio.sleep(0.002)
    assert set(taken[:2]) == set(taken[2:]) == {large.id, small.id}


async def test_whether_a_model_is_asked_goes_with_the_claim(kept: KeptBatches):
    batch = await kept.create(NewBatch("x", drafts(1)))
    await kept.move(batch.id, "start", model=False)
    (claim,) = await kept.claim("a", 1, LEASE)
    assert not claim.model


async def test_rows_of_other_batches_stay_as_they_are(kept: KeptBatches):
    one, other = await started(kept, drafts(2), "one"), await started(kept, drafts(2), "other")
    claims = await kept.claim("a", 2, LEASE)
    await kept.finish("a", [done(claim) for claim in claims])
    untouched = other if claims[0].batch == one.id else one
    assert await states(kept, untouched) == ["waiting", "waiting"]


@pytest.mark.parametrize(
    ("statement", "found_by"),
    [
        (kept_batches._FINISH, "batch=? AND number=?"),
        (kept_batches._FINISH_SAME, "batch=? AND same_as=?"),
        (kept_batches._CLAIM, "batch=? AND number=?"),
        (kept_batches._HOLDERS, "batch=? AND number=?"),
        (kept_batches._SWEEP, "due<?"),
        (kept_batches._LATE, "due<?"),
    ],
    ids="finish same claim holders sweep late".split(),
)
async def test_no_statement_of_a_worker_looks_through_a_whole_batch(
    database: Database, path: Path, statement: TextClause, found_by: str
):
    asked = re.sub(r"IN \(__\[.*?\]\)", "IN (1, 2)", str(statement))
    with closing(sqlite3.connect(path)) as connection:
        names = dict.fromkeys(re.findall(r":(\w+)", asked), 1)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked}", names)]
    assert found_by in " ".join(plan)
    assert not [step for step in plan if step.startswith("SCAN batch_rows")]
