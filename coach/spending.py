"""What asking a language model may cost, and what it did cost.

Money is counted in micro-units, millionths of the currency: a price of 2.50 a million tokens is
2.5 micro-units a token. Days are UTC's.
"""

from decimal import ROUND_CEILING, Decimal

import msgspec

MICRO = 1_000_000


class Prices(msgspec.Struct, frozen=True):
    """Prices a million tokens: sent, sent of those that the provider had kept, and answered."""

    input: Decimal
    output: Decimal
    cached: Decimal

    def cost(self, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> int:
        """Return what these tokens cost, in micro-units, a started one in full."""
        cached = min(cached_tokens, input_tokens)
        cost = (input_tokens - cached) * self.input + cached * self.cached
        return int((cost + output_tokens * self.output).to_integral_value(ROUND_CEILING))


class Terms(msgspec.Struct, frozen=True):
    """On which terms a language model is asked: which, where, and for how much.

    `host` is where drafts go. Without `prices` nothing is counted but tokens; `budget_micro` is
    what may be spent a day. Answers are kept for `answers_days`, so that nothing is asked twice.
    """

    model: str
    host: str
    prices: Prices | None = None
    currency: str = "USD"
    budget_micro: int | None = None
    answers_days: int = 90


class UsageLine(msgspec.Struct, frozen=True):
    """What one day's questions of one kind to one model took.

    `attempts` are answered, failed, ambiguous or still `open`. An ambiguous one brought no answer
    and may have been billed: `perhaps_micro` is what it and the open ones cost at most.
    """

    day: str
    request: str
    model: str
    attempts: int
    answered: int
    failed: int
    ambiguous: int
    open: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_micro: int
    perhaps_micro: int
    currency: str


class Reuse(msgspec.Struct, frozen=True):
    """How many answers of a day came from those that were kept, and cost nothing."""

    day: str
    answers: int


class Usage(msgspec.Struct, frozen=True):
    """What asking took from one day to another, both included; the newest day comes first."""

    since: str
    until: str
    lines: tuple[UsageLine, ...]
    reused: tuple[Reuse, ...]


def amount(micro: int, currency: str) -> str:
    """Return micro-units as people write money, to the cent, or finer where that hides it."""
    places = 2 if micro == 0 or micro >= MICRO // 10 else 6
    return f"{Decimal(micro) / MICRO:,.{places}f} {currency}".strip()
