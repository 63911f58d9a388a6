import pandas as pd
import pytest

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from dashboard.queries.timeline import BINS, by_period, lane_marks, lanes


def test_a_month_only_event_is_in_its_month_and_spans_it(store: Store) -> None:
    spans = lanes(store, EventFilter())
    (month_only,) = spans[spans["date_precision"] == "month"].to_dict("records")
    assert (month_only["start_date"], month_only["end_date"]) == (pd.Timestamp(2025, 7, 1), pd.Timestamp(2025, 7, 31))
    assert month_only["date_edtf"].endswith("?")


def test_a_stand_in_date_is_counted_apart_from_a_stated_one(store: Store) -> None:
    counted = by_period(store, EventFilter(sectors=("space",)), "month")
    july = counted[counted["period_start"] == pd.Timestamp(2025, 7, 1)]
    assert dict(zip(july["is_stand_in"], july["event_count"], strict=True)) == {False: 2, True: 1}


@pytest.mark.parametrize("bin_unit", BINS)
def test_marks_hold_every_dated_event_once_and_leave_months_whole(store: Store, bin_unit: str) -> None:
    marks = lane_marks(store, EventFilter(), bin_unit)
    assert marks["event_count"].sum() == len(lanes(store, EventFilter()))
    (month_only,) = marks[marks["date_precision"] == "month"].to_dict("records")
    assert (month_only["mark_start"], month_only["mark_end"]) == (pd.Timestamp(2025, 7, 1), pd.Timestamp(2025, 7, 31))
