"""The same day in other years: a row a year, a column for a week or a day of the year."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.theme import Theme, axis, counted, drawn, mixed

ROW_HEIGHT, HEAD_HEIGHT = 34, 30
MOST_YEARS = 30
"""Years that are drawn, the latest; a reader compares no more."""

CELL_DAYS = {"week": 7, "day": 1}
LEAP = 2000
"""A year that has a 29 February: its days are the columns."""

PALEST = 0.6
"""Colour of a cell with one event, when the busiest has the full colour: 3:1 against the ground in both themes."""

LOWEST, HIGHEST = 0.28, 0.62
"""Height of a cell with one event and of the busiest, in rows; so that the number is not in the colour alone."""


def grid(days: pd.DataFrame, cell: str, look: Theme) -> go.Figure:
    """Cells for the days, and a thin bar over the whole month for what is known by month only.

    Shape: `days` as `queries.calendar_grid.days_of_years`, at least one row with a day; each mark carries its first and last
    day. A column of weeks holds the same dates each year: 1 to 7 January, 8 to 14 January, and so on.
    """
    marks = cells(days, cell)
    years = sorted(marks["year"].unique())
    rows = {year: row for row, year in enumerate(years)}
    exact, months = marks[~marks["is_month"]], marks[marks["is_month"]]
    traces = [_bars(exact, rows, cell, look), _month_bars(months, rows, look)]
    firsts = [date(LEAP, month, 1) for month in range(1, 13)]
    x_axis = axis(
        look, range=[-1, 366], tickvals=[_column(day) for day in firsts], ticktext=[f"{day:%b}" for day in firsts], side="top",
        showgrid=True, ticklabelposition="outside right", automargin=False,
    )  # fmt: skip
    y_axis = axis(
        look, tickvals=list(rows.values()), ticktext=[str(year) for year in years], range=[len(years) - 0.5, -0.5], showgrid=False,
        tickfont={"color": look.ink, "size": 13},
    )  # fmt: skip
    return drawn(
        [trace for trace in traces if len(trace["y"])], look, height=ROW_HEIGHT * len(years) + HEAD_HEIGHT, barmode="overlay",
        xaxis=x_axis, yaxis=y_axis, margin={"l": 44, "r": 4, "t": HEAD_HEIGHT - 4, "b": 2},
    )  # fmt: skip


def cells(days: pd.DataFrame, cell: str) -> pd.DataFrame:
    """The marks of the grid.

    Shape: one row a cell or month: year, first, last, is_month, event_count; only the latest `MOST_YEARS` years with events.
    """
    known = days.dropna(subset="first_day")
    spans = [
        _span(day.date(), cell, is_month=month)
        for day, month in zip(known["first_day"], known["is_month"], strict=True)
    ]
    marks = known.assign(first=[first for first, _ in spans], last=[last for _, last in spans])
    counted_marks = marks.groupby(["first", "last", "is_month"], as_index=False)["event_count"].sum()
    placed = counted_marks.assign(year=[first.year for first in counted_marks["first"]])
    drawn_years = sorted(placed["year"].unique())[-MOST_YEARS:]
    return placed[placed["year"].isin(drawn_years)].reset_index(drop=True)


def not_drawn(days: pd.DataFrame, cell: str) -> tuple[int, int]:
    """Events of no known month, and events of years before those that are drawn."""
    unknown = int(days.loc[days["first_day"].isna(), "event_count"].sum())
    total = int(days["event_count"].sum())
    return unknown, total - unknown - int(cells(days, cell)["event_count"].sum())


def sentence(marks: pd.DataFrame, cell: str) -> str:
    """The dates that have events in the most years."""
    exact = marks[~marks["is_month"]].assign(place=[_column(first) for first in marks.loc[~marks["is_month"], "first"]])
    months = int(marks.loc[marks["is_month"], "event_count"].sum())
    known_by_month = f" {counted(months)} known by month only: the thin bars." if months else ""
    if exact.empty:
        return f"No day is known.{known_by_month}"
    years = exact.groupby("place")["year"].nunique()
    best = int(years.idxmax())
    first = date(LEAP, 1, 1) + timedelta(days=best)
    named = f"{first.day} {first:%B}" if cell == "day" else f"the {CELL_DAYS[cell]} days from {first.day} {first:%B}"
    most = f"Most years in one column: {named}, with events in {years[best]} of {counted(marks['year'].nunique(), 'year')}."
    return (most if years[best] > 1 else f"No {cell} of the year has events in two years.") + known_by_month


def table(marks: pd.DataFrame) -> pd.DataFrame:
    """The grid's figures: one row a mark, with what it carries."""
    return pd.DataFrame({
        "days": [f"{first:%B %Y}, day not known" if is_month else _said(first, last) for first, last, is_month in zip(marks["first"], marks["last"], marks["is_month"], strict=True)],
        "events": marks["event_count"].to_numpy(),
        "mark": _keys(marks),
    })  # fmt: skip


