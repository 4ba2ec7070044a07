"""Nothing is asked twice: what is kept, and who shares a call with whom."""

import asyncio

import msgspec
import pytest

from coach.errors import StoreUnavailable
from coach.model import Check, Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.model.thrift import Thrifty, digest_of

ASKED = Request("judge", "You read drafts.", "Objective: Delight", {"type": "object"})
OTHER = msgspec.structs.replace(ASKED, user="Objective: Grow")
GOOD = Reply('{"a": 1}', "model", 10, 5)


class Counting:
    """A model that counts its calls, and answers when it is told to go on."""

    name = "model"

    def __init__(self, failure: ModelFailure | None = None) -> None:
        self.calls = 0
        self.given_up = 0
        self.go_on = asyncio.Event()
        self.go_on.set()
        self._failure = failure

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        self.calls += 1
        assert check is None or check(GOOD.text) is None
        assert request in (ASKED, OTHER)
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if self._failure:
            raise self._failure
        return GOOD


class Shelf:
    """Keeps answers in memory, or fails as a database does."""

    def __init__(self, *, down: bool = False) -> None:
        self.kept: dict[str, Reply] = {}
        self._down = down

    async def find(self, digest: str) -> Reply | None:
        self._check()
        return self.kept.get(digest)

    async def keep(self, digest: str, reply: Reply) -> None:
        self._check()
        self.kept[digest] = reply

    def _check(self) -> None:
        if self._down:
            raise StoreUnavailable("disk full")


async def until(asked: list["asyncio.Task[Reply]"], model: Counting, calls: int = 1) -> None:
    while model.calls < calls:
        await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    assert not [task for task in asked if task.done()]


def asking(thrifty: Thrifty, times: int) -> list["asyncio.Task[Reply]"]:
    return [asyncio.ensure_future(thrifty.ask(ASKED)) for _ in range(times)]


async def test_answer_is_asked_for_once_and_kept() -> None:
    model = Counting()
    thrifty = Thrifty(model, Shelf())
    assert [await thrifty.ask(ASKED) for _ in range(3)] == [GOOD] * 3
    await thrifty.ask(OTHER)
    assert model.calls == 2


async def test_equal_questions_at_once_are_one_call() -> None:
    model = Counting()
    model.go_on.clear()
    asked = asking(Thrifty(model, Shelf()), 50)
    await until(asked, model)
    model.go_on.set()
    assert await asyncio.gather(*asked) == [GOOD] * 50
    assert model.calls == 1


async def test_those_who_stay_get_their_answer_whoever_leaves() -> None:
    model = Counting()
    model.go_on.clear()
    asked = asking(Thrifty(model, Shelf()), 3)
    await until(asked, model)
    asked[0].cancel()
    asked[1].cancel()
    await asyncio.sleep(0.01)
    model.go_on.set()
    assert await asked[2] == GOOD
    assert (model.calls, model.given_up) == (1, 0)


async def test_call_that_nobody_waits_for_is_given_up_and_the_next_asker_gets_a_new_one() -> None:
    model = Counting()
    model.go_on.clear()
    thrifty = Thrifty(model, Shelf())
    asked = asking(thrifty, 2)
    await until(asked, model)
    for task in asked:
        task.cancel()
    await asyncio.sleep(0)
    again = asyncio.ensure_future(thrifty.ask(ASKED))  # While the old call is still ending.
    await asyncio.sleep(0.01)
    model.go_on.set()
    assert await again == GOOD
    assert (model.calls, model.given_up) == (2, 1)


async def test_failure_reaches_everyone_and_is_not_kept() -> None:
    model, shelf = Counting(ModelFailure(Fault.DOWN)), Shelf()
    thrifty = Thrifty(model, shelf)
    said = await asyncio.gather(*asking(thrifty, 3), return_exceptions=True)
    assert all(isinstance(failure, ModelFailure) for failure in said)
    with pytest.raises(ModelFailure):
        await thrifty.ask(ASKED)
    assert (model.calls, shelf.kept) == (2, {})


async def test_store_that_is_down_costs_a_call_and_no_answer() -> None:
    model = Counting()
    thrifty = Thrifty(model, Shelf(down=True))
    assert [await thrifty.ask(ASKED) for _ in range(2)] == [GOOD] * 2
    assert model.calls == 2


async def test_kept_answer_that_no_longer_passes_is_asked_for_again() -> None:
    model, shelf = Counting(), Shelf()
    shelf.kept[digest_of("model", ASKED)] = msgspec.structs.replace(GOOD, text="{}")
    thrifty = Thrifty(model, shelf)
    reply = await thrifty.ask(ASKED, lambda text: None if "a" in text else "$.a is missing")
    assert (reply, model.calls) == (GOOD, 1)
    assert list(shelf.kept.values()) == [GOOD]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "rewrite"},
        {"system": "You read drafts!"},
        {"user": "Objective: Delight "},
        {"schema": None},
        {"most_tokens": 1},
        {"yes_or_no": True},
    ],
)
def test_every_part_of_a_question_makes_it_another(changed: dict[str, object]) -> None:
    assert digest_of("model", msgspec.structs.replace(ASKED, **changed)) != digest_of(
        "model", ASKED
    )
    assert digest_of("other", ASKED) != digest_of("model", ASKED)
