"""Dates and periods in a line, resolved against the cycle that a draft was written for.

A period is read as its last day, "mid-May" as the 15th. Where two readings are possible one is
taken and said in a note: "03/04/2026" is 3 April, fiscal years are calendar years.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from coach.reading.text import Scan, Word


class When(msgspec.Struct, frozen=True):
    """A date of a line: its words' span, the word before it, its last day if it can be told.

    `exists` is False for a day that no month has, such as 31 June.
    """

    start: int
    end: int
    before: str
    day: date | None
    note: str | None = None
    exists: bool = True


class Period(msgspec.Struct, frozen=True):
    """A stretch of days, first and last included."""

    first: date
    last: date


_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTHS = {
    short: number
    for number, name in enumerate(_MONTH_NAMES, 1)
    for short in (name.lower(), name[:3].lower(), *(("sept",) if number == 9 else ()))
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PART_OF_MONTH = {"early": 10, "beginning": 10, "start": 1, "mid": 15}
_SHORT = {"eoy": "year", "eoq": "quarter", "eom": "month", "eoh": "half"}
_SEASONS = frozenset("spring summer autumn winter christmas easter harvest".split())
_TRIGGERS = frozenset(
    (*_MONTHS, *_SHORT, *_SEASONS, *_PART_OF_MONTH, "end", "late", "close", "this", "next",
     "calendar", "cw", "fy", "kw", "week", "year", "quarter", "month", "half", "year's", "year-end",
     "quarter-end", "month-end")
)  # fmt: skip

_UNTIL = frozenset("by until till before due latest than through".split())
_TIMES = _UNTIL | frozenset("after at during end for from in of on since".split())

_YEAR = r"(?:,? ?(?P<year>20\d\d|'\d\d)(?![\d%]))?"
_DATE_LIKE = re.compile(
    rf"\d\d?(?:st|nd|rd|th)?\.?(?: of)?[ -]?(?:{_MONTH})|20\d\d|[12]h ?20\d\d"
    r"|\d\d?/\d|\d\d?([.-])\d\d?(?:\1\d|\.(?!\d))"
)
# How the token begins that comes after a day: "1st", "1 of May", "1. May", "1/5", "1h 2027".
_BEHIND_DAY = frozenset(("st", "nd", "rd", "th", "of", ".", "/", "-", "h", "h2")) | frozenset(
    month[:2] for month in _MONTHS
)
_DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)?[ -]?(?P<month>{_MONTH})\b\.?-?{_YEAR}"
)
_MONTH_DAY = re.compile(
    rf"(?:(?P<part>early|mid|late|end|beginning|start)[ -](?:of )?)?(?P<month>{_MONTH})\b\.?"
    rf"(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%:]|[.,]\d| ?%))?{_YEAR}"
)
_YEAR_MONTH_DAY = re.compile(r"(20\d\d)[-/.](\d\d?)(?:[-/.](\d\d?))?(?!\d)")
_MONTH_YEAR = re.compile(r"(\d\d?)/(20\d\d)(?!\d)")
_TWO_NUMBERS = re.compile(
    r"(?P<one>\d\d?)(?P<mark>[./-])(?P<two>\d\d?)(?:(?P=mark)(?P<year>20\d\d|\d\d))?(?![\d/])\.?"
)
_QUARTER = re.compile(
    r"(?:fy ?'?(?P<fiscal>(?:20)?\d\d)[ /-]?)?(?P<part>[qh])(?P<number>[1-4])"
    r"(?:[ /-]?(?P<fy>fy ?)?(?P<year>20\d\d|'\d\d|(?:(?<=fy)|(?<=fy )|(?<=/))\d\d)(?![\d%]))?"
    r"(?![\d%])"
)
_FISCAL = re.compile(r"fy ?'?(?P<year>(?:20)?\d\d)(?:/\d\d)?(?!\d)")
_YEAR_QUARTER = re.compile(r"(?P<year>20\d\d)[ /-]?(?P<part>[qh])(?P<number>[1-4])(?!\d)")
_HALF = re.compile(r"(?P<number>[12])h ?(?P<year>20\d\d)(?!\d)")
_WEEK = re.compile(r"(?:calendar week|cw|kw|week) ?(?P<week>\d\d?)(?!\d)(?:[ /](?P<year>20\d\d))?")
_ENDING = re.compile(
    r"(?P<end>(?:end|close)[ -](?:of )?(?:the |this |our )?|this |next )"
    r"(?:calendar |financial |fiscal |business |school |okr )?"
    r"(?P<unit>quarter|half-year|half|year|cycle|month|term|season|period|week)\b"
)
_ENDED = re.compile(r"(?P<unit>year|quarter|month|half)(?:'s)?[ -]end\b")
_END_OF = re.compile(r"(?:end|close)[ -](?:of )?(?=20\d\d(?!\d)|[qh][1-4]|fy)")
_ANY_YEAR = re.compile(r"20\d\d(?![\d%]|[.,]\d)")
_SEASON = re.compile(r"(?:late |early |end of )?(?P<season>[a-z]+)(?: (?P<year>20\d\d))?")


def find_dates(line: Scan, cycle: str | None) -> list[When]:
    """Return the dates of a line in order, none overlapping."""
    folded, tokens = line.folded, line.tokens
    found: list[When] = []
    reached = 0
    for index in _openers(line):
        text, token = line.texts[index], tokens[index]
        digits = text[0].isdecimal()
        if digits:
            if not _looks_like_a_date(line, index):
                continue
        elif text not in _TRIGGERS and (text[0] not in "qhfckm" or not _may_open(text)):
            continue
        if token.start < reached:
            continue
        reader = _Reader(folded, token.start, _before(tokens, index), cycle)
        when = reader.digits() if digits else reader.words(text)
        if when is not None:
            found.append(when)
            reached = when.end
    return found


def _openers(line: Scan) -> Iterable[int]:
    """Return the places of the tokens that may open a date."""
    if _TRIGGERS.isdisjoint(line.texts):
        return line.odd
    return sorted({*line.odd, *(n for n, text in enumerate(line.texts) if text in _TRIGGERS)})


def _looks_like_a_date(line: Scan, index: int) -> bool:
    """Say, before looking closer, whether a number may open a date."""
    text = line.texts[index]
    if len(text) < 3:
        after = line.texts[index + 1][:2] if index + 1 < len(line.texts) else ""
        if after not in _BEHIND_DAY:
            return False
    elif "." not in text and text[:2] != "20":
        return False
    return _DATE_LIKE.match(line.folded, line.tokens[index].start) is not None


def _may_open(text: str) -> bool:
    """Say whether a token that is no whole trigger may open a date: "q3", "fy27", "mid-may"."""
    if text[0] in "qh":
        return text[1:2].isdecimal()
    return text[0] in "fckm" and text.startswith(("fy", "cw", "kw", "mid-"))


def _before(tokens: Sequence[Word], index: int) -> str:
    """Return the word before a date, past "the"."""
    for token in reversed(tokens[max(0, index - 2) : index]):
        if token.text != "the":
            return token.text
    return ""


class _Reader:
    """One place of a line where a date may begin."""

    def __init__(self, folded: str, start: int, before: str, cycle: str | None) -> None:
        self.folded = folded
        self.start = start
        self.before = before
        self.cycle = cycle
        self.period = read_cycle(cycle) if cycle else None

    def digits(self) -> When | None:
        """Read a date that opens with a digit."""
        folded, start = self.folded, self.start
        if found := _DAY_MONTH.match(folded, start):
            return self._month(found, int(found["day"]))
        if found := _YEAR_QUARTER.match(folded, start) or _HALF.match(folded, start):
            part = found.groupdict().get("part") or "h"
            return self._part(found, part, int(found["number"]), found["year"], fiscal=False)
        if found := _YEAR_MONTH_DAY.match(folded, start):
            return self._when(found, _day(int(found[1]), int(found[2]), int(found[3] or 0)))
        if found := _MONTH_YEAR.match(folded, start):
            return self._when(found, _day(int(found[2]), int(found[1]), 0))
        if found := _TWO_NUMBERS.match(folded, start):
            return self._two_numbers(found)
        if (found := _ANY_YEAR.match(folded, start)) and (
            self.before in _TIMES or folded[found.end() : found.end() + 1] == ":"
        ):
            return self._when(found, date(int(found[0]), 12, 31))
        return None

    def words(self, text: str) -> When | None:
        """Read a date that opens with a word."""
        folded, start = self.folded, self.start
        if text in _SHORT and self.before != "of":
            return When(start, start + len(text), self.before, self._end(_SHORT[text]))
        if found := _MONTH_DAY.match(folded, start):
            return self._named_month(found)
        if found := _QUARTER.match(folded, start):
            return self._quarter(found)
        if found := _FISCAL.match(folded, start):
            return self._part(found, "h", 2, found["year"], fiscal=True)
        if found := _ENDING.match(folded, start):
            day = None if found["end"] == "next " else self._end(found["unit"])
            return self._when(found, day)
        if (found := _ENDED.match(folded, start)) and self.before in _UNTIL | {"at"}:
            return self._when(found, self._end(found["unit"]))
        if found := _END_OF.match(folded, start):
            inner = _Reader(folded, found.end(), "of", self.cycle)
            when = inner.digits() if folded[found.end()] == "2" else inner.words("")
            return replace(when, start=start, before=self.before) if when else None
        if (found := _WEEK.match(folded, start)) and (text != "week" or self.before in _UNTIL):
            return self._week(found)
        if self.before in ("by", "until", "till") and (found := _SEASON.match(folded, start)):
            return self._season(found)
        return None

    def _when(self, found: re.Match[str], day: date | None, note: str | None = None) -> When | None:
        end = found.end()
        if self.folded[end - 1] == "." and not self.folded[end : end + 2].strip()[:1].isalnum():
            end -= 1
        return When(self.start, end, self.before, day, note)

    def _month(self, found: re.Match[str], number: int) -> When | None:
        """Return a month's day, or its last where the number is 0."""
        if number > 31:
            return None
        month, year = _MONTHS[found["month"]], found["year"]
        if _day(2000 + int(year[-2:]) if year else _LEAP_YEAR, month, number) is None:
            none = self._when(found, None)
            return replace(none, exists=False) if none else None
        if year:
            return self._when(found, _day(2000 + int(year[-2:]), month, number))
        return self._when(found, _in_cycle(month, number, self.period))

    def _named_month(self, found: re.Match[str]) -> When | None:
        part, day = found["part"], found["day"]
        sure = part or day or found["year"] or self.before in _TIMES
        if found["month"] in ("may", "march", "mar") and not sure:
            return None
        return self._month(found, int(day) if day else _PART_OF_MONTH.get(part or "", 0))

    def _two_numbers(self, found: re.Match[str]) -> When | None:
        """Read "30/6", "30.06.2027" or "6-30-2027": day first, unless only month first can be."""
        one, two, year = int(found["one"]), int(found["two"]), found["year"]
        if not (year and len(year) == 4) and self.before not in _UNTIL and self.before != "on":
            return None
        if not year and found["mark"] != "/" and not found[0].endswith("."):
            return None
        number, month = (two, one) if two > 12 >= one else (one, two)
        if year:
            day = _day(2000 + int(year[-2:]), month, number)
        elif 1 <= month <= 12:
            day = _in_cycle(month, number, self.period)
        else:
            return None
        if day is None and (year or self.period):
            return None
        note = None
        if one <= 12 and two <= 12 and one != two and found["mark"] != ".":
            when = f"{number} {_MONTH_NAMES[month - 1]}" + (f" {day.year}" if day else "")
            note = f"{found[0].rstrip('.')} read as {when}"
        end = found.end() - (found[0].endswith(".") and bool(year))
        return When(self.start, end, self.before, day, note)

    def _quarter(self, found: re.Match[str]) -> When | None:
        year = found["year"] or found["fiscal"]
        if found["part"] == "h" and not year and self.before not in _TIMES:
            return None
        fiscal = bool(found["fiscal"] or found["fy"])
        return self._part(found, found["part"], int(found["number"]), year, fiscal=fiscal)

    def _part(
        self, found: re.Match[str], part: str, number: int, year: str | None, *, fiscal: bool
    ) -> When | None:
        months = number * (3 if part == "q" else 6)
        if months > 12:
            return None
        if year is None and self.period is None:
            return self._when(found, None)
        whole = 2000 + int(year[-2:]) if year else self.period.last.year if self.period else 0
        said = self.folded[self.start : found.end()].upper()
        note = f"{said} read as part of the calendar year {whole}" if fiscal else None
        return self._when(found, _day(whole, months, 0), note)

    def _week(self, found: re.Match[str]) -> When | None:
        year = found["year"] or (self.period and self.period.last.year)
        if not year:
            return self._when(found, None)
        try:
            return self._when(found, date.fromisocalendar(int(year), int(found["week"]), 7))
        except ValueError:
            return None

    def _season(self, found: re.Match[str]) -> When | None:
        if found["season"] not in _SEASONS:
            return None
        day = None
        if found["season"] == "christmas" and (found["year"] or self.period):
            year = int(found["year"]) if found["year"] else 0
            day = date(year, 12, 25) if year else _in_cycle(12, 25, self.period)
        return self._when(found, day)

    def _end(self, unit: str) -> date | None:
        if self.period is None or unit == "week":
            return None
        return date(self.period.last.year, 12, 31) if unit == "year" else self.period.last


