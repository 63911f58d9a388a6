"""How the selection divides by one field, and by two at once.

A field of which an event may have several values counts the event in full under each of them (`event_count`, which is the
number that a click leaves), and split between them (`split_count`, which adds up to the selection).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import UNSTATED_PLACE, VIRTUAL_PLACE, Choices, EventFilter
from dashboard.queries.store import Store, Tables

OTHERS = "+others"
"""Stands for the values that are not among the most frequent; no code starts with a plus."""

ALL = "+all"
"""Stands for all values of a field, in the mark of a whole row or column."""

PAIR_SIGN = "+"
"""Between the two codes of a pair of countries."""


@dataclass(frozen=True)
class Field:
    """A way to divide events.

    Shape: `filtered` is the field of the filter that a value narrows (`start` stands for a stretch of days); `missing` says
    what an event without a value has. `is_many`: an event may have several values.
    """

    label: str
    plural: str
    filtered: str
    missing: str
    is_many: bool = False


FIELDS: Mapping[str, Field] = {
    "main": Field("Main sector", "main sectors", "mains", "No sector"),
    "sector": Field("Sector touched", "sectors", "sectors", "No sector", is_many=True),
    "type": Field("Type", "types", "types", "No type"),
    "country": Field("Country", "countries", "countries", "No country", is_many=True),
    "pair": Field("Pair of countries", "pairs of countries", "countries", "Fewer than two countries", is_many=True),
    "place": Field("Place", "places", "places", "No place"),
    "actor": Field("Organisation or person", "organisations and persons", "actors", "Nobody named", is_many=True),
    "document": Field("Document", "documents", "documents", "No document", is_many=True),
    "year": Field("Year", "years", "start", "No date known", is_many=True),
    "quarter": Field("Quarter", "quarters", "start", "No date known", is_many=True),
    "state": Field("Review state", "review states", "states", "No review state"),
    "precision": Field("Date precision", "date precisions", "precisions", "No precision"),
}

COLUMNS = {
    "main": "main_sector_code",
    "type": "event_type_code",
    "state": "review_state",
    "precision": "date_precision",
}
"""Fields with a column of `events`."""

LINKS = {
    "sector": ("event_sectors", "sector_code"),
    "country": ("event_countries", "country_code"),
    "actor": ("event_actors", "actor_id"),
    "document": ("event_sources", "document_id"),
}
"""Fields with a table of links, and its column."""

NUMBERS = ("count", "row", "column", "all", "rate")
"""What a cell may show: events, their share of the row's, the column's or all events, or events per document read."""

QUARTERS = {"year": 4, "quarter": 1}
"""Quarters in a period."""


def divided(store: Store, selection: EventFilter, field: str, most: int) -> pd.DataFrame:
    """The values of a field, the most frequent first, periods in the order of time.

    Shape: one row for each of the `most` most frequent values (of periods, the latest), one for `OTHERS` if there are more,
    and one with the code missing for the events without a value: code, event_count, split_count, value_count (how many
    values the row stands for). Rules: an event belongs to each period that it may have been in, within the selected days.
    """
    return _in_order(store.ask(selection, _divided, field, most, _days(selection, field)), "code", field)


def crossed(store: Store, selection: EventFilter, rows: str, columns: str, most: tuple[int, int]) -> pd.DataFrame:
    """The pairs of values of two fields that occur together.

    Shape: one row for each row_code and column_code, coded as in `divided` (`most` rows, `most` columns), with event_count,
    split_count (adds up to the selection), and row_count and column_count, the events of the whole row and column.
    Raises: KeyError if a field is none of `FIELDS`.
    """
    days = _days(selection, rows, columns)
    cells = store.ask(selection, _crossed, rows, columns, most, days)
    for side, field, number in (("row", rows, most[0]), ("column", columns, most[1])):
        sums = divided(store, selection, field, number).set_index("code")["event_count"]
        cells[f"{side}_count"] = [_count_of(sums, code) for code in cells[f"{side}_code"]]
    return cells


def measured(cells: pd.DataFrame, how: str, documents: "pd.Series[int]") -> pd.DataFrame:
    """The cells with the `number` that is shown, and its `denominator`.

    Shape: `how` is one of `NUMBERS`; `documents` has the documents read for each cell, by the cells' index.
    Units: events, shares from 0 to 1, or events per document. Rules: without a document there is no rate: it is missing.
    """
    denominators = {
        "count": pd.Series(1, index=cells.index), "row": cells["row_count"], "column": cells["column_count"],
        "all": pd.Series(cells["split_count"].sum().round(), index=cells.index), "rate": documents,
    }  # fmt: skip
    denominator = denominators[how].astype("float64")
    return cells.assign(denominator=denominator, number=cells["event_count"] / denominator.where(denominator > 0))


def documents_read(store: Store, period: str) -> pd.DataFrame:
    """How many documents of the build were published in each year or quarter: code (missing where no date is known), document_count."""
    return store.ask(EventFilter(), _documents_read, period)


def label_of(field: str, code: object, choices: Choices, value_count: int = 0) -> str:
    """A value as a reader sees it: `China – Pakistan`, `Q3 2025`, `Space`, `7 other countries`; the field's word for none."""
    if not isinstance(code, str):
        return FIELDS[field].missing
    if code == OTHERS:
        return f"{value_count:,} {'earlier' if field in QUARTERS else 'other'} {FIELDS[field].plural}"
    if field == "pair":
        return " – ".join(choices.countries.get(part, part) for part in code.split(PAIR_SIGN))
    if field == "quarter":
        return f"{code[5:]} {code[:4]}"
    return code if field == "year" else choices.of(FIELDS[field].filtered).get(code, code)


