"""Measurability: will everybody agree, at the end, on whether it was reached?"""

from coach.reading.draft import KeyResultLine
from coach.rubrics.criterion import Flag, Verdict, criterion


@criterion("error", weight=8)
def no_target(kr: KeyResultLine) -> Verdict:
    """There is no number to reach here yet.

    Why: Progress can be graded only against a number.
    Ask: Which number would tell you at the end that this came true?
    Try: Name the measure, where it stands today and where it will stand.
    Source: Marissa Mayer, quoted in Doerr, Measure What Matters (2018)
    Flags:
        kr: «Improve sign-ups»
    Passes:
        kr: Weekly sign-ups from 40 to 65
    """
    reading = kr.reading
    if reading.target is None and reading.change is None and reading.kind != "activity":
        return Flag(0, len(kr.text))
    return None
