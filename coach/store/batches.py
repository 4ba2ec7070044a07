"""Batches and their rows: taken, held and finished by one statement each, so that two can't.

A worker takes rows by a conditional update, holds them for the time of a lease, and finishes what
it still holds: `sends` counts how often a row was taken, so whoever lost it and comes back late
changes nothing. No transaction is open while a draft is judged.
"""

import hashlib
import secrets
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.batch import (
    ATTEMPTS,
    LOSSES,
    Batch,
    BatchRow,
    BatchState,
    Claim,
    Counts,
    Done,
    Move,
    Outline,
    ReadRow,
    SheetRow,
)
from coach.errors import Conflict, NotFound, Problem
from coach.okr import Draft
from coach.ports import Batches, NewBatch
from coach.store.moment import now
from coach.store.schema import assessments, batch_rows, batches

if TYPE_CHECKING:
    from coach.store.assessments import Database

AUTHOR = "local"
# Whose an assessment of a batch is: not the manager's own writing, so no part of their growth.
OF_A_BATCH = "batch"
_AT_A_TIME = 200
_encode = msgspec.json.Encoder().encode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_problems = msgspec.json.Decoder(tuple[Problem, ...]).decode
_cells = msgspec.json.Decoder(tuple[SheetRow, ...]).decode
_draft = msgspec.json.Decoder(Draft).decode


