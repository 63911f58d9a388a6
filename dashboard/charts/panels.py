"""When, group by group: the bars of each group in a panel of its own, all to one scale."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.periods import Periods
from dashboard.charts.theme import Theme, axis, drawn
from dashboard.charts.timeline import LEFT_MARGIN, RIGHT_MARGIN, amount, bars, step

PANEL_HEIGHT, TITLE_SHARE = 84, 0.26
"""Pixels of a panel, and the share of it that its title takes."""


def panels(counts: pd.DataFrame, periods: Periods, look: Theme) -> go.Figure:
    """One row of bars a group, the codebook's order from above; same marks as the stacked bars carry.

    Shape: `counts` as `queries.timeline.by_period`, at least one row that has a period.
    """
    placed = counts[counts["period_start"].notna()].assign(group_code=counts["group_code"].fillna(""))
    codes = sorted(placed["group_code"].unique(), key=look.rank)
    totals = placed.groupby(["group_code", "period_start"])["event_count"].sum()
    highest = float(totals.max())
    traces: list[Any] = []
    layout: dict[str, Any] = {"annotations": []}
    for number, code in enumerate(codes):
        own = placed[placed["group_code"] == code]
        traces += [
            trace.update(yaxis=_axis_name(number)) for trace in bars(own, periods, look).data[:2] if len(trace.y)
        ]
        layout["yaxis" + str(number + 1 if number else "")] = _axis(number, len(codes), highest, look)
        layout["annotations"].append(_title(code, float(own["event_count"].sum()), number, len(codes), look))
    x_axis = axis(look, range=[-0.6, periods.count - 0.4], showgrid=False, showticklabels=False, automargin=False)
    return drawn(
        traces, look, height=PANEL_HEIGHT * len(codes), barmode="overlay", xaxis=x_axis | {"anchor": _axis_name(len(codes) - 1)},
        margin={"l": LEFT_MARGIN, "r": RIGHT_MARGIN, "t": 0, "b": 1}, **layout,
    )  # fmt: skip


def _axis_name(number: int) -> str:
    return f"y{number + 1}" if number else "y"


def _axis(number: int, count: int, highest: float, look: Theme) -> dict[str, Any]:
    bottom = 1 - (number + 1) / count
    return axis(
        look, domain=[bottom, bottom + (1 - TITLE_SHARE) / count], range=[0, highest * 1.1], tick0=0, dtick=step(highest) * 2,
        tickformat=",~f", automargin=False,
    )  # fmt: skip


def _title(code: str, total: float, number: int, count: int, look: Theme) -> dict[str, Any]:
    return {
        "text": f"<b>{look.label(code)}</b> {amount(total)}", "xref": "paper", "yref": "paper", "x": 0, "y": 1 - number / count,
        "xanchor": "left", "yanchor": "top", "showarrow": False, "font": {"color": look.ink, "size": 13},
    }  # fmt: skip
