"""An assessment as people are shown it: numbered notes, marked lines, readings in words, the sums.

Templates lay out; whatever has to be worked out first is worked out here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import NamedTuple

from msgspec.structs import replace

from coach.assessment import RUBRICS, Assessment, Finding, Maker, Reading, Rewrite, Rubric, Severity
from coach.connections import Connections
from coach.diff import Piece, compare
from coach.dismissal import keys_of
from coach.okr import Draft, KeyResult
from coach.organisation import Organisation
from coach.profile import Profile
from coach.rubrics import CRITERIA, Judgement
from coach.rubrics.criterion import Criterion, Example
from coach.scoring import Credit, sheet
from coach.service import Coach

FIRST = 3
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}
_CONTEXT = ("purpose", "parent", "priority", "cycle", "type", "team", "owner")


class Ref(NamedTuple):
    """A number on the page that leads from words to the note about them. `id` is its anchor."""

    number: int
    severity: Severity
    id: str


class Segment(NamedTuple):
    """A run of a line's text and the notes that rest on it; `ends` are those that end with it.

    `severity` is the gravest of them; `whole` says that none rests on less than the whole line.
    """

    text: str
    notes: tuple[int, ...] = ()
    severity: Severity | None = None
    ends: tuple[Ref, ...] = ()
    whole: bool = False


class ReadingWords(NamedTuple):
    """What was read from a key result, in words: `facts` are `(name, value or None)`."""

    said: str
    facts: tuple[tuple[str, str | None], ...]
    notes: tuple[str, ...]


class MarkedLine(NamedTuple):
    """A line of the draft. `refs` are notes about it that rest on no words of its own."""

    name: str
    label: str
    segments: tuple[Segment, ...]
    refs: tuple[Ref, ...] = ()
    reading: ReadingWords | None = None


class Place(NamedTuple):
    """One line that a note speaks of, and what it says differently there.

    `key` is what the finding is put aside by. `asks` says that an answer would fill a wording's
    blank; `answer` is what the author answered, and `used` the wordings that took that up.
    """

    key: str
    line: str
    ref: Ref
    label: str
    quote: str | None
    message: str | None
    question: str | None
    question_by: Maker
    asks: bool = False
    answer: str = ""
    used: tuple[str, ...] = ()


class Note(NamedTuple):
    """All findings of one criterion: said once, with every place they were found.

    `offers` are the angles of the wordings that mend it.
    """

    number: int
    criterion: str
    rubric: Rubric
    severity: Severity
    by: Maker
    message: str
    why: str
    question: str
    question_by: Maker
    source: str
    places: tuple[Place, ...]
    more: Criterion | None
    offers: tuple[str, ...] = ()

    @property
    def asking(self) -> tuple[Place, ...]:
        """The places whose question can be answered."""
        return tuple(place for place in self.places if place.asks)

    @property
    def answered(self) -> bool:
        return any(place.answer for place in self.places)


class ChangedLine(NamedTuple):
    """A line that a rewrite words differently, comes up with, or leaves out.

    `name` is its line in the rewrite, "" where it is left out; `stood` the draft's line that it
    takes the place of, "" where it is new.
    """

    label: str
    name: str
    stood: str
    text: str
    pieces: tuple[Piece, ...]


class Step(NamedTuple):
    """A score today and with a rewrite; `open` where blanks leave it to be judged later."""

    name: str
    before: int | None
    after: int | None
    open: bool


class Offer(NamedTuple):
    """A rewrite beside today's draft. `draft` is what "use this" puts in the form."""

    rewrite: Rewrite
    draft: Draft
    changed: tuple[ChangedLine, ...]
    kept: tuple[str, ...]
    steps: tuple[Step, ...]


