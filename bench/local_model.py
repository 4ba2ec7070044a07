"""What a language model makes of a file of drafts: answers verified, rewrites that stand, uplift.

    make model                                   # in another terminal, or any endpoint
    COACH_MODEL_URL=… COACH_MODEL=… python -m bench.local_model drafts.jsonl 20

Takes as many drafts as asked for, drawn with a fixed seed, one after the other, each asked as the
coach asks it. Prints what is known after every draft, so that a slow model can be interrupted.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.drafts import read_drafts
from coach.model import Check, Model, Reply, Request
from coach.model.faults import ModelFailure
from coach.okr import Draft
from coach.reading.draft import ReadDraft
from coach.rewriting.by_model import Offers, ask_rewrites
from coach.rubrics import checklist
from coach.service import Coach
from coach.settings import read_settings
from coach.wiring import endpoint

SEED = 4


async def main(path: Path, count: int) -> None:
    """Ask about that many drafts of the file, and print the tally after each."""
    drafts = random.Random(SEED).sample(read_drafts(path), count)
    asked = endpoint(read_settings(os.environ))
    tally: Counter[str] = Counter()
    coach = Coach(model=_Counting(asked, tally), secret=b"bench")
    began = time.monotonic()
    print(f"{count} of {path.name}, seed {SEED}, model {asked.name}")
    with patch("coach.stages.ask_rewrites", _sins_into(tally)):
        for number, draft in enumerate(drafts, 1):
            tally.update(await _told(coach, draft))
            took = time.monotonic() - began
            print(f"{number:3} drafts, {took:5.0f} s: {_said(tally)}", flush=True)
    await asked.close()


class _Counting:
    """A model whose calls, tokens and proposals are counted."""

    def __init__(self, model: Model, tally: Counter[str]) -> None:
        self.name = model.name
        self._model = model
        self._tally = tally

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        """Ask the model, and count what it took."""
        self._tally[f"{request.name}: calls"] += 1
        try:
            reply = await self._model.ask(request, check)
        except ModelFailure as failure:
            self._tally[f"{request.name}: {failure.fault.row.code}"] += 1
            raise
        self._tally[f"{request.name}: tokens in"] += reply.input_tokens
        self._tally[f"{request.name}: of them cached"] += reply.cached_tokens
        self._tally[f"{request.name}: tokens out"] += reply.output_tokens
        if request.name == "rewrite":
            self._tally["rewrites proposed"] += len(json.loads(reply.text)["rewrites"])
        return reply


def _sins_into(tally: Counter[str]) -> Any:
    """Return what asks for rewrites and counts why wordings were dropped."""

    async def counted(*given: Any, **options: Any) -> Offers:
        offers = await ask_rewrites(*given, **options)
        tally.update(f"dropped: {sin}" for sin in offers.dropped)
        return offers

    return counted


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
