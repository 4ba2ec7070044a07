"""One run over labelled rows: every row is judged, held against its label, and counted."""

from collections import defaultdict
from collections.abc import Iterable

from coach.assessment import RUBRICS, Finding, Rubric
from coach.evaluation.baselines import Text, baselines
from coach.evaluation.card import Card, CriterionAccuracy, Example, Misreading
from coach.evaluation.readings import compare, measured_by
from coach.evaluation.rows import Flaw, Goal, LinePair, Pair, Row, Sentence, Side, Single
from coach.evaluation.shares import Tally, agreement, share
from coach.okr import Context, Draft
from coach.service import Coach

# Words and digits that add nothing: no draft gets better by them.
PADDING = ", in line with our shared commitment to being the best at all we do for all involved"
STUFFING = " with 4 teams at 3 sites"


def evaluate(rows: Iterable[Row], coach: Coach) -> Card:
    """Hold the coach against labelled rows."""
    run = _Run(coach)
    for row in rows:
        run.take(row)
    return run.card()


class _Run:
    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._drafts = 0
        self._pairs = Tally()
        self._own = Tally()
        self._peace = Tally()
        self._precision = Tally()
        self._recall = Tally()
        self._alarms: list[Example] = []
        self._missed: list[Example] = []
        self._readings = Tally()
        self._misread: list[Misreading] = []
        self._measurable: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        self._baselines = baselines()
        self._rivals = {name: Tally() for name in self._baselines}

    def take(self, row: Row) -> None:
        match row:
            case Pair():
                self._take_pair(row)
            case Single():
                self._take_single(row)
            case LinePair():
                self._take_lines(row)
            case Sentence():
                self._take_sentence(row)
            case Goal():
                for question, answer in measured_by(row.text).items():
                    self._measurable[question].append((row.measurable, answer))

    def card(self) -> Card:
        precision, recall = self._precision.shares(), self._recall.shares()
        names = sorted({*precision, *recall} - {"all"})
        nothing = share(0, 0)
        return Card(
            coach=self._coach.versions.coach,
            rubrics=self._coach.versions.rubrics,
            profile=self._coach.versions.profile,
            drafts=self._drafts,
            pairs=self._pairs.shares(),
            own_rubric=self._own.shares(),
            baselines={name: tally.shares() for name, tally in self._rivals.items()},
            in_peace=self._peace.share("sound"),
            precision=precision.get("all", nothing),
            recall=recall.get("all", nothing),
            criteria=tuple(
                CriterionAccuracy(name, precision.get(name, nothing), recall.get(name, nothing))
                for name in names
            ),
            false_alarms=tuple(self._alarms),
            missed=tuple(self._missed),
            readings=self._readings.shares(),
            misread=tuple(self._misread),
            measurable={name: agreement(pairs) for name, pairs in self._measurable.items()},
        )

    def _take_pair(self, pair: Pair) -> None:
        weak, strong = _draft(pair.weak, pair.context), _draft(pair.strong, pair.context)
        low, high = self._score(weak), self._score(strong)
        slices = ["drafts", f"drafts: {pair.dimension}"]
        if len("".join(_text(strong))) <= len("".join(_text(weak))):
            slices.append("drafts: strong is no longer")
        slices += _flawed_part(pair.flaws)
        self._compare(slices, low, high, _text(weak), _text(strong))
        for name, ending in (("padded", PADDING), ("number-stuffed", STUFFING)):
            worse = _with_ending(weak, ending)
            self._compare(
                [f"drafts: {name}"], self._score(worse), high, _text(worse), _text(strong)
            )
        if pair.dimension in RUBRICS:
            rubric: Rubric = pair.dimension
            values = [self._rubric(each, rubric) for each in (weak, strong)]
            self._own.add(pair.dimension, values[1] > values[0])
        self._hold(weak, pair.flaws, pair.id)
        self._hold(strong, (), pair.id)

    def _take_single(self, single: Single) -> None:
        draft = Draft(single.objective, single.key_results, single.context)
        findings = self._hold(draft, single.flaws, single.id)
        if single.label == "good":
            quiet = all(finding.severity == "hint" for finding in findings)
            strong = self._coach.assess(draft, rewrite=False).overall.band == "strong"
            self._peace.add("sound", quiet and strong)

    def _take_lines(self, pair: LinePair) -> None:
        def draft(text: str) -> Draft:
            return Draft(text) if pair.level == "objective" else Draft("", (text,))

        weak, strong = draft(pair.weak), draft(pair.strong)
        level = "objectives" if pair.level == "objective" else "key results"
        slices = [f"{level}: {pair.kind}"]
        self._compare(slices, self._score(weak), self._score(strong), (pair.weak,), (pair.strong,))

    def _take_sentence(self, sentence: Sentence) -> None:
        sound = True
        for field, expected, found, right in compare(sentence):
            self._readings.add(field, right)
            sound = sound and right
            if not right:
                told = Misreading(sentence.text, field, str(expected), str(found))
                self._misread.append(told)
        self._readings.add("all", sound)

    def _compare(
        self, slices: list[str], low: float, high: float, weak: Text, strong: Text
    ) -> None:
        for name in slices:
            self._pairs.add(name, high > low)
            for rival, measure in self._baselines.items():
                self._rivals[rival].add(name, measure(strong) > measure(weak))

    def _score(self, draft: Draft) -> float:
        value = self._coach.assess(draft, rewrite=False).overall.value
        return -1.0 if value is None else value

    def _rubric(self, draft: Draft, rubric: Rubric) -> float:
        value = self._coach.assess(draft, rewrite=False).scores.of(rubric).value
        return -1.0 if value is None else value

    def _hold(self, draft: Draft, flaws: tuple[Flaw, ...], name: str) -> tuple[Finding, ...]:
        """Hold a draft's findings against its labels."""
        self._drafts += 1
        findings = self._coach.assess(draft, rewrite=False).findings
        for flaw in flaws:
            met = any(_meets(flaw, found.criterion, found.line) for found in findings)
            self._count(self._recall, flaw.flaw, met)
            if not met:
                self._missed.append(Example(flaw.flaw, name, flaw.line, flaw.quote or ""))
        raised = {(f.criterion, f.line): f for f in findings if f.severity != "hint"}
        for (criterion, line), finding in raised.items():
            meant = any(_meets(flaw, criterion, line) for flaw in flaws)
            self._count(self._precision, criterion, meant)
            if not meant:
                self._alarms.append(Example(criterion, name, line, finding.quote or ""))
        return findings

    @staticmethod
    def _count(tally: Tally, criterion: str, right: bool) -> None:
        tally.add("all", right)
        tally.add(criterion, right)


def _meets(flaw: Flaw, criterion: str, line: str) -> bool:
    """A label on the set, or a finding on it, says nothing of the line."""
    return flaw.flaw == criterion and (line == flaw.line or "set" in (line, flaw.line))


def _flawed_part(flaws: tuple[Flaw, ...]) -> list[str]:
    """Return the slice of a pair whose weak side is flawed in one part alone."""
    lines = {flaw.line for flaw in flaws}
    if lines == {"objective"}:
        return ["drafts: flawed objective alone"]
    if lines and all(line.startswith("kr") for line in lines):
        return ["drafts: flawed key results alone"]
    return []


def _draft(side: Side, context: Context) -> Draft:
    return Draft(side.objective, side.key_results, context)


def _with_ending(draft: Draft, ending: str) -> Draft:
    longer = tuple(sentence + ending for sentence in draft.sentences)
    return Draft(draft.objective + ending, longer, draft.context)


def _text(draft: Draft) -> Text:
    return (draft.objective, *draft.sentences)
