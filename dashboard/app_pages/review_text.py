"""The document of the review page: the component that lights quotes, reports a selection and hears the keys."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.app_pages.markup import FIELD_COLORS, FIELD_LABELS
from dashboard.app_pages.review_actions import command
from dashboard.app_pages.review_sitting import EDIT, Sitting, sitting
from dashboard.app_pages.triggers import told
from dashboard.codebook import PROVEN_FIELDS, Event
from dashboard.desk import Document

KEY = "review_text"
ASSETS = Path(__file__).resolve().parent.parent / "assets"

LINES = {
    "type": "solid",
    "date": "dashed",
    "site": "dotted",
    "sectors": "double",
    "countries": "dashed",
    "actors": "dotted",
}
"""The line under each field's quotes: with the number before a quote it tells fields apart without their colours."""

SHORT_LABELS = {**FIELD_LABELS, "countries": "Countries", "actors": "Parties"}

_draw = st.components.v2.component(
    "corridor_review_text",
    css=(ASSETS / "review.css").read_text(encoding="utf-8"),
    js=(ASSETS / "review.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # a shadow root hides the selection from the page in some browsers
)


def draw_text(work: Sitting, document: Document, event: Event | None) -> None:
    """The whole text with the event's quotes lit.

    Rules: offsets are characters of the raw text on this side; the component converts them for the browser.
    """
    data = {
        "text": document.text,
        "label": f"The document {document.name}. Arrow down and up choose a sentence, right and left a word; with Shift they extend.",
        "spans": _spans(work, document, event),
        "fields": [
            {"name": name, "label": SHORT_LABELS[name], "color": FIELD_COLORS[name], "line": LINES[name]}
            for name in PROVEN_FIELDS
        ],
        "subject": work.event_id,
        "scroll_to": f"{document.document_id} {event.event_id if event else ''}",
        "editing": work.field if work.mode == EDIT and work.field in PROVEN_FIELDS else "",
        "canDecide": bool(work.reviewer),
        "heard": work.heard,
        "hint": _hint(work),
    }
    _draw(key=KEY, data=data, on_command_change=_obey)


def _obey() -> None:
    form: Mapping[str, Any] | None = told(KEY, "command")
    if not form:
        return
    sitting().heard = str(form["number"])
    command(str(form["name"]), form)


def _hint(work: Sitting) -> str:
    if not work.reviewer:
        return "Type your name above to decide. Until then you can read."
    if work.draft:
        return "Choose a field by its number to correct it. Enter saves the event, Esc drops it."
    return "Select words with the mouse, or press d and use the arrow keys. ? shows all keys."


def _spans(work: Sitting, document: Document, event: Event | None) -> list[dict[str, Any]]:
    held = {name: event.evidence.get(name, ()) for name in PROVEN_FIELDS} if event else {}
    if work.mode == EDIT and work.field in PROVEN_FIELDS:
        held[work.field] = work.quotes
    return [
        {"start": quote.start, "end": quote.end, "field": name, "note": _note(name, quote.value)}
        for name, quotes in held.items()
        for quote in quotes
        if quote.document == document.name
    ]


def _note(name: str, value: str) -> str:
    return f"{FIELD_LABELS[name]}: {value}" if value else FIELD_LABELS[name]
