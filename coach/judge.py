"""The judge: what code can't decide, asked of a language model and verified by code.

A model answers a checklist of yes/no questions, each with the words of the draft that it rests
on. Code takes nothing from it on trust: only what was asked counts, once, and only where the
quoted words stand in the very line that is named; whatever else comes back is "not judged", with
the reason. What the model words itself is shown only where it keeps to the words of a good coach.

One call holds the whole checklist; or, where an endpoint tells how likely its answers are, there
is one call a question.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Literal, TypeVar

import msgspec

from coach.assessment import Finding, Unjudged
from coach.model import Model, Reply, Request
from coach.model.faults import ModelFailure
from coach.model.schema import answer_in, objection_to, schema_of
from coach.okr import Draft, Span
from coach.privacy import Masked
from coach.prompting import fence, load_prompt, revisions
from coach.reading.draft import ReadDraft
from coach.reading.quote import find_quote
from coach.rubrics import (
    CRITERIA,
    QUESTIONS,
    Asked,
    checklist,
    gravest_first,
    not_asked,
    severity_of,
)
from coach.rubrics.criterion import Criterion
from coach.tone import is_foreign, is_open_question, is_sayable

Asking = Literal["checklist", "questions"]

MOST_ASKED = 24
"""Questions about one draft; what goes beyond is not judged."""
MOST_PHRASED = 3
"""Findings of the rules, the gravest, that a model may phrase a question for."""
ECHO = 40
"""Characters in a row of a prompt that nobody writes by chance."""
NO_BELOW, YES_FROM = 0.3, 0.5
"""Of the probability of "yes": less is a no, as much a yes, and what is between is unsure."""


class JudgeVerdict(msgspec.Struct, frozen=True):
    """What a model finds, what it could not judge and why, and the questions that it phrases.

    `questions` belong to findings of the rules, by criterion and line. `model` is the name that
    answered and `prompts` the revisions that it was asked by: None and empty where nothing was.
    `notes` tell the author what is shown otherwise than the model said it.
    """

    findings: tuple[Finding, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    questions: dict[tuple[str, str], str] = {}
    model: str | None = None
    prompts: dict[str, str] = {}
    notes: tuple[str, ...] = ()


async def ask_judge(
    read: ReadDraft,
    masked: Masked,
    findings: tuple[Finding, ...],
    model: Model,
    secret: bytes,
    asking: Asking = "checklist",
) -> JudgeVerdict:
    """Return what the model says of a draft of which the rules found `findings`.

    `masked` is that draft as it may be sent.
    A draft without an objective, or of filler, is not worth a call. Never raises ModelFailure: its
    reason is in the answer.
    """
    if says_too_little(findings):
        return JudgeVerdict(unjudged=not_asked(read.profile, _NOTHING))
    told = checklist(read)
    ask = _by_checklist if asking == "checklist" else _by_questions
    return await ask(_Desk(read, masked, told.asked, findings, secret), told.unjudged, model)


def says_too_little(findings: tuple[Finding, ...]) -> bool:
    """Tell whether a draft of which the rules found that much is not worth a model's time."""
    return any(
        finding.criterion == "no-objective"
        or (finding.criterion == "placeholder-left" and finding.line == "objective")
        for finding in findings
    )


_NOTHING = "the draft says too little to ask about"


class _Desk:
    """One draft on the judge's desk: what is sent of it, and what comes of the answers."""

    def __init__(
        self,
        read: ReadDraft,
        masked: Masked,
        asked: tuple[Asked, ...],
        findings: tuple[Finding, ...],
        secret: bytes,
    ) -> None:
        self.read = read
        in_order = sorted(asked, key=_order)
        self.asked = tuple(in_order[:MOST_ASKED])
        self.beyond = tuple(in_order[MOST_ASKED:])
        self.phrased = [one for one in findings if one.severity != "hint"][:MOST_PHRASED]
        self.texts = read.draft.lines
        self.masked = masked
        self.lines = dict(_lines(self.masked.draft))
        self.fence = fence("\n".join(self.lines.values()), secret)

    def verdict(
        self,
        found: dict[Asked, "_Outcome"],
        unjudged: tuple[Unjudged, ...],
        reply: Reply | None,
        prompt: str,
        questions: dict[tuple[str, str], str] | None = None,
        notes: tuple[str, ...] = (),
    ) -> JudgeVerdict:
        """Return what came of every question."""
        found |= dict.fromkeys(self.beyond, _Left("the draft has more lines than are asked about"))
        findings = (
            each.finding if isinstance(each, _Foreign) else each
            for each in found.values()
            if isinstance(each, Finding | _Foreign)
        )
        return JudgeVerdict(
            gravest_first(findings),
            (*unjudged, *_left(found)),
            questions or {},
            reply.model if reply else None,
            {prompt: revisions()[prompt]} if reply else {},
            notes,
        )

    def finding(
        self, criterion: Criterion, line: str, span: Span | None, reason: str = ""
    ) -> Finding:
        """Return a criterion as not met by the words at the span."""
        severity = severity_of(criterion, self.read.profile)
        text = self.texts.get(line)
        return Finding(
            criterion=criterion.id,
            rubric=criterion.rubric,
            severity=criterion.severity if severity == "off" else severity,
            line=line,
            span=span,
            quote=text[span.start : span.end] if text is not None and span else None,
            message=f"{criterion.message} {reason}".strip(),
            why=criterion.why,
            question=criterion.question,
            source=criterion.source,
            by="model",
            question_by="rule",
        )

    def is_grounded(self, text: str) -> bool:
        """Tell whether every number in a text of the model's is one of the draft's."""
        said = set(_NUMBER.findall("\n".join(self.lines.values())))
        return said.issuperset(_NUMBER.findall(text))


