"""Ambition asks about steps that go nowhere, the other way, too far, or hardly at all."""

import pytest

from coach.okr import Context, Draft
from coach.profile import Profile, Thresholds
from coach.reading.draft import ReadDraft
from coach.rubrics import judge


def found(
    key_result: str,
    objective: str = "People get what they need in time",
    profile: Profile | None = None,
    **context: str,
) -> dict[str, str]:
    """Return what is found on a key result or its objective, with its severity."""
    draft = Draft(objective, (key_result, "Visits per week: 40 → 60"), Context(**context))
    findings = judge(ReadDraft(draft, profile=profile or Profile())).findings
    return {f.criterion: f.severity for f in findings if f.line in ("kr1", "objective")}


def test_verb_against_numbers_is_an_error_and_words_against_numbers_a_question() -> None:
    assert found("Reduce overtime from 90 to 120 h")["wrong-direction"] == "error"
    assert found("Overtime a month: 90 → 120 h")["wrong-direction"] == "warning"
    assert "wrong-direction" not in found("Overtime a month: 120 → 90 h")


def test_what_the_objective_wants_less_of_may_not_rise() -> None:
    objective = "Guests book with us instead of through agencies"
    assert "wrong-direction" in found("Agencies: 40 % → 55 %", objective)
    assert "wrong-direction" not in found("Agencies: 40 % → 25 %", objective)
    assert "wrong-direction" not in found("Guests who come back: 40 % → 55 %", objective)


def test_noun_that_could_be_a_verb_raises_no_alarm() -> None:
    assert "wrong-direction" not in found("Lift passengers stuck per month: 14 → 4")


def test_guardrail_may_stay_where_it_is() -> None:
    line = "refund rate stays at 2 %"
    assert "no-movement" in found(line)
    assert "no-movement" not in found(f"Guardrail: {line}")
    assert "no-movement" not in found(line, type="health")


def test_rate_is_judged_on_the_side_that_hurts() -> None:
    assert "timid-target" in found("Share of trips on time: 61 % → 62 %")
    assert "timid-target" not in found("Monthly churn: 5 % → 4 %")
    assert "timid-target" not in found("Share of trips on time: 97 % → 98.5 %")


def test_uptime_is_counted_in_failures() -> None:
    assert "timid-target" not in found("Uptime from 99.9 % to 99.95 %")
    assert "timid-target" in found("Uptime from 99.90 % to 99.905 %")


def test_step_within_the_noise_is_timid() -> None:
    assert "timid-target" in found("NPS from 31 to 33")
    assert "timid-target" not in found("NPS from 31 to 40")


def test_profile_sets_the_smallest_step() -> None:
    strict = Profile(name="strict", thresholds=Thresholds(timid_change=0.2))
    assert "timid-target" not in found("Letters a day: 400 → 350")
    assert "timid-target" in found("Letters a day: 400 → 350", profile=strict)


def test_step_that_is_explained_is_not_called_timid() -> None:
    assert "timid-target" not in found(
        "Litres per wash: 10.4 → 10.2 (each 0.1 l saves a pool a year)"
    )


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("Share of pupils who pass: 80 % → 120 %", "error"),
        ("Guests rate us 5.6/5 (now 4.1/5)", "error"),
        ("No-shows from 15 % to 0 %", "warning"),
        ("Everybody gets home on time", "warning"),
    ],
)
def test_what_cannot_be_is_an_error_and_what_nobody_controls_a_warning(
    line: str, severity: str
) -> None:
    assert found(line)["impossible-target"] == severity


@pytest.mark.parametrize(
    "line",
    [
        "Safety training completed: 82 % → 100 %",
        "Contracts signed: 40 of 52 → 52 of 52",
        "Sales to last year's customers: 90 % → 115 % of last year",
        "Night-time fires in the workshop: 2 → 0",
    ],
)
def test_duties_small_sets_and_growth_may_be_meant_in_full(line: str) -> None:
    assert "impossible-target" not in found(line)


def test_commitment_with_a_stretch_word_is_asked_about() -> None:
    line = "Ideally 40 of 40 lifts inspected (now 12)"
    assert "hedged-commitment" in found(line, type="committed")
    assert "hedged-commitment" not in found(line, type="aspirational")


def test_leap_is_a_thought_until_the_why_says_how() -> None:
    line = "Orders a day from 40 to 400"
    assert found(line)["moonshot-without-path"] == "hint"
    assert "moonshot-without-path" not in found(line, why="The new hall opens in May")


def test_power_words_earn_nothing() -> None:
    plain = found("Improve sign-ups")
    assert found("Dominate the market and revolutionise sign-ups 10x")
    assert "no-target" in plain


def test_objective_that_keeps_things_going_is_business_as_usual() -> None:
    assert "business-as-usual" in found("Trips: 4 → 9", "Keep the buses running as usual")
    assert "business-as-usual" not in found("Trips: 4 → 9", "Children keep reading in summer")
    assert "business-as-usual" not in found("Trips: 4 → 9", "Keep improving the night buses")
