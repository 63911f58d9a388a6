"""The same day in other years: events by day of the year."""

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables
from dashboard.queries.timeline import ends_are_days


def days_of_years(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The events by their day, or by their month where only that is known.

    Shape: one row for each `first_day` and `is_month`, with `event_count`, which add up to the selected events. `first_day`
    is missing for events of no date, or of one coarser than a month.
    Rules: an event of several days counts on its first. A month is never the first of the month: `is_month` says which rows
    are months.
    """
    return store.ask(selection, _days_of_years)


def _days_of_years(tables: Tables) -> ir.Table:
    events = tables["selected"]
    has_day = (events.start_date == events.end_date) | ((events.date_precision == "interval") & ends_are_days(events))
    is_month = ~has_day & (events.date_precision == "month")
    rows = events.select(
        first_day=ibis.ifelse(has_day | is_month, events.start_date, ibis.null("date")),
        is_month=is_month.fill_null(False),  # noqa: FBT003  # Ibis takes the value by position
    )
    return rows.group_by("first_day", "is_month").aggregate(event_count=rows.count()).order_by("first_day", "is_month")