def narrowing_to_both(rows: str, row: object, columns: str, column: object) -> dict[str, Any]:
    """The fields of the filter that a cell narrows; nothing if either side stands for no value, or for some of them.

    Rules: a side that stands for `ALL` narrows nothing by itself. The days of two periods are cut down to where they meet.
    """
    if ALL in (row, column):
        return narrowing_to(columns, column) if row == ALL else narrowing_to(rows, row)
    one, other = narrowing_to(rows, row), narrowing_to(columns, column)
    if not one or not other:
        return {}
    met = {"start": max, "end": min}
    return one | {name: met[name](one[name], value) if name in one else value for name, value in other.items()}


def narrowing_to(field: str, code: object) -> dict[str, Any]:
    """The fields of the filter that a value narrows; nothing where it stands for no value, or for many."""
    if not isinstance(code, str) or not code or code in (OTHERS, ALL):
        return {}
    if field == "pair":
        one, _, other = code.partition(PAIR_SIGN)
        return {"countries": one, "also_countries": other}
    if field in QUARTERS:
        first = date(int(code[:4]), 1 if field == "year" else 3 * int(code[-1]) - 2, 1)
        months = first.month - 1 + 3 * QUARTERS[field]
        return {"start": first, "end": date(first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)}
    return {FIELDS[field].filtered: code}


def _days(selection: EventFilter, *fields: str) -> tuple[date | None, date | None]:
    """The selected days, where a field is a period: an event that lasts longer is in no period outside of them."""
    return (selection.start, selection.end) if any(field in QUARTERS for field in fields) else (None, None)


def _count_of(sums: "pd.Series[int]", code: object) -> int:
    found = sums[sums.index.isna()] if not isinstance(code, str) else sums[sums.index == code]
    return int(found.iloc[0])


def _divided(tables: Tables, field: str, most: int, days: tuple[date | None, date | None]) -> ir.Table:
    values = _bucketed(tables, field, most, days)
    weighed = _weighed(values)
    return weighed.group_by("code").aggregate(
        event_count=weighed.event_id.nunique(), split_count=weighed.weight.sum(), value_count=weighed["value"].nunique()
    )


def _crossed(
    tables: Tables, rows: str, columns: str, most: tuple[int, int], days: tuple[date | None, date | None]
) -> ir.Table:
    across = _bucketed(tables, columns, most[1], days).rename(column_code="code", column_value="value")
    pairs = _bucketed(tables, rows, most[0], days).rename(row_code="code").join(across, "event_id")
    weighed = _weighed(pairs)
    cells = weighed.group_by("row_code", "column_code").aggregate(
        event_count=weighed.event_id.nunique(), split_count=weighed.weight.sum()
    )
    return cells.order_by("row_code", "column_code")


def _weighed(values: ir.Table) -> ir.Table:
    sizes = values.group_by("event_id").aggregate(weight=1.0 / values.count())
    return values.join(sizes, "event_id")


