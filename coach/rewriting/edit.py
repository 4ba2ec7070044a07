"""An edit mends one finding: a function named like the criterion, in the author's own words.

It is given a `Case` and returns the changes it asks for, or None where it has nothing honest to
offer. `blank("today")` is the only way to write what the draft doesn't say. The docstring holds
examples, `angle: before ⇒ after` (of a key result, or `angle, objective: …`; lines of the result
are joined by ` | `), and the tests hold the whole path to them. Nothing else is registered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from coach.assessment import Finding
from coach.reading.draft import BLANK, KeyResultLine, Line, ReadDraft

Angle = Literal["sharper", "bolder", "closer to purpose"]
ANGLES: tuple[Angle, ...] = ("sharper", "bolder", "closer to purpose")


Place = tuple[str, str]
"""A criterion and the line that it is about, "set" for the draft as a whole."""


class Replace(NamedTuple):
    """Put `text` in the place of words; an insertion where `start` is `end`.

    The words are those of the line that the finding is about, unless `line` names another.
    """

    start: int
    end: int
    text: str
    line: str | None = None


class Add(NamedTuple):
    """Add a key result after the line that the finding is about, or after the last."""

    text: str


class Drop(NamedTuple):
    """Leave a key result out."""

    line: str


Change = Replace | Add | Drop
Changes = tuple[Change, ...] | None


@dataclass(frozen=True)
class Case:
    """A finding to mend: its draft, its line (None for the set), and the angle of the rewrite."""

    read: ReadDraft
    finding: Finding
    line: Line | None
    angle: Angle
    today: Mapping[Place, Finding]

    @property
    def text(self) -> str:
        return self.line.text if self.line else ""

    @property
    def folded(self) -> str:
        return self.line.folded if self.line else ""

    @property
    def key_result(self) -> KeyResultLine | None:
        return self.line if isinstance(self.line, KeyResultLine) else None

    @property
    def start(self) -> int:
        """Where the words of the finding start: the line's start where it marks none."""
        return self.finding.span.start if self.finding.span else 0

    @property
    def end(self) -> int:
        return self.finding.span.end if self.finding.span else len(self.text)

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    def also(self, criterion: str) -> bool:
        """Say whether the same line is found to have another flaw too."""
        return (criterion, self.finding.line) in self.today


class Example(NamedTuple):
    """A line before and after an edit, which may make two of it."""

    angle: str
    is_objective: bool
    before: str
    after: tuple[str, ...]


class Edit(NamedTuple):
    """How a finding is mended, and which findings on its line or on the set that answers too."""

    criterion: str
    changes: Callable[[Case], Changes]
    settles: frozenset[str]
    opens: frozenset[str]

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return what its docstring shows."""
        lines = (self.changes.__doc__ or "").splitlines()
        return tuple(_example(line.strip()) for line in lines if "⇒" in line)


def _example(line: str) -> Example:
    head, _, rest = line.partition(": ")
    angle, _, place = head.partition(", ")
    before, after = rest.split(" ⇒ ")
    return Example(angle, bool(place), before, tuple(after.split(" | ")))


NUMBERS = (
    "no-target", "no-baseline", "no-movement", "wrong-direction", "timid-target",
    "impossible-target", "moonshot-without-path", "units-differ", "ambiguous-percent", "all-output",
)  # fmt: skip
"""What can be judged only once a key result's numbers are all there."""

ASKED = ("no-beneficiary", "no-why", "too-thin")
"""What the words that fill a blank of the objective may well answer."""


def edit(*settles: str, opens: tuple[str, ...] = ()) -> Callable[[Callable[[Case], Changes]], Edit]:
    """Make a function the edit for the criterion that it is named after.

    Its blanks leave open that criterion, those it settles, and on its line those it `opens`.
    """

    def offer(changes: Callable[[Case], Changes]) -> Edit:
        criterion = changes.__name__.replace("_", "-")
        return Edit(criterion, changes, frozenset(settles), frozenset(opens))

    return offer


# Inside this package a blank stands between two characters that no keyboard has, so that it can't
# be taken for brackets of the author's.
OPEN, CLOSE = "\ue001", "\ue002"
MARKS = BLANK + OPEN + CLOSE


def blank(name: str) -> str:
    """Return a blank with a helpful name in it."""
    return OPEN + name.replace("[", "(").replace("]", ")") + CLOSE


TODAY = blank("today")
TARGET = blank("target")
FROM_TO = f"from {TODAY} to {TARGET}"
WHO = blank("who benefits")
CAN = "can " + blank("do what they can't do today")
WHO_CAN = f"{WHO} {CAN}"
