"""The ledger: every attempt at an answer, before and after, and what a day may cost.

An attempt reserves what it costs at most, and settles for what it did cost. A reservation is on
disk before its request leaves; what follows is written behind it, since a crash before that loses
nothing: the attempt is ambiguous from the next start on, and may have been billed. No text of a
draft is in here.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import sqlalchemy as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.model import Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.model.thrift import digest_of
from coach.spending import Reuse, Terms, Usage, UsageLine, amount
from coach.store.moment import now
from coach.store.schema import attempts, reuses

if TYPE_CHECKING:
    from coach.store.assessments import Database

State = Literal["reserved", "sent", "answered", "failed", "ambiguous"]
PRINCIPAL = "local"
INTERRUPTED = "interrupted"
# What a message is wrapped in: roles, separators, the name of the schema.
_WRAPPING_TOKENS = 200


class Ledger:
    """Writes attempts down, and refuses those that a day's budget doesn't cover.

    It is the `Attempts` of `coach.model.patience`.
    """

    def __init__(self, database: "Database", terms: Terms, principal: str = PRINCIPAL) -> None:
        self._database = database
        self._terms = terms
        self._principal = principal
        self._begun: dict[str, float] = {}

    async def recover(self) -> None:
        """Call ambiguous what a process that ended left open.

        An attempt that another living process has under way is called so too, costs what it had
        reserved, and is settled by its own end all the same.
        """
        await self._database.write(_RECOVER, {"now": INTERRUPTED})

    async def reserve(self, request: Request, model: str) -> str:
        """Note an attempt about to be made, at the most it can cost; return its id.

        Raises ModelFailure (OVER_BUDGET) where the day's budget, with all that is reserved of it,
        doesn't cover that, and StoreUnavailable.
        """
        attempt, at = secrets.token_urlsafe(12), now()
        row = {
            "id": attempt,
            "at": at,
            "day": at[:10],
            "principal": self._principal,
            "request": request.name,
            "digest": digest_of(model, request),
            "model": model,
            "cost_micro": self._most(request),
            "currency": self._terms.currency if self._terms.prices else "",
            "budget": self._terms.budget_micro,
        }
        # Without a budget nothing is refused, so nobody need look.
        landed = None if self._terms.budget_micro is None else _RESERVED
        if not await self._database.write(_RESERVE, row, landed):
            limit = amount(self._terms.budget_micro or 0, self._terms.currency)
            raise ModelFailure(Fault.OVER_BUDGET, f"{limit} a day")
        self._begun[attempt] = time.monotonic()
        return attempt

    async def sent(self, attempt: str) -> None:
        """Note that the request leaves now."""
        self._database.hand_in(_SENT, {"key": attempt})
        self._begun[attempt] = time.monotonic()

    async def answered(self, attempt: str, reply: Reply) -> None:
        """Note the answer and what it used."""
        self._settle(attempt, "answered", None, reply)

    async def failed(self, attempt: str, failure: ModelFailure) -> None:
        """Note how the attempt ended, and what an answer that could not be used has used."""
        row = failure.fault.row
        state: State = "ambiguous" if row.ambiguous and failure.reply is None else "failed"
        self._settle(attempt, state, row.code, failure.reply)

    def _settle(self, attempt: str, state: State, fault: str | None, reply: Reply | None) -> None:
        begun = self._begun.pop(attempt, None)
        took = None if begun is None else round((time.monotonic() - begun) * 1000)
        end: dict[str, Any] = {"key": attempt, "now": state, "why": fault, "took": took}
        if state == "ambiguous":
            self._database.hand_in(_LEAVE, end)
            return
        used = reply or _NOTHING
        end |= {
            "input": used.input_tokens,
            "cached": used.cached_tokens,
            "output": used.output_tokens,
            # An answer that doesn't tell its tokens may cost what was reserved.
            "told": reply is None or used.input_tokens + used.output_tokens > 0,
            "cost": self._cost(used),
        }
        self._database.hand_in(_SETTLE, end)

    def _most(self, request: Request) -> int:
        """Return what a request costs at most: no tokeniser makes two tokens of one byte."""
        sent = len(msgspec.json.encode((request.system, request.user, request.schema)))
        prices = self._terms.prices
        return prices.cost(sent + _WRAPPING_TOKENS, request.most_tokens) if prices else 0

    def _cost(self, used: Reply) -> int:
        prices = self._terms.prices
        if prices is None:
            return 0
        return prices.cost(used.input_tokens, used.output_tokens, used.cached_tokens)


async def read_usage(connection: AsyncConnection, days: int) -> Usage:
    """Return what the last days took, today included, the newest first."""
    today = datetime.now(UTC).date()
    since = (today - timedelta(days=days - 1)).isoformat()
    lines = await connection.execute(_USAGE, {"since": since})
    again = await connection.execute(_REUSES, {"since": since})
    return Usage(
        since,
        today.isoformat(),
        tuple(UsageLine(*row) for row in lines),
        tuple(Reuse(*row) for row in again),
    )


# --- statements -----------------------------------------------------------------------------

_NOTHING = Reply("", "")

# One statement looks and writes, so that no two attempts take the same rest of a budget.
_RESERVE = sql.text("""
INSERT INTO attempts (id, at, principal, day, request, digest, model, state,
                      input_tokens, cached_tokens, output_tokens, cost_micro, currency)
