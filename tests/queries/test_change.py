"""The interval of a ratio of two counts, against values that others computed."""

import math

import pytest

from dashboard.queries.change import changes, proportion, ratio


@pytest.mark.parametrize(("successes", "trials", "interval"), [
    (682, 925, (0.7076683, 0.7654066)),  # Mendel's peas, in the help of R's binom.test
    (3, 4, (0.1941204, 0.9936905)),
    (0, 4, (0.0, 1 - 0.025 ** 0.25)),
])  # fmt: skip
def test_a_share_has_the_interval_of_clopper_and_pearson(
    successes: int, trials: int, interval: tuple[float, float]
) -> None:
    assert proportion(successes, trials) == pytest.approx(interval, abs=1e-6)


def test_a_ratio_of_two_rates_has_the_interval_that_r_gives() -> None:
    found = ratio(11, 21, times_longer=(1083 + 1050 + 878) / 800)  # the help of R's poisson.test
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.8584264, 4.2772659), abs=1e-5)


def test_three_against_one_tells_nothing_and_thirty_against_ten_does() -> None:
    few, many = ratio(3, 1), ratio(30, 10)
    assert few is not None
    assert many is not None
    assert (few.is_clear, many.is_clear) == (False, True)


def test_where_there_were_none_the_ratio_has_no_upper_end_and_none_against_none_no_ratio() -> None:
    found = ratio(3, 0)
    assert found is not None
    assert math.isinf(found.high)
    assert ratio(0, 0) is None


def test_a_period_is_compared_only_when_enough_stand_before_it() -> None:
    assert changes([1] * 12, "mean12").empty
    (row,) = changes([1] * 12 + [3], "mean12").to_dict("records")
    assert (row["rank"], row["count"], row["before_count"], row["ratio"]) == (12, 3, 12, pytest.approx(3))
