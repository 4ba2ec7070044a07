"""A draft as the rules see it: lines with their words and readings, and what surrounds them."""

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from coach.assessment import Reading
from coach.okr import Context, Draft
from coach.organisation import Organisation
from coach.profile import DEFAULT, Profile
from coach.reading.asides import Runs, is_copied, runs_of, without_asides
from coach.reading.concepts import concepts, concepts_of
from coach.reading.dates import When, find_dates
from coach.reading.instructions import Addressed, find_addressed
from coach.reading.key_result import read_scanned
from coach.reading.lazy import lazy
from coach.reading.metrics import Measure, Polarity, measure_of, polarity_of
from coach.reading.objective import read_objective
from coach.reading.text import Scan, scan
from coach.reading.verbs import Verb, leading_verb
from coach.reading.words import EMPTY, FUNCTION
from coach.reading.work import work_of

BLANK = "\ue000"
"""Stands for each `[…]` in the text of a rewrite that is judged: no word, no number."""


class Line:
    """One line of a draft. `folded` and `words` are what rules match on; spans fit `text`.

    Words that speak to a judge, and other asides, are blanks in `text`, so that they earn nothing;
    in `written` the asides stand. `begins` is where its first word stands, or a sign that
    belongs to it, past bullets and pictures.

    What a line keeps depends on its text and the draft's context alone, never on the other lines:
    a rewrite's unchanged lines keep it too. What every rule asks for is worked out at once, since
    an attribute that is there is found several times as fast as one that is still to be made.
    """

    def __init__(self, name: str, scanned: Scan, draft: "ReadDraft", written: str) -> None:
        self.name = name
        self.text = scanned.text
        self.draft = draft
        self.written = written
        self.scanned = scanned
        self.folded = scanned.folded
        self.words = scanned.words
        self.vocabulary = scanned.vocabulary
        begins = _BEGINS.search(self.text)
        self.begins = begins.start() if begins else len(self.text)

    @lazy
    def concepts(self) -> frozenset[str]:
        """What it is about."""
        return concepts_of(self.words)

    @lazy
    def verb(self) -> Verb | None:
        return leading_verb(self.words, self.folded)


class ObjectiveLine(Line):
    """The objective and its grammar."""

    def __init__(self, name: str, scanned: Scan, draft: "ReadDraft", written: str) -> None:
        super().__init__(name, scanned, draft, written)
        self.grammar = read_objective(self.folded, self.words)

    @lazy
    def whole(self) -> "ObjectiveLine":
        """The objective with its asides, for what is to be said of those."""
        if self.text == self.written:
            return self
        return ObjectiveLine(self.name, scan(self.written), self.draft, self.written)

    @lazy
    def dates(self) -> tuple[When, ...]:
        return tuple(find_dates(self.scanned, self.draft.context.cycle))

    @lazy
    def deadline(self) -> str | None:
        """The words of the date by which it is to be true, where it names one."""
        for when in self.dates:
            if (
                when.day is not None
                and when.exists
                and when.before not in ("since", "after", "last")
            ):
                return self.text[when.start : when.end]
        return None


class Step(msgspec.Struct, frozen=True):
    """From where to where a key result goes, where the numbers stand in its line, and which way
    that is: `sign` is 1 for up, -1 for down, 0 where nothing moves."""

    baseline: float
    target: float
    start: int
    end: int
    sign: int


class KeyResultLine(Line):
    """A key result and its reading.

    `is_numbered` says whether a number tells where it ends, or by how much it moves; `step` goes
    from where to where, where both are said; `ends` is where its baseline and its target stand,
    from the first to the last, None for work and where they move nothing.
    """

    def __init__(self, name: str, scanned: Scan, draft: "ReadDraft", written: str) -> None:
        super().__init__(name, scanned, draft, written)
        reading, self.quantities = read_scanned(scanned, name, draft.context.cycle)
        self.reading = reading
        self.is_numbered = reading.target is not None or reading.change is not None
        self.work = work_of(self.folded, self.words, self.verb, reading)
        self.ends = self._ends()
        self.step = self._step()

    def _ends(self) -> tuple[int, int] | None:
        reading = self.reading
        if (reading.baseline is None and reading.target is None) or self.work is not None:
            return None
        if self.is_idle:
            return None
        spans = [(q.start, q.end) for q in self.quantities if q.role in ("baseline", "target")]
        if not spans:
            return None
        start, end = min(spans)[0], max(span[1] for span in spans)
        return start - 5 * self.folded.startswith("from ", start - 5), end

    def _step(self) -> Step | None:
        baseline, target = self.reading.baseline, self.reading.target
        if baseline is None or target is None or self.ends is None:
            return None
        sign = (target > baseline) - (target < baseline)
        return Step(baseline, target, *self.ends, sign)

    @lazy
    def is_pasted(self) -> bool:
        """Whether it only repeats the purpose, priority or parent that the draft hangs on."""
        pasted = self.draft.pasted
        return bool(pasted) and is_copied(self.words, pasted)

    @lazy
    def measures_nothing(self) -> bool:
        """Whether its number has no measure: "100 %", "drive impact by 10x"."""
        part = self.reading.parts.get("metric")
        said = self.words
        if part is not None:
            start, end = part.start, part.end
            said = tuple([word for word in said if start <= word.start < end])
        if len(said) > 1 and said[0].text in EMPTY and said[1].text in ("in", "of", "for"):
            return True
        if len(said) > 3:
            return False
        return all(word.text in _SAY_NOTHING for word in said)

    @property
    def is_idle(self) -> bool:
        """Whether its numbers, if it has any, move nothing of its own."""
        return self.is_pasted or self.measures_nothing

    @lazy
    def measure(self) -> Measure:
        return measure_of(self, self.reading)

    @lazy
    def polarity(self) -> Polarity:
        return polarity_of(self, self.reading)


