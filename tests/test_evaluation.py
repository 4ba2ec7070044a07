"""The evaluation counts right: pairs, labels, intervals, and baselines that know nothing."""

import json

import pytest

from coach.errors import BadInput
from coach.evaluation import Card, as_markdown, as_text, read_rows
from coach.evaluation import evaluate as evaluate_rows
from coach.evaluation.shares import agreement, share
from coach.service import Coach

SOUND = {
    "objective": "Beekeepers find a swarm before it leaves the garden",
    "key_results": [
        "Swarms reported by neighbours first: 40% → 15%",
        "Hives checked every week in May: 35% → 80%",
    ],
}
WEAK = SOUND | {"key_results": ["Improve the reporting of swarms", SOUND["key_results"][1]]}
CONTEXT = {"cycle": "2027-Q2"}
LABEL = {"flaw": "no-target", "line": "kr1", "quote": "Improve the reporting of swarms"}


def pair(**changes: object) -> bytes:
    labelled = {
        "type": "pair",
        "dimension": "measurability",
        "context": CONTEXT,
        "weak": WEAK,
        "strong": SOUND,
        "flaws": [LABEL],
    }
    return json.dumps(labelled | changes).encode()


def single(label: str, draft: dict[str, object], flaws: list[object]) -> bytes:
    labelled = {"type": "single", "label": label, "context": CONTEXT, "flaws": flaws}
    return json.dumps(labelled | draft).encode()


def reading(**stated: object) -> bytes:
    return json.dumps(
        {"type": "reading", "text": "Swarms lost: 40 → 15 by 30 June"} | stated
    ).encode()


def evaluate(lines: list[bytes], coach: Coach) -> Card:
    return evaluate_rows(read_rows(lines, "labels.jsonl"), coach)


def test_pair_is_right_only_where_the_strong_side_scores_higher():
    card = evaluate([pair(), pair(strong=WEAK), pair(weak=SOUND, strong=WEAK)], Coach())
    assert (card.pairs["drafts"].right, card.pairs["drafts"].of) == (1, 3)
    assert (card.own_rubric["measurability"].right, card.own_rubric["measurability"].of) == (1, 3)


def test_label_that_is_found_counts_as_recall_and_one_that_is_not_is_told():
    other = {"flaw": "hedged", "line": "kr2", "quote": "every week"}
    card = evaluate([single("bad", WEAK, [LABEL, other])], Coach())
    recall = {one.criterion: one.recall for one in card.criteria}
    assert (recall["no-target"].right, recall["no-target"].of) == (1, 1)
    assert (recall["hedged"].right, recall["hedged"].of) == (0, 1)
    assert [missed.criterion for missed in card.missed] == ["hedged"]


def test_finding_without_a_label_is_a_false_alarm_with_its_words():
    card = evaluate([single("bad", WEAK, [])], Coach())
    alarms = {alarm.criterion: alarm.words for alarm in card.false_alarms}
    assert alarms["no-target"] == "Improve the reporting of swarms"
    assert "no-target" in as_text(card)


def test_sound_draft_is_in_peace_and_a_weak_one_called_good_is_not():
    card = evaluate([single("good", SOUND, []), single("good", WEAK, [])], Coach())
    assert (card.in_peace.right, card.in_peace.of) == (1, 2)


def test_lines_are_compared_by_level():
    line = {
        "level": "kr",
        "kind": "padded",
        "weak": "Help users",
        "strong": SOUND["key_results"][0],
    }
    card = evaluate([json.dumps(line).encode()], Coach())
    assert card.pairs["key results: padded"].right == 1


def test_baselines_stand_beside_the_rules_on_the_same_pairs():
    card = evaluate([pair()], Coach())
    assert {"length", "digits", "Flesch"} <= set(card.baselines)
    assert card.baselines["digits"]["drafts"].right == 1
    assert card.baselines["length"]["drafts: padded"].right == 0


def test_page_of_figures_prints_no_draft():
    page = as_markdown(evaluate([pair(), single("bad", WEAK, [])], Coach()))
    assert "swarm" not in page
    assert "| no-target |" in page


def test_line_of_another_form_is_told_with_its_number():
    with pytest.raises(BadInput, match=r"labels\.jsonl, line 2: is no labelled row"):
        evaluate([pair(), b'{"type": "pear"}'], Coach())


