"""Numbers in a line: digits or words, with sign, magnitude and unit, and numbers that are names.

A line becomes tokens; a number takes the tokens of its unit along. Times become milliseconds
here and get the unit of their reading later.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coach.reading.text import Word

TOKEN = re.compile(
    r"(?:eur|usd|gbp|chf|jpy|sek|nok|dkk|pln|inr|aud|cad)(?=\d)"
    r"|[^\W\d_]{1,30}-?\d[^\W_]{0,30}(?:[.-][^\W_]{1,30}){0,3}"
    r"|[^\W\d_]+(?:['-][^\W\d_]+)*"
    r"|\d{1,3}(?:[ ']\d{3}){1,5}(?!\d)(?:[.,]\d+)?|\d+(?:[.,:']\d+)*"
    r"|-+>|=+>|<=|>=|[^\w\s]"
)

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CODES = {
    **{code: code.upper() for code in "eur usd gbp chf jpy sek nok dkk pln inr aud cad".split()},
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pounds": "GBP",
    "francs": "CHF", "yen": "JPY",
}  # fmt: skip
CURRENCIES = frozenset((*_SIGNS.values(), *_CODES.values()))
_MAGNITUDES = {
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "tsd": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6,
    "mil": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "billions": 1e9, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
_ATTACHED = frozenset(("k", "m", "b"))
DAY = 86_400_000.0
_TIMES = {
    unit: size
    for units, size in (
        ("ms millisecond milliseconds msec", 1.0), ("s sec secs second seconds", 1e3),
        ("min mins minute minutes", 6e4), ("h hr hrs hour hours", 3.6e6),
        ("d day days", DAY), ("week weeks wk wks", 7 * DAY), ("month months mo", 30 * DAY),
        ("quarter quarters", 91 * DAY), ("year years yr yrs", 365 * DAY),
    )
    for unit in units.split()
}  # fmt: skip
_DAY_KINDS = frozenset(("working", "business", "calendar", "office", "full"))
_POINTS = frozenset(("points", "point", "pts", "pt", "stars", "star"))
_TIMES_OVER = frozenset(("x", "×", "times", "fold"))

_ONES = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
     "ninety": 90.0, "none": 0.0, "nil": 0.0}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_PARTS = {"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4,
          "fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10, "halves": 1 / 2,
          "quarters of": 1 / 4}  # fmt: skip
_FRACTIONS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
NUMBER_WORDS = frozenset((*_ONES, *_SCALES, "half"))

# Nouns that make a name of the number after them.
_NAMING = frozenset(
    "iso iec en din level grade phase tier stage step version line lines row rows section chapter"
    " article page room zone type class category priority severity sev gate series wave sprint"
    " milestone epic issue figure table route tram bus covid top no number rank position place #"
    " day week month year module part gen generation covid- pci soc rfc cat kr okr goal floor"
    " question q".split()
)
_RANKING = frozenset(("top", "no", "number", "rank", "position", "place", "#", "bottom"))


class Amount(NamedTuple):
    """A number of a line as it stands: value, unit ("time" in ms), span, and token range.

    `shape` is "number", "name", "rank", "version", "clock" or "span" (as in "90-day").
    """

    value: float
    unit: str | None
    start: int
    end: int
    first: int
    last: int
    shape: str = "number"
    note: str | None = None
    scale: float = 1.0


def tokens(folded: str) -> list[Word]:
    """Return words, numbers and signs of a folded line, in order."""
    return [Word(m.group(), m.start(), m.end()) for m in TOKEN.finditer(folded)]


def find_amounts(
    folded: str, tokens: Sequence[Word], taken: Sequence[tuple[int, int]]
) -> list[Amount]:
    """Return the numbers of a line in order, leaving out spans that are `taken` by dates."""
    found: list[Amount] = []
    index, count = 0, len(tokens)
    while index < count:
        token = tokens[index]
        text = token.text
        amount: Amount | None = None
        if text[0].isdecimal():
            if not any(start <= token.start < end for start, end in taken):
                amount = _digits(tokens, index)
        elif text in _FRACTIONS:
            amount = Amount(_FRACTIONS[text], "ratio", token.start, token.end, index, index)
        elif text[-1].isdecimal() or (len(text) < 9 and any(map(str.isdecimal, text))):
            if text[0].isalpha() and not any(start <= token.start < end for start, end in taken):
                amount = Amount(
                    _name_value(text), None, token.start, token.end, index, index, "name"
                )
        elif text in NUMBER_WORDS or text in ("a", "one") or "-" in text:
            amount = _spelled(tokens, index)
        if amount is None:
            index += 1
            continue
        merged = _merge(found[-1], amount, tokens) if found else None
        if merged is not None:
            found[-1] = merged
        else:
            found.append(amount)
        index = amount.last + 1
    return found


def _name_value(text: str) -> float:
    digits = re.search(r"\d{1,12}", text)
    return float(digits[0]) if digits else 0.0


def _digits(tokens: Sequence[Word], index: int) -> Amount | None:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if ":" in token.text:
        return _clock(tokens, index)
    value, note = _value(token.text)
    if value is None:
        return Amount(0.0, None, token.start, token.end, index, index, "version")
    first, start = index, token.start
    negative = False
    if before and before.text in "-+" and before.end == token.start:
        alone = (
            index == 1 or tokens[index - 2].end < before.start or tokens[index - 2].text in "(:→"
        )
        if alone:
            first, start, negative = index - 1, before.start, before.text == "-"
    currency, first, start = _currency_before(tokens, first, start)
    named = _named(tokens, index)
    if after and after.start == token.end:
        if after.text in ("st", "nd", "rd", "th"):
            return Amount(value, None, start, after.end, first, index + 1, "rank")
        if after.text in ("am", "pm"):
            return Amount(value, None, start, after.end, first, index + 1, "clock")
        if after.text == "-" and index + 2 < len(tokens) and tokens[index + 2].start == after.end:
            word = tokens[index + 2]
            if word.text[0].isalpha() and word.text.split("-")[0] not in ("to",):
                unit = "time" if word.text.split("-")[0] in _TIMES else None
                size = _TIMES.get(word.text.split("-")[0], 1.0)
                return Amount(value * size, unit, start, word.end, first, index + 2, "span")
        if after.text == "/" and tokens[index + 1 : index + 3][-1].text[0].isdecimal():
            scaled = _scaled(tokens, index, value, start, first)
            if scaled is not None:
                return scaled
        if after.text[0].isalpha() and not _is_unit(after.text):
            return Amount(value, None, start, after.end, first, index + 1, "name")
    if named and not currency:
        return Amount(value, None, start, token.end, first, index, named)
    amount = Amount(value, currency, start, token.end, first, index, "number", note)
    amount = _with_unit(amount, tokens)
    if negative:
        amount = amount._replace(value=-amount.value)
    if note and amount.unit == "%":
        amount = amount._replace(value=float(token.text.replace(",", ".")), note=None)
    return amount


def _is_unit(text: str) -> bool:
    return text in _TIMES or text in _MAGNITUDES or text in _CODES or text in _TIMES_OVER or text in (
        "pp", "ppt", "pts", "percent", "bps", "pct")  # fmt: skip


def _currency_before(tokens: Sequence[Word], first: int, start: int) -> tuple[str | None, int, int]:
    if not first:
        return None, first, start
    before = tokens[first - 1]
    if start - before.end > 1:
        return None, first, start
    unit = _SIGNS.get(before.text) or (_CODES.get(before.text) if len(before.text) == 3 else None)
    if unit is None:
        return None, first, start
    return unit, first - 1, before.start


def _named(tokens: Sequence[Word], index: int) -> str | None:
    if not index:
        return None
    before = tokens[index - 1]
    if before.text not in _NAMING or tokens[index].start - before.end > 1:
        return None
    return "rank" if before.text in _RANKING else "name"


def _clock(tokens: Sequence[Word], index: int) -> Amount | None:
    token = tokens[index]
    parts = token.text.split(":")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return Amount(0.0, None, token.start, token.end, index, index, "name")
    value = 0.0
    for part in parts:
        value = value * 60 + float(part)
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    size = _TIMES.get(after)
    if size in (6e4, 3.6e6):
        return Amount(
            value * size / 60,
            "time",
            token.start,
            tokens[index + 1].end,
            index,
            index + 1,
            scale=size,
        )
    return Amount(value, None, token.start, token.end, index, index, "clock")


def _scaled(
    tokens: Sequence[Word], index: int, value: float, start: int, first: int
) -> Amount | None:
    """Read "3.1/5" (a mark on a scale) and "18/24" (a ratio)."""
    over = tokens[index + 2]
    whole, _ = _value(over.text)
    if not whole or over.start != tokens[index + 1].end:
        return None
    end, last = over.end, index + 2
    if value > whole:
        return Amount(value, None, start, end, first, last, "name")
    if whole in (5.0, 10.0, 7.0, 100.0, 6.0):
        return Amount(value, "points", start, end, first, last)
    return Amount(value / whole, "ratio", start, end, first, last)


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
    sign = "." if dots else ","
    head, *groups = text.split(sign)
    in_threes = all(len(group) == 3 for group in groups) and 0 < len(head) <= 3 and head != "0"
    if len(groups) > 1:
        return (float(text.replace(sign, "")), None) if in_threes else (None, None)
    if in_threes:
        whole = float(head + groups[0])
        return whole, f"{raw} read as {whole:,.0f}" if sign == "." else None
    return float(f"{head}.{groups[0]}"), None


def _with_unit(amount: Amount, tokens: Sequence[Word]) -> Amount:
    """Return the amount with the magnitude and unit that follow it."""
    count = len(tokens)

    def at(index: int) -> str:
        if index >= count or tokens[index].start - tokens[index - 1].end > 1:
            return ""
        return tokens[index].text

    value, unit, last, scale = amount.value, amount.unit, amount.last, 1.0
    nxt = at(last + 1)
    if nxt in _MAGNITUDES:
        attached = tokens[last + 1].start == tokens[last].end
        if attached or unit or nxt not in _ATTACHED:
            scale = _MAGNITUDES[nxt]
            value *= scale
            last += 1
            nxt = at(last + 1)
    if nxt in ("%", "percent", "pct", "percentage") or (nxt == "per" and at(last + 2) == "cent"):
        last += 2 if nxt == "per" else 1
        unit = "%"
        if at(last + 1) in _POINTS:
            last, unit = last + 1, "points"
    elif nxt in ("pp", "ppt", "pps"):
        last, unit = last + 1, "points"
    elif nxt in _POINTS:
        last, unit = last + 1, "points"
    elif nxt in ("bps", "bp"):
        last, unit, value = last + 1, "points", value / 100
    elif nxt in ("basis",) and at(last + 2) in _POINTS:
        last, unit, value = last + 2, "points", value / 100
    elif unit is None and (nxt in _SIGNS or nxt in _CODES):
        last, unit = last + 1, _SIGNS.get(nxt) or _CODES[nxt]
    elif nxt in _TIMES_OVER:
        last, unit = last + 1, "x"
    elif unit is None and nxt in _TIMES:
        return _duration(amount, tokens, value, last + 1, at)
    elif unit is None and nxt in _DAY_KINDS and at(last + 2) in _TIMES:
        return _duration(amount, tokens, value, last + 2, at)
    return amount._replace(value=value, unit=unit, last=last, end=tokens[last].end, scale=scale)


def _duration(
    amount: Amount, tokens: Sequence[Word], value: float, last: int, at: object
) -> Amount:
    size = _TIMES[tokens[last].text]
    total = value * size
    following = tokens[last + 1 : last + 3]
    if following and following[0].text.isdecimal() and following[0].start - tokens[last].end <= 1:
        smaller = _TIMES.get(following[1].text) if len(following) > 1 else None
        if smaller and smaller < size:
            total += float(following[0].text) * smaller
            last += 2
        elif size == 3.6e6 and len(following[0].text) == 2 and smaller is None:
            total += float(following[0].text) * 6e4
            last += 1
    return amount._replace(value=total, unit="time", last=last, end=tokens[last].end, scale=size)


def _spelled(tokens: Sequence[Word], index: int) -> Amount | None:
    """Read a number in words: "five", "twenty-five", "two hundred", "a third", "two-thirds"."""
    token = tokens[index]
    text = token.text
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if text == "half":
        return Amount(0.5, "ratio", token.start, token.end, index, index)
    if (
        text in ("a", "one")
        and after
        and after.text
        in ("third", "quarter", "fifth", "tenth", "dozen", "hundred", "thousand", "million")
    ):
        if after.text in _PARTS:
            if (
                text == "a"
                and after.text == "quarter"
                and (not index or tokens[index - 1].text not in ("by", "to", "from"))
            ):
                return None
            return Amount(_PARTS[after.text], "ratio", token.start, after.end, index, index + 1)
        value, last = 1.0, index
    elif text == "a":
        return None
    elif "-" in text:
        left, _, right = text.partition("-")
        if left not in _ONES:
            return None
        if right in _PARTS:
            return Amount(
                _ONES[left] * _PARTS[right], "ratio", token.start, token.end, index, index
            )
        if right not in _ONES or _ONES[left] < 20 or not 1 <= _ONES[right] <= 9:
            return None
        value, last = _ONES[left] + _ONES[right], index
    elif text in _ONES:
        value, last = _ONES[text], index
        if after and after.text in ("thirds", "quarters", "fifths", "tenths"):
            return Amount(
                value * _PARTS[after.text], "ratio", token.start, after.end, index, index + 1
            )
    elif text in ("dozen",):
        value, last = 1.0, index - 1
    else:
        return None
    while last + 1 < len(tokens) and tokens[last + 1].text in _SCALES:
        last += 1
        value *= _SCALES[tokens[last].text]
    named = _named(tokens, index)
    amount = Amount(
        value, None, token.start, tokens[last].end, index, last, named or "number", scale=0.0
    )
    return amount if named else _with_unit(amount, tokens)


def _merge(left: Amount, right: Amount, tokens: Sequence[Word]) -> Amount | None:
    """Read "1 in 4", "5 of 40", "3 of the last 12", "4.2 out of 5" as one amount."""
    if left.unit is not None or left.shape != "number" or right.shape not in ("number", "span"):
        return None
    if right.unit not in (None,) or right.first - left.last > 4 or right.value <= 1:
        return None
    between = tuple(token.text for token in tokens[left.last + 1 : right.first])
    if between not in _RATIO_GLUE or left.value > right.value:
        return None
    if between == ("in",) and (
        right.value != int(right.value) or right.shape == "span" or left.value == right.value
    ):
        return None
    start, end, first, last = left.start, right.end, left.first, right.last
    if left.value != int(left.value) or (
        between[-1] == "of" and right.value in (5.0, 10.0) and between[0] == "out" and left.scale
    ):
        return Amount(left.value, "points", start, end, first, last)
    if right.shape == "span":
        return None
    return Amount(left.value / right.value, "ratio", start, end, first, last)


_RATIO_GLUE = {
    ("in",), ("of",), ("out", "of"), ("of", "the", "last"), ("of", "the", "next"), ("of", "the"),
    ("of", "our"), ("in", "every"), ("out", "of", "every"), ("of", "all"), ("of", "last"), ("of", "next"),
}  # fmt: skip
