"""What an evaluation came to."""

import msgspec

from coach.evaluation.shares import Agreement, Share


class CriterionAccuracy(msgspec.Struct, frozen=True):
    """How a criterion's findings meet the labels. Hints don't count as alarms."""

    criterion: str
    precision: Share
    recall: Share


class Example(msgspec.Struct, frozen=True):
    """A place where findings and labels differ."""

    criterion: str
    draft: str
    line: str
    words: str


class Misreading(msgspec.Struct, frozen=True):
    """A field of a sentence that was read otherwise than labelled."""

    text: str
    field: str
    expected: str
    found: str


class Card(msgspec.Struct, frozen=True):
    """The figures, and the places behind them.

    `pairs` and `baselines` map a slice of the pairs to a share. `readings` maps a field to how
    often it was read right where the label states it or the reading holds it, and "all" to the
    sentences without any difference. `measurable` maps what we take for measurable to how people's
    word (first) and ours (second) agree.
    """

    coach: str
    rubrics: str
    profile: str
    drafts: int
    pairs: dict[str, Share]
    own_rubric: dict[str, Share]
    baselines: dict[str, dict[str, Share]]
    in_peace: Share
    precision: Share
    recall: Share
    criteria: tuple[CriterionAccuracy, ...]
    false_alarms: tuple[Example, ...]
    missed: tuple[Example, ...]
    readings: dict[str, Share]
    misread: tuple[Misreading, ...]
    measurable: dict[str, Agreement]
