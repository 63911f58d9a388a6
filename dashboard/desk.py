"""What the review page asks of the machine: what decisions make of proposals, and what it reads in selected words.

Pages may not import the extractor. This module is the one door: a few questions about single documents, answered by the
very functions of the build, so that the page never shows another answer than the next build will.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.codebook import Event
from dashboard.decisions import Decision
from dashboard.edtf import parse_edtf
from dashboard.etl.decide import replay
from dashboard.etl.decided import DecidedEvent
from dashboard.etl.gazetteer import Place, search_places
from dashboard.etl.read import Document
from dashboard.etl.suggest import Suggestion, suggest_event, suggest_value

__all__ = [
    "DecidedEvent",
    "Document",
    "Place",
    "Suggestion",
    "decided_events",
    "document_of",
    "search_places",
    "suggest_event",
    "suggest_value",
    "warm",
]


def decided_events(
    proposals: Iterable[Event], decisions: Sequence[Decision], documents: Sequence[Document]
) -> Mapping[str, DecidedEvent]:
    """The events that the next build will make of these proposals and decisions, by their ids.

    Rules: every telling of an event, and every decision about any of them, must be among those given.
    """
    return {decided.event.event_id: decided for decided in replay(proposals, decisions, documents).events}


def warm() -> None:
    """Load the lexicons and the gazetteer, which takes a second, before an analyst waits for them."""
    text = "The two ministries signed a memorandum in Lisbon on 5 May 2025."
    document = Document("d0", "warm.txt", text, "")
    event = suggest_event(document, 0, len(text))
    decided_events([event], (), [document])
    search_places("lisbon")


def document_of(row: Mapping[str, Any]) -> Document:
    """A document from its row of `documents`."""
    published = row["published_edtf"]
    return Document(
        document_id=row["document_id"],
        name=row["name"],
        text=row["text"],
        sha256=row["sha256"],
        title=row["title"],
        published=parse_edtf(published) if isinstance(published, str) and published else None,
    )
