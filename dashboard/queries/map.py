"""What happened where: sites that can be drawn, and the events that have none."""

from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import UNSTATED_PLACE, VIRTUAL_PLACE, EventFilter
from dashboard.queries.store import Store, Tables

REASONS = {
    "not_stated": "No place given",
    "virtual": "Held online",
    "country": "Only the country known",
    "unlisted": "Not in the gazetteer",
}
"""Why an event has no point on the map."""

SITE_COLUMNS = ("place_id", "name", "kind", "region", "country_code", "country", "latitude", "longitude", "source")


@dataclass(frozen=True)
class Extent:
    """How many sites and events can be drawn, and the degrees between which they lie (0 where there is none)."""

    site_count: int
    event_count: int
    west: float
    east: float
    south: float
    north: float


def extent(store: Store, selection: EventFilter) -> Extent:
    """How much there is to draw, and where."""
    row = store.ask(selection, _extent).iloc[0]
    if not row["site_count"]:
        return Extent(0, 0, 0.0, 0.0, 0.0, 0.0)
    return Extent(
        int(row["site_count"]), int(row["event_count"]),
        *(float(row[edge]) for edge in ("west", "east", "south", "north")),
    )  # fmt: skip


def _extent(tables: Tables) -> ir.Table:
    places = tables["places"]
    joined = places.filter(places.latitude.notnull()).join(events_by_place(tables), "place_id")
    return joined.aggregate(
        site_count=joined.count(),
        event_count=joined.event_count.sum().cast("int64"),
        west=joined.longitude.min(),
        east=joined.longitude.max(),
        south=joined.latitude.min(),
        north=joined.latitude.max(),
    )


def events_by_place(tables: Tables) -> ir.Table:
    """The selected events counted by place: place_id, event_count."""
    events = tables["selected"]
    placed = events.filter(events.place_id.notnull())
    counted = placed.group_by("place_id").aggregate(event_count=placed.count())
    return counted.mutate(place_id=counted.place_id.cast("string"))


def sites(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The places of the selected events that have coordinates, the busiest first.

    Shape: one row a place: `SITE_COLUMNS`, event_count, first_date, last_date; `sectors` (the main sectors of its events,
    the most frequent first, `` for none) and `sector_counts` are lists of one length, whose counts add up to event_count.
    """
    return store.ask(selection, _sites)


def _sites(tables: Tables) -> ir.Table:
    places, events = tables["places"], tables["selected"]
    placed = events.filter(events.place_id.notnull())
    counted = placed.group_by("place_id", "main_sector_code").aggregate(
        event_count=placed.count(), first_date=placed.start_date.min(), last_date=placed.end_date.max()
    )
    plain = counted.mutate(
        place_id=counted.place_id.cast("string"), sector=counted.main_sector_code.cast("string").fill_null("")
    )
    order = (plain.event_count.desc(), plain.sector)
    summed = plain.group_by("place_id").aggregate(
        event_count=plain.event_count.sum().cast("int64"),
        first_date=plain.first_date.min(),
        last_date=plain.last_date.max(),
        sectors=plain.sector.collect(order_by=order),
        sector_counts=plain.event_count.collect(order_by=order),
    )
    drawn = places.filter(places.latitude.notnull()).join(tables["countries"].rename(country="name"), "country_code")
    joined = drawn.join(summed, "place_id")
    return joined.order_by(joined.event_count.desc(), "name", "place_id")


def site_titles(store: Store, selection: EventFilter, most: int) -> pd.DataFrame:
    """The titles of the first events of each place, for selections of not too many events.

    Shape: one row a place: place_id, titles (a list of at most `most`, in date order).
    """
    return store.ask(selection, _site_titles, most)


def _site_titles(tables: Tables, most: int) -> ir.Table:
    events = tables["selected"]
    placed = events.filter(events.place_id.notnull()).select(
        "event_id", "title", "start_date", place_id=events.place_id.cast("string")
    )
    listed = placed.group_by("place_id").aggregate(
        titles=placed.title.collect(order_by=(placed.start_date, placed.event_id))
    )
    return listed.mutate(titles=listed.titles[:most])


def not_drawn(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The selected events without a point on the map, counted by why.

    Shape: one row for each `reason` (of `REASONS`) and `place` (the filter's code for it), with `label` and `event_count`.
    Together with the sites' counts these are all selected events.
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
    grouped = events.group_by("mode", "place_id").aggregate(event_count=events.count())
    keyed = grouped.mutate(place_id=grouped.place_id.cast("string"))
    joined = keyed.left_join(tables["places"].select("place_id", "name", "kind", "latitude"), "place_id")
    undrawn = joined.filter(joined.latitude.isnull())
    return undrawn.select("mode", "place_id", "name", "kind", "event_count")


def _undrawn(mode: str, place_id: str, name: str, kind: str) -> tuple[str, str, str]:
    if mode in ("virtual", "not_stated"):
        return mode, VIRTUAL_PLACE if mode == "virtual" else UNSTATED_PLACE, REASONS[mode]
    if kind == "country":
        return "country", place_id, f"{name}, no city given"
    return "unlisted", place_id, f"{name}, not in the gazetteer"