class Sum(NamedTuple):
    """The sum behind a score, lines that took points first.

    `left` is 100 less what the rules took; a model's lines come off behind the cap.
    """

    rubric: Rubric
    lines: tuple[Credit, ...]
    left: float
    value: int | None
    cap: int | None

    @property
    def losses(self) -> tuple[Credit, ...]:
        """What the rules took."""
        return tuple(line for line in self.lines if line.cost and line.criterion.by == "rule")

    @property
    def lowered(self) -> tuple[Credit, ...]:
        """What a model took."""
        return tuple(line for line in self.lines if line.cost and line.criterion.by == "model")


class Result(NamedTuple):
    """Everything a result page shows. `sums` is empty where other rules made the assessment.

    `aside` are notes that the author put aside: they stay in the scores, and in nobody's way.
    """

    assessment: Assessment
    lines: tuple[MarkedLine, ...]
    notes: tuple[Note, ...]
    aside: tuple[Note, ...]
    sound: bool
    offers: tuple[Offer, ...]
    sums: tuple[Sum, ...]
    map: Connections

    @property
    def first(self) -> tuple[Note, ...]:
        return self.notes[:FIRST]

    @property
    def rest(self) -> tuple[Note, ...]:
        return self.notes[FIRST:]

    def count(self, severity: Severity) -> int:
        return sum(note.severity == severity for note in self.notes)


def result(assessment: Assessment, coach: Coach, aside: frozenset[str] = frozenset()) -> Result:
    """Return what a page shows of an assessment, but for the findings that were put aside."""
    found = assessment.findings
    keys = dict(zip(found, keys_of(found, assessment.draft), strict=True))
    shown = tuple(f for f in found if keys[f] not in aside)
    put = tuple(f for f in found if keys[f] in aside)
    refs = _refs(shown + put)
    notes = tuple(_with_help(note, assessment) for note in _notes(shown, refs[: len(shown)], keys))
    return Result(
        assessment=assessment,
        lines=_lines(replace(assessment, findings=shown), refs[: len(shown)]),
        notes=notes,
        aside=_notes(put, refs[len(shown) :], keys),
        sound=assessment.overall.band == "strong" and all(f.severity == "hint" for f in found),
        offers=tuple(_offer(assessment, rewrite) for rewrite in assessment.rewrites),
        sums=_sums(assessment, coach.profile) if _is_by_today_s_rules(assessment, coach) else (),
        map=coach.connections(assessment),
    )


def label(line: str) -> str:
    """Return the words for a line's name: "kr2" is "Key result 2"."""
    if line[:2] == "kr":
        return f"Key result {line[2:]}"
    return "The draft as a whole" if line == "set" else line.capitalize()


def title(criterion: str) -> str:
    """Return a criterion's id as words: "two-goals" is "Two goals"."""
    return criterion.replace("-", " ").capitalize()


# ── notes ─────────────────────────────────────────────────────────────────────────────────────


def _refs(findings: Sequence[Finding]) -> tuple[Ref, ...]:
    """Return a reference for each finding: criteria numbered in order, places apart."""
    numbers: dict[str, int] = {}
    places: dict[str, int] = {}
    refs = []
    for finding in findings:
        number = numbers.setdefault(finding.criterion, len(numbers) + 1)
        place = places[finding.criterion] = places.get(finding.criterion, 0) + 1
        refs.append(Ref(number, finding.severity, f"at-{number}-{place}"))
    return tuple(refs)


def _notes(
    findings: Sequence[Finding], refs: Sequence[Ref], keys: Mapping[Finding, str]
) -> tuple[Note, ...]:
    grouped: dict[int, list[tuple[Finding, Ref]]] = {}
    for finding, ref in zip(findings, refs, strict=True):
        grouped.setdefault(ref.number, []).append((finding, ref))
    return tuple(_note(number, group, keys) for number, group in grouped.items())


