"""The same draft gets the same answer, byte for byte, whatever was judged in between."""

from random import Random

import msgspec

from coach.okr import Draft
from coach.service import Coach
from prove import Tally
from prove._drafts import drawn, with_text
from prove.strings import everything

PROMISE = "a draft that is scored again gets the same bytes"
CASES = 20_000


def run(random: Random, cases: int, guarded: bool) -> Tally:
    """Score drafts again in another order and by another coach; without the guard, with a dice."""
    tally = Tally()
    texts = everything()
    while tally.cases < cases:
        batch = [with_text(draft, random.choice(texts), place) for draft, place in
                 (drawn(random) for _ in range(200))]  # fmt: skip
        first = [_bytes(Coach(), draft) for draft in batch]
        order = random.sample(range(len(batch)), len(batch))
        coach = Coach()
        for at in order:
            again = _bytes(coach, batch[at])
            if not guarded and random.random() < 0.1:
                again = again.replace(b'"value":', b'"value":1', 1)
            tally.cases += 1
            if again != first[at]:
                tally.broke(batch[at].objective[:80])
    return tally


def _bytes(coach: Coach, draft: Draft) -> bytes:
    return msgspec.json.encode(coach.assess(draft, rewrite=False))
