"""What people paste becomes the drafts that a reader would see in it."""

import textwrap
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import BadInput, TooLarge
from coach.okr import KEY_RESULTS_LIMIT, TEXT_LIMIT, Context, Draft, KeyResult
from coach.reading.parse import parse, read_text

ON_TIME = Draft(
    "Patients are seen on time", ("Median wait from 40 to 20 minutes", "Visits cut short from 12 %")
)
STAYING = Draft("Nurses stay with us", ("Turnover from 20 % to 12 %", "Sick days from 9 to 6"))


# --- one draft, as people write it -----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Objective: {o}\nKR1: {a}\nKR2: {b}",
        "objective : {o}\nkr 1 : {a}\nkr 2 : {b}",
        "O: {o}\nKR: {a}\nKR: {b}",
        "O1: {o}\nO1/KR1.1: {a}\nO1/KR1.2: {b}",
        "O1. {o}\nO1KR1. {a}\nO1KR2. {b}",
        "O1 {o}\nKR1 {a}\nKR2 {b}",
        "Objective 1 - {o}\nKey Result 1 – {a}\nKey Result 2 — {b}",
        "[Objective] {o}\n[KR1] {a}\n[KR2] {b}".replace("] ", "]: "),
        "Objective 1 (team): {o}\nKR1 (30 %): {a}\nKR2 (70 %): {b}",
        "OKR 1: {o}\n#1 {a}\n#2 {b}".replace("#1", "-").replace("#2", "-"),
        "Objective: {o}\n{a}\n{b}",
        "Objective: {o}\n    {a}\n    {b}",
        "Objective: {o}\n\n- {a}\n\n- {b}",
        "Objective\n{o}\n\nKey Results\n{a}\n{b}",
        "Objective:\n- {o}\nKey results:\n- {a}\n- {b}",
        "OBJECTIVE\n\t{o}\nKEY RESULTS\n1.\t{a}\n2.\t{b}",
        "Objective: {o} KR1: {a} KR2: {b}",
        "Objective: {o}; KR1: {a}; KR2: {b}",
        "Objective: {o} | KR 1) {a} | KR 2) {b}",
        "Objective: {o}\nKey results: 1. {a} 2. {b}",
        "Objective: {o}\nKey results: {a}; {b}",
        "{o}\nKR1: {a}\nKR2: {b}",
        "{o}\nas measured by:\n- {a}\n- {b}",
        "We will: {o}, as measured by:\n- {a}\n- {b}",
        "{o}:\n- {a}\n- {b}",
        "KR1: {a}\nKR2: {b}\nObjective: {o}",
        "\u202aObjective: {o}\n\u202aKR1: {a}\n\u202bKR2: {b}",
        "*Objective:* {o}\n• *KR1:* _{a}_\n• *KR2:* {b}",
        "objective: {o}\nkey_results:\n  - {a}\n  - {b}",
        "{o}\n- {a}\n- {b}",
        "{o}\n* {a}\n• {b}",
        "{o}\n–\t{a}\n– {b}",
        "{o}\n\n1. {a}\n2) {b}",
        "{o}\n① {a}\n② {b}",
        "{o}\n1️⃣ {a}\n2️⃣ {b}",
        "{o}\na) {a}\nb) {b}",
        "{o}\n✅ {a}\n✅ {b}",
        "{o}\n•\u2060  \u2060{a}\n•\u2060  \u2060{b}",
        "{o}\n{a}\n{b}",
        "{o}\r\n{a}\r\n{b}\r\n",
        "{o}\r{a}\r{b}",
        "{o}\v{a}\v{b}",
        "{o}\n\n{a}\n\n{b}\n",
        "\n\n  {o}\n  {a}\n  {b}",
        "- {o}\n- {a}\n- {b}",
        "- {o}\n  - {a}\n  - {b}",
        "- {o}\n\t* {a}\n\t* {b}",
        "1. {o}\n1.1 {a}\n1.2 {b}",
        "1. {o}\n- {a}\n- {b}",
        "• {o}\no\t{a}\no\t{b}",
        "**{o}**\n- {a}\n- {b}",
        "**Objective:** {o}\n- **KR1:** {a}\n- **KR2**: {b}",
        "**Objective: {o}**\n* _KR1_: {a}\n* *KR2:* {b}",
        "🎯 Objective: {o}\n🔑 KR1: {a}\n🔑 KR2: {b}",
        "# {o}\n- [ ] {a}\n- [x] {b}",
        "# Q1 OKRs\n\n## {o}\n\n1. {a}\n2. {b}",
        "## Objective 1: {o} ##\n\n### KR1\n{a}\n\n### KR2\n{b}",
        "## Objective: {o}\n### {a}\n### {b}",
        "## Objective\n\n{o}\n\n## Key results\n\n- {a}\n- {b}\n\n## Initiatives\n\n- Hire two",
        "{o}\n=====\n- {a}\n- {b}",
        "> {o}\n> - {a}\n> - {b}",
        "```\nObjective: {o}\nKR1: {a}\nKR2: {b}\n```",
        "<!-- ours -->\nObjective: {o}\n<!-- KR0: old\n -->\nKR1: {a}\nKR2: {b}",
        "Ward OKRs, Q1 2027\n{o}\n{a}\n{b}",
        "Ziel: {o}\nSchlüsselergebnis 1: {a}\nSchlu\u0308sselergebnis 2: {b}",
        "Objectif : {o}\nRésultats clés :\n- {a}\n- {b}",
        "Objective\t{o}\nKey result 1\t{a}\nKey result 2\t{b}",
        "Objective\tKR 1\tKR 2\n{o}\t{a}\t{b}",
        "{o}\t{a}\t{b}",
        "Objective\tKey result\n{o}\t{a}\n\t{b}",
        "| Objective | KR 1 | KR 2 |\n|---|---|---|\n| {o} | {a} | {b} |",
        "| Objective | Key result |\n| :-- | --: |\n| **{o}** | {a} |\n| | {b} |",
        "| Objective | Key results |\n|---|---|\n| {o} | - {a}<br>- {b} |",
        "Objective: {o}\n\n| KR | From |\n|---|---|\n| {a} | 40 |\n| {b} | 12 % |",
    ],
)
def test_one_draft_is_read_from_any_style(text: str) -> None:
    a, b = ON_TIME.sentences
    assert parse(text.format(o=ON_TIME.objective, a=a, b=b)) == (ON_TIME,)


