"""A line of days on which long stretches without events are folded, so that the busy months get the room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FOLD_MONTHS = 3
"""Empty months in a row from which on they are folded."""

FOLD_SHARE, ALL_FOLDS_SHARE = 6.0, 30.0
"""Per cent of the line that one fold takes, and that all of them may take."""

MONTH_LABEL_SHARE, SHORT_LABEL_SHARE = 45.0, 6.0
"""Per cent of the line that a month needs for `July 2025`, and for `Jul`."""

DAYS_SHARE = 24.0
"""Per cent of the line from which on a month has marks for single days."""

DAY_LABELS = {10: "", 20: "20"}
"""The days that are marked; the first has no label, since the month's own stands there."""


@dataclass(frozen=True)
class Stretch:
    """Days in a row (both inclusive) with their place on the line, in per cent."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day of the stretch begins."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True)
class Tick:
    """The first day of a month, or a day in it: where, and its label (none where there is no room)."""

    left: float
    label: str
    is_month: bool = True


@dataclass(frozen=True)
class Fold:
    """Empty months that take less room than they last."""

    left: float
    right: float
    month_count: int


@dataclass(frozen=True)
class Scale:
    """The line: stretches in order, with a fold between each two."""

    stretches: tuple[Stretch, ...]

    @property
    def folds(self) -> tuple[Fold, ...]:
        """What lies between the stretches."""
        return tuple(
            Fold(before.right, after.left, _months_between(before.last, after.first))
            for before, after in pairwise(self.stretches)
        )

    def left(self, day: date) -> float:
        """Where a day begins; a day in a fold lies where the fold begins, one outside at the line's end."""
        reached = 0.0
        for stretch in self.stretches:
            if day <= stretch.last:
                return stretch.at(day) if day >= stretch.first else reached
            reached = stretch.right
        return reached

    def right(self, day: date) -> float:
        """Where a day ends; a day in a fold ends where the fold ends, one outside at the line's end."""
        for stretch in self.stretches:
            if day <= stretch.last:
                return stretch.at(day + timedelta(days=1)) if day >= stretch.first else stretch.left
        return self.stretches[-1].right

    def ticks(self) -> tuple[Tick, ...]:
        """The months, labelled as far as they have room."""
        return tuple(tick for stretch in self.stretches for tick in _ticks(stretch))


def scale(spans: Iterable[tuple[date, date]]) -> Scale:
    """A line that holds these spans of days (both inclusive); at least one.

    Rules: it runs over whole months; months that no span touches are folded when there are `FOLD_MONTHS` or more in a
    row; all other days are equally long.
    """
    runs = _runs(sorted({month for first, last in spans for month in _months(first, last)}))
    folds = len(runs) - 1
    fold = min(FOLD_SHARE, ALL_FOLDS_SHARE / folds) if folds else 0.0
    days = [(last - first).days + 1 for first, last in runs]
    share = (100.0 - fold * folds) / sum(days)
    stretches, left = [], 0.0
    for (first, last), count in zip(runs, days, strict=True):
        stretches.append(Stretch(first, last, left, left + count * share))
        left += count * share + fold
    return Scale(tuple(stretches))


def _months(first: date, last: date) -> Iterable[int]:
    return range(_number(first), _number(last) + 1)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _runs(months: Sequence[int]) -> list[tuple[date, date]]:
    """The first and the last day of each run of months that no fold interrupts."""
    cuts = [rank for rank in range(1, len(months)) if months[rank] - months[rank - 1] > FOLD_MONTHS]
    edges = pairwise([0, *cuts, len(months)])
    return [(_first_day(months[start]), _first_day(months[end - 1] + 1) - timedelta(days=1)) for start, end in edges]


def _months_between(before: date, after: date) -> int:
    return _number(after) - _number(before) - 1


def _ticks(stretch: Stretch) -> list[Tick]:
    firsts = [_first_day(month) for month in _months(stretch.first, stretch.last)]
    share = (stretch.right - stretch.left) / len(firsts)
    every = next((step for step in (1, 3, 6, 12, 24, 60) if step * share >= SHORT_LABEL_SHARE), 120)
    months = [
        Tick(stretch.at(day), _label(day, share, is_first=rank == 0) if rank % every == 0 else "")
        for rank, day in enumerate(firsts)
    ]
    return months + [tick for day in firsts for tick in _days(stretch, day) if share >= DAYS_SHARE]


def _days(stretch: Stretch, first: date) -> list[Tick]:
    return [Tick(stretch.at(first.replace(day=day)), label, is_month=False) for day, label in DAY_LABELS.items()]


def _label(day: date, share: float, *, is_first: bool) -> str:
    if share >= MONTH_LABEL_SHARE:
        return f"{day:%B} {day.year}"
    return f"{day:%b} {day.year}" if is_first or day.month == 1 else f"{day:%b}"
