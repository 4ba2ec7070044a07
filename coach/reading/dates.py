"""Dates and periods in a line, resolved against the cycle that a draft was written for.

A period is read as its last day. A form that can be read two ways is read day first, and says
so. Fiscal years are read as calendar years, and say so.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from coach.reading.text import Word

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:,? ?(?P<year>20\d\d|'\d\d)(?![\d%]))?"


class Period(NamedTuple):
    """A stretch of days, first and last included."""

    first: date
    last: date


class When(NamedTuple):
    """A date of a line: its words' span, the preposition before it, its last day if known."""

    start: int
    end: int
    before: str
    day: date | None
    note: str | None = None


_DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)?[ -]?(?P<month>{_MONTH})\b\.?-?{_YEAR}"
)
_MONTH_DAY = re.compile(
    rf"(?:(?P<part>early|mid|late|end|beginning|start)[ -](?:of )?)?(?P<month>{_MONTH})\b\.?"
    rf"(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%:]|[.,]\d))?{_YEAR}"
)
_NUMERIC = re.compile(
    r"(?P<y>20\d\d)[-/](?P<m>\d{1,2})(?:[-/](?P<d>\d{1,2}))?(?!\d)"
    r"|(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y2>20\d\d|\d\d)(?!\d)"
    r"|(?P<m3>\d{1,2})/(?P<y3>20\d\d)(?!\d)"
    r"|(?P<a2>\d{1,2})(?:/(?P<b2>\d{1,2})(?![/\d])|\.(?P<b3>\d{1,2})\.(?!\d))"
)
_QUARTER = re.compile(
    r"(?:(?P<fy0>fy ?'?(?:20)?\d\d)[ -/]?)?(?P<part>[qh])(?P<n>[1-4])(?:[ /-]?(?P<fy>fy)?(?P<y>(?:20\d\d|'?\d\d)(?![\d%])))?(?![\d%])"
    r"|fy ?'?(?P<fyear>(?:20)?\d\d)(?:/\d\d)?(?:[ -]?(?P<part2>[qh])(?P<n2>[1-4]))?(?!\d)"
)
_WEEK = re.compile(
    r"(?:calendar week|cw|kw|week) ?(?P<week>\d{1,2})(?!\d)(?:[ /](?P<year>20\d\d))?"
)
_PERIOD_END = re.compile(
    r"(?:(?P<end>the end|end|close)[ -](?:of )?)?(?:(?P<which>the|this|our|next|current) )?"
    r"(?:calendar |financial |fiscal |business )?(?P<unit>quarter|year|half|half-year|cycle|month|term|season|period|okr cycle|week)\b"
)
_END_YEAR = re.compile(r"(?:end|close)[ -](?:of )?(?P<year>20\d\d)(?!\d)")
_END_QUARTER = re.compile(r"(?:the )?(?:end|close)[ -](?:of )?(?=[qh][1-4]|fy)")
_BARE_YEAR = re.compile(r"20\d\d(?![\d%.,-]|\d| ?[a-z]+ing)")
_SHORT = {"eoy": "year", "eoq": "quarter", "eom": "month", "year-end": "year", "quarter-end": "quarter",
          "month-end": "month"}  # fmt: skip
_FIRM = frozenset(
    "by until till before due on in through during at for from end of since after".split()
)


def find_dates(folded: str, tokens: Sequence[Word], cycle: str | None) -> list[When]:
    """Return the dates of a line in order, none overlapping."""
    found: list[When] = []
    period = read_cycle(cycle) if cycle else None
    reached = 0
    for index, token in enumerate(tokens):
        if token.start < reached:
            continue
        first = token.text[0]
        if not (
            first.isdigit()
            or first in "qhf"
            or token.text in _TRIGGERS
            or token.text.startswith("mid-")
        ):
            continue
        before = _before(tokens, index)
        when = _date_at(folded, token, before, period)
        if when is not None:
            found.append(when)
            reached = when.end
    return found


_TRIGGERS = frozenset(
    (*_MONTHS, *_SHORT, "mid", "early", "late", "end", "beginning", "start", "the", "this", "next",
     "calendar", "cw", "kw", "week", "quarter", "year", "christmas", "close")
)  # fmt: skip


def _before(tokens: Sequence[Word], index: int) -> str:
    for token in reversed(tokens[max(0, index - 2) : index]):
        if token.text != "the":
            return token.text
    return ""


def _date_at(folded: str, token: Word, before: str, period: Period | None) -> When | None:
    start, text = token.start, token.text
    if text[0].isdigit():
        return _numeric(folded, start, before, period)
    if text in _SHORT:
        if text.endswith("end") and before not in ("by", "until", "before", "at"):
            return None
        return When(start, token.end, before, _end_of(_SHORT[text], period))
    if found := _END_YEAR.match(folded, start):
        return When(start, found.end(), before, date(int(found["year"]), 12, 31))
    if found := _MONTH_DAY.match(folded, start):
        return _month(found, before, period)
    if found := _QUARTER.match(folded, start):
        return _quarter(found, start, before, period)
    if (found := _END_QUARTER.match(folded, start)) and (
        inner := _QUARTER.match(folded, found.end())
    ):
        return _quarter(inner, start, before, period)
    if (found := _WEEK.match(folded, start)) and (before in _FIRM or text in ("cw", "kw")):
        return _week(found, before, period)
    found = _PERIOD_END.match(folded, start)
    if found and (found["end"] or found["which"] in ("this", "next")):
        unit = found["unit"]
        day = _end_of(unit, period)
        if found["which"] == "next" and day is not None:
            day = None
        return When(start, found.end(), before, day)
    return None


