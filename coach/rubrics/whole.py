"""The draft as a set. Each criterion here names the rubric that it counts for."""

from coach.reading.draft import ReadDraft
from coach.rubrics.criterion import Flag, Verdict, criterion


@criterion("warning", weight=4, rubric="measurability")
def too_few_key_results(draft: ReadDraft) -> Verdict:
    """One key result alone can't show that the objective is reached.

    Why: A single measure is reached by a single trick; a second one keeps it honest.
    Ask: What else would change if the objective came true?
    Try: Add a measure of what people notice, or of what must not get worse.
    Source: Grove, High Output Management (1983), paired indicators
    Flags:
        objective: Patients are seen on time | kr: Median wait from 40 to 20 minutes
    Passes:
        objective: Patients are seen on time | kr: Median wait from 40 to 20 minutes | kr: Visits cut short from 12 % to 5 %
    """
    if len(draft.key_results) >= 2:
        return None
    return Flag(severity=None if draft.key_results else "error")
