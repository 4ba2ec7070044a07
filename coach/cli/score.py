"""`coach score`: drafts from files and standard input, their assessments to standard output."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import click

from coach.cli.terminal import EXITS, FOUND, UNREADABLE, width
from coach.errors import BadInput, Problem

if TYPE_CHECKING:
    from coach.assessment import Assessment
    from coach.intake import Format as InputFormat
    from coach.intake import Intake, Item
    from coach.service import Coach

    Assessed = tuple[Item, Assessment | None]
    Assess = Callable[[Iterator[Item]], Iterator[Assessed]]

Format = Literal["text", "json", "jsonl"]


asks_model = click.option(
    "--model",
    type=click.Choice(["auto", "off"]),
    default="auto",
    show_default=True,
    help="auto: ask the language model that is set up, if any; off: rules alone.",
)


@click.command(epilog=EXITS)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="json: one object, or an array of several; jsonl: one assessment a line.",
)
@click.option(
    "--input",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    help="What FILE holds, where its name doesn't tell.",
)
@asks_model
@click.option("--profile", help="Judge by this profile: its name, or a file of your own.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="never",
    show_default=True,
    help="Exit with 1 where a finding is that grave.",
)
@click.option(
    "--full", is_flag=True, help="As text: every note in full, and the sum of each score."
)
def score(
    files: tuple[str, ...],
    shape: Format,
    form: "InputFormat | None",
    model: str,
    profile: str | None,
    fail_on: str,
    full: bool,
) -> None:
    """Score the drafts in FILE (.txt, .md, .json, .jsonl, .csv; - reads standard input)."""
    tally = Tally()
    with _judging(profile, asks=model == "auto") as (coach, assessed):
        scored = _scored(files, form, assessed, tally)
        if shape == "text":
            _write_text(scored, coach, full=full)
        elif shape == "json":
            _write_json(scored, tally)
        else:
            _write_jsonl(scored)
    if tally.scored > 1 and (shape == "text" or sys.stderr.isatty()):
        click.echo(tally.summary(), err=shape != "text")
    if tally.unreadable:
        raise click.exceptions.Exit(UNREADABLE)
    if fail_on != "never" and tally.has(fail_on):
        raise click.exceptions.Exit(FOUND)


@contextmanager
def _judging(profile: str | None, *, asks: bool) -> "Iterator[tuple[Coach, Assess]]":
    """Yield the coach, and what takes items to assessments: by rules, and by a model if any."""
    from coach import wiring
    from coach.settings import read_settings

    settings = read_settings(os.environ)
    agreed = wiring.terms(settings) if asks else None
    if agreed is None:
        coach = wiring.coach(settings, profile)
        yield coach, partial(_by_rules, coach)
        return
    from coach.cli.asking import asker

    with asker(settings, profile) as asking:
        if sys.stderr.isatty():
            said = f"{agreed.model} at {agreed.host} reads along; --model off does without."
            click.secho(said, dim=True, err=True)
        yield asking.coach, asking.assessed


def _by_rules(coach: "Coach", items: "Iterator[Item]") -> "Iterator[Assessed]":
    for item in items:
        yield item, None if isinstance(item.draft, BadInput) else coach.assess(item.draft)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed by the `with` below
    except OSError as error:
        raise BadInput(Problem("", f"can't be read: {error.strerror}")) from error
    with stream:
        yield stream


class Tally:
    """What a run over many drafts came to."""

    def __init__(self) -> None:
        self.scored = 0
        self.unreadable = 0
        self.bands: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.criteria: Counter[str] = Counter()

    def add(self, assessment: "Assessment") -> None:
        self.scored += 1
        self.bands[assessment.overall.band or "not judged"] += 1
        for finding in assessment.findings:
            self.severities[finding.severity] += 1
            if finding.severity != "hint":
                self.criteria[finding.criterion] += 1

    def refuse(self, item: "Item") -> None:
        """Tell what keeps a draft, or a whole file, from being read."""
        self.unreadable += 1
        for line in item.told():
            click.secho(line, fg="red", err=True)

    def has(self, severity: str) -> bool:
        """Say whether anything as grave as `severity` was found."""
        graver = ("error",) if severity == "error" else ("error", "warning")
        return any(self.severities[each] for each in graver)

    def summary(self) -> str:
        """Return the run in three lines. It counts drafts and findings, and ranks nobody."""
        bands = ", ".join(f"{count} {band}" for band, count in self.bands.most_common())
        found = ", ".join(f"{name} {count}" for name, count in self.criteria.most_common(5))
        lines = [f"{self.scored} drafts: {bands}."]
        if found:
            lines.append(f"Found most often: {found}.")
        if self.unreadable:
            lines.append(f"{self.unreadable} could not be read; each is told above.")
        return "\n".join(lines)


def _scored(
    files: tuple[str, ...], form: "InputFormat | None", assessed: "Assess", tally: Tally
) -> Iterator[tuple[str, "Assessment"]]:
    """Yield each draft's place and assessment; what can't be read is told on standard error."""
    from coach.intake import Intake, Item

    for file in files:
        if file == "-" and sys.stdin.isatty():
            click.echo("Reading a draft from the terminal; end it with Ctrl-D.", err=True)
        name = "stdin" if file == "-" else file
        try:
            with opened(file) as stream:
                intake = Intake(stream, name, form)
                for item, assessment in assessed(_with_progress(intake)):
                    if assessment is None:
                        tally.refuse(item)
                        continue
                    tally.add(assessment)
                    yield item.place, assessment
                _tell_notes(intake)
        except BadInput as error:
            tally.refuse(Item(name, error))


def _tell_notes(intake: "Intake") -> None:
    for note in intake.notes[:_NOTES_TOLD]:
        click.secho(note, dim=True, err=True)
    if (more := len(intake.notes) - _NOTES_TOLD) > 0:
        click.secho(f"{intake.name}: {more} more lines are left out", dim=True, err=True)


def _write_text(scored: Iterator[tuple[str, "Assessment"]], coach: "Coach", *, full: bool) -> None:
    from coach.report import report

    columns = width()
    for place, assessment in scored:
        click.echo(report(assessment, coach, place, width=columns, full=full))


def _write_json(scored: Iterator[tuple[str, "Assessment"]], tally: Tally) -> None:
    """One object for one draft, else an array, written as it comes."""
    import msgspec

    def pretty(assessment: "Assessment") -> bytes:
        return msgspec.json.format(msgspec.json.encode(assessment), indent=2)

    out = sys.stdout.buffer
    first, second = next(scored, None), next(scored, None)
    if first and second is None and not tally.unreadable:
        out.write(pretty(first[1]) + b"\n")
        return
    separator = b"[\n"
    for _, assessment in chain(filter(None, (first, second)), scored):
        out.write(separator + pretty(assessment))
        separator = b",\n"
    out.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def _write_jsonl(scored: Iterator[tuple[str, "Assessment"]]) -> None:
    import msgspec

    encode = msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    for _, assessment in scored:
        out.write(encode(assessment) + b"\n")


_NOTES_TOLD = 10
_PROGRESS_AFTER = 20
_PROGRESS_EVERY = 0.1


def _with_progress(intake: "Intake") -> Iterator["Item"]:
    """Show how far it is on standard error, where that is a terminal and standard output isn't."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from intake
        return
    with click.progressbar(length=1000, label="Scoring", file=sys.stderr) as bar:
        shown, due = 0, 0.0
        for count, item in enumerate(intake):
            reached = round((intake.done or 0) * 1000)
            if count > _PROGRESS_AFTER and time.monotonic() >= due:
                bar.update(reached - shown)
                shown, due = reached, time.monotonic() + _PROGRESS_EVERY
            yield item
        bar.update(1000 - shown)
