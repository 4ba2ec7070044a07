"""Clarity: would somebody outside the team know what will be different?"""

from coach.reading.draft import ObjectiveLine
from coach.rubrics.criterion import Flag, Verdict, criterion


@criterion("warning", weight=6)
def too_thin(objective: ObjectiveLine) -> Verdict:
    """These words leave the direction open.

    Why: Somebody outside the team can't tell from so few words what will be different.
    Ask: Who will notice what, once this came true?
    Try: Name who benefits and what they can then do.
    Source: Google, OKR playbook, litmus test for objectives
    Flags:
        objective: «Focus on quality»
    Passes:
        objective: Clients publish our translations as they are
    """
    if len(objective.words) < 4:
        return Flag(0, len(objective.text))
    return None
