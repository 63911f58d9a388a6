"""More or fewer than before: each period's ratio with the interval that it may lie in, on a scale of doublings."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.periods import Periods, name
from dashboard.charts.theme import Theme, axis, drawn
from dashboard.charts.timeline import LEFT_MARGIN, RIGHT_MARGIN, amount
from dashboard.queries.change import WINDOWS

HEIGHT = 240
FARTHEST = 100.0
"""Ratios beyond it, or below its inverse, are drawn at the edge."""

TICKS = {0.01: "÷100", 0.1: "÷10", 0.5: "half", 1: "same", 2: "double", 10: "×10", 100: "×100"}


def ratios(changes: pd.DataFrame, periods: Periods, look: Theme) -> go.Figure:
    """A point a period with its interval as a line; filled where the interval leaves "the same" out.

    Shape: `changes` as `queries.change.changes`, at least one that can be compared.
    """
    known = changes.dropna(subset="ratio")
    places = [_place(value) for value in known["ratio"]]
    lows, highs = [_place(value) for value in known["low"]], [_place(value) for value in known["high"]]
    symbols = ["circle" if is_clear else "circle-open" for is_clear in known["is_clear"]]
    trace: dict[str, Any] = {
        "type": "scatter", "mode": "markers", "x": known["rank"].tolist(), "y": places, "cliponaxis": False,
        "marker": {"size": 10, "color": look.accent, "symbol": symbols, "line": {"width": 2, "color": look.accent}},
        "error_y": {
            "type": "data", "symmetric": False, "array": [high - place for high, place in zip(highs, places, strict=True)],
            "arrayminus": [place - low for low, place in zip(lows, places, strict=True)], "color": look.muted, "thickness": 1.5, "width": 3,
        },
        "hovertext": [_hover(row, periods) for row in known.itertuples(index=False, name="Change")], "hoverinfo": "text",
        "customdata": [[*_days(row.rank, periods), ""] for row in known.itertuples(index=False, name="Change")],
    }  # fmt: skip
    y_axis = axis(
        look, range=[-2.15, 2.15], tickvals=[math.log10(value) for value in TICKS], ticktext=list(TICKS.values()), automargin=False,
    )  # fmt: skip
    same = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": look.ink, "width": 1},
    }
    x_axis = axis(look, range=[-0.6, periods.count - 0.4], showgrid=False, showticklabels=False, automargin=False)
    margin = {"l": LEFT_MARGIN + 12, "r": RIGHT_MARGIN, "t": 6, "b": 2}
    return drawn([trace], look, height=HEIGHT, xaxis=x_axis, yaxis=y_axis, margin=margin, shapes=[same])


def sentence(change: Any, periods: Periods, against: str) -> str:
    """`3 in July 2025 against 1 in June 2025: between 0.24 and 160 times as many; too few to tell.`"""
    when = name(periods.unit, periods.start(change.rank))
    before = _before(change, periods, against)
    if math.isnan(change.ratio):
        return f"None in {when}, and {before}: nothing to compare."
    return f"{change.count:,} in {when} against {before}: {_interval(change)}."


def _before(change: Any, periods: Periods, against: str) -> str:
    if against == "previous":
        return f"{change.before_count:,} in {name(periods.unit, periods.start(change.rank - 1))}"
    return f"{amount(change.before_count / WINDOWS[against])} a {periods.unit} in the twelve before"


def _interval(change: Any) -> str:
    bounds = (
        f"at least {_short(change.low)} times as many" if math.isinf(change.high)
        else f"between {_short(change.low)} and {_short(change.high)} times as many" if change.low
        else f"at most {_short(change.high)} times as many"
    )  # fmt: skip
    if change.is_clear:
        return f"{bounds}; {'more' if change.low > 1 else 'fewer'} than chance explains"
    if not change.low and math.isinf(change.high):
        return "too few to tell"
    return f"{bounds}; too few to tell"


def _short(value: float) -> str:
    """Two digits that count: `0.24`, `1.8`, `160`."""
    return f"{float(f'{value:.2g}'):,g}"


def table(changes: pd.DataFrame, periods: Periods, documents: list[int], against: str) -> pd.DataFrame:
    """The figures: one row a period, the latest first, with the documents that were read of it and before."""
    window = WINDOWS[against]
    rows = list(changes.iloc[::-1].itertuples(index=False, name="Change"))
    return pd.DataFrame({
        "period": [name(periods.unit, periods.start(row.rank)) for row in rows],
        "events": [row.count for row in rows],
        "before": [amount(row.before_count / window) for row in rows],
        "ratio": ["" if math.isnan(row.ratio) else "∞" if math.isinf(row.ratio) else _short(row.ratio) for row in rows],
        "interval": ["nothing to compare" if math.isnan(row.ratio) else _interval(row) for row in rows],
        "documents": [f"{documents[row.rank]:,} against {amount(sum(documents[row.rank - window : row.rank]) / window)}" for row in rows],
        "mark": [[*_days(row.rank, periods), ""] for row in rows],
    })  # fmt: skip


def summary(changes: pd.DataFrame) -> str:
    """In how many periods something can be told."""
    known = changes.dropna(subset="ratio")
    clear = int(known["is_clear"].sum())
    return f"{clear} of {len(known)} comparisons are clear; by chance alone one in twenty would look so."


def _place(value: float) -> float:
    return math.log10(min(max(value, 1 / FARTHEST), FARTHEST))


def _days(rank: int, periods: Periods) -> tuple[str, str]:
    return periods.start(rank).isoformat(), periods.end(rank).isoformat()


def _hover(row: Any, periods: Periods) -> str:
    return f"<b>{name(periods.unit, periods.start(row.rank))}</b><br>{row.count:,} events<br>{_interval(row)}"
