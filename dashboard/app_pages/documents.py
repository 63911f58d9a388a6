"""The documents, and one document with its evidence lit."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.explanations import draw_account
from dashboard.app_pages.explanations import draw_text as draw_explained_text
from dashboard.app_pages.frame import Page, current_page, downloads, headline, view
from dashboard.app_pages.links import open_selected, page_link, pick
from dashboard.app_pages.markup import as_markdown, hit_spans, legend, lit_text, spans_of
from dashboard.app_pages.rebuilds import draw_progress
from dashboard.app_pages.upload import draw_upload
from dashboard.app_pages.wording import SEVERITIES, counted, date_in_words, plain
from dashboard.queries.documents import DocumentDetail, document_detail, document_rows
from dashboard.queries.explanations import document_account

COLUMNS = {
    "published": st.column_config.TextColumn("Published", width=120),
    "title": st.column_config.TextColumn("Title", width=320),
    "event_count": st.column_config.NumberColumn(
        "Events", width=80, help="Of the selected events, those that it tells."
    ),
    "quote_count": st.column_config.NumberColumn("Quotes", width=80, help="Quotes of those events in this document."),
    "publisher": st.column_config.TextColumn("Publisher", width=150),
    "kind": st.column_config.TextColumn("Kind", width=100),
    "language": st.column_config.TextColumn("Language", width=90),
    "character_count": st.column_config.NumberColumn("Characters", width=100, format="localized"),
    "name": st.column_config.TextColumn("File", width=210),
}

SCROLL_TO_QUOTE = "<script>document.querySelector('mark.shown')?.scrollIntoView({block: 'center'})</script>"

SCROLL_TO_SENTENCE = (
    "<script>document.querySelector('a.sentence[aria-current]')?.scrollIntoView({block: 'nearest'})</script>"
)

VIEW_LABELS = {"evidence": "What it proves", "why": "Why, sentence by sentence"}

ROW_HEIGHT = 66
"""Pixels; cells wrap only in rows higher than 64."""

CHOSEN_EVENT = "document_event"


def page() -> None:
    """One document if the address names one, else the list."""
    here = current_page()
    asked = address.subject("document")
    detail = document_detail(here.store, asked, here.selection) if asked else None
    if detail is not None:
        _draw_document(here, detail)
        return
    if asked:
        st.warning(
            f"This build has no document “{as_markdown(asked)}”. A document's id changes with its bytes. All documents are below."
        )
    headline(here, "Documents")
    with st.expander("Upload documents", key="documents_upload"):
        draw_upload()
    draw_progress()
    _draw_list(here)


def _draw_list(here: Page) -> None:
    rows = here.ask(document_rows)
    ids = tuple(rows["document_id"])
    if here.selection.is_empty:
        st.caption("Every document of the build, the latest first.")
    else:
        telling = int((rows["event_count"] > 0).sum())
        st.caption(
            f"{telling:,} of {counted(len(rows), 'document')} tell a selected event; the counts are of the selected events."
        )
    downloads(here)
    st.caption("Tick a row to read the document with its evidence lit, or find it by name:")
    pick("Open a document", tuple(rows["title"]), ids, subject="document")
    shown = rows.assign(published=rows["published_edtf"].map(date_in_words, na_action=None))
    st.dataframe(
        shown[list(COLUMNS)], column_config=COLUMNS, hide_index=True, key="documents_table", row_height=ROW_HEIGHT, placeholder="", selection_mode="single-row",
        on_select=partial(open_selected, "documents_table", ids, "document"), alt="The documents, the latest first.",
    )  # fmt: skip


def _draw_document(here: Page, detail: DocumentDetail) -> None:
    row = detail.row
    with st.container(horizontal=True):
        page_link("documents", "← All documents")
        page_link("review", "Review its events, or add one", document=row["document_id"])
    st.title(as_markdown(row["title"]), anchor=False)
    published = f"published {date_in_words(row['published_edtf'])}" if plain(row["published_edtf"]) else ""
    facts = (
        plain(row["publisher"]),
        plain(row["kind"]),
        published,
        counted(row["character_count"], "character"),
        f"file {row['name']}",
    )
    st.html(f'<p class="note">{escape(" · ".join(fact for fact in facts if fact))}</p>')
    _draw_issues(detail.issues)
    _draw_copies(detail)
    if view("show", "Show", VIEW_LABELS) == "why":
        _draw_why(here, detail)
    else:
        _draw_evidence(here, detail)


def _draw_why(here: Page, detail: DocumentDetail) -> None:
    account = document_account(here.store, detail.row["document_id"])
    if account.sentences.empty:
        st.info("This build has no account of the sentences: its events do not come from the rules.")
        return
    text, why = st.columns([3, 2], gap="large")
    with why, st.container(key="sentence_account"):
        draw_account(detail.row["document_id"], detail.text, account)
    with text:
        draw_explained_text(detail.row["document_id"], detail.text, account)
    if address.subject("sentence"):
        st.html(SCROLL_TO_SENTENCE, unsafe_allow_javascript=True)


def _draw_evidence(here: Page, detail: DocumentDetail) -> None:
    text, proof = st.columns([3, 2], gap="large")
    with proof:
        chosen = _choose_event(detail)
        _draw_events(here, detail)
    with text:
        _draw_text(here, detail, chosen)


def _choose_event(detail: DocumentDetail) -> str:
    """The event whose evidence alone is lit, or nothing for all of them; the address carries it."""
    titles = dict(detail.quotes[["event_id", "title"]].drop_duplicates().itertuples(index=False, name=None))
    asked = address.subject("event")
    st.session_state[CHOSEN_EVENT] = asked if asked in titles else ""
    named = {"": f"All {counted(len(titles), 'selected event')}"} | titles
    st.selectbox(
        "Light the evidence of", list(named), format_func=named.__getitem__, key=CHOSEN_EVENT,
        on_change=_show_event, args=(detail.row["document_id"],),
    )  # fmt: skip
    return str(st.session_state[CHOSEN_EVENT])


def _show_event(document_id: str) -> None:
    address.show(document=document_id, event=st.session_state[CHOSEN_EVENT])


def _draw_text(here: Page, detail: DocumentDetail, chosen: str) -> None:
    quotes = detail.quotes[detail.quotes["event_id"] == chosen] if chosen else detail.quotes
    st.html(legend(set(quotes["field"])))
    hits = hit_spans(detail.text, here.selection.terms)
    st.html(lit_text(detail.text, spans_of(quotes, address.subject("quote")) + hits))
    if address.subject("quote"):
        st.html(SCROLL_TO_QUOTE, unsafe_allow_javascript=True)


def _draw_events(here: Page, detail: DocumentDetail) -> None:
    st.header("What it proves", anchor=False)
    if detail.quotes.empty:
        st.caption("No selected event is told here." if not here.selection.is_empty else "No event was found in it.")
    for (event_id, title), quotes in detail.quotes.groupby(["event_id", "title"], sort=False):
        page_link("events", f"{title} ({counted(len(quotes), 'quote')})", event=event_id)


def _draw_copies(detail: DocumentDetail) -> None:
    """The documents that print the same text; an event that all of them tell has one origin."""
    if detail.copies.empty:
        return
    with st.container(key="copies"):
        st.caption(f"One text in {counted(len(detail.copies) + 1, 'document')}, which count as one origin:")
        for row in detail.copies.itertuples(index=False):
            first = (
                " (published first)"
                if row.document_id == detail.row["origin_id"]
                else f" ({row.origin_share:.0%} of it stands there)"
            )
            page_link("documents", f"{plain(row.publisher) or row.title}{first}", document=row.document_id)


def _draw_issues(issues: pd.DataFrame) -> None:
    for row in issues.itertuples(index=False):
        st.warning(as_markdown(f"{SEVERITIES[row.severity]}: {row.message}"))
