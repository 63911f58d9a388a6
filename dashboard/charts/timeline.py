"""When: events counted by period, stacked by main sector, type or country."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.legend import Entry
from dashboard.charts.periods import Periods, covering, labels, name
from dashboard.charts.theme import Theme, axis, counted, drawn, hatched, mixed, solid

PHONE_WIDTH, DIGIT_WIDTH = 310, 8
"""Pixels of the bars on a phone, and of a digit: where the totals would run into each other, only the highest has one."""

AXIS_HEIGHT, LEFT_MARGIN, RIGHT_MARGIN = 38, 36, 4
"""Pixels; the same margins for the bars and their axis, so that the two stand exactly below each other."""

BAR_WIDTH = 0.82
"""Of a period's share of the axis."""

STAND_IN = "<br>No date in the text: the document’s own stands in"


def bars(counts: pd.DataFrame, periods: Periods, look: Theme, *, height: int = 260) -> go.Figure:
    """One bar a period, stacked by group; what only a document's own date puts there is hatched.

    Shape: `counts` as `queries.timeline.by_period`, `look` with the names and colours of the groups (see `groups`). The x of
    period n is n; each piece carries the first day of its period, the last, and its group. `height` includes the axis below
    (see `time_axis`).
    """
    placed = pieces(counts, periods, look)
    is_stand_in = placed["is_stand_in"]
    traces = [
        _stack(placed[~is_stand_in], periods, look, marker=solid),
        _stack(placed[is_stand_in], periods, look, marker=hatched),
    ]
    traces.append(_totals(placed, periods, look))
    highest = float(placed.groupby("rank")["event_count"].sum().max())
    x_axis = axis(look, range=_range(periods), showgrid=False, showticklabels=False, automargin=False)
    y_axis = axis(look, range=[0, highest * 1.15], tick0=0, dtick=step(highest), tickformat=",~f", automargin=False)
    margin = {"l": LEFT_MARGIN, "r": RIGHT_MARGIN, "t": 6, "b": 1}
    return drawn(
        traces, look, height=height - AXIS_HEIGHT, barmode="overlay", xaxis=x_axis, yaxis=y_axis, margin=margin
    )


