"""Where: the sites on a map, and beside it, counted, the events that have no point on it."""

import json
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import add
from dashboard.app_pages.figures import Clicked, draw_deck, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import map as chart
from dashboard.charts.theme import Theme, counted
from dashboard.queries.map import not_drawn, sites
from dashboard.queries.overview import Summary
from dashboard.reference import country_shapes

MAP_HEIGHT = 520
MOST_BUTTONS = 8
"""Places in the list beside the map; the rest are in the table."""


def page() -> None:
    """The map, the lists beside it, the table."""
    here = current_page()
    found = headline(here, "Map")
    if not found.event_count:
        return
    look = look_of(here)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        draw_map(here, found, look, "map", height=MAP_HEIGHT)
        st.caption(f"Click a circle to narrow to its place; the area says how many events. {chart.ATTRIBUTION}")
    with beside:
        _draw_lists(here)
    _draw_twin(here)
    downloads(here)


def draw_map(here: Page, found: Summary, look: Theme, name: str, *, height: int) -> None:
    """The sites on the map, or that there are none."""
    drawn = here.ask(sites)
    sentence = chart.sentence(drawn, found.event_count)
    st.markdown(sentence)
    if len(drawn):
        deck = chart.sites_map(drawn, _shapes(), look)
        draw_deck(deck, name, alt=f"Map of the places. {sentence}", height=height, narrowing=place_clicked)


@st.cache_resource
def _shapes() -> str:
    return json.dumps(country_shapes(), separators=(",", ":"))


def place_clicked(clicked: Clicked) -> dict[str, Any]:
    """The place of the circle that was clicked."""
    return {"places": clicked.marks[0]["place_id"]}


def _draw_twin(here: Page) -> None:
    drawn = here.ask(sites)
    table = chart.table(drawn)
    marks = [{"place_id": place_id} for place_id in drawn["place_id"]]
    draw_twin(table, {column: column for column in table}, "map", marks=marks, narrowing=place_clicked)


def _draw_lists(here: Page) -> None:
    drawn, undrawn = here.ask(sites), here.ask(not_drawn)
    if len(drawn):
        st.markdown("**On the map**")
        _draw_buttons(drawn.assign(place=drawn["place_id"], label=drawn["name"] + ", " + drawn["country"]))
    st.markdown(
        f"**Not on the map** · {counted(int(undrawn['event_count'].sum()))}"
        if len(undrawn)
        else "**Not on the map** · none"
    )
    _draw_buttons(undrawn)
    st.caption("A country is never drawn as its capital, and no place is made up for an event that names none.")


def _draw_buttons(places: pd.DataFrame) -> None:
    """A button a place, which narrows to it: the way there by keyboard."""
    with st.container(gap=None):
        for row in places.head(MOST_BUTTONS).itertuples(index=False, name="Place"):
            label, answer = f"{row.label} · {row.event_count:,}", partial(add, places=row.place)
            st.button(label, key=f"place_{row.place}", on_click=answer, type="tertiary")
    if len(places) > MOST_BUTTONS:
        st.caption(f"and {len(places) - MOST_BUTTONS:,} more, in the table below")
