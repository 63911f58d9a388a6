import json

import pandas as pd

from dashboard.charts import map_countries
from dashboard.charts.map_countries import (
    countries_map,
    country_sentence,
    curve,
    link_sentence,
    links_map,
    links_of,
    view_of,
)
from dashboard.charts.outlines import outlines
from tests.charts.frames import look, shapes

LABELS = {"AAA": (5.0, 5.0), "BBB": (5.0, 15.0), "TNY": (1.3, 103.8)}
COUNTS = pd.DataFrame(
    {
        "country_code": ["AAA", "BBB", "TNY", "EU"],
        "country": ["Aland", "Bland", "Tiny", "European Union"],
        "event_count": [9, 4, 2, 1],
    }
)
PAIRS = pd.DataFrame({
    "country_code": ["AAA", "AAA", "BBB"], "other_code": ["BBB", "EU", "TNY"], "country": ["Aland", "Aland", "Bland"],
    "other": ["Bland", "European Union", "Tiny"], "event_count": [4, 2, 1],
})  # fmt: skip
VIEW = view_of(["AAA", "BBB"], LABELS)


def layers_of(deck: object) -> dict[str, dict[str, object]]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}  # type: ignore[attr-defined]


def test_a_country_is_its_outline_or_a_dot_where_it_is_too_small_for_one() -> None:
    layers = layers_of(countries_map(COUNTS, outlines(shapes("AAA", "BBB")), LABELS, look(), view=VIEW, lows=(1, 5)))
    properties = [feature["properties"] for feature in layers["countries"]["data"]["features"]]  # type: ignore[index]
    assert [said["country"] for said in properties] == ["AAA", "BBB"]
    assert properties[0]["fill"] != properties[1]["fill"]
    assert [dot["country"] for dot in layers["dots"]["data"]] == ["TNY"]  # type: ignore[attr-defined]


def test_a_body_without_a_place_on_the_map_is_said() -> None:
    said = country_sentence(COUNTS, 12, "with", LABELS)
    assert said == "4 countries take part in 12 events; most: Aland (9). Not on a map: European Union (1)."
    assert (
        country_sentence(COUNTS.head(2), 15, "held", LABELS) == "13 of 15 events were in 2 countries; most: Aland (9)."
    )


def test_an_arc_carries_both_countries_and_is_wider_the_more_events() -> None:
    links = links_of(PAIRS, LABELS)
    layers = layers_of(links_map(links, COUNTS, outlines(shapes("AAA")), LABELS, look(), view=VIEW, most=4))
    arcs = layers["links"]["data"]
    assert [arc["countries"] for arc in arcs] == [["AAA", "BBB"], ["BBB", "TNY"]]  # type: ignore[attr-defined]
    assert arcs[0]["width"] == 4 * arcs[1]["width"]  # type: ignore[index]
    assert [ring["country"] for ring in layers["countries"]["data"]] == ["AAA", "BBB", "TNY"]  # type: ignore[attr-defined]


def test_an_arc_runs_from_label_point_to_label_point() -> None:
    line = curve((5.0, 5.0), (5.0, 15.0))
    assert (line[0], line[-1]) == ([5.0, 5.0], [15.0, 5.0])
    assert line[len(line) // 2][1] > 5.5


def test_what_no_arc_is_drawn_for_is_said() -> None:
    many = pd.concat([PAIRS.tail(1)] * (map_countries.MOST_LINKS + 3))
    links = links_of(many, LABELS)
    assert (len(links.drawn), len(links.left)) == (map_countries.MOST_LINKS, 3)
    assert "3 more, of 1 event at most each" in link_sentence(links, 43, 50)
    assert "1 pair with a body that has no place on a map" in link_sentence(links_of(PAIRS, LABELS), 7, 12)
    assert link_sentence(links_of(PAIRS.head(0), LABELS), 0, 3) == "In none of these events do two countries take part."


def test_without_any_label_point_the_world_is_shown() -> None:
    assert view_of(["EU"], LABELS).zoom < 1
