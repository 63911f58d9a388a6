"""The decided events in the codebook's form, one JSON object a line; other programs read it, so it stays stable."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from dashboard.codebook import PROVEN_FIELDS, Actor, Event, Quote, Site
from dashboard.edtf import parse_edtf
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Question, Store, Tables

Parts = dict[Question, dict[str, pd.DataFrame]]
"""The rows that hang on an event, by the question that fetched them and by event."""

PLAIN_FIELDS = ("type", "date", "site")
"""Fields of one value, whose quotes need not say which value they support."""


def to_lines(forms: Iterable[dict[str, Any]]) -> Iterator[str]:
    """JSON Lines, letters of every script as they are."""
    return (json.dumps(form, ensure_ascii=False) for form in forms)


def decided_events(store: Store, selection: EventFilter) -> list[dict[str, Any]]:
    """The selected events in date order.

    Rules: an event that several documents tell is a line for each of them, with the same `id` and that document's quotes.
    `review_state` is added to the codebook's fields.
    """
    parts = {
        question: _by_event(store.ask(selection, question)) for question in (_sectors, _countries, _actors, _evidence)
    }
    places = store.ask(selection, _places).set_index("place_id")
    return [
        _event(row, document, parts, places).to_json() | {"review_state": row.review_state}
        for row in store.ask(selection, _events).itertuples(name="Row")
        for document in parts[_evidence][row.event_id]["document"].drop_duplicates()
    ]


def _events(tables: Tables) -> ir.Table:
    return tables["selected"].order_by("start_date", "end_date", "event_id")


def _places(tables: Tables) -> ir.Table:
    return tables["places"]


def _sectors(tables: Tables) -> ir.Table:
    return tables["event_sectors"].semi_join(tables["selected"], "event_id").order_by("event_id", "position")


def _countries(tables: Tables) -> ir.Table:
    return tables["event_countries"].semi_join(tables["selected"], "event_id").order_by("event_id", "position")


def _actors(tables: Tables) -> ir.Table:
    linked = tables["event_actors"].semi_join(tables["selected"], "event_id").join(tables["actors"], "actor_id")
    return linked.order_by("event_id", "position")


def _evidence(tables: Tables) -> ir.Table:
    documents = tables["documents"].select("document_id", document="name")
    quotes = tables["evidence"].semi_join(tables["selected"], "event_id").join(documents, "document_id")
    return quotes.order_by("event_id", "document", "start_offset")


def _by_event(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(event_id): group for event_id, group in rows.groupby("event_id", sort=False)}


def _event(row: Any, document: str, parts: Parts, places: pd.DataFrame) -> Event:
    evidence = parts[_evidence][row.event_id]
    here = evidence[evidence["document"] == document]
    return Event(
        event_id=row.event_id,
        document=document,
        title=row.title,
        type=row.event_type_code,
        date=parse_edtf(row.date_edtf) if isinstance(row.date_edtf, str) else None,
        date_basis=row.date_basis,
        site=_site(row, places),
        countries=_values(parts[_countries], row.event_id, "country_code"),
        sectors=_values(parts[_sectors], row.event_id, "sector_code"),
        actors=_actor_values(parts[_actors].get(row.event_id)),
        evidence={name: _quotes(here[here["field"] == name], document) for name in PROVEN_FIELDS},
    )


def _site(row: Any, places: pd.DataFrame) -> Any:
    if row.mode != "on_site":
        return "virtual" if row.mode == "virtual" else None
    place = places.loc[row.place_id]
    return Site(place["country_code"]) if place["kind"] == "country" else Site(place["country_code"], place["name"])


def _values(rows: dict[str, pd.DataFrame], event_id: str, column: str) -> tuple[str, ...]:
    return tuple(rows[event_id][column]) if event_id in rows else ()


def _actor_values(rows: pd.DataFrame | None) -> tuple[Actor, ...]:
    return (
        ()
        if rows is None
        else tuple(Actor(row.name, row.surface, row.kind) for row in rows.itertuples(name="Row", index=False))
    )


def _quotes(rows: pd.DataFrame, document: str) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            document,
            row.quote,
            int(row.start_offset),
            int(row.end_offset),
            "" if row.field in PLAIN_FIELDS else row.value,
            row.rule,
        )
        for row in rows.itertuples(name="Row")
    )
