"""A random walk over the controls of all pages: after each step the sentence, the table, the file and the address say one thing.

Each walk is made by its seed. When one fails, it says by which steps; `python -m tests.browser.test_walk SEED STEPS` walks as far
as one likes.
"""

import csv
import io
import random
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright

from dashboard.app_pages.links import TITLES
from dashboard.settings import current
from tests.browser.chromium import ARGUMENTS, system_chromium
from tests.browser.conftest import Visit, serving, settled, watch

SEEDS, STEPS = range(4), 75
FRESH_EVERY = 20
"""So many steps lie between two looks at the address in a tab of its own."""

WORDS = ("satellite", "Iqbal", "laboratory", "Tajikistan", "agriculture", "zzzz", "“", "")
BROKEN = "[data-testid=stException], [data-testid=stAlert]:has-text('encountered an error')"
NUMBER = re.compile(r"[\d,]+")
REVIEW = re.compile("/review[?]|/review$")
"""The page on which a press is a decision; the walk looks at it and presses nothing there but filters."""

SHOWN = """
all => all.map((one, rank) => (one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length ? rank : -1)).filter((rank) => rank >= 0)
"""

QUIET = """
() => {
  const state = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState;
  const now = performance.now();
  const isAsking = document.querySelector('.facets[aria-busy=true]');
  if (state !== 'notRunning' || isAsking) window.ranUntil = now;
  window.ranUntil ??= now;
  return now - window.ranUntil > 400;
}
"""
"""No script has run for a while, and no tick is on its way: a click reaches Python a moment after it was made."""


@dataclass
class Walk:
    """One tab on its way: the steps that it took, and what its seed has in store."""

    visit: Visit
    context: BrowserContext
    chance: random.Random
    steps: list[str] = field(default_factory=list)
    seen_file: str = ""

    @property
    def page(self) -> Page:
        return self.visit.page

    def one(self, found: Locator) -> Locator | None:
        """One of the elements that can be seen, or None."""
        shown = found.evaluate_all(SHOWN)
        return found.nth(self.chance.choice(shown)) if shown else None


Step = Callable[[Walk], str | None]
"""Does something; says what, or None if the page has nothing of the kind."""


def go(walk: Walk) -> str:
    name = walk.chance.choice(list(TITLES.values()))
    walk.page.locator(".st-key-navigation").get_by_role("link", name=name, exact=True).click(delay=60)
    walk.page.get_by_role("heading", level=1, name=name, exact=True).first.wait_for()
    return f"go to {name}"


def tick(walk: Walk) -> str | None:
    return press(walk, "tick", walk.page.locator("details.facet label:has(input[type=checkbox])"))


def open_facet(walk: Walk) -> str | None:
    return press(walk, "open or close", walk.page.locator("details.facet > summary, details.facet button.more"))


def remove(walk: Walk) -> str | None:
    return press(walk, "chip", walk.page.locator("[class*=st-key-chip_] button, [class*=st-key-without_] button"))


def narrow_by_twin(walk: Walk) -> str | None:
    walk.page.locator("details.twin").evaluate_all("all => all.forEach(one => { one.open = true; })")
    return press(walk, "twin", walk.page.locator("details.twin table button"))


def click_mark(walk: Walk) -> str | None:
    mark = walk.one(walk.page.locator(".js-plotly-plot .barlayer .point path, .js-plotly-plot .heatmaplayer image"))
    return click_at(walk, "mark", mark)


def click_map(walk: Walk) -> str | None:
    return click_at(walk, "map", walk.one(walk.page.locator("[data-testid=stDeckGlJsonChart] canvas")))


def choose_view(walk: Walk) -> str | None:
    return press(walk, "view", walk.page.locator("[class*=st-key-view_] button[role=radio][aria-checked=false]"))


def follow(walk: Walk) -> str | None:
    return press(walk, "follow", walk.page.locator("[data-testid=stMain] [data-testid=stPageLink] a"))


def search(walk: Walk) -> str:
    words = walk.chance.choice(WORDS)
    box = walk.page.locator(".st-key-filter_text input")
    box.fill(words)
    box.press("Enter")
    return f"search “{words}”"


def clear(walk: Walk) -> str | None:
    return press(walk, "clear", walk.page.locator(".st-key-clear_sidebar button:enabled"))


def back(walk: Walk) -> str | None:
    if not walk.page.evaluate("navigation.canGoBack && navigation.currentEntry.index > 0"):
        return None
    walk.page.go_back()
    return "Back"


def forward(walk: Walk) -> str | None:
    if not walk.page.evaluate("navigation.canGoForward"):
        return None
    walk.page.go_forward()
    return "Forward"


