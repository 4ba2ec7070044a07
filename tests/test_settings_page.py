"""What the organisation says is read and changed on a page, strictly, and holds at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from browsing import Browser, Page, Pairs, serving
from serving import client_of

from coach import wiring
from coach.service import Coach
from coach.settings import read_settings
from coach.store import Database

FILE = """\
name = "Harbour Ferries"  # since 1902
purpose = "Islanders get home"
priorities = ["Fewer cancelled crossings"]

[glossary]
slack = "minutes between two crossings"
"""
DRAFT = {"objective": "The SLACK shrinks", "key_results": ["Minutes of SLACK from 30 to 20"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "organisation.toml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
async def browser(path: Path) -> AsyncIterator[Browser]:
    charter = wiring.charter(read_settings({"COACH_DATA_DIR": str(path.parent)}))
    async with serving(charter, Database(path.parent / "coach.sqlite3")) as one:
        yield one


def typed(page: Page, **changes: str) -> Pairs:
    ((_, pairs),) = [form for form in page.forms if form[0]["method"] == "post"]
    radios = [("model", changes.pop("model", "on"))]
    said = [(name, changes.get(name, text)) for name, text in pairs if name != "model"]
    return said + radios


async def test_the_fields_show_what_the_file_says(browser: Browser) -> None:
    said = dict(typed(await browser.open("/settings")))
    assert said["name"] == "Harbour Ferries"
    assert said["priorities"] == "Fewer cancelled crossings"
    assert said["glossary"] == "slack: minutes between two crossings"
    assert said["profile"] == "default"


async def test_a_change_is_kept_with_the_file_s_comments_and_holds_at_every_door(
    browser: Browser, path: Path
) -> None:
    opened = await browser.open("/settings")
    changed = typed(
        opened,
        purpose="Islanders get home, whatever the weather",
        priorities="Fewer cancelled crossings\r\n\r\nQuiet ports",
        acronyms="ETA, NPS",
        profile="doerr",
    )
    saved = await browser.send(changed, "/settings")
    assert saved.status == 200
    assert "Saved." in saved.text
    text = path.read_text("utf-8")
    assert "# since 1902" in text
    assert 'acronyms = ["ETA", "NPS"]' in text
    answer = (await browser.client.post("/api/v1/assessments", json=DRAFT)).json()
    assert answer["versions"]["profile"] == "doerr"
    assert "Known here: Islanders get home, whatever the weather" in (await browser.open("/")).text


async def test_the_file_itself_is_changed_too(browser: Browser, path: Path) -> None:
    opened = await browser.open("/settings/text")
    text = FILE.replace("1902", "1901")
    await browser.send(typed(opened, text=text), "/settings/text")
    assert path.read_text("utf-8") == text


async def test_what_is_off_in_the_text_is_told_with_line_and_column(
    browser: Browser, path: Path
) -> None:
    opened = await browser.open("/settings/text")
    page = await browser.send(typed(opened, text=f'{FILE}\n[glosary]\na = "b"'), "/settings/text")
    assert page.status == 422
    told = "Line 8, column 2: there is no setting “glosary”; did you mean “glossary”?"
    assert page.all("a", href="#text")[0].startswith(told)
    assert "[glosary]" in page.all("textarea")[0]
    assert path.read_text("utf-8") == FILE


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("glossary", "slack: a\nebb", "Glossary, line 2: a term, a colon and its meaning"),
        ("glossary", "slack:", "Glossary “slack”: there are no words in it"),
        ("purpose", "long " * 500, "Purpose: 2,499 characters; at most 2,000 are read"),
        ("profile", "dorr", "There is no profile “dorr”"),
    ],
)
async def test_what_is_off_in_a_field_is_told_at_that_field(
    browser: Browser, path: Path, field: str, text: str, told: str
) -> None:
    opened = await browser.open("/settings")
    page = await browser.send(typed(opened, **{field: text}), "/settings")
    assert page.status == 422
    (link,) = page.all("a", href=f"#{field}")
    assert told in link
    assert path.read_text("utf-8") == FILE


@pytest.mark.parametrize("address", ["/settings", "/settings/text"])
async def test_two_tabs_do_not_overwrite_each_other(
    browser: Browser, path: Path, address: str
) -> None:
    mine = await browser.open(address)
    theirs = FILE.replace("Islanders get home", "Islanders are safe")
    path.write_text(theirs, "utf-8")
    changes = (
        {"name": "Mine"}
        if address == "/settings"
        else {"text": FILE.replace("Harbour Ferries", "Mine")}
    )
    clash = await browser.send(typed(mine, **changes), address)
    assert clash.status == 409
    whole = clash.all("pre", class_="file")
    assert "Islanders are safe" in whole[0]
    assert "Mine" not in whole[0]
    assert 'name = "Mine"' in whole[1]
    assert path.read_text("utf-8") == theirs
    saved = await browser.send(typed(clash), address)
    assert saved.status == 200
    assert 'name = "Mine"' in path.read_text("utf-8")


async def test_a_file_that_is_off_is_shown_as_text_to_mend(browser: Browser, path: Path) -> None:
    path.write_text("name = Harbour", "utf-8")
    page = await browser.open("/settings")
    assert page.all("a", href="#text")[0].startswith("Line 1, column 8: this is not TOML")
    assert page.all("textarea") == ["name = Harbour"]
    saved = await browser.send(typed(page, text='name = "Harbour"'), "/settings/text")
    assert saved.status == 200


async def test_what_an_organisation_says_is_text(browser: Browser, path: Path) -> None:
    path.write_text("purpose = '<img src=x onerror=alert(1)>'", "utf-8")
    for address in ("/settings", "/settings/text", "/"):
        assert "<img" not in (await browser.open(address)).html


async def test_other_sites_change_nothing(browser: Browser, path: Path) -> None:
    pairs = dict(typed(await browser.open("/settings"), name="Evil"))
    refused = await browser.client.post(
        "/settings", data=pairs, headers={"sec-fetch-site": "cross-site"}
    )
    assert refused.status_code == 403
    assert path.read_text("utf-8") == FILE


# ── where it can't be changed ─────────────────────────────────────────────────────────────────


async def test_without_a_file_to_follow_the_page_only_reads(tmp_path: Path) -> None:
    async with serving(Coach(), Database(tmp_path / "coach.sqlite3")) as browser:
        page = await browser.open("/settings")
        assert "started without an organisation file" in page.text
        assert not page.all("button", class_="primary")
        assert (await browser.send(typed(page), "/settings")).status == 403


@pytest.mark.parametrize(
    ("settings", "open_to_all"),
    [
        ({}, True),
        ({"COACH_ALLOW_REMOTE": "true"}, False),
        ({"COACH_ALLOW_REMOTE": "true", "COACH_SETTINGS_PAGE": "true"}, True),
        ({"COACH_SETTINGS_PAGE": "false"}, False),
    ],
)
def test_a_service_that_is_open_to_others_is_changed_by_whoever_runs_it(
    tmp_path: Path, settings: dict[str, str], open_to_all: bool
) -> None:
    read = read_settings({"COACH_DATA_DIR": str(tmp_path), **settings})
    closed = wiring.charter(read).closed
    assert (closed == "") is open_to_all
    assert open_to_all or "COACH_SETTINGS_PAGE=true" in closed


# ── a language model, switched off and on ─────────────────────────────────────────────────────


async def test_a_model_is_switched_off_and_on_while_the_service_runs(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "COACH_DATA_DIR": str(tmp_path),
            "COACH_MODEL_URL": "http://127.0.0.1:9/v1",
            "COACH_MODEL": "small-1",
            "COACH_LOG_LEVEL": "error",
        }
    )
    async with client_of(wiring.app(settings)) as client:
        await assert_said(client, "small-1 at 127.0.0.1:9")
        (tmp_path / "organisation.toml").write_text('model = "off"', "utf-8")
        await assert_said(client, "Nothing. No language model is asked")
        (tmp_path / "organisation.toml").write_text('model = "on"', "utf-8")
        await assert_said(client, "small-1 at 127.0.0.1:9")


async def assert_said(client: httpx.AsyncClient, words: str) -> None:
    assert words in (await client.get("/privacy")).text
