"""Scores are a sum that a pencil can redo; good is strong, bad is weak, nothing is nothing."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.assessment import RUBRICS, Assessment, Finding, Severity
from coach.okr import Context, Draft
from coach.profile import DEFAULT, Profile
from coach.reading.draft import ReadDraft
from coach.rubrics import CRITERIA, Judgement, judge, line_text
from coach.scoring import cap, score, sheet
from coach.service import Coach

COACH = Coach()
CYCLE = Context(cycle="2027-Q2", why="Families drive past because nobody answers the phone at noon")

SOUND = (
    "Calls answered within a minute: 54 % → 80 %",
    "Families who come back within a year: 31 % → 45 %",
    "Complaints about opening hours: 40 → 12 a month",
    "Guardrail: overtime at reception no higher than today's 6 h a week",
)
FLAWED = (
    "Launch the booking page",
    "Support the reception desk in busy hours",
    "Hold 9 open evenings",
    "Improve satisfaction",
    "New phone system is in place",
    "Visits up 20 %",
    "Families who come back to 45 %",
    "Calls answered within a minute: 54 % → 54 %",
    "Complaints from 12 to 40 a month",
)
OBJECTIVES = (
    "Families in the valley reach us on the first call",
    "Keep the reception running as usual",
    "Leverage synergies to deliver excellence",
)
drafts = st.builds(
    Draft,
    st.sampled_from(OBJECTIVES),
    st.lists(st.sampled_from(SOUND + FLAWED), min_size=1, max_size=4, unique=True).map(tuple),
    st.just(CYCLE),
)


def assess(draft: Draft) -> Assessment:
    return COACH.assess(draft, rewrite=False)


def values(draft: Draft) -> dict[str, int | None]:
    scores = assess(draft).scores
    return {rubric: scores.of(rubric).value for rubric in RUBRICS}


# ── the sum ───────────────────────────────────────────────────────────────────────────────────


@given(drafts)
def test_score_is_100_minus_what_findings_take(draft: Draft):
    read = ReadDraft(draft)
    judgement = judge(read)
    scores, _ = score(judgement, len(read.key_results), DEFAULT)
    for rubric, lines in sheet(judgement, DEFAULT).items():
        one = scores.of(rubric)
        if one.value is not None:
            limit = 100 if one.cap is None else one.cap
            assert one.value == min(limit, max(0, round(100 - sum(line.cost for line in lines))))


@given(drafts)
def test_overall_is_the_mean_of_what_has_a_value(draft: Draft):
    known = [value for value in values(draft).values() if value is not None]
    assert assess(draft).overall.value == round(sum(known) / len(known))


class Made(NamedTuple):
    judgement: Judgement

    @classmethod
    def of(cls, *found: tuple[str, str, Severity]) -> "Made":
        findings = tuple(
            Finding(id, CRITERIA[id].rubric, severity, line, None, None, "", "", "", "")
            for id, line, severity in found
        )
        return cls(Judgement(findings, ()))

    def value(self, rubric: str = "measurability", key_results: int = 3) -> int | None:
        scores, _ = score(self.judgement, key_results, DEFAULT)
        return scores.of(rubric).value


def test_hints_cost_nothing():
    assert Made.of(("deliverable", "kr1", "hint")).value() == 100


@pytest.mark.parametrize("flaw", ["deliverable", "activity", "no-baseline", "ambiguous-percent"])
def test_one_major_warning_is_seen_and_two_are_felt(flaw: str):
    one = Made.of((flaw, "kr1", "warning")).value()
    two = Made.of((flaw, "kr1", "warning"), (flaw, "kr2", "warning")).value()
    assert 85 <= one <= 90
    assert two < 80


@pytest.mark.parametrize("declared", CRITERIA.values(), ids=lambda each: each.id)
def test_an_error_leaves_no_rubric_strong(declared):
    made = Made.of((declared.id, "kr1", "error"))
    assert made.value(declared.rubric) < DEFAULT.bands.strong


@pytest.mark.parametrize(
    "declared", [c for c in CRITERIA.values() if c.severity != "hint"], ids=lambda each: each.id
)
def test_every_flaw_is_visible_overall(declared):
    """A finding takes two points overall at least, where all four rubrics have a number."""
    assert declared.weight / len(RUBRICS) >= 2


def test_caps_sink_with_each_error_and_end():
    errors = [("no-target", f"kr{number}", "error") for number in range(1, 7)]
    limits = [
        cap(Made.of(*errors[:many]).judgement.findings, "measurability", 6, DEFAULT)
        for many in range(7)
    ]
    assert limits == [None, 74, 62, 50, 45, 45, 45]


def test_error_on_the_objective_or_no_key_result_caps_low():
    on_objective = Made.of(("placeholder-left", "objective", "error")).judgement.findings
    none_there = Made.of(("too-few-key-results", "set", "error")).judgement.findings
    assert cap(on_objective, "clarity", 3, DEFAULT) == DEFAULT.caps.all
    assert cap(none_there, "measurability", 0, DEFAULT) == DEFAULT.caps.all


def test_profile_moves_weights_and_switches_off():
    read = ReadDraft(Draft(OBJECTIVES[0], (FLAWED[0], SOUND[0]), CYCLE))
    heavy = Profile(name="heavy", weights={"deliverable": 30})
    off = Profile(name="off", severities={"deliverable": "off"})

    def measurability(profile: Profile) -> int | None:
        judged = judge(ReadDraft(read.draft, profile=profile))
        return score(judged, 2, profile)[0].measurability.value

    assert measurability(heavy) == 70
    assert measurability(DEFAULT) == 88
    assert measurability(off) == 100


# ── good is strong, bad is weak, nothing is nothing ───────────────────────────────────────────


def test_sound_draft_is_strong_everywhere():
    assessment = assess(Draft(OBJECTIVES[0], SOUND[:3], CYCLE))
    assert [f for f in assessment.findings if f.severity != "hint"] == []
    assert all(value is None or value >= 90 for value in values(assessment.draft).values())


@pytest.mark.parametrize(
    "key_results",
    [
        FLAWED[:3],
        ("Attend the trade fair", "Support sales", "Weekly meeting held"),
        ("Improve quality", "Boost engagement", "Be amazing"),
        ("Launch the portal", "Migrate the archive", "Website relaunched"),
    ],
)
def test_draft_of_work_and_wishes_alone_is_weak(key_results: tuple[str, ...]):
    draft = Draft(OBJECTIVES[2], key_results, Context(cycle="2027-Q2"))
    assert values(draft)["measurability"] < DEFAULT.bands.fair
    assert assess(draft).overall.band == "weak"


def test_no_number_where_nothing_was_judged():
    ambition = assess(Draft(OBJECTIVES[0], FLAWED[:2], CYCLE)).scores.ambition
    assert ambition.value is None
    assert ambition.band is None


def test_a_line_that_is_not_there_has_no_text():
    read = ReadDraft(Draft("", ("Late parcels from 9 % to 4 %",)))
    assert line_text(read, "kr1") == "Late parcels from 9 % to 4 %"
    assert [line_text(read, each) for each in ("objective", "why", "kr2", "set")] == [None] * 4
