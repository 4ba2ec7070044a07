"""The rubrics: every criterion of the modules here, found by being there, and how they are run."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec

from coach.assessment import Finding, Severity, Unjudged
from coach.okr import Span
from coach.profile import Profile
from coach.reading.draft import BLANK, Line, ReadDraft
from coach.rubrics import ambition, clarity, measurability, purpose, whole
from coach.rubrics.criterion import Criterion, Flag, NotJudged, Question, Rule, Verdict

_DECLARED: tuple[Rule[Any] | Question[Any], ...] = tuple(
    declared
    for module in (clarity, ambition, measurability, purpose, whole)
    for declared in vars(module).values()
    if isinstance(declared, Rule | Question)
)
RULES: tuple[Rule[Any], ...] = tuple(one for one in _DECLARED if isinstance(one, Rule))
QUESTIONS: tuple[Question[Any], ...] = tuple(o for o in _DECLARED if isinstance(o, Question))
CRITERIA: dict[str, Criterion] = {one.criterion.id: one.criterion for one in _DECLARED}
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


class Judgement(msgspec.Struct, frozen=True):
    """What the rules say of a draft: findings, gravest first, and what they could not judge."""

    findings: tuple[Finding, ...]
    unjudged: tuple[Unjudged, ...]


Memo = dict[tuple[str, str], dict[str, Verdict]]
"""Verdicts by line (its name and text) and criterion, where they rest on nothing but that line."""


def judge(read: ReadDraft, memo: Memo | None = None) -> Judgement:
    """Hold every criterion that the draft's profile leaves on against the draft.

    A `memo` that is kept from judging a draft saves judging the same lines again in its rewrites,
    where hints are not looked for: they neither cost anything nor show.
    """
    findings: list[Finding] = []
    unjudged: list[Unjudged] = []
    subjects = _subjects(read, memo)
    opened = None if read.left_open is None else {criterion for criterion, _ in read.left_open}
    for rule in _in_force(read.profile, hints=opened is None):
        declared, check = rule.criterion, rule.check
        name = declared.id
        lines = subjects[declared.about]
        if not lines:
            unjudged.append(Unjudged(name, _ABSENT[declared.about]))
        judged = reason = None
        for line, known in lines:
            # Some hundred and fifty verdicts a draft: all in one place, since a call costs as much.
            if known is None:
                verdict = check(line)
            elif (verdict := known.get(name, _UNKNOWN)) is _UNKNOWN:
                looks = read.looks
                verdict = check(line)
                if read.looks == looks:
                    known[name] = verdict
            if opened is not None and (verdict is not None or name in opened):
                verdict = _beside_blanks(name, line, verdict, read)
            if verdict is None:
                judged = True
            elif isinstance(verdict, Flag):
                judged = True
                findings.append(_finding(declared, line, verdict, read))
            else:
                reason = verdict.reason
        if reason is not None and not judged:
            unjudged.append(Unjudged(name, reason))
    return Judgement(gravest_first(findings), tuple(unjudged))


def severity_of(criterion: Criterion, profile: Profile) -> Severity | Literal["off"]:
    """Return how grave a profile takes a criterion for, "off" where it does without."""
    return profile.severities.get(criterion.id, criterion.severity)


def costs_points(criterion: Criterion, profile: Profile) -> bool:
    """Say whether a finding of a criterion takes points by a profile: hints take none."""
    return severity_of(criterion, profile) not in ("off", "hint")


@lru_cache(maxsize=64)
def _in_force(profile: Profile, *, hints: bool) -> tuple[Rule[Any], ...]:
    """Return the rules that a profile leaves on, with or without those that only hint."""
    unwanted = ("off",) if hints else ("off", "hint")
    return tuple(rule for rule in RULES if severity_of(rule.criterion, profile) not in unwanted)


class Asked(msgspec.Struct, frozen=True):
    """A criterion to ask a model about, and the line that it is asked of ("set" for the whole)."""

    criterion: Criterion
    line: str


class Checklist(msgspec.Struct, frozen=True):
    """What a model can be asked of a draft, and the criteria that lack what they need."""

    asked: tuple[Asked, ...]
    unjudged: tuple[Unjudged, ...]


def checklist(read: ReadDraft) -> Checklist:
    """Return what a model is to be asked of the draft, as far as its profile leaves it on."""
    asked: list[Asked] = []
    unjudged: list[Unjudged] = []
    subjects = _subjects(read, None)
    for question in QUESTIONS:
        declared = question.criterion
        if severity_of(declared, read.profile) == "off":
            continue
        ready: list[Asked] = []
        reason = _ABSENT.get(declared.about, "")
        for subject, _ in subjects[declared.about]:
            lack = question.ready(subject)
            if lack is None:
                ready.append(Asked(declared, subject.name if subject is not read else "set"))
            else:
                reason = lack.reason
        asked += ready
        if not ready:
            unjudged.append(Unjudged(declared.id, reason))
    return Checklist(tuple(asked), tuple(unjudged))


def not_asked(profile: Profile, reason: str) -> tuple[Unjudged, ...]:
    """Return every criterion that the profile leaves to a model, not judged for one reason."""
    return tuple(
        Unjudged(question.criterion.id, reason)
        for question in QUESTIONS
        if severity_of(question.criterion, profile) != "off"
    )


_UNKNOWN = NotJudged("not looked at yet")


def _subjects(
    read: ReadDraft, memo: Memo | None
) -> dict[str, list[tuple[Any, dict[str, Verdict] | None]]]:
    """Return what each kind of criterion judges, with the verdicts that are known of it."""

    def known(line: Line) -> dict[str, Verdict] | None:
        return None if memo is None else memo.setdefault((line.name, line.text), {})

    lines = [(line, known(line)) for line in read.lines]
    why = [(read.why, known(read.why))] if read.why else []
    objectives = 0 if read.objective is None else 1
    return {
        "objective": lines[:objectives],
        "kr": lines[objectives:],
        "line": lines,
        "why": why,
        "text": [*lines, *why],
        "draft": [(read, None)],
    }


def _beside_blanks(
    criterion: str, subject: Line | ReadDraft, verdict: Verdict, read: ReadDraft
) -> Verdict:
    """Leave unjudged what waits for a rewrite's blank to be filled: neither earned nor lost.

    That is what the rewrite says it leaves open, and whatever is found on words with a blank among
    them (on the whole line, where a check marks no words).
    """
    flag = verdict if isinstance(verdict, Flag) else Flag()
    line = flag.line or (subject.name if isinstance(subject, Line) else "set")
    if (criterion, line) in (read.left_open or ()):
        return _BLANK_LEFT
    text = line_text(read, line) if flag is verdict else None
    return _BLANK_LEFT if text and BLANK in text[flag.start : flag.end] else verdict


_BLANK_LEFT = NotJudged("a blank is left to fill here")
_ABSENT = {
    "objective": "the draft has no objective yet",
    "kr": "the draft has no key result yet",
    "line": "the draft has no words yet",
    "text": "the draft has no words yet",
    "why": "no why is given",
}


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of their severity and weight, else as they came."""
    return tuple(sorted(findings, key=_gravity))


