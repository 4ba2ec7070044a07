"""The form of the writing page: what its fields hold, as a draft and back, nothing typed lost.

A form has one of two shapes: one box to paste into, or a field for each line. Its context is the
same in both. Fields repeat (`key_result` with its `_source` and `_owner`) in the draft's order.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal, get_args
from urllib.parse import parse_qsl

import msgspec
from msgspec.structs import replace
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from coach.diff import fill_blanks
from coach.errors import BadInput, Problem
from coach.okr import Answer, Context, Draft, DraftType, KeyResult, check
from coach.reading.parse import parse
from coach.view import label
from coach.web.parts import PartFields, put_right

Shape = Literal["paste", "fields"]
Pairs = list[tuple[str, str]]

FIELDS_LIMIT = 1_000
ANSWER_LIMIT = 500
BLANK_ROWS = 3
CONTEXT = Context.__struct_fields__
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Trouble(msgspec.Struct, frozen=True):
    """A problem at the field to mend. `field` is the id of an element of the form."""

    field: str
    detail: str


class Form(msgspec.Struct, frozen=True):
    """What the form shows. `came_from` is the id of the assessment that it goes on from.

    `drafts` are those to choose from, where the text holds several; `answers` what the author
    answered to the questions of that assessment. `kept_back` is kept from the language model.
    """

    shape: Shape = "paste"
    text: str = ""
    objective: str = ""
    key_results: tuple[KeyResult, ...] = ()
    context: dict[str, str] = {}
    came_from: str = ""
    troubles: tuple[Trouble, ...] = ()
    drafts: tuple[Draft, ...] = ()
    notice: str = ""
    answers: tuple[Answer, ...] = ()
    kept_back: bool = False

    @property
    def rows(self) -> tuple[KeyResult, ...]:
        """The key results to show: a few blank ones where there are none yet."""
        return self.key_results or (KeyResult(""),) * BLANK_ROWS

    @property
    def context_in_use(self) -> bool:
        return any(self.context.values()) or any(t.field in CONTEXT for t in self.troubles)

    def troubles_at(self, field: str) -> tuple[Trouble, ...]:
        return tuple(trouble for trouble in self.troubles if trouble.field == field)


def drafts_of(form: Form) -> tuple[Draft, ...]:
    """Return the drafts in a form: one, or as many as its pasted text holds.

    Raises `BadInput` with everything that keeps them from being read.
    """
    problems, context = _context_of(form)
    if form.shape == "paste":
        drafts = tuple(replace(d, context=_over(d.context, context)) for d in _pasted(form))
    else:
        drafts = (Draft(form.objective, _key_results_of(form), context),)
    if len(drafts) == 1:
        problems += check(drafts[0])
    if problems:
        raise BadInput(*problems)
    return drafts


def form_of(draft: Draft, came_from: str = "") -> Form:
    """Return the form that shows a draft, a field for each line."""
    krs = tuple(KeyResult(kr) if isinstance(kr, str) else kr for kr in draft.key_results)
    said = {field: getattr(draft.context, field) or "" for field in CONTEXT}
    return Form("fields", "", draft.objective, krs, said, came_from)


def joined(form: Form) -> Form:
    """Return the form with its fields joined into one box."""
    lines = [f"Objective: {_line(form.objective)}"] if form.objective.strip() else []
    said = [kr.text for kr in form.key_results if kr.text.strip()]
    lines += [f"KR{number}: {_line(text)}" for number, text in enumerate(said, start=1)]
    return replace(form, shape="paste", text="\n".join(lines))


def split(form: Form) -> Form:
    """Return the form with its text split into fields, or the drafts to choose from.

    Raises `BadInput` where the text can't be read.
    """
    if not form.text.strip():
        return replace(form, shape="fields")
    drafts = _pasted(form)
    if len(drafts) > 1:
        return replace(form, drafts=drafts)
    return _with_draft(form, drafts[0])


def pick(form: Form, number: int) -> Form:
    """Return the form with the text's draft of that number (from 1) in its fields."""
    drafts = _pasted(form)
    return _with_draft(form, drafts[min(number, len(drafts)) - 1])


