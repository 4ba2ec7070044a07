"""A language model that says what a test tells it to."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping

from coach.model import Check, Reply, Request
from coach.model.faults import Fault, ModelFailure

Line = str | ModelFailure | Callable[[Request], str]


class Scripted:
    """A model with a script: what it says to a request, by the request's name.

    An answer is a text, a `ModelFailure` to raise, or a function of the request; of a list, each
    call takes the next and the last one stays. `delays` are seconds, by name too. `asked` keeps
    every request; `withdrawn` the names of those that were cancelled. `yes` answers every single
    question, as a probability or as a function of the request; None is an endpoint that tells none.

    Like the product's own, it asks once more where `check` finds something off, then gives up.
    """

    def __init__(
        self,
        script: Mapping[str, Line | list[Line]] | None = None,
        *,
        delays: Mapping[str, float] | None = None,
        yes: float | Callable[[Request], float | None] | None = 1.0,
        name: str = "scripted-1",
    ) -> None:
        self.name = name
        self.asked: list[Request] = []
        self.withdrawn: list[str] = []
        self._script = {
            key: list(said) if isinstance(said, list) else [said]
            for key, said in (script or {}).items()
        }
        self._delays = delays or {}
        self._yes = yes

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        """Answer by the script; a name that it doesn't hold is a test's own mistake."""
        for _ in range(2):
            reply = await self._say(request)
            off = check(reply.text) if check else None
            if off is None:
                return reply
        raise ModelFailure(Fault.OFF_SCHEMA, off or "", reply=reply)

    async def _say(self, request: Request) -> Reply:
        self.asked.append(request)
        try:
            await asyncio.sleep(self._delays.get(request.name, 0))
        except asyncio.CancelledError:
            self.withdrawn.append(request.name)
            raise
        if request.yes_or_no:
            yes = self._yes(request) if callable(self._yes) else self._yes
            return Reply("no" if yes is not None and yes < 0.5 else "yes", self.name, yes=yes)
        lines = self._script[request.name]
        said = lines.pop(0) if len(lines) > 1 else lines[0]
        if isinstance(said, ModelFailure):
            raise said
        return Reply(said if isinstance(said, str) else said(request), self.name)


def obedient(request: Request) -> str:
    """Answer a request the way that its draft asks to be answered.

    Where the draft holds a JSON object, that is the answer, to the letter. Else the answer says
    back everything that the draft says, so that whatever is repeated can be looked for.
    """
    for found in re.finditer(r"\{", request.user):
        try:
            said, _ = json.JSONDecoder().raw_decode(request.user, found.start())
        except json.JSONDecodeError:
            continue
        return json.dumps(said)
    return json.dumps({"answers": [], "questions": [], "said": request.user})
