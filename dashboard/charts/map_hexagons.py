"""Events counted by hexagons, for sites that are too many to draw one by one."""

from collections.abc import Mapping, Sequence
from math import floor, log2
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts import classes
from dashboard.charts import map as base
from dashboard.charts.outlines import Outlines
from dashboard.charts.theme import Theme, counted, readable_on, rgb
from dashboard.queries.map_hexagons import steps

HEXAGONS_LAYER = "hexagons"
NARROWEST = 20.0
"""Width of a hexagon on the screen at the start, in pixels: a number of three figures fits, a finger meets it."""

MOST_HEXAGONS = 350
"""As many as take 0.12 MB with their tooltips, beside the outlines; on the world there are about 300 with land in them."""

CORNERS = ((0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1))
"""From the centre to the corners, in half widths across and in thirds of the way to the next row."""


def level(view: base.View) -> int:
    """How often the world is halved for hexagons of at least `NARROWEST` pixels; the same for views of about one scale."""
    return max(floor(view.zoom + log2(base.WORLD_PIXELS / NARROWEST)), 1)


def hexagons_map(
    cells: pd.DataFrame, shapes: Outlines, look: Theme, *, view: base.View, size: int, lows: Sequence[int]
) -> base.MapDeck:
    """The hexagons over the outlines of countries, darker the more events; a click finds its places by `cell`.

    Shape: `cells` as `queries.map_hexagons.hexagons` of the level `size`, of which the fullest are drawn; `lows` are the least
    counts of the classes.
    """
    drawn = marks(cells.head(MOST_HEXAGONS), classes.colors(lows, look), lows, size=size)
    layers = [base.land(look), _layer(drawn, look), _counts(drawn)]
    return base.deck(layers, {"land": shapes.land()}, view, look)


def marks(cells: pd.DataFrame, colors: Sequence[str], lows: Sequence[int], *, size: int) -> list[dict[str, Any]]:
    """The hexagons with their corners in degrees."""
    across, up = steps(size)
    found = []
    for cell in cells.itertuples(index=False, name="Cell"):
        color = colors[classes.class_of(cell.event_count, lows)]
        centre = (cell.column * across, cell.row * up)
        found.append({
            "cell": name(cell.column, cell.row), "polygon": [_corner(centre, corner, across, up) for corner in CORNERS],
            "position": _degrees(*centre), "color": rgb(color, 0.9), "ink": rgb(readable_on(color)),
            "count": short(cell.event_count), "head": f"{counted(cell.event_count)} at {counted(cell.site_count, 'place')}",
            "body": f"Most at {cell.biggest} ({cell.biggest_count:,})",
        })  # fmt: skip
    return found


def name(column: int, row: int) -> str:
    """How a mark names its hexagon."""
    return f"{column},{row}"


def places_of(cells: pd.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """The places of each hexagon; none where they are too many to narrow to."""
    rows = zip(cells["column"], cells["row"], cells["places"], strict=True)
    return {name(column, row): tuple(places) for column, row, places in rows}


def short(count: int) -> str:
    """A count in at most four signs: 950, 1.2k, 34k, 1.2M."""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if count >= unit:
            shown = count / unit
            return f"{shown:.1f}{letter}" if shown < 9.95 else f"{shown:.0f}{letter}"
    return str(count)


def sentence(cells: pd.DataFrame, event_count: int) -> str:
    """What the hexagons show."""
    drawn, sites = int(cells["event_count"].sum()), int(cells["site_count"].sum())
    first = cells.iloc[0]
    left = int(cells["event_count"].iloc[MOST_HEXAGONS:].sum())
    missing = f" Not drawn: {counted(left)} in the emptiest hexagons." if left else ""
    return (
        f"{drawn:,} of {counted(event_count)} at {counted(sites, 'place')} in {counted(len(cells), 'hexagon')}; the fullest "
        f"has {first['event_count']:,}, most of them at {first['biggest']}.{missing}"
    )


def table(cells: pd.DataFrame) -> pd.DataFrame:
    """The figures: one row a hexagon."""
    return pd.DataFrame({
        "around": cells["biggest"], "events": cells["event_count"], "places": cells["site_count"], "most": cells["biggest_count"],
    })  # fmt: skip


def _corner(centre: tuple[float, float], corner: tuple[int, int], across: float, up: float) -> list[float]:
    return _degrees(centre[0] + corner[0] * across, centre[1] + corner[1] * up / 3)


def _degrees(across: float, northing: float) -> list[float]:
    return [round(across, 2), round(base.latitude_of(northing), 2)]


def _layer(drawn: list[dict[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "PolygonLayer", id=HEXAGONS_LAYER, data=drawn, pickable=True, get_polygon="polygon", get_fill_color="color", stroked=True,
        get_line_color=rgb(look.surface), line_width_units="'pixels'", get_line_width=1,
    )  # fmt: skip


def _counts(drawn: list[dict[str, Any]]) -> pdk.Layer:
    bare = [{key: mark[key] for key in ("position", "count", "ink")} for mark in drawn]
    return pdk.Layer(
        "TextLayer", id="counts", data=bare, pickable=False, get_position="position", get_text="count", get_size=10,
        get_color="ink", character_set="'auto'", font_family=base.FONT, font_weight=600,
    )  # fmt: skip