def _order(one: Asked) -> int:
    """Return what goes first where not everything is asked: the whole, then line after line."""
    return int(one.line.removeprefix("kr")) if one.line.startswith("kr") else 0


class _Left(msgspec.Struct, frozen=True):
    """Why a question was not judged."""

    reason: str


class _Foreign(msgspec.Struct, frozen=True):
    """A finding whose reason is in a language that the coach can't hold to its tone."""

    finding: Finding


_Outcome = Finding | _Foreign | _Left | None
"""What came of a question; None is a yes."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _lines(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield what is sent of a draft, each text on one line, so that none can pass for another."""
    context = draft.context
    named = [
        ("purpose", context.purpose),
        ("priority", context.priority),
        ("parent", context.parent),
        ("cycle", context.cycle),
        ("type", context.type),
        ("why", context.why),
        ("objective", draft.objective),
        *((f"kr{number}", text) for number, text in enumerate(draft.sentences, 1)),
    ]
    for name, text in named:
        if text and text.strip():
            yield name, " ".join(text.split())


def _left(found: dict[Asked, _Outcome]) -> Iterator[Unjudged]:
    """Yield what was not judged, by criterion; lines are named where others of it were judged."""
    reasons: dict[str, dict[str, list[str]]] = {}
    judged = {one.criterion.id for one, outcome in found.items() if not isinstance(outcome, _Left)}
    for one, outcome in found.items():
        if isinstance(outcome, _Left):
            by_reason = reasons.setdefault(one.criterion.id, {})
            by_reason.setdefault(outcome.reason, []).append(one.line.upper())
    for id, by_reason in reasons.items():
        named = id in judged or len(by_reason) > 1
        said = (f"{r} ({', '.join(lines)})" if named else r for r, lines in by_reason.items())
        yield Unjudged(id, "; ".join(said))


# ── the checklist ─────────────────────────────────────────────────────────────────────────────


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(max_length=40)]
    line: Annotated[str, msgspec.Meta(max_length=12)]
    quote: Annotated[str, msgspec.Meta(max_length=240)]
    reason: Annotated[str, msgspec.Meta(max_length=240)]  # before the verdict, which follows it
    met: Literal["yes", "no", "unsure"]


class _Phrased(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(max_length=40)]
    line: Annotated[str, msgspec.Meta(max_length=12)]
    question: Annotated[str, msgspec.Meta(max_length=240)]


class _Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answers: Annotated[tuple[_Answer, ...], msgspec.Meta(max_length=MOST_ASKED)]
    questions: Annotated[tuple[_Phrased, ...], msgspec.Meta(max_length=MOST_PHRASED)]


class _Frame(msgspec.Struct, frozen=True):
    """An answer of which each part is still to be read: one that is off spoils no other."""

    answers: tuple[msgspec.Raw, ...]
    questions: tuple[msgspec.Raw, ...] = ()


SCHEMA = schema_of(_Answers)


