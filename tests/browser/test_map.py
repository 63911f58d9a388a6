"""The map's layers in a real browser: a click on an arc, on a country, and the playback by keyboard."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, settled
from tests.browser.test_charts import HEADLINE


def canvas(page: Page) -> Locator:
    found = page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    expect(found).to_be_visible()
    page.wait_for_timeout(1500)
    return found


def click_mark(page: Page, says: str) -> None:
    """Move over the map until its tooltip stays and says this, and click there as a person does."""
    box = canvas(page).bounding_box()
    assert box is not None
    tooltip = page.locator(".deck-tooltip")
    for column in (0.5, 0.45, 0.55, 0.4, 0.6):
        for row in range(0, int(box["height"]), 4):
            x, y = box["x"] + box["width"] * column, box["y"] + row
            page.mouse.move(x, y)
            if not tooltip.count() or not tooltip.first.is_visible():
                continue
            page.wait_for_timeout(500)  # a slow machine shows the tooltip of where the mouse was before
            page.mouse.move(x + 1, y)
            page.wait_for_timeout(500)
            if tooltip.count() and tooltip.first.is_visible() and re.search(says, tooltip.first.inner_text()):
                before = page.url
                for _ in range(
                    3
                ):  # where nothing follows, a person clicks again: on a busy machine the map can miss a click
                    page.mouse.click(x + 1, y, delay=80)
                    page.wait_for_timeout(2500)
                    if page.url != before:
                        return
    raise AssertionError(f"no mark on the map says {says}")


def test_a_click_on_a_country_narrows_to_it(visit: Visit) -> None:
    page = visit.open("map?layer=countries&part=held")
    click_mark(page, "event")
    expect(page).to_have_url(re.compile(r"in=(CHN|PAK|TJK)"))
    expect(page.locator(HEADLINE)).to_contain_text(re.compile("held in (China|Pakistan|Tajikistan)"))
    expect(page).to_have_url(re.compile("layer=countries.*part=held|part=held.*layer=countries"))


def test_a_click_on_an_arc_narrows_to_both_its_countries(visit: Visit) -> None:
    page = visit.open("map?layer=links&country=TJK")
    click_mark(page, " and ")
    expect(page).to_have_url(re.compile("also-country=[A-Z]{3}"))
    expect(page.locator(HEADLINE)).to_contain_text("together with")


def test_the_playback_moves_by_the_arrow_keys_and_the_map_stays_where_it_is(visit: Visit) -> None:
    page = visit.open("map")
    canvas(page)
    page.locator(".st-key-playback input[type=range]").focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("Until the end of May 2024")).to_be_visible()
    expect(page.get_by_text("2 of 2 events at 2 places")).to_be_visible()
    settled(page)
    page.evaluate("document.querySelector('[data-testid=stDeckGlJsonChart] canvas').dataset.seen = 'yes'")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Until the end of May 2024")).to_have_count(0)
    expect(page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_have_attribute("data-seen", "yes")
    expect(page.locator(HEADLINE)).to_contain_text("12 events")


def test_the_playback_plays_to_its_end(visit: Visit) -> None:
    page = visit.open("map")
    canvas(page)
    page.get_by_role("button", name="Play through time").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_text("Until the end of")).to_have_count(2)
    expect(page.get_by_role("button", name="Play through time")).to_be_visible(timeout=40_000)
    expect(page.get_by_text("11 of 12 events at 6 places")).to_have_count(1)


def test_a_place_has_an_address_that_opens_it_and_back_leads_to_the_map(visit: Visit) -> None:
    page = visit.open("map")
    page.locator(".st-key-map_list_sites").get_by_role("link", name="About").first.click()
    expect(page.locator("h1")).to_have_text("Beijing")
    expect(page).to_have_url(re.compile("place_page=geonames"))
    page.go_back()
    settled(page)
    expect(page.locator("h1")).to_have_text("Map")
    page.go_forward()
    settled(page)
    expect(page.locator("h1")).to_have_text("Beijing")
