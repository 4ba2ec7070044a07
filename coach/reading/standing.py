"""What a line leaves as it is: work that goes on, "as usual", and guards beside an aim."""

import re

from coach.reading.phrases import Spoken, phrases

_GUARDRAIL = phrases(
    {
        "guardrail guardrails guard-rail guard-rails": "",
        "as": " (?:the law|required by law|an? (?:\\w+ )?(?:floor|ceiling))",
        "a": " (?:\\w+ )?(?:floor|ceiling)",
        "safety": " (?:floor|limit)",
        "legal statutory contractual": " (?:limit|minimum|maximum|requirement|month|deadline|duty)",
        "no": " (?:higher|lower|worse|more|less|fewer) than"
        " (?:today|now|last (?:year|quarter|cycle))",
        "must": " not",
        "does": " not (?:rise|fall|drop)",
        "without": " (?:losing|raising|hurting|worsening)",
    }
)
_GOES_ON = re.compile(
    r"(?:(?:to|we|we will|our team will|do our best to|try to|aim to|please) )*"
    r"(?P<verb>(?:maintain|continue|keep(?! (?:on|in touch|track|up(?! (?:the|our)\b)|an eye)\b)"
    r"|remain|sustain"
    r"|preserve|carry on(?: with)?|go on|stay"
    r"|(?:ensure|guarantee|secure|safeguard|provide|assure)(?= (?:the |our |a )?"
    r"(?:continued|ongoing|smooth|stable|uninterrupted|undisturbed|steady|normal|day-to-day|daily"
    r"|proper|regular|usual)\b)"
    r")\b)"
)
_GETS_BETTER = re.compile(
    r" (?:on |to )?(?:\w+ly )?(?:getting better|improv\w+|growing|reducing|raising|increasing"
    r"|cutting|learning|working (?:on|towards)|getting \w+er)\b"
)
_AS_USUAL = phrases(
    {
        "as": " usual",
        "business": " as usual",
        "the": " usual (?:way|level|standard|pace)",
        "as like": " (?:always|before|ever|now|today|every (?:year|quarter|month|week))"
        "(?= *(?:[,.;)]|$))"
        "| (?!(?:soon|long|far|much|many|well|often)\\b)[a-z]+ as"
        " (?:(?:it|they|we) (?:is|are)|today|now|before|ever|always)\\b",
        "unchanged": "(?= *(?:[,.;)]|$))",
    }
)
_SAME = phrases(
    {
        "same": " as (?:last|this|today|now)",
        "as": " (?:today|now|usual|before|is|every (?:year|quarter|month)"
        "|last (?:year|quarter|cycle))",
        "like": " (?:today|now|last year)",
        "no": " change",
        "where": " (?:it is|they are)",
        "unchanged": "",
    }
)
_HELD_FIRST = re.compile(r"(?:hold|keep|maintain)\b[^,;:]{0,120} at \S{0,9}\d")
_HELD_AT = phrases(
    {
        "hold holds stay stays remain remains kept held maintained": r" (?:steady )?at"
        r" \S{0,9}\d\S{0,9}"
    }
)
_RECURRING = re.compile(
    r"(?:publish|send|run|hold|write|produce|deliver|organi[sz]e|host|prepare|issue|compile|do) "
    r"(?:the|our|a) (?:\w+ )?"
    r"(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annual|regular|usual)\b"
)


def is_guardrail(line: Spoken) -> bool:
    """Say whether a line guards something: a bound beside an aim, a duty, a safety floor."""
    if line.folded.startswith("committed", line.begins) or "(committed)" in line.folded:
        return True
    return _GUARDRAIL.find(line) is not None


def same_as_before(line: Spoken) -> tuple[int, int] | None:
    """Return where a number is said to be the one of before: "(same as last year)"."""
    return _SAME.find(line)


def is_held_at(line: Spoken) -> bool:
    """Say whether a number is kept where it is: "hold staff turnover at 12 %"."""
    return (
        _HELD_FIRST.match(line.folded, line.begins) is not None or _HELD_AT.find(line) is not None
    )


def as_usual(line: Spoken) -> tuple[int, int] | None:
    """Return the words that say it goes as it always went."""
    return _AS_USUAL.find(line)


def going_on(line: Spoken) -> tuple[int, int] | None:
    """Return the words that let something go on as before, if any do."""
    folded = line.folded
    end = len(folded.rstrip(" ."))
    leading = _GOES_ON.match(folded, line.begins)
    if leading and not _GETS_BETTER.match(folded, leading.end()):
        return leading.start("verb"), end
    return as_usual(line) or ((0, end) if _RECURRING.match(folded, line.begins) else None)
