"""Dates that know how much they know: the part of EDTF (ISO 8601-2) that events use.

`2025-07-23`, `2025-07-20/2025-07-22`, `2025-07`, `2025`, and `?` behind a date that is a guess. A quarter is written as
the interval of its months (`2025-01/2025-03`), which every reader of EDTF knows; `2025-33` to `2025-36` (level 2) are read too. A date is never made finer than it was written: `2025-07` spans the whole month.

Source: https://www.loc.gov/standards/datetime/ (Extended Date/Time Format, 2019).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

PRECISIONS = ("day", "interval", "month", "quarter", "year")

_SIMPLE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_FIRST_QUARTER = 33


@dataclass(frozen=True, order=True)
class EventDate:
    """A span of days, how it was written, and whether it is a guess.

    Shape: `start` and `end` are the first and the last day the event may have been on (inclusive).
    """

    start: date
    end: date
    precision: str
    is_guess: bool = False
    end_precisions: tuple[str, str] = ("day", "day")
    """Of an interval: how finely its first and its last date were written."""

    def __str__(self) -> str:
        return format_edtf(self)


def parse_edtf(text: str) -> EventDate:
    """Read an EDTF date.

    Raises: ValueError with the text and what was expected.
    """
    bare = text.strip()
    is_guess = bare.endswith("?")
    parts = bare.rstrip("?").split("/")
    if len(parts) == 1:
        start, end, precision = _span(parts[0], text)
        return EventDate(start, end, precision, is_guess)
    if len(parts) != 2:
        raise ValueError(
            f"not an EDTF date: {text!r}; expected for example 2025-07-23, 2025-07 or 2025-07-20/2025-07-22"
        )
    start, _, first = _span(parts[0].rstrip("?"), text)
    _, end, last = _span(parts[1], text)
    if end < start:
        raise ValueError(f"the interval {text!r} ends before it starts; put the earlier date first")
    if start == end:
        return EventDate(start, end, "day", is_guess)
    if (first, last) == ("month", "month") and start.month % 3 == 1 and _month_end(start.year, start.month + 2) == end:
        return EventDate(start, end, "quarter", is_guess)
    return EventDate(start, end, "interval", is_guess, (first, last))


def _span(part: str, whole: str) -> tuple[date, date, str]:
    found = _SIMPLE.fullmatch(part)
    if not found:
        raise ValueError(
            f"not an EDTF date: {whole!r}; expected for example 2025-07-23, 2025-07 or 2025-07-20/2025-07-22"
        )
    year = int(found["year"])
    if found["month"] is None:
        return _checked(year, 1, 1, whole), _checked(year, 12, 31, whole), "year"
    month = int(found["month"])
    if found["day"] is not None:
        day = _checked(year, month, int(found["day"]), whole)
        return day, day, "day"
    if _FIRST_QUARTER <= month < _FIRST_QUARTER + 4:
        last = (month - _FIRST_QUARTER + 1) * 3
        return _checked(year, last - 2, 1, whole), _month_end(year, last), "quarter"
    return _checked(year, month, 1, whole), _month_end(year, month), "month"


def _checked(year: int, month: int, day: int, whole: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"the date {whole!r} does not exist ({error})") from error


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def format_edtf(value: EventDate) -> str:
    """Write an EDTF date; `parse_edtf` reads the same value back."""
    mark = "?" if value.is_guess else ""
    if value.precision not in ("interval", "quarter"):
        return _written(value.start, value.precision) + mark
    first, last = value.end_precisions if value.precision == "interval" else ("month", "month")
    return f"{_written(value.start, first)}/{_written(value.end, last)}{mark}"


def _written(value: date, precision: str) -> str:
    match precision:
        case "day":
            return value.isoformat()
        case "month":
            return value.isoformat()[:7]
        case _:
            return f"{value.year:04d}"


def day(value: date, *, is_guess: bool = False) -> EventDate:
    """A single day."""
    return EventDate(value, value, "day", is_guess)


def in_words(value: EventDate) -> str:
    """A date as a reader writes it: `23 July 2025`, `20–22 July 2025`, `July 2025`; a guess gets `around` before it."""
    words = _interval_in_words(value) if value.precision == "interval" else _said(value.start, value.precision)
    return f"around {words}" if value.is_guess else words


def _interval_in_words(value: EventDate) -> str:
    start, end = value.start, value.end
    if value.end_precisions == ("day", "day") and start.year == end.year:
        if start.month == end.month:
            return f"{start.day}–{end.day} {start:%B} {start.year}"
        return f"{start.day} {start:%B} – {end.day} {end:%B} {end.year}"
    first, last = value.end_precisions
    return f"{_said(start, first)} – {_said(end, last)}"


def _said(value: date, precision: str) -> str:
    match precision:
        case "day":
            return f"{value.day} {value:%B} {value.year}"
        case "month":
            return f"{value:%B} {value.year}"
        case "quarter":
            return f"Q{(value.month - 1) // 3 + 1} {value.year}"
        case _:
            return f"{value.year}"
