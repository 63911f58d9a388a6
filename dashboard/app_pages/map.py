"""Where: the map in layers, and beside it, counted, the events that have no point on it."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.app_pages import address, country, place
from dashboard.app_pages.address import add
from dashboard.app_pages.figures import look_of, redraw
from dashboard.app_pages.frame import Page, current_page, downloads, headline, view
from dashboard.app_pages.links import page_link, pick
from dashboard.app_pages.map_layers import (
    DRAWERS,
    Scene,
    draw_countries,
    draw_sites,
    has_too_many_sites,
    place_clicked,
    scene,
)
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.playback import Moment, moments, play
from dashboard.app_pages.twins import draw_twin
from dashboard.charts.map import ATTRIBUTION
from dashboard.charts.theme import Theme, counted
from dashboard.queries.map import REASONS, not_drawn, sites
from dashboard.queries.map_countries import by_country, country_pairs
from dashboard.queries.map_hexagons import MOST_PLACES
from dashboard.queries.overview import Summary

MAP_HEIGHT = 520
MOST_BUTTONS = 6
"""Places in the list beside the map; the rest are in the table."""

NO_COUNTRY = ("not_stated", "virtual")
"""Why an event is in no country either."""

LAYERS = {"sites": "Sites", "hexagons": "Hexagons", "countries": "Countries", "links": "Links"}
PARTS = {"with": "Taking part", "held": "Where it was"}

HINTS = {
    "sites": "Click a circle to narrow to its place. The area says how many events, letters and colour the main sector of most of them. The point of a city is the city's, not the building's.",
    "hexagons": "Click a hexagon to narrow to its places. All hexagons are alike on this projection; towards the poles they cover less ground.",
    "countries": "Click a country to narrow to it. A name stands in the country's middle, not where anything happened.",
    "links": "Click an arc to narrow to both countries. Arcs end where the map writes a country's name; no event was there.",
}


def page() -> None:
    """One place or country if the address names one, else the map."""
    here = current_page()
    if place.draw_asked(here) or country.draw_asked(here):
        return
    found = headline(here, "Map")
    if not found.event_count:
        return
    look = look_of(here)
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_views"):
        layer = view("layer", "Show", LAYERS)
        part = view("part", "Countries", PARTS) if layer == "countries" else address.VIEWS["part"][0]
        st.button("Reset the view", key="map_reset", on_click=redraw, args=("map",))
    play(here, moments(here, found), partial(_draw_moment, here, found, look, layer, part))
    _draw_picks(here)
    downloads(here)


def draw_map(here: Page, found: Summary, look: Theme, name: str, *, height: int) -> None:
    """The sites on a map, for other pages, or that there are none."""
    draw_sites(scene(here, found.event_count, look, name, height=height), has_twin=False)


def _draw_moment(here: Page, found: Summary, look: Theme, layer: str, part: str, moment: Moment) -> None:
    """The map and the lists beside it, with what began until a moment."""
    shown = moment.count_so_far if moment.end else found.event_count
    at = scene(here, shown, look, "map", height=MAP_HEIGHT, until=moment.end)
    if moment.end:
        st.markdown(
            f"**Until the end of {moment.label}**: {shown:,} of {counted(found.event_count)}, {moment.event_count:,} of them new. "
            "Events without a date are under “All dates”."
        )
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        if layer == "countries":
            draw_countries(at, part)
        else:
            DRAWERS[layer](at)
        st.caption(f"{HINTS[layer]} {ATTRIBUTION}")
    with beside:
        _draw_beside(at, layer, part)


def _draw_beside(at: Scene, layer: str, part: str) -> None:
    """What the layer has most of, and what it has no place for."""
    if layer in ("sites", "hexagons"):
        _draw_busiest(at)
        _draw_undrawn(at, at.shown.ask(not_drawn))
    elif layer == "countries":
        _draw_countries(at, part)
    elif layer == "links":
        _draw_pairs(at)
    if layer == "countries" and part == "held":
        undrawn = at.shown.ask(not_drawn)
        _draw_undrawn(at, undrawn[undrawn["reason"].isin(NO_COUNTRY)])
    elif layer in ("countries", "links"):
        unnamed = at.event_count - at.shown.ask(country_pairs).named_count
        st.markdown(f"**No country named** · {counted(unnamed) if unnamed else 'none'}")


def _draw_busiest(at: Scene) -> None:
    if has_too_many_sites(at.shown):
        return
    drawn = at.shown.ask(sites)
    if len(drawn):
        st.markdown("**On the map**")
    with _list("sites"):
        for row in drawn.head(MOST_BUTTONS).itertuples(index=False, name="Site"):
            with _line(row.place_id):
                _button(at, f"{row.name}, {row.country} · {row.event_count:,}", row.place_id, places=(row.place_id,))
                page_link("map", "About →", place_page=row.place_id)
    if len(drawn) > MOST_BUTTONS:
        st.caption(f"and {len(drawn) - MOST_BUTTONS:,} more, in the table below the map")


def _draw_countries(at: Scene, part: str) -> None:
    counts = at.shown.ask(by_country, part)
    field = "countries" if part == "with" else "site_countries"
    with _list("countries"):
        for row in counts.head(MOST_BUTTONS * 2).itertuples(index=False, name="Count"):
            with _line(row.country_code):
                _button(at, f"{row.country} · {row.event_count:,}", row.country_code, **{field: row.country_code})
                page_link("map", "About →", country_page=row.country_code)
    if len(counts) > MOST_BUTTONS * 2:
        st.caption(f"and {len(counts) - MOST_BUTTONS * 2:,} more, in the table below the map")


def _draw_pairs(at: Scene) -> None:
    counts = at.shown.ask(country_pairs).counts
    with _list("pairs"):
        for row in counts.head(MOST_BUTTONS * 2).itertuples(index=False, name="Pair"):
            label, codes = f"{row.country} and {row.other} · {row.event_count:,}", (row.country_code, row.other_code)
            with _line("_".join(codes)):
                _button(at, label, "_".join(codes), countries=codes[0], also_countries=codes[1])
    if len(counts) > MOST_BUTTONS * 2:
        st.caption(f"and {len(counts) - MOST_BUTTONS * 2:,} more, in the table below the map")


def _draw_undrawn(at: Scene, undrawn: pd.DataFrame) -> None:
    """The events without a point: counted by why, each reason and each place a button, and the way to their rows."""
    total = int(undrawn["event_count"].sum())
    st.markdown(f"**Not on the map** · {counted(total)}" if total else "**Not on the map** · none")
    with _list("reasons"):
        for reason, rows in _by_reason(undrawn):
            with _line(reason):
                label = f"{REASONS[reason]} · {int(rows['event_count'].sum()):,}"
                _button(at, label, reason, places=tuple(rows["place"]))
    if total:
        places = tuple(undrawn["place"])
        if len(places) <= MOST_PLACES:
            chosen = at.shown.selection.narrowed(places=places)
            page_link("events", f"Open {'it' if total == 1 else f'all {total:,}'} as a table →", chosen=chosen)
        _draw_undrawn_twin(at, undrawn)
    st.caption("A country is never drawn as its capital, and no place is made up for an event that names none.")


def _list(name: str) -> DeltaGenerator:
    return st.container(gap=None, key=f"map_list_{name}")


def _line(key: str) -> DeltaGenerator:
    """A line of a list: a button, and perhaps a link."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"map_line_{key}")


