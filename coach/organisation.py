"""What an organisation tells the coach about itself: purpose, priorities, words, profile."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from coach.okr import LINE_LIMIT

if TYPE_CHECKING:
    from coach.strict_toml import Complaint


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The organisation that drafts are read in. Everything is optional.

    `acronyms` are accepted as they stand; `glossary` maps a term to its meaning and accepts the
    term too. `profile` names one of the profiles that come with the coach, or a file beside this
    one. `model` is off where no language model is to read this organisation's drafts, whatever
    is set up.
    """

    name: str | None = None
    purpose: str | None = None
    priorities: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    glossary: dict[str, str] = {}
    profile: str = "default"
    model: Literal["on", "off"] = "on"


def read_organisation(path: Path) -> Organisation:
    """Return what the organisation file says.

    Raises BadConfiguration, pointing at line and column, for everything that is off in it.
    """
    from coach.strict_toml import read_toml  # most drafts are read without such a file

    return read_toml(path, Organisation, complaints)


def parse_organisation(text: str, name: str) -> Organisation:
    """Return what such a file would say; BadFile points at what is off, and calls it `name`."""
    from coach.strict_toml import parse_toml

    return parse_toml(text, Organisation, complaints, name=name)


def complaints(organisation: Organisation) -> "Iterator[Complaint]":
    """Yield what is off in an organisation that types can't say."""
    from coach.strict_toml import Complaint

    said: dict[tuple[str | int, ...], str | None] = {
        ("name",): organisation.name,
        ("purpose",): organisation.purpose,
        ("profile",): organisation.profile,
    }
    said |= {("priorities", at): text for at, text in enumerate(organisation.priorities)}
    said |= {("acronyms", at): text for at, text in enumerate(organisation.acronyms)}
    said |= {("glossary", term): text for term, text in organisation.glossary.items()}
    for key, text in said.items():
        if text is not None and not text.strip():
            yield Complaint(key, "there are no words in it", "fill it in, or take it out")
        elif text and len(text) > LINE_LIMIT:
            yield Complaint(key, f"{len(text):,} characters; at most {LINE_LIMIT:,} are read")
