"""Files that operators write, read strictly: TOML into a struct, or an error that points.

An error names file, line and column, shows the line with a mark under the words, and says the
way out. All problems of a file are told at once, in the order they stand in it:

    ours.toml:3:1: there is no setting “treshold”
      3 | treshold = 0.1
        | ^^^^^^^^
      did you mean “threshold”? Known here: name, threshold
"""

import re
import tomllib
import types
from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from coach.errors import BadConfiguration, BadFile, Problem

Key = tuple[str | int, ...]
_LISTED_AT_MOST = 24
Struct = TypeVar("Struct", bound=msgspec.Struct)


class Complaint(NamedTuple):
    """What is off at a key of the file, and the way out. `at_value` marks its value instead."""

    key: Key
    problem: str
    way_out: str = ""
    at_value: bool = True


def read_toml(
    path: Path,
    struct: type[Struct],
    check: Callable[[Struct], Iterable[Complaint]] | None = None,
) -> Struct:
    """Return the file as `struct`; `check` may complain of what types can't say.

    Raises BadConfiguration where the file can't be read, and BadFile where it isn't TOML or
    doesn't fit.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadConfiguration(f"{path}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadConfiguration(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    return parse_toml(text, struct, check, name=str(path))


def parse_toml(
    text: str,
    struct: type[Struct],
    check: Callable[[Struct], Iterable[Complaint]] | None = None,
    *,
    name: str,
) -> Struct:
    """Return TOML text as `struct`, as `read_toml` does; `name` is what errors call the text."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _pointing(text, name, [_syntax_error(text, str(error))]) from error
    complaints = list(_misfits(document, struct, ()))
    if not complaints:
        read = msgspec.convert(document, struct)
        complaints = list(check(read)) if check else []
        if not complaints:
            return read
    places = _places(text)
    raise _pointing(text, name, sorted((_place(places, each), each) for each in complaints))


def nearest(word: str, known: Collection[str]) -> str:
    """Return the way out for a word that isn't known: the nearest one, and what there is."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    parts = [f"did you mean “{close[0]}”?"] if close else []
    if len(known) <= _LISTED_AT_MOST:
        parts.append(f"Known here: {', '.join(sorted(known))}")
    return " ".join(parts)


# --- does the document fit the struct? ------------------------------------------------------


def _misfits(value: object, wanted: Any, key: Key) -> Iterator[Complaint]:
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        if not isinstance(value, dict):
            yield Complaint(key, f"a table is expected here, not {_said(value)}")
            return
        fields = {field.encode_name: field for field in msgspec.structs.fields(wanted)}
        for name, inner in value.items():
            if name not in fields:
                problem = f"there is no setting “{name}”"
                yield Complaint((*key, name), problem, nearest(name, fields), at_value=False)
            else:
                yield from _misfits(inner, fields[name].type, (*key, name))
        for name, field in fields.items():
            if field.required and name not in value:
                yield Complaint(key, f"“{name}” is missing", f"add: {name} = …", at_value=False)
    elif get_origin(wanted) is dict and isinstance(value, dict):
        names, inner_type = get_args(wanted)
        allowed = [str(each) for each in _choices(names)]
        for name, inner in value.items():
            if allowed and name not in allowed:
                problem = f"“{name}” is not known here"
                yield Complaint((*key, name), problem, nearest(name, allowed), at_value=False)
            else:
                yield from _misfits(inner, inner_type, (*key, name))
    elif get_origin(wanted) in (tuple, list) and isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _misfits(inner, get_args(wanted)[0], (*key, index))
    else:
        yield from _leaf_misfits(value, wanted, key)


def _leaf_misfits(value: object, wanted: Any, key: Key) -> Iterator[Complaint]:
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        allowed = [str(each) for each in _choices(wanted)]
        if allowed and isinstance(value, str):
            yield Complaint(key, f"“{value}” is not known here", nearest(value, allowed))
        else:
            expected = _expected(wanted) or str(error)
            yield Complaint(key, f"{expected} is expected here, not {_said(value)}")


def _choices(wanted: Any) -> list[object]:
    """Return what a `Literal` allows, also inside an optional one."""
    if get_origin(wanted) is Literal:
        return list(get_args(wanted))
    if get_origin(wanted) in (Union, types.UnionType):
        return [each for part in get_args(wanted) for each in _choices(part)]
    return []


_NAMES: dict[Any, str] = {
    str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false",
    dict: "a table", list: "a list", tuple: "a list",
}  # fmt: skip


def _expected(wanted: Any) -> str:
    if get_origin(wanted) in (Union, types.UnionType):
        return " or ".join(
            _expected(part) for part in get_args(wanted) if part is not types.NoneType
        )
    return _NAMES.get(get_origin(wanted) or wanted, "")


def _said(value: object) -> str:
    return next((said for kind, said in _NAMES.items() if type(value) is kind), "a date or time")


# --- where does it stand? -------------------------------------------------------------------


class Place(NamedTuple):
    """Where a key or a value stands: offset of its first character and behind its last."""

    start: int
    end: int


def _place(places: dict[tuple[Key, bool], Place], complaint: Complaint) -> Place:
    """Return the place of a complaint, or of the nearest key around it that stands in the file."""
    key, at_value = complaint.key, complaint.at_value
    while key:
        found = places.get((key, at_value)) or places.get((key, False))
        if found:
            return found
        key = key[:-1]
    return Place(0, 0)


_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\s,#=\[\]{}]+",
    re.DOTALL,
)
_NAME = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[A-Za-z0-9_-]+")
_DATE_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,#\]}]+")


def _places(text: str) -> dict[tuple[Key, bool], Place]:
    """Return where each key (False) and value (True) of valid TOML stands."""
    return _Scan(text).places


class _Scan:
    """One walk over valid TOML that notes where things stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[tuple[Key, bool], Place] = {}
        self.arrays: dict[Key, int] = {}
        table: Key = ()
        self._skip()
        while self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    def _skip(self) -> None:
        matched = _BLANK.match(self.text, self.at)
        if matched:
            self.at = matched.end()

    def _header(self) -> Key:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        key = self._key((), inside_arrays=True)
        self._skip()
        self.at += 2 if many else 1
        if many:
            self.arrays[key] = self.arrays.get(key, -1) + 1
            key = (*key, self.arrays[key])
        return key

    def _key(self, table: Key, *, inside_arrays: bool = False) -> Key:
        key = table
        while True:
            self._skip()
            name = _NAME.match(self.text, self.at)
            if name is None:
                return key
            self.at = name.end()
            key = (*key, _unquoted(name.group()))
            self.places[key, False] = Place(*name.span())
            self._skip()
            if not self.text.startswith(".", self.at):
                return key
            self.at += 1
            if inside_arrays and key in self.arrays:
                key = (*key, self.arrays[key])

    def _pair(self, table: Key) -> None:
        key = self._key(table)
        self.at += 1  # the sign between key and value
        self._value(key)

    def _value(self, key: Key) -> None:
        self._skip()
        start = self.at
        opening = self.text[start : start + 1]
        if opening == "{":
            self._inside("}", lambda _index: self._pair(key))
        elif opening == "[":
            self._inside("]", lambda index: self._value((*key, index)))
        else:
            scalar = _DATE_AND_TIME.match(self.text, start) or _SCALAR.match(self.text, start)
            self.at = scalar.end() if scalar else start + 1
        self.places[key, True] = Place(start, self.at)

    def _inside(self, closing: str, item: Callable[[int], None]) -> None:
        self.at += 1
        index = 0
        self._skip()
        while self.text[self.at] != closing:
            item(index)
            index += 1
            self._skip()
            if self.text[self.at] == ",":
                self.at += 1
                self._skip()
        self.at += 1


