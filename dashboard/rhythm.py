"""What comes back at a regular interval: the interval, what is missing in between, and when the next is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

INTERVALS = {
    "every two years": 730.5, "yearly": 365.25, "half-yearly": 182.6, "quarterly": 91.3, "every two months": 60.9,
    "monthly": 30.44, "fortnightly": 14.0, "weekly": 7.0,
}  # fmt: skip
"""The rhythms that are looked for, the slowest first, in days."""

LEEWAY = 0.25
"""Share of the interval by which one occasion may be early or late: a yearly forum moves by a season at the most."""

LEAST_OCCASIONS = 3
"""Two dates have a distance, not a rhythm."""

LEAST_REGULAR = 0.5
"""Share of the distances that must be one interval; the others are a whole number of them, with gaps."""


@dataclass(frozen=True)
class Rhythm:
    """A rhythm that was recognised. *Units*: days."""

    name: str
    days: float

    def steps(self, distance: int) -> int | None:
        """How many intervals a distance is, or None if it is not near a whole number of them."""
        count = round(distance / self.days)
        return count if count and abs(distance - count * self.days) <= LEEWAY * self.days else None

    def due(self, last: date) -> tuple[date, date]:
        """The first and the last day on which the next occasion is expected."""
        early, late = self.days * (1 - LEEWAY), self.days * (1 + LEEWAY)
        return last + timedelta(days=round(early)), last + timedelta(days=round(late))


def rhythm_of(days: Sequence[date]) -> Rhythm | None:
    """The slowest rhythm that these days keep, or None.

    Rules: at least `LEAST_OCCASIONS` different days; each distance between two that follow each other is a whole number of
    intervals, give or take `LEEWAY` of one, and at least `LEAST_REGULAR` of the distances are exactly one.
    """
    distances = [(after - before).days for before, after in pairwise(sorted(set(days)))]
    if len(distances) < LEAST_OCCASIONS - 1:
        return None
    rhythms = (Rhythm(name, length) for name, length in INTERVALS.items())
    return next((rhythm for rhythm in rhythms if _keeps(rhythm, distances)), None)


def missing(days: Sequence[date], rhythm: Rhythm, until: date) -> tuple[date, ...]:
    """The days around which an occasion is missing: between two others, or after the last one and overdue on `until`."""
    ordered = sorted(set(days))
    gaps = [
        before + (after - before) * step / count
        for before, after in pairwise(ordered)
        for count in [rhythm.steps((after - before).days) or 1]
        for step in range(1, count)
    ]
    latest = ordered[-1]
    while rhythm.due(latest)[1] < until:
        latest += timedelta(days=round(rhythm.days))
        gaps.append(latest)
    return tuple(gaps)


def _keeps(rhythm: Rhythm, distances: Sequence[int]) -> bool:
    steps = [rhythm.steps(distance) for distance in distances]
    return None not in steps and steps.count(1) >= LEAST_REGULAR * len(steps)
