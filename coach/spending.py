"""What asking a language model may cost, and what it did cost.

Money is counted in micro-units, millionths of the currency: a price of 2.50 a million tokens is
2.5 micro-units a token. Days are UTC's.
"""

from decimal import ROUND_CEILING, Decimal

import msgspec
from msgspec.structs import replace

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


class Budget(msgspec.Struct, frozen=True):
    """What may be spent today, and what is spent or reserved of it by now."""

    limit_micro: int
    spent_micro: int
    currency: str


class Usage(msgspec.Struct, frozen=True):
    """What asking took from one day to another, both included; the newest day comes first."""

    since: str
    until: str
    lines: tuple[UsageLine, ...]
    reused: tuple[Reuse, ...]
    budget: Budget | None = None

    def within(self, terms: Terms | None) -> "Usage":
        """Return this usage with today's budget by those terms, where they set one."""
        if terms is None or terms.budget_micro is None:
            return self
        spent = sum(
            line.cost_micro + line.perhaps_micro
            for line in self.lines
            if line.day == self.until and line.currency == terms.currency
        )
        return replace(self, budget=Budget(terms.budget_micro, spent, terms.currency))

    @property
    def totals(self) -> tuple[UsageLine, ...]:
        """The sum of all lines, one for each currency; without day, kind and model."""
        summed = []
        for currency in dict.fromkeys(line.currency for line in self.lines):
            same = [line for line in self.lines if line.currency == currency]
            sums = {name: sum(getattr(line, name) for line in same) for name in _COUNTED}
            summed.append(UsageLine("", "", "", currency=currency, **sums))
        return tuple(summed)

    @property
    def reuses(self) -> int:
        """How many answers came from those that were kept."""
        return sum(each.answers for each in self.reused)


class Estimate(msgspec.Struct, frozen=True):
    """What asking about so many drafts may cost; `drafts_before` are those it is told from."""

    micro: int
    currency: str
    drafts_before: int


# What the questions about a usual draft take, where none was asked about yet: see docs/measured.md.
_USUAL_TOKENS = (2_800, 900)
_ENOUGH = 20


def estimate(drafts: int, terms: Terms, taken: Usage) -> Estimate | None:
    """Return what asking about drafts will cost about, None where no prices are set.

    It is told from what drafts took before, or from what a usual one takes where too few were
    asked about.
    """
    if terms.prices is None:
        return None
    same = [
        line
        for line in taken.lines
        if line.model == terms.model and line.currency == terms.currency
    ]
    judged = sum(line.answered for line in same if line.request == "judge")
    if judged < _ENOUGH:
        return Estimate(drafts * terms.prices.cost(*_USUAL_TOKENS), terms.currency, 0)
    spent = sum(line.cost_micro for line in same)
    return Estimate(-(-drafts * spent // judged), terms.currency, judged)


_COUNTED = (
    "attempts", "answered", "failed", "ambiguous", "open",
    "input_tokens", "cached_tokens", "output_tokens", "cost_micro", "perhaps_micro",
)  # fmt: skip


def amount(micro: int, currency: str) -> str:
    """Return micro-units as people write money: to the cent, or finer where that hides it."""
    places = 2 if micro == 0 or micro >= MICRO // 10 else 4
    cost = (Decimal(micro) / MICRO).quantize(Decimal(1).scaleb(-places), ROUND_CEILING)
    return f"{cost:,} {currency}".strip()


def unanswered(line: UsageLine) -> str:
    """Return what is to be said of the attempts that brought no answer; empty where all did."""
    said = []
    if line.failed:
        said.append(f"{line.failed:,} failed")
    if line.ambiguous:
        said.append(f"{line.ambiguous:,} ended without an answer and may have been billed")
    if line.open:
        said.append(f"{line.open:,} under way")
    if line.currency and line.perhaps_micro:
        said.append(f"at most {amount(line.perhaps_micro, line.currency)} more")
    return ", ".join(said)
