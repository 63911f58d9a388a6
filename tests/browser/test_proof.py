"""From the table to an event, from a quote to its place in the document, and back."""

import re

from playwright.sync_api import Locator, expect

from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.browser.conftest import Visit, settled

HEADER_HEIGHT, ROW_HEIGHT, TICK_X = 35, 68, 17


def tick_row(visit: Visit, rank: int) -> None:
    """The table is a canvas under a scroller: its rows can only be met by their place on the screen."""
    settled(visit.page)
    canvas = visit.page.locator(".st-key-events_table canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + TICK_X, box["y"] + HEADER_HEIGHT + ROW_HEIGHT * rank + ROW_HEIGHT // 2, delay=60)


def heading(visit: Visit) -> Locator:
    return visit.page.locator("h1").first


def test_a_ticked_row_opens_its_event_and_back_brings_the_table_with_its_filters(visit: Visit, store: Store) -> None:
    rows = event_rows(store, EventFilter(sectors=("space",)))
    visit.open("events?sector=space")
    tick_row(visit, 1)
    expect(heading(visit)).to_have_text(rows["title"].iloc[1])
    settled(visit.page)
    expect(visit.page).to_have_url(re.compile(rf"/events\?sector=space&event={rows['event_id'].iloc[1]}&build="))
    visit.page.go_back()
    expect(heading(visit)).to_have_text("Events")
    expect(visit.page).to_have_url(re.compile(r"/events\?sector=space&build="))
    tick_row(visit, 0)
    expect(heading(visit)).to_have_text(rows["title"].iloc[0])


def test_previous_and_next_walk_through_the_selection_with_an_address_each(visit: Visit, store: Store) -> None:
    rows = event_rows(store, EventFilter(sectors=("space",)))
    visit.open(f"events?sector=space&event={rows['event_id'].iloc[0]}")
    visit.page.get_by_role("link", name="Next").click()
    expect(heading(visit)).to_have_text(rows["title"].iloc[1])
    expect(visit.page).to_have_url(re.compile(rows["event_id"].iloc[1]))
    visit.page.go_back()
    expect(heading(visit)).to_have_text(rows["title"].iloc[0])
    visit.page.get_by_role("link", name="All ").click()
    expect(heading(visit)).to_have_text("Events")
    expect(visit.page).to_have_url(re.compile(r"/events\?sector=space&build="))


def test_a_quote_leads_to_its_place_in_the_document_and_the_document_to_its_events(visit: Visit, store: Store) -> None:
    event_id = event_rows(store, EventFilter(sectors=("space",)))["event_id"].iloc[0]
    visit.open(f"events?event={event_id}")
    quote = visit.page.locator(".st-key-field_date mark").last.inner_text()
    before = visit.page.evaluate("history.length")
    visit.page.locator(".st-key-field_date").get_by_role("link").last.click()
    shown = visit.page.locator("mark.shown").first
    expect(shown).to_be_in_viewport()
    expect(shown).to_contain_text(quote[:3])
    settled(visit.page)
    visit.page.get_by_role("link", name="Open the document’s page").click()
    expect(visit.page).to_have_url(re.compile(r"/documents\?"))
    settled(visit.page)
    visit.page.locator("[data-testid=stPageLink-NavLink][href*='events?event=']").first.click()
    expect(visit.page).to_have_url(re.compile(r"/events\?event="))
    settled(visit.page)
    assert visit.page.evaluate("history.length") == before + 3, (
        "one entry a page: Back must not lead to a page never seen"
    )
    visit.page.go_back()
    expect(visit.page.locator("mark").first).to_be_attached()


def test_links_lead_to_the_same_screen_in_a_new_tab(visit: Visit) -> None:
    visit.open("timeline?sector=space")
    for link in visit.page.locator(".st-key-navigation a").all():
        href = link.get_attribute("href") or ""
        assert re.fullmatch(r"[a-z]+\?sector=space&build=[0-9a-f]{8}", href)


def test_what_an_address_holds_is_shown_and_never_run(visit: Visit) -> None:
    visit.open("events?event=[x](http://evil.example)&sector=<img src=x onerror=alert(1)>")
    visit.page.get_by_text(re.compile(r"no event “\[x\]\(http\u2060?://evil\.example\)”")).wait_for()
    visit.page.get_by_text("sector “<img src=x onerror=alert(1)>”").wait_for()
    assert visit.page.get_by_role("link", name="x", exact=True).count() == 0
    assert visit.page.locator("a[href*=evil]").count() == 0