def _bucketed(tables: Tables, field: str, most: int, days: tuple[date | None, date | None]) -> ir.Table:
    """event_id, value, and its code: the value itself, or `OTHERS`."""
    values = _values(tables, field, days)
    known = values.filter(values["value"].notnull())
    counted = known.group_by("value").aggregate(size=known.count())
    order = (counted["value"].desc(),) if field in QUARTERS else (counted["size"].desc(), counted["value"])
    kept = counted.order_by(*order).limit(most).select(kept="value")
    joined = values.left_join(kept, values["value"] == kept.kept)
    code = ibis.ifelse(joined["value"].isnull() | joined.kept.notnull(), joined["value"], ibis.literal(OTHERS))
    return joined.select("event_id", "value", code=code)


def _values(tables: Tables, field: str, days: tuple[date | None, date | None]) -> ir.Table:
    """One row for each event and value, the value missing where an event has none."""
    events = tables["selected"]
    if field in COLUMNS:
        return events.select("event_id", value=events[COLUMNS[field]].cast("string"))
    if field == "place":
        return events.select("event_id", value=_place(events))
    if field in QUARTERS:
        return _periods(events, field, days)
    links = _pairs(tables) if field == "pair" else _links(tables, *LINKS[field])
    return events.select("event_id").left_join(links, "event_id").select("event_id", "value")


def _place(events: ir.Table) -> ir.StringValue:
    no_place = events["mode"].cast("string").cases(
        ("virtual", VIRTUAL_PLACE), ("not_stated", UNSTATED_PLACE), else_=ibis.null("string")
    )  # fmt: skip
    return ibis.coalesce(events.place_id.cast("string"), no_place)


def _links(tables: Tables, name: str, column: str) -> ir.Table:
    links = tables[name]
    return links.select("event_id", value=links[column].cast("string")).distinct()


def _pairs(tables: Tables) -> ir.Table:
    links = tables["event_countries"].semi_join(tables["selected"], "event_id")
    one, other = links.select("event_id", one="country_code"), links.select("event_id", other="country_code")
    both = one.join(other, "event_id")
    return both.filter(both.one < both.other).select("event_id", value=both.one + PAIR_SIGN + both.other)


def _periods(events: ir.Table, field: str, days: tuple[date | None, date | None]) -> ir.Table:
    first, last = events.start_date, events.end_date
    first = ibis.greatest(first, ibis.literal(days[0])) if days[0] else first
    last = ibis.least(last, ibis.literal(days[1])) if days[1] else last
    numbered = events.select(
        "event_id", first_number=_quarter(first) // QUARTERS[field], last_number=_quarter(last) // QUARTERS[field]
    )
    dated = numbered.filter(numbered.first_number.notnull())
    spread = dated.select("event_id", number=ibis.range(dated.first_number, dated.last_number + 1).unnest())
    coded = spread.select("event_id", value=_period_code(spread.number, field))
    return events.select("event_id").left_join(coded, "event_id").select("event_id", "value")


def _quarter(day: ir.DateValue) -> ir.IntegerValue:
    """Quarters since the year 0."""
    return day.year() * 4 + day.quarter() - 1


def _period_code(number: ir.IntegerValue, field: str) -> ir.StringValue:
    if field == "year":
        return number.cast("string")
    return (number // 4).cast("string") + "-Q" + (number % 4 + 1).cast("string")


def _documents_read(tables: Tables, period: str) -> ir.Table:
    day = tables["documents"].published_date
    keyed = tables["documents"].select(code=_period_code(_quarter(day) // QUARTERS[period], period))
    return keyed.group_by("code").aggregate(document_count=keyed.count()).order_by("code")


def _in_order(frame: pd.DataFrame, code: str, field: str) -> pd.DataFrame:
    """Rules: values by count, then the others, then the missing; periods by time, the earlier ones first."""
    others = -1 if field in QUARTERS else 1
    rank = frame[code].map(lambda value: (others if value == OTHERS else 0) if isinstance(value, str) else 2)
    count = 0 if field in QUARTERS else -frame["event_count"]
    ranked = frame.assign(_rank=rank, _count=count).sort_values(["_rank", "_count", code], ignore_index=True)
    return ranked.drop(columns=["_rank", "_count"])
