"""What happened where, when the sites are too many to draw: events counted by hexagons of one size on the screen.

Rules: the hexagons stand on their points and tile the plane of the map's projection, so that all look alike; on the ground
they are smaller towards the poles. Their width is 360 degrees of longitude halved `level` times.
"""

from math import sqrt
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.map import events_by_place
from dashboard.queries.store import Store, Tables

MOST_PLACES = 100
"""Places up to which a hexagon can be narrowed to; the address has to hold them."""


def steps(level: int) -> tuple[float, float]:
    """From one hexagon's centre to the next: half the way to its neighbour in the row, and to the next row. In degrees of
    longitude at the equator."""
    width = 360 / 2**level
    return width / 2, width * sqrt(3) / 2


def hexagons(store: Store, selection: EventFilter, level: int) -> pd.DataFrame:
    """The selected events that have coordinates, counted by hexagon, the fullest first.

    Shape: one row a hexagon: `column` and `row` (its centre lies at those many `steps` from longitude 0 on the equator),
    event_count, site_count, `biggest` (the name of its busiest place) with `biggest_count`, `places` (a list of place_id,
    empty when they are more than `MOST_PLACES`).
    """
    return store.ask(selection, _hexagons, level)


def _hexagons(tables: Tables, level: int) -> ir.Table:
    places = tables["places"]
    drawn = places.filter(places.latitude.notnull())
    cells = drawn.select("place_id", "name", **_nearest_centre(drawn, level))
    joined = cells.join(events_by_place(tables), "place_id")
    counted = joined.group_by("column", "row").aggregate(
        event_count=joined.event_count.sum().cast("int64"),
        site_count=joined.count(),
        biggest=joined.name.argmax(joined.event_count),
        biggest_count=joined.event_count.max(),
        places=joined.place_id.collect(order_by=joined.place_id),
    )
    kept = (counted.site_count <= MOST_PLACES).ifelse(counted.places, counted.places[:0])
    return counted.mutate(places=kept).order_by(counted.event_count.desc(), "column", "row")


def _nearest_centre(places: ir.Table, level: int) -> dict[str, Any]:
    """Column and row of the nearest of all centres.

    Rules: the centres are two grids of rectangles, the one shifted by half a width and half a height against the other; the
    nearest is the nearer of the two that are nearest in each grid.
    """
    across, up = steps(level)
    x, y = places.longitude / across, _northing(places) / up
    even_column, even_row = (x / 2).round() * 2, (y / 2).round() * 2
    odd_column, odd_row = (x / 2).floor() * 2 + 1, (y / 2).floor() * 2 + 1
    is_odd = _squared(x - odd_column, y - odd_row) < _squared(x - even_column, y - even_row)
    return {
        "column": is_odd.ifelse(odd_column, even_column).cast("int64"),
        "row": is_odd.ifelse(odd_row, even_row).cast("int64"),
    }


def _squared(columns: ir.NumericValue, rows: ir.NumericValue) -> ir.NumericValue:
    """The square of a distance, in half widths; a row is √3 times as far as a column."""
    return columns * columns + 3 * rows * rows


def _northing(places: ir.Table) -> ir.NumericValue:
    """Web Mercator's northing, in degrees of longitude at the equator."""
    return ((places.latitude.radians() / 2 + 0.7853981633974483).tan().ln()).degrees()
