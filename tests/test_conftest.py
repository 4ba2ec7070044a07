"""The promises of conftest.py: only this machine is spoken with, and no skip goes unseen."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ELSEWHERE = "192.0.2.1"  # reserved for documentation: nobody is there


def test_connecting_to_another_machine_fails_the_test():
    with socket.socket() as plain, pytest.raises(pytest.fail.Exception, match=ELSEWHERE):
        plain.connect((ELSEWHERE, 80))


def test_looking_up_a_name_fails_the_test():
    with pytest.raises(pytest.fail.Exception, match=r"example\.test"):
        socket.getaddrinfo("example.test", 443)


async def test_the_guard_sees_the_event_loop():
    with pytest.raises(pytest.fail.Exception, match=ELSEWHERE):
        await asyncio.open_connection(ELSEWHERE, 80)


def test_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_what_needs_drafts_is_skipped_visibly_without_them(tmp_path: Path):
    ran = _run_pytest(tmp_path, OKR_SHARED_DATA=str(tmp_path / "nowhere"))
    assert ran.returncode == 0, ran.stdout
    assert "OKR_SHARED_DATA names no folder" in ran.stdout
    assert "1 passed, 3 skipped" in ran.stdout


def test_a_skip_fails_where_skips_are_forbidden(tmp_path: Path):
    ran = _run_pytest(tmp_path, OKR_SHARED_DATA=str(tmp_path / "nowhere"), FORBID_SKIPS="1")
    assert ran.returncode != 0
    assert "OKR_SHARED_DATA names no folder" in ran.stdout
    assert "1 passed, 3 errors" in ran.stdout


TESTS = """
import pytest

def test_that_passes():
    pass

def test_with_drafts(shared_data):
    pass

@pytest.mark.skip(reason="so marked")
def test_marked():
    pass
"""


def _run_pytest(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run three tests and a module that skips itself, under a copy of our conftest."""
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_some.py").write_text(TESTS)
    (folder / "test_absent.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    kept = {k: v for k, v in os.environ.items() if k not in ("FORBID_SKIPS", "OKR_SHARED_DATA")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "--continue-on-collection-errors", str(folder)],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