def _gravity(finding: Finding) -> tuple[int, float]:
    return _RANK[finding.severity], -CRITERIA[finding.criterion].weight


def _finding(
    declared: Criterion, subject: Line | ReadDraft, flag: Flag, read: ReadDraft
) -> Finding:
    line = flag.line or (subject.name if isinstance(subject, Line) else "set")
    text = None if flag.start is None else line_text(read, line)
    span = quote = None
    if flag.start is not None and flag.end is not None and text is not None:
        quote = text[flag.start : flag.end].strip()
        start = text.index(quote, flag.start)
        span = Span(start, start + len(quote))
    severity = read.profile.severities.get(declared.id, flag.severity or declared.severity)
    return Finding(
        criterion=declared.id,
        rubric=declared.rubric,
        severity="hint" if severity == "off" else severity,
        line=line,
        span=span,
        quote=quote,
        message=(flag.message or declared.message).replace("{quote}", quote or ""),
        why=declared.why,
        question=(flag.question or declared.question).replace("{quote}", quote or ""),
        source=declared.source,
    )


def line_text(read: ReadDraft, line: str) -> str | None:
    """Return a line as it was written; None for "set" or a line that isn't there."""
    if line == "objective":
        return read.draft.objective or None
    if line == "why":
        return read.draft.context.why
    if not line.startswith("kr") or int(line[2:]) > len(read.draft.key_results):
        return None
    key_result = read.draft.key_results[int(line[2:]) - 1]
    return key_result if isinstance(key_result, str) else key_result.text


@cache
def version() -> str:
    """Return a digest of everything that rules judge by: equal digests judge equally."""
    import hashlib
    from pathlib import Path

    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    folders = ("reading/*.py", "rubrics/*.py", "rubrics/profiles/*")
    judging = (*folders, "embeddings.py", "profile.py", "scoring.py")
    for path in sorted(each for parts in judging for each in package.glob(parts) if each.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
