"""Settings are read strictly, and described where they are declared."""

from pathlib import Path

import pytest

from coach.errors import BadConfiguration
from coach.settings import PREFIX, Settings, catalogue, read_settings


def refusal(**environment: str) -> str:
    with pytest.raises(BadConfiguration) as caught:
        read_settings(environment)
    return str(caught.value)


def test_fresh_machine_needs_no_setting() -> None:
    settings = read_settings({"PATH": "/bin", "HOME": "/home/ana"})
    assert settings == Settings(data_dir=settings.data_dir)
    assert settings.data_dir.is_absolute()


def test_every_setting_is_read_from_its_variable() -> None:
    given = {
        "COACH_DATA_DIR": "/srv/coach",
        "COACH_DATABASE_URL": "postgresql+asyncpg://coach@db/coach",
        "COACH_ORGANISATION_FILE": "ours.toml",
        "COACH_HOST": "0.0.0.0",
        "COACH_PORT": "80",
        "COACH_ALLOW_REMOTE": "Yes",
        "COACH_LOG_LEVEL": "WARNING",
    }
    assert {setting.variable for setting in catalogue()} == set(given)
    assert read_settings(given) == Settings(
        data_dir=Path("/srv/coach"),
        database_url="postgresql+asyncpg://coach@db/coach",
        organisation_file=Path("ours.toml"),
        host="0.0.0.0",
        port=80,
        allow_remote=True,
        log_level="warning",
    )


@pytest.mark.parametrize(
    ("value", "allowed"),
    [("1", True), ("true", True), ("ON", True), ("0", False), ("False", False), ("no", False)],
)
def test_yes_and_no_are_understood(value: str, allowed: bool) -> None:
    assert read_settings({"COACH_ALLOW_REMOTE": value}).allow_remote is allowed


def test_empty_variable_counts_as_unset() -> None:
    assert read_settings({"COACH_PORT": "", "COACH_ORGANISATION_FILE": " "}).port == 8000


def test_home_folder_is_understood(monkeypatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert read_settings({"COACH_DATA_DIR": "~/okr"}).data_dir == Path("/home/ana/okr")


def test_unknown_setting_names_the_nearest() -> None:
    assert refusal(COACH_PROT="1") == (
        "COACH_PROT: there is no such setting; did you mean COACH_PORT?"
    )
    assert refusal(COACH_port="1").endswith("did you mean COACH_PORT?")


def test_far_setting_is_answered_with_the_list() -> None:
    assert refusal(COACH_WALLPAPER="blue").endswith(
        "There are: " + ", ".join(setting.variable for setting in catalogue())
    )


@pytest.mark.parametrize(
    ("variable", "value", "wanted"),
    [
        ("COACH_PORT", "eighty", "a number from 0 to 65535 is expected, not “eighty”"),
        ("COACH_PORT", "65536", "a number from 0 to 65535"),
        ("COACH_PORT", "-1", "a number from 0 to 65535"),
        ("COACH_PORT", "٨٠", "a number from 0 to 65535"),
        ("COACH_ALLOW_REMOTE", "maybe", "true or false is expected, not “maybe”"),
        ("COACH_LOG_LEVEL", "loud", "debug · info · warning · error is expected, not “loud”"),
    ],
)
def test_value_that_does_not_fit_is_refused(variable: str, value: str, wanted: str) -> None:
    assert refusal(**{variable: value}).startswith(f"{variable}: {wanted}")


def test_all_that_is_off_is_told_at_once() -> None:
    told = refusal(COACH_PORT="x", COACH_HOSTS="y", COACH_LOG_LEVEL="z").splitlines()
    assert [line.split(":")[0] for line in told] == [
        "COACH_PORT",
        "COACH_HOSTS",
        "COACH_LOG_LEVEL",
    ]


def test_organisation_file_in_the_data_folder_is_found(tmp_path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert settings.organisation_path is None
    (tmp_path / "organisation.toml").touch()
    assert settings.organisation_path == tmp_path / "organisation.toml"
    assert Settings(tmp_path, organisation_file=Path("x")).organisation_path == Path("x")


def test_every_setting_says_its_meaning_and_default() -> None:
    for setting in catalogue():
        assert setting.variable.startswith(PREFIX)
        assert setting.meaning.endswith(".")
        assert setting.default