_LEAP_YEAR = 2028  # has every day that any year has


def _day(year: int, month: int, number: int) -> date | None:
    """Return a day, the month's last for 0; None where there is no such day."""
    if not 1 <= month <= 12:
        return None
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    if number == 0:
        return last
    return None if number > last.day else date(year, month, number)


def _in_cycle(month: int, number: int, period: Period | None) -> date | None:
    """Return the day in the cycle's year, or in the next where that was long before the cycle."""
    if period is None:
        return None
    found = _day(period.first.year, month, number)
    if found is None or found >= period.first:
        return found
    following = _day(period.first.year + 1, month, number)
    inside = following is not None and following <= period.last
    return following if inside or found < period.first - timedelta(days=150) else found


# --- cycles ---------------------------------------------------------------------------------

_SCHOOL_YEAR = re.compile(r"(20\d\d)[/-](\d\d)(?!\d)")
_CYCLE_PART = re.compile(r"\b([qh])([1-4])\b|\b([12])h\b")
_CYCLE_YEAR = re.compile(r"20\d\d|(?<=fy)\d\d|(?<=fy )\d\d|(?<=fy')\d\d|(?<=')\d\d\b")


@lru_cache(maxsize=256)
def read_cycle(cycle: str) -> Period | None:
    """Read a cycle's name ("2027-Q1", "FY27-H2", "Q3 2027", "spring term 2027") as its days."""
    name = cycle.lower()
    school = _SCHOOL_YEAR.search(name)
    if school and int(school[2]) == int(school[1]) % 100 + 1:
        return Period(date(int(school[1]), 8, 1), date(int(school[1]) + 1, 7, 31))
    found = _CYCLE_YEAR.search(name)
    if found is None:
        return None
    year = 2000 + int(found[0][-2:])
    part = _CYCLE_PART.search(name)
    if part is None:
        return Period(date(year, 1, 1), date(year, 12, 31))
    size = 3 if part[1] == "q" else 6
    last = int(part[2] or part[3]) * size
    if last > 12:
        return Period(date(year, 1, 1), date(year, 12, 31))
    ends = _day(year, last, 0)
    return Period(date(year, last - size + 1, 1), ends or date(year, 12, 31))
