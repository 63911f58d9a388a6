"""One event: its fields, the document beside them, and what stands before and after it."""

import re
from html import unescape
from pathlib import Path

import pytest

from dashboard.queries.documents import document_text
from dashboard.queries.events import event_detail, event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from tests.app_pages.conftest import OpenPage, _open_page, texts
from tests.queries.test_chains import news_store

TAG, MARK = re.compile(r"<[^>]+>"), re.compile(r"<mark[^>]*>([^<]*)</mark>")


def test_the_whole_document_stands_beside_the_fields_with_every_quote_lit(open_page: OpenPage, store: Store) -> None:
    event_id = event_rows(store, EventFilter(types=("visit",)))["event_id"].iloc[0]
    detail = event_detail(store, event_id)
    assert detail is not None
    page = open_page("events", event=event_id)
    bodies = [str(element.proto.body) for element in page.get("html")]
    (shown,) = [body for body in bodies if body.startswith('<div class="beside-text" tabindex="0"')]
    text = document_text(store, detail.quotes["document_id"].iloc[0])
    assert unescape(TAG.sub("", shown)) == text
    lit = "".join(unescape(mark) for mark in MARK.findall(shown))
    for quote in detail.quotes["quote"]:
        assert quote in lit
    assert "shown" not in shown


def test_the_quote_that_was_chosen_is_outlined(open_page: OpenPage, store: Store) -> None:
    event_id = event_rows(store, EventFilter(types=("visit",)))["event_id"].iloc[0]
    quote = event_detail(store, event_id).quotes.iloc[-1]
    page = open_page("events", event=event_id, beside=quote["document_id"], quote=str(quote["start_offset"]))
    assert not page.exception
    assert 'class="shown"' in texts(page)


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "*/ alert(1) /*", "d-nowhere", "9" * 5000])
def test_a_made_up_document_or_quote_is_not_shown(open_page: OpenPage, store: Store, hostile: str) -> None:
    event_id = event_rows(store, EventFilter())["event_id"].iloc[0]
    page = open_page("events", event=event_id, beside=hostile, quote=hostile)
    assert not page.exception
    assert "alert(1)" not in texts(page)
    assert 'class="shown"' not in texts(page)


def test_the_words_of_a_search_are_lit_on_the_page_of_the_event(open_page: OpenPage, store: Store) -> None:
    event_id = event_rows(store, EventFilter(text="hefei"))["event_id"].iloc[0]
    assert 'class="hit"' in texts(open_page("events", event=event_id, q="hefei"))


def test_an_event_says_its_chain_and_the_events_of_its_actors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news_store(tmp_path)
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(tmp_path / "build"))
    ground = event_rows(open_build(tmp_path / "build"), EventFilter(text='"ground was broken"'))["event_id"].iloc[0]
    page = _open_page("events", event=ground)
    said = texts(page)
    assert "Part of a chain of 3" in said
    assert "**Earlier**: 1 event" in said
    assert "**Later**: 1 event" in said
    assert "with National University of Uzbekistan" in said
    page.button(key="select_chain").click().run()
    assert len(page.query_params["chain"]) > 0
    assert "3 events in 3 documents" in texts(page)
