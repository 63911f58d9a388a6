"""WCAG 2.2 AA as far as a machine can tell, on every page: axe-core in light and dark, wide and narrow; zoom; focus."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dashboard.app_pages.links import TITLES
from dashboard.queries.documents import document_rows
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.browser.conftest import Visit, watch

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}, "heading-order": {"enabled": True}},
    "resultTypes": ["violations"],
}
"""What axe-core calls WCAG 2.2 AA; its rule for targets of 24 px is of it, but off unless asked for."""

WIDE, NARROW, ZOOMED = (1440, 900), (390, 844), (720, 450)
"""A laptop, a phone, and the laptop at 200 %: zoom makes the page as narrow as half the window."""


@dataclass(frozen=True)
class Exempt:
    """What is Streamlit's own and cannot be changed from outside: a rule of axe, where it fails, and why it stays."""

    rule: str
    selector: str
    reason: str


EXEMPT: tuple[Exempt, ...] = ()

OPENED = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
"""What is folded away is looked at too."""

CUT_OFF = """
() => {
  const cut = [];
  const walker = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || !text.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right, width } = range.getBoundingClientRect();
    for (let box = text.parentElement; box && width; box = box.parentElement) {
      const edge = box.getBoundingClientRect();
      const { overflowX, position } = getComputedStyle(box);
      if (['auto', 'scroll'].includes(overflowX) || (position === 'absolute' && edge.width <= 1)) break;
      const isCut = ['hidden', 'clip'].includes(overflowX) || box === document.body;
      if (isCut && (left < edge.left - 2 || right > edge.right + 2)) { cut.push(text.data.trim().slice(0, 60)); break; }
    }
  }
  return cut;
}
"""
"""The texts that a box cuts off at its side, without a bar to scroll it; words for those who hear the page, which stand in a box of
one pixel, are none."""


@pytest.fixture(scope="session")
def places(store: Store) -> list[str]:
    """Every page, one event and one document."""
    event_id = event_rows(store, EventFilter())["event_id"].iloc[0]
    document_id = document_rows(store, EventFilter())["document_id"].iloc[0]
    return [
        *TITLES,
        f"events?event={event_id}",
        f"documents?document={document_id}",
        f"documents?document={document_id}&show=why",
    ]


def tab(
    browser: Browser, address: str, size: tuple[int, int], scheme: Literal["light", "dark"] = "light", scale: int = 1
) -> Iterator[Visit]:
    """A tab of this size, theme and zoom, which records what it asks of the world."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, device_scale_factor=scale
    )
    visit = Visit(context.new_page(), address)
    watch(visit)
    yield visit
    context.close()


def violations(page: Page) -> list[str]:
    """A line for each place where a rule fails: the rule, the element, what is wrong with it."""
    page.evaluate(OPENED)
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(
            one.rule == rule["id"] and page.locator(one.selector).and_(page.locator(node["target"][0])).count()
            for one in EXEMPT
        )
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_wcag_fails_on_any_page(
    browser: Browser, address: str, places: list[str], scheme: Literal["light", "dark"]
) -> None:
    for visit in tab(browser, address, WIDE, scheme):
        found = {place: violations(visit.open(place)) for place in places}
        assert {place: lines for place, lines in found.items() if lines} == {}
        assert (visit.outside, visit.errors) == ([], [])


def test_on_a_phone_no_rule_fails_no_page_scrolls_sideways_and_no_text_is_cut_off(
    browser: Browser, address: str, places: list[str]
) -> None:
    # A colour is the same in every width, so that one of the two schemes is enough.
    for visit in tab(browser, address, NARROW, "dark"):
        for place in places:
            page = visit.open(place)
            assert violations(page) == [], place
            assert_nothing_is_cut_off(page, NARROW[0], place)


def test_at_twice_the_size_no_page_scrolls_sideways_and_no_text_is_cut_off(
    browser: Browser, address: str, places: list[str]
) -> None:
    for visit in tab(browser, address, ZOOMED, scale=2):
        for place in places:
            assert_nothing_is_cut_off(visit.open(place), ZOOMED[0], place)


def assert_nothing_is_cut_off(page: Page, width: int, place: str) -> None:
    """The page is as wide as the window, and what it says can be read to its end, with all that is folded away."""
    page.evaluate(OPENED)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width, place
    assert page.evaluate(CUT_OFF) == [], place
