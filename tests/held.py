"""A coach whose language model adds something at each stage, once it is let."""

import asyncio
import threading
from collections.abc import AsyncGenerator

from msgspec.structs import replace
from scripted import Scripted

from coach.assessment import Assessment, Overall
from coach.service import Coach, Stage


class Held(Coach):
    """Says "rules" like any coach; "judge" and "rewrites" wait for `let`, from whatever thread.

    `asked` and `ended` count how often asking began and came to its end, one way or the other.
    """

    def __init__(self) -> None:
        super().__init__(model=Scripted(name="held-1"))
        self.let = threading.Event()
        self.asked = self.ended = 0

    async def ask(
        self, assessment: Assessment, *, rewrite: bool = True
    ) -> AsyncGenerator[tuple[Stage, Assessment], None]:
        """Take the first finding for the model's, and note at the end that both are in."""
        self.asked += 1
        try:
            while not self.let.is_set():
                await asyncio.sleep(0.005)
            first, *rest = assessment.findings
            found = (replace(first, by="model"), *rest)
            judged = replace(assessment, findings=found, overall=Overall(1, "weak"))
            yield "judge", judged
            if rewrite:
                yield "rewrites", replace(judged, notes=("both are in",))
        finally:
            self.ended += 1
