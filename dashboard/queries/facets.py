"""How many events each value of each filter would leave: the numbers beside the choices in the sidebar.

A field's numbers are counted under all the other fields, its own choice taken away, since the values of a field are
alternatives: the number beside a value is the count of events with that value alone in the field.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.folding import fold
from dashboard.queries.filters import LINKS, MODE_PLACES, Choices, EventFilter
from dashboard.queries.store import Store, Tables

CODE_LISTS = ("sectors", "mains", "types", "precisions", "states")
"""Fields whose values are a short list in an order of its own."""

ONE_EACH = (*CODE_LISTS, "site_countries", "places")
"""Fields that the table of events answers by itself."""

MOST_VALUES = 40
"""Values of a long list that are sent to the browser beside the chosen ones; the others are found by searching."""

_CODES = (
    "main_sector_code", "event_type_code", "date_precision", "review_state", "sector_set_id", "place_id", "mode",
)  # fmt: skip


@dataclass(frozen=True)
class Value:
    """A value with its number; `note`: another writing of its name, by which a search found it."""

    code: str
    label: str
    event_count: int
    note: str = ""


@dataclass(frozen=True)
class Named:
    """A value with all the names by which a search finds it; `folded` has the names as `fold` writes them."""

    code: str
    names: tuple[str, ...]
    folded: tuple[str, ...]


def counts(store: Store, selection: EventFilter) -> pd.DataFrame:
    """Of all fields of `ONE_EACH` at once: one row a field and code that occurs, with name, code, event_count."""
    return _whole(store.ask(selection, _counts, ONE_EACH))


def counts_of(store: Store, selection: EventFilter, name: str) -> pd.DataFrame:
    """Of one field of `ONE_EACH`; rows as in `counts`."""
    return _whole(store.ask(selection, _counts, (name,)))


def linked_counts(store: Store, selection: EventFilter, name: str, most: int) -> pd.DataFrame:
    """Of one field of `LINKS`: code, event_count and value_count (how many values occur at all), the busiest first."""
    return store.ask(selection, _linked_counts, name, most)


def linked_counts_among(store: Store, selection: EventFilter, name: str, codes: tuple[str, ...]) -> pd.DataFrame:
    """Of one field of `LINKS`, the codes given that occur: code, event_count."""
    return store.ask(selection, _linked_counts_among, name, codes)


def ordered(name: str, found: Mapping[str, int], choices: Choices, chosen: Collection[str]) -> list[Value]:
    """The values to show of a field, from the numbers of those that occur.

    Rules: those that occur come first, the empty ones last; code lists keep their order within both, other values go by
    number, then name. A list of more than `MOST_VALUES` is cut to the busiest, and has no empty values but the chosen ones.
    """
    labels = choices.of(name)
    is_long = len(labels) > MOST_VALUES
    shown = [code for code in labels if not is_long or found.get(code) or code in chosen]
    values = [Value(code, labels[code], found.get(code, 0)) for code in shown]
    if name in CODE_LISTS:
        return sorted(values, key=lambda value: not value.event_count)
    busiest = sorted(values, key=lambda value: (-value.event_count, value.label))
    return [value for rank, value in enumerate(busiest) if rank < MOST_VALUES or value.code in chosen]


def names(store: Store, name: str, choices: Choices) -> tuple[Named, ...]:
    """Every value of a field with its names, those with most events in the whole build first."""
    labels = choices.of(name)
    found = _busyness(store, name, len(labels))
    others: dict[str, list[str]] = {}
    for row in _other_names(store, name).itertuples(index=False, name="Other"):
        others.setdefault(row.code, []).append(row.other)
    codes = sorted(labels, key=lambda code: (-found.get(code, 0), labels[code]))
    written = ((code, (labels[code], *others.get(code, ()))) for code in codes)
    return tuple(Named(code, all_names, tuple(map(fold, all_names))) for code, all_names in written)


def matching(named: Collection[Named], words: str) -> list[tuple[str, str]]:
    """The codes of which one name has every word, in their order, each with that name if it is not the usual one."""
    wanted = fold(words).split()
    found = ((one, next((rank for rank, name in enumerate(one.folded) if all(word in name for word in wanted)), -1)) for one in named)  # fmt: skip
    return [(one.code, one.names[rank] if rank else "") for one, rank in found if rank >= 0]


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """DuckDB's sums of whole numbers come as decimals."""
    return rows.astype({"event_count": "int64"})


