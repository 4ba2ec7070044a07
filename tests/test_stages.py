"""An assessment grows by stages: rules at once, then what a language model adds."""

import asyncio
import json
import subprocess
import sys
from contextlib import aclosing

import pytest
from click import unstyle
from msgspec.structs import replace
from scripted import Scripted

from coach.assessment import Assessment
from coach.model import Request
from coach.model.faults import Fault, ModelFailure
from coach.okr import Answer, Context, Draft
from coach.organisation import Organisation
from coach.report import report
from coach.rubrics import QUESTIONS
from coach.service import KEPT_BACK, Coach
from coach.view import result

SECRET = b"the same in every test"
DRAFT = Draft(
    "Families reach us on the first call",
    ("Calls answered within a minute: 54 % → 80 %", "Support the reception desk in busy hours"),
    Context(cycle="2027-Q2"),
)
FOUND = json.dumps(
    {
        "answers": [
            {
                "id": "puzzles-outsiders",
                "line": "objective",
                "quote": "reach us",
                "met": "no",
                "reason": "It leaves open who reaches whom, and for what.",
            }
        ],
        "questions": [
            {
                "id": "activity",
                "line": "kr2",
                "question": "What would callers notice when the desk is less busy?",
            }
        ],
    }
)
NOTHING = json.dumps({"rewrites": []})


def scripted(**delays: float) -> Scripted:
    return Scripted({"judge": FOUND, "rewrite": NOTHING}, delays=delays)


async def stages(coach: Coach, **options: bool) -> list[tuple[str, Assessment]]:
    return [step async for step in coach.stages(DRAFT, **options)]


async def test_without_a_model_the_rules_are_the_whole():
    assert await stages(Coach()) == [("rules", Coach().assess(DRAFT))]


@pytest.mark.parametrize(
    ("delays", "order"),
    [
        ({"judge": 0.01, "rewrite": 0.05}, ["rules", "judge", "rewrites"]),
        ({"judge": 0.05, "rewrite": 0.0}, ["rules", "rewrites", "judge"]),
    ],
)
async def test_stages_come_as_they_arrive_and_end_in_the_same_whole(delays, order):
    came = await stages(Coach(model=scripted(**delays), secret=SECRET))
    assert [stage for stage, _ in came] == order
    at_once = await stages(Coach(model=scripted(), secret=SECRET))
    assert came[-1][1] == at_once[-1][1]


async def test_judge_and_rewriter_are_asked_at_the_same_time():
    model = scripted(judge=0.01, rewrite=30)
    coach = Coach(model=model, secret=SECRET)
    async with aclosing(coach.stages(DRAFT)) as steps:
        await anext(steps)
        await anext(steps)
    assert {request.name for request in model.asked} == {"judge", "rewrite"}
    assert model.withdrawn


async def test_rules_come_before_the_model_is_asked():
    model = scripted()
    async with aclosing(Coach(model=model, secret=SECRET).stages(DRAFT)) as steps:
        stage, today = await anext(steps)
    assert stage == "rules"
    assert not model.asked
    assert today.scores == Coach().assess(DRAFT).scores


async def test_judge_s_stage_says_what_is_by_model():
    whole = (await stages(Coach(model=scripted(), secret=SECRET)))[-1][1]
    (found,) = [f for f in whole.findings if f.by == "model"]
    assert found.criterion == "puzzles-outsiders"
    (asked,) = [f for f in whole.findings if f.question_by == "model"]
    assert (asked.criterion, asked.by) == ("activity", "rule")
    assert asked.question == "What would callers notice when the desk is less busy?"
    assert whole.versions.model == "scripted-1"
    assert set(whole.versions.prompts) == {"judge", "rewrite"}


async def test_every_stage_keeps_the_id_that_it_is_stored_under():
    coach = Coach(model=scripted(), secret=SECRET)
    kept = replace(coach.assess(DRAFT), id="abc", created_at="2026-11-24T08:00:00Z")
    grown = [whole async for _, whole in coach.ask(kept)]
    assert {(one.id, one.created_at) for one in grown} == {("abc", "2026-11-24T08:00:00Z")}


