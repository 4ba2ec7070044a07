"""The one retry layer, and what it tells the ledger: every attempt, before and after.

A call is at most three attempts within one deadline. What a fault allows stands in its row, what
the endpoint can take in the gate that all calls share.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol, TypeVar

import msgspec

from coach.errors import StoreUnavailable
from coach.model import Check, Model, Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.model.gate import Clock, Gate

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
# Less than this, or than a tenth of a short deadline, is no time to ask anything in.
LEAST_SECONDS = 1.0
T = TypeVar("T")


class Attempts(Protocol):
    """Where attempts are written down: reserved, then sent, then answered or failed.

    A reservation is durable when it returns; what follows may be written behind it. Each is let
    finish when the call around it is cancelled. Raises StoreUnavailable; nothing is then sent.
    """

    async def reserve(self, request: Request, model: str) -> str:
        """Note an attempt about to be made and return its id.

        Raises ModelFailure (OVER_BUDGET) where it would cost more than is left.
        """
        ...

    async def sent(self, attempt: str) -> None:
        """Note that the request leaves now: from here on it may be billed."""
        ...

    async def answered(self, attempt: str, reply: Reply) -> None:
        """Note the answer and what it used."""
        ...

    async def failed(self, attempt: str, failure: ModelFailure) -> None:
        """Note how the attempt ended: ambiguous where `failure.fault.row.ambiguous` says so.

        `failure.reply` holds the tokens of an answer that could not be used.
        """
        ...


class Patient:
    """A model that is asked with patience, and whose every attempt is on record.

    `deadline` (seconds) bounds a call with its queueing, pauses and attempts. `longest` bounds one
    attempt: where it is shorter than the deadline, as in a batch, a slow attempt gets a second.
    None is begun without time for it: a moment at least, and as long as the one before it took.
    `noticed` is handed every failed attempt.
    """

    def __init__(
        self,
        model: Model,
        attempts: Attempts,
        gate: Gate,
        *,
        deadline: float = 30.0,
        longest: float | None = None,
        noticed: Callable[[ModelFailure], None] = lambda _: None,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._model = model
        self._attempts = attempts
        self._gate = gate
        self._deadline = deadline
        self._longest = longest or deadline
        self._least = min(LEAST_SECONDS, deadline / 10)
        self._noticed = noticed
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        """Answer within the deadline. Raises ModelFailure with the last attempt's fault."""
        ends = self._clock() + self._deadline
        self._gate.retries.called()
        made = 0
        while True:
            made += 1
            began = self._clock()
            try:
                return await self._attempt(request, check, ends)
            except ModelFailure as failure:
                pause, failed = self._pause(failure, made), self._clock()
                enough = ends - failed - pause >= max(self._least, failed - began)
                if not enough or not self._may_try_again(failure, made):
                    raise
                request = _mended(request, failure)
            await self._sleep(pause)

    def _pause(self, failure: ModelFailure, made: int) -> float:
        """Return full jitter below a doubling bound, on top of what the endpoint asked for."""
        bound = min(LONGEST_PAUSE, FIRST_PAUSE * float(2 ** (made - 1)))
        return (failure.wait or 0.0) + self._jitter() * bound

    def _may_try_again(self, failure: ModelFailure, made: int) -> bool:
        return made < failure.fault.row.tries and self._gate.retries.spend()

    async def _attempt(self, request: Request, check: Check | None, ends: float) -> Reply:
        async with self._gate.slots.one(ends - self._clock() - self._least):
            probe = self._gate.breaker.admit()
            attempt = _Attempt(self._attempts)
            try:
                await attempt.begin(request, self.name)
                reply = await self._within(ends, request, check)
            except ModelFailure as failure:
                told = self._weighed(failure, ends)
                self._tell_gate(told, probe=probe, sent=attempt.sent)
                self._noticed(told)
                await attempt.fail(told)
                raise told from failure
            except asyncio.CancelledError:
                self._gate.breaker.withdrawn(probe=probe)
                fault = Fault.ABANDONED if attempt.sent else Fault.WITHDRAWN
                await attempt.fail(ModelFailure(fault, "cancelled"))
                raise
            self._gate.breaker.answered()
        await attempt.answer(reply)
        return reply

    async def _within(self, ends: float, request: Request, check: Check | None) -> Reply:
        seconds = min(self._longest, ends - self._clock())
        try:
            async with asyncio.timeout(seconds):
                return await self._model.ask(request, check)
        except TimeoutError:
            raise ModelFailure(Fault.TOO_SLOW, f"over {seconds:.1f} s") from None

    def _weighed(self, failure: ModelFailure, ends: float) -> ModelFailure:
        """Busy for longer than this call can wait is something else: later."""
        if failure.fault is not Fault.BUSY or (failure.wait or 0.0) <= ends - self._clock():
            return failure
        return ModelFailure(Fault.LATER, failure.detail, wait=failure.wait)

    def _tell_gate(self, failure: ModelFailure, *, probe: bool, sent: bool) -> None:
        if sent:
            self._gate.breaker.failed(failure, probe=probe)
        else:
            self._gate.breaker.withdrawn(probe=probe)


class _Attempt:
    """One attempt's way through the ledger. A write that was begun is finished, come what may."""

    def __init__(self, attempts: Attempts) -> None:
        self._attempts = attempts
        self._id: str | None = None
        self.sent = False

    async def begin(self, request: Request, model: str) -> None:
        """Reserve, then note as sent. Raises ModelFailure (UNRECORDED) if that can't be noted."""
        try:
            attempt = await finish(self._reserve(request, model))
            await finish(self._attempts.sent(attempt))
        except StoreUnavailable as error:
            raise ModelFailure(Fault.UNRECORDED, type(error).__name__) from error
        self.sent = True

    async def _reserve(self, request: Request, model: str) -> str:
        self._id = await self._attempts.reserve(request, model)
        return self._id

    async def answer(self, reply: Reply) -> None:
        if self._id is not None:
            await self._note(self._attempts.answered(self._id, reply))

    async def fail(self, failure: ModelFailure) -> None:
        if self._id is not None:
            await self._note(self._attempts.failed(self._id, failure))

    async def _note(self, write: Awaitable[None]) -> None:
        # What came back is worth more than its note: the ledger takes a row left as "sent" for
        # ambiguous by itself.
        with suppress(StoreUnavailable):
            await finish(write)


async def finish(work: Awaitable[T]) -> T:
    """Return what `work` gives. Cancelled meanwhile, it first lets the work end."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # Looked at, so that nothing is said of it when it is thrown away.
        raise


def _mended(request: Request, failure: ModelFailure) -> Request:
    """Return what to try again with: more room after a cut, the error named after a slip."""
    if failure.fault is Fault.CUT_SHORT:
        return msgspec.structs.replace(request, most_tokens=request.most_tokens * 2)
    if failure.fault is Fault.OFF_SCHEMA:
        named = f"{request.user}\n\nAn answer before this one could not be used: {failure.detail}."
        return msgspec.structs.replace(request, user=named)
    return request
