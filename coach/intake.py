"""Drafts from files and streams, one by one: `.txt .md .json .jsonl .csv`, or whatever comes in.

A draft that can't be read keeps no other from being read; its place and the reason are told.
JSON lines and CSV are read as their drafts are asked for, so memory doesn't grow with them.
"""

import codecs
import csv
import io
import json
import os
import re
from collections import deque
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from coach.decoding import Encoding, encoding_of
from coach.draft_json import read_draft
from coach.errors import BadInput, Problem, TooLarge
from coach.okr import TEXT_LIMIT, Draft
from coach.reading.found import Found
from coach.reading.parse import read_text
from coach.reading.table import Row, Table

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Format = Literal["text", "json", "jsonl", "csv"]
BY_SUFFIX: dict[str, Format] = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip

JSON_FILE_LIMIT = 20_000_000
# What one row of a CSV file may hold: in all, and in cells of several lines.
ROW_LIMIT = 120_000
ROW_LINES_LIMIT = 200
_HEAD = 1 << 16
_SCANNED = 1 << 24


class Item(NamedTuple):
    """A draft of a file, or why it can't be read. `place` is the file and where in it.

    `id` and `note` are those that stood beside a draft in JSON, where they are looked for.
    """

    place: str
    draft: Draft | BadInput
    id: str = ""
    note: str = ""

    def told(self) -> list[str]:
        """Return what is off, a line for each problem, with its place."""
        if isinstance(self.draft, Draft):
            return []
        return [_told(self.place, problem) for problem in self.draft.problems]


class Intake:
    """The drafts of one file or stream, to be iterated once; it closes the stream with itself.

    `notes` fill while it is read: an unusual encoding or separator, what was left out, and where.
    With `ids`, a draft in JSON may have an id beside its fields, or stand as `draft` in an object
    with an id, as results are written. Opening or iterating raises BadInput where nothing of it
    can be read.
    """

    def __init__(
        self, stream: BinaryIO, name: str, form: Format | None = None, *, ids: bool = False
    ) -> None:
        self.name = name
        self._ids = ids
        self.notes: list[str] = []
        self._done = 0.0
        self._size = _size(stream)
        form = form or BY_SUFFIX.get(PurePath(name).suffix.lower())
        if self._size is None:
            head = _available(stream, _HEAD)
            self._stream: BinaryIO = io.BufferedReader(_Rejoined(head, stream), _HEAD)
        else:
            head = stream.read(_SCANNED)
            stream.seek(0)
            self._stream = stream
        cut = self._size is None or self._size > len(head)
        self.form = form or _sniffed(head, encoding_of(head, cut=cut))
        legacy = self.form in ("text", "csv")
        self._encoding = encoding_of(head, cut=cut, legacy=legacy)
        if not self._encoding.usual:
            self.notes.append(f"{name}: read as {self._encoding.name}")

    @property
    def done(self) -> float | None:
        """The share (0–1) that has been read, None where that can't be known."""
        if self.form in ("text", "json"):
            return self._done
        return self._stream.tell() / self._size if self._size else None

    def __iter__(self) -> Iterator[Item]:
        readers = {
            "text": self._text,
            "json": self._json,
            "jsonl": self._json_lines,
            "csv": self._csv,
        }
        empty = True
        for item in readers[self.form]():
            empty = False
            yield item
        if empty:
            raise BadInput(Problem("", "there is no draft in it"))

    # --- text and JSON, held in memory -------------------------------------------------------

    def _text(self) -> Iterator[Item]:
        parsed = read_text(self._read(4 * TEXT_LIMIT))
        self.notes += [_told(self.name, problem) for problem in parsed.left_out]
        for count, found in enumerate(parsed.found, 1):
            self._done = count / len(parsed.found)
            yield Item(f"{self.name}:{found.first}", found.draft)

    def _json(self) -> Iterator[Item]:
        text = self._read(JSON_FILE_LIMIT)
        if not text.lstrip(_JSON_SPACE).startswith("["):
            yield self._item(self.name, text.encode("utf-8", "surrogatepass"))
            return
        for number, (found, at) in enumerate(_elements(text), 1):
            self._done = at / len(text)
            yield self._item(f"{self.name}, draft {number}", found)

    def _item(self, place: str, found: bytes | BadInput) -> Item:
        if isinstance(found, BadInput):
            return Item(place, found)
        data, id, note = _identified(found) if self._ids else (found, "", "")
        return Item(place, _draft_or_error(data), id, note)

    def _read(self, limit: int) -> str:
        data = self._stream.read(limit + 1)
        if len(data) > limit:
            said = f"over {limit:,} bytes; split it, or use JSON lines or CSV, which have no limit"
            raise TooLarge(Problem("", said))
        try:
            return data.decode(self._encoding.codec)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise BadInput(Problem(f"line {line}", f"is not {self._encoding.name} text")) from error

    # --- JSON lines and CSV, read as they are asked for --------------------------------------

    def _json_lines(self) -> Iterator[Item]:
        for number, line in self.lines(TEXT_LIMIT):
            if line is None:
                said = f"over {TEXT_LIMIT:,} characters; one draft as JSON holds no more"
                yield Item(f"{self.name}:{number}", TooLarge(Problem("", said)))
            elif line.strip():
                data = line.encode("utf-8", "surrogateescape")
                yield self._item(f"{self.name}:{number}", data)

    def _csv(self) -> Iterator[Item]:
        rows = CsvRows(self.lines(ROW_LIMIT))
        table = rows.table()
        if rows.separator != ",":
            named = "tabs" if rows.separator == "\t" else f"“{rows.separator}”"
            self.notes.append(f"{self.name}: columns are separated by {named}")
        if table.unknown:
            self.notes.append(f"{self.name}: columns left out: {', '.join(table.unknown)[:300]}")
        for found in table.drafts(rows):
            yield Item(f"{self.name}:{found.first}", found.draft)

    def lines(self, limit: int) -> Iterator[tuple[int, str | None]]:
        """Yield lines with their numbers, None for one over the limit.

        Bytes that are no text in this encoding come as lone surrogates, which no draft may hold.
        """
        errors = "replace" if self._encoding.codec.startswith("utf-16") else "surrogateescape"
        self._decoded = io.TextIOWrapper(self._stream, self._encoding.codec, errors, newline="")
        number = 0
        while line := self._decoded.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield number, line
                continue
            while line and line[-1] not in "\r\n":
                line = self._decoded.readline(limit)
            yield number, None


