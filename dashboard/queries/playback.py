"""When the events of a selection begin: the moments at which a cumulative playback has something new to show."""

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

UNITS = {"month": "M", "quarter": "Q", "year": "Y"}


def beginnings(store: Store, selection: EventFilter, unit: str) -> pd.DataFrame:
    """The periods in which selected events begin, the earliest first; periods without an event are left out.

    Shape: one row a period: period_start, event_count. Events without a date are in none.
    Rules: an event begins on the first day that it may have been on, so that a selection that ends with a period has just
    the events of this period and of those before it.
    """
    return store.ask(selection, _beginnings, unit)


def _beginnings(tables: Tables, unit: str) -> ir.Table:
    events = tables["selected"]
    dated = events.filter(events.start_date.notnull())
    keyed = dated.select(period_start=dated.start_date.truncate(UNITS[unit]))
    return keyed.group_by("period_start").aggregate(event_count=keyed.count()).order_by("period_start")
