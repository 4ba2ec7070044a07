"""Nothing but a better text lifts a score: games earn nothing, and the way of typing moves little.

`pytest tests/test_gaming.py --hypothesis-profile=long --hypothesis-seed=1` plays thousands.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.assessment import RUBRICS, Assessment
from coach.okr import Draft
from coach.organisation import Organisation
from coach.service import Coach
from tests.drafting import TRADES, drafts
from tests.gaming import GAMES, Game, edited

COACH = Coach()
IN_AN_ORGANISATION = Coach(Organisation(priorities=tuple(trade.purpose for trade in TRADES)))
NO_CAP = 101


def assess(draft: Draft, coach: Coach = COACH) -> Assessment:
    return coach.assess(draft, rewrite=False)


def gains(draft: Draft, edited: Draft, coach: Coach = COACH) -> list[str]:
    """Return what an edit lifted: a rubric's value or cap, the overall value, or a rubric's number
    where it had none, unless that is held down by an error."""
    before, after = assess(draft, coach), assess(edited, coach)
    lifted = []
    for rubric in RUBRICS:
        was, now = before.scores.of(rubric), after.scores.of(rubric)
        most = 79 if was.value is None else was.value
        if now.value is not None and now.value > most:
            lifted.append(f"{rubric}: {was.value} → {now.value}")
        if was.value is not None and (now.cap or NO_CAP) > (was.cap or NO_CAP):
            lifted.append(f"cap of {rubric}: {was.cap} → {now.cap}")
    if (after.overall.value or 0) > (before.overall.value or 0):
        lifted.append(f"overall: {before.overall.value} → {after.overall.value}")
    return lifted


# ── games ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("play", GAMES.values(), ids=GAMES)
@given(draft=drafts(), data=st.data())
def test_game_lifts_nothing(play: Game, draft: Draft, data: st.DataObject) -> None:
    assert gains(draft, data.draw(played(draft, play))) == []


@given(drafts(), st.data())
def test_games_together_lift_nothing(draft: Draft, data: st.DataObject) -> None:
    several = data.draw(st.lists(st.sampled_from(list(GAMES.values())), min_size=2, max_size=3))
    assert gains(draft, data.draw(played(draft, *several))) == []


@given(drafts(), st.sampled_from(list(GAMES.values())), st.data())
def test_game_lifts_nothing_in_an_organisation(
    draft: Draft, play: Game, data: st.DataObject
) -> None:
    assert gains(draft, data.draw(played(draft, play)), IN_AN_ORGANISATION) == []


@st.composite
def played(draw: st.DrawFn, draft: Draft, *games: Game) -> Draft:
    for game in games:
        draft = game(draw, draft)
    return draft


# ── the same, typed otherwise ─────────────────────────────────────────────────────────────────

WORDS = dict(
    zip(
        "0 1 2 3 4 5 6 7 8 9".split(),
        "zero one two three four five six seven eight nine".split(),
        strict=True,
    )
)


def spelled_out(text: str) -> str:
    """Write small whole numbers as words, where they stand alone."""
    return re.sub(r"(?<![\w.,:/€-])(?<!p)[1-9](?![\w.,:/%]|[ -]%)", lambda m: WORDS[m[0]], text)


TYPED: dict[str, Callable[[str], str]] = {
    "double spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "spaces around": lambda text: f"  {text} ",
    "number words": spelled_out,
    "bullet": lambda text: "• " + text,
    "dash as bullet": lambda text: "– " + text,
    "quotes": lambda text: f"“{text}”",
    "straight quotes": lambda text: f'"{text}"',
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "arrow": lambda text: text.replace("→", "->"),
    "percent": lambda text: text.replace(" %", "%"),
    "per cent": lambda text: text.replace(" %", " percent"),
    "full stop": lambda text: text + ".",
    "small first letter": lambda text: text[0].lower() + text[1:],
    "long dashes": lambda text: text.replace("-", "\u2013"),
    "non-breaking hyphens": lambda text: text.replace("-", "\u2011"),
    "American": lambda text: text.replace("organis", "organiz").replace("programme", "program"),
    "colon apart": lambda text: text.replace(": ", " : "),
}


def moves(draft: Draft, edited: Draft) -> list[str]:
    """Return which rubrics an edit moves by more than three points, or in or out of judgement."""
    before, after = assess(draft).scores, assess(edited).scores
    pairs = [(rubric, before.of(rubric).value, after.of(rubric).value) for rubric in RUBRICS]
    return [
        f"{rubric}: {was} → {now}"
        for rubric, was, now in pairs
        if (was is None) != (now is None) or abs((was or 0) - (now or 0)) > 3
    ]


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
@given(draft=drafts())
def test_way_of_typing_moves_little(typed: Callable[[str], str], draft: Draft) -> None:
    assert moves(draft, edited(draft, typed, set(draft.lines))) == []


@given(drafts(), st.randoms(use_true_random=False))
def test_order_of_key_results_moves_little(draft: Draft, random: Random) -> None:
    shuffled = list(draft.key_results)
    random.shuffle(shuffled)
    assert moves(draft, replace(draft, key_results=tuple(shuffled))) == []
