"""What a draft became, and what its author learnt: counted by criterion, from first versions."""

from msgspec.structs import replace

from coach.assessment import Assessment, Finding
from coach.dismissal import keys_of
from coach.history import growth, versions
from coach.okr import Context, Draft
from coach.profile import DEFAULT, Profile
from coach.service import Coach

CONTEXT = Context(why="People who wait at home lose half a day", cycle="2027-Q1", type="committed")
WEAK = Draft("Parcels arrive when promised", ("Improve claims",), CONTEXT)
BETTER = replace(WEAK, key_results=("Late parcels from 9 % to 4 %", "Claims from 40 to 25 a week"))


def kept(draft: Draft, day: str = "2026-11-24") -> Assessment:
    assessment = Coach().assess(draft, rewrite=False)
    return replace(assessment, id="A" * 16, created_at=f"{day}T09:00:00.000Z")


def test_a_version_says_what_it_mended_and_what_it_opened():
    first, second, third = versions([kept(WEAK), kept(BETTER), kept(WEAK)])
    assert (first.mended, first.opened) == ((), ())
    assert "no-target" in second.mended
    assert "no-target" not in second.opened
    assert set(third.opened) == set(second.mended)
    assert versions([]) == ()


def test_growth_counts_the_criteria_that_first_versions_met_by_month():
    grown = growth([kept(WEAK, "2026-10-02"), kept(BETTER, "2026-11-03")], DEFAULT)
    october, november = grown.months
    assert (october.month, october.drafts) == ("2026-10", 1)
    assert october.met < november.met <= 1
    measured = (october.by_rubric["measurability"], november.by_rubric["measurability"])
    assert measured[0] is not None
    assert measured[1] is not None
    assert measured[0] < measured[1]


def test_a_criterion_is_learnt_once_the_last_drafts_met_it_at_the_first_try():
    good = [kept(BETTER)] * 3
    assert "no-target" in growth([kept(WEAK), *good], DEFAULT).learnt
    assert "no-target" not in growth([kept(WEAK), *good[:2]], DEFAULT).learnt
    assert "no-target" not in growth(good, DEFAULT).learnt


def test_what_keeps_coming_is_told_with_how_often():
    grown = growth([kept(WEAK), kept(WEAK)], DEFAULT)
    assert ("no-target", 2) in grown.recurring


def test_what_a_profile_takes_for_a_thought_is_not_counted():
    hint = Profile(severities={"no-target": "hint"})
    counted = growth([kept(WEAK)], DEFAULT).months[0].met
    assert growth([kept(WEAK)], hint).months[0].met > counted


def test_an_author_without_drafts_has_nothing_to_grow_from():
    assert growth([], DEFAULT).months == ()


def key_of(finding: Finding, draft: Draft) -> str:
    return keys_of((finding,), draft)[0]


def test_a_note_stays_aside_for_its_words_alone():
    assessment = kept(WEAK)
    finding = next(f for f in assessment.findings if f.criterion == "no-target")
    key = key_of(finding, WEAK)
    spaced = replace(WEAK, key_results=("  improve   CLAIMS ",), objective="Another objective")
    assert key_of(finding, spaced) == key
    assert key_of(finding, replace(WEAK, key_results=("Improve claim",))) != key
    assert key_of(replace(finding, criterion="no-baseline"), WEAK) != key


def test_a_note_on_the_set_stays_aside_for_that_set_alone():
    finding = replace(kept(WEAK).findings[0], line="set")
    assert key_of(finding, WEAK) != key_of(finding, BETTER)
