"""Nothing is asked twice: answers are kept by content, and equal questions at once are one."""

import asyncio
import hashlib
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Protocol

import msgspec

from coach.errors import StoreUnavailable
from coach.model import Check, Model, Reply, Request
from coach.model.patience import finish


class Answers(Protocol):
    """Where answers are kept, by the digest of everything that was asked.

    Both raise StoreUnavailable, which costs a call and never an answer.
    """

    async def find(self, digest: str) -> Reply | None:
        """Return the answer that is kept, or None; what can't be read any more counts as none."""
        ...

    async def keep(self, digest: str, reply: Reply) -> None:
        """Keep an answer, in place of an older one under that digest."""
        ...


class Thrifty:
    """A model that remembers.

    Those who ask the same at the same time share one call, and it ends early only when all of them
    have left. A kept answer that no longer passes `check` is asked for again.
    """

    def __init__(self, model: Model, answers: Answers) -> None:
        self._model = model
        self._answers = answers
        self._flights: dict[str, _Flight] = {}

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        """Answer from what is kept, from a twin under way, or from the model."""
        digest = digest_of(self.name, request)
        flight = self._flights.get(digest)
        if flight is None:
            flight = self._flights[digest] = _Flight(self._answer(digest, request, check))
            flight.task.add_done_callback(lambda _: self._forget(digest, flight))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                # Forgotten first: who asks now wants an answer, and this task brings none.
                self._forget(digest, flight)
                flight.task.cancel()

    async def _answer(self, digest: str, request: Request, check: Check | None) -> Reply:
        kept = None
        with suppress(StoreUnavailable):
            kept = await self._answers.find(digest)
        if kept is not None and (check is None or check(kept.text) is None):
            return kept
        reply = await self._model.ask(request, check)
        with suppress(StoreUnavailable):
            await finish(self._answers.keep(digest, reply))
        return reply

    def _forget(self, digest: str, flight: "_Flight") -> None:
        if self._flights.get(digest) is flight:
            del self._flights[digest]


class _Flight:
    """A call under way, and how many wait for it."""

    def __init__(self, answer: Coroutine[Any, Any, Reply]) -> None:
        self.task = asyncio.ensure_future(answer)
        self.waiting = 0


def digest_of(model: str, request: Request) -> str:
    """Return what an answer is kept under: the model and every byte that it is asked."""
    return hashlib.sha256(msgspec.json.encode((model, request))).hexdigest()
