import pytest

from dashboard.queries.filters import EventFilter
from dashboard.queries.map import extent, not_drawn, site_titles, sites
from dashboard.queries.overview import summary
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


def test_the_sectors_of_a_site_add_up_to_its_events(store: Store) -> None:
    for row in sites(store, EventFilter()).itertuples():
        assert sum(row.sector_counts) == row.event_count
        assert list(row.sector_counts) == sorted(row.sector_counts, reverse=True)
        for sector, count in zip(row.sectors, row.sector_counts, strict=True):
            assert summary(store, EventFilter(places=(row.place_id,), mains=(sector,))).event_count == count


def test_the_extent_is_that_of_the_sites(store: Store) -> None:
    found, rows = extent(store, EventFilter()), sites(store, EventFilter())
    assert (found.site_count, found.event_count) == (len(rows), rows["event_count"].sum())
    assert (found.west, found.north) == (rows["longitude"].min(), rows["latitude"].max())
    assert extent(store, EventFilter(places=("virtual",))).site_count == 0


def test_the_titles_of_a_site_are_its_first_events(store: Store) -> None:
    titles = site_titles(store, EventFilter(), 1).set_index("place_id")["titles"]
    for row in sites(store, EventFilter()).itertuples():
        assert len(titles[row.place_id]) == 1


def test_a_virtual_meeting_is_counted_beside_the_map(store: Store) -> None:
    assert not_drawn(store, EventFilter()).to_dict("records") == [
        {"reason": "virtual", "place": "virtual", "label": "Held online", "event_count": 1}
    ]
