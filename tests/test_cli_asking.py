"""`coach score` with a language model: every draft to its last stage, several at a time."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from misbehaving import Behaviour, complete, late, misbehaving, refuse

COMMAND = Path(sys.executable).with_name("coach")
DRAFT = {"objective": "Parcels arrive when promised", "key_results": ["Late parcels from 9 to 4 %"]}
SILENT = complete(json.dumps({"answers": [], "questions": []}))


async def score(
    *arguments: str, behaviour: Behaviour, sent: str, data: Path, **settings: str
) -> tuple[list[dict[str, object]], str, int]:
    """Run the command against an endpoint; return the lines, the errors and the calls made."""
    async with misbehaving(behaviour) as endpoint:
        environ = {name: said for name, said in os.environ.items() if "COACH_" not in name}
        environ |= {
            "COACH_DATA_DIR": str(data),
            "COACH_MODEL_URL": endpoint.url,
            "COACH_MODEL": "small-1",
            **settings,
        }
        process = await asyncio.create_subprocess_exec(
            *(COMMAND, "score", "-", "--input", "jsonl"),
            *("--format", "jsonl", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environ,
        )
        out, told = await process.communicate(sent.encode())
        lines = [json.loads(line) for line in out.splitlines()]
        return lines, told.decode(), len(endpoint.calls)


def reasons(assessment: dict[str, object]) -> str:
    return json.dumps(assessment["unjudged"]) + json.dumps(assessment["notes"])


async def test_every_draft_is_read_by_the_model_and_told_in_its_order(tmp_path: Path) -> None:
    drafts = [{**DRAFT, "objective": f"Parcels arrive when promised {n} times"} for n in range(5)]
    sent = "\n".join(map(json.dumps, drafts))
    lines, told, calls = await score(behaviour=late(0.05, SILENT), sent=sent, data=tmp_path)
    assert not told
    assert [line["draft"]["objective"] for line in lines] == [d["objective"] for d in drafts]  # type: ignore[index] - JSON
    assert calls >= len(drafts)
    assert all("language model" in reasons(line) for line in lines)


async def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    sent = json.dumps(DRAFT)
    first, _, calls = await score(behaviour=SILENT, sent=sent, data=tmp_path)
    again, _, _ = await score(behaviour=SILENT, sent=sent, data=tmp_path)
    assert calls
    assert again == first


async def test_a_model_that_is_off_is_not_asked(tmp_path: Path) -> None:
    sent = json.dumps(DRAFT)
    lines, _, calls = await score("--model", "off", behaviour=SILENT, sent=sent, data=tmp_path)
    assert len(lines) == 1
    assert not calls


async def test_what_is_private_is_told_where_a_model_is_asked(tmp_path: Path) -> None:
    sent = json.dumps({**DRAFT, "objective": "Parcels for Mr Visser arrive when promised"})
    told, _, _ = await score(behaviour=SILENT, sent=sent, data=tmp_path)
    assert "a person's name" in reasons(told[0])
    kept, _, _ = await score("--model", "off", behaviour=SILENT, sent=sent, data=tmp_path)
    assert "a person's name" not in reasons(kept[0])


async def test_a_model_that_fails_leaves_what_rules_say(tmp_path: Path) -> None:
    sent = json.dumps(DRAFT)
    refusing = refuse(401, "invalid_api_key")
    failed, _, _ = await score(behaviour=refusing, sent=sent, data=tmp_path)
    alone, _, _ = await score("--model", "off", behaviour=SILENT, sent=sent, data=tmp_path)
    assert failed[0]["scores"] == alone[0]["scores"]
    assert "isn't set up correctly" in reasons(failed[0])


async def test_a_line_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    sent = "\n".join((json.dumps(DRAFT), "{}", json.dumps(DRAFT)))
    lines, told, _ = await score(behaviour=SILENT, sent=sent, data=tmp_path)
    assert len(lines) == 2
    assert "2" in told


@pytest.mark.parametrize("spent", ["0"])
async def test_over_budget_nothing_is_asked(tmp_path: Path, spent: str) -> None:
    lines, _, calls = await score(
        behaviour=SILENT,
        sent=json.dumps(DRAFT),
        data=tmp_path,
        COACH_MODEL_BUDGET=spent,
        COACH_MODEL_PRICE_INPUT="1",
        COACH_MODEL_PRICE_OUTPUT="1",
    )
    assert not calls
    assert "budget" in reasons(lines[0])
