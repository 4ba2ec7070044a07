"""The organisation file is changed with its comments kept, whole, and never over others' words."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.charter import Charter, edited
from coach.errors import BadConfiguration, BadFile, Overtaken
from coach.organisation import Organisation, parse_organisation
from coach.service import Coach

COMMENTED = """\
# who we are
name = "Harbour Ferries"  # since 1902
purpose = "Islanders get home"
priorities = [
  "Fewer cancelled crossings",  # since the storm
  "Quiet ports at night",  # asked for by the port
]
acronyms = ["ETA"]

# words
[glossary]
slack = "minutes between two crossings"  # of a ship
ebb = "low water"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "organisation.toml"
    path.write_text(COMMENTED, "utf-8")
    return path


# ── changed as a person would ─────────────────────────────────────────────────────────────────


def said(text: str) -> Organisation:
    return parse_organisation(text, "organisation.toml")


def test_what_changes_nothing_leaves_every_character() -> None:
    assert edited(COMMENTED, said(COMMENTED)) == COMMENTED


def test_a_change_leaves_comments_and_everything_else() -> None:
    told = Organisation(
        "Harbour Ferries",
        "Islanders get home, whatever the weather",
        ("Quiet ports at night", "A full crew"),
        ("ETA",),
        {"slack": "minutes in port", "ebb": "low water"},
    )
    text = edited(COMMENTED, told)
    assert said(text) == told
    kept = ("# who we are", "# since 1902", "# asked for by the port", "# words", "# of a ship")
    assert [one for one in kept if one in text] == list(kept)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    str.strip
)
TOLD = st.builds(
    Organisation,
    name=st.none() | WORDS,
    purpose=st.none() | WORDS,
    priorities=st.lists(WORDS, max_size=4).map(tuple),
    acronyms=st.lists(WORDS, max_size=4).map(tuple),
    glossary=st.dictionaries(WORDS, WORDS, max_size=4),
    profile=st.sampled_from(["default", "doerr"]),
    model=st.sampled_from(["on", "off"]),
)


@given(TOLD, TOLD)
def test_a_file_says_what_it_was_told_whatever_it_said_before(
    before: Organisation, after: Organisation
) -> None:
    text = edited("", before)
    assert said(text) == before
    assert said(edited(text, after)) == after
    assert said(edited(COMMENTED, after)) == after


# ── written ───────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    charter = Charter(tmp_path / "folder" / "organisation.toml", Coach)
    assert charter.closed == ""
    charter.write('purpose = "Islanders get home"', charter.read().revision)
    assert charter.coach.organisation.purpose == "Islanders get home"


def test_a_change_is_not_written_over_another_s(path: Path) -> None:
    charter = Charter(path, Coach)
    mine = charter.read().revision
    path.write_text('name = "Theirs"', "utf-8")
    with pytest.raises(Overtaken):
        charter.write('name = "Mine"', mine)
    assert path.read_text("utf-8") == 'name = "Theirs"'


def test_what_is_off_is_not_written(path: Path) -> None:
    charter = Charter(path, Coach)
    with pytest.raises(BadFile) as caught:
        charter.write('name = "A"\npurposes = "B"\n', charter.read().revision)
    assert [problem.pointer for problem in caught.value.problems] == ["line 2, column 1"]
    assert path.read_text("utf-8") == COMMENTED


def test_a_file_keeps_who_may_read_it_and_nothing_is_left_beside_it(path: Path) -> None:
    path.chmod(0o640)
    charter = Charter(path, Coach)
    charter.write('name = "A"', charter.read().revision)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_a_link(path: Path) -> None:
    link = path.parent / "linked.toml"
    link.symlink_to(path)
    charter = Charter(link, Coach)
    charter.write('name = "A"', charter.read().revision)
    assert link.is_symlink()
    assert path.read_text("utf-8") == 'name = "A"'


def test_a_write_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    charter = Charter(path, Coach)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadConfiguration, match="No space left"):
        charter.write('name = "A"', charter.read().revision)
    assert path.read_text("utf-8") == COMMENTED
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_written_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    charter = Charter(path, Coach)
    real: Callable[..., bool] = os.access
    monkeypatch.setattr(os, "access", lambda at, mode: at != path and real(at, mode))
    assert "can't be written by this service" in charter.closed


# ── taken up ──────────────────────────────────────────────────────────────────────────────────


def test_a_change_by_hand_holds_for_the_next_draft(path: Path) -> None:
    charter = Charter(path, Coach)
    assert charter.coach is charter.coach
    path.write_text('name = "By hand"', "utf-8")
    assert charter.coach.organisation.name == "By hand"
    path.unlink()
    assert charter.coach.organisation == Organisation()


def test_a_file_that_is_off_is_told_once_and_not_taken_up(path: Path) -> None:
    told: list[BadConfiguration] = []
    charter = Charter(path, Coach, noticed=told.append)
    path.write_text("name = Harbour", "utf-8")
    assert charter.coach.organisation.name == charter.coach.organisation.name == "Harbour Ferries"
    assert len(told) == 1
    path.write_text('name = "Mended"', "utf-8")
    assert charter.coach.organisation.name == "Mended"


def test_nothing_starts_with_a_file_that_is_off(path: Path) -> None:
    path.write_text("name = Harbour", "utf-8")
    with pytest.raises(BadConfiguration):
        Charter(path, Coach)
