import json

import pandas as pd
import pytest

from dashboard.charts.map import fitted, labels
from dashboard.charts.map_sites import (
    entries,
    initials,
    is_approximate,
    marks,
    points,
    sentence,
    shaded_countries,
    sites_map,
    table,
)
from dashboard.charts.outlines import outlines
from dashboard.charts.theme import theme
from dashboard.reference import country_shapes, sectors
from tests.charts.frames import look, shapes, site

SITES = pd.DataFrame([
    site("Beijing", 39.91, 116.4, 3, sectors=["space", "energy"], sector_counts=[2, 1]),
    site("Dushanbe", 38.54, 68.78, 2, sectors=["energy", "space"], sector_counts=[1, 1]), site("Hefei", 31.86, 117.28, 2),
    site("Islamabad", 33.72, 73.04, 2), site("Hangzhou", 30.29, 120.16, 1), site("Xichang", 27.9, 102.26, 1, sectors=[""]),
])  # fmt: skip
NOTHING = pd.DataFrame(columns=["reason", "place", "label", "event_count"])
SHADED = pd.DataFrame(
    [{"reason": "country", "place": "country:BBB", "label": "Bland, no city given", "event_count": 2}]
)


def deck_of(sites: pd.DataFrame, shaded: pd.DataFrame = NOTHING) -> dict[str, dict[str, object]]:
    """The layers by their id."""
    view = fitted(points(sites))
    made = sites_map(
        sites, shaded, outlines(shapes("AAA", "BBB")), look(), view=view, most=int(sites["event_count"].max())
    )
    return {layer["id"]: layer for layer in json.loads(made.to_json())["layers"]}


def test_every_layer_has_an_id_and_only_marks_can_be_clicked() -> None:
    layers = deck_of(SITES)
    assert {name for name, layer in layers.items() if layer["pickable"]} == {"shaded", "soft", "sites"}
    assert not any(layer.get("autoHighlight") for layer in layers.values())


def test_a_circle_has_the_colour_and_the_letters_of_the_sector_that_leads() -> None:
    beijing, dushanbe, *_, xichang = marks(SITES, look(), most=3)
    assert (beijing["color"][:3], beijing["sign"]) == ([0x3B, 0x4C, 0xC0], "Sp")
    assert "Main sectors: Space 2, Energy 1" in beijing["body"]
    assert dushanbe["sign"] == "="
    assert "No sector leads: Energy 1, Space 1" in dushanbe["body"]
    assert xichang["sign"] == "–"
    assert "No sector" in xichang["body"]


def test_the_letters_of_no_two_sectors_are_alike() -> None:
    letters = initials(theme(sectors(), is_dark=False))
    assert len(set(letters.values())) == len(letters) == 12


def test_an_approximate_place_has_a_soft_edge_and_a_surveyed_one_has_not() -> None:
    station = site("Ny-Ålesund", 78.9, 11.9, 1, kind="station", source="own, approximate")
    layers = deck_of(pd.DataFrame([*SITES.to_dict("records"), station]))
    assert [mark["place_id"] for mark in layers["soft"]["data"]] == ["own:ny-ålesund"]  # type: ignore[attr-defined]
    assert "approximate" in layers["soft"]["data"][0]["body"]  # type: ignore[index]
    assert len(layers["sites"]["data"]) == len(SITES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "source", "soft"),
    [
        ("city", "GeoNames", False),
        ("spaceport", "own, approximate", True),
        ("region", "GeoNames", True),
        ("island", "GeoNames", True),
    ],
)
def test_what_is_approximate(kind: str, source: str, *, soft: bool) -> None:
    assert is_approximate(kind, source) is soft


def test_a_country_alone_is_shaded_as_a_whole_and_gets_no_circle() -> None:
    layers = deck_of(SITES, SHADED)
    (feature,) = layers["shaded"]["data"]["features"]  # type: ignore[index]
    assert feature["properties"]["place_id"] == "country:BBB"
    assert feature["properties"]["head"] == "Bland"
    circles = [mark["place_id"] for name in ("sites", "soft") for mark in layers[name]["data"]]  # type: ignore[attr-defined]
    assert not any(place.startswith("country:") for place in circles)


def test_the_legend_has_what_is_there_and_nothing_else() -> None:
    said = [entry.label for entry in entries(SITES, SHADED, look())]
    assert said == ["Sp Space", "– No sector", "= no sector leads", "only the country known"]
    assert [entry.label for entry in entries(SITES.iloc[2:4], NOTHING, look())] == ["Sp Space"]


def test_the_area_of_a_circle_says_how_many_and_the_smallest_can_be_clicked() -> None:
    circles = marks(pd.DataFrame([site("A", 0, 0, 4), site("B", 1, 1, 1)]), look(), most=4)
    assert circles[0]["radius"] == pytest.approx(2 * circles[1]["radius"])
    crowded = marks(
        pd.DataFrame([site("A", 0, 0, 4), site("B", 1, 1, 1)]).assign(event_count=[5000, 1]), look(), most=5000
    )
    assert crowded[1]["radius"] >= 4
    assert crowded[0]["radius"] <= 30


def test_circles_keep_their_size_while_a_selection_is_played() -> None:
    (then,) = marks(SITES.head(1).assign(event_count=1), look(), most=3)
    now = marks(SITES, look(), most=3)[4]
    assert then["radius"] == now["radius"]


def test_all_six_shipped_sites_have_room_for_their_names() -> None:
    placed = labels(marks(SITES, look(), most=3), fitted(points(SITES)))
    assert {label["label"] for label in placed} == {
        "Beijing 3", "Dushanbe 2", "Hefei 2", "Islamabad 2", "Hangzhou 1", "Xichang 1",
    }  # fmt: skip


def test_the_most_circles_that_are_drawn_are_less_than_300_kilobytes() -> None:
    many = pd.DataFrame([
        site(f"A place with a long name {n}", n / 10, n / 5, 3, titles=["A title of quite some length, as reports have it " * 2] * 3)
        for n in range(300)
    ])  # fmt: skip
    made = sites_map(many, NOTHING, outlines(country_shapes()), look(), view=fitted(points(many)), most=3)
    assert len(made.to_json().encode()) < 300_000


def test_the_sentence_counts_what_is_drawn() -> None:
    assert sentence(SITES, 12) == "11 of 12 events at 6 places; most at Beijing (3)."
    assert sentence(SITES.head(0), 12) == "None of the events has a place that can be drawn."


def test_the_table_has_each_site_with_its_sectors() -> None:
    assert table(SITES, look())["sectors"].iloc[1] == "Energy 1, Space 1"


def test_the_shades_say_how_many_events_they_stand_for() -> None:
    assert "2 events of which only the country is known" in shaded_countries(SHADED, look())["BBB"]["body"]
