"""One place: its events, who and what, the sentences that name it, how exactly it is known, and what lies near."""

import pandas as pd
import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.figures import look_of
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.profile import (
    draw_dates,
    draw_facts,
    draw_lists,
    draw_passages,
    draw_share,
    draw_when,
    within,
)
from dashboard.app_pages.wording import counted, plain
from dashboard.charts.map_sites import is_approximate
from dashboard.queries.place import nearby, place_of_event, place_row, site_quotes

MOST_NEARBY = 6
LISTS = {
    "type": "Types",
    "main": "Main sectors",
    "country": "Countries taking part",
    "actor": "Organisations and people",
}

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
    place_id = row["place_id"]
    at = within(here, places=place_id)
    with st.container(horizontal=True, key="way_back"):
        page_link("map", "← Map")
        page_link("map", f"About {row['country']}", country_page=row["country_code"])
    st.title(as_markdown(row["name"]), anchor=False)
    look = look_of(here)
    _draw_facts(row)
    if draw_share(here, at, places=place_id):
        draw_when(at, look, places=place_id)
        draw_dates(at, look)
        st.header("What and who", anchor=False)
        draw_lists(at, LISTS, places=place_id)
        st.header("The sentences that name it", anchor=False)
        draw_passages(at.ask(site_quotes), "site")
    _draw_nearby(here, row)


def _draw_facts(row: pd.Series) -> None:
    facts = {
        "Kind": KINDS.get(row["kind"], row["kind"].replace("_", " ").capitalize()),
        "Where": ", ".join(part for part in (plain(row["region"]), row["country"]) if part),
        "Coordinates": _coordinates(row),
        "Known from": f"{row['source']} ({row['place_id']})",
    }
    draw_facts(facts)


def _coordinates(row: pd.Series) -> str:
    if pd.isna(row["latitude"]):
        return "None: it has no point on the map"
    north = f"{abs(row['latitude']):.2f}° {'N' if row['latitude'] >= 0 else 'S'}"
    east = f"{abs(row['longitude']):.2f}° {'E' if row['longitude'] >= 0 else 'W'}"
    about = ", approximate: it may be off by several kilometres, and has a soft edge on the map"
    return f"{north}, {east}{about if is_approximate(row['kind'], row['source']) else ''} (WGS 84)"


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
