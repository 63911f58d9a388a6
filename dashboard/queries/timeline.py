"""What happened when: counts by period, and the spans of single events."""

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}
BINS = {"day": "D", "week": "W", "month": "M"}


def by_period(store: Store, selection: EventFilter, period: str) -> pd.DataFrame:
    """Events counted by period and main sector.

    Shape: one row for each `period_start`, `sector_code` and `is_stand_in`, with `event_count`; every selected event is in
    exactly one row. `period_start` is missing for the events whose date is coarser than the period (a year in a chart of
    months) and for those without a date. `is_stand_in`: the date is the document's own, not the event's.
    Rules: an event of several days counts in the period of its first day.
    """
    return store.ask(selection, _by_period, period)


def _by_period(tables: Tables, period: str) -> ir.Table:
    events = tables["selected"]
    unit = PERIODS[period]
    first, last = events.start_date.truncate(unit), events.end_date.truncate(unit)
    fits = (first == last) | ((events.date_precision == "interval") & _ends_are_days(events))
    rows = events.select(
        period_start=ibis.ifelse(fits, first, ibis.null("date")),
        sector_code=events.main_sector_code.cast("string"),
        is_stand_in=events.date_basis == "publication",
    )
    counted = rows.group_by("period_start", "sector_code", "is_stand_in").aggregate(event_count=rows.count())
    return counted.order_by("period_start", "sector_code", "is_stand_in")


def _ends_are_days(events: ir.Table) -> ir.BooleanValue:
    return events.date_edtf.re_search(r"^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")


def lanes(store: Store, selection: EventFilter) -> pd.DataFrame:
    """The dated events as spans of days, the earliest first.

    Shape: one row an event: event_id, title, event_type_code, sector_code, start_date, end_date (inclusive), date_edtf,
    date_precision, date_basis, review_state.
    """
    return store.ask(selection, _lanes)


def _lanes(tables: Tables) -> ir.Table:
    events = tables["selected"]
    dated = events.filter(events.start_date.notnull())
    return dated.select(
        "event_id", "title", "event_type_code", "start_date", "end_date", "date_edtf", "date_precision", "date_basis",
        "review_state", sector_code=dated.main_sector_code,
    ).order_by("start_date", "end_date", "event_id")  # fmt: skip


def lane_marks(store: Store, selection: EventFilter, bin_unit: str) -> pd.DataFrame:
    """The dated events as marks, for selections that are too many to draw one by one.

    Shape: one row for each sector_code, date_precision, date_basis, mark_start and mark_end (inclusive), with
    `event_count` and one `title` of them; the counts add up to the dated events. `bin_unit` (day, week or month): days and
    intervals are drawn from the first day of the bin that they start in to the first day of the bin that they end in.
    """
    return store.ask(selection, _lane_marks, bin_unit)


def _lane_marks(tables: Tables, bin_unit: str) -> ir.Table:
    events = tables["selected"]
    dated = events.filter(events.start_date.notnull())
    is_fine, unit = dated.date_precision.isin(("day", "interval")), BINS[bin_unit]
    keyed = dated.select(
        "title", "date_precision", "date_basis",
        sector_code=dated.main_sector_code.cast("string"),
        mark_start=ibis.ifelse(is_fine, dated.start_date.truncate(unit), dated.start_date),
        mark_end=ibis.ifelse(is_fine, dated.end_date.truncate(unit), dated.end_date),
    )  # fmt: skip
    keys = ("sector_code", "date_precision", "date_basis", "mark_start", "mark_end")
    counted = keyed.group_by(*keys).aggregate(event_count=keyed.count(), title=keyed.title.min())
    return counted.order_by(*keys)
