"""A pasted text to its lines, told apart: marks, headings, labels, and what runs on from above."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from coach.errors import Problem, TooLarge
from coach.okr import LINE_LIMIT, TEXT_LINES_LIMIT, DraftType
from coach.reading.labels import GAP, Field, labels_inside, read_label

Mark = Literal["", "heading", "bullet", "number"]

# Blank lines that a ruled line between two drafts counts for.
RULE = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text without its mark and label, and with what was wrapped from it.

    `number` counts from 1. `gap` is how many blank lines stand above. `depth` is how deep a list
    item is nested, or a heading's level; `sign` tells one kind of list item from another at the
    same depth. `whole` are the words with the label still on them, `remark` what stands beside
    the label in brackets.
    """

    number: int
    last: int
    gap: int
    indent: int
    mark: Mark
    depth: int
    sign: str
    field: Field | None
    label: str
    kind: DraftType | None
    words: str
    whole: str
    remark: str = ""

    @property
    def plain(self) -> bool:
        return not self.mark and self.field is None


def read_lines(text: str) -> list[Line]:
    """Return the lines of a text (NFC) that hold anything, in order; wrapped lines are joined.

    Raises TooLarge where there are more of them than a text may hold.
    """
    raw_lines = re.sub("\r\n?", "\n", _without_comments(text)).split("\n")
    if all(line.startswith(">") for line in raw_lines if line.strip()):
        raw_lines = [_QUOTE.sub("", line) for line in raw_lines]
    return _Reader(raw_lines).lines


class _Reader:
    """One walk down a text."""

    def __init__(self, raw_lines: list[str]) -> None:
        self.lines: list[Line] = []
        self.gap = 0
        self.count = 0
        self.indents: list[int] = []
        self.width = max(map(len, raw_lines))
        self.bare_number = any(map(_NUMBERED_KR.match, raw_lines))
        self.numbers = {_digits(found[1]) for raw in raw_lines if (found := _NUMBER.match(raw))}
        above = ""
        for number, raw in enumerate(raw_lines, 1):
            # A vertical tab is a line break inside a paragraph or a cell.
            for part in _BREAK.split(raw):
                self._read(part, number, above)
                above = part

    def _read(self, raw: str, number: int, above: str) -> None:
        if _BLANK.fullmatch(raw) or _FENCE.match(raw):
            self.gap += 1
        elif _RULED.fullmatch(raw):
            self._rule(raw.strip())
        else:
            for at, part in enumerate(_parts(raw)):
                line = self._line(part, number)
                if at == 0 and self._runs_on(line, above):
                    self._join(line)
                else:
                    self.lines.append(line)
                self.gap = 0

    def _rule(self, raw: str) -> None:
        """Take a ruled line for what makes the line above a heading, or for a separation."""
        above = self.lines[-1] if self.lines else None
        if above and above.plain and not self.gap and (above.gap or len(self.lines) == 1):
            self.lines[-1] = replace(above, mark="heading", depth=1 if raw[0] == "=" else 2)
        else:
            self.gap += RULE

    def _line(self, raw: str, number: int) -> Line:
        self.count += 1
        if self.count > TEXT_LINES_LIMIT:
            said = f"a text holds at most {TEXT_LINES_LIMIT:,} lines or labels"
            raise TooLarge(Problem(f"line {number}", said))
        spread = raw.expandtabs(4)
        indent = len(spread) - len(spread.lstrip())
        mark, depth, sign, rest = self._mark(raw, indent)
        label = read_label(rest, heading=mark == "heading", bare_number=self.bare_number)
        return Line(
            number=number,
            last=number,
            gap=self.gap,
            indent=indent,
            mark=mark,
            depth=depth,
            sign=sign,
            field=label.field if label else None,
            label=label.number if label else "",
            kind=label.kind if label else None,
            words=plain_words(label.words if label else rest),
            whole=plain_words(rest),
            remark=label.remark if label else "",
        )

    def _mark(self, raw: str, indent: int) -> tuple[Mark, int, str, str]:
        if heading := _HEADING.match(raw):
            self.indents.clear()
            return "heading", len(heading[1]), "#", _HEADING_END.sub("", raw[heading.end() :])
        if bullet := _BULLET.match(raw):
            rest = _BOX.sub("", raw[bullet.end() :], count=1).strip()
            return "bullet", self._depth(indent), bullet[1] or bullet[2], rest
        if (number := _NUMBER.match(raw)) and self._counts(number[1]):
            rest = _BOX.sub("", raw[number.end() :], count=1).strip()
            depth = max(self._depth(indent), len(_digits(number[1])) - 1)
            return "number", depth, _sign(number[1]), rest
        if indent == 0:
            self.indents.clear()
        return "", 0, "", raw.strip()

    def _counts(self, number: str) -> bool:
        """Tell whether a number is a list's ("1.2 Wait …") or a sentence's ("1.5 hours …")."""
        digits = _digits(number)
        if not digits or digits == (1,):
            return True
        *above, last = digits
        return not self.numbers.isdisjoint(((*above, last - 1), (*above, last + 1)))

    def _depth(self, indent: int) -> int:
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if indent not in self.indents:
            self.indents.append(indent)
        return len(self.indents) - 1

    def _runs_on(self, line: Line, above: str) -> bool:
        """Tell whether a line goes on with the sentence above it."""
        if not self.lines or not line.plain or line.gap:
            return False
        last = self.lines[-1]
        if last.mark == "heading" or not last.words:
            return False
        indented = line.indent > last.indent
        if indented and last.mark:
            return True
        if last.words[-1] in ".!?:;" or not line.words[:1].islower():
            return indented and last.words.split()[-1] in _GOES_ON
        first = line.words.split(maxsplit=1)[0]
        if {first, last.words.split()[-1]} & _GOES_ON:
            return indented or last.words[0].isupper()
        # Under a bare line or an objective, a line of its own is a key result, however it begins.
        wrapped = last.mark != "" or last.field not in (None, "objective")
        filled = 60 <= self.width <= 120 and len(above) + 1 + len(first) > self.width
        return (indented and (filled or last.words[0].isupper())) or (wrapped and filled)

    def _join(self, line: Line) -> None:
        last = self.lines[-1]
        self.lines[-1] = replace(
            last,
            last=line.number,
            words=f"{last.words} {line.words}",
            whole=f"{last.whole} {line.words}",
        )


