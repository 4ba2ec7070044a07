"""How well the rules judge: labelled rows in, shares with their intervals out.

Rows are pairs and single drafts with their flaws, pairs of lines, sentences with what they say,
and goals that somebody called measurable or not: `coach.evaluation.rows` has their forms. A pair
is judged right where the strong side scores higher; a tie is not right. Beside the rules stand
baselines that know nothing of OKRs, on the same pairs in the same run.
"""

from coach.evaluation.card import Card
from coach.evaluation.rows import read_rows
from coach.evaluation.run import evaluate
from coach.evaluation.telling import as_markdown, as_text

__all__ = ["Card", "as_markdown", "as_text", "evaluate", "read_rows"]
