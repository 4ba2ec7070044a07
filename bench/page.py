"""What the writing page takes of a browser: bytes, first paint, shifts, and the wait for a key.

The product runs in a process of its own with fresh data; Chromium is the one on this machine. Each
visit is a first one, with an empty cache. While a draft of ten key results is typed on in its
fields, every key counts from its press to the next paint, answers that come in between included.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

VISITS = 9
WORDS = " and they tell their neighbours about it, who then come too" * 2
KEYS_APART = 60  # milliseconds
DRAFT = "Objective: Guests find their way from the first day on\n" + "\n".join(
    f"KR{n}: Guests of house {n} who come back from {30 + n} % to {50 + n} % by 30 June"
    for n in range(1, 11)
)
# Event Timing knows the press and the paint behind it, in steps of 8 ms and from 16 ms on.
WATCH = """
window.seen = {shift: 0, paint: 0, waits: {}};
const watch = (type, see, more) => new PerformanceObserver(
  (list) => list.getEntries().forEach(see)).observe({type, buffered: true, ...more});
watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.shift += one.value; });
watch("largest-contentful-paint", (one) => { seen.paint = one.startTime; });
watch("event", (one) => {
  const known = seen.waits[one.interactionId] ?? 0;
  if (one.interactionId) seen.waits[one.interactionId] = Math.max(known, one.duration);
}, {durationThreshold: 16});
"""


class Visit(NamedTuple):
    """One first visit: bytes over the wire, seconds to the largest paint, and layout shift."""

    weight: int
    paint: float
    shift: float


class Typing(NamedTuple):
    """Waits between a key and the next paint that took over 16 ms, in ms, of so many keys.

    `busy` is the CPU time of the page's main thread, in ms a key.
    """

    keys: int
    waits: tuple[float, ...]
    shift: float
    busy: float


def main() -> None:
    """Print the table that docs/measured.md shows."""
    with running() as site, chromium() as browser:
        visits = [visit(browser, site) for _ in range(VISITS)]
        typing = typed(browser, site)
    paints = sorted(one.paint for one in visits)
    waits = sorted(typing.waits) or [0.0]
    # As browsers reckon it: of every fifty interactions the longest is left out.
    shown = waits[-1 - min(len(waits) - 1, typing.keys // 50)]
    print(f"page weight, compressed: {max(one.weight for one in visits) / 1000:.1f} kB")
    print(f"largest contentful paint, median of {VISITS}: {median(paints):.2f} s", end="")
    print(f" ({paints[0]:.2f} to {paints[-1]:.2f})")
    print(f"layout shift: {max(one.shift for one in visits):.3f}, while typing {typing.shift:.3f}")
    slow = len(typing.waits)
    print(f"interaction to next paint over {typing.keys} keys: {shown:.0f} ms", end="")
    print(f" (longest {waits[-1]:.0f} ms; {typing.keys - slow} under 16 ms)")
    print(f"CPU time of the page's main thread: {typing.busy:.1f} ms a key, answers included")


def visit(browser: Browser, site: str) -> Visit:
    with fresh(browser, site) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on(
            "Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"])
        )
        page.goto("/")
        page.wait_for_load_state("networkidle")
        seen = page.evaluate("window.seen")
        return Visit(int(sum(sizes)), seen["paint"] / 1000, seen["shift"])


def typed(browser: Browser, site: str) -> Typing:
    with fresh(browser, site) as page:
        page.goto("/")
        page.fill("#text", DRAFT)
        page.click("[data-score]")
        page.wait_for_selector("#result-heading")
        page.focus("#key-result-5")
        page.keyboard.press("End")
        page.evaluate("window.seen.waits = {}; window.seen.shift = 0")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = cpu(session)
        for number, key in enumerate(WORDS):
            page.keyboard.type(key)
            # A pause at every tenth, so that answers come while it is typed on.
            page.wait_for_timeout(400 if number % 10 == 9 else KEYS_APART)
        page.wait_for_timeout(600)
        seen = page.evaluate("window.seen")
        busy = (cpu(session) - before) / len(WORDS) * 1000
        return Typing(len(WORDS), tuple(seen["waits"].values()), seen["shift"], busy)


def cpu(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


@contextmanager
def fresh(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of the product, served by its own command."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"COACH_DATA_DIR": folder, "COACH_LOG_LEVEL": "error", "PATH": ""}
        command = [str(Path(sys.executable).with_name("coach")), "serve", "--port", "0"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                yield address_in(server)
            finally:
                server.terminate()


def address_in(server: "subprocess.Popen[str]") -> str:
    for line in server.stdout or ():
        for word in line.split():
            if word.startswith("http://"):
                return word.rstrip(".,/")
    raise SystemExit("The product did not start.")


@contextmanager
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("No Chromium is installed to measure with.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