async def test_rewrites_are_held_against_today_s_lowered_scores():
    """A rewrite that no model has judged is not shown as mending what a model found."""
    whole = (await stages(Coach(model=scripted(), secret=SECRET)))[-1][1]
    by_rules = Coach().assess(DRAFT)
    assert whole.rewrites
    lowered = by_rules.scores.clarity.value - whole.scores.clarity.value
    assert lowered > 0
    for before, after in zip(by_rules.rewrites, whole.rewrites, strict=True):
        assert before.scores.clarity.value - after.scores.clarity.value == lowered


@pytest.mark.parametrize(
    ("coach", "reason"),
    [
        (Coach(), "no language model is set up"),
        (
            Coach(Organisation(model="off"), model=Scripted()),
            "the organisation does without a language model",
        ),
        (Coach(model=Scripted()), "the language model has not been asked"),
    ],
    ids=["none", "off", "not asked"],
)
def test_what_no_model_judged_says_why(coach: Coach, reason: str):
    unjudged = {one.criterion: one.reason for one in coach.assess(DRAFT).unjudged}
    assert {unjudged[question.criterion.id] for question in QUESTIONS} == {reason}


async def test_organisation_without_a_model_asks_none():
    model = scripted()
    coach = Coach(Organisation(model="off"), model=model, secret=SECRET)
    assert [stage for stage, _ in await stages(coach)] == ["rules"]
    assert not model.asked


async def test_draft_kept_from_the_model_is_not_sent():
    model = scripted()
    came = await stages(Coach(model=model, secret=SECRET), model=False)
    assert [stage for stage, _ in came] == ["rules"]
    assert not model.asked


PRIVATE = Draft("Families pay on time, as with 4111 1111 1111 1111", DRAFT.key_results)


async def test_author_is_told_what_is_private_before_anything_is_sent():
    model = scripted()
    async with aclosing(Coach(model=model, secret=SECRET).stages(PRIVATE)) as steps:
        stage, rules = await anext(steps)
        assert (stage, model.asked) == ("rules", [])
        (note,) = [note for note in rules.notes if "card number" in note]
        later = [assessment async for _, assessment in steps]
    assert later
    for each in later:
        assert each.notes.count(note) == 1


@pytest.mark.parametrize(
    "coach", [Coach(), Coach(Organisation(model="off"), model=scripted(), secret=SECRET)]
)
async def test_what_is_private_is_no_matter_where_nothing_is_sent(coach: Coach):
    assert coach.assess(PRIVATE).notes == ()
    asking = Coach(model=scripted(), secret=SECRET)
    async with aclosing(asking.stages(PRIVATE, model=False)) as steps:
        assert [assessment.notes async for _, assessment in steps] == [(KEPT_BACK,)]


async def test_draft_without_an_objective_is_not_sent():
    model = scripted()
    coach = Coach(model=model, secret=SECRET)
    came = [stage async for stage, _ in coach.stages(Draft("", ("Launch the portal",)))]
    assert came == ["rules", "judge"]
    assert not model.asked


async def test_without_rewrites_none_are_asked_for():
    model = scripted()
    came = await stages(Coach(model=model, secret=SECRET), rewrite=False)
    assert [stage for stage, _ in came] == ["rules", "judge"]
    assert {request.name for request in model.asked} == {"judge"}


async def test_answers_go_to_no_model_and_keep_the_rewrites_that_use_them():
    model = scripted()
    coach = Coach(model=model, secret=SECRET)
    answer = Answer("activity", "kr2", "Callers who give in, from 30 % to 12 %")
    by_rules = coach.assess(DRAFT, answers=(answer,))
    *_, (stage, whole) = [step async for step in coach.ask(by_rules)]
    assert stage == "judge"
    assert {request.name for request in model.asked} == {"judge"}
    assert all("give in" not in str(request) for request in model.asked)
    shown = [(one.objective, one.key_results) for one in whole.rewrites]
    assert shown == [(one.objective, one.key_results) for one in by_rules.rewrites]
    assert "allers who give in" in str(shown)


