"""What holds for the reading of any line, whoever wrote it and however it is typed."""

import time
import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.assessment import Reading
from coach.reading.key_result import read_key_result
from coach.reading.text import fold, words
from coach.reading.verbs import leading_verb

FIELDS = ("kind", "direction", "baseline", "target", "change", "bound", "upper", "unit", "deadline")

METRICS = (
    "Jars broken in transport", "share of guests who come back", "p95 of the fare search",
    "Day-7 retention", "Calls about trips, lunch or dates", "Tickets reopened within 7 days",
    "Cost per bed night", "“Easy to find” in the poll", "Time to hire", "Falls per 1,000 bed days",
)  # fmt: skip
NUMBERS = (
    "5", "3.8%", "1,940", "€1.9M", "34,50 €", "1 in 4", "5 of 40", "3.1/5", "6 h", "7:30", "two",
    "20–25 %", "a third", "3x", "½", "-12", "+15 %", "12 interviews", "30.06.2027", "99.95", "0",
)  # fmt: skip
GLUE = (
    "from", "to", "by", "→", "->", "at least", "under", "(today", ")", ":", "now", "a week",
    "per user", "by 30 June", "up", "down", "reaches", "falls", "Reduce", "Launch", "keep", "of",
    "baseline", "at", "or more", ",", "in Q3", "EOY", "and", "within", "03/04/2026", "FY27",
)  # fmt: skip
LINES = st.lists(st.sampled_from((*METRICS, *NUMBERS, *GLUE)), min_size=1, max_size=9).map(" ".join)
CYCLES = st.sampled_from((None, "2027-Q1", "2026-H2", "FY27-Q3", "harvest 2027", "soon", "20"))

SENTENCES = (
    "Jars broken in transport fall from 9% to 4% by 30 June",
    "Raise the share of guests who come back from 22% to 35%",
    "Median wait for a ladder: 18 min → 8 min",
    "Reduce complaints to 3 a week (today 11)",
    "Calls that need a second call: 1 in 4 → 1 in 20",
    "At least 90% of letters arrive the next day",
    "Donations in hand: €1.2m → €1.9m",
    "Keep dust at or under 0.4 mg",
    "Boost sign-ups at the fair by 25%",
)


@given(st.text(max_size=120), CYCLES)
def test_any_text_is_read_without_an_error(text: str, cycle: str | None) -> None:
    read_key_result(text, "kr1", cycle)


@given(LINES, CYCLES)
def test_parts_are_words_of_the_line(text: str, cycle: str | None) -> None:
    reading, quantities = read_key_result(text, "kr1", cycle)
    for part, span in reading.parts.items():
        assert 0 <= span.start < span.end <= len(text), part
        assert text[span.start : span.end].strip() == text[span.start : span.end], part
    for quantity in quantities:
        assert 0 <= quantity.start < quantity.end <= len(text)
    if reading.metric is not None:
        span = reading.parts["metric"]
        assert reading.metric == text[span.start : span.end]


@given(LINES, CYCLES)
def test_numbers_have_a_unit_and_their_words(text: str, cycle: str | None) -> None:
    reading, _ = read_key_result(text, "kr1", cycle)
    given_numbers = {
        part
        for part in ("baseline", "target", "change", "upper")
        if _get(reading, part) is not None
    }
    assert given_numbers <= reading.parts.keys()
    assert (reading.unit is not None) == bool(given_numbers)
    assert reading.kind == "metric" or not given_numbers
    if reading.kind == "metric" and {"baseline", "target"} <= given_numbers:
        assert reading.direction is not None


@given(LINES, CYCLES)
def test_reading_survives_the_wire(text: str, cycle: str | None) -> None:
    reading, _ = read_key_result(text, "kr1", cycle)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


