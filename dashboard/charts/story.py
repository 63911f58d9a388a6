"""The story so far: what has happened up to each period that has events, to be played in the browser."""

from typing import Any

import pandas as pd

from dashboard.charts.periods import Periods, name
from dashboard.charts.theme import Theme, counted
from dashboard.charts.timeline import amount

FASTEST_MS, SLOWEST_MS, WHOLE_MS = 150, 1_200, 30_000
"""Units: milliseconds a step; all steps together take about `WHOLE_MS`, as far as the other two allow."""


def steps(counts: pd.DataFrame, periods: Periods, look: Theme) -> dict[str, Any]:
    """What the component draws: groups, and for each step its title, its news in words, and each group's total so far.

    Shape: `counts` as `queries.timeline.by_period`. A step is a period that has events; empty ones in between are named,
    not played.
    """
    placed = counts.dropna(subset="period_start").assign(group_code=counts["group_code"].fillna(""))
    by_step = placed.pivot_table(
        index="period_start", columns="group_code", values="event_count", aggfunc="sum", fill_value=0.0
    )
    codes = sorted(by_step.columns, key=look.rank)
    so_far = by_step[codes].cumsum()
    ranks = [periods.rank(start.date()) for start in by_step.index]
    return {
        "groups": [{"label": look.label(code), "color": look.color(code)} for code in codes],
        "steps": [
            {"title": name(periods.unit, periods.start(rank)), "news": news, "totals": [round(value, 2) for value in totals]}
            for rank, news, totals in zip(ranks, _news(by_step, ranks, periods.unit), so_far.to_numpy().tolist(), strict=True)
        ],
        "interval": round(min(max(WHOLE_MS / len(ranks), FASTEST_MS), SLOWEST_MS)),
    }  # fmt: skip


def _news(by_step: pd.DataFrame, ranks: list[int], unit: str) -> list[str]:
    """`3 new, 9 so far, after 4 months without any`."""
    new = by_step.sum(axis=1)
    gaps = [after - before - 1 for before, after in zip([ranks[0] - 1, *ranks], ranks, strict=False)]
    return [
        f"{amount(fresh)} new, {amount(total)} so far{f', after {counted(gap, unit)} without any' if gap else ''}"
        for fresh, total, gap in zip(new, new.cumsum(), gaps, strict=True)
    ]


def sentence(data: dict[str, Any], periods: Periods) -> str:
    """How the time is told."""
    return (
        f"{counted(len(data['steps']), 'step')}: each {periods.unit} that has events; the {periods.count - len(data['steps'])} without "
        "are skipped and said. Play with the button, or move with the arrow keys on the slider."
    )


def table(data: dict[str, Any]) -> pd.DataFrame:
    """One row a step, with the total of each group so far."""
    labels = [group["label"] for group in data["groups"]]
    rows = [
        {"period": step["title"], "news": step["news"]} | dict(zip(labels, step["totals"], strict=True))
        for step in data["steps"]
    ]
    return pd.DataFrame(rows)
