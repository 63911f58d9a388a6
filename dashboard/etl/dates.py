"""Dates in a text, and the days they mean.

Rules: only whole expressions count, never a loose number or word. A day without a year takes the year that brings it
nearest to the publication; a weekday is the last one before it, unless the words before it look ahead; `the next day`
counts from the day named before it in the text. What cannot be resolved is left out, not guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache

from dashboard.edtf import day
from dashboard.etl.calendar_words import (
    DASH,
    DAY,
    FULL_WEEKDAY,
    MONTH,
    NUMBERS,
    WEEKDAY,
    YEAR,
    day_number,
    month_number,
    quarter,
    real_date,
    span_of_days,
    weekday_number,
    whole_month,
    whole_year,
)
from dashboard.etl.date_writing import (
    DAY_FIRST,
    MONTH_ALONE,
    MONTH_FIRST,
    ORDINAL_BEHIND,
    ORDINAL_FIRST,
    Base,
    Gate,
    Reading,
    Writing,
    day_in_year,
)
from dashboard.etl.dates_in_words import DAYS_ALONE, NTHS, WEEKDAYS, WRITINGS_IN_WORDS, YEARS
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import DateMention
from dashboard.etl.publication import Publication
from dashboard.etl.stretches import Stretch, widened
from dashboard.etl.tokens import Tokens

_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|a couple of|an?)"
_W = rf"(?:{WEEKDAY},? (?:the )?)?"
_AHEAD = re.compile(
    r"\b(?:will|shall|would|is to|are to|due|scheduled|set to|expected|next|coming|plans?|planned|to be held|opens|begins|starts)\b[^.!?]{0,70}$"
)
_LOOKBACK = 90
_WINDOW = 60
_LONGEST_ORDINALS = 90
_MONTH_NAME = re.compile(MONTH)
_MONTH_START = re.compile(r"[JFMASOND](?i:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[ -]$")
_DAY_BEHIND = re.compile(r" (?:the )?\d")
_LONGEST_DAY = len("31st of ")
_ORDINAL_BEFORE = re.compile(r"(?:st|nd|rd|th|day)(?: of| day of)? $", re.IGNORECASE)
_ORDINAL_START = re.compile(r" (?:the )?[eflnst]", re.IGNORECASE)
_LONGEST_ORDINAL_END = len("day day of ")
_LONGEST_YEAR = len(", of 2025 of")


def find_dates(view: str, tokens: Tokens, publication: Publication) -> list[DateMention]:
    """Every date in a view, in the order of the text."""
    taken = bytearray(len(view))
    used = list(_used(view, tokens))
    found: list[DateMention] = []
    for writing, stretches in used:
        if not writing.is_anchored:
            found += _read(view, writing, Base(publication), taken, stretches)
    found.sort(key=_start)
    named = [
        (mention.end, mention.date.end, (mention.start, mention.end))
        for mention in found
        if mention.date.precision in ("day", "interval")
    ]
    for writing, stretches in used:
        if writing.is_anchored:
            found += _read(view, writing, Base(publication, named), taken, stretches)
    return sorted(found, key=_start)


def _start(mention: DateMention) -> int:
    return mention.start


def _used(view: str, tokens: Tokens) -> Iterator[tuple[Writing, list[Stretch]]]:
    """The writings that a view can hold, each with the stretches where it can stand."""
    months, gates = _around_months(view), _around_gates(tokens, len(view))
    for writing in WRITINGS:
        stretches = gates.get(writing.gate) if writing.gate else months[writing.month]
        if stretches:
            yield writing, stretches


def _around_gates(tokens: Tokens, length: int) -> dict[Gate, list[Stretch]]:
    """The stretches around the words of each gate."""
    spans: defaultdict[Gate, list[Stretch]] = defaultdict(list)
    plain = _gates_by_word()
    for word in tokens.vocabulary:
        gates = plain.get(word, ()) if word.isalpha() else _gates_of(word)
        for gate in gates:
            spans[gate] += [(tokens[index].start, tokens[index].end) for index in tokens.at[word]]
    return {gate: widened(sorted(found), gate.reach, length) for gate, found in spans.items()}


@lru_cache(maxsize=1)
def _gates() -> tuple[Gate, ...]:
    return tuple(dict.fromkeys(writing.gate for writing in WRITINGS if writing.gate))


@lru_cache(maxsize=1)
def _gates_by_word() -> dict[str, tuple[Gate, ...]]:
    """The gates that each word of letters alone opens: patterns are only for words with figures in them."""
    words = {word for gate in _gates() for word in gate.words}
    return {word: tuple(gate for gate in _gates() if word in gate.words) for word in words}


@lru_cache(maxsize=4_096)
def _gates_of(word: str) -> tuple[Gate, ...]:
    """The gates that a word with figures or an apostrophe opens; each side of an apostrophe is a word too, as it is to the patterns."""
    parts = (word, *word.split("'"))
    return tuple(
        gate for gate in _gates() if any(fnmatchcase(part, pattern) for part in parts for pattern in gate.words)
    )


def _around_months(view: str) -> dict[str, list[Stretch]]:
    """The stretches around the names of months: with a day before or behind them, in figures or in words, and around all."""
    spans = [found.span() for start in _MONTH_START.finditer(view) if (found := _MONTH_NAME.match(view, start.start()))]
    day_first = [span for span in spans if _DAY_BEFORE.search(view[max(0, span[0] - _LONGEST_DAY) : span[0]])]
    month_first = [span for span in spans if _DAY_BEHIND.match(view, span[1])]
    ordinal_first = [
        span for span in spans if _ORDINAL_BEFORE.search(view[max(0, span[0] - _LONGEST_ORDINAL_END) : span[0]])
    ]
    ordinal_behind = [span for span in spans if _ORDINAL_START.match(view, span[1])]
    return {
        DAY_FIRST: widened(day_first, _WINDOW, len(view)),
        MONTH_FIRST: widened(month_first, _WINDOW, len(view)),
        ORDINAL_FIRST: widened(ordinal_first, _LONGEST_ORDINALS, len(view)),
        ORDINAL_BEHIND: widened(ordinal_behind, _WINDOW, len(view)),
        MONTH_ALONE: [(start, min(len(view), end + _LONGEST_YEAR)) for start, end in spans],
    }


def _read(view: str, writing: Writing, base: Base, taken: bytearray, where: Sequence[Stretch]) -> Iterator[DateMention]:
    ahead = replace(base, looks_ahead=True)
    for low, high in where:
        for found in writing.pattern.finditer(view, low, high):
            start, end = found.span()
            if taken.find(1, start, end) >= 0:
                continue
            looks_ahead = _AHEAD.search(view[max(0, start - _LOOKBACK) : start]) is not None
            reading = writing.read(found, ahead if looks_ahead else base)
            if reading:
                taken[start:end] = b"\x01" * (end - start)
                yield DateMention(
                    "date", start, end, str(reading.date), writing.rule, reading.date, reading.basis, reading.lent
                )


def _read_day(found: re.Match[str], base: Base) -> Reading | None:
    value, lent = day_in_year(month_number(found["n"]), day_number(found["d"]), found["y"], base)
    return Reading(day(value), "stated", lent) if value else None


def _read_numeric(found: re.Match[str], _base: Base) -> Reading | None:
    year, first, second = int(found["y"]), int(found["a"]), int(found["b"])
    is_year_first = found.start("y") < found.start("a")
    value = (
        real_date(year, first, second)
        if is_year_first
        else real_date(year, second, first) or real_date(year, first, second)
    )
    return Reading(day(value), "stated") if value else None


def _read_days(found: re.Match[str], base: Base) -> Reading | None:
    """An interval: the month or year that one end lacks is the other's."""
    group = found.groupdict()
    last_month = month_number(group.get("n2") or group.get("n1") or "")
    first_month = month_number(group.get("n1") or group.get("n2") or "")
    end, lent = day_in_year(last_month, day_number(group["b"] or ""), group.get("y"), base)
    if end is None:
        return None
    year = int(group["y1"]) if group.get("y1") else end.year - (first_month > last_month)
    start = real_date(year, first_month, day_number(group["a"] or ""))
    return Reading(span_of_days(start, end), "stated", lent) if start and start <= end else None


