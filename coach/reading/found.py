"""A draft in a text or a table, or what keeps it from being read, and where it stands."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from coach.errors import BadInput, Problem
from coach.okr import Draft, check


class Found(NamedTuple):
    """A draft, or why it can't be read, and the first and last line that it stands on."""

    first: int
    last: int
    draft: Draft | BadInput


def found(
    draft: Draft,
    places: Mapping[str, int],
    *,
    first: int,
    last: int,
    problems: Iterable[Problem] = (),
) -> Found:
    """Return a draft as found, or all its problems with their lines.

    `places` maps the JSON pointers of the draft's lines to lines of the text.
    """
    told = [*problems]
    for problem in check(draft):
        line = _line(problem.pointer, places, first)
        told.append(Problem(f"line {line}", problem.detail))
    return Found(first, last, BadInput(*told) if told else draft)


def _line(pointer: str, places: Mapping[str, int], first: int) -> int:
    while pointer:
        if pointer in places:
            return places[pointer]
        pointer = pointer.rpartition("/")[0]
    return first
