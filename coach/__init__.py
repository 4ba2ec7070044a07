"""An OKR coach: drafts in; scores, the words they rest on, questions and rewrites out."""

__version__ = "0.1.0"