_SAY_NOTHING = (
    EMPTY
    | FUNCTION
    | frozenset(
        """
        achieved drive deliver everything goal goals great greatness impact key kpi now number
        objective objectives okr okrs percent points potential progress reached result results
        success target targets today value x
        """.split()
    )
)


class WhyLine(Line):
    """The reason that the author gives."""


_BEGINS = re.compile(r"[\w\"'“”„‘’«(\[{<>≤≥=~≈+#€$£¥%.?!&/@]")
_SAID = re.compile(r"[^\W_]")
AnyLine = TypeVar("AnyLine", bound=Line)


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
        self,
        draft: Draft,
        organisation: Organisation | None = None,
        profile: Profile = DEFAULT,
        seen: "dict[tuple[str, str], Line] | None" = None,
    ) -> None:
        self._draft = draft
        self.context: Context = draft.context
        self.organisation = organisation or Organisation()
        self.profile = profile
        self._seen: dict[tuple[str, str], Line] = {} if seen is None else seen
        self._addressed: list[tuple[str, Addressed]] = []
        self._objective = self._line(ObjectiveLine, "objective", draft.objective)
        key_results = (
            self._line(KeyResultLine, f"kr{number}", text)
            for number, text in enumerate(draft.sentences, 1)
        )
        self._key_results = tuple(line for line in key_results if line is not None)
        self._lines = ((self._objective,) if self._objective else ()) + self._key_results
        self._why = self._line(WhyLine, "why", draft.context.why or "")

    def _line(self, kind: type[AnyLine], name: str, written: str) -> AnyLine | None:
        """Return a line as it is judged, None where it has no words for a reader."""
        known = self._seen.get((name, written))
        if known is not None:
            line = kind.__new__(kind)
            vars(line).update(vars(known), draft=self)
            return line
        if not written.strip():
            return None
        scanned = scan(written)
        spoken = find_addressed(scanned)
        if spoken is not None:
            self._addressed.append((name, spoken))
            scanned = scan(spoken.blanked.rstrip())
            if not _SAID.search(scanned.text):
                return None
        said = scanned.text
        if kind is not WhyLine:
            scanned = without_asides(scanned, self.pasted, measured=kind is KeyResultLine)
        line = kind(name, scanned, self, said)
        self._seen[name, written] = line
        return line

    @property
    def addressed(self) -> tuple[tuple[str, Addressed], ...]:
        """The words that speak to a judge, with the names of their lines."""
        return tuple(self._addressed)

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
    def hangs_on(self) -> tuple[str, ...]:
        """The texts that it is to serve."""
        given = (self.context.purpose, self.context.priority, self.context.parent)
        return tuple(text for text in given if text)

    @lazy
    def served(self) -> frozenset[str]:
        """What those are about."""
        return frozenset().union(*map(concepts, self.hangs_on))

    @lazy
    def pasted(self) -> Runs:
        """The words in a row that a line can only have copied from what the draft hangs on."""
        context, organisation = self.context, self.organisation
        given = (context.purpose, context.parent, context.priority, organisation.purpose)
        return runs_of((*given, *organisation.priorities))

    @lazy
    def measured(self) -> tuple[KeyResultLine, ...]:
        """The key results that name a number to reach."""
        named = (kr for kr in self.key_results if kr.reading.target is not None)
        return tuple(kr for kr in named if not kr.is_idle)

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(kr.reading for kr in self.key_results)

    def revised(self, draft: Draft, left_open: frozenset[tuple[str, str]]) -> "ReadDraft":
        """Return a rewrite of this draft, read. No line is read a second time."""
        other = ReadDraft(draft, self.organisation, self.profile, self._seen)
        other.left_open = left_open
        return other
