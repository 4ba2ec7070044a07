"""Files become drafts one by one; what can't be read is told with its place and stops no other."""

import io
import json
import os
import re
import threading
import tracemalloc
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import batch, okr
from coach.batch.workbook import UNPACKED_LIMIT
from coach.errors import BadInput, TooLarge
from coach.intake import JSON_FILE_LIMIT, ROW_LIMIT, ROW_LINES_LIMIT, Format, Intake
from coach.okr import TEXT_LIMIT, Context, Draft, KeyResult

ON_TIME = Draft("Patients are seen on time", ("Median wait from 40 to 20 minutes",))
STAYING = Draft("Nurses stay with us", ("Turnover from 20 % to 12 %", "Sick days from 9 to 6"))


def intake(data: bytes | str, name: str = "stdin", form: Format | None = None) -> Intake:
    return Intake(io.BytesIO(data.encode() if isinstance(data, str) else data), name, form)


def drafts(read: Intake) -> list[Draft]:
    items = list(read)
    assert [told for item in items for told in item.told()] == []
    return [item.draft for item in items if isinstance(item.draft, Draft)]


def told(read: Intake) -> list[str]:
    return [line for item in read for line in item.told()]


def refusal(data: bytes | str, name: str = "stdin") -> str:
    with pytest.raises(BadInput) as caught:
        list(intake(data, name))
    return str(caught.value)


TEXT = "Objective: Patients are seen on time\nKR1: Median wait from 40 to 20 minutes\n"
MARKDOWN = f"## {STAYING.objective}\n- {STAYING.sentences[0]}\n- {STAYING.sentences[1]}\n"
LINES = "\n".join(msgspec.json.encode(draft).decode() for draft in (ON_TIME, STAYING))
ARRAY = "[\n" + LINES.replace("\n", ",\n") + "\n]\n"
ROWS = (
    "objective,kr 1,kr 2\n"
    f"{ON_TIME.objective},{ON_TIME.sentences[0]},\n"
    f'{STAYING.objective},"{STAYING.sentences[0]}",{STAYING.sentences[1]}\n'
)


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        (TEXT, ".txt", [ON_TIME]),
        (MARKDOWN, ".md", [STAYING]),
        (msgspec.json.encode(ON_TIME).decode(), ".json", [ON_TIME]),
        (ARRAY, ".json", [ON_TIME, STAYING]),
        (LINES, ".jsonl", [ON_TIME, STAYING]),
        (ROWS, ".csv", [ON_TIME, STAYING]),
        (ROWS.replace(",", "\t"), ".tsv", [ON_TIME, STAYING]),
        (ROWS.replace(",", ";"), ".csv", [ON_TIME, STAYING]),
    ],
)
def test_format_is_known_by_suffix_and_by_look(
    text: str, suffix: str, expected: list[Draft]
) -> None:
    assert drafts(intake(text, "okrs" + suffix)) == expected
    assert drafts(intake(text, "okrs" + suffix.upper())) == expected
    assert drafts(intake(text, "stdin")) == expected


def test_format_that_is_said_wins() -> None:
    assert drafts(intake(LINES, "okrs.json", "jsonl")) == [ON_TIME, STAYING]


def test_label_on_a_line_of_its_own_is_not_taken_for_csv() -> None:
    assert drafts(intake("Objective\nPatients are seen on time")) == [Draft(ON_TIME.objective)]
    assert drafts(intake("Why, and owner\nPatients\n")) == [Draft("Why, and owner", ("Patients",))]


def test_label_in_brackets_is_not_taken_for_json() -> None:
    assert drafts(intake("[Objective]: Patients are seen on time")) == [Draft(ON_TIME.objective)]


def test_pipe_is_read_as_it_comes() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stream, os.fdopen(writer, "wb", buffering=0) as pipe:
        pipe.write(LINES.encode()[:20])
        rest = threading.Timer(0.05, lambda: pipe.write(LINES.encode()[20:] + b"\n"))
        rest.start()
        items = iter(Intake(stream, "stdin", "jsonl"))
        assert [next(items).draft, next(items).draft] == [ON_TIME, STAYING]
        rest.join()


