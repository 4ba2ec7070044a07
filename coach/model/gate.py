"""What all calls to one endpoint share: how many at once, how many again, and whether at all."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from coach.model.faults import Fault, ModelFailure

Clock = Callable[[], float]  # seconds that never go back
_MINUTE = 60.0


class Slots:
    """At most `at_once` calls under way and `waiting` more in line; past that none may queue."""

    def __init__(self, at_once: int = 16, waiting: int = 256) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = waiting
        self._waiting = 0

    @asynccontextmanager
    async def one(self, seconds: float) -> AsyncIterator[None]:
        """Hold a slot. Raises ModelFailure (OVERLOADED) if none comes free within `seconds`."""
        if self._free.locked() and self._waiting >= self._most:
            raise ModelFailure(Fault.OVERLOADED, f"{self._waiting} in line")
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await self._free.acquire()
        except TimeoutError:
            raise ModelFailure(Fault.OVERLOADED, f"in line for {seconds:.0f} s") from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


class Retries:
    """Lets at most a `share` of a minute's calls be tried again, and always `least` a minute.

    So an endpoint in trouble gets a tenth more to do and not three times as much, while the few
    calls of a quiet day keep their retries.
    """

    def __init__(self, share: float = 0.1, least: int = 4, clock: Clock = time.monotonic) -> None:
        self._share = share
        self._least = least
        self._clock = clock
        self._calls: deque[float] = deque()
        self._retries: deque[float] = deque()

    def called(self) -> None:
        """Note a call's first attempt."""
        self._forget()
        self._calls.append(self._clock())

    def spend(self) -> bool:
        """Take one retry if there is one left."""
        self._forget()
        if len(self._retries) >= max(self._least, int(self._share * len(self._calls))):
            return False
        self._retries.append(self._clock())
        return True

    def _forget(self) -> None:
        past = self._clock() - _MINUTE
        for times in (self._calls, self._retries):
            while times and times[0] <= past:
                times.popleft()


class Breaker:
    """Stops calls after failures in a row; after a rest lets one through, to see if it is over.

    What each fault means for others stands in its row. A wrong key doesn't mend itself: that opens
    it until the process starts again.
    """

    LONGEST_REST = 3_600.0

    def __init__(
        self, failures: int = 5, rest: float = _MINUTE, clock: Clock = time.monotonic
    ) -> None:
        self._most = failures
        self._rest = rest
        self._clock = clock
        self._in_a_row = 0
        self._reopens: float | None = None
        self._probing = False
        self.reason: Fault | None = None

    def admit(self) -> bool:
        """Let a call through and tell if it is the probe. Raises ModelFailure where it may not."""
        if self._reopens is None:
            return False
        wait = self._reopens - self._clock()
        if wait > 0 or self._probing:
            told = self.reason if self.reason and self.reason.row.breaker != "counts" else None
            seconds = max(0.0, wait) if wait != float("inf") else None
            raise ModelFailure(told or Fault.PAUSED, "paused", wait=seconds)
        self._probing = True
        return True

    def answered(self) -> None:
        """Note that the endpoint is well, whatever it said."""
        self._in_a_row, self._reopens, self._probing, self.reason = 0, None, False, None

    def failed(self, failure: ModelFailure, *, probe: bool) -> None:
        """Note how a call that went through failed."""
        if probe:
            self._probing = False
        meaning = failure.fault.row.breaker
        if meaning == "ignores":
            self.answered()
        elif meaning == "opens until restart":
            self._open(failure.fault, float("inf"))
        elif meaning == "opens":
            self._open(failure.fault, min(failure.wait or self._rest, self.LONGEST_REST))
        else:
            self._in_a_row += 1
            if probe or (self._reopens is None and self._in_a_row >= self._most):
                self._open(failure.fault, self._rest)

    def withdrawn(self, *, probe: bool) -> None:
        """Note that a call was given up: it tells nothing, so the next one may probe."""
        if probe:
            self._probing = False

    def _open(self, fault: Fault, seconds: float) -> None:
        self.reason = fault
        self._reopens = max(self._reopens or 0.0, self._clock() + seconds)


class Gate:
    """The three of them, for one endpoint. Callers with deadlines of their own share it."""

    def __init__(
        self,
        slots: Slots | None = None,
        retries: Retries | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self.slots = slots or Slots()
        self.retries = retries or Retries()
        self.breaker = breaker or Breaker()
