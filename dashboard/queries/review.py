"""What the review page shows: the queue, the machine's own proposals, documents whole, and orphaned decisions."""

import json
from collections import defaultdict
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

    form: str
    document_id: str
    told_in: str

    @property
    def event(self) -> Event:
        """The proposal in the codebook's form, with each quote's rule."""
        return _event(self.form)


@dataclass(frozen=True)
class Proposals:
    """Every proposal of a build by its id, and the tellings of each event."""

    by_id: Mapping[str, Proposal]
    tellings: Mapping[str, frozenset[str]]

    def with_tellings(self, ids: frozenset[str]) -> frozenset[str]:
        """The ids, the events that they are told in, and every other telling of these."""
        homes = {self.by_id[one].told_in for one in ids if one in self.by_id} | ids
        return ids.union(*(self.tellings.get(home, frozenset()) | {home} for home in homes if home))


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


def proposals(store: Store) -> Proposals:
    """Every proposal of the build, whatever is selected and whatever was decided."""
    rows = store.ask(EventFilter(), _proposals)
    by_id = {
        row.event_id: Proposal(row.form, row.document_id, row.told_in if isinstance(row.told_in, str) else "")
        for row in rows.itertuples(index=False)
    }
    tellings: dict[str, set[str]] = defaultdict(set)
    for event_id, proposal in by_id.items():
        tellings[proposal.told_in].add(event_id)
    return Proposals(by_id, {home: frozenset(ids) for home, ids in tellings.items() if home})


def _proposals(tables: Tables) -> ir.Table:
    return tables["proposals"].select("event_id", "told_in", "document_id", "form").order_by("event_id")


@lru_cache(maxsize=4096)
def _event(form: str) -> Event:
    return from_json(json.loads(form))


def whole_document(store: Store, document_id: str) -> pd.DataFrame:
    """The row of a document with its text, or no row."""
    return store.ask(EventFilter(), _document, document_id)


def _document(tables: Tables, document_id: str) -> ir.Table:
    return tables["documents"].filter(tables["documents"].document_id == document_id)


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
