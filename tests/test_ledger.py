"""What is asked of a language model is written down, paid for once, and never over a budget."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.errors import StoreUnavailable
from coach.model import Reply, Request
from coach.model.faults import Fault, ModelFailure
from coach.spending import Budget, Prices, Reuse, Terms, Usage, UsageLine, amount
from coach.store import Database, KeptAnswers, Ledger

CANARY = "the-otters-of-lund-0451"
REQUEST = Request("judge", "Judge.", f"Objective: {CANARY}", {"type": "object"}, most_tokens=100)
REPLY = Reply(f'{{"quote": "{CANARY}"}}', "small-1-of-may", 200, 20, 80)
PRICES = Prices(input=Decimal("2.5"), output=Decimal(10), cached=Decimal("1.25"))
TERMS = Terms("small-1", "models.example", PRICES, "EUR", budget_micro=20_000)
FREE = Terms("small-1", "models.example")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = Database(path, patience=5)
    await opened.open()
    yield opened
    await opened.close()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


async def attempt(ledger: Ledger, end: Reply | ModelFailure | None = REPLY) -> str:
    """Make an attempt that ends so, or with None doesn't end."""
    made = await ledger.reserve(REQUEST, "small-1")
    await ledger.sent(made)
    if isinstance(end, Reply):
        await ledger.answered(made, end)
    elif end is not None:
        await ledger.failed(made, end)
    await written(ledger._database)
    return made


async def written(database: Database) -> None:
    """Wait for what was handed in and not waited for."""
    await database._writer.finish()


async def refused(ledger: Ledger) -> ModelFailure:
    with pytest.raises(ModelFailure) as caught:
        await ledger.reserve(REQUEST, "small-1")
    return caught.value


# --- budgets --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "micro"),
    [((1000, 20, 400), 2200), ((1000, 20), 2700), ((1, 0), 3), ((10, 0, 99), 13), ((0, 0), 0)],
)
def test_cost_is_counted_in_micro_units_and_rounded_up(tokens: tuple[int, ...], micro: int) -> None:
    assert PRICES.cost(*tokens) == micro


async def test_fifty_at_once_never_overspend(database: Database, path: Path) -> None:
    ledger = Ledger(database, TERMS)
    tried = await asyncio.gather(
        *(ledger.reserve(REQUEST, "small-1") for _ in range(50)), return_exceptions=True
    )
    held = [each for each in tried if isinstance(each, str)]
    over = [each for each in tried if isinstance(each, ModelFailure)]
    ((most, count, spent),) = rows(
        path, "SELECT max(cost_micro), count(*), sum(cost_micro) FROM attempts"
    )
    assert isinstance(most, int)
    assert len(held) == count == 20_000 // most > 5
    assert spent == count * most
    assert len(over) == 50 - len(held)
    assert {each.fault for each in over} == {Fault.OVER_BUDGET}


async def test_two_processes_share_a_budget(database: Database, path: Path) -> None:
    other = Database(path, patience=5)
    await other.open()
    ledgers = [Ledger(database, TERMS), Ledger(other, TERMS)]
    tried = await asyncio.gather(
        *(ledger.reserve(REQUEST, "small-1") for ledger in ledgers * 25), return_exceptions=True
    )
    await other.close()
    ((most, spent),) = rows(path, "SELECT max(cost_micro), sum(cost_micro) FROM attempts")
    assert isinstance(most, int)
    assert sum(isinstance(each, str) for each in tried) == 20_000 // most
    assert spent == 20_000 // most * most


async def test_what_is_reserved_is_never_less_than_what_bytes_can_cost(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, replace(TERMS, budget_micro=None))
    await ledger.reserve(replace(REQUEST, user="ж" * 1000, most_tokens=50), "small-1")
    assert rows(path, "SELECT cost_micro > 2.5 * 2000 + 10 * 50 FROM attempts") == [(1,)]


