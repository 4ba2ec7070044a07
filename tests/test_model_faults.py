"""What an endpoint can do to a call, each on a real connection, and what must come of it.

The numbers are those of `docs/faults.md`.
"""

import asyncio
import json
import re
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple

import pytest
from misbehaving import (
    Behaviour,
    answer,
    complete,
    completion,
    cut,
    drip,
    flood_of_headers,
    hang,
    hang_up,
    huge,
    late,
    misbehaving,
    packed,
    redirect,
    refuse,
    reset,
    send,
    unused_port,
)
from misbehaving import (
    Endpoint as Server,
)

from coach.judge import JudgeVerdict, ask_judge
from coach.model import Check, Reply, Request
from coach.model.endpoint import Endpoint
from coach.model.faults import Fault, ModelFailure
from coach.model.gate import Breaker, Gate, Retries
from coach.model.patience import Patient
from coach.okr import Draft
from coach.privacy import mask_draft
from coach.reading.draft import ReadDraft
from coach.rubrics import judge

DRAFT = "Objective: Delight-canary-4711\nKR: NPS from 20 to 40"
ASKED = Request("judge", "You read drafts.", DRAFT, {"type": "object"}, most_tokens=300)


class Line(NamedTuple):
    """An attempt as the ledger has it in the end."""

    state: str
    fault: Fault | None = None
    tokens: int = 0


