"""Answers of the language model, by the digest of everything that was asked.

An answer may quote a draft, so it is kept for so many days and no longer, and can be dropped.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sql

from coach.errors import StoreUnavailable
from coach.model import Reply
from coach.store.moment import now, written
from coach.store.schema import answers
from coach.store.writer import Writer

if TYPE_CHECKING:
    from coach.store.assessments import Database

MOST_LOOKING = 30_000  # as many as one statement of SQLite takes
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Reply).decode


class KeptAnswers:
    """Keeps answers for `days`; with 0, none. It is the `Answers` of `coach.model.thrift`."""

    def __init__(self, database: "Database", days: int) -> None:
        self._database = database
        self._days = days
        self._swept = ""
        self._looking = Writer(self._look, limit=MOST_LOOKING)

    async def find(self, digest: str) -> Reply | None:
        """Return the answer that is kept, or None; what can't be read any more counts as none."""
        if not self._days:
            return None
        search = _Search(digest)
        await self._looking.put(search)
        if search.found is None:
            return None
        try:
            reply = _decode(search.found)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        with suppress(StoreUnavailable):  # an answer is worth more than its count
            self._database.hand_in(_REUSE, {"day": now()[:10]})
        return reply

    async def keep(self, digest: str, reply: Reply) -> None:
        """Keep an answer, in place of an older one under that digest."""
        if not self._days:
            return
        at = now()
        if self._swept != at[:10]:
            await self.drop_older(self._days)
            self._swept = at[:10]
        row = {"digest": digest, "at": at, "reply": _encode(reply).decode()}
        await self._database.write(_KEEP, row)

    async def drop_older(self, days: int) -> None:
        """Drop the answers that are older than so many days; with 0, all of them."""
        await self._database.write(_DROP_OLDER, {"before": _days_ago(days)})

    async def _look(self, searches: list["_Search"]) -> None:
        """Look for the answers of all who ask at this moment, at once."""
        asked = {"digests": [each.digest for each in searches], "since": _days_ago(self._days)}
        async with self._database.transaction(read_only=True) as connection:
            found: dict[str, bytes] = dict((await connection.execute(_FIND, asked)).all())
        for each in searches:
            each.found = found.get(each.digest)


class _Search:
    """A digest that is looked for, and the reply that is kept under it, in bytes."""

    __slots__ = ("digest", "found")

    def __init__(self, digest: str) -> None:
        self.digest = digest
        self.found: bytes | None = None


def _days_ago(days: int) -> str:
    return written(datetime.now(UTC) - timedelta(days=days))


# As bytes: a damaged text is to be found out here and not by the driver.
_FIND = sql.select(answers.c.digest, sql.cast(answers.c.reply, sql.LargeBinary)).where(
    answers.c.digest.in_(sql.bindparam("digests", expanding=True)),
    answers.c.at > sql.bindparam("since"),
)
_KEEP = sql.text(
    "INSERT INTO answers (digest, at, reply) VALUES (:digest, :at, :reply)"
    " ON CONFLICT (digest) DO UPDATE SET at = excluded.at, reply = excluded.reply"
)
_DROP_OLDER = sql.delete(answers).where(answers.c.at <= sql.bindparam("before"))
_REUSE = sql.text(
    "INSERT INTO reuses (day, answers) VALUES (:day, 1)"
    " ON CONFLICT (day) DO UPDATE SET answers = answers + 1"
)
