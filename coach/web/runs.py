"""Assessments under way: each is taken to its end and kept, whoever is still listening.

What rules say is there at once, and is kept before a language model is asked anything. What the
model adds follows in stages; anybody may follow them, from the first one on, and may leave.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from coach.assessment import Assessment, Stage
from coach.charter import Charter, current
from coach.errors import StoreUnavailable
from coach.okr import Answer, Draft
from coach.ports import Store
from coach.service import Coach
from coach.web.logs import failure, log
from coach.web.pace import assess_apart

Step = tuple[Stage, Assessment]


class Run:
    """One assessment under way: the stages it has reached, and those still to come."""

    def __init__(self, assessment: Assessment) -> None:
        self._steps: list[Step] = [("rules", assessment)]
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def assessment(self) -> Assessment:
        """The newest there is."""
        return self._steps[-1][1]

    @property
    def under_way(self) -> bool:
        return self._task is not None and not self._task.done()

    async def steps(self, pulse: float) -> AsyncIterator[Step | None]:
        """Yield every stage, those of the past at once, each with all that is known by then.

        None comes where nothing has for `pulse` seconds: the line is still open.
        """
        seen = 0
        while True:
            while seen < len(self._steps):
                yield self._steps[seen]
                seen += 1
            if not self.under_way:
                return
            news = self._news
            try:
                await asyncio.wait_for(news.wait(), pulse)
            except TimeoutError:
                yield None

    async def end(self) -> Assessment:
        """Return the whole assessment; the run goes on where whoever waits for it leaves."""
        if self._task is not None:
            await asyncio.wait([self._task])
        return self.assessment

    def cancel(self) -> None:
        """End it here: nobody will see what else it finds."""
        if self._task is not None:
            self._task.cancel()

    def go_on(self, work: "asyncio.Task[None]") -> None:
        """Be under way for as long as the work takes."""
        self._task = work
        work.add_done_callback(lambda _: self._wake())

    def reach(self, step: Step) -> None:
        """Add a stage, and tell whoever follows."""
        self._steps.append(step)
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Runs:
    """Starts assessments, and knows those that are kept but not at their end yet."""

    def __init__(self, coach: Coach | Charter, store: Store) -> None:
        self._by = coach
        self._store = store
        self._kept: dict[str, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def coach(self) -> Coach:
        """The coach as it is now."""
        return current(self._by)

    async def start(
        self,
        draft: Draft,
        *,
        keep: bool = True,
        rewrite: bool = True,
        model: bool = True,
        came_from: str | None = None,
        answers: tuple[Answer, ...] = (),
    ) -> Run:
        """Return a run that has reached what rules say, kept if it is to be kept.

        `came_from` is the id of the assessment that the draft is a new version of, if any.

        Raises StoreUnavailable where that can't be kept; no model is asked then.
        """
        coach = self.coach
        assessment = await assess_apart(coach, draft, rewrite=rewrite, model=model, answers=answers)
        if keep:
            assessment = await self._store.save(assessment, came_from)
        run = Run(assessment)
        if model and coach.model is not None:
            self._go_on(run, coach, rewrite=rewrite)
        return run

    def under_way(self, id: str) -> Run | None:
        """Return the run of a kept assessment that is not at its end, if there is one."""
        return self._kept.get(id)

    async def close(self, patience: float = 25) -> None:
        """Let what is under way come to its end for so many seconds, then end it."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _go_on(self, run: Run, coach: Coach, *, rewrite: bool) -> None:
        task = asyncio.create_task(self._finish(run, coach, rewrite=rewrite))
        run.go_on(task)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        if isinstance(id := run.assessment.id, str):
            self._kept[id] = run
            task.add_done_callback(lambda _: self._kept.pop(id))

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("unforeseen", **failure(error))

    async def _finish(self, run: Run, coach: Coach, *, rewrite: bool) -> None:
        async with aclosing(coach.ask(run.assessment, rewrite=rewrite)) as stages:
            async for stage, assessment in stages:
                if isinstance(assessment.id, str):
                    await self._keep(assessment)
                run.reach((stage, assessment))

    async def _keep(self, assessment: Assessment) -> None:
        """Keep what a stage adds. Where that fails it is still shown to whoever follows."""
        try:
            await self._store.update(str(assessment.id), assessment)
        except StoreUnavailable as error:
            log.warning("store unavailable", reason=str(error))