def test_share_read_is_known_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "okrs.jsonl"
    path.write_text(LINES)
    with path.open("rb") as stream:
        read = Intake(stream, str(path))
        list(read)
        assert read.done == 1


# --- JSON lines ------------------------------------------------------------------------------


def test_bad_line_is_told_and_the_others_go_on() -> None:
    first, second = LINES.split("\n")
    read = intake(
        f'{first}\n\n{{"objective": "a", "titel": "b"}}\nnot json\n[]\r\n{second}', "okrs.jsonl"
    )
    items = list(read)
    assert [item.place for item in items] == [f"okrs.jsonl:{line}" for line in (1, 3, 4, 5, 6)]
    assert (items[0].draft, items[-1].draft) == (ON_TIME, STAYING)
    assert [line for item in items for line in item.told()] == [
        "okrs.jsonl:3: /titel: is not a field here; known: objective, key_results, context",
        "okrs.jsonl:4: is not JSON: invalid character (byte 4)",
        "okrs.jsonl:5: an object is expected, not a list",
    ]


def test_giant_line_is_told_and_the_others_go_on() -> None:
    read = intake(f'{{"objective": "{"x" * TEXT_LIMIT}"}}\n{LINES}', "okrs.jsonl")
    items = list(read)
    assert items[0].told()[0].startswith("okrs.jsonl:1: over 1,000,000 characters")
    assert [item.draft for item in items[1:]] == [ON_TIME, STAYING]


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    (line,) = told(intake(b"\n" + LINES.encode() + b'\n{"objective": "\xff"}', "okrs.jsonl"))
    assert line.startswith("okrs.jsonl:4: is not UTF-8 text")


# --- JSON ------------------------------------------------------------------------------------


def test_bad_element_is_told_and_the_others_go_on() -> None:
    read = intake(ARRAY.replace("]\n", ', {"objective": 3}, {"objective": "a b"}]'), "okrs.json")
    items = list(read)
    assert isinstance(items[-1].draft, BadInput) is False
    assert items[2].told() == ["okrs.json, draft 3: /objective: a text is expected, not a number"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ARRAY + "x", "okrs.json:4: is not JSON: a comma or the end of the array is expected"),
        (ARRAY.replace("]\n", ""), "okrs.json:4: is not JSON: a comma or the end"),
        ('[\n{"objective": "a",}]', "okrs.json:2: is not JSON: "),
        ("[" * 100_000, "okrs.json:1: is not JSON: nested too deep"),
        ('[{"objective": "a\\ud800"}]', "okrs.json, draft 1: holds half of a character"),
        ('{"objective": "a"', "okrs.json: is not JSON: input data was truncated"),
    ],
)
def test_broken_json_is_told_with_its_line(text: str, said: str) -> None:
    assert told(intake(text, "okrs.json"))[-1].startswith(said)


def test_giant_json_file_is_refused_with_the_way_out() -> None:
    with pytest.raises(TooLarge, match=r"over 20,000,000 bytes; split it, or use JSON lines"):
        list(intake(b" " * (JSON_FILE_LIMIT + 1), "okrs.json"))


# --- CSV -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    ["Objective,Key Result,Owner", "OBJECTIVE , key_result,owner", "Ziel,Schlüsselergebnis,Owner"],
)
def test_rows_of_one_key_result_are_grouped(headings: str) -> None:
    rows = (
        f"{headings}\n"
        "Patients are seen,Median wait,Ana\nPatients are seen,Visits cut short,Bo\n,Doors open,\n"
        '\nNurses stay,"Turnover\nand sick days",Ana\nNurses stay,Trust,Ana\n'
    )
    assert drafts(intake(rows, "okrs.csv")) == [
        Draft(
            "Patients are seen",
            (KeyResult("Median wait", "Ana"), KeyResult("Visits cut short", "Bo"), "Doors open"),
        ),
        Draft("Nurses stay", ("Turnover and sick days", "Trust"), Context(owner="Ana")),
    ]


