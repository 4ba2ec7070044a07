"""Every setting once: its name, its default and what it means.

A setting is a field of `Settings`; its environment variable is `COACH_` and the field's name in
capitals. `coach doctor` and the documentation take names, defaults and meanings from here.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec

from coach.errors import BadConfiguration
from coach.model.address import check_address

PREFIX = "COACH_"
LogLevel = Literal["debug", "info", "warning", "error"]
TokenField = Literal["max_tokens", "max_completion_tokens"]
SchemaMode = Literal["json_schema", "json_object", "none"]
Temperature = Literal["0", "none"]
Asking = Literal["checklist", "questions"]


class Means(NamedTuple):
    """What a setting means, and the range of a number, ends included.

    `default` says a default in words where it is worked out.
    """

    meaning: str
    default: str = ""
    least: int = 0
    most: int = 65_535


class Secret:
    """A text that shows itself to nobody who doesn't ask for it by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "(hidden)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


def default_data_dir() -> Path:
    """Return the data folder of the user, by the customs of the operating system."""
    import platformdirs  # only needed where COACH_DATA_DIR is unset

    return Path(platformdirs.user_data_dir("coach", appauthor=False))


class Settings(msgspec.Struct, frozen=True):
    """What an operator can set. Everything has a default that works on a fresh machine."""

    data_dir: Annotated[
        Path,
        Means(
            "The folder of everything that is kept: the database and the organisation file.",
            default="the data folder of the user, `~/.local/share/coach` on Linux",
        ),
    ] = msgspec.field(default_factory=default_data_dir)
    database_url: Annotated[
        str | None,
        Means(
            "The SQLite file that assessments are kept in, as `sqlite:////path/to/file`.",
            default="`coach.sqlite3` in the data folder",
        ),
    ] = None
    organisation_file: Annotated[
        Path | None,
        Means(
            "The organisation's purpose, priorities, words and profile, in TOML.",
            default="`organisation.toml` in the data folder, where there is one",
        ),
    ] = None
    host: Annotated[str, Means("The address that `coach serve` listens on.")] = "127.0.0.1"
    port: Annotated[
        int, Means("The port that `coach serve` listens on; 0 takes any that is free.")
    ] = 8000
    allow_remote: Annotated[
        bool,
        Means(
            "Whether `coach serve` may listen where other machines reach it. There are no accounts "
            "yet: whoever reaches it can use it, and open any assessment whose address they know."
        ),
    ] = False
    batch_processes: Annotated[
        int,
        Means(
            "How many processes judge the drafts of batches beside the one that serves, each on a "
            "core of its own where there is one.",
            least=1,
            most=64,
        ),
    ] = 1
    settings_page: Annotated[
        bool | None,
        Means(
            "Whether the page `/settings` changes the organisation file; whoever reaches the page "
            "then can.",
            default="`true`, but `false` with `COACH_ALLOW_REMOTE`",
        ),
    ] = None
    embeddings: Annotated[
        bool,
        Means(
            "Whether word embeddings help to tell what serves no purpose, as a hint that costs "
            "nothing. They are an extra: `pip install 'okr-coach[embeddings]'`."
        ),
    ] = False
    log_level: Annotated[LogLevel, Means("The least grave log lines that are written.")] = "info"

    model_url: Annotated[
        str | None,
        Means(
            "The address of an OpenAI-compatible endpoint, as `https://api.openai.com/v1`; http "
            "only where it is this machine.",
            default="none: rules alone judge, and no text leaves this machine",
        ),
    ] = None
    model: Annotated[
        str | None,
        Means("The model's name at that endpoint.", default="none; needed with `COACH_MODEL_URL`"),
    ] = None
    model_key: Annotated[
        Secret | None, Means("The key for the endpoint. It is never shown.", default="none")
    ] = None
    model_key_file: Annotated[
        Path | None, Means("A file that holds the key, in place of `COACH_MODEL_KEY`.", "none")
    ] = None
    model_off: Annotated[bool, Means("Whether the model is left alone, though one is set up.")] = (
        False
    )
    model_deadline: Annotated[
        int,
        Means("How many seconds an answer may take, with every retry.", least=1, most=3_600),
    ] = 30
    model_at_once: Annotated[
        int, Means("How many requests may be under way at once.", least=1, most=1_024)
    ] = 16
    model_token_field: Annotated[
        TokenField,
        Means(
            "What the endpoint calls the bound on an answer's length: `max_tokens` or "
            "`max_completion_tokens`."
        ),
    ] = "max_tokens"  # noqa: S105 - a field's name, no password
    model_schema: Annotated[
        SchemaMode,
        Means(
            "How the endpoint is told an answer's form: `json_schema`, `json_object`, or `none` "
            "where it knows neither."
        ),
    ] = "json_schema"
    model_temperature: Annotated[
        Temperature,
        Means("`0` for the likeliest words, or `none` where the model refuses to be told."),
    ] = "0"
    model_asking: Annotated[
        Asking,
        Means(
            "`checklist` asks everything about a draft in one request; `questions` asks one by "
            "one, yes or no, for endpoints that tell probabilities (logprobs)."
        ),
    ] = "checklist"
    model_price_input: Annotated[
        Decimal | None,
        Means("The price of a million tokens that are sent.", default="none: nothing is counted"),
    ] = None
    model_price_cached: Annotated[
        Decimal | None,
        Means(
            "The price of a million sent tokens that the provider had kept.",
            default="`COACH_MODEL_PRICE_INPUT`",
        ),
    ] = None
    model_price_output: Annotated[
        Decimal | None,
        Means("The price of a million tokens that are answered.", default="none"),
    ] = None
    model_currency: Annotated[str, Means("The currency of prices and budget, in ISO 4217.")] = "USD"
    model_budget: Annotated[
        Decimal | None,
        Means(
            "What may be spent in a day (UTC); past it rules alone judge. Needs the prices.",
            default="none: no limit",
        ),
    ] = None
    model_answers_days: Annotated[
        int,
        Means(
            "For how many days answers are kept, so that nothing is asked twice; 0 keeps none. "
            "An answer may quote the draft.",
            most=3_650,
        ),
    ] = 90

    @property
    def asks_model(self) -> bool:
        """Whether a language model is set up, and not switched off."""
        return self.model_url is not None and not self.model_off

    @property
    def model_host(self) -> str:
        """The host, and port if any, that drafts go to; empty where no model is set up."""
        return urlsplit(self.model_url).netloc if self.model_url else ""

    def read_key(self) -> Secret | None:
        """Return the endpoint's key, from its file if need be. Raises BadConfiguration."""
        if self.model_key_file is None:
            return self.model_key
        try:
            key = self.model_key_file.read_text("ascii").strip()
        except OSError as error:
            raise BadConfiguration(
                f"COACH_MODEL_KEY_FILE: {self.model_key_file} can't be read ({error.strerror})"
            ) from error
        except UnicodeDecodeError:
            key = ""
        return _read_secret("MODEL_KEY_FILE", key)

    @property
    def organisation_home(self) -> Path:
        """Where the organisation file stands, or would."""
        return self.organisation_file or self.data_dir / "organisation.toml"

    @property
    def organisation_path(self) -> Path | None:
        """The organisation file that is read: the one set, else the one found, else None."""
        home = self.organisation_home
        return home if self.organisation_file is not None or home.is_file() else None

    @property
    def edits_organisation(self) -> bool:
        """Whether the settings page may change the organisation file."""
        return not self.allow_remote if self.settings_page is None else self.settings_page