async def test_answer_gives_back_what_it_did_not_need(database: Database) -> None:
    ledger = Ledger(database, replace(TERMS, budget_micro=3_000))
    first = await attempt(ledger, None)
    assert (await refused(ledger)).fault is Fault.OVER_BUDGET
    await ledger.answered(first, REPLY)
    await ledger.reserve(REQUEST, "small-1")


async def test_answer_that_tells_no_tokens_costs_what_was_reserved(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, TERMS)
    await ledger.reserve(REQUEST, "small-1")
    await attempt(ledger, Reply("{}", "small-1"))
    ((reserved, settled),) = rows(path, "SELECT min(cost_micro), max(cost_micro) FROM attempts")
    assert reserved == settled


async def test_failure_costs_nothing_unless_work_may_be_done(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, TERMS)
    await attempt(ledger, ModelFailure(Fault.BUSY))
    await attempt(ledger, ModelFailure(Fault.LOST))
    await attempt(ledger, ModelFailure(Fault.CUT_SHORT, reply=REPLY))
    found = rows(path, "SELECT state, fault, min(cost_micro, 601) FROM attempts ORDER BY rowid")
    assert found == [
        ("failed", "busy", 0),
        ("ambiguous", "lost", 601),
        ("failed", "cut-short", 600),
    ]


async def test_budget_is_a_days_and_a_principals(database: Database, path: Path) -> None:
    tight = replace(TERMS, budget_micro=3_000)
    await Ledger(database, tight).reserve(REQUEST, "small-1")
    await refused(Ledger(database, tight))
    await Ledger(database, tight, "ana").reserve(REQUEST, "small-1")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE attempts SET day = '2026-01-01'")
    await Ledger(database, tight).reserve(REQUEST, "small-1")


async def test_without_prices_or_budget_everything_is_counted_and_nothing_refused(
    database: Database, path: Path
) -> None:
    await attempt(Ledger(database, FREE))
    assert rows(path, "SELECT input_tokens, cost_micro, currency FROM attempts") == [(200, 0, "")]


# --- every attempt, whatever happens --------------------------------------------------------


async def test_attempts_that_end_together_are_each_written_down(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, replace(TERMS, budget_micro=None))
    ends = [REPLY, ModelFailure(Fault.BUSY), ModelFailure(Fault.LOST), None] * 10
    await asyncio.gather(*(attempt(ledger, end) for end in ends))
    await asyncio.gather(*(Ledger(database, TERMS).recover() for _ in range(3)))
    assert rows(path, "SELECT state, fault, count(*) FROM attempts GROUP BY 1, 2") == [
        ("ambiguous", "interrupted", 10),
        ("ambiguous", "lost", 10),
        ("answered", None, 10),
        ("failed", "busy", 10),
    ]


async def test_answers_found_and_kept_together_are_all_there(database: Database) -> None:
    answers = KeptAnswers(database, 30)
    await asyncio.gather(*(answers.keep(f"d{number % 20}", REPLY) for number in range(60)))
    found = await asyncio.gather(*(answers.find(f"d{number}") for number in range(25)))
    assert found == [REPLY] * 20 + [None] * 5
    await written(database)
    assert (await database.usage(1)).reuses == 20


async def test_attempt_is_told_from_before_it_is_sent_to_its_end(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, TERMS)
    state = "SELECT state FROM attempts"
    made = await ledger.reserve(REQUEST, "small-1")
    assert rows(path, state) == [("reserved",)]
    await ledger.sent(made)
    await written(database)
    assert rows(path, state) == [("sent",)]
    await asyncio.sleep(0.02)
    await ledger.answered(made, REPLY)
    await written(database)
    assert rows(
        path,
        "SELECT id, principal, request, model, state, fault, input_tokens, cached_tokens,"
        " output_tokens, cost_micro, currency, milliseconds BETWEEN 20 AND 5000 FROM attempts",
    ) == [(made, "local", "judge", "small-1", "answered", None, 200, 80, 20, 600, "EUR", 1)]


def test_crash_leaves_what_was_open_ambiguous_and_paid_for(path: Path) -> None:
    program = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_ledger import *

