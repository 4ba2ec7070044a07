"""Long proofs, by one command: `make prove`. Each says how many cases, from which seed, how long.

A proof is a module of this package with a `PROMISE` (one sentence), `CASES` (how many by default)
and `run(random, cases, guarded)`, which returns a `Tally`. `SAMPLE` is how many cases the tests
take and `CONTROL` the control, where that is not the usual number; `MOST` the share of cases that
may break. Nothing is registered anywhere. With `guarded` off it takes the guard away that it is
about, and is then to find the promise broken: a proof that can't fail is none.
"""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """What became of the cases: how many, which broke the promise, and what else was counted."""

    cases: int = 0
    broken: list[str] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)

    def broke(self, how: str) -> None:
        """Note a case that broke the promise."""
        self.broken.append(how)

    @property
    def bound(self) -> float:
        """The share of cases that the promise is broken in at most, 19 times out of 20."""
        return upper_bound(len(self.broken), self.cases)


def upper_bound(broken: int, cases: int) -> float:
    """Return the upper end of a 95 % interval of a share: 3/N for none of N, else Wilson's."""
    return 3 / cases if not broken else wilson(broken, cases)[1]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    z, share = 1.96, part / whole
    middle = share + z * z / (2 * whole)
    spread = z * ((share * (1 - share) + z * z / (4 * whole)) / whole) ** 0.5
    size = 1 + z * z / whole
    return max(0.0, (middle - spread) / size), min(1.0, (middle + spread) / size)
