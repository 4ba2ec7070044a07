"""`coach usage`: what asking a language model took, as the ledger has it."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import click

from coach.cli.terminal import width

if TYPE_CHECKING:
    from coach.spending import Terms, Usage


@click.command()
@click.option(
    "--days",
    type=click.IntRange(1, 3_650),
    default=30,
    show_default=True,
    help="How many days, today (UTC) included.",
)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def usage(days: int, shape: Literal["text", "json"]) -> None:
    """Tell what asking the language model took: attempts, tokens, cost, and today's budget."""
    import asyncio

    import msgspec

    from coach import wiring
    from coach.settings import read_settings

    settings = read_settings(os.environ)
    terms = wiring.terms(settings)

    async def read() -> "Usage":
        store = wiring.store(settings)
        await store.open()
        try:
            return await store.usage(days)
        finally:
            await store.close()

    taken = asyncio.run(read()).within(terms)
    if shape == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(taken), indent=2).decode())
    else:
        click.echo("\n".join(_said(taken, terms)))


def _said(usage: "Usage", terms: "Terms | None") -> Iterator[str]:
    from coach.spending import amount

    asked = f"{terms.model} at {terms.host} is asked" if terms else "no language model is asked now"
    yield click.style(f"{usage.since} to {usage.until} (UTC)", bold=True) + f"  {asked}"
    yield ""
    if usage.lines:
        yield from _table(usage)
    else:
        yield "Nothing was asked in these days."
    if usage.reuses:
        yield ""
        yield f"{usage.reuses:,} answered from what was kept, at no cost."
    if budget := usage.budget:
        spent, limit = (
            amount(micro, budget.currency) for micro in (budget.spent_micro, budget.limit_micro)
        )
        yield ""
        yield f"Today {spent} of {limit}, with what is reserved for questions under way."


_HEADS = ("day", "asked for", "model", "attempts", "answered", "tokens in", "out", "cost")
_TEXTS = 3


def _table(usage: "Usage") -> Iterator[str]:
    from coach.spending import amount, unanswered

    lines = [*usage.lines, *usage.totals]
    rows = [
        (
            line.day or "in all",
            line.request,
            line.model,
            *(f"{number:,}" for number in (line.attempts, line.answered)),
            *(f"{number:,}" for number in (line.input_tokens, line.output_tokens)),
            amount(line.cost_micro, line.currency) if line.currency else "no price set",
        )
        for line in lines
    ]
    widths = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
    yield click.style(_row(_HEADS, widths), dim=True)
    for line, row in zip(lines, rows, strict=True):
        yield click.style(_row(row, widths), bold=not line.day)
        asides = (unanswered(line), line.cached_tokens and f"{line.cached_tokens:,} tokens cached")
        if line.day and any(asides):
            aside = "; ".join(str(each) for each in asides if each)
            yield click.wrap_text(aside, width(), "    ", "    ")


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    texts = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)][:_TEXTS]
    numbers = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)][_TEXTS:]
    return "  ".join((*texts, *numbers))
