"""The JSON schema of a struct, in the form that strict endpoints want."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from coach.model import Check, Reply
from coach.model.faults import Fault, ModelFailure

T = TypeVar("T")


def schema_of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Return a struct's schema: an object at its root, and a type wherever a value is listed.

    Bounds on texts and lists are the struct's own; a struct that forbids unknown fields makes a
    schema that does.
    """
    _, parts = msgspec.json.schema_components((struct,), ref_template="#/$defs/{name}")
    root = parts.pop(struct.__name__)
    for part in (root, *parts.values()):
        for said in part["properties"].values():
            if "enum" in said:
                said["type"] = "string"
    return {**root, "$defs": parts} if parts else root


def objection_to(text: str, decode: Callable[[str], object]) -> str | None:
    """Say where a text is off the schema that `decode` holds it to, and repeat nothing of it."""
    try:
        decode(text)
    except msgspec.ValidationError as error:
        return f"off the schema at {str(error).rpartition(' at ')[2]}"
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "no JSON object of the schema"
    return None


def answer_in(reply: Reply, check: Check, decode: Callable[[str], T]) -> T:
    """Return what a reply says. Raises ModelFailure (OFF_SCHEMA) where `check` finds it off."""
    off = check(reply.text)
    if off is not None:
        raise ModelFailure(Fault.OFF_SCHEMA, off, reply=reply)
    return decode(reply.text)
