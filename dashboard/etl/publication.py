"""When a document was published, and which words of it say so.

Rules: the first of these that is there: the stamp `date 2024-03-18` that opens a document (`stamp`); a line `Published …`
(`published`); a dateline with a whole date (`dateline`); a date in the address (`address`); a masthead such as `July 2025`,
`No. 19 | August 2024` (`masthead`); a line further down that is only a date (`lines`); the row of the document in
`sources.csv`; and at last the latest year that the text names as past (`latest_year`). A publication date dates the document,
never an event by itself.

A page or an e-mail that declares its own date (`metadata`) needs no search: only what a reader sees at the head of its
text goes before it (a stamp, a `Published` line, a dateline: a forwarded mail is dated by what it forwards), and so does
`sources.csv`, by which a wrong declaration is mended. Addresses and lines are not asked: a mail is full of other dates.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.edtf import EventDate, day
from dashboard.etl.calendar_words import (
    DASH,
    DAY,
    MONTH,
    ROMAN_MONTHS,
    WEEKDAY,
    YEAR,
    day_number,
    month_number,
    real_date,
    span_of_days,
    whole_month,
    whole_year,
)
from dashboard.etl.clean import clean
from dashboard.etl.read import Document
from dashboard.etl.stretches import around_words, small_letters

_DATE = (
    rf"(?:(?P<y1>{YEAR})[-./](?P<m1>\d{{1,2}})[-./](?P<d1>\d{{1,2}})"
    rf"|(?P<d2>{DAY})(?: of)?[ -](?P<n2>{MONTH}),?[ -](?P<y2>{YEAR})"
    rf"|(?P<n3>{MONTH}) (?P<d3>{DAY}),? (?P<y3>{YEAR})"
    rf"|(?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[./](?P<y4>{YEAR})"
    rf"|(?P<d5>\d{{1,2}})[./ ]{{1,2}}(?P<m5>VIII|VII|VI|IV|V|IX|XII|XI|X|III|II|I)[./ ]{{1,2}}(?P<y5>{YEAR}))(?!\d)"
)
_WORDS = r"(?:published|posted|date|dated|updated|issued|released|release date|publication date|date of publication|created|uploaded|first published|last updated)"

_STAMP = re.compile(rf"\s{{0,3}}date (?P<whole>(?P<y1>{YEAR})-(?P<m1>\d{{2}})(?:-(?P<d1>\d{{2}}))?)")
_PUBLISHED = re.compile(rf"(?i:\b{_WORDS}\b)(?: on| in the [\w ]{{1,40}},| at)?:? ?(?:{WEEKDAY},? )?(?P<whole>{_DATE})")
_PUBLISHED_IN = re.compile(rf"(?i:\bpublished in)[^\n\d]{{1,60}}?(?P<whole>{_DATE})")
_ADDRESS = re.compile(
    rf"https?://[^\s]{{1,200}}?/(?P<whole>(?P<y1>{YEAR})[/-](?P<m1>\d{{1,2}})[/-](?P<d1>\d{{1,2}}))(?!\d)"
)
_DATELINE = re.compile(rf"(?P<whole>{_DATE})")
_RANGE_LINE = re.compile(
    rf"(?P<whole>(?P<a>{DAY})(?: (?P<m>{MONTH}))?{DASH}(?P<b>{DAY}) (?P<n>{MONTH}),? (?P<y>{YEAR})"
    rf"|(?P<y3>{YEAR}),? \((?P<a3>{DAY})(?: (?P<m3>{MONTH}))?{DASH}(?P<b3>{DAY}) (?P<n3>{MONTH})\)"
    rf"|(?P<n2>{MONTH}) (?P<a2>{DAY}){DASH}(?:(?P<m2>{MONTH}) )?(?P<b2>{DAY}),? (?P<y2>{YEAR}))"
)
_MONTH_LINE = re.compile(rf"(?P<whole>(?P<n>{MONTH})(?:{DASH}(?P<n_last>{MONTH}))?,? (?P<y>{YEAR}))")

_PAST_YEAR = re.compile(
    rf"(?<!by )(?<!until )(?<!to )(?<!before )(?<!through )(?<!beyond )(?<!for )(?<![\w/-]){YEAR}(?![\w/-])"
)

LATEST_YEAR = "latest_year"
_SAYS_PUBLISHED = ("publi", "posted", "date", "issued", "released", "created", "uploaded")
_LONGEST_STAMP = 140
_MASTHEAD_LINES = 14
_SHORT_LINE = 150
_YEAR_LINE = re.compile(r"(?m:^)[^\n]{0,600}?(?:19|20)[^\n]*")
_LONGEST_REST = 115
_OPENING_CHARACTERS = 900


@dataclass(frozen=True, slots=True)
class Publication:
    """When the document came out.

    Shape: `start` and `end` are the span that says so; both are -1 where `sources.csv` or the file's metadata says it, or nothing does.
    """

    date: EventDate | None
    start: int = -1
    end: int = -1
    rule: str = "none"

    @property
    def span(self) -> tuple[tuple[int, int], ...]:
        return ((self.start, self.end),) if self.start >= 0 else ()

    @property
    def stand_in(self) -> EventDate | None:
        """The date that stands in for an event without one of its own: nothing where only a year is known by its mention."""
        return None if self.rule == LATEST_YEAR else self.date

    @property
    def last_day(self) -> datetime.date | None:
        return self.date.end if self.date else None


def find_publication(document: Document, view: str) -> Publication:
    """The publication date of a document; `view` is its text, cleaned."""
    finders = (
        (_stamp, _published, _dateline) if document.declared else (_stamp, _published, _dateline, _address, _lines)
    )
    searched = view[:_OPENING_CHARACTERS] if document.declared else view
    found = next(filter(None, (find(searched) for find in finders)), None)
    if found:
        return found
    if document.published:
        return Publication(document.published, rule="sources.csv")
    if document.declared:
        return Publication(document.declared, rule="metadata")
    return _latest_year(view) or Publication(None)


def publication_of(document: Document) -> Publication:
    """The publication date of a document that is not analysed otherwise: about a millisecond for 3 kB."""
    return find_publication(document, clean(document.text))


def _stamp(view: str) -> Publication | None:
    found = _STAMP.match(view)
    return _publication(found, "stamp") if found else None


def _published(view: str) -> Publication | None:
    stretches = around_words(small_letters(view), _SAYS_PUBLISHED, _LONGEST_STAMP)
    for pattern in (_PUBLISHED, _PUBLISHED_IN):
        for low, high in stretches:
            found = pattern.search(view, low, high)
            if found:
                return _publication(found, "published")
    return None


def _dateline(view: str) -> Publication | None:
    """A whole date in the first words of a paragraph, before a dash or in brackets."""
    for line in re.finditer(r"[^\n]{80,}", view[:_OPENING_CHARACTERS]):
        found = _DATELINE.search(view, line.start(), line.start() + 90)
        if found and re.match(r"[ ]?\)?[ ]?(?:-|\u2014|:|\(|/)", view[found.end() : found.end() + 3]):
            return _publication(found, "dateline")
    return None


def _address(view: str) -> Publication | None:
    found = _ADDRESS.search(view)
    return _publication(found, "address") if found else None


def _lines(view: str) -> Publication | None:
    """A short line of the masthead with a date, a range of days or a month; at last a short line anywhere."""
    lines = [line for line in _YEAR_LINE.finditer(view) if len(" ".join(line.group().split())) <= _SHORT_LINE]
    body_start = _line_start(view, _MASTHEAD_LINES)
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], EventDate | None]], ...] = (
        (_RANGE_LINE, _range), (_DATELINE, _whole), (_MONTH_LINE, _month))  # fmt: skip
    head = [line for line in lines if line.start() < body_start]
    for part, rule in ((head, "masthead"), (lines, "lines")):
        for pattern, read in readers:
            for line in part:
                found = pattern.search(view, line.start(), line.end())
                value = read(found) if found else None
                if found and value and _stands_alone(line, found):
                    return Publication(value, found.start("whole"), found.end("whole"), rule)
    return None


def _line_start(view: str, number: int) -> int:
    """Where the line of a number begins, counted from 0; behind the text if it has fewer lines."""
    start = 0
    for _ in range(number):
        start = view.find("\n", start) + 1
        if not start:
            return len(view)
    return start


def _latest_year(view: str) -> Publication | None:
    """The latest year of a whole date; without one the latest year that is not said to be ahead (`by 2030`)."""
    whole = [(value.start.year, found) for found in _DATELINE.finditer(view) if (value := _whole(found))]
    past = [(int(found.group()), found) for found in _PAST_YEAR.finditer(view)]
    year, found = max(whole or past, key=_year_of, default=(0, None))
    if found is None:
        return None
    start = found.start() + found.group().find(str(year))
    return Publication(whole_year(year), start, start + 4, LATEST_YEAR)


def _year_of(pair: tuple[int, re.Match[str]]) -> int:
    return pair[0]


def _stands_alone(line: re.Match[str], found: re.Match[str]) -> bool:
    """Whether the line is a masthead or a stamp, not a sentence that happens to hold a date."""
    text = " ".join(line.group().split())
    rest = len(text) - (found.end("whole") - found.start("whole"))
    return (
        text[-1:] not in ".!?"
        and rest <= _LONGEST_REST
        and not re.search(r"\b(?:was|were|is|are|has|have|had|will|would|did)\b", text)
    )


def _publication(found: re.Match[str], rule: str) -> Publication | None:
    value = _whole(found)
    return Publication(value, found.start("whole"), found.end("whole"), rule) if value else None


def _whole(found: re.Match[str]) -> EventDate | None:
    group = found.groupdict()
    if group.get("y1") and group.get("d1") is None:
        month = int(group["m1"] or 0)
        return whole_month(int(group["y1"] or 0), month) if 1 <= month <= 12 else None
    if group.get("y5"):
        return _day(int(group["y5"] or 0), ROMAN_MONTHS[group["m5"] or ""], int(group["d5"] or 0))
    for year, named_month, number in (("y1", "m1", "d1"), ("y2", "n2", "d2"), ("y3", "n3", "d3"), ("y4", "m4", "d4")):
        if group.get(year):
            written = group[named_month] or ""
            named = month_number(written) if named_month.startswith("n") else int(written)
            return _day(int(group[year] or 0), named, day_number(group[number] or ""))
    return None


def _day(year: int, month: int, number: int) -> EventDate | None:
    value = real_date(year, month, number) or real_date(year, number, month)
    return day(value) if value else None


def _range(found: re.Match[str]) -> EventDate | None:
    group = found.groupdict()
    suffix = "2" if group["n2"] else "3" if group["n3"] else ""
    year, last = int(group[f"y{suffix}"] or 0), month_number(group["n" + suffix] or "")
    other = month_number(group["m" + suffix] or "") if group["m" + suffix] else last
    first_month, last_month = (last, other) if suffix == "2" else (other, last)
    start = real_date(year, first_month, day_number(group["a" + suffix] or ""))
    end = real_date(year, last_month, day_number(group["b" + suffix] or ""))
    return span_of_days(start, end) if start and end and start <= end else None


def _month(found: re.Match[str]) -> EventDate | None:
    year, first = int(found["y"]), month_number(found["n"])
    last = month_number(found["n_last"]) if found["n_last"] else first
    if last == first:
        return whole_month(year, first)
    start, end = whole_month(year, first), whole_month(year, last)
    return (
        EventDate(start.start, end.end, "interval", end_precisions=("month", "month"))
        if start.end < end.start
        else None
    )


def days_from(publication: Publication, value: EventDate) -> int | None:
    """Days from an event to the publication: negative if the event is later; 0 inside the published month or week."""
    if publication.date is None:
        return None
    if value.start > publication.date.end:
        return -(value.start - publication.date.end) // datetime.timedelta(days=1)
    return max(0, (publication.date.start - value.end) // datetime.timedelta(days=1))
