"""JSON becomes a draft, or all its problems are told with their places."""

import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.draft_json import read_answered, read_draft
from coach.errors import BadInput, TooLarge
from coach.okr import (
    ANSWERS_LIMIT,
    KEY_RESULTS_LIMIT,
    LINE_LIMIT,
    TEXT_LIMIT,
    Answer,
    AnsweredDraft,
    Context,
    Draft,
    KeyResult,
)


def problems(data: bytes | object) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_draft(data if isinstance(data, bytes) else json.dumps(data).encode())
    return [str(problem) for problem in caught.value.problems]


def test_sound_draft_is_read_whole() -> None:
    draft = Draft(
        "Parcels arrive when promised 📦",
        ("Late parcels from 9 % to 4 %", KeyResult("Claims from 40 to 25", owner="Ana")),
        Context(why="People wait at home for them", type="committed"),
    )
    assert read_draft(msgspec.json.encode(draft)) == draft


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"objective": "a", "objective": "b"}', ["names the field “objective” twice"]),
        (b'{"objective": "a", "\\u006fbjective": "b"}', ["names the field “objective” twice"]),
        (
            b'{"objective": "a", "context": {"why": "b", "why": "b"}}',
            ["names the field “why” twice"],
        ),
        (b'{"key_results": [{"text": "a", "text": "b"}]}', ["names the field “text” twice"]),
    ],
)
def test_field_named_twice_is_told(data: bytes, said: list[str]) -> None:
    assert problems(data) == said


def test_words_that_look_like_fields_are_words() -> None:
    draft = Draft(
        'Say "objective": and "objective": again',
        (KeyResult('"text"', owner="owner"), KeyResult("text", owner='"owner"')),
        Context(owner="\u0041na", why="why"),
    )
    assert read_draft(msgspec.json.encode(draft)) == draft
    assert read_draft(json.dumps(msgspec.to_builtins(draft)).encode()) == draft


def test_draft_without_objective_is_no_error() -> None:
    assert read_draft(b'{"key_results": ["Late parcels from 9 to 4"]}').objective == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{", "is not JSON: input data was truncated"),
        (b'{"objective": NaN}', "is not JSON: invalid character (byte 14)"),
        (b'\xef\xbb\xbf{"objective": "a"}', "is not JSON: invalid character (byte 0)"),
        (b'{"objective": "a"} {}', "is not JSON: trailing characters"),
        (b'{"objective": "\xff"}', "is not UTF-8 text (invalid start byte at byte 1)"),
        (b'{"objective": "a\\ud800"}', "holds half of a character (a lone surrogate)"),
        (b'{"objective": ' + b"[" * 100_000, "is nested too deep"),
        (b'{"a": ' + b"[" * 3_000 + b"]" * 3_000 + b"}", "is nested too deep"),
        (b"[]", "an object is expected, not a list"),
        (b"null", "an object is expected, not nothing (null)"),
        ({"objective": "a\0b"}, "/objective: a NUL character at character 2"),
        ({"objective": 1e400}, "is not JSON"),
        ({"objective": 10**30}, "/objective: a text is expected, not a number"),
        ({"objective": None}, "/objective: a text is expected, not nothing (null)"),
        ({"objective": ["a"]}, "/objective: a text is expected, not a list"),
        ({"title": "a"}, "/title: is not a field here; known: objective, key_results, context"),
        ({"a/b~": "a"}, "/a~1b~0: is not a field here"),
        ({"objective": "a", "key_results": None}, "/key_results: a list is expected"),
        ({"objective": "a", "key_results": "b"}, "/key_results: a list is expected, not a text"),
        ({"objective": "a", "key_results": [True]}, "/key_results/0: a text is expected, not true"),
        ({"objective": "a", "key_results": [{}]}, "/key_results/0/text: a text is expected"),
        (
            {"objective": "a", "key_results": [{"text": "b", "due": "c"}]},
            "/key_results/0/due: is not a field here; known: text, owner, source",
        ),
        ({"objective": "a", "context": None}, "/context: an object is expected, not nothing"),
        ({"objective": "a", "context": {"reason": "b"}}, "/context/reason: is not a field here"),
        ({"objective": "a", "context": {"why": 3}}, "/context/why: a text is expected"),
        (
            {"objective": "a", "context": {"type": "moonshot"}},
            "/context/type: “moonshot” is not known here; known: committed, aspirational,",
        ),
        ({"objective": ""}, "there are no words in it yet"),
        ({"objective": " … ", "key_results": ["\u200b"]}, "there are no words in it yet"),
        ({"objective": "a" * (LINE_LIMIT + 1)}, "/objective: 2,001 characters; a line holds at"),
        (
            {"objective": "a", "key_results": ["b"] * (KEY_RESULTS_LIMIT + 1)},
            "/key_results: 51 key results; a draft holds at most 50",
        ),
    ],
)
def test_error_names_place_and_reason(data: bytes | object, said: str) -> None:
    (problem,) = problems(data)
    assert problem.startswith(said)


