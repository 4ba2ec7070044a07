"""Benchmarks: `make bench DATA=drafts.jsonl`. They measure; they are no tests."""