# --- what a stream holds ----------------------------------------------------------------------


def _size(stream: BinaryIO) -> int | None:
    if not stream.seekable():
        return None
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def _available(stream: BinaryIO, most: int) -> bytes:
    """Return what a pipe has by now, without waiting for more."""
    return stream.read1(most) if isinstance(stream, io.BufferedReader) else stream.read(most)


class _Rejoined(io.RawIOBase):
    """A stream with its head put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = self._head[: len(view)] or _available(self._rest, len(view))
        self._head = self._head[len(data) :]
        view[: len(data)] = data
        return len(data)


def _sniffed(head: bytes, encoding: Encoding) -> Format:
    """Tell what a stream without a telling name holds, by how it begins."""
    text = codecs.decode(head[:_HEAD], encoding.codec, "ignore").lstrip()
    first, _, rest = re.sub("\r\n?", "\n", text).partition("\n")
    if re.match(r'\[\s*[\[{\]]|\{\s*["}]', text):
        return "jsonl" if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"
    headings = Table(cells_of(first, separator_of(first)))
    return "csv" if headings.has_objective and headings.known > 1 else "text"


def _told(place: str, problem: Problem) -> str:
    line = re.fullmatch(r"line (\d+)", problem.pointer)
    if line is None:
        return f"{place}: {problem}"
    file = re.sub(r"(?::|, draft )\d+\Z", "", place)
    return f"{file}:{line[1]}: {problem.detail}"


# --- JSON -------------------------------------------------------------------------------------

_JSON_SPACE = " \t\r\n"


def _draft_or_error(data: bytes) -> Draft | BadInput:
    try:
        return read_draft(data)
    except BadInput as error:
        return error


def _identified(data: bytes) -> tuple[bytes, str, str]:
    """Return a draft's own JSON, and the id and the note that stand beside it."""
    if b'"id"' not in data and b'"draft"' not in data:
        return data, "", ""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data, "", ""
    if not isinstance(value, dict):
        return data, "", ""
    id, note = (said if isinstance(said := value.get(name), str) else "" for name in ("id", "note"))
    draft = value["draft"] if "draft" in value else {n: v for n, v in value.items() if n != "id"}
    return json.dumps(draft).encode(), id, note


