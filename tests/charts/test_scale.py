from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.scale import scale

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
    min_size=1,
    max_size=30,
)
SHIPPED = [
    (date(2024, 5, 7), date(2024, 5, 8)),
    (date(2025, 7, 1), date(2025, 7, 31)),
    (date(2025, 11, 1), date(2025, 11, 1)),
]


def test_long_empty_stretches_are_folded_and_say_how_long_they_are() -> None:
    line = scale(SHIPPED)
    assert [(stretch.first, stretch.last) for stretch in line.stretches] == [
        (date(2024, 5, 1), date(2024, 5, 31)), (date(2025, 7, 1), date(2025, 7, 31)), (date(2025, 11, 1), date(2025, 11, 30)),
    ]  # fmt: skip
    assert [fold.month_count for fold in line.folds] == [13, 3]


def test_a_month_fills_its_stretch_and_a_day_a_part_of_it() -> None:
    line = scale(SHIPPED)
    july = line.stretches[1]
    assert (line.left(date(2025, 7, 1)), line.right(date(2025, 7, 31))) == pytest.approx((july.left, july.right))
    assert line.right(date(2025, 7, 10)) - line.left(date(2025, 7, 10)) == pytest.approx((july.right - july.left) / 31)


def test_what_lies_in_a_fold_fills_it() -> None:
    line = scale(SHIPPED)
    first, second = line.folds
    assert (line.left(date(2024, 9, 1)), line.right(date(2024, 12, 31))) == (first.left, first.right)
    assert (line.left(date(2025, 1, 1)), line.right(date(2025, 12, 31))) == (first.left, line.stretches[-1].right)
    assert second.left == line.right(date(2025, 7, 31))


def test_two_empty_months_are_not_folded() -> None:
    assert scale([(date(2025, 1, 5), date(2025, 1, 5)), (date(2025, 4, 5), date(2025, 4, 5))]).folds == ()


@given(SPANS)
def test_the_line_runs_from_0_to_100_and_days_keep_their_order(spans: list[tuple[date, date]]) -> None:
    line = scale(spans)
    assert line.stretches[0].left == 0
    assert line.stretches[-1].right == pytest.approx(100)
    days = sorted(day for span in spans for day in span)
    places = [line.left(day) for day in days]
    assert places == sorted(places)
    assert all(0 <= line.left(first) < line.right(last) <= 100.0001 for first, last in spans)


@given(SPANS)
def test_every_day_is_equally_long_wherever_it_is(spans: list[tuple[date, date]]) -> None:
    widths = [
        (stretch.right - stretch.left) / ((stretch.last - stretch.first).days + 1) for stretch in scale(spans).stretches
    ]
    assert max(widths) == pytest.approx(min(widths))
