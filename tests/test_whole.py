"""The set as a whole: how many, what they share, and whether they pull together."""

import pytest

from coach.okr import Context, Draft
from coach.rubrics.profiles import load_profile
from coach.service import Coach

OBJECTIVE = "Guests find their room ready when they arrive"


def found(
    *key_results: str, objective: str = OBJECTIVE, profile: str = "default"
) -> dict[str, str]:
    draft = Draft(objective, key_results, Context(cycle="2027-Q2"))
    assessment = Coach(profile=load_profile(profile)).assess(draft, rewrite=False)
    return {finding.criterion: finding.severity for finding in assessment.findings}


READY = "Rooms ready at noon: 70 % → 90 %"
WAIT = "Guests who wait in the lobby: 1 in 4 → 1 in 10"


def test_none_is_an_error_one_a_question_two_are_fine() -> None:
    assert found()["too-few-key-results"] == "error"
    assert found(READY)["too-few-key-results"] == "warning"
    assert "too-few-key-results" not in found(READY, WAIT)


def test_profile_says_how_many_are_too_many() -> None:
    four = (READY, WAIT, "Lifts out of order: 12 → 3 days a month", "Beds changed twice: 9 % → 2 %")
    assert "too-many-key-results" not in found(*four)
    assert "too-many-key-results" in found(*four, profile="wodtke")


@pytest.mark.parametrize(
    "again",
    [
        READY,
        "Raise the rooms ready at noon from 70 % to 90 %",
        "Rooms not ready at noon: 30 % → 10 %",
        "More rooms ready at noon",
    ],
)
def test_same_measure_twice_is_a_duplicate(again: str) -> None:
    assert "duplicate-key-result" in found(READY, again)


@pytest.mark.parametrize(
    "other",
    [WAIT, "Rooms cleaned twice: 9 % → 3 %", "Rooms ready at noon that guests praise: 20 % → 45 %"],
)
def test_other_measure_is_no_duplicate(other: str) -> None:
    assert "duplicate-key-result" not in found(READY, other)


def test_opposite_targets_contradict_and_complements_do_not() -> None:
    app = "Bookings by app: 40 % → 60 %"
    assert found(app, "Bookings by phone: 60 % → 65 %")["contradiction"] == "warning"
    assert "contradiction" not in found(app, "Bookings by fax: 20 % → 5 %")
    assert "contradiction" in found("Price per night: €90 → €110", "Price per night: €90 → €75")


def test_worsening_measure_is_a_thought_beside_its_own_finding() -> None:
    assert found(READY, "Late check-ins: 12 % → 18 %")["contradiction"] == "hint"


def test_work_alone_is_all_output_and_one_effect_lifts_it() -> None:
    work = ("Open the new wing", "Hold 6 trainings", "Support the night porter")
    assert "all-output" in found(*work)
    assert "all-output" not in found(*work, READY)


def test_thoughts_about_the_set_cost_nothing() -> None:
    hints = found("Annual churn: 18 % → 12 %", "Revenue per stay: €90 → €110")
    assert hints["all-lagging"] == "hint"
    assert hints["objective-untouched"] == "hint"