def _note(number: int, group: list[tuple[Finding, Ref]], keys: Mapping[Finding, str]) -> Note:
    first = group[0][0]
    return Note(
        number=number,
        criterion=first.criterion,
        rubric=first.rubric,
        severity=min((finding.severity for finding, _ in group), key=_RANK.__getitem__),
        by=first.by,
        message=first.message,
        why=first.why,
        question=first.question,
        question_by=first.question_by,
        source=first.source,
        places=tuple(
            Place(
                keys[finding],
                finding.line,
                ref,
                label(finding.line),
                finding.quote,
                None if finding.message == first.message else finding.message,
                None if finding.question == first.question else finding.question,
                finding.question_by,
            )
            for finding, ref in group
        ),
        more=CRITERIA.get(first.criterion),
    )


def _with_help(note: Note, assessment: Assessment) -> Note:
    """Return a note with what its author answered, and the wordings that mend it."""
    given = {(one.criterion, one.line): one.text for one in assessment.answers}
    mending = [one for one in assessment.rewrites if note.criterion in one.mends]
    places = []
    for place in note.places:
        answer = given.get((note.criterion, place.line), "")
        used = tuple(one.angle for one in assessment.rewrites if answer and _uses(one, answer))
        asks = bool(answer) or any(_leaves_open(one, place.line) for one in mending)
        places.append(place._replace(asks=asks, answer=answer, used=used))
    return note._replace(places=tuple(places), offers=tuple(one.angle for one in mending))


def _leaves_open(rewrite: Rewrite, line: str) -> bool:
    """Tell whether a wording has blanks in a line, as far as lines can be told from here."""
    said = Draft(rewrite.objective, rewrite.key_results).lines.get(line)
    return bool(rewrite.blanks) if said is None else any(blank in said for blank in rewrite.blanks)


def _uses(rewrite: Rewrite, answer: str) -> bool:
    """Tell whether a wording took an answer up: its numbers, or most of its longer words."""
    said = " ".join((rewrite.objective, *rewrite.key_results)).lower()
    telling = re.findall(r"\d[\d.,]*", answer) or re.findall(r"\w{4,}", answer.lower())
    return sum(word.rstrip(".,") in said for word in telling) * 2 > len(telling)


# ── marked lines ──────────────────────────────────────────────────────────────────────────────


def _lines(assessment: Assessment, refs: Sequence[Ref]) -> tuple[MarkedLine, ...]:
    """Return the draft's lines, and those that a finding names though the draft lacks them."""
    found: dict[str, list[tuple[Finding, Ref]]] = {}
    for finding, ref in zip(assessment.findings, refs, strict=True):
        found.setdefault(finding.line, []).append((finding, ref))
    readings = {reading.line: reading_words(reading) for reading in assessment.readings}
    named = assessment.draft.lines
    named |= {line: "" for line in found if line not in named}
    return tuple(
        MarkedLine(
            name,
            label(name),
            mark(text, found.get(name, ())),
            tuple(ref for finding, ref in found.get(name, ()) if not _rests_on(finding, text)),
            readings.get(name),
        )
        for name, text in named.items()
    )


def mark(text: str, found: Sequence[tuple[Finding, Ref]]) -> tuple[Segment, ...]:
    """Cut a line where words that a finding rests on begin and end."""
    spans = [(f.span.start, f.span.end, ref) for f, ref in found if f.span and _rests_on(f, text)]
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span[:2])})
    segments = []
    for start, end in pairwise(cuts):
        over = [span for span in spans if span[0] <= start and end <= span[1]]
        gravest = sorted((ref for *_, ref in over), key=lambda ref: _RANK[ref.severity])
        segments.append(
            Segment(
                text[start:end],
                tuple(dict.fromkeys(ref.number for ref in gravest)),
                gravest[0].severity if gravest else None,
                tuple(sorted(ref for _, last, ref in over if last == end)),
                bool(over) and all(last - first >= len(text) for first, last, _ in over),
            )
        )
    return tuple(segments)


def _rests_on(finding: Finding, text: str) -> bool:
    return finding.span is not None and 0 <= finding.span.start < finding.span.end <= len(text)


class Tried(NamedTuple):
    """A criterion's example as the engine sees it now: `lines` mark what this criterion found."""

    example: Example
    lines: tuple[MarkedLine, ...]
    flagged: bool
    value: int | None


