"""How much was read: documents by the period of their publication, and the issues that a periodical lacks."""

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables
from dashboard.queries.timeline import PERIODS
from dashboard.rhythm import Rhythm, missing, rhythm_of

EVERYTHING = EventFilter()

PERIODICAL_KINDS = ("newsletter", "bulletin", "magazine", "journal", "periodical", "review")
"""Kinds of document, as the list of sources names them, that come in issues. News items come when there is news."""

WRITTEN_LENGTHS = {"day": 10, "week": 10, "month": 7, "quarter": 7, "year": 4}
"""Characters of a publication date (EDTF) that is fine enough for each period: `2025-07-23`, `2025-07`, `2025`."""


@dataclass(frozen=True)
class Periodical:
    """A series of issues that keeps a rhythm, with the days around which one is missing."""

    publisher: str
    kind: str
    rhythm: Rhythm
    issues: tuple[date, ...]
    missing: tuple[date, ...]


def documents_by_period(store: Store, selection: EventFilter, period: str) -> pd.DataFrame:
    """All documents that were read, by the period in which they were published; the selection does not matter.

    Shape: one row a `period_start` with `document_count`; it is missing for documents whose publication date is coarser than
    the period, or not known. The counts add up to the documents of the build.
    Rules: copies of one text count one by one: each was read.
    """
    del selection
    return store.ask(EVERYTHING, _documents_by_period, period)


def _documents_by_period(tables: Tables, period: str) -> ir.Table:
    documents = tables["documents"]
    written = documents.published_edtf.re_replace(r"\?$", "")
    is_fine = written.re_search(r"^[0-9-]{4,10}$") & (written.length() >= WRITTEN_LENGTHS[period])
    starts = documents.select(
        period_start=ibis.ifelse(is_fine, documents.published_date.truncate(PERIODS[period]), ibis.null("date"))
    )
    return starts.group_by("period_start").aggregate(document_count=starts.count()).order_by("period_start")


def last_published(store: Store) -> date | None:
    """The publication date of the latest document that was read: what came later cannot be known from this build."""
    latest = store.ask(EVERYTHING, _last_published)["published_date"].iloc[0]
    return None if pd.isna(latest) else latest.date()


def _last_published(tables: Tables) -> ir.Table:
    documents = tables["documents"]
    return documents.aggregate(published_date=documents.published_date.max())


def periodicals(store: Store) -> tuple[Periodical, ...]:
    """The periodicals with a rhythm, by publisher.

    Rules: documents of one publisher and one kind of `PERIODICAL_KINDS` are issues of one periodical; what its rhythm is and
    what is missing, see `rhythm`. What is missing after the last issue counts up to the latest document that was read.
    """
    latest = last_published(store)
    issues = store.ask(EVERYTHING, _issues)
    found = [
        _periodical(publisher, kind, tuple(day.date() for day in rows["published_date"]), latest)
        for (publisher, kind), rows in issues.groupby(["publisher", "kind"])
        if latest is not None
    ]
    return tuple(periodical for periodical in found if periodical is not None)


def _issues(tables: Tables) -> ir.Table:
    documents = tables["documents"]
    is_issue = documents.kind.lower().isin(PERIODICAL_KINDS) & documents.publisher.notnull()
    dated = documents.filter(is_issue & documents.published_date.notnull())
    return (
        dated.select("publisher", "kind", "published_date").distinct().order_by("publisher", "kind", "published_date")
    )


def _periodical(publisher: str, kind: str, days: tuple[date, ...], latest: date) -> Periodical | None:
    rhythm = rhythm_of(days)
    return Periodical(publisher, kind, rhythm, days, missing(days, rhythm, latest)) if rhythm else None
