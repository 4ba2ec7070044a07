"""The retry layer by itself: who may call, how often again, and what the ledger is told."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from coach.errors import StoreUnavailable
from coach.model import Check, Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.model.gate import Breaker, Gate, Retries, Slots
from coach.model.patience import Patient

ASKED = Request("judge", "You read drafts.", "Objective: Delight")
GOOD = Reply("{}", "model", 10, 5)


class Scripted:
    """A model that does what it is told at each call, the last again and again."""

    name = "model"

    def __init__(self, *script: Reply | Fault | Callable[[], Awaitable[Reply]]) -> None:
        self._script = list(script)
        self.calls = 0
        self.under_way = self.most = 0

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        assert (request, check) == (ASKED, None)
        self.calls += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            does = self._script.pop(0) if len(self._script) > 1 else self._script[0]
            await asyncio.sleep(0)
            if isinstance(does, Fault):
                raise ModelFailure(does)
            return does if isinstance(does, Reply) else await does()
        finally:
            self.under_way -= 1


class Ledger:
    """Keeps what it is told, as (attempt, what); each write takes a turn of the loop."""

    def __init__(self, *, down: str = "", over_budget: bool = False) -> None:
        self.said: list[tuple[str, str]] = []
        self.writing = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self._down = down
        self._over_budget = over_budget
        self._made = 0

    async def reserve(self, request: Request, model: str) -> str:
        assert (request.name, model) == ("judge", "model")
        if self._over_budget:
            raise ModelFailure(Fault.OVER_BUDGET)
        self._made += 1
        await self._write("reserved", str(self._made))
        return str(self._made)

    async def sent(self, attempt: str) -> None:
        await self._write("sent", attempt)

    async def answered(self, attempt: str, reply: Reply) -> None:
        assert reply.output_tokens
        await self._write("answered", attempt)

    async def failed(self, attempt: str, failure: ModelFailure) -> None:
        await self._write(failure.fault.row.code, attempt)

    async def _write(self, what: str, attempt: str) -> None:
        self.writing.set()
        await self.go_on.wait()
        await asyncio.sleep(0)
        if what == self._down:
            raise StoreUnavailable("disk full")
        self.said.append((attempt, what))


class Clock:
    """A clock that goes on when it is told to, or slept by."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def patient(model: Scripted, gate: Gate | None = None, ledger: Ledger | None = None) -> Patient:
    clock = Clock()
    return Patient(model, ledger or Ledger(), gate or Gate(), clock=clock, sleep=clock.sleep)


async def fault_of(call: Awaitable[Reply]) -> Fault | None:
    try:
        await call
    except ModelFailure as failure:
        return failure.fault
    return None


async def slow() -> Reply:
    await asyncio.sleep(0.01)
    return GOOD


async def forever() -> Reply:
    await asyncio.sleep(3600)
    return GOOD


# --- slots ----------------------------------------------------------------------------------


async def test_no_more_calls_are_under_way_than_may_be() -> None:
    model = Scripted(slow)
    asked = patient(model, Gate(Slots(at_once=3, waiting=100)))
    await asyncio.gather(*(asked.ask(ASKED) for _ in range(20)))
    assert (model.calls, model.most) == (20, 3)


async def test_who_finds_the_line_full_is_told_at_once() -> None:
    model = Scripted(slow)
    asked = patient(model, Gate(Slots(at_once=1, waiting=2)))
    faults = await asyncio.gather(*(fault_of(asked.ask(ASKED)) for _ in range(5)))
    assert faults == [None, None, None, Fault.OVERLOADED, Fault.OVERLOADED]
    assert model.calls == 3


async def test_waiting_in_line_ends_at_the_deadline_and_costs_nothing() -> None:
    model, ledger, gate = Scripted(forever), Ledger(), Gate(Slots(at_once=1))
    first = asyncio.ensure_future(Patient(model, Ledger(), gate).ask(ASKED))
    await asyncio.sleep(0.01)
    hurried = Patient(model, ledger, gate, deadline=0.05)
    assert await fault_of(hurried.ask(ASKED)) is Fault.OVERLOADED
    assert (model.calls, ledger.said) == (1, [])
    first.cancel()


async def test_slot_comes_free_whatever_happened() -> None:
    model = Scripted(Fault.DECLINED, forever, GOOD)
    asked = patient(model, Gate(Slots(at_once=1)))
    assert await fault_of(asked.ask(ASKED)) is Fault.DECLINED
    leaving = asyncio.ensure_future(asked.ask(ASKED))
    await asyncio.sleep(0.01)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await asked.ask(ASKED) == GOOD


# --- retries --------------------------------------------------------------------------------


