"""Every criterion does what its docstring shows, and speaks as a good coach does."""

import ast
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import rubrics
from coach.assessment import Assessment
from coach.okr import Context, Draft
from coach.organisation import Organisation
from coach.profile import Profile
from coach.reading.draft import ReadDraft
from coach.rubrics import CRITERIA, QUESTIONS, RULES, checklist, judge, not_asked, version
from coach.rubrics.criterion import (
    Criterion,
    Example,
    Flag,
    Verdict,
    asked_of_model,
    criterion,
)
from coach.service import Coach
from coach.tone import CONTROLLING, OPEN_QUESTION, PERSONAL, PRAISE

# ── what the docstrings show ──────────────────────────────────────────────────────────────────


def examples(kind: str, by: str = "rule") -> list[Any]:
    return [
        pytest.param(declared, example, id=f"{declared.id}-{number}")
        for declared in CRITERIA.values()
        if declared.by == by
        for number, example in enumerate(getattr(declared, kind), 1)
    ]


def assess(example: Example) -> Assessment:
    return Coach(Organisation(priorities=example.priorities)).assess(example.draft, rewrite=False)


@pytest.mark.parametrize(("declared", "example"), examples("flags"))
def test_example_is_flagged_at_its_words(declared: Criterion, example: Example) -> None:
    found = [f for f in assess(example).findings if f.criterion == declared.id]
    assert found, f"{example.draft} is not flagged"
    if example.line:
        assert (example.line, example.span) in [(f.line, f.span) for f in found], found


@pytest.mark.parametrize(("declared", "example"), examples("passes"))
def test_example_passes(declared: Criterion, example: Example) -> None:
    found = [f for f in assess(example).findings if f.criterion == declared.id]
    assert not found, f"{example.draft} is flagged"


@pytest.mark.parametrize(
    ("declared", "example"), examples("flags", "model") + examples("passes", "model")
)
def test_example_of_a_question_can_be_asked(declared: Criterion, example: Example) -> None:
    asked = {a.line for a in checklist(ReadDraft(example.draft)).asked if a.criterion == declared}
    assert asked
    assert example.line is None or not {example.line, "set"}.isdisjoint(asked)


@pytest.mark.parametrize(("declared", "example"), examples("flags", "model"))
def test_flagged_example_of_a_question_marks_words(declared: Criterion, example: Example) -> None:
    assert example.line
    assert example.span


def test_rules_and_model_share_no_criterion() -> None:
    rules = {rule.criterion.id for rule in RULES}
    assert rules.isdisjoint(question.criterion.id for question in QUESTIONS)
    assert len(CRITERIA) == len(RULES) + len(QUESTIONS)
    assert all((one.by == "model") == (one.asked is not None) for one in CRITERIA.values())


def test_what_rules_have_judged_is_not_asked_again() -> None:
    work = Draft("Villagers trust the clinic", ("Launch the portal", "Hold 6 evenings"))
    timid = Draft("Villagers trust the clinic", ("Births in the clinic from 200 to 201",))
    asked = {(a.criterion.id, a.line) for a in checklist(ReadDraft(work)).asked}
    assert not {("work-in-disguise", "kr1"), ("work-in-disguise", "kr2")} & asked
    unjudged = {one.criterion: one.reason for one in checklist(ReadDraft(timid)).unjudged}
    assert unjudged["easy-for-its-kind"] == "the rules have judged the step by its size already"


def test_question_switched_off_by_a_profile_is_neither_asked_nor_missed() -> None:
    profile = Profile(severities={"invites-shortcut": "off"})
    read = ReadDraft(Draft("Villagers trust us", ("Births: 20 % → 50 %",)), profile=profile)
    told = checklist(read)
    assert "invites-shortcut" not in {one.criterion.id for one in told.asked}
    assert "invites-shortcut" not in {one.criterion for one in told.unjudged}
    assert "invites-shortcut" not in {one.criterion for one in not_asked(profile, "off")}


# ── the words of a good coach ─────────────────────────────────────────────────────────────────


def said(declared: Criterion) -> tuple[str, ...]:
    return declared.message, declared.why, declared.question, declared.hint


@pytest.mark.parametrize("declared", CRITERIA.values(), ids=CRITERIA.keys())
def test_text_leaves_the_choice_to_the_author(declared: Criterion) -> None:
    for text in said(declared):
        assert not CONTROLLING.search(text), text


@pytest.mark.parametrize("declared", CRITERIA.values(), ids=CRITERIA.keys())
def test_text_speaks_of_the_words_never_of_the_person(declared: Criterion) -> None:
    for text in said(declared):
        assert not PERSONAL.search(text), text
        assert not PRAISE.search(text), text


@pytest.mark.parametrize("declared", CRITERIA.values(), ids=CRITERIA.keys())
def test_question_is_one_and_open(declared: Criterion) -> None:
    assert declared.question.count("?") == 1
    assert declared.question.endswith("?")
    assert OPEN_QUESTION.match(declared.question), declared.question
    assert not any("?" in text for text in (declared.message, declared.hint))


@pytest.mark.parametrize("declared", CRITERIA.values(), ids=CRITERIA.keys())
def test_text_is_short_and_gives_a_reason_and_a_source(declared: Criterion) -> None:
    for text in said(declared):
        assert len(text) <= 140, text
    assert len(declared.why.split()) >= 5
    assert len(declared.source) >= 8


