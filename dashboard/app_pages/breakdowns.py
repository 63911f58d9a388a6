"""What and who: the selection by sector, country, type, pair of countries, actor and document. A click on any of it narrows."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.crossing import draw_course, draw_crossing
from dashboard.app_pages.figures import Clicked, draw_figure, draw_legend, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline
from dashboard.app_pages.links import page_link
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import breakdowns as chart
from dashboard.charts.theme import Theme, counted
from dashboard.queries.breakdowns import by_sector
from dashboard.queries.crossing import FIELDS, divided, label_of, narrowing_to
from dashboard.queries.overview import Summary

MOST_BARS = 12
"""Values that have a bar of their own; the others share one."""

TITLES = {
    "type": "By type", "country": "By country taking part", "pair": "By pair of countries", "actor": "By organisation or person",
    "document": "By document",
}  # fmt: skip


def page() -> None:
    """Sectors beside countries, two fields crossed, one field over time, then the other fields."""
    here = current_page()
    found = headline(here, "Breakdowns")
    if not found.event_count:
        return
    look = look_of(here)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("By sector", anchor=False)
        draw_sectors(here, found, look, "sectors")
        _draw_sector_twin(here, look)
    with right:
        _draw_values(here, "country", look)
    draw_crossing(here, found, look)
    draw_course(here, look)
    for pair in (("type", "pair"), ("actor", "document")):
        for column, field in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                _draw_values(here, field, look)
    page_link("events", f"See {'this event' if found.event_count == 1 else f'these {found.event_count:,} events'} →")
    downloads(here)


def draw_sectors(here: Page, found: Summary, look: Theme, name: str) -> None:
    """Bars by sector with what their colours mean."""
    frame = here.ask(by_sector)
    sentence = chart.sector_sentence(frame, look)
    draw_legend(chart.sector_entries(look))
    draw_figure(chart.by_sector(frame, look), name, alt=f"Events by sector. {sentence}", narrowing=sector_clicked)
    st.caption(
        f"{sentence} Main sectors add up to {int(frame['main_count'].sum()):,} of {counted(found.event_count)}; an event may touch "
        "several, and counts in full under each. A click on full colour narrows to the main sector, on pale colour to all that touch it."
    )


def _draw_sector_twin(here: Page, look: Theme) -> None:
    """A row for each of a sector's two bars."""
    shown = chart.sectors_in_order(here.ask(by_sector))
    parts = [
        shown.assign(field=field, role=role, events=shown[column])
        for field, role, column in (("mains", "Main sector", "main_count"), ("sectors", "Touched", "event_count"))
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows["name"] = rows["sector_code"].map(look.label)
    marks = rows[["sector_code", "field"]].to_numpy().tolist()
    draw_twin(
        rows, {"name": "Sector", "role": "As", "events": "Events"}, "sectors", marks=marks, narrowing=sector_clicked
    )


def _draw_values(here: Page, field: str, look: Theme) -> None:
    st.header(TITLES[field], anchor=False)
    frame = here.ask(divided, field, MOST_BARS)
    codes = zip(frame["code"], frame["value_count"], strict=True)
    frame = frame.assign(label=[label_of(field, code, here.choices, values) for code, values in codes])
    is_many = FIELDS[field].is_many
    sentence = chart.value_sentence(frame, is_many=is_many)
    if is_many:
        draw_legend(chart.split_entries(look))
    narrowing = partial(value_clicked, field)
    draw_figure(
        chart.by_value(frame, look, is_many=is_many),
        f"by_{field}",
        alt=f"{TITLES[field]}. {sentence}",
        narrowing=narrowing,
    )
    st.caption(sentence)
    marks = [[code if isinstance(code, str) else ""] for code in frame["code"]]
    labels = {
        "label": FIELDS[field].label,
        "event_count": "Events",
        **({"split_count": "Split count"} if is_many else {}),
    }
    draw_twin(frame, labels, f"by_{field}", marks=marks, narrowing=narrowing)


def sector_clicked(clicked: Clicked) -> dict[str, Any] | None:
    """The sector of the bar, if it has one: as main sector, or as one that is touched."""
    sector, field = clicked.marks[0]
    return {field: sector} if sector else None


def value_clicked(field: str, clicked: Clicked) -> dict[str, Any]:
    """The value of the bar; nothing where it stands for none, or for many."""
    (code,) = clicked.marks[0]
    return narrowing_to(field, code)
