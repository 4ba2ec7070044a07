"""Edits composed into one proposal: the draft as it would read, and what that claims to mend."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from coach.assessment import Finding
from coach.okr import Draft, KeyResult
from coach.reading.draft import BLANK, Line, ReadDraft
from coach.rewriting import movement, numbers, objectives, sets, words, work
from coach.rewriting.answers import Answers
from coach.rewriting.edit import (
    ASKED,
    CLOSE,
    OPEN,
    Add,
    Angle,
    Case,
    Change,
    Drop,
    Edit,
    Place,
    Replace,
)
from coach.rewriting.wording import tidied
from coach.rubrics import CRITERIA

EDITS: dict[str, Edit] = {
    each.criterion: each
    for module in (words, objectives, numbers, movement, work, sets)
    for each in vars(module).values()
    if isinstance(each, Edit)
}
_BLANKS = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_RANK = {criterion: rank for rank, criterion in enumerate(EDITS)}


UNMOVED = ("objective", "why", "set")
"""Lines that keep their name in every rewrite."""


class Proposal(NamedTuple):
    """A rewrite not yet judged.

    `draft` holds marked blanks (see `shown` and `masked`); `origin` maps its lines to those they
    came from (both halves of a split line to that line, an added one to None). `claims` are places
    of today's draft, `grown` those of them that are mended by a line more; `left_open` are places
    of the new draft that wait for a blank to be filled.
    """

    draft: Draft
    origin: dict[str, str | None]
    claims: frozenset[Place]
    grown: frozenset[Place]
    left_open: frozenset[Place]


def propose(
    read: ReadDraft,
    findings: tuple[Finding, ...],
    angle: Angle,
    answers: Answers,
    leave: frozenset[Place] = frozenset(),
) -> Proposal | None:
    """Return what the edits for the findings make of a draft, but for the places to `leave`.

    What the author answered fills their blanks.
    """
    by_line: dict[str, list[Finding]] = {"set": []}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding)
    plan = _Plan(by_line)
    for finding, edit, changes in _candidates(read, findings, angle, leave):
        mended = (finding.criterion, *sorted(edit.settles))
        plan.take(finding, edit, answers.fill(changes, mended, finding.line))
    if angle == "closer to purpose":
        plan.ask_why(read, answers)
    return plan.carried_out(read.draft) if plan.claims else None


def shown(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """Return a proposal's draft as people see it, and its blanks in order, each once."""
    text = "\n".join((draft.objective, *draft.sentences))
    blanks = tuple(dict.fromkeys(f"[{found[1]}]" for found in _BLANKS.finditer(text)))
    return _rewritten(draft, r"[\1]"), blanks


def masked(draft: Draft) -> Draft:
    """Return a proposal's draft as it is judged: whatever stands in a blank counts for nothing."""
    return _rewritten(draft, BLANK)


def _rewritten(draft: Draft, blank: str) -> Draft:
    def swap(text: str) -> str:
        return _BLANKS.sub(blank, text) if OPEN in text else text

    key_results = tuple(_with_text(kr, swap(_text(kr))) for kr in draft.key_results)
    return replace(draft, objective=swap(draft.objective), key_results=key_results)


def _candidates(
    read: ReadDraft, findings: tuple[Finding, ...], angle: Angle, leave: frozenset[Place]
) -> list[tuple[Finding, Edit, tuple[Change, ...]]]:
    """Return what could be done, the edits that settle most first."""
    lines: dict[str, Line] = {line.name: line for line in read.lines}
    today = {(finding.criterion, finding.line): finding for finding in findings}
    found = []
    for finding in findings:
        edit = EDITS.get(finding.criterion)
        if edit is None or finding.severity == "hint":
            continue
        if (finding.criterion, finding.line) in leave:
            continue
        line = lines.get(finding.line)
        changes = edit.changes(Case(read, finding, line, angle, today))
        if changes:
            found.append((finding, edit, changes))
    found.sort(key=lambda each: (-_whole(each[2]), -len(each[1].settles), -_reach(each[2])))
    return found


def _whole(changes: tuple[Change, ...]) -> bool:
    """Say whether changes put something else in the place of (nearly) a whole line."""
    return any(isinstance(each, Replace) and each.start == 0 and each.text[:1] == OPEN
               for each in changes)  # fmt: skip


def _reach(changes: tuple[Change, ...]) -> int:
    return sum(each.end - each.start for each in changes if isinstance(each, Replace))


