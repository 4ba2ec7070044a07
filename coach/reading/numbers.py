"""Numbers in a line: digits or words, with sign, magnitude and unit, and numbers that are names.

A number takes the tokens of its unit along: "€1.2m", "7 h 20", "twenty percent", "5 of 40".
Times become milliseconds here; a reading gives them the unit it shows.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.reading.text import Scan, Word

Shape = Literal["number", "name", "rank", "version", "clock", "span"]
"""A span is a time or a count that makes an adjective: "90-day retention", "5-star reviews"."""

DAY = 86_400_000.0

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CODES = {
    **{code: code.upper() for code in "eur usd gbp chf jpy sek nok dkk pln inr aud cad".split()},
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pounds": "GBP",
    "francs": "CHF", "yen": "JPY",
}  # fmt: skip
_MAGNITUDES = {
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "tsd": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6,
    "mil": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "billions": 1e9, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
# Letters that count only where they touch the number or a currency is named.
_LETTERS = frozenset("kmb")
TIMES = {
    unit: size
    for units, size in (
        ("ms msec millisecond milliseconds", 1.0), ("s sec secs second seconds", 1e3),
        ("min mins minute minutes", 6e4), ("h hr hrs hour hours", 3.6e6),
        ("d day days", DAY), ("week weeks wk wks", 7 * DAY), ("month months mo", 30 * DAY),
        ("quarter quarters", 91 * DAY), ("year years yr yrs", 365 * DAY),
    )
    for unit in units.split()
}  # fmt: skip
_DAY_KINDS = frozenset("business calendar full office working".split())
_PERCENT = frozenset(("%", "percent", "pct", "percentage"))
_POINTS = frozenset("point points pt pts star stars".split())
_STEPS = frozenset(("pp", "ppt", "pps"))
_BASIS = frozenset(("bp", "bps"))
_MULTIPLES = frozenset(("x", "×", "times", "fold"))
# Units that a reading counts but that don't mix: "from 12 % to 40 kWh".
_MEASURES = frozenset(
    "cm db g gb gwh ha kb kg km kw kwh l liter liters litre litres m m2 m3 mb mg mi mile miles ml"
    " mm mw mwh ppm t tb ton tonne tonnes tons wh".split()
)
_PLUS_MINUS = frozenset("+-")
_UNITS = frozenset((*TIMES, *_MAGNITUDES, *_CODES, *_PERCENT, *_POINTS, *_STEPS, *_BASIS,
                    *_MULTIPLES, *_MEASURES))  # fmt: skip

_ONES = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
     "ninety": 90.0, "none": 0.0, "nil": 0.0}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_PARTS = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4,
    "quarters": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
_MANY_PARTS = frozenset("fifths halves quarters tenths thirds".split())
_FRACTIONS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
_SPELLED = frozenset((*_ONES, "a", "every", "half", "dozen", "twice"))
_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth".split(), 2
    )
}

# Nouns that make a name of the number after them.
_NAMING = frozenset(
    "article category chapter class covid day din en epic figure floor gate generation grade group"
    " iec iso issue kr level line lines milestone module month okr page part pci phase priority"
    " quarter question rfc room route row rows section series sev severity soc sprint stage step"
    " table tier tram type version wave week year zone".split()
)
# Places that a number names, unless it is where they go: "reefers at pier 7 to 36 h".
_NUMBERED_PLACES = frozenset(
    "aisle bay berth block boiler building bus cell court dock field furnace hall hangar kiln lane"
    " mill motorway oven pier pit plant platform plot pool press pump reactor runway screen shaft"
    " silo site studio tank terminal theatre track turbine unit ward warehouse well".split()
)
_ARROWS = frozenset(("→", "->", "=>"))
_SIGNPOSTS = frozenset("at by from in of on".split())
_RANKING = frozenset(("top", "rank", "position", "place", "#", "bottom", "number"))
_ARTICLES = frozenset(("a", "an", "per", "each", "every"))
_LISTED = frozenset((",", "and", "or", "&", "-", "/"))
_RATIO_WORDS = frozenset(
    (("in",), ("of",), ("out", "of"), ("of", "the", "last"), ("of", "the", "next"), ("of", "the"),
     ("of", "our"), ("in", "every"), ("out", "of", "every"), ("of", "all"), ("of", "last"),
     ("of", "next"))
)  # fmt: skip
_NAMES_BEFORE = _NAMING | _NUMBERED_PLACES | _RANKING | _LISTED
# What may follow a number and belong to it.
_FOLLOWING = (
    _UNITS | frozenset(_SIGNS) | _DAY_KINDS | frozenset(("per", "basis", "am", "pm", "o'clock"))
)
_OUT_OF = frozenset(("of", "out"))
_RATIO_ENDS = frozenset(words[-1] for words in _RATIO_WORDS)
_SCALES_OF_MARKS = frozenset((5.0, 6.0, 7.0, 10.0, 100.0))
_DIGITS = re.compile(r"\d{1,12}")


class Amount(msgspec.Struct, frozen=True):
    """A number of a line as it stands, with the tokens `first` to `last`.

    `unit` is "%", "points", a currency, "time" (`value` is in ms), "ratio", "x" (a multiple), a
    measure such as "kg", or None. `size` is what one of its unit or magnitude counts: 1000 for
    "40k", 60000 for "5 min", 40 for "5 of 40". `note` says how an ambiguous form was read.
    """

    value: float
    unit: str | None
    start: int
    end: int
    first: int
    last: int
    shape: Shape = "number"
    size: float = 1.0
    note: str | None = None


def find_amounts(line: Scan, taken: Sequence[tuple[int, int]]) -> list[Amount]:
    """Return the numbers of a line in order, leaving out spans that are `taken` by dates."""
    tokens = line.tokens
    found: list[Amount] = []
    reached = past = 0
    for index in _numerals(line):
        if index < reached:
            continue
        start = tokens[index].start
        while past < len(taken) and taken[past][1] <= start:
            past += 1
        if past < len(taken) and taken[past][0] <= start:
            continue
        amount = _amount_at(tokens, index, found)
        if amount is None:
            continue
        reached = amount.last + 1
        joined = _joined(found[-1], amount, tokens) if found else None
        if joined is None:
            found.append(amount)
        else:
            found[-1] = joined
    if len(found) > 1 and tokens[0].text in _OUT_OF:
        _share_out(found, tokens)
    return found


def _numerals(line: Scan) -> Iterable[int]:
    """Return the places of the tokens that may open a number."""
    if _SPELLED.isdisjoint(line.texts) and "fold" not in line.folded:
        return line.odd
    spelled = (n for n, text in enumerate(line.texts) if text in _SPELLED or _is_fold(text))
    return sorted({*line.odd, *spelled})


def _is_fold(text: str) -> bool:
    return text.endswith("fold") and text.isalpha()


def _share_out(found: list[Amount], tokens: Sequence[Word]) -> None:
    """Read "Of 100 orders, at most 8 come back" as shares of 100, in place."""
    whole = found[0]
    if whole.first > 2 or tokens[whole.first - 1].text != "of" or whole.unit is not None:
        return
    if whole.shape != "number" or whole.value < 2:
        return
    parts = [k for k, one in enumerate(found) if k and one.unit is None and one.shape == "number"]
    if not parts or any(found[k].value > whole.value for k in parts):
        return
    found[0] = replace(whole, shape="name")
    for k in parts:
        value = found[k].value / whole.value
        found[k] = replace(found[k], value=value, unit="ratio", size=whole.value)


def _amount_at(tokens: Sequence[Word], index: int, found: Sequence[Amount]) -> Amount | None:
    token = tokens[index]
    text = token.text
    if text[0].isdecimal() or (text[0] == "." and len(text) > 1):
        return _digits(tokens, index, found)
    if text in _SPELLED or ("-" in text and text.partition("-")[0] in _ONES) or _is_fold(text):
        return _spelled(tokens, index)
    if text in _FRACTIONS:
        return Amount(_FRACTIONS[text], "ratio", token.start, token.end, index, index)
    digits = _DIGITS.search(text) if text[0].isalpha() else None
    if digits is None:
        return None
    shape: Shape = "version" if text[0] == "v" and text[1].isdecimal() else "name"
    return Amount(float(digits[0]), None, token.start, token.end, index, index, shape)


# --- digits ---------------------------------------------------------------------------------


def _digits(tokens: Sequence[Word], index: int, found: Sequence[Amount]) -> Amount | None:
    token = tokens[index]
    if token.text.isdecimal():
        value, note = float(token.text), None
    elif ":" in token.text:
        return _clock(tokens, index)
    else:
        read, note = _value(token.text)
        if read is None:
            return Amount(0.0, None, token.start, token.end, index, index, "version")
        value = read
    before = tokens[index - 1].text if index else ""
    first = _signed(tokens, index) if before in _PLUS_MINUS else index
    negative = first < index and before == "-"
    currency = _currency_before(tokens, first)
    if currency is not None:
        first -= 1
    amount = Amount(value, currency, tokens[first].start, token.end, first, index, note=note)
    after = _next(tokens, index)
    if after in _FOLLOWING or (after and tokens[index + 1].start == token.end):
        amount = _glued(amount, tokens) or _with_unit(amount, tokens)
    if amount.unit is None and before in _NAMES_BEFORE and amount.shape == "number":
        amount = replace(amount, shape=_naming(tokens, index, found))
    if amount.note and amount.unit in ("%", "time"):
        exact = float(token.text.replace(",", "."))
        amount = replace(amount, value=exact * amount.value / value, note=None)
    return replace(amount, value=-amount.value) if negative else amount


def _signed(tokens: Sequence[Word], index: int) -> int:
    """Return the index of the sign that belongs to a number, or the number's own."""
    sign = tokens[index - 1]
    if sign.text == "-" and sign.end < tokens[index].start:
        return index
    alone = index == 1 or tokens[index - 2].end < sign.start or tokens[index - 2].text in "(:→"
    return index - 1 if alone else index


