"""The documents: which there are, and what each of them proves."""

from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables


def document_rows(store: Store, selection: EventFilter) -> pd.DataFrame:
    """Every document of the build, the latest first, with how much of the selection it tells.

    Shape: one row a document: document_id, name, title, publisher, published_edtf, published_date, language, kind,
    character_count, event_count (of the selection) and quote_count (of those events).
    """
    return store.ask(selection, _document_rows)


def _document_rows(tables: Tables) -> ir.Table:
    evidence = tables["evidence"].semi_join(tables["selected"], "event_id")
    counted = evidence.group_by("document_id").aggregate(
        event_count=evidence.event_id.nunique(), quote_count=evidence.count()
    )
    rows = tables["documents"].drop("text", "sha256").left_join(counted, "document_id").drop("document_id_right")
    whole = rows.mutate(event_count=rows.event_count.fill_null(0), quote_count=rows.quote_count.fill_null(0))
    return whole.order_by(whole.published_date.desc(nulls_first=False), "name")


@dataclass(frozen=True)
class DocumentDetail:
    """One document: its row, its raw text, and its quotes.

    Shape: `quotes` has one row a quote of a selected event, in the order of the text: the columns of `evidence` and the
    event's title. `issues` are the build's issues about it. `copies` are the other documents of the same origin:
    document_id, title, publisher, origin_id, origin_share.
    """

    row: pd.Series
    text: str
    quotes: pd.DataFrame
    issues: pd.DataFrame
    copies: pd.DataFrame


def document_detail(store: Store, document_id: str, selection: EventFilter) -> DocumentDetail | None:
    """One document with the quotes of the selected events, or None if this build has no such document."""
    found = store.ask(EventFilter(), _document, document_id)
    if found.empty:
        return None
    row = found.iloc[0]
    return DocumentDetail(
        row=row,
        text=str(row["text"]),
        quotes=store.ask(selection, _quotes, document_id),
        issues=store.ask(EventFilter(), _issues, str(row["name"])),
        copies=store.ask(EventFilter(), _copies, document_id, str(row["origin_id"])),
    )


def document_text(store: Store, document_id: str) -> str:
    """The raw text of a document of this build."""
    return str(store.ask(EventFilter(), _document, document_id)["text"].iloc[0])


def issues_about(store: Store, name: str) -> pd.DataFrame:
    """The build's issues about a file by its name, also about one that could not be read: its rows of `issues`."""
    return store.ask(EventFilter(), _issues, name)


def _document(tables: Tables, document_id: str) -> ir.Table:
    return tables["documents"].filter(tables["documents"].document_id == document_id)


def _quotes(tables: Tables, document_id: str) -> ir.Table:
    evidence = tables["evidence"].filter(tables["evidence"].document_id == document_id)
    titled = evidence.join(tables["selected"].select("event_id", "title"), "event_id")
    return titled.order_by("start_offset", "end_offset", "event_id", "field")


def _copies(tables: Tables, document_id: str, origin_id: str) -> ir.Table:
    documents = tables["documents"]
    others = documents.filter(documents.origin_id == origin_id, documents.document_id != document_id)
    columns = ("document_id", "title", "publisher", "origin_id", "origin_share")
    return others.select(*columns, "published_date").order_by("published_date", "document_id").select(*columns)


def _issues(tables: Tables, name: str) -> ir.Table:
    return tables["issues"].filter(tables["issues"].document == name)
