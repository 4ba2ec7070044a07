"""What a line leaves as it is: work that goes on, "as usual", and guards beside an aim."""

import re

_GUARDRAIL = re.compile(
    r"\bguard-?rails?\b|^committed\b|\(committed\)|\bas (?:the law|required by law)\b"
    r"|\b(?:legal|statutory|contractual) (?:limit|minimum|maximum|requirement|month|deadline|duty)"
    r"|\b(?:a|as) (?:\w+ )?(?:floor|ceiling)\b|\bsafety (?:floor|limit)\b"
    r"|\bno (?:higher|lower|worse|more|less|fewer) than (?:today|now|last (?:year|quarter|cycle))"
    r"|\bmust not\b|\bdoes not (?:rise|fall|drop)\b"
    r"|\bwithout (?:losing|raising|hurting|worsening)\b"
)
_GOES_ON = re.compile(
    r"(?:(?:to|we|we will|our team will|do our best to|try to|aim to|please) )*"
    r"(?P<verb>(?:maintain|continue|keep(?! (?:on|in touch|track|up|an eye)\b)|remain|sustain"
    r"|preserve|carry on(?: with)?|go on|stay)\b)"
)
_GETS_BETTER = re.compile(
    r" (?:on |to )?(?:\w+ly )?(?:getting better|improv\w+|growing|reducing|raising|increasing"
    r"|cutting|learning|working (?:on|towards)|getting \w+er)\b"
)
_AS_USUAL = re.compile(
    r"\b(?:as usual|business as usual|the usual (?:way|level|standard|pace)"
    r"|(?:as|like) (?:always|before|ever|now|today|every (?:year|quarter|month|week))"
    r"(?= *(?:[,.;)]|$)))"
)
_SAME = re.compile(
    r"\b(?:same as (?:last|this|today|now)|as (?:today|now|usual|before"
    r"|every (?:year|quarter|month)|last (?:year|quarter|cycle))"
    r"|unchanged|no change|where (?:it is|they are)|like (?:today|now|last year)|as is)\b"
)
_HELD_AT = re.compile(
    r"^(?:hold|keep|maintain)\b[^,;:]* at \S*\d"
    r"|\b(?:holds?|stays?|remains?|kept|held|maintained) (?:steady )?at \S*\d"
)
_RECURRING = re.compile(
    r"(?:publish|send|run|hold|write|produce|deliver|organi[sz]e|host|prepare|issue|compile|do) "
    r"(?:the|our|a) (?:\w+ )?"
    r"(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annual|regular|usual)\b"
)


def is_guardrail(folded: str) -> bool:
    """Say whether a line guards something: a bound beside an aim, a duty, a safety floor."""
    return _GUARDRAIL.search(folded) is not None


def same_as_before(folded: str) -> tuple[int, int] | None:
    """Return where a number is said to be the one of before: "(same as last year)"."""
    found = _SAME.search(folded)
    return found.span() if found else None


def is_held_at(folded: str) -> bool:
    """Say whether a number is kept where it is: "hold staff turnover at 12 %"."""
    return _HELD_AT.search(folded) is not None


def as_usual(folded: str) -> tuple[int, int] | None:
    """Return the words that say it goes as it always went."""
    found = _AS_USUAL.search(folded)
    return found.span() if found else None


def going_on(folded: str) -> tuple[int, int] | None:
    """Return the words that let something go on as before, if any do."""
    end = len(folded.rstrip(" ."))
    leading = _GOES_ON.match(folded)
    if leading and not _GETS_BETTER.match(folded, leading.end()):
        return leading.start("verb"), end
    usual = as_usual(folded)
    if usual:
        return usual
    return (0, end) if _RECURRING.match(folded) else None
