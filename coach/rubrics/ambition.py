"""Ambition: is the step from here to there worth a cycle, and possible?"""

from coach.reading.draft import KeyResultLine
from coach.rubrics.criterion import Flag, Verdict, criterion


@criterion("error", weight=6)
def no_movement(kr: KeyResultLine) -> Verdict:
    """Target and baseline are the same.

    Why: Nothing changes when the end is where it began.
    Ask: What would be better than {quote} at the end of the cycle?
    Try: Say where it stands today and where it will stand.
    Source: arithmetic
    Flags:
        kr: Calls answered within a minute from «80 % to 80 %»
    Passes:
        kr: Calls answered within a minute from 80 % to 92 %
    """
    reading = kr.reading
    if reading.baseline is None or reading.baseline != reading.target:
        return None
    return Flag(reading.parts["baseline"].start, len(kr.text))
