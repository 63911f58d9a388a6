"""The list of documents, and a document with its evidence lit."""

import re
from html import unescape

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.app_pages.markup import Span, lit_text
from dashboard.codebook import PROVEN_FIELDS
from dashboard.queries.documents import document_detail, document_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, asked, texts

TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="session")
def rows(store: Store) -> pd.DataFrame:
    return document_rows(store, EventFilter())


def test_the_list_has_every_document_even_if_no_event_is_selected(open_page: OpenPage, rows: pd.DataFrame) -> None:
    for params in ({}, {"q": "zzzz"}):
        page = open_page("documents", **params)
        assert list(page.dataframe[0].value["title"]) == list(rows["title"])


def test_every_document_shows_its_whole_text_letter_by_letter(
    open_page: OpenPage, store: Store, rows: pd.DataFrame
) -> None:
    for document_id in rows["document_id"]:
        page = open_page("documents", document=document_id)
        bodies = [element.proto.body for element in page.get("html") if "document-text" in element.proto.body]
        detail = document_detail(store, document_id, EventFilter())
        assert plain(bodies[0]) == detail.text


def test_one_events_evidence_alone_can_be_lit(open_page: OpenPage, store: Store, rows: pd.DataFrame) -> None:
    document_id = rows.sort_values("event_count")["document_id"].iloc[-1]
    detail = document_detail(store, document_id, EventFilter())
    event_id = detail.quotes["event_id"].iloc[-1]
    page = open_page("documents", document=document_id)
    everything = texts(page).count("<mark")
    page.selectbox(key="document_event").set_value(event_id).run()
    assert 0 < texts(page).count("<mark") < everything
    assert asked(page) == {"document": document_id, "event": event_id}


def test_an_unknown_document_gets_a_sentence_and_the_list(open_page: OpenPage) -> None:
    page = open_page("documents", document="d-nowhere")
    assert "no document “d-nowhere”" in texts(page)
    assert page.dataframe


def plain(html: str) -> str:
    """The text that a reader sees: no tag, no escape."""
    return unescape(TAG.sub("", html))


@st.composite
def lit(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet=st.sampled_from("ab <>&\"'\n\té中"), min_size=1, max_size=60))
    edges = st.integers(0, len(text))
    spans = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(edges), draw(edges)))
        if start < end:
            spans.append(Span(start, end, draw(st.sampled_from(PROVEN_FIELDS)), draw(st.text("<\"a&'", max_size=4))))
    return text, spans


@given(lit())
def test_lit_text_is_the_text_and_lights_exactly_what_the_spans_cover(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    html = lit_text(text, spans)
    assert plain(html) == text
    marked = sum(len(unescape(piece)) for piece in re.findall(r"<mark[^>]*>([^<]*)</mark>", html))
    assert marked == len({at for span in spans for at in range(span.start, span.end)})


def test_overlapping_spans_name_both_and_show_both_colours() -> None:
    html = lit_text("abcdef", [Span(0, 4, "type", "one"), Span(2, 6, "date", "two")])
    pieces = re.findall(r'style="([^"]*)" title="([^"]*)">([^<]*)<', html)
    assert [(note, text) for _, note, text in pieces] == [("one", "ab"), ("one\ntwo", "cd"), ("two", "ef")]
    assert [style.count("color-mix") for style, _, _ in pieces] == [1, 2, 1]
