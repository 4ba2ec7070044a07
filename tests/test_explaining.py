"""Pages to learn from: what they show the engine has scored, and anything can be tried on them."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from browsing import Browser, serving

from coach.assessment import RUBRICS
from coach.organisation import Organisation
from coach.privacy import PUT_ASIDE
from coach.profile import Profile
from coach.reading.parse import parse
from coach.rubrics import CRITERIA
from coach.rubrics.profiles import load_profile
from coach.service import Coach
from coach.spending import Terms
from coach.store import Database
from coach.web.examples import SAMPLES
from coach.web.explaining import as_text

WEAK = "Objective: Improve the onboarding\nKR1: Improve activation"
SOUND = "Objective: Guests find us\nKR1: Guests who come back from 40 % to 55 % by 30 June"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with serving(Coach(), Database(tmp_path / "coach.sqlite3")) as one:
        yield one


@pytest.mark.parametrize("rubric", RUBRICS)
async def test_a_rubric_has_a_page_with_its_criteria_sources_and_a_draft_scored(
    browser: Browser, rubric: str
) -> None:
    page = await browser.open(f"/rubrics/{rubric}")
    assessment = Coach().assess(SAMPLES["first-draft"].draft, rewrite=False)
    score = next(assessment.scores.of(one) for one in RUBRICS if one == rubric)
    shown = f"{score.value} {score.band}" if score.value is not None else "–"
    assert f"{rubric.capitalize()} {shown}" in page.text
    linked = page.attributes("a", "href")
    for one in CRITERIA.values():
        assert (f"/criteria/{one.id}" in linked) == (one.rubric == rubric)
        if one.rubric == rubric:
            assert " ".join(one.source.split())[1:] in page.text


async def test_unknown_rubrics_get_a_page_with_a_way_on(browser: Browser) -> None:
    assert (await browser.open("/rubrics/beauty")).status == 404


async def test_words_tried_on_a_criterion_are_marked_and_kept_nowhere(
    browser: Browser, tmp_path: Path
) -> None:
    raised = await browser.send({"text": WEAK}, "/criteria/no-target")
    assert "Raised." in raised.text
    assert "Improve activation" in " ".join(raised.all("mark"))
    assert WEAK in raised.html
    spared = await browser.send({"text": SOUND}, "/criteria/no-target")
    assert "Left in peace." in spared.text
    with closing(sqlite3.connect(tmp_path / "coach.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM assessments").fetchone() == (0,)


async def test_words_tried_on_a_rubric_show_its_notes_alone(browser: Browser) -> None:
    page = await browser.send({"text": WEAK}, "/rubrics/measurability")
    told = " ".join(page.all("p", class_="sample-note"))
    found = Coach().assess(parse(WEAK)[0], rewrite=False).findings
    assert {f.rubric for f in found} > {"measurability"}
    assert all((f.message in told) == (f.rubric == "measurability") for f in found)


@pytest.mark.parametrize("address", ["/criteria/no-target", "/rubrics/clarity"])
async def test_what_cannot_be_tried_says_why_at_its_box(browser: Browser, address: str) -> None:
    page = await browser.send({"text": "?!"}, address)
    assert page.status == 422
    assert "There are no words in it yet" in page.text


@pytest.mark.parametrize("profile", [Profile(), load_profile("google")], ids=lambda one: one.name)
async def test_examples_are_judged_in_their_own_organisation_whatever_this_one_says(
    tmp_path: Path, profile: Profile
) -> None:
    coach = Coach(Organisation(purpose="Nobody waits", priorities=("Short queues",)), profile)
    async with serving(coach, Database(tmp_path / "coach.sqlite3")) as browser:
        page = await browser.open("/criteria/no-parent")
    raised = [said for said in page.all("p", class_="hint") if said.startswith("Raised")]
    left = [said for said in page.all("p", class_="hint") if said.startswith("Left in peace")]
    assert len(raised) == len(CRITERIA["no-parent"].flags)
    assert len(left) == len(CRITERIA["no-parent"].passes)


@pytest.mark.parametrize("id", CRITERIA)
def test_an_example_comes_out_of_its_box_as_it_went_in(id: str) -> None:
    draft = CRITERIA[id].flags[0].draft
    if draft.objective and draft.key_results:
        (read,) = parse(as_text(draft))
        assert read.context.purpose == draft.context.purpose
        assert read.context.why == draft.context.why


# ── what leaves this machine ──────────────────────────────────────────────────────────────────


async def test_the_page_says_where_words_go_here(tmp_path: Path) -> None:
    terms = Terms("small-1", "models.example", None, "USD", None, 90)
    async with serving(Coach(terms=terms), Database(tmp_path / "ours.sqlite3")) as browser:
        page = await browser.open("/privacy")
    assert "small-1 at models.example" in page.text
    assert "the SQLite file ours.sqlite3" in page.text
    assert "EmbeddingsNot in use." in page.text
    assert all(said in page.text for said in PUT_ASIDE.values())


async def test_an_organisation_that_does_without_a_model_says_so(tmp_path: Path) -> None:
    coach = Coach(Organisation(model="off"))
    async with serving(coach, Database(tmp_path / "coach.sqlite3")) as browser:
        page = await browser.open("/privacy")
    assert "The organisation does without a language model" in page.text
