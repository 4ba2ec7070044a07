"""Large drafts are assessed apart, so that nobody with a usual one waits for them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from coach.assessment import Assessment
from coach.okr import Answer, Draft
from coach.service import Coach

# In characters. A usual draft has some 500; what is below this takes a few dozen milliseconds.
LARGE = 8_000

# One at a time: they wait for each other, and for the drafts of everybody else.
_APART = ThreadPoolExecutor(1, thread_name_prefix="large-drafts")


async def assess_apart(
    coach: Coach,
    draft: Draft,
    *,
    rewrite: bool = True,
    model: bool = True,
    answers: tuple[Answer, ...] = (),
) -> Assessment:
    """Return what the coach says about a draft, answering others meanwhile if it is a large one."""
    assess = partial(coach.assess, draft, rewrite=rewrite, model=model, answers=answers)
    if len(draft.objective) + sum(map(len, draft.sentences)) < LARGE:
        return assess()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_APART, assess)