def _elements(text: str) -> Iterator[tuple[bytes | BadInput, int]]:
    """Yield the elements of a JSON array, each with where it ends, one held at a time."""
    scan = json.JSONDecoder().raw_decode
    at = _past_space(text, text.index("[") + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        start = at
        try:
            _, at = scan(text, start)
        except json.JSONDecodeError as error:
            yield _broken(text, error.pos, error.msg.lower().removesuffix(" at")), len(text)
            return
        except RecursionError:
            yield _broken(text, start, "nested too deep"), len(text)
            return
        yield text[start:at].encode("utf-8", "surrogatepass"), at
        at = _past_space(text, at)
        if text[at : at + 1] != ",":
            break
        at = _past_space(text, at + 1)
    if text[at : at + 1] != "]" or text[at + 1 :].strip(_JSON_SPACE):
        at += text[at : at + 1] == "]"
        yield _broken(text, at, "a comma or the end of the array is expected"), len(text)


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _JSON_SPACE:
        at += 1
    return at


def _broken(text: str, at: int, reason: str) -> BadInput:
    line = text.count("\n", 0, at) + 1
    return BadInput(Problem(f"line {line}", f"is not JSON: {reason}; what follows is not read"))


# --- CSV --------------------------------------------------------------------------------------


class CsvRows:
    """The rows of a CSV file, each with its lines; one that can't be read as `Found` with why."""

    def __init__(self, lines: Iterator[tuple[int, str | None]]) -> None:
        self._lines = lines
        self._put_back: deque[tuple[int, str | None]] = deque()
        self.separator = ","

    def table(self) -> Table:
        """Return the columns by their headings, which stand in one of the first lines.

        Raises BadInput where none of them names an objective.
        """
        first = 1
        for attempt in range(_TITLES_LIMIT):
            number, line = next(filter(_is_filled, self._numbered()), (0, None))
            if line is None:
                break
            first = first if attempt else number
            self._put_back.appendleft((number, line))
            self.separator = separator_of(line)
            row = next(iter(self))
            if isinstance(row, Row) and (table := Table(row.cells)).has_objective:
                return table
        raise BadInput(Problem(f"line {first}", _NO_OBJECTIVE))

    def __iter__(self) -> Iterator[Row | Found]:
        for number, line in self._numbered():
            if line is None:
                said = f"over {ROW_LIMIT:,} characters; a row holds no more"
                yield Found(number, number, TooLarge(Problem(f"line {number}", said)))
                continue
            self._put_back.appendleft((number, line))
            yield self._row(number)

    def _row(self, number: int) -> Row | Found:
        taken: list[str] = []
        try:
            cells = next(csv.reader(self._of_row(taken), delimiter=self.separator, strict=True))
        except csv.Error as error:
            # Only the line that opens the quote is lost, not all that follows it.
            rest = list(enumerate(taken[1:], number + 1))
            self._put_back.extendleft(reversed(rest))
            unclosed = rest or "end of data" in str(error)
            said = "a quote is opened and not closed" if unclosed else _QUOTE
            return Found(number, number, BadInput(Problem(f"line {number}", said)))
        if _UNDECODED.search("".join(taken)):
            problem = Problem(f"line {number}", "is not UTF-8 text")
            return Found(number, number, BadInput(problem))
        return Row(number, number + len(taken) - 1, cells)

    def _of_row(self, taken: list[str]) -> Iterator[str]:
        """Yield lines for as long as a row may go on, and note them in `taken`."""
        size = 0
        for number, line in self._numbered():
            size += len(line or "")
            if line is None or size > ROW_LIMIT or len(taken) >= ROW_LINES_LIMIT:
                self._put_back.appendleft((number, line))
                return
            taken.append(line)
            yield line

    def _numbered(self) -> Iterator[tuple[int, str | None]]:
        while True:
            numbered = self._put_back.popleft() if self._put_back else next(self._lines, None)
            if numbered is None:
                return
            yield numbered


_TITLES_LIMIT = 6
_NO_OBJECTIVE = (
    "no column is named “objective”; name the columns objective, kr1, kr2 … with one draft a row, "
    "or objective, key_result with one key result a row"
)
_QUOTE = "a cell goes on after its closing quote; a quote inside a cell is written twice"
_UNDECODED = re.compile("[\udc80-\udcff]")


def _is_filled(numbered: tuple[int, str | None]) -> bool:
    return bool(numbered[1] and numbered[1].strip())


def separator_of(line: str) -> str:
    """Return what separates the columns: the sign that most headings are known with."""
    return max(",;\t|", key=lambda sign: (Table(cells_of(line, sign)).known, line.count(sign)))


def cells_of(line: str, sign: str) -> list[str]:
    """Return the cells of a line that holds a whole row."""
    return next(csv.reader([line.rstrip("\r\n")], delimiter=sign), [])
