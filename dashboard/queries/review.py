"""What the review page shows: the queue, the machine's own proposals, documents whole, and orphaned decisions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import ibis.expr.types as ir
import pandas as pd

from dashboard.codebook import Event, from_json
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Selection, Store, Tables


@dataclass(frozen=True)
class Proposal:
    """A proposal of the machine; `told_in` is the event of which the build made it a telling, empty where it was rejected."""

    event: Event
    document_id: str
    told_in: str


def queue(store: Store, selection: Selection) -> pd.DataFrame:
    """The selected events in the order in which to decide: the least certain first, then by document and place in it.

    Shape: one row an event: event_id, title, review_state, certainty (missing where a person found it), document_id,
    document (its title), position (of its first quote).
    """
    return store.ask(selection, _queue)


def _queue(tables: Tables) -> ir.Table:
    told = tables["evidence"].semi_join(tables["selected"], "event_id")
    first = told.group_by("event_id").aggregate(
        document_id=told.document_id.argmin(told.start_offset), position=told.start_offset.min()
    )
    proposals = tables["proposals"].select("certainty", event_id="told_in")
    certain = proposals.group_by("event_id").aggregate(certainty=proposals.certainty.max())
    events = (
        tables["selected"]
        .select("event_id", "title", "review_state")
        .left_join(first, "event_id")
        .drop("event_id_right")
    )
    rows = events.left_join(certain, "event_id").drop("event_id_right")
    named = rows.join(tables["documents"].select("document_id", document="title"), "document_id")
    return named.order_by(named.certainty.asc(), "document", "position", "event_id")


def rejected(store: Store) -> pd.DataFrame:
    """The proposals that are in no event, the least certain first: event_id, document_id, certainty, position."""
    return store.ask(EventFilter(), _rejected)


def _rejected(tables: Tables) -> ir.Table:
    rows = tables["proposals"].filter(tables["proposals"].told_in.isnull())
    return rows.select("event_id", "document_id", "certainty", "position").order_by("certainty", "event_id")


def event_ids(store: Store) -> frozenset[str]:
    """Every event of the build, whatever is selected."""
    return frozenset(store.ask(EventFilter(), _event_ids)["event_id"])


def _event_ids(tables: Tables) -> ir.Table:
    return tables["events"].select("event_id")


def decision_ids(store: Store) -> frozenset[str]:
    """The decisions that the build knew."""
    return frozenset(store.ask(EventFilter(), _decision_ids)["decision_id"])


def _decision_ids(tables: Tables) -> ir.Table:
    return tables["decisions"].select("decision_id")


def proposals(store: Store, ids: frozenset[str]) -> Mapping[str, Proposal]:
    """The proposals that are, or are told in, one of these events, with every other telling of the same; by their ids."""
    if not ids:
        return {}
    rows = store.ask(EventFilter(), _proposals, tuple(sorted(ids)))
    return {
        row.event_id: Proposal(_event(row.form), row.document_id, row.told_in if isinstance(row.told_in, str) else "")
        for row in rows.itertuples(index=False)
    }


def _proposals(tables: Tables, ids: tuple[str, ...]) -> ir.Table:
    rows = tables["proposals"]
    named = rows.event_id.isin(ids) | rows.told_in.isin(ids)
    homes = rows.filter(named & rows.told_in.notnull()).told_in
    return (
        rows.filter(named | rows.told_in.isin(homes))
        .select("event_id", "told_in", "document_id", "form")
        .order_by("event_id")
    )


@lru_cache(maxsize=512)
def _event(form: str) -> Event:
    return from_json(json.loads(form))


def document_rows(store: Store, ids: frozenset[str]) -> pd.DataFrame:
    """Whole documents by their ids, in the order of their names."""
    return store.ask(EventFilter(), _documents, tuple(sorted(ids)))


def _documents(tables: Tables, ids: tuple[str, ...]) -> ir.Table:
    return tables["documents"].filter(tables["documents"].document_id.isin(ids)).order_by("name")


def document_titles(store: Store) -> Mapping[str, str]:
    """Every document's title by its id, in the order of the titles."""
    rows = store.ask(EventFilter(), _titles)
    return dict(rows.itertuples(index=False, name=None))


def _titles(tables: Tables) -> ir.Table:
    return tables["documents"].select("document_id", "title").order_by("title", "document_id")


def document_names(store: Store) -> Mapping[str, str]:
    """Every document's id by its file's name."""
    rows = store.ask(EventFilter(), _names)
    return dict(rows.itertuples(index=False, name=None))


def _names(tables: Tables) -> ir.Table:
    return tables["documents"].select("name", "document_id")


def orphans(store: Store) -> pd.DataFrame:
    """The decisions of the build that could not be applied, the latest first: their rows of `decisions`."""
    return store.ask(EventFilter(), _orphans)


def _orphans(tables: Tables) -> ir.Table:
    rows = tables["decisions"]
    return rows.filter(rows.outcome == "orphaned").order_by(rows.decided_at.desc())
