"""What is kept stays kept, whole and once, whatever happens to the process or its disk."""

import asyncio
import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import event

from coach.assessment import Assessment
from coach.dismissal import Dismissal
from coach.errors import BadConfiguration, NotFound, StoreUnavailable
from coach.store import Database, schema
from coach.store.writer import Writer

# As the first release wrote it. It is never changed: this is what people have kept.
FIRST_RELEASE = """{"draft":{"objective":"Parcels arrive when promised","key_results":["Late parcels
 from 9 % to 4 %",{"text":"Claims from 40 to 25","owner":"Ana","source":null}],"context":{"why":
"People wait at home","purpose":null,"parent":null,"priority":null,"cycle":"2027-Q2","type":
"committed","team":null,"owner":null}},"readings":[{"line":"kr1","kind":"metric","direction":"down",
"metric":"Late parcels","baseline":9.0,"target":4.0,"change":null,"bound":null,"upper":null,"per":
null,"unit":"%","deadline":null,"parts":{"baseline":{"start":18,"end":21}},"notes":["as read"]}],
"findings":[{"criterion":"no-evidence","rubric":"measurability","severity":"hint","line":"kr1",
"span":{"start":0,"end":4},"quote":"Late","message":"m","why":"w","question":"q","source":"s","by":
"rule"}],"scores":{"clarity":{"value":100,"band":"strong","judged":1.0,"cap":null},"ambition":{
"value":null,"band":null,"judged":0.0,"cap":null},"measurability":{"value":74,"band":"fair",
"judged":0.9,"cap":74},"purpose":{"value":40,"band":"weak","judged":0.5,"cap":null}},"overall":{
"value":71,"band":"fair"},"rewrites":[{"angle":"a","objective":"o","key_results":["k [target]"],
"blanks":["[target]"],"mends":["no-target"],"scores":{"clarity":{"value":100,"band":"strong",
"judged":1.0,"cap":null},"ambition":{"value":null,"band":null,"judged":0.0,"cap":null},
"measurability":{"value":90,"band":"strong","judged":0.9,"cap":null},"purpose":{"value":40,"band":
"weak","judged":0.5,"cap":null}},"overall":{"value":77,"band":"fair"},"by":"rule"}],"unjudged":[{
"criterion":"thin-why","reason":"r"}],"notes":["n"],"versions":{"coach":"0.1.0","rubrics":"abc",
"profile":"default","prompts":null,"model":null},"id":"AAAAAAAAAAAAAAAA","created_at":
"2026-11-24T04:15:22.682Z"}"""
KEPT = msgspec.json.decode(json.dumps(json.loads(FIRST_RELEASE, strict=False)), type=Assessment)
ASSESSMENT = replace(KEPT, id=msgspec.UNSET, created_at=msgspec.UNSET)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "coach.sqlite3"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Database]:
    database = Database(path, patience=0.2)
    await database.open()
    yield database
    await database.close()


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


async def refused(store: Database) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        await store.save(ASSESSMENT)
    return str(caught.value)


# --- kept and found again -------------------------------------------------------------------


async def test_kept_assessment_is_found_as_it_was(store: Database) -> None:
    kept = await store.save(ASSESSMENT)
    assert kept == replace(ASSESSMENT, id=kept.id, created_at=kept.created_at)
    assert await store.get(kept.id) == kept


async def test_later_state_takes_the_place_of_the_first(store: Database, path: Path) -> None:
    first = await store.save(ASSESSMENT)
    other = await store.save(ASSESSMENT)
    for note in ("judged", "rewritten"):
        later = await store.update(first.id, replace(ASSESSMENT, notes=(note,)))
    assert (later.id, later.created_at) == (first.id, first.created_at)
    assert await store.get(first.id) == later == replace(first, notes=("rewritten",))
    assert await store.document(first.id) == msgspec.json.encode(later)
    assert await store.get(other.id) == other
    lower = replace(ASSESSMENT, overall=replace(ASSESSMENT.overall, value=3))
    await store.update(first.id, lower)
    assert ask(path, "SELECT min(overall), count(*) FROM assessments") == [(3, 2)]


async def test_nothing_is_updated_that_is_not_kept(store: Database, path: Path) -> None:
    with pytest.raises(NotFound):
        await store.update("A" * 16, ASSESSMENT)
    assert ask(path, "SELECT count(*) FROM assessments") == [(0,)]


async def test_states_saved_and_updated_together_share_their_commits(store: Database) -> None:
    kept = await asyncio.gather(*(store.save(ASSESSMENT) for _ in range(20)))
    later = await asyncio.gather(
        *(store.update(each.id, replace(each, notes=(each.id,))) for each in kept),
        *(store.save(ASSESSMENT) for _ in range(20)),
    )
    assert [(await store.get(each.id)).notes for each in kept] == [(each.id,) for each in kept]
    assert len(later) == 40


