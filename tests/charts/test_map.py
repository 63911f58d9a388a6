import json
from itertools import combinations

import pandas as pd
import pytest

from dashboard.charts.map import PHONE, Box, fitted, labels, marks, sentence, sites_map, table
from tests.charts.frames import look, site

SITES = pd.DataFrame([
    site("Beijing", 39.91, 116.4, 3), site("Dushanbe", 38.54, 68.78, 2), site("Hefei", 31.86, 117.28, 2),
    site("Islamabad", 33.72, 73.04, 2), site("Hangzhou", 30.29, 120.16, 1), site("Xichang", 27.9, 102.26, 1),
])  # fmt: skip
SHAPES = '{"type":"FeatureCollection","features":[]}'


def test_the_deck_asks_no_map_service_for_anything() -> None:
    deck = json.loads(sites_map(SITES, SHAPES, look()).to_json())
    assert deck["mapStyle"] == "__MAP_STYLE__"  # pydeck's word for "none was set"
    assert deck.get("mapProvider") is None
    assert "http" not in json.dumps(deck)


def test_the_outlines_are_in_the_deck_as_they_were_given() -> None:
    deck = json.loads(sites_map(SITES, SHAPES, look()).to_json())
    assert deck["layers"][0]["data"] == json.loads(SHAPES)
    assert json.dumps(deck).count("FeatureCollection") == 1


def test_every_layer_has_an_id_and_only_the_sites_can_be_clicked() -> None:
    layers = json.loads(sites_map(SITES, SHAPES, look()).to_json())["layers"]
    assert [(layer["id"], layer.get("pickable")) for layer in layers] == [
        ("land", False),
        ("sites", True),
        ("labels", False),
    ]
    assert not any(layer.get("autoHighlight") for layer in layers)


def test_all_sites_are_seen_at_the_start_on_a_phone_too() -> None:
    view = fitted(SITES)
    for row in SITES.itertuples():
        right, down = view.pixels(row.latitude, row.longitude)
        assert abs(right) < PHONE[0] / 2
        assert abs(down) < PHONE[1] / 2


def test_one_site_is_shown_with_its_surroundings() -> None:
    view = fitted(SITES.head(1))
    assert (view.latitude, view.longitude) == pytest.approx((39.91, 116.4))
    assert view.zoom <= 5


def test_the_area_of_a_circle_says_how_many_and_the_smallest_can_be_clicked() -> None:
    circles = marks(pd.DataFrame([site("A", 0, 0, 4), site("B", 1, 1, 1)]))
    assert circles[0]["radius"] == pytest.approx(2 * circles[1]["radius"])
    crowded = marks(pd.DataFrame([site("A", 0, 0, 4), site("B", 1, 1, 1)]).assign(event_count=[5000, 1]))
    assert crowded[1]["radius"] >= 4
    assert crowded[0]["radius"] <= 30


def test_all_six_shipped_sites_have_room_for_their_names() -> None:
    assert {label["label"] for label in labels(marks(SITES), fitted(SITES))} == {
        "Beijing 3",
        "Dushanbe 2",
        "Hefei 2",
        "Islamabad 2",
        "Hangzhou 1",
        "Xichang 1",
    }


def test_names_that_would_meet_are_left_out() -> None:
    crowd = pd.DataFrame(
        [site(f"Place{number}", 30 + number / 100, 100 + number / 100, 1) for number in range(20)]
        + [site("Far", 50, 20, 1)]
    )
    assert 1 < len(labels(marks(crowd), fitted(crowd))) < 10


def test_boxes_overlap_only_if_they_share_a_pixel() -> None:
    one, beside, inside = Box(0, 0, 10, 10), Box(10, 0, 20, 10), Box(2, 2, 4, 4)
    assert [a.overlaps(b) for a, b in combinations((one, beside, inside), 2)] == [False, True, False]


def test_the_sentence_counts_what_is_drawn() -> None:
    assert sentence(SITES, 12) == "11 of 12 events at 6 places; most at Beijing (3)."
    assert sentence(SITES.head(0), 12) == "None of the events has a place that can be drawn."


def test_the_table_has_each_site_with_its_titles() -> None:
    assert table(SITES)["titles"].iloc[1] == "Dushanbe 0; Dushanbe 1"
