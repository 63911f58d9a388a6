"""Who with whom as a matrix: rows and columns are the same names, ordered so that groups stand together."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import matrix as grid
from dashboard.charts.matrix import Cell, shares
from dashboard.charts.seriation import seriated
from dashboard.charts.theme import Theme, counted, cut

LONGEST_NAME = 90


def matrix(nodes: pd.DataFrame, edges: pd.DataFrame, look: Theme) -> go.Figure:
    """A cell for each two that share events, twice, and on the diagonal, outlined, how many events each has.

    Shape: `nodes` and `edges` as `queries.actors.Graph`, the edges among the nodes; a cell carries both codes, one of the
    diagonal its own.
    """
    names = {code: cut(label, LONGEST_NAME) for code, label in zip(nodes["code"], nodes["label"], strict=True)}
    order = seriated(nodes["code"].tolist(), edges)
    place = {code: position for position, code in enumerate(order)}
    events = dict(zip(nodes["code"], nodes["event_count"], strict=True))
    shared = {
        (one, other): count for one, other, count in edges[["one", "other", "event_count"]].itertuples(index=False)
    }
    darkness = shares(shared)
    cells = [
        Cell(place[row], place[column], darkness[one, other], f"{count:,}", f"<b>{names[one]}</b><br>with <b>{names[other]}</b><br>{counted(count)}", (one, other))
        for (one, other), count in shared.items()
        for row, column in ((one, other), (other, one))
    ]  # fmt: skip
    cells += [
        Cell(place[code], place[code], 0, f"{count:,}", f"<b>{names[code]}</b><br>{counted(count)} in all", (code,), is_sum=True)
        for code, count in events.items()
    ]  # fmt: skip
    labels = dict(zip(nodes["code"], nodes["label"], strict=True))
    rows = [f"{position} · {labels[code]}" for position, code in enumerate(order, start=1)]
    return grid.matrix(cells, rows, [str(position) for position in range(1, len(order) + 1)], look)


def matrix_sentence(nodes: pd.DataFrame, edges: pd.DataFrame, left_out: int, noun: str) -> str:
    """What the matrix shows, how it is ordered, and how many are not in it."""
    drawn = f"{len(nodes):,} {noun} in rows and again, by number, in columns; {counted(len(edges), 'pair')} with shared events."
    rest = f" {left_out:,} more with fewer events are not in it." if left_out else ""
    return f"{drawn} Those who share events stand side by side; outlined: the events of one in all.{rest}"
