"""The events themselves: the selected rows, one event with its proof, and the quotes."""

from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.store import Selection, Store, Tables

SEPARATOR = "; "
"""Between the values of a many-valued cell."""


EVENT_ROW_COLUMNS = (
    "event_id", "title", "type", "date_edtf", "start_date", "end_date", "date_precision", "date_basis", "place",
    "country_of_place", "place_precision", "mode", "latitude", "longitude", "sectors", "countries", "organisations",
    "persons", "review_state", "completeness", "documents", "quote_count", "event_type_code", "main_sector_code",
)  # fmt: skip
QUOTE_ROW_COLUMNS = (
    "event_id", "title", "field", "value", "document", "start_offset", "end_offset", "quote", "prefix", "suffix", "rule",
    "reviewer", "decided_at", "reason",
)  # fmt: skip


def event_rows(store: Store, selection: Selection) -> pd.DataFrame:
    """The selected events as a reader sees them, the latest first.

    Shape: one row an event, with `EVENT_ROW_COLUMNS`: the date as EDTF and as first and last day, names in place of codes,
    many values in one cell joined by `SEPARATOR`; the codes of type and main sector come last.
    """
    rows = store.ask(selection, _events)
    lists = {
        "sectors": _joined(store, selection, "event_sectors", "sectors"),
        "countries": _joined(store, selection, "event_countries", "countries"),
        "organisations": _joined(store, selection, "event_actors", "actors", "org"),
        "persons": _joined(store, selection, "event_actors", "actors", "person"),
        "documents": _in_one_cell(store.ask(selection, _documents), "name"),
    }
    joined = {column: [values.get(event_id, "") for event_id in rows["event_id"]] for column, values in lists.items()}
    return rows.assign(**joined)[list(EVENT_ROW_COLUMNS)]


def _events(tables: Tables) -> ir.Table:
    events, evidence = tables["selected"], tables["evidence"]
    types = tables["event_types"].select("event_type_code", type="label")
    where = (
        tables["places"]
        .join(tables["countries"].rename(country_of_place="name"), "country_code")
        .select("place_id", "country_of_place", "latitude", "longitude", place="name")
    )
    quotes = evidence.group_by("event_id").aggregate(quote_count=evidence.count())
    plain = events.mutate(
        place_id=events.place_id.cast("string"), event_type_code=events.event_type_code.cast("string")
    )
    joined = plain.left_join(types, "event_type_code").left_join(where, "place_id").left_join(quotes, "event_id")
    return joined.order_by(*_latest_first(joined))


def _latest_first(rows: ir.Table) -> tuple[Any, ...]:
    return rows.end_date.desc(nulls_first=False), rows.start_date.desc(nulls_first=False), rows.event_id


def _joined(store: Store, selection: Selection, links: str, names: str, kind: str = "") -> dict[str, str]:
    return _in_one_cell(store.ask(selection, _linked, links, names, kind), "label")


def _in_one_cell(rows: pd.DataFrame, column: str) -> dict[str, str]:
    """The values of each event, in the order of the rows, as one text."""
    cells: dict[str, list[str]] = {}
    for event_id, value in zip(rows["event_id"], rows[column], strict=True):
        cells.setdefault(event_id, []).append(value)
    return {event_id: SEPARATOR.join(values) for event_id, values in cells.items()}


def _linked(tables: Tables, links: str, names: str, kind: str) -> ir.Table:
    named = tables[names].filter(tables[names].kind == kind) if kind else tables[names]
    code = named.columns[0]
    label = "label" if "label" in named.columns else "name"
    linked = tables[links].semi_join(tables["selected"], "event_id").join(named.select(code, label=label), code)
    return linked.select("event_id", "position", "label").order_by("event_id", "position")


def _documents(tables: Tables) -> ir.Table:
    told = tables["evidence"].semi_join(tables["selected"], "event_id").select("event_id", "document_id").distinct()
    named = told.join(tables["documents"].select("document_id", "name"), "document_id")
    return named.select("event_id", "name").order_by("event_id", "name")


def quote_rows(store: Store, selection: Selection) -> pd.DataFrame:
    """The quotes of the selected events, event by event in the order of `event_rows`.

    Shape: one row a quote, with `QUOTE_ROW_COLUMNS`; offsets are characters into the document's raw text.
    """
    return store.ask(selection, _quotes)


def _quotes(tables: Tables) -> ir.Table:
    events = tables["selected"].select("event_id", "title", "start_date", "end_date")
    documents = tables["documents"].select("document_id", document="name")
    rows = tables["evidence"].join(events, "event_id").join(documents, "document_id")
    ordered = rows.order_by(*_latest_first(rows), "field", "document", "start_offset", "value")
    return ordered.select(*QUOTE_ROW_COLUMNS)


@dataclass(frozen=True)
class EventDetail:
    """One event with everything that is known of it.

    Shape: `row` is its row of `event_rows`; `quotes` its rows of `evidence` with `document`, `document_title` and
    `publisher`; `actors` one row an actor: actor_id, name, kind, surface, other_names (a list); `decisions` its rows of
    `decisions`.
    """

    row: pd.Series
    quotes: pd.DataFrame
    actors: pd.DataFrame
    decisions: pd.DataFrame


@dataclass(frozen=True)
class OneEvent:
    """The selection of one event by its id."""

    event_id: str

    def events(self, tables: Tables) -> ir.Table:
        """The one row of `events`, or none."""
        return tables["events"].filter(tables["events"].event_id == self.event_id)


def event_detail(store: Store, event_id: str) -> EventDetail | None:
    """One event, or None if this build has no such event."""
    selection = OneEvent(event_id)
    rows = event_rows(store, selection)
    if rows.empty:
        return None
    actors = store.ask(selection, _actors)
    aliases = store.ask(selection, _aliases).groupby("actor_id")["alias"].agg(list)
    return EventDetail(
        row=rows.iloc[0],
        quotes=store.ask(selection, _proof),
        actors=actors.assign(other_names=[aliases.get(actor, []) for actor in actors["actor_id"]]),
        decisions=store.ask(selection, _decisions),
    )


def _proof(tables: Tables) -> ir.Table:
    documents = tables["documents"].select("document_id", "publisher", document="name", document_title="title")
    quotes = tables["evidence"].semi_join(tables["selected"], "event_id").join(documents, "document_id")
    return quotes.order_by("field", "document", "start_offset", "value")


def _actors(tables: Tables) -> ir.Table:
    linked = tables["event_actors"].semi_join(tables["selected"], "event_id").join(tables["actors"], "actor_id")
    return linked.order_by("position").select("actor_id", "name", "kind", "surface")


def _aliases(tables: Tables) -> ir.Table:
    linked = tables["event_actors"].semi_join(tables["selected"], "event_id")
    return tables["actor_aliases"].semi_join(linked, "actor_id").order_by("alias")


def _decisions(tables: Tables) -> ir.Table:
    decisions = tables["decisions"].semi_join(tables["selected"], "event_id")
    return decisions.order_by("decided_at", "decision_id")
