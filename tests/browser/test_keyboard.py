"""The dashboard without a mouse: the focus is seen and goes everywhere, and all that a mouse does can be done."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from dashboard.app_pages.links import TITLES
from dashboard.settings import Settings
from tests.browser.conftest import Visit, serving, settled, watch
from tests.conftest import Built

HEADLINE = ".st-key-headline"
MOST_STEPS = 400
"""Presses of Tab after which a control counts as out of reach."""

STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"

STEP = """
() => {
  const SAID = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor', 'backgroundColor', 'color', 'textDecoration',
    'opacity', 'clipPath', 'height'];
  const look = (element) => {
    const looks = [];
    for (let box = element, up = 0; box && up < 5; box = box.parentElement, up += 1)
      for (const part of [null, '::before', '::after']) looks.push(SAID.map((name) => getComputedStyle(box, part)[name]).join());
    return looks.join('|');
  };
  const walk = window.walk ??= { reached: new Set(), unseen: [], last: null };
  const element = document.activeElement?.closest('canvas') ?? document.activeElement;
  if (element && walk.last?.element === element) return true;
  if (walk.last && walk.last.element.isConnected && look(walk.last.element) === walk.last.look) walk.unseen.push(walk.last.element.outerHTML.slice(0, 200));
  if (!element || element === document.body || walk.reached.has(element)) return false;
  walk.reached.add(element);
  walk.last = { element, look: look(element) };
  return true;
}
"""
"""Notes the element with the focus, and whether the one before it looks otherwise without; false at the end of the page.
A table of Streamlit's lets Tab go through its cells, and draws the one that has the focus on its canvas."""

MISSED = """
() => {
  const reached = [...window.walk.reached];
  const controls = document.querySelectorAll('a[href], button, input, select, textarea, summary');
  const isOne = (element) => reached.some((other) => other === element || (element.name && other.name === element.name && other.type === 'radio')
    || (element.closest('[role=radiogroup]') && element.closest('[role=radiogroup]') === other.closest('[role=radiogroup]')));
  return [...controls]
    .filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !control.disabled && !control.closest('[aria-hidden=true], [inert]'))
    .filter((control) => !isOne(control) && !(control.tabIndex < 0 && control.getAttribute('aria-haspopup') === 'listbox'))
    .map((control) => control.outerHTML.slice(0, 200));
}
"""
"""The controls on the page that Tab did not come to; of radio buttons one is enough, arrow keys lead to the others,
and open the list beside a field."""


@pytest.fixture
def own(built: Built, context: BrowserContext, tmp_path: Path) -> Iterator[Visit]:
    """A tab on a server with a folder of decisions of its own, beside which views are saved."""
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    with serving(Settings(built.settings.documents_dir, reviews, built.settings.output_dir)) as address:
        tab = Visit(context.new_page(), address)
        watch(tab)
        yield tab
        tab.page.close()
        assert (tab.outside, tab.errors) == ([], [])


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until a control has the focus."""
    target.first.wait_for()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate_all("found => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"Tab does not come to {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)
    settled(page)


@pytest.mark.parametrize("name", TITLES)
def test_tab_comes_to_every_control_and_its_focus_is_seen(visit: Visit, name: str) -> None:
    page = visit.open(name)
    page.add_style_tag(content=STILL)
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if not page.evaluate(STEP):
            break
    else:
        pytest.fail("the focus does not come to the end of the page")
    assert page.evaluate("window.walk.unseen") == []
    assert page.evaluate(MISSED) == []


def test_filters_chips_and_figures_by_keyboard(visit: Visit) -> None:
    page = visit.open("timeline")
    sidebar = page.get_by_test_id("stSidebar")
    press(page, sidebar.locator("details[data-field=states] summary"))
    press(page, sidebar.locator("details[data-field=states] input[type=checkbox]"), "Space")
    expect(page).to_have_url(re.compile("state=|review="))
    press(page, page.get_by_role("button", name=re.compile("^Remove:")))
    expect(page.locator(HEADLINE)).to_contain_text("12 events")
    twin = page.locator("[class*=st-key-twin_timeline_bars] details")
    press(page, twin.locator("summary").first)
    press(page, twin.get_by_role("button").first)
    expect(page.locator(HEADLINE)).not_to_contain_text("12 events")
    expect(page).to_have_url(re.compile(r"from=.*main=|main=.*from="))


def test_an_event_a_saved_view_and_a_file_by_keyboard(own: Visit) -> None:
    page = own.open("events?sector=space")
    press(page, page.get_by_role("combobox", name="Open an event"), "ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("event="))
    settled(page)
    press(page, page.locator(".st-key-navigation").get_by_role("link", name="Events"))
    expect(page.locator(HEADLINE)).to_contain_text("3 events")
    press(page, page.locator(".st-key-views button").first)
    tab_to(page, page.get_by_label("Name of this view"))
    page.keyboard.type("Space, all of it")
    press(page, page.get_by_role("button", name="Save this view"))
    expect(page.get_by_role("link", name="Space, all of it")).to_be_visible()
    page.keyboard.press("Escape")
    tab_to(page, page.get_by_role("button", name=re.compile("^Download 3 events")))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(content)))) == 3
