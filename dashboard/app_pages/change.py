"""More or fewer than before, and whether the numbers are large enough to say so."""

import pandas as pd
import streamlit as st

from dashboard.app_pages.calendar_grid import cell_clicked
from dashboard.app_pages.figures import draw_figure
from dashboard.app_pages.frame import Page, view
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import change as chart
from dashboard.charts.coverage import by_rank
from dashboard.charts.periods import Periods
from dashboard.charts.theme import Theme
from dashboard.charts.timeline import periods_of, time_axis
from dashboard.queries.change import WINDOWS, changes
from dashboard.queries.coverage import documents_by_period
from dashboard.queries.overview import Summary
from dashboard.queries.timeline import by_period

AGAINST = {"previous": "The period before", "mean12": "Mean of the twelve before"}


def draw(here: Page, found: Summary, look: Theme, unit: str) -> None:
    """A sentence for the latest period, a figure for all."""
    del found
    st.header("More or fewer than before", anchor=False)
    against = view("against", "Against", AGAINST)
    counts = here.ask(by_period, unit)
    periods = periods_of(counts, unit)
    rows = changes(totals(counts, periods), against) if periods else pd.DataFrame()
    if periods is None or rows.empty:
        st.markdown(f"There are not {WINDOWS[against] + 1} {unit}s to compare.")
        return
    latest = list(rows.itertuples(index=False, name="Change"))[-1]
    st.markdown(f"**{chart.sentence(latest, periods, against)}**")
    draw_figure(
        chart.ratios(rows, periods, look),
        "timeline_change",
        alt=f"Change by {unit}. {chart.summary(rows)}",
        narrowing=cell_clicked,
    )
    draw_figure(time_axis(periods, look), "timeline_change_axis", alt="The dates below the points.")
    st.caption(
        f"{chart.summary(rows)} A point is how many times as many events as before; its line the exact 95 % interval for two "
        "counts (Clopper and Pearson), filled where it leaves “the same” out. It takes events as independent, and every period "
        "as equally long and equally well read: compare the documents in the table. The last period may not be over."
    )
    documents = by_rank(here.ask(documents_by_period, unit), periods)
    table = chart.table(rows, periods, documents, against)
    labels = {
        "period": unit.capitalize(), "events": "Events", "before": "Before", "ratio": "Ratio", "interval": "Interval",
        "documents": "Documents",
    }  # fmt: skip
    draw_twin(table, labels, "timeline_change", marks=table["mark"].tolist(), narrowing=cell_clicked)


def totals(counts: pd.DataFrame, periods: Periods) -> list[int]:
    """Events in each of the periods."""
    placed = counts.dropna(subset="period_start")
    sums = placed.groupby("period_start")["whole_count"].sum()
    found = {periods.rank(start.date()): int(count) for start, count in sums.items()}
    return [found.get(rank, 0) for rank in range(periods.count)]