async def _by_checklist(desk: _Desk, unjudged: tuple[Unjudged, ...], model: Model) -> JudgeVerdict:
    """Ask everything at once, and once more what was left out or came in another language."""
    found: dict[Asked, _Outcome] = {}
    questions: dict[tuple[str, str], str] = {}
    reply: Reply | None = None
    asked, phrased, in_english = desk.asked, desk.phrased, False
    for _ in range(2):
        request = _checklist(desk, asked, phrased, in_english=in_english)
        try:
            reply = await model.ask(request, _objection)
            frame = answer_in(reply, _objection, _framed)
        except ModelFailure as failure:
            _settle(found, dict.fromkeys(asked, _Left(failure.fault.row.said)))
            break
        _settle(found, _verified(_read(frame.answers, _Answer), asked, desk, request.system))
        said = _read(frame.questions, _Phrased)
        questions |= _sayable(said, desk, request.system)
        foreign = {(each.id, each.line) for each in said if is_foreign(each.question)}
        phrased = [one for one in phrased if (one.criterion, one.line) in foreign]
        asked = tuple(one for one in asked if _is_unsettled(found[one]))
        in_english = bool(phrased) or any(isinstance(found[one], _Foreign) for one in asked)
        if not asked or (asked == desk.asked and not in_english):
            break  # Everything is answered, or nothing.
    notes = (_IN_ANOTHER_LANGUAGE,) if in_english else ()
    return desk.verdict(found, unjudged, reply, "judge", questions, notes)


def _settle(found: dict[Asked, _Outcome], outcomes: Mapping[Asked, _Outcome]) -> None:
    """Note what came of questions. A finding is not lost by asking once more in which words."""
    for one, outcome in outcomes.items():
        if not isinstance(found.get(one), _Foreign) or isinstance(outcome, Finding):
            found[one] = outcome


def _is_unsettled(outcome: _Outcome) -> bool:
    return outcome is _LEFT_OUT or isinstance(outcome, _Foreign)


_IN_ANOTHER_LANGUAGE = (
    "The language model gave part of its answer in another language; there the criterion's own "
    "words stand."
)


_NOT_IN_ENGLISH = "An answer before this one was not in English. Give reasons and questions in it."


def _checklist(
    desk: _Desk, asked: tuple[Asked, ...], phrased: list[Finding], *, in_english: bool
) -> Request:
    by_line: dict[str, list[str]] = {}
    for line in (*desk.lines, "set"):
        if ids := [one.criterion.id for one in asked if one.line == line]:
            by_line[line] = ids
    listed = [
        {"line": one.line, "id": one.criterion, "message": _message(one.criterion)}
        for one in phrased
    ]
    system, user = load_prompt("judge").render(
        always=_always(),
        draft={"asked": by_line, "findings": listed, "fence": desk.fence, "lines": desk.lines},
    )
    if in_english:
        user = f"{user}\n\n{_NOT_IN_ENGLISH}"
    most = _TOKENS + _TOKENS_AN_ANSWER * len(asked) + _TOKENS_A_QUESTION * len(listed)
    return Request("judge", system, user, SCHEMA, most)


@cache
def _always() -> dict[str, object]:
    """Return what the system part is made from: the questions, each with examples."""
    told = [
        {
            "id": one.id,
            "asked": one.asked,
            "no": _shown(one.flags[0].draft),
            "yes": _shown(one.passes[0].draft),
        }
        for one in (question.criterion for question in QUESTIONS)
    ]
    return {"criteria": told}


def _shown(draft: Draft) -> str:
    return " / ".join(f"{name}: {text}" for name, text in _lines(draft))


_TOKENS, _TOKENS_AN_ANSWER, _TOKENS_A_QUESTION = 60, 90, 60


def _message(id: str) -> str:
    """Return what the catalogue says, so that no word of the draft stands outside its markers."""
    return CRITERIA[id].message.replace("{quote}", "…")


def _objection(text: str) -> str | None:
    """Say what is off in an answer as a whole; parts of it may be off by themselves."""
    off = objection_to(text, _framed)
    if off is not None or _read(_framed(text).answers, _Answer):
        return off
    return "$.answers holds no answer of the schema"


def _framed(text: str) -> _Frame:
    return _decode(_json_in(text))


_decode = msgspec.json.Decoder(_Frame).decode


def _json_in(text: str) -> str:
    """Return the object in an answer that has words around it, as small models have."""
    return text[text.find("{") : text.rfind("}") + 1]


_Part = TypeVar("_Part", bound=msgspec.Struct)


def _read(raws: Iterable[msgspec.Raw], struct: type[_Part]) -> list[_Part]:
    """Return the parts of an answer that are what they are to be."""
    parts = []
    for raw in raws:
        try:
            parts.append(msgspec.json.decode(raw, type=struct))
        except (msgspec.DecodeError, RecursionError):
            continue
    return parts


# ── what is taken from an answer ──────────────────────────────────────────────────────────────


