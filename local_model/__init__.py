"""A real language model on this machine, from packages alone: to try the coach with.

`make model` serves it; no part of the product imports it.
"""
