"""Group commit: rows that come together, or while a transaction is written, share the next one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from coach.errors import StoreUnavailable

Row = TypeVar("Row")

LATER = 0.05
"""Seconds that a row nobody waits for may wait for others to share a transaction with."""
MOST_ROUNDS = 8


class Writer(Generic[Row]):
    """Hands rows to `write` in groups, one group at a time; `put` returns once its row is durable.

    A group that can't be written fails for everyone in it. No more than `limit` rows wait:
    whoever comes then is told at once.
    """

    def __init__(self, write: Callable[[list[Row]], Awaitable[None]], limit: int = 1_000) -> None:
        self._write = write
        self._limit = limit
        self._waiting: list[tuple[Row, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None

    async def put(self, row: Row) -> None:
        written = self._add(row)
        self._begin()
        await written

    def hand_in(self, row: Row) -> None:
        """Write a row with the next one that is put, or soon. How that went nobody is told."""
        self._add(row).add_done_callback(lambda written: written.cancelled() or written.exception())
        if self._writing is None and self._later is None:
            self._later = asyncio.get_running_loop().call_later(LATER, self._begin)

    def _add(self, row: Row) -> "asyncio.Future[None]":
        if len(self._waiting) >= self._limit:
            raise StoreUnavailable("Too much is waiting to be kept. Try again in a moment.")
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((row, written))
        return written

    async def finish(self) -> None:
        """Return once nothing waits any more."""
        if self._waiting:
            self._begin()
        if self._writing is not None:
            await asyncio.wait([self._writing])

    def _begin(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._writing is None:
            self._writing = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                group, self._waiting = self._waiting, []
                await self._commit(group)
        finally:
            self._writing = None

    async def _gather(self) -> None:
        """Let those who are about to come join: as long as every turn of the loop brings some."""
        for _ in range(MOST_ROUNDS):
            before = len(self._waiting)
            await asyncio.sleep(0)
            if len(self._waiting) == before:
                return

    async def _commit(self, group: list[tuple[Row, asyncio.Future[None]]]) -> None:
        failure: BaseException | None = None
        try:
            await self._write([row for row, _ in group])
        except BaseException as error:  # handed to everyone who waits
            failure = error
        for _, written in group:
            if written.done():  # whoever waited has gone
                continue
            if failure is None:
                written.set_result(None)
            else:
                written.set_exception(failure)
