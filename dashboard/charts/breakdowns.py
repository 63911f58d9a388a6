"""How the events divide: bars by sector, and by any other field."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.legend import Entry
from dashboard.charts.theme import Theme, axis, counted, cut, drawn
from dashboard.queries.crossing import OTHERS

ROW_HEIGHT, BAR_WIDTH, DIGIT_WIDTH = 30, 0.66, 7.5
LONGEST_NAME, LONGEST_HOVER = 34, 90


def by_sector(frame: pd.DataFrame, look: Theme) -> go.Figure:
    """Two bars a sector, the largest first: in full colour the events of which it is the main sector, behind it in pale colour
    all that touch it.

    Shape: `frame` as `queries.breakdowns.by_sector`; each bar carries its sector and the field that it narrows, so that its
    number is what a click leaves.
    """
    shown = sectors_in_order(frame)
    codes = shown["sector_code"].tolist()
    colors = [look.color(code) for code in codes]
    names = [look.label(code) for code in codes]
    mains, touched = shown["main_count"].tolist(), shown["event_count"].tolist()
    main_hovers = [
        f"<b>{name}</b><br>Main sector of {counted(count)}" for name, count in zip(names, mains, strict=True)
    ]
    all_hovers = [
        f"<b>{name}</b><br>Touched by {counted(count)}, as main sector or beside it"
        for name, count in zip(names, touched, strict=True)
    ]
    traces = [
        _bars(touched, [look.faint(color) for color in colors], [[code, "sectors"] for code in codes], all_hovers),
        _bars(mains, colors, [[code, "mains"] for code in codes], main_hovers),
        _ends(touched, [_of(main, count) for main, count in zip(mains, touched, strict=True)], look),
    ]
    return _rows_figure(traces, names, max(touched), look)


def by_value(frame: pd.DataFrame, look: Theme, *, is_many: bool) -> go.Figure:
    """A bar a value; where events have several values, the pale bar counts them in full and the one in it splits them.

    Shape: `frame` as `queries.crossing.divided`, with `label`; each bar carries its code, or nothing for none.
    Rules: what stands for many values or for none is grey; if it is more than any value has, it has its number and no bar,
    so that the values can be told apart.
    """
    codes = [code if isinstance(code, str) else "" for code in frame["code"]]
    names = [cut(label, LONGEST_NAME) for label in frame["label"]]
    counts, splits = frame["event_count"].tolist(), frame["split_count"].tolist()
    colors = [look.blank if not code or code == OTHERS else look.accent for code in codes]
    said = [f"<br>Split count: {split:,.1f}" if is_many else "" for split in splits]
    hovers = [
        f"<b>{cut(label, LONGEST_HOVER)}</b><br>{counted(count)}{more}"
        for label, count, more in zip(frame["label"], counts, said, strict=True)
    ]
    marks = [[code] for code in codes]
    longest = max(
        [count for code, count in zip(codes, counts, strict=True) if code not in ("", OTHERS)], default=max(counts)
    )
    fits = [int(count <= longest) for count in counts]
    lengths = [count * fit for count, fit in zip(counts, fits, strict=True)]
    whole = _bars(lengths, [look.faint(color) for color in colors] if is_many else colors, marks, hovers)
    ends = [
        f"<b>{count:,}</b>" + (f"  {split:,.1f}" if is_many else "")
        for count, split in zip(counts, splits, strict=True)
    ]
    parts = (
        [_bars([split * fit for split, fit in zip(splits, fits, strict=True)], colors, marks, hovers)]
        if is_many
        else []
    )
    return _rows_figure([whole, *parts, _ends(lengths, ends, look)], names, longest, look)


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
    return [
        Entry("square", "Main sector", look.muted),
        Entry("square pale", "Touched, as main sector or beside it", look.muted),
    ]


def split_entries(look: Theme) -> list[Entry]:
    """What full and pale colour mean in `by_value` where events have several values."""
    return [Entry("square pale", "Events, each in full", look.accent), Entry("square", "Split count", look.accent)]


def sector_sentence(frame: pd.DataFrame, look: Theme) -> str:
    """What the bars by sector show: `Most: Space, main sector of 3 of 12 events.`"""
    first = sectors_in_order(frame).iloc[0]
    return f"Most: {look.label(first['sector_code'])}, main sector of {first['main_count']:,} of {counted(int(frame['main_count'].sum()))}."


def value_sentence(frame: pd.DataFrame, *, is_many: bool) -> str:
    """What the bars show: the largest, and what adds up."""
    total = round(frame["split_count"].sum())
    known = frame[frame["code"].map(lambda code: isinstance(code, str) and code != OTHERS)]
    most = (
        f"Most: {known.iloc[0]['label']}, {known.iloc[0]['event_count']:,} of {counted(total)}." if len(known) else ""
    )
    sums = (
        f"An event of n values counts 1/n to each in the split count, which so adds up to {counted(total)}."
        if is_many
        else f"The bars add up to {counted(total)}."
    )
    return f"{most} {sums}".strip()


def _bars(
    lengths: Sequence[float],
    colors: Sequence[str],
    marks: Sequence[Sequence[str]],
    hovers: Sequence[str],
) -> dict[str, Any]:
    return {
        "type": "bar", "orientation": "h", "width": BAR_WIDTH, "x": list(lengths), "y": list(range(len(lengths))),
        "base": 0, "marker": {"color": list(colors), "line": {"width": 0}},
        "customdata": [list(mark) for mark in marks], "hovertext": list(hovers), "hoverinfo": "text",
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


def _of(main: int, touched: int) -> str:
    return f"<b>{main:,}</b> of {touched:,}" if touched > main else f"<b>{main:,}</b>"