def time_axis(periods: Periods, look: Theme) -> go.Figure:
    """The axis below the bars, as a band to drag along; it has no marks to click.

    Rules: a figure of its own, because Streamlit (1.67) takes clicks on marks only where nothing can be dragged.
    """
    shown = labels(periods)
    words = {
        "type": "scatter", "mode": "text", "x": list(shown), "y": [0.5] * len(shown), "text": list(shown.values()),
        "textposition": "middle center", "textfont": {"color": look.muted, "size": 12}, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
    x_axis = axis(look, range=_range(periods), showgrid=False, showticklabels=False, automargin=False)
    y_axis = axis(look, range=[0, 1], showgrid=False, showticklabels=False, automargin=False, showline=False)
    return drawn(
        [words], look, height=AXIS_HEIGHT, xaxis=x_axis, yaxis=y_axis, dragmode="select", selectdirection="h",
        margin={"l": LEFT_MARGIN, "r": RIGHT_MARGIN, "t": 0, "b": 0}, plot_bgcolor=mixed(look.grid, look.surface, 0.6),
        newselection={"line": {"color": look.accent, "width": 2, "dash": "solid"}},
    )  # fmt: skip


def _range(periods: Periods) -> list[float]:
    return [-0.6, periods.count - 0.4]


def pieces(counts: pd.DataFrame, periods: Periods, look: Theme) -> pd.DataFrame:
    """The counts in the order in which they are stacked, stand-in dates on top, with the `rank` of their period and the `base` they stand on."""
    placed = counts[counts["period_start"].notna()]
    placed = placed.assign(
        rank=[periods.rank(start.date()) for start in placed["period_start"]],
        group_code=placed["group_code"].fillna(""),
        order=placed["group_code"].fillna("").map(look.rank),
    ).sort_values(["rank", "is_stand_in", "order"], ignore_index=True)
    return placed.assign(base=placed.groupby("rank")["event_count"].cumsum() - placed["event_count"])


def periods_of(counts: pd.DataFrame, unit: str) -> Periods | None:
    """The periods that the counts fill, from the first to the last, or None if no event is in any."""
    starts = counts["period_start"].dropna()
    return covering(unit, [start.date() for start in starts]) if len(starts) else None


def left_out(counts: pd.DataFrame) -> int:
    """Events in no bar: their date is coarser than the period, or not known."""
    return round(float(counts.loc[counts["period_start"].isna(), "event_count"].sum()))


def entries(counts: pd.DataFrame, look: Theme) -> list[Entry]:
    """The legend: each group with its count, in the order of the stack, and what hatching means."""
    totals = counts.assign(group_code=counts["group_code"].fillna("")).groupby("group_code")["event_count"].sum()
    codes = sorted(totals.index, key=look.rank)
    found = [Entry("square", f"{look.label(code)} {amount(totals[code])}", look.color(code)) for code in codes]
    if counts["is_stand_in"].any():
        found.append(Entry("square hatched", "No date in the text; the document’s own stands in"))
    return found


def sentence(counts: pd.DataFrame, periods: Periods) -> str:
    """What the bars show, for those who do not see them."""
    placed = counts[counts["period_start"].notna()]
    totals = placed.groupby([periods.rank(start.date()) for start in placed["period_start"]])["event_count"].sum()
    best = int(totals.idxmax())
    most = f"Most in {name(periods.unit, periods.start(best))}: {amount(totals[best])} of {counted(round(counts['event_count'].sum()))}."
    if periods.count == 1:
        return most
    return f"{most} {len(totals)} of {periods.count} {periods.unit}s have any."


def table(counts: pd.DataFrame, unit: str, look: Theme) -> pd.DataFrame:
    """The bars' figures: one row a period, group and kind of date, with what each row's mark carries.

    Shape: period, group, date, share (what it adds to the bar), events (what a click leaves), mark.
    """
    starts = counts["period_start"]
    return pd.DataFrame({
        "period": [name(unit, start.date()) if pd.notna(start) else f"No {unit} known" for start in starts],
        "group": [look.label(code) for code in counts["group_code"].fillna("")],
        "date": ["the document’s own stands in" if is_stand_in else "the event’s own" for is_stand_in in counts["is_stand_in"]],
        "share": [amount(count) for count in counts["event_count"]],
        "events": counts["whole_count"].to_numpy(),
        "mark": [
            [start.date().isoformat(), covering(unit, [start.date()]).end(0).isoformat(), code] if pd.notna(start) else []
            for start, code in zip(starts, counts["group_code"].fillna(""), strict=True)
        ],
    })  # fmt: skip


def amount(number: float) -> str:
    """A count, with its tenths if it has some: `1,200`, `0.3`."""
    whole = round(number)
    return f"{whole:,}" if abs(number - whole) < 1e-6 else f"{number:,.2f}".rstrip("0")


def _stack(
    placed: pd.DataFrame, periods: Periods, look: Theme, *, marker: Callable[[Sequence[str], Theme], dict[str, Any]]
) -> dict[str, Any]:
    """The pieces of all groups in one trace: a trace for each group takes ten times as long to check and to draw."""
    spans = {rank: [periods.start(rank).isoformat(), periods.end(rank).isoformat()] for rank in placed["rank"].unique()}
    return {
        "type": "bar",
        "width": BAR_WIDTH,
        "x": placed["rank"].to_numpy(),
        "y": placed["event_count"].to_numpy(),
        "base": placed["base"].to_numpy(),
        "customdata": [[*spans[rank], code] for rank, code in zip(placed["rank"], placed["group_code"], strict=True)],
        "hovertext": _hovers(placed, periods, look),
        "hoverinfo": "text",
        "marker": marker([look.color(code) for code in placed["group_code"]], look),
    }


def _hovers(placed: pd.DataFrame, periods: Periods, look: Theme) -> list[str]:
    columns = placed[["rank", "event_count", "whole_count", "group_code", "is_stand_in"]]
    return [
        f"<b>{name(periods.unit, periods.start(row.rank))}</b><br>{look.label(row.group_code)}: {_told(row)}"
        f"{STAND_IN if row.is_stand_in else ''}"
        for row in columns.itertuples(index=False, name="Piece")
    ]


def _told(row: Any) -> str:
    """`3 events`, and what they are in the bar if that is another number."""
    whole = counted(int(row.whole_count))
    return whole if abs(row.event_count - row.whole_count) < 1e-6 else f"{whole}, {amount(row.event_count)} in the bar"


def _totals(placed: pd.DataFrame, periods: Periods, look: Theme) -> dict[str, Any]:
    totals = placed.groupby("rank")["event_count"].sum()
    if periods.count * (max(map(len, map(amount, totals))) + 0.5) * DIGIT_WIDTH > PHONE_WIDTH:
        totals = totals.nlargest(1)
    return {
        "type": "scatter", "mode": "text", "x": totals.index.tolist(), "y": totals.tolist(),
        "text": [amount(total) for total in totals], "textposition": "top center", "textfont": {"color": look.ink, "size": 13},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def step(highest: float) -> float:
    """A round distance of the grid lines, so that at most five are drawn; a whole one where the highest is whole, as counts are."""
    for size in range(-3, 12):
        for digit in (1, 2, 5):
            if highest <= digit * 10.0**size * 4:
                return max(digit * 10.0**size, 1.0 if float(highest).is_integer() else 0.0)
    return highest