def _span(day: date, cell: str, *, is_month: bool) -> tuple[date, date]:
    if is_month:
        return day, (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    length = CELL_DAYS[cell]
    column = _column(day) // length * length
    opening, closing = (
        date(LEAP, 1, 1) + timedelta(days=column),
        date(LEAP, 1, 1) + timedelta(days=min(column + length - 1, 365)),
    )
    return _in_year(opening, day.year), _in_year(closing, day.year)


def _column(day: date) -> int:
    return (day.replace(year=LEAP) - date(LEAP, 1, 1)).days


def _in_year(day: date, year: int) -> date:
    """The day in another year; 29 February is the 28th where there is none."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) and not is_leap else day.replace(year=year)


def _bars(marks: pd.DataFrame, rows: dict[int, int], cell: str, look: Theme) -> dict[str, Any]:
    largest = max(int(marks["event_count"].max()), 1) if len(marks) else 1
    shares = [(count / largest) ** 0.5 for count in marks["event_count"]]
    heights = [LOWEST + (HIGHEST - LOWEST) * share for share in shares]
    middles = [rows[year] - 0.08 for year in marks["year"]]
    return {
        "type": "bar", "x": [_column(first) + CELL_DAYS[cell] / 2 for first in marks["first"]], "y": heights,
        "base": [middle - height / 2 for middle, height in zip(middles, heights, strict=True)], "width": CELL_DAYS[cell] * 0.9,
        "marker": {"color": [mixed(look.accent, look.surface, PALEST + (1 - PALEST) * share) for share in shares], "line": {"width": 0}},
        "customdata": _keys(marks), "hovertext": _hovers(marks), "hoverinfo": "text",
    }  # fmt: skip


def _month_bars(marks: pd.DataFrame, rows: dict[int, int], look: Theme) -> dict[str, Any]:
    lengths = [(last - first).days + 1 for first, last in zip(marks["first"], marks["last"], strict=True)]
    return {
        "type": "bar", "x": [_column(first) + length / 2 for first, length in zip(marks["first"], lengths, strict=True)],
        "y": [0.14] * len(marks), "base": [rows[year] + 0.3 for year in marks["year"]], "width": [length - 1 for length in lengths],
        "marker": {"color": look.surface, "line": {"color": look.accent, "width": 1.5}},
        "customdata": _keys(marks), "hovertext": _hovers(marks), "hoverinfo": "text",
    }  # fmt: skip


def _keys(marks: pd.DataFrame) -> list[list[str]]:
    return [
        [first.isoformat(), last.isoformat(), ""] for first, last in zip(marks["first"], marks["last"], strict=True)
    ]


def _hovers(marks: pd.DataFrame) -> list[str]:
    return [
        f"<b>{first:%B %Y}, day not known</b><br>{counted(int(count))}"
        if is_month
        else f"<b>{_said(first, last)}</b><br>{counted(int(count))}"
        for first, last, is_month, count in zip(
            marks["first"], marks["last"], marks["is_month"], marks["event_count"], strict=True
        )
    ]


def _said(first: date, last: date) -> str:
    return f"{first.day} {first:%B %Y}" if first == last else f"{first.day} {first:%B} – {last.day} {last:%B %Y}"
