"""What is private in a draft stays here, and what comes back is in the author's own words."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import complete, misbehaving
from msgspec import json as as_json

from coach.model.endpoint import Endpoint
from coach.okr import Context, Draft, KeyResult
from coach.privacy import Masked, mask_draft, note
from coach.service import Coach

# Nobody's: the numbers that issuers publish for tests, and made-up keys.
KEY = "sk-proj-7Hq2mX9vT4bL0wZ8rN5cJ1"
PRIVATE = {
    "key": [
        KEY,
        "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "AKIAIOSFODNN7EXAMPLE",
        "xoxb-123456789012-abcdefGHIJKL",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
        "3f9a1c7e5b2d8064af13ce97b5d20846",
    ],
    "card": ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "4111111111111111"],
    "account": ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "CH9300762011623852957"],
    "e-mail": ["mia.okafor@harbour.example", "ops+night@ferry.co.uk"],
    "phone": ["+44 20 7946 0958", "+49 (30) 901820", "+1-202-555-0143"],
}


def values() -> list[tuple[str, str]]:
    return [(kind, value) for kind, listed in PRIVATE.items() for value in listed]


def in_every_place(value: str) -> Draft:
    return Draft(
        f"Islanders reach us, see {value}",
        (f"Calls to {value} answered: 40% → 70%", KeyResult("Fewer letters", None, f"log {value}")),
        Context(*(f"because {value} says so" for _ in range(5))),
    )


@pytest.mark.parametrize(("kind", "value"), values())
def test_private_value_leaves_in_no_field(kind: str, value: str) -> None:
    masked = mask_draft(in_every_place(value))
    assert value not in as_json.encode(masked.draft).decode()
    assert masked.found == (kind,)


@pytest.mark.parametrize(("kind", "value"), values())
def test_private_value_comes_back(kind: str, value: str) -> None:
    draft = in_every_place(value)
    masked = mask_draft(draft)
    assert masked.restore(masked.draft.objective) == draft.objective
    assert masked.restore(masked.draft.sentences[0]) == draft.sentences[0]
    assert masked.restore("quote: nothing") == "quote: nothing"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My employee Anneke Visser closes 12 audits", "Anneke Visser"),
        ("Direct report Jürgen Özdemir ships the pier plan", "Jürgen Özdemir"),
        ("Her reports, Ines Duarte and others, need 5 days", "Ines Duarte"),
        ("Colleague: Tomasz Nowak answers 40 letters", "Tomasz Nowak"),
        ("With my manager Leila O'Connor-Haddad, cut waits to 3 days", "Leila O'Connor-Haddad"),
        ("Dr. Amara Eze sees 9 patients a day", "Amara Eze"),
        ("Frau Keller bekommt 20 Anrufe", "Keller"),
    ],
)
def test_name_of_a_person_stays_here(text: str, name: str) -> None:
    masked = mask_draft(Draft(text))
    assert name not in masked.draft.objective
    assert "person" in masked.found
    assert masked.restore(masked.draft.objective) == text


def test_name_once_given_away_is_put_aside_everywhere() -> None:
    draft = Draft("Visser's team answers", ("My employee Anneke Visser closes 12 audits",))
    masked = mask_draft(draft)
    assert "Visser" not in as_json.encode(masked.draft).decode()


def test_owners_are_not_sent_and_their_names_are_put_aside() -> None:
    draft = Draft(
        "Priya Raman's islanders get home",
        (KeyResult("Late ferries from 9 to 3", "Tariq Aziz"), "Tariq paints 4 boats"),
        Context(owner="Priya Raman"),
    )
    sent = as_json.encode(mask_draft(draft).draft).decode()
    assert not any(name in sent for name in ("Priya", "Raman", "Tariq", "Aziz"))


def test_team_as_owner_is_no_name() -> None:
    draft = Draft(
        "Customer Support Team answers in time", (), Context(owner="Customer Support Team")
    )
    assert mask_draft(draft).draft.objective == draft.objective


@pytest.mark.parametrize(
    "text",
    [
        "Employee Net Promoter Score from 12 to 30",
        "Raise Employee Engagement from 61% to 75%",
        "Manager Training completed by 40 of 50 managers",
        "We report Scope 3 emissions for 12 sites",
        "The report Monday readers open: 40% → 60%",
        "Colleague Satisfaction 3.9 → 4.3",
        "Call waiting time from 120 to 45 seconds",
        "Call 0800 customers a day",
        "Visits from 1 000 000 000 000 000 to 2 000 000 000 000 000",
        "Revenue from €1,234,567,890 to €2,345,678,901",
        "Tokens processed per second from 12000000 to 45000000000000",
        "Pin codes reset by customers from 400 to 90",
        "Token refresh errors 3% → 1%, secret santa for 40",
        "Budget: 4,111,111,111,111,111 → 5",
        "Release v2.14.0-rc1 by 2027-03-31, CVE-2027-12345 closed",
    ],
)
def test_words_and_numbers_of_an_okr_are_left_alone(text: str) -> None:
    masked = mask_draft(Draft(text))
    assert masked.draft.objective == text
    assert masked.found == ()


def readings() -> list[str]:
    tables = sorted((Path(__file__).parent / "readings").glob("*.toml"))
    return [
        entry["text"]
        for table in tables
        for entries in tomllib.loads(table.read_text("utf-8")).values()
        for entry in entries
    ]


def test_no_sentence_of_the_readings_is_masked() -> None:
    sentences = readings()
    assert len(sentences) > 300
    masked = [text for text in sentences if mask_draft(Draft(text)).found]
    assert masked == []


def test_published_drafts_are_sent_as_they_are(shared_data: Path) -> None:
    rows = map(json.loads, (shared_data / "dev.jsonl").read_text("utf-8").splitlines())
    drafts = [row.get(key) or row for row in rows for key in ("weak", "strong")]
    lines = [line for each in drafts for line in (each["objective"], *each["key_results"])]
    assert [line for line in lines if mask_draft(Draft(line)).found] == []


def test_same_value_gets_the_same_placeholder() -> None:
    masked = mask_draft(Draft(f"{KEY} here", (f"{KEY} there",)))
    placeholder = masked.draft.objective.split()[0]
    assert masked.draft.sentences == (f"{placeholder} there",)
    assert mask_draft(Draft(f"{KEY} here", (f"{KEY} there",))) == masked


def test_placeholder_is_none_that_the_author_wrote() -> None:
    draft = Draft(f"SECRET_1 is a ship, {KEY} is not")
    masked = mask_draft(draft)
    assert masked.draft.objective == "SECRET_1 is a ship, SECRET_2 is not"
    assert masked.restore(masked.draft.objective) == draft.objective


def test_note_names_kinds_and_never_a_value() -> None:
    masked = mask_draft(Draft("My employee Anneke Visser pays with 4111 1111 1111 1111"))
    assert masked.note is not None
    assert "a card number and a person's name" in masked.note
    assert not any(value in masked.note for value in ("4111", "Anneke", "Visser"))
    assert mask_draft(Draft("Late ferries from 9 to 3")).note is None
    assert note(()) is None


@pytest.mark.parametrize(
    "text",
    [
        "My employee Anneke Visser returns from sick leave",
        "Employee's salary from 40k to 50k",
        "Her promotion by June",
    ],
)
def test_pay_or_health_of_one_person_is_told(text: str) -> None:
    assert "pay or health" in mask_draft(Draft(text)).found


@pytest.mark.parametrize(
    "text",
    [
        "Sick days per nurse from 9 to 6",
        "The gender pay gap from 9% to 4%",
        "Patients with cancer seen",
    ],
)
def test_pay_and_health_of_many_are_goals(text: str) -> None:
    assert mask_draft(Draft(text)).found == ()


@given(st.text(max_size=80), st.sampled_from(values()), st.text(max_size=40))
def test_what_is_put_aside_always_comes_back(
    before: str, private: tuple[str, str], after: str
) -> None:
    draft = Draft(f"{before} {private[1]} {after}")
    masked: Masked = mask_draft(draft)
    assert masked.restore(masked.draft.objective) == draft.objective


async def test_endpoint_gets_placeholders_and_no_private_value() -> None:
    name, owner = "Anneke Visser", "Priya Raman"
    private = [listed[0] for listed in PRIVATE.values()]
    draft = Draft(
        "Try to get islanders home before dark with my employee Anneke Visser",
        tuple(KeyResult(f"Late ferries, see {value}, to 12 a month", owner) for value in private),
        Context(why=f"{name} waits for islanders at the pier", cycle="2027-Q1", owner=owner),
    )
    async with misbehaving(complete('{"rewrites": [], "answers": [], "questions": []}')) as server:
        model = Endpoint(server.url, "m")
        stages = [stage async for stage, _ in Coach(model=model, secret=b"s").stages(draft)]
        await model.close()
    sent = json.dumps([call.body for call in server.calls], ensure_ascii=False)
    assert {"judge", "rewrites"} <= set(stages)
    assert len(server.calls) >= 2
    assert "Late ferries, see CARD_1, to 12 a month" in sent
    for value in (*private, *name.split(), *owner.split()):
        assert value not in sent


def test_libraries_are_loaded_only_for_what_looks_private() -> None:
    code = (
        "import sys; from coach.privacy import mask_draft; from coach.okr import Draft;"
        "mask_draft(Draft('Late ferries from 1,200 to 300 by 30 June'));"
        "assert not {'stdnum', 'phonenumbers'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
