"""Documentation that can't fall behind: what exists is described, what is linked exists."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from coach.okr import Context
from coach.service import Coach
from coach.settings import Setting, catalogue
from coach.web.openapi import openapi
from coach.web.problems import KINDS, Kind

CHECKOUT = Path(__file__).resolve().parent.parent
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))


def test_every_dependency_has_its_reason_and_no_reason_is_orphaned():
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    declared = {
        Requirement(text).name
        for asked in (
            project["dependencies"],
            *project["optional-dependencies"].values(),
            *groups.values(),
        )
        for text in asked
    }
    told, _, _ = _read("docs/dependencies.md").partition("## Left out")
    rows = re.findall(r"^\| (?!package )([\w-]+) \|", told, re.MULTILINE)
    assert sorted(rows) == sorted(declared)


@pytest.mark.parametrize("setting", catalogue(), ids=lambda setting: setting.variable)
def test_setting_is_documented(setting: Setting):
    assert f"| `{setting.variable}` |" in _read("docs/settings.md")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_kind_of_error_is_documented(kind: Kind):
    rows = [line for line in _read("docs/api.md").splitlines() if line.startswith("| ")]
    assert any(f"`{kind.address}`" in row and str(kind.status) in row for row in rows)


def test_every_address_of_the_api_is_documented():
    told = _read("docs/api.md")
    missing = [
        f"{method.upper()} {path}"
        for path, methods in openapi(Coach())["paths"].items()
        for method in methods
        if f"{method.upper()} {path}" not in told
    ]
    assert not missing


@pytest.mark.parametrize("field", Context.__struct_fields__)
def test_field_of_context_is_documented(field: str):
    assert f"`{field}`" in _read("docs/api.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_links_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            path, _, anchor = target.partition("#")
            linked = page.parent / path if path else page
            assert linked.exists(), f"{target} leads nowhere"
            assert not anchor or anchor in _anchors(linked), f"{target}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_make_targets_named_are_there(page: Path):
    targets = set(re.findall(r"^([a-z]+):.*##", _read("Makefile"), re.MULTILINE))
    named = re.findall(r"(?:`|^ {4}|^\$ )make ([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets


def test_accuracy_card_says_what_it_was_measured_with():
    card = _read("docs/accuracy.md")
    assert re.search(r"with rules `[0-9a-f]{12}` of coach \d+\.\d+\.\d+ by", card)
    assert re.search(r'^ {4}make card DATA="\w+\.jsonl[^"/]*"$', card, re.MULTILINE)
    assert "where that is another digest, these figures are of older ones" in " ".join(card.split())


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def _read(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")