def test_lone_sentence_is_an_objective() -> None:
    assert parse("Patients are seen on time.") == (Draft("Patients are seen on time."),)


def test_colon_at_the_end_is_kept_where_it_leads_to_no_list() -> None:
    assert parse("Objective: Patients are seen:\nKR: a b")[0].objective == "Patients are seen:"
    assert parse("Patients are seen:\na b\nc d")[0].objective == "Patients are seen:"


def test_key_results_alone_are_a_draft_without_objective() -> None:
    assert parse("KR1: Turnover from 20 % to 12 %") == (Draft("", ("Turnover from 20 % to 12 %",)),)


def test_context_is_read_from_its_labels() -> None:
    (draft,) = parse(
        "Team: Ward 3\nCycle: 2027-Q1\n\n"
        "Aspirational objective: Patients are seen on time\n"
        "KR1: Median wait from 40 to 20 minutes\n"
        "Why: They wait in pain\nand nobody tells them how long.\n"
        "Purpose: Care without fear\nSupports: Fewer people give up on us\n"
        "Priority: Access\nOwner: Ana"
    )
    assert draft.context == Context(
        why="They wait in pain and nobody tells them how long.",
        purpose="Care without fear",
        parent="Fewer people give up on us",
        priority="Access",
        cycle="2027-Q1",
        type="aspirational",
        team="Ward 3",
        owner="Ana",
    )


def test_context_under_headings_is_read() -> None:
    (draft,) = parse(
        "## Objective: Patients are seen on time\n\n### Why\n\nThey wait in pain.\n"
        "Nobody says why.\n\n### Key results\n- Median wait from 40 to 20 minutes\n"
    )
    assert draft.context.why == "They wait in pain. Nobody says why."
    assert draft.sentences == ("Median wait from 40 to 20 minutes",)


