import json

import pandas as pd
import pytest

from dashboard.charts.map import View
from dashboard.charts.map_hexagons import MOST_HEXAGONS, hexagons_map, level, marks, places_of, sentence, short
from dashboard.charts.outlines import outlines
from dashboard.reference import country_shapes
from tests.charts.frames import look, shapes

CELLS = pd.DataFrame({
    "column": [2, 3], "row": [0, 1], "event_count": [1200, 3], "site_count": [140, 1], "biggest": ["Hefei", "Ruse"],
    "biggest_count": [700, 3], "places": [[], ["geonames:1"]],
})  # fmt: skip
WORLD = View(20, 20, 0.6)


def test_a_hexagon_has_six_corners_around_its_centre_and_its_count() -> None:
    first, _ = marks(CELLS, ["#000000", "#ffffff"], (1, 1000), size=4)
    assert len(first["polygon"]) == 6
    assert first["position"] == [22.5, 0]
    assert sum(corner[0] for corner in first["polygon"]) / 6 == pytest.approx(22.5, abs=0.01)
    assert (first["count"], first["color"][:3]) == ("1.2k", [255, 255, 255])


def test_neighbours_share_an_edge() -> None:
    first, second = marks(CELLS, ["#000000"], (1,), size=4)
    assert len({tuple(corner) for corner in first["polygon"]} & {tuple(corner) for corner in second["polygon"]}) == 2


def test_only_hexagons_can_be_clicked_and_one_of_too_many_places_means_nothing() -> None:
    made = hexagons_map(CELLS, outlines(shapes("AAA")), look(), view=WORLD, size=4, lows=(1, 1000))
    layers = json.loads(made.to_json())["layers"]
    assert [layer["id"] for layer in layers if layer["pickable"]] == ["hexagons"]
    assert places_of(CELLS) == {"2,0": (), "3,1": ("geonames:1",)}


def test_the_size_is_the_same_for_views_of_about_one_scale() -> None:
    assert level(WORLD) == level(View(0, 0, 0.9)) == 5
    assert level(View(0, 0, 2.6)) == 7


def test_the_most_hexagons_that_are_drawn_are_less_than_300_kilobytes() -> None:
    many = pd.DataFrame([
        {"column": n % 60, "row": n // 60, "event_count": 12_345, "site_count": 345, "biggest": "A place with a long name", "biggest_count": 4567, "places": []}
        for n in range(MOST_HEXAGONS * 2)
    ])  # fmt: skip
    made = hexagons_map(many, outlines(country_shapes()), look(), view=WORLD, size=7, lows=(1,))
    assert len(made.to_json().encode()) < 300_000
    assert "Not drawn: 4,320,750 events" in sentence(many, 8_641_500)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(7, "7"), (999, "999"), (1_200, "1.2k"), (34_400, "34k"), (999_999, "1000k"), (1_250_000, "1.2M")],
)
def test_a_count_fits_into_a_hexagon(count: int, shown: str) -> None:
    assert short(count) == shown


def test_the_sentence_counts_what_is_drawn() -> None:
    assert (
        sentence(CELLS, 1300)
        == "1,203 of 1,300 events at 141 places in 2 hexagons; the fullest has 1,200, most of them at Hefei."
    )