def _by_reason(undrawn: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    groups = [(reason, undrawn[undrawn["reason"] == reason]) for reason in REASONS]
    return [(reason, rows) for reason, rows in groups if len(rows)]


def _draw_undrawn_twin(at: Scene, undrawn: pd.DataFrame) -> None:
    shown = {"label": "where", "event_count": "events"}
    marks = [{"place_id": code} for code in undrawn["place"]]
    draw_twin(undrawn, shown, "not_drawn", marks=marks, narrowing=at.narrowing(place_clicked))


def _button(at: Scene, label: str, key: str, **chosen: str | tuple[str, ...]) -> None:
    """A button that narrows: the way there by keyboard; disabled where it stands for more places than an address holds."""
    answer = partial(add, **chosen, end=at.until) if at.until else partial(add, **chosen)
    is_too_long = len(chosen.get("places", ())) > MOST_PLACES
    st.button(as_markdown(label), key=f"place_{key}", on_click=answer, type="tertiary", disabled=is_too_long)


def _draw_picks(here: Page) -> None:
    """Fields to open the page of a place, or of a country, by name."""
    left, right = st.columns(2)
    drawn = here.ask(sites)
    with left:
        st.markdown("**The page of a place**")
        names = tuple(drawn["name"] + ", " + drawn["country"])
        pick("Open the page of a place", names, tuple(drawn["place_id"]), subject="place_page")
    countries = here.ask(by_country, "with")
    with right:
        st.markdown("**The page of a country**")
        pick(
            "Open the page of a country",
            tuple(countries["country"]),
            tuple(countries["country_code"]),
            subject="country_page",
        )