def tried(example: Example, criterion: Criterion, coach: Coach) -> Tried:
    """Return what the engine says of an example, as far as one criterion goes.

    It is read by this coach's profile, and in the organisation that the example stands in.
    """
    inside = Organisation(priorities=example.priorities)
    reader = Coach(inside, coach.profile, embeddings=coach.embeddings)
    assessment = reader.assess(example.draft, rewrite=False)
    found = tuple(f for f in assessment.findings if f.criterion == criterion.id)
    marked = {line.name: line for line in _lines(replace(assessment, findings=found), _refs(found))}
    return Tried(
        example,
        tuple(marked.get(line.name, line) for line in example_lines(example)),
        bool(found),
        assessment.scores.of(criterion.rubric).value,
    )


class Trial(NamedTuple):
    """What a rubric, or one criterion of it, makes of a draft."""

    lines: tuple[MarkedLine, ...]
    notes: tuple[Note, ...]
    value: int | None
    band: str | None


def trial(assessment: Assessment, rubric: Rubric, criterion: str | None = None) -> Trial:
    """Return what a rubric says in an assessment; of one criterion alone where one is named."""
    found = tuple(
        f for f in assessment.findings if f.rubric == rubric and criterion in (None, f.criterion)
    )
    refs = _refs(found)
    keys = dict(zip(found, keys_of(found, assessment.draft), strict=True))
    score = assessment.scores.of(rubric)
    lines = _lines(replace(assessment, findings=found), refs)
    return Trial(lines, _notes(found, refs, keys), score.value, score.band)


def example_lines(example: Example) -> tuple[MarkedLine, ...]:
    """Return the lines of a criterion's example, with the words that it flags marked."""
    named = example.draft.lines
    context = example.draft.context
    named |= {field: said for field in _CONTEXT if (said := getattr(context, field))}
    return tuple(
        MarkedLine(
            name,
            label(name),
            _example_segments(text, example) if name == example.line else (Segment(text),),
        )
        for name, text in named.items()
        if text
    )


def _example_segments(text: str, example: Example) -> tuple[Segment, ...]:
    if example.span is None:
        return (Segment(text),)
    start, end = example.span.start, example.span.end
    cut = (Segment(text[:start]), Segment(text[start:end], severity="error"), Segment(text[end:]))
    return tuple(segment for segment in cut if segment.text)


# ── readings ──────────────────────────────────────────────────────────────────────────────────

_KINDS = {
    "metric": "Read as a measure",
    "milestone": "Read as a milestone, reached or not",
    "activity": "Read as work to do",
    "baseline": "Read as a measure to take first",
}
_DIRECTIONS = {"up": "↑ up", "down": "↓ down", "hold": "held", "reach": "to be reached"}


def reading_words(reading: Reading) -> ReadingWords:
    """Return what was read from a key result, for its author to check."""
    facts: list[tuple[str, str | None]] = []
    target = _target(reading)
    if reading.metric:
        facts.append(("measure", reading.metric))
    if target is not None or reading.baseline is not None:
        facts.append(("today", amount(reading.baseline, reading.unit)))
        facts.append(("target", target))
    if reading.per:
        facts.append(("per", reading.per))
    if facts and reading.direction:
        facts.append(("", _DIRECTIONS[reading.direction]))
    if reading.deadline:
        facts.append(("by", day(reading.deadline)))
    said = "Read as" if reading.kind == "metric" and facts else _KINDS[reading.kind]
    return ReadingWords(said, tuple(facts), reading.notes)


def _target(reading: Reading) -> str | None:
    if reading.target is not None:
        words = amount(reading.target, reading.unit)
        if reading.upper is not None:
            words = f"{amount(reading.target)}–{amount(reading.upper, reading.unit)}"
        return f"{reading.bound} {words}" if reading.bound else words
    if reading.change is None:
        return None
    if reading.unit == "ratio":
        return f"{amount(reading.change)} × today's"
    sign = {"up": "+", "down": "−"}.get(reading.direction or "", "")
    return f"{sign}{amount(abs(reading.change), reading.unit)}"


