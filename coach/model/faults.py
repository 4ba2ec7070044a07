"""What can end a call without an answer, and what follows: one row a fault.

The retry layer reads this table and nothing else, so how a fault is treated is changed here.
"""

from enum import Enum
from typing import Literal, NamedTuple

from coach.model import Reply

Breaker = Literal["ignores", "counts", "opens", "opens until restart"]


class Row(NamedTuple):
    """What a fault means.

    `code` names it in logs, metrics and the ledger. `said` is what an author reads: part of a
    sentence, as in "not judged: …". `tries` is how many attempts a call may have taken when this
    fault ends one and another follows. `ambiguous`: the provider may have done the work, and may
    bill it. `breaker`: what it means for the calls of others. `alarm`: the operator's to mend.
    """

    code: str
    said: str
    tries: int = 1
    ambiguous: bool = False
    breaker: Breaker = "ignores"
    alarm: bool = False


_DOWN = "the language model doesn't answer at the moment"
_ODD = "the language model's answer could not be read"
_UNSET = "the language model isn't set up correctly"
_SLOW = "the language model took too long"
_SPENT = "the provider's budget for the language model is used up"
_LONG = "the draft is longer than the language model can read"
_LATER = "the language model asks for a longer pause"


class Fault(Enum):
    """The ways in which a call ends without an answer."""

    # The endpoint's word.
    BUSY = Row("busy", "the language model is busy at the moment", tries=3, breaker="counts")
    LATER = Row("later", _LATER, breaker="opens")
    NO_QUOTA = Row("no-quota", _SPENT, breaker="opens", alarm=True)
    DOWN = Row("down", _DOWN, tries=3, breaker="counts")
    CONFLICT = Row("conflict", _DOWN, tries=2, breaker="counts")
    TOO_LONG = Row("too-long", _LONG)
    REJECTED = Row("rejected", _UNSET, alarm=True)
    BAD_KEY = Row("bad-key", _UNSET, breaker="opens until restart", alarm=True)
    NO_MODEL = Row("no-model", _UNSET, breaker="opens until restart", alarm=True)
    REDIRECTED = Row("redirected", _UNSET, breaker="opens until restart", alarm=True)

    # The line to it.
    UNREACHABLE = Row("unreachable", _DOWN, tries=3, breaker="counts")
    UNTRUSTED = Row("untrusted", _UNSET, breaker="opens", alarm=True)
    LOST = Row("lost", _DOWN, tries=2, ambiguous=True, breaker="counts")
    TOO_SLOW = Row("too-slow", _SLOW, tries=2, ambiguous=True, breaker="counts")

    # What it sent.
    TOO_BIG = Row("too-big", _ODD, ambiguous=True, breaker="counts", alarm=True)
    ENCODED = Row("encoded", _ODD, ambiguous=True, breaker="counts", alarm=True)
    GARBLED = Row("garbled", _ODD, tries=2, ambiguous=True, breaker="counts")
    UNREADABLE = Row("unreadable", _ODD, tries=2, ambiguous=True)
    NOT_AN_API = Row("not-an-api", _UNSET, breaker="counts", alarm=True)
    CUT_SHORT = Row("cut-short", _ODD, tries=2)
    OFF_SCHEMA = Row("off-schema", _ODD, tries=2)
    DECLINED = Row("declined", "the language model declined to comment on this text")

    # Our own: no request was sent, or nobody waits for its answer any more.
    PAUSED = Row("paused", _DOWN)
    OVERLOADED = Row("overloaded", "too many drafts are waiting for the language model")
    OVER_BUDGET = Row("over-budget", "today's budget for the language model is used up")
    UNRECORDED = Row("unrecorded", "the coach could not note down the call", alarm=True)
    WITHDRAWN = Row("withdrawn", "nobody waited for the language model")
    ABANDONED = Row("abandoned", "nobody waited for the language model", ambiguous=True)

    @property
    def row(self) -> Row:
        """What follows from this fault."""
        return self.value


class ModelFailure(Exception):
    """A call that brought no answer.

    `detail` is for logs and the ledger: never text of a draft or an answer, never a key. `wait` is
    how many seconds the endpoint asked to stay away. `reply` is the answer that could not be used,
    where there was one: its tokens are spent.
    """

    def __init__(
        self,
        fault: Fault,
        detail: str = "",
        *,
        wait: float | None = None,
        reply: Reply | None = None,
    ) -> None:
        self.fault = fault
        self.detail = detail
        self.wait = wait
        self.reply = reply
        super().__init__(f"{fault.row.code}: {detail}" if detail else fault.row.code)
