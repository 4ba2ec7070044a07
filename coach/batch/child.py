"""The other end of `coach.batch.apart`: reads one file, or judges drafts until nobody sends any.

Started as `python -m coach.batch.child read` or `… judge`; ends when its input does.
"""

import os
import resource
import sys
import traceback
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec
from msgspec.structs import replace

from coach.batch import Scored
from coach.batch.apart import Answer, Broken, File, Hello, Sent
from coach.batch.reading import read, reread
from coach.errors import BadInput, TooLarge
from coach.okr import Draft

if TYPE_CHECKING:
    from coach.service import Coach

# What a file may take to read: a workbook of 10,000 drafts takes a fifth of either.
MEMORY_LIMIT = 1_000_000_000
SECONDS_LIMIT = 20
_decode_draft = msgspec.json.Decoder(Draft).decode
T = TypeVar("T")


def main(work: str) -> None:
    """Do the work that is named, over standard input and output."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    if work == "read":
        _limit()
        _write(answers, _read(_next(asked, File)))
        return
    os.nice(10)  # whoever waits for a page comes first
    from coach.service import Rules  # a file is read without what judging takes

    coach = _next(asked, Rules).coach()
    _write(answers, Hello())
    while True:
        _write(answers, _judge(coach, _next(asked, Sent)))


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_LIMIT, SECONDS_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(file: File) -> Answer:
    try:
        if file.sheet is not None:
            return Answer(reread(file.sheet, file.columns))
        return Answer(read(file.data, file.name, file.form))
    except BadInput as error:
        return Answer(None, error.problems, isinstance(error, TooLarge))


def _judge(coach: "Coach", sent: Sent) -> Scored | Broken:
    from coach.batch.scoring import scored

    try:
        assessment = coach.assess(_decode_draft(sent.draft))
        return scored(replace(assessment, id=sent.id, created_at=sent.created_at))
    except Exception as error:  # told to whoever sent the draft
        frames = traceback.extract_tb(error.__traceback__)[-12:]
        at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return Broken(type(error).__name__, at)


def _next(asked: BinaryIO, kind: type[T]) -> T:
    """Return the next message; ends the process where there is none."""
    head = asked.read(4)
    data = asked.read(int.from_bytes(head, "big")) if len(head) == 4 else b""
    if not data:
        sys.exit(0)
    return msgspec.msgpack.decode(data, type=kind)


def _write(answers: BinaryIO, message: msgspec.Struct) -> None:
    data = msgspec.msgpack.encode(message)
    answers.write(len(data).to_bytes(4, "big") + data)
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
