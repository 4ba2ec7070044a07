"""What holds for every test: no network but loopback, nothing random, no skip that nobody sees."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

CHECKOUT = Path(__file__).resolve().parent.parent

# The same examples every time; what fails on one machine fails on all.
settings.register_profile("same-everywhere", derandomize=True, database=None, deadline=None)
# Many more of them, by --hypothesis-profile=long and --hypothesis-seed=N.
settings.register_profile("long", max_examples=5_000, database=None, deadline=None)
settings.load_profile("same-everywhere")

for _name in [name for name in os.environ if name.startswith("COACH_")]:
    del os.environ[_name]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of drafts to measure with, which isn't part of the project."""
    folder = Path(os.environ.get("OKR_SHARED_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no drafts to measure with: OKR_SHARED_DATA names no folder")
    return folder


def loopback_only(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail the test that reaches for another machine, whatever it would catch."""
    if event == "socket.connect" or event == "socket.sendto":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # None: a socket of this machine
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name and name not in ("localhost", "::1") and not name.startswith("127."):
        pytest.fail(f"a test reached for {name}; tests speak with this machine alone")


# An audit hook sees every socket of this process, however it was made, and can't be taken off.
sys.addaudithook(loopback_only)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    return _no_hidden_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    return _no_hidden_skip((yield))


def _no_hidden_skip(report: Any) -> Any:
    """Turn a skip into a failure where `FORBID_SKIPS` says so: in CI everything is installed."""
    if os.environ.get("FORBID_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        _, _, reason = report.longrepr
        report.outcome = "failed"
        report.longrepr = f"FORBID_SKIPS is set, and this was skipped. {reason}"
    return report