_LEFT_OUT = _Left("the language model left it out")
_TWICE = _Left("the language model answered twice, and differently")
_UNSURE = _Left("the language model is unsure")
_ELSEWHERE = _Left("the words that the language model quotes are not in the draft")
_ECHOED = _Left("the language model repeated its instructions")


def _verified(
    answers: list[_Answer], asked: tuple[Asked, ...], desk: _Desk, prompt: str
) -> dict[Asked, _Outcome]:
    """Return what came of each question that was asked; what wasn't is passed over."""
    places = {(one.criterion.id, one.line): one for one in asked}
    given: dict[Asked, list[_Answer]] = {}
    for answer in answers:
        one = places.get((answer.id, answer.line)) or places.get((answer.id, "set"))
        if one is not None:
            given.setdefault(one, []).append(answer)
    return {one: _outcome(one, given.get(one, []), desk, prompt) for one in asked}


def _outcome(one: Asked, given: list[_Answer], desk: _Desk, prompt: str) -> _Outcome:
    if not given:
        return _LEFT_OUT
    answer = given[0]
    if any(other.met != answer.met for other in given):
        return _TWICE
    if _echoes(answer.reason, prompt, desk.fence):
        return _ECHOED
    if answer.met == "unsure":
        return _UNSURE
    place = _place(answer, desk)
    if place is None:
        return _ELSEWHERE
    if answer.met == "yes":
        return None
    reason = _sentence(answer.reason)
    kept = reason if is_sayable(reason) and desk.is_grounded(reason) else ""
    finding = desk.finding(one.criterion, *place, kept)
    return _Foreign(finding) if is_foreign(reason) else finding


def _place(answer: _Answer, desk: _Desk) -> tuple[str, Span] | None:
    """Return where the quoted words stand: in the line that is named, for the set in any."""
    quote = desk.masked.restore(answer.quote)
    for line, text in desk.texts.items():
        if answer.line in (line, "set") and (span := find_quote(quote, text)) is not None:
            return line, span
    return None


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def _sayable(said: list[_Phrased], desk: _Desk, prompt: str) -> dict[tuple[str, str], str]:
    """Return the questions that fit a finding and keep to the words of a good coach."""
    wanted = {(one.criterion, one.line) for one in desk.phrased}
    kept: dict[tuple[str, str], str] = {}
    for each in said:
        key, question = (each.id, each.line), each.question.strip()
        fits = key in wanted and is_open_question(question) and desk.is_grounded(question)
        if fits and not _echoes(question, prompt, desk.fence):
            kept.setdefault(key, question)
    return kept


def _echoes(text: str, prompt: str, marker: str) -> bool:
    """Tell whether a text repeats the prompt, or the marker that only the prompt knows."""
    said = _squeezed(text)
    runs = _runs(prompt)
    return marker in said or any(said[at : at + ECHO] in runs for at in range(len(said) - ECHO + 1))


@cache
def _runs(prompt: str) -> frozenset[str]:
    """Return every run of a prompt that is too long to be chance. A prompt is one of a few."""
    said = _squeezed(prompt)
    return frozenset(said[at : at + ECHO] for at in range(len(said) - ECHO + 1))


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


# ── single questions ──────────────────────────────────────────────────────────────────────────


_NO_ODDS = _Left("the endpoint does not tell how likely its answers are")


async def _by_questions(desk: _Desk, unjudged: tuple[Unjudged, ...], model: Model) -> JudgeVerdict:
    """Ask one question a call, the draft first, so that a provider reads it once."""

    async def ask(one: Asked) -> tuple[_Outcome, Reply | None]:
        system, user = load_prompt("question").render(
            always={},
            draft={
                "fence": desk.fence,
                "lines": desk.lines,
                "line": "the key results as a set" if one.line == "set" else one.line,
                "asked": one.criterion.asked,
            },
        )
        request = Request("question", system, user, most_tokens=1, yes_or_no=True)
        try:
            reply = await model.ask(request)
        except ModelFailure as failure:
            return _Left(failure.fault.row.said), None
        return _likely(one, reply.yes, desk), reply

    told = await asyncio.gather(*map(ask, desk.asked))
    found = {one: outcome for one, (outcome, _) in zip(desk.asked, told, strict=True)}
    reply = next((each for _, each in told if each is not None), None)
    return desk.verdict(found, unjudged, reply, "question")


def _likely(one: Asked, yes: float | None, desk: _Desk) -> _Outcome:
    if yes is None:
        return _NO_ODDS
    if not yes < YES_FROM:
        return None
    if yes >= NO_BELOW:
        return _UNSURE
    text = desk.texts.get(one.line)
    return desk.finding(one.criterion, one.line, Span(0, len(text)) if text else None)
