"""Of a decision without a place: which quote is gone, and what stands there."""

from typing import Any

import pytest

from dashboard.decisions import Decision
from dashboard.etl.lost_quotes import LostQuote, lost_quote
from dashboard.etl.read import Document

NOTE = Document("d1", "note.txt", "They met in Lisbon.", "s")


def decision(form: dict[str, Any], documents: dict[str, str] | None = None) -> Decision:
    return Decision("r1", "edit", "e1", "Ada", "2026-01-31T09:30:00+00:00", "why", form, documents or {})


def edit(quote: str, start: int, **more: str) -> dict[str, Any]:
    return {"evidence": [{"quote": quote, "start": start, "end": start + len(quote), **more}]}


@pytest.mark.parametrize(
    ("form", "documents", "lost"),
    [
        (edit("Lisbon", 12, document="note.txt"), {}, None),
        (edit("Porto", 12, document="note.txt"), {}, LostQuote("note.txt", "Porto", "Lisbo")),
        (edit("Lisbon", 90, document="note.txt"), {}, LostQuote("note.txt", "Lisbon", "")),
        (edit("Lisbon", 12, document="gone.txt"), {}, LostQuote("gone.txt", "Lisbon", None)),
        (edit("Lisbon", 12), {"old name.txt": "d1"}, None),
        ({"event": {"document": "note.txt", "evidence": {"type": edit("They sat", 0)["evidence"]}}}, {}, LostQuote("note.txt", "They sat", "They met")),
        ({"into": "e2"}, {}, None),
    ],
)  # fmt: skip
def test_the_first_quote_that_is_gone_is_found(
    form: dict[str, Any], documents: dict[str, str], lost: LostQuote | None
) -> None:
    assert lost_quote(decision(form, documents), [NOTE]) == lost
