"""Why a sentence is an event or not: what the rules made of it, and what analysts decided about that."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ibis.expr.types as ir
import pandas as pd

from dashboard import reference
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

EVERYTHING = EventFilter()
START = "start"


@dataclass(frozen=True)
class Account:
    """The account of one document.

    Shape: `sentences` has one row a sentence, in the order of the text, with the columns of `explanations` and the type's
    label; none if the events do not come from the rules. `reports` has one row for each quote of the document that says
    that an event happened: event_id, title, review_state, start_offset, end_offset; whatever is selected. `decisions`
    are those about the machine's proposals here, with the columns of `decisions`.
    """

    sentences: pd.DataFrame
    reports: pd.DataFrame
    decisions: pd.DataFrame


def document_account(store: Store, document_id: str) -> Account:
    """What became of each sentence of a document."""
    return Account(
        store.ask(EVERYTHING, _sentences, document_id),
        store.ask(EVERYTHING, _reports, document_id),
        store.ask(EVERYTHING, _decisions, document_id),
    )


@dataclass(frozen=True)
class Reason:
    """One thing that a sentence has, in words, and what it adds to the score; `is_start`: all sentences of its kind have it."""

    words: str
    weight: float
    is_start: bool = False


def reasons(features: object) -> Sequence[Reason]:
    """The reasons of a sentence, the weightiest first."""
    weighed: dict[str, float] = json.loads(features) if isinstance(features, str) else {}
    words = _feature_words()
    told = [Reason(words[name], weight, name == START) for name, weight in weighed.items()]
    return sorted(told, key=_weightiest_first)


def _weightiest_first(reason: Reason) -> float:
    return -abs(reason.weight)


@cache
def _feature_words() -> dict[str, str]:
    table = reference.feature_words()
    return dict(zip(table["feature"], table["label"], strict=True))


def _sentences(tables: Tables, document_id: str) -> ir.Table:
    rows = tables["explanations"].filter(tables["explanations"].document_id == document_id)
    types = tables["event_types"].select("event_type_code", event_type="label")
    return rows.left_join(types, "event_type_code").drop("event_type_code_right").order_by("start_offset")


def _reports(tables: Tables, document_id: str) -> ir.Table:
    evidence = tables["evidence"]
    quotes = evidence.filter(evidence.document_id == document_id, evidence.field == "type")
    events = tables["events"].select("event_id", "title", "review_state")
    joined = quotes.select("event_id", "start_offset", "end_offset").join(events, "event_id")
    return joined.order_by("start_offset", "event_id")


def _decisions(tables: Tables, document_id: str) -> ir.Table:
    proposals = tables["explanations"].filter(tables["explanations"].document_id == document_id)
    return (
        tables["decisions"]
        .semi_join(
            proposals.filter(proposals.proposal_id.notnull()), tables["decisions"].event_id == proposals.proposal_id
        )
        .order_by("decided_at")
    )