def with_troubles(form: Form, error: BadInput) -> Form:
    """Return the form with each problem at the field that it concerns."""
    # Problems count the key results that have words; so does what is shown from here on.
    krs = tuple(kr for kr in form.key_results if kr.text.strip())
    troubles = tuple(_trouble(form, problem) for problem in error.problems)
    return replace(form, key_results=krs, troubles=troubles)


def _pasted(form: Form) -> tuple[Draft, ...]:
    """Return the drafts of the form's text, none of their owners and sources lost."""
    drafts = tuple(parse(form.text)) if form.text.strip() else (Draft(),)
    first = drafts[0]
    if len(drafts) > 1 or len(first.key_results) != len(form.key_results):
        return drafts
    known = zip(first.sentences, form.key_results, strict=True)
    krs = tuple(_key_result(text, kr) for text, kr in known)
    return (replace(first, key_results=krs),)


def _with_draft(form: Form, draft: Draft) -> Form:
    typed = {field: said for field, said in form.context.items() if said}
    filled = form_of(draft, form.came_from)
    return replace(filled, context=filled.context | typed, kept_back=form.kept_back)


def _key_results_of(form: Form) -> tuple[str | KeyResult, ...]:
    return tuple(_key_result(kr.text, kr) for kr in form.key_results if kr.text.strip())


def _key_result(text: str, known: KeyResult) -> str | KeyResult:
    """Return a sentence with the owner and the source that are known of it, if any."""
    return replace(known, text=text) if known.owner or known.source else text


def _context_of(form: Form) -> tuple[tuple[Problem, ...], Context]:
    said = {field: value.strip() for field, value in form.context.items() if value.strip()}
    if said.get("type", "committed") not in get_args(DraftType):
        del said["type"]
        allowed = ", ".join(get_args(DraftType))
        return (Problem("/context/type", f"choose one of {allowed}"),), msgspec.convert(
            said, Context
        )
    return (), msgspec.convert(said, Context)


def _over(parsed: Context, typed: Context) -> Context:
    """Return the context with what was typed in its fields over what was read in the text."""
    return replace(parsed, **{f: said for f in CONTEXT if (said := getattr(typed, f))})


def _line(text: str) -> str:
    return " ".join(text.split())


def _trouble(form: Form, problem: Problem) -> Trouble:
    """Return a problem at its field: "/key_results/1/text" is at the second key result."""
    _, *path = problem.pointer.split("/") if problem.pointer.startswith("/") else ("",)
    detail = problem.detail[:1].upper() + problem.detail[1:]
    if path[:1] == ["context"]:
        return Trouble(path[1], f"{label(path[1])}: {problem.detail}")
    if form.shape == "paste":
        place = problem.pointer if problem.pointer.startswith("line") else ""
        return Trouble("text", f"{place.capitalize()}: {problem.detail}" if place else detail)
    if path[:1] == ["key_results"] and len(path) > 1:
        name = f"key result {int(path[1]) + 1}"
        return Trouble(name.replace(" ", "-"), f"{name.capitalize()}: {problem.detail}")
    return Trouble("key-results" if path == ["key_results"] else "objective", detail)


# ── what browsers send ────────────────────────────────────────────────────────────────────────


def read_form(content_type: str, body: bytes) -> tuple[Form, str]:
    """Return the form that was sent, and what its button asks to do ("" is to score).

    Raises `BadInput` where the body is no form.
    """
    pairs = read_pairs(content_type, body)
    first = dict(reversed(pairs))
    came_from = first.get("came_from", "")
    cycle = first.get("cycle", "").strip() or None
    fills = [pair for pair in pairs if pair[0].startswith("fill.")]
    form = Form(
        shape="fields" if first.get("shape") == "fields" else "paste",
        text=first.get("text", ""),
        objective=fill_blanks(first.get("objective", ""), _fills(fills, "objective")),
        key_results=tuple(
            _row(said, _fills(fills, f"kr{number}"), cycle)
            for number, said in enumerate(_rows(pairs), 1)
        ),
        context={field: first.get(field, "") for field in CONTEXT},
        came_from=came_from if ID.fullmatch(came_from) else "",
        answers=tuple(_answers(pairs)),
        kept_back=first.get("model") == "off",
    )
    return form, first.get("do", "")


