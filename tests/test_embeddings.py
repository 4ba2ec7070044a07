"""Embeddings lend a hint and nothing else, from their own package, and only when asked."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach import embeddings, wiring
from coach.assessment import Severity
from coach.doctor import examine
from coach.embeddings import Embeddings
from coach.errors import BadConfiguration
from coach.okr import Context, Draft
from coach.profile import DEFAULT, Profile
from coach.rubrics import CRITERIA
from coach.service import Coach
from coach.settings import Settings

SERVING = Draft(
    "Widowers find a group within reach",
    ("Widowers in a group a year later: 12 % → 30 %",),
    Context(purpose="Nobody grieves alone"),
)
IN_OTHER_WORDS = Draft(
    "Schoolgirls build their first game in the club",
    ("Games finished: 3 → 20",),
    Context(purpose="Learning to code is for girls too"),
)
STRANGE = Draft(
    "Tasters recognise each slope blindfolded",
    ("Slopes named right: 3 of 9 → 7 of 9",),
    Context(purpose="Payments that never get in the way of a sale"),
)


class Scripted(Embeddings):
    """Embeddings that give one answer, and note what they were asked."""

    def __init__(self, answer: float) -> None:
        self.name = "scripted 1"
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    def nearness(self, one: str, other: str) -> float:
        self.asked.append((one, other))
        return self.answer


@pytest.fixture(scope="module")
def real() -> Embeddings:
    return Embeddings()


def hints(draft: Draft, lent: Embeddings | None) -> list[str]:
    found = Coach(embeddings=lent).assess(draft, rewrite=False).findings
    return [one.severity for one in found if one.criterion == "purpose-unrelated"]


def test_same_meaning_in_other_words_gets_no_hint(real: Embeddings):
    assert hints(IN_OTHER_WORDS, None) == ["hint"]
    assert hints(IN_OTHER_WORDS, real) == []


def test_what_serves_nothing_keeps_its_hint(real: Embeddings):
    assert hints(STRANGE, None) == hints(STRANGE, real) == ["hint"]


def test_word_in_common_that_means_nothing_gets_a_hint(real: Embeddings):
    found = Draft(
        "First-time voters find their polling station",
        ("Voters under 20: 41 % → 55 %",),
        Context(purpose="Dogs find a home for life"),
    )
    assert hints(found, None) == []
    assert hints(found, real) == ["hint"]


def test_rewrites_are_judged_without_embeddings():
    lent = Scripted(0.0)
    Coach(embeddings=lent).assess(STRANGE)
    assert {one for one, _ in lent.asked} == {STRANGE.objective}


def examples() -> Iterator[Draft]:
    for criterion in CRITERIA.values():
        yield from (example.draft for example in (*criterion.flags, *criterion.passes))


@pytest.mark.parametrize("severity", [None, "hint", "warning", "error"])
def test_no_nearness_moves_a_score(severity: Severity | None):
    severities = {} if severity is None else {"purpose-unrelated": severity}
    profile = Profile(name="strict", severities=severities) if severity else DEFAULT
    coaches = [Coach(profile=profile, embeddings=lent) for lent in (None, *SCRIPTED)]
    asked = sum(len(lent.asked) for lent in SCRIPTED)
    for draft in (SERVING, IN_OTHER_WORDS, STRANGE, *examples()):
        scores = [coach.assess(draft, rewrite=False).scores for coach in coaches]
        assert scores[1:] == scores[:-1], draft
    if severity is None:
        assert sum(len(lent.asked) for lent in SCRIPTED) > asked


SCRIPTED = (Scripted(-1.0), Scripted(1.0))


def test_assessment_says_what_lent_a_hint(real: Embeddings):
    assert Coach().versions.embeddings is None
    assert Coach(embeddings=real).versions.embeddings == real.name
    assert real.name.startswith("wordllama ")


def test_weights_are_loaded_once_and_only_for_a_question(monkeypatch: pytest.MonkeyPatch):
    from wordllama import WordLlama

    loaded = []
    load = WordLlama.load

    def counted(**given: object) -> object:
        loaded.append(given)
        time.sleep(0.02)
        return load(**given)

    monkeypatch.setattr(WordLlama, "load", counted)
    lent = Embeddings()
    assert not loaded
    with ThreadPoolExecutor(4) as pool:
        found = {*pool.map(lent.nearness, ["Bees find nectar"] * 4, ["Honey for everyone"] * 4)}
    assert len(found) == 1
    assert [given["disable_download"] for given in loaded] == [True]


@pytest.mark.parametrize("asked", [False, True])
def test_draft_without_a_purpose_imports_no_embeddings(asked: bool, tmp_path: Path):
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from coach import wiring\n"
        "from coach.okr import Draft\n"
        "from coach.settings import Settings\n"
        f"settings = Settings(data_dir=Path({str(tmp_path)!r}), embeddings={asked})\n"
        "wiring.coach(settings).assess(Draft('Bees find nectar', ('Hives: 3 → 9',)))\n"
        "sys.exit(any(name.split('.')[0] in ('wordllama', 'numpy') for name in sys.modules))\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_embeddings_that_are_asked_for_and_absent_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(embeddings, "find_spec", lambda _: None)
    with pytest.raises(BadConfiguration, match=r"pip install 'okr-coach\[embeddings\]'"):
        wiring.coach(Settings(data_dir=tmp_path, embeddings=True))


@pytest.mark.parametrize(
    ("value", "told"), [("", "no embeddings"), ("yes", "embeddings wordllama")]
)
def test_doctor_says_whether_embeddings_are_on(value: str, told: str, tmp_path: Path):
    environment = {"COACH_DATA_DIR": str(tmp_path), "COACH_EMBEDDINGS": value}
    assert any(told in line.said for line in examine(environment))
