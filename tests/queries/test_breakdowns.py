"""The two marks of a sector: each has the count after the click on it."""

import pytest

from dashboard.queries.breakdowns import by_sector
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store


@pytest.mark.parametrize(
    "selection",
    [EventFilter(), EventFilter(countries=("PAK",)), EventFilter(sectors=("energy",)), EventFilter(mains=("space",))],
    ids=["all", "a country", "a sector touched", "a main sector"],
)
def test_both_marks_of_a_sector_have_the_count_after_the_click(store: Store, selection: EventFilter) -> None:
    marks = by_sector(store, selection).dropna(subset="sector_code")
    assert len(marks)
    for sector, main, touched in marks[["sector_code", "main_count", "event_count"]].itertuples(index=False, name=None):
        assert summary(store, selection.narrowed(sectors=sector)).event_count == touched
        if main:
            assert summary(store, selection.narrowed(mains=sector)).event_count == main
