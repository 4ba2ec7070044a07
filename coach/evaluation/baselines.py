"""What anybody could judge by: measures of a text that know nothing of OKRs."""

import re
from collections.abc import Callable
from importlib.util import find_spec

Text = tuple[str, ...]
Baseline = Callable[[Text], float]


def baselines() -> dict[str, Baseline]:
    """Return what anybody could score by; proselint only where it is installed."""
    measures: dict[str, Baseline] = {
        "length": lambda text: sum(map(len, text)),
        "digits": lambda text: sum(char.isdigit() for line in text for char in line),
        "Flesch": _reading_ease,
    }
    linter = _proselint()
    return measures | ({"proselint": linter} if linter else {})


_VOWELS = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def _reading_ease(text: Text) -> float:
    """Return Flesch's reading ease (1948); a line is a sentence, a group of vowels a syllable."""
    words = [word for line in text for word in _LETTERS.findall(line.lower())]
    if not words:
        return 0.0
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    return 206.835 - 1.015 * len(words) / len(text) - 84.6 * syllables / len(words)


def _proselint() -> Baseline | None:
    if find_spec("proselint") is None:
        return None
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: -float(len(LintFile("", "\n".join(text)).lint()))
