"""The analysts' milestones as labelled lines over the bars."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.periods import Periods
from dashboard.charts.theme import Theme, rgba
from dashboard.charts.timeline import PHONE_WIDTH
from dashboard.edtf import in_words
from dashboard.milestones import Milestone

MOST_LABELS = 8
"""Milestones whose labels are drawn, the latest; the others are lines, named in the list."""

LETTER_WIDTH, LABEL_HEIGHT, LONGEST_LABEL = 6.6, 17, 26
"""Pixels of a letter and of a line of labels; characters of a label."""


def on_axis(milestones: Sequence[Milestone], periods: Periods) -> list[Milestone]:
    """Those that lie on the axis, wholly or in part."""
    first, last = periods.start(0), periods.end(periods.count - 1)
    return [one for one in milestones if one.when.start <= last and first <= one.when.end]


def marked(figure: go.Figure, milestones: Sequence[Milestone], periods: Periods, look: Theme) -> go.Figure:
    """The figure with a line for each day, and a band for a month or an interval; the labels stand above the bars.

    Rules: a label that would run into another, on a phone, stands one line higher.
    """
    shown = on_axis(milestones, periods)
    if not shown:
        return figure
    labelled = shown[-MOST_LABELS:]
    rows = _rows([_stretch(one, periods) for one in labelled])
    more = LABEL_HEIGHT * (max(rows, default=0) + 1)
    figure.update_layout(
        shapes=[*figure.layout.shapes, *(_shape(one, periods, look) for one in shown)],
        annotations=[*figure.layout.annotations, *(_label(one, row, periods, look) for one, row in zip(labelled, rows, strict=True))],
        margin={"t": figure.layout.margin.t + more}, height=figure.layout.height + more,
    )  # fmt: skip
    return figure


def said(milestone: Milestone) -> str:
    """`23 July 2025: Summit — decides the budget (Ana)`."""
    return f"{in_words(milestone.when)}: {milestone.label} — {milestone.why} ({milestone.who})"


def _shape(one: Milestone, periods: Periods, look: Theme) -> dict[str, Any]:
    left, right = _edges(one, periods)
    dash = "dot" if one.when.is_guess else "solid"
    if one.when.precision == "day":
        return {
            "type": "line",
            "yref": "paper",
            "x0": left,
            "x1": left,
            "y0": 0,
            "y1": 1,
            "line": {"color": look.ink, "width": 1.5, "dash": dash},
        }
    return {
        "type": "rect", "yref": "paper", "x0": left, "x1": right, "y0": 0, "y1": 1, "layer": "below",
        "fillcolor": rgba(look.ink, 0.1), "line": {"color": look.ink, "width": 1, "dash": "dot"},
    }  # fmt: skip


def _label(one: Milestone, row: int, periods: Periods, look: Theme) -> dict[str, Any]:
    left, is_right = _edges(one, periods)[0], _is_right(one, periods)
    return {
        "text": _short(one.label), "x": left, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": row * LABEL_HEIGHT,
        "xanchor": "right" if is_right else "left", "showarrow": False, "font": {"color": look.ink, "size": 12},
        "bgcolor": look.surface, "borderpad": 1, "hovertext": said(one).replace("<", "&lt;"),
    }  # fmt: skip


def _edges(one: Milestone, periods: Periods) -> tuple[float, float]:
    left = max(periods.at(one.when.start), -0.6)
    return left, min(periods.at(one.when.end), periods.count - 0.4)


def _is_right(one: Milestone, periods: Periods) -> bool:
    return _edges(one, periods)[0] > periods.count / 2


def _short(label: str) -> str:
    cut = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
    return cut.replace("&", "&amp;").replace("<", "&lt;")


def _stretch(one: Milestone, periods: Periods) -> tuple[float, float]:
    """The pixels that a label takes on a phone."""
    at = (_edges(one, periods)[0] + 0.6) / periods.count * PHONE_WIDTH
    width = min(len(one.label), LONGEST_LABEL) * LETTER_WIDTH + 8
    return (at - width, at) if _is_right(one, periods) else (at, at + width)


def _rows(stretches: Sequence[tuple[float, float]]) -> list[int]:
    """For each label the lowest line on which it runs into none before it."""
    taken: list[list[tuple[float, float]]] = []
    rows = []
    for left, right in stretches:
        row = next(
            (row for row, others in enumerate(taken) if all(right < a or b < left for a, b in others)), len(taken)
        )
        if row == len(taken):
            taken.append([])
        taken[row].append((left, right))
        rows.append(row)
    return rows
