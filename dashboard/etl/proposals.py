"""The machine's own proposals as rows of their table, kept whatever is decided about them."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.codebook import Event
from dashboard.etl.decide import Replay
from dashboard.etl.read import Document
from dashboard.etl.rows import taken, to_frame
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


def proposals_table(
    replayed: Replay, documents: Sequence[Document], others: pd.DataFrame | None, sources: pd.DataFrame
) -> pd.DataFrame:
    """The table `proposals`: those that decisions may be about, as replayed, and the others; `sources` are the tellings of each event."""
    ids = {document.name: document.document_id for document in documents}
    rows = to_frame([proposal_row(event, ids[event.document]) for event in replayed.proposals.values()], FORMS)
    found = rows if others is None else pd.concat([rows, others], ignore_index=True)
    order = pc.sort_indices(pa.array(found["event_id"])).to_numpy()
    found = taken({"proposals": found}, {"proposals": order})["proposals"]
    places = pc.index_in(pa.array(found["event_id"]), pa.array(sources["telling_id"]))
    homes = pa.array(sources["event_id"]).take(places)
    return conform("proposals", found.assign(told_in=pd.Series(homes, dtype=found["event_id"].dtype)))