class Ledger:
    """Keeps attempts in memory."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.details: list[str] = []

    async def reserve(self, request: Request, model: str) -> str:
        await asyncio.sleep(0)
        assert (request.name, model) == ("judge", "model")
        self.lines.append(Line("reserved"))
        return str(len(self.lines) - 1)

    async def sent(self, attempt: str) -> None:
        await asyncio.sleep(0)
        self.lines[int(attempt)] = Line("sent")

    async def answered(self, attempt: str, reply: Reply) -> None:
        await asyncio.sleep(0)
        self.lines[int(attempt)] = Line("answered", None, reply.output_tokens)

    async def failed(self, attempt: str, failure: ModelFailure) -> None:
        await asyncio.sleep(0)
        state = "ambiguous" if failure.fault.row.ambiguous else "failed"
        tokens = failure.reply.output_tokens if failure.reply else 0
        self.lines[int(attempt)] = Line(state, failure.fault, tokens)
        self.details.append(failure.detail)

    @property
    def states(self) -> list[str]:
        return [line.state for line in self.lines]


class Time:
    """A clock that leaps over what is slept, and else goes on as clocks do."""

    def __init__(self) -> None:
        self.leapt = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return time.monotonic() + self.leapt

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.leapt += seconds


class Outcome(NamedTuple):
    """What came of one call."""

    reply: Reply | None
    failure: ModelFailure | None
    server: Server
    ledger: Ledger
    clock: Time
    breaker: Breaker

    @property
    def fault(self) -> Fault | None:
        return self.failure.fault if self.failure else None

    @property
    def sent(self) -> int:
        return len(self.server.calls)


async def ask(
    *behaviours: Behaviour,
    check: Check | None = None,
    deadline: float = 30.0,
    longest: float | None = None,
    request: Request = ASKED,
) -> Outcome:
    """Ask an endpoint that behaves so, as the product does, and tell what came of it."""
    clock, ledger = Time(), Ledger()
    gate = Gate(retries=Retries(clock=clock), breaker=Breaker(clock=clock))
    async with misbehaving(*behaviours) as server:
        endpoint = Endpoint(server.url, "model", "key-canary")
        patient = Patient(
            endpoint,
            ledger,
            gate,
            deadline=deadline,
            longest=longest,
            clock=clock,
            sleep=clock.sleep,
            jitter=lambda: 1.0,
        )
        reply, failure = None, None
        try:
            reply = await patient.ask(request, check)
        except ModelFailure as error:
            failure = error
        await endpoint.close()
    # Whatever happened: nothing is left open in the ledger, and no text is in it.
    assert len(ledger.lines) == len(server.calls) or failure
    assert not {"reserved", "sent"} & set(ledger.states)
    assert not [said for said in ledger.details if "canary" in said]
    assert failure is None or "canary" not in f"{failure}{failure.reply}"
    return Outcome(reply, failure, server, ledger, clock, gate.breaker)


async def weigh(behaviour: Behaviour) -> tuple[Outcome, int]:
    """Ask once, and tell the most bytes that were held meanwhile."""
    await ask(complete())  # What is imported on the way isn't the answer's weight.
    tracemalloc.start()
    came = await ask(behaviour)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return came, most


async def test_good_answer_is_read_whole() -> None:
    came = await ask(complete('{"a": 1}'))
    assert came.reply == Reply('{"a": 1}', "model-2026-01-01", 1700, 200, 1024)
    assert came.ledger.lines == [Line("answered", None, 200)]


async def test_f01_busy_is_asked_again_at_the_servers_time() -> None:
    came = await ask(refuse(429, "rate_limit", "slow", "Retry-After: 1"), complete())
    assert came.reply
    assert came.clock.slept == [1.5]  # The server's second, and a full jitter of half of one.
    assert came.ledger.states == ["failed", "answered"]


async def test_f01_busy_for_good_is_asked_three_times_and_no_more() -> None:
    came = await ask(refuse(429, "rate_limit", "slow", "Retry-After: 1"))
    assert (came.sent, came.fault) == (3, Fault.BUSY)
    assert came.failure
    assert came.failure.wait == 1.0
    assert "busy" in came.failure.fault.row.said
    assert came.ledger.states == ["failed"] * 3


@pytest.mark.parametrize("as_date", [False, True])
async def test_f02_busy_for_longer_than_the_deadline_is_left_for_later(as_date: bool) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)
    came = await ask(answer(429, b"{}", f"Retry-After: {then if as_date else 300}"))
    assert (came.sent, came.fault) == (1, Fault.LATER)
    assert came.failure
    assert came.failure.wait == pytest.approx(300, abs=3)
    assert came.clock.slept == []
    with pytest.raises(ModelFailure) as later:
        came.breaker.admit()
    assert later.value.fault is Fault.LATER
    assert later.value.wait == pytest.approx(300, abs=3)


@pytest.mark.parametrize("header", ["nan", "inf", "-5", "1e300", "soon", "9" * 400, "²", "1;drop"])
async def test_f02_senseless_retry_after_is_no_wait_at_all(header: str) -> None:
    raw = header.encode("utf-8").decode("latin-1")
    came = await ask(answer(429, b"{}", f"Retry-After: {raw}"))
    assert (came.sent, came.fault) == (3, Fault.BUSY)
    assert came.failure
    assert came.failure.wait is None


async def test_f03_spent_quota_is_not_asked_again() -> None:
    came = await ask(refuse(429, "insufficient_quota"))
    assert (came.sent, came.fault) == (1, Fault.NO_QUOTA)
    assert Fault.NO_QUOTA.row.alarm
    assert "budget" in Fault.NO_QUOTA.row.said
    with pytest.raises(ModelFailure) as others:
        came.breaker.admit()
    assert others.value.fault is Fault.NO_QUOTA


@pytest.mark.parametrize("status", [500, 502])
async def test_f04_server_error_is_tried_three_times(status: int) -> None:
    came = await ask(answer(status, b"oops"))
    assert (came.sent, came.fault) == (3, Fault.DOWN)
    assert came.clock.slept == [0.5, 1.0]  # The bounds of full jitter double.
    assert (await ask(answer(status), complete())).reply


async def test_f05_unavailable_is_tried_three_times_and_counts() -> None:
    came = await ask(answer(503, b"loading"))
    assert (came.sent, came.fault) == (3, Fault.DOWN)
    assert Fault.DOWN.row.breaker == "counts"


async def test_f06_conflict_is_tried_once_more() -> None:
    came = await ask(answer(409, b"{}"))
    assert (came.sent, came.fault) == (2, Fault.CONFLICT)


@pytest.mark.parametrize(
    "said",
    [
        refuse(400, "context_length_exceeded", "maximum context length is 4096 tokens"),
        refuse(400, "invalid_request_error", "the request exceeds the available context size"),
        answer(413, b""),
    ],
)
async def test_f07_too_long_is_said_so(said: Behaviour) -> None:
    came = await ask(said)
    assert (came.sent, came.fault) == (1, Fault.TOO_LONG)
    assert "longer" in Fault.TOO_LONG.row.said


@pytest.mark.parametrize("status", [401, 403])
async def test_f08_bad_key_is_not_tried_again_until_restart(status: int) -> None:
    came = await ask(refuse(status, "invalid_api_key", "wrong key: key-canary"))
    assert (came.sent, came.fault) == (1, Fault.BAD_KEY)
    assert Fault.BAD_KEY.row.alarm
    came.clock.leapt += 10**9
    with pytest.raises(ModelFailure) as others:
        came.breaker.admit()
    assert others.value.fault is Fault.BAD_KEY


async def test_f09_missing_model_is_not_tried_again_until_restart() -> None:
    came = await ask(refuse(404, "model_not_found"))
    assert (came.sent, came.fault) == (1, Fault.NO_MODEL)
    came.clock.leapt += 10**9
    with pytest.raises(ModelFailure):
        came.breaker.admit()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_f10_draft_never_follows_a_redirect(status: int) -> None:
    async with misbehaving(complete()) as elsewhere:
        came = await ask(redirect(status, f"{elsewhere.url}/chat/completions"))
    assert (came.sent, came.fault) == (1, Fault.REDIRECTED)
    assert (elsewhere.connections, elsewhere.calls) == (0, [])
    assert Fault.REDIRECTED.row.alarm


async def test_f10_redirect_to_the_same_origin_is_not_followed_either() -> None:
    came = await ask(redirect(307, "/v1/elsewhere"), complete())
    assert (came.sent, came.fault) == (1, Fault.REDIRECTED)


async def test_f11_refused_connection_is_tried_three_times_and_costs_nothing() -> None:
    clock, ledger = Time(), Ledger()
    endpoint = Endpoint(f"http://127.0.0.1:{await unused_port()}/v1", "model")
    patient = Patient(endpoint, ledger, Gate(), clock=clock, sleep=clock.sleep)
    with pytest.raises(ModelFailure) as failure:
        await patient.ask(ASKED)
    await endpoint.close()
    assert failure.value.fault is Fault.UNREACHABLE
    assert ledger.states == ["failed"] * 3


@pytest.mark.parametrize("way", [reset, hang_up])
async def test_f12_loss_before_an_answer_is_ambiguous_and_tried_once_more(way: Behaviour) -> None:
    came = await ask(way)
    assert (came.sent, came.fault) == (2, Fault.LOST)
    assert came.ledger.states == ["ambiguous", "ambiguous"]
    assert (await ask(way, complete())).ledger.states == ["ambiguous", "answered"]


@pytest.mark.parametrize("way", [cut(), cut(resets=True)])
async def test_f13_cut_answer_is_ambiguous_and_tried_once_more(way: Behaviour) -> None:
    came = await ask(way)
    assert (came.sent, came.fault) == (2, Fault.LOST)
    assert came.ledger.states == ["ambiguous", "ambiguous"]


@pytest.mark.parametrize("way", [hang, drip])
async def test_f14_f15_slow_answer_is_cut_at_the_deadline(way: Behaviour) -> None:
    started = time.monotonic()
    came = await ask(way, deadline=0.3)
    assert 0.3 <= time.monotonic() - started < 2.5
    assert (came.sent, came.fault) == (1, Fault.TOO_SLOW)
    assert came.ledger.states == ["ambiguous"]
    assert "too long" in Fault.TOO_SLOW.row.said


@pytest.mark.parametrize("way", [hang, drip])
async def test_f14_f15_slow_attempt_of_a_batch_gets_a_second_one(way: Behaviour) -> None:
    came = await ask(way, complete(), deadline=60.0, longest=0.6)
    assert came.reply
    assert came.ledger.states == ["ambiguous", "answered"]
    assert (await ask(way, deadline=60.0, longest=0.6)).sent == 2


@pytest.mark.parametrize("told", [False, True], ids=["chunked", "told ahead"])
@pytest.mark.parametrize("status", [200, 500])
async def test_f16_huge_answer_is_not_read_to_its_end(told: bool, status: int) -> None:
    came, most = await weigh(huge(200_000_000, told=told, status=status))
    assert (came.sent, came.fault) == (1, Fault.TOO_BIG)
    assert most < 8_000_000


async def test_f16_longest_answer_that_is_read_is_256_kilobytes() -> None:
    spare = 256 * 1024 - len(json.dumps(completion("")))
    assert (await ask(complete("a" * spare))).reply
    assert (await ask(complete("a" * (spare + 1)))).fault is Fault.TOO_BIG


async def test_f17_packed_answer_is_not_unpacked() -> None:
    bomb = packed(50_000_000)
    came, most = await weigh(bomb)
    assert (came.sent, came.fault) == (1, Fault.ENCODED)
    assert most < 8_000_000
    assert came.server.calls[0].headers["accept-encoding"] == "identity"


async def test_f17_no_character_set_unpacks_anything() -> None:
    bomb = zlib.compress(b"a" * 50_000_000)
    said = send(
        b"HTTP/1.1 400 Bad\r\nContent-Type: application/json; charset=zlib\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(bomb), bomb)
    )
    came, most = await weigh(said)
    assert (came.sent, came.fault) == (1, Fault.REJECTED)
    assert most < 8_000_000


@pytest.mark.parametrize(
    "way",
    [
        answer(200, b"no gzip at all", "Content-Encoding: gzip"),
        flood_of_headers(),
        send(b"SSH-2.0-OpenSSH_9.6\r\n"),
        send(b"\x16\x03\x01\x02\x00\x01"),
        send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n{}"),
        send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    ],
    ids=["bad gzip", "header flood", "not HTTP", "TLS", "two lengths", "bad chunk"],
)
async def test_f18_garble_is_tried_once_more(way: Behaviour) -> None:
    came = await ask(way)
    assert came.sent == 2
    assert came.fault in (Fault.GARBLED, Fault.LOST)
    assert "read" in Fault.GARBLED.row.said


WHOLE = json.dumps(completion("canary")).encode()


@pytest.mark.parametrize(
    "body",
    [
        WHOLE[:-30],
        WHOLE.replace(b"canary", b"\\ud800"),
        b"",
        b"[" * 100_000,
        b'{"deep": ' + b"[" * 100_000,
        b'{"choices": [1e400]}',
    ],
)
async def test_f19_half_json_is_tried_once_more(body: bytes) -> None:
    came = await ask(answer(200, body))
    assert (came.sent, came.fault) == (2, Fault.UNREADABLE)
    assert came.failure
    assert "sha256" in came.failure.detail
    assert (await ask(answer(200, body), complete())).reply


async def test_f20_bad_utf8_is_tried_once_more() -> None:
    came = await ask(answer(200, WHOLE.replace(b"canary", b"canary\xff\xfe")))
    assert (came.sent, came.fault) == (2, Fault.UNREADABLE)


async def test_f21_web_page_is_no_answer() -> None:
    came = await ask(answer(200, b"  <!doctype html><title>Log in</title>"))
    assert (came.sent, came.fault) == (1, Fault.NOT_AN_API)
    assert Fault.NOT_AN_API.row.alarm


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"choices": None},
        {"choices": []},
        {"error": {"message": "no"}},
        completion([{"type": "text"}]),
        completion() | {"usage": {"prompt_tokens": -1}},
        completion() | {"usage": {"prompt_tokens": 10**30}},
    ],
)
async def test_f22_answer_of_another_shape_is_tried_once_more(body: object) -> None:
    came = await ask(answer(200, body))
    assert (came.sent, came.fault) == (2, Fault.UNREADABLE)


async def test_f23_cut_short_is_tried_once_with_more_room() -> None:
    came = await ask(complete('{"a', finish_reason="length"), complete())
    assert came.reply
    assert [call.body["max_tokens"] for call in came.server.calls] == [300, 600]
    assert came.ledger.lines[0] == Line("failed", Fault.CUT_SHORT, 200)
    again = await ask(complete('{"a', finish_reason="length"))
    assert (again.sent, again.fault, again.reply) == (2, Fault.CUT_SHORT, None)


async def test_f24_filtered_answer_is_declined_and_not_asked_again() -> None:
    came = await ask(complete("", finish_reason="content_filter"))
    assert (came.sent, came.fault) == (1, Fault.DECLINED)
    assert "declined" in Fault.DECLINED.row.said
    assert (await ask(refuse(400, "content_filter"))).fault is Fault.DECLINED


@pytest.mark.parametrize(
    "said", [complete(None), complete(""), complete(None, message={"refusal": "I can't"})]
)
async def test_f25_refusal_is_declined_and_not_asked_again(said: Behaviour) -> None:
    came = await ask(said)
    assert (came.sent, came.fault) == (1, Fault.DECLINED)
    assert came.ledger.lines == [Line("failed", Fault.DECLINED, 200)]


@pytest.mark.parametrize("status", [101, 204, 304, 418, 600, 999])
async def test_no_status_escapes_the_table(status: int) -> None:
    assert (await ask(send(b"HTTP/1.1 %d Odd\r\nConnection: close\r\n\r\n" % status))).fault


def has_a(text: str) -> str | None:
    """Find nothing off in an answer with an "a"."""
    return None if "a" in json.loads(text) else "$.a is missing"


async def test_f26_off_schema_is_asked_once_more_with_the_error_named() -> None:
    came = await ask(complete('{"b": 1}'), complete('{"a": 1}'), check=has_a)
    assert came.reply
    assert came.reply.text == '{"a": 1}'
    first, second = (call.body["messages"] for call in came.server.calls)
    assert first[0] == second[0]
    assert second[1]["content"].startswith(first[1]["content"])
    assert "$.a is missing" in second[1]["content"]
    assert came.ledger.lines[0] == Line("failed", Fault.OFF_SCHEMA, 200)
    again = await ask(complete('{"b": 1}'), check=has_a)
    assert (again.sent, again.fault) == (2, Fault.OFF_SCHEMA)


# --- what the judge makes of an answer that came whole --------------------------------------

JUDGED = Draft("Families reach us on the first call", ("Pages of the handbook: 40 → 200",))


async def judged(*texts: str) -> tuple[JudgeVerdict, list[str]]:
    """Return the judge's verdict over a real connection, and the questions of each call."""
    read = ReadDraft(JUDGED)
    async with misbehaving(*(complete(text) for text in texts)) as server:
        endpoint = Endpoint(server.url, "model")
        patient = Patient(endpoint, Ledger(), Gate())
        verdict = await ask_judge(
            read, mask_draft(JUDGED), judge(read).findings, patient, b"secret"
        )
        await endpoint.close()
    return verdict, [call.body["messages"][1]["content"] for call in server.calls]


