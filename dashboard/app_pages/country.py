"""One country: the events in which it takes part and those that were in it, its partners, its places, over time."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.app_pages import address, lanes
from dashboard.app_pages.address import add
from dashboard.app_pages.figures import look_of
from dashboard.app_pages.frame import Page, view
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.place import count_sentence, draw_columns
from dashboard.app_pages.profile import draw_when
from dashboard.app_pages.ranks import draw_ranks
from dashboard.app_pages.wording import counted
from dashboard.queries.country import CountryCounts, country_counts
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary

PARTS = {"with": "Events with it", "held": "Events in it"}
FIELDS = {"with": "countries", "held": "site_countries"}


def draw_asked(here: Page) -> bool:
    """Draw the country that the address names; False if it names none, or this build knows none of that code, which is said."""
    asked = address.subject("country_page")
    found = here.ask(country_counts, asked) if asked else None
    if found is None:
        if asked:
            st.warning(f"This build knows no country “{as_markdown(asked)}”. The map is below.")
        return False
    _draw(here, asked, found)
    return True


def _draw(here: Page, code: str, counts: CountryCounts) -> None:
    with st.container(horizontal=True, key="way_back"):
        page_link("map", "← Map")
    st.title(as_markdown(counts.name), anchor=False)
    st.markdown(
        f"Takes part in {counted(counts.with_count, 'event')}; {counted(counts.held_count, 'event')} "
        f"{'was' if counts.held_count == 1 else 'were'} in the country, {counts.both_count:,} of them with it."
    )
    part = view("part", "Show", PARTS)
    field = FIELDS[part]
    at = replace(here, selection=here.selection.narrowed(**{field: code}))
    found = at.ask(summary)
    st.markdown(f"{PARTS[part]}: {count_sentence(here, found.event_count, EventFilter().narrowed(**{field: code}))}")
    if not found.event_count:
        return
    look = look_of(here)
    st.button("Narrow the selection to them", key="narrow_to_country", on_click=partial(add, **{field: code}))
    draw_when(at, look, "country_bars")
    lanes.draw(at, found, look, "")
    draw_columns(at, without_country=code)
    draw_ranks(at, "Places", "places", subject="place_page")