def test_what_stands_under_a_key_result_is_its_own() -> None:
    (draft,) = parse(
        "Patients are seen on time\n- Median wait\n  - Owner: Ana\n  - Source: door clock\n"
        "  - Baseline: 40\n  - Target: 20\n  - Due: 30 June\n- Visits cut short\n"
    )
    assert draft.key_results == (
        KeyResult("Median wait from 40 to 20 by 30 June", "Ana", "door clock"),
        "Visits cut short",
    )


def test_an_owner_under_each_key_result_is_its_own() -> None:
    (draft,) = parse("O: Patients are seen\nKR1: Median wait\nOwner: Ana\nKR2: Visits\nOwner: Bo")
    assert draft.key_results == (KeyResult("Median wait", "Ana"), KeyResult("Visits", "Bo"))
    assert draft.context.owner is None


def test_wrapped_lines_are_joined() -> None:
    assert parse(
        "Objective: Patients are seen on time, wherever they come from and\n"
        "whoever they are\n"
        "- Median wait at the front desk of the ward from\n  40 to 20 minutes\n"
        "- Visits cut short by the next patient’s in\n  Ward 3"
    ) == (
        Draft(
            "Patients are seen on time, wherever they come from and whoever they are",
            (
                "Median wait at the front desk of the ward from 40 to 20 minutes",
                "Visits cut short by the next patient’s in Ward 3",
            ),
        ),
    )


def test_lowercase_lines_are_not_taken_for_wrapped_ones() -> None:
    text = (
        "teams ship without waiting for the build system at all\n"
        "median build from 18 to 8 minutes, failed builds set apart\nfailed builds from 11 % to 5 %"
    )
    assert len(parse(text)[0].key_results) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "O2 saturation above 95 % in 9 of 10 checks",
        "1.5 hours at most from door to bed",
        "24/7 cover on 30 of 30 days",
        "> 95 % of patients are seen in time",
        "Goals against us fall from 3 to 2 a match",
        "Cycle time from 12 to 8 days",
        "Score: 3.2 → 4.1",
        "Share of patients who ask [why] from 3 to 9",
        "Wait from ____ to ____ minutes",
        "Wait from [today] to 20 minutes",
        "5 * 3 beds * 2 wards from 10 to 30",
        "Visits to example.org/a_b_c from 3 k to 9 k",
        "“On time” means within 20 minutes — for 9 of 10",
        "🎉 Thanks from patients from 3 to 9",
    ],
)
def test_sentence_is_not_taken_for_a_label_or_a_sign(sentence: str) -> None:
    assert parse(f"Patients are seen on time\n{sentence}\nVisits from 3 to 9") == (
        Draft("Patients are seen on time", (sentence, "Visits from 3 to 9")),
    )
    assert parse(f"O: Patients are seen on time\nKR1: {sentence}")[0].sentences == (sentence,)


def test_signs_of_markdown_are_taken_off() -> None:
    (draft,) = parse(
        "- **Patients** are `seen` [on time](https://example.org/x)\n- a \\* b &amp; *c*"
    )
    assert draft == Draft("Patients are seen on time", ("a * b & c",))


def test_invisible_characters_inside_words_are_left_to_be_told() -> None:
    (draft,) = parse("\u200bObjective:\u200b Pati\u200bents wait")
    assert draft.objective.endswith("Pati\u200bents wait")


