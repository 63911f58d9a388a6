"""What happened where: sites that can be drawn, and the events that have none."""

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import UNSTATED_PLACE, VIRTUAL_PLACE, EventFilter
from dashboard.queries.store import Store, Tables


def sites(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The places of the selected events that have coordinates, the busiest first.

    Shape: one row a place: place_id, name, kind, region, country_code, country, latitude, longitude, event_count, titles
    (a list, in date order), first_date and last_date.
    """
    return store.ask(selection, _sites)


def _sites(tables: Tables) -> ir.Table:
    places, events = tables["places"], tables["selected"]
    drawn = places.filter(places.latitude.notnull()).join(tables["countries"].rename(country="name"), "country_code")
    placed = events.select("event_id", "title", "start_date", "end_date", place_id=events.place_id.cast("string"))
    joined = drawn.join(placed, "place_id")
    keys = ("place_id", "name", "kind", "region", "country_code", "country", "latitude", "longitude")
    counted = joined.group_by(*keys).aggregate(
        event_count=joined.count(),
        titles=joined.title.collect(order_by=(joined.start_date, joined.event_id)),
        first_date=joined.start_date.min(),
        last_date=joined.end_date.max(),
    )
    return counted.order_by(counted.event_count.desc(), "name")


def not_drawn(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The selected events without a point on the map, counted by why.

    Shape: one row for each `reason` (virtual, not_stated, country, unlisted) and `place` (the filter's code for it), with
    `label` and `event_count`. Together with the sites' counts these are all selected events.
    """
    frame = store.ask(selection, _not_drawn)
    described = [
        _undrawn(row.mode, row.place_id, row.name, row.kind) for row in frame.itertuples(index=False, name="Undrawn")
    ]
    labelled = pd.DataFrame(described, columns=["reason", "place", "label"], index=frame.index)
    rows = pd.concat([labelled, frame[["event_count"]]], axis="columns")
    return rows.sort_values(["event_count", "label"], ascending=[False, True], ignore_index=True)


def _not_drawn(tables: Tables) -> ir.Table:
    events = tables["selected"]
    keyed = events.select("event_id", "mode", place_id=events.place_id.cast("string"))
    joined = keyed.left_join(tables["places"].select("place_id", "name", "kind", "latitude"), "place_id")
    undrawn = joined.filter(joined.latitude.isnull())
    return undrawn.group_by("mode", "place_id", "name", "kind").aggregate(event_count=undrawn.count())


def _undrawn(mode: str, place_id: str, name: str, kind: str) -> tuple[str, str, str]:
    if mode == "virtual":
        return "virtual", VIRTUAL_PLACE, "Held online"
    if mode == "not_stated":
        return "not_stated", UNSTATED_PLACE, "No place given"
    if kind == "country":
        return "country", place_id, f"{name}, no city given"
    return "unlisted", place_id, f"{name}, not in the gazetteer"