def answers(*given: dict[str, object]) -> str:
    whole = {
        "id": "work-in-disguise",
        "line": "kr1",
        "quote": "Pages of the handbook",
        "met": "no",
        "reason": "It counts pages.",
    }
    return json.dumps({"answers": [whole | fields for fields in given], "questions": []})


async def test_f27_only_what_was_asked_counts_and_only_what_is_missing_is_asked_again() -> None:
    verdict, questions = await judged(answers({}, {}, {"id": "no-target"}, {"line": "kr9"}))
    assert [finding.criterion for finding in verdict.findings] == ["work-in-disguise"]
    assert verdict.unjudged
    assert len(questions) == 2
    assert "work-in-disguise" in questions[0]
    assert "work-in-disguise" not in questions[1]


@pytest.mark.parametrize("met", [True, 7, "5", "maybe", None, [], {}])
async def test_f28_level_off_the_menu_counts_as_not_judged(met: object) -> None:
    verdict, questions = await judged(answers({"met": met}))
    assert verdict.findings == ()
    assert "work-in-disguise" in {one.criterion for one in verdict.unjudged}
    assert len(questions) <= 2


@pytest.mark.parametrize("met", ["NaN", "1e400"])
async def test_f28_number_that_is_none_spoils_nothing(met: str) -> None:
    verdict, _ = await judged(answers({"met": "@"}).replace('"@"', met))
    assert verdict.findings == ()


