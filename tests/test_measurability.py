"""Measurability asks for a number, where it starts, until when, and whether it is an effect."""

import pytest

from coach.okr import Context, Draft, KeyResult
from coach.reading.draft import ReadDraft
from coach.rubrics import Judgement, judge


def judged(*key_results: str | KeyResult, objective: str = "", **context: str) -> Judgement:
    return judge(ReadDraft(Draft(objective, key_results, Context(**context))))


def found(*key_results: str | KeyResult, objective: str = "", **context: str) -> dict[str, str]:
    findings = judged(*key_results, objective=objective, **context).findings
    return {finding.criterion: finding.severity for finding in findings}


def quote(criterion: str, key_result: str) -> str | None:
    findings = judged(key_result, cycle="2027-Q1").findings
    return next(finding.quote for finding in findings if finding.criterion == criterion)


@pytest.mark.parametrize(
    ("criterion", "key_result", "words"),
    [
        ("no-baseline", "Reduce time to first reply to 4 h", "to 4 h"),
        ("no-target", "Crew turnover: from 22 % to TBD", "TBD"),
        ("ambiguous-percent", "Donations up 20 %", "up 20 %"),
        ("approximate-target", "Late trains from 14 % to about 6 %", "about 6 %"),
        ("binary", "Recycling policy is in place", "is in place"),
        ("ambiguous-metric", "Engagement from 61 to 70", "Engagement"),
        ("vanity-metric", "Page views from 3k to 9k", "Page views"),
        ("counts-activity", "Hold 9 workshops by 30 June", "Hold 9 workshops"),
        ("two-metrics", "Complaints and overtime down to 10", "Complaints and overtime"),
    ],
)
def test_finding_marks_the_words_it_rests_on(criterion: str, key_result: str, words: str) -> None:
    assert quote(criterion, key_result) == words


def test_launch_with_an_effect_passes() -> None:
    assert "deliverable" in found("Launch the ride board")
    assert "deliverable" not in found("Launch the ride board to lift shared trips from 40 to 90")


def test_nouns_that_look_like_work_pass() -> None:
    for key_result in (
        "Launch-week incidents: 9 → 3",
        "Support tickets reopened: 14 % → 6 %",
        "Design review wait: 5 → 2 days",
        "Training drop-out: 1 in 6 → 1 in 15",
    ):
        assert not {"activity", "deliverable", "counts-activity"} & set(found(key_result))


def test_milestone_with_evidence_passes_and_a_box_to_tick_does_not() -> None:
    assert "binary" in found("Recipe approved")
    assert "binary" not in found("Type certificate granted by the aviation authority")
    assert "no-target" not in found("Type certificate granted by the aviation authority")


def test_things_that_start_at_zero_need_no_baseline() -> None:
    assert "no-baseline" not in found("Win 6 new hospitals as partners")
    assert "no-baseline" in found("Hospitals that order twice a year: 60")


def test_change_of_a_rate_asks_relative_or_points() -> None:
    assert "ambiguous-percent" in found("Raise the pass rate (61 % today) by 10 %")
    assert "ambiguous-percent" not in found("Raise the pass rate by 10 points from 61 %")


def test_unknown_start_is_offered_a_baseline_first() -> None:
    assert found("Repeat visits to 40 % (baseline unknown)")["baseline-unknown"] == "hint"


def test_time_comes_from_text_objective_or_cycle() -> None:
    line = "Colonies lost: 23 % → 12 %"
    assert found(line)["no-deadline"] == "error"
    assert found(line, objective="Beekeepers worry less soon")["no-deadline"] == "error"
    assert "no-deadline" not in found(f"{line} by 31 March 2028")
    assert "no-deadline" not in found(line, objective="By May 2028 beekeepers worry less")
    assert "no-deadline" not in found(line, cycle="2028-Q1")


def test_owner_is_asked_for_only_where_some_are_named() -> None:
    one, two = KeyResult("Colonies lost: 23 % → 12 %", owner="Ines"), "Hives: 40 → 55"
    assert "no-owner" in found(one, two)
    assert "no-owner" not in found(one)
    assert "no-owner" not in found(two)
    assert "no-owner" in {unjudged.criterion for unjudged in judged(two).unjudged}


def test_source_of_one_number_is_evidence() -> None:
    assert "no-evidence" in found("Colonies lost: 23 % → 12 %")
    assert "no-evidence" not in found(KeyResult("Colonies lost: 23 % → 12 %", source="hive log"))


def test_without_key_results_nothing_about_them_is_judged() -> None:
    unjudged = {each.criterion for each in judged(objective="Beekeepers worry less").unjudged}
    assert {"no-target", "no-baseline", "activity", "deliverable", "binary"} <= unjudged


def test_number_that_counts_nothing_is_no_target() -> None:
    assert "no-target" in found("Drive impact by 10x")
    assert "no-target" in found("Success: 100 %")
    assert "no-target" not in found("Beds made: 40 → 60")


def test_same_numbers_in_other_words_are_one_measure() -> None:
    line = "Mistakes in dosing per thousand orders fall from 16 to 7"
    assert "duplicate-key-result" in found(line, "Dosing errors per 1,000 orders: 16 → 7")
    assert "duplicate-key-result" not in found(line, "Beds made by nine: 16 → 7")
