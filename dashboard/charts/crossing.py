"""Two fields crossed as a heat map, and one field over time as rows of small bars."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import matrix as grid
from dashboard.charts.matrix import Cell, shares
from dashboard.charts.theme import Theme, axis, counted, cut, drawn
from dashboard.queries.crossing import ALL, OTHERS

LONGEST_NAME = 90
ROW_HEIGHT, FOOT_HEIGHT = 46, 44
TALLEST = 0.72
"""Height of the highest bar, in rows."""

MOST_NUMBERS = 26
"""Columns up to which each bar has its number above it."""

MOST_LABELS = 12


def heat_map(cells: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame, how: str, look: Theme) -> go.Figure:
    """A cell for each pair of values; outlined, the events of each whole row and column.

    Shape: `cells` as `queries.crossing.measured`; `rows` and `columns` as `divided`, with `label`; a cell carries both codes,
    an outlined one its own code and `ALL`. Rules: a missing code is carried as nothing. Cells of the others are left pale: they
    would outshine the values.
    """
    row_place, column_place = _places(rows), _places(columns)
    labels = (
        dict(zip(map(_carried, rows["code"]), rows["label"], strict=True)),
        dict(zip(map(_carried, columns["code"]), columns["label"], strict=True)),
    )
    known = cells[cells["number"].notna() & (cells["row_code"] != OTHERS) & (cells["column_code"] != OTHERS)]
    darkness = shares({index: float(number) for index, number in known["number"].items()})
    drawn_cells = [
        Cell(row_place[_carried(row.row_code)], column_place[_carried(row.column_code)], darkness.get(row.Index, 0.0), in_words(row.number, how),
             _hover(labels[0][_carried(row.row_code)], labels[1][_carried(row.column_code)], row, how), (_carried(row.row_code), _carried(row.column_code)))
        for row in cells.itertuples(name="Row")
    ]  # fmt: skip
    drawn_cells += [
        _sum(place, len(columns), row, (_carried(row.code), ALL))
        for place, row in enumerate(rows.itertuples(name="Row"))
    ]
    drawn_cells += [
        _sum(len(rows), place, row, (ALL, _carried(row.code)))
        for place, row in enumerate(columns.itertuples(name="Row"))
    ]
    return grid.matrix(drawn_cells, [*rows["label"], "All"], [*columns["label"], "All"], look)


def in_words(number: float, how: str) -> str:
    """What stands in a cell: `12`, `25 %`, `0.42`; a dash where there is no rate."""
    if pd.isna(number):
        return "–"
    if how == "count":
        return f"{number:,.0f}"
    if how == "rate":
        return f"{number:,.2f}"
    percent = 100 * number
    return f"{percent:.0f} %" if percent >= 1 or not number else "< 1 %"


def course(
    cells: pd.DataFrame, rows: pd.DataFrame, columns: Sequence[tuple[str, str]], colors: Sequence[str], look: Theme
) -> go.Figure:
    """A row of bars for each value: how many of its events may have been in each period, all rows on one scale.

    Rules: a bar of the others is cut off where the highest bar of a value ends. Shape: `cells` as `queries.crossing.crossed`; `columns` has code and label of each period, gaps filled; a bar carries the
    codes of its row and of its period.
    """
    rank = {code: position for position, (code, _) in enumerate(columns)}
    place = _places(rows)
    own = cells[(cells["row_code"] != OTHERS) & (cells["column_code"] != OTHERS)]
    most = int(own["event_count"].max()) if len(own) else int(cells["event_count"].max())
    labels = dict(zip(map(_carried, rows["code"]), rows["label"], strict=True))
    named = dict(columns)
    bars = [
        (rank[_carried(row.column_code)], len(rows) - 1 - place[_carried(row.row_code)], int(row.event_count), _carried(row.row_code), _carried(row.column_code))
        for row in cells.itertuples(name="Row")
    ]  # fmt: skip
    trace = {
        "type": "bar", "width": 0.8, "x": [bar[0] for bar in bars], "base": [bar[1] for bar in bars],
        "y": [TALLEST * min(bar[2] / most, 1) for bar in bars],
        "marker": {"color": [colors[len(rows) - 1 - bar[1]] for bar in bars], "line": {"width": 0}},
        "customdata": [[bar[3], bar[4]] for bar in bars], "hoverinfo": "text",
        "hovertext": [f"<b>{cut(labels[bar[3]], LONGEST_NAME)}</b><br>{cut(named[bar[4]], LONGEST_NAME)}: {counted(bar[2])}" for bar in bars],
    }  # fmt: skip
    traces: list[dict[str, Any]] = [trace]
    if len(columns) <= MOST_NUMBERS:
        traces.append({
            "type": "scatter", "mode": "text", "x": trace["x"], "hoverinfo": "skip", "text": [f"{bar[2]:,}" for bar in bars],
            "y": [bar[1] + TALLEST * min(bar[2] / most, 1) + 0.11 for bar in bars], "textfont": {"color": look.muted, "size": 11},
        })  # fmt: skip
    return drawn(
        traces, look, height=ROW_HEIGHT * len(rows) + FOOT_HEIGHT, barmode="overlay", **_axes(rows, columns, look)
    )


def _axes(rows: pd.DataFrame, columns: Sequence[tuple[str, str]], look: Theme) -> dict[str, Any]:
    step = -(-len(columns) // MOST_LABELS)
    ticks = [position for position in range(len(columns)) if (len(columns) - 1 - position) % step == 0]
    names = [f"{cut(label, grid.LONGEST_ROW)} " for label in rows["label"]]
    return {
        "xaxis": axis(look, tickvals=ticks, ticktext=[grid.wrapped(columns[tick][1]) for tick in ticks], tickangle=0,
                      range=[-0.6, len(columns) - 0.4], showgrid=False),
        "yaxis": axis(look, tickvals=[len(rows) - 1 - position + 0.3 for position in range(len(rows))], ticktext=names,
                      range=[-0.08, len(rows)], showgrid=False, tickfont={"color": look.ink, "size": 12}),
        "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": position, "y1": position,
                    "line": {"color": look.grid, "width": 1}, "layer": "below"} for position in range(len(rows))],
    }  # fmt: skip


def _places(values: pd.DataFrame) -> dict[str, int]:
    return {_carried(code): position for position, code in enumerate(values["code"])}


def _carried(code: object) -> str:
    return code if isinstance(code, str) else ""


def _sum(row: int, column: int, value: Any, mark: tuple[str, str]) -> Cell:
    hover = f"<b>{cut(value.label, LONGEST_NAME)}</b><br>{counted(value.event_count)} in all"
    return Cell(row, column, 0, f"{value.event_count:,}", hover, mark, is_sum=True)


def _hover(row: str, column: str, cell: Any, how: str) -> str:
    named = f"<b>{cut(row, LONGEST_NAME)}<br>{cut(column, LONGEST_NAME)}</b><br>{counted(cell.event_count)}"
    return named if how == "count" else f"{named}<br>{explained(cell, how)}"


def explained(cell: Any, how: str) -> str:
    """A number with its denominator: `25 % of 12 in the row`."""
    wholes = {"row": "in the row", "column": "in the column", "all": "selected"}
    if how == "rate":
        read = counted(int(cell.denominator), "document")
        return f"{in_words(cell.number, how)} a document ({read} read)" if cell.denominator else "no document read"
    return f"{in_words(cell.number, how)} of {cell.denominator:,.0f} {wholes[how]}"
