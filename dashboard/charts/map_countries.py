"""Countries shaded by their events, and arcs between those that take part together.

A country stands where a map writes its name: no point of these layers is a place of an event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts import classes
from dashboard.charts import map as base
from dashboard.charts.outlines import Outlines
from dashboard.charts.theme import Theme, counted, rgb

COUNTRIES_LAYER, DOTS_LAYER, LINKS_LAYER = "countries", "dots", "links"
CLOSEST = 3.0
"""Zoom at which a country of some size still has its surroundings."""

DOT, RING = 6.0, 5.0
"""Radius, in pixels, of a country too small for an outline; and of the end of an arc."""

MOST_LINKS = 40
"""Arcs that can still be told apart; the rest is in the table."""

THINNEST, WIDEST = 1.8, 12.0
"""Width of an arc in pixels: one event, the thinnest that a mouse meets; and the most that lets its neighbours be seen."""

BEND, CURVE_STEPS = 0.12, 16
"""How far an arc bends, as a share of its length; and of how many straight pieces it is made."""

Labels = Mapping[str, tuple[float, float]]
"""The label point of each country (latitude, longitude)."""


def view_of(countries: Sequence[str], labels: Labels) -> base.View:
    """The view in which these countries are seen; the world where none of them has a point."""
    known = [labels[code] for code in countries if code in labels]
    return base.fitted(known, CLOSEST) if known else base.View(20.0, 20.0, base.FARTHEST)


def countries_map(
    counts: pd.DataFrame, shapes: Outlines, labels: Labels, look: Theme, *, view: base.View, lows: Sequence[int]
) -> base.MapDeck:
    """The countries in classes, of which `lows` are the least counts; one too small for an outline is a dot at its label point.

    Shape: `counts` as `queries.map_countries.by_country`; each mark has the `country` that a click narrows to.
    """
    said = _said(counts, classes.colors(lows, look), lows)
    dots = [
        {**mark, "position": _position(labels[code])}
        for code, mark in said.items()
        if code in labels and code not in shapes.by_country
    ]
    named = [
        {"label": f"{row.country} {row.event_count:,}", "position": _position(labels[row.country_code]), "radius": 0}
        for row in counts.itertuples(index=False, name="Count")
        if row.country_code in labels
    ]
    placed = base.labels(named, view, base.ON_TOP)
    layers = [
        base.land(look),
        base.areas(COUNTRIES_LAYER, rgb(look.accent)),
        _dots(dots, look),
        base.names(placed, look),
    ]
    return base.deck(layers, base.split_land(shapes, COUNTRIES_LAYER, said), view, look)


def _said(counts: pd.DataFrame, colors: Sequence[str], lows: Sequence[int]) -> dict[str, dict[str, Any]]:
    return {
        row.country_code: {
            "country": row.country_code, "head": row.country, "body": counted(row.event_count),
            "fill": rgb(colors[classes.class_of(row.event_count, lows)]),
        }
        for row in counts.itertuples(index=False, name="Count")
    }  # fmt: skip


def country_sentence(counts: pd.DataFrame, event_count: int, part: str, labels: Labels) -> str:
    """What the shades say, and which of the countries and bodies have no place on a map."""
    if counts.empty:
        return "No country is known of any of these events."
    first = counts.iloc[0]
    missing = counts.loc[~counts["country_code"].isin(list(labels)), ["country", "event_count"]]
    listed = ", ".join(f"{name} ({count:,})" for name, count in missing.itertuples(index=False, name=None))
    several = f"{len(counts):,} {'country' if len(counts) == 1 else 'countries'}"
    held = f"{int(counts['event_count'].sum()):,} of {counted(event_count)} were in {several}"
    lead = (
        f"{several} {'takes' if len(counts) == 1 else 'take'} part in {counted(event_count)}"
        if part == "with"
        else held
    )
    return (
        f"{lead}; most: {first['country']} ({first['event_count']:,}).{f' Not on a map: {listed}.' if listed else ''}"
    )


@dataclass(frozen=True)
class Links:
    """The arcs that are drawn, and what is not.

    Shape: `drawn` has rows of `queries.map_countries.Pairs.counts`; `left` are the pairs that follow, `unplaced` those with
    a country or body that has no point.
    """

    drawn: pd.DataFrame
    left: pd.DataFrame
    unplaced: pd.DataFrame


def links_of(pairs: pd.DataFrame, labels: Labels) -> Links:
    """The most frequent pairs, up to `MOST_LINKS`."""
    is_placed = pairs["country_code"].isin(list(labels)) & pairs["other_code"].isin(list(labels))
    placed = pairs[is_placed]
    return Links(placed.head(MOST_LINKS), placed.iloc[MOST_LINKS:], pairs[~is_placed])


def links_map(
    links: Links, counts: pd.DataFrame, shapes: Outlines, labels: Labels, look: Theme, *, view: base.View, most: int
) -> base.MapDeck:  # fmt: skip
    """The pairs as arcs, wider the more events; a ring at each end.

    Shape: an arc has the two `countries` that a click narrows to, a ring its `country`. `most`: the count of the widest arc.
    """
    arcs = [_arc(row, labels, most) for row in links.drawn.itertuples(index=False, name="Pair")]
    ends = {code for arc in arcs for code in arc["countries"]}
    rings = [
        {
            "country": row.country_code, "head": row.country, "body": counted(row.event_count),
            "label": f"{row.country} {row.event_count:,}", "position": _position(labels[row.country_code]), "radius": RING,
        }
        for row in counts.itertuples(index=False, name="Count")
        if row.country_code in ends
    ]  # fmt: skip
    layers = [base.land(look), _arcs(arcs, look), _rings(rings, look), base.names(base.labels(rings, view), look)]
    return base.deck(layers, {"land": shapes.land()}, view, look)


def _arc(row: Any, labels: Labels, most: int) -> dict[str, Any]:
    return {
        "countries": [row.country_code, row.other_code], "head": f"{row.country} and {row.other}", "body": counted(row.event_count),
        "path": curve(labels[row.country_code], labels[row.other_code]),
        "width": round(max(min(THINNEST, WIDEST / most) * row.event_count, THINNEST), 1),
    }  # fmt: skip


def curve(start: tuple[float, float], end: tuple[float, float]) -> list[list[float]]:
    """A line from point to point that bends to the left of its way by `BEND` of its length, on the plane of the map.

    Rules: a quadratic Bézier curve. It stays flat, so that names are written over it, which deck.gl's raised arcs hide.
    """
    (x1, y1), (x2, y2) = ((point[1], base.northing_of(point[0])) for point in (start, end))
    bent = ((x1 + x2) / 2 - (y2 - y1) * BEND * 2, (y1 + y2) / 2 + (x2 - x1) * BEND * 2)
    shares = [step / CURVE_STEPS for step in range(CURVE_STEPS + 1)]
    points = [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in ((x1, bent[0], x2), (y1, bent[1], y2)))
        for t in shares
    ]
    return [[round(x, 2), round(base.latitude_of(y), 2)] for x, y in points]


def link_sentence(links: Links, paired_count: int, event_count: int) -> str:
    """What the arcs say, and what no arc is drawn for."""
    if not paired_count:
        return "In none of these events do two countries take part."
    said = [f"In {paired_count:,} of {counted(event_count)} at least two countries take part."]
    if len(links.drawn):
        first = links.drawn.iloc[0]
        said.append(f"Most often {first['country']} and {first['other']} ({first['event_count']:,}).")
    if len(links.left):
        more = int(links.left["event_count"].iloc[0])
        said.append(
            f"Drawn: the {len(links.drawn):,} most frequent pairs; {len(links.left):,} more, of {counted(more)} at most each, are in the table."
        )
    if len(links.unplaced):
        said.append(f"{counted(len(links.unplaced), 'pair')} with a body that has no place on a map: in the table.")
    return " ".join(said)


def _position(point: tuple[float, float]) -> list[float]:
    return [point[1], point[0]]


def _dots(dots: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer", id=DOTS_LAYER, data=list(dots), pickable=True, get_position="position", get_radius=DOT,
        radius_units="'pixels'", get_fill_color="fill", stroked=True, get_line_color=rgb(look.accent),
        line_width_units="'pixels'", get_line_width=1.5,
    )  # fmt: skip


def _rings(rings: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer", id=COUNTRIES_LAYER, data=list(rings), pickable=True, get_position="position", get_radius="radius",
        radius_units="'pixels'", get_fill_color=rgb(look.surface), stroked=True, get_line_color=rgb(look.ink),
        line_width_units="'pixels'", get_line_width=2,
    )  # fmt: skip


def _arcs(arcs: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "PathLayer", id=LINKS_LAYER, data=list(arcs), pickable=True, get_path="path", get_width="width", width_units="'pixels'",
        get_color=rgb(look.accent, 0.65), cap_rounded=True, joint_rounded=True,
    )  # fmt: skip
