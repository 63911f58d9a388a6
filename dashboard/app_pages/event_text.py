"""The document beside the fields of an event: its whole text with the event's quotes lit, the chosen one in view."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import hit_spans, legend, lit_text, spans_of
from dashboard.app_pages.wording import plain
from dashboard.queries.documents import document_text
from dashboard.queries.events import EventDetail

SCROLL = """<script>/* {place} */ {{
  const box = document.querySelector('.beside-text');
  const quote = box?.querySelector('mark.shown') ?? box?.querySelector('mark');
  if (quote) box.scrollTop += quote.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  const edges = box?.getBoundingClientRect();
  if ({is_chosen} && edges && (edges.top > innerHeight - 100 || edges.bottom < 100)) box.scrollIntoView({{block: 'center'}});
}}</script>"""
"""Moves the text within its box, and the page only if a quote was chosen and the box is out of sight, as on a phone. The place stands
in it so that another choice is another script, which runs anew."""


def draw_text(here: Page, detail: EventDetail) -> None:
    """The text of the document that the address names (`beside`), else of the one that gives the event its values."""
    documents = _documents(detail)
    asked = address.subject("beside")
    shown = asked if asked in documents else next(iter(documents))
    text = document_text(here.store, shown)
    quotes = detail.quotes[detail.quotes["document_id"] == shown].assign(title=detail.row["title"])
    chosen = address.subject("quote") if asked in ("", shown) else ""
    with st.container(key="event_beside"):
        st.header(documents[shown], anchor=False)
        _draw_others(detail, documents, shown)
        st.html(legend(set(quotes["field"])))
        spans = spans_of(quotes, chosen) + hit_spans(text, here.selection.terms)
        label = escape(f"The text of {documents[shown]}")
        st.html(
            f'<div class="beside-text" tabindex="0" role="region" aria-label="{label}">{lit_text(text, spans)}</div>'
        )
    is_chosen = "true" if (quotes["start_offset"].astype(str) == chosen).any() else "false"
    place = f"{shown} {chosen if chosen.isascii() and chosen.isdecimal() else ''}"
    st.html(SCROLL.format(place=place, is_chosen=is_chosen), unsafe_allow_javascript=True)


def _documents(detail: EventDetail) -> dict[str, str]:
    """The documents that prove something of the event, the one that gives the values first, with their titles."""
    titles = dict(zip(detail.quotes["document_id"], detail.quotes["document_title"], strict=True))
    ordered = [*detail.sources["document_id"], *titles]
    return {document: titles[document] for document in dict.fromkeys(ordered) if document in titles}


def _draw_others(detail: EventDetail, documents: dict[str, str], shown: str) -> None:
    event_id = str(detail.row["event_id"])
    with st.container(horizontal=True, key="event_beside_links"):
        page_link("documents", "Open the document’s page", document=shown, event=event_id)
        for document, title in documents.items():
            if document != shown:
                page_link(
                    "events",
                    f"Show {publisher_of(detail.quotes, document) or title} here",
                    event=event_id,
                    beside=document,
                )


def publisher_of(quotes: pd.DataFrame, document_id: str) -> str:
    """Who published a document, if that is known."""
    return plain(quotes.loc[quotes["document_id"] == document_id, "publisher"].iloc[0])
