import json
from itertools import combinations

import pytest

from dashboard.charts.map import (
    PHONE,
    Box,
    View,
    areas,
    deck,
    fitted,
    labels,
    land,
    latitude_of,
    northing_of,
    split_land,
)
from dashboard.charts.outlines import outlines
from tests.charts.frames import look, shapes

POINTS = [(39.91, 116.4), (38.54, 68.78), (31.86, 117.28), (33.72, 73.04), (30.29, 120.16), (27.9, 102.26)]
VIEW = View(0, 0, 1)


def mark(label: str, latitude: float, longitude: float, radius: float = 7) -> dict[str, object]:
    return {"label": label, "position": [longitude, latitude], "radius": radius}


def test_the_deck_asks_no_map_service_for_anything() -> None:
    text = deck([land(look())], {"land": outlines(shapes("AAA")).land()}, VIEW, look()).to_json()
    made = json.loads(text)
    assert made["mapStyle"] == "__MAP_STYLE__"  # pydeck's word for "none was set"
    assert made.get("mapProvider") is None
    assert "http" not in text


def test_each_outline_goes_to_the_browser_once() -> None:
    known = outlines(shapes("AAA", "BBB", ""))
    texts = split_land(known, "areas", {"BBB": {"fill": [1, 2, 3, 4]}})
    below, above = json.loads(deck([land(look()), areas("areas", [0, 0, 0])], texts, VIEW, look()).to_json())["layers"]
    assert len(below["data"]["features"]) == 2
    assert [feature["properties"] for feature in above["data"]["features"]] == [{"fill": [1, 2, 3, 4]}]


def test_a_country_without_an_outline_is_left_out_of_the_areas() -> None:
    assert json.loads(outlines(shapes("AAA")).features({"ZZZ": {"head": "Z"}}))["features"] == []


def test_all_points_are_seen_at_the_start_on_a_phone_too() -> None:
    view = fitted(POINTS)
    for latitude, longitude in POINTS:
        right, down = view.pixels(latitude, longitude)
        assert abs(right) < PHONE[0] / 2
        assert abs(down) < PHONE[1] / 2


def test_one_point_is_shown_with_its_surroundings() -> None:
    view = fitted([(39.91, 116.4)])
    assert (view.latitude, view.longitude) == pytest.approx((39.91, 116.4))
    assert view.zoom <= 5


@pytest.mark.parametrize("latitude", [-60, -1, 0, 45, 84])
def test_the_projection_and_its_inverse(latitude: float) -> None:
    assert latitude_of(northing_of(latitude)) == pytest.approx(latitude)


def test_names_that_would_meet_are_left_out() -> None:
    crowd = [mark(f"Place{number}", 30 + number / 100, 100 + number / 100) for number in range(20)] + [
        mark("Far", 50, 20)
    ]
    view = fitted([(row["position"][1], row["position"][0]) for row in crowd])  # type: ignore[index]  # a position has two
    assert 1 < len(labels(crowd, view)) < 10


def test_a_name_is_cut_off_by_a_phone_only_if_its_mark_is_not_seen_there() -> None:
    at_the_edge, beyond = mark("A name of some length", 0, 120), mark("Another name of some length", 0, 150)
    view = View(0, 0, 0)
    edge = PHONE[0] / 2
    placed = {row["label"]: row for row in labels([at_the_edge, beyond], view)}
    assert view.pixels(0, 120)[0] < edge < view.pixels(0, 150)[0]
    assert placed["A name of some length"]["anchor"] == "end"
    assert placed["Another name of some length"]["anchor"] == "start"


def test_boxes_overlap_only_if_they_share_a_pixel() -> None:
    one, beside, inside = Box(0, 0, 10, 10), Box(10, 0, 20, 10), Box(2, 2, 4, 4)
    assert [a.overlaps(b) for a, b in combinations((one, beside, inside), 2)] == [False, True, False]