async def main():
    database = Database(Path(sys.argv[1]))
    await database.open()
    ledger = Ledger(database, TERMS)
    await attempt(ledger)
    await attempt(ledger, None)
    await ledger.reserve(REQUEST, "small-1")
    print("now", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""
    command = [sys.executable, "-c", program, str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        process.send_signal(signal.SIGKILL)

    async def start_again() -> None:
        database = Database(path)
        await database.open()
        await Ledger(database, TERMS).recover()
        usage = await database.usage(1)
        await database.close()
        (line,) = usage.lines
        assert (line.attempts, line.answered, line.ambiguous, line.open) == (3, 1, 2, 0)
        assert line.cost_micro == 600
        assert line.perhaps_micro > 2 * 1000

    asyncio.run(start_again())
    assert rows(path, "SELECT state, fault, count(*) FROM attempts GROUP BY state, fault") == [
        ("ambiguous", "interrupted", 2),
        ("answered", None, 1),
    ]


async def test_another_process_at_its_start_takes_no_answer_away(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, TERMS)
    made = await attempt(ledger, None)
    await Ledger(database, TERMS).recover()
    await ledger.answered(made, REPLY)
    await ledger.failed(made, ModelFailure(Fault.LOST))
    await written(database)
    assert rows(path, "SELECT state, fault, cost_micro FROM attempts") == [("answered", None, 600)]


async def test_cancelled_caller_does_not_undo_what_is_written(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, TERMS)
    made = await attempt(ledger, None)
    settling = asyncio.create_task(ledger.answered(made, REPLY))
    await asyncio.sleep(0)
    settling.cancel()
    await ledger.reserve(REQUEST, "small-1")
    assert rows(path, "SELECT state FROM attempts ORDER BY at") == [("answered",), ("reserved",)]


async def test_nothing_is_reserved_in_a_database_that_does_not_answer(
    database: Database, path: Path
) -> None:
    path.unlink()
    with pytest.raises(StoreUnavailable):
        await Ledger(database, TERMS).reserve(REQUEST, "small-1")


async def test_ledger_holds_no_word_of_a_draft(database: Database, path: Path) -> None:
    ledger = Ledger(database, TERMS)
    await attempt(ledger)
    await attempt(ledger, ModelFailure(Fault.CUT_SHORT, CANARY, reply=REPLY))
    await attempt(ledger, None)
    assert CANARY not in repr(rows(path, "SELECT * FROM attempts"))
    assert REQUEST.system not in repr(rows(path, "SELECT * FROM attempts"))


# --- what it came to ------------------------------------------------------------------------


async def test_usage_adds_up_by_day_kind_and_model(database: Database, path: Path) -> None:
    ledger = Ledger(database, replace(TERMS, budget_micro=None))
    for _ in range(3):
        await attempt(ledger)
    await attempt(ledger, ModelFailure(Fault.TOO_SLOW))
    await attempt(ledger, ModelFailure(Fault.DOWN))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE attempts SET day = '2026-01-01' WHERE rowid = 1")
    await ledger.reserve(replace(REQUEST, name="rewrite"), "small-1")
    today = datetime.now(UTC).date()
    usage = await database.usage(2)
    assert (usage.since, usage.until) == (
        (today - timedelta(days=1)).isoformat(),
        today.isoformat(),
    )
    judge, rewrite = usage.lines
    assert (judge.day, judge.request, judge.model, judge.currency) == (
        today.isoformat(),
        "judge",
        "small-1",
        "EUR",
    )
    assert (judge.attempts, judge.answered, judge.failed, judge.ambiguous) == (4, 2, 1, 1)
    assert (judge.input_tokens, judge.cached_tokens, judge.output_tokens) == (400, 160, 40)
    assert judge.cost_micro == 1200
    assert judge.perhaps_micro > 1000
    assert (rewrite.request, rewrite.open, rewrite.cost_micro) == ("rewrite", 1, 0)
    assert sum(line.attempts for line in (await database.usage(3_650)).lines) == 6


async def test_budget_of_today_counts_what_is_spent_reserved_and_perhaps_billed(
    database: Database, path: Path
) -> None:
    ledger = Ledger(database, TERMS)
    await attempt(ledger)
    await attempt(ledger, None)
    usage = (await database.usage(1)).within(TERMS)
    ((held,),) = rows(path, "SELECT sum(cost_micro) FROM attempts")
    assert usage.budget == Budget(20_000, held, "EUR")
    assert (await database.usage(1)).within(FREE).budget is None
    assert (await database.usage(1)).within(None).budget is None


def test_totals_keep_currencies_apart() -> None:
    line = UsageLine("2026-11-24", "judge", "m", 3, 2, 1, 0, 0, 10, 5, 4, 70, 0, "EUR")
    usage = Usage("", "", (line, replace(line, currency="USD"), line), (Reuse("", 2), Reuse("", 3)))
    euros, dollars = usage.totals
    assert (euros.currency, euros.attempts, euros.cached_tokens, euros.cost_micro) == (
        "EUR", 6, 10, 140,
    )  # fmt: skip
    assert (dollars.currency, dollars.cost_micro) == ("USD", 70)
    assert usage.reuses == 5
    today = Usage("", line.day, (*usage.lines, replace(line, day="2026-11-23")), ())
    assert today.within(TERMS).budget == Budget(20_000, 140, "EUR")


@pytest.mark.parametrize(
    ("micro", "said"),
    [
        (0, "0.00 EUR"),
        (1, "0.0001 EUR"),
        (2_200, "0.0022 EUR"),
        (420_000, "0.42 EUR"),
        (1_234_567_890, "1,234.57 EUR"),
    ],
)
def test_money_is_shown_as_money(micro: int, said: str) -> None:
    assert amount(micro, "EUR") == said


# --- answers that are kept ------------------------------------------------------------------


async def test_answer_is_found_again_and_counted(database: Database) -> None:
    answers = KeptAnswers(database, 90)
    assert await answers.find("d1") is None
    await answers.keep("d1", replace(REPLY, text="an older one"))
    await answers.keep("d1", REPLY)
    assert await answers.find("d1") == REPLY
    assert await answers.find("d2") is None
    await written(database)
    today = datetime.now(UTC).date().isoformat()
    assert (await database.usage(1)).reused == (Reuse(today, 1),)


@pytest.mark.parametrize(
    "damage", ["x''", "CAST(x'7bff' AS TEXT)", "'{}'", "'not json'", '\'{"text":1,"model":"m"}\'']
)
async def test_damaged_answer_is_asked_for_anew(
    database: Database, path: Path, damage: str
) -> None:
    answers = KeptAnswers(database, 90)
    await answers.keep("d1", REPLY)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE answers SET reply = {damage}")  # noqa: S608 - ours
    assert await answers.find("d1") is None
    await answers.keep("d1", REPLY)
    assert await answers.find("d1") == REPLY


async def test_answers_older_than_their_days_are_gone(database: Database, path: Path) -> None:
    answers = KeptAnswers(database, 30)
    await answers.keep("old", REPLY)
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE answers SET at = ?", (old,))
    assert await answers.find("old") is None
    await KeptAnswers(database, 30).keep("new", REPLY)
    assert rows(path, "SELECT digest FROM answers") == [("new",)]
    await answers.drop_older(0)
    assert rows(path, "SELECT count(*) FROM answers") == [(0,)]


async def test_dropped_answer_leaves_no_bytes_in_the_files(path: Path) -> None:
    database = Database(path)
    await database.open()
    answers = KeptAnswers(database, 30)
    for number in range(50):
        await answers.keep(f"d{number}", replace(REPLY, text=CANARY * (1 + number % 9)))
    await answers.drop_older(0)
    await database.close()
    assert {each.name for each in path.parent.iterdir()} == {path.name}
    assert CANARY.encode() not in path.read_bytes()


async def test_no_answer_is_kept_where_none_is_to_be(database: Database, path: Path) -> None:
    answers = KeptAnswers(database, 0)
    await answers.keep("d1", REPLY)
    assert await answers.find("d1") is None
    assert rows(path, "SELECT count(*) FROM answers") == [(0,)]