def _currency_before(tokens: Sequence[Word], first: int) -> str | None:
    if first == 0:
        return None
    before = tokens[first - 1].text
    return _SIGNS.get(before) or (_CODES.get(before) if len(before) == 3 else None)


def _value(raw: str) -> tuple[float | None, str | None]:
    """Return a numeral's value, and how it was read where two readings are possible."""
    text = raw.replace("'", "").replace(" ", "")
    dots, commas = text.count("."), text.count(",")
    if not dots and not commas:
        return float(text), None
    if dots and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole = text[:decimal].replace(".", "").replace(",", "")
        return float(f"{whole}.{text[decimal + 1 :]}"), None
    mark = "." if dots else ","
    head, *groups = text.split(mark)
    in_threes = all(len(group) == 3 for group in groups) and 0 < len(head) <= 3 and head != "0"
    if in_threes:
        number = float(head + "".join(groups))
        ambiguous = mark == "." and len(groups) == 1
        return number, f"{raw} read as {number:,.0f}" if ambiguous else None
    return (None, None) if len(groups) > 1 else (float(f"{head}.{groups[0]}"), None)


def _glued(amount: Amount, tokens: Sequence[Word]) -> Amount | None:
    """Read what touches a number without being its unit: "21st", "9am", "90-day", "3.1/5"."""
    last = amount.last
    if last + 1 == len(tokens):
        return None
    after = tokens[last + 1]
    if after.text in ("am", "pm", "o'clock"):
        return replace(amount, end=after.end, last=last + 1, shape="clock")
    if after.start != amount.end:
        return None
    if after.text in ("st", "nd", "rd", "th"):
        return replace(amount, end=after.end, last=last + 1, shape="rank")
    if after.text == "(" and [t.text.isalpha() for t in tokens[last + 2 : last + 3]] == [True]:
        lettered = tokens[last + 2].end - tokens[last + 2].start == 1
        return replace(amount, shape="name") if lettered else None
    if after.text in ("-", "/"):
        beyond = tokens[last + 2] if last + 2 < len(tokens) else None
        if beyond is None or beyond.start != after.end:
            return None
        if after.text == "/":
            return _over(amount, beyond)
        return _hyphened(amount, beyond)
    if after.text[0].isalpha() and after.text not in _UNITS:
        return _hours_and(amount, after) or replace(
            amount, end=after.end, last=last + 1, shape="name"
        )
    return None


