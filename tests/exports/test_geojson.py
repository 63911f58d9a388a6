"""GeoJSON that any map reads: each selected event once, with its point where there is one."""

import json
from typing import Any

import pytest

from dashboard.exports.csv import EVENT_COLUMNS
from dashboard.exports.geojson import events_geojson
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store


def read(store: Store, selection: EventFilter) -> list[dict[str, Any]]:
    whole = json.loads(events_geojson(event_rows(store, selection)), parse_constant=pytest.fail)
    assert whole["type"] == "FeatureCollection"
    return list(whole["features"])


@pytest.mark.parametrize("selection", [EventFilter(), EventFilter(sectors=("space",)), EventFilter(text="nothing")])
def test_the_features_are_the_rows_of_the_screen_in_their_order(store: Store, selection: EventFilter) -> None:
    features = read(store, selection)
    assert [feature["id"] for feature in features] == list(event_rows(store, selection)["event_id"])
    for feature in features:
        assert feature["type"] == "Feature"
        assert set(feature["properties"]) == {*EVENT_COLUMNS} - {"longitude", "latitude"}


def test_a_point_is_longitude_before_latitude_and_none_is_invented(store: Store) -> None:
    rows = event_rows(store, EventFilter()).set_index("event_id")
    points = {feature["id"]: feature["geometry"] for feature in read(store, EventFilter())}
    for event_id, row in rows.iterrows():
        known = row.notna()[["longitude", "latitude"]].all()
        expected = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]} if known else None
        assert points[event_id] == expected
    assert None in points.values()
    assert any(points.values())
