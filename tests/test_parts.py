"""The fields of a key result's parts show what was read, and write into its sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.okr import KeyResult
from coach.web.parts import PartFields, part_fields, put_right

CYCLE = "2027-Q2"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jars broken from 9% to at most 4% by 30 June",
         PartFields("Jars broken", "9", "4", "%", "at most", "30 June 2027")),
        ("Time to first reply: 6 h → 4 h", PartFields("Time to first reply", "6", "4", "hours")),
        ("p95 of the search: 800 ms", PartFields("p95 of the search", "", "800", "ms")),
        ("Donations from €1.2m to €1.9m",
         PartFields("Donations", "1,200,000", "1,900,000", "EUR")),
        ("Guests who return: 1 in 4 → 1 in 2", PartFields("Guests who return", "1 in 4", "1 in 2")),
        ("Guests (today 20)", PartFields("Guests", "20")),
        ("Launch the tour by EOQ", PartFields(deadline="30 June 2027")),
        ("", PartFields()),
    ],
)  # fmt: skip
def test_fields_show_what_was_read(text: str, shown: PartFields) -> None:
    assert part_fields(KeyResult(text), CYCLE) == shown


def right(text: str, **typed: str) -> str:
    kr = KeyResult(text, "Ana", "the till")
    shown = part_fields(kr, CYCLE)
    after = put_right(kr, replace(shown, **typed), shown.said, CYCLE)
    assert (after.owner, after.source) == ("Ana", "the till")
    return after.text


@pytest.mark.parametrize(
    ("text", "typed", "after"),
    [
        ("Cut first replies to 4 hours for members", {"baseline": "6"},
         "Cut first replies from 6 hours to 4 hours for members"),
        ("Cut first replies to 4 hours for members", {"baseline": "45 min"},
         "Cut first replies from 45 minutes to 4 hours for members"),
        ("Jars broken from 9% to 4%", {"deadline": "15 June"},
         "Jars broken from 9% to 4% by 15 June 2027"),
        ("Jars broken from 9% to 4% by 15 June", {"deadline": ""}, "Jars broken from 9% to 4%"),
        ("Jars broken from 9 to 4", {"unit": "%"}, "Jars broken from 9% to 4%"),
        ("Jars broken from 9% to 4%", {"bound": "at most"}, "Jars broken from 9% to at most 4%"),
        ("Launch the tour", {"metric": "guests who finish the tour", "baseline": "12 %",
                             "target": "60"},
         "Guests who finish the tour from 12% to 60%"),
        ("", {"metric": "donations", "target": "1.2m", "unit": "EUR"}, "Donations: €1,200,000"),
        ("Sign-ups up 20% by May", {"baseline": "40", "target": "48", "unit": ""},
         "Sign-ups up from 40 to 48 by May"),
    ],
)  # fmt: skip
def test_what_is_put_right_is_written_into_the_sentence(
    text: str, typed: dict[str, str], after: str
) -> None:
    assert right(text, **typed) == after


@pytest.mark.parametrize(
    "typed", [{"baseline": "a few"}, {"bound": "never"}, {"deadline": "some day"}]
)
def test_what_cannot_be_understood_changes_nothing(typed: dict[str, str]) -> None:
    assert right("Jars broken from 9% to 4% by May", **typed) == "Jars broken from 9% to 4% by May"


def test_a_sentence_that_was_typed_anew_keeps_what_no_field_changed() -> None:
    before = KeyResult("Jars broken from 9% to 4% by May")
    shown = part_fields(before, CYCLE)
    typed = replace(shown, target="3")
    after = put_right(KeyResult("Jars lost from 8% to 5%"), typed, shown.said, "2028-Q1")
    assert after.text == "Jars lost from 8% to 3%"


def test_another_cycle_changes_no_sentence() -> None:
    kr = KeyResult("Jars broken from 9% to 4% by May")
    shown = part_fields(kr, CYCLE)
    assert put_right(kr, shown, shown.said, "2028-Q2") == kr


TYPED = st.sampled_from(
    ("", "9", "4 %", "1.2m", "soon", "15 June", "at most", "%", "EUR", "hours", "Jars", "1 in 4")
)
TEXTS = st.sampled_from(
    ("", "Jars broken from 9% to 4% by May", "Launch the tour", "Sign-ups up 20%", "Keep NPS at 40",
     "Guests: 20–30", "Wait under 5 min", "[today] to [target]")
)  # fmt: skip


@given(TEXTS, st.builds(PartFields, TYPED, TYPED, TYPED, TYPED, TYPED, TYPED), st.text(max_size=40))
def test_whatever_is_typed_leaves_a_sentence(text: str, typed: PartFields, showed: str) -> None:
    after = put_right(KeyResult(text), typed, showed, CYCLE)
    assert after.text.strip() or not text
    assert "\n" not in after.text
