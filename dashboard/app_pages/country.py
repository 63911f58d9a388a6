"""One country: the events in which it takes part and those that were in it, its partners, its places, over time."""

import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.figures import look_of
from dashboard.app_pages.frame import Page, view
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.profile import draw_dates, draw_lists, draw_share, draw_when, within
from dashboard.app_pages.wording import counted
from dashboard.queries.country import CountryCounts, country_counts

PARTS = {"with": "Events with it", "held": "Events in it"}
LISTS = {
    "type": "Types", "main": "Main sectors", "country": "Partners", "actor": "Organisations and people", "place": "Places",
}  # fmt: skip
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
    at = within(here, **{field: code})
    if not draw_share(here, at, **{field: code}):
        return
    look = look_of(here)
    draw_when(at, look, **{field: code})
    draw_dates(at, look)
    st.header("What and who", anchor=False)
    draw_lists(at, LISTS, without=code, **{field: code})
