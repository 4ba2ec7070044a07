"""The drafts of a file, whichever of the forms known here its lines have."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from coach.okr import Context, Draft


def read_drafts(path: Path) -> list[Draft]:
    """Return the drafts of a JSON Lines file.

    A line is a draft as the API takes it, a pair `{"weak", "strong"}` of drafts, or one key result
    as `{"text", "parent"}`: neighbours that share a parent make a draft.
    """
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [msgspec.convert(each, Draft) for each in _drafts(lines)]


def _drafts(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for parent, group in groupby(lines, key=lambda line: line.get("parent")):
        if parent is None:
            for line in group:
                yield from (_draft(one, line) for one in _sides(line))
        else:
            yield {"objective": parent, "key_results": [line["text"] for line in group][:50]}


def _sides(line: dict[str, Any]) -> list[dict[str, Any]]:
    return [line["weak"], line["strong"]] if "weak" in line else [line]


def _draft(one: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    known = Context.__struct_fields__
    context = {key: value for key, value in line.get("context", {}).items() if key in known}
    return {"objective": one["objective"], "key_results": one["key_results"], "context": context}
