"""Edits of the draft as a set: lines added, and lines left out."""

import re

from coach.rewriting.edit import FROM_TO, Add, Case, Changes, Drop, Replace, blank, edit
from coach.rewriting.objectives import no_why
from coach.rewriting.wording import end, people
from coach.rubrics.whole import same_measure


@edit(opens=("no-deadline",))
def too_few_key_results(case: Case) -> Changes:
    """Make room for a measure that keeps the other one honest."""
    if case.read.objective is None:
        return None
    who = people(case.read)
    other = f"what {who} would notice" if _closer(case) else "what else would show it"
    if case.read.key_results:
        return (Add(f"{blank(other)} {FROM_TO}"),)
    by = "" if case.read.context.cycle else f" by {blank('date')}"
    return (
        Add(f"{blank(f'what {who} do differently then')} {FROM_TO}{by}"),
        Add(f"{blank(other)} {FROM_TO}"),
    )


def _closer(case: Case) -> bool:
    return case.angle == "closer to purpose"


@edit()
def too_many_key_results(case: Case) -> Changes:
    """Keep the strongest, in their order."""
    most = case.read.profile.thresholds.key_results_max
    return tuple(Drop(name) for name in _weakest_first(case)[: len(case.read.key_results) - most])


def _weakest_first(case: Case) -> list[str]:
    """Return the key results by what they cost; of two alike the later one comes first."""
    cost = {kr.name: 0 for kr in case.read.key_results}
    for finding in case.today.values():
        if finding.line in cost:
            cost[finding.line] += {"error": 3, "warning": 1, "hint": 0}[finding.severity]
    names = list(reversed(cost))
    return sorted(names, key=lambda name: -cost[name])


@edit()
def duplicate_key_result(case: Case) -> Changes:
    """Say it once, in the wording that lacks less; or ask for another measure instead."""
    twins = same_measure(case.read)
    if twins is None:
        return None
    weaker = next(name for name in _weakest_first(case) if name in {kr.name for kr in twins})
    if len(case.read.key_results) > 2 and not _closer(case):
        return (Drop(weaker),)
    twin = next(kr for kr in twins if kr.name == weaker)
    noticed = (
        f"what {people(case.read)} would notice" if _closer(case) else "what else would show it"
    )
    other = f"{blank(noticed)} {FROM_TO}"
    return (Replace(0, len(twin.text), other, weaker),)


@edit()
def no_deadline(case: Case) -> Changes:
    """Leave room for the date."""
    line = case.line or case.read.objective
    if line is None:
        return None
    some_time = _SOME_TIME.search(line.folded)
    start, stop = some_time.span() if some_time else (end(line.text), end(line.text))
    return (Replace(start, stop, f" by {blank('date')}", line.name),)


_SOME_TIME = re.compile(r",? \b(?:soon|asap|as soon as possible|some day|eventually|ongoing)\b")


@edit()
def internal_only(case: Case) -> Changes:
    """Make room for what somebody outside the team would notice."""
    if not case.read.key_results:
        return None
    return (Add(f"{blank('what the people we serve would notice')} {FROM_TO}"),)


@edit("no-why")
def purpose_unrelated(case: Case) -> Changes:
    """Leave out a key result that serves something else; ask an objective what it serves."""
    if not _closer(case):
        return None
    if case.key_result:
        return (Drop(case.finding.line),) if len(case.read.key_results) > 2 else None
    return no_why.changes(case)
