"""Months, quarters and years in a row: which a span of days fills, what they are called, which label fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Length of each period, in months."""

MOST_MONTHS, MOST_QUARTERS = 36, 48
"""Bars that a laptop's width still tells apart."""

MOST_LABELS = 8
"""Labels of the time axis that a phone's width still holds."""

STEPS = {"month": (1, 3, 6, 12, 24, 60, 120), "quarter": (1, 2, 4, 8, 20, 40), "year": (1, 2, 5, 10, 20, 50)}
"""Periods from one label to the next; each lands on the turn of the year."""


@dataclass(frozen=True)
class Periods:
    """A row of periods without gaps, counted from 0.

    Shape: `first` is the first day of period 0; `count` periods of `unit` (month, quarter or year) follow each other.
    """

    unit: str
    first: date
    count: int

    def start(self, rank: int) -> date:
        """The first day of a period."""
        months = self.first.year * 12 + self.first.month - 1 + rank * MONTHS[self.unit]
        return date(months // 12, months % 12 + 1, 1)

    def end(self, rank: int) -> date:
        """The last day of a period."""
        return self.start(rank + 1) - timedelta(days=1)

    def rank(self, day: date) -> int:
        """Which period a day is in."""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return months // MONTHS[self.unit]

    def span(self, left: float, right: float) -> tuple[date, date]:
        """The first and the last day of the periods that a stretch of the axis touches; period n lies around n."""
        ranks = [min(max(round(edge), 0), self.count - 1) for edge in sorted((left, right))]
        return self.start(ranks[0]), self.end(ranks[1])


def covering(unit: str, days: Sequence[date]) -> Periods:
    """The periods from the earliest to the latest of these days."""
    earliest, latest = min(days), max(days)
    length = MONTHS[unit]
    first = date(earliest.year, (earliest.month - 1) // length * length + 1, 1)
    return Periods(unit, first, Periods(unit, first, 1).rank(latest) + 1)


def fitting(first: date, last: date) -> str:
    """The finest period whose bars can still be told apart."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_MONTHS:
        return "month"
    return "quarter" if months / 3 <= MOST_QUARTERS else "year"


def name(unit: str, start: date) -> str:
    """`July 2025`, `Q3 2025`, `2025`."""
    if unit == "month":
        return f"{start:%B} {start.year}"
    return f"Q{(start.month - 1) // 3 + 1} {start.year}" if unit == "quarter" else str(start.year)


def labels(periods: Periods) -> dict[int, str]:
    """Labels for some of the periods, the year below the first of them and below each turn of the year."""
    step = next((step for step in STEPS[periods.unit] if periods.count / step <= MOST_LABELS), STEPS[periods.unit][-1])
    ranks = [rank for rank in range(periods.count) if _since_zero(periods, rank) % step == 0]
    return {rank: _label(periods, rank, is_first=rank == ranks[0]) for rank in ranks}


def _since_zero(periods: Periods, rank: int) -> int:
    start = periods.start(rank)
    return (start.year * 12 + start.month - 1) // MONTHS[periods.unit]


def _label(periods: Periods, rank: int, *, is_first: bool) -> str:
    start = periods.start(rank)
    if periods.unit == "year":
        return str(start.year)
    short = f"{start:%b}" if periods.unit == "month" else f"Q{(start.month - 1) // 3 + 1}"
    return f"{short}<br>{start.year}" if is_first or start.month == 1 else short