def _busyness(store: Store, name: str, most: int) -> dict[str, int]:
    rows = linked_counts(store, EventFilter(), name, most) if name in LINKS else counts_of(store, EventFilter(), name)
    return dict(zip(rows["code"], rows["event_count"], strict=True))


def _other_names(store: Store, name: str) -> pd.DataFrame:
    """Other names of the values of a field: code, other."""
    if name == "actors":
        return store.ask(EventFilter(), _aliases)
    return store.ask(EventFilter(), _titles) if name == "documents" else pd.DataFrame({"code": [], "other": []})


def _aliases(tables: Tables) -> ir.Table:
    return tables["actor_aliases"].select(code="actor_id", other="alias").order_by("code", "other")


def _titles(tables: Tables) -> ir.Table:
    return tables["documents"].select(code="document_id", other="title")


def _counts(tables: Tables, fields: tuple[str, ...]) -> ir.Table:
    """One scan makes a small table of the codes that occur together; each field is added up from that."""
    events = tables["selected"]
    plain = events.select(**{column: events[column].cast("string") for column in _CODES})
    together = plain.group_by(*_CODES).aggregate(event_count=plain.count())
    parts = [_of_field(tables, together, name).mutate(name=ibis.literal(name)) for name in fields]
    rows = ibis.union(parts[0], *parts[1:]) if len(parts) > 1 else parts[0]
    return rows.filter(rows.code.notnull())


def _of_field(tables: Tables, together: ir.Table, name: str) -> ir.Table:
    if name == "sectors":
        sets = tables["sector_sets"]
        sets = sets.select(sector_set_id=sets.sector_set_id.cast("string"), code=sets.sector_code.cast("string"))
        return _added_up(together.join(sets, "sector_set_id"), "code")
    if name == "site_countries":
        return _added_up(together.join(tables["places"].select("place_id", "country_code"), "place_id"), "country_code")
    if name == "places":
        online = _added_up(together, "mode")
        modes = {mode: place for place, mode in MODE_PLACES.items()}
        without = online.filter(online.code.isin(list(modes))).mutate(code=online.code.substitute(modes))
        return ibis.union(_added_up(together, "place_id"), without)
    column = {"mains": "main_sector_code", "types": "event_type_code", "precisions": "date_precision", "states": "review_state"}[name]  # fmt: skip
    return _added_up(together, column)


def _added_up(rows: ir.Table, code: str) -> ir.Table:
    return rows.group_by(code=rows[code]).aggregate(event_count=rows.event_count.sum())


def _linked(tables: Tables, name: str) -> ir.Table:
    """Code and event_count of each value of a table of links."""
    link, column = LINKS[name]
    links = tables[link].semi_join(tables["selected"], "event_id").select("event_id", code=column)
    rows = links.distinct() if name == "documents" else links  # a document may tell one event twice
    return rows.group_by("code").aggregate(event_count=rows.count())


def _linked_counts(tables: Tables, name: str, most: int) -> ir.Table:
    counted = _linked(tables, name)
    counted = counted.mutate(value_count=counted.count().over(ibis.window()))
    return counted.order_by(counted.event_count.desc(), "code").limit(most)


def _linked_counts_among(tables: Tables, name: str, codes: tuple[str, ...]) -> ir.Table:
    counted = _linked(tables, name)
    return counted.filter(counted.code.isin(codes))
