"""Figures in tables, for a terminal and for a page."""

from collections.abc import Sequence
from typing import NamedTuple

from coach.evaluation.shares import Agreement, Share


class Table(NamedTuple):
    """Figures under a heading for each column; the first column names the row."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def as_text(self) -> str:
        """Return it in columns as wide as what they hold."""
        lines = (self.head, *self.rows)
        wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            f"{first:{wide[0]}}"
            + "".join(f"  {cell:>{w}}" for cell, w in zip(cells, wide[1:], strict=True))
            for first, *cells in lines
        )

    def as_markdown(self) -> str:
        """Return it between bars."""
        lines = (self.head, ("---",) * len(self.head), *self.rows)
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def agreements(questions: dict[str, Agreement]) -> Table:
    """Return people and readings side by side, a yes-or-no question a row."""
    return Table(
        ("question", "people say yes", "readings say yes", "both the same", "Cohen's κ"),
        [
            (
                name,
                f"{one.first} of {one.of}",
                f"{one.second} of {one.of}",
                said(one.same),
                "–" if one.kappa is None else f"{one.kappa:.2f} ({one.low:.2f}–{one.high:.2f})",
            )
            for name, one in questions.items()
        ],
    )


def said(one: Share) -> str:
    """Return a share with its interval and what it is of."""
    if one.value is None:
        return "–"
    return f"{one.value:.3f} ({one.low:.2f}–{one.high:.2f}) of {one.of}"


def briefly(one: Share) -> str:
    """Return a share alone."""
    return "–" if one.value is None else f"{one.value:.3f}"