async def test_ids_can_not_be_guessed_from_each_other(store: Database) -> None:
    ids = {(await store.save(ASSESSMENT)).id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(each) == 16 for each in ids)  # 96 random bits
    assert len({each[0] for each in ids}) > 10


@pytest.mark.parametrize("key", ["", "a" * 16, "a\0" * 8, "\ud800" * 16, "' OR 1=1 --", "a" * 9999])
async def test_unknown_ids_are_not_found(store: Database, key: str) -> None:
    await store.save(ASSESSMENT)
    with pytest.raises(NotFound):
        await store.get(key)


async def test_other_programs_can_read_the_file(store: Database, path: Path) -> None:
    await store.save(ASSESSMENT)
    columns = "author, overall, json_extract(document, '$.draft.objective')"
    expected = ("local", ASSESSMENT.overall.value, "Parcels arrive when promised")
    assert ask(path, f"SELECT {columns} FROM assessments") == [expected]  # noqa: S608 - ours


@pytest.mark.skipif(os.name != "posix", reason="file modes are a custom of POSIX")
async def test_nobody_else_may_read_the_file(store: Database, path: Path) -> None:
    await store.save(ASSESSMENT)
    files = [path.parent, *path.parent.iterdir()]
    assert len(files) > 1
    assert all(not stat.S_IMODE(each.stat().st_mode) & 0o077 for each in files)


