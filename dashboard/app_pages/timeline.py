"""When: bars by period, and each event with the span of days it may have been on."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import link_params
from dashboard.app_pages.figures import Clicked, day_of, draw_figure, draw_legend, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline, table_twin, view
from dashboard.charts import lanes as rows
from dashboard.charts import strips
from dashboard.charts import timeline as chart
from dashboard.charts.periods import Periods, fitting
from dashboard.charts.theme import Theme, counted
from dashboard.queries.overview import Summary
from dashboard.queries.timeline import by_period, lane_marks, lanes

UNITS = {"auto": "Automatic", "month": "Months", "quarter": "Quarters", "year": "Years"}

BARS_HEIGHT = 280
MOST_ROWS = 30
"""Events up to which each gets a line of its own; as many as a reader scrolls through."""


def page() -> None:
    """The bars, then the single dates."""
    here = current_page()
    found = headline(here, "Timeline")
    if not found.event_count:
        return
    look = look_of(here)
    draw_bars(here, found, look)
    draw_lanes(here, found, look)
    downloads(here)


def draw_bars(here: Page, found: Summary, look: Theme) -> None:
    """Events by period, as wide as the page, with their legend, table and what is in no bar."""
    chosen = view("period", "Bars by", UNITS)
    unit = unit_of(chosen, found)
    counts = here.ask(by_period, unit)
    periods = chart.periods_of(counts, unit)
    if periods:
        draw_legend(chart.entries(counts, look))
        sentence = chart.sentence(counts, periods)
        draw_figures(counts, periods, look, "timeline_bars", height=BARS_HEIGHT)
        st.caption(
            f"{sentence} Bars count each event once, under its main sector. Click a bar to narrow to its {unit} and main sector "
            "(what may have been then comes along); drag along the band of dates to narrow to those."
        )
    missing = chart.left_out(counts)
    if missing:
        st.markdown(left_out_sentence(missing, unit))
    table_twin(chart.table(counts, unit, look), key="timeline_bars")


def draw_figures(counts: pd.DataFrame, periods: Periods, look: Theme, name: str, *, height: int) -> None:
    """The bars, and below them the band of dates to drag along."""
    with st.container(gap=None):
        alt = f"Events by {periods.unit}. {chart.sentence(counts, periods)}"
        draw_figure(chart.bars(counts, periods, look, height=height), name, alt=alt, narrowing=bar_clicked)
        dragged = partial(dates_dragged, periods)
        draw_figure(
            chart.time_axis(periods, look),
            f"{name}_axis",
            alt="The dates below the bars.",
            narrowing=dragged,
            mode="box",
        )


def draw_lanes(here: Page, found: Summary, look: Theme) -> None:
    """Each event with the days it may have been on; when they are many, marks by sector."""
    st.header("How exactly the dates are known", anchor=False)
    if found.first is None or found.last is None:
        st.markdown("None of these events has a date.")
    elif found.event_count <= MOST_ROWS:
        _draw_rows(here, look)
    else:
        _draw_strips(here, strips.bin_unit(found.first, found.last), look)


def _draw_rows(here: Page, look: Theme) -> None:
    events = here.ask(lanes)
    hrefs = {
        event: f"events?{urlencode(link_params(here.selection, event=event), doseq=True)}"
        for event in events["event_id"]
    }
    draw_legend(rows.entries(events))
    st.html(rows.rows(events, look, hrefs))
    st.caption(rows.sentence(events))
    table_twin(rows.table(events), key="timeline_lanes")


def _draw_strips(here: Page, unit: str, look: Theme) -> None:
    marks = here.ask(lane_marks, unit)
    draw_legend(strips.entries(marks, unit))
    draw_figure(
        strips.strips(marks, unit, look), "timeline_strips", alt="The days of the events, by main sector.",
        narrowing=bar_clicked,
    )  # fmt: skip
    st.caption(
        f"More than {MOST_ROWS} events: one strip a sector. Click a mark to narrow to its days and sector; "
        f"with {MOST_ROWS} events or fewer, each has a line of its own."
    )


def unit_of(chosen: str, found: Summary) -> str:
    """The period that was asked for, or the finest one that fits the dates."""
    if chosen != "auto":
        return chosen
    return fitting(found.first, found.last) if found.first and found.last else "year"


def left_out_sentence(missing: int, unit: str) -> str:
    """`2 events are known only more coarsely than the month …`."""
    return f":material/info: {counted(missing)} {'is' if missing == 1 else 'are'} not in the bars: no {unit} is known."


def dates_dragged(periods: Periods, clicked: Clicked) -> dict[str, Any] | None:
    """The days of the periods that were dragged over."""
    if not clicked.stretch:
        return None
    start, end = periods.span(*clicked.stretch)
    return {"start": start, "end": end}


def bar_clicked(clicked: Clicked) -> dict[str, Any]:
    """The days and the sector, if there is one, of the bar or mark that was clicked."""
    first, last, sector = clicked.marks[0]
    return {"start": day_of(first), "end": day_of(last), **({"mains": sector} if sector else {})}