def _hyphened(amount: Amount, noun: Word) -> Amount | None:
    if not noun.text[0].isalpha():
        return None
    size = TIMES.get(noun.text.partition("-")[0])
    return replace(
        amount, value=amount.value * (size or 1.0), unit="time" if size else None,
        end=noun.end, last=amount.last + 2, shape="span",
    )  # fmt: skip


def _over(amount: Amount, whole: Word) -> Amount | None:
    """Read "3.1/5" (a mark on a scale) and "18/24" (a ratio)."""
    total = _value(whole.text)[0] if whole.text[0].isdecimal() and ":" not in whole.text else None
    if not total:
        return None
    over = replace(amount, end=whole.end, last=amount.last + 2, size=total)
    if amount.value > total:
        return replace(over, shape="name")
    if total in _SCALES_OF_MARKS:
        return replace(over, unit="points")
    return replace(over, unit="ratio", value=amount.value / total)


def _hours_and(amount: Amount, after: Word) -> Amount | None:
    """Read "7h20" and "7m30s", whose smaller unit touches the larger."""
    size = {"h": 3.6e6, "m": 6e4}.get(after.text[0])
    rest = after.text[1:].removesuffix("min").removesuffix("m").removesuffix("s")
    if size is None or not rest.isdecimal() or len(rest) > 2:
        return None
    value = amount.value * size + float(rest) * size / 60
    return replace(amount, value=value, unit="time", end=after.end, last=amount.last + 1, size=size)


