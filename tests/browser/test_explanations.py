"""A click on a sentence, or its key, tells why it is an event or not."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.queries.documents import document_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.browser.conftest import Visit, settled


@pytest.fixture(scope="session")
def document_id(store: Store) -> str:
    return str(document_rows(store, EventFilter()).sort_values("event_count")["document_id"].iloc[-1])


def test_a_click_shows_the_account_beside_the_text_without_loading_the_page(visit: Visit, document_id: str) -> None:
    page = visit.open(f"documents?document={document_id}&show=why")
    page.evaluate("window.isSamePage = true")
    weak = page.locator("a.sentence.weak").nth(3)
    start = weak.get_attribute("data-sentence")
    weak.click()
    expect(page.locator("a.sentence[aria-current]")).to_have_attribute("data-sentence", start or "")
    expect(page.get_by_text("It is not an event: it weighs too little.")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(rf"sentence={start}&build=[0-9a-f]+&show=why"))
    assert page.evaluate("window.isSamePage")
    page.locator("a.sentence.accepted").first.click()
    expect(page.get_by_text("It is an event.")).to_be_visible()
    settled(page)
    page.go_back()
    expect(page.locator("a.sentence[aria-current]")).to_have_attribute("data-sentence", start or "")


def test_the_keyboard_walks_from_sentence_to_sentence_and_keeps_its_place(visit: Visit, document_id: str) -> None:
    page = visit.open(f"documents?document={document_id}&show=why")
    links = page.locator("a.sentence")
    links.nth(4).focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(5)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("a.sentence[aria-current]")).to_have_count(1)
    expect(links.nth(5)).to_have_attribute("aria-current", "true")
    expect(links.nth(5)).to_be_focused()


def test_on_a_phone_the_account_lies_over_the_text(visit: Visit, document_id: str) -> None:
    visit.page.set_viewport_size({"width": 420, "height": 900})
    page = visit.open(f"documents?document={document_id}&show=why")
    page.locator("a.sentence.accepted").nth(2).click()
    expect(page.get_by_text("It is an event.")).to_be_in_viewport()
