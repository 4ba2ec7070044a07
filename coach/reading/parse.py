"""Text that people paste to drafts: labels, lists, headings, tables, or bare lines.

A text is read by the clearest sign it gives of where its drafts begin: labels ("Objective: …"),
else key results with a label under a line, headings, lists under a line, nested lists, paragraphs.
What belongs to no draft is told, never dropped in silence.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from coach.errors import BadInput, Problem, TooLarge
from coach.okr import TEXT_LIMIT, TEXT_LINES_LIMIT, Context, Draft, KeyResult
from coach.reading.found import Found, found
from coach.reading.labels import Field, read_label
from coach.reading.lines import RULE, Line, plain_words, read_lines
from coach.reading.table import Entry, Row, Table, context_of, stated

Section = Literal["", "key results", "aside"]
_CONTEXT: frozenset[str | None] = frozenset(Context.__struct_fields__)
_ITEM = frozenset(("bullet", "number"))
_OF_KEY_RESULT: tuple[Field, ...] = ("owner", "source", "baseline", "target", "deadline")


class Parsed(NamedTuple):
    """The drafts of a text in order, and the lines that belong to none of them."""

    found: tuple[Found, ...]
    left_out: tuple[Problem, ...]


def parse(text: str) -> tuple[Draft, ...]:
    """Return the drafts that a text holds, at least one.

    Raises BadInput with every line that can't be read (`read_text` tells them apart by draft).
    """
    read = read_text(text).found
    if bad := [each.draft for each in read if isinstance(each.draft, BadInput)]:
        raise BadInput(*(problem for error in bad for problem in error.problems))
    return tuple(each.draft for each in read if isinstance(each.draft, Draft))


def read_text(text: str) -> Parsed:
    """Return the drafts of a text, each readable or not, and what was left out.

    Raises BadInput where there is no draft in it at all, TooLarge where it is over the limit.
    """
    _check_size(text)
    text = unicodedata.normalize("NFC", text)
    sheet = _spreadsheet(text)
    if sheet is not None and sheet.found:
        return sheet
    text, tables = _without_tables(text)
    lines = _filled(read_lines(text))
    drafts: list[Found] = []
    left_out: list[Problem] = []
    for table in tables:
        left_out += _unknown(table.columns, table.first)
        if table.columns.has_objective:
            drafts += table.columns.drafts(table.rows)
        elif table.columns.has_key_result:
            lines = _with_rows(lines, table)
    if drafts and not any(line.field in ("objective", "key_result") for line in lines):
        left_out += [_left_out(line.number, _ASIDE) for line in lines if not _silent(line)]
    else:
        read = _read(lines)
        drafts += read.found
        left_out += read.left_out
    if not drafts:
        raise BadInput(Problem("", "there is no objective and no key result in it yet"))
    drafts.sort(key=lambda each: each.first)
    return Parsed(tuple(drafts), tuple(left_out))


def _check_size(text: str) -> None:
    if len(text) > TEXT_LIMIT:
        said = f"{len(text):,} characters; a text holds at most {TEXT_LIMIT:,}"
        raise TooLarge(Problem("", said))
    if (lines := max(text.count("\n"), text.count("\r"))) > TEXT_LINES_LIMIT:
        said = f"{lines:,} lines; a text holds at most {TEXT_LINES_LIMIT:,}"
        raise TooLarge(Problem("", said))


_ASIDE = "it belongs to no objective and no key result"


def _left_out(line: int, reason: str) -> Problem:
    return Problem(f"line {line}", f"left out: {reason}")


def _unknown(table: Table, line: int) -> list[Problem]:
    if not table.unknown:
        return []
    return [_left_out(line, f"what stands under {', '.join(table.unknown)[:300]}")]


def _silent(line: Line) -> bool:
    """Tell whether nobody misses a line: titles and headings over what is read."""
    return line.mark == "heading" or line.field == "title" or not line.words or _is_title(line)


# --- where does each draft begin? -----------------------------------------------------------


def _read(lines: list[Line]) -> Parsed:
    starts = _starts(lines)
    begins = [
        _with_context_above(lines, start, above + 1)
        for above, start in zip([-1, *starts], starts, strict=False)
    ]
    if len(starts) == 1 and any(line.field == "key_result" for line in lines[: begins[0]]):
        begins = [0]  # the objective stands under its key results
    ends = [*begins[1:], len(lines)]
    drafts = [
        _Body(lines[start], [*lines[begin:start], *lines[start + 1 : end]])
        for begin, start, end in zip(begins, starts, ends, strict=False)
    ]
    above: Sequence[Line] = lines[: begins[0]] if begins else lines
    if not drafts and any(line.field == "key_result" for line in lines):
        drafts, above = [_Body(None, lines)], ()
    shared = {line.field: line.words for line in above if line.field in _CONTEXT and line.words}
    left_out = [
        _left_out(line.number, "it stands above the first objective")
        for line in above
        if line.field not in _CONTEXT and not _silent(line)
    ]
    read = [body.found({str(name): said for name, said in shared.items()}) for body in drafts]
    left_out += [problem for body in drafts for problem in body.left_out]
    return Parsed(tuple(read), tuple(left_out))


def _starts(lines: list[Line]) -> list[int]:
    """Return which lines are objectives, by the clearest sign that the text gives."""
    labelled = [at for at, line in enumerate(lines) if line.field == "objective"]
    if labelled:
        return labelled
    if any(line.field == "key_result" for line in lines):
        return _above_key_results(lines)
    signs: tuple[Callable[[list[Line]], list[int]], ...] = (
        _headings, _above_items, _items, _paragraphs,
    )  # fmt: skip
    return next((starts for sign in signs if (starts := sign(lines))), [])


def _above_key_results(lines: list[Line]) -> list[int]:
    """Lines without a label, above key results with one."""
    starts: list[int] = []
    listing = False
    for at, line in enumerate(lines):
        if line.field == "key_result":
            listing = listing or not line.words
        below = _below(lines, at) if line.field is None else None
        if below is None or below.field != "key_result":
            continue
        under_header = listing and line.mark in _ITEM and below.words
        if not (under_header or _follows_bare_line(lines, at) or _is_title(line)):
            starts.append(at)
            listing = False
    return starts


def _headings(lines: list[Line]) -> list[int]:
    """Headings right above a list, or, in a text without lists, above any line."""
    lists = any(line.mark in _ITEM for line in lines)
    starts = []
    for at, line in enumerate(lines):
        if line.mark == "heading" and line.field is None and not _is_title(line):
            below = next((each for each in _after(lines, at) if each.field not in _CONTEXT), None)
            if below and below.mark != "heading" and (below.mark or not lists):
                starts.append(at)
    return starts


def _above_items(lines: list[Line]) -> list[int]:
    """Bare lines that a list stands under."""
    return [
        at
        for at, line in enumerate(lines)
        if line.plain
        and not _is_title(line)
        and not _follows_bare_line(lines, at)
        and (below := _below(lines, at))
        and below.mark in _ITEM
    ]


def _below(lines: list[Line], at: int) -> Line | None:
    """Return what stands under the paragraph that begins there, context aside."""
    others = (line for line in _after(lines, at) if line.field not in _CONTEXT)
    return next((line for line in others if line.gap or not line.plain), None)


def _after(lines: list[Line], at: int) -> Iterator[Line]:
    # A slice would copy the rest of the text for each of its lines.
    return (lines[below] for below in range(at + 1, len(lines)))


def _follows_bare_line(lines: list[Line], at: int) -> bool:
    above = lines[at - 1] if at else None
    return bool(above and above.plain and not lines[at].gap and not _is_title(above))


def _items(lines: list[Line]) -> list[int]:
    """In a text that is all list: items that others are nested in, or the first of each block."""
    items = [at for at, line in enumerate(lines) if line.mark in _ITEM and line.field is None]
    if not items:
        return []
    first = lines[items[0]]
    others = [lines[at] for at in items[1:]]
    if others and others[0].depth > first.depth:
        return [at for at in items if lines[at].depth <= first.depth]
    if any(line.sign != first.sign for line in others):
        return [at for at in items if lines[at].sign == first.sign]
    return _block_starts(lines, items)


def _paragraphs(lines: list[Line]) -> list[int]:
    """In a text of bare lines: the first of each paragraph, or of all where each is one line."""
    bare = [at for at, line in enumerate(lines) if line.field is None and not _is_title(line)]
    bare = bare or [at for at, line in enumerate(lines) if line.field is None]
    return _block_starts(lines, bare) if bare else []


def _block_starts(lines: list[Line], members: list[int]) -> list[int]:
    """Return where blocks begin among the member lines, by the blank lines between them."""
    gaps = [
        max(line.gap for line in lines[before + 1 : at + 1]) for before, at in pairwise(members)
    ]
    widest = max(gaps, default=0)
    # Lines with one blank line between each pair are double-spaced, not drafts of one line.
    part = widest if min(gaps, default=0) and widest > 1 else 1
    if gaps and min(gaps) == widest < RULE:
        return members[:1]
    return [at for at, gap in zip(members, [part, *gaps], strict=True) if gap >= part]


_TITLE = re.compile(
    r"(?:(?!.*\b(?:to|from)\b).*\bOKRs?\b.*|\W*(?:(?:Q[1-4]|H[12]|FY ?\d\d(?:\d\d)?|20\d\d)\W*)+)",
    re.IGNORECASE,
)


def _is_title(line: Line) -> bool:
    """Tell whether a line names the text ("Support OKRs, Q1 2027") instead of an objective."""
    if line.field is not None or line.mark in _ITEM:
        return line.field == "title"
    return len(line.words) <= 60 and _TITLE.fullmatch(line.words.rstrip(":")) is not None


def _with_context_above(lines: list[Line], start: int, floor: int) -> int:
    """Return where a draft begins whose context stands right above its objective."""
    begin = start
    while begin > floor and not lines[begin].gap and lines[begin - 1].field in _CONTEXT:
        begin -= 1
    apart = begin == 0 or lines[begin].gap or lines[begin - 1].mark == "heading"
    return begin if apart else start


# --- what belongs to it? --------------------------------------------------------------------


@dataclass
class _KeyResult:
    """A key result as it is gathered: its line, and what stands under it."""

    line: Line
    words: str
    said: dict[str, str] = field(default_factory=dict)

    def written(self) -> str | KeyResult:
        text = stated(self.words, self.said)
        owner, source = self.said.get("owner"), self.said.get("source")
        return KeyResult(text, owner, source) if owner or source else text


class _Body:
    """An objective and the lines of its draft."""

    def __init__(self, objective: Line | None, lines: Sequence[Line]) -> None:
        self.objective = objective
        self.lines = lines
        self.key_results: list[_KeyResult] = []
        self.said: dict[str, str] = {}
        self.places: dict[str, int] = {}
        self.left_out: list[Problem] = []

        labelled = [line for line in lines if line.field == "key_result" and line.words]
        items = [line for line in lines if line.mark in _ITEM and line.field is None]
        self.labelled = bool(labelled)
        self.alike = {(line.mark, line.depth) for line in labelled if line.mark}
        self.headed = any(line.field == "key_result" and not line.words for line in lines)
        self.depth = min((line.depth for line in items), default=None)
        over = objective.depth if objective and objective.mark == "heading" else RULE
        self.subheadings = [
            line
            for line in lines
            if line.mark == "heading" and line.depth > over and not line.field
        ]
        self.owners = sum(line.field == "owner" for line in lines)

    def found(self, shared: dict[str, str]) -> Found:
        """Return the draft, in the context that it shares with the others of its text."""
        self._gather()
        lines = [*([self.objective] if self.objective else []), *self.lines]
        self.left_out += [
            _left_out(line.number, f"“{line.remark}” beside the label")
            for line in lines
            if line.remark
        ]
        first, last = min(line.number for line in lines), max(line.last for line in lines)
        said = shared | self.said
        if self.objective is not None and self.objective.kind is not None:
            said.setdefault("type", self.objective.kind)
        context, problems = context_of(said, {name: self.places.get(name, first) for name in said})
        key_results = tuple(kr.written() for kr in self.key_results)
        words = self._objective_words()
        places = {f"/context/{name}": line for name, line in self.places.items()}
        places |= {f"/key_results/{at}": kr.line.number for at, kr in enumerate(self.key_results)}
        if self.objective is not None:
            places["/objective"] = self.objective.number
        draft = Draft(words, key_results, context)
        return found(draft, places, first=first, last=last, problems=problems)

    def _objective_words(self) -> str:
        if self.objective is None:
            return ""
        words = _MEASURED_BY.sub("", self.objective.words)
        leads_in = self.objective.field is None and self.depth is not None
        return words.rstrip(" :") if leads_in else words

    def _gather(self) -> None:
        above: Line | None = self.objective
        section: Section = ""
        for each in self.lines:
            line = self._as_it_counts(each)
            if line.field in ("key_result", "aside") and not line.words:
                section = "key results" if line.field == "key_result" else "aside"
            elif line.field in _OF_KEY_RESULT and self._is_under(line):
                self.key_results[-1].said[str(line.field)] = line.words
            elif line.field in _CONTEXT:
                self._say(str(line.field), line)
            elif self._is_key_result(line, section):
                self.key_results += [_KeyResult(line, words) for words in _several(line)]
            elif line.mark == "heading" and line.field is None:
                section = "aside" if self.key_results else section
            elif above is not None and self._runs_on(line, above) and section != "aside":
                self._append(line, above)
                continue
            elif not _silent(line):
                self.left_out.append(_left_out(line.number, self._reason(line, section)))
            above = line

    def _as_it_counts(self, line: Line) -> Line:
        """Return the line without a label that means nothing where it stands."""
        if line.field not in _OF_KEY_RESULT or line.field == "owner" or self._is_under(line):
            return line
        if line.field == "deadline":
            return replace(line, field="cycle")
        return replace(line, field=None, words=line.whole)

    def _is_under(self, line: Line) -> bool:
        """Tell whether a line says something about the key result above it alone."""
        if not self.key_results:
            return False
        above = self.key_results[-1].line
        if line.indent > above.indent or (line.mark in _ITEM and line.depth > above.depth):
            return True
        shared = line.field == "owner" and self.owners == 1
        return above.field == "key_result" and not line.gap and not shared

    def _is_key_result(self, line: Line, section: Section) -> bool:
        if line.field == "key_result":
            return True
        if line.field is not None or section == "aside" or not line.words:
            return False
        if section != "key results" and (self.labelled or self.headed):
            return (line.mark, line.depth) in self.alike
        if self.depth is not None:
            return line.mark in _ITEM and line.depth == self.depth
        return line in self.subheadings if self.subheadings else not _is_title(line)

    def _say(self, name: str, line: Line) -> None:
        if line.words:
            self.said[name] = f"{self.said[name]} {line.words}" if name in self.said else line.words
            self.places.setdefault(name, line.number)

    def _runs_on(self, line: Line, above: Line) -> bool:
        """Tell whether a bare line goes on with what a label stands before."""
        if not line.plain or line.gap:
            return False
        told = above.field is not None or (self.labelled and above is self.objective)
        wrapped = not line.words[:1].isupper() or len(above.words) >= _WRAPPED_FROM
        return above.field in _CONTEXT or (told and wrapped)

    def _append(self, line: Line, above: Line) -> None:
        if above is self.objective:
            self.objective = replace(above, words=f"{above.words} {line.words}", last=line.last)
        elif above.field == "key_result" and self.key_results:
            self.key_results[-1].words += f" {line.words}"
        elif above.field in _CONTEXT:
            self._say(str(above.field), line)

    def _reason(self, line: Line, section: Section) -> str:
        if section == "aside":
            return "it stands under another heading than the key results"
        if self.key_results and self._is_under(line):
            return "it is a point under a key result"
        return _ASIDE


# "…, as measured by:" leads to the key results and is no part of the objective.
_MEASURED_BY = re.compile(r"[\s,]{1,3}(?:as |and )?(?:is )?measured by\s?:?\Z", re.IGNORECASE)
# Nobody wraps a line that is shorter, so a sentence under it is one of its own.
_WRAPPED_FROM = 40


def _several(line: Line) -> list[str]:
    """Return the key results in one line: "Key results: 1. … 2. …" holds two."""
    if line.field != "key_result" or not _PLURAL.match(line.whole):
        return [line.words]
    numbered = [part.strip(" ;,") for part in _ENUMERATED.split(line.words)]
    if len(numbered) > 2 and not numbered[0]:
        return [part for part in numbered if part]
    return [part.strip() for part in line.words.split("; ") if part.strip(" .;")]


_PLURAL = re.compile(r"\W*(?:krs|\w+ results|\w+nisse|\w+ clés|\w+ clave)\b", re.IGNORECASE)
_ENUMERATED = re.compile(r"(?:^|(?<=\s))\(?[1-9][0-9]?[.)](?=\s)")


# --- before drafts are looked for -----------------------------------------------------------


def _filled(lines: list[Line]) -> list[Line]:
    """Return the lines with labels that stand alone filled from the lines under them."""
    filled: list[Line] = []
    for line in lines:
        above = filled[-1] if filled else None
        if above is None or above.words or line.field is not None or not _is_filled(above, line):
            filled.append(line)
        else:
            filled[-1] = replace(above, words=line.words, last=line.last)
    return filled


def _is_filled(label: Line, line: Line) -> bool:
    if label.field == "key_result":
        return bool(label.label) and not line.gap
    if label.field in _CONTEXT or label.field == "objective":
        return line.mark != "heading" or label.mark == ""
    return False


class _TableFound(NamedTuple):
    """A table of Markdown in a text."""

    first: int
    columns: Table
    rows: list[Row]


def _without_tables(text: str) -> tuple[str, list[_TableFound]]:
    """Return a text with its Markdown tables taken out, and those; lines keep their numbers."""
    if "|" not in text:
        return text, []
    lines = text.split("\n")
    tables = []
    at = 1
    while at < len(lines):
        if "|" in lines[at - 1] and _UNDER_HEADINGS.fullmatch(lines[at].strip()):
            end = at + 1
            while end < len(lines) and "|" in lines[end]:
                end += 1
            headings = _cells(lines[at - 1])
            rows = [
                Row(number, number, _cells(line)[: len(headings)])
                for number, line in enumerate(lines[at + 1 : end], at + 2)
            ]
            tables.append(_TableFound(at, Table(headings), rows))
            lines[at - 1 : end] = [""] * (end - at + 1)
            at = end
        at += 1
    return "\n".join(lines), tables


_UNDER_HEADINGS = re.compile(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?")
_BAR = re.compile(r"(?<!\\)\|")


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    cells = []
    for cell in _BAR.split(line):
        parts = re.split(r"<br ?/?>", cell, flags=re.IGNORECASE)
        cells.append("\n".join(plain_words(part) for part in parts))
    return cells


def _with_rows(lines: list[Line], table: _TableFound) -> list[Line]:
    """Return the lines with a table's key results among them, where the table stood."""
    told = []
    for row in table.rows:
        entry = table.columns.entry(row)
        if not isinstance(entry, Entry):
            continue
        told += [_line(row.first, "key_result", words) for words in entry.key_results]
        about = ((name, entry.said[name]) for name in _OF_KEY_RESULT if name in entry.said)
        told += [replace(_line(row.first, name, words), indent=1) for name, words in about]
    return sorted([*lines, *told], key=lambda line: line.number)


def _line(number: int, field: Field, words: str) -> Line:
    return Line(number, number, 0, 0, "", 0, "", field, "", None, words, words)


def _spreadsheet(text: str) -> Parsed | None:
    """Return the drafts of a text that is rows of cells, as spreadsheets copy them, else None."""
    if "\t" not in text:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), "excel-tab")
    rows: list[Row] = []
    above = 0
    try:
        for cells in reader:
            rows.append(Row(above + 1, reader.line_num, cells))
            above = reader.line_num
    except csv.Error:
        return None  # a quote that nobody closes: text with tabs in it
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        return None
    table = Table(rows[0].cells)
    if table.has_objective and table.known > 1:
        return Parsed(tuple(table.drafts(rows[1:])), tuple(_unknown(table, rows[0].first)))
    if all(len(row.cells) > 1 and _opens_row(row.cells[0]) for row in rows) and rows[0].cells[0]:
        width = max(len(row.cells) for row in rows)
        table = Table(["objective", *(f"kr{number}" for number in range(1, width))])
        return Parsed(tuple(table.drafts(rows)), ())
    return None


def _opens_row(cell: str) -> bool:
    return not cell or (" " in cell.strip() and read_label(cell) is None)
