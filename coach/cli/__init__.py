"""The command line: `coach score`, `batch`, `explain`, `eval`, `serve`, `usage` and `doctor`.

What only one command needs is imported inside it, so that `coach score` starts at once.
"""

import os
import sys
from contextlib import ExitStack
from itertools import chain
from typing import NoReturn

import click

from coach import __version__
from coach.cli.batch import batch
from coach.cli.score import opened, score
from coach.cli.terminal import (
    EXITS,
    FOUND,
    INTERRUPTED,
    MISCONFIGURED,
    UNREADABLE,
    colour,
    width,
)
from coach.cli.usage import usage
from coach.errors import BadInput, CoachError


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        code = cli.main(standalone_mode=False, color=colour())
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except CoachError as error:
        code = _fail(str(error), UNREADABLE if isinstance(error, BadInput) else MISCONFIGURED)
    sys.exit(code or 0)


def _fail(said: str, code: int) -> int:
    click.secho(said, fg="red", err=True, color=colour())
    return code


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


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXITS)
@click.version_option(__version__, prog_name="coach")
def cli() -> None:
    """A coach for people who write OKRs: scores, the words they rest on, questions, rewrites."""


cli.add_command(score)
cli.add_command(batch)
cli.add_command(usage)


# --- coach explain --------------------------------------------------------------------------


@cli.command()
@click.argument("id", required=False)
def explain(id: str | None) -> None:
    """Explain the criterion ID, or list them all and how a score is made."""
    from coach import report
    from coach.rubrics import CRITERIA
    from coach.strict_toml import nearest

    if id is None:
        click.echo(report.catalogue(width=width()))
        click.echo(f"\n{_HOW_SCORED}\nOne of them in full: coach explain no-target")
        return
    criterion = CRITERIA.get(id.strip().lower().replace("_", "-"))
    if criterion is None:
        way_out = nearest(id, CRITERIA) or "All of them: coach explain"
        raise click.UsageError(f"there is no criterion “{id}”; {way_out}")
    click.echo(report.explain(criterion, width=width()))


_HOW_SCORED = """\
A rubric starts at 100. Each warning or error takes its criterion's points, a hint none; an error
also caps the rubric. Weak is below 50, fair below 80, strong from 80. What could not be judged is
said, neither earned nor lost. What a language model finds, where one is set up, comes off last, and
it can raise nothing. The overall score is the mean of the rubrics that have one."""


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
    """Measure how the rules judge, and what they read, on the labelled rows in FILE."""
    import msgspec

    from coach import evaluation, wiring
    from coach.settings import read_settings

    coach = wiring.coach(read_settings(os.environ), profile)
    with ExitStack() as stack:
        rows = (evaluation.read_rows(stack.enter_context(opened(file)), file) for file in files)
        card = evaluation.evaluate(chain.from_iterable(rows), coach)
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
@click.option("--model", is_flag=True, help="Ask the language model two small, real questions.")
def doctor(model: bool) -> None:
    """Say what is configured, and what is off about it. Exits with 1 where something is."""
    from coach.doctor import examine

    sound = True
    for line in examine(os.environ, model=model):
        sound = sound and line.sound
        mark = click.style("ok ", fg="green") if line.sound else click.style("off", fg="red")
        first, *more = line.said.splitlines()
        click.echo(f"{mark}  {first}")
        for each in more:
            click.echo(f"     {each}")
    if not sound:
        raise click.exceptions.Exit(FOUND)
