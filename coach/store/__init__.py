"""What is kept, and where: assessments in one table, in SQLite unless settings say otherwise."""

from coach.store.assessments import Database

__all__ = ["Database"]
