"""The events themselves: the selected rows, one event with its proof, and the quotes."""

from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Selection, Store, Tables

SEPARATOR = "; "
"""Between the values of a many-valued cell."""


IN_WORDS = "events_in_words"
"""The table of all events with names in place of codes, kept once for every selection."""

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
    store.keep(IN_WORDS, _in_words)
    return store.ask(selection, _events)


def _events(tables: Tables) -> ir.Table:
    rows = tables[IN_WORDS].semi_join(tables["selected"], "event_id")
    return rows.order_by(*latest_first(rows))


def _in_words(tables: Tables) -> ir.Table:
    events, evidence = tables["selected"], tables["evidence"]
    plain = events.mutate(
        place_id=events.place_id.cast("string"), event_type_code=events.event_type_code.cast("string")
    )
    joined = plain.left_join(tables["event_types"].select("event_type_code", type="label"), "event_type_code")
    joined = joined.left_join(_named_places(tables), "place_id")
    quotes = evidence.group_by("event_id").aggregate(quote_count=evidence.count())
    joined = joined.left_join(quotes, "event_id").drop("event_id_right")
    cells = {
        "sectors": _cells(tables, "event_sectors", "sectors"),
        "countries": _cells(tables, "event_countries", "countries"),
        "organisations": _cells(tables, "event_actors", "actors", "org"),
        "persons": _cells(tables, "event_actors", "actors", "person"),
        "documents": _documents(tables),
    }
    for column, cell in cells.items():
        joined = joined.left_join(cell.rename({column: "cell"}), "event_id").drop("event_id_right")
    whole = joined.mutate(**{column: joined[column].fill_null("") for column in cells})
    return whole.select(*EVENT_ROW_COLUMNS)


def _named_places(tables: Tables) -> ir.Table:
    countries = tables["countries"].rename(country_of_place="name")
    named = tables["places"].join(countries, "country_code")
    return named.select("place_id", "country_of_place", "latitude", "longitude", place="name")


def latest_first(rows: ir.Table) -> tuple[Any, ...]:
    """The order of events wherever they are listed."""
    return rows.end_date.desc(nulls_first=False), rows.start_date.desc(nulls_first=False), rows.event_id


def _cells(tables: Tables, links: str, names: str, kind: str = "") -> ir.Table:
    """The values of each event as one text, in their order: event_id, cell."""
    named = tables[names].filter(tables[names].kind == kind) if kind else tables[names]
    code = named.columns[0]
    label = "label" if "label" in named.columns else "name"
    linked = tables[links].semi_join(tables["selected"], "event_id").join(named.select(code, label=label), code)
    return linked.group_by("event_id").aggregate(cell=linked.label.group_concat(SEPARATOR, order_by=linked.position))


def _documents(tables: Tables) -> ir.Table:
    told = tables["evidence"].semi_join(tables["selected"], "event_id").select("event_id", "document_id").distinct()
    named = told.join(tables["documents"].select("document_id", "name"), "document_id")
    return named.group_by("event_id").aggregate(cell=named.name.group_concat(SEPARATOR, order_by=named.name))


def quote_rows(store: Store, selection: Selection) -> pd.DataFrame:
    """The quotes of the selected events, event by event in the order of `event_rows`.

    Shape: one row a quote, with `QUOTE_ROW_COLUMNS`; offsets are characters into the document's raw text.
    """
    return store.ask(selection, _quotes)


def _quotes(tables: Tables) -> ir.Table:
    events = tables["selected"].select("event_id", "title", "start_date", "end_date")
    documents = tables["documents"].select("document_id", document="name")
    rows = tables["evidence"].join(events, "event_id").join(documents, "document_id")
    ordered = rows.order_by(*latest_first(rows), "field", "document", "start_offset", "value")
    return ordered.select(*QUOTE_ROW_COLUMNS)


@dataclass(frozen=True)
class EventDetail:
    """One event with everything that is known of it.

    Shape: `row` is its row of `event_rows`; `quotes` its rows of `evidence` with `document`, `document_title` and
    `publisher`; `actors` one row an actor: actor_id, name, kind, surface, other_names (a list); `decisions` its rows of
    `decisions`; `sources` its rows of `event_sources` with `document_title`, `publisher`, `published_edtf`, `origin_id` and
    `origin_title`; `disagreements` its rows of that table with the titles of both documents.
    """

    row: pd.Series
    quotes: pd.DataFrame
    actors: pd.DataFrame
    decisions: pd.DataFrame
    sources: pd.DataFrame
    disagreements: pd.DataFrame


@dataclass(frozen=True)
class OneEvent:
    """The selection of one event by its id."""

    event_id: str

    def events(self, tables: Tables) -> ir.Table:
        """The one row of `events`, or none."""
        return tables["events"].filter(tables["events"].event_id == self.event_id)


def event_detail(store: Store, event_id: str) -> EventDetail | None:
    """One event, or None if this build has no such event.

    Rules: the id of a telling leads to the event that it is part of, so an address that was given out stays good.
    """
    leading = store.ask(EventFilter(), _event_of_telling, event_id)["event_id"]
    selection = OneEvent(leading.iloc[0] if len(leading) else event_id)
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
        sources=store.ask(selection, _sources),
        disagreements=store.ask(selection, _disagreements),
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


def _event_of_telling(tables: Tables, telling_id: str) -> ir.Table:
    sources = tables["event_sources"]
    return sources.filter(sources.telling_id == telling_id).select("event_id")


def _sources(tables: Tables) -> ir.Table:
    documents = tables["documents"]
    named = documents.select("document_id", "publisher", "published_edtf", "origin_id", document_title="title")
    named = named.join(documents.select(origin_id="document_id", origin_title="title"), "origin_id")
    sources = tables["event_sources"].semi_join(tables["selected"], "event_id").join(named, "document_id")
    return sources.order_by("position")


def _disagreements(tables: Tables) -> ir.Table:
    documents = tables["documents"]
    rows = tables["disagreements"].semi_join(tables["selected"], "event_id")
    rows = rows.join(documents.select("document_id", document_title="title"), "document_id")
    others = documents.select(other_document_id="document_id", other_document_title="title")
    return rows.join(others, "other_document_id").order_by("field", "other_telling_id")


def _decisions(tables: Tables) -> ir.Table:
    decisions = tables["decisions"].semi_join(tables["selected"], "event_id")
    return decisions.order_by("decided_at", "decision_id")
