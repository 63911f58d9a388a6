"""How days, months and years are written, as patterns that `dates` and `publication` share."""

import re
from calendar import monthrange
from datetime import date

from dashboard.edtf import EventDate

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday sat", "sunday sun"))
    for name in names.split()
}  # fmt: skip
ROMAN_MONTHS = {
    name: number
    for number, name in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], start=1)
}
NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"])
} | {"a": 1, "an": 1, "a few": 3, "several": 3, "a couple of": 2}  # fmt: skip

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?)"
)
FULL_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
WEEKDAY = rf"(?:{FULL_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d{2}"
DASH = r"\s?(?:-|\u2014|/|to|until|till|through|and|&)\s?"


def month_number(word: str) -> int:
    """`Sept.` is 9."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_number(word: str) -> int:
    """`Tues.` is 1; Monday is 0."""
    return WEEKDAYS[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    """`23rd` is 23."""
    return int(re.sub(r"\D", "", word))


def real_date(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9998 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def whole_month(year: int, month: int) -> EventDate:
    """All days of a month."""
    return EventDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def whole_year(year: int) -> EventDate:
    """All days of a year."""
    return EventDate(date(year, 1, 1), date(year, 12, 31), "year")


def quarter(year: int, number: int) -> EventDate:
    """All days of a quarter, 1 to 4."""
    last = number * 3
    return EventDate(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]), "quarter")


def span_of_days(start: date, end: date) -> EventDate:
    """An interval, or a day where both ends are the same."""
    return EventDate(start, end, "day" if start == end else "interval")
