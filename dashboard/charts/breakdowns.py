"""How the events divide: bars by sector, type and country, and sector by type as a grid of counts."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.legend import Entry
from dashboard.charts.theme import Theme, axis, counted, drawn, mixed, readable_on

ROW_HEIGHT, BAR_WIDTH, DIGIT_WIDTH = 30, 0.66, 7.5
MOST_COUNTRIES = 15
CELL_HEIGHT, HEAD_HEIGHT = 38, 40
PALEST = 0.2
"""Colour of a cell with one event, when the busiest cell has the full colour."""


def by_sector(frame: pd.DataFrame, look: Theme) -> go.Figure:
    """A bar a sector, the largest first: in full colour the events of which it is the main sector, behind it in pale colour
    those that only touch it.

    Shape: `frame` as `queries.breakdowns.by_sector`; each bar carries its sector.
    """
    shown = sectors_in_order(frame)
    codes = shown["sector_code"].tolist()
    colors = [look.color(code) for code in codes]
    only = shown["event_count"] - shown["main_count"]
    names = [look.label(code) for code in codes]
    main_hovers = [
        f"<b>{name}</b><br>{counted(count)} with this main sector"
        for name, count in zip(names, shown["main_count"], strict=True)
    ]
    only_hovers = [
        f"<b>{name}</b><br>{counted(count)} touch it beside another main sector"
        for name, count in zip(names, only, strict=True)
    ]
    traces = [
        _bars(shown["main_count"].tolist(), colors, codes, main_hovers),
        _bars(
            only.tolist(),
            [look.faint(color) for color in colors],
            codes,
            only_hovers,
            base=shown["main_count"].tolist(),
        ),
        _ends(
            shown["event_count"].tolist(),
            [_sum(main, more) for main, more in zip(shown["main_count"], only, strict=True)],
            look,
        ),
    ]
    return _rows_figure(traces, names, int(shown["event_count"].max()), look)


def by_type(frame: pd.DataFrame, look: Theme) -> go.Figure:
    """A bar an event type, the largest first; each carries its type. Shape: `frame` as `queries.breakdowns.by_type`."""
    shown = frame.sort_values("event_count", ascending=False, kind="stable")
    counts, names = shown["event_count"].tolist(), shown["label"].tolist()
    hovers = [f"<b>{name}</b><br>{counted(count)}" for name, count in zip(names, counts, strict=True)]
    traces = [
        _bars(counts, [look.accent] * len(shown), shown["event_type_code"].tolist(), hovers),
        _ends(counts, [f"<b>{count:,}</b>" for count in counts], look),
    ]
    return _rows_figure(traces, names, max(counts), look)


def by_country(frame: pd.DataFrame, look: Theme) -> go.Figure:
    """A pale bar a country for the events it takes part in, and in it, in full colour, its split count.

    Shape: `frame` as `queries.breakdowns.by_country`, of which the first `MOST_COUNTRIES` are drawn; each bar carries its
    country.
    """
    shown = frame.head(MOST_COUNTRIES)
    names = shown["label"].fillna("No country").tolist()
    codes = shown["country_code"].fillna("").tolist()
    counts, splits = shown["event_count"].tolist(), shown["split_count"].tolist()
    hovers = [
        f"<b>{name}</b><br>{counted(count)}<br>Split count: {split:,.1f}"
        for name, count, split in zip(names, counts, splits, strict=True)
    ]
    traces = [
        _bars(counts, [look.faint(look.accent)] * len(shown), codes, hovers),
        _bars(splits, [look.accent] * len(shown), codes, hovers),
        _ends(counts, [f"<b>{count:,}</b>  {split:,.1f}" for count, split in zip(counts, splits, strict=True)], look),
    ]
    return _rows_figure(traces, names, max(counts), look)


def sector_by_type(frame: pd.DataFrame, types: Mapping[str, str], look: Theme) -> go.Figure:
    """A grid of main sector by event type with the count in each cell; the darker, the more.

    Shape: `frame` as `queries.breakdowns.sector_by_type`, `types` the labels in the codebook's order; each cell carries its
    sector and its type. Rules: a pair that never occurs is left blank.
    """
    cells = frame.assign(sector_code=frame["sector_code"].fillna(""))
    rows = sorted(cells["sector_code"].unique(), key=look.rank)
    columns = [code for code in types if code in set(cells["event_type_code"])]
    colors = [_cell_color(count, int(cells["event_count"].max()), look) for count in cells["event_count"]]
    trace = {
        "type": "bar", "width": 0.94,
        "x": [columns.index(code) for code in cells["event_type_code"]],
        "y": [0.9] * len(cells), "base": [rows.index(code) - 0.45 for code in cells["sector_code"]],
        "text": [f"{count:,}" for count in cells["event_count"]], "textposition": "inside", "insidetextanchor": "middle",
        "textangle": 0, "constraintext": "none",
        "insidetextfont": {"color": [readable_on(color) for color in colors], "size": 14},
        "marker": {"color": colors, "line": {"width": 0}},
        "customdata": cells[["sector_code", "event_type_code"]].to_numpy().tolist(),
        "hovertext": _cell_hovers(cells, types, look), "hoverinfo": "text",
    }  # fmt: skip
    x_axis = axis(look, tickvals=list(range(len(columns))), ticktext=[types[code] for code in columns], side="top",
                  range=[-0.5, len(columns) - 0.5], showgrid=False, tickfont={"color": look.ink, "size": 13})  # fmt: skip
    y_axis = axis(look, tickvals=list(range(len(rows))), ticktext=[look.label(code) for code in rows],
                  range=[len(rows) - 0.5, -0.5], tickfont={"color": look.ink, "size": 13})  # fmt: skip
    return drawn(
        [trace], look, height=HEAD_HEIGHT + CELL_HEIGHT * len(rows), barmode="overlay", xaxis=x_axis, yaxis=y_axis
    )


def sectors_in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The sectors by main count, then by events that touch them, an empty code where there is no sector.

    Rules: an event without a sector touches none, so its own row counts it as touching nothing but itself.
    """
    coded = frame.assign(
        sector_code=frame["sector_code"].fillna(""),
        event_count=frame[["event_count", "main_count"]].max(axis="columns"),
    )
    return coded.sort_values(["main_count", "event_count"], ascending=False, kind="stable", ignore_index=True)


