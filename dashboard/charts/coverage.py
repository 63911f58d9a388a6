"""How much was read: a strip of documents below the bars, the gaps of periodicals, and events per document."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.periods import Periods, name
from dashboard.charts.theme import Theme, axis, counted, drawn
from dashboard.charts.timeline import BAR_WIDTH, DIGIT_WIDTH, LEFT_MARGIN, PHONE_WIDTH, RIGHT_MARGIN, amount
from dashboard.queries.coverage import Periodical

STRIP_HEIGHT = 46
NAMED_GAPS = 6
"""Missing issues of a periodical that are named; the others are counted."""


def strip(documents: pd.DataFrame, periods: Periods, look: Theme) -> go.Figure:
    """A small bar for the documents published in each period; a cross where none was.

    Shape: `documents` as `queries.coverage.documents_by_period`; the x of period n is n, as in the bars above.
    """
    counts = by_rank(documents, periods)
    some = [rank for rank, count in enumerate(counts) if count]
    none = [rank for rank, count in enumerate(counts) if not count]
    highest = max([*counts, 1])
    said = some if periods.count * (len(str(highest)) + 1) * DIGIT_WIDTH <= PHONE_WIDTH else []
    hovers = [
        f"<b>{name(periods.unit, periods.start(rank))}</b><br>{counted(counts[rank], 'document')} published"
        for rank in some
    ]
    bars = {
        "type": "bar", "width": BAR_WIDTH, "x": some, "y": [counts[rank] for rank in some], "marker": {"color": look.muted},
        "hovertext": hovers, "hoverinfo": "text", "text": [str(counts[rank]) if rank in said else "" for rank in some],
        "textposition": "outside", "textfont": {"color": look.ink, "size": 11}, "cliponaxis": False,
    }  # fmt: skip
    crosses = {
        "type": "scatter", "mode": "markers", "x": none, "y": [highest * 0.2] * len(none), "hoverinfo": "text",
        "marker": {"symbol": "x-thin", "size": 7, "line": {"color": look.muted, "width": 1.5}},
        "hovertext": [f"<b>{name(periods.unit, periods.start(rank))}</b><br>No document published" for rank in none],
    }  # fmt: skip
    x_axis = axis(look, range=[-0.6, periods.count - 0.4], showgrid=False, showticklabels=False, automargin=False)
    y_axis = axis(
        look,
        range=[0, highest * 1.7],
        showgrid=False,
        tickvals=[0, highest],
        automargin=False,
        tickfont={"color": look.muted, "size": 11},
    )
    margin = {"l": LEFT_MARGIN, "r": RIGHT_MARGIN, "t": 2, "b": 2}
    return drawn([bars, crosses], look, height=STRIP_HEIGHT, xaxis=x_axis, yaxis=y_axis, margin=margin)


def by_rank(documents: pd.DataFrame, periods: Periods) -> list[int]:
    """Documents in each of the periods, 0 where there are none."""
    placed = documents.dropna(subset="period_start")
    counts = dict(zip((start.date() for start in placed["period_start"]), placed["document_count"], strict=True))
    return [int(counts.get(periods.start(rank), 0)) for rank in range(periods.count)]


def sentence(documents: pd.DataFrame, periods: Periods) -> str:
    """How many documents the strip shows, in how many periods none, and how many are not in it."""
    counts = by_rank(documents, periods)
    shown, total = sum(counts), int(documents["document_count"].sum())
    unknown = int(documents.loc[documents["period_start"].isna(), "document_count"].sum())
    empty = counts.count(0)
    outside = total - shown - unknown
    parts = [
        f"Documents read, by the {periods.unit} of their publication: {shown:,} of {total:,}; none in {empty} of {counted(len(counts), periods.unit)}"
    ]
    parts += [f"{unknown:,} of no known {periods.unit}"] if unknown else []
    parts += [f"{outside:,} published before or after"] if outside else []
    return "; ".join(parts) + "."


def gaps(periodicals: Sequence[Periodical]) -> list[str]:
    """A sentence for each periodical that lacks issues: `Review (newsletter, monthly): no issue in March 2025.`"""
    return [_gap(one) for one in periodicals if one.missing]


def _gap(one: Periodical) -> str:
    named = [_around(day, one.rhythm.days) for day in one.missing[-NAMED_GAPS:]]
    more = len(one.missing) - len(named)
    listed = " or ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
    return f"No issue of {one.publisher} ({one.kind}, {one.rhythm.name}) in {listed}{f', and {more:,} earlier ones' if more else ''}."


def _around(day: date, interval: float) -> str:
    return f"the week of {day.day} {day:%B %Y}" if interval < 28 else f"{day:%B %Y}"


def per_document(counts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The counts divided by the documents of their period; without those of periods in which no document was published."""
    joined = counts.dropna(subset="period_start").merge(
        documents, on="period_start", how="inner", validate="many_to_one"
    )
    return joined.assign(event_count=joined["event_count"] / joined["document_count"]).drop(columns="document_count")


def rate_sentence(rates: pd.DataFrame, counts: pd.DataFrame, periods: Periods) -> str:
    """What the bars of rates show, and which events have none."""
    totals = rates.groupby("period_start")["event_count"].sum()
    placed = counts.dropna(subset="period_start")
    without = round(placed.loc[~placed["period_start"].isin(totals.index), "event_count"].sum())
    best = totals.idxmax()
    most = f"Most for each document in {name(periods.unit, best.date())}: {amount(totals[best])}."
    return f"{most} {counted(without)} in {periods.unit}s without a document have no rate." if without else most