class Setting(NamedTuple):
    """What the documentation says of a setting."""

    variable: str
    default: str
    meaning: str


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of an environment; an empty variable counts as unset.

    Raises BadConfiguration with everything that is off: a `COACH_` variable that is no setting
    (naming the nearest), or a value that doesn't fit.
    """
    given = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in environment.items()
        if name.startswith(PREFIX) and value.strip()
    }
    values: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        try:
            values[name.lower()] = _read(name, value)
        except BadConfiguration as error:
            problems.append(str(error))
    settings = Settings(**values)
    problems += [] if problems else _disagreements(settings)
    if problems:
        raise BadConfiguration("\n".join(problems))
    return settings


def catalogue() -> tuple[Setting, ...]:
    """Return every setting with its default and meaning, in the order they are declared."""
    return tuple(_described())


_TYPES = get_type_hints(Settings, include_extras=True)
_YES_OR_NO = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)


def _described() -> Iterator[Setting]:
    for field in msgspec.structs.fields(Settings):
        means: Means = next(m for m in _TYPES[field.name].__metadata__ if isinstance(m, Means))
        default = means.default or f"`{_written(field.default)}`"
        yield Setting(PREFIX + field.name.upper(), default, means.meaning)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(name: str, value: str) -> object:
    hint = _TYPES.get(name.lower()) if name.isupper() else None
    if hint is None:
        raise BadConfiguration(f"{PREFIX}{name}: there is no such setting{_nearest(name)}")
    declared, means = get_args(hint)
    kinds = [kind for kind in get_args(declared) if kind is not type(None)]
    kind = declared if get_origin(declared) is Literal or not kinds else kinds[0]
    if get_origin(kind) is Literal:
        known = get_args(kind)
        return value.lower() if value.lower() in known else _refuse(name, value, " · ".join(known))
    if kind is bool:
        read = _YES_OR_NO.get(value.lower())
        return read if read is not None else _refuse(name, value, "true or false")
    if kind is int:
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else -1
        fits = means.least <= number <= means.most
        wanted = f"a number from {means.least} to {means.most}"
        return number if fits else _refuse(name, value, wanted)
    if kind is Path:
        return Path(value).expanduser()
    special = _SPECIAL.get(name) or {Decimal: _read_amount, Secret: _read_secret}.get(kind)
    return special(name, value) if special else value


_MOST_AMOUNT = Decimal(1_000_000)
_CURRENCY = re.compile(r"[A-Z]{3}")
_KEY = re.compile(r"[!-~]{1,4096}")


def _read_amount(name: str, value: str) -> Decimal:
    try:
        amount = Decimal(value) if value.isascii() else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    # A micro-unit is the smallest that is counted; a price may be a fraction of one a token.
    if amount.is_finite() and 0 <= amount <= _MOST_AMOUNT:
        return amount
    raise BadConfiguration(
        f"{PREFIX}{name}: an amount from 0 to 1000000 is expected, as 2.50, not “{value[:60]}”"
    )


def _read_secret(name: str, value: str) -> Secret:
    if _KEY.fullmatch(value):
        return Secret(value)
    raise BadConfiguration(
        f"{PREFIX}{name}: a key of printable characters on one line is expected; what is there "
        "is not shown"
    )


def _read_url(name: str, value: str) -> str:
    """Return an endpoint's address that a draft may be sent to."""
    try:
        return check_address(value)
    except BadConfiguration as error:
        raise BadConfiguration(f"{PREFIX}{name}: {error}") from None


