"""Choosing between options by a linear model: each option has features by name, each feature a weight.

Rules: the weights of a choice stand in `data/reference/NAME_weights.csv` and are log-odds up to a constant; a feature
without a weight says nothing; options of one value count together.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Protocol, TypeVar

from dashboard.etl.lexicons import lexicon


class Option(Protocol):
    """One of several answers, and what speaks for it and against it."""

    @property
    def features(self) -> frozenset[str]: ...


Chosen = TypeVar("Chosen", bound=Option)
Value = TypeVar("Value")


@cache
def weights_of(name: str) -> Mapping[str, float]:
    """The weights of one choice: `site`, `date` or `sector`."""
    rows = lexicon(f"{name}_weights", ["feature", "weight"], key=["feature"])
    return {row["feature"]: float(row["weight"]) for row in rows}


def score(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """How much speaks for an option."""
    return sum([weights.get(name, 0.0) for name in features])


def likeliest(options: Sequence[Chosen], value: Callable[[Chosen], Value], weights: Mapping[str, float]) -> Chosen:
    """The best option of the value whose options together are the likeliest; of equal ones the first."""
    scores = [score(option.features, weights) for option in options]
    together: dict[Value, float] = defaultdict(float)
    for option, of_option in zip(options, scores, strict=True):
        together[value(option)] += math.exp(of_option)
    chosen = max(together, key=together.__getitem__)
    best = max((of_option, -index) for index, of_option in enumerate(scores) if value(options[index]) == chosen)
    return options[-best[1]]