# --- several drafts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Objective: {o}\nKR: {a}\nKR: {b}\nObjective: {p}\nKR: {c}\nKR: {d}",
        "O1 {o}\nKR1 {a}\nKR2 {b}\nO2 {p}\nKR1 {c}\nKR2 {d}",
        "{o}\nKR1: {a}\nKR2: {b}\n\n{p}\nKR1: {c}\nKR2: {d}",
        "{o}\nKey results:\n- {a}\n- {b}\n\n{p}\nKey results:\n- {c}\n- {d}",
        "{o}\n- {a}\n- {b}\n{p}\n- {c}\n- {d}",
        "{o}\n\n- {a}\n- {b}\n\n{p}\n\n- {c}\n- {d}",
        "1. {o}\n   - {a}\n   - {b}\n2. {p}\n   - {c}\n   - {d}",
        "1. {o}\n- {a}\n- {b}\n2. {p}\n- {c}\n- {d}",
        "1. {o}\n1.1. {a}\n1.2. {b}\n2. {p}\n2.1. {c}\n2.2. {d}",
        "1. {o}\n  KR1: {a}\n  KR2: {b}\n2. {p}\n  KR1: {c}\n  KR2: {d}",
        "- {o}\n- {a}\n- {b}\n\n- {p}\n- {c}\n- {d}",
        "# Ward\n## {o}\n- {a}\n- {b}\n## {p}\n- {c}\n- {d}",
        "# {o}\n{a}\n{b}\n# {p}\n{c}\n{d}",
        "{o}\n{a}\n{b}\n\n{p}\n{c}\n{d}",
        "{o}\n{a}\n{b}\n---\n{p}\n{c}\n{d}",
        "{o}\n\n{a}\n\n{b}\n\n---\n\n{p}\n\n{c}\n\n{d}",
        "1. {o}\nKey results:\n- {a}\n- {b}\n2. {p}\nKey results:\n- {c}\n- {d}",
        "{o}\n\n{a}\n\n{b}\n\n\n{p}\n\n{c}\n\n{d}",
        "Objective\tKey result\n{o}\t{a}\n{o}\t{b}\n{p}\t{c}\n{p}\t{d}",
        "{o}\t{a}\t{b}\n{p}\t{c}\t{d}",
        "| Objective | Key result |\n|-|-|\n| {o} | {a} |\n| {o} | {b} |\n| {p} | {c} |\n| | {d} |",
        "Objective: {o}\n\n|KR|\n|-|\n|{a}|\n|{b}|\n\nObjective: {p}\n\n|KR|\n|-|\n|{c}|\n|{d}|",
        "Hi all, here are ours.\n\n{o}\n- {a}\n- {b}\n\n{p}\n- {c}\n- {d}\n\nThanks!",
    ],
)
def test_several_drafts_are_told_apart(text: str) -> None:
    (a, b), (c, d) = ON_TIME.sentences, STAYING.sentences
    filled = text.format(o=ON_TIME.objective, p=STAYING.objective, a=a, b=b, c=c, d=d)
    assert parse(filled) == (ON_TIME, STAYING)


def test_context_above_all_drafts_is_shared() -> None:
    first, second = parse(
        "Cycle: 2027-Q1\n\nO1: Patients are seen\nKR: a\n\nO2: Nurses stay\nKR: b"
    )
    assert first.context == second.context == Context(cycle="2027-Q1")


def test_context_right_under_key_results_is_theirs() -> None:
    first, second = parse("O: Patients are seen\nKR: a\nTeam: Ward 3\nO: Nurses stay\nKR: b")
    assert (first.context.team, second.context.team) == ("Ward 3", None)


def test_context_right_above_an_objective_is_its_own() -> None:
    first, second = parse(
        "Team: Ward 3\nO: Patients are seen\nKR: a\n\nTeam: Ward 4\nO: Nurses stay\nKR: b"
    )
    assert (first.context.team, second.context.team) == ("Ward 3", "Ward 4")


def test_table_keeps_the_numbers_of_the_lines_after_it() -> None:
    text = "| Objective |\n|-|\n| Doors open early |\n\nO: Patients are seen\nKR: a\0b\n"
    first, second = read_text(text).found
    assert (first.first, second.first) == (3, 5)
    assert str(second.draft).startswith("line 6: ")


def test_objective_of_two_sentences_over_a_list_keeps_its_first_line() -> None:
    read = read_text("Ward OKRs\nPatients are seen on time.\nNobody waits in pain.\n- a b\n- c d")
    assert [each.draft for each in read.found] == [
        Draft("Patients are seen on time.", ("a b", "c d"))
    ]
    assert [each.pointer for each in read.left_out] == ["line 3"]


def test_draft_knows_its_lines() -> None:
    text = (
        "# Ward\n\nObjective: Patients are seen\nKR1: a\n\nObjective: Nurses stay\nKR1: b\n  more b"
    )
    assert [(each.first, each.last) for each in read_text(text).found] == [(3, 4), (6, 8)]


# --- what can't be read ----------------------------------------------------------------------


@pytest.mark.parametrize("label", ["KROwner", "Objectıve", "healthmetrics", "ﬁ", "K\u212aR"])
def test_label_nearly_known_is_no_trouble(label: str) -> None:
    assert read_text(f"Patients are seen\n{label}: Ana\nKR: Wait from 4 to 2").found


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff", "Why: because", "# OKRs\n", "---"])
def test_text_without_a_draft_is_said(text: str) -> None:
    with pytest.raises(BadInput, match="there is no objective and no key result in it yet"):
        parse(text)


