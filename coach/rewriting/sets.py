"""Edits of the draft as a set: lines added, and lines left out."""

from coach.rewriting.edit import FROM_TO, Add, Case, Changes, Drop, Replace, blank, edit
from coach.rewriting.wording import end
from coach.rubrics.whole import same_measure


@edit()
def too_few_key_results(case: Case) -> Changes:
    """Make room for a measure that keeps the other one honest."""
    if case.read.objective is None:
        return None
    if not case.read.key_results:
        return (Add(f"{blank('what people do differently then')} {FROM_TO}"),
                Add(f"{blank('what else would show it')} {FROM_TO}"))  # fmt: skip
    noticed = (
        "what people would notice"
        if case.angle == "closer to purpose"
        else "what else would show it"
    )
    return (Add(f"{blank(noticed)} {FROM_TO}"),)


@edit()
def too_many_key_results(case: Case) -> Changes:
    """Keep the strongest, in their order."""
    most = case.read.profile.thresholds.key_results_max
    return tuple(Drop(name) for name in _weakest_first(case)[: len(case.read.key_results) - most])


def _weakest_first(case: Case) -> list[str]:
    """Return the key results by what they cost; of two alike the later one comes first."""
    cost = {kr.name: 0 for kr in case.read.key_results}
    for finding in case.today:
        if finding.line in cost:
            cost[finding.line] += {"error": 3, "warning": 1, "hint": 0}[finding.severity]
    names = list(reversed(cost))
    return sorted(names, key=lambda name: -cost[name])


@edit()
def duplicate_key_result(case: Case) -> Changes:
    """Say it once, in the wording that lacks less."""
    twins = same_measure(case.read)
    if twins is None:
        return None
    names = [kr.name for kr in twins]
    return (Drop(next(name for name in _weakest_first(case) if name in names)),)


@edit()
def no_deadline(case: Case) -> Changes:
    """Leave room for the date."""
    line = case.line or case.read.objective
    if line is None:
        return None
    stop = end(line.text)
    return (Replace(stop, stop, f" by {blank('date')}", line.name),)


@edit()
def internal_only(case: Case) -> Changes:
    """Make room for what somebody outside the team would notice."""
    if not case.read.key_results:
        return None
    return (Add(f"{blank('what the people we serve would notice')} {FROM_TO}"),)


@edit()
def purpose_unrelated(case: Case) -> Changes:
    """Leave out a key result that serves something else."""
    if case.angle != "closer to purpose" or not case.key_result:
        return None
    return (Drop(case.finding.line),) if len(case.read.key_results) > 2 else None
