"""A draft as the rules see it: lines with their words and readings, and what surrounds them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from coach.assessment import Reading
from coach.okr import Context, Draft
from coach.organisation import Organisation
from coach.profile import DEFAULT, Profile
from coach.reading.dates import find_dates
from coach.reading.key_result import Quantity, read_scanned
from coach.reading.lazy import lazy
from coach.reading.metrics import Measure, measure_of
from coach.reading.objective import Grammar, read_objective
from coach.reading.text import Scan, Word, scan
from coach.reading.verbs import Verb, leading_verb
from coach.reading.work import Work, work_of

BLANK = "\ue000"
"""Stands for each `[…]` in the text of a rewrite that is judged: no word, no number."""


@dataclass(eq=False)
class Line:
    """One line of a draft. `folded` and `words` are what rules match on; spans fit `text`.

    What a line keeps once worked out depends on its text and the draft's context alone, never on
    the other lines: a rewrite's unchanged lines keep it too.
    """

    name: str
    text: str
    draft: "ReadDraft" = field(repr=False)

    @lazy
    def scanned(self) -> Scan:
        return scan(self.text)

    @lazy
    def folded(self) -> str:
        return self.scanned.folded

    @lazy
    def words(self) -> tuple[Word, ...]:
        return self.scanned.words

    @lazy
    def vocabulary(self) -> frozenset[str]:
        return frozenset([word.text for word in self.words])

    @lazy
    def verb(self) -> Verb | None:
        return leading_verb(self.words, self.folded)


class ObjectiveLine(Line):
    """The objective."""

    @lazy
    def grammar(self) -> Grammar:
        return read_objective(self.folded, self.words)

    @lazy
    def deadline(self) -> str | None:
        """The words of the date by which it is to be true, where it names one."""
        for when in find_dates(self.scanned, self.draft.context.cycle):
            if when.day is not None and when.before not in ("since", "after", "last"):
                return self.text[when.start : when.end]
        return None


class Step(msgspec.Struct, frozen=True):
    """From where to where a key result goes, and where the numbers stand in its line."""

    baseline: float
    target: float
    start: int
    end: int

    @property
    def sign(self) -> int:
        return (self.target > self.baseline) - (self.target < self.baseline)


class KeyResultLine(Line):
    """A key result and its reading."""

    @lazy
    def _read(self) -> tuple[Reading, tuple[Quantity, ...]]:
        return read_scanned(self.scanned, self.name, self.draft.context.cycle)

    @lazy
    def reading(self) -> Reading:
        return self._read[0]

    @lazy
    def quantities(self) -> tuple[Quantity, ...]:
        return self._read[1]

    @lazy
    def is_numbered(self) -> bool:
        """Whether a number says where it ends, or by how much it moves."""
        return self.reading.target is not None or self.reading.change is not None

    @lazy
    def ends(self) -> tuple[int, int] | None:
        """Where its baseline and its target stand, from the first to the last; None for work."""
        reading = self.reading
        if (reading.baseline is None and reading.target is None) or self.work is not None:
            return None
        spans = [(q.start, q.end) for q in self.quantities if q.role in ("baseline", "target")]
        if not spans:
            return None
        start, end = min(spans)[0], max(span[1] for span in spans)
        return start - 5 * self.folded.startswith("from ", start - 5), end

    @lazy
    def step(self) -> "Step | None":
        """From where to where it goes, where both are said."""
        baseline, target = self.reading.baseline, self.reading.target
        if baseline is None or target is None or self.ends is None:
            return None
        return Step(baseline, target, *self.ends)

    @lazy
    def measure(self) -> Measure:
        return measure_of(self, self.reading)

    @lazy
    def work(self) -> Work | None:
        return work_of(self.folded, self.words, self.verb, self.reading)


class WhyLine(Line):
    """The reason that the author gives."""


class ReadDraft:
    """A draft with its lines read, in the organisation and profile it is judged by.

    `objective` is None where the draft has no words for one; blank key results are left out, but
    keep their number (`kr2` is the second of the draft). `left_open` is None for what a person
    wrote; for a rewrite it names what its blanks leave unjudged, as (criterion, line). `looks`
    counts how often somebody looked at its words, so that it shows who judged a line by itself.
    `nearness` tells how near two texts are in meaning (1 the same, 0 unrelated), where something
    that can is set up. It is for hints alone, which no rewrite is looked at for.
    """

    left_open: frozenset[tuple[str, str]] | None = None
    looks: int = 0
    nearness: Callable[[str, str], float] | None = None

    def __init__(
        self, draft: Draft, organisation: Organisation | None = None, profile: Profile = DEFAULT
    ) -> None:
        self._draft = draft
        self.context: Context = draft.context
        self.organisation = organisation or Organisation()
        self.profile = profile
        self._objective = (
            ObjectiveLine("objective", draft.objective, self) if draft.objective.strip() else None
        )
        self._key_results = tuple(
            KeyResultLine(f"kr{number}", text, self)
            for number, text in enumerate(draft.sentences, 1)
            if text.strip()
        )
        self._lines = ((self._objective,) if self._objective else ()) + self._key_results
        self._seen = {(line.name, line.text): line for line in self._lines}
        why = draft.context.why
        self._why = WhyLine("why", why, self) if why and why.strip() else None

    @property
    def draft(self) -> Draft:
        self.looks += 1
        return self._draft

    @property
    def objective(self) -> ObjectiveLine | None:
        self.looks += 1
        return self._objective

    @property
    def key_results(self) -> tuple[KeyResultLine, ...]:
        self.looks += 1
        return self._key_results

    @property
    def lines(self) -> tuple[ObjectiveLine | KeyResultLine, ...]:
        self.looks += 1
        return self._lines

    @property
    def why(self) -> WhyLine | None:
        self.looks += 1
        return self._why

    @lazy
    def measured(self) -> tuple[KeyResultLine, ...]:
        """The key results that name a number to reach."""
        return tuple(kr for kr in self.key_results if kr.reading.target is not None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(kr.reading for kr in self.key_results)

    def revised(self, draft: Draft, left_open: frozenset[tuple[str, str]]) -> "ReadDraft":
        """Return a rewrite of this draft, read. No line is read a second time."""
        other = ReadDraft(draft, self.organisation, self.profile)
        other.left_open = left_open
        for line in other.lines:
            known = self._seen.setdefault((line.name, line.text), line)
            vars(line).update(vars(known), draft=other)
        return other
