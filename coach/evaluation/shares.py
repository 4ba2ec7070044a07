"""Shares and agreement, with the intervals that hold the true value at 95 %."""

import math
from collections import defaultdict
from collections.abc import Iterable

import msgspec

_Z = 1.959964


class Share(msgspec.Struct, frozen=True):
    """`right` of `of`, with its Wilson interval."""

    right: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


class Agreement(msgspec.Struct, frozen=True):
    """How two judges of one yes-or-no question agree: Cohen's κ (0 is chance, 1 always).

    `first` and `second` are how often each says yes, `f1` how well the second finds the first's
    yes. κ has no value where both always say the same one thing.
    """

    of: int
    first: int
    second: int
    same: Share
    kappa: float | None
    low: float
    high: float
    f1: float | None


def share(right: int, of: int) -> Share:
    """Return a share with its Wilson interval (Wilson 1927), 0 to 1 where nothing was counted."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    mean = right / of
    middle = mean + _Z**2 / (2 * of)
    reach = _Z * math.sqrt(mean * (1 - mean) / of + _Z**2 / (4 * of**2))
    whole = 1 + _Z**2 / of
    return Share(right, of, round((middle - reach) / whole, 4), round((middle + reach) / whole, 4))


def agreement(answers: Iterable[tuple[bool, bool]]) -> Agreement:
    """Return how two judges agree, with the large-sample interval of κ.

    Source: Fleiss, Cohen and Everitt (1969)
    """
    pairs = list(answers)
    of = len(pairs)
    first, second = (sum(pair[judge] for pair in pairs) for judge in (0, 1))
    both = sum(one and other for one, other in pairs)
    same = share(sum(one == other for one, other in pairs), of)
    f1 = 2 * both / (first + second) if first + second else None
    nothing = Agreement(of, first, second, same, None, -1.0, 1.0, f1)
    if not of:
        return nothing
    by_chance = (first * second + (of - first) * (of - second)) / of**2
    if by_chance == 1:
        return nothing
    kappa = (same.right / of - by_chance) / (1 - by_chance)
    reach = _Z * math.sqrt(_variance(pairs, kappa, by_chance))
    low, high = max(-1.0, kappa - reach), min(1.0, kappa + reach)
    return Agreement(of, first, second, same, round(kappa, 4), round(low, 4), round(high, 4), f1)


def _variance(pairs: list[tuple[bool, bool]], kappa: float, by_chance: float) -> float:
    of = len(pairs)
    ones = {answer: sum(one == answer for one, _ in pairs) / of for answer in (True, False)}
    others = {answer: sum(other == answer for _, other in pairs) / of for answer in (True, False)}
    total = 0.0
    for one, other in pairs:
        if one == other:
            total += (1 - (ones[one] + others[one]) * (1 - kappa)) ** 2
        else:
            total += ((1 - kappa) * (others[one] + ones[other])) ** 2
    spread = total / of - (kappa - by_chance * (1 - kappa)) ** 2
    return max(0.0, spread) / ((1 - by_chance) ** 2 * of)


class Tally:
    """Right answers and questions, by name."""

    def __init__(self) -> None:
        self._right: dict[str, int] = defaultdict(int)
        self._of: dict[str, int] = defaultdict(int)

    def add(self, name: str, right: bool) -> None:
        self._right[name] += right
        self._of[name] += 1

    def shares(self) -> dict[str, Share]:
        return {name: share(self._right[name], of) for name, of in self._of.items()}

    def share(self, name: str) -> Share:
        return share(self._right[name], self._of[name])
