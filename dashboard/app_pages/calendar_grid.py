"""The same day in other years."""

from typing import Any

import streamlit as st

from dashboard.app_pages.figures import Clicked, day_of, draw_figure
from dashboard.app_pages.frame import Page, view
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import calendar_grid as chart
from dashboard.charts.theme import Theme, counted
from dashboard.queries.calendar_grid import days_of_years
from dashboard.queries.overview import Summary

CELLS = {"week": "Seven days", "day": "Days"}


def draw(here: Page, found: Summary, look: Theme, unit: str) -> None:
    """A row a year, a column for seven days or for a day."""
    del found, unit
    st.header("The same days in other years", anchor=False)
    cell = view("cell", "A column is", CELLS)
    days = here.ask(days_of_years)
    if days["first_day"].isna().all():
        st.markdown("For none of these events the day or the month is known.")
        return
    marks = chart.cells(days, cell)
    said = chart.sentence(marks, cell)
    draw_figure(
        chart.grid(days, cell, look), "timeline_grid", alt=f"Events by day of the year. {said}", narrowing=cell_clicked
    )
    st.caption(
        f"{said} The higher and darker, the more events. Seven days: 1 to 7 January and so on, the same dates each year. What is "
        "known by month only lies as a thin bar over its month. Click a mark to narrow to its days."
    )
    unknown, earlier = chart.not_drawn(days, cell)
    if unknown:
        st.markdown(f":material/info: {counted(unknown)} not in the grid: no month is known.")
    if earlier:
        st.markdown(
            f":material/info: {counted(earlier)} of earlier years not in the grid: it holds {chart.MOST_YEARS} years."
        )
    table = chart.table(marks)
    draw_twin(
        table,
        {"days": "Days", "events": "Events"},
        "timeline_grid",
        marks=table["mark"].tolist(),
        narrowing=cell_clicked,
    )


def cell_clicked(clicked: Clicked) -> dict[str, Any]:
    """The days of the cell or the month that was clicked."""
    first, last, _ = clicked.marks[0]
    return {"start": day_of(first), "end": day_of(last)}