def _naming(tokens: Sequence[Word], index: int, found: Sequence[Amount]) -> Shape:
    """Say whether a bare number is the name or rank of the noun before: "level 2", "top 10"."""
    if index == 0:
        return "number"
    before = tokens[index - 1]
    if before.text in _RANKING:
        return "rank"
    if before.text in _NAMING:
        if _next(tokens, index) in _ARROWS and _next(tokens, index + 1)[:1].isdecimal():
            return "number"  # "a missing part 27 → 8"
        if index > 1 and tokens[index - 2].text in _ARTICLES:
            return "number"
        return "version" if before.text == "version" else "name"
    if before.text in _NUMBERED_PLACES:
        placed = index > 1 and tokens[index - 2].text in _SIGNPOSTS
        return "name" if placed and _next(tokens, index) not in _ARROWS else "number"
    if before.text in _LISTED and found and found[-1].shape in ("name", "version"):
        listed = all(token.text in _LISTED for token in tokens[found[-1].last + 1 : index])
        return "name" if listed and tokens[found[-1].first].text.isdecimal() else "number"
    return "number"


def _clock(tokens: Sequence[Word], index: int) -> Amount:
    """Read "7:30": a time of day, or minutes and seconds (hours and minutes) with their unit."""
    token = tokens[index]
    parts = token.text.split(":")
    amount = Amount(0.0, None, token.start, token.end, index, index, "clock")
    if len(parts) == 2 and (len(parts[1]) == 1 or "." in parts[1]):
        return _to_one(amount, parts)
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return replace(amount, shape="name")
    value = 0.0
    for part in parts:
        value = value * 60 + float(part)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    size = TIMES.get(after.text) if after else None
    if after is None or size not in (6e4, 3.6e6):
        return replace(amount, value=value)
    return replace(
        amount, value=value * size / 60, unit="time", end=after.end, last=index + 1, shape="number",
        size=size / 60,
    )  # fmt: skip


def _to_one(amount: Amount, parts: Sequence[str]) -> Amount:
    """Read "4:1" and "2.8:1"."""
    one, other = _value(parts[0])[0], _value(parts[1])[0]
    if one is None or not other:
        return replace(amount, shape="name")
    return replace(amount, value=one / other, unit="ratio", shape="number")


# --- units ----------------------------------------------------------------------------------