def sector_entries(look: Theme) -> list[Entry]:
    """What full and pale colour mean in `by_sector`."""
    return [Entry("square", "Main sector", look.muted), Entry("square pale", "+ also touches it", look.muted)]


def country_entries(look: Theme) -> list[Entry]:
    """What full and pale colour mean in `by_country`."""
    return [Entry("square pale", "Events it takes part in", look.accent), Entry("square", "Split count", look.accent)]


def sector_sentence(frame: pd.DataFrame, look: Theme) -> str:
    """What the bars by sector show: `Most: Space, main sector of 3 of 12 events.`"""
    first = sectors_in_order(frame).iloc[0]
    return f"Most: {look.label(first['sector_code'])}, main sector of {first['main_count']:,} of {counted(int(frame['main_count'].sum()))}."


def type_sentence(frame: pd.DataFrame) -> str:
    """What the bars by type show."""
    first = frame.sort_values("event_count", ascending=False, kind="stable").iloc[0]
    return (
        f"Most: {str(first['label']).lower()}, {first['event_count']:,} of {counted(int(frame['event_count'].sum()))}."
    )


def country_sentence(frame: pd.DataFrame) -> str:
    """What the split count is, and what it adds up to."""
    total = round(frame["split_count"].sum())
    more = len(frame) - MOST_COUNTRIES
    rest = f" {more:,} more countries are in the table." if more > 0 else ""
    return f"An event of n countries counts 1/n to each in the split count, which so adds up to {counted(total)}.{rest}"


def cell_sentence(frame: pd.DataFrame) -> str:
    """What the grid adds up to."""
    return f"Each event is in one cell, by its main sector: {len(frame):,} {'cell' if len(frame) == 1 else 'cells'}, {counted(int(frame['event_count'].sum()))}."


def _bars(
    lengths: Sequence[float],
    colors: Sequence[str],
    codes: Sequence[str],
    hovers: Sequence[str],
    base: Sequence[float] | None = None,
) -> dict[str, Any]:
    return {
        "type": "bar", "orientation": "h", "width": BAR_WIDTH, "x": list(lengths), "y": list(range(len(lengths))),
        "base": list(base) if base is not None else 0, "marker": {"color": list(colors), "line": {"width": 0}},
        "customdata": [[code] for code in codes], "hovertext": list(hovers), "hoverinfo": "text",
    }  # fmt: skip


def _ends(lengths: Sequence[int], texts: Sequence[str], look: Theme) -> dict[str, Any]:
    """The figures behind the bars."""
    return {
        "type": "scatter", "mode": "text", "x": list(lengths), "y": list(range(len(lengths))), "text": [f" {text}" for text in texts],
        "textposition": "middle right", "textfont": {"color": look.ink, "size": 13}, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _rows_figure(traces: Sequence[dict[str, Any]], names: Sequence[str], longest: int, look: Theme) -> go.Figure:
    """Rules: the last trace holds the figures behind the bars."""
    y_axis = axis(
        look, tickvals=list(range(len(names))), ticktext=[f"{name}  " for name in names], range=[len(names) - 0.5, -0.5], showgrid=False,
        tickfont={"color": look.ink, "size": 13}, showline=False,
    )  # fmt: skip
    x_axis = axis(look, range=[0, longest], visible=False)
    ends = max(len(text.replace("<b>", "").replace("</b>", "")) for text in traces[-1]["text"])
    margin = {"l": 0, "r": 8 + DIGIT_WIDTH * ends, "t": 0, "b": 0}
    return drawn(
        traces, look, height=ROW_HEIGHT * len(names) + 8, barmode="overlay", xaxis=x_axis, yaxis=y_axis, margin=margin
    )


def _sum(main: int, more: int) -> str:
    return f"<b>{main:,}</b> + {more:,}" if more else f"<b>{main:,}</b>"


def _cell_color(count: int, most: int, look: Theme) -> str:
    share = PALEST + (1 - PALEST) * (count - 1) / (most - 1) if most > 1 else 0.5
    return mixed(look.accent, look.surface, share)


def _cell_hovers(cells: pd.DataFrame, types: Mapping[str, str], look: Theme) -> list[str]:
    facts = zip(cells["sector_code"], cells["event_type_code"], cells["event_count"], strict=True)
    return [f"<b>{look.label(sector)}, {types[kind].lower()}</b><br>{counted(count)}" for sector, kind, count in facts]