def _read_month(found: re.Match[str], base: Base) -> Reading | None:
    number, written = month_number(found["n"]), found.groupdict().get("y")
    if written:
        return Reading(whole_month(int(written), number), "stated")
    if base.publication.date is None:
        return None
    published = base.publication.date
    years = (
        (published.end.year, published.end.year + 1)
        if base.looks_ahead
        else (published.end.year, published.end.year - 1)
    )
    fits = [
        value
        for value in (whole_month(year, number) for year in years)
        if (value.end >= published.start if base.looks_ahead else value.start <= published.end)
    ]
    return Reading(fits[0], "stated", base.publication.span) if fits else None


def _read_last_month_name(found: re.Match[str], base: Base) -> Reading | None:
    today = base.publication.last_day
    if today is None:
        return None
    number = month_number(found["n"])
    return Reading(whole_month(today.year - (number >= today.month), number), "relative", base.publication.span)


def _read_quarter(found: re.Match[str], base: Base) -> Reading | None:
    words = {"first": 1, "1": 1, "second": 2, "2": 2, "third": 3, "3": 3, "fourth": 4, "4": 4, "last": 4}
    year = int(found["y"]) if found["y"] else base.publication.last_day.year if base.publication.last_day else None
    return (
        Reading(quarter(year, words[found["q"].lower()]), "stated", () if found["y"] else base.publication.span)
        if year
        else None
    )


