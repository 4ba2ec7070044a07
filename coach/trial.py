"""Two small questions to the language model that is set up: what works, in sentences.

They are real, and go the way of all others: through the patient client, and into the ledger.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from coach import wiring
from coach.errors import CoachError
from coach.model import Model, Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.settings import Settings
from coach.spending import Terms, amount


class Line(NamedTuple):
    """One sentence about the set-up, and whether it is as it can stay."""

    sound: bool
    said: str


class _Ready(msgspec.Struct, forbid_unknown_fields=True):
    """What the first question is to be answered with."""

    ready: bool


_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
WRITTEN = Request(
    "doctor",
    "You answer in JSON.",
    'Say that you are ready: an object with "ready" set to true.',
    _SCHEMA,
    most_tokens=400,
)
YES_OR_NO = Request(
    "doctor",
    "You answer with one word, yes or no.",
    "Is two more than one?",
    most_tokens=1,
    yes_or_no=True,
)

WAYS_OUT: dict[Fault, str] = {
    Fault.BUSY: "Try again in a while, or lower COACH_MODEL_AT_ONCE.",
    Fault.LATER: "Try again when it says.",
    Fault.NO_QUOTA: "Raise the limit, or pay the bill, at the provider.",
    Fault.DOWN: "Look at the provider's status page, or at the log of your own endpoint.",
    Fault.CONFLICT: "Try again in a while.",
    Fault.TOO_LONG: "The model's context is very small; choose another in COACH_MODEL.",
    Fault.REJECTED: "Where it doesn't know max_tokens: COACH_MODEL_TOKEN_FIELD="
    "max_completion_tokens. Where it refuses the temperature: COACH_MODEL_TEMPERATURE=none. Where "
    "it doesn't know response_format: COACH_MODEL_SCHEMA=json_object, else none.",
    Fault.BAD_KEY: "Look at COACH_MODEL_KEY or COACH_MODEL_KEY_FILE, and at what the key may do.",
    Fault.NO_MODEL: "Look at COACH_MODEL, and whether COACH_MODEL_URL ends with /v1.",
    Fault.REDIRECTED: "Drafts follow no redirect: put the final address into COACH_MODEL_URL.",
    Fault.UNREACHABLE: "Look whether COACH_MODEL_URL is right, and something listens there.",
    Fault.UNTRUSTED: "Its certificate has to name the host of COACH_MODEL_URL and come from an "
    "authority this machine trusts; SSL_CERT_FILE names one of your own.",
    Fault.LOST: "Look at the log of the endpoint, or of a proxy before it.",
    Fault.TOO_SLOW: "Give it more time by COACH_MODEL_DEADLINE, or choose a faster model.",
    Fault.TOO_BIG: "That is no model's answer; look at what COACH_MODEL_URL leads to.",
    Fault.ENCODED: "Tell the proxy before the endpoint not to compress.",
    Fault.GARBLED: "Look at what COACH_MODEL_URL leads to.",
    Fault.UNREADABLE: "Look whether the endpoint speaks OpenAI's chat completions.",
    Fault.NOT_AN_API: "COACH_MODEL_URL leads to a web page; the API usually ends with /v1.",
    Fault.CUT_SHORT: "The model talks or thinks for too long; choose another, or one that thinks "
    "less.",
    Fault.OFF_SCHEMA: "Try COACH_MODEL_SCHEMA=json_object, then none; small models keep to none.",
    Fault.DECLINED: "Its filter refuses a harmless question; look at the provider's settings.",
    Fault.PAUSED: "Try again in a minute.",
    Fault.OVERLOADED: "Try again when fewer drafts wait.",
    Fault.OVER_BUDGET: "Raise COACH_MODEL_BUDGET, or wait until tomorrow (UTC).",
    Fault.UNRECORDED: "Look at the database: nothing is asked that can't be written down.",
    Fault.WITHDRAWN: "Try again.",
    Fault.ABANDONED: "Try again.",
}


def try_model(settings: Settings, terms: Terms) -> Iterator[Line]:
    """Yield what two small questions to the model brought."""
    try:
        yield from asyncio.run(_try(settings, terms))
    except CoachError as error:
        yield Line(False, str(error))


async def _try(settings: Settings, terms: Terms) -> list[Line]:
    database = wiring.store(settings)
    await database.open()
    try:
        asked = wiring.asking(settings, terms, database)
        async with asked.ready():
            lines = await _ask_in_writing(asked.forgetful, settings, terms)
            if all(line.sound for line in lines):
                lines.append(await _ask_yes_or_no(asked.forgetful, settings))
            return lines
    finally:
        await database.close()


async def _ask_in_writing(model: Model, settings: Settings, terms: Terms) -> list[Line]:
    begun = time.monotonic()
    try:
        reply = await model.ask(WRITTEN, _off)
    except ModelFailure as failure:
        return [Line(False, _told(failure))]
    took = time.monotonic() - begun
    return [
        Line(True, f"{terms.model} at {terms.host} answers, in {took:.1f} s, as {reply.model}."),
        Line(
            True, f"Its answer keeps to a schema, with COACH_MODEL_SCHEMA={settings.model_schema}."
        ),
        _tokens(reply, terms),
    ]


async def _ask_yes_or_no(model: Model, settings: Settings) -> Line:
    wanted = settings.model_asking == "questions"
    try:
        reply = await model.ask(YES_OR_NO)
    except ModelFailure as failure:
        if wanted:
            way_out = "It is asked by COACH_MODEL_ASKING=checklist instead."
            return Line(False, f"Single questions don't work: {_why(failure)}. {way_out}")
        return Line(True, "It tells no probabilities (logprobs), and is asked for none.")
    told = f"It tells probabilities (logprobs): {reply.yes or 0.0:.0%} that two is more than one"
    return Line(True, f"{told}." if wanted else f"{told}; COACH_MODEL_ASKING=questions would work.")


def _off(text: str) -> str | None:
    try:
        msgspec.json.decode(text, type=_Ready)
    except msgspec.DecodeError as error:
        return str(error)
    return None


def _tokens(reply: Reply, terms: Terms) -> Line:
    sent, answered = reply.input_tokens, reply.output_tokens
    if not sent + answered:
        return Line(True, "It tells no tokens: each answer is counted as what it can cost at most.")
    told = f"It tells tokens: {sent:,} sent, {answered:,} answered"
    if terms.prices is None:
        return Line(True, f"{told}. No prices are set, so no cost is counted.")
    cost = amount(terms.prices.cost(sent, answered, reply.cached_tokens), terms.currency)
    return Line(True, f"{told}, which is {cost} by the prices that are set.")


def _told(failure: ModelFailure) -> str:
    return f"Asked a small question: {_why(failure)}. {WAYS_OUT[failure.fault]}"


def _why(failure: ModelFailure) -> str:
    said = failure.fault.row.said
    return f"{said} ({failure.detail})" if failure.detail else said
