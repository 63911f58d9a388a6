"""Events of a selection as GeoJSON (RFC 7946): one feature an event, in the order of the screen.

An event without a known point is a feature without a geometry, as RFC 7946 (section 3.2) has it, so that the count is the
selection's and no point is invented. Coordinates are longitude before latitude, WGS 84.
"""

import json
from typing import Any

import pandas as pd

from dashboard.exports.csv import EVENT_COLUMNS

POINT = ("longitude", "latitude")


def events_geojson(rows: pd.DataFrame) -> bytes:
    """The rows of `queries.events.event_rows`, in their order.

    Shape: a FeatureCollection; each feature has the event's id and, as properties, the columns of the CSV file but the
    coordinates. Days are ISO 8601; what is not known is null.
    """
    features = [_feature(row) for row in rows[list(EVENT_COLUMNS)].to_dict("records")]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = {name: _value(value) for name, value in row.items() if name not in POINT}
    point = [_value(row[name]) for name in POINT]
    geometry = {"type": "Point", "coordinates": point} if None not in point else None
    return {"type": "Feature", "id": row["event_id"], "geometry": geometry, "properties": properties}


def _value(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else getattr(value, "item", lambda: value)()
