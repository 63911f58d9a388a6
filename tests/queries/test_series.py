"""What comes back: titles that count, and the rhythm of their numbers."""

from datetime import date, timedelta

import pytest

from dashboard.queries.filters import EventFilter
from dashboard.queries.series import Occasion, _one_numbered, counted_occasion, recurring
from dashboard.queries.store import Store


@pytest.mark.parametrize(("title", "found"), [
    ("4th meeting of the CPEC Joint Working Group on Science and Technology held online", (4, "Meeting of the CPEC Joint Working Group on Science and Technology")),
    ("At the third Italy-Vietnam workshop", (3, "Italy-Vietnam workshop")),
    ("The twenty-first session of the Joint Commission on 3 May", (21, "Session of the Joint Commission")),
    ("The first light came on Monday", None),
])  # fmt: skip
def test_a_title_that_counts_an_occasion_gives_number_and_name(title: str, found: tuple[int, str] | None) -> None:
    assert counted_occasion(title) == found


def occasion(number: int, day: date) -> tuple[Occasion, str]:
    return Occasion(f"e{number}", "t", day, day, day.isoformat(), number), "Session of the Commission"


def test_two_numbers_give_the_rhythm_and_the_window_of_the_next() -> None:
    series = _one_numbered([occasion(3, date(2019, 6, 1)), occasion(5, date(2021, 6, 20))])
    assert series.rhythm is not None
    assert series.rhythm.name == "yearly"
    assert series.due is not None
    assert series.is_overdue(series.due[1] + timedelta(days=1))
    assert not series.is_overdue(series.due[1])


def test_numbers_that_go_down_have_no_rhythm() -> None:
    assert _one_numbered([occasion(5, date(2019, 6, 1)), occasion(3, date(2021, 6, 1))]).rhythm is None


def test_the_shipped_committees_are_counted_once_and_not_due_whatever_days_are_selected(store: Store) -> None:
    found = recurring(store, EventFilter(start=date(2030, 1, 1)))
    assert sorted(series.occasions[0].number for series in found.series) == [4, 4]
    assert all(series.due is None for series in found.series)
