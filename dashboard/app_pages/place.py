"""One place: its events, who and what, the sentences that name it, how exactly it is known, and what lies near."""

from dataclasses import replace
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages import address, lanes
from dashboard.app_pages.address import add
from dashboard.app_pages.figures import look_of
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown, quote
from dashboard.app_pages.profile import draw_when
from dashboard.app_pages.ranks import draw_ranks
from dashboard.app_pages.wording import counted, plain
from dashboard.charts.map_sites import is_approximate
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.place import nearby, place_of_event, place_row, site_quotes

MOST_QUOTES, MOST_NEARBY = 8, 6
LONG_LABEL = 48
"""Characters of a document's name in the label of a link."""

KINDS = {
    "city": "City or town. The point is that of the place as a whole: the text names no address.",
    "country": "A country. The texts name no city, so no point is drawn.",
    "unlisted": "A place that the gazetteer does not know. It is counted beside the map, and no point is made up for it.",
}


def draw_asked(here: Page) -> bool:
    """Draw the place that the address names; False if it names none, or this build has none of that id, which is said."""
    asked = address.subject("place_page")
    row = place_row(here.store, asked) if asked else None
    if row is None:
        if asked:
            st.warning(f"This build has no place “{as_markdown(asked)}”. The map is below.")
        return False
    _draw(here, row)
    return True


def draw_link(here: Page, event_id: str) -> None:
    """On an event's page: the way to the page of its place, and to that of its country."""
    row = place_of_event(here.store, event_id)
    if row is None:
        return
    if row["kind"] != "country":
        page_link("map", f"About {row['name']}: its other events →", place_page=row["place_id"])
    page_link("map", f"About {row['country']} →", country_page=row["country_code"])


def _draw(here: Page, row: pd.Series) -> None:
    at = replace(here, selection=here.selection.narrowed(places=row["place_id"]))
    with st.container(horizontal=True, key="way_back"):
        page_link("map", "← Map")
        page_link("map", f"About {row['country']}", country_page=row["country_code"])
    st.title(as_markdown(row["name"]), anchor=False)
    found = at.ask(summary)
    st.markdown(count_sentence(here, found.event_count, EventFilter(places=(row["place_id"],))))
    look = look_of(here)
    _draw_facts(row)
    if found.event_count:
        st.button("Narrow the selection to it", key="narrow_to_place", on_click=partial(add, places=row["place_id"]))
        draw_when(at, look, "place_bars")
        lanes.draw(at, found, look, "")
        draw_columns(at)
        _draw_quotes(at)
    _draw_nearby(here, row)


def count_sentence(here: Page, event_count: int, alone: EventFilter) -> str:
    """`2 events here`, or how many of the place's events are selected."""
    total = summary(here.store, alone).event_count
    if here.selection.is_empty or event_count == total:
        return f"{counted(total, 'event')}."
    return f"{event_count:,} of {counted(total, 'event')}: the filters leave out the others."


def draw_columns(at: Page, *, without_country: str = "") -> None:
    """What and who, side by side."""
    st.header("What and who", anchor=False)
    lists = st.columns(4, gap="medium")
    with lists[0]:
        draw_ranks(at, "Types", "types")
    with lists[1]:
        draw_ranks(at, "Main sectors", "mains")
    with lists[2]:
        title = "Partners" if without_country else "Countries taking part"
        draw_ranks(at, title, "countries", without=without_country, subject="country_page")
    with lists[3]:
        draw_ranks(at, "Organisations and people", "actors")


def _draw_facts(row: pd.Series) -> None:
    facts = {
        "Kind": KINDS.get(row["kind"], row["kind"].replace("_", " ").capitalize()),
        "Where": ", ".join(part for part in (plain(row["region"]), row["country"]) if part),
        "Coordinates": _coordinates(row),
        "Known from": f"{row['source']} ({row['place_id']})",
    }
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    st.html(f'<dl class="facts">{pairs}</dl>')


def _coordinates(row: pd.Series) -> str:
    if pd.isna(row["latitude"]):
        return "None: it has no point on the map"
    north = f"{abs(row['latitude']):.2f}° {'N' if row['latitude'] >= 0 else 'S'}"
    east = f"{abs(row['longitude']):.2f}° {'E' if row['longitude'] >= 0 else 'W'}"
    about = ", approximate: it may be off by several kilometres, and has a soft edge on the map"
    return f"{north}, {east}{about if is_approximate(row['kind'], row['source']) else ''} (WGS 84)"


def _draw_quotes(at: Page) -> None:
    st.header("The sentences that name it", anchor=False)
    rows = at.ask(site_quotes)
    if rows.empty:
        st.markdown("No sentence in the documents says so.")
    for row in rows.head(MOST_QUOTES).to_dict("records"):
        st.html(quote(row["quote"], row["prefix"], row["suffix"], field="site", note=row["event_title"]))
        name = plain(row["publisher"]) or row["document_title"]
        short = name if len(name) <= LONG_LABEL else f"{name[: LONG_LABEL - 1].rstrip()}…"
        with st.container(horizontal=True):
            page_link("events", "The event", event=row["event_id"])
            offset = str(row["start_offset"])
            page_link(
                "documents", f"Read it in {short}", document=row["document_id"], event=row["event_id"], quote=offset
            )
    if len(rows) > MOST_QUOTES:
        st.caption(f"and {len(rows) - MOST_QUOTES:,} more, on the pages of the events")


def _draw_nearby(here: Page, row: pd.Series) -> None:
    if pd.isna(row["latitude"]):
        return
    st.header("The nearest other places of the selected events", anchor=False)
    rows = here.ask(nearby, row["place_id"], most=MOST_NEARBY)
    if rows.empty:
        st.markdown("None.")
    with st.container(gap=None, key="nearby"):
        for other in rows.itertuples(index=False, name="Site"):
            label = f"{other.name}, {other.country}: {other.distance_km:,.0f} km, {counted(other.event_count, 'event')}"
            page_link("map", label, place_page=other.place_id)