def test_columns_of_many_names_are_known() -> None:
    rows = (
        "Team;O;Key Result #1;KR_2;Why now;Cycle;Type;Mood\n"
        "Ward 3;Patients are seen;KR1: Median wait;Visits;They hurt;2027-Q1;Stretch;fine\n"
    )
    read = intake(rows, "okrs.csv")
    context = Context(why="They hurt", cycle="2027-Q1", type="aspirational", team="Ward 3")
    assert drafts(read) == [Draft("Patients are seen", ("Median wait", "Visits"), context)]
    assert read.notes == [
        "okrs.csv: columns are separated by “;”",
        "okrs.csv: columns left out: Mood",
    ]


@pytest.mark.parametrize(
    "cell",
    ["- Wait from 4 to 2\n- Visits", "1. Wait from 4 to 2\n2. Visits", "Wait from 4 to 2; Visits"],
)
def test_cell_of_several_key_results_is_split(cell: str) -> None:
    rows = f'objective,key results\nPatients are seen,"{cell}"\n'
    assert drafts(intake(rows, "okrs.csv"))[0].sentences == ("Wait from 4 to 2", "Visits")


def test_semicolon_in_a_cell_for_one_key_result_is_kept() -> None:
    rows = 'objective,kr 1\nPatients are seen,"Wait from 4 to 2; nobody leaves"\n'
    assert drafts(intake(rows, "okrs.csv"))[0].sentences == ("Wait from 4 to 2; nobody leaves",)


def test_rows_of_whole_drafts_with_one_objective_stay_apart() -> None:
    rows = "objective,kr 1,kr 2\nPatients are seen,a b,c d\nPatients are seen,e f,\n"
    read = [draft.sentences for draft in drafts(intake(rows, "okrs.csv"))]
    assert read == [("a b", "c d"), ("e f",)]
    rows = "objective,kr 1,kr 2\nPatients are seen,a b,\nPatients are seen,e f,\n"
    assert len(drafts(intake(rows, "okrs.csv"))) == 2


def test_numbers_in_columns_of_their_own_are_put_in_the_sentence() -> None:
    rows = (
        "Objective,Key result,Start value,Target,Due date,Data source\n"
        "Patients are seen,Median wait,40 min,20 min,30 June,door clock\n"
        ",Visits from 12 % to 5 %,12 %,5 %,,\n,Trust,7,,,\n"
    )
    assert drafts(intake(rows, "okrs.csv"))[0].key_results == (
        KeyResult("Median wait from 40 min to 20 min by 30 June", source="door clock"),
        "Visits from 12 % to 5 %",
        "Trust (baseline 7)",
    )


def test_titles_above_the_headings_are_passed_over() -> None:
    assert drafts(intake(f"sep=,\nWard OKRs,,\n\n{ROWS}", "okrs.csv")) == [ON_TIME, STAYING]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('"a,b,c', "a quote is opened and not closed"),
        ('"a" b,c,d', "a cell goes on after its closing quote"),
        ("a,b,c,d,e", "5 cells, under 3 headings; quote a cell with separators"),
        ("a\0b,c,d", "a NUL character at character 2"),
        ("x" * 2_001 + ",b,c", "2,001 characters; a line holds at most 2,000"),
        ("x" * 120_001 + ",b,c", "over 120,000 characters; a row holds no more"),
    ],
)
def test_bad_row_is_told_and_the_others_go_on(row: str, said: str) -> None:
    headings, rest = ROWS.split("\n", 1)
    items = list(intake(f"{headings}\n{row}\n{rest}", "okrs.csv"))
    assert items[0].told()[0].startswith(f"okrs.csv:2: {said}")
    assert [item.draft for item in items[1:]] == [ON_TIME, STAYING]


