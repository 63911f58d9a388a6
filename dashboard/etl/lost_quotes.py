"""Of a decision that could not be applied: the quote that is gone, and what the document says in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.decisions import Decision
from dashboard.etl.read import Document


@dataclass(frozen=True)
class LostQuote:
    """Shape: `there` is the document's text at the quote's offsets; None where the document is gone."""

    document: str
    quote: str
    there: str | None


def lost_quote(decision: Decision, documents: Sequence[Document]) -> LostQuote | None:
    """The first quote of a decision that its document does not hold at its offsets, or None."""
    texts = {document.name: document.text for document in documents}
    names = {document.document_id: document.name for document in documents}
    for document, item in _quotes(decision):
        name = document if document in texts else names.get(decision.documents.get(document, ""), document)
        there = texts[name][item["start"] : item["end"]] if name in texts else None
        if there != item["quote"]:
            return LostQuote(name, item["quote"], there)
    return None


def _quotes(decision: Decision) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each quote with the document that it names; else that of its event, which of an edit is named first."""
    form = decision.form
    event = form.get("event")
    groups = event["evidence"].values() if event else [form.get("evidence", ())]
    home = event["document"] if event else next(iter(decision.documents), "")
    for group in groups:
        for item in group:
            yield item.get("document", home), item
