"""The map: what is drawn and what is listed beside it are the selection, in every layer."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.figures import Clicked, _clicked_in_deck
from dashboard.app_pages.map_layers import country_clicked, hexagon_clicked, link_clicked, place_clicked
from dashboard.queries.filters import EventFilter
from dashboard.queries.map import not_drawn, sites
from dashboard.queries.overview import summary
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, texts, twins

LAYERS = ("sites", "hexagons", "countries", "links")


def layers(page: AppTest) -> dict[str, dict[str, Any]]:
    (deck,) = page.get("deck_gl_json_chart")
    return {layer["id"]: layer for layer in json.loads(deck.proto.json)["layers"]}


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


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_has_a_figure_with_a_text_a_twin_and_whose_borders_it_shows(
    open_page: OpenPage, layer: str
) -> None:
    page = open_page("map", layer=layer)
    assert not page.exception
    (deck,) = page.get("deck_gl_json_chart")
    assert deck.proto.alt.startswith("Map of ")
    assert len(deck.proto.json) < 300_000
    assert len(twins(page)["map"])
    assert "Natural Earth" in texts(page)
    assert "no position" in texts(page)


def test_a_country_without_a_city_has_no_circle(open_page: OpenPage, store: Store) -> None:
    found = layers(open_page("map"))
    drawn = {mark["place_id"] for name in ("sites", "soft") for mark in found[name]["data"]}
    assert drawn == set(sites(store, EventFilter())["place_id"])
    assert not any(place.startswith("country:") for place in drawn)


@pytest.mark.parametrize(("part", "field"), [("with", "countries"), ("held", "site_countries")])
def test_a_country_beside_the_map_narrows_to_what_is_counted(
    open_page: OpenPage, store: Store, part: str, field: str
) -> None:
    page = open_page("map", layer="countries", part=part)
    count = summary(store, EventFilter().narrowed(**{field: "PAK"})).event_count
    assert page.button(key="place_PAK").label.replace("\\", "") == f"Pakistan · {count}"
    page.button(key="place_PAK").click().run()
    assert f"{count} events in" in texts(page)


def test_a_pair_beside_the_map_narrows_to_both_countries(open_page: OpenPage) -> None:
    page = open_page("map", layer="links")
    page.button(key="place_CHN_PAK").click().run()
    assert "5 events" in texts(page)
    assert "with China, together with Pakistan" in texts(page)


def test_the_map_until_a_month_shows_what_began_by_then_and_a_click_keeps_it_so(
    open_page: OpenPage, store: Store
) -> None:
    page = open_page("map")
    slider = page.select_slider(key="playback_moment")
    assert slider.options[-1] == "All dates"
    slider.set_value("May 2024").run()
    assert not page.exception
    assert "Until the end of May 2024**: 2 of 12 events" in texts(page)
    assert twins(page)["map"]["events"].astype(int).sum() == 2
    assert "12 events in 3 documents" in texts(page)
    page.button(key="playback_narrow").click().run()
    assert "2 events in 1 document" in texts(page)
    assert "until 31 May 2024" in texts(page)


def test_the_play_button_starts_at_the_first_month_and_pauses(open_page: OpenPage) -> None:
    page = open_page("map")
    page.button(key="playback_button").click().run()
    assert not page.exception
    assert page.button(key="playback_button").label == "Pause"
    assert "Until the end of May 2024" in texts(page)
    page.button(key="playback_button").click().run()
    assert page.button(key="playback_button").label == "Play through time"


def test_a_selection_of_one_month_has_nothing_to_play(open_page: OpenPage) -> None:
    page = open_page("map", **{"from": "2024-05-01", "to": "2024-05-31"})
    assert not page.exception
    assert not page.get("select_slider")


@pytest.mark.parametrize(
    ("mark", "narrowed"),
    [
        ({"countries": ["CHN", "PAK"]}, {"countries": "CHN", "also_countries": "PAK"}),
        ({"country": "CHN"}, {"countries": "CHN"}),
    ],
)
def test_a_click_on_an_arc_narrows_to_both_countries_and_one_on_its_end_to_one(
    mark: dict[str, Any], narrowed: dict[str, str]
) -> None:
    assert link_clicked(Clicked([mark])) == narrowed


def test_a_click_on_a_circle_narrows_to_its_place() -> None:
    assert place_clicked(Clicked([{"place_id": "geonames:1816670"}])) == {"places": "geonames:1816670"}


def test_a_click_on_a_hexagon_narrows_to_its_places_unless_they_are_too_many() -> None:
    places = {"1,1": ("geonames:1", "geonames:2"), "2,2": ()}
    assert hexagon_clicked(places, Clicked([{"cell": "1,1"}])) == {"places": ("geonames:1", "geonames:2")}
    assert hexagon_clicked(places, Clicked([{"cell": "2,2"}])) is None


def test_a_click_on_an_outline_reads_its_properties() -> None:
    feature = {"type": "Feature", "properties": {"country": "PAK"}, "geometry": {}}
    clicked = _clicked_in_deck({"objects": {"countries": [feature]}})
    assert country_clicked("held", clicked) == {"site_countries": "PAK"}
