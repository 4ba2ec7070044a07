"""What hangs on the end of a line earns nothing: who takes part and where, and company words."""

import pytest

from coach.okr import Draft
from coach.reading.draft import ReadDraft
from coach.rubrics import judge

TAILS = (
    " with 4 teams at 3 sites",
    ", across 3 teams, in our 2 offices",
    ", 4 squads, 2 hubs",
    " (6 regions, 2 offices, 14 people)",
    " using two dashboards and 3 tools",
    " across all 5 departments",
    " 24/7",
    " as part of our ongoing commitment to operational excellence",
    ", in line with our shared commitment to being the best at all we do for all involved",
    " to drive synergy and world-class excellence",
    ", ensuring success for everyone",
    " while fostering a culture of innovation",
)


def heard(objective: str, key_result: str) -> tuple[str, str]:
    """Return the lines of a draft as they are judged."""
    read = ReadDraft(Draft(objective, (key_result,)))
    assert read.objective is not None
    return read.objective.text.rstrip(), read.key_results[0].text.rstrip()


@pytest.mark.parametrize("tail", TAILS)
def test_tail_is_no_part_of_a_goal(tail: str) -> None:
    lines = "Beekeepers lose fewer hives in spring", "Hives lost over winter: 31 % → 18 %"
    assert heard(lines[0] + tail, lines[1] + tail) == lines


@pytest.mark.parametrize(
    "key_result",
    [
        "Sampling kits in use at 9 sites",
        "Hold interviews with 20 people in 3 countries",
        "Queue at the weighbridge: 40 → 15 lorries",
        "Spare parts shared between depots from 2 to 7 regions",
        "Deckhands who find their berth within 5 minutes: 60 % → 90 %",
        "Pickers ask a person instead of 3 systems: 1 in 5 → 4 in 5",
    ],
)
def test_count_that_a_key_result_is_graded_by_stays(key_result: str) -> None:
    assert heard("Crews hand over in peace", key_result)[1] == key_result


@pytest.mark.parametrize(
    "objective",
    [
        "Villages without a doctor get to one within the hour",
        "Divers surface with time to spare",
        "Our readers decide what we print",
        "Sixth-formers choose a trade through people they have met",
        "Anyone can say what the council decided",
    ],
)
def test_clause_with_content_stays(objective: str) -> None:
    assert heard(objective, "Visits a week: 40 → 60")[0] == objective


def test_padding_is_shown_to_its_author() -> None:
    padded = "Divers surface with time to spare, in line with our commitment to excellence"
    found = {one.criterion: one.quote for one in judge(ReadDraft(Draft(padded))).findings}
    assert found["buzzwords"] == "in line with our commitment to excellence"
