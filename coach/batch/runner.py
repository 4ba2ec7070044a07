"""The embedded form: rows are taken and scored by tasks of this process, as long as it lives.

What a row has come to stands in the store alone, so nothing here has to survive. Rules judge in a
process apart; a language model is asked from here, with room left for whoever waits for a page.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from coach.assessment import Assessment
from coach.batch import Claim, Done, Scored
from coach.batch.apart import Broken, File, Judge, Sent, read_apart
from coach.batch.reading import Read
from coach.batch.scoring import scored
from coach.charter import Charter, current
from coach.errors import Problem, StoreUnavailable
from coach.ports import Batches
from coach.service import Coach

Noticed = Callable[[str, dict[str, object]], None]
_decode = msgspec.json.Decoder(Assessment).decode
# After so many seconds a process that has nothing to do is let go of.
IDLE = 30.0
FILES_AT_ONCE = 2
BROKE = Problem("", "the coach broke on this draft; the log says where. Its other rows went on")
ENDED = Problem("", "scoring ended in the middle of this draft; its other rows went on")


class Pace(NamedTuple):
    """How rows are taken. Times in seconds.

    `processes` judge by rules; `at_once` drafts are before a language model at a time. A row is
    held for `lease`, and renewed at a third of it; `pause` is how often somebody else's work is
    looked for.
    """

    processes: int = 1
    at_once: int = 6
    rows: int = 32
    lease: float = 20.0
    sweep: float = 5.0
    pause: float = 1.0


class Runner:
    """Scores the rows of the batches that run. `noticed` is told what a log is to say."""

    def __init__(
        self,
        coach: Coach | Charter,
        batches: Batches,
        pace: Pace | None = None,
        noticed: Noticed = lambda _, __: None,
    ) -> None:
        self.worker = secrets.token_hex(6)
        self._by = coach
        self._batches = batches
        self._pace = pace or Pace()
        self._noticed = noticed
        self._judges = [Judge(self._coach.rules) for _ in range(self._pace.processes)]
        self._asking = asyncio.Semaphore(self._pace.at_once)
        self._reading = asyncio.Semaphore(FILES_AT_ONCE)
        self._news = asyncio.Event()
        self._ending = False
        self._no_sweep, self._no_renewal = asyncio.Event(), asyncio.Event()
        self._busy = 0
        self._worked = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def _coach(self) -> Coach:
        return current(self._by)

    def start(self) -> None:
        """Begin to look for rows. Those of a process that ended come back as their leases end."""
        # While one chunk is judged the next is taken and the last one kept.
        taking = [self._take_rows(judge) for judge in self._judges for _ in range(2)]
        keeping = [
            self._every(self._pace.sweep, self._sweep, until=self._no_sweep),
            self._every(self._pace.lease / 3, self._renew, until=self._no_renewal),
        ]
        self._tasks = [asyncio.create_task(task) for task in (*taking, *keeping)]

    def wake(self) -> None:
        """Say that there are rows, so that nobody waits for the next look."""
        self._news.set()

    async def read(self, file: File) -> Read:
        """Return what is read from a file, in a process apart; raises BadInput with the reasons."""
        async with self._reading:
            return await read_apart(file)

    async def close(self, patience: float = 25) -> None:
        """Let what is under way come to its end for so many seconds; give back the rest.

        Nobody is cut off who has only just begun to look into the database: its connection would
        answer to a loop that is gone.
        """
        self._ending = True
        self._no_sweep.set()
        self.wake()
        if self._tasks:
            *working, renewing = self._tasks
            await asyncio.wait(working, timeout=patience)
            self._no_renewal.set()
            await asyncio.wait([renewing], timeout=1)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            with suppress(StoreUnavailable):  # else their leases end
                await self._batches.leave(self.worker)
        for judge in self._judges:
            await judge.close()

    async def _take_rows(self, judge: Judge) -> None:
        while not self._ending:
            try:
                if await self._batches.waiting() and await self._is_ready(judge):
                    if claims := await self._claim():
                        await self._score(judge, claims)
                    continue
            except StoreUnavailable as error:  # the lease brings back what it held
                self._noticed("store unavailable", {"reason": str(error)})
            await self._rest(judge)

    async def _claim(self) -> tuple[Claim, ...]:
        """Take rows; whoever ends meanwhile waits until it is known which."""
        held = (self.worker, self._pace.rows, self._pace.lease)
        claiming = asyncio.create_task(self._batches.claim(*held))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await asyncio.wait([claiming])
            raise

    async def _is_ready(self, judge: Judge) -> bool:
        """Have a process ready before a row is taken, which then is held for as short as can be."""
        await judge.follow(self._coach.rules)
        ready = await judge.ready()
        if not ready:
            self._noticed("no process to judge rows", {})
        return ready

    async def _rest(self, judge: Judge) -> None:
        """Wait for rows, without a process that has nothing to do."""
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), self._pace.pause)
        except TimeoutError:
            if not self._busy and time.monotonic() - self._worked > IDLE:
                await judge.close()

    async def _score(self, judge: Judge, claims: Sequence[Claim]) -> None:
        self._busy += 1
        left = list(claims)
        try:
            sent = [Sent(secrets.token_urlsafe(12), _now(), claim.draft) for claim in claims]
            judged = await judge.judge(sent)
            await self._keep(claims, judged, left)
            if left:  # the process ended at the first that is left
                claim = left.pop(0)
                self._noticed("row ended its process", {"batch": claim.batch, "row": claim.number})
                await self._batches.fail(self.worker, claim, ENDED)
        finally:
            self._busy -= 1
            self._worked = time.monotonic()
            await self._batches.release(self.worker, left)

    async def _keep(
        self, claims: Sequence[Claim], judged: Sequence[Scored | Broken], left: list[Claim]
    ) -> None:
        """Keep what came of claims, and take each that is kept out of `left`."""
        by_rules: list[Done] = []
        asking = []
        for claim, came in zip(claims, judged, strict=False):
            if isinstance(came, Broken):
                await self._broke(claim, came.error, left, came.at)
            elif claim.model and self._coach.model and self._coach.organisation.model != "off":
                asking.append(self._ask(claim, came, left))
            else:
                by_rules.append(Done(claim, came))
        if by_rules:
            await self._batches.finish(self.worker, by_rules)
            for done in by_rules:
                left.remove(done.claim)
        for failure in await asyncio.gather(*asking, return_exceptions=True):
            if failure is not None:
                raise failure

    async def _ask(self, claim: Claim, judged: Scored, left: list[Claim]) -> None:
        """Take a row to its last stage and keep it."""
        assessment = _decode(judged.document)
        try:
            async with self._asking, aclosing(self._coach.ask(assessment)) as stages:
                async for _, later in stages:
                    assessment = later
        except StoreUnavailable:
            raise
        except Exception as error:  # counted and told: the row is tried again, or has failed
            await self._broke(claim, type(error).__name__, left)
            return
        await self._batches.finish(self.worker, [Done(claim, scored(assessment))])
        left.remove(claim)

    async def _broke(
        self, claim: Claim, error: str, left: list[Claim], at: Sequence[str] = ()
    ) -> None:
        said = {"batch": claim.batch, "row": claim.number, "error": error, "at": list(at)}
        self._noticed("row broke", said)
        await self._batches.fail(self.worker, claim, BROKE)
        left.remove(claim)

    async def _sweep(self) -> None:
        if await self._batches.sweep():
            self.wake()

    async def _renew(self) -> None:
        if self._busy:
            await self._batches.renew(self.worker, self._pace.lease)

    async def _every(
        self, seconds: float, act: Callable[[], Awaitable[None]], until: asyncio.Event
    ) -> None:
        while not until.is_set():
            try:
                await act()
            except StoreUnavailable as error:
                self._noticed("store unavailable", {"reason": str(error)})
            with suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), seconds)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
