"""The hits of a search on the page of events, and what is offered if there are none."""

import pytest

from dashboard.app_pages.markup import hit_spans, lit_markdown, lit_text, lit_words
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.search import hits
from dashboard.queries.store import Store
from dashboard.searching import terms
from tests.app_pages.conftest import OpenPage, texts


def test_a_search_lists_where_its_words_are(open_page: OpenPage, store: Store) -> None:
    page = open_page("events", q="igbal")
    said = texts(page)
    assert not page.exception
    assert "Where the words are" in said
    assert 'Ahsan Iqbal, matched as “Ahsan <mark class="hit">Igbal</mark>”' in said
    assert len(hits(store, EventFilter(text="igbal"), 20)) == summary(store, EventFilter(text="igbal")).event_count


def test_without_a_search_there_is_no_list_of_hits(open_page: OpenPage) -> None:
    assert "Where the words are" not in texts(open_page("events"))


def test_signs_alone_leave_out_nothing_and_say_so(open_page: OpenPage) -> None:
    assert "no word in “?!” to look for" in texts(open_page("events", q="?!"))


@pytest.mark.parametrize("name", ["events", "timeline", "overview"])
def test_a_misspelt_name_is_offered_and_searched_only_on_request(open_page: OpenPage, name: str) -> None:
    page = open_page(name, q="Iqbel")
    assert "No event of 12" in texts(page)
    page.button(key="suggestion_0").click().run()
    assert page.text_input(key="filter_text").value == "Iqbal"
    assert "No event" not in texts(page)


def test_a_document_that_comes_from_a_search_shows_its_words(open_page: OpenPage, store: Store) -> None:
    quote = hits(store, EventFilter(text="hefei"), 1)[0].quotes[0]
    page = open_page("documents", document=quote.document_id, q="hefei")
    assert 'class="hit"' in texts(page)
    assert 'class="hit"' not in texts(open_page("documents", document=quote.document_id))


def test_lit_words_are_the_text_letter_by_letter_and_safe() -> None:
    assert lit_words("A <b>Joint</b> Lab", terms("joint")) == 'A &lt;b&gt;<mark class="hit">Joint</mark>&lt;/b&gt; Lab'
    assert lit_markdown("A *Joint* Lab", terms("joint")) == "A \\***Joint**\\* Lab"
    text = "a joint lab"
    assert lit_text(text, hit_spans(text, terms("joint"))).count("<mark") == 1
