import pytest

from dashboard.charts.periods import covering
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.playback import beginnings
from dashboard.queries.store import Store


@pytest.mark.parametrize("unit", ["month", "quarter", "year"])
def test_a_selection_until_the_end_of_a_period_has_its_events_and_those_before(store: Store, unit: str) -> None:
    rows = beginnings(store, EventFilter(), unit)
    assert (rows["event_count"] > 0).all()
    for start, so_far in zip(rows["period_start"], rows["event_count"].cumsum(), strict=True):
        end = covering(unit, [start.date()]).end(0)
        assert summary(store, EventFilter().narrowed(end=end)).event_count == so_far