def plain_words(text: str) -> str:
    """Return words without the signs of Markdown around them."""
    text = text.strip()
    if len(text) > _REFUSED_FROM or not _MARKED.search(text):
        return text
    text = _LINK.sub(r"\1", text)
    text = _STARRED.sub(r"\2", text)
    text = _UNDERLINED.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    text = _LINE_BREAK.sub(" ", text)
    text = _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)
    return _ESCAPE.sub(r"\1", text).strip()


_QUOTE = re.compile(r"(?:> ?)+")
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile(f"[{GAP}>]*")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULED = re.compile(r"\s{0,3}(?:={2,}|-{3,}|\*{3,}|_{3,}|[─━—]{3,}|(?:[-*_] ){2,}[-*_])\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+")
_HEADING_END = re.compile(r"\s+#+\s*\Z")
_ROUND = "•‣⁃●○◦■□▪▫►▶➤☐☑☒✓✔✅✗❏"
_BULLET = re.compile(
    rf"[{GAP}]*(?:([-*+·∙➜–—{_ROUND}])(?:[{GAP}]+|(?<=[{_ROUND}])(?=\S))|(o)\t\s*)"
)
_NUMBER = re.compile(
    rf"[{GAP}]*("
    rf"\(?[0-9]{{1,2}}[.)](?=[{GAP}]|[^\W\d_])"
    rf"|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}[.)]?(?=[{GAP}])"
    rf"|[0-9]\ufe0f?\u20e3|[①-⑳]|\(?[a-h]\)(?=[{GAP}])"
    rf")[{GAP}]*"
)
_BOX = re.compile(r"\A(?:\[[ xX✓✔-]?\]\s+|[☐☑☒✓✔✅❏]\s*)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NUMBERED_KR = re.compile(r"\W{0,8}KR\s?[0-9]")
# A sentence neither ends with one of these nor begins with one.
_GOES_ON = frozenset(
    "a an the and or of to for from in on at by with than per which that who so as their our its "
    "und oder von zu für aus mit bei der die das - – → & +".split()
)

# So long a line is over the limit with and without its signs.
_REFUSED_FROM = 10 * LINE_LIMIT
_MARKED = re.compile(r"[*_`\[\\<&]")
_LINK = re.compile(r"!?\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)")
_STARRED = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{1,2000})(?<=\S)\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])([^_]{1,2000})(?<=\S)\1(?![\w_])")
_CODE = re.compile(r"`([^`]{1,2000})`")
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(amp|lt|gt|nbsp|quot|#39|apos);")
_ENTITIES = {
    "amp": "&", "lt": "<", "gt": ">", "nbsp": " ", "quot": '"', "#39": "'", "apos": "'",
}  # fmt: skip
_ESCAPE = re.compile(r"\\([*_#\[\]()`~>|+.!\\-])")


def _digits(number: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall("[0-9]+", number))


def _sign(number: str) -> str:
    """Return what tells a numbering from another: "1." "1)" "1" "a)"."""
    kind = "1" if number[-2:-1].isdigit() else "a"
    return kind + number[-1] if number[-1] in ".)" else "1"


def _parts(raw: str) -> Iterator[str]:
    """Yield a line, or the lines in it where it holds several labels."""
    start = 0
    for at in labels_inside(raw):
        part = raw[start:at].rstrip(" \t;|,/–—-*_")
        if _LETTERS.search(part):
            yield part
            start = at
    yield raw[start:]


def _without_comments(text: str) -> str:
    """Return a text without `<!-- … -->`; its lines keep their numbers."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        kept.append("\n" * text.count("\n", start, end))
        at = end + 3
    return "".join([*kept, text[at:]])
