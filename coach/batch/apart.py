"""Work in processes of their own: files are read, and drafts judged, beside the web server.

So neither a hostile file nor ten thousand drafts keep anybody waiting, and what ends such a process
ends nothing else. They speak by frames over pipes, and end when the pipe does, however that came.
"""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import msgspec

from coach.batch import Scored
from coach.batch.reading import Read, Sheet
from coach.errors import BadInput, Problem, TooLarge
from coach.intake import Format

if TYPE_CHECKING:
    from coach.service import Rules

# In seconds. A file of 10,000 drafts is read in a few; a draft is judged in milliseconds.
READING_LIMIT = 30.0
JUDGING_LIMIT = 60.0
_LENGTH = 4
T = TypeVar("T")


class File(msgspec.Struct, frozen=True):
    """A file to be read, or a sheet to be read with other columns."""

    data: bytes = b""
    name: str = ""
    form: Format | None = None
    sheet: Sheet | None = None
    columns: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """What came of a file."""

    read: Read | None = None
    problems: tuple[Problem, ...] = ()
    too_large: bool = False


class Hello(msgspec.Struct, frozen=True):
    """That a process is ready for drafts."""


class Sent(msgspec.Struct, frozen=True):
    """A draft to be judged, in JSON, and the id and time that its assessment is to have."""

    id: str
    created_at: str
    draft: str


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """That judging a draft broke: the kind of error and where, and nothing of the draft."""

    error: str
    at: list[str]


_ANSWERS = msgspec.msgpack.Decoder(Answer)
_JUDGED: msgspec.msgpack.Decoder[Scored | Broken] = msgspec.msgpack.Decoder(Scored | Broken)


_HELLO = msgspec.msgpack.Decoder(Hello)


class Died(Exception):
    """The process ended, or was ended, in the middle of its work."""


async def read_apart(file: File) -> Read:
    """Return what is read from a file. Raises BadInput, TooLarge among them, with the reasons."""
    child = await _start("read")
    try:
        _send(child, file)
        answer = await asyncio.wait_for(_receive(child, _ANSWERS), READING_LIMIT)
    except (Died, TimeoutError) as error:
        raise TooLarge(Problem("", _TOO_MUCH)) from error
    finally:
        await _end(child)
    if answer.read is not None:
        return answer.read
    raise (TooLarge if answer.too_large else BadInput)(*answer.problems)


_TOO_MUCH = (
    "took more time or memory than a file of drafts does; save it anew, with nothing but the drafts"
)


class Judge:
    """A process that judges drafts, started with the first one and again after it ended."""

    def __init__(self, rules: "Rules") -> None:
        self._rules = rules
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None
        self._killed: list[asyncio.subprocess.Process] = []

    async def follow(self, rules: "Rules") -> None:
        """Judge by these rules from the next draft on."""
        async with self._turn:
            if rules != self._rules:
                self._rules = rules
                await self.close()

    async def ready(self) -> bool:
        """Start the process where there is none; return whether it is there."""
        async with self._turn:
            try:
                await self._started()
            except (Died, TimeoutError):
                await self.close()
        return self._child is not None

    async def judge(self, drafts: Sequence[Sent]) -> list[Scored | Broken]:
        """Return what came of drafts, in their order.

        Fewer come back where the process ended: the next one is the one that it was judging.
        """
        answers: list[Scored | Broken] = []
        async with self._turn:
            try:
                child = await self._started()
                for draft in drafts:
                    _send(child, draft)
                for _ in drafts:
                    receiving = _receive(child, _JUDGED)
                    answers.append(await asyncio.wait_for(receiving, JUDGING_LIMIT))
            except (Died, TimeoutError):
                await self.close()
            except BaseException:  # what is still to come would be taken for the next drafts'
                self._kill()
                raise
        return answers

    async def close(self) -> None:
        """End the process; the next draft starts another."""
        self._kill()
        while self._killed:
            await self._killed.pop().wait()

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            self._killed.append(child)
            with suppress(ProcessLookupError):
                child.kill()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is None:
            self._child = await _start("judge")
            _send(self._child, self._rules)
            await asyncio.wait_for(_receive(self._child, _HELLO), JUDGING_LIMIT)
        return self._child


# --- frames -----------------------------------------------------------------------------------


async def _start(work: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "coach.batch.child",
        work,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # what it would say may quote a draft
    )


async def _end(child: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()
    await child.wait()


def _send(child: asyncio.subprocess.Process, message: msgspec.Struct) -> None:
    if child.stdin is None or child.stdin.is_closing():
        raise Died
    data = msgspec.msgpack.encode(message)
    child.stdin.write(len(data).to_bytes(_LENGTH, "big") + data)


async def _receive(child: asyncio.subprocess.Process, decoder: msgspec.msgpack.Decoder[T]) -> T:
    if child.stdout is None:
        raise Died
    try:
        length = int.from_bytes(await child.stdout.readexactly(_LENGTH), "big")
        data = await child.stdout.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise Died from error
    return decoder.decode(data)
