"""The map: what is drawn and what is listed beside it are the selection."""

import json

from dashboard.app_pages.figures import Clicked
from dashboard.app_pages.map import place_clicked
from dashboard.queries.filters import EventFilter
from dashboard.queries.map import not_drawn, sites
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, texts, twins


def test_the_sites_and_the_list_beside_them_are_all_events(open_page: OpenPage, store: Store) -> None:
    page = open_page("map")
    assert not page.exception
    beside = int(not_drawn(store, EventFilter())["event_count"].sum())
    assert twins(page)["map"]["events"].astype(int).sum() + beside == 12
    assert f"Not on the map** · {beside} event" in texts(page)


def test_a_button_beside_the_map_narrows_to_events_without_a_point(open_page: OpenPage) -> None:
    page = open_page("map")
    page.button(key="place_virtual").click().run()
    assert not page.exception
    assert "1 event in 1 document" in texts(page)
    assert not page.get("deck_gl_json_chart")
    assert "None of the events has a place that can be drawn" in texts(page)


def test_the_page_says_whose_borders_it_shows(open_page: OpenPage) -> None:
    assert "Natural Earth" in texts(open_page("map"))
    assert "no position" in texts(open_page("map"))


def test_a_country_without_a_city_has_no_circle(open_page: OpenPage, store: Store) -> None:
    (deck,) = open_page("map").get("deck_gl_json_chart")
    drawn = {
        mark["place_id"]
        for layer in json.loads(deck.proto.json)["layers"]
        if layer["id"] == "sites"
        for mark in layer["data"]
    }
    assert drawn == set(sites(store, EventFilter())["place_id"])
    assert not any(place.startswith("country:") for place in drawn)


def test_a_click_on_a_circle_narrows_to_its_place() -> None:
    assert place_clicked(Clicked([{"place_id": "geonames:1816670"}])) == {"places": "geonames:1816670"}
