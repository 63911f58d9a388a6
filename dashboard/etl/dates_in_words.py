"""Dates that are written out, in words or in Roman figures, and intervals whose second end is only a weekday or a number.

`the first of December`, `on the eighteenth`, `the last day of July`, `14.III.2024`, `the 26th of last month`, `Monday the 8th`,
`the week of 4 March`, `the first half of May`, `from Monday 24 October until Saturday`, `from 23 November to the 24th`.
Each is resolved as its like in figures is (see `dates`).
"""

import re
from datetime import date, timedelta

from dashboard.edtf import day
from dashboard.etl.calendar_words import (
    DAY,
    FULL_WEEKDAY,
    MONTH,
    ROMAN_MONTHS,
    YEAR,
    day_number,
    month_number,
    real_date,
    span_of_days,
    weekday_number,
    whole_month,
)
from dashboard.etl.date_writing import (
    DAY_FIRST,
    ORDINAL_BEHIND,
    ORDINAL_FIRST,
    Base,
    Gate,
    Reading,
    Writing,
    day_in_year,
)

_TENTHS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"]  # fmt: skip
_ORDINALS = (
    {word: number for number, word in enumerate(_TENTHS, start=1)}
    | {f"twenty{join}{word}": 20 + number for number, word in enumerate(_TENTHS[:9], start=1) for join in ("-", " ")}
    | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31, "last day": 0}
)
_ORDINAL = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_NTH = r"(?:(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))"
_NTHS = tuple(f"{number}{ending}" for number in range(32) for ending in ("st", "nd", "rd", "th"))
YEARS = Gate(("*19*", "*20*"), reach=20)
WEEKDAYS = Gate(tuple(f"{name}day" for name in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")))
NTHS = Gate(_NTHS)
_LAST_MONTH = Gate(("month", "months", "monthly", "monthlong", "inst", "instant", "ult", "ultimo"))
_ALONE_DAYS = Gate((*_NTHS, *_TENTHS, "thirtieth", "last"))
_TO = r"(?:to|until|till|through|and|-|\u2014)"
_PART = r"(?:the )?(?:(?:early |late )?(?:morning|afternoon|evening|night|noon|close|end|first light|small hours) of )?"


def _number(word: str) -> int:
    small = " ".join(word.lower().split())
    return _ORDINALS[small] if small in _ORDINALS else day_number(small)


def _day_of(year: int, month: int, number: int) -> date | None:
    """The day of a month; 0 is its last."""
    return whole_month(year, month).end if number == 0 else real_date(year, month, number)


def _read_ordinal(found: re.Match[str], base: Base) -> Reading | None:
    """`the first of December 2023`, `December the first`."""
    month, number = month_number(found["n"]), _number(found["d"])
    if found["y"]:
        value, lent = _day_of(int(found["y"]), month, number), ()
        return Reading(day(value), "stated", lent) if value else None
    first, lent_year = day_in_year(month, number or 28, None, base)
    value = _day_of(first.year, month, number) if first else None
    return Reading(day(value), "stated", lent_year) if value else None


def _read_roman(found: re.Match[str], _base: Base) -> Reading | None:
    value = real_date(int(found["y"]), ROMAN_MONTHS[found["m"]], int(found["d"]))
    return Reading(day(value), "stated") if value else None


def _read_of_last_month(found: re.Match[str], base: Base) -> Reading | None:
    """`the 26th of last month`, `on the 5th inst.`, `on the 28th ult.`"""
    last = base.publication.last_day
    if last is None:
        return None
    words = found["m"].lower()
    back = int(any(word in words for word in ("last", "previous", "past", "preceding", "ult")))
    number = last.year * 12 + last.month - 1 - back
    value = _day_of(number // 12, number % 12 + 1, _number(found["d"]))
    return Reading(day(value), "relative", base.publication.span) if value else None


def _read_day_alone(found: re.Match[str], base: Base) -> Reading | None:
    """`on the eighteenth`, `since the 11th`, `Monday the 8th`: in the month named before it, else in that of publication.

    Rules: if that lies after the publication, the month before it is meant; with a weekday the day must be one.
    """
    named, last = base.before(found.start()), base.publication.last_day
    near = named[1] if named else last
    if near is None:
        return None
    number = _number(found["d"] or found["e"])
    value = _day_of(near.year, near.month, number)
    if value and last and value > last and not base.looks_ahead:
        before = near.replace(day=1) - timedelta(days=1)
        value = _day_of(before.year, before.month, number)
    weekday = found.groupdict().get("w")
    if value is None or (weekday and value.weekday() != weekday_number(weekday)):
        return None
    return Reading(day(value), "stated", (named[2],) if named else base.publication.span)


def _read_week_of(found: re.Match[str], base: Base) -> Reading | None:
    """`the week of 4 March`: Monday to Sunday, or to Friday where the text says so; `the week ending 8 October` ends then."""
    value, lent = day_in_year(
        month_number(found["n"] or found["n2"]), day_number(found["d"] or found["d2"]), found["y"], base
    )
    if value is None:
        return None
    if "end" in found["how"]:
        return Reading(span_of_days(value - timedelta(days=6), value), "stated", lent)
    monday = value - timedelta(days=value.weekday())
    days = 4 if (found["till"] or "").lower().endswith("friday") else 6
    return Reading(span_of_days(monday, monday + timedelta(days=days)), "stated", lent)


def _read_until_weekday(found: re.Match[str], base: Base) -> Reading | None:
    """`24 October until Saturday`: the first such weekday behind the day."""
    start, lent = day_in_year(month_number(found["n"]), day_number(found["d"]), found["y"], base)
    if start is None:
        return None
    days = (weekday_number(found["w"]) - start.weekday()) % 7 or 7
    return Reading(span_of_days(start, start + timedelta(days=days)), "stated", lent)


def _read_until_day(found: re.Match[str], base: Base) -> Reading | None:
    """`from the afternoon of 23 November to the first light of the 24th`: in the same month, else in the one behind it."""
    start, lent = day_in_year(month_number(found["n"]), day_number(found["d"]), found["y"], base)
    if start is None:
        return None
    number = _number(found["e"])
    behind = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = (
        real_date(start.year, start.month, number)
        if number > start.day
        else real_date(behind.year, behind.month, number)
    )
    return Reading(span_of_days(start, end), "stated", lent) if end else None


def _read_ordinals(found: re.Match[str], base: Base) -> Reading | None:
    """`the fifth to the seventh of June`."""
    end, lent = day_in_year(month_number(found["n"]), _number(found["b"]), found["y"], base)
    start = _day_of(end.year, end.month, _number(found["a"])) if end else None
    return Reading(span_of_days(start, end), "stated", lent) if start and end and start <= end else None


_WEEKDAY = rf"(?:{FULL_WEEKDAY},? )?"

WRITINGS_IN_WORDS: tuple[Writing, ...] = (
    Writing("interval", re.compile(rf"\b(?:the )?(?P<a>(?i:{_ORDINAL})) (?:to|and|until|till|through) (?:the )?(?P<b>(?i:{_ORDINAL})) (?:of |day of )?(?P<n>{MONTH})(?:,? (?P<y>{YEAR}))?\b"), _read_ordinals, month=ORDINAL_FIRST),
    Writing("interval", re.compile(rf"\b(?=[A-Z\d]){_WEEKDAY}(?P<d>{DAY}) (?P<n>{MONTH})(?:,? (?P<y>{YEAR}))? ?{_TO} ?{_PART}(?P<w>{FULL_WEEKDAY})\b(?!,? (?:the )?{DAY}\b)"), _read_until_weekday, month=DAY_FIRST),
    Writing("interval", re.compile(rf"\b(?=[A-Z\d]){_WEEKDAY}(?P<d>{DAY}) (?P<n>{MONTH})(?:,? (?P<y>{YEAR}))? {_TO} {_PART}the (?P<e>{_NTH})\b(?! (?:of )?{MONTH})"), _read_until_day, month=DAY_FIRST),
    Writing("week_of", re.compile(rf"\b(?i:week) (?P<how>of|beginning|commencing|starting|ending|ended|to)(?: on)? (?:the )?{_WEEKDAY}(?:(?P<d>{DAY})(?: of)? (?P<n>{MONTH})|(?P<n2>{MONTH}) (?P<d2>{DAY}))(?:,? (?P<y>{YEAR}))?\b(?P<till>,? Monday to Friday)?"), _read_week_of, gate=Gate(("week",))),
    Writing("day", re.compile(rf"\b{_WEEKDAY}(?:the )?(?P<d>(?i:{_ORDINAL}))(?: of| day of)? (?P<n>{MONTH})(?:,? (?P<y>{YEAR}))?\b"), _read_ordinal, month=ORDINAL_FIRST),
    Writing("day", re.compile(rf"\b(?P<n>{MONTH}) (?:the )?(?P<d>(?i:{_ORDINAL}))(?:,? (?P<y>{YEAR}))?\b"), _read_ordinal, month=ORDINAL_BEHIND),
    Writing("day", re.compile(rf"(?<![\d/.-])(?P<d>\d{{1,2}})[./-](?P<m>VIII|VII|VI|IV|V|IX|XII|XI|X|III|II|I)[./-](?P<y>{YEAR})(?![\d/-])"), _read_roman, gate=YEARS),
    Writing("day", re.compile(rf"\b(?P<d>{_NTH}|(?i:{_ORDINAL})) (?P<m>(?i:of (?:last|the last|the previous|the preceding|this|the current|the past|the) month|inst(?:ant)?\b|ult(?:imo)?\b))"), _read_of_last_month, gate=_LAST_MONTH),
)  # fmt: skip

_ALONE = rf"(?:(?P<d>{_NTH})\b(?! [a-z]{{3,40}}(?:ary|ing|ion)| of\b|-)|(?P<e>(?i:{_ORDINAL}))\b(?=[,.;:)]| (?:and|in|at|by|the|it|they|he|she|a|an)\b))"

DAYS_ALONE: tuple[Writing, ...] = (
    Writing("day_of_month", re.compile(rf"\b(?P<w>{FULL_WEEKDAY}),? the {_ALONE}"), _read_day_alone, is_anchored=True, gate=WEEKDAYS),
    Writing("day_of_month", re.compile(rf"\b(?:[Ss]ince|[Oo]n|[Bb]y|[Uu]ntil|[Ff]rom|(?:morning|afternoon|evening|night) of) the {_ALONE}"), _read_day_alone, is_anchored=True, gate=_ALONE_DAYS),
)  # fmt: skip
