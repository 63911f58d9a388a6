"""What happened when: counts by period, and the spans of single events."""

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

PERIODS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
"""Each period with its unit in SQL; a week starts on Monday."""

SPLITS = {"sector": "main_sector_code", "type": "event_type_code", "country": "country_code"}
BINS = {"day": "D", "week": "W", "month": "M"}


def by_period(store: Store, selection: EventFilter, period: str, split: str = "sector") -> pd.DataFrame:
    """Events counted by period and by main sector, type or country taking part.

    Shape: one row for each `period_start`, `group_code` and `is_stand_in`, with `event_count`, which adds up to the selected
    events, and `whole_count`, the events that a click on the row leaves. `period_start` is missing for the events whose date
    is coarser than the period (a year in a chart of months) and for those without a date. `is_stand_in`: the date is the
    document's own, not the event's.
    Rules: an event of several days counts in the period of its first day. An event with n countries counts 1/n for each, so
    that bars of countries are as high as bars of events; its `whole_count` is 1 for each.
    """
    return store.ask(selection, _by_period, period, split)


def _by_period(tables: Tables, period: str, split: str) -> ir.Table:
    rows = _placed(tables["selected"], period)
    rows = (
        _shared(tables, rows)
        if split == "country"
        else rows.mutate(group_code=rows[SPLITS[split]], share=ibis.literal(1, "int32"))
    )
    rows = rows.mutate(group_code=rows.group_code.cast("string"))
    keys = ("period_start", "group_code", "is_stand_in")
    counted = rows.group_by(*keys).aggregate(event_count=rows.share.sum().cast("float64"), whole_count=rows.count())
    return counted.order_by(*keys)


def _placed(events: ir.Table, period: str) -> ir.Table:
    """The events with the period that they are in, if their date is fine enough to say."""
    unit = PERIODS[period]
    first, last = events.start_date.truncate(unit), events.end_date.truncate(unit)
    fits = (first == last) | ((events.date_precision == "interval") & ends_are_days(events))
    return events.select(
        "event_id", "main_sector_code", "event_type_code",
        period_start=ibis.ifelse(fits, first, ibis.null("date")),
        is_stand_in=events.date_basis == "publication",
    )  # fmt: skip


def _shared(tables: Tables, rows: ir.Table) -> ir.Table:
    """A row for each country of an event, with its share of the event; one row for an event without countries."""
    links = tables["event_countries"]
    of_event = links.mutate(share=ibis.literal(1.0, "float64") / links.count().over(ibis.window(group_by="event_id")))
    joined = rows.left_join(of_event.select("event_id", "share", group_code="country_code"), "event_id")
    return joined.mutate(share=joined.share.fill_null(ibis.literal(1.0, "float64")))


def ends_are_days(events: ir.Table) -> ir.BooleanValue:
    """Whether an interval was written with a first and a last day, so that it is known on which day it began."""
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
