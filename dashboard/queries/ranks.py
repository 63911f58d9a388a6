"""What a selection's events have most often: types, main sectors, countries, actors, places."""

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.map import events_by_place
from dashboard.queries.store import Store, Tables

COLUMNS = {"types": ("event_type_code", "event_types"), "mains": ("main_sector_code", "sectors")}
"""Fields of which an event has one value: the column of `events`, and the table of names."""

LINKED = {"countries": ("event_countries", "country_code"), "actors": ("event_actors", "actor_id")}
"""Fields of which it may have several: the table of links, whose codes the table of the field's own name has."""


def ranks(store: Store, selection: EventFilter, field: str) -> pd.DataFrame:
    """The values of a field of the filter with the selected events that have them, the most frequent first.

    Shape: one row a value: code, label, event_count: as many events as a click on it leaves.
    """
    return store.ask(selection, _ranks, field)


def _ranks(tables: Tables, field: str) -> ir.Table:
    if field == "places":
        counted, names = events_by_place(tables).rename(code="place_id"), tables["places"].rename(label="name")
        named = counted.join(names.select("label", code="place_id"), "code")
    elif field in COLUMNS:
        column, table = COLUMNS[field]
        counted, names = _by_column(tables["selected"], column), tables[table]
        named = counted.join(names.select("label", code=column.removeprefix("main_")), "code")
    else:
        links, column = LINKED[field]
        linked = tables[links].semi_join(tables["selected"], "event_id")
        counted = linked.group_by(code=linked[column]).aggregate(event_count=linked.event_id.nunique())
        named = counted.join(tables[field].select(code=column, label="name"), "code")
    return named.order_by(named.event_count.desc(), "label", "code").select("code", "label", "event_count")


def _by_column(events: ir.Table, column: str) -> ir.Table:
    known = events.filter(events[column].notnull())
    counted = known.group_by(column).aggregate(event_count=known.count())
    return counted.select("event_count", code=counted[column].cast("string"))
