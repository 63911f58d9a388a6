"""When exactly, for many events: a strip of days for each sector, its marks as large as they hold events."""

from datetime import date, datetime, timedelta
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.lanes import BASES, SHAPES
from dashboard.charts.legend import Entry
from dashboard.charts.theme import Theme, axis, counted, drawn, hatched, rgba

SYMBOLS = {
    "stated": "circle",
    "relative": "circle-open",
    "publication": "triangle-left-open",
    "unknown": "circle-open-dot",
}
BIN_DAYS = {"day": 92, "week": 500}
"""Longest span of days that each size of bin is for; beyond, marks stand for months. Keeps a strip under a hundred marks of a kind."""

ROW_HEIGHT = 46
SMALLEST, LARGEST = 7.0, 26.0
"""Diameter of a mark in pixels: of one event, and of the largest number on the figure."""

LINE_LENGTH = 72
SOFT_OFFSET, INTERVAL_OFFSET = 0.3, -0.3
DAY_MS = 86_400_000


def bin_unit(first: date, last: date) -> str:
    """How finely a span of days can be drawn with marks that can be told apart."""
    days = (last - first).days + 1
    return next((unit for unit, most in BIN_DAYS.items() if days <= most), "month")


def strips(marks: pd.DataFrame, unit: str, look: Theme) -> go.Figure:
    """A strip for each main sector: days as circles, intervals as bars below them, months and years as soft bars above.

    Shape: `marks` as `queries.timeline.lane_marks`, at least one; each mark carries its first and last day and its sector.
    """
    coded = marks.assign(sector_code=marks["sector_code"].fillna(""), shape=marks["date_precision"].map(SHAPES))
    codes = sorted(coded["sector_code"].unique(), key=look.rank)
    placed = coded.assign(row=coded["sector_code"].map({code: rank for rank, code in enumerate(codes)}))
    placed = placed.assign(span=_spans(placed, unit))
    soft, interval = placed[placed["shape"] == "soft"], placed[placed["shape"] == "interval"]
    traces = [
        *_bars(soft, look, offset=SOFT_OFFSET, share=0.3),
        *_bars(interval, look, offset=INTERVAL_OFFSET, share=0.75),
        _circles(placed[placed["shape"] == "day"], look),
    ]
    y_axis = axis(
        look, tickvals=list(range(len(codes))), ticktext=[look.label(code) for code in codes], range=[len(codes) - 0.45, -0.55],
        tickfont={"color": look.ink, "size": 13},
    )  # fmt: skip
    x_axis = axis(look, type="date", showgrid=True, side="bottom", nticks=8)
    return drawn(
        [trace for trace in traces if len(trace["y"])], look, height=ROW_HEIGHT * len(codes) + 44, barmode="overlay",
        xaxis=x_axis, yaxis=y_axis,
    )  # fmt: skip


def entries(marks: pd.DataFrame, unit: str) -> list[Entry]:
    """The legend: only the kinds of mark that occur."""
    shapes, bases = set(marks["date_precision"].map(SHAPES)), set(marks["date_basis"])
    size = "a day" if unit == "day" else f"days of one {unit}"
    texts = {
        "day": f"Events on {size}; the larger, the more",
        "interval": "First to last day", "soft": "Month (quarter, year) known, not the day: somewhere within",
    }  # fmt: skip
    found = [Entry(shape, text) for shape, text in texts.items() if shape in shapes]
    if "relative" in bases:
        found.append(Entry("day hollow", "Worked out from “yesterday” or a weekday"))
    if "publication" in bases:
        found.append(Entry("before", "Triangle or hatched: no date in the text, so on or before the document’s own"))
    if "unknown" in bases:
        found.append(Entry("day hollow dot", "It is not known where the date comes from"))
    return found


def sentence(marks: pd.DataFrame) -> str:
    """How many of the events are marks of which precision."""
    shapes = marks.groupby(marks["date_precision"].map(SHAPES))["event_count"].sum()
    said = {"day": "on a day", "interval": "over several days", "soft": "known by month or more coarsely"}
    parts = [f"{shapes[shape]:,} {words}" for shape, words in said.items() if shape in shapes]
    return f"{counted(int(marks['event_count'].sum()))} with a date: {', '.join(parts)}."


