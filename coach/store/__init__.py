"""What is kept, and where: assessments, the ledger and the model's answers, in a file of SQLite."""

from coach.store.answers import KeptAnswers
from coach.store.assessments import Database
from coach.store.batches import KeptBatches
from coach.store.ledger import Ledger
from coach.store.secret import read_secret

__all__ = ["Database", "KeptAnswers", "KeptBatches", "Ledger", "read_secret"]
