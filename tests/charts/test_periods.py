from datetime import date

import pytest

from dashboard.charts.periods import bearable, covering, fitting, labels, name


def test_periods_run_without_a_gap_from_the_first_to_the_last() -> None:
    months = covering("month", [date(2025, 11, 1), date(2024, 5, 1)])
    assert (months.first, months.count) == (date(2024, 5, 1), 19)
    assert months.rank(date(2025, 7, 31)) == 14
    assert (months.start(14), months.end(14)) == (date(2025, 7, 1), date(2025, 7, 31))


def test_quarters_and_years_start_where_the_calendar_does() -> None:
    assert covering("quarter", [date(2024, 5, 9)]).first == date(2024, 4, 1)
    assert covering("year", [date(2024, 5, 9)]).first == date(2024, 1, 1)
    assert name("quarter", date(2024, 4, 1)) == "Q2 2024"


@pytest.mark.parametrize(("edges", "span"), [
    ((0.4, 2.6), (date(2024, 1, 1), date(2024, 4, 30))),
    ((2.6, 0.6), (date(2024, 2, 1), date(2024, 4, 30))),
    ((-3.0, 99.0), (date(2024, 1, 1), date(2024, 12, 31))),
])  # fmt: skip
def test_a_drag_takes_the_periods_that_it_touches_whole(edges: tuple[float, float], span: tuple[date, date]) -> None:
    year = covering("month", [date(2024, 1, 1), date(2024, 12, 1)])
    assert year.span(*edges) == span


def test_the_finest_period_that_can_be_told_apart_is_the_default() -> None:
    assert fitting(date(2024, 5, 7), date(2025, 11, 1)) == "month"
    assert fitting(date(2015, 1, 1), date(2025, 11, 1)) == "quarter"
    assert fitting(date(1950, 1, 1), date(2025, 11, 1)) == "year"


def test_labels_are_few_and_name_the_year_at_its_turn() -> None:
    shown = labels(covering("month", [date(2024, 5, 1), date(2025, 11, 1)]))
    assert shown == {2: "Jul<br>2024", 5: "Oct", 8: "Jan<br>2025", 11: "Apr", 14: "Jul", 17: "Oct"}


def test_few_days_are_shown_by_day_and_half_a_year_by_week() -> None:
    assert fitting(date(2025, 7, 1), date(2025, 7, 31)) == "day"
    assert fitting(date(2025, 1, 1), date(2025, 6, 30)) == "week"


def test_weeks_start_on_monday_and_days_stand_where_they_are_in_their_period() -> None:
    weeks = covering("week", [date(2025, 7, 23), date(2025, 8, 1)])
    assert (weeks.first, weeks.count, weeks.end(0)) == (date(2025, 7, 21), 2, date(2025, 7, 27))
    assert name("week", weeks.first) == "week of 21 July 2025"
    assert weeks.at(date(2025, 7, 21)) == -0.5


def test_a_period_that_makes_too_many_bars_gives_way_to_the_next() -> None:
    assert bearable("day", date(2025, 7, 1), date(2025, 7, 31)) == "day"
    assert bearable("day", date(2024, 5, 7), date(2025, 11, 1)) == "week"
    assert bearable("day", date(1900, 1, 1), date(2025, 11, 1)) == "year"