def table(marks: pd.DataFrame, unit: str, look: Theme) -> pd.DataFrame:
    """The marks' figures, one row a mark, with what it carries."""
    coded = marks.assign(sector_code=marks["sector_code"].fillna(""), shape=marks["date_precision"].map(SHAPES))
    rows = coded.assign(span=_spans(coded, unit))
    return pd.DataFrame({
        "days": [_days(*span) for span in rows["span"]],
        "sector": [look.label(code) for code in rows["sector_code"]],
        "known": [f"{precision}{f', {BASES[basis]}' if BASES[basis] else ''}" for precision, basis in zip(rows["date_precision"], rows["date_basis"], strict=True)],
        "events": rows["event_count"].to_numpy(),
        "mark": _keys(rows),
    })  # fmt: skip


def _circles(rows: pd.DataFrame, look: Theme) -> dict[str, Any]:
    largest = max(int(rows["event_count"].max()), 1) if len(rows) else 1
    sizes = [
        max(SMALLEST, LARGEST * (count / largest) ** 0.5) if largest > 1 else SMALLEST + 3
        for count in rows["event_count"]
    ]
    colors = [look.color(code) for code in rows["sector_code"]]
    return {
        "type": "scatter", "mode": "markers",
        "x": [_middle(*span) for span in rows["span"]], "y": rows["row"].to_numpy(),
        "marker": {
            "size": np.array(sizes), "color": colors, "symbol": [SYMBOLS[basis] for basis in rows["date_basis"]], "opacity": 0.85,
            "line": {"width": 1.5},
        },
        "customdata": _keys(rows), "hovertext": _hovers(rows, look), "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip


def _bars(rows: pd.DataFrame, look: Theme, *, offset: float, share: float) -> list[dict[str, Any]]:
    """Bars in a tint of their sector's colour, and hatched ones where the date only stands in."""
    stand_ins = rows["date_basis"].isin(["publication", "unknown"])
    stated, other = rows[~stand_ins], rows[stand_ins]
    tints = {code: rgba(look.color(code), share) for code in rows["sector_code"].unique()}
    return [
        _bar(stated, look, offset, {"color": [tints[code] for code in stated["sector_code"]], "line": {"width": 0}}),
        _bar(other, look, offset, hatched([look.color(code) for code in other["sector_code"]], look, size=5)),
    ]


def _bar(rows: pd.DataFrame, look: Theme, offset: float, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar", "orientation": "h", "width": 0.2,
        "base": [start.isoformat() for start, _ in rows["span"]],
        "x": np.array([((end - start).days + 1) * DAY_MS for start, end in rows["span"]]),
        "y": rows["row"].to_numpy() - offset,
        "marker": marker, "customdata": _keys(rows), "hovertext": _hovers(rows, look), "hoverinfo": "text",
    }  # fmt: skip


def _spans(rows: pd.DataFrame, unit: str) -> list[tuple[date, date]]:
    """First and last day of each mark, the last bin of days and intervals included."""
    return [
        (start.date(), end.date() if shape == "soft" else _bin_end(end.date(), unit))
        for start, end, shape in zip(rows["mark_start"], rows["mark_end"], rows["shape"], strict=True)
    ]


def _bin_end(start: date, unit: str) -> date:
    if unit == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(days=1)
    return start + timedelta(days=6 if unit == "week" else 0)


def _middle(start: date, end: date) -> str:
    noon = datetime(start.year, start.month, start.day, 12) + (end - start) / 2  # noqa: DTZ001  # a place on the axis, not a moment
    return noon.isoformat()


def _keys(rows: pd.DataFrame) -> list[list[str]]:
    return [
        [start.isoformat(), end.isoformat(), code]
        for (start, end), code in zip(rows["span"], rows["sector_code"], strict=True)
    ]


def _hovers(rows: pd.DataFrame, look: Theme) -> list[str]:
    facts = zip(rows["sector_code"], rows["event_count"], rows["title"], rows["date_basis"], rows["span"], strict=True)
    return [
        f"<b>{_days(*span)}</b><br>{look.label(code)}: {wrapped(title) if count == 1 else counted(count)}"
        f"{f'<br>{BASES[basis]}' if BASES[basis] else ''}"
        for code, count, title, basis, span in facts
    ]


def _days(start: date, end: date) -> str:
    first, last = (f"{day.day} {day:%B} {day.year}" for day in (start, end))
    return first if start == end else f"{first} – {last}"


def wrapped(title: str) -> str:
    """A title in two lines if it is long; what it holds is text, not markup."""
    cut = title.rfind(" ", 0, LINE_LENGTH) if len(title) > LINE_LENGTH else -1
    return (
        escape(title, quote=False)
        if cut < 0
        else f"{escape(title[:cut], quote=False)}<br>{escape(title[cut + 1 :], quote=False)}"
    )