async def test_answer_comes_after_its_commit_is_on_disk(store: Database, path: Path) -> None:
    await store.save(ASSESSMENT)
    async with store.transaction() as connection:
        pragmas = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_database_of_another_make_is_refused_with_the_way_out(tmp_path: Path) -> None:
    for url in ("nonsense", "postgresql+asyncpg://db/coach", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(BadConfiguration, match="COACH_DATABASE_URL"):
            Database.at(url)
    assert Database.at(f"sqlite:///{tmp_path}/x")._path == tmp_path / "x"


# --- many at once ---------------------------------------------------------------------------


async def test_rows_that_come_together_share_a_commit() -> None:
    groups: list[list[int]] = []

    async def write(rows: list[int]) -> None:
        groups.append(rows)
        await asyncio.sleep(0.01)

    writer = Writer(write)
    await asyncio.gather(*(writer.put(number) for number in range(100)))
    assert [row for group in groups for row in group] == list(range(100))
    assert len(groups) <= 2


async def test_rows_that_come_turn_after_turn_share_a_commit() -> None:
    groups: list[list[int]] = []

    async def write(rows: list[int]) -> None:
        groups.append(rows)

    async def put_after(turns: int) -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        await writer.put(turns)

    writer = Writer(write)
    await asyncio.gather(*map(put_after, range(5)))
    assert groups == [[0, 1, 2, 3, 4]]


async def test_row_that_nobody_waits_for_goes_with_the_next_or_soon_by_itself() -> None:
    groups: list[list[str]] = []
    alone = asyncio.Event()

    async def write(rows: list[str]) -> None:
        groups.append(rows)
        if rows == ["alone"]:
            alone.set()

    writer = Writer(write)
    writer.hand_in("behind")
    await writer.put("waited for")
    assert groups == [["behind", "waited for"]]
    writer.hand_in("alone")
    await asyncio.wait_for(alone.wait(), 5)
    writer.hand_in("last")
    await writer.finish()
    assert groups[1:] == [["alone"], ["last"]]


async def test_every_acknowledged_row_is_there(store: Database, path: Path) -> None:
    kept = await asyncio.gather(*(store.save(ASSESSMENT) for _ in range(300)))
    assert {key for (key,) in ask(path, "SELECT id FROM assessments")} == {a.id for a in kept}


async def test_failure_is_told_to_everyone_in_the_group_and_to_nobody_else() -> None:
    async def write(rows: list[str]) -> None:
        await asyncio.sleep(0)
        if "bad" in rows:
            raise StoreUnavailable("full")

    writer = Writer(write)
    first = [writer.put(row) for row in ("a", "bad", "b")]
    said = await asyncio.gather(*first, return_exceptions=True)
    assert [type(each) for each in said] == [StoreUnavailable] * 3
    await writer.put("c")


async def test_whoever_leaves_takes_nobody_along() -> None:
    written: list[int] = []
    go = asyncio.Event()

    async def write(rows: list[int]) -> None:
        await go.wait()
        written.extend(rows)

    writer = Writer(write)
    puts = [asyncio.create_task(writer.put(number)) for number in range(3)]
    await asyncio.sleep(0)
    puts[1].cancel()
    go.set()
    said = await asyncio.wait_for(asyncio.gather(*puts, return_exceptions=True), 5)
    assert isinstance(said[1], asyncio.CancelledError)
    assert said[::2] == [None, None]
    assert written == [0, 1, 2]


async def test_too_many_waiting_is_told_at_once() -> None:
    go, begun = asyncio.Event(), asyncio.Event()

    async def write(rows: list[int]) -> None:
        begun.set()
        await go.wait()

    writer = Writer(write, limit=2)
    puts = [asyncio.create_task(writer.put(0))]
    await begun.wait()  # the first is being written now and waits no more
    puts += [asyncio.create_task(writer.put(number)) for number in (1, 2)]
    await asyncio.sleep(0)
    with pytest.raises(StoreUnavailable, match="waiting"):
        await writer.put(3)
    go.set()
    await asyncio.gather(*puts)


async def test_closing_keeps_what_still_waits(path: Path) -> None:
    store = Database(path)
    await store.open()
    saves = [asyncio.create_task(store.save(ASSESSMENT)) for _ in range(20)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*saves)
    assert ask(path, "SELECT count(*) FROM assessments") == [(20,)]


# --- when the disk or the database fails ----------------------------------------------------


async def test_locked_database_is_unavailable_then_available(store: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked" in await refused(store)
        with pytest.raises(StoreUnavailable):
            await store.check()
    await store.save(ASSESSMENT)


async def test_full_disk_keeps_nothing_half(store: Database, path: Path) -> None:
    kept = await store.save(ASSESSMENT)
    with disk_full(path):
        failed = await asyncio.gather(
            *(store.save(ASSESSMENT) for _ in range(50)), return_exceptions=True
        )
    assert {type(each) for each in failed} == {StoreUnavailable}
    after = await store.save(ASSESSMENT)
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert {key for (key,) in ask(path, "SELECT id FROM assessments")} == {kept.id, after.id}


@contextmanager
def disk_full(path: Path) -> Iterator[None]:
    """Let no file of this process grow beyond the database's log as it is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = path.with_name(path.name + "-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_read_only_database_still_shows_what_is_kept(path: Path) -> None:
    first = Database(path)
    await first.open()
    kept = await first.save(ASSESSMENT)
    await first.close()
    store = Database(path)

    @event.listens_for(store._engine.sync_engine, "connect")
    def forbid(connection: sqlite3.Connection, _: object) -> None:
        connection.cursor().execute("PRAGMA query_only=ON")

    assert "readonly" in await refused(store)
    assert await store.get(kept.id) == kept
    await store.close()


async def test_deleted_database_takes_no_more_and_says_so(store: Database, path: Path) -> None:
    kept = await store.save(ASSESSMENT)
    path.unlink()
    assert "not there" in await refused(store)
    with pytest.raises(StoreUnavailable):
        await store.get(kept.id)
    assert not path.exists()


async def test_restored_database_is_used_from_then_on(store: Database, path: Path) -> None:
    early = await store.save(ASSESSMENT)
    with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(f"{path}.bak")) as there:
        here.backup(there)
    late = await store.save(ASSESSMENT)
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink()
    shutil.move(f"{path}.bak", path)
    assert await store.get(early.id) == early
    with pytest.raises(NotFound):
        await store.get(late.id)


async def test_file_that_is_no_database_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        await Database(path).open()


async def test_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="can't be opened"):
        await Database(tmp_path / "file" / "coach.sqlite3").open()


async def test_errors_name_no_draft(store: Database, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE assessments")
    with pytest.raises(StoreUnavailable) as caught:
        await store.save(ASSESSMENT)
    cause = caught.value.__cause__
    assert "Parcels" not in f"{caught.value} {cause} {cause.__context__ if cause else ''}"


# --- starting -------------------------------------------------------------------------------


def test_starters_at_once_all_start(path: Path) -> None:
    barrier = Barrier(8)

    async def start() -> None:
        store = Database(path)
        barrier.wait()
        await store.open()
        await store.close()

    with ThreadPoolExecutor(8) as threads:
        for started in [threads.submit(asyncio.run, start()) for _ in range(8)]:
            started.result()
    assert ask(path, "SELECT count(*) FROM schema_steps") == [(len(schema.STEPS),)]


def test_killed_process_loses_nothing_it_acknowledged(path: Path) -> None:
    program = """
import asyncio, sys
from pathlib import Path
import msgspec
from coach.assessment import Assessment
from coach.store import Database

async def main():
    store = Database(Path(sys.argv[1]))
    await store.open()
    assessment = msgspec.json.decode(sys.stdin.read(), type=Assessment)
    async def save():
        while True:
            print((await store.save(assessment)).id, flush=True)
    await asyncio.gather(*(save() for _ in range(8)))

asyncio.run(main())
"""
    command = [sys.executable, "-c", program, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(msgspec.json.encode(ASSESSMENT).decode())
        process.stdin.close()
        acknowledged = [next(process.stdout).strip() for _ in range(100)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in process.stdout if len(line) == 17]
    assert {key for (key,) in ask(path, "SELECT id FROM assessments")} >= set(acknowledged)
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


async def test_start_cut_short_is_taken_up_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = (*schema.STEPS, ("CREATE TABLE more (id TEXT)", "CREATE TABLE broken"))
    monkeypatch.setattr(schema, "STEPS", steps)
    store = Database(path)
    with pytest.raises(StoreUnavailable):
        await store.open()
    assert ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'") == []
    monkeypatch.undo()
    await store.open()
    await store.save(ASSESSMENT)
    await store.close()


async def test_older_database_is_led_to_the_newest_tables(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = Database(path)
    await older.open()
    kept = await older.save(ASSESSMENT)
    await older.close()
    step = ("ALTER TABLE assessments ADD COLUMN team TEXT",)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, step))
    newer = Database(path)
    await newer.open()
    assert await newer.get(kept.id) == kept
    await newer.close()
    assert ask(path, "SELECT team FROM assessments") == [(None,)]


async def test_newer_database_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = Database(path)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, ("CREATE TABLE more (id TEXT)",)))
    await newer.open()
    await newer.close()
    monkeypatch.undo()
    with pytest.raises(StoreUnavailable, match="newer version"):
        await Database(path).open()


async def test_steps_lead_to_the_tables_that_are_used(store: Database, path: Path) -> None:
    await store.check()
    for table in schema.metadata.tables.values():
        made = {
            (name, kind, bool(needed), bool(key))
            for _, name, kind, needed, _, key in ask(path, f"PRAGMA table_info({table.name})")
        }
        assert made == {
            (each.name, str(each.type), not each.nullable, each.primary_key)
            for each in table.columns
        }


# --- documents outlive the program that wrote them ------------------------------------------


async def test_document_of_the_first_release_still_opens(store: Database, path: Path) -> None:
    document = json.dumps(json.loads(FIRST_RELEASE, strict=False))
    row = (KEPT.id, KEPT.created_at, "local", 71, "abc", "default", document)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO assessments (id, created_at, author, overall, rubrics, profile, document)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
    opened = await store.get("AAAAAAAAAAAAAAAA")
    assert opened.draft.sentences == ("Late parcels\n from 9 % to 4 %", "Claims from 40 to 25")
    assert opened.rewrites[0].blanks == ("[target]",)
    assert await store.document("AAAAAAAAAAAAAAAA") == document.encode()


# --- an author's own ------------------------------------------------------------------------


async def test_versions_of_a_draft_are_found_from_any_of_them_oldest_first(store: Database) -> None:
    first = await store.save(ASSESSMENT)
    other = await store.save(ASSESSMENT)
    second = await store.save(ASSESSMENT, str(first.id))
    third = await store.save(ASSESSMENT, str(second.id))
    for one in (first, second, third):
        assert await store.versions(str(one.id)) == (first, second, third)
    assert await store.versions(str(other.id)) == (other,)
    assert await store.versions("AAAAAAAAAAAAAAAA") == ()


async def test_first_tries_are_those_that_came_from_nothing(store: Database) -> None:
    first = await store.save(ASSESSMENT)
    await store.save(ASSESSMENT, str(first.id))
    orphan = await store.save(ASSESSMENT, "AAAAAAAAAAAAAAAA")
    assert await store.first_tries() == (first, orphan)


async def test_what_an_older_release_kept_is_the_first_version_of_its_draft(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = Database(path)
    with monkeypatch.context() as then:
        then.setattr(schema, "STEPS", schema.STEPS[:3])
        await older.open()
    kept = await older.save(ASSESSMENT)
    await older.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM schema_steps WHERE step > 2")
        connection.execute("DROP TABLE dismissals")
        connection.execute("DROP INDEX assessments_by_draft")
        connection.execute("DROP INDEX first_tries")
        for column in ("came_from", "first"):
            connection.execute(f"ALTER TABLE assessments DROP COLUMN {column}")
    newer = Database(path)
    await newer.open()
    assert await newer.versions(str(kept.id)) == (kept,)
    assert await newer.first_tries() == (kept,)
    await newer.close()


async def test_what_is_put_aside_stays_so_until_it_is_taken_up(store: Database) -> None:
    put = [Dismissal("a" * 32, "no-target"), Dismissal("b" * 32, "no-target", "we measure it")]
    await store.put_aside(put)
    await store.put_aside(put[:1] * 2)
    asked = ["a" * 32, "b" * 32, "c" * 32]
    assert await store.aside(asked) == {"a" * 32, "b" * 32}
    await store.take_up(["a" * 32])
    assert await store.aside(asked) == {"b" * 32}
    assert await store.aside([]) == frozenset()