def test_all_problems_are_told_at_once() -> None:
    told = problems({"objective": 3, "key_results": [None, "a", {"txt": "b"}], "contxt": {}})
    assert [each.split(":")[0] for each in told] == [
        "/contxt",
        "/objective",
        "/key_results/0",
        "/key_results/2/txt",
        "/key_results/2/text",
    ]


def test_thousands_of_problems_are_not_echoed() -> None:
    assert len(problems({"key_results": [1] * 10_000})) == 50


def test_limits_allow_what_they_say() -> None:
    draft = Draft("a" * LINE_LIMIT, ("b",) * KEY_RESULTS_LIMIT)
    assert read_draft(msgspec.json.encode(draft)) == draft


def test_bytes_up_to_the_limit_are_read() -> None:
    assert read_draft(b'{"objective": "a"}'.ljust(TEXT_LIMIT)) == Draft("a")


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(TooLarge, match=r"1,000,001 bytes; one draft as JSON holds at most"):
        read_draft(b"x" * (TEXT_LIMIT + 1))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_draft_or_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_draft(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
_NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "objective": _JSON,
        "key_results": st.lists(_JSON | st.fixed_dictionaries({"text": _JSON}), max_size=3),
        "context": st.fixed_dictionaries({}, optional={"why": _JSON, "type": _JSON}),
        "more": _JSON,
    },
)


@given(_NEARLY)
def test_any_shape_is_a_draft_or_bad_input(value: object) -> None:
    with suppress(BadInput):
        assert isinstance(read_draft(json.dumps(value).encode()), Draft)


def test_answers_come_along_with_a_draft_where_they_are_expected() -> None:
    sent = AnsweredDraft(
        "Parcels arrive", ("Late parcels",), answers=(Answer("no-target", "kr1", "4"),)
    )
    data = msgspec.json.encode(sent)
    assert read_answered(data) == sent
    assert read_answered(data).draft == Draft("Parcels arrive", ("Late parcels",))
    assert problems(data) == [
        "/answers: is not a field here; known: objective, key_results, context"
    ]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ["/answers: a list is expected, not an object"]),
        (["4"], ["/answers/0: an object is expected, not a text"]),
        (
            [{"criterion": "no-target", "line": 1}],
            [
                "/answers/0/line: a text is expected, not a number",
                "/answers/0/text: a text is expected, not nothing (null)",
            ],
        ),
        (
            [{"criterion": "c", "line": "kr1", "text": "4", "by": "me"}],
            ["/answers/0/by: is not a field here; known: criterion, line, text"],
        ),
        (
            [{"criterion": "c", "line": "kr1", "text": "a" * (LINE_LIMIT + 1)}],
            ["/answers/0/text: 2,001 characters; a line holds at most 2,000"],
        ),
        (
            [{"criterion": "c", "line": "kr1", "text": "4"}] * (ANSWERS_LIMIT + 1),
            ["/answers: 201 answers; a draft comes with at most 200"],
        ),
    ],
)
def test_what_is_off_about_answers_is_told(answers: object, said: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        read_answered(json.dumps({"objective": "Parcels arrive", "answers": answers}).encode())
    assert [str(problem) for problem in caught.value.problems] == said
