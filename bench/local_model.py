"""What a language model makes of a file of drafts: answers verified, rewrites that stand, uplift.

    make model                                   # in another terminal, or any endpoint
    COACH_MODEL_URL=… COACH_MODEL=… python -m bench.local_model drafts.jsonl 20

Takes as many drafts as asked for, drawn with a fixed seed, one after the other, each asked as the
coach asks it. Prints what is known after every draft, so that a slow model can be interrupted.
"""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from bench.drafts import read_drafts
from coach.okr import Draft
from coach.reading.draft import ReadDraft
from coach.rubrics import checklist
from coach.service import Coach
from coach.settings import read_settings
from coach.wiring import endpoint

SEED = 4


async def main(path: Path, count: int) -> None:
    """Ask about that many drafts of the file, and print the tally after each."""
    drafts = random.Random(SEED).sample(read_drafts(path), count)
    asked = endpoint(read_settings(os.environ))
    coach = Coach(model=asked, secret=b"bench")
    tally: Counter[str] = Counter()
    began = time.monotonic()
    print(f"{count} of {path.name}, seed {SEED}, model {asked.name}")
    for number, draft in enumerate(drafts, 1):
        tally.update(await _told(coach, draft))
        print(f"{number:3} drafts, {time.monotonic() - began:5.0f} s: {_said(tally)}", flush=True)
    await asked.close()


async def _told(coach: Coach, draft: Draft) -> Counter[str]:
    seen = dict([step async for step in coach.stages(draft)])
    rules, whole = seen["rules"], list(seen.values())[-1]
    found = [finding for finding in whole.findings if finding.by == "model"]
    offered = [rewrite for rewrite in whole.rewrites if rewrite.by == "model"]
    asked = {one.criterion.id for one in checklist(ReadDraft(whole.draft)).asked}
    left = [one for one in whole.unjudged if one.criterion in asked]
    told = Counter(
        {
            "criteria asked": len(asked),
            "criteria judged": len(asked - {one.criterion for one in left}),
            "findings": len(found),
            "rewrites": len(offered),
            "lowered": (whole.overall.value or 0) < (rules.overall.value or 0),
            "raised": (whole.overall.value or 0) > (rules.overall.value or 0),
            "drafts with a rewrite": bool(offered),
        }
    )
    for rewrite in offered:
        told["uplift"] += (rewrite.overall.value or 0) - (whole.overall.value or 0)
    told.update(f"not judged: {one.reason.partition(' (')[0]}" for one in left)
    told.update(f"note: {note}" for note in whole.notes)
    return told


def _said(tally: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(tally.items()) if count)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
