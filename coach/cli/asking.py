"""Drafts that a language model reads too: several under way at once, told in their order."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coach import wiring
from coach.errors import BadInput
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.assessment import Assessment
    from coach.intake import Item
    from coach.service import Coach

Assessed = tuple["Item", "Assessment | None"]


class Asker:
    """Takes drafts to their last stage, as many at once as the model may be asked at once.

    `coach` has its language model ready. An item that can't be read comes without an assessment.
    """

    def __init__(self, coach: "Coach", runner: asyncio.Runner, at_once: int) -> None:
        self.coach = coach
        self._runner = runner
        self._at_once = at_once

    def assessed(self, items: "Iterator[Item]") -> Iterator[Assessed]:
        """Yield every item with what the coach says of it, in the order of the items."""
        under_way: deque[tuple[Item, asyncio.Task[Assessment] | None]] = deque()
        for item in items:
            under_way.append((item, self._begin(item)))
            if len(under_way) >= self._at_once:
                yield self._end(*under_way.popleft())
        while under_way:
            yield self._end(*under_way.popleft())

    def _begin(self, item: "Item") -> "asyncio.Task[Assessment] | None":
        if isinstance(item.draft, BadInput):
            return None
        return self._runner.get_loop().create_task(self.coach.whole(item.draft))

    def _end(self, item: "Item", task: "asyncio.Task[Assessment] | None") -> Assessed:
        return item, None if task is None else self._runner.run(_result(task))


async def _result(task: "asyncio.Task[Assessment]") -> "Assessment":
    """Return what a task comes to: a runner runs coroutines alone."""
    return await task


@contextmanager
def asker(settings: Settings, profile: str | None) -> Iterator[Asker]:
    """Open what asking takes. Raises BadConfiguration, and StoreUnavailable for the ledger."""
    with asyncio.Runner() as runner:
        opened = wiring.opened(settings, profile)
        coach = runner.run(opened.__aenter__())
        try:
            yield Asker(coach, runner, settings.model_at_once)
        finally:
            runner.run(opened.__aexit__(None, None, None))
