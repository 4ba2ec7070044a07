"""Nothing is asked twice: answers are kept by content, and equal questions at once are one."""

import hashlib
from typing import Protocol

import msgspec

from coach.model import Reply, Request


class Answers(Protocol):
    """Where answers are kept, by the digest of everything that was asked.

    Both raise StoreUnavailable, which costs a call and never an answer.
    """

    async def find(self, digest: str) -> Reply | None:
        """Return the answer that is kept, or None; what can't be read any more counts as none."""
        ...

    async def keep(self, digest: str, reply: Reply) -> None:
        """Keep an answer; the first one kept under a digest stays."""
        ...


def digest_of(model: str, request: Request) -> str:
    """Return what an answer is kept under: the model and every byte that it is asked."""
    return hashlib.sha256(msgspec.json.encode((model, request))).hexdigest()