def test_unclosed_quote_swallows_no_more_than_its_line() -> None:
    rows = "objective,kr\n" + '"open,a\n' + "Doors open early,b\n" * 3 + "Nurses stay,c\n" * 300
    places = [item.place for item in intake(rows, "okrs.csv")]
    assert places[:2] == ["okrs.csv:2", "okrs.csv:3"]


def test_a_million_columns_are_refused() -> None:
    said = refusal("," * 1_000_000, "okrs.csv")
    assert "no column is named “objective”" in said


@pytest.mark.parametrize("rows", ["name,goalie\na,b\n", "a,b\n" * 50, '"objective', ""])
def test_missing_headings_are_said_with_the_way_out(rows: str) -> None:
    assert "name the columns objective, kr1, kr2" in refusal(rows, "okrs.csv")


def test_unknown_type_is_told_with_its_line() -> None:
    rows = "objective,type\nPatients are seen,blue\n"
    assert told(intake(rows, "okrs.csv")) == [
        "okrs.csv:2: “blue” is no type; there are: committed, aspirational, learning, health"
    ]


# --- encodings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["read as UTF-16"]),
        ("utf-16-le", ["read as UTF-16"]),
        ("utf-16-be", ["read as UTF-16"]),
        ("utf-32", ["read as UTF-32"]),
        ("cp1252", ["read as Windows-1252"]),
    ],
)
@pytest.mark.parametrize("name", ["okrs.txt", "okrs.csv", "stdin"])
def test_encoding_is_found_and_said(codec: str, note: list[str], name: str) -> None:
    text = "objective,kr\nÄrzte kommen „pünktlich“,Übergänge von 3 auf 4\n"
    if name == "okrs.txt":
        text = "Ärzte kommen „pünktlich“\nÜbergänge von 3 auf 4\n"
    read = intake(text.encode(codec), name)
    assert drafts(read) == [Draft("Ärzte kommen „pünktlich“", ("Übergänge von 3 auf 4",))]
    assert read.notes == [f"{name}: {said}" for said in note]


def test_byte_order_mark_is_no_part_of_json() -> None:
    assert drafts(intake(b"\xef\xbb\xbf" + LINES.encode(), "okrs.jsonl")) == [ON_TIME, STAYING]
    assert drafts(intake(b"\xef\xbb\xbf" + ARRAY.encode(), "okrs.json")) == [ON_TIME, STAYING]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\0\0rest", "this is an Office or ZIP file; save it as CSV or plain text"),
        (b"%PDF-1.7\n\xe2\xe3", "this is a PDF; copy its text into a file of its own"),
        (bytes(range(1, 256)) * 40, "this is in no encoding known here; save it as UTF-8 text"),
        (b"\0" * 100, "this is no text: it holds NUL bytes"),
        (b"caf\xe9 \x81", "this is in no encoding known here; save it as UTF-8 text"),
        (b"", "there is no objective and no key result in it yet"),
        (b"[]", "there is no draft in it"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, said: str) -> None:
    assert refusal(data).startswith(said)


def test_empty_file_of_lines_is_said() -> None:
    assert refusal("\n \n", "okrs.jsonl") == "there is no draft in it"
    assert refusal("objective,kr\n\n", "okrs.csv") == "there is no draft in it"


def test_what_was_left_out_of_a_text_is_noted() -> None:
    read = intake(f"Hello all\n\n{TEXT}", "okrs.md")
    assert drafts(read) == [ON_TIME]
    assert read.notes == ["okrs.md:1: left out: it stands above the first objective"]


# --- whatever comes in -----------------------------------------------------------------------


@given(st.binary(max_size=300), st.sampled_from([None, "text", "json", "jsonl", "csv"]))
def test_any_bytes_are_read_or_refused(data: bytes, form: Format | None) -> None:
    try:
        items = list(intake(data, "stdin", form))
    except BadInput:
        return
    assert items


