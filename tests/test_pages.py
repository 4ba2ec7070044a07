"""The pages as a browser without scripts meets them: what is shown, kept, escaped and refused."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from browsing import Browser, serving
from msgspec.structs import replace
from scripted import Scripted

from coach.assessment import Assessment
from coach.diff import compare
from coach.errors import BadInput, StoreUnavailable
from coach.okr import KEY_RESULTS_LIMIT, LINE_LIMIT, Context, Draft, KeyResult
from coach.organisation import Organisation
from coach.rubrics import CRITERIA
from coach.service import Coach
from coach.spending import Terms
from coach.store import Database
from coach.view import amount, day, label, result, title
from coach.web.assets import assets, digest
from coach.web.examples import SAMPLES
from coach.web.form import Form, drafts_of, fields_of, form_of, joined, read_form, split
from coach.web.pages import trouble_page

WEAK = "Objective: Improve the onboarding\nKR1: Improve activation\nKR2: Calls from 31 to 18"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{7*7}} {% raw %} &lt;b&gt;"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with serving(Coach(), Database(tmp_path / "coach.sqlite3")) as one:
        yield one


# ── writing and scoring ───────────────────────────────────────────────────────────────────────


async def test_a_pasted_draft_comes_back_scored_under_its_own_address(browser: Browser) -> None:
    sent = await browser.client.post("/", data={"text": WEAK})
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert re.fullmatch(r"/a/[\w-]{16}#result", address)
    page = await browser.open(address)
    assert page.status == 200
    scores = [page.all("dt")[n] for n in range(4)]
    assert scores == ["Clarity", "Ambition", "Measurability", "Purpose"]
    assert page.typed("objective") == ["Improve the onboarding"]
    assert page.typed("key_result") == ["Improve activation", "Calls from 31 to 18"]


async def test_words_that_a_note_rests_on_are_marked_and_lead_to_it(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    assert "Improve activation" in page.all("mark")
    refs = [href for href in page.attributes("a", "href") if href.startswith("#note-")]
    targets = page.attributes("li", "id")
    assert refs
    assert {href[1:] for href in refs} <= set(targets)


async def test_every_note_leads_back_to_its_words(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    back = [href[1:] for href in page.attributes("a", "href") if href.startswith("#at-")]
    assert back
    assert set(back) == {id for id in page.attributes("a", "id") if id.startswith("at-")}


async def test_no_id_stands_twice_on_a_page(browser: Browser) -> None:
    for page in (
        await browser.send({"text": WEAK}),
        await browser.open("/"),
        await browser.open("/criteria"),
    ):
        ids = [said["id"] for _, said, _ in page.elements if "id" in said]
        assert len(ids) == len(set(ids))


async def test_three_notes_come_first_and_the_rest_on_request(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    before, _, after = page.html.partition('class="rest"')
    assert before.count('id="note-') == 3
    assert after.count('id="note-') > 0


async def test_a_sound_draft_is_left_in_peace(browser: Browser) -> None:
    page = await browser.send(list(fields_of(form_of(SAMPLES["sound"].draft))))
    assert "This reads well." in page.text
    assert "Use this" not in page.text
    assert "Keep it as it is" in page.text


async def test_using_a_rewrite_fills_the_form_and_scores_nothing(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    before = page.typed("key_result")
    _, offered = next((said, pairs) for said, pairs in page.forms if said.get("class") == "use")
    page = await browser.send([*offered, ("do", "use")], "/edit")
    assert page.status == 200
    assert page.typed("key_result") != before
    assert page.typed("key_result") == [text for name, text in offered if name == "key_result"]
    (back,) = [
        href
        for href in page.attributes("a", "href")
        if href.startswith("/a/") and "text" not in href
    ][:1]
    assert (await browser.open(back)).typed("key_result") == before


SPLIT = (
    "Objective: Islanders get home before dark, even in winter\n"
    "KR1: Waiting time 18 → 8 min and lost keys 11 → 5\nKR2: Late ferries a month from 31 to 12"
)


async def test_a_line_that_becomes_two_is_shown_beside_what_it_was(browser: Browser) -> None:
    (draft,) = drafts_of(Form(text=SPLIT))
    offer, *_ = result(Coach().assess(draft), Coach()).offers
    lines = [
        (line.label, line.stood, line.name) for line in offer.changed if line.stood != "objective"
    ]
    assert lines == [("Key result 1", "kr1", "kr1"), ("A new key result", "", "kr2")]
    assert "Key result 2" in offer.kept
    page = await browser.send({"text": SPLIT})
    buttons = page.attributes("button", "data-line-stood")
    assert "kr1" in buttons
    assert "" not in buttons


async def test_a_line_is_taken_without_the_rest_of_its_wording(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    before = page.typed("key_result")
    _, offered = next((said, pairs) for said, pairs in page.forms if said.get("class") == "use")
    sent = [*offered, ("fill.kr1.0", "40 [%]"), ("do", "line-kr1-kr1")]
    after = (await browser.send(sent, "/edit")).typed("key_result")
    assert "40 (%)" in after[0]
    assert after[1:] == before[1:]


async def test_the_address_holds_nothing_of_the_draft(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    for href in page.attributes("a", "href"):
        assert "nboarding" not in href
        assert "ctivation" not in href


async def test_the_same_result_is_there_when_it_is_opened_again(browser: Browser) -> None:
    address = (await browser.client.post("/", data={"text": WEAK})).headers["location"]
    assert (await browser.open(address)).html == (await browser.open(address)).html


async def test_the_map_says_as_a_list_what_it_draws_and_asks_what_is_missing(
    browser: Browser,
) -> None:
    page = await browser.send({"text": WEAK, "purpose": "Every newcomer feels at home"})
    drawn = page.all("text", class_="map-name")
    assert drawn == ["Key result 1", "Key result 2", "Objective", "Purpose"]
    told = " ".join(page.all("ul", class_="ties"))
    assert all(name.lower() in told.lower() for name in drawn)
    assert len(page.all("text", class_="map-mark")) == len(
        page.all("line", class_="map-tie--missing")
    )
    assert "?" in told


async def test_a_result_reads_as_plain_text_too(browser: Browser) -> None:
    address = (await browser.client.post("/", data={"text": WEAK})).headers["location"]
    answer = await browser.client.get(address.partition("#")[0] + "/text")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("Improve the onboarding\n1. Improve activation\n2. Calls from 31")
    assert "“Improve activation”" in answer.text


async def test_the_sum_behind_each_score_is_shown_and_right(browser: Browser) -> None:
    page = await browser.send({"text": WEAK})
    sums = page.all("p", class_="spelled")
    assert len(sums) == 4
    for spelled in sums:
        losses = [float(loss) for loss in re.findall(r"− ([\d.]+)", spelled)]
        if left := re.search(r"= ([\d.]+)", spelled):
            assert float(left[1]) == max(0, 100 - sum(losses))


async def test_scores_by_other_rules_show_no_sum_that_is_not_theirs(tmp_path: Path) -> None:
    coach, store = Coach(), Database(tmp_path / "coach.sqlite3")
    async with serving(coach, store) as browser:
        made = coach.assess(Draft("Improve things", ("Improve activation",)))
        old = await store.save(replace(made, versions=replace(made.versions, rubrics="older")))
        page = await browser.open(f"/a/{old.id}")
    assert page.status == 200
    assert not page.all("p", class_="spelled")
    assert "other rules than today's" in page.text


# ── the form ──────────────────────────────────────────────────────────────────────────────────


async def test_a_form_goes_from_one_box_to_fields_and_back(browser: Browser) -> None:
    page = await browser.send({"text": WEAK, "why": "People stay", "do": "fields"}, "/edit")
    assert page.typed("objective") == ["Improve the onboarding"]
    assert page.typed("key_result") == ["Improve activation", "Calls from 31 to 18"]
    assert page.typed("why") == ["People stay"]
    page = await browser.press(page, "paste")
    assert page.typed("text") == [WEAK]
    assert page.typed("why") == ["People stay"]


async def test_owners_and_sources_survive_the_way_through_one_box(browser: Browser) -> None:
    draft = Draft("Guests sleep well", (KeyResult("Complaints from 9 to 3", "Ann", "Front desk"),))
    form = joined(form_of(draft))
    assert drafts_of(form) == (draft,)
    again = await browser.press(await browser.send([*fields_of(form)], "/edit"), "fields")
    assert again.typed("key_result_owner") == ["Ann"]
    assert again.typed("key_result_source") == ["Front desk"]


async def test_key_results_can_be_added_and_taken_out(browser: Browser) -> None:
    page = await browser.send({"text": WEAK, "do": "fields"}, "/edit")
    page = await browser.press(page, "add")
    assert page.typed("key_result") == ["Improve activation", "Calls from 31 to 18", ""]
    page = await browser.press(page, "remove-1")
    assert page.typed("key_result") == ["Calls from 31 to 18", ""]
    assert "Key result 1 was taken out." in page.text


@pytest.mark.parametrize(
    "button", ["remove-0", "remove-9", "remove-²", "pick-1", "fields", "pick-" + "9" * 5000]
)
async def test_a_button_that_no_page_has_changes_nothing(browser: Browser, button: str) -> None:
    page = await browser.send({"text": WEAK, "do": "fields"}, "/edit")
    page = await browser.press(page, button)
    assert page.status == 200
    assert page.typed("objective") == ["Improve the onboarding"]
    assert page.typed("key_result") == ["Improve activation", "Calls from 31 to 18"]


async def test_a_text_with_several_drafts_is_asked_about(browser: Browser) -> None:
    text = (
        "Objective: Guests sleep well\nKR1: Complaints 9 to 3\n\n"
        "Objective: Staff stay\nKR1: Leavers 8 to 4"
    )
    page = await browser.send({"text": text})
    assert page.status == 200
    assert "This text holds 2 objectives." in page.text
    assert page.typed("text") == [text]
    page = await browser.press(page, "pick-2")
    assert page.typed("objective") == ["Staff stay"]


async def test_of_very_many_drafts_only_the_first_are_offered(browser: Browser) -> None:
    text = "\n\n".join(f"Objective: Ward {n} sleeps\nKR1: Calls 9 to 3" for n in range(1, 101))
    page = await browser.send({"text": text})
    assert "This text holds 100 objectives." in page.text
    assert "88 more are in the text." in page.text
    assert page.html.count('value="pick-') == 12


async def test_enter_in_a_field_scores_and_takes_nothing_out(browser: Browser) -> None:
    """Browsers press the first button of a form: it is one that carries no request to edit."""
    page = await browser.send({"text": WEAK, "do": "fields"}, "/edit")
    form = page.html.partition('id="draft"')[2]
    first = re.search(r"<button[^>]*>", form)[0]
    assert "formaction" not in first
    assert "name=" not in first


async def test_what_the_organisation_says_helps_to_fill_the_form(tmp_path: Path) -> None:
    organisation = Organisation(
        purpose="Homes people like", priorities=("Fewer moves", "Safe stairs")
    )
    async with serving(Coach(organisation), Database(tmp_path / "c.sqlite3")) as browser:
        page = await browser.open("/")
    assert "Known here: Homes people like" in page.text
    assert page.attributes("option", "value")[-2:] == ["Fewer moves", "Safe stairs"]


@pytest.mark.parametrize("draft", [sample.draft for sample in SAMPLES.values()])
def test_a_draft_comes_out_of_the_form_as_it_went_in(draft: Draft) -> None:
    form = form_of(draft)
    assert drafts_of(form) == (draft,)
    body = str(httpx.QueryParams(list(fields_of(form)))).encode()
    assert read_form("application/x-www-form-urlencoded", body) == (form, "")


def test_multipart_reads_as_the_other_kind_does() -> None:
    form = replace(form_of(SAMPLES["sound"].draft), came_from="abc")
    parts = [(name, (None, value)) for name, value in fields_of(form)]
    request = httpx.Request("POST", "http://x/", files=parts)
    assert read_form(request.headers["content-type"], request.read()) == (form, "")


PART = b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
PARTED = "multipart/form-data; boundary=x"
CODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (CODED, b"text=\xff\xfe"),
        (CODED, b"text=%ff"),
        (CODED, b"&".join(b"a=1" for _ in range(2000))),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--"),
        (PARTED, b"--x\r\nContent-Disposition: nothing\r\n\r\n\r\n--x--"),
        (PARTED, PART + b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff\r\n--x--"),
        (PARTED, PART + b"\r\nhalf"),
    ],
)
async def test_what_is_no_form_is_refused_with_a_page(
    browser: Browser, kind: str, body: bytes
) -> None:
    answer = await browser.client.post("/", content=body, headers={"content-type": kind})
    assert answer.status_code == 422
    assert "<h1>" in answer.text


# ── bad input ─────────────────────────────────────────────────────────────────────────────────

FULL = {
    "shape": "fields", "objective": "!?", "why": "Because", "cycle": "2026-Q3", "type": "committed",
    "parent": "Above", "priority": "First", "purpose": "Good", "team": "Nights", "owner": "Ann",
}  # fmt: skip


async def test_a_form_with_no_words_says_so_and_keeps_what_was_typed(browser: Browser) -> None:
    page = await browser.send(FULL)
    assert page.status == 422
    assert "One thing to mend first" in page.text
    assert dict(page.draft_form).items() >= FULL.items()
    assert "#objective" in page.attributes("a", "href")
    assert next(t for t in page.all("title")).startswith("To mend first")


async def test_each_problem_leads_to_its_field(browser: Browser) -> None:
    long = "x" * (LINE_LIMIT + 1)
    rows = [("key_result", "Calls from 9 to 3"), ("key_result", ""), ("key_result", long)]
    page = await browser.send([*{**FULL, "team": long}.items(), *rows])
    assert page.status == 422
    ids = {said["id"] for _, said, _ in page.elements if "id" in said}
    assert {href[1:] for href in page.attributes("a", "href") if href.startswith("#")} <= ids
    assert {"#key-result-2", "#team"} <= set(page.attributes("a", "href"))
    assert page.typed("key_result") == ["Calls from 9 to 3", long]
    assert 'aria-describedby="key-result-2-trouble-1" aria-invalid="true"' in page.html


async def test_too_many_key_results_are_told_and_kept(browser: Browser) -> None:
    count = KEY_RESULTS_LIMIT + 1
    rows = [("key_result", f"Calls from {n + 9} to {n}") for n in range(count)]
    page = await browser.send([("shape", "fields"), ("objective", "Fewer calls"), *rows])
    assert page.status == 422
    assert len(page.typed("key_result")) == count
    assert f"at most {KEY_RESULTS_LIMIT}" in page.text


async def test_a_type_that_no_option_offers_is_told(browser: Browser) -> None:
    page = await browser.send({"text": WEAK, "type": "heroic"})
    assert page.status == 422
    assert "#type" in page.attributes("a", "href")
    assert page.typed("text") == [WEAK]


async def test_characters_that_no_database_keeps_are_told(browser: Browser) -> None:
    page = await browser.send({"text": "Objective: Fewer\0calls\nKR1: Calls from 9 to 3"})
    assert page.status == 422


async def test_words_without_an_objective_are_no_error(browser: Browser) -> None:
    page = await browser.send({"shape": "fields", "objective": "", "key_result": "Improve it"})
    assert page.status == 200
    assert "no objective yet" in page.text


class Gone(Database):
    """A database that stopped answering after it was opened."""

    async def save(self, assessment: Assessment, came_from: str | None = None) -> Assessment:
        raise StoreUnavailable(f"gone with {len(assessment.findings)} findings, {came_from}")

    async def get(self, key: str) -> Assessment:
        raise StoreUnavailable(f"gone with {key}")


async def test_without_a_database_the_result_is_shown_and_nothing_typed_is_lost(
    tmp_path: Path,
) -> None:
    async with serving(Coach(), Gone(tmp_path / "c.sqlite3")) as browser:
        page = await browser.send({"text": WEAK, "why": "People stay"})
        opened = await browser.client.get("/a/0123456789abcdef")
    assert page.status == 503
    assert "Scored, but not kept" in page.text
    assert page.typed("key_result") == ["Improve activation", "Calls from 31 to 18"]
    assert page.typed("why") == ["People stay"]
    assert "Notes" in page.text
    assert opened.status_code == 503
    assert opened.headers["retry-after"]


async def test_unknown_addresses_get_a_page_with_a_way_on(browser: Browser) -> None:
    for address in ("/nowhere", "/a/0123456789abcdef", "/criteria/nothing"):
        page = await browser.open(address)
        assert page.status == 404
        assert "There is nothing at this address" in page.text
        assert "/" in page.attributes("a", "href")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 421, 422, 429, 500, 503])
def test_every_error_page_says_what_happened_and_the_way_on(status: int) -> None:
    answer = trouble_page(status, "About 3 < 4.")
    assert answer.status_code == status
    assert "<h1>" in answer.content
    assert "About 3 &lt; 4." in answer.content


# ── hostile text ──────────────────────────────────────────────────────────────────────────────


async def test_hostile_text_is_text_on_every_page(browser: Browser) -> None:
    form = Form(
        "fields",
        objective=HOSTILE,
        key_results=tuple(KeyResult(f"{HOSTILE} from 3 to {n}", HOSTILE, HOSTILE) for n in (3, 9)),
        context={field: HOSTILE for field in Context.__struct_fields__ if field != "type"},
    )
    scored = await browser.send([*fields_of(form)])
    assert scored.status == 200
    refused = await browser.send([*fields_of(replace(form, context={"type": HOSTILE}))])
    assert refused.status == 422
    pasted = await browser.send([*fields_of(joined(form))], "/edit")
    missing = await browser.open(f"/a/{HOSTILE.replace('/', '')}")
    for page in (scored, refused, pasted, missing):
        assert not [tag for tag, said, _ in page.elements if tag == "img" or "onerror" in said]
        assert all(src.startswith("/static/") for src in page.attributes("script", "src"))
        assert page.html.count("<script") == 2
        assert "49" not in page.all("h1")
    assert HOSTILE in scored.typed("objective")
    assert HOSTILE in scored.typed("owner")


async def test_what_a_rewrite_says_is_text(tmp_path: Path) -> None:
    coach, store = Coach(), Database(tmp_path / "c.sqlite3")
    async with serving(coach, store) as browser:
        made = coach.assess(Draft("Improve things", ("Improve activation",)))
        forged = replace(
            made,
            rewrites=tuple(
                replace(r, angle=HOSTILE, objective=HOSTILE, key_results=(f"[{HOSTILE}] to 9",))
                for r in made.rewrites
            ),
            findings=tuple(replace(f, message=HOSTILE, why=HOSTILE) for f in made.findings),
            notes=(HOSTILE,),
        )
        page = await browser.open(f"/a/{(await store.save(forged)).id}")
    assert made.rewrites
    assert not page.all("img")
    assert page.html.count("<script") == 2


async def test_a_forged_address_to_go_back_to_is_dropped(browser: Browser) -> None:
    page = await browser.send({"text": WEAK, "came_from": "//evil.example", "do": "use"}, "/edit")
    assert "evil" not in page.html


async def test_no_page_holds_inline_scripts_or_styles(browser: Browser) -> None:
    read = ("/", "/?example=sound", "/criteria", "/criteria/no-target", "/scores", "/privacy")
    pages = [await browser.send({"text": WEAK}), await browser.send(FULL)]
    pages += [await browser.open(address) for address in read]
    for page in pages:
        assert page.status in (200, 422)
        assert not page.all("style")
        assert not any(page.all("script"))
        for _, said, _ in page.elements:
            assert "style" not in said
            assert not [name for name in said if name.startswith("on")]
            for name in ("href", "src", "action", "formaction"):
                assert re.match(r"[/#?]|$", said.get(name, "")), said


# ── explaining ────────────────────────────────────────────────────────────────────────────────


async def test_every_criterion_is_listed_and_has_a_page(browser: Browser) -> None:
    listed = await browser.open("/criteria")
    for id, criterion in CRITERIA.items():
        assert f"/criteria/{id}" in listed.attributes("a", "href")
        page = await browser.open(f"/criteria/{id}")
        assert page.status == 200
        assert page.all("h1") == [title(id)]
        assert criterion.why in page.text
        assert " ".join(criterion.source.split()) in page.text


@pytest.mark.parametrize("id", list(CRITERIA))
async def test_a_criterion_s_examples_can_be_tried(browser: Browser, id: str) -> None:
    page = await browser.open(f"/criteria/{id}")
    tries = [href for href in page.attributes("a", "href") if href.startswith("/?criterion=")]
    examples = (*CRITERIA[id].flags, *CRITERIA[id].passes)
    assert len(tries) == len(examples)
    for href, example in zip(tries, examples, strict=True):
        form = form_of(example.draft)
        shown = await browser.open(href)
        assert shown.typed("objective") == [form.objective]
        assert shown.typed("key_result") == [kr.text for kr in form.rows]


async def test_how_scores_are_made_names_this_profile_s_numbers(browser: Browser) -> None:
    page = await browser.open("/scores")
    bands = Coach().profile.bands
    assert f"below {bands.fair}" in page.text
    assert f"{bands.strong} and up" in page.text


async def test_the_pages_say_that_nothing_leaves_this_machine(browser: Browser) -> None:
    assert "nothing leaves it" in (await browser.open("/")).text
    assert "Nothing. No language model is asked" in (await browser.open("/privacy")).text


# ── files ─────────────────────────────────────────────────────────────────────────────────────


async def test_files_are_kept_for_good_under_an_address_that_names_their_version(
    browser: Browser,
) -> None:
    page = await browser.open("/")
    for address in page.attributes("link", "href") + page.attributes("script", "src"):
        assert address.startswith(f"/static/{digest()}/")
        answer = await browser.client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


async def test_an_old_page_s_files_are_not_kept_for_good(browser: Browser) -> None:
    answer = await browser.client.get("/static/0123456789ab/coach.css")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["cache-control"]


async def test_pages_come_small_to_those_who_can_unpack_and_events_come_as_they_are(
    browser: Browser,
) -> None:
    page = await browser.client.get("/criteria")
    assert page.headers["content-encoding"] == "gzip"
    assert int(page.headers["content-length"]) < len(page.content) / 3
    plain = await browser.client.get("/criteria", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    scored = await browser.client.post("/", data={"text": WEAK})
    result = scored.headers["location"].partition("#")[0]
    events = await browser.client.get(f"{result}/events")
    assert "content-encoding" not in events.headers


async def test_files_come_plain_to_those_who_can_t_unpack(browser: Browser) -> None:
    address = f"/static/{digest()}/coach.css"
    plain = await browser.client.get(address, headers={"accept-encoding": "identity"})
    small = await browser.client.get(address, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert plain.text == small.text == assets()["coach.css"].plain.decode()


@pytest.mark.parametrize("name", ["nothing.css", "..", "..%2fpages.py", "%2e%2e%2fpages.py"])
async def test_no_other_file_is_given_out(browser: Browser, name: str) -> None:
    assert (await browser.client.get(f"/static/{digest()}/{name}")).status_code == 404


def imports(text: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r'from "\./([\w.]+)"', text))


def test_scripts_import_nothing_that_is_not_here() -> None:
    for name, asset in assets().items():
        text = asset.plain.decode()
        assert set(imports(text)) <= set(assets()), name
        assert "http" not in text.replace("http://www.w3.org/2000/svg", ""), name


# ── words ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Cut first reply to 4 hours", "Time to first reply from [today] to 4 hours by [date]"),
        ("Launch the help centre.", "[what people do] from [today] to [target]."),
        ("the same", "the same"),
        ("", "new"),
        ("gone", ""),
        ("a  b\nc – d", "a b\nc [x y] d"),
        ("No-shows 1,200 to 3.5", "No-shows from 1,200 to 3.5 %"),
    ],
)
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(p.text for p in pieces if p.change != "added") == before
    assert "".join(p.text for p in pieces if p.change != "removed") == after


def test_a_difference_cuts_no_word_and_no_blank() -> None:
    pieces = compare("sign-ups to 1,200", "sign-offs to [1,200 or more]")
    assert [(p.change, p.words) for p in pieces] == [
        ("removed", "sign-ups"), ("added", "sign-offs"), ("same", "to"),
        ("removed", "1,200"), ("added", "[1,200 or more]"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (45, "%", "45 %"),
        (1200000, "EUR", "1,200,000 EUR"),
        (240, "minutes", "4 h"),
        (45, "minutes", "45 minutes"),
        (1500, "ms", "1.5 s"),
        (0.2, "ratio", "0.2"),
        (-20, "points", "−20 points"),
        (1240, "count", "1,240"),
        (None, "%", None),
    ],
)
def test_numbers_are_said_as_people_write_them(
    value: float | None, unit: str, said: str | None
) -> None:
    assert amount(value, unit) == (said and said.replace(" ", "\u00a0"))


def test_dates_and_names_are_said_as_people_write_them() -> None:
    assert day("2026-06-30") == "30\u00a0June\u00a02026"
    assert day("the end of the cycle") == "the end of the cycle"
    assert label("kr2") == "Key result 2"
    assert title("two-goals") == "Two goals"


def test_marks_join_to_the_line_whatever_overlaps() -> None:
    coach = Coach()
    for text in ("Improve 🎉 activation", "Launch 12 é things and also improve quality", "Try"):
        assessment = coach.assess(Draft(text, (text, f"{text} from 5 to 5")))
        for line in result(assessment, coach).lines:
            whole = "".join(segment.text for segment in line.segments)
            assert whole in ("", text, f"{text} from 5 to 5")


def test_text_that_no_draft_is_in_stays_in_its_box() -> None:
    form = Form(text="   ")
    assert split(form).shape == "fields"
    with pytest.raises(BadInput):
        drafts_of(form)


async def test_a_draft_is_kept_from_the_language_model_until_its_author_lets_it_go(
    tmp_path: Path,
) -> None:
    model = Scripted()
    coach = Coach(model=model, terms=Terms("scripted-1", "models.example"))
    async with serving(coach, Database(tmp_path / "c.sqlite3")) as browser:
        page = await browser.open("/")
        assert "scripted-1 at models.example" in page.html
        assert ("model", "off") not in page.draft_form
        page = await browser.send({"text": WEAK, "model": "off"})
        assert ("model", "off") in page.draft_form
        (offered, *_) = [sent for said, sent in page.forms if said.get("id", "").startswith("use-")]
        used = await browser.send([*offered, ("do", "use")], "/edit")
        assert ("model", "off") in used.draft_form
        assert "This draft was kept from the language model." in page.html
        page = await browser.press(page, "add")
        assert ("model", "off") in page.draft_form
        ticked = await browser.client.post("/live", data={"text": WEAK, "model": "off"})
        assert '<input type="hidden" name="model" value="off">' in ticked.text
        let_go = await browser.client.post("/live", data={"text": WEAK})
        assert '<input type="hidden" name="model"' not in let_go.text
        page = await browser.send(page.draft_form)
        assert ("model", "off") in page.draft_form
    assert model.asked == []


async def test_nobody_is_offered_to_keep_a_draft_from_a_model_that_is_not_there(
    browser: Browser,
) -> None:
    page = await browser.open("/")
    assert "Keep this draft from" not in page.html
