"""How well the rules judge: labelled drafts in, shares with their intervals out.

A file holds one JSON object a line: a *pair* (`weak` and `strong` drafts of one aim, with the
flaws of the weak one), a *single* draft (`label` good or bad, with its flaws), or a pair of
*lines* (`level` "objective" or "kr", `weak`, `strong`, perhaps a `kind`). A pair is judged right
where the strong side scores higher; a tie is not right. Beside the rules stand baselines that
know nothing of OKRs, on the same pairs in the same run.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from typing import Literal

import msgspec

from coach.assessment import RUBRICS, Finding, Rubric
from coach.errors import BadInput, Problem
from coach.okr import Context, Draft
from coach.service import Coach

EXAMPLES = 3
_Z = 1.959964
# Words and digits that add nothing: no draft gets better by them.
PADDING = ", in line with our shared commitment to being the best at all we do for all involved"
STUFFING = " with 4 teams at 3 sites"


class Side(msgspec.Struct, frozen=True):
    """The text of a labelled draft."""

    objective: str
    key_results: tuple[str, ...] = ()


class Flaw(msgspec.Struct, frozen=True):
    """A label: the criterion that a fair coach would raise, and the line that has it."""

    flaw: str
    line: str = "set"
    quote: str | None = None


class Pair(msgspec.Struct, frozen=True, tag="pair"):
    """Two drafts of one aim; `flaws` are the weak one's."""

    weak: Side
    strong: Side
    dimension: str = "mixed"
    flaws: tuple[Flaw, ...] = ()
    context: Context = Context()
    id: str = ""


class Single(msgspec.Struct, frozen=True, tag="single"):
    """One draft, good or bad."""

    objective: str
    label: Literal["good", "bad"]
    key_results: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    context: Context = Context()
    id: str = ""


class LinePair(msgspec.Struct, frozen=True):
    """Two wordings of one line."""

    level: Literal["objective", "kr"]
    weak: str
    strong: str
    kind: str = "original"


class Share(msgspec.Struct, frozen=True):
    """`right` of `of`, with the Wilson interval that holds the true share at 95 %."""

    right: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


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


class Card(msgspec.Struct, frozen=True):
    """What an evaluation came to. `pairs` and `baselines` map a slice of the pairs to a share."""

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


def evaluate(lines: Iterable[bytes], coach: Coach) -> Card:
    """Hold the coach against labelled lines. Raises BadInput for a line of another form."""
    run = _Run(coach)
    for number, line in enumerate(lines, 1):
        if line.strip():
            run.take(_read(line, number))
    return run.card()


def share(right: int, of: int) -> Share:
    """Return a share with its Wilson interval (Wilson 1927), 0 to 1 where nothing was counted."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    mean = right / of
    middle = mean + _Z**2 / (2 * of)
    reach = _Z * math.sqrt(mean * (1 - mean) / of + _Z**2 / (4 * of**2))
    whole = 1 + _Z**2 / of
    return Share(right, of, round((middle - reach) / whole, 4), round((middle + reach) / whole, 4))


# --- reading the labels ---------------------------------------------------------------------

_decode = msgspec.json.Decoder(Pair | Single).decode
_decode_lines = msgspec.json.Decoder(LinePair).decode


def _read(line: bytes, number: int) -> Pair | Single | LinePair:
    try:
        return _decode_lines(line) if b'"level"' in line else _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(Problem(f"line {number}", f"is no labelled draft: {error}")) from error


# --- counting -------------------------------------------------------------------------------

Text = tuple[str, ...]
Baseline = Callable[[Text], float]


class _Tally:
    """Right answers and questions, by slice."""

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


class _Run:
    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._drafts = 0
        self._pairs = _Tally()
        self._own = _Tally()
        self._peace = _Tally()
        self._precision = _Tally()
        self._recall = _Tally()
        self._alarms: list[Example] = []
        self._missed: list[Example] = []
        self._baselines = baselines()
        self._rivals = {name: _Tally() for name in self._baselines}

    def take(self, one: Pair | Single | LinePair) -> None:
        if isinstance(one, Pair):
            self._take_pair(one)
        elif isinstance(one, Single):
            self._take_single(one)
        else:
            self._take_lines(one)

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
        )

    def _take_pair(self, pair: Pair) -> None:
        weak, strong = _draft(pair.weak, pair.context), _draft(pair.strong, pair.context)
        low, high = self._score(weak), self._score(strong)
        slices = ["drafts", f"drafts: {pair.dimension}"]
        if len("".join(_text(strong))) <= len("".join(_text(weak))):
            slices.append("drafts: strong is no longer")
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
    def _count(tally: _Tally, criterion: str, right: bool) -> None:
        tally.add("all", right)
        tally.add(criterion, right)


def _meets(flaw: Flaw, criterion: str, line: str) -> bool:
    """A label on the set, or a finding on it, says nothing of the line."""
    return flaw.flaw == criterion and (line == flaw.line or "set" in (line, flaw.line))


def _draft(side: Side, context: Context) -> Draft:
    return Draft(side.objective, side.key_results, context)


def _with_ending(draft: Draft, ending: str) -> Draft:
    longer = tuple(sentence + ending for sentence in draft.sentences)
    return Draft(draft.objective + ending, longer, draft.context)


def _text(draft: Draft) -> Text:
    return (draft.objective, *draft.sentences)


# --- baselines ------------------------------------------------------------------------------


def baselines() -> dict[str, Baseline]:
    """Return what anybody could score by; proselint only where it is installed."""
    measures: dict[str, Baseline] = {
        "length": lambda text: sum(map(len, text)),
        "digits": lambda text: sum(char.isdigit() for line in text for char in line),
        "Flesch": _reading_ease,
    }
    linter = _proselint()
    return measures | ({"proselint": linter} if linter else {})


_VOWELS = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def _reading_ease(text: Text) -> float:
    """Return Flesch's reading ease (1948); a line is a sentence, a group of vowels a syllable."""
    words = [word for line in text for word in _LETTERS.findall(line.lower())]
    if not words:
        return 0.0
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    return 206.835 - 1.015 * len(words) / len(text) - 84.6 * syllables / len(words)