def test_text_without_words_is_said() -> None:
    with pytest.raises(BadInput, match="line 2: there are no words in it yet"):
        parse("\n… !!!")


def test_problem_stands_at_its_line_and_keeps_no_other_draft_from_being_read() -> None:
    text = (
        "O1: Patients are seen\nKR1: a\0b\nType: blue\n\nO2: Nurses stay\nKR1: "
        + "x" * 2_001
        + "\n\nO3: Doors open\nKR1: c"
    )
    first, second, third = (each.draft for each in read_text(text).found)
    assert str(first) == (
        "line 3: “blue” is no type; there are: committed, aspirational, learning, health; "
        "line 2: a NUL character at character 2"
    )
    assert str(second) == "line 6: 2,001 characters; a line holds at most 2,000"
    assert third == Draft("Doors open", ("c",))
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert [problem.pointer for problem in caught.value.problems] == ["line 3", "line 2", "line 6"]


def test_too_many_key_results_are_refused() -> None:
    key_results = "\n".join(f"Wait on day {day}" for day in range(KEY_RESULTS_LIMIT + 1))
    with pytest.raises(BadInput, match="line 1: 51 key results; a draft holds at most 50"):
        parse(f"Patients are seen on time\n{key_results}")


@pytest.mark.parametrize("text", ["a" * (TEXT_LIMIT + 1), "a\n" * 30_000, "KR1: a " * 30_000])
def test_text_over_the_limit_is_refused_unread(text: str) -> None:
    with pytest.raises(TooLarge, match="at most"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["a" * 200_000 + "\tb", '"' + "a" * 200_000 + "\tb\n", 'O: a b\t"c']
)
def test_text_with_tabs_and_stray_quotes_is_read_or_refused(text: str) -> None:
    assert read_text(text).found


def test_headings_without_rows_are_no_draft_lost() -> None:
    assert parse("Objective\tPatients are seen") == (Draft("Patients are seen"),)
    assert read_text("Objective\tKR").found


def test_what_belongs_to_no_draft_is_told() -> None:
    read = read_text(
        "Some words first.\n\n## Objective: Patients are seen\nWe mean it.\n"
        "### Key results\n- a b\n  - a note\n### Initiatives\n- Hire two\n"
    )
    assert [str(each).removesuffix(" results") for each in read.left_out] == [
        "line 1: left out: it stands above the first objective",
        "line 4: left out: it belongs to no objective and no key result",
        "line 7: left out: it is a point under a key result",
        "line 9: left out: it stands under another heading than the key",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Objective\tKR 1\tMood\tHue\nPatients are seen\tWait from 4 to 2\tfine\tred",
        "|Objective|KR|Mood|Hue|\n|-|-|-|-|\n|Patients are seen|Wait from 4 to 2|fine|red|",
    ],
)
def test_columns_that_are_not_read_are_told(text: str) -> None:
    read = read_text(text)
    assert [str(each) for each in read.left_out] == [
        "line 1: left out: what stands under Mood, Hue"
    ]
    assert [each.draft for each in read.found] == [
        Draft("Patients are seen", ("Wait from 4 to 2",))
    ]


def test_line_limit_counts_lines_whatever_ends_them() -> None:
    assert len(parse("O: a b\r\n" * 12_000)) == 12_000


def test_remark_beside_a_label_is_told() -> None:
    read = read_text("Objective (stretch): Patients are seen\nKR1 (30 %): Wait from 4 to 2")
    assert [str(each) for each in read.left_out] == ["line 2: left out: “(30 %)” beside the label"]
    (draft,) = (each.draft for each in read.found)
    assert draft == Draft("Patients are seen", ("Wait from 4 to 2",), Context(type="aspirational"))


def test_titles_are_left_out_in_silence() -> None:
    read = read_text("# Ward OKRs\n\n## Our OKRs for Q1 2027\n\nPatients are seen\n- a\n- b\n")
    assert not read.left_out


# --- there and back --------------------------------------------------------------------------

