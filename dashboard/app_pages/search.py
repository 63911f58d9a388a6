"""The hits of a search: each event with where it holds the words, the best matched first."""

from html import escape

import streamlit as st

from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import FIELD_LABELS, as_markdown, lit_markdown, lit_words, quote
from dashboard.app_pages.wording import counted, date_in_words
from dashboard.queries.overview import summary
from dashboard.queries.search import Hit, NameHit, QuoteHit, hits
from dashboard.searching import Term

MOST_HITS = 20
"""Hits listed with where they match; all events that match are in the table below them."""

KINDS = {
    "actor": "Organisation or person", "place": "Place", "country": "Country", "sector": "Sector", "type": "Type",
}  # fmt: skip


def draw_hits(here: Page) -> None:
    """The list above the table of events, where something was searched for."""
    if not here.selection.text:
        return
    sought = here.selection.terms
    if not sought:
        st.info(f"There is no word in “{as_markdown(here.selection.text)}” to look for, so it leaves out no event.")
        return
    count = here.ask(summary).event_count
    found = here.ask(hits, MOST_HITS)
    with st.container(key="search_hits"):
        st.header("Where the words are", anchor=False)
        more = f"The best {MOST_HITS} of {count:,}; all are in the table below. " if count > len(found) else ""
        order = "Titles first, then names of actors and places, then sectors, types and countries, then quotes."
        st.caption(more + order)
        for hit in found:
            _draw_hit(hit, sought)


def _draw_hit(hit: Hit, sought: tuple[Term, ...]) -> None:
    with st.container(key=f"search_hit_{hit.event_id}"):
        page_link("events", hit.title, event=hit.event_id, markdown=lit_markdown(hit.title, sought))
        facts = [f"<span>{escape(date_in_words(hit.date_edtf))}</span>", *(_name(name, sought) for name in hit.names)]
        st.html(f'<p class="hit-facts">{"<br>".join(facts)}</p>')
        for found in hit.quotes:
            st.html(_quote(found, sought))
        if hit.quote_count > len(hit.quotes):
            st.caption(f"and {counted(hit.quote_count - len(hit.quotes), 'more quote')} on its page")


def _name(found: NameHit, sought: tuple[Term, ...]) -> str:
    """`Organisation or person: Chinese Academy of Sciences, matched as “中国科学院”`."""
    writing = f", matched as “{lit_words(found.writing, sought)}”" if found.writing else ""
    return f"<span>{KINDS[found.kind]}:</span> {lit_words(found.name, sought)}{writing}"


def _quote(found: QuoteHit, sought: tuple[Term, ...]) -> str:
    note = f"{FIELD_LABELS[found.field]}, in {found.document}"
    return quote(found.quote, found.prefix, found.suffix, field=found.field, note=note, sought=sought)