@dataclass
class _Plan:
    """The changes taken so far, line by line, and the findings that they are to mend."""

    found: dict[str, list[Finding]]
    replaces: dict[str, list[tuple[Replace, int]]] = field(default_factory=dict)
    adds: dict[str, list[str]] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    claims: set[Place] = field(default_factory=set)
    grown: set[Place] = field(default_factory=set)
    left_open: set[Place] = field(default_factory=set)

    def take(self, finding: Finding, edit: Edit, changes: tuple[Change, ...]) -> None:
        """Take an edit's changes, unless its finding is settled or the words are taken."""
        line = finding.line
        if (finding.criterion, line) in self.claims or line in self.drops:
            return
        asked = [change for change in changes if isinstance(change, Replace)]
        for one in asked:
            taken = self.replaces.get(one.line or line)
            if taken and any(_clash(one, other) for other, _ in taken):
                return
        for change in changes:
            if isinstance(change, Replace):
                rank = _RANK[edit.criterion]
                self.replaces.setdefault(change.line or line, []).append((change, rank))
            elif isinstance(change, Add):
                self.adds.setdefault(line, []).append(change.text)
                self.grown.add((finding.criterion, line))
            else:
                self.drops.add(change.line)
        claimed = {(finding.criterion, line)}
        for other in self.found[line]:
            if other.criterion in edit.settles or _covered(other, asked):
                claimed.add((other.criterion, line))
        for other in self.found["set"]:
            if other.criterion in edit.settles:
                claimed.add((other.criterion, "set"))
        self.claims |= claimed
        if any(not isinstance(change, Drop) and OPEN in change.text for change in changes):
            self.left_open |= claimed | {(criterion, line) for criterion in edit.opens}

    def ask_why(self, read: ReadDraft, answers: Answers) -> None:
        """Where the objective is put anew but for its reason, ask for that too."""
        taken = [change for change, _ in self.replaces.get("objective", [])]
        why = objectives.and_why(read)
        if taken and why and not any(_asks(change, why) for change in taken):
            text = answers.filled(why.text, ("no-why",), "objective")
            self.replaces["objective"].append((why._replace(text=text), len(_RANK)))
            if OPEN in text:
                self.left_open |= {(criterion, "objective") for criterion in ASKED}

    def carried_out(self, draft: Draft) -> Proposal | None:
        """Return the proposal; None where it leaves the draft as it was."""
        capital = _opens_with_capitals(draft)
        objective = _edited(draft.objective, self.replaces.get("objective", []), capital)
        key_results: list[str | KeyResult] = []
        origin: dict[str, str | None] = {each: each for each in UNMOVED}
        renamed: dict[str, str] = {}

        def write(key_result: str | KeyResult, old: str | None) -> None:
            key_results.append(key_result)
            new = f"kr{len(key_results)}"
            origin[new] = old
            if old:
                renamed.setdefault(old, new)

        for number, kr in enumerate(draft.key_results, 1):
            name = f"kr{number}"
            if name not in self.drops:
                write(
                    _with_text(kr, _edited(_text(kr), self.replaces.get(name, []), capital)), name
                )
                for text in self.adds.get(name, []):
                    write(text, name)
        for place in ("objective", "set"):
            for text in self.adds.get(place, []):
                write(text, None)
        rewritten = replace(draft, objective=objective, key_results=tuple(key_results))
        if rewritten == draft:
            return None
        left_open = {(criterion, renamed.get(line, line)) for criterion, line in self.left_open}
        return Proposal(
            rewritten,
            origin,
            frozenset(self.claims),
            frozenset(self.grown),
            with_set(left_open, rewritten),
        )


def with_set(left_open: set[Place], draft: Draft) -> frozenset[Place]:
    """Return what a proposal leaves open on its lines, and what that leaves open of the set."""
    of_set = {(each, "set") for each in _OF_THE_SET.intersection(e for e, _ in left_open)}
    unsure = sum(_text(kr).startswith(OPEN) for kr in draft.key_results) > 1
    return frozenset(left_open | of_set | ({_SAME} if unsure else set()))


# Two measures that are still blanks may turn out the same, or not.
_SAME: Place = ("duplicate-key-result", "set")
_OF_THE_SET = frozenset(each.id for each in CRITERIA.values() if each.about == "draft")


def _asks(change: Replace, why: Replace) -> bool:
    """Say whether a change asks for the reason already, or puts the whole objective anew."""
    return "so that" in change.text or (change.start == 0 and change.end >= why.start)


def _clash(one: Replace, other: Replace) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start < other.end and other.start < one.end
    return max(one.start, other.start) < min(one.end, other.end)


def _covered(finding: Finding, asked: list[Replace]) -> bool:
    span = finding.span
    return span is not None and any(
        each.start <= span.start and span.end <= each.end for each in asked
    )


def _opens_with_capitals(draft: Draft) -> bool:
    """Say whether the author's lines open with a capital, for one that opens with a number."""
    return next((line[0].isupper() for line in (draft.objective, *draft.sentences)
                 if line[:1].isalpha()), False)  # fmt: skip


def _edited(text: str, asked: list[tuple[Replace, int]], capital: bool) -> str:
    """Return a line with its changes made; a line without any keeps every byte."""
    if not asked:
        return text
    parts, at = [], 0
    for (start, stop, put, _), _ in sorted(asked, key=_in_order):
        parts += [text[at:start], put]
        at = stop
    edited = "".join((*parts, text[at:]))
    if not any(change.end > change.start for change, _ in asked):
        return edited
    return tidied(edited, capital=text[0].isupper() if text[:1].isalpha() else capital)


def _in_order(each: tuple[Replace, int]) -> tuple[int, bool, int]:
    """Sort by place; an insertion comes before what is replaced there, and early edits first."""
    change, rank = each
    return change.start, change.end > change.start, rank


def _text(kr: str | KeyResult) -> str:
    return kr if isinstance(kr, str) else kr.text


def _with_text(kr: str | KeyResult, text: str) -> str | KeyResult:
    return text if isinstance(kr, str) else replace(kr, text=text)