async def test_f29_fabricated_quote_is_not_judged_and_not_shown() -> None:
    verdict, questions = await judged(answers({"quote": "Otters of Lund"}))
    assert verdict.findings == ()
    assert "work-in-disguise" in {one.criterion for one in verdict.unjudged}
    assert "Otters" not in str(verdict)
    assert "work-in-disguise" not in "".join(questions[1:])


@pytest.mark.parametrize(
    "reason", ["<img src=x>", "See https://evil.example", "![x](http://evil.example)"]
)
async def test_f30_markup_and_addresses_of_a_model_are_dropped(reason: str) -> None:
    verdict, _ = await judged(answers({"reason": reason}))
    assert [finding.criterion for finding in verdict.findings] == ["work-in-disguise"]
    assert "evil" not in str(verdict)
    assert "<img" not in str(verdict)


GERMAN = answers({"reason": "Das zählt nur Seiten und keine Wirkung."})
ENGLISH = answers({"reason": "It counts pages and not what their readers do."})


async def test_f31_reason_in_another_language_is_asked_for_once_more_in_english() -> None:
    verdict, questions = await judged(GERMAN, ENGLISH)
    (finding,) = verdict.findings
    assert finding.message.endswith("It counts pages and not what their readers do.")
    assert len(questions) == 2
    assert "not in English" in questions[1]
    assert verdict.notes == ()


