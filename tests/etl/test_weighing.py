from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.etl.weighing import likeliest, score, weights_of


@dataclass(frozen=True)
class Answer:
    value: str
    features: frozenset[str]


def answer(value: str, *features: str) -> Answer:
    return Answer(value, frozenset(features))


WEIGHTS = {"own": 2.0, "headline": 1.5, "background": -2.0}


def test_a_feature_without_a_weight_says_nothing() -> None:
    assert score(["own", "never seen"], WEIGHTS) == 2.0


def test_options_of_one_value_count_together() -> None:
    """Twice in the headline outweighs once in the sentence: exp(1.5) + exp(1.5) is more than exp(2)."""
    options = [answer("Baku", "own"), answer("Tartu", "headline"), answer("Tartu", "headline", "x")]
    assert likeliest(options, lambda option: option.value, WEIGHTS) is options[1]


def test_the_best_option_of_the_chosen_value_is_given() -> None:
    options = [answer("Tartu", "background"), answer("Tartu", "own")]
    assert likeliest(options, lambda option: option.value, WEIGHTS) is options[1]


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=6))
def test_of_equal_values_the_first_wins(values: list[str]) -> None:
    options = [answer(f"{value}{index}") for index, value in enumerate(values)]
    assert likeliest(options, lambda option: option.value, {}) is options[0]


@pytest.mark.parametrize("name", ["site", "date"])
def test_the_shipped_weights_are_numbers_that_nobody_need_fear(name: str) -> None:
    assert max(abs(weight) for weight in weights_of(name).values()) < 10
