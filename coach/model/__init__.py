"""The one seam to a language model: text in, text out. Knows no OKR.

A model is anything with a `name` and an `ask`: the endpoint that the operator set up, a scripted
one in tests, or a wrapper that adds patience or memory. Whatever goes wrong arrives as a
`ModelFailure` with one `Fault` of the table in `coach.model.faults`.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import msgspec


class Request(msgspec.Struct, frozen=True):
    """One question.

    `name` says in a word what is asked for ("judge"). `system` is the same for every draft, so that
    a provider can cache it; `user` holds the draft. `schema` is the JSON schema that the answer
    keeps to, `None` where any text will do. `most_tokens` bounds the answer.

    With `yes_or_no` the answer is a single token, and the reply says how likely "yes" is.
    """

    name: str
    system: str
    user: str
    schema: dict[str, Any] | None = None
    most_tokens: int = 1200
    yes_or_no: bool = False


class Reply(msgspec.Struct, frozen=True):
    """An answer: its text, the model that gave it, and what it used (0 where not told).

    `cached_tokens` are those of `input_tokens` that the provider had at hand. `yes` is the
    probability of "yes" among "yes" and "no", and `None` unless the request asked for it.
    """

    text: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    yes: float | None = None


# Reads an answer's text and says what is off in it, or `None`. What it says goes back to the model
# and into the ledger, so it names places ("$.answers[2].quote is missing") and repeats no text.
Check: TypeAlias = Callable[[str], str | None]


class Model(Protocol):
    """What a language model is to the coach."""

    @property
    def name(self) -> str:
        """The model's name, as assessments show it."""
        ...

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        """Answer one request, with an answer in which `check` finds nothing off.

        A scripted model may leave `check` to the caller, who reads the answer anyway. Raises
        ModelFailure; may be cancelled at any time.
        """
        ...
