from datetime import date

from dashboard.rhythm import missing, rhythm_of

MONTHLY = [date(2025, month, 1) for month in (1, 2, 4, 5)]


def test_a_monthly_issue_is_recognised_across_a_gap_and_the_gap_is_found() -> None:
    rhythm = rhythm_of(MONTHLY)
    assert rhythm is not None
    assert rhythm.name == "monthly"
    assert [(day.year, day.month) for day in missing(MONTHLY, rhythm, date(2025, 5, 20))] == [(2025, 3)]


def test_what_is_overdue_on_the_last_day_that_was_read_is_missing_too() -> None:
    rhythm = rhythm_of(MONTHLY)
    assert rhythm is not None
    assert [(day.year, day.month) for day in missing(MONTHLY, rhythm, date(2025, 7, 15))][-1] >= (2025, 5)


def test_two_dates_and_irregular_dates_have_no_rhythm() -> None:
    assert rhythm_of(MONTHLY[:2]) is None
    assert rhythm_of([date(2025, 1, 1), date(2025, 1, 20), date(2025, 6, 3), date(2025, 6, 14)]) is None


def test_a_yearly_forum_may_move_by_a_season() -> None:
    rhythm = rhythm_of([date(2022, 9, 1), date(2023, 7, 10), date(2024, 9, 3)])
    assert rhythm is not None
    assert rhythm.name == "yearly"
    assert rhythm.due(date(2024, 9, 3))[0].year == 2025
