"""When: bars by period with how much was read, and below them one closer look: dates, the year, change, series, story."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages import calendar_grid, change, lanes, milestones, series, story
from dashboard.app_pages.figures import Clicked, day_of, draw_figure, draw_legend, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline, view
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import coverage as reading
from dashboard.charts import timeline as chart
from dashboard.charts.groups import OTHERS, coloured, folded
from dashboard.charts.milestones import marked
from dashboard.charts.panels import panels
from dashboard.charts.periods import Periods, bearable, fitting, name
from dashboard.charts.theme import Theme, counted
from dashboard.milestones import Milestone
from dashboard.queries.codebook import event_types
from dashboard.queries.coverage import documents_by_period, periodicals
from dashboard.queries.overview import Summary
from dashboard.queries.timeline import by_period

UNITS = {
    "auto": "Automatic", "day": "Days", "week": "Weeks", "month": "Months", "quarter": "Quarters", "year": "Years",
}  # fmt: skip
STACKS = {"sector": "Sector", "type": "Type", "country": "Country"}
FORMS = {"stacked": "One figure", "panels": "One for each"}
MEASURES = {"events": "Events", "document": "For each document"}
LOOKS = {"dates": "Dates", "grid": "Year by year", "change": "Change", "series": "Recurring", "playback": "Playback"}
SECTIONS = {
    "dates": lanes.draw, "grid": calendar_grid.draw, "change": change.draw, "series": series.draw, "playback": story.draw,
}  # fmt: skip

FIELDS = {"sector": "mains", "type": "types", "country": "countries"}
"""The field of the filter that a click on a group narrows."""

BARS_HEIGHT = 280
COUNTING = {
    "sector": "Bars count each event once, under its main sector.",
    "type": "Bars count each event once, under its type.",
    "country": "Bars count each event once: of an event with several countries each has its share (1/2 of two, 1/3 of three). "
    "A click narrows to all events with the country.",
}


def page() -> None:
    """The bars and what was read, then one closer look."""
    here = current_page()
    found = headline(here, "Timeline")
    if not found.event_count:
        return
    look = look_of(here)
    unit = draw_bars(here, found, look)
    closer = view("closer", "A closer look", LOOKS)
    SECTIONS[closer](here, found, look, unit)
    downloads(here)


def draw_bars(here: Page, found: Summary, look: Theme) -> str:
    """Events by period, as wide as the page, with the documents read, their table, and what is in no bar; gives the period."""
    with st.container(horizontal=True, key="timeline_controls"):
        chosen = view("period", "Bars by", UNITS)
        stack = view("stack", "Split by", STACKS)
        form = view("form", "As", FORMS)
        measure = view("measure", "Count", MEASURES)
    unit = unit_of(chosen, found)
    if chosen not in ("auto", unit):
        st.markdown(f":material/info: The dates span too many {chosen}s for bars; shown by {unit}.")
    counts, colors = grouped(here, unit, stack, look)
    documents = here.ask(documents_by_period, unit)
    drawn, shown = measured(counts, documents, measure)
    periods = chart.periods_of(drawn, unit)
    if periods:
        lines = milestones.current()
        _draw_legend(counts, colors)
        draw_figures(
            drawn, periods, colors, "timeline_bars", height=BARS_HEIGHT, form=form, narrowing=partial(bar_clicked, FIELDS[stack]),
            documents=documents, lines=lines,
        )  # fmt: skip
        st.caption(f"{sentence(drawn, counts, periods, shown)} {COUNTING[stack]} {CLICKING.format(unit=unit)}")
        draw_reading(here, documents, periods)
        milestones.draw(lines, periods)
    elif measure == "document":
        st.markdown("No document is known to be published in a period that has events: there are no rates.")
    missing = chart.left_out(counts)
    if missing:
        st.markdown(left_out_sentence(missing, unit))
    _draw_twin(drawn, unit, colors, stack, shown)
    return unit


CLICKING = (
    "Click a bar to narrow to its {unit} and colour (what may have been then comes along); drag along the band of dates to "
    "narrow to those."
)


def grouped(here: Page, unit: str, stack: str, look: Theme) -> tuple[pd.DataFrame, Theme]:
    """The counts by sector, type or country, and the theme that names and colours these."""
    counts = here.ask(by_period, unit, stack)
    if stack == "sector":
        return counts, look
    colors = coloured(counts, _names(here, stack), look, unnamed=f"No {stack}")
    return folded(counts, colors), colors


def _names(here: Page, stack: str) -> Mapping[str, str]:
    if stack == "country":
        return here.choices.countries
    types = event_types(here.store)
    return dict(zip(types["event_type_code"], types["label"], strict=True))


def measured(counts: pd.DataFrame, documents: pd.DataFrame, measure: str) -> tuple[pd.DataFrame, str]:
    """The counts as they are drawn, and what of: `events`, or `document` where they are divided by the documents."""
    return (reading.per_document(counts, documents), "document") if measure == "document" else (counts, "events")


def sentence(drawn: pd.DataFrame, counts: pd.DataFrame, periods: Periods, measure: str) -> str:
    """What the bars show."""
    return reading.rate_sentence(drawn, counts, periods) if measure == "document" else chart.sentence(drawn, periods)


def draw_figures(
    counts: pd.DataFrame, periods: Periods, look: Theme, name: str, *, height: int, form: str = "stacked",
    narrowing: Any = None, documents: pd.DataFrame | None = None, lines: tuple[Milestone, ...] = (),
) -> None:  # fmt: skip
    """The bars, below them the documents read (if asked for) and the band of dates to drag along."""
    figure = panels(counts, periods, look) if form == "panels" else chart.bars(counts, periods, look, height=height)
    alt = f"Events by {periods.unit}. {chart.sentence(counts, periods)}"
    with st.container(gap=None):
        draw_figure(
            marked(figure, lines, periods, look), name, alt=alt, narrowing=narrowing or partial(bar_clicked, "mains")
        )
        if documents is not None:
            draw_figure(
                reading.strip(documents, periods, look), f"{name}_documents", alt=reading.sentence(documents, periods)
            )
        dragged = partial(dates_dragged, periods)
        draw_figure(
            chart.time_axis(periods, look),
            f"{name}_axis",
            alt="The dates below the bars.",
            narrowing=dragged,
            mode="box",
        )


def draw_reading(here: Page, documents: pd.DataFrame, periods: Periods) -> None:
    """How many documents were read, and which issues of a periodical are missing."""
    found = periodicals(here.store)
    known = (
        f"{counted(len(found), 'periodical')} with a rhythm."
        if found
        else "No periodical has enough issues to show a rhythm."
    )
    st.caption(f"{reading.sentence(documents, periods)} {known} {RHYTHM}")
    for said in reading.gaps(found):
        st.markdown(f":material/report: {as_markdown(said)}")
    counts = reading.by_rank(documents, periods)
    table = pd.DataFrame({
        "period": [name(periods.unit, periods.start(rank)) for rank in range(periods.count)], "documents": counts,
    })  # fmt: skip
    marks = [[periods.start(rank).isoformat(), periods.end(rank).isoformat(), ""] for rank in range(periods.count)]
    labels = {"period": periods.unit.capitalize(), "documents": "Documents"}
    draw_twin(
        table, labels, "timeline_documents", marks=marks, narrowing=span_clicked, title="Documents read, as a table"
    )


RHYTHM = (
    "A newsletter, journal or bulletin has a rhythm if three issues or more follow each other at one interval (weekly to every two "
    "years, a quarter of it either way) with a gap in at most half of the steps."
)


def _draw_legend(counts: pd.DataFrame, colors: Theme) -> None:
    draw_legend(chart.entries(counts, colors))


def _draw_twin(drawn: pd.DataFrame, unit: str, look: Theme, stack: str, measure: str) -> None:
    rows = chart.table(drawn, unit, look)
    share = {"events": "In the bar", "document": "For each document"}[measure]
    labels = {"period": unit.capitalize(), "group": STACKS[stack], "date": "Date", "share": share, "events": "Events"}
    if stack != "country" and measure == "events":
        labels.pop("share")
    draw_twin(rows, labels, "timeline_bars", marks=rows["mark"].tolist(), narrowing=partial(bar_clicked, FIELDS[stack]))


def unit_of(chosen: str, found: Summary) -> str:
    """The period that was asked for, if it makes no more bars than can be drawn, or the finest one that fits the dates."""
    if not found.first or not found.last:
        return "year" if chosen == "auto" else chosen
    return fitting(found.first, found.last) if chosen == "auto" else bearable(chosen, found.first, found.last)


def left_out_sentence(missing: int, unit: str) -> str:
    """`2 events are known only more coarsely than the month …`."""
    return f":material/info: {counted(missing)} {'is' if missing == 1 else 'are'} not in the bars: no {unit} is known."


def dates_dragged(periods: Periods, clicked: Clicked) -> dict[str, Any] | None:
    """The days of the periods that were dragged over."""
    if not clicked.stretch:
        return None
    start, end = periods.span(*clicked.stretch)
    return {"start": start, "end": end}


def bar_clicked(field: str, clicked: Clicked) -> dict[str, Any] | None:
    """The days and the group of the bar that was clicked; nothing for events without a group, which no filter asks for."""
    first, last, group = clicked.marks[0] or ("", "", "")
    if not group or group == OTHERS:
        return None
    return {"start": day_of(first), "end": day_of(last), field: group}


def span_clicked(clicked: Clicked) -> dict[str, Any]:
    """The days of a mark that has no group."""
    first, last, _ = clicked.marks[0]
    return {"start": day_of(first), "end": day_of(last)}