def _read_currency(name: str, value: str) -> str:
    if _CURRENCY.fullmatch(value.upper()):
        return value.upper()
    raise BadConfiguration(
        f"{PREFIX}{name}: three letters are expected, as USD or EUR, not “{value[:60]}”"
    )


_SPECIAL = {"MODEL_URL": _read_url, "MODEL_CURRENCY": _read_currency}


def _disagreements(given: Settings) -> list[str]:
    """Return what settings say that can't hold together."""
    said = []
    if given.model_url and not given.model:
        said.append("COACH_MODEL_URL is set; COACH_MODEL is missing: the model's name there")
    if given.model and not given.model_url:
        said.append("COACH_MODEL is set; COACH_MODEL_URL is missing: the endpoint's address")
    keys = [name for name in ("model_key", "model_key_file") if getattr(given, name)]
    if len(keys) > 1:
        said.append("COACH_MODEL_KEY and COACH_MODEL_KEY_FILE are both set; keep one of them")
    elif keys and not given.model_url:
        said.append(
            f"{PREFIX}{keys[0].upper()} is set; COACH_MODEL_URL is missing: whose key it is"
        )
    prices = (given.model_price_input, given.model_price_output)
    if None in prices and (prices != (None, None) or given.model_price_cached is not None):
        said.append(
            "COACH_MODEL_PRICE_INPUT and COACH_MODEL_PRICE_OUTPUT are set together or not at all"
        )
    elif given.model_budget is not None and None in prices:
        said.append(
            "COACH_MODEL_BUDGET is set; it needs COACH_MODEL_PRICE_INPUT and"
            " COACH_MODEL_PRICE_OUTPUT to count by"
        )
    return said


def _refuse(name: str, value: str, wanted: str) -> object:
    raise BadConfiguration(f"{PREFIX}{name}: {wanted} is expected, not “{value[:60]}”")


def _nearest(name: str) -> str:
    known = [PREFIX + field.upper() for field in Settings.__struct_fields__]
    close = get_close_matches(PREFIX + name.upper(), known, n=1, cutoff=0.75)
    return f"; did you mean {close[0]}?" if close else f". There are: {', '.join(known)}"