def _with_unit(amount: Amount, tokens: Sequence[Word]) -> Amount:
    """Return the amount with the magnitude and unit that follow it."""
    next_one = _next(tokens, amount.last)
    if next_one in _MAGNITUDES and _counts(amount, next_one, tokens):
        size = _MAGNITUDES[next_one]
        amount = _extended(amount, tokens, amount.last + 1, amount.value * size, amount.unit, size)
        next_one = _next(tokens, amount.last)
        money = _next(tokens, amount.last + 1)
        if next_one == "." and (money in _SIGNS or money in _CODES):
            amount, next_one = replace(amount, last=amount.last + 1), money
    last = amount.last
    if next_one not in _UNITS and next_one not in _SIGNS:
        return _two_word_unit(amount, tokens, next_one)
    unit, factor = amount.unit, 1.0
    if next_one in _PERCENT:
        unit = "%"
        if _next(tokens, last + 1) in _POINTS:
            unit, last = "points", last + 1
        elif _next(tokens, last + 1) == "-" and _next(tokens, last + 2) in _POINTS:
            unit, last = "points", last + 2
    elif next_one in _POINTS or next_one in _STEPS:
        unit = "points"
    elif next_one in _BASIS:
        unit, factor = "points", 0.01
    elif next_one in _MULTIPLES:
        unit = None if _next(tokens, last + 1) in ("a", "per", "each", "every", "/") else "x"
    elif unit is not None:
        return amount
    elif next_one in _SIGNS or next_one in _CODES:
        unit = _SIGNS.get(next_one) or _CODES[next_one]
    elif next_one in TIMES:
        return _duration(amount, tokens, last + 1)
    elif next_one in _MEASURES:
        unit = next_one
    else:
        return amount
    return _extended(amount, tokens, last + 1, amount.value * factor, unit, amount.size)


def _extended(
    amount: Amount, tokens: Sequence[Word], last: int, value: float, unit: str | None, size: float
) -> Amount:
    """Return the amount taken on to the token `last`."""
    return replace(amount, value=value, unit=unit, size=size, last=last, end=tokens[last].end)


def _next(tokens: Sequence[Word], last: int) -> str:
    """Return the text of the token after `last`."""
    return tokens[last + 1].text if last + 1 < len(tokens) else ""


def _counts(amount: Amount, word: str, tokens: Sequence[Word]) -> bool:
    if word not in _LETTERS or amount.unit is not None:
        return True
    return tokens[amount.last + 1].start == amount.end or _next(tokens, amount.last + 1) in _SIGNS


def _two_word_unit(amount: Amount, tokens: Sequence[Word], next_one: str) -> Amount:
    """Read "per cent", "basis points" and "working days"."""
    last = amount.last + 2
    second = _next(tokens, amount.last + 1) if next_one else ""
    if next_one in _DAY_KINDS and second in TIMES and amount.unit is None:
        return _duration(amount, tokens, last)
    if next_one == "per" and second == "cent":
        return replace(amount, unit="%", last=last, end=tokens[last].end)
    if next_one == "basis" and second in _POINTS:
        value = amount.value / 100
        return replace(amount, value=value, unit="points", last=last, end=tokens[last].end)
    return amount


def _duration(amount: Amount, tokens: Sequence[Word], last: int) -> Amount:
    """Read a time, with the smaller unit that may follow: "7 h 20", "2 hours 30 minutes"."""
    size = TIMES[tokens[last].text]
    total = amount.value * size
    minutes = _next(tokens, last)
    if minutes.isdecimal():
        smaller = TIMES.get(_next(tokens, last + 1))
        if smaller is not None and smaller < size:
            total += float(minutes) * smaller
            last += 2
        elif smaller is None and size == 3.6e6 and len(minutes) == 2:
            total += float(minutes) * 6e4
            last += 1
    return _extended(amount, tokens, last, total, "time", size)


# --- words ----------------------------------------------------------------------------------


