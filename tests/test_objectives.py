"""Objectives are taken apart by position, and judged as `tests/judged/` says: no more, no less."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from coach.okr import Context, Draft
from coach.reading.draft import ReadDraft
from coach.reading.objective import read_objective
from coach.reading.text import fold, words
from coach.rubrics import CRITERIA, judge

FOLDER = Path(__file__).parent / "judged"
KEY_RESULTS = ("Share of good days: 40 % → 60 %", "Bad nights: 9 → 4")


def objectives() -> list[Any]:
    listed, found = [], frozenset[str]()
    for line in (FOLDER / "objectives.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line.islower() | (line == "[]"):
            found = frozenset(filter(None, line.strip("[]").split(", ")))
        elif line and not line.startswith("#"):
            listed.append(pytest.param(line, found, id=line))
    return listed


def drafts() -> list[Any]:
    listed = tomllib.loads((FOLDER / "purpose.toml").read_text("utf-8"))["draft"]
    return [pytest.param(draft, id=draft["objective"]) for draft in listed]


@pytest.mark.parametrize(("objective", "expected"), objectives())
def test_words_of_an_objective_are_judged(objective: str, expected: frozenset[str]) -> None:
    draft = Draft(objective, KEY_RESULTS, Context(cycle="2027-Q2"))
    found = {
        finding.criterion
        for finding in judge(ReadDraft(draft)).findings
        if finding.line == "objective" and finding.severity != "hint"
        if CRITERIA[finding.criterion].rubric == "clarity" or finding.criterion == "pay-or-rating"
    }
    assert found == expected


@pytest.mark.parametrize("given", drafts())
def test_link_to_the_purpose_is_judged(given: dict[str, Any]) -> None:
    context = Context(purpose=given["purpose"], parent=given.get("parent"), cycle="2027-Q2")
    draft = Draft(given["objective"], tuple(given["key_results"]), context)
    found = {
        finding.criterion
        for finding in judge(ReadDraft(draft)).findings
        if finding.severity != "hint" and CRITERIA[finding.criterion].rubric == "purpose"
    }
    assert found == set(given["found"])


PARTS = [
    # objective, form, verb, beneficiary
    ("Ferries sail on time", "statement", "sail", None),
    ("Launch the new app", "request", "launch", None),
    ("Deliver excellence", "request", "deliver", None),
    ("Raise on-time departures from 74 % to 85 %", "request", "raise", None),
    ("We will try to cut the wait for patients", "request", "cut", "patients"),
    ("Work towards making reception friendlier for guests", "request", "make", "guests"),
    ("Commuters reach the city", "statement", "reach", "commuters"),
    ("Shop owners sort out everyday questions", "statement", "sort", "owners"),
    ("Support carers so they can sleep", "request", "support", "carers"),
    ("Support from logistics", "phrase", None, None),
    ("Calmer nights for new parents", "phrase", None, "parents"),
    ("Fewer late changes to the theatre list", "phrase", None, None),
    ("By 31 May, the mill turns when bakers need it", "statement", "turns", "bakers"),
    ("Our trees outlive the drought", "statement", "outlive", None),
    ("Cleaner air in the old town", "phrase", None, "town"),
]


@pytest.mark.parametrize(("objective", "form", "verb", "beneficiary"), PARTS)
def test_objective_is_taken_apart(
    objective: str, form: str, verb: str | None, beneficiary: str | None
) -> None:
    folded = fold(objective)
    grammar = read_objective(folded, words(folded))
    named = grammar.beneficiary.text if grammar.beneficiary else None
    assert (grammar.form, grammar.verb, named) == (form, verb, beneficiary)


PURPOSES = [
    ("Free nurses from forms so they have time for patients", "so they have time for patients"),
    ("Build a portal that lets tenants report mould", "that lets tenants report mould"),
    ("Refactor the monolith to be future-proof", None),
    ("Dealers reorder because our tools sell themselves", "because our tools sell themselves"),
    ("Give villagers a reason to stay", None),
    ("Cut noise, dust and so on", None),
]


@pytest.mark.parametrize(("objective", "purpose"), PURPOSES)
def test_purpose_clause_is_found_where_it_says_something(
    objective: str, purpose: str | None
) -> None:
    folded = fold(objective)
    place = read_objective(folded, words(folded)).purpose
    assert (objective[place[0] : place[1]] if place else None) == purpose


def test_padding_is_no_part_of_an_objective() -> None:
    folded = fold("Improve quality as part of our ongoing commitment to operational excellence")
    grammar = read_objective(folded, words(folded))
    assert [word.text for word in grammar.words] == ["improve", "quality"]
    assert grammar.beneficiary is grammar.purpose is None
