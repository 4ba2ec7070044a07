"""The command line as people and pipelines meet it: what is shown, what goes where, how it ends."""

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from coach import __version__
from coach.cli import main
from coach.rubrics import CRITERIA

ON_TIME = (
    "Objective: Patients are seen on time\nKR1: Median wait from 40 to 20 minutes by 30 June\n"
)
LAUNCH = "Objective: Launch the new help centre\nKR1: Cut first reply to 4 hours\n"
LINE = json.dumps({"objective": "Patients are seen on time", "key_results": ["Wait from 4 to 2"]})


class Ran(NamedTuple):
    """How a run of the command ended, and what it wrote where."""

    code: int
    out: str
    err: str


Coach = Callable[..., Ran]


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("COACH_DATA_DIR", str(folder))
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Coach:
    """Run the command in this process."""

    def run(*arguments: object, stdin: bytes | str = b"") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "argv", ["coach", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as caught:
            main()
        return Ran(int(caught.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


COMMAND = Path(sys.executable).with_name("coach")


def process(*arguments: str, **options: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([COMMAND, *arguments], **options)


# --- coach score: text -----------------------------------------------------------------------


def test_text_marks_the_words_and_says_why(coach: Coach) -> None:
    ran = coach("score", "-", stdin=LAUNCH)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert re.fullmatch(r"stdin:1  \d+ (weak|fair|strong)", lines[0])
    at = next(n for n, line in enumerate(lines) if "Launch the new help centre" in line)
    marks = lines[at + 1]
    start, end = marks.index("^"), marks.rindex("^") + 1
    assert lines[at][start:end] == "Launch the new help centre"
    assert marks.endswith("^ solution-as-objective")
    assert re.search(r"clarity +█+░* +\d+ (weak|fair|strong)", ran.out)
    assert "→ What is this number today?" in ran.out
    assert "Lamorte" in ran.out
    assert "Read as measure first reply, today not given, target 4\u00a0h" in ran.out


def test_rewrites_are_shown_with_their_scores(coach: Coach) -> None:
    assert re.search(r"Another wording: \w+  \(\d+ → \d+", coach("score", "-", stdin=LAUNCH).out)


def test_three_notes_stand_in_full_and_the_rest_by_name(coach: Coach) -> None:
    def notes(out: str) -> list[str]:
        return re.findall(r"^  (?:error|warning|hint)  ([\w-]+) · ", out, re.MULTILINE)

    short = coach("score", "-", stdin=LAUNCH).out
    full = coach("score", "--full", "-", stdin=LAUNCH).out
    assert len(notes(short)) == 3
    assert len(notes(full)) > 3
    (told,) = re.findall(r"\d+ more: (.*?)\. In full", " ".join(short.split()))
    assert [each.split(" ")[0] for each in told.split(", ")] == notes(full)[3:]


def test_full_shows_the_sum_behind_a_score(coach: Coach) -> None:
    out = coach("score", "--full", "-", stdin=LAUNCH).out
    (taken, left) = re.search(r"100((?: − \d+ [\w-]+(?: × \d+)?)+) = (\d+)", out).groups()
    assert 100 - sum(map(int, re.findall(r"− (\d+)", taken))) == int(left)


def test_long_line_is_wrapped_with_its_marks_under_the_words(coach: Coach) -> None:
    words = (
        "Patients and their families are seen on time in every ward and at every hour of the day"
    )
    out = coach("score", "-", stdin=f"O: {words} {words}, etc.\nKR: Wait from 4 to 2").out
    lines = out.splitlines()
    assert max(map(len, lines)) <= 96
    at = next(n for n, line in enumerate(lines) if "^ open-ended" in line)
    start, end = lines[at].index("^"), lines[at].rindex("^") + 1
    row = next(line for line in reversed(lines[:at]) if "^" not in line)
    assert row[start:end] == "etc."


@pytest.mark.parametrize("length", range(60, 120, 7))
def test_no_row_is_wider_than_the_terminal(coach: Coach, length: int) -> None:
    objective = ("Improve the quality of everything that patients and nurses meet " * 3)[:length]
    out = coach("score", "--full", "-", stdin=f"O: {objective}\nKR: {objective} 5 %, etc.").out
    assert max(map(len, out.splitlines())) <= 96


def test_marks_stand_under_wide_and_combining_signs(coach: Coach) -> None:
    out = coach(
        "score", "-", stdin="O: 病人 é\u0301 👩\u200d⚕️ are seen on time, etc.\nKR: Wait from 4 to 2"
    ).out
    lines = out.splitlines()
    at = next(n for n, line in enumerate(lines) if "^ open-ended" in line)
    before = next(line for line in reversed(lines[:at]) if "^" not in line).partition("etc.")[0]
    # 病 and 人 and each sign of the emoji take two columns, marks and joiners none.
    wide, none = 4, 4
    assert lines[at].index("^") == len(before) + wide - none


def test_text_cannot_drive_the_terminal(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = coach(
        "score", "-", stdin="O: Patients \x1b[2J\x1b]0;x\x07 are seen\x9b3m\nKR1: \x08a b"
    ).out
    assert set(re.findall(r"\x1b\[([\d;]*)(.)", out)) <= {
        (code, "m") for code in ("0", "1", "2", "31", "32", "33", "36")
    }
    assert not re.search(r"[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f]", out)


def test_invisible_characters_are_told(coach: Coach) -> None:
    out = coach("score", "-", stdin="O: Pati\u200bents are seen\nKR: Wait from 4 to 2").out
    assert "1 invisible character" in out


@pytest.mark.parametrize(
    ("variable", "coloured"), [(None, False), ("FORCE_COLOR", True), ("NO_COLOR", False)]
)
def test_colour_goes_to_those_who_want_it(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, variable: str | None, coloured: bool
) -> None:
    if variable:
        monkeypatch.setenv(variable, "1")
    assert ("\x1b[" in coach("score", "-", stdin=LAUNCH).out) is coloured


def test_several_drafts_end_with_a_summary(coach: Coach) -> None:
    ran = coach("score", "-", stdin=f"{LAUNCH}\n{ON_TIME}")
    assert "stdin:4  " in ran.out
    assert re.search(r"^2 drafts: 2 \w+\.|^2 drafts: 1 \w+, 1 \w+\.", ran.out, re.MULTILINE)
    assert "Found most often: " in ran.out
    assert "drafts:" not in coach("score", "-", stdin=LAUNCH).out


def test_lines_left_out_are_noted_apart(coach: Coach) -> None:
    ran = coach("score", "-", stdin=f"Hello all\n\n{LAUNCH}")
    assert ran.code == 0
    assert ran.err == "stdin:1: left out: it stands above the first objective\n"


# --- coach score: JSON -----------------------------------------------------------------------


def test_json_of_one_draft_is_an_object_and_of_several_an_array(coach: Coach) -> None:
    one = json.loads(coach("score", "-", "--format", "json", stdin=LINE).out)
    assert one["draft"]["objective"] == "Patients are seen on time"
    assert {"draft", "readings", "findings", "scores", "overall", "rewrites", "versions"} <= set(
        one
    )
    several = json.loads(coach("score", "-", "--format", "json", stdin=f"{LINE}\n" * 3).out)
    assert [each["draft"] for each in several] == [one["draft"]] * 3


def test_json_of_several_drafts_is_an_array_whatever_can_be_read(coach: Coach) -> None:
    ran = coach("score", "-", "--format", "json", stdin=f"{LINE}\n{{}}\n")
    assert (ran.code, len(json.loads(ran.out))) == (2, 1)
    ran = coach("score", "-", "--format", "json", "--input", "jsonl", stdin="{}\n")
    assert (ran.code, json.loads(ran.out)) == (2, [])


def test_jsonl_is_one_assessment_a_line_in_order(coach: Coach) -> None:
    drafts = [
        {"objective": f"Ward {n} keeps time", "key_results": [f"Wait from {n} to 0"]} for n in "987"
    ]
    given = "\n".join(map(json.dumps, drafts))
    out = coach("score", "-", "--format", "jsonl", stdin=given).out
    told = [json.loads(line) for line in out.splitlines()]
    assert [each["draft"]["objective"] for each in told] == [each["objective"] for each in drafts]


def test_same_draft_gets_the_same_bytes(coach: Coach) -> None:
    first, second = (coach("score", "-", "--format", "json", stdin=LAUNCH).out for _ in range(2))
    assert first == second


def test_bad_draft_is_told_and_the_others_are_scored(coach: Coach) -> None:
    given = f'{LINE}\n{{"objective": "a", "titel": "b"}}\n{LINE}\n'
    ran = coach("score", "-", "--format", "jsonl", stdin=given)
    assert ran.code == 2
    assert len(ran.out.splitlines()) == 2
    assert ran.err == (
        "stdin:2: /titel: is not a field here; known: objective, key_results, context\n"
    )


# --- coach score: files ----------------------------------------------------------------------


def test_every_kind_of_file_is_read(coach: Coach, write: Callable[[str, str], Path]) -> None:
    files = [
        write("a.txt", ON_TIME),
        write("a.md", "## Patients are seen on time\n- Wait from 4 to 2\n"),
        write("a.json", LINE),
        write("a.jsonl", LINE + "\n"),
        write("a.csv", "objective,kr1\nPatients are seen on time,Wait from 4 to 2\n"),
    ]
    ran = coach("score", "--format", "jsonl", *files)
    told = [json.loads(line)["draft"]["objective"] for line in ran.out.splitlines()]
    assert (ran.code, told) == (0, ["Patients are seen on time"] * 5)


def test_file_that_cannot_be_read_is_told_and_the_others_are_scored(
    coach: Coach, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    good = write("good.txt", ON_TIME)
    binary = tmp_path / "x.csv"
    binary.write_bytes(b"PK\x03\x04rest")
    empty = write("empty.md", "")
    ran = coach("score", tmp_path / "none.md", tmp_path, binary, empty, good, "--format", "jsonl")
    assert (ran.code, len(ran.out.splitlines())) == (2, 1)
    assert ran.err.splitlines() == [
        f"{tmp_path / 'none.md'}: can't be read: No such file or directory",
        f"{tmp_path}: can't be read: Is a directory",
        f"{binary}: this is an Office or ZIP file; save it as CSV or plain text",
        f"{empty}: there is no objective and no key result in it yet",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "there is no objective and no key result in it yet"),
        ("…", "there are no words in it yet"),
        ("a" * 1_000_001, "1,000,001 characters; a text holds at most 1,000,000"),
        ("KR: a\n" * 500, "500 key results; a draft holds at most 50"),
        ("O: " + "x" * 3_000, "3,000 characters; a line holds at most 2,000"),
        ("O: a\0b", "a NUL character at character 2"),
        (b"caf\xe9 \x81\x8d", "this is in no encoding known here; save it as UTF-8 text"),
        ("[" * 100_000, "is not JSON: nested too deep"),
        ('{"objective": "a", "x": 1}', "/x: is not a field here"),
        ('{"objective": 1}', "/objective: a text is expected, not a number"),
    ],
)
def test_bad_input_is_told_with_place_and_limit(
    coach: Coach, given: str | bytes, said: str
) -> None:
    ran = coach("score", "-", stdin=given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("stdin")
    assert said in ran.err


def test_words_without_an_objective_are_no_error(coach: Coach) -> None:
    ran = coach("score", "-", stdin="KR1: Wait from 4 to 2 days by 30 June")
    assert ran.code == 0
    assert "no-objective" in ran.out


# --- coach score: options --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "given", "code"),
    [
        ("never", "O: Improve quality\nKR: Improve sign-ups", 0),
        ("error", "O: Improve quality\nKR: Improve sign-ups", 1),
        ("error", LAUNCH.replace("KR1", "Cycle: 2027-Q1\nKR1"), 0),
        ("warning", LAUNCH, 1),
        ("warning", "{", 2),
    ],
)
def test_exit_code_tells_how_grave_the_findings_are(
    coach: Coach, fail_on: str, given: str, code: int
) -> None:
    assert coach("score", "-", "--fail-on", fail_on, stdin=given).code == code


def test_profile_is_chosen_by_name_or_file(coach: Coach, write: Callable[[str, str], Path]) -> None:
    def profile(*arguments: object) -> str:
        out = coach("score", "-", "--format", "json", *arguments, stdin=LINE).out
        return str(json.loads(out)["versions"]["profile"])

    assert profile() == "default"
    assert profile("--profile", "doerr") == "doerr"
    assert profile("--profile", write("ours.toml", 'name = "ours"\n')).startswith("ours@")


def test_unknown_profile_names_the_nearest(coach: Coach) -> None:
    ran = coach("score", "-", "--profile", "gogle", stdin=LINE)
    assert (ran.code, ran.out) == (3, "")
    assert "did you mean “google”?" in ran.err


def test_organisation_file_is_used(coach: Coach, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "organisation.toml").write_text('profile = "google"\n')
    out = coach("score", "-", "--format", "json", stdin=LINE).out
    assert json.loads(out)["versions"]["profile"] == "google"


@pytest.mark.parametrize("model", ["auto", "off"])
def test_rules_alone_judge_where_no_model_is_set_up(coach: Coach, model: str) -> None:
    out = coach("score", "-", "--format", "json", "--model", model, stdin=LINE).out
    assert json.loads(out)["versions"]["model"] is None


@pytest.mark.parametrize("command", [("score", "-"), ("serve", "--port", "0")])
def test_organisation_file_that_is_off_is_pointed_at(
    data_dir: Path, command: tuple[str, ...]
) -> None:
    data_dir.mkdir()
    (data_dir / "organisation.toml").write_text("purpos = 3\n")
    pipe = subprocess.PIPE
    with process(*command, stdin=pipe, stdout=pipe, stderr=pipe) as run:
        out, err = run.communicate(LINE.encode())
    assert (run.returncode, out) == (3, b"")
    assert "organisation.toml:1:1: there is no setting “purpos”" in err.decode()


@pytest.mark.parametrize("command", [("score", "-"), ("serve",), ("eval", "-")])
def test_unknown_setting_stops_a_command(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COACH_PROT", "1")
    ran = coach(*command, stdin=LINE)
    said = "COACH_PROT: there is no such setting; did you mean COACH_PORT?\n"
    assert ran == (3, "", said)


def test_profile_that_the_organisation_names_is_pointed_at(coach: Coach, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "organisation.toml").write_text('profile = "ours.toml"\n')
    ran = coach("score", "-", stdin=LINE)
    assert ran.code == 3
    assert "organisation.toml names a profile that can't be read:\nthere is no profile" in ran.err
    (data_dir / "ours.toml").write_text('name = "ours"\nweight = 3\n')
    assert "ours.toml:2:1: there is no setting “weight”" in coach("score", "-", stdin=LINE).err
    (data_dir / "ours.toml").write_text('name = "ours"\n')
    assert coach("score", "-", stdin=LINE).code == 0


def test_nothing_is_kept_by_a_score(coach: Coach, data_dir: Path) -> None:
    assert coach("score", "-", stdin=LINE).code == 0
    assert not data_dir.exists()


# --- coach score: terminals and pipes --------------------------------------------------------


def on_terminal(*arguments: str, stdin: bytes, env: dict[str, str]) -> str:
    """Return what a terminal shows of a run."""
    ours, theirs = pty.openpty()
    with process(
        *arguments, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs, env=os.environ | env
    ) as run:
        os.close(theirs)
        run.stdin.write(stdin)
        run.stdin.close()
        return b"".join(_chunks(ours)).decode()


def _chunks(terminal: int) -> Iterator[bytes]:
    try:
        while chunk := os.read(terminal, 4096):
            yield chunk
    except OSError:  # how Linux says that the other end is closed
        os.close(terminal)


def test_terminal_gets_colour_unless_it_declines() -> None:
    assert "\x1b[" in on_terminal("score", "-", stdin=LAUNCH.encode(), env={"TERM": "xterm"})
    declined = on_terminal("score", "-", stdin=LAUNCH.encode(), env={"NO_COLOR": "1"})
    assert "\x1b[" not in declined
    assert "solution-as-objective" in declined


def test_terminal_says_what_it_waits_for() -> None:
    ours, theirs = pty.openpty()
    pipe = subprocess.PIPE
    with process("score", "-", stdin=theirs, stdout=pipe, stderr=pipe) as run:
        os.close(theirs)
        assert run.stderr.readline() == b"Reading a draft from the terminal; end it with Ctrl-D.\n"
        os.write(ours, b"O: Patients are seen on time\n\x04")
        out, err = run.communicate()
    os.close(ours)
    assert b"stdin:1" in out
    assert (run.returncode, err) == (0, b"")


def test_progress_is_shown_on_a_terminal_while_output_goes_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(f"{LINE}\n" * 200)
    ours, theirs = pty.openpty()
    pipe = subprocess.PIPE
    with process("score", str(path), "--format", "jsonl", stdout=pipe, stderr=theirs) as run:
        os.close(theirs)
        out, _ = run.communicate()
    shown = b"".join(_chunks(ours)).decode()
    assert len(out.splitlines()) == 200
    assert "100%" in shown
    assert "200 drafts: " in shown


def streaming() -> "subprocess.Popen[bytes]":
    pipe = subprocess.PIPE
    options = ("--input", "jsonl", "--format", "jsonl")
    return process("score", "-", *options, stdin=pipe, stdout=pipe, stderr=pipe)


def test_closed_pipe_ends_it_quietly() -> None:
    with streaming() as run:
        run.stdin.write(f"{LINE}\n".encode())
        run.stdin.flush()
        run.stdout.close()
        with suppress(BrokenPipeError):
            run.stdin.write(f"{LINE}\n".encode() * 5_000)
            run.stdin.flush()
        assert run.stderr.read() == b""
        assert run.wait() == 0
        with suppress(BrokenPipeError):
            run.stdin.close()


def test_interrupt_ends_it_quietly_with_130() -> None:
    with streaming() as run:
        run.stdin.write(f"{LINE}\n".encode() * 400)
        run.stdin.flush()
        run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, err = run.communicate()
    assert run.returncode == 130
    assert err.strip() == b""


# --- coach explain ---------------------------------------------------------------------------


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=lambda criterion: criterion.id)
def test_explain_shows_the_whole_page_of_a_criterion(coach: Coach, criterion) -> None:
    out = " ".join(coach("explain", criterion.id).out.split())
    for said in (criterion.id, criterion.why, criterion.hint, criterion.source):
        assert " ".join(said.split()) in out
    for example in (*criterion.flags, *criterion.passes):
        for sentence in (example.draft.objective, *example.draft.sentences):
            assert all(word in out for word in sentence.split())


def test_explain_marks_the_words_of_an_example(coach: Coach) -> None:
    lines = coach("explain", "no-target").out.splitlines()
    at = next(n for n, line in enumerate(lines) if "Improve sign-ups" in line)
    assert lines[at + 1].strip() == "^" * len("Improve sign-ups")
    assert lines[at + 1].index("^") == lines[at].index("Improve")


def test_explain_lists_all_by_rubric_and_how_scores_are_made(coach: Coach) -> None:
    out = coach("explain").out
    assert all(re.search(rf"^  {each} ", out, re.MULTILINE) for each in CRITERIA)
    assert [out.index(rubric) for rubric in ("Clarity", "Ambition", "Measurability", "Purpose")]
    assert "starts at 100" in out


@pytest.mark.parametrize("given", ["no_target", "NO-TARGET", " no-target "])
def test_explain_forgives_how_an_id_is_written(coach: Coach, given: str) -> None:
    assert coach("explain", given).out.startswith("no-target")


def test_explain_suggests_the_nearest(coach: Coach) -> None:
    ran = coach("explain", "no-targte")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no criterion “no-targte”; did you mean “no-target”?" in ran.err
    assert "All of them: coach explain" in coach("explain", "zzzz").err


# --- coach eval ------------------------------------------------------------------------------


def test_eval_takes_rows_and_tables_together(
    coach: Coach, write: Callable[[str, str], Path]
) -> None:
    rows = write("goals.jsonl", '{"type": "goal", "text": "Walk 20 km", "measurable": true}\n')
    table = write("ours.toml", 's = [{ text = "Halve lost keys", change = 0.5 }]\n')
    ran = coach("eval", rows, table, "--format", "json")
    card = json.loads(ran.out)
    assert ran.code == 0
    assert (card["readings"]["all"]["right"], len(card["measurable"])) == (1, 2)
    assert "| whole sentences | 1.000" in coach("eval", rows, table, "--format", "markdown").out


def test_eval_points_at_the_row_that_has_no_known_form(
    coach: Coach, write: Callable[[str, str], Path]
) -> None:
    rows = write("rows.jsonl", '\n{"type": "pear"}\n')
    ran = coach("eval", rows)
    assert (ran.code, ran.out) == (2, "")
    assert "rows.jsonl, line 2: is no labelled row" in ran.err


# --- coach serve and doctor ------------------------------------------------------------------


def test_server_says_where_it_is_and_answers_there(data_dir: Path) -> None:
    import httpx

    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with process("serve", "--port", "0", stdout=pipe, stderr=nowhere) as run:
        try:
            said = run.stdout.readline().decode()
            address = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
            answer = httpx.post(f"{address}/api/v1/assessments", json=json.loads(LINE), timeout=20)
        finally:
            run.send_signal(signal.SIGINT)
            banner = run.stdout.read().decode()
    assert "(Ctrl-C ends it)" in said
    assert str(data_dir / "coach.sqlite3") in banner
    assert "no language model is asked, no text leaves it" in banner
    assert answer.json()["draft"]["objective"] == "Patients are seen on time"
    assert (data_dir / "coach.sqlite3").exists()


def test_server_refuses_to_be_reached_from_elsewhere_unasked(coach: Coach) -> None:
    ran = coach("serve", "--host", "0.0.0.0")
    assert (ran.code, ran.out) == (3, "")
    assert "there are no accounts yet" in ran.err
    assert "COACH_ALLOW_REMOTE=true" in ran.err


def test_taken_port_is_said_with_the_way_out(coach: Coach) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = coach("serve", "--port", taken.getsockname()[1])
    assert ran.code == 3
    assert "it is taken. Another port: coach serve --port" in ran.err


def test_doctor_finds_a_fresh_machine_sound(coach: Coach, data_dir: Path) -> None:
    ran = coach("doctor")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == ["ok"] * 5
    assert str(data_dir) in ran.out
    assert "no text leaves this machine" in ran.out


def test_doctor_says_all_that_is_off(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    data_dir.mkdir()
    (data_dir / "organisation.toml").write_text('purpose = "a"\npurpos = "b"\n')
    (data_dir / "coach.sqlite3").write_bytes(b"no database" * 500)
    monkeypatch.setenv("COACH_HOST", "::")
    ran = coach("doctor")
    assert ran.code == 1
    off = [line[5:] for line in ran.out.splitlines() if line.startswith("off")]
    assert "file is not a database" in off[0]
    assert "organisation.toml:2:1: there is no setting “purpos”" in off[1]
    assert "COACH_ALLOW_REMOTE" in off[2]
    assert "Set in the environment: COACH_HOST = ::" in ran.out


def test_doctor_says_which_settings_are_off(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PROT", "1")
    monkeypatch.setenv("COACH_LOG_LEVEL", "loud")
    ran = coach("doctor")
    assert (ran.code, ran.out) == (
        1,
        "off  COACH_PROT: there is no such setting; did you mean COACH_PORT?\n"
        "off  COACH_LOG_LEVEL: debug · info · warning · error is expected, not “loud”\n",
    )


def test_doctor_names_a_setting_that_may_hold_a_password_without_its_value(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", "sqlite:////tmp/none/secret-words")
    assert "Set in the environment: COACH_DATABASE_URL.\n" in coach("doctor").out


# --- the command itself ----------------------------------------------------------------------


def test_version_is_said(coach: Coach) -> None:
    assert coach("--version").out == f"coach, version {__version__}\n"


@pytest.mark.parametrize("command", ["", "score", "explain", "serve", "doctor"])
def test_help_says_what_a_command_does(coach: Coach, command: str) -> None:
    ran = coach(*([command] if command else []), "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: coach")


def test_exit_codes_are_in_the_help(coach: Coach) -> None:
    out = " ".join(coach("score", "--help").out.split())
    assert "Exit codes: 0 done; 1 findings as grave as --fail-on names; 2 something" in out


def test_wrong_use_ends_with_2(coach: Coach) -> None:
    for arguments in (["score"], ["score", "-", "--format", "xml"], ["sing"], ["score", "--nope"]):
        ran = coach(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err


HEAVY = (
    "litestar sqlalchemy aiosqlite uvicorn jinja2 structlog asyncio platformdirs rich "
    "openai httpx2 pydantic"
)


def test_score_loads_nothing_that_only_a_server_needs() -> None:
    said = (
        "import sys; sys.argv = ['coach', 'score', '-']\n"
        "from coach.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print(set(sys.modules) & set({HEAVY.split()!r}), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", said], input=LAUNCH.encode(), capture_output=True, check=True
    )
    assert ran.stderr.decode().strip() == "set()"
