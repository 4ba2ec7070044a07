"""Where the authorities disagree: a profile sets weights, thresholds and what is off.

What comes with the coach, and how a file is read, stands in `coach.rubrics.profiles`.
"""

from typing import Literal

import msgspec

from coach.assessment import Rubric


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers that criteria compare with. Characters, words and counts; shares are 0–1."""

    objective_long_hint: int = 90
    objective_long: int = 110
    key_results_max: int = 5
    timid_change: float = 0.05


class Bands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Scores below `fair` are weak, below `strong` fair, else strong."""

    fair: int = 50
    strong: int = 80


class Caps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most a rubric can reach with errors in it.

    `one`: an error on one key result or on the set; each further one takes `each` more. `all`:
    the least of these caps, and the one of an error on the objective or of no key result at all.
    """

    one: int = 74
    each: int = 12
    all: int = 45


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to judge. `weights` and `severities` override what a criterion declares.

    `weights` are the points that one finding takes; `rubrics` what each counts for overall.
    `source` says whose way it is.
    """

    name: str = "default"
    description: str = ""
    source: str = ""
    rubrics: dict[Rubric, float] = {}
    weights: dict[str, float] = {}
    severities: dict[str, Literal["off", "hint", "warning", "error"]] = {}
    thresholds: Thresholds = Thresholds()
    bands: Bands = Bands()
    caps: Caps = Caps()

    def __hash__(self) -> int:
        """Let a cache keep what follows from a profile: equal profiles have equal names."""
        return hash(self.name)


DEFAULT = Profile()
