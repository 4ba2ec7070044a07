"""A sample of every long proof, with its negative control: what can't fail proves nothing."""

import random
from types import ModuleType

import pytest

from prove import Tally, strings, upper_bound, wilson
from prove.__main__ import proofs

SAMPLE = 150


@pytest.fixture(autouse=True)
def _own_strings_alone(monkeypatch: pytest.MonkeyPatch):
    """The same strings on every machine, whether or not `make prove` ran there."""
    monkeypatch.setattr(strings, "foreign", lambda: ())


@pytest.mark.parametrize("proof", proofs().values(), ids=proofs().keys())
def test_promise_is_kept(proof: ModuleType):
    tally: Tally = proof.run(random.Random(1), getattr(proof, "SAMPLE", SAMPLE), True)
    assert tally.cases
    assert len(tally.broken) <= getattr(proof, "MOST", 0) * tally.cases, tally.broken


@pytest.mark.parametrize("proof", proofs().values(), ids=proofs().keys())
def test_promise_breaks_without_its_guard(proof: ModuleType):
    tally: Tally = proof.run(random.Random(1), getattr(proof, "SAMPLE", SAMPLE), False)
    assert len(tally.broken) > getattr(proof, "MOST", 0) * tally.cases


def test_nothing_broken_in_n_bounds_a_share_at_three_of_n():
    assert upper_bound(0, 3000) == 0.001
    assert upper_bound(30, 3000) > 30 / 3000


def test_interval_of_a_share_is_wilsons():
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
