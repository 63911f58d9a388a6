"""More or fewer than before: the ratio of two small counts, with the interval that it may lie in.

Source: the exact conditional test of two Poisson counts (Przyborowski and Wilenski 1940, Biometrika 31, 313-323): given
their sum, one count is binomial; the interval is that of Clopper and Pearson (1934, Biometrika 26, 404-413). The incomplete
beta function is computed by its continued fraction (Abramowitz and Stegun 26.5.8), with the method of Lentz.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

CONFIDENCE = 0.95
WINDOWS = {"previous": 1, "mean12": 12}
"""How many periods before it each period is compared with."""

_TINY, _EPSILON, _MOST_TERMS, _HALVINGS = 1e-300, 1e-14, 100_000, 60


@dataclass(frozen=True)
class Ratio:
    """How many times as many; `value` and `high` are infinite where there were none before."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves 1 out."""
        return self.low > 1 or self.high < 1


def ratio(count: int, before: int, *, times_longer: float = 1.0) -> Ratio | None:
    """How many times as many events as before, in the same length of time; None if there were none in either.

    Shape: `times_longer` is how many times as long the time is in which `before` was counted.
    Rules: the events come independently of each other. 95 per cent of such intervals hold the true ratio, or more.
    """
    if count + before == 0:
        return None
    low, high = (_odds(bound) * times_longer for bound in proportion(count, count + before))
    return Ratio(_odds(count / (count + before)) * times_longer, low, high)


@lru_cache(maxsize=4096)
def proportion(successes: int, trials: int) -> tuple[float, float]:
    """The interval of Clopper and Pearson for a share."""
    tail, failures = (1 - CONFIDENCE) / 2, trials - successes
    low = _beta_quantile(tail, successes, failures + 1) if successes else 0.0
    high = _beta_quantile(1 - tail, successes + 1, failures) if failures else 1.0
    return low, high


def changes(counts: Sequence[int], against: str) -> pd.DataFrame:
    """Each period against the one before it, or against the mean of the twelve before it.

    Shape: one row a period that has enough periods before it: rank, count, before_count (the sum over the periods before),
    ratio, low, high, is_clear; ratio, low and high are missing where there is nothing to compare.
    """
    window = WINDOWS[against]
    rows = [_change(counts, rank, window) for rank in range(window, len(counts))]
    columns = ["rank", "count", "before_count", "ratio", "low", "high", "is_clear"]
    return pd.DataFrame(rows, columns=columns)


def _change(counts: Sequence[int], rank: int, window: int) -> tuple[int, int, int, float, float, float, bool]:
    before = sum(counts[rank - window : rank])
    found = ratio(counts[rank], before, times_longer=window)
    if found is None:
        return rank, 0, 0, math.nan, math.nan, math.nan, False
    return rank, counts[rank], before, found.value, found.low, found.high, found.is_clear


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _beta_quantile(probability: float, a: float, b: float) -> float:
    """Where the beta distribution has this much below it, by halving; `incomplete_beta` grows with its first argument."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if incomplete_beta(middle, a, b) < probability else (low, middle)
    return (low + high) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a / _continued_fraction(x, a, b)


def _continued_fraction(x: float, a: float, b: float) -> float:
    value, upper, lower = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        step = _coefficient(term, x, a, b)
        lower = 1 / _nonzero(1 + step * lower)
        upper = _nonzero(1 + step / upper)
        value *= upper * lower
        if abs(upper * lower - 1) < _EPSILON:
            break
    return value


def _coefficient(term: int, x: float, a: float, b: float) -> float:
    half = term // 2
    if term % 2:
        return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
    return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
