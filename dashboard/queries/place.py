"""One place: what the gazetteer knows of it, the sentences that name it, and the sites around it."""

from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.events import OneEvent
from dashboard.queries.filters import EventFilter
from dashboard.queries.map import SITE_COLUMNS, events_by_place
from dashboard.queries.store import Store, Tables

EARTH_RADIUS = 6371.0
"""In kilometres. Source: the mean radius of the Earth (IUGG)."""


def place_row(store: Store, place_id: str) -> pd.Series | None:
    """The place with `SITE_COLUMNS`, coordinates missing where it has none; None if this build has no such place."""
    rows = store.ask(EventFilter(), _place, place_id)
    return None if rows.empty else rows.iloc[0]


def place_of_event(store: Store, event_id: str) -> pd.Series | None:
    """The place of an event, as `place_row`; None where it has none."""
    rows = store.ask(OneEvent(event_id), _place_of_event)
    return None if rows.empty else rows.iloc[0]


def site_quotes(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The quotes that prove where the selected events were, event by event, the latest first.

    Shape: one row a quote, as in `evidence`, with the event's `title`, and `document_title` and `publisher`.
    """
    return store.ask(selection, _site_quotes)


def nearby(store: Store, selection: EventFilter, place_id: str, *, most: int) -> pd.DataFrame:
    """The other sites of the selected events, the nearest first, at most `most`.

    Shape: one row a site: place_id, name, country, event_count, distance_km. Empty for a place without coordinates.
    Rules: the distance is that of the shortest way over a sphere between the two points of the gazetteer.
    """
    return store.ask(selection, _nearby, place_id, most)


def _named(tables: Tables) -> ir.Table:
    named = tables["places"].join(tables["countries"].rename(country="name"), "country_code")
    return named.select(*SITE_COLUMNS)


def _place(tables: Tables, place_id: str) -> ir.Table:
    named = _named(tables)
    return named.filter(named.place_id == place_id)


def _place_of_event(tables: Tables) -> ir.Table:
    events = tables["selected"]
    return _named(tables).semi_join(events.select(place_id=events.place_id.cast("string")), "place_id")


def _site_quotes(tables: Tables) -> ir.Table:
    events = tables["selected"].select("event_id", "start_date", "title")
    evidence = tables["evidence"].filter(tables["evidence"].field == "site")
    documents = tables["documents"].select("document_id", "publisher", document_title="title")
    rows = evidence.join(events, "event_id").join(documents, "document_id")
    return rows.order_by(rows.start_date.desc(nulls_first=False), "event_id", "document_id", "start_offset")


def _nearby(tables: Tables, place_id: str, most: int) -> ir.Table:
    named = _named(tables)
    here = named.filter(named.place_id == place_id, named.latitude.notnull()).select(
        here_latitude="latitude", here_longitude="longitude"
    )
    others = named.filter(named.place_id != place_id, named.latitude.notnull()).join(
        events_by_place(tables), "place_id"
    )
    pairs = others.cross_join(here)
    measured = pairs.mutate(distance_km=_kilometres(pairs))
    shown = measured.select("place_id", "name", "country", "event_count", "distance_km")
    return shown.order_by("distance_km", "place_id").limit(most)


def _kilometres(pairs: ir.Table) -> Any:
    """The haversine formula."""
    north, other_north = pairs.latitude.radians(), pairs.here_latitude.radians()
    across = (pairs.longitude - pairs.here_longitude).radians()
    half = ((north - other_north) / 2).sin() ** 2 + north.cos() * other_north.cos() * (across / 2).sin() ** 2
    return 2 * EARTH_RADIUS * ibis.least(half, 1.0).sqrt().asin()