@given(LINES)
def test_direction_that_no_verb_asks_for_is_the_sign(text: str) -> None:
    reading, _ = read_key_result(text, "kr1", "2027-Q1")
    if reading.baseline is None or reading.target is None or "verb" in reading.parts:
        return
    if reading.baseline == reading.target:
        assert reading.direction in ("hold", "up", "down")


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize(
    "retype",
    [
        str.upper,
        str.lower,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\u202f"),
        lambda text: text.replace(" ", "\t"),
        lambda text: text.replace("%", " %"),
        lambda text: text.replace("%", "\u202f%"),
        lambda text: text.replace(" → ", "→"),
        lambda text: text.replace("→", "->"),
        lambda text: text.replace("→", "⇒"),
        lambda text: text + ".",
        lambda text: "• " + text,
        lambda text: "- " + text,
        lambda text: "KR2: " + text,
        lambda text: "**" + text + "**",
        lambda text: "  " + text + "  ",
        lambda text: text.replace("-", "\u2011"),
        lambda text: text.translate({ord(d): chr(0xFF10 + int(d)) for d in "0123456789"}),
    ],
)
def test_the_way_a_line_is_typed_changes_nothing(text: str, retype: Any) -> None:
    assert _said(retype(text)) == _said(text)


@pytest.mark.parametrize(
    ("digits", "spelled"),
    [
        ("5", "five"), ("12", "twelve"), ("20", "twenty"), ("25", "twenty-five"), ("0", "zero"),
        ("200", "two hundred"), ("3000", "three thousand"), ("12", "a dozen"),
        ("40%", "forty percent"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "line",
    [
        "Nests on the roof: 7 → {}", "Nests on the roof rise from 7 to {}", "Reach {} nests",
        "Nests on the roof: {} (now 7)", "Nests on the roof: {}", "Keep nests at {}",
        "Train {} wardens", "{} nests on the roof",
    ],
)  # fmt: skip
def test_digits_and_words_say_the_same(line: str, digits: str, spelled: str) -> None:
    assert _said(line.format(spelled)) == _said(line.format(digits))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_composed_letter_before_the_numbers_moves_nothing(text: str) -> None:
    line = unicodedata.normalize("NFC", "Cafe\u0301: ") + text
    assert _said(line) == _said("Cafe: " + text)


@pytest.mark.parametrize("text", SENTENCES)
def test_folding_keeps_every_position(text: str) -> None:
    for line in (text, text.upper(), text.replace(" ", "\u00a0") + "🐝İẞΣ½m²"):
        assert len(fold(line)) == len(line)


HOSTILE = (
    "1 in ", "1 ", "1,", "per ", "from 1 to ", "(", "-", "july ", "1 000 ", "a-", "a1-", "a1.b2.",
    "two hundred ", "at least ", "to fall ", "1/1/", "kr1 ", "establish ", "baseline ", "a", "é",
    "in the ", "so that ", "1:1", "2027-", "% ", "€", "and reduce ", "within 30 days ", "by q3 ",
    "by 5 ", "under 5 min ", "5 (now ", "up 3 ", "5 to 6 ", "20-25 ", "day 5 ", "5% in 2026 ",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_line_of_20000_signs_is_read_in_seconds(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    started = time.process_time()
    read_key_result(text, "kr1", "2027-Q1")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("line", "lemma", "kind"),
    [
        ("Reduce scrap", "reduce", "lower"),
        ("Roll out the till", "roll out", "ship"),
        ("Hopefully raise attendance", "raise", "raise"),
        ("We will support the branches", "support", "effort"),
        ("Try to widen the path", "try", "hedge"),
        ("Launched the ferry app", "launch", "ship"),
        ("Hold a fair in May", "hold", "effort"),
        ("Hold the rate under 4%", "hold", "keep"),
        ("Bring down the noise", "bring down", "lower"),
        ("To grow the choir", "grow", "raise"),
        ("Support tickets reopened: 9 → 3", None, None),
        ("Release notes published", None, None),
        ("Test coverage", None, None),
        ("Falls per ward", None, None),
        ("Design review wait drops", None, None),
        ("Help desk answers within a day", None, None),
        ("Increased", None, None),
        ("", None, None),
    ],
)
def test_a_verb_leads_by_its_place(line: str, lemma: str | None, kind: str | None) -> None:
    folded = fold(line)
    verb = leading_verb(words(folded), folded)
    assert (verb.lemma, verb.kind) == (lemma, kind) if verb else lemma is None


def _said(text: str) -> dict[str, Any]:
    reading, _ = read_key_result(text, "kr1", "2027-Q1")
    return {field: _get(reading, field) for field in FIELDS}


def _get(reading: Reading, field: str) -> Any:
    return getattr(reading, field)
