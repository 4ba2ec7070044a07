"""No wording of a model's gets past code that says more, less or something else than its line."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.assessment import Finding
from coach.okr import Context, Draft
from coach.rewriting.fidelity import SAID, Fidelity, Sin
from coach.service import Coach

TABLES = sorted((Path(__file__).parent / "guard").glob("*.toml"))


def drafts() -> Iterator[tuple[dict[str, Any], Draft]]:
    for table in TABLES:
        for said in tomllib.loads(table.read_text("utf-8")).values():
            context = {key: said[key] for key in Context.__struct_fields__ if key in said}
            yield said, Draft(said["objective"], tuple(said["key_results"]), Context(**context))


def wordings(kind: str) -> Iterator[Any]:
    for said, draft in drafts():
        for each in said[kind]:
            texts = tuple(each.get("texts") or [each["text"]])
            dropped = kind == "bad" or each.get("dropped", False)
            told = f"{each.get('sin', kind)}: {texts[0]}"
            yield pytest.param(draft, each["line"], texts, dropped, id=told)


_findings: dict[Draft, tuple[Finding, ...]] = {}


def sins(draft: Draft, line: str, *texts: str) -> tuple[Sin, ...]:
    if draft not in _findings:
        _findings[draft] = Coach().assess(draft, rewrite=False).findings
    return Fidelity(draft).sins(line, texts, _findings[draft])


# A sound wording that is dropped all the same is marked so in the tables: what strictness costs.
@pytest.mark.parametrize(
    ("draft", "line", "texts", "dropped"), [*wordings("bad"), *wordings("sound")]
)
def test_wording_that_strays_is_dropped_and_no_other(
    draft: Draft, line: str, texts: tuple[str, ...], dropped: bool
) -> None:
    assert bool(sins(draft, line, *texts)) == dropped


@pytest.mark.parametrize("hyphen", "-‐‑–—−－")
def test_word_joined_by_whatever_hyphen_is_taken_apart_alike(hyphen: str) -> None:
    draft = Draft(f"Try to answer first{hyphen}time callers")
    assert sins(draft, "objective", f"Answer first{hyphen}time callers") == ()
    assert sins(draft, "objective", "Answer callers")


def test_tables_are_large_enough_to_trust() -> None:
    assert sum(1 for _ in (*wordings("bad"), *wordings("sound"))) >= 200


@pytest.mark.parametrize(("said", "draft"), [*drafts()])
def test_every_line_may_stay_as_it_is(said: dict[str, Any], draft: Draft) -> None:
    lines = {"objective": draft.objective} | {f"kr{n}": t for n, t in enumerate(draft.sentences, 1)}
    assert all(sins(draft, line, text) == () for line, text in lines.items())


def test_every_sin_has_a_sentence_that_names_the_words() -> None:
    found = sins(DRAFT, "kr1", "Loans from 1,200 to 2,500 a month by 24 June")
    assert "has a number that the line hasn't got: “2500”" in map(str, found)
    assert all(" " in said for said in SAID.values())


DRAFT = Draft(
    "Readers find their next book sooner",
    (
        "Loans from 1,200 to 1,900 a month by 24 June",
        "Books returned late: 14% → 8%",
        "Wait for a reserved book under 5 days",
    ),
    Context(cycle="2027-H1", parent="Every town of the county reads more by 2030"),
)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("kr1", "Loans: 1200 → 1900 a month by 24 June 2027"),
        ("kr1", "Loans from 1.2k to 1.9k a month by June 24"),
        ("kr1", "By 24 June, loans from 1'200 to 1'900 a month"),
        ("kr2", "Books returned late from 14 percent to 8 %"),
        ("kr2", "Share of books returned late from 14% to 8%"),
        ("kr3", "Wait for a reserved book under five days"),
    ],
)
def test_same_number_in_another_dress_is_the_same(line: str, text: str) -> None:
    assert sins(DRAFT, line, text) == ()


@pytest.mark.parametrize(
    ("line", "text", "code"),
    [
        ("kr1", "Loans from 1,200 to 2,500 a month by 24 June", "invented-number"),
        ("kr1", "Loans from 1,200 to 1,900 a month by 15 June", "invented-date"),
        ("kr1", "Loans from 1,200 to 1,900 a month by 24 June 2030", "invented-date"),
        ("kr1", "Loans from 1,900 to 1,200 a month by 24 June", "changed-role"),
        ("kr1", "Loans from 1,200 to 1,900 a month since 24 June", "changed-role"),
        ("kr1", "Loans from 1,200 to 1,900 a month", "lost-date"),
        ("kr1", "Loans to 1,900 a month by 24 June", "lost-number"),
        ("kr1", "Loans in Porto from 1,200 to 1,900 a month by 24 June", "invented-name"),
        ("kr1", "Late loans from 1,200 to 1,900 a month by 24 June", "moved-word"),
        ("kr1", "Digital loans from 1,200 to 1,900 a month by 24 June", "invented-word"),
        ("kr1", "Loans from 1,200 to 1,900 a month by 24 June!!", "invented-sign"),
        ("kr2", "Books returned late: 14% → at most 8%", "changed-bound"),
        ("kr2", "Books returned late: 8", "changed-direction"),
        ("kr2", "Books not returned late: 14% → 8%", "turned"),
        ("kr2", "Books returned late by readers: 14% → 8%", "rebound"),
        ("kr2", "Late books returned: 14% → 8%", "reordered"),
        ("kr2", "Books returned late (14% of 1,200): 14% → 8%", "moved-number"),
        ("kr3", "A reserved book under 5 days", "lost-word"),
        ("kr2", "Books returned **late**: 14% → 8%", "markup"),
        ("kr2", "Books returned late: [ → 8%", "brackets"),
        ("kr2", "Books returned late: 14% → 8%" + " so that it is at" * 9, "too-long"),
        ("objective", "Oslo readers find their next book sooner", "invented-word"),
        ("objective", "Readers find their next book sooner in Oslo", "invented-name"),
    ],
)
def test_sin_is_named(line: str, text: str, code: str) -> None:
    assert code in {sin.code for sin in sins(DRAFT, line, text)}


def test_name_is_lost_by_its_letters() -> None:
    draft = Draft("Readers in Porto read more", ("Loans at Foz from 3 to 9",))
    assert "lost-name" in {sin.code for sin in sins(draft, "objective", "Readers read more")}
    assert "lost-name" in {sin.code for sin in sins(draft, "kr1", "Loans from 3 to 9")}


def test_way_that_no_number_tells_is_kept() -> None:
    draft = Draft("Complaints at night go down", ("Loans up from 3 to 9",))
    assert {sin.code for sin in sins(draft, "objective", "Complaints at night go")} == {"turned"}
    assert sins(draft, "kr1", "Loans from 3 to 9") == ()


def test_line_is_split_only_where_it_has_two_measures() -> None:
    codes = {sin.code for sin in sins(DRAFT, "kr1", "Loans from 1,200 to 1,900", "Loans a month")}
    assert "added-key-result" in codes


def test_better_line_that_knows_a_number_more_never_passes(shared_data: Path) -> None:
    passed, tried = [], 0
    for row in map(json.loads, (shared_data / "dev.jsonl").read_text("utf-8").splitlines()):
        if row["type"] != "pair":
            continue
        weak, strong = row["weak"], row["strong"]
        draft = Draft(weak["objective"], tuple(weak["key_results"]), Context(**row["context"]))
        lines = [("objective", weak["objective"], strong["objective"])]
        pairs = zip(weak["key_results"], strong["key_results"], strict=False)
        lines += [(f"kr{number}", *pair) for number, pair in enumerate(pairs, 1)]
        for line, was, now in lines:
            if set(re.findall(r"\d+", now)) - set(re.findall(r"\d+", was)):
                tried += 1
                passed += [] if sins(draft, line, now) else [now]
    assert tried > 100
    assert passed == []


# ── Whatever is put in ───────────────────────────────────────────────────────────────────────────

SOUND = [
    ("objective", "Readers find their next book sooner, so that [why it matters]"),
    ("kr1", "Loans: 1,200 → 1,900 a month by 24 June"),
    ("kr2", "Books returned late from 14% to 8%"),
    ("kr2", "Share of books returned late: 14% → 8%"),
    ("kr3", "Wait for a reserved book from [today] to under 5 days"),
]


def inserted(wording: str, put: str, at: int) -> str:
    words = wording.split(" ")
    at %= len(words) + 1
    return " ".join((*words[:at], put, *words[at:]))


@pytest.mark.parametrize(("line", "text"), SOUND)
def test_sound_wordings_to_put_things_in_stand(line: str, text: str) -> None:
    assert sins(DRAFT, line, text) == ()


_NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.floats(0, 1e6, allow_nan=False).map("{:.2f}".format),
    st.integers(0, 500).map("{}%".format),
    st.integers(1, 900).map("€{}".format),
    st.integers(1, 900).map("{}k".format),
    st.integers(2, 99).map("{}x".format),
    st.integers(1, 90).map("{} days".format),
    st.sampled_from(
        "two|twenty|a third|half|a dozen|two hundred|three million|twice|double|1 in 5|4/5".split(
            "|"
        )
    ),
)
_DATES = st.one_of(
    st.dates().map(str),
    st.tuples(
        st.integers(1, 31),
        st.sampled_from("January Feb March April May July Aug September Oct Nov December".split()),
    ).map(lambda day: f"by {day[0]} {day[1]}"),
    st.sampled_from(
        "by Friday|in Q3|by EOY|by Christmas|this year|next month|in FY28|by 1/2/2027".split("|")
    ),
)
_NAMES = st.one_of(
    st.sampled_from(
        "Porto|Ms Vega|McKinsey|ISO|iOS|Zoë|İstanbul|北京|Acme Corp|team-x|O'Hara|p95|v2".split("|")
    ),
    st.text("abcdefghijklmnopqrstuvwxyzäöéß", min_size=4, max_size=9).map(str.capitalize),
)


@given(st.sampled_from(SOUND), _NUMBERS | _DATES | _NAMES, st.integers(0, 40))
def test_number_date_or_name_put_in_is_caught(wording: tuple[str, str], put: str, at: int) -> None:
    line, text = wording
    assert sins(DRAFT, line, inserted(text, put, at)), inserted(text, put, at)


@given(st.sampled_from(SOUND), _NUMBERS | _DATES | _NAMES)
def test_number_date_or_name_in_a_blank_is_caught(wording: tuple[str, str], put: str) -> None:
    line, text = wording
    assert sins(DRAFT, line, f"{text}, so that [{put}]")


@given(st.sampled_from(SOUND), st.text(min_size=1, max_size=30), st.integers(0, 40))
def test_any_text_put_in_is_judged_without_an_error(
    wording: tuple[str, str], put: str, at: int
) -> None:
    line, text = wording
    for sin in sins(DRAFT, line, inserted(text, put, at)):
        assert str(sin)


@given(st.sampled_from(SOUND), st.integers(0, 40))
def test_word_taken_out_is_missed(wording: tuple[str, str], at: int) -> None:
    line, _ = wording
    own = {"objective": DRAFT.objective, **{f"kr{n}": t for n, t in enumerate(DRAFT.sentences, 1)}}
    words = own[line].split(" ")
    at %= len(words)
    left = " ".join((*words[:at], *words[at + 1 :]))
    if words[at] not in ("a", "by", "for", "from", "to", "their"):
        assert sins(DRAFT, line, left), left
