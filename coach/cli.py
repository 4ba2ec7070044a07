"""The command line: `coach score`, `explain`, `serve` and `doctor`.

What only one command needs is imported inside it, so that `coach score` starts at once.
"""

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NoReturn

import click

from coach import __version__
from coach.errors import BadInput, CoachError, Problem

if TYPE_CHECKING:
    from coach.assessment import Assessment
    from coach.intake import Format as InputFormat
    from coach.intake import Intake, Item
    from coach.service import Coach

Format = Literal["text", "json", "jsonl"]

UNREADABLE = 2
MISCONFIGURED = 3
FOUND = 1
_INTERRUPTED = 130

_EXITS = """
Exit codes: 0 done; 1 findings as grave as --fail-on names; 2 something could not be read as a
draft (the others were scored), or the command itself; 3 a setting, a file of the operator's or
the database is off; 130 interrupted.
"""


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        code = cli.main(standalone_mode=False, color=_colour())
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.Abort:
        code = _INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except CoachError as error:
        code = _fail(str(error), UNREADABLE if isinstance(error, BadInput) else MISCONFIGURED)
    sys.exit(code or 0)


def _fail(said: str, code: int) -> int:
    click.secho(said, fg="red", err=True, color=_colour())
    return code


def _colour() -> bool | None:
    """Return whether to colour what is shown; None leaves it to whether a terminal shows it."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _width() -> int:
    """Return the columns to fill: a terminal's, within what is good to read."""
    from coach.report import WIDTH

    return max(64, min(shutil.get_terminal_size().columns, 120)) if sys.stdout.isatty() else WIDTH


class _Group(click.Group):
    """Commands that end quietly when whoever reads their output is gone."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would complain at exit about what it can't write any more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None
        return done


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXITS)
@click.version_option(__version__, prog_name="coach")
def cli() -> None:
    """A coach for people who write OKRs: scores, the words they rest on, questions, rewrites."""


# --- coach score ----------------------------------------------------------------------------


@cli.command(epilog=_EXITS)
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
@click.option(
    "--model",
    type=click.Choice(["auto", "off"]),
    default="auto",
    show_default=True,
    help="auto: ask the language model that is set up, if any; off: rules alone.",
)
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
    del model  # rules alone judge: no language model can be set up yet
    from coach import wiring
    from coach.settings import read_settings

    coach = wiring.coach(read_settings(os.environ), profile)
    tally = Tally()
    scored = _scored(files, form, coach, tally)
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
def _opened(file: str) -> Iterator[BinaryIO]:
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
    files: tuple[str, ...], form: "InputFormat | None", coach: "Coach", tally: Tally
) -> Iterator[tuple[str, "Assessment"]]:
    """Yield each draft's place and assessment; what can't be read is told on standard error."""
    from coach.intake import Intake, Item

    for file in files:
        if file == "-" and sys.stdin.isatty():
            click.echo("Reading a draft from the terminal; end it with Ctrl-D.", err=True)
        name = "stdin" if file == "-" else file
        try:
            with _opened(file) as stream:
                intake = Intake(stream, name, form)
                for item in _with_progress(intake):
                    if isinstance(item.draft, BadInput):
                        tally.refuse(item)
                        continue
                    assessment = coach.assess(item.draft)
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

    width = _width()
    for place, assessment in scored:
        click.echo(report(assessment, coach, place, width=width, full=full))


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


# --- coach explain --------------------------------------------------------------------------


@cli.command()
@click.argument("id", required=False)
def explain(id: str | None) -> None:
    """Explain the criterion ID, or list them all and how a score is made."""
    from coach import report
    from coach.rubrics import CRITERIA
    from coach.strict_toml import nearest

    if id is None:
        click.echo(report.catalogue(width=_width()))
        click.echo(f"\n{_HOW_SCORED}\nOne of them in full: coach explain no-target")
        return
    criterion = CRITERIA.get(id.strip().lower().replace("_", "-"))
    if criterion is None:
        way_out = nearest(id, CRITERIA) or "All of them: coach explain"
        raise click.UsageError(f"there is no criterion “{id}”; {way_out}")
    click.echo(report.explain(criterion, width=_width()))


_HOW_SCORED = """\
A rubric starts at 100. Each warning or error takes its criterion's points, a hint none; an error
also caps the rubric. Weak is below 50, fair below 80, strong from 80. What could not be judged is
said, neither earned nor lost. The overall score is the mean of the rubrics that have one."""


# --- coach eval -----------------------------------------------------------------------------


@cli.command("eval")
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True),
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@click.option("--profile", help="Judge by this profile: its name, or a file of your own.")
def evaluate(files: tuple[str, ...], shape: str, profile: str | None) -> None:
    """Measure how the rules judge the labelled drafts in FILE: pairs, criteria, baselines."""
    import msgspec

    from coach import evaluation, wiring
    from coach.settings import read_settings

    coach = wiring.coach(read_settings(os.environ), profile)
    with ExitStack() as opened:
        lines = chain.from_iterable(opened.enter_context(_opened(file)) for file in files)
        card = evaluation.evaluate(lines, coach)
    if shape == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(card), indent=2).decode())
    else:
        click.echo(evaluation.as_text(card) if shape == "text" else evaluation.as_markdown(card))


# --- coach serve ----------------------------------------------------------------------------


@cli.command()
@click.option("--host", help="The address to listen on.  [default: COACH_HOST, else 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port.  [default: COACH_PORT, else 8000]"
)
def serve(host: str | None, port: int | None) -> None:
    """Serve the web pages and the API until interrupted."""
    import msgspec

    from coach import server
    from coach.settings import read_settings

    settings = read_settings(os.environ)
    settings = msgspec.structs.replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    server.serve(settings, say=click.echo)


# --- coach doctor ---------------------------------------------------------------------------


@cli.command()
def doctor() -> None:
    """Say what is configured, and what is off about it. Exits with 1 where something is."""
    from coach.doctor import examine

    sound = True
    for line in examine(os.environ):
        sound = sound and line.sound
        mark = click.style("ok ", fg="green") if line.sound else click.style("off", fg="red")
        first, *more = line.said.splitlines()
        click.echo(f"{mark}  {first}")
        for each in more:
            click.echo(f"     {each}")
    if not sound:
        raise click.exceptions.Exit(FOUND)
