"""An event's page in a real browser: a field's quote comes into view in the document beside it, and Back undoes it."""

from playwright.sync_api import Page, expect

from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.browser.conftest import Visit, settled

IN_VIEW = """() => {
  const box = document.querySelector('.beside-text').getBoundingClientRect();
  const quote = document.querySelector('.beside-text mark.shown').getBoundingClientRect();
  return quote.top >= box.top && quote.bottom <= box.bottom;
}"""


def show_last_quote(page: Page) -> None:
    page.get_by_role("link", name="Show it in the text").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".beside-text mark.shown").first).to_be_attached()
    settled(page)
    page.wait_for_function(IN_VIEW)


def test_a_quote_chosen_by_keyboard_comes_into_view_and_back_undoes_it(visit: Visit, store: Store) -> None:
    event_id = event_rows(store, EventFilter(types=("visit",)))["event_id"].iloc[0]
    page = visit.open(f"events?event={event_id}")
    show_last_quote(page)
    assert "quote=" in page.url
    page.go_back()
    expect(page.locator(".beside-text mark.shown")).to_have_count(0)
    assert f"event={event_id}" in page.url


def test_a_hit_of_a_search_opens_its_event(visit: Visit) -> None:
    page = visit.open("events?q=igbal")
    expect(page.get_by_text("matched as").first).to_be_visible()
    page.locator(".st-key-search_hits a").first.click()
    expect(page.locator(".beside-text")).to_be_visible()
    assert "q=igbal" in page.url
