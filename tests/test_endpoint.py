"""What is sent to an endpoint, where it may be, and how its answers are read."""

import math

import msgspec
import pytest
from misbehaving import Endpoint as Server
from misbehaving import answer, complete, completion, misbehaving

from coach.errors import BadConfiguration
from coach.model import Reply, Request
from coach.model.endpoint import Endpoint
from coach.model.faults import Fault, ModelFailure

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}
ASKED = Request("judge", "You read drafts.", "Objective: Delight", SCHEMA, most_tokens=300)
YES_OR_NO = Request("judge", "You read drafts.", "Is it an outcome?", yes_or_no=True)


async def ask(
    request: Request = ASKED, said: object = None, key: str | None = "key-1", **settings: object
) -> tuple[Reply, Server]:
    async with misbehaving(said or complete()) as server:  # type: ignore[arg-type]  # a behaviour
        endpoint = Endpoint(server.url, "model", key, **settings)  # type: ignore[arg-type]  # as is
        try:
            return await endpoint.ask(request), server
        finally:
            await endpoint.close()


# --- where it may be ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example/v1",
        "http://10.0.0.7:8000/v1",
        "http://127.0.0.1.models.example/v1",
        "http://localhost.models.example/v1",
        "http://[::2]/v1",
        "https://user:word@models.example/v1",
        "https://models.example/v1?to=http://elsewhere",
        "https://models.example/v1#x",
        "https://models.example\\@elsewhere.example/v1",
        "https://models.example/v1 x",
        "https://models.example/\nv1",
        "https://mödels.example/v1",
        "ftp://models.example/v1",
        "models.example/v1",
        "https://",
        "https://models.example:port/v1",
        "",
    ],
)
def test_draft_is_sent_by_https_or_stays_on_this_machine(url: str) -> None:
    with pytest.raises(BadConfiguration):
        Endpoint(url, "model")


@pytest.mark.parametrize(
    "url", ["https://models.example/v1", "http://localhost:11434/v1", "http://[::1]:8080/v1/"]
)
async def test_address_that_is_fine_is_taken(url: str) -> None:
    await Endpoint(url, "model").close()


# --- what is sent ---------------------------------------------------------------------------


async def test_request_is_what_endpoints_know() -> None:
    _, server = await ask()
    assert [call.target for call in server.calls] == ["/v1/chat/completions"]
    assert server.calls[0].body == {
        "model": "model",
        "messages": [
            {"role": "system", "content": "You read drafts."},
            {"role": "user", "content": "Objective: Delight"},
        ],
        "temperature": 0.0,
        "max_tokens": 300,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "judge", "schema": SCHEMA, "strict": True},
        },
    }


async def test_same_question_is_the_same_bytes() -> None:
    async with misbehaving() as server:
        endpoint = Endpoint(server.url, "model")
        await endpoint.ask(ASKED)
        await endpoint.ask(msgspec.json.decode(msgspec.json.encode(ASKED), type=Request))
        await endpoint.close()
    assert server.calls[0] == server.calls[1]


async def test_nothing_leaves_but_the_headers_that_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("ORG_ID", "PROJECT_ID", "API_KEY", "ADMIN_KEY", "BASE_URL"):
        monkeypatch.setenv(f"OPENAI_{name}", "http://canary.example")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Canary: 1\nAuthorization: Bearer canary")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    _, server = await ask()
    headers = server.calls[0].headers
    assert "canary" not in str(headers)
    assert headers.keys() == {
        "accept",
        "accept-encoding",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    }
    assert headers["authorization"] == "bearer key-1"  # Test servers read headers in lower case.


async def test_endpoint_without_a_key_is_sent_none() -> None:
    _, server = await ask(key=None)
    assert "authorization" not in server.calls[0].headers


async def test_token_field_and_temperature_are_as_the_endpoint_knows_them() -> None:
    _, server = await ask(token_field="max_completion_tokens", temperature=None)
    body = server.calls[0].body
    assert body["max_completion_tokens"] == 300
    assert not {"max_tokens", "temperature"} & body.keys()


@pytest.mark.parametrize("mode", ["json_object", "none"])
async def test_schema_is_told_in_words_where_the_endpoint_takes_none(mode: str) -> None:
    _, server = await ask(schema_mode=mode)
    body = server.calls[0].body
    assert body.get("response_format") == ({"type": mode} if mode != "none" else None)
    system = body["messages"][0]["content"]
    assert system.startswith("You read drafts.")
    assert msgspec.json.encode(SCHEMA).decode() in system
    assert "JSON" in system


# --- what comes back ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ['```json\n{"a": 1}\n```', ' ```\n{"a": 1}\n``` \n'])
async def test_fence_around_an_answer_is_taken_off(text: str) -> None:
    reply, _ = await ask(said=complete(text))
    assert reply.text == '{"a": 1}'


async def test_long_name_of_a_model_is_cut() -> None:
    reply, _ = await ask(said=answer(200, completion() | {"model": "m" * 5000}))
    assert reply.model == "m" * 120


def chances(**of: float) -> list[dict[str, object]]:
    return [{"token": token, "logprob": math.log(chance)} for token, chance in of.items()]


def first_token(candidates: list[dict[str, object]]) -> dict[str, object]:
    return {"logprobs": {"content": [{"token": "x", "logprob": 0, "top_logprobs": candidates}]}}


async def test_yes_or_no_is_one_token_and_its_probability() -> None:
    said = complete(
        "Yes", finish_reason="length", **first_token(chances(Yes=0.6, No=0.2, Well=0.2))
    )
    reply, server = await ask(YES_OR_NO, said)
    assert reply.yes == pytest.approx(0.75)
    body = server.calls[0].body
    assert (body["max_tokens"], body["logprobs"], body["top_logprobs"]) == (1, True, 20)
    assert "response_format" not in body


async def test_yes_is_counted_however_it_is_written() -> None:
    candidates = [
        {"token": token, "logprob": math.log(0.2)} for token in (" yes", "YES", "Yes.", "\nNo")
    ]
    reply, _ = await ask(YES_OR_NO, complete("Yes", **first_token(candidates)))
    assert reply.yes == pytest.approx(0.75)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"logprobs": None},
        {"logprobs": {"content": []}},
        first_token([]),
        first_token(chances(The=0.9, Yes=0.1)),
    ],
)
async def test_answer_without_yes_and_no_is_not_taken_for_one(changed: dict[str, object]) -> None:
    with pytest.raises(ModelFailure) as failure:
        await ask(YES_OR_NO, complete("Yes", **changed))
    assert failure.value.fault is Fault.OFF_SCHEMA


@pytest.mark.parametrize("logprob", [1e308, 5.0, 0.0])
async def test_probability_stays_one_whatever_is_claimed(logprob: float) -> None:
    claimed = first_token(
        [{"token": "yes", "logprob": logprob}, {"token": "no", "logprob": -1e308}]
    )
    reply, _ = await ask(YES_OR_NO, complete("yes", **claimed))
    assert reply.yes == 1.0


async def test_check_of_a_caller_decides_and_its_answer_is_not_carried_on() -> None:
    async with misbehaving(complete('{"canary": 1}')) as server:
        endpoint = Endpoint(server.url, "model")
        with pytest.raises(ModelFailure) as failure:
            await endpoint.ask(ASKED, lambda _: "$.a is missing")
        await endpoint.close()
    assert (failure.value.fault, failure.value.detail) == (Fault.OFF_SCHEMA, "$.a is missing")
    assert failure.value.reply
    assert (failure.value.reply.text, failure.value.reply.output_tokens) == ("", 200)