class KeptBatches(Batches):
    """Keeps batches in a database that is open."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def create(self, new: NewBatch) -> Batch:
        key = secrets.token_urlsafe(12)
        async with self._database.transaction() as connection:
            if new.request is not None:
                sent = batches.c.request == new.request
                query = sql.select(batches.c.id, batches.c.digest).where(sent)
                if before := (await connection.execute(query)).one_or_none():
                    if before.digest != new.digest:
                        raise Conflict("That request was sent before with something else in it.")
                    return await _batch(connection, before.id)
            kept: dict[str, Any] = {
                "id": key,
                "created_at": now(),
                "author": AUTHOR,
                "state": "ready",
            }
            kept |= {"turn": 0, "running_since": 0, "done_before": 0}
            kept |= {"request": new.request, "digest": new.digest, **_read_as(new)}
            await connection.execute(sql.insert(batches), kept)
            await _insert(connection, key, new.rows)
            return await _batch(connection, key)

    async def reread(self, key: str, new: NewBatch) -> Batch:
        async with self._database.transaction() as connection:
            if (await _batch(connection, key)).state != "ready":
                raise Conflict("The batch has been started, so its columns stay as they are.")
            await connection.execute(sql.delete(batch_rows).where(_of(key)))
            await connection.execute(sql.update(batches).where(_is(key)).values(_read_as(new)))
            await _insert(connection, key, new.rows)
            return await _batch(connection, key)

    async def move(self, key: str, move: Move, *, model: bool | None = None) -> Batch:
        async with self._database.transaction() as connection:
            batch = await _batch(connection, key)
            before, after = _MOVES[move]
            if batch.state in before:
                said: dict[str, Any] = {"state": after}
                said |= {"running_since": _clock(), "done_before": batch.counts.done}
                said |= {} if model is None else {"model": int(model)}
                said |= {"started_at": now()} if batch.started_at is None else {}
                said |= {"ended_at": now() if after == "cancelled" else None}
                await connection.execute(sql.update(batches).where(_is(key)).values(said))
                if move in _ROWS:
                    await connection.execute(_ROWS[move], {"key": key, "now": _clock()})
                await _end(connection, key)
            elif batch.state != after and not (after == "running" and batch.state == "done"):
                raise Conflict(f"The batch is {batch.state}, so there is nothing to {move}.")
            return await _batch(connection, key)

    async def batch(self, key: str) -> Batch:
        async with self._database.transaction(read_only=True) as connection:
            return await _batch(connection, key)

    async def latest(self, most: int = 100) -> tuple[Batch, ...]:
        query = sql.select(batches).where(batches.c.author == AUTHOR)
        query = query.order_by(batches.c.created_at.desc(), batches.c.id).limit(most)
        async with self._database.transaction(read_only=True) as connection:
            found = (await connection.execute(query)).all()
            counted = await _count(connection, [row.id for row in found])
        return tuple(_as_batch(row, counted.get(row.id, {})) for row in found)

    async def rows(
        self, key: str, *, after: int = 0, most: int = 100, state: str | None = None
    ) -> tuple[BatchRow, ...]:
        query = sql.select(batch_rows).where(_of(key), batch_rows.c.number > after)
        if state is not None:
            query = query.where(batch_rows.c.state == state)
        async with self._database.transaction(read_only=True) as connection:
            await _batch(connection, key)
            found = await connection.execute(query.order_by(batch_rows.c.number).limit(most))
            return tuple(map(_as_row, found))

    async def row(self, key: str, number: int) -> BatchRow:
        found = await self.rows(key, after=number - 1, most=1)
        if not found or found[0].number != number:
            raise NotFound("There is no row of that number in this batch.")
        return found[0]

    async def documents(self, keys: Sequence[str]) -> dict[str, bytes]:
        query = sql.select(assessments.c.id, assessments.c.document)
        async with self._database.transaction(read_only=True) as connection:
            found = await connection.execute(query.where(assessments.c.id.in_(keys)))
            return {key: document.encode() for key, document in found}

    async def annotate(self, key: str, number: int, note: str) -> None:
        noted = sql.update(batch_rows).where(_of(key), batch_rows.c.number == number)
        async with self._database.transaction() as connection:
            if not (await connection.execute(noted.values(note=note))).rowcount:
                raise NotFound("There is no row of that number in this batch.")

    async def waiting(self) -> bool:
        async with self._database.transaction(read_only=True) as connection:
            return (await connection.execute(_NEXT, {"now": _clock()})).first() is not None

    async def claim(self, worker: str, most: int, lease: float) -> tuple[Claim, ...]:
        at = _clock()
        asked = {"worker": worker, "now": at, "until": at + int(lease * 1000)}
        async with self._database.transaction() as connection:
            chosen = (await connection.execute(_NEXT, asked)).one_or_none()
            if chosen is None:
                return ()
            key, model, fresh = chosen
            asked |= {"key": key, "most": most if fresh else 1, "tried": 0 if fresh else LOSSES}
            taken = await connection.execute(_CLAIM, asked)
            claims = [Claim(key, row.number, row.sends, row.draft, bool(model)) for row in taken]
            await connection.execute(sql.update(batches).where(_is(key)).values(turn=at))
        return tuple(sorted(claims, key=lambda claim: claim.number))

    async def renew(self, worker: str, lease: float) -> None:
        held = sql.update(batch_rows).where(_HELD, batch_rows.c.worker == worker)
        async with self._database.transaction() as connection:
            await connection.execute(held.values(due=_clock() + int(lease * 1000)))

    async def finish(self, worker: str, results: Sequence[Done]) -> int:
        landed: list[Done] = []
        async with self._database.transaction() as connection:
            for key in dict.fromkeys(done.claim.batch for done in results):
                of_it = [done for done in results if done.claim.batch == key]
                numbers = {"key": key, "numbers": [done.claim.number for done in of_it]}
                still = {
                    row.number: (row.worker, row.sends)
                    for row in await connection.execute(_HOLDERS, numbers)
                }
                mine = [d for d in of_it if still.get(d.claim.number) == (worker, d.claim.sends)]
                if mine:
                    await connection.execute(sql.insert(assessments), [*map(_document, mine)])
                    said = [*map(_finished, mine)]
                    await connection.execute(_FINISH, said)
                    await connection.execute(_FINISH_SAME, said)
                    await _end(connection, key)
                landed += mine
        return len(landed)

    async def fail(self, worker: str, claim: Claim, problem: Problem) -> None:
        said = _mine(worker, claim) | {"why": _encode((problem,)).decode(), "now": _clock()}
        async with self._database.transaction() as connection:
            await connection.execute(_FAIL, said)
            await connection.execute(_FAIL_SAME, said)
            await _end(connection, claim.batch)

    async def release(self, worker: str, claims: Sequence[Claim]) -> None:
        if not claims:
            return
        async with self._database.transaction() as connection:
            await connection.execute(_RELEASE, [_mine(worker, claim) for claim in claims])
            for key in dict.fromkeys(claim.batch for claim in claims):
                await connection.execute(_CALL_OFF, {"key": key})

    async def leave(self, worker: str) -> None:
        held = sql.select(batch_rows.c.batch, batch_rows.c.number, batch_rows.c.sends)
        async with self._database.transaction(read_only=True) as connection:
            found = await connection.execute(held.where(_HELD, batch_rows.c.worker == worker))
            claims = [Claim(key, number, sends, "", False) for key, number, sends in found]
        await self.release(worker, claims)

    async def sweep(self) -> int:
        asked = {"now": _clock(), "why": _encode((_GIVEN_UP,)).decode()}
        async with self._database.transaction(read_only=True) as connection:
            late = set((await connection.execute(_LATE, asked)).scalars())
        if not late:
            return 0
        async with self._database.transaction() as connection:
            swept = (await connection.execute(_SWEEP, asked)).rowcount
            for key in late:
                await connection.execute(_FAIL_SAME, {"key": key, "why": asked["why"]})
                await connection.execute(_CALL_OFF, {"key": key})
                await _end(connection, key)
        return swept


# --- rows in and out --------------------------------------------------------------------------


def _clock() -> int:
    """Return the time that workers on several machines share: ms of the epoch.

    A clock that jumps lets a row be taken twice at worst, and what is brought twice counts once.
    """
    return int(time.time() * 1000)


def _read_as(new: NewBatch) -> dict[str, Any]:
    return {
        "name": new.name,
        "model": int(new.model),
        "headings": _encode(new.headings).decode(),
        "columns": _encode(new.columns).decode(),
        "notes": _encode(new.notes).decode(),
        "different": len({_encode(row.draft) for row in new.rows if row.draft is not None}),
    }


async def _insert(connection: AsyncConnection, key: str, rows: Sequence[ReadRow]) -> None:
    keeping = _to_keep(key, rows)
    while some := [*islice(keeping, _AT_A_TIME)]:  # others have their turn in between
        await connection.execute(sql.insert(batch_rows), some)


def _to_keep(key: str, rows: Sequence[ReadRow]) -> Iterator[dict[str, Any]]:
    first: dict[bytes, int] = {}
    fresh = f"r{secrets.token_hex(4)}"
    given: set[str] = set()
    for number, row in enumerate(rows, 1):
        id = row.id if row.id and row.id not in given else f"{fresh}-{number}"
        given.add(id)
        draft = None if row.draft is None else _encode(row.draft)
        same_as = None
        if draft is not None:
            same_as = first.setdefault(hashlib.sha256(draft).digest(), number)
        yield {
            "batch": key,
            "number": number,
            "id": id,
            "place": row.place,
            "state": "invalid" if draft is None else "waiting",
            "same_as": None if same_as == number else same_as,
            "sends": 0,
            "attempts": 0,
            "due": 0,
            "criteria": "",
            "objective": row.draft.objective if row.draft else "",
            "team": (row.draft.context.team if row.draft else None) or "",
            "owner": (row.draft.context.owner if row.draft else None) or "",
            "note": row.note,
            "problems": _encode(row.problems).decode(),
            "draft": None if draft is None else draft.decode(),
            "cells": _encode(row.cells).decode(),
        }


def _as_row(kept: sql.Row[Any]) -> BatchRow:
    scored = kept.state == "done"
    return BatchRow(
        number=kept.number,
        id=kept.id,
        place=kept.place,
        state=kept.state,
        draft=None if kept.draft is None else _draft(kept.draft),
        problems=_problems(kept.problems),
        same_as=kept.same_as,
        attempts=kept.attempts,
        assessment=kept.assessment,
        outline=Outline(
            kept.overall,
            kept.clarity,
            kept.ambition,
            kept.measurability,
            kept.purpose,
            tuple(kept.criteria.split()),
        )
        if scored
        else None,
        note=kept.note,
        cells=_cells(kept.cells),
    )


def _document(done: Done) -> dict[str, Any]:
    scored = done.scored
    return {
        "id": scored.id,
        "created_at": scored.created_at,
        "author": OF_A_BATCH,
        "overall": scored.outline.overall,
        "rubrics": scored.rubrics,
        "profile": scored.profile,
        "document": scored.document,
        "came_from": None,
        "first": scored.id,
    }


def _finished(done: Done) -> dict[str, Any]:
    outline = done.scored.outline
    return {
        "key": done.claim.batch,
        "of": done.claim.number,
        "kept_as": done.scored.id,
        "overall_is": outline.overall,
        "clarity_is": outline.clarity,
        "ambition_is": outline.ambition,
        "measurability_is": outline.measurability,
        "purpose_is": outline.purpose,
        "criteria_are": f" {' '.join(outline.criteria)} " if outline.criteria else "",
    }


def _mine(worker: str, claim: Claim) -> dict[str, Any]:
    return {"key": claim.batch, "of": claim.number, "by": worker, "send": claim.sends}


# --- a batch as it stands ---------------------------------------------------------------------


async def _batch(connection: AsyncConnection, key: str) -> Batch:
    found = (await connection.execute(sql.select(batches).where(_is(key)))).one_or_none()
    if found is None:
        raise NotFound("No batch is kept under this address.")
    counted = await _count(connection, [found.id])
    return _as_batch(found, counted.get(found.id, {}))


async def _count(connection: AsyncConnection, keys: list[str]) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for key, state, count in await connection.execute(_COUNTS, {"keys": keys}):
        counted.setdefault(key, {})[state] = count
    return counted


def _as_batch(kept: sql.Row[Any], counted: dict[str, int]) -> Batch:
    counts = Counts(**counted)
    rate = None
    if kept.state == "running" and counts.done > kept.done_before:
        seconds = max(0.05, (_clock() - kept.running_since) / 1000)
        rate = round((counts.done - kept.done_before) / seconds, 2) or None
    return Batch(
        id=kept.id,
        name=kept.name,
        state=kept.state,
        created_at=kept.created_at,
        counts=counts,
        rate=rate,
        seconds_left=round(counts.ahead / rate) if rate else None,
        different=kept.different,
        headings=_texts(kept.headings),
        columns=_texts(kept.columns),
        notes=_texts(kept.notes),
        model=bool(kept.model),
        started_at=kept.started_at,
        ended_at=kept.ended_at,
    )


async def _end(connection: AsyncConnection, key: str) -> None:
    """Call a batch done that runs and has nothing ahead."""
    await connection.execute(_END, {"key": key, "at": now()})


# --- statements -------------------------------------------------------------------------------

_GIVEN_UP = Problem(
    "",
    f"scoring this row ended {LOSSES} times before it was through; try it again, or score it by "
    "itself to see more",
)
# From which states a move leads, and where to.
_MOVES: dict[Move, tuple[tuple[BatchState, ...], BatchState]] = {
    "start": (("ready",), "running"),
    "pause": (("running",), "paused"),
    "resume": (("paused",), "running"),
    "cancel": (("ready", "running", "paused"), "cancelled"),
    "retry": (("running", "paused", "done", "cancelled"), "running"),
}
_ROWS: dict[Move, sql.Executable] = {
    "cancel": sql.text(
        "UPDATE batch_rows SET state = 'cancelled' WHERE batch = :key AND state = 'waiting'"
    ),
    "retry": sql.text(
        "UPDATE batch_rows SET state = 'waiting', attempts = 0, problems = '[]', due = :now"
        " WHERE batch = :key AND state IN ('failed', 'cancelled')"
    ),
}
_COUNTS = (
    sql.select(batch_rows.c.batch, batch_rows.c.state, sql.func.count())
    .where(batch_rows.c.batch.in_(sql.bindparam("keys", expanding=True)))
    .group_by(batch_rows.c.batch, batch_rows.c.state)
)
_HELD = batch_rows.c.state == "running"


def _is(key: str) -> sql.ColumnElement[bool]:
    return batches.c.id == key


def _of(key: str) -> sql.ColumnElement[bool]:
    return batch_rows.c.batch == key


# The batch whose turn is longest ago of those with rows that wait; whether any of them is fresh.
_NEXT = sql.text("""
SELECT id, model, EXISTS (
    SELECT 1 FROM batch_rows WHERE batch = batches.id AND state = 'waiting' AND attempts = 0
    AND same_as IS NULL
) FROM batches WHERE state = 'running' AND EXISTS (
    SELECT 1 FROM batch_rows WHERE batch = batches.id AND state = 'waiting' AND same_as IS NULL
    AND due <= :now
) ORDER BY turn LIMIT 1
""")
# Rows that came to nothing before come last, one by one: one of them may be what ends a worker.
# Joined, and the state not bare: else all that wait are looked through for each few that are taken.
_CLAIM = sql.text("""
UPDATE batch_rows SET state = 'running', worker = :worker, sends = sends + 1, due = :until
FROM (
    SELECT number AS chosen FROM batch_rows WHERE batch = :key AND state = 'waiting'
    AND same_as IS NULL AND due <= :now AND attempts <= :tried
    ORDER BY attempts, number LIMIT :most
) AS next
WHERE batch = :key AND number = chosen AND coalesce(state, '') = 'waiting'
RETURNING number, sends, draft
""")
_HOLDERS = sql.text(
    "SELECT number, worker, sends FROM batch_rows WHERE batch = :key AND state = 'running'"
    " AND number IN :numbers"
).bindparams(sql.bindparam("numbers", expanding=True))
_SCORED = """
UPDATE batch_rows SET state = 'done', worker = NULL, assessment = :kept_as, problems = '[]',
    overall = :overall_is, clarity = :clarity_is, ambition = :ambition_is,
    measurability = :measurability_is, purpose = :purpose_is, criteria = :criteria_are
