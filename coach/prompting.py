"""Prompts are files: Jinja Markdown with a `# System` and a `# User` part, and a revision each.

The system part is the same for every draft, so that providers can cache it; the user part holds
the one draft, last, between markers that can't occur in it. What people wrote is a value and
never a template, and nothing is escaped: a model reads `R&D` as it was written.
"""

import hashlib
import hmac
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

_PARTS = re.compile(r"\A# System\n(?P<system>.*?)^# User\n(?P<user>.*)\Z", re.DOTALL | re.MULTILINE)


class Revision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One state of a prompt: its number, the digest of its file, and why it was changed."""

    number: int
    digest: str
    why: str


class Rendered(NamedTuple):
    """What a model is sent."""

    system: str
    user: str


class Prompt:
    """One file of the prompts' folder, compiled. Make it by `load_prompt`."""

    def __init__(self, name: str, text: str) -> None:
        parts = _PARTS.match(text)
        if parts is None:
            raise ValueError(f"the prompt {name} has no “# System” followed by a “# User”")
        self.name = name
        self._system: Template = _environment().from_string(parts["system"])
        self._user: Template = _environment().from_string(parts["user"])

    def render(self, *, always: Mapping[str, object], draft: Mapping[str, object]) -> Rendered:
        """Return both parts: the system's from `always` alone, the user's from all values.

        A value that a part names and nobody gave raises `jinja2.UndefinedError`.
        """
        system = self._system.render(always)
        return Rendered(system.strip(), self._user.render({**always, **draft}).strip())


@cache
def load_prompt(name: str) -> Prompt:
    """Return the prompt of that name."""
    return Prompt(name, (_folder() / f"{name}.md").read_text("utf-8"))


@cache
def revisions() -> dict[str, str]:
    """Return the number in force of every prompt, by its name."""
    return {name: str(told[-1].number) for name, told in history().items()}


@cache
def history() -> dict[str, list[Revision]]:
    """Return every revision of every prompt, oldest first."""
    kept = tomllib.loads((_folder() / "revisions.toml").read_text("utf-8"))
    return msgspec.convert(kept, dict[str, list[Revision]])


def digest_of(name: str) -> str:
    """Return what a prompt's file is known by."""
    return hashlib.sha256((_folder() / f"{name}.md").read_bytes()).hexdigest()[:16]


def fence(text: str, secret: bytes) -> str:
    """Return a marker to put around `text` that can't occur in it, nor be foretold.

    The same text and secret get the same marker, so that equal drafts make equal requests.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    count = 0
    while True:
        said = b"%d\0%b" % (count, text.encode())
        marker = f"draft-{hmac.new(secret, said, hashlib.sha256).hexdigest()[:16]}"
        if marker not in folded and marker not in text:
            return marker
        count += 1


def _folder() -> Path:
    """Return where the prompts are: within a wheel's package, beside it in a checkout."""
    packed = Path(__file__).parent / "_prompts"
    return packed if packed.is_dir() else Path(__file__).parents[1] / "prompts"


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