def _spelled(tokens: Sequence[Word], index: int) -> Amount | None:
    """Read a number in words: "five", "twenty-five", "two hundred", "a third", "two-thirds"."""
    token = tokens[index]
    plain = Amount(0.0, None, token.start, token.end, index, index)
    text, after = token.text, _next(tokens, index)
    if text == "half":
        return replace(plain, value=0.5, unit="ratio")
    if text == "twice":
        return replace(plain, value=2.0, unit="x") if after == "as" else None
    if text.endswith("fold"):
        many = _ONES.get(text.removesuffix("fold").removesuffix("-"))
        return replace(plain, value=many, unit="x") if many else None
    if text == "every":
        return _every(plain, tokens)
    if text in ("a", "one") and after in _PARTS:
        return _part(plain, tokens)
    if text == "a":
        return _scaled_up(replace(plain, value=1.0), tokens) if after in _SCALES else None
    if text == "dozen":
        return _scaled_up(replace(plain, value=12.0), tokens)
    if "-" in text:
        return _hyphened_words(plain, tokens)
    value = _ONES[text]
    if after in _MANY_PARTS and (after != "quarters" or _next(tokens, index + 1) == "of"):
        end = tokens[index + 1].end
        return replace(plain, value=value * _PARTS[after], unit="ratio", end=end, last=index + 1)
    return _scaled_up(replace(plain, value=value), tokens)


def _every(plain: Amount, tokens: Sequence[Word]) -> Amount | None:
    """Read "every third chimney", but for a rhythm: "every second week"."""
    after = tokens[plain.last + 1] if plain.last + 1 < len(tokens) else None
    many = _ORDINALS.get(after.text) if after else None
    if after is None or many is None or _next(tokens, plain.last + 1) in TIMES:
        return None
    return replace(plain, value=1 / many, unit="ratio", end=after.end, last=plain.last + 1)


def _part(plain: Amount, tokens: Sequence[Word]) -> Amount | None:
    """Read "a third", unless "a quarter" is a time ("40 a quarter")."""
    part = tokens[plain.last + 1]
    before = tokens[plain.first - 1].text if plain.first else ""
    if part.text == "quarter" and before not in ("by", "to", "from", "up", "down", "→", ""):
        return None
    return replace(plain, value=_PARTS[part.text], unit="ratio", end=part.end, last=plain.last + 1)


def _hyphened_words(plain: Amount, tokens: Sequence[Word]) -> Amount | None:
    left, _, right = tokens[plain.first].text.partition("-")
    if right in _PARTS:
        return replace(plain, value=_ONES[left] * _PARTS[right], unit="ratio")
    if right == "fold":
        return replace(plain, value=_ONES[left], unit="x")
    if _ONES[left] < 20 or not 1 <= _ONES.get(right, 0) <= 9:
        return None
    return _scaled_up(replace(plain, value=_ONES[left] + _ONES[right]), tokens)


def _scaled_up(amount: Amount, tokens: Sequence[Word]) -> Amount:
    """Take the "hundred" of "two hundred" along, then the unit."""
    value, last = amount.value, amount.last
    while (scale := _SCALES.get(_next(tokens, last))) is not None:
        value *= scale
        last += 1
    amount = replace(amount, value=value, last=last, end=tokens[last].end)
    shape = _naming(tokens, amount.first, ())
    return replace(amount, shape=shape) if shape != "number" else _with_unit(amount, tokens)


# --- two numbers that are one ---------------------------------------------------------------


def _joined(left: Amount, right: Amount, tokens: Sequence[Word]) -> Amount | None:
    """Read "1 in 4", "5 of 40", "3 of the last 12", "4.2 out of 5" as one amount."""
    if left.unit is not None or tokens[right.first - 1].text not in _RATIO_ENDS:
        return None
    if left.shape != "number" or right.shape != "number":
        return None
    marks = right.unit == "points" and right.value in _SCALES_OF_MARKS
    between = tuple(token.text for token in tokens[left.last + 1 : right.first])
    if between not in _RATIO_WORDS or not left.value <= right.value > 1:
        return None
    if right.unit is not None and not (marks and between[-1] == "of"):
        return None
    whole = right.value == int(right.value)
    if between[0] == "in" and (not whole or left.value == right.value):
        return None
    joined = replace(left, end=right.end, last=right.last, size=right.value)
    if marks or left.value != int(left.value):
        return replace(joined, unit="points")
    return replace(joined, value=left.value / right.value, unit="ratio")