def _read_bare_month(found: re.Match[str], base: Base) -> Reading | None:
    """A month without day or year, behind a preposition: `May` alone is a verb."""
    return _read_month(found, base) if _word_before(found) in _BEFORE_MONTH else None


def _word_before(found: re.Match[str]) -> str:
    words = re.split(r"[\s-]", found.string[max(0, found.start() - 14) : found.start()].rstrip(" -"))
    return words[-1].lower() if words else ""


def _read_year(found: re.Match[str], _base: Base) -> Reading | None:
    """A year behind a preposition, a comma or a bracket: a number alone is no year."""
    before = found.string[max(0, found.start() - 2) : found.start()]
    if _word_before(found) not in _BEFORE_YEAR and before[-1:] != "(" and before != ", ":
        return None
    return Reading(whole_year(int(found["y"])), "stated")


def _weekday(base: Base, name: str, *, ahead: bool, is_last: bool) -> date | None:
    today = base.today
    if today is None:
        return None
    number = weekday_number(name)
    if ahead:
        return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    back = (today.weekday() - number) % 7
    return today - timedelta(days=back or (7 if is_last else 0))


def _read_weekday(found: re.Match[str], base: Base) -> Reading | None:
    lead = (found["lead"] or "").lower().strip()
    is_ahead = (base.looks_ahead and lead not in ("last", "this past", "past")) or lead in (
        "next",
        "this coming",
        "coming",
    )
    value = _weekday(
        base, found["w"], ahead=is_ahead and not found["week"], is_last=lead in ("last", "this past", "past")
    )
    if value and base.today and found["week"]:
        monday = base.today - timedelta(days=base.today.weekday() + 7)
        value = monday + timedelta(days=weekday_number(found["w"]))
    if value and found["d"]:
        value = _with_day_of_month(value, int(found["d"]))
    return Reading(day(value), "relative", base.publication.span) if value else None


def _with_day_of_month(value: date, number: int) -> date:
    """The weekday whose day of the month is written behind it in brackets, if one lies within two weeks."""
    near = (value + timedelta(days=7 * weeks) for weeks in (0, -1, 1, -2, 2))
    return next((other for other in near if other.day == number), value)


