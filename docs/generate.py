"""Writes the pages of docs/ that are made from the code; with `--check`, tells which are behind."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from coach.assessment import RUBRICS
from coach.cli import cli
from coach.rubrics import CRITERIA
from coach.rubrics.criterion import Criterion, Example
from coach.settings import catalogue

DOCS = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Write every page, or return 1 where one of them isn't what the code says."""
    behind = [name for name in PAGES if _kept(name) != page(name)]
    if "--check" in arguments:
        for name in behind:
            print(f"docs/{name} is not what the code says: run `make docs`", file=sys.stderr)
        return 1 if behind else 0
    for name in behind:
        (DOCS / name).write_text(page(name), "utf-8")
    return 0


def page(name: str) -> str:
    """Return a page as the code has it today."""
    note = "<!-- Made from the code by `make docs`; change it there. -->"
    return "\n".join([note, "", *PAGES[name](), ""])


def _kept(name: str) -> str | None:
    path = DOCS / name
    return path.read_text("utf-8") if path.exists() else None


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield "Every setting is an environment variable, and every one has a default that works. A name"
    yield "that starts with `COACH_` and isn't in this table is an error, so that a misspelt one is"
    yield "noticed. `coach doctor` shows what is in force."
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
    yield f"{one.severity.capitalize()}{weight}; looks at {_LOOKS_AT[one.about]}."
    yield ""
    yield f"> {one.message.replace('{quote}', '…')}"
    yield f"> **{one.question.replace('{quote}', '…')}**"
    yield ""
    yield f"Why: {one.why} Try: {one.hint} Source: {one.source}."
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


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "command-line.md": _command_line,
    "criteria.md": _criteria,
    "settings.md": _settings,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
