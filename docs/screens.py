"""Pictures of the pages, taken from the running product.

`python docs/screens.py` takes the two that the README shows, and into `docs/screens/all`, which
is not kept, every page in every state, narrow and wide, light and dark, to look at one by one.
With names, as `python docs/screens.py settings keys`, it takes those states alone.
"""

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from coach.settings import read_settings
from coach.wiring import app

Colours = Literal["light", "dark"]

COLOURS: tuple[Colours, ...] = ("light", "dark")
HERE = Path(__file__).parent / "screens"
DRAFT = (
    "Objective: Improve the onboarding experience\n"
    "KR1: Improve activation\n"
    "KR2: Launch the new welcome tour\n"
    "KR3: Support calls in the first week from 31 to 18"
)
TWO = DRAFT + "\n\nObjective: Staff stay with us\nKR1: Leavers from 8 to 4 a year"


def main() -> None:
    with running() as site, chromium() as browser:
        wanted = sys.argv[1:]
        if not wanted:
            take_two(browser, site, HERE)
        take_all(browser, site, HERE / "all", wanted)


def take_two(browser: Browser, site: str, folder: Path) -> None:
    for colours in COLOURS:
        with opened(browser, site, 1280, colours) as page:
            weak(page)
            page.screenshot(path=folder / f"{colours}.png")


def take_all(browser: Browser, site: str, folder: Path, wanted: list[str]) -> None:
    for colours in COLOURS:
        for width in (320, 1280):
            for state in STATES:
                if wanted and state.__name__ not in wanted:
                    continue
                with opened(browser, site, width, colours) as page:
                    state(page)
                    name = f"{state.__name__}-{width}-{colours}.png"
                    page.screenshot(path=folder / name, full_page=state is not keys)


def empty(page: Page) -> None:
    page.goto("/")


def weak(page: Page) -> None:
    score(page, DRAFT)


def unfolded(page: Page) -> None:
    score(page, DRAFT)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def sound(page: Page) -> None:
    page.goto("/?example=sound")
    page.click("[data-score]")
    page.wait_for_selector("#result")


def long(page: Page) -> None:
    score(page, f"Objective: {'a very long way to say it ' * 30}\nKR1: {'word' * 90} from 3 to 9")


def error(page: Page) -> None:
    score(page, "?!")


def several(page: Page) -> None:
    score(page, TWO)


def used(page: Page) -> None:
    score(page, DRAFT)
    page.click(".wordings > summary")
    page.click(".use button >> nth=0")
    page.wait_for_selector("[data-notice]")


def returned(page: Page) -> None:
    page.goto("/")
    page.fill("#text", DRAFT)
    page.reload()
    page.wait_for_selector(".notice")


def hangs_together(page: Page) -> None:
    page.goto("/")
    page.fill("#text", DRAFT)
    page.click(".context > summary")
    page.fill("#purpose", "Every newcomer feels at home")
    page.fill("#why", "Whoever gets lost in the first week rarely stays for a second month")
    page.click("[data-score]")
    page.wait_for_selector("#result")


def offline(page: Page) -> None:
    score(page, DRAFT)
    page.context.set_offline(True)
    page.fill("#objective", "Newcomers feel at home on the first day")
    page.wait_for_selector("[data-status]:not(:empty)")


def keys(page: Page) -> None:
    page.goto("/")
    page.click("[data-keys-open]")


def printed(page: Page) -> None:
    score(page, DRAFT)
    page.emulate_media(media="print")


def batches(page: Page) -> None:
    page.goto("/batches")


def growth(page: Page) -> None:
    page.goto("/growth")


def rubric(page: Page) -> None:
    page.goto("/rubrics/measurability")


def tried(page: Page) -> None:
    page.goto("/criteria/no-target")
    page.fill("#text", DRAFT)
    page.click(".try button")
    page.wait_for_selector("#tried")


def settings(page: Page) -> None:
    page.goto("/settings")


def settings_off(page: Page) -> None:
    page.goto("/settings/text")
    page.fill("#text", 'purpose = "Islanders get home"\n[glosary]\nebb = "low water"\n')
    page.click(".primary")
    page.wait_for_selector(".summary")


def settings_changed(page: Page) -> None:
    """Another tab saves first."""
    page.goto("/settings")
    other = page.context.new_page()
    for one, purpose in ((other, "Islanders get home"), (page, "Everybody gets home")):
        if one is other:
            other.goto("/settings")
        one.fill("#purpose", f"{purpose} ({time.monotonic():.0f})")
        one.click(".primary")
        one.wait_for_selector(".notice, .summary")
    other.close()


def criteria(page: Page) -> None:
    page.goto("/criteria")


def criterion(page: Page) -> None:
    page.goto("/criteria/no-target")


def scores(page: Page) -> None:
    page.goto("/scores")


def privacy(page: Page) -> None:
    page.goto("/privacy")


def usage(page: Page) -> None:
    page.goto("/usage")


def missing(page: Page) -> None:
    page.goto("/nowhere")


STATES: tuple[Callable[[Page], None], ...] = (
    empty, weak, unfolded, sound, long, error, several, used, returned, hangs_together,
    offline, keys, printed, batches, growth, criteria, criterion, tried, rubric, scores, privacy,
    usage, settings, settings_off, settings_changed, missing,
)  # fmt: skip


def score(page: Page, text: str) -> None:
    page.goto("/")
    page.fill("#text", text)
    page.click("[data-score]")
    page.wait_for_selector("#result, [data-summary], .chooser")


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of the product, run with fresh data on a free port."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"COACH_DATA_DIR": folder, "COACH_LOG_LEVEL": "error"})
        config = uvicorn.Config(app(settings), port=0, log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, site: str, width: int, colours: Colours) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 800},
        color_scheme=colours,
        reduced_motion="reduce",
    )
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


if __name__ == "__main__":
    main()
