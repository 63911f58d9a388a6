"""When exactly: each event with the days it may have been on; when they are many, marks by sector."""

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.app_pages.address import link_params
from dashboard.app_pages.figures import Clicked, day_of, draw_figure, draw_legend
from dashboard.app_pages.frame import Page
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import lanes as rows
from dashboard.charts import strips
from dashboard.charts.theme import Theme
from dashboard.queries.overview import Summary
from dashboard.queries.timeline import lane_marks, lanes

MOST_ROWS = 30
"""Events up to which each gets a line of its own; as many as a reader scrolls through."""

ROW_LABELS = {
    "event": "Event", "date": "Date", "first_day": "First day", "last_day": "Last day", "precision": "Precision", "basis": "Basis",
}  # fmt: skip


def draw(here: Page, found: Summary, look: Theme, unit: str) -> None:
    """Lines for few events, strips for many."""
    del unit
    st.header("How exactly the dates are known", anchor=False)
    if found.first is None or found.last is None:
        st.markdown("None of these events has a date.")
    elif found.event_count <= MOST_ROWS:
        _draw_rows(here, look)
    else:
        _draw_strips(here, strips.bin_unit(found.first, found.last), look)


def hrefs_of(here: Page, event_ids: list[str]) -> dict[str, str]:
    """The address of each event's page, with the selection."""
    return {event: f"events?{urlencode(link_params(here.selection, event=event), doseq=True)}" for event in event_ids}


def _draw_rows(here: Page, look: Theme) -> None:
    events = here.ask(lanes)
    draw_legend(rows.entries(events))
    st.html(rows.rows(events, look, hrefs_of(here, events["event_id"].tolist())))
    st.caption(rows.sentence(events))
    draw_twin(rows.table(events), ROW_LABELS, "timeline_lanes")


def _draw_strips(here: Page, unit: str, look: Theme) -> None:
    marks = here.ask(lane_marks, unit)
    draw_legend(strips.entries(marks, unit))
    draw_figure(
        strips.strips(marks, unit, look), "timeline_strips", alt=f"The days of the events, by main sector. {strips.sentence(marks)}",
        narrowing=mark_clicked,
    )  # fmt: skip
    st.caption(
        f"{strips.sentence(marks)} More than {MOST_ROWS} events: one strip a sector. Click a mark to narrow to its days and "
        f"sector; with {MOST_ROWS} events or fewer, each has a line of its own."
    )
    table = strips.table(marks, unit, look)
    labels = {"days": "Days", "sector": "Sector", "known": "Known", "events": "Events"}
    draw_twin(table, labels, "timeline_strips", marks=table["mark"].tolist(), narrowing=mark_clicked)


def mark_clicked(clicked: Clicked) -> dict[str, Any] | None:
    """The days and the sector of the mark that was clicked; nothing for events without a sector, which no filter asks for."""
    first, last, sector = clicked.marks[0]
    return {"start": day_of(first), "end": day_of(last), "mains": sector} if sector else None
