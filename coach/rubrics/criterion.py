"""A criterion is one function: its name is its id, its docstring everything said about it.

The docstring opens with the message (one or two sentences about the text, `{quote}` stands for
the words found), then come sections: `Why:`, `Ask:` (one open question), `Try:` (a hint),
`Source:`, and examples under `Flags:` and `Passes:`. An example is a line of parts,
`field: text`, joined by ` | `; what it flags is marked «so». From that one text come the tests,
the documentation, `coach explain` and the API's catalogue.

What code can't decide is a question for a language model, declared beside the rules in the same
form: its docstring also has `Model:` (what the model is asked; yes means that the criterion is
met), and its body only says whether there is enough to ask it. Rules and the model never judge
the same criterion.
"""

import inspect
import re
from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from coach.assessment import RUBRICS, Maker, Rubric, Severity
from coach.okr import Context, Draft, Span

_SECTIONS = ("Why", "Ask", "Try", "Source", "Flags", "Passes")
_FOR_THE_MODEL = "Model"
_SECTION = re.compile(rf"^({'|'.join((*_SECTIONS, _FOR_THE_MODEL))}):[ ]*", re.MULTILINE)
_PART = re.compile(
    r"(objective|kr|why|purpose|parent|priority|priorities|cycle|type|team|owner): ?"
)


class Example(msgspec.Struct, frozen=True):
    """A draft of a docstring. `line` and `span` say where the flagged words stand, if any.

    `priorities` are those of the organisation that the draft is read in.
    """

    draft: Draft
    line: str | None = None
    span: Span | None = None
    priorities: tuple[str, ...] = ()


class Criterion(msgspec.Struct, frozen=True):
    """What the catalogue says about a criterion. `about` is the kind of line it judges, `weight`
    what one finding takes from its rubric's 100 points. `asked` is what a model is asked, where
    the criterion is judged `by` one: yes means that it is met."""

    id: str
    rubric: Rubric
    severity: Severity
    weight: float
    about: str
    message: str
    why: str
    question: str
    hint: str
    source: str
    flags: tuple[Example, ...]
    passes: tuple[Example, ...]
    by: Maker = "rule"
    asked: str | None = None


class Flag(msgspec.Struct, frozen=True):
    """What a check found: where, and what this case says differently from its criterion."""

    start: int | None = None
    end: int | None = None
    line: str | None = None
    message: str | None = None
    question: str | None = None
    severity: Severity | None = None


class NotJudged(msgspec.Struct, frozen=True):
    """A check's answer when it lacks what it needs; the reason is shown."""

    reason: str


Verdict = Flag | NotJudged | None
Subject = TypeVar("Subject")


class Rule(Generic[Subject]):
    """A criterion and its check, callable as the check was."""

    def __init__(self, criterion: Criterion, check: Callable[[Subject], Verdict]) -> None:
        self.criterion = criterion
        self.check = check
        self.__doc__ = check.__doc__

    def __call__(self, subject: Subject) -> Verdict:
        return self.check(subject)


class Question(Generic[Subject]):
    """A criterion that a model judges, and the check of whether it can be asked of a line."""

    def __init__(self, criterion: Criterion, ready: Callable[[Subject], NotJudged | None]) -> None:
        self.criterion = criterion
        self.ready = ready
        self.__doc__ = ready.__doc__

    def __call__(self, subject: Subject) -> NotJudged | None:
        return self.ready(subject)


def criterion(
    severity: Severity, *, weight: float = 1, rubric: Rubric | None = None
) -> Callable[[Callable[[Subject], Verdict]], Rule[Subject]]:
    """Make a check into a rule. Its rubric is its module's name unless `rubric` says otherwise."""

    def declare(check: Callable[[Subject], Verdict]) -> Rule[Subject]:
        return Rule(_declared(check, severity, weight, rubric, "rule"), check)

    return declare


def asked_of_model(
    severity: Severity, *, weight: float = 1, rubric: Rubric | None = None
) -> Callable[[Callable[[Subject], NotJudged | None]], Question[Subject]]:
    """Make a check of what there is to ask into a question for a language model."""

    def declare(ready: Callable[[Subject], NotJudged | None]) -> Question[Subject]:
        return Question(_declared(ready, severity, weight, rubric, "model"), ready)

    return declare


def _declared(
    function: Callable[[Subject], object],
    severity: Severity,
    weight: float,
    rubric: Rubric | None,
    by: Maker,
) -> Criterion:
    name = function.__module__.rpartition(".")[2]
    parts = _sections(inspect.getdoc(function) or "", function.__name__, by)
    (subject,) = inspect.signature(function).parameters.values()
    return Criterion(
        id=function.__name__.replace("_", "-"),
        rubric=rubric if rubric is not None else next(r for r in RUBRICS if r == name),
        severity=severity,
        weight=weight,
        about=subject.name,
        message=parts["message"],
        why=parts["Why"],
        question=parts["Ask"],
        hint=parts["Try"],
        source=parts["Source"],
        flags=_examples(parts["Flags"], function.__name__),
        passes=_examples(parts["Passes"], function.__name__),
        by=by,
        asked=parts.get(_FOR_THE_MODEL),
    )


def _sections(doc: str, name: str, by: Maker) -> dict[str, str]:
    message, *rest = _SECTION.split(doc)
    found = dict(zip(rest[::2], rest[1::2], strict=True))
    wanted = _SECTIONS if by == "rule" else (*_SECTIONS, _FOR_THE_MODEL)
    if missing := [section for section in wanted if section not in found]:
        raise TypeError(f"the docstring of {name} lacks {', '.join(missing)}")
    if by == "rule" and _FOR_THE_MODEL in found:
        raise TypeError(f"{name} is judged by code, and its docstring asks a model")
    prose = {key: _one_line(found[key]) for key in found if key not in ("Flags", "Passes")}
    return {**found, **prose, "message": _one_line(message)}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _examples(section: str, name: str) -> tuple[Example, ...]:
    lines = [line.strip() for line in section.splitlines() if line.strip()]
    if not lines:
        raise TypeError(f"{name} shows no example")
    return tuple(_example(line) for line in lines)


def _example(text: str) -> Example:
    fields: dict[str, str] = {}
    key_results: list[str] = []
    line: str | None = None
    span: Span | None = None
    for part in text.split(" | "):
        matched = _PART.match(part)
        if matched is None:
            raise TypeError(f"an example's part names no field: {part!r}")
        key, value = matched[1], part[matched.end() :]
        plain = value.replace("«", "").replace("»", "")
        if "«" in value:
            start = value.index("«")
            span = Span(start, value.index("»") - 1)
            line = f"kr{len(key_results) + 1}" if key == "kr" else key
        if key == "kr":
            key_results.append(plain)
        else:
            fields[key] = plain
    objective = fields.pop("objective", "")
    priorities = tuple(filter(None, fields.pop("priorities", "").split("; ")))
    context = msgspec.convert(fields, Context)
    return Example(Draft(objective, tuple(key_results), context), line, span, priorities)
