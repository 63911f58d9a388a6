"""The account of each sentence as a table, column by column: a large collection has many sentences."""

import json
from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard.etl.extract import Explanation
from dashboard.etl.read import Document
from dashboard.schema import conform

_WRITER = json.JSONEncoder(separators=(",", ":"))
"""Made once: `json.dumps` makes a new one at each call that asks for separators."""


def explanations_table(documents: Sequence[Document], accounts: Iterable[Sequence[Explanation]]) -> pd.DataFrame:
    """The table `explanations`; `accounts` are those of the documents, in their order."""
    told = [
        (document.document_id, line) for document, account in zip(documents, accounts, strict=True) for line in account
    ]
    columns = {
        "document_id": [document_id for document_id, _ in told],
        "start_offset": [line.start for _, line in told],
        "end_offset": [line.end for _, line in told],
        "outcome": [line.outcome for _, line in told],
        "rule": [line.rule or None for _, line in told],
        "event_type_code": [line.type or None for _, line in told],
        "score": [None if line.outcome == "silent" else line.score for _, line in told],
        "features": [_WRITER.encode(dict(line.features)) if line.features else None for _, line in told],
        "proposal_id": [line.event_id or None for _, line in told],
        "of_start_offset": [None if line.of_start < 0 else line.of_start for _, line in told],
    }
    return conform("explanations", pd.DataFrame(columns))