@pytest.mark.parametrize("again", [GERMAN, answers({"met": "unsure"}), answers({"id": "x"}), "{"])
async def test_f31_finding_is_shown_with_a_note_where_no_english_comes(again: str) -> None:
    verdict, _ = await judged(GERMAN, again)
    (finding,) = verdict.findings
    assert finding.criterion == "work-in-disguise"
    assert "Seiten" not in str(verdict)
    (note,) = verdict.notes
    assert "another language" in note


# --- answers that nobody waits for ----------------------------------------------------------


async def test_f32_answer_after_the_deadline_changes_nothing() -> None:
    came = await ask(late(0.4, complete()), deadline=0.2)
    await asyncio.sleep(0.3)
    assert (came.fault, came.ledger.states) == (Fault.TOO_SLOW, ["ambiguous"])


async def test_f32_call_that_is_cancelled_is_ambiguous_and_its_connection_closed() -> None:
    ledger = Ledger()
    async with misbehaving(hang) as server:
        endpoint = Endpoint(server.url, "model")
        call = asyncio.ensure_future(Patient(endpoint, ledger, Gate()).ask(ASKED))
        while not server.calls:
            await asyncio.sleep(0.01)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await endpoint.close()
    assert ledger.lines == [Line("ambiguous", Fault.ABANDONED)]


async def test_connections_are_kept_and_a_broken_one_is_not_used_again() -> None:
    async with misbehaving(complete(), complete(), cut(), complete()) as server:
        endpoint = Endpoint(server.url, "model")
        await endpoint.ask(ASKED)
        await endpoint.ask(ASKED)
        assert server.connections == 1
        with pytest.raises(ModelFailure):
            await endpoint.ask(ASKED)
        await endpoint.ask(ASKED)
        assert server.connections == 2
        await endpoint.close()


def test_every_row_of_the_matrix_has_its_test() -> None:
    tested = {row for name in globals() for row in re.findall(r"_(f\d\d)(?=_)", name)}
    assert tested == {f"f{row:02}" for row in range(1, 33)}
