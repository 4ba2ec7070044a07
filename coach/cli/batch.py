"""`coach batch`: many drafts, kept and scored once each, the same batches as on the pages."""

import os
import sys
import time
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from coach.cli.score import asks_model, opened
from coach.cli.terminal import EXITS, UNREADABLE
from coach.errors import Problem, TooLarge

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from click._termui_impl import ProgressBar

    from coach.batch import Batch, BatchRow, Move, ReadRow
    from coach.batch.apart import File
    from coach.batch.reading import Read
    from coach.batch.runner import Runner
    from coach.ports import Batches

_ENDINGS = (".csv", ".xlsx", ".jsonl")
_TOLD = 10
_LOOK_EVERY = 0.2
_ALL = 10_000


@click.command(epilog=EXITS)
@click.argument("what", metavar="[FILE|ID]", required=False)
@click.option("--out", metavar="FILE", help="Write the results there: .csv, .xlsx or .jsonl.")
@click.option("--dry-run", is_flag=True, help="Say what is read of FILE; score and keep nothing.")
@click.option("--go-on", is_flag=True, help="Go on with the batch ID where it was left.")
@click.option("--retry", is_flag=True, help="Try again what failed of the batch ID.")
@asks_model
def batch(
    what: str | None, out: str | None, dry_run: bool, go_on: bool, retry: bool, model: str
) -> None:
    """Score the drafts in FILE (.xlsx, .csv, .json, .jsonl; - reads standard input) and keep them.

    With the ID of a batch, tell how far it is; without either, list the latest. The batches are
    those of the pages and the API; a running service works on them too.
    """
    if out is not None and PurePath(out).suffix not in _ENDINGS:
        raise click.UsageError(f"--out names a file that ends with {', '.join(_ENDINGS)}")
    if what is None:
        _run(_list)
    elif what == "-" or Path(what).exists():
        if dry_run:
            _exit(_tell_read(_read(what)))
            return
        _run(lambda batches, runner: _score(batches, runner, what, out, model == "auto"))
    else:
        again: Move | None = "retry" if retry else "resume" if go_on else None
        _run(lambda batches, runner: _show(batches, runner, what, again, out))


Work = Callable[["Batches", "Runner"], Coroutine[None, None, bool]]


def _run(work: Work) -> None:
    """Do some work with what is kept. Exits as the work says: False is that something is amiss."""
    import asyncio

    from coach import wiring
    from coach.settings import read_settings

    async def within() -> bool:
        async with wiring.batching(read_settings(os.environ)) as (batches, runner):
            return await work(batches, runner)

    _exit(asyncio.run(within()))


def _exit(sound: bool) -> None:
    if not sound:
        raise click.exceptions.Exit(UNREADABLE)


# --- reading ----------------------------------------------------------------------------------


def _read(name: str) -> "Read":
    import asyncio

    from coach.batch.apart import read_apart

    return asyncio.run(read_apart(_file(name)))


def _file(name: str) -> "File":
    from coach.batch import BYTES_LIMIT
    from coach.batch.apart import File

    with opened(name) as stream:
        data = stream.read(BYTES_LIMIT + 1)
    if len(data) > BYTES_LIMIT:
        raise TooLarge(Problem("", f"{name} is over {BYTES_LIMIT:,} bytes; hand it in in parts"))
    return File(data, "" if name == "-" else name)


def _tell_read(found: "Read") -> bool:
    drafts = sum(row.draft is not None for row in found.rows)
    click.echo(f"Drafts: {drafts:,}. Rows that are none: {len(found.rows) - drafts:,}.")
    for heading, column in zip(found.headings, found.columns, strict=True):
        click.echo(f"  {heading or '(no heading)'}: {column or 'left out'}")
    for note in found.notes:
        click.secho(note, dim=True, err=True)
    _tell_problems(found.rows)
    return drafts == len(found.rows)


def _tell_problems(rows: "Iterable[ReadRow | BatchRow]") -> None:
    """Tell why rows are no drafts, or have failed."""
    said = [f"{row.place}: {one.detail}" for row in rows for one in row.problems]
    for line in said[:_TOLD]:
        click.secho(line, fg="red", err=True)
    if len(said) > _TOLD:
        click.secho(f"{len(said) - _TOLD:,} more; --out tells them all", fg="red", err=True)


# --- scoring ----------------------------------------------------------------------------------


async def _score(
    batches: "Batches", runner: "Runner", name: str, out: str | None, model: bool
) -> bool:
    from coach.batch.arrival import take_in

    kept = await take_in(_file(name), runner.read, batches, model=model, some=True)
    for note in kept.notes:
        click.secho(note, dim=True, err=True)
    _tell_problems(await batches.rows(kept.id, most=_ALL, state="invalid"))
    await batches.move(kept.id, "start")
    return await _follow(batches, runner, kept.id, out)


async def _follow(batches: "Batches", runner: "Runner", id: str, out: str | None) -> bool:
    """Score until a batch rests, write it out, and tell what it came to."""
    import asyncio

    began = time.monotonic()
    runner.start()
    try:
        batch = await batches.batch(id)
        with _bar(batch.counts.drafts) as bar:
            while (batch := await batches.batch(id)).state == "running":
                bar.update(batch.counts.done + batch.counts.failed - bar.pos)
                await asyncio.sleep(_LOOK_EVERY)
            bar.update(batch.counts.done + batch.counts.failed - bar.pos)
    finally:
        await runner.close()
    _tell_problems(await batches.rows(id, most=_ALL, state="failed"))
    if out is not None:
        await _write(batches, batch, out)
    seconds = time.monotonic() - began
    click.echo(f"{_said(batch)} {seconds:.0f} s. Its id: {batch.id}")
    return not (batch.counts.failed or batch.counts.invalid)


def _bar(length: int) -> "AbstractContextManager[ProgressBar[int]]":
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=length, label="Scoring", file=sys.stderr, hidden=hidden)


# --- by id ------------------------------------------------------------------------------------


async def _list(batches: "Batches", _: "Runner") -> bool:
    for batch in await batches.latest():
        click.echo(f"{batch.id}  {batch.created_at[:16].replace('T', ' ')}  {_said(batch)}")
    return True


async def _show(
    batches: "Batches", runner: "Runner", id: str, move: "Move | None", out: str | None
) -> bool:
    batch = await batches.batch(id)
    if move is not None:
        start: Move = "start" if move == "resume" and batch.state == "ready" else move
        await batches.move(id, start)
        return await _follow(batches, runner, id, out)
    _tell_problems(await batches.rows(id, most=_ALL, state="failed"))
    if out is not None:
        await _write(batches, batch, out)
    click.echo(_said(batch))
    return True


def _said(batch: "Batch") -> str:
    counts = batch.counts
    also = "".join(
        f", {count:,} {words}"
        for count, words in (
            (counts.ahead, "to come"),
            (counts.failed, "failed"),
            (counts.cancelled, "left out"),
            (counts.invalid, "not read"),
        )
        if count
    )
    return f"{batch.name} is {batch.state}: {counts.done:,} of {counts.drafts:,} scored{also}."


async def _write(batches: "Batches", batch: "Batch", out: str) -> None:
    from coach.batch.export import as_csv, as_json_lines, as_workbook, table

    parts = as_csv(table(batches, batch)) if out.endswith(".csv") else as_json_lines(batches, batch)
    try:
        with Path(out).open("wb") as file:
            if out.endswith(".xlsx"):
                file.write(as_workbook([row async for row in table(batches, batch)]))
                return
            async for part in parts:
                file.write(part)
    except OSError as error:
        raise click.FileError(out, error.strerror) from error
