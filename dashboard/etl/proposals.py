"""The machine's own proposals as rows of their table, kept whatever is decided about them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.codebook import Event
from dashboard.etl.decide import Replay
from dashboard.etl.read import Document
from dashboard.schema import conform

FORMS = {"event_id": str, "document_id": str, "position": "int32", "certainty": "float64", "form": str}
"""What a proposal says of itself; which event it became is added by `proposals_table`."""


def proposal_row(event: Event, document_id: str) -> dict[str, Any]:
    """One proposal in the columns of `FORMS`."""
    return {
        "event_id": event.event_id,
        "document_id": document_id,
        "position": min((quote.start for quote in event.evidence.get("type", ())), default=0),
        "certainty": event.certainty,
        "form": json.dumps(event.to_json(), ensure_ascii=False),
    }


def proposals_table(replayed: Replay, documents: Sequence[Document], others: pd.DataFrame | None) -> pd.DataFrame:
    """The table `proposals`: those that decisions may be about, as replayed, and the others, whose event is their own
    unless they tell another's."""
    ids = {document.name: document.document_id for document in documents}
    told_in = _told_in(replayed)
    rows = pd.DataFrame(
        [
            proposal_row(event, ids[event.document]) | {"told_in": told_in.get(event_id)}
            for event_id, event in replayed.proposals.items()
        ]
    )
    frames = [rows] if len(rows) else []
    if others is not None and len(others):
        homes = [told_in.get(event_id, event_id) for event_id in others["event_id"]]
        frames.append(others.assign(told_in=homes))
    return conform("proposals", pd.concat(frames, ignore_index=True).sort_values("event_id") if frames else rows)


def _told_in(replayed: Replay) -> Mapping[str, str]:
    return {telling.event_id: decided.event.event_id for decided in replayed.events for telling in decided.tellings}
