"""JSON to a draft, or everything that is off about it at once, each with its JSON pointer."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar, get_args

import msgspec

from coach.errors import BadInput, Malformed, Problem, TooLarge
from coach.okr import (
    TEXT_LIMIT,
    Answer,
    AnsweredDraft,
    Context,
    Draft,
    DraftType,
    KeyResult,
    check,
    unreadable_name,
)

_DRAFT = msgspec.json.Decoder(Draft)
_ANSWERED = msgspec.json.Decoder(AnsweredDraft)
_AnyDraft = TypeVar("_AnyDraft", bound=Draft)
_PROBLEMS_TOLD = 50


def read_draft(data: bytes) -> Draft:
    """Return the draft that `data` holds: `{"objective", "key_results", "context"}` in UTF-8.

    Raises TooLarge over the limit, Malformed where it is not JSON, else BadInput with every problem
    of shape, or, where the shape is sound, every problem of `coach.okr.check`.
    """
    return _read(data, _DRAFT)


def read_answered(data: bytes) -> AnsweredDraft:
    """Return a draft as `read_draft` does, with the `answers` that may come along."""
    return _read(data, _ANSWERED)


def _read(data: bytes, decoder: "msgspec.json.Decoder[_AnyDraft]") -> _AnyDraft:
    if len(data) > TEXT_LIMIT:
        said = f"{len(data):,} bytes; one draft as JSON holds at most {TEXT_LIMIT:,}"
        raise TooLarge(Problem("", said))
    try:
        draft = decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _diagnosis(data, decoder.type) from error
    if problems := (*_named_twice(data), *check(draft)):
        raise BadInput(*problems)
    return draft


def _named_twice(data: bytes) -> tuple[Problem, ...]:
    """Return the fields that an object names twice: decoders keep one of them and say nothing."""
    if b"\\u" not in data and all(data.count(name) < 2 for name in _NAMES):
        return ()
    twice: dict[str, None] = {}

    def note(pairs: list[tuple[str, Any]]) -> None:
        seen = Counter(name for name, _ in pairs)
        twice.update(dict.fromkeys(name for name, times in seen.items() if times > 1))

    json.loads(data, object_pairs_hook=note)
    return tuple(Problem("", f"names the field “{name}” twice") for name in twice)


_NAMES = tuple(
    f'"{name}"'.encode()
    for struct in (AnsweredDraft, Context, KeyResult, Answer)
    for name in struct.__struct_fields__
)


def _diagnosis(data: bytes, expected: type[Draft]) -> BadInput:
    try:
        value = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        return Malformed(Problem("", _malformed(data, str(error))))
    except UnicodeDecodeError as error:
        said = f"is not UTF-8 text ({error.reason} at byte {error.start + 1})"
        return Malformed(Problem("", said))
    except RecursionError:
        return Malformed(Problem("", "is nested too deep"))
    return BadInput(*islice(_misfits(value, expected), _PROBLEMS_TOLD))


def _malformed(data: bytes, told: str) -> str:
    if not data.strip():
        return 'is empty; a draft is expected: {"objective": "…", "key_results": ["…"]}'
    if "truncated" in told and rb"\ud" in data.lower():
        return f"holds {unreadable_name(chr(0xD800))}"
    return "is not JSON: " + told.removeprefix("JSON is malformed: ").lower()


def _misfits(value: Any, expected: type[Draft]) -> Iterator[Problem]:
    yield from _unknown(value, "", expected)
    if not isinstance(value, dict):
        return
    if "objective" in value:
        yield from _text(value["objective"], "/objective")
    if "key_results" in value:
        yield from _key_results(value["key_results"])
    if "context" in value:
        yield from _context(value["context"])
    if "answers" in value and expected is AnsweredDraft:
        yield from _answers(value["answers"])


def _key_results(value: Any) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem("/key_results", f"a list is expected, not {_said(value)}")
        return
    for index, kr in enumerate(value):
        pointer = f"/key_results/{index}"
        if isinstance(kr, dict):
            yield from _unknown(kr, pointer, KeyResult)
            yield from _text(kr.get("text"), f"{pointer}/text")
            for name in ("owner", "source"):
                yield from _optional_text(kr.get(name), f"{pointer}/{name}")
        else:
            yield from _text(kr, pointer)


def _answers(value: Any) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem("/answers", f"a list is expected, not {_said(value)}")
        return
    for index, answer in enumerate(value):
        pointer = f"/answers/{index}"
        yield from _unknown(answer, pointer, Answer)
        if isinstance(answer, dict):
            for name in Answer.__struct_fields__:
                yield from _text(answer.get(name), f"{pointer}/{name}")


def _context(value: Any) -> Iterator[Problem]:
    yield from _unknown(value, "/context", Context)
    if not isinstance(value, dict):
        return
    for name in Context.__struct_fields__:
        yield from _optional_text(value.get(name), f"/context/{name}")
    declared = value.get("type")
    if isinstance(declared, str) and declared not in get_args(DraftType):
        known = ", ".join(get_args(DraftType))
        yield Problem("/context/type", f"“{declared[:40]}” is not known here; known: {known}")


def _unknown(value: Any, pointer: str, struct: type[msgspec.Struct]) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(pointer, f"an object is expected, not {_said(value)}")
        return
    for name in value:
        if name not in struct.__struct_fields__:
            known = ", ".join(struct.__struct_fields__)
            yield Problem(f"{pointer}/{_escaped(name)}", f"is not a field here; known: {known}")


def _optional_text(value: Any, pointer: str) -> Iterator[Problem]:
    if value is not None:
        yield from _text(value, pointer)


def _text(value: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(pointer, f"a text is expected, not {_said(value)}")


def _escaped(name: str) -> str:
    return name[:80].replace("~", "~0").replace("/", "~1")


def _said(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "nothing (null)" if value is None else "true or false"
    kinds = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds[type(value)]
