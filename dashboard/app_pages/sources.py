"""The part of an event's page that says who tells it, which of them are copies, and where they disagree."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import FIELD_LABELS, quote
from dashboard.app_pages.wording import counted, date_in_words, plain
from dashboard.queries.events import EventDetail


def told_by(detail: EventDetail) -> str:
    """`A Title`, or `3 documents, 2 independent origins: A Title, …`."""
    titles = ", ".join(dict.fromkeys(detail.quotes["document_title"]))
    documents = detail.quotes["document_id"].nunique()
    if documents == 1:
        return titles
    independent = detail.sources["origin_id"].nunique()
    return f"{counted(documents, 'document')}, {counted(independent, 'independent origin')}: {titles}"


def draw_sources(detail: EventDetail) -> None:
    """Each telling with its own title, its document, and whose copy that is; nothing where one document tells the event."""
    if len(detail.sources) < 2:  # the second telling makes a list
        return
    with st.container(key="sources"):
        st.header("Who tells it", anchor=False)
        for row in detail.sources.itertuples(index=False):
            st.html(f'<p class="value">{escape(row.title)}</p><p class="note">{escape(_source_note(row))}</p>')
            page_link("documents", f"Read {plain(row.publisher) or row.document_title}", document=row.document_id)


def _source_note(row: "pd.Series") -> str:
    published = f"published {date_in_words(row.published_edtf)}" if plain(row.published_edtf) else ""
    copied = f"a copy of {row.origin_title}" if row.origin_id != row.document_id else ""
    gives = "gives the event its values" if row.position == 0 else ""
    return " · ".join(part for part in (plain(row.publisher), published, copied, gives) if part)


def draw_disagreements(here: Page, detail: EventDetail) -> None:
    """Both values of each field in which the tellings differ, side by side with their quotes, and why the event has the one."""
    if detail.disagreements.empty:
        return
    with st.container(key="disagreements"):
        st.header("Where they disagree", anchor=False)
        for row in detail.disagreements.itertuples(index=False):
            chosen, other = st.columns(2, gap="large")
            with chosen:
                note = f"{row.document_title}: chosen, because {row.rule}"
                st.html(_value(here, row.field, row.value))
                st.html(_proof(detail, row.field, (row.document_id, row.start_offset), note))
            with other:
                st.html(_value(here, row.field, row.other_value))
                place = (row.other_document_id, row.other_start_offset)
                st.html(_proof(detail, row.field, place, row.other_document_title))


def _value(here: Page, field: str, value: str) -> str:
    words = escape(_in_words(here, field, value))
    return f'<p class="note">{escape(FIELD_LABELS[field])}</p><p class="value">{words}</p>'


def _proof(detail: EventDetail, field: str, place: tuple[str, int], note: str) -> str:
    """The quote at a place of a document, in its surroundings; the note alone where there is none."""
    quotes = detail.quotes[detail.quotes["field"] == field]
    there = quotes[(quotes["document_id"] == place[0]) & (quotes["start_offset"] == place[1])]
    if there.empty:
        return f'<p class="note">{escape(note)}</p>'
    row = there.iloc[0]
    return quote(row["quote"], row["prefix"], row["suffix"], field=field, note=note)


def _in_words(here: Page, field: str, value: str) -> str:
    if field == "date":
        return date_in_words(value)
    if field == "type":
        return here.choices.types.get(value, value)
    city, _, country = value.rpartition(", ")
    return ", ".join(part for part in (city, here.choices.countries.get(country, country)) if part)
