"""Days, weeks, months, quarters and years in a row: which a span of days fills, what they are called, which label fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = {"day": 1, "week": 7}
"""Length of the periods that are counted in days."""

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Length of the others, in months."""

UNITS = (*DAYS, *MONTHS)
"""The periods, the finest first."""

MOST_DAYS, MOST_WEEKS, MOST_MONTHS, MOST_QUARTERS = 45, 40, 36, 48
"""Bars that a laptop's width still tells apart."""

MOST_BARS = 100
"""Bars of a period that was asked for; more of them are neither seen nor clicked, and weigh too much."""

MOST_LABELS = 8
"""Labels of the time axis that a phone's width still holds."""

STEPS = {
    "day": (1, 2, 5, 7, 14, 28), "week": (1, 2, 4, 8, 13, 26), "month": (1, 3, 6, 12, 24, 60, 120), "quarter": (1, 2, 4, 8, 20, 40),
    "year": (1, 2, 5, 10, 20, 50),
}  # fmt: skip
"""Periods from one label to the next; of months and longer periods each lands on the turn of the year."""


@dataclass(frozen=True)
class Periods:
    """A row of periods without gaps, counted from 0.

    Shape: `first` is the first day of period 0; `count` periods of `unit` follow each other. A week starts on Monday.
    """

    unit: str
    first: date
    count: int

    def start(self, rank: int) -> date:
        """The first day of a period."""
        if self.unit in DAYS:
            return self.first + timedelta(days=int(rank) * DAYS[self.unit])
        months = self.first.year * 12 + self.first.month - 1 + rank * MONTHS[self.unit]
        return date(months // 12, months % 12 + 1, 1)

    def end(self, rank: int) -> date:
        """The last day of a period."""
        return self.start(rank + 1) - timedelta(days=1)

    def rank(self, day: date) -> int:
        """Which period a day is in."""
        if self.unit in DAYS:
            return (day - self.first).days // DAYS[self.unit]
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return months // MONTHS[self.unit]

    def at(self, day: date) -> float:
        """Where on the axis a day begins; period n lies around n."""
        rank = self.rank(day)
        start = self.start(rank)
        return rank - 0.5 + (day - start).days / (self.start(rank + 1) - start).days

    def span(self, left: float, right: float) -> tuple[date, date]:
        """The first and the last day of the periods that a stretch of the axis touches; period n lies around n."""
        ranks = [min(max(round(edge), 0), self.count - 1) for edge in sorted((left, right))]
        return self.start(ranks[0]), self.end(ranks[1])


def covering(unit: str, days: Sequence[date]) -> Periods:
    """The periods from the earliest to the latest of these days."""
    first = opening(unit, min(days))
    return Periods(unit, first, Periods(unit, first, 1).rank(max(days)) + 1)


def opening(unit: str, day: date) -> date:
    """The first day of the period that a day is in."""
    if unit in DAYS:
        return day - timedelta(days=day.weekday()) if unit == "week" else day
    length = MONTHS[unit]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def fitting(first: date, last: date) -> str:
    """The finest period whose bars can still be told apart."""
    most = {"day": MOST_DAYS, "week": MOST_WEEKS, "month": MOST_MONTHS, "quarter": MOST_QUARTERS}
    return next((unit for unit, bars in most.items() if covering(unit, (first, last)).count <= bars), "year")


def bearable(unit: str, first: date, last: date) -> str:
    """The period that was asked for, or the next one that makes at most `MOST_BARS` bars of the span."""
    coarser = UNITS[UNITS.index(unit) :]
    return next((one for one in coarser if covering(one, (first, last)).count <= MOST_BARS), "year")


def name(unit: str, start: date) -> str:
    """`23 July 2025`, `week of 21 July 2025`, `July 2025`, `Q3 2025`, `2025`."""
    if unit in DAYS:
        day = f"{start.day} {start:%B} {start.year}"
        return f"week of {day}" if unit == "week" else day
    if unit == "month":
        return f"{start:%B} {start.year}"
    return f"Q{(start.month - 1) // 3 + 1} {start.year}" if unit == "quarter" else str(start.year)


def labels(periods: Periods) -> dict[int, str]:
    """Labels for some of the periods, the year below the first of them and below each turn of the year."""
    step = next((step for step in STEPS[periods.unit] if periods.count / step <= MOST_LABELS), STEPS[periods.unit][-1])
    ranks = [rank for rank in range(periods.count) if _since_zero(periods, rank) % step == 0]
    years = [periods.start(rank).year for rank in ranks]
    turns = [at == 0 or year != years[at - 1] for at, year in enumerate(years)]
    return {rank: _label(periods, rank, with_year=turn) for rank, turn in zip(ranks, turns, strict=True)}


def _since_zero(periods: Periods, rank: int) -> int:
    if periods.unit in DAYS:
        return rank
    start = periods.start(rank)
    return (start.year * 12 + start.month - 1) // MONTHS[periods.unit]


def _label(periods: Periods, rank: int, *, with_year: bool) -> str:
    start = periods.start(rank)
    if periods.unit == "year":
        return str(start.year)
    if periods.unit in DAYS:
        short = f"{start.day} {start:%b}"
    else:
        short = f"{start:%b}" if periods.unit == "month" else f"Q{(start.month - 1) // 3 + 1}"
    return f"{short}<br>{start.year}" if with_year else short