def _read_weekdays(found: re.Match[str], base: Base) -> Reading | None:
    end = _weekday(base, found["v"], ahead=base.looks_ahead, is_last=False)
    if end is None:
        return None
    start = end - timedelta(days=(end.weekday() - weekday_number(found["w"])) % 7)
    return Reading(span_of_days(start, end), "relative", base.publication.span)


_TODAY = {
    "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2,
    "last night": -1, "last evening": -1, "yesterday's": -1,
}  # fmt: skip


def _read_today(found: re.Match[str], base: Base) -> Reading | None:
    words = " ".join(found.group().lower().split())
    days = next((days for word, days in _TODAY.items() if words.startswith(word)), 0)
    return Reading(day(base.today + timedelta(days=days)), "relative", base.publication.span) if base.today else None


def _read_week(found: re.Match[str], base: Base) -> Reading | None:
    today = base.today
    if today is None:
        return None
    monday = today - timedelta(days=today.weekday())
    words = found.group().lower()
    if "weekend" in words:
        saturday = monday - timedelta(days=2) if today.weekday() < 5 else monday + timedelta(days=5)
        return Reading(span_of_days(saturday, saturday + timedelta(days=1)), "relative", base.publication.span)
    weeks = (
        -2
        if "before last" in words
        else -1
        if "last" in words or "past" in words or "previous" in words
        else 1
        if "next" in words or "coming" in words
        else 0
    )
    start = monday + timedelta(days=7 * weeks)
    return Reading(span_of_days(start, start + timedelta(days=6)), "relative", base.publication.span)


