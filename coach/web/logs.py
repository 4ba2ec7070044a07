"""Logs: one JSON object a line, of allowed fields only, and never a word of a draft.

Whatever logs in this process ends here. Of an exception only its type and its places are kept, of
a library's line only where it comes from: their texts may quote a draft. The server's own lines
are kept: they speak of addresses and signals.
"""

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any, TextIO

import structlog

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)

FIELDS = (
    "time",
    "level",
    "event",
    "request_id",
    "method",
    "route",
    "status",
    "milliseconds",
    "batch",
    "row",
    "reason",
    "error",
    "at",
    "logger",
)
_LENGTH = 500
_encode = json.JSONEncoder(separators=(",", ":")).encode

log = structlog.stdlib.get_logger()


def start_logging(level: str, stream: TextIO = sys.stderr) -> None:
    """Send every log line of this process to `stream`, from `level` up."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso", key="time"),
            _only_allowed,
            _one_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_Library()]
    root.setLevel(max(logging.INFO, getattr(logging, level.upper())))


def _only_allowed(_: object, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    event["request_id"] = REQUEST_ID.get()
    given = ((name, event.get(name)) for name in FIELDS)
    return {
        name: value[:_LENGTH] if isinstance(value, str) else value
        for name, value in given
        if value is not None
    }


def _one_line(_: object, __: str, event: MutableMapping[str, Any]) -> str:
    """Return JSON in printable ASCII, which no terminal obeys."""
    return _encode(event)


class _Library(logging.Handler):
    """Takes what libraries log."""

    def emit(self, record: logging.LogRecord) -> None:
        said = failure(record.exc_info[1] if record.exc_info else None)
        event = "a library logged something"
        if record.name == "uvicorn.error":
            event = record.getMessage().strip()
        elif "at" not in said:
            said["at"] = [f"{record.pathname}:{record.lineno} {record.funcName}"]
        log.log(record.levelno, event, logger=record.name, **said)


def failure(error: BaseException | None) -> dict[str, Any]:
    """Return what a log line says of an exception: its type and the places it came through."""
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
