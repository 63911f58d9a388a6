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


def site(name: str, latitude: float, longitude: float, event_count: int) -> dict[str, Any]:
    """A row of `queries.map.sites`."""
    return {
        "place_id": f"own:{name.lower()}", "name": name, "kind": "city", "country": "Somewhere", "latitude": latitude,
        "longitude": longitude, "event_count": event_count, "titles": [f"{name} {number}" for number in range(event_count)],
    }  # fmt: skip
