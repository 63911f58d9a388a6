"""The pages of a place and of a country: what they say is the selection's part that concerns them."""

import pytest

from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, texts, twins

HEFEI = "geonames:1808722"


def test_a_place_has_its_facts_its_events_and_its_sentences(open_page: OpenPage, store: Store) -> None:
    page = open_page("map", place_page=HEFEI)
    assert not page.exception
    assert page.title[0].value == "Hefei"
    said = texts(page)
    for fact in (
        "2 events.",
        "Anhui, China",
        "31.86° N, 117.28° E",
        "GeoNames (geonames:1808722)",
        "The sentences that name it",
    ):
        assert fact in said
    for title in event_rows(store, EventFilter(places=(HEFEI,)))["title"]:
        assert title in said
    assert "Beijing, China: 898 km, 3 events" in [link.proto.label.replace("\\", "") for link in page.get("page_link")]


def test_the_filters_hold_on_a_places_page_and_it_says_what_they_leave_out(open_page: OpenPage) -> None:
    page = open_page("map", place_page=HEFEI, type="launch")
    assert "0 of 2 events: the filters leave out the others" in texts(page)
    assert page.title[0].value == "Hefei"


def test_a_click_on_a_places_page_keeps_the_page(open_page: OpenPage) -> None:
    page = open_page("map", place_page=HEFEI)
    page.button(key="profile_type_breakthrough").click().run()
    assert page.title[0].value == "Hefei"
    assert "1 of 2 events" in texts(page)
    assert (page.query_params["type"], page.query_params["place"]) == ("breakthrough", HEFEI)


@pytest.mark.parametrize(
    ("subject", "said"), [("place_page", "no place “geonames:0”"), ("country_page", "no country “geonames:0”")]
)
def test_an_unknown_place_shows_the_map_with_a_sentence(open_page: OpenPage, subject: str, said: str) -> None:
    page = open_page("map", **{subject: "geonames:0"})
    assert not page.exception
    assert any(said in str(warning.value).replace("\\", "") for warning in page.warning)
    assert page.title[0].value == "Map"


@pytest.mark.parametrize(("part", "field"), [("with", "countries"), ("held", "site_countries")])
def test_a_country_has_the_events_with_it_and_those_in_it(
    open_page: OpenPage, store: Store, part: str, field: str
) -> None:
    page = open_page("map", country_page="PAK", part=part)
    assert not page.exception
    assert page.title[0].value == "Pakistan"
    count = summary(store, EventFilter().narrowed(**{field: "PAK"})).event_count
    found = twins(page)
    assert f"{count} event" in texts(page)
    assert found["profile_type"]["Events"].astype(int).sum() == count
    assert "Pakistan" not in set(found["profile_country"]["Name"])
    assert any(name.startswith("Islamabad") for name in found["profile_place"]["Name"])


def test_an_event_leads_to_its_place_and_its_country(open_page: OpenPage, store: Store) -> None:
    rows = event_rows(store, EventFilter(places=(HEFEI,)))
    page = open_page("events", event=rows["event_id"].iloc[0])
    links = [link.proto.label.replace("\\", "") for link in page.get("page_link")]
    assert "About Hefei: its other events →" in links
    assert "About China →" in links
