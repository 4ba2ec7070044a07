"""Who may import whom, and the other habits of the house that a machine can hold us to."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent

WORDS = "errors okr assessment profile organisation spending tone"
JUDGEMENT = "reading rubrics scoring rewriting"
DOORS = "web cli report server doctor trial"


class Row(NamedTuple):
    """One line of the picture: modules and packages of `coach`, and what they may not import.

    `part` opens with "all but" where it names the exceptions. Imports inside functions count.
    """

    part: str
    may_not_import: str
    why: str


PICTURE = (
    Row(
        WORDS,
        f"{JUDGEMENT} service store wiring settings {DOORS}",
        "the words everybody uses stand on nothing but each other",
    ),
    Row(
        "reading",
        f"rubrics scoring rewriting service store wiring settings {DOORS}",
        "what a text says is settled before anyone judges it",
    ),
    Row(
        "rubrics",
        f"scoring rewriting service store wiring settings {DOORS}",
        "a criterion finds words; what they cost is a profile's business",
    ),
    Row(
        "scoring",
        f"rewriting service store wiring settings {DOORS}",
        "a score is a sum over findings",
    ),
    Row(
        "rewriting",
        f"service store wiring settings {DOORS}",
        "a rewrite is scored by the same rules, which it is handed",
    ),
    Row(
        f"{WORDS} {JUDGEMENT} service",
        "asyncio random secrets socket sqlite3 subprocess threading time urllib http "
        "aiosqlite sqlalchemy litestar uvicorn jinja2 structlog click platformdirs",
        "judgement does no I/O and draws no lots: the same draft gets the same answer",
    ),
    Row(
        "intake decoding draft_json strict_toml",
        f"rubrics scoring rewriting service evaluation store wiring settings {DOORS}",
        "files become drafts before anybody thinks anything of them",
    ),
    Row(
        "model",
        f"okr assessment profile organisation {JUDGEMENT} service intake store wiring settings "
        f"{DOORS}",
        "a language model carries text, and knows nothing of what is in it",
    ),
    Row(WORDS, "model", "the words everybody uses stand on nothing but each other"),
    Row(
        "privacy",
        f"rubrics scoring rewriting model service store wiring settings {DOORS}",
        "what is private is put aside before anybody is asked",
    ),
    Row("all but model", "openai httpx2", "one package speaks with the endpoint"),
    Row(
        "all but cli evaluation",
        "evaluation",
        "the product judges drafts without knowing how well it does",
    ),
    Row(
        "service ports",
        f"store wiring settings {DOORS}",
        "the coach says what it needs of the world, and is handed it",
    ),
    Row(
        "judge",
        f"scoring rewriting service stages store wiring settings {DOORS}",
        "a model says what it finds; what that costs is a sum of ours",
    ),
    Row(
        "stages",
        f"service store wiring settings {DOORS}",
        "what a model adds is handed the draft and the rules' result",
    ),
    Row(
        f"{WORDS} reading rubrics scoring",
        "judge stages prompting privacy",
        "rules judge as they do without a model, whoever is asked besides",
    ),
    Row(
        "connections",
        f"scoring rewriting model service store wiring settings {DOORS}",
        "what ties a draft together is read off it and its findings",
    ),
    Row(
        "charter",
        f"{JUDGEMENT} model store wiring settings {DOORS}",
        "whoever follows the organisation file is handed how a coach is made of it",
    ),
    Row(
        "prompting",
        f"okr assessment {JUDGEMENT} service store wiring settings {DOORS}",
        "a prompt is text with places to fill; what fills them is not its business",
    ),
    Row(
        "store",
        f"{JUDGEMENT} service wiring settings {DOORS}",
        "keeping assessments takes no judgement",
    ),
    Row(
        "batch",
        f"store wiring settings {DOORS}",
        "a batch is read, scored and written out by whoever keeps it and at whatever door",
    ),
    Row("all but batch", "python_calamine xlsxwriter", "one package knows workbooks"),
    Row("all but store wiring", "store", "doors reach the store by what wiring hands them"),
    Row(f"all but wiring {DOORS}", "settings", "what is set is handed on, not looked up"),
    Row(f"all but wiring {DOORS}", "web", "nothing but a door stands on a door"),
    Row("all but cli", "cli", "nothing stands on the command line"),
    Row(
        "view diff",
        f"store wiring settings {DOORS}",
        "what people are shown is worked out once, for pages and the terminal",
    ),
    Row("web", "cli report server doctor trial", "pages and API run under any server"),
    Row("all but store", "sqlalchemy aiosqlite sqlite3", "one package knows the database"),
    Row(
        "all but wiring web server",
        "litestar uvicorn",
        "one package knows HTTP, one module runs it",
    ),
    Row("all but embeddings", "wordllama", "one module knows the embeddings"),
    Row(
        "all but wiring service embeddings",
        "embeddings",
        "what embeddings tell reaches the rules as a plain number",
    ),
    Row("all but web prompting", "jinja2", "pages are the web's, prompts have one loader"),
    Row("all but cli report", "click", "the command line alone knows the terminal"),
)

# The only places that catch whatever comes, and what they do with it.
LAST_DOORS = {
    "coach.batch.apart": "ends the process whose answers nobody will read, and passes it on",
    "coach.batch.child": "tells where a draft broke, without a word of it",
    "coach.batch.runner": "counts it as an attempt at the row, and tells the log",
    "coach.store.writer": "hands it to everyone whose row was in the group",
    "coach.web.edge": "logs it, and answers that something unforeseen happened",
}


class Module(NamedTuple):
    """A file of the project, by its dotted name."""

    name: str
    source: str


def test_nobody_imports_what_the_picture_forbids():
    breaches = [said for row in PICTURE for said in _breaches(row, _modules("coach"))]
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize("row", PICTURE, ids=lambda row: f"{row.part} x {row.may_not_import}"[:60])
def test_each_row_of_the_picture_can_fail(row: Row):
    part = row.part.split()
    inside = "coach.somewhere_else" if part[:2] == ["all", "but"] else f"coach.{part[-1]}.inner"
    for name in row.may_not_import.split():
        for line in _ways_to_import(name):
            module = Module(inside, f"def lazily():\n    {line}\n")
            assert list(_breaches(row, [module])), f"{line} in {inside}"


def test_the_picture_names_only_what_is_there():
    there = {name for module in _modules("coach") for name in _prefixes(module.name)}
    named = {name for row in PICTURE for name in _named(row.part)}
    gone = {name for name in named if f"coach.{name}" not in there}
    assert not gone


def test_no_module_is_named_after_nothing():
    empty = {"utils", "util", "helpers", "helper", "core", "common", "misc", "managers", "manager"}
    named = {part for module in _all_modules() for part in module.name.split(".")}
    assert not named & empty


def test_every_file_opens_with_what_it_promises():
    silent = [m.name for m in _all_modules() if not ast.get_docstring(ast.parse(m.source))]
    assert not silent


def test_every_exemption_names_its_rule_and_its_reason():
    bare = [
        f"{module.name}: {line.strip()}"
        for module in _all_modules()
        for line in module.source.splitlines()
        if EXEMPTION.search(line) and not REASONED.search(line)
    ]
    assert not bare, "\n".join(bare)


EXEMPTION = re.compile("# (?:type: ignore|noqa)")
REASONED = re.compile(r"# (?:type: ignore\[[\w, -]+\]|noqa: [A-Z]+\d+(?:, *[A-Z]+\d+)*)\W+\w")


@pytest.mark.parametrize("comment", ["type: ignore", "type: ignore[arg-type]", "noqa: S603"])
def test_a_bare_exemption_is_seen(comment: str):
    assert EXEMPTION.search(f"x()  # {comment}")
    assert not REASONED.search(f"x()  # {comment}")


@pytest.mark.parametrize(
    "comment", ["type: ignore[arg-type]  # the stub is behind", "noqa: S603 - ours"]
)
def test_a_reasoned_exemption_passes(comment: str):
    assert REASONED.search(f"x()  # {comment}")


def test_only_a_last_door_catches_everything():
    catching = {module.name for module in _modules("coach") if _catches_everything(module.source)}
    assert catching == LAST_DOORS.keys()


@pytest.mark.parametrize(
    "handler", ["except:", "except Exception:", "except (OSError, BaseException) as e:"]
)
def test_catching_everything_is_seen(handler: str):
    assert _catches_everything(f"try:\n    pass\n{handler}\n    pass\n")
    assert not _catches_everything("try:\n    pass\nexcept OSError:\n    pass\n")


def test_templates_trust_no_text():
    unescaped = re.compile(r"\|\s*safe\b|autoescape\s+false")
    trusting = [
        path.name
        for path in (CHECKOUT / "coach").rglob("templates/*")
        if unescaped.search(path.read_text("utf-8"))
    ]
    assert not trusting
    assert unescaped.search("{{ quote |safe }}")


def _breaches(row: Row, modules: list[Module]) -> Iterator[str]:
    forbidden = {f"coach.{name}" for name in row.may_not_import.split()}
    forbidden |= set(row.may_not_import.split())
    for module in modules:
        if _is_of(module.name, row.part):
            for imported in sorted(_imports(module) & forbidden):
                yield f"{module.name} imports {imported}, but {row.why}"


def _is_of(module: str, part: str) -> bool:
    named = {f"coach.{name}" for name in _named(part)}
    among = not named.isdisjoint(_prefixes(module))
    return not among if part.startswith("all but ") else among


def _named(part: str) -> list[str]:
    return part.removeprefix("all but ").split()


@cache
def _imports(module: Module) -> set[str]:
    """Return every module that this one imports, anywhere in it, and the packages around it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module.name}: imports are absolute here"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {prefix for name in found for prefix in _prefixes(name)}


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _ways_to_import(name: str) -> Iterator[str]:
    if (CHECKOUT / "coach" / name).exists() or (CHECKOUT / "coach" / f"{name}.py").exists():
        yield f"from coach import {name}"
        yield f"import coach.{name}"
        yield f"from coach.{name} import anything"
    else:
        yield f"import {name}"
        yield f"from {name}.inner import anything"


def _catches_everything(source: str) -> bool:
    handlers = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ExceptHandler))
    return any(
        handler.type is None
        or {"Exception", "BaseException"}
        & {n.id for n in ast.walk(handler.type) if isinstance(n, ast.Name)}
        for handler in handlers
    )


def _all_modules() -> list[Module]:
    return [
        module
        for folder in ("coach", "tests", "bench", "docs", "local_model", "prove")
        for module in _modules(folder)
    ]


def _modules(folder: str) -> list[Module]:
    return [
        Module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts), path.read_text("utf-8"))
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
    ]
