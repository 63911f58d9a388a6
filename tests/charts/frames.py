"""Small frames in the shape of the queries' answers."""

from typing import Any

import pandas as pd

from dashboard.charts.theme import Theme, theme

SECTORS = pd.DataFrame({
    "sector_code": ["space", "energy", "general"], "label": ["Space", "Energy", "General"],
    "color_light": ["#3b4cc0", "#b35900", "#777777"], "color_dark": ["#8f9cff", "#e69f00", "#aaaaaa"],
})  # fmt: skip


def look(*, is_dark: bool = False) -> Theme:
    return theme(SECTORS, is_dark=is_dark)


def counts(*rows: tuple[str | None, str | None, bool, int]) -> pd.DataFrame:
    """As `queries.timeline.by_period`."""
    frame = pd.DataFrame(rows, columns=["period_start", "group_code", "is_stand_in", "event_count"])
    return frame.assign(
        period_start=pd.to_datetime(frame["period_start"]), group_code=frame["group_code"].astype("str"),
        whole_count=frame["event_count"],
    )  # fmt: skip


def lane(
    title: str, start: str, end: str, edtf: str, precision: str, basis: str = "stated", sector: str | None = "space"
) -> dict[str, Any]:
    """A row of `queries.timeline.lanes`."""
    return {
        "event_id": title, "title": title, "start_date": pd.Timestamp(start), "end_date": pd.Timestamp(end), "date_edtf": edtf,
        "date_precision": precision, "date_basis": basis, "sector_code": sector,
    }  # fmt: skip


def site(name: str, latitude: float, longitude: float, event_count: int, **other: Any) -> dict[str, Any]:
    """A row of `queries.map.sites` with its titles."""
    return {
        "place_id": f"own:{name.lower()}", "name": name, "kind": "city", "region": None, "country_code": "SOM", "country": "Somewhere",
        "latitude": latitude, "longitude": longitude, "source": "GeoNames", "event_count": event_count,
        "first_date": pd.Timestamp("2025-07-01"), "last_date": pd.Timestamp("2025-07-31"), "sectors": ["space"], "sector_counts": [event_count],
        "titles": [f"{name} {number}" for number in range(event_count)],
    } | other  # fmt: skip


def square(west: float, south: float, size: float) -> list[list[float]]:
    """A ring with these corners."""
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def shapes(*codes: str) -> dict[str, Any]:
    """As `reference.country_shapes`: a square a country, side by side along the equator."""
    return {"features": [
        {"properties": {"country_code": code, "name": code}, "geometry": {"type": "Polygon", "coordinates": [square(rank * 10, 0, 10)]}}
        for rank, code in enumerate(codes)
    ]}  # fmt: skip
