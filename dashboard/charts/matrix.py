"""Cells in rows and columns, the darker the more, each with its number; each cell can be clicked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.theme import Theme, axis, cut, drawn, mixed, readable_on

CELL_HEIGHT, HEAD_HEIGHT = 34, 40
LINE_HEIGHT = 16
PALEST = 0.14
"""Colour of a cell with the least number, when the greatest has the full colour."""

LONGEST_ROW, LINE_LETTERS, MOST_LINES = 34, 12, 3
"""Letters of a row's name; letters in a line of a column's name, and lines of it."""


@dataclass(frozen=True)
class Cell:
    """One cell: where it is, how dark (0 to 1), what stands in it, what a pointer is told, what a click carries.

    Rules: `is_sum` draws it as an outline: a number that is no part of the grid, such as a row's sum.
    """

    row: int
    column: int
    share: float
    text: str
    hover: str
    mark: Sequence[str]
    is_sum: bool = False


def matrix(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str], look: Theme) -> go.Figure:
    """The grid; a pair without a cell is left blank."""
    heads = [wrapped(column) for column in columns]
    lines = max(head.count("<br>") + 1 for head in heads)
    x_axis = axis(look, tickvals=list(range(len(columns))), ticktext=heads, side="top", range=[-0.5, len(columns) - 0.5],
                  showgrid=False, tickangle=0, tickfont={"color": look.ink, "size": 12})  # fmt: skip
    y_axis = axis(look, tickvals=list(range(len(rows))), ticktext=[f"{cut(row, LONGEST_ROW)} " for row in rows],
                  range=[len(rows) - 0.5, -0.5], tickfont={"color": look.ink, "size": 12})  # fmt: skip
    height = HEAD_HEIGHT + LINE_HEIGHT * (lines - 1) + CELL_HEIGHT * len(rows)
    return drawn([_trace(cells, look)], look, height=height, barmode="overlay", xaxis=x_axis, yaxis=y_axis)


def _trace(cells: Sequence[Cell], look: Theme) -> dict[str, Any]:
    """Bars, one a cell: a heat map of Plotly's cannot be clicked."""
    colors = [look.surface if cell.is_sum else shade(cell.share, look) for cell in cells]
    lines = [look.muted if cell.is_sum else color for cell, color in zip(cells, colors, strict=True)]
    return {
        "type": "bar", "width": 0.94, "x": [cell.column for cell in cells], "y": [0.9] * len(cells),
        "base": [cell.row - 0.45 for cell in cells],
        "text": [cell.text for cell in cells], "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
        "constraintext": "none", "insidetextfont": {"color": [readable_on(color) for color in colors], "size": 13},
        "marker": {"color": colors, "line": {"width": [1 if cell.is_sum else 0 for cell in cells], "color": lines}},
        "customdata": [list(cell.mark) for cell in cells],
        "hovertext": [cell.hover for cell in cells], "hoverinfo": "text",
    }  # fmt: skip


def shade(share: float, look: Theme) -> str:
    """The colour of a cell: `share` of the way from the palest to the full colour."""
    return mixed(look.accent, look.surface, PALEST + (1 - PALEST) * share)


def shares(numbers: Mapping[Any, float]) -> dict[Any, float]:
    """Numbers as parts of the way from nothing to the greatest of them."""
    most = max(numbers.values(), default=0)
    return {key: number / most if most else 0.0 for key, number in numbers.items()}


def wrapped(text: str) -> str:
    """A column's name in short lines."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept[-1] += "…"
    return "<br>".join(cut(line, LINE_LETTERS + 2) for line in kept)
