import math

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.queries.filters import EventFilter
from dashboard.queries.map import sites
from dashboard.queries.map_hexagons import _nearest_centre, hexagons, steps
from dashboard.queries.overview import summary
from dashboard.queries.store import Store

DEGREES = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


def northing(latitude: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


@settings(max_examples=20, deadline=None)
@given(st.lists(DEGREES, min_size=1, max_size=60), st.integers(2, 9))
def test_every_place_is_counted_in_the_hexagon_whose_centre_is_the_nearest(
    points: list[tuple[float, float]], level: int
) -> None:
    places = ibis.memtable(pd.DataFrame(points, columns=["latitude", "longitude"]))
    across, up = steps(level)
    for row in places.mutate(**_nearest_centre(places, level)).execute().itertuples():
        assert (row.column + row.row) % 2 == 0
        x, y = row.longitude - row.column * across, northing(row.latitude) - row.row * up
        others = [(x + dx * across, y + dy * up) for dx, dy in ((2, 0), (-2, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))]
        assert math.hypot(x, y) <= min(math.hypot(*other) for other in others) + 1e-6


@pytest.mark.parametrize("level", [2, 5, 8])
def test_the_hexagons_have_all_events_of_the_sites(store: Store, level: int) -> None:
    cells, rows = hexagons(store, EventFilter(), level), sites(store, EventFilter())
    assert cells["event_count"].sum() == rows["event_count"].sum()
    assert cells["site_count"].sum() == len(rows)
    assert sorted(place for places in cells["places"] for place in places) == sorted(rows["place_id"])


def test_the_count_of_a_hexagon_is_the_count_of_its_places(store: Store) -> None:
    for cell in hexagons(store, EventFilter(), 3).itertuples():
        assert summary(store, EventFilter().narrowed(places=tuple(cell.places))).event_count == cell.event_count
