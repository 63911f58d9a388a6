"""Counts in classes: round numbers from which on a mark has the next, stronger colour."""

from bisect import bisect_right
from collections.abc import Sequence

from dashboard.charts.legend import Entry
from dashboard.charts.theme import Theme, mixed

MOST_CLASSES = 5
"""As many shades of one colour as a reader tells apart. Source: Brewer, ColorBrewer (2003): five to seven."""

SERIES = (((1, 2, 5), 10), ((1, 5), 10), ((1,), 10), ((1,), 100), ((1,), 1000))
"""Round numbers, from close to far apart: what each step is multiplied by, and the step. Counts of events are skewed, so the
classes grow."""

PALEST = 0.3
"""Share of the colour in the first class."""


def breaks(least: int, most: int) -> tuple[int, ...]:
    """The least count of each class, for counts from `least` to `most`: the finest series that has at most `MOST_CLASSES`."""
    lows: list[int] = []
    for factors, step in SERIES:
        lows = _between(factors, step, least, most)
        if len(lows) <= MOST_CLASSES:
            break
    return tuple(lows)


def _between(factors: Sequence[int], step: int, least: int, most: int) -> list[int]:
    """The numbers of a series up to `most`, from the last that is not above `least`."""
    lows, power = [], 1
    while power <= most:
        lows += [factor * power for factor in factors if factor * power <= most]
        power *= step
    return lows[bisect_right(lows, least) - 1 :]


def class_of(count: int, lows: Sequence[int]) -> int:
    """The class of a count, 0 for the first."""
    return bisect_right(lows, count) - 1


def colors(lows: Sequence[int], look: Theme) -> list[str]:
    """A colour a class, from pale to the theme's own."""
    shares = [1 - (1 - PALEST) * (len(lows) - 1 - rank) / max(len(lows) - 1, 1) for rank in range(len(lows))]
    return [mixed(look.accent, look.land, share) for share in shares]


def entries(lows: Sequence[int], look: Theme, mark: str) -> list[Entry]:
    """What the colours mean."""
    return [Entry(mark, label, color) for label, color in zip(labels(lows), colors(lows, look), strict=True)]


def labels(lows: Sequence[int]) -> list[str]:
    """`1`, `2–4`, `5 or more`; what is counted is said once, by the first."""
    ends = [next_low - 1 for next_low in lows[1:]]
    ranges = [f"{low:,}" if low == end else f"{low:,}–{end:,}" for low, end in zip(lows, ends, strict=False)]
    last = f"{lows[-1]:,} or more"
    first, *rest = [*ranges, last]
    return [f"{first} {'event' if first == '1' else 'events'}", *rest]