def _numeric(folded: str, start: int, before: str, period: Period | None) -> When | None:
    if found := _DAY_MONTH.match(folded, start):
        return _month(found, before, period)
    found = _NUMERIC.match(folded, start)
    if found:
        return _numeric_date(found, before, period)
    found = _BARE_YEAR.match(folded, start)
    if found and before in _FIRM:
        return When(start, found.end(), before, date(int(found[0]), 12, 31))
    return None


def _numeric_date(found: re.Match[str], before: str, period: Period | None) -> When | None:
    note = None
    day: date | None
    if found["y"]:
        month = int(found["m"])
        if not 1 <= month <= 12:
            return None
        day = (
            _day(int(found["y"]), month, int(found["d"]))
            if found["d"]
            else _month_end(int(found["y"]), month)
        )
    elif found["m3"]:
        if not 1 <= int(found["m3"]) <= 12:
            return None
        day = _month_end(int(found["y3"]), int(found["m3"]))
    else:
        year = found["y2"]
        if not (year and len(year) == 4) and before not in _FIRM:
            return None
        first, second = (
            int(found["a"] or found["a2"]),
            int(found["b"] or found["b2"] or found["b3"]),
        )
        if first > 12 >= second or (first <= 12 and second <= 12):
            number, month = first, second
        elif second > 12 >= first:
            number, month = second, first
        else:
            return None
        day = (
            _day(2000 + int(year) % 100, month, number) if year else _nearest(month, number, period)
        )
        if day is None and year:
            return None
        if first <= 12 and second <= 12 and first != second and found["sep"] != ".":
            name = list(_MONTHS)[[*_MONTHS.values()].index(month)].capitalize()
            note = f"{found[0]} read as {number} {name}" + (f" {day.year}" if day else "")
    return When(found.start(), found.end(), before, day, note)


def _month(found: re.Match[str], before: str, period: Period | None) -> When | None:
    month, number = _MONTHS[found["month"]], found["day"]
    part = found.groupdict().get("part")
    if month in (3, 5) and not (number or part or found["year"] or before in _FIRM):
        return None
    if number and not 1 <= int(number) <= 31:
        return None
    wanted = (
        int(number)
        if number
        else {"early": 10, "mid": 15, "beginning": 10, "start": 1}.get(part or "", 31)
    )
    day: date | None
    if found["year"]:
        day = _day(2000 + int(found["year"][-2:]), month, wanted, clip=not number)
    else:
        day = _nearest(month, wanted, period, clip=not number)
    return When(found.start(), found.end(), before, day)


def _quarter(found: re.Match[str], start: int, before: str, period: Period | None) -> When | None:
    part, number = found["part"] or found["part2"], found["n"] or found["n2"]
    fiscal = bool(found["fy0"] or found["fy"] or found["fyear"])
    year = found["y"] or found["fyear"] or (found["fy0"] or "")[2:]
    if part == "h" and number not in ("1", "2"):
        return None
    if not year and part == "h" and before not in _FIRM:
        return None
    words = found.string[found.start() : found.end()]
    resolved = 2000 + int(year.strip(" '")[-2:]) if year else period.last.year if period else None
    if resolved is None:
        return When(start, found.end(), before, None)
    month = 12 if not number else int(number) * (3 if part == "q" else 6)
    note = f"{words.upper()} read as a part of the calendar year {resolved}" if fiscal else None
    return When(start, found.end(), before, _month_end(resolved, month), note)


def _week(found: re.Match[str], before: str, period: Period | None) -> When | None:
    year = int(found["year"]) if found["year"] else period.last.year if period else None
    week = int(found["week"])
    if not 1 <= week <= 53:
        return None
    try:
        day = date.fromisocalendar(year, week, 7) if year else None
    except ValueError:
        return None
    return When(found.start(), found.end(), before, day)


def _end_of(unit: str, period: Period | None) -> date | None:
    if period is None or unit == "week":
        return None
    if "year" in unit and unit != "half-year":
        return date(period.last.year, 12, 31)
    return period.last


def _nearest(month: int, day: int, period: Period | None, clip: bool = False) -> date | None:
    if period is None:
        return None
    found = _day(period.first.year, month, day, clip)
    if found is not None and found < period.first - timedelta(days=150):
        return _day(period.first.year + 1, month, day, clip)
    return found


def _day(year: int, month: int, day: int, clip: bool = False) -> date | None:
    last = _month_end(year, month)
    if day > last.day:
        return last if clip else None
    return date(year, month, day) if day else None


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


_CYCLE_YEARS = re.compile(r"(20\d\d)[/-](\d\d)(?!\d)")
_CYCLE_PART = re.compile(r"\b([qh])([1-4])\b")
_CYCLE_YEAR = re.compile(r"20\d\d|(?<=fy)\d\d|(?<=fy )\d\d|(?<=fy')\d\d")


@lru_cache(maxsize=256)
def read_cycle(cycle: str) -> Period | None:
    """Read a cycle's name ("2027-Q1", "FY27-H2", "Q3 2027", "spring term 2027") as its days."""
    name = cycle.lower()
    if (years := _CYCLE_YEARS.search(name)) and int(years[2]) == int(years[1]) % 100 + 1:
        return Period(date(int(years[1]), 8, 1), date(int(years[1]) + 1, 7, 31))
    year = _CYCLE_YEAR.search(name)
    if year is None:
        return None
    number = 2000 + int(year[0][-2:])
    part = _CYCLE_PART.search(name)
    if part is None or "fy" in name or (part[1] == "h" and part[2] > "2"):
        if part is None or "fy" not in name:
            return Period(date(number, 1, 1), date(number, 12, 31))
    size = 3 if part[1] == "q" else 6
    last = int(part[2]) * size
    return Period(date(number, last - size + 1, 1), _month_end(number, last))
