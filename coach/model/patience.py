"""The one retry layer, and what it tells the ledger: every attempt, before and after."""

from typing import Protocol

from coach.model import Reply, Request
from coach.model.faults import ModelFailure


class Attempts(Protocol):
    """Where attempts are written down: reserved, then sent, then answered or failed.

    Each write is durable when it returns, and is let finish when the call around it is cancelled.
    Raises StoreUnavailable; nothing is then sent.
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
