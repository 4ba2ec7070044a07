"""Settings are read strictly, and described where they are declared."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coach.errors import BadConfiguration
from coach.settings import PREFIX, Secret, Settings, catalogue, read_settings


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
        "COACH_MODEL_URL": "https://models.example/v1/",
        "COACH_MODEL": "small-1",
        "COACH_MODEL_KEY": "sk-canary",
        "COACH_MODEL_OFF": "yes",
        "COACH_MODEL_DEADLINE": "120",
        "COACH_MODEL_AT_ONCE": "64",
        "COACH_BATCH_PROCESSES": "2",
        "COACH_SETTINGS_PAGE": "no",
        "COACH_EMBEDDINGS": "yes",
        "COACH_MODEL_TOKEN_FIELD": "max_completion_tokens",
        "COACH_MODEL_SCHEMA": "json_object",
        "COACH_MODEL_TEMPERATURE": "none",
        "COACH_MODEL_ASKING": "questions",
        "COACH_MODEL_PRICE_INPUT": "2.50",
        "COACH_MODEL_PRICE_CACHED": "1.25",
        "COACH_MODEL_PRICE_OUTPUT": "10",
        "COACH_MODEL_CURRENCY": "eur",
        "COACH_MODEL_BUDGET": "5",
        "COACH_MODEL_ANSWERS_DAYS": "0",
    }
    not_both = {"COACH_MODEL_KEY_FILE"}
    assert {setting.variable for setting in catalogue()} == set(given) | not_both
    assert read_settings(given) == Settings(
        data_dir=Path("/srv/coach"),
        database_url="postgresql+asyncpg://coach@db/coach",
        organisation_file=Path("ours.toml"),
        host="0.0.0.0",
        port=80,
        allow_remote=True,
        batch_processes=2,
        settings_page=False,
        embeddings=True,
        log_level="warning",
        model_url="https://models.example/v1",
        model="small-1",
        model_key=Secret("sk-canary"),
        model_off=True,
        model_deadline=120,
        model_at_once=64,
        model_token_field="max_completion_tokens",
        model_schema="json_object",
        model_temperature="none",
        model_asking="questions",
        model_price_input=Decimal("2.5"),
        model_price_cached=Decimal("1.25"),
        model_price_output=Decimal(10),
        model_currency="EUR",
        model_budget=Decimal(5),
        model_answers_days=0,
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


# --- the language model ---------------------------------------------------------------------

MODEL = {"COACH_MODEL_URL": "https://models.example/v1", "COACH_MODEL": "small-1"}


def test_model_is_asked_where_one_is_set_up_and_not_switched_off() -> None:
    assert not read_settings({}).asks_model
    assert read_settings(MODEL).asks_model
    assert read_settings(MODEL).model_host == "models.example"
    assert not read_settings(MODEL | {"COACH_MODEL_OFF": "true"}).asks_model


def test_key_shows_itself_to_nobody() -> None:
    settings = read_settings(MODEL | {"COACH_MODEL_KEY": "sk-canary"})
    for shown in (repr(settings), str(settings.model_key), f"{settings.model_key}", f"{settings}"):
        assert "canary" not in shown
    assert settings.model_key is not None
    assert settings.model_key.reveal() == "sk-canary"
    assert "canary" not in refusal(COACH_MODEL_KEY="sk-canary\x07")
    assert "canary" not in refusal(COACH_MODEL_URL="https://me:canary@models.example/v1")


def test_key_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    settings = read_settings(MODEL | {"COACH_MODEL_KEY_FILE": str(file)})
    with pytest.raises(BadConfiguration, match=r"key can't be read \(No such file"):
        settings.read_key()
    file.write_text("sk-canary\n")
    assert settings.read_key() == Secret("sk-canary")
    for off in (b"", b"two\nlines", b"\xff"):
        file.write_bytes(off)
        with pytest.raises(BadConfiguration, match="COACH_MODEL_KEY_FILE: a key of printable"):
            settings.read_key()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://models.example/v1", "models.example is another machine, and drafts travel there"),
        ("http://127.0.0.1.models.example/v1", "another machine"),
        ("http://[::ffff:8.8.8.8]/v1", "another machine"),
        ("ftp://models.example/v1", "an address is expected, as https://host/v1"),
        ("models.example", "an address is expected"),
        ("https://", "an address is expected"),
        ("https://host:port/v1", "an address is expected"),
        ("https://[::1/v1", "an address is expected"),
        ("https://user@models.example/v1", "a user or password has no place in it"),
        ("https://models.example/v1?key=1", "it ends before"),
        ("https://models.example/v1#x", "it ends before"),
    ],
)
def test_draft_is_sent_to_no_address_that_is_off(url: str, told: str) -> None:
    assert told in refusal(**MODEL | {"COACH_MODEL_URL": url})


@pytest.mark.parametrize("host", ["localhost:11434", "127.0.0.1:8001", "[::1]:8001", "127.9.9.9"])
def test_http_reaches_this_machine(host: str) -> None:
    settings = read_settings(MODEL | {"COACH_MODEL_URL": f"http://{host}/v1"})
    assert settings.model_host == host


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"COACH_MODEL_URL": "https://m.example/v1"}, "COACH_MODEL is missing"),
        ({"COACH_MODEL": "small-1"}, "COACH_MODEL_URL is missing"),
        ({"COACH_MODEL_KEY": "k"}, "COACH_MODEL_URL is missing: whose key it is"),
        (MODEL | {"COACH_MODEL_KEY": "k", "COACH_MODEL_KEY_FILE": "f"}, "are both set"),
        (MODEL | {"COACH_MODEL_PRICE_INPUT": "1"}, "set together or not at all"),
        (MODEL | {"COACH_MODEL_PRICE_CACHED": "1"}, "set together or not at all"),
        (MODEL | {"COACH_MODEL_BUDGET": "1"}, "it needs COACH_MODEL_PRICE_INPUT"),
    ],
)
def test_settings_that_disagree_are_told_of(given: dict[str, Any], told: str) -> None:
    assert told in refusal(**given)


@pytest.mark.parametrize(
    ("variable", "value", "wanted"),
    [
        ("DEADLINE", "0", "a number from 1 to 3600 is expected, not “0”"),
        ("AT_ONCE", "1025", "a number from 1 to 1024"),
        ("TOKEN_FIELD", "tokens", "max_tokens · max_completion_tokens is expected"),
        ("SCHEMA", "xml", "json_schema · json_object · none is expected"),
        ("TEMPERATURE", "1", "0 · none is expected"),
        ("ASKING", "politely", "checklist · questions is expected"),
        ("PRICE_INPUT", "-1", "an amount from 0 to 1000000 is expected, as 2.50, not “-1”"),
        ("PRICE_INPUT", "2,50", "an amount from 0"),
        ("PRICE_INPUT", "nan", "an amount from 0"),
        ("PRICE_INPUT", "1e400", "an amount from 0"),
        ("BUDGET", "five", "an amount from 0"),
        ("CURRENCY", "dollars", "three letters are expected, as USD or EUR, not “dollars”"),
    ],
)
def test_model_setting_that_does_not_fit_is_refused(variable: str, value: str, wanted: str) -> None:
    assert refusal(**MODEL | {f"COACH_MODEL_{variable}": value}).startswith(
        f"COACH_MODEL_{variable}: {wanted}"
    )
