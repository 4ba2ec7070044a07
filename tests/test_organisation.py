"""The organisation file is read strictly; what is off is pointed at."""

import pytest

from coach.errors import BadConfiguration
from coach.okr import Context, Draft
from coach.organisation import Organisation, read_organisation
from coach.service import Coach

SOUND = """\
name = "Harbour Ferries"
purpose = "Islanders get home, whatever the weather"
priorities = ["Fewer cancelled crossings", "Quiet ports at night"]
acronyms = ["ETA"]
profile = "doerr"
model = "off"

[glossary]
slack = "minutes between two crossings of a ship"
"""


def refusal(path, text: str) -> str:
    path.write_text(text, "utf-8")
    with pytest.raises(BadConfiguration) as caught:
        read_organisation(path)
    return str(caught.value).replace(str(path), "organisation.toml")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "organisation.toml"


def test_sound_file_is_read_whole(path) -> None:
    path.write_text(SOUND, "utf-8")
    assert read_organisation(path) == Organisation(
        name="Harbour Ferries",
        purpose="Islanders get home, whatever the weather",
        priorities=("Fewer cancelled crossings", "Quiet ports at night"),
        acronyms=("ETA",),
        glossary={"slack": "minutes between two crossings of a ship"},
        profile="doerr",
        model="off",
    )


def test_empty_file_is_an_organisation_that_says_nothing(path) -> None:
    path.touch()
    assert read_organisation(path) == Organisation()


def test_misspelt_setting_is_pointed_at(path) -> None:
    assert refusal(path, SOUND + '\n[glosary]\na = "b"\n').startswith(
        "organisation.toml:11:2: there is no setting “glosary”\n"
        "  11 | [glosary]\n"
        "     |  ^^^^^^^\n"
        "  did you mean “glossary”?"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('model = "of"', "1:9: “of” is not known here"),
        ("priorities = 3", "1:14: a list is expected"),
        ('priorities = ["a",\n  4]', "2:3: text in quotes is expected"),
        ('acronyms = ["ETA", ""]', "1:20: there are no words in it"),
        ('purpose = " "', "1:11: there are no words in it"),
        ('glossary.slack = ""', "1:18: there are no words in it"),
        ('purpose = "' + "a" * 2_001 + '"', "1:11: 2,001 characters; at most 2,000 are read"),
    ],
)
def test_what_is_off_is_pointed_at(path, text: str, place: str) -> None:
    assert refusal(path, text).startswith(f"organisation.toml:{place}")


def test_draft_is_held_against_its_organisations_purpose() -> None:
    coach = Coach(Organisation(purpose="Islanders get home, whatever the weather"))
    draft = Draft("Renew the boiler room", ("Boilers replaced: 2 → 6",))
    assessment = coach.assess(draft, rewrite=False)
    assert assessment.draft.context.purpose == "Islanders get home, whatever the weather"
    assert "no-why" in {finding.criterion for finding in assessment.findings}


def test_draft_may_name_a_purpose_of_its_own() -> None:
    coach = Coach(Organisation(purpose="Islanders get home, whatever the weather"))
    draft = Draft("Renew the boiler room", context=Context(purpose="Every child learns to swim"))
    assert coach.assess(draft).draft.context.purpose == "Every child learns to swim"
