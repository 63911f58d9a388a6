"""What one way of writing a date is, and what a date in a text counts from."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dashboard.edtf import EventDate
from dashboard.etl.calendar_words import real_date
from dashboard.etl.publication import Publication


@dataclass(frozen=True, slots=True)
class Base:
    """What a relative date counts from: the publication, and the days already named in the text."""

    publication: Publication
    named: Sequence[tuple[int, date, tuple[int, int]]] = ()
    looks_ahead: bool = False
    """Whether the words before the expression speak of what is to come."""

    @property
    def today(self) -> date | None:
        """The day of publication; of an issue of up to ten days its last day; else none."""
        published = self.publication.date
        if published is None or (published.end - published.start).days > 10:
            return None
        return published.end

    @property
    def middle(self) -> date | None:
        published = self.publication.date
        return published.start + (published.end - published.start) / 2 if published else None

    def before(self, offset: int) -> tuple[int, date, tuple[int, int]] | None:
        """The last day named before an offset."""
        index = bisect_right(self.named, offset, key=_offset)
        return self.named[index - 1] if index else None


def _offset(named: tuple[int, date, tuple[int, int]]) -> int:
    return named[0]


class Reading(NamedTuple):
    """What one expression means: the date, how it is based, and the spans that lent a part of it."""

    date: EventDate
    basis: str
    lent: tuple[tuple[int, int], ...] = ()


DAY_FIRST, MONTH_FIRST, MONTH_ALONE, ORDINAL_FIRST, ORDINAL_BEHIND = (
    "day_first", "month_first", "month_alone", "ordinal_first", "ordinal_behind")  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """The words (folded, as shell patterns where they hold figures) one of which stands in every date of a writing, and the most characters that such
    a date has, with what its pattern looks at behind it: the pattern is only tried around such a word."""

    words: tuple[str, ...]
    reach: int = 60


Reader = Callable[[re.Match[str], Base], Reading | None]


@dataclass(frozen=True, slots=True)
class Writing:
    """One way of writing a date: its name, its pattern, and what it means."""

    rule: str
    pattern: re.Pattern[str]
    read: Reader
    is_anchored: bool = False
    gate: Gate | None = None
    """Where it can stand; none: around the name of a month."""
    month: str = MONTH_ALONE
    """Where the month stands in it: behind its day, before it, or without one; the day in figures or in words."""


def day_in_year(
    month: int, number: int, written: str | None, base: Base
) -> tuple[date | None, tuple[tuple[int, int], ...]]:
    """The day in the written year, or in the year that brings it nearest to the publication; and what lent the year."""
    if written:
        return real_date(int(written), month, number), ()
    middle = base.middle
    if middle is None:
        return None, ()
    years = (middle.year - 1, middle.year, middle.year + 1)
    days = [value for value in (real_date(year, month, number) for year in years) if value]
    if not days:
        return None, ()
    return min(days, key=lambda value: (abs((value - middle).days), value > middle)), base.publication.span
