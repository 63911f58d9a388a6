"""Days between events in words."""

import pytest

from dashboard.charts.chains import LETTERS, days_between
from tests.test_reference import CODEBOOK_TYPES


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (12, 12, "12 days later"),
        (1, 1, "1 day later"),
        (61, 92, "between 61 and 92 days later"),
        (40, None, "at least 40 days later (the first has no date of its own)"),
        (None, 40, "at most 40 days later (the second has no date of its own)"),
        (float("nan"), float("nan"), "later; neither has a date of its own"),
        (1000, 1000, "1,000 days later"),
    ],
)
def test_days_between_are_an_interval_if_the_dates_are(least: float | None, most: float | None, words: str) -> None:
    assert days_between(least, most) == words


def test_every_type_has_a_letter_of_its_own() -> None:
    assert set(LETTERS) == set(CODEBOOK_TYPES)
    assert len(set(LETTERS.values())) == len(LETTERS)