def press(walk: Walk, what: str, found: Locator) -> str | None:
    if REVIEW.search(walk.page.url) and what not in ("tick", "open or close", "clear"):
        return None
    control = walk.one(found)
    if control is None:
        return None
    words = " ".join(control.inner_text().split())
    control.click(delay=30)
    return f"{what} “{words}”"


def click_at(walk: Walk, what: str, target: Locator | None) -> str | None:
    """Click somewhere on a mark or a map, with the mouse, as a person does."""
    if target is None:
        return None
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    if box is None:
        return None
    across, down = (walk.chance.uniform(0.2, 0.8) for _ in range(2))
    walk.page.mouse.move(box["x"] + box["width"] * across - 1, box["y"] + box["height"] * down)
    walk.page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down, delay=80)
    return f"{what} at {across:.2f}, {down:.2f}"


WAYS: dict[Step, int] = {
    go: 5, tick: 4, open_facet: 1, remove: 3, narrow_by_twin: 4, click_mark: 4, click_map: 2, choose_view: 4, follow: 2, search: 1,
    clear: 2, back: 3, forward: 2,
}  # fmt: skip
"""The steps and how often each is tried; most narrow, so that what widens has to come as often."""


def take_step(walk: Walk) -> None:
    """Do one thing that the page offers."""
    while True:
        (step,) = walk.chance.choices(list(WAYS), list(WAYS.values()))
        done = step(walk)
        if done:
            walk.steps.append(done)
            return


# --- what must be the same after each step -------------------------------------------------------------------------------


def selected_count(page: Page) -> int:
    """The number of selected events, as the filters say it on every page."""
    return number(page.locator(".facets [role=status]").first.text_content())


def number(text: str | None) -> int:
    """The first number of a text."""
    found = NUMBER.search(text or "")
    assert found is not None, f"no number in “{text}”"
    return int(found[0].replace(",", ""))


def rest(page: Page) -> None:
    """Wait until the page has answered what was done."""
    page.evaluate("window.ranUntil = performance.now()")
    page.wait_for_function(QUIET, timeout=60_000)
    settled(page)


def check(walk: Walk) -> None:
    """The page is whole, and everything on it that counts the selection has one number."""
    page = walk.page
    rest(page)
    assert page.locator(BROKEN).count() == 0
    assert (walk.visit.outside, walk.visit.errors) == ([], [])
    count = selected_count(page)
    sentence = page.locator(".st-key-headline p").first
    has_sentence = sentence.count() > 0
    if has_sentence:
        assert number(sentence.inner_text()) == count
    grid = page.locator(".st-key-events_table [role=grid]")
    if grid.count():
        assert int(grid.first.get_attribute("aria-rowcount") or 0) - 1 == count
    check_file(walk, count if has_sentence else None)


def check_file(walk: Walk, count: int | None) -> None:
    """The button's number is that of the file's rows, and of the sentence; a file is loaded once for each address."""
    button = walk.page.locator(".st-key-download_events button:enabled")
    if not button.count():
        return
    said = number(button.inner_text())
    assert count is None or said == count
    if walk.seen_file != walk.page.url:
        with walk.page.expect_download() as waiting:
            button.click()
        content = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(content)))) == said
        walk.seen_file = walk.page.url


def check_fresh(walk: Walk) -> None:
    """The address alone restores what is selected, in another tab."""
    there = Visit(walk.context.new_page(), walk.visit.address)
    watch(there)
    there.page.goto(walk.page.url)
    fresh = replace(walk, visit=there, seen_file="")
    check(fresh)
    assert selected_count(there.page) == selected_count(walk.page)
    assert there.page.locator("h1").first.inner_text() == walk.page.locator("h1").first.inner_text()
    there.page.close()


def take(walk: Walk, step_count: int) -> None:
    walk.visit.open("overview")
    for step in range(1, step_count + 1):
        take_step(walk)
        check(walk)
        if step % FRESH_EVERY == 0:
            check_fresh(walk)


@contextmanager
def told(walk: Walk) -> Iterator[None]:
    """On failure, say by which steps the walk came here."""
    try:
        yield
    finally:
        print(f"after {len(walk.steps)} steps, at {walk.page.url}:", *walk.steps, sep="\n  ")


@pytest.mark.parametrize("seed", SEEDS)
def test_sentence_table_file_and_address_agree_wherever_one_goes(
    visit: Visit, context: BrowserContext, seed: int
) -> None:
    walk = Walk(visit, context, random.Random(seed))  # noqa: S311 - it chooses steps, and keeps no secret
    with told(walk):
        take(walk, STEPS)


def main() -> None:
    seed, step_count = int(sys.argv[1]), int(sys.argv[2])
    with serving(current()) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_chromium(), args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        visit = Visit(context.new_page(), address)
        watch(visit)
        walk = Walk(visit, context, random.Random(seed))  # noqa: S311 - as above
        with told(walk):
            take(walk, step_count)
        browser.close()


if __name__ == "__main__":
    main()
