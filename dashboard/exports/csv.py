"""CSV files of a selection: one row an event, one row a quote, in the order and number of the screen.

The files are for a spreadsheet first: UTF-8 with a byte order mark, because Excel takes a file without one for the
machine's old code page and breaks every name that is not English; commas, CRLF and doubled quotes (RFC 4180). A text cell
that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"). Days are ISO 8601; the date
as it is known stands beside them in EDTF. In Python, read them with `encoding="utf-8-sig"`.
"""

import csv
import io
import re
from hashlib import sha256

import pandas as pd

from dashboard.folding import fold
from dashboard.queries.filters import EventFilter
from dashboard.schema import DOCUMENTS, EVENTS, EVIDENCE, PLACES
from dashboard.settings import DOWNLOAD_NAME

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula; the wide forms count in East Asian editions."""

NAME_LENGTH = 60
"""Characters of a file's name that say what was selected; a longer selection is named by its hash."""

_OF_EVENTS, _OF_PLACES, _OF_EVIDENCE = EVENTS.columns, PLACES.columns, EVIDENCE.columns

EVENT_COLUMNS: dict[str, str] = {
    "event_id": _OF_EVENTS["event_id"].description,
    "title": _OF_EVENTS["title"].description,
    "type": "What kind of event, in words.",
    "date_edtf": _OF_EVENTS["date_edtf"].description,
    "start_date": _OF_EVENTS["start_date"].description,
    "end_date": _OF_EVENTS["end_date"].description,
    "date_precision": _OF_EVENTS["date_precision"].description,
    "date_basis": _OF_EVENTS["date_basis"].description,
    "place": "Where it happened, by name; empty for virtual events and where the text does not say.",
    "country_of_place": "The country where it happened.",
    "place_precision": _OF_EVENTS["place_precision"].description,
    "mode": _OF_EVENTS["mode"].description,
    "latitude": _OF_PLACES["latitude"].description,
    "longitude": _OF_PLACES["longitude"].description,
    "sectors": "Sectors, the main one first, joined with “; ”.",
    "countries": "Countries and regional bodies that take part, joined with “; ”.",
    "organisations": "Organisations that take part, by canonical name, joined with “; ”.",
    "persons": "Persons who take part, by canonical name, joined with “; ”.",
    "review_state": _OF_EVENTS["review_state"].description,
    "completeness": _OF_EVENTS["completeness"].description,
    "documents": "Files of the documents that tell it, joined with “; ”.",
    "quote_count": "Quotes that support it; the quotes file has a row for each.",
    "event_type_code": "Code of the type; see event_types.",
    "main_sector_code": _OF_EVENTS["main_sector_code"].description,
}
"""The columns of the events file, in their order, with their meaning. Other people's spreadsheets hold them: they stay."""

QUOTE_COLUMNS: dict[str, str] = {
    "event_id": _OF_EVENTS["event_id"].description,
    "title": _OF_EVENTS["title"].description,
    "field": _OF_EVIDENCE["field"].description,
    "value": _OF_EVIDENCE["value"].description,
    "document": DOCUMENTS.columns["name"].description,
    **{
        name: _OF_EVIDENCE[name].description
        for name in (
            "start_offset",
            "end_offset",
            "quote",
            "prefix",
            "suffix",
            "rule",
            "reviewer",
            "decided_at",
            "reason",
        )
    },
}
"""The columns of the quotes file, in their order, with their meaning."""


def events_csv(rows: pd.DataFrame) -> bytes:
    """The rows of `queries.events.event_rows`, in their order."""
    return to_csv(rows[list(EVENT_COLUMNS)])


def quotes_csv(rows: pd.DataFrame) -> bytes:
    """The rows of `queries.events.quote_rows`, in their order."""
    return to_csv(rows[list(QUOTE_COLUMNS)])


def file_name(noun: str, row_count: int, selection: EventFilter, build_id: str) -> str:
    """`corridor-events-12-space-2025-07-01-to-2025-07-31-build-ab12cd34.csv`: what, how many, selected by what, of which build."""
    parts = (DOWNLOAD_NAME, noun, str(row_count), selection_slug(selection), "build", build_id[:8])
    return "-".join(part for part in parts if part) + ".csv"


def selection_slug(selection: EventFilter) -> str:
    """The selection in a few letters that any file system takes; nothing if all events are selected."""
    codes = (*selection.sectors, *selection.types, *selection.countries, *selection.states)
    counted = [
        f"{len(values)} {noun}" for noun, values in (("place", selection.places), ("actor", selection.actors)) if values
    ]
    days = [f"from {selection.start}" if selection.start and not selection.end else str(selection.start or "")]
    days += [f"to {selection.end}" if selection.end else ""]
    slug = re.sub(r"[^a-z0-9]+", "-", fold(" ".join((*codes, *counted, selection.text, *days)))).strip("-")
    if len(slug) <= NAME_LENGTH and (slug or selection.is_empty):
        return slug
    return "selection-" + sha256(repr(selection.to_params()).encode()).hexdigest()[:8]


def to_csv(rows: pd.DataFrame) -> bytes:
    """The frame as CSV: header, one line a row, an empty cell for a value that is not known."""
    cells = [[_cell(value) for value in rows[column]] for column in rows.columns]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in rows.columns])
    writer.writerows(zip(*cells, strict=True))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """Rules: numbers stay numbers, even below zero; a day is written without a time."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if pd.isna(value):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
