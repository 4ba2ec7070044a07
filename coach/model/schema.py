"""The JSON schema of a struct, in the form that strict endpoints want."""

from typing import Any

import msgspec


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
