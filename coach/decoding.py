"""Bytes to text: which encoding they are in, or what they are instead of text."""

import codecs
import re
from typing import NamedTuple

from coach.errors import BadInput, Problem


class Encoding(NamedTuple):
    """An encoding by its codec, and the name to tell people where it isn't what is usual."""

    codec: str
    name: str

    @property
    def usual(self) -> bool:
        return self.codec in ("utf-8", "utf-8-sig")


UTF8 = Encoding("utf-8", "UTF-8")
_MARKS = (
    (codecs.BOM_UTF8, Encoding("utf-8-sig", "UTF-8")),
    (codecs.BOM_UTF32_LE, Encoding("utf-32", "UTF-32")),
    (codecs.BOM_UTF32_BE, Encoding("utf-32", "UTF-32")),
    (codecs.BOM_UTF16_LE, Encoding("utf-16", "UTF-16")),
    (codecs.BOM_UTF16_BE, Encoding("utf-16", "UTF-16")),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "an Office or ZIP file; save it as CSV or plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as CSV or plain text"),
    (b"%PDF", "a PDF; copy its text into a file of its own"),
    (b"{\\rtf", "a rich-text file; save it as plain text"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
)


def encoding_of(data: bytes, *, cut: bool, legacy: bool = True) -> Encoding:
    """Return the encoding of a text by its bytes; `cut` tells that more of them follow.

    A text with some bytes that aren't UTF-8 among many that are is UTF-8 still, so that only the
    lines they stand in are refused. `legacy` allows for Windows-1252.

    Raises BadInput where the bytes are no text.
    """
    for start, said in _OTHER_FILES:
        if data.startswith(start):
            raise BadInput(Problem("", f"this is {said}"))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    nuls = data.count(0)
    if nuls and (wide := _utf16(data)):
        return wide
    if nuls > 8 + 0.01 * len(data):
        raise BadInput(Problem("", "this is no text: it holds NUL bytes"))
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(data, final=not cut)
    astray = len(_ASTRAY.findall(text))
    if not legacy or not astray or astray < len(_BEYOND_ASCII.findall(text)) / 2:
        return UTF8
    if _NO_TEXT.isdisjoint(data):
        return Encoding("cp1252", "Windows-1252")
    raise BadInput(Problem("", "this is in no encoding known here; save it as UTF-8 text"))


_ASTRAY = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\0-\x7f]")
# What Windows-1252 leaves undefined, and controls that no text holds.
_NO_TEXT = frozenset(b"\x81\x8d\x8f\x90\x9d") | set(range(1, 32)) - set(b"\t\n\v\f\r\x1a")


def _utf16(data: bytes) -> Encoding | None:
    """Tell UTF-16 without a mark: every other byte of Latin text is zero, and no others are."""
    half = max(1, len(data) // 2)
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[first::2].count(0) >= 0.6 * half and not data[1 - first :: 2].count(0):
            return Encoding(codec, "UTF-16")
    return None