async def test_outage_is_asked_a_tenth_more_and_not_three_times_as_much() -> None:
    model, clock = Scripted(Fault.DOWN), Clock()
    gate = Gate(Slots(1000), Retries(clock=lambda: clock.now), Breaker(failures=10**9, clock=clock))
    asked = Patient(model, Ledger(), gate, clock=lambda: 0.0, sleep=clock.sleep)
    clock.sleep = lambda _: asyncio.sleep(0)  # type: ignore[method-assign]  # time stands still
    for _ in range(10):
        await asyncio.gather(*(fault_of(asked.ask(ASKED)) for _ in range(100)))
    assert 1000 < model.calls <= 1100


def test_retries_of_a_quiet_day_are_kept_and_come_back_after_a_minute() -> None:
    clock = Clock()
    retries = Retries(clock=clock)
    retries.called()
    assert [retries.spend() for _ in range(5)] == [True] * 4 + [False]
    clock.now += 60
    assert retries.spend()


def test_pauses_are_random_below_a_doubling_bound() -> None:
    asked = Patient(Scripted(GOOD), Ledger(), Gate(), jitter=iter([0.0, 0.5, 1.0, 1.0]).__next__)
    busy = ModelFailure(Fault.BUSY)
    assert [asked._pause(busy, made) for made in (1, 2, 3, 9)] == [0.0, 0.5, 2.0, 8.0]


@pytest.mark.parametrize(
    ("takes", "fault", "calls"),
    [
        (0.1, Fault.DOWN, 3),
        (28.9, Fault.DOWN, 1),  # Less than a second of the thirty would be left.
        (14.0, Fault.LOST, 2),
        (16.0, Fault.LOST, 1),  # Another answer takes as long as this one did.
    ],
)
async def test_no_retry_is_begun_that_has_no_time_to_end(
    takes: float, fault: Fault, calls: int
) -> None:
    clock = Clock()

    async def fails_after_a_while() -> Reply:
        clock.now += takes
        raise ModelFailure(fault)

    model, ledger = Scripted(fails_after_a_while), Ledger()
    asked = Patient(model, ledger, Gate(), clock=clock, sleep=clock.sleep, jitter=lambda: 1.0)
    assert await fault_of(asked.ask(ASKED)) is fault
    assert model.calls == calls


async def test_turn_that_comes_in_the_last_second_is_not_taken() -> None:
    waits: list[float] = []

    class Line(Slots):
        def one(self, seconds: float) -> AbstractAsyncContextManager[None]:
            waits.append(seconds)
            return super().one(seconds)

    await patient(Scripted(GOOD), Gate(Line())).ask(ASKED)
    assert waits == [29.0]


# --- breaker --------------------------------------------------------------------------------

DOWN = ModelFailure(Fault.DOWN)


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(failures=5, rest=60, clock=clock)
    for _ in range(5):
        assert not breaker.admit()
        breaker.failed(DOWN, probe=False)
    return breaker


def refusal(breaker: Breaker) -> ModelFailure:
    with pytest.raises(ModelFailure) as refused:
        breaker.admit()
    return refused.value


def test_five_failures_in_a_row_stop_the_calls_of_all() -> None:
    refused = refusal(opened(Clock()))
    assert (refused.fault, refused.wait) == (Fault.PAUSED, 60)


def test_an_answer_amid_failures_starts_the_count_anew() -> None:
    breaker = Breaker(failures=2, clock=Clock())
    for _ in range(5):
        breaker.failed(DOWN, probe=False)
        breaker.answered()
    assert not breaker.admit()


def test_one_probe_goes_through_a_minute_later_and_closes_it_if_answered() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 60
    assert breaker.admit()
    assert refusal(breaker).fault is Fault.PAUSED
    breaker.answered()
    assert not breaker.admit()


def test_failed_probe_means_another_minute() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 60
    breaker.failed(DOWN, probe=breaker.admit())
    assert refusal(breaker).wait == 60
    clock.now += 60
    assert breaker.admit()


def test_probe_that_is_given_up_leaves_the_next_call_to_probe() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 60
    breaker.withdrawn(probe=breaker.admit())
    assert breaker.admit()


def test_failures_of_calls_sent_before_it_opened_prolong_nothing() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 59
    breaker.failed(DOWN, probe=False)
    clock.now += 1
    assert breaker.admit()
    breaker.failed(DOWN, probe=False)  # Nor do they take the probe's place.
    assert refusal(breaker).fault is Fault.PAUSED


def test_endpoints_own_pause_is_kept_but_for_an_hour_at_most() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    breaker.failed(ModelFailure(Fault.LATER, wait=300), probe=False)
    assert (refusal(breaker).fault, refusal(breaker).wait) == (Fault.LATER, 300)
    breaker.failed(ModelFailure(Fault.LATER, wait=86_400), probe=False)
    assert refusal(breaker).wait == 3600


