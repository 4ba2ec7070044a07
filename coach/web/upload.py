"""A form with a file in it, as browsers send it."""

from typing import NamedTuple

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from coach.errors import BadInput, Problem
from coach.web.form import FIELDS_LIMIT


class Upload(NamedTuple):
    """The fields of a form by name, and its file: a name and bytes, both empty without one."""

    fields: dict[str, str]
    name: str
    data: bytes


def read_upload(content_type: str, body: bytes) -> Upload:
    """Return what was sent. Raises BadInput where it is no form of several parts."""
    kind, options = parse_options_header(content_type)
    if kind != "multipart/form-data":
        raise BadInput(Problem("", "a form with a file is expected (multipart/form-data)"))
    try:
        return _parts(options.get("boundary", ""), body)
    except (ValueError, MultipartError) as error:
        raise BadInput(Problem("", "this can't be read as a form")) from error


def _parts(boundary: str, body: bytes) -> Upload:
    fields: dict[str, str] = {}
    name, data = "", b""
    part: MultipartSegment | None = None
    said = bytearray()
    with PushMultipartParser(boundary, len(body), max_segment_count=FIELDS_LIMIT) as parser:
        for event in parser.parse(body):
            if isinstance(event, MultipartSegment):
                part, said = event, bytearray()
            elif event:
                said += event
            elif part is not None:
                if part.filename is not None:
                    name, data = part.filename, bytes(said)
                else:
                    fields[part.name] = said.decode().replace("\r\n", "\n")
                part = None
    return Upload(fields, name, data)