def _unquoted(name: str) -> str:
    if name[0] in "\"'":
        (key,) = tomllib.loads(f"{name} = 0")
        return str(key)
    return name


# --- how is it told? ------------------------------------------------------------------------

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def _syntax_error(text: str, told: str) -> tuple[Place, Complaint]:
    matched = _AT.search(told)
    problem = _AT.sub("", told).strip().rstrip(".")
    problem = f"this is not TOML: {problem[:1].lower()}{problem[1:]}"
    if matched and matched[1]:
        start = sum(len(each) + 1 for each in text.split("\n")[: int(matched[1]) - 1])
        start += int(matched[2]) - 1
    else:
        start = len(text.rstrip())
    way_out = "text is written in quotes" if "invalid value" in problem else ""
    return Place(start, start + 1), Complaint((), problem, way_out)


def _pointing(text: str, name: str, told: Iterable[tuple[Place, Complaint]]) -> BadFile:
    said, problems = [], []
    for place, complaint in told:
        number, column = _line_and_column(text, place)
        said += [f"{name}:{number}:{column}: {complaint.problem}"]
        said += _shown(text, place, number, column)
        said += [f"  {complaint.way_out}"] if complaint.way_out else []
        detail = f"{complaint.problem}; {complaint.way_out}".removesuffix("; ")
        problems.append(Problem(f"line {number}, column {column}", detail))
    return BadFile("\n".join(said), *problems)


def _line_and_column(text: str, place: Place) -> tuple[int, int]:
    before = text[: place.start]
    return before.count("\n") + 1, place.start - (before.rfind("\n") + 1) + 1


def _shown(text: str, place: Place, number: int, column: int) -> list[str]:
    line = text.split("\n")[number - 1].rstrip("\r").replace("\t", " ")
    width = max(1, min(place.end - place.start, len(line) - column + 1))
    gutter = len(str(number)) + 2
    return [f"{number:>{gutter}} | {line}", f"{'':{gutter}} | {' ' * (column - 1)}{'^' * width}"]