async def test_model_that_fails_changes_nothing_but_what_is_said_about_it():
    down = ModelFailure(Fault.DOWN)
    model = Scripted({"judge": down, "rewrite": down})
    coach = Coach(model=model, secret=SECRET)
    whole = (await stages(coach))[-1][1]
    by_rules = coach.assess(DRAFT)
    assert replace(whole, unjudged=(), notes=()) == replace(by_rules, unjudged=(), notes=())
    assert any(Fault.DOWN.row.said in one.reason for one in whole.unjudged)
    assert any(Fault.DOWN.row.said in note for note in whole.notes)


async def test_judge_that_fails_leaves_the_rewrites_alone_and_the_other_way_round():
    for failing, there in (("judge", "rewrite"), ("rewrite", "judge")):
        script = {"judge": FOUND, "rewrite": NOTHING} | {failing: ModelFailure(Fault.TOO_SLOW)}
        came = await stages(Coach(model=Scripted(script), secret=SECRET))
        assert len(came) == 3
        assert set(came[-1][1].versions.prompts) == {there}


@pytest.mark.parametrize("slow", ["judge", "rewrite"])
async def test_mistake_of_ours_in_one_takes_the_other_s_word_from_nobody(slow: str):
    def mistaken(_: Request) -> str:
        raise ZeroDivisionError

    there, other = {"judge": ("judge", "rewrite"), "rewrite": ("rewrites", "judge")}[slow]
    script = {"judge": FOUND, "rewrite": NOTHING} | {other: mistaken}
    steps = Coach(model=Scripted(script, delays={slow: 0.02}), secret=SECRET).stages(DRAFT)
    assert [(await anext(steps))[0] for _ in range(2)] == ["rules", there]
    with pytest.raises(ZeroDivisionError):
        await anext(steps)


async def test_leaving_takes_back_what_is_asked():
    model = scripted(judge=30, rewrite=30)
    steps = Coach(model=model, secret=SECRET).stages(DRAFT)
    await anext(steps)
    waiting = asyncio.ensure_future(anext(steps))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert sorted(model.withdrawn) == ["judge", "rewrite"]


async def test_closing_between_two_stages_takes_back_the_other():
    model = scripted(rewrite=30)
    async with aclosing(Coach(model=model, secret=SECRET).stages(DRAFT)) as steps:
        await anext(steps)
        assert (await anext(steps))[0] == "judge"
    assert model.withdrawn == ["rewrite"]


def test_who_asks_no_model_loads_nothing_for_it():
    """Asking takes asyncio, prompts and their templates; a score on the command line does not."""
    lines = "import sys; from coach.service import Coach; from coach.okr import Draft; "
    lines += "Coach().assess(Draft('Families reach us')); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", lines], check=True, capture_output=True, text=True)
    assert not {"asyncio", "jinja2", "coach.judge", "coach.prompting"} & set(ran.stdout.split())


async def test_sum_that_people_are_shown_ends_at_the_score():
    coach = Coach(model=scripted(), secret=SECRET)
    whole = (await stages(coach))[-1][1]
    (clarity,) = [one for one in result(whole, coach).sums if one.rubric == "clarity"]
    assert [line.criterion.id for line in clarity.lowered] == ["puzzles-outsiders"]
    held = clarity.left if clarity.cap is None else min(clarity.left, clarity.cap)
    assert held - sum(line.cost for line in clarity.lowered) == clarity.value
    told = unstyle(report(whole, coach, width=200, full=True))
    assert "− 16 puzzles-outsiders by model" in told
    assert "puzzles-outsiders · by model" in told
    assert "when the desk is less busy? (by model)" in told
