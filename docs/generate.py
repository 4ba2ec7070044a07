"""Writes what the docs take from the code; with `--check`, tells what is behind.

That is whole pages, and the run of the command that README.md shows.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from coach.assessment import RUBRICS
from coach.cli import cli
from coach.rubrics import CRITERIA
from coach.rubrics.criterion import Criterion, Example
from coach.settings import catalogue

CHECKOUT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Write what is behind, or with `--check` return 1 where something is."""
    made = {name: make() for name, make in MADE.items()}
    behind = {name: text for name, text in made.items() if _kept(name) != text}
    if "--check" in arguments:
        for name in behind:
            print(f"{name} is not what the code says: run `make docs`", file=sys.stderr)
        return 1 if behind else 0
    for name, text in behind.items():
        (CHECKOUT / name).write_text(text, "utf-8")
    return 0


def _kept(name: str) -> str | None:
    path = CHECKOUT / name
    return path.read_text("utf-8") if path.exists() else None


def _page(lines: Callable[[], Iterator[str]]) -> str:
    note = "<!-- Made from the code by `make docs`; change it there. -->"
    return "\n".join([note, "", *lines(), ""])


RUN = "docs/example.md"
OPENS = f"    $ coach score {RUN}\n"
CLOSES = "\n<!-- That run is made by `make docs`. -->"


def _readme() -> str:
    """Return README.md with today's run of the command in it."""
    before, _, rest = (CHECKOUT / "README.md").read_text("utf-8").partition(OPENS)
    _, _, after = rest.partition(CLOSES)
    shown = "\n".join(f"    {line}".rstrip() for line in _excerpt(_run()))
    return f"{before}{OPENS}{shown}{CLOSES}{after}"


def _run() -> list[str]:
    with tempfile.TemporaryDirectory() as nothing_kept:
        ran = subprocess.run(
            [Path(sys.executable).with_name("coach"), "score", RUN],
            cwd=CHECKOUT,
            env=os.environ | {"COACH_DATA_DIR": nothing_kept},
            check=True,
            stdout=subprocess.PIPE,
        )
    return ran.stdout.decode().splitlines()


def _excerpt(lines: list[str]) -> list[str]:
    """Return a report with the first of its rewrites alone."""
    offers = [at for at, line in enumerate(lines) if line.startswith("  Another wording")]
    close = next(at for at, line in enumerate(lines) if line.startswith("  Or keep yours"))
    return [*lines[: offers[1]], "  …", "", *lines[close:]]


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield "Every setting is an environment variable, and every one has a default that works. A name"
    yield "that starts with `COACH_` and isn't in this table is an error, so that a misspelt one is"
    yield "noticed. `coach doctor` shows what is in force, and of a key that there is one."
    yield ""
    yield "| variable | default | what it means |"
    yield "|---|---|---|"
    for setting in catalogue():
        yield f"| `{setting.variable}` | {setting.default} | {setting.meaning} |"


def _command_line() -> Iterator[str]:
    yield "# The command line"
    for name, command in [("", cli), *sorted(cli.commands.items())]:
        called = f"coach {name}".strip()
        yield ""
        if name:
            yield f"## {called}"
            yield ""
        context = click.Context(
            command, info_name=called, terminal_width=96, **cli.context_settings
        )
        yield "```text"
        yield command.get_help(context)
        yield "```"


def _criteria() -> Iterator[str]:
    yield "# The criteria"
    yield ""
    yield f"{len(CRITERIA)} questions, by rubric. An **error** caps its rubric, a **warning** costs"
    yield "its weight, a **hint** costs nothing. Words that an example is flagged for stand «so»."
    yield "Those that say “by model” are judged where a language model is set up; what it finds can"
    yield "only lower a score."
    for rubric in RUBRICS:
        yield ""
        yield f"## {rubric.capitalize()}"
        for one in CRITERIA.values():
            if one.rubric == rubric:
                yield from _criterion(one)


def _criterion(one: Criterion) -> Iterator[str]:
    weight = "" if one.severity == "hint" else f", weight {one.weight:g}"
    yield ""
    yield f"### {one.id}"
    yield ""
    by = "; by model" if one.by == "model" else ""
    yield f"{one.severity.capitalize()}{weight}; looks at {_LOOKS_AT[one.about]}{by}."
    yield ""
    yield f"> {one.message.replace('{quote}', '…')}"
    yield f"> **{one.question.replace('{quote}', '…')}**"
    yield ""
    yield f"Why: {one.why} Try: {one.hint} Source: {one.source}."
    yield ""
    if one.asked:
        yield f"The model is asked: {one.asked}"
        yield ""
    yield from (f"- flags {_shown(example)}" for example in one.flags)
    yield from (f"- passes {_shown(example)}" for example in one.passes)


_LOOKS_AT = {
    "objective": "the objective",
    "kr": "each key result",
    "line": "each line",
    "why": "the why",
    "draft": "the draft as a whole",
}


def _shown(example: Example) -> str:
    parts = [("objective", "objective", example.draft.objective)]
    parts += [
        ("key result", f"kr{number}", text)
        for number, text in enumerate(example.draft.sentences, 1)
    ]
    context = example.draft.context
    parts += [(name, name, getattr(context, name)) for name in context.__struct_fields__]
    return " · ".join(
        f"{label} “{_marked(text, example) if line == example.line else text}”"
        for label, line, text in parts
        if text
    )


def _marked(text: str, example: Example) -> str:
    if example.span is None:
        return text
    start, end = example.span.start, example.span.end
    return f"{text[:start]}«{text[start:end]}»{text[end:]}"


MADE: dict[str, Callable[[], str]] = {
    "README.md": _readme,
    "docs/command-line.md": lambda: _page(_command_line),
    "docs/criteria.md": lambda: _page(_criteria),
    "docs/settings.md": lambda: _page(_settings),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
