"""What embeddings add to words when an objective is held against a purpose: `purposes.toml`.

    python -m bench.purposes

Every objective stands beside its own purpose, which it serves, and beside all the others, which it
doesn't. Prints how often the coach hints by words alone and with embeddings, how well each tells
the two kinds apart (AUC), and what the embeddings cost.
"""

import time
import tomllib
from collections.abc import Callable
from itertools import product
from pathlib import Path

from coach.embeddings import Embeddings
from coach.evaluation.shares import Share, share
from coach.evaluation.tables import Table, said
from coach.okr import Context, Draft
from coach.reading.concepts import concepts
from coach.service import Coach

PAIRS = tomllib.loads(Path(__file__).with_name("purposes.toml").read_text("utf-8"))["pairs"]
OBJECTIVES, PURPOSES = ([pair[key] for pair in PAIRS] for key in ("objective", "purpose"))


def main() -> None:
    """Print the two tables and the cost."""
    start = time.process_time()
    lent = Embeddings()
    lent.nearness("", "")
    loading = time.process_time() - start
    measures = {"words": _in_common, "embeddings": lent.nearness}
    print(_hints({"words": Coach(), "words and embeddings": Coach(embeddings=lent)}).as_text())
    print()
    for name, measure in measures.items():
        apart, unshared = _auc(measure), _auc(measure, among=lambda *two: not _in_common(*two))
        print(f"AUC of {name}: {apart:.2f}; where no word is in common {unshared:.2f}")
    print(f"loaded in {loading:.2f} s of CPU, {_time_of(lent.nearness) * 1000:.2f} ms a question")


def _hints(coaches: dict[str, Coach]) -> Table:
    return Table(
        ("hinted at by", "its own purpose", "a strange one"),
        [
            (name, *(said(_share_of_hints(coach, own=own)) for own in (True, False)))
            for name, coach in coaches.items()
        ],
    )


def _share_of_hints(coach: Coach, *, own: bool) -> Share:
    raised = [
        any(
            finding.criterion == "purpose-unrelated"
            for finding in coach.assess(
                Draft(OBJECTIVES[one], (), Context(purpose=PURPOSES[other])), rewrite=False
            ).findings
        )
        for one, other in product(range(len(PAIRS)), repeat=2)
        if (one == other) is own
    ]
    return share(sum(raised), len(raised))


def _in_common(one: str, other: str) -> float:
    return len(concepts(one) & concepts(other))


def _auc(
    measure: Callable[[str, str], float], among: Callable[[str, str], bool] = lambda *_: True
) -> float:
    """Return how often a served purpose is nearer than a strange one, a tie counting half."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for one, other in product(range(len(PAIRS)), repeat=2):
        if among(OBJECTIVES[one], PURPOSES[other]):
            found[one == other].append(measure(OBJECTIVES[one], PURPOSES[other]))
    wins = sum((a > b) + 0.5 * (a == b) for a, b in product(found[True], found[False]))
    return wins / (len(found[True]) * len(found[False]))


def _time_of(measure: Callable[[str, str], float]) -> float:
    start = time.process_time()
    for one, other in product(OBJECTIVES, PURPOSES):
        measure(one, other)
    return (time.process_time() - start) / len(PAIRS) ** 2


if __name__ == "__main__":
    main()