_CSV = st.lists(
    st.sampled_from(["a", "b c", '"', '""', ",", ",", "\n", "\r\n", "\0", ";", "é"]), max_size=30
).map("".join)


@given(_CSV)
def test_any_rows_are_read_or_told(rows: str) -> None:
    items = list(intake(f"objective,kr\n{rows}\nNurses stay,Turnover", "okrs.csv"))
    assert items
    places = [int(item.place.rpartition(":")[2]) for item in items]
    assert places == sorted(places)


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("text", [TEXT, MARKDOWN, LINES, ARRAY, ROWS])
def test_ends_of_lines_make_no_difference(text: str, ends: str) -> None:
    assert drafts(intake(text.replace("\n", ends))) == drafts(intake(text))


_SIGNS = st.lists(
    st.sampled_from(
        ["objective", "kr", "O: a b", '"', ",", ";", "\t", "|", "\r", "\n", "[", "{", "}", ":", "é"]
    ),
    max_size=25,
).map("".join)


@given(_SIGNS, st.sampled_from(["stdin", "a.csv", "a.txt", "a.json", "a.jsonl"]))
def test_any_mixture_of_signs_is_read_or_refused(text: str, name: str) -> None:
    with suppress(BadInput):
        assert list(intake(text, name))


def test_rows_in_another_encoding_are_told_and_the_others_go_on() -> None:
    rows = "objective,kr\nÄrzte über Nacht,Tür\n".encode() + b"M\xfcde,x\n" + "Rüge,y".encode()
    items = list(intake(rows, "okrs.csv"))
    assert items[1].told() == ["okrs.csv:3: is not UTF-8 text"]
    assert [isinstance(item.draft, Draft) for item in items] == [True, False, True]


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int, form: Format, one: str, first: str = "") -> int:
        class Endless(io.RawIOBase):
            left = iter([first, *[one] * count])

            def readable(self) -> bool:
                return True

            def readinto(self, buffer: bytearray) -> int:
                data = next(self.left, "").encode()
                buffer[: len(data)] = data
                return len(data)

        tracemalloc.start()
        for _ in Intake(io.BufferedReader(Endless()), "stdin", form):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    line = json.dumps({"objective": "Patients are seen", "key_results": ["Wait from 4 to 2"] * 4})
    for form, one, first in (
        ("jsonl", line + "\n", line + "\n"),
        ("csv", "Patients are seen,Wait from 4 to 2\nNurses stay,Turnover\n", "objective,kr\n"),
    ):
        assert peak(4_000, form, one, first) < 1.5 * peak(400, form, one, first) + 100_000


# --- what the documentation says -------------------------------------------------------------

PAGE = (Path(__file__).parent.parent / "docs" / "input.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("suffix", "text"), EXAMPLES)
def test_documented_example_is_read_as_the_same_draft(suffix: str, text: str) -> None:
    assert drafts(intake(text, f"okrs.{suffix}")) == [
        Draft(
            "Patients go home the day they are fit to",
            (
                "Median wait for discharge papers from 5 to 2 hours",
                "Readmissions within a week from 9 % to 6 %",
            ),
            Context(why="A night too many costs patients their strength", cycle="2027-Q2"),
        )
    ]


def test_documented_limits_are_those_that_hold() -> None:
    limits = [
        okr.LINE_LIMIT, okr.KEY_RESULTS_LIMIT, okr.TEXT_LIMIT, okr.TEXT_LINES_LIMIT,
        ROW_LIMIT, ROW_LINES_LIMIT, okr.TEXT_LIMIT, JSON_FILE_LIMIT,
        batch.ROWS_LIMIT, batch.BYTES_LIMIT, UNPACKED_LIMIT,
    ]  # fmt: skip
    _, _, table = PAGE.partition("## Limits")
    assert re.findall(r"\d[\d,]*", table) == [f"{limit:,}" for limit in limits]
