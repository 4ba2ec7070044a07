"""Drafts to put strings into: the examples of the criteria, sound and flawed alike."""

from functools import cache
from random import Random

from msgspec.structs import replace

from coach.okr import Draft
from coach.rubrics import CRITERIA

PLACES = (
    "behind the objective",
    "before the objective",
    "behind a key result",
    "a key result more",
    "as the why",
)


@cache
def drafts() -> tuple[Draft, ...]:
    """Return every example that has an objective and a key result."""
    return tuple(
        example.draft
        for declared in CRITERIA.values()
        for example in (*declared.flags, *declared.passes)
        if example.draft.objective and example.draft.key_results
    )


def with_text(draft: Draft, text: str, place: str) -> Draft:
    """Return a draft with a text put where `place` says."""
    if place == "behind the objective":
        return replace(draft, objective=f"{draft.objective}. {text}")
    if place == "before the objective":
        return replace(draft, objective=f"{text} {draft.objective}")
    if place == "as the why":
        why = f"{draft.context.why}. {text}" if draft.context.why else text
        return replace(draft, context=replace(draft.context, why=why))
    first, *others = draft.sentences
    if place == "a key result more":
        return replace(draft, key_results=(first, *others, text))
    return replace(draft, key_results=(f"{first}. {text}", *others))


def drawn(random: Random) -> tuple[Draft, str]:
    """Return a draft and a place in it."""
    return random.choice(drafts()), random.choice(PLACES)
