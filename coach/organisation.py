"""What an organisation tells the coach about itself: purpose, priorities, words, profile."""

import msgspec


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The organisation that drafts are read in. Everything is optional.

    `acronyms` are accepted as they stand; `glossary` maps a term to its meaning and accepts the
    term too. `profile` names one of `coach.rubrics.profile.profiles()` or a file beside this one.
    """

    name: str | None = None
    purpose: str | None = None
    priorities: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    glossary: dict[str, str] = {}
    profile: str = "default"
