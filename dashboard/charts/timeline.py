"""When: events counted by period, stacked by main sector."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.legend import Entry
from dashboard.charts.periods import Periods, covering, labels, name
from dashboard.charts.theme import Theme, axis, counted, drawn, hatched_where

MOST_TOTALS = 40
"""With more bars than this their totals would run into each other."""

BAR_WIDTH = 0.82
"""Of a period's share of the axis."""


def bars(counts: pd.DataFrame, periods: Periods, look: Theme, *, height: int = 260) -> go.Figure:
    """One bar a period, stacked by main sector; what only a document's own date puts there is hatched.

    Shape: `counts` as `queries.timeline.by_period`, only the rows that have a period. The x of period n is n; each piece
    carries the first day of its period, the last, and its sector.
    """
    placed = pieces(counts, periods, look)
    traces = [_stacks(placed, periods, look)]
    if periods.count <= MOST_TOTALS:
        traces.append(_totals(placed, look))
    shown = labels(periods)
    x_axis = axis(look, tickvals=list(shown), ticktext=list(shown.values()), range=[-0.6, periods.count - 0.4], showgrid=False)
    highest = int(placed.groupby("rank")["event_count"].sum().max())
    y_axis = axis(look, rangemode="tozero", range=[0, highest * 1.15], nticks=4, tick0=0, tickformat=",d", dtick=_step(highest))
    return drawn(
        traces, look, height=height, barmode="overlay", xaxis=x_axis, yaxis=y_axis, dragmode="select", selectdirection="h",
        newselection={"line": {"color": look.accent, "width": 1.5, "dash": "solid"}}, margin={"l": 4, "r": 4, "t": 6, "b": 4},
    )  # fmt: skip


def pieces(counts: pd.DataFrame, periods: Periods, look: Theme) -> pd.DataFrame:
    """The counts in the order in which they are stacked, with the `rank` of their period and the `base` they stand on."""
    placed = counts[counts["period_start"].notna()]
    placed = placed.assign(
        rank=[periods.rank(start.date()) for start in placed["period_start"]],
        sector_code=placed["sector_code"].fillna(""),
        order=placed["sector_code"].fillna("").map(look.rank),
    ).sort_values(["rank", "order", "is_stand_in"], ignore_index=True)
    return placed.assign(base=placed.groupby("rank")["event_count"].cumsum() - placed["event_count"])


def periods_of(counts: pd.DataFrame, unit: str) -> Periods | None:
    """The periods that the counts fill, from the first to the last, or None if no event is in any."""
    starts = counts["period_start"].dropna()
    return covering(unit, [start.date() for start in starts]) if len(starts) else None


def left_out(counts: pd.DataFrame) -> int:
    """Events in no bar: their date is coarser than the period, or not known."""
    return int(counts.loc[counts["period_start"].isna(), "event_count"].sum())


def entries(counts: pd.DataFrame, look: Theme) -> list[Entry]:
    """The legend: each sector with its count, in the codebook's order, and what hatching means."""
    totals = counts.assign(sector_code=counts["sector_code"].fillna("")).groupby("sector_code")["event_count"].sum()
    codes = sorted(totals.index, key=look.rank)
    found = [Entry("square", f"{look.label(code)} {totals[code]:,}", look.color(code)) for code in codes]
    if counts["is_stand_in"].any():
        found.append(Entry("square hatched", "No date in the text; the document’s own stands in"))
    return found


def sentence(counts: pd.DataFrame, periods: Periods) -> str:
    """What the bars show, for those who do not see them."""
    placed = counts[counts["period_start"].notna()]
    totals = placed.groupby([periods.rank(start.date()) for start in placed["period_start"]])["event_count"].sum()
    best = int(totals.idxmax())
    most = f"Most in {name(periods.unit, periods.start(best))}: {totals[best]:,} of {counted(int(counts['event_count'].sum()))}."
    if periods.count == 1:
        return most
    return f"{most} {len(totals)} of {periods.count} {periods.unit}s have any."


def table(counts: pd.DataFrame, unit: str, look: Theme) -> pd.DataFrame:
    """The bars' figures: one row a period, sector and kind of date."""
    starts = counts["period_start"]
    return pd.DataFrame({
        "period": [name(unit, start.date()) if pd.notna(start) else f"No {unit} known" for start in starts],
        "sector": [look.label(code) for code in counts["sector_code"].fillna("")],
        "date": ["the document’s own stands in" if is_stand_in else "the event’s own" for is_stand_in in counts["is_stand_in"]],
        "events": counts["event_count"].to_numpy(),
    })  # fmt: skip


def _stacks(placed: pd.DataFrame, periods: Periods, look: Theme) -> dict[str, Any]:
    """All pieces in one trace: a trace for each sector takes ten times as long to check and to draw."""
    colors = [look.color(code) for code in placed["sector_code"]]
    stand_ins = placed["is_stand_in"].tolist()
    spans = [(periods.start(rank), periods.end(rank)) for rank in placed["rank"]]
    return {
        "type": "bar",
        "width": BAR_WIDTH,
        "x": placed["rank"].tolist(),
        "y": placed["event_count"].tolist(),
        "base": placed["base"].tolist(),
        "customdata": [[start.isoformat(), end.isoformat(), code] for (start, end), code in zip(spans, placed["sector_code"], strict=True)],
        "hovertext": _hovers(placed, periods, look),
        "hoverinfo": "text",
        "marker": hatched_where(stand_ins, colors, look),
    }


def _hovers(placed: pd.DataFrame, periods: Periods, look: Theme) -> list[str]:
    return [
        _hover(periods.unit, periods.start(row.rank), row.event_count, look.label(row.sector_code), is_stand_in=row.is_stand_in)
        for row in placed[["rank", "event_count", "sector_code", "is_stand_in"]].itertuples(index=False, name="Piece")
    ]


def _hover(unit: str, start: date, count: int, sector: str, *, is_stand_in: bool) -> str:
    basis = "<br>No date in the text: the document’s own stands in" if is_stand_in else ""
    return f"<b>{name(unit, start)}</b><br>{sector}: {counted(count)}{basis}"


def _totals(placed: pd.DataFrame, look: Theme) -> dict[str, Any]:
    totals = placed.groupby("rank")["event_count"].sum()
    return {
        "type": "scatter", "mode": "text", "x": totals.index.tolist(), "y": totals.tolist(),
        "text": [f"{total:,}" for total in totals], "textposition": "top center", "textfont": {"color": look.ink, "size": 13},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _step(highest: int) -> int:
    """A round distance of the grid lines, so that at most five are drawn and counts stay whole."""
    for size in range(12):
        for digit in (1, 2, 5):
            if highest <= digit * 10**size * 4:
                return int(digit * 10**size)
    return highest
