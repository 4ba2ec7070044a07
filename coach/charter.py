"""The organisation file of a running service: read, changed with its comments kept, taken up.

Whoever changes the file, by hand or on a page, changes what the next draft is judged by. A file
that is off is never taken up: what stood there before it stays in force.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import asdict

from coach.errors import BadConfiguration, Overtaken
from coach.organisation import Organisation, parse_organisation
from coach.service import Coach

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

Appoint = Callable[[Organisation], Coach]
NAME = "organisation.toml"


class Kept(NamedTuple):
    """The text of the file, and what stands for this state of it; "" where there is no file."""

    text: str = ""
    revision: str = ""


class Charter:
    """The organisation file at `path`, and the coach by what it says.

    `appoint` makes the coach of an organisation; `closed` says, in a sentence, why the file isn't
    changed from here; `noticed` is handed what keeps a changed file from being taken up. Raises
    BadConfiguration where the file is off to begin with.
    """

    def __init__(
        self,
        path: Path,
        appoint: Appoint,
        *,
        closed: str = "",
        noticed: Callable[[BadConfiguration], None] = lambda _: None,
    ) -> None:
        self.path = path
        self._appoint = appoint
        self._closed = closed
        self._noticed = noticed
        self._writing = Lock()
        self._state = self._look()
        self._coach = appoint(self.check(self.read().text))

    @property
    def coach(self) -> Coach:
        """The coach by what the file says now, or said last without being off."""
        state = self._look()
        if state != self._state:
            self._state = state
            try:
                self._coach = self._appoint(self.check(self.read().text))
            except BadConfiguration as error:
                self._noticed(error)
        return self._coach

    @property
    def closed(self) -> str:
        """Why the file can't be changed from here, in a sentence; "" where it can."""
        if self._closed:
            return self._closed
        target = self.path.resolve()
        folder = target.parent
        while not folder.exists():
            folder = folder.parent
        if os.access(folder, os.W_OK) and (not target.exists() or os.access(target, os.W_OK)):
            return ""
        return f"{NAME} can't be written by this service. Whoever runs it can change the file."

    def read(self) -> Kept:
        """Return the file as it stands. Raises BadConfiguration where it can't be read."""
        try:
            content = self.path.read_bytes()
            return Kept(content.decode(), _revision(content))
        except FileNotFoundError:
            return Kept()
        except OSError as error:
            raise BadConfiguration(f"{self.path}: can't be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            raise BadConfiguration(f"{self.path}: is not UTF-8 text") from error

    def check(self, text: str) -> Organisation:
        """Return what the file would say with that text.

        Raises BadFile, and BadConfiguration for a profile that can't be read.
        """
        told = parse_organisation(text, str(self.path))
        self._appoint(told)
        return told

    def write(self, text: str, over: str) -> None:
        """Put a text in place of the state of the file that `over` stands for, whole or not at all.

        Raises what `check` does; Overtaken where the file is in another state by now; and
        BadConfiguration where it can't be written.
        """
        self.check(text)
        with self._writing:
            if self.read().revision != over:
                raise Overtaken("The organisation file was changed meanwhile.")
            try:
                _replace(self.path.resolve(), text.encode())
            except OSError as error:
                raise BadConfiguration(f"{NAME} can't be written: {error.strerror}.") from error

    def _look(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the file does; asked before every draft, so it is cheap."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size


def current(by: Coach | Charter) -> Coach:
    """Return the coach as it is now: a charter's may be another the next time."""
    return by.coach if isinstance(by, Charter) else by


def _revision(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, written)
        written.replace(path)
    except OSError:
        written.unlink(missing_ok=True)
        raise


# ── changed as a person would ─────────────────────────────────────────────────────────────────


def edited(text: str, told: Organisation) -> str:
    """Return a sound file's text so that it says `told`; what doesn't change stays as it is."""
    import tomlkit  # where nothing is changed, it isn't needed

    document = tomlkit.parse(text)
    usual = asdict(Organisation())
    for key, value in asdict(told).items():
        there: Any = document.get(key)
        if key == "glossary":
            _change_glossary(document, told.glossary)
        elif there is None and value != usual[key]:
            document[key] = _array(list(value)) if isinstance(value, tuple) else value
        elif there is not None and value is None:
            del document[key]
        elif there is not None and isinstance(value, str) and there != value:
            document[key] = value
        elif there is not None and isinstance(value, tuple) and tuple(there) != value:
            document[key] = _changed(there, list(value))
    return tomlkit.dumps(document)


_SHORT = 60  # characters on one line, about


def _array(values: list[str]) -> Any:
    import tomlkit

    array = tomlkit.array()
    array.extend(values)
    return array.multiline(sum(map(len, values)) > _SHORT)


def _changed(array: Any, values: list[str]) -> Any:
    """Return an array with other values, of which those that stay keep their place and comment."""
    for index in reversed(range(len(array))):
        if array[index] not in values:
            del array[index]
    for index, value in enumerate(values):
        if index >= len(array) or array[index] != value:
            array.insert(index, value)
    return array if list(array) == values else _array(values)


def _change_glossary(document: "TOMLDocument", meanings: dict[str, str]) -> None:
    import tomlkit

    if "glossary" not in document:
        if not meanings:
            return
        document["glossary"] = tomlkit.table()
    glossary: Any = document["glossary"]
    for term in list(glossary):
        if term not in meanings:
            del glossary[term]
    for term, meaning in meanings.items():
        if term not in glossary or glossary[term] != meaning:
            glossary[term] = meaning
