"""The database: a file of SQLite, and in it the assessments by their id, as they were given out."""

import re
import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sql
from msgspec.structs import replace
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.assessment import Assessment
from coach.dismissal import Dismissal
from coach.errors import BadConfiguration, NotFound, StoreUnavailable
from coach.ports import Store
from coach.spending import Usage
from coach.store import ledger
from coach.store.batches import KeptBatches
from coach.store.moment import now
from coach.store.schema import assessments, dismissals, migrate
from coach.store.sqlite import identity, make_file, sqlite_engine
from coach.store.writer import Writer

AUTHOR = "local"
# Of a draft the latest versions, of an author the latest drafts: more than anybody looks through.
_LATEST = 300
_ID = re.compile(r"[A-Za-z0-9_-]{16}")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Assessment).decode


class Write:
    """A statement with its values.

    With `landed`, a query for which of some `ids` are there, `done` tells whether its row is.
    """

    __slots__ = ("done", "landed", "statement", "values")

    def __init__(
        self,
        statement: sql.Executable,
        values: dict[str, Any],
        landed: sql.Executable | None = None,
    ) -> None:
        self.statement = statement
        self.values = values
        self.landed = landed
        self.done = True


class Database(Store):
    """Keeps assessments in SQLite; `transaction` and `write` serve what else is kept there."""

    def __init__(self, path: Path, patience: float = 5) -> None:
        self._path = path
        self._engine = sqlite_engine(path, patience)
        self._reading = self._engine.execution_options(read_only=True)
        self._writer = Writer(self._write)
        self._file: object = None

    @property
    def batches(self) -> KeptBatches:
        """The batches that are kept here."""
        return KeptBatches(self)

    @property
    def place(self) -> str:
        """The name of the file."""
        return f"the SQLite file {self._path.name}"

    @classmethod
    def at(cls, url: str) -> "Database":
        """Return the database at an SQLAlchemy address; SQLite files are what there is so far."""
        try:
            read = make_url(url)
        except ArgumentError as error:
            raise BadConfiguration(
                "COACH_DATABASE_URL is not an address; expected: sqlite:///…"
            ) from error
        in_a_file = read.database not in (None, "", ":memory:")
        if read.get_backend_name() != "sqlite" or not in_a_file or read.query:
            raise BadConfiguration(
                "COACH_DATABASE_URL: only a file of SQLite is supported: sqlite:////path/to/file"
            )
        return cls(Path(str(read.database)))

    async def open(self) -> None:
        """Make the database, or lead an older one to today's tables."""
        try:
            make_file(self._path)
        except OSError as error:
            raise StoreUnavailable(
                f"The database {self._path} can't be opened: {error.strerror}."
            ) from error
        try:
            async with self.transaction() as connection:
                await migrate(connection)
        except StoreUnavailable:
            await self._engine.dispose()
            raise

    async def close(self) -> None:
        """Keep what is still waiting, then let go of the database."""
        await self._writer.finish()
        await self._engine.dispose()

    async def save(self, assessment: Assessment, came_from: str | None = None) -> Assessment:
        """Return the assessment with the id and the time it is kept under, once that is durable."""
        kept = replace(assessment, id=secrets.token_urlsafe(12), created_at=now())
        whose = {"created_at": kept.created_at, "author": AUTHOR, "came_from": came_from}
        await self.write(_INSERT, _row(kept) | whose)
        return kept

    async def update(self, key: str, assessment: Assessment) -> Assessment:
        """Keep a later state of an assessment in place of the one of that id; NotFound if none."""
        first = await self._column(assessments.c.created_at, key)
        kept = replace(assessment, id=key, created_at=first)
        await self.write(_UPDATE, _row(kept) | {"key": key})
        return kept

    async def document(self, key: str) -> bytes:
        """Return an assessment as it was last given out, byte for byte; NotFound if none."""
        return (await self._column(assessments.c.document, key)).encode()

    async def get(self, key: str) -> Assessment:
        """Return an assessment; NotFound where there is none."""
        return _decode(await self.document(key))

    async def check(self) -> None:
        """Return if the database can be read and written now."""
        async with self.transaction() as connection:
            await connection.execute(sql.select(assessments.c.id).limit(1))

    async def usage(self, days: int) -> Usage:
        """Return what asking a language model took in the last days, today included."""
        async with self.transaction(read_only=True) as connection:
            return await ledger.read_usage(connection, days)

    async def versions(self, key: str) -> tuple[Assessment, ...]:
        """Return the versions of the draft that the assessment of that id is a version of."""
        if not _ID.fullmatch(key):
            return ()
        draft = sql.select(assessments.c.first).where(assessments.c.id == key).scalar_subquery()
        return await self._latest(assessments.c.first == draft)

    async def first_tries(self) -> tuple[Assessment, ...]:
        """Return the first versions of the author's latest drafts, oldest first."""
        return await self._latest(
            assessments.c.came_from.is_(None) & (assessments.c.author == AUTHOR)
        )

    async def _latest(self, chosen: sql.ColumnElement[bool]) -> tuple[Assessment, ...]:
        columns = assessments.c
        query = sql.select(columns.document).where(chosen)
        query = query.order_by(columns.created_at.desc(), columns.id).limit(_LATEST)
        async with self.transaction(read_only=True) as connection:
            documents = (await connection.execute(query)).scalars().all()
        return tuple(_decode(document) for document in reversed(documents))

    async def put_aside(self, put: Sequence[Dismissal]) -> None:
        """Remember what the author puts aside; a later reason replaces an earlier one."""
        rows = {one.key: {**one._asdict(), "author": AUTHOR, "at": now()} for one in put}
        if not rows:
            return
        async with self.transaction() as connection:
            await connection.execute(sql.delete(dismissals).where(_aside(rows.keys())))
            await connection.execute(sql.insert(dismissals), list(rows.values()))

    async def take_up(self, keys: Sequence[str]) -> None:
        """Forget that these were put aside."""
        async with self.transaction() as connection:
            await connection.execute(sql.delete(dismissals).where(_aside(keys)))

    async def aside(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys that the author has put aside."""
        if not keys:
            return frozenset()
        async with self.transaction(read_only=True) as connection:
            found = await connection.execute(sql.select(dismissals.c.key).where(_aside(keys)))
            return frozenset(found.scalars())

    async def write(
        self,
        statement: sql.Executable,
        values: dict[str, Any],
        landed: sql.Executable | None = None,
    ) -> bool:
        """Execute a statement in the next shared transaction; return once it is durable.

        Returns False where `landed` doesn't find its row then. It is carried out even where its
        caller is cancelled meanwhile. Those that depend on each other are awaited in turn: within
        a transaction all of a kind are executed together.
        """
        write = Write(statement, values, landed)
        await self._writer.put(write)
        return write.done

    def hand_in(self, statement: sql.Executable, values: dict[str, Any]) -> None:
        """Have a statement executed behind what is being written, without waiting for it."""
        self._writer.hand_in(Write(statement, values))

    @asynccontextmanager
    async def transaction(self, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a transaction. Raises StoreUnavailable where the database does not answer."""
        engine = self._reading if read_only else self._engine
        try:
            await self._follow_the_file()
            async with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreUnavailable(_said(error)) from error

    async def _write(self, writes: list[Write]) -> None:
        kinds: dict[int, list[Write]] = {}
        for write in writes:
            kinds.setdefault(id(write.statement), []).append(write)
        async with self.transaction() as connection:
            for same in kinds.values():
                await connection.execute(same[0].statement, [each.values for each in same])
                if (landed := same[0].landed) is not None:
                    ids = [each.values["id"] for each in same]
                    there = set((await connection.execute(landed, {"ids": ids})).scalars())
                    for each in same:
                        each.done = each.values["id"] in there

    async def _column(self, column: sql.Column[str], key: str) -> str:
        """Return a column of the assessment of that id; NotFound where there is none."""
        found = None
        if _ID.fullmatch(key):
            query = sql.select(column).where(assessments.c.id == key)
            async with self.transaction(read_only=True) as connection:
                found = (await connection.execute(query)).scalar_one_or_none()
        if found is None:
            raise NotFound("No assessment is kept under this address.")
        return str(found)

    async def _follow_the_file(self) -> None:
        """Let go of connections to a file that was deleted or replaced: nobody finds it again."""
        found = identity(self._path)
        if found is None:
            raise StoreUnavailable(f"The database {self._path.name} is not there any more.")
        if found != self._file:
            self._file = found
            await self._engine.dispose()


# A version belongs to the draft that it came from; where that is gone, a draft begins with it.
_before = assessments.alias("before")
_before_it = _before.c.id == sql.bindparam("came_from")
_INSERT = sql.insert(assessments).values(
    came_from=sql.select(_before.c.id).where(_before_it).scalar_subquery(),
    first=sql.func.coalesce(
        sql.select(_before.c.first).where(_before_it).scalar_subquery(), sql.bindparam("id")
    ),
    **{
        name: sql.bindparam(name)
        for name in ("id", "created_at", "author", "overall", "rubrics", "profile", "document")
    },
)
_UPDATE = (
    sql.update(assessments)
    .where(assessments.c.id == sql.bindparam("key"))
    .values({name: sql.bindparam(name) for name in ("overall", "rubrics", "profile", "document")})
)


def _aside(keys: Collection[str]) -> sql.ColumnElement[bool]:
    return (dismissals.c.author == AUTHOR) & dismissals.c.key.in_(keys)


def _row(kept: Assessment) -> dict[str, Any]:
    return {
        "id": kept.id,
        "overall": kept.overall.value,
        "rubrics": kept.versions.rubrics,
        "profile": kept.versions.profile,
        "document": _encode(kept).decode(),
    }


def _said(error: SQLAlchemyError) -> str:
    reason = str(getattr(error, "orig", None) or type(error).__name__)
    return f"The database does not answer ({reason}). Nothing was kept; try again in a moment."