def _proselint() -> Baseline | None:
    if find_spec("proselint") is None:
        return None
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: -float(len(LintFile("", "\n".join(text)).lint()))


# --- telling --------------------------------------------------------------------------------


def as_text(card: Card) -> str:
    """Return a card for a terminal, with examples of false alarms and of what was missed."""
    lines = [_made_by(card), "", f"{'':38}{'rules':>30}" + "".join(map(_column, card.baselines))]
    for name, one in card.pairs.items():
        rivals = (tally[name] for tally in card.baselines.values())
        lines.append(f"{name:38}{_said(one):>30}" + "".join(f"{_short(r):>11}" for r in rivals))
    lines += [
        f"{f'own rubric: {name}':38}{_said(one):>30}" for name, one in card.own_rubric.items()
    ]
    lines += [
        f"{'sound drafts left in peace':38}{_said(card.in_peace):>30}",
        "",
        f"{'criterion':26}{'precision':>28}{'recall':>28}",
        *(f"{name:26}{_said(p):>28}{_said(r):>28}" for name, p, r in _rows(card)),
    ]
    for title, examples in (("False alarms", card.false_alarms), ("Missed", card.missed)):
        if examples:
            lines += ["", f"{title}:", *_examples(examples)]
    return "\n".join(lines)


def as_markdown(card: Card) -> str:
    """Return a card as a page. Figures only: the drafts may not be ours to print."""
    names = list(card.baselines)
    lines = [
        _made_by(card),
        "",
        f"| pairs where the strong side scores higher | rules (95 %) | {' | '.join(names)} |",
        "|---" * (2 + len(names)) + "|",
    ]
    for name, one in card.pairs.items():
        rivals = " | ".join(_short(tally[name]) for tally in card.baselines.values())
        lines.append(f"| {name} | {_said(one)} | {rivals} |")
    lines += ["", "| share | rules (95 %) |", "|---|---|"]
    lines += [
        f"| pairs by their own rubric: {n} | {_said(s)} |" for n, s in card.own_rubric.items()
    ]
    lines.append(f"| sound drafts left in peace | {_said(card.in_peace)} |")
    lines += ["", "| criterion | precision (95 %) | recall (95 %) |", "|---|---|---|"]
    lines += [f"| {name} | {_said(p)} | {_said(r)} |" for name, p, r in _rows(card)]
    return "\n".join(lines) + "\n"


def _made_by(card: Card) -> str:
    return (
        f"{card.drafts} labelled drafts, rules {card.rubrics} of coach {card.coach}, "
        f"profile {card.profile}; shares with 95 % Wilson intervals."
    )


def _rows(card: Card) -> Iterator[tuple[str, Share, Share]]:
    yield "all", card.precision, card.recall
    for one in card.criteria:
        yield one.criterion, one.precision, one.recall


def _examples(examples: tuple[Example, ...]) -> Iterator[str]:
    shown: dict[str, int] = defaultdict(int)
    for one in examples:
        shown[one.criterion] += 1
        if shown[one.criterion] <= EXAMPLES:
            yield f"  {one.criterion:24} {one.draft} {one.line} {one.words!r}"


def _column(name: str) -> str:
    return f"{name:>11}"


def _short(one: Share) -> str:
    return "–" if one.value is None else f"{one.value:.3f}"


def _said(one: Share) -> str:
    if one.value is None:
        return "–"
    return f"{one.value:.3f} ({one.low:.2f}–{one.high:.2f}) of {one.of}"