def amount(value: float | None, unit: str | None = None) -> str | None:
    """Return a number with its unit, as people write it: `(240, "minutes")` is "4 h"."""
    if value is None:
        return None
    if unit == "minutes" and value >= 60:
        value, unit = value / 60, "h"
    elif unit == "ms" and value >= 1000:
        value, unit = value / 1000, "s"
    number = f"{value:,.4f}".rstrip("0").rstrip(".").replace("-", "−")
    return number if unit in (None, "count", "ratio") else f"{number}\u00a0{unit}"


def day(said: str) -> str:
    """Return a deadline as people write it where it is an ISO date, else as it was said."""
    try:
        known = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{known.day}\u00a0{known:%B\u00a0%Y}"


# ── rewrites and sums ─────────────────────────────────────────────────────────────────────────


def _offer(assessment: Assessment, rewrite: Rewrite) -> Offer:
    draft = assessment.draft
    proposed = Draft(rewrite.objective, _with_owners(draft, rewrite), draft.context)
    old, new = draft.lines, proposed.lines
    both = [("objective", "objective"), *_paired(draft.sentences, proposed.sentences)]
    changed, kept = [], []
    for stood, name in both:
        before, after = old.get(stood, ""), new.get(name, "")
        if before == after:
            kept.append(label(stood))
            continue
        said = label(stood) if stood else "A new key result"
        said = said if name else f"{said}, left out"
        changed.append(ChangedLine(said, name, stood, after, compare(before, after)))
    return Offer(rewrite, proposed, tuple(changed), tuple(kept), _steps(assessment, rewrite))


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of key results that belong together, "" where one has no other."""
    if len(old) == len(new):
        yield from zip(_numbered(0, len(old)), _numbered(0, len(new)), strict=True)
        return
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from zip_longest(_numbered(i, j), _numbered(k, m), fillvalue="")


def _numbered(start: int, end: int) -> list[str]:
    return [f"kr{number}" for number in range(start + 1, end + 1)]


def _steps(today: Assessment, rewrite: Rewrite) -> tuple[Step, ...]:
    steps = [
        _step(rubric.capitalize(), today.scores.of(rubric).value, rewrite.scores.of(rubric).value)
        for rubric in RUBRICS
    ]
    # A mean that lost a rubric to blanks would compare with nothing.
    after = None if any(step.open for step in steps) else rewrite.overall.value
    return (*steps, _step("Overall", today.overall.value, after))


def _step(name: str, before: int | None, after: int | None) -> Step:
    return Step(name, before, after, before is not None and after is None)


def _with_owners(draft: Draft, rewrite: Rewrite) -> tuple[str | KeyResult, ...]:
    """Return the proposed key results, each with its owner and source where none came or went."""
    old = draft.key_results
    if len(old) != len(rewrite.key_results):
        return rewrite.key_results
    return tuple(
        text if isinstance(kr, str) else KeyResult(text, kr.owner, kr.source)
        for text, kr in zip(rewrite.key_results, old, strict=True)
    )


def _is_by_today_s_rules(assessment: Assessment, coach: Coach) -> bool:
    """Tell whether this coach's rules made an assessment, whatever a model added to it."""
    return replace(assessment.versions, prompts=None, model=None) == coach.versions


def _sums(assessment: Assessment, profile: Profile) -> tuple[Sum, ...]:
    earned = sheet(Judgement(assessment.findings, assessment.unjudged), profile)
    return tuple(_sum(rubric, earned[rubric], assessment) for rubric in RUBRICS)


def _sum(rubric: Rubric, lines: list[Credit], assessment: Assessment) -> Sum:
    one = assessment.scores.of(rubric)
    return Sum(
        rubric,
        tuple(sorted(lines, key=lambda line: -line.cost)),
        max(0, 100 - sum(line.cost for line in lines if line.criterion.by == "rule")),
        one.value,
        one.cap,
    )
