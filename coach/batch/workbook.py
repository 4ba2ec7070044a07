"""The first visible sheet of a workbook (XLSX), looked at before it is unpacked.

A workbook is a ZIP file, and a small one can hold more than any memory does. So what it says of
its size is bounded, what it unpacks to is counted before the reader sees it, and all of it happens
in a process with limits of its own (`coach.batch.apart`). Names in it are never used as paths.
"""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence

from coach.errors import BadInput, Problem, TooLarge
from coach.reading.table import COLUMNS_LIMIT, Row

UNPACKED_LIMIT = 50_000_000
ENTRIES_LIMIT = 200
RATIO_LIMIT = 100
# More rows than a batch of drafts with a key result a row could have.
SHEET_ROWS_LIMIT = 120_000
_CHUNK = 1 << 16
_SMALL = 1 << 20  # what unpacks to less than this may be packed as tight as it likes


def is_zip(data: bytes) -> bool:
    """Tell a ZIP file, which a workbook is one of, by how it begins."""
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes) -> list[Row]:
    """Return the rows of the first visible sheet that holds anything, with their numbers.

    Raises BadInput, or TooLarge, where it is no workbook that can be read here.
    """
    _check(data)
    # Only whoever is handed a workbook waits for the reader to load.
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
        ZipError,
    )

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            shown = sheet.visible == SheetVisibleEnum.Visible
            if shown and sheet.typ == SheetTypeEnum.WorkSheet:
                found = workbook.get_sheet_by_name(sheet.name)
                if found.total_height > SHEET_ROWS_LIMIT:
                    said = (
                        f"has over {SHEET_ROWS_LIMIT:,} rows in its sheet; delete those left empty"
                    )
                    raise TooLarge(Problem("", said))
                rows = found.to_python(skip_empty_area=False)
                if read := [*_filled(rows)]:
                    return read
    except (CalamineError, PasswordError, ZipError, ValueError) as error:
        raise BadInput(Problem("", _UNREADABLE)) from error
    raise BadInput(Problem("", "no sheet that is shown holds anything"))


def _filled(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, 1):
        texts = [_text(cell) for cell in cells[:COLUMNS_LIMIT]]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield Row(number, number, texts)


def _text(cell: object) -> str:
    """Return a cell as people see it, as far as that can be told without its format."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    return str(cell).strip()


_UNREADABLE = "this workbook can't be read; open it, save it anew as .xlsx, or as CSV"


def _check(data: bytes) -> None:
    """Refuse what is no workbook, or unpacks to more than a workbook of drafts holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES_LIMIT:
                said = f"has {len(entries):,} parts; a workbook here has at most {ENTRIES_LIMIT}"
                raise TooLarge(Problem("", said))
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                binary = "xl/workbook.bin" in names
                kind = "a binary workbook (.xlsb)" if binary else "a ZIP file, and no workbook"
                raise BadInput(Problem("", f"this is {kind}; save it as .xlsx or as CSV"))
            if any(entry.flag_bits & 1 for entry in entries):
                raise BadInput(Problem("", "it asks for a password; save it without one"))
            _check_sizes(entries)
            for entry in entries:
                _count(archive, entry)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise BadInput(Problem("", _UNREADABLE)) from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    whole = sum(entry.file_size for entry in entries)
    if whole > UNPACKED_LIMIT:
        said = f"unpacks to {whole:,} bytes; at most {UNPACKED_LIMIT:,} are read"
        raise TooLarge(Problem("", said))
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > RATIO_LIMIT * entry.compress_size:
            said = "is packed tighter than a sheet of drafts can be; save it anew"
            raise TooLarge(Problem("", said))


def _count(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack a part to nowhere: it ends where it said it would, with the sum it said."""
    with archive.open(entry) as part:
        while part.read(_CHUNK):
            pass