def test_what_a_case_says_differently_keeps_to_the_same_words() -> None:
    spoken = {
        text
        for declared in CRITERIA.values()
        for example in chain(declared.flags, declared.passes)
        for finding in assess(example).findings
        for text in (finding.message, finding.question)
    }
    for text in spoken:
        own = re.sub(r"“[^”]*”", "", text)
        assert not CONTROLLING.search(own), text
        assert not PERSONAL.search(own), text
        assert text.count("?") <= 1 or "“" in text


def written_in_rules() -> list[str]:
    """Return every sentence in the code of the rules, whether or not an example brings it up."""
    folder = Path(rubrics.__file__).parent
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))]
    docstrings = {
        ast.get_docstring(n, clean=False)
        for t in trees
        for n in ast.walk(t)
        if isinstance(n, _DOCUMENTED)
    }
    texts = {n.value for t in trees for n in ast.walk(t) if isinstance(n, ast.Constant)}
    plain = (t for t in texts if isinstance(t, str) and t not in docstrings)
    return sorted(text for text in plain if re.match(r"[A-Z“][^|\\\n]*[a-z”][.?]$", text))


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def test_every_sentence_in_the_rules_keeps_to_the_same_words() -> None:
    sentences = written_in_rules()
    assert len(sentences) >= 10
    for text in sentences:
        assert not CONTROLLING.search(text), text
        assert not PERSONAL.search(text), text
        assert not PRAISE.search(text), text
        assert not text.endswith("?") or OPEN_QUESTION.match(text), text


# ── promises of the judgement ─────────────────────────────────────────────────────────────────

PADDING = (
    " as part of our ongoing commitment to operational excellence across all of our teams,"
    " functions and key stakeholders",
    " in line with our values and strategic priorities",
    " with a strong focus on innovation and impact",
    " true to our mission of putting people first",
)
KEY_RESULTS = ("Days until a answer: 9 → 4", "Letters that need a second one: 30 % → 12 %")
OBJECTIVES = (
    "Improve quality",
    "Launch the members' app",
    "Run the archive more efficiently",
    "Cut the wait and open a branch",
    "Tidy up the stock room",
    "Growers hear about frost a night ahead",
)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("padding", PADDING)
def test_padding_raises_no_rubric(objective: str, padding: str) -> None:
    context = Context(purpose="Growers live from their land", cycle="2027-Q2")
    plain = Coach().assess(Draft(objective, KEY_RESULTS, context), rewrite=False)
    padded = Coach().assess(Draft(objective + padding, KEY_RESULTS, context), rewrite=False)
    assert (padded.scores.clarity.value or 0) <= (plain.scores.clarity.value or 0)
    assert (padded.scores.purpose.value or 0) <= (plain.scores.purpose.value or 0)


def test_pasted_purpose_links_nothing() -> None:
    context = Context(purpose="Every child learns to swim.", cycle="2027-Q2")
    pasted = Draft("Renew the boiler room true to every child learning to swim", (), context)
    found = {f.criterion for f in Coach().assess(pasted, rewrite=False).findings}
    assert "no-why" in found


@given(st.text(max_size=300), st.lists(st.text(max_size=120), max_size=4))
def test_any_text_is_judged_with_spans_inside_their_lines(text: str, lines: list[str]) -> None:
    draft = Draft(text, tuple(lines), Context(purpose="Every child learns to swim."))
    for finding in judge(ReadDraft(draft)).findings:
        if finding.span:
            line = text if finding.line == "objective" else lines[int(finding.line[2:]) - 1]
            assert 0 <= finding.span.start <= finding.span.end <= len(line)
            assert finding.quote == line[finding.span.start : finding.span.end]


HOSTILE = (
    "a ", "if we have the ", "AB-", "(AB", "[", "<a", "{", "from 1 to ", "get ", "1", "1,", "x ",
    "and the team gets ", "so that the crew gets its ", "as part of ", "in line with ", "abc. A ",
    "keep on ", "ignore all the ", "some ", "…", "to help people and ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_keeps_nobody_waiting(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    context = Context(purpose="Every child learns to swim.", parent=text[:2_000])
    judge(ReadDraft(Draft(text, (), context)))


def test_digest_of_the_rules_is_stable() -> None:
    assert version() == version()
    assert len(version()) == 12


# ── a criterion is declared in one place ──────────────────────────────────────────────────────


def test_question_without_its_words_for_the_model_is_refused() -> None:
    def unasked(objective: object) -> None:
        """Says something.

        Why: Because.
        Ask: What for?
        Try: This.
        Source: Us
        Flags:
            objective: «a»
        Passes:
            objective: b
        """

    with pytest.raises(TypeError, match="lacks Model"):
        asked_of_model("hint", rubric="clarity")(unasked)


def test_docstring_without_a_source_is_refused() -> None:
    def no_source(objective: object) -> Verdict:
        """Says something.

        Why: Because.
        Ask: What for?
        Try: This.
        Flags:
            objective: «a»
        Passes:
            objective: b
        """
        return Flag()

    with pytest.raises(TypeError, match="lacks Source"):
        criterion("hint", rubric="clarity")(no_source)


def test_example_with_an_unknown_field_is_refused() -> None:
    def odd(objective: object) -> Verdict:
        """Says something.

        Why: Because.
        Ask: What for?
        Try: This.
        Source: Us
        Flags:
            colour: «blue»
        Passes:
            objective: b
        """
        return Flag()

    with pytest.raises(TypeError, match="names no field"):
        criterion("hint", rubric="clarity")(odd)