WHERE batch = :key AND
"""
# Two statements: with an "or" the database would look through the whole batch for every row.
_FINISH = sql.text(f"{_SCORED} number = :of")
_FINISH_SAME = sql.text(f"{_SCORED} same_as = :of")
_OWN = "batch = :key AND number = :of AND worker = :by AND sends = :send AND state = 'running'"
_FAIL = sql.text(
    f"UPDATE batch_rows SET attempts = attempts + 1, worker = NULL, problems = :why, due = :now,"  # noqa: S608 - the parts are ours
    f" state = CASE WHEN attempts + 1 < {ATTEMPTS} THEN 'waiting' ELSE 'failed' END WHERE {_OWN}"
)
# What is scored with another row fails with it.
_FAIL_SAME = sql.text("""
UPDATE batch_rows SET state = 'failed', problems = :why
WHERE batch = :key AND state = 'waiting' AND same_as IN (
    SELECT number FROM batch_rows WHERE batch = :key AND state = 'failed'
)
""")
_RELEASE = sql.text(
    f"UPDATE batch_rows SET state = 'waiting', worker = NULL, due = 0 WHERE {_OWN}"  # noqa: S608 - the parts are ours
)
# What comes back to a batch that was cancelled meanwhile waits for nobody.
_CALL_OFF = sql.text("""
UPDATE batch_rows SET state = 'cancelled' WHERE batch = :key AND state = 'waiting'
AND (SELECT state FROM batches WHERE id = :key) = 'cancelled'
""")
_LATE = sql.text("SELECT batch FROM batch_rows WHERE state = 'running' AND due < :now")
_SWEEP = sql.text(
    "UPDATE batch_rows SET attempts = attempts + 1, worker = NULL,"  # noqa: S608 - the parts are ours
    f" problems = CASE WHEN attempts + 1 < {LOSSES} THEN problems ELSE :why END,"
    f" state = CASE WHEN attempts + 1 < {LOSSES} THEN 'waiting' ELSE 'failed' END"
    " WHERE state = 'running' AND due < :now"
)
_END = sql.text("""
UPDATE batches SET state = 'done', ended_at = :at WHERE id = :key AND state = 'running'
AND NOT EXISTS (
    SELECT 1 FROM batch_rows WHERE batch = :key AND state IN ('waiting', 'running')
)
""")
