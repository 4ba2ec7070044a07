"""Every setting once: its name, its default and what it means.

A setting is a field of `Settings`; its environment variable is `COACH_` and the field's name in
capitals. `coach doctor` and the documentation take names, defaults and meanings from here.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

import msgspec

from coach.errors import BadConfiguration

PREFIX = "COACH_"
LogLevel = Literal["debug", "info", "warning", "error"]


class Means(NamedTuple):
    """What a setting means; `default` says a default in words where it is worked out."""

    meaning: str
    default: str = ""


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
    log_level: Annotated[LogLevel, Means("The least grave log lines that are written.")] = "info"

    @property
    def organisation_path(self) -> Path | None:
        """The organisation file that is read: the one set, else the one found, else None."""
        if self.organisation_file is not None:
            return self.organisation_file
        found = self.data_dir / "organisation.toml"
        return found if found.is_file() else None


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
    if problems:
        raise BadConfiguration("\n".join(problems))
    return Settings(**values)


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
    declared = get_args(hint)[0]
    if declared is bool:
        read = _YES_OR_NO.get(value.lower())
        return read if read is not None else _refuse(name, value, "true or false")
    if declared is int:
        port = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else -1
        return port if 0 <= port <= 65535 else _refuse(name, value, "a number from 0 to 65535")
    if declared is LogLevel:
        known = get_args(LogLevel)
        return value.lower() if value.lower() in known else _refuse(name, value, " · ".join(known))
    return value if declared in (str, str | None) else Path(value).expanduser()


def _refuse(name: str, value: str, wanted: str) -> object:
    raise BadConfiguration(f"{PREFIX}{name}: {wanted} is expected, not “{value[:60]}”")


def _nearest(name: str) -> str:
    known = [PREFIX + field.upper() for field in Settings.__struct_fields__]
    close = get_close_matches(PREFIX + name.upper(), known, n=1, cutoff=0.75)
    return f"; did you mean {close[0]}?" if close else f". There are: {', '.join(known)}"
