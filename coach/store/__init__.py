"""What is kept, and where: assessments, the ledger and the model's answers, in a file of SQLite."""

from coach.store.answers import KeptAnswers
from coach.store.assessments import Database
from coach.store.ledger import Ledger

__all__ = ["Database", "KeptAnswers", "Ledger"]