WORDS = st.sampled_from(
    "patients wait nurses Ward NPS naïve Ärzte “on time” it’s (baseline 32) 40 1.5 12 % → ≥ 24/7 "
    "O2 objective results from to a 30 June 🎯 👩\u200d⚕️ — [today] e\u0301clat 3,000 €1.2m p95 "
    "why; per-day".split(" ")
)
SENTENCES = st.builds(
    lambda first, words: " ".join([first, *words]).rstrip(" —;"),
    st.sampled_from("Patients Wait Reduce Ärzte Nurses Every “Seen Less".split()),
    st.lists(WORDS, min_size=1, max_size=12),
).map(lambda sentence: unicodedata.normalize("NFC", sentence))
DRAFTS = st.builds(Draft, SENTENCES, st.lists(SENTENCES, min_size=2, max_size=6).map(tuple))


def labelled(draft: Draft, *, wrap: Callable[[str], str] = str) -> str:
    lines = [f"Objective: {draft.objective}"]
    lines += [f"KR{number}: {kr}" for number, kr in enumerate(draft.sentences, 1)]
    return "\n".join(map(wrap, lines))


def wrapped(draft: Draft) -> str:
    return labelled(
        draft,
        wrap=lambda line: textwrap.fill(line, 60, subsequent_indent="  ", break_on_hyphens=False),
    )


def listed(sign: str) -> Callable[[Draft], str]:
    return lambda draft: "\n".join([draft.objective, *(f"{sign} {kr}" for kr in draft.sentences)])


def numbered(draft: Draft) -> str:
    return "\n".join([draft.objective, *(f"{n}. {kr}" for n, kr in enumerate(draft.sentences, 1))])


def bare(draft: Draft) -> str:
    return "\n".join([draft.objective, *draft.sentences])


def nested(draft: Draft) -> str:
    return "\n".join([f"- {draft.objective}", *(f"    - {kr}" for kr in draft.sentences)])


def markdown(draft: Draft) -> str:
    items = "\n".join(f"- [ ] {kr}" for kr in draft.sentences)
    return f"## Objective: {draft.objective}\n\n### Key results\n\n{items}"


def bold(draft: Draft) -> str:
    return "\n\n".join(
        [f"**Objective:** {draft.objective}", *(f"**KR:** {kr}" for kr in draft.sentences)]
    )


def table(draft: Draft) -> str:
    rows = "\n".join(f"| | {kr} |" for kr in draft.sentences[1:])
    first = f"| {draft.objective} | {draft.sentences[0]} |"
    return f"| Objective | Key result |\n|---|---|\n{first}\n{rows}"


def template(draft: Draft) -> str:
    return f"Objective\n{draft.objective}\nKey Results\n" + "\n".join(draft.sentences)


def one_line(draft: Draft) -> str:
    return labelled(draft).replace("\n", " ")


STYLES = [
    labelled, wrapped, listed("-"), listed("*"), listed("•"), listed("–"), numbered, bare, nested,
    markdown, bold, table, template, one_line,
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@given(DRAFTS)
def test_draft_comes_back_from_every_style(
    style: Callable[[Draft], str], ends: str, draft: Draft
) -> None:
    text = style(draft)
    assert parse(text.replace("\n", ends)) == (draft,)
    assert parse(unicodedata.normalize("NFD", text)) == (draft,)


@pytest.mark.parametrize("style", [s for s in STYLES if s is not one_line])
@given(st.lists(DRAFTS, min_size=2, max_size=4))
def test_drafts_come_back_from_every_style(
    style: Callable[[Draft], str], drafts: list[Draft]
) -> None:
    assert parse("\n\n\n".join(map(style, drafts))) == tuple(drafts)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_text(text).found
    except BadInput:
        return
    assert found
    assert all(1 <= each.first <= each.last for each in found)


_PIECES = st.sampled_from(
    ["Objective", "KR", "Key results", "Why", "Owner", "1", "1.1", ":", "-", "•", "# ", "|", "|-|",
     "\t", "\n", "\n\n", "  ", "**", "[", "](x)", "word", "Word.", "\u200b", "---", "```", '"', "❤️"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_mixture_of_signs_is_read_or_refused(text: str) -> None:
    test_any_text_is_read_or_refused.hypothesis.inner_test(text)
