"""`coach doctor --model` asks for real, and says what works and how to mend what doesn't."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from misbehaving import Behaviour, answer, complete, completion, misbehaving, refuse, unused_port

from coach.doctor import examine
from coach.model.faults import Fault
from coach.trial import WAYS_OUT

READY = '{"ready": true}'
SURE = {
    "content": [
        {"token": "yes", "logprob": 0.0, "top_logprobs": [{"token": "Yes", "logprob": -0.01}]}
    ]
}
YES = complete("yes", logprobs=SURE)


async def doctor(
    folder: Path, *behaviours: Behaviour, **settings: str
) -> tuple[str, str, list[Any]]:
    """Return what is sound, what is off, and what was asked."""
    async with misbehaving(*behaviours) as endpoint:
        environment = {
            "COACH_DATA_DIR": str(folder),
            "COACH_MODEL_URL": endpoint.url,
            "COACH_MODEL": "small-1",
            "COACH_MODEL_KEY": "sk-canary",
        } | settings
        lines = await asyncio.to_thread(lambda: list(examine(environment, model=True)))
    said = [
        "\n".join(line.said for line in lines if line.sound is sound) for sound in (True, False)
    ]
    assert "canary" not in "".join(said)
    return said[0], said[1], endpoint.calls


async def test_sound_endpoint_is_said_to_be(tmp_path: Path) -> None:
    prices = {"COACH_MODEL_PRICE_INPUT": "1", "COACH_MODEL_PRICE_OUTPUT": "2"}
    sound, off, calls = await doctor(tmp_path, complete(READY), YES, **prices)
    assert off == ""
    assert "Drafts are sent to small-1 at 127.0.0.1:" in sound
    assert " answers, in 0." in sound
    assert " as model-2026-01-01." in sound
    assert "keeps to a schema, with COACH_MODEL_SCHEMA=json_schema" in sound
    assert "1,700 sent, 200 answered, which is 0.0021 USD by the prices that are set" in sound
    assert "tells probabilities (logprobs): 100% that two is more than one" in sound
    assert len(calls) == 2
    again, _, calls = await doctor(tmp_path, complete(READY), YES)
    assert len(calls) == 2  # what is kept tells nothing of today
    assert "No prices are set" in again


async def test_endpoint_without_probabilities_is_sound_unless_they_are_needed(
    tmp_path: Path,
) -> None:
    sound, off, _ = await doctor(tmp_path, complete(READY), complete("yes"))
    assert off == ""
    assert "It tells no probabilities (logprobs), and is asked for none." in sound
    asked = {"COACH_MODEL_ASKING": "questions"}
    _, off, _ = await doctor(tmp_path, complete(READY), complete("yes"), **asked)
    assert "Single questions don't work" in off
    assert "COACH_MODEL_ASKING=checklist" in off


async def test_tokens_that_are_not_told_are_said_to_be(tmp_path: Path) -> None:
    silent = completion(READY)
    del silent["usage"]
    sound, _, _ = await doctor(tmp_path, answer(200, silent), YES)
    assert "It tells no tokens" in sound


@pytest.mark.parametrize(
    ("behaviour", "way_out"),
    [
        (complete("I am ready!"), "Try COACH_MODEL_SCHEMA=json_object"),
        (complete('{"ready": "yes"}'), "Try COACH_MODEL_SCHEMA=json_object"),
        (refuse(401, "invalid_api_key", "sk-canary"), "Look at COACH_MODEL_KEY"),
        (refuse(404, "model_not_found"), "whether COACH_MODEL_URL ends with /v1"),
        (refuse(400, "unsupported_parameter"), "COACH_MODEL_TOKEN_FIELD=max_completion_tokens"),
        (refuse(429, "insufficient_quota"), "pay the bill"),
        (answer(200, b"<html>hello"), "leads to a web page"),
        (answer(307, b"", "Location: https://elsewhere.example"), "put the final address"),
    ],
)
async def test_each_failure_has_its_way_out(
    tmp_path: Path, behaviour: Behaviour, way_out: str
) -> None:
    _, off, _ = await doctor(tmp_path, behaviour)
    assert off.startswith("Asked a small question: the language model") or "provider" in off
    assert way_out in off


async def test_endpoint_that_is_not_there_is_told(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{await unused_port()}/v1"
    _, off, _ = await doctor(tmp_path, COACH_MODEL_URL=url)
    assert "something listens there" in off


async def test_question_is_not_asked_over_the_budget(tmp_path: Path) -> None:
    prices = {"COACH_MODEL_PRICE_INPUT": "9", "COACH_MODEL_PRICE_OUTPUT": "9"}
    _, off, calls = await doctor(tmp_path, **prices, COACH_MODEL_BUDGET="0.000001")
    assert "Raise COACH_MODEL_BUDGET" in off
    assert calls == []


def test_every_fault_has_a_way_out() -> None:
    assert set(WAYS_OUT) == set(Fault)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "No language model is set up"),
        ({"COACH_MODEL_OFF": "true"}, "switched off by COACH_MODEL_OFF"),
        (
            {"COACH_MODEL_KEY_FILE": "/nowhere/key"},
            "COACH_MODEL_KEY_FILE: /nowhere/key can't be read",
        ),
    ],
)
def test_nothing_is_asked_where_nothing_can_be(
    tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    model = {"COACH_MODEL_URL": "https://models.example/v1", "COACH_MODEL": "m"} if settings else {}
    environment = {"COACH_DATA_DIR": str(tmp_path)} | model | settings
    asked = list(examine(environment, model=True))[-1]
    assert not asked.sound
    assert said in asked.said
    unasked = list(examine(environment))[-1]
    assert unasked.sound is ("KEY_FILE" not in said)
