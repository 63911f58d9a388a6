"""The layers of the map: each a figure with its sentence and legend, its twin, and what a click on it narrows to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.figures import Clicked, Narrowing, draw_deck, draw_legend
from dashboard.app_pages.frame import Page
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import classes, map_countries, map_hexagons, map_sites
from dashboard.charts import map as base
from dashboard.charts.legend import Entry
from dashboard.charts.outlines import Outlines, outlines
from dashboard.charts.theme import Theme
from dashboard.queries.map import extent, not_drawn, site_titles, sites
from dashboard.queries.map_countries import PARTS, by_country, country_pairs
from dashboard.queries.map_hexagons import hexagons
from dashboard.reference import country_labels, country_shapes

MOST_SITES = 300
"""Sites up to which each is drawn as a circle; beyond, hexagons. With their tooltips they take 0.1 MB beside the outlines."""

MOST_TITLED = 2_000
"""Events up to which a circle's tooltip lists the first of its titles."""


@dataclass(frozen=True)
class Scene:
    """What a map shows: the selection, or the part of it that began until a day, at the scale of the whole selection."""

    whole: Page
    shown: Page
    event_count: int
    until: date | None
    look: Theme
    name: str
    height: int

    def narrowing(self, read: Narrowing) -> Narrowing:
        """What a click means here: what it means on the whole map, until the day."""
        return partial(_until, read, self.until)

    def classes(self, whole: pd.DataFrame) -> tuple[int, ...]:
        """The least counts of the classes for all counts of the whole selection, and in a part of it for smaller ones too."""
        least = 1 if self.until else int(whole["event_count"].min())
        return classes.breaks(least, int(whole["event_count"].max()))


def scene(here: Page, event_count: int, look: Theme, name: str, *, height: int, until: date | None = None) -> Scene:
    """The scene of a page; `event_count` is what is shown."""
    shown = replace(here, selection=here.selection.narrowed(end=until)) if until else here
    return Scene(here, shown, event_count, until, look, name, height)


def _until(read: Narrowing, until: date | None, clicked: Clicked) -> Mapping[str, Any] | None:
    meant = read(clicked)
    return {**meant, "end": until} if meant and until else meant


def has_too_many_sites(here: Page) -> bool:
    """Whether the sites are drawn as hexagons."""
    return here.ask(extent).site_count > MOST_SITES


def draw_sites(at: Scene, *, has_twin: bool = True) -> None:
    """The sites; hexagons where they are too many."""
    if has_too_many_sites(at.whole):
        st.caption(f"More than {MOST_SITES:,} places: they are drawn together in hexagons.")
        draw_hexagons(at, has_twin=has_twin)
        return
    whole, drawn = at.whole.ask(sites), _titled(at)
    shaded = _countries_only(at.shown)
    sentence = map_sites.sentence(drawn, at.event_count)
    st.markdown(sentence)
    if drawn.empty and shaded.empty:
        return
    view = base.fitted(map_sites.points(whole)) if len(whole) else _world(shaded)
    draw_legend(map_sites.entries(drawn, shaded, at.look))
    most = int(whole["event_count"].max()) if len(whole) else 1
    deck = map_sites.sites_map(drawn, shaded, _shapes(), at.look, view=view, most=most)
    _draw(at, deck, f"Map of the places. {sentence}", place_clicked)
    if has_twin:
        table, marks = map_sites.table(drawn, at.look), [{"place_id": place_id} for place_id in drawn["place_id"]]
        draw_twin(
            table, {column: column for column in table}, at.name, marks=marks, narrowing=at.narrowing(place_clicked)
        )


def _titled(at: Scene) -> pd.DataFrame:
    drawn = at.shown.ask(sites)
    if at.event_count > MOST_TITLED:
        return drawn
    return drawn.merge(
        at.shown.ask(site_titles, map_sites.MOST_TITLES), on="place_id", how="left", validate="one_to_one"
    )


def _countries_only(here: Page) -> pd.DataFrame:
    undrawn = here.ask(not_drawn)
    return undrawn[undrawn["reason"] == "country"]


def _world(shaded: pd.DataFrame) -> base.View:
    return map_countries.view_of(list(shaded["place"].str.removeprefix("country:")), _labels())


