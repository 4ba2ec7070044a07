"""The map shows what the criteria of purpose find, and quotes nothing that isn't there."""

from collections.abc import Iterator

import pytest

from coach.connections import Connections, Tie
from coach.okr import Context, Draft
from coach.organisation import Organisation
from coach.rubrics import CRITERIA
from coach.service import Coach

RIVERS = Context(purpose="Clean rivers for the next generation.")
FACTORIES = Draft(
    "Factories filter every drop of dye",
    ("Litres of dye in the delta a day: 900 → 200", "Staff at the summer party: 40 → 75"),
    RIVERS,
)


def connections(draft: Draft, organisation: Organisation | None = None) -> Connections:
    coach = Coach(organisation)
    return coach.connections(coach.assess(draft, rewrite=False))


def tie(lower: str, higher: str, draft: Draft) -> Tie:
    (found,) = [t for t in connections(draft).ties if (t.lower, t.higher) == (lower, higher)]
    return found


def test_words_of_one_idea_tie_lines_together() -> None:
    found = connections(FACTORIES)
    assert [node.name for node in found.nodes] == ["kr1", "kr2", "objective", "purpose"]
    assert tie("kr1", "objective", FACTORIES)[2:5] == ("ideas", ("dye",), ("dye",))
    assert tie("objective", "purpose", FACTORIES)[2:5] == ("ideas", ("dye",), ("Clean", "rivers"))


def test_a_key_result_that_serves_nothing_is_a_missing_tie_with_the_note_s_question() -> None:
    missing = tie("kr2", "objective", FACTORIES)
    assert missing.by is None
    assert missing.criterion == "purpose-unrelated"
    assert missing.question == CRITERIA["purpose-unrelated"].question


def test_a_why_ties_where_no_words_do() -> None:
    why = "Lessons stop whenever the pool runs cold, and a third of the children never come back"
    told = Context(purpose="Every child learns to swim.", why=why)
    assert tie("objective", "purpose", Draft("Renew the boiler room", (), told)).by == "why"


def test_a_why_that_says_nothing_ties_nothing() -> None:
    told = Context(purpose="Nobody grows old alone.", why="It is important")
    missing = tie("objective", "purpose", Draft("Bakers sleep until five", (), told))
    assert (missing.by, missing.criterion) == (None, "thin-why")


def test_a_priority_that_is_not_named_is_asked_for() -> None:
    draft = Draft("Harbour pilots rest between two shifts", ("Full nights: 60 % → 90 %",))
    told = connections(draft, Organisation(priorities=("Safe passage for every ship",)))
    assert told.nodes[-1] == ("priority", "")
    assert told.missing[-1].criterion == "no-parent"


def test_a_draft_that_hangs_on_nothing_is_asked_what_it_serves() -> None:
    told = connections(Draft("Guests find us", ("Guests who come back: 40 % → 55 %",)))
    assert told.nodes[-1] == ("purpose", "")
    assert told.missing[-1].question.endswith("?")


def test_what_one_question_asks_is_told_once() -> None:
    draft = Draft("Apprentices finish their training", ("Office energy: 12 → 9", "Ink: 40 → 20"))
    asked = [lower for lower, one in connections(draft).told if one.higher == "objective"]
    assert asked == [("kr1", "kr2")]


def test_a_draft_without_an_objective_has_no_ties() -> None:
    assert connections(Draft("", ("Calls from 31 to 18",))).ties == ()


def examples() -> Iterator[Draft]:
    for criterion in CRITERIA.values():
        if criterion.rubric == "purpose":
            yield from (example.draft for example in (*criterion.flags, *criterion.passes))


@pytest.mark.parametrize("draft", tuple(examples()), ids=lambda draft: draft.objective[:40])
def test_ties_lead_from_node_to_node_and_quote_what_stands_there(draft: Draft) -> None:
    told = connections(draft)
    texts = {node.name: node.text for node in told.nodes} | {"why": draft.context.why or ""}
    for one in told.ties:
        lower = texts["why" if one.by == "why" else one.lower]
        assert all(word in lower for word in one.words)
        assert all(word in texts[one.higher] for word in one.meets)
        assert one.question.endswith("?") if one.by is None else not one.question


@pytest.mark.parametrize("id", ["purpose-unrelated", "no-why"])
def test_what_a_criterion_flags_is_missing_and_what_it_passes_is_not(id: str) -> None:
    for example in CRITERIA[id].flags:
        assert id in {one.criterion for one in connections(example.draft).missing}
    for example in CRITERIA[id].passes:
        assert id not in {one.criterion for one in connections(example.draft).missing}
