"""Profiles say what they change, and a file that is off says where and how to mend it."""

from pathlib import Path

import pytest

from coach.errors import BadConfiguration
from coach.okr import Context, Draft
from coach.profile import Profile
from coach.rubrics import CRITERIA
from coach.rubrics.profiles import load_profile, profiles
from coach.service import Coach

SHIPPED = ("default", "doerr", "google", "lamorte", "wodtke")


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(text, "utf-8")
    return path


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(BadConfiguration) as caught:
        load_profile(own(tmp_path, text))
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_five_profiles_come_with_the_coach_each_with_its_source():
    assert tuple(profiles()) == SHIPPED
    for name, profile in profiles().items():
        assert profile.name == name
        assert profile.description
        assert profile.source


def test_default_changes_nothing():
    default = load_profile("default")
    assert default == Profile(description=default.description, source=default.source)


def test_every_criterion_that_a_profile_names_is_there():
    for profile in profiles().values():
        assert {*profile.weights, *profile.severities} <= set(CRITERIA)


def test_own_file_is_read_and_its_name_tells_its_content(tmp_path: Path):
    first = load_profile(own(tmp_path, 'name = "ours"\n[weights]\ndeliverable = 20\n'))
    second = load_profile(own(tmp_path, 'name = "ours"\n[weights]\ndeliverable = 21\n'))
    assert first.weights == {"deliverable": 20}
    assert first.name.startswith("ours@")
    assert first.name != second.name


def test_relative_file_is_found_beside_the_organisation_file(tmp_path: Path):
    own(tmp_path, 'name = "ours"\n')
    assert load_profile("ours.toml", beside=tmp_path).name.startswith("ours@")


def test_unknown_name_suggests_the_nearest():
    with pytest.raises(BadConfiguration, match="did you mean “google”"):
        load_profile("gogle")


def test_unknown_criterion_points_at_its_line_and_suggests_the_nearest(tmp_path: Path):
    assert refusal(tmp_path, 'name = "ours"\n\n[severities]\ndeliverables = "off"\n') == (
        "ours.toml:4:1: there is no criterion “deliverables”\n"
        '  4 | deliverables = "off"\n'
        "    | ^^^^^^^^^^^^\n"
        "  did you mean “deliverable”?"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name = ''", "1:8: a profile needs a name"),
        ("[weights]\nactivity = -1", "2:12: -1 is no points from 0 to 100"),
        ("[weights]\nactivity = 'much'", "2:12: a number is expected here"),
        ("[severities]\nactivity = 'fatal'", "2:12: “fatal” is not known here"),
        ("[thresholds]\ntimid_change = 5", "2:16: 5 is no share from 0 to 1"),
        ("[thresholds]\nkey_results = 5", "2:1: there is no setting “key_results”"),
        ("[thresholds]\nobjective_long_hint = 200", "2:23: the hint would come after the warning"),
        ("[bands]\nfair = 90", "2:8: “fair” would begin above “strong”"),
        ("[caps]\none = 30", "1:2: more errors would allow a higher score"),
        ("[rubrics]\nclarity = 0\nambition = 0\nmeasurability = 0\npurpose = 0", "1:2: at least"),
    ],
)
def test_what_is_off_is_pointed_at(tmp_path: Path, text: str, place: str):
    assert refusal(tmp_path, text).startswith(f"ours.toml:{place}")


DRAFT = Draft(
    "Nurses find what they need in the first cupboard they open",
    ("New cupboards installed on all wards", "Items missing at the morning check: 9 → 3"),
    Context(cycle="2027-Q1"),
)


def test_profiles_disagree_about_deliverables():
    def found(name: str) -> dict[str, str]:
        assessment = Coach(profile=load_profile(name)).assess(DRAFT, rewrite=False)
        return {finding.criterion: finding.severity for finding in assessment.findings}

    def measurability(name: str) -> int | None:
        return Coach(profile=load_profile(name)).assess(DRAFT).scores.measurability.value

    assert found("google")["deliverable"] == "warning"
    assert found("lamorte")["deliverable"] == "hint"
    assert found("google")["type-not-declared"] == "warning"
    assert measurability("google") < measurability("default") < measurability("lamorte")


def test_assessment_names_its_profile():
    assert Coach(profile=load_profile("wodtke")).versions.profile == "wodtke"