def draw_hexagons(at: Scene, *, has_twin: bool = True) -> None:
    """The events counted by hexagons."""
    found = at.whole.ask(extent)
    if not found.site_count:
        st.markdown(map_sites.sentence(pd.DataFrame(), at.event_count))
        return
    view = base.fitted([(found.south, found.west), (found.north, found.east)])
    size = map_hexagons.level(view)
    whole, cells = at.whole.ask(hexagons, size), at.shown.ask(hexagons, size)
    if cells.empty:
        st.markdown(map_sites.sentence(cells, at.event_count))
        return
    sentence = map_hexagons.sentence(cells, at.event_count)
    st.markdown(sentence)
    lows = at.classes(whole)
    draw_legend(classes.entries(lows, at.look, "hexagon"))
    deck = map_hexagons.hexagons_map(cells, _shapes(), at.look, view=view, size=size, lows=lows)
    read = partial(hexagon_clicked, map_hexagons.places_of(cells))
    _draw(at, deck, f"Map of hexagons. {sentence}", read)
    if has_twin:
        table = map_hexagons.table(cells)
        marks = [{"cell": map_hexagons.name(*cell)} for cell in zip(cells["column"], cells["row"], strict=True)]
        draw_twin(table, {column: column for column in table}, at.name, marks=marks, narrowing=at.narrowing(read))


def draw_countries(at: Scene, part: str) -> None:
    """The countries that take part, or that the events were in."""
    whole, counts = at.whole.ask(by_country, part), at.shown.ask(by_country, part)
    labels = _labels()
    sentence = map_countries.country_sentence(counts, at.event_count, part, labels)
    st.markdown(sentence)
    if counts.empty:
        return
    lows = at.classes(whole)
    none = Entry("square", "none of these events", at.look.land)
    draw_legend([*classes.entries(lows, at.look, "square"), none])
    view = map_countries.view_of(list(whole["country_code"]), labels)
    deck = map_countries.countries_map(counts, _shapes(), labels, at.look, view=view, lows=lows)
    read = partial(country_clicked, part)
    _draw(at, deck, f"Map of the countries, {PARTS[part]}. {sentence}", read)
    shown = {"country": "country", "event_count": "events"}
    marks = [{"country": code} for code in counts["country_code"]]
    draw_twin(counts, shown, at.name, marks=marks, narrowing=at.narrowing(read))


def draw_links(at: Scene) -> None:
    """The countries that take part together."""
    pairs, labels = at.shown.ask(country_pairs), _labels()
    whole = map_countries.links_of(at.whole.ask(country_pairs).counts, labels).drawn
    links = map_countries.links_of(pairs.counts, labels)
    sentence = map_countries.link_sentence(links, pairs.paired_count, at.event_count)
    st.markdown(sentence)
    if len(links.drawn):
        counts = at.shown.ask(by_country, "with")
        view = map_countries.view_of([*whole["country_code"], *whole["other_code"]], labels)
        most = int(whole["event_count"].max())
        draw_legend(
            [
                Entry("arc", "two countries take part; the wider, the more events", at.look.accent),
                Entry("ring", "a country"),
            ]
        )
        deck = map_countries.links_map(links, counts, _shapes(), labels, at.look, view=view, most=most)
        _draw(at, deck, f"Map of the countries that take part together. {sentence}", link_clicked)
    if len(pairs.counts):
        marks = [
            {"countries": pair} for pair in zip(pairs.counts["country_code"], pairs.counts["other_code"], strict=True)
        ]
        shown = {"country": "country", "other": "with", "event_count": "events"}
        draw_twin(pairs.counts, shown, at.name, marks=marks, narrowing=at.narrowing(link_clicked))


def _draw(at: Scene, deck: base.MapDeck, alt: str, read: Narrowing) -> None:
    draw_deck(deck, at.name, alt=alt, height=at.height, narrowing=at.narrowing(read))


def place_clicked(clicked: Clicked) -> dict[str, Any]:
    """The place of the circle, or the country of the shade, that was clicked."""
    return {"places": clicked.marks[0]["place_id"]}


def hexagon_clicked(places: Mapping[str, tuple[str, ...]], clicked: Clicked) -> dict[str, Any] | None:
    """The places of the hexagon, unless they are too many."""
    found = places.get(clicked.marks[0]["cell"])
    return {"places": found} if found else None


def country_clicked(part: str, clicked: Clicked) -> dict[str, Any]:
    """The country that was clicked, taking part or as where the events were."""
    return {"countries" if part == "with" else "site_countries": clicked.marks[0]["country"]}


def link_clicked(clicked: Clicked) -> dict[str, Any]:
    """Both countries of the arc, or the one of the ring."""
    mark = clicked.marks[0]
    if "countries" not in mark:
        return {"countries": mark["country"]}
    one, other = mark["countries"]
    return {"countries": one, "also_countries": other}


@st.cache_resource
def _shapes() -> Outlines:
    return outlines(country_shapes())


@st.cache_resource
def _labels() -> dict[str, tuple[float, float]]:
    rows = country_labels()
    return dict(zip(rows["country_code"], zip(rows["latitude"], rows["longitude"], strict=True), strict=True))


DRAWERS: Mapping[str, Callable[[Scene], None]] = {
    "sites": draw_sites,
    "hexagons": draw_hexagons,
    "links": draw_links,
}
"""The layers that need to know nothing but the scene; `countries` needs what is counted."""