async def test_calls_that_are_stopped_reach_neither_model_nor_ledger() -> None:
    model, ledger = Scripted(Fault.BAD_KEY), Ledger()
    asked = patient(model, ledger=ledger)
    faults = [await fault_of(asked.ask(ASKED)) for _ in range(3)]
    assert faults == [Fault.BAD_KEY] * 3
    assert model.calls == 1
    assert len(ledger.said) == 3


async def test_answered_probe_opens_the_way_for_all() -> None:
    clock = Clock()
    gate = Gate(breaker=opened(clock))
    clock.now += 60
    await patient(Scripted(GOOD), gate).ask(ASKED)
    assert not gate.breaker.admit()


async def test_probe_that_the_budget_stops_tells_nothing() -> None:
    clock = Clock()
    gate = Gate(breaker=opened(clock))
    clock.now += 60
    stopped = patient(Scripted(GOOD), gate, Ledger(over_budget=True))
    assert await fault_of(stopped.ask(ASKED)) is Fault.OVER_BUDGET
    assert gate.breaker.admit()
    assert refusal(gate.breaker).fault is Fault.PAUSED


# --- the ledger -----------------------------------------------------------------------------


async def test_ledger_hears_of_an_attempt_before_and_after() -> None:
    ledger = Ledger()
    await patient(Scripted(Fault.DOWN, GOOD), ledger=ledger).ask(ASKED)
    assert ledger.said == [
        ("1", "reserved"),
        ("1", "sent"),
        ("1", "down"),
        ("2", "reserved"),
        ("2", "sent"),
        ("2", "answered"),
    ]


async def test_spent_budget_stops_the_call_before_it_is_made() -> None:
    model, gate = Scripted(GOOD), Gate()
    asked = patient(model, gate, Ledger(over_budget=True))
    for _ in range(10):
        assert await fault_of(asked.ask(ASKED)) is Fault.OVER_BUDGET
    assert model.calls == 0
    assert not gate.breaker.admit()


@pytest.mark.parametrize("down", ["reserved", "sent"])
async def test_what_cannot_be_noted_is_not_sent(down: str) -> None:
    model = Scripted(GOOD)
    assert await fault_of(patient(model, ledger=Ledger(down=down)).ask(ASKED)) is Fault.UNRECORDED
    assert model.calls == 0


async def test_answer_outlives_a_ledger_that_fails_after_it() -> None:
    assert await patient(Scripted(GOOD), ledger=Ledger(down="answered")).ask(ASKED) == GOOD
    down = patient(Scripted(Fault.DECLINED), ledger=Ledger(down="declined"))
    assert await fault_of(down.ask(ASKED)) is Fault.DECLINED


async def leave_while_writing(ledger: Ledger, writes_before: int) -> Scripted:
    """Cancel a call amid a write of the ledger's, then let the write go on."""
    model = Scripted(GOOD)
    call = asyncio.ensure_future(patient(model, ledger=ledger).ask(ASKED))
    while len(ledger.said) < writes_before:
        await asyncio.sleep(0)
    ledger.go_on.clear()
    ledger.writing.clear()
    await ledger.writing.wait()
    call.cancel()
    await asyncio.sleep(0.01)
    assert not call.done()
    ledger.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await call
    return model


@pytest.mark.parametrize(
    ("writes_before", "said"),
    [
        (0, ["reserved", "withdrawn"]),
        (1, ["reserved", "sent", "withdrawn"]),
        (2, ["reserved", "sent", "answered"]),
    ],
)
async def test_ledger_is_whole_however_a_call_is_cancelled(
    writes_before: int, said: list[str]
) -> None:
    ledger = Ledger()
    model = await leave_while_writing(ledger, writes_before)
    assert [what for _, what in ledger.said] == said
    assert model.calls == (1 if "answered" in said else 0)


async def test_every_failed_attempt_is_noticed() -> None:
    noticed: list[ModelFailure] = []
    clock = Clock()
    asked = Patient(
        Scripted(Fault.DOWN, GOOD),
        Ledger(),
        Gate(),
        noticed=noticed.append,
        clock=clock,
        sleep=clock.sleep,
    )
    await asked.ask(ASKED)
    assert [failure.fault for failure in noticed] == [Fault.DOWN]


def test_every_fault_has_a_code_of_its_own_and_speaks_of_no_person() -> None:
    codes = [fault.row.code for fault in Fault]
    assert len(set(codes)) == len(codes)
    for fault in Fault:
        assert 1 <= fault.row.tries <= 3
        assert fault.row.said[0].islower()
        assert not {"you", "your", "must", "should", "wrong"} & set(fault.row.said.split())