def _read_this_month(found: re.Match[str], base: Base) -> Reading | None:
    last = base.publication.last_day
    if last is None:
        return None
    months = {"this": 0, "last": -1, "next": 1, "the same": 0, "previous": -1, "past": -1, "current": 0}[
        found["lead"].lower()
    ]
    number = last.year * 12 + last.month - 1 + months
    return Reading(whole_month(number // 12, number % 12 + 1), "relative", base.publication.span)


def _read_this_year(found: re.Match[str], base: Base) -> Reading | None:
    last = base.publication.last_day
    years = {"this": 0, "last": -1, "next": 1, "previous": -1, "past": -1, "current": 0}[found["lead"].lower()]
    return Reading(whole_year(last.year + years), "relative", base.publication.span) if last else None


def _read_ago(found: re.Match[str], base: Base) -> Reading | None:
    number, unit, last = _count(found["c"]), found["u"].lower(), base.publication.last_day
    if last is None or number > 300:
        return None
    if unit == "day" and base.today:
        return Reading(day(base.today - timedelta(days=number)), "relative", base.publication.span)
    if unit == "week" and base.today:
        there = base.today - timedelta(days=7 * number)
        monday = there - timedelta(days=there.weekday())
        return Reading(span_of_days(monday, monday + timedelta(days=6)), "relative", base.publication.span)
    if unit == "month":
        months = last.year * 12 + last.month - 1 - number
        return Reading(whole_month(months // 12, months % 12 + 1), "relative", base.publication.span)
    return (
        Reading(whole_year(last.year - number), "relative", base.publication.span)
        if unit in ("year", "decade")
        else None
    )


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _read_anchored(found: re.Match[str], base: Base) -> Reading | None:
    """`the next day`, `a day earlier`, `three days later`: counted from the day named last before it."""
    named = base.before(found.start())
    if named is None:
        return None
    words = " ".join(found.group().lower().split())
    number = _count(found["c"]) if found.groupdict().get("c") else 1
    days = number * (7 if "week" in words else 1)
    if "same" in words or words.startswith("that "):
        days = 0
    elif re.search(r"earlier|before|previous|preceding|prior|eve", words):
        days = -days
    return Reading(day(named[1] + timedelta(days=days)), "relative", (named[2],))


def _read_days_of_month(found: re.Match[str], base: Base) -> Reading | None:
    """`from the 9th to the 12th`: as one day of the month, twice."""
    named, last = base.before(found.start()), base.publication.last_day
    near = named[1] if named else last
    if near is None:
        return None
    start, end = (real_date(near.year, near.month, day_number(found[name])) for name in ("a", "b"))
    lent = (named[2],) if named else base.publication.span
    return Reading(span_of_days(start, end), "stated", lent) if start and end and start <= end else None


def _read_day_and_month(found: re.Match[str], base: Base) -> Reading | None:
    """`Bratislava, 13.9.`: day and month in figures, each with its full stop."""
    value, lent = day_in_year(int(found["m"]), int(found["d"]), None, base)
    return Reading(day(value), "stated", lent) if value else None


_BEFORE_MONTH = word_list("dates.before_month")
_BEFORE_YEAR = word_list("dates.before_year")
_MONTH_FIGURES = Gate(tuple(f"{month:{width}}" for width in ("d", "02d") for month in range(1, 13)), reach=12)
_QUARTERS = Gate(("quarter", "quarter[0-9]*", "q[1-4]*"))
_TIMES_OF_DAY = ("morning", "afternoon", "evening", "night")

WRITINGS: tuple[Writing, ...] = (
    *WRITINGS_IN_WORDS,
    Writing("interval", re.compile(rf"\b(?=[A-Z\d]){_W}(?P<a>{DAY}) (?P<n1>{MONTH})(?:,? (?P<y1>{YEAR}))?{DASH}{_W}(?P<b>{DAY}) (?P<n2>{MONTH})(?:,? (?P<y>{YEAR}))?\b"), _read_days, month=DAY_FIRST),
    Writing("interval", re.compile(rf"\b(?=[A-Z]){_W}(?P<n1>{MONTH}) (?P<a>{DAY})(?:,? (?P<y1>{YEAR}))?{DASH}{_W}(?P<n2>{MONTH}) (?P<b>{DAY})(?:,? (?P<y>{YEAR}))?\b"), _read_days, month=MONTH_FIRST),
    Writing("interval", re.compile(rf"\b{_W}(?:the )?(?P<a>{DAY}){DASH}{_W}(?:the )?(?P<b>{DAY})(?: of)?[ -](?P<n2>{MONTH})(?:,?[ -](?P<y>{YEAR}))?\b"), _read_days, month=DAY_FIRST),
    Writing("interval", re.compile(rf"\b(?=[A-Z]){_W}(?P<n2>{MONTH}) (?P<a>{DAY}){DASH}{_W}(?P<b>{DAY})(?:,? (?P<y>{YEAR}))?\b(?! (?:{MONTH}))"), _read_days, month=MONTH_FIRST),
    Writing("day", re.compile(rf"\b(?=[A-Z\d]){_W}(?P<d>{DAY})(?: of)?[ -](?P<n>{MONTH})(?:,?[ -](?:this year, |of )?(?P<y>{YEAR}))?\b(?:,? \(?{FULL_WEEKDAY}\)?)?"), _read_day, month=DAY_FIRST),
    Writing("day", re.compile(rf"\b(?=[A-Z]){_W}(?P<n>{MONTH}) (?:the )?(?P<d>{DAY})(?:,? (?P<y>{YEAR}))?\b(?!,\d)"), _read_day, month=MONTH_FIRST),
    Writing("day", re.compile(rf"(?<![\d/.-])(?P<y>{YEAR})[-./](?P<a>\d{{1,2}})[-./](?P<b>\d{{1,2}})(?![\d/-])"), _read_numeric, gate=YEARS),
    Writing("day", re.compile(rf"(?<![\d/.-])(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./](?P<y>{YEAR})(?![\d/-])"), _read_numeric, gate=YEARS),
    Writing("day", re.compile(r"(?:(?<=, )|(?<=[Oo]n )|(?<=\())(?P<d>[0-3]?\d)\. ?(?P<m>1[0-2]|0?[1-9])\.(?! ?\d)"), _read_day_and_month, gate=_MONTH_FIGURES),
    Writing("last_month", re.compile(rf"\b[Ll]ast (?P<n>{MONTH})\b"), _read_last_month_name, gate=Gate(("last",))),
    Writing("month", re.compile(rf"\b(?P<n>{MONTH}),?(?: of)? (?P<y>{YEAR})\b"), _read_month),
    Writing("month", re.compile(rf"\b(?P<n>{MONTH})\b(?! \d)"), _read_bare_month),
    Writing("quarter", re.compile(rf"\b(?:the )?(?P<q>(?i:first|second|third|fourth|last)) quarter(?: of(?: the year)?)?,? ?(?P<y>{YEAR})?\b"), _read_quarter, gate=_QUARTERS),
    Writing("quarter", re.compile(rf"\bQ(?P<q>[1-4])(?: of)?,? ?(?P<y>{YEAR})?\b"), _read_quarter, gate=_QUARTERS),
    Writing("year", re.compile(rf"\b(?P<y>{YEAR})(?=s\b|\b(?![-/]\d))"), _read_year, gate=YEARS),
    Writing("weekdays", re.compile(rf"\b(?:from |between )?(?P<w>{FULL_WEEKDAY}){DASH}(?:on )?(?P<v>{FULL_WEEKDAY})\b"), _read_weekdays, gate=WEEKDAYS),
    Writing("weekday", re.compile(rf"\b(?P<lead>(?i:last|this past|past|this coming|coming|next|this)\s{{1,99}})?(?P<w>{FULL_WEEKDAY})\b(?!,? the \d)(?: (?:morning|afternoon|evening|night))?(?P<week> (?:of )?last week)?(?: \((?P<d>\d{{1,2}})\))?"), _read_weekday, gate=WEEKDAYS),
    Writing("today", re.compile(r"\b(?i:the day before yesterday|the day after tomorrow|yesterday|tomorrow|earlier today|later today|today|tonight|this (?:morning|afternoon|evening)|last (?:night|evening))\b"), _read_today, gate=Gate(("yesterday", "tomorrow", "today", "tonight", *_TIMES_OF_DAY))),
    Writing("week", re.compile(r"\b(?i:(?:earlier |later |late |early |at the end of |at the beginning of )?(?:this|last|next|the past|the previous|the coming) (?:week|weekend)|the week before last|(?:over|at|on) the weekend|of the week)\b"), _read_week, gate=Gate(("week", "weekend"))),
    Writing("this_month", re.compile(r"\b(?i:(?:earlier |later |late |early )?(?P<lead>this|last|next|previous|past|current) month)\b"), _read_this_month, gate=Gate(("month",))),
    Writing("this_year", re.compile(r"\b(?i:(?:earlier |later |late |early )?(?P<lead>this|last|next|previous|past|current) year)\b"), _read_this_year, gate=Gate(("year",))),
    Writing("ago", re.compile(rf"\b(?P<c>(?i:{_COUNT})) (?P<u>day|week|month|year|decade)s? ago\b"), _read_ago, gate=Gate(("ago",))),
    Writing("anchored", re.compile(r"\b(?i:(?:on |the )?(?:the )?(?:next|following|previous|preceding|same) (?:day|morning|afternoon|evening|night)|the day (?:after|before)|the eve|that (?:same )?(?:day|morning|afternoon|evening))\b"), _read_anchored, is_anchored=True, gate=Gate(("day", "eve", *_TIMES_OF_DAY))),
    Writing("anchored", re.compile(rf"\b(?P<c>(?i:{_COUNT})) (?:day|week)s? (?i:later|earlier|before|after|afterwards|after that)\b"), _read_anchored, is_anchored=True, gate=Gate(("day", "days", "week", "weeks"))),
    Writing("days_of_month", re.compile(r"\b(?:[Ff]rom|[Bb]etween|[Oo]n|[Oo]ver) the (?P<a>(?:3[01]|[12]?\d)(?:st|nd|rd|th)) (?:to|and|until|till|through) the (?P<b>(?:3[01]|[12]?\d)(?:st|nd|rd|th))\b(?! [a-z]{3,40}(?:ary|ing|ion))"), _read_days_of_month, is_anchored=True, gate=NTHS),
    *DAYS_ALONE,
)  # fmt: skip