def test_pairs_flawed_in_one_part_are_counted_apart():
    objective = {"flaw": "too-thin", "line": "objective"}
    card = evaluate([pair(), pair(flaws=[objective]), pair(flaws=[objective, LABEL])], Coach())
    assert card.pairs["drafts: flawed key results alone"].of == 1
    assert card.pairs["drafts: flawed objective alone"].of == 1


def test_reading_counts_each_field_that_is_stated_or_found():
    stated = {"baseline": 40, "target": 15, "deadline": "2027-06-30", "direction": "down"}
    card = evaluate(
        [reading(**stated), reading(baseline=40, target=12, bound="at most", direction="down")],
        Coach(),
    )
    figures = {field: (one.right, one.of) for field, one in card.readings.items()}
    assert figures == {
        "kind": (2, 2),
        "baseline": (2, 2),
        "target": (1, 2),
        "bound": (0, 1),
        "deadline": (1, 2),
        "direction": (2, 2),
        "all": (1, 2),
    }
    assert {wrong.field for wrong in card.misread} == {"target", "bound", "deadline"}
    assert "target is 15.0, not 12.0" in as_text(card)
    assert "Swarms" not in as_markdown(card)


def test_words_and_roles_of_numbers_are_compared():
    stated = {"baseline": 40, "target": 15, "deadline": "2027-06-30"}
    said = {"says": {"baseline": "40", "target": "14"}, "roles": {"40": "baseline", "9": "name"}}
    card = evaluate([reading(**stated, **said)], Coach())
    assert (card.readings["words"].right, card.readings["words"].of) == (1, 2)
    assert (card.readings["role"].right, card.readings["role"].of) == (1, 2)


def test_tables_of_readings_are_read_by_their_name():
    table = b'"steps" = [{ text = "Halve lost keys", change = 0.5, unit = "ratio" }]'
    card = evaluate_rows(read_rows([table], "steps.toml"), Coach())
    assert (card.readings["all"].right, card.readings["all"].of) == (1, 1)


@pytest.mark.parametrize("table", [b"steps = 3", b"=", b's = [{ text = "x", tagret = 3 }]'])
def test_table_of_another_form_is_told_with_its_name(table: bytes):
    with pytest.raises(BadInput, match=r"steps\.toml: holds no readings"):
        list(read_rows([table], "steps.toml"))


def test_goals_that_people_called_measurable_stand_beside_our_word():
    rows = [("Walk 20 km", True), ("Walk every day", True), ("Walk more", True), ("Rest", False)]
    lines = [
        json.dumps({"type": "goal", "text": text, "measurable": label}).encode()
        for text, label in rows
    ]
    card = evaluate(lines, Coach())
    said_yes = [(one.first, one.second, one.of) for one in card.measurable.values()]
    assert said_yes == [(3, 1, 4), (3, 2, 4)]
    assert "Walk" not in as_markdown(card)
    assert "0.91" in as_text(card)


def test_kappa_is_cohens_with_its_large_sample_interval():
    # Worked by hand: 40 yes/yes, 10 yes/no, 5 no/yes, 45 no/no.
    pairs = [(True, True)] * 40 + [(True, False)] * 10 + [(False, True)] * 5 + [(False, False)] * 45
    found = agreement(pairs)
    assert (found.first, found.second, found.same.right) == (50, 45, 85)
    assert found.kappa == pytest.approx(0.7)
    assert (found.low, found.high) == (
        pytest.approx(0.5608, abs=2e-3),
        pytest.approx(0.8392, abs=2e-3),
    )
    assert found.f1 == pytest.approx(80 / 95)


@pytest.mark.parametrize("pairs", [[], [(True, True)] * 5])
def test_kappa_has_no_value_where_chance_explains_everything(pairs: list[tuple[bool, bool]]):
    assert agreement(pairs).kappa is None


def test_markdown_names_false_alarms_by_draft_alone():
    page = as_markdown(evaluate([single("bad", WEAK, [])], Coach()))
    assert "- no-target: unnamed kr1" in page
    assert "Improve" not in page


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0), (5, 10, 0.2366, 0.7634)],
)
def test_interval_is_wilsons(right: int, of: int, low: float, high: float):
    found = share(right, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