SELECT :id, :at, :principal, :day, :request, :digest, :model, 'reserved', 0, 0, 0,
       :cost_micro, :currency
WHERE :budget IS NULL OR :cost_micro + (
    SELECT coalesce(sum(cost_micro), 0) FROM attempts
    WHERE day = :day AND principal = :principal AND currency = :currency
) <= :budget
""")

_RESERVED = sql.select(attempts.c.id).where(attempts.c.id.in_(sql.bindparam("ids", expanding=True)))
_ONE = attempts.c.id == sql.bindparam("key")
# Spelled out: a list as a parameter can't be shared by many rows.
_OPEN = sql.or_(attempts.c.state == "reserved", attempts.c.state == "sent")
_UNDECIDED = sql.or_(_OPEN, attempts.c.state == "ambiguous")
_END: dict[str, sql.ColumnElement[Any]] = {
    "state": sql.bindparam("now"),
    "fault": sql.bindparam("why"),
    "milliseconds": sql.bindparam("took"),
}
_SENT = sql.update(attempts).where(_ONE, attempts.c.state == "reserved").values(state="sent")
_LEAVE = sql.update(attempts).where(_ONE, _UNDECIDED).values(_END)
_SETTLE = (
    sql.update(attempts)
    .where(_ONE, _UNDECIDED)
    .values(
        _END
        | {
            "input_tokens": sql.bindparam("input"),
            "cached_tokens": sql.bindparam("cached"),
            "output_tokens": sql.bindparam("output"),
            "cost_micro": sql.case(
                (sql.bindparam("told", type_=sql.Boolean), sql.bindparam("cost")),
                else_=attempts.c.cost_micro,
            ),
        }
    )
)
_RECOVER = sql.update(attempts).where(_OPEN).values(state="ambiguous", fault=sql.bindparam("now"))


def _count(*states: State) -> sql.ColumnElement[int]:
    return sql.func.count().filter(attempts.c.state.in_(states))


def _cost(*states: State) -> sql.ColumnElement[int]:
    spent = sql.func.sum(attempts.c.cost_micro).filter(attempts.c.state.in_(states))
    return sql.func.coalesce(spent, 0)


_KIND = (attempts.c.day, attempts.c.request, attempts.c.model)
_USAGE = (
    sql.select(
        *_KIND,
        sql.func.count(),
        _count("answered"),
        _count("failed"),
        _count("ambiguous"),
        _count("reserved", "sent"),
        sql.func.sum(attempts.c.input_tokens),
        sql.func.sum(attempts.c.cached_tokens),
        sql.func.sum(attempts.c.output_tokens),
        _cost("answered", "failed"),
        _cost("ambiguous", "reserved", "sent"),
        attempts.c.currency,
    )
    .where(attempts.c.day >= sql.bindparam("since"))
    .group_by(*_KIND, attempts.c.currency)
    .order_by(attempts.c.day.desc(), attempts.c.request, attempts.c.model)
)
_REUSES = (
    sql.select(reuses.c.day, reuses.c.answers)
    .where(reuses.c.day >= sql.bindparam("since"))
    .order_by(reuses.c.day.desc())
)
