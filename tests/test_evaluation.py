"""The evaluation counts right: pairs, labels, intervals, and baselines that know nothing."""

import json

import pytest

from coach.errors import BadInput
from coach.evaluation import as_markdown, as_text, evaluate, share
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
    with pytest.raises(BadInput, match="line 2: is no labelled draft"):
        evaluate([pair(), b'{"type": "pear"}'], Coach())


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0), (5, 10, 0.2366, 0.7634)],
)
def test_interval_is_wilsons(right: int, of: int, low: float, high: float):
    found = share(right, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