def _rows(pairs: Pairs) -> Iterator[tuple[str, ...]]:
    """Yield what was sent for each key result, in the order of `_ROW` and the fields of parts."""
    names = (*_ROW, _READ, *(f"key_result_{part}" for part in PartFields.__struct_fields__))
    columns: dict[str, list[str]] = {name: [] for name in names}
    for name, said in pairs:
        if name in columns:
            columns[name].append(said)
    return zip_longest(*columns.values(), fillvalue="")


def _row(sent: tuple[str, ...], fills: dict[int, str], cycle: str | None) -> KeyResult:
    """Return a key result as it was sent, with what its author put right and filled in."""
    text, owner, source, showed, *typed = sent
    kr = KeyResult(fill_blanks(text, fills), owner or None, source or None)
    return put_right(kr, PartFields(*map(_line, typed)), showed, cycle)


def _fills(fills: Pairs, line: str) -> dict[int, str]:
    """Return what was typed in the blanks of a wording's line: `fill.kr1.0` and so on."""
    found = {}
    for name, said in fills:
        head, _, number = name.rpartition(".")
        if head == f"fill.{line}" and number.isdecimal():
            put = said.replace("[", "(").replace("]", ")")
            found[int(number)] = _line(put)[:ANSWER_LIMIT]
    return found


def _answers(pairs: Pairs) -> Iterator[Answer]:
    """Yield what was typed in the boxes below the questions: `answer.no-target.kr1` and so on."""
    for name, said in pairs[:FIELDS_LIMIT]:
        if asked := _ANSWER.fullmatch(name):
            text = " ".join(said.replace("\0", "").split())[:ANSWER_LIMIT]
            if text:
                yield Answer(asked["criterion"], asked["line"], text)


_ANSWER = re.compile(r"answer\.(?P<criterion>[a-z-]{1,40})\.(?P<line>[a-z0-9]{1,12})")


_ROW = ("key_result", "key_result_owner", "key_result_source")
_READ = "key_result_read"


def fields_of(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the fields that a browser sends for a form, in order: `read_form` turned round."""
    yield "shape", form.shape
    yield "text", form.text
    yield "objective", form.objective
    for kr in form.key_results:
        yield from zip(_ROW, (kr.text, kr.owner or "", kr.source or ""), strict=True)
    yield from form.context.items()
    yield "came_from", form.came_from
    for answer in form.answers:
        yield f"answer.{answer.criterion}.{answer.line}", answer.text
    if form.kept_back:
        yield "model", "off"


def read_pairs(content_type: str, body: bytes) -> Pairs:
    """Return the names and values that a browser sent. Raises `BadInput` where it is no form."""
    kind, options = parse_options_header(content_type)
    try:
        if kind == "multipart/form-data":
            pairs = _multipart(options.get("boundary", ""), body)
        else:
            pairs = parse_qsl(
                body.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS_LIMIT
            )
    except UnicodeDecodeError as error:
        raise BadInput(Problem("", "this isn't UTF-8 text")) from error
    except (ValueError, MultipartError) as error:
        raise BadInput(Problem("", "this can't be read as a form")) from error
    return [(name, said.replace("\r\n", "\n")) for name, said in pairs]


def _multipart(boundary: str, body: bytes) -> Pairs:
    pairs: Pairs = []
    name, said = None, bytearray()
    with PushMultipartParser(boundary, len(body), max_segment_count=FIELDS_LIMIT) as parser:
        for event in parser.parse(body):
            if isinstance(event, MultipartSegment):
                name, said = event.name, bytearray()
            elif event:
                said += event
            elif name is not None:
                pairs.append((name, said.decode()))
                name = None
    return pairs
