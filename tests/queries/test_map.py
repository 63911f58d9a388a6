import pytest

from dashboard.queries.filters import EventFilter
from dashboard.queries.map import not_drawn, sites
from dashboard.queries.store import Store

COORDINATES = {
    "Islamabad": (33.7, 73.1),
    "Xichang": (27.9, 102.3),
    "Hefei": (31.9, 117.3),
    "Dushanbe": (38.5, 68.8),
    "Hangzhou": (30.3, 120.2),
    "Beijing": (39.9, 116.4),
}


def test_the_sites_lie_where_they_are(store: Store) -> None:
    rows = sites(store, EventFilter()).set_index("name")
    assert set(rows.index) == set(COORDINATES)
    for name, degrees in COORDINATES.items():
        assert (rows.loc[name, "latitude"], rows.loc[name, "longitude"]) == pytest.approx(degrees, abs=0.2)


def test_a_virtual_meeting_is_counted_beside_the_map(store: Store) -> None:
    assert not_drawn(store, EventFilter()).to_dict("records") == [
        {"reason": "virtual", "place": "virtual", "label": "Held online", "event_count": 1}
    ]
