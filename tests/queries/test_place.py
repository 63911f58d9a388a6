import pytest

from dashboard.queries.country import country_counts
from dashboard.queries.crossing import divided, narrowing_to
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.place import nearby, place_of_event, place_row, site_quotes
from dashboard.queries.store import Store

BEIJING, HEFEI = "geonames:1816670", "geonames:1808722"


def test_a_place_is_found_by_its_id(store: Store) -> None:
    row = place_row(store, HEFEI)
    assert row is not None
    assert (row["name"], row["region"], row["country"], row["source"]) == ("Hefei", "Anhui", "China", "GeoNames")
    assert place_row(store, "geonames:0") is None


def test_the_place_of_an_event(store: Store) -> None:
    rows = event_rows(store, EventFilter()).set_index("event_id")
    for event_id, row in rows.iterrows():
        found = place_of_event(store, str(event_id))
        assert (found is None) == (row["mode"] != "on_site")
        assert found is None or found["name"] == row["place"]


def test_distances_are_those_on_the_ground(store: Store) -> None:
    rows = nearby(store, EventFilter(), BEIJING, most=10).set_index("name")
    # Source: great-circle distances between the coordinates of GeoNames, worked out by hand.
    assert rows.loc["Hefei", "distance_km"] == pytest.approx(898, abs=5)
    assert rows.loc["Dushanbe", "distance_km"] == pytest.approx(4050, abs=40)
    assert rows["distance_km"].is_monotonic_increasing
    assert "Beijing" not in rows.index


def test_the_quotes_of_a_place_prove_the_site_of_its_events(store: Store) -> None:
    selection = EventFilter(places=(HEFEI,))
    rows = site_quotes(store, selection)
    assert set(rows["event_id"]) == set(event_rows(store, selection)["event_id"])
    assert (rows["field"] == "site").all()
    assert rows["quote"].str.contains("Hefei").any()


@pytest.mark.parametrize("field", ["type", "main", "country", "actor", "place"])
def test_the_count_of_a_rank_is_the_count_after_a_click_on_it(store: Store, field: str) -> None:
    selection = EventFilter(countries=("PAK",))
    rows = divided(store, selection, field, 100)
    narrowed = [(narrowing_to(field, row.code), row.event_count) for row in rows.itertuples()]
    assert any(chosen for chosen, _ in narrowed)
    for chosen, event_count in narrowed:
        assert not chosen or summary(store, selection.narrowed(**chosen)).event_count == event_count


def test_the_numbers_of_a_country(store: Store) -> None:
    counts = country_counts(store, EventFilter(), "PAK")
    assert counts is not None
    rows = event_rows(store, EventFilter())
    takes_part, was_there = rows["countries"].str.contains("Pakistan"), rows["country_of_place"] == "Pakistan"
    assert (counts.name, counts.with_count, counts.held_count) == ("Pakistan", takes_part.sum(), was_there.sum())
    assert counts.both_count == (takes_part & was_there).sum()
    assert country_counts(store, EventFilter(), "XXX") is None
