"""Clicking through the charts, in a real browser: a bar, a stretch of the axis, a cell, a site."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, settled

HEADLINE = ".st-key-headline"
MAP_STEP = 8
"""Pixels between two looks for a site on the map; its smallest circle is larger."""


def figure(page: Page, name: str) -> Locator:
    return page.locator(f"[class*=st-key-{name}_] .js-plotly-plot").first


def click_mark(page: Page, marks: Locator, number: int = 0) -> None:
    """Click in the middle of a mark, with the mouse, as a person does."""
    mark = marks.nth(number)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    settled(page)


def test_a_click_on_a_bar_narrows_to_its_month_and_sector(visit: Visit) -> None:
    page = visit.open("timeline?sector=space")
    expect(page.locator(HEADLINE)).to_contain_text("3 events")
    page = visit.open("timeline")
    bars = figure(page, "timeline_bars").locator(".barlayer .point path")
    expect(bars.first).to_be_visible()
    click_mark(page, bars)
    expect(page.locator(HEADLINE)).to_contain_text(re.compile(r"mainly in \w+.*between 1 .* and 3"))
    expect(page).to_have_url(re.compile(r"main=\w+.*from=20\d\d-\d\d-01|from=20\d\d-\d\d-01.*main=\w+"))
    counted = re.match(r"(\d+) event", page.locator(HEADLINE).inner_text())
    assert counted is not None
    expect(page.get_by_role("button", name=re.compile(rf"Download {counted[1]} event"))).to_be_visible()


def test_a_drag_along_the_dates_narrows_to_them(visit: Visit) -> None:
    page = visit.open("timeline")
    axis = figure(page, "timeline_bars_axis")
    axis.scroll_into_view_if_needed()
    box = axis.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, height, steps=8)
    page.mouse.up()
    expect(page.locator(HEADLINE)).to_contain_text("2 events in 1 document, May 2024")
    expect(page).to_have_url(re.compile(r"from=2024-05-01"))


def test_a_click_on_a_sectors_bar_narrows_to_the_sector(visit: Visit) -> None:
    page = visit.open("breakdowns")
    bars = page.locator(".js-plotly-plot").first.locator(".barlayer .point path")
    expect(bars.first).to_be_visible()
    click_mark(page, bars)
    expect(page).to_have_url(re.compile(r"(main|sector)=\w+"))
    expect(page.locator(HEADLINE)).not_to_contain_text("12 events")


def test_a_click_on_the_network_narrows_to_an_actor_and_on_a_line_to_both(visit: Visit) -> None:
    page = visit.open("actors")
    drawn = figure(page, "network").locator(".scatterlayer .trace")
    expect(drawn.last.locator(".points path").first).to_be_visible()
    click_mark(page, drawn.nth(-2).locator(".points path"))
    expect(page).to_have_url(re.compile(r"actor=\w+.*also-actor=\w+"))
    expect(page.locator(HEADLINE)).to_contain_text(re.compile(r"\d events? in \d documents?.*together with"))


def test_a_click_on_a_cell_of_the_matrix_narrows_to_both(visit: Visit) -> None:
    page = visit.open("actors?who=country")
    cells = figure(page, "who_matrix").locator(".barlayer .point path")
    expect(cells.first).to_be_visible()
    click_mark(page, cells)
    expect(page).to_have_url(re.compile(r"country=\w+.*also-country=\w+"))


def test_a_click_on_a_cell_narrows_to_both_of_its_values(visit: Visit) -> None:
    page = visit.open("breakdowns?rows=country&columns=year")
    cells = figure(page, "crossing").locator(".barlayer .point path")
    expect(cells.first).to_be_visible()
    click_mark(page, cells)
    expect(page).to_have_url(re.compile(r"country=\w+.*from=20\d\d-01-01|from=20\d\d-01-01.*country=\w+"))


def test_a_click_on_a_site_narrows_to_the_place(visit: Visit) -> None:
    page = visit.open("map")
    canvas = page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    expect(canvas).to_be_visible()
    page.wait_for_timeout(1500)
    where = site_under_the_mouse(page, canvas)
    page.mouse.move(where[0] + 1, where[1])
    page.mouse.click(where[0], where[1], delay=80)
    expect(page).to_have_url(re.compile(r"place=geonames"))
    expect(page.locator(HEADLINE)).to_contain_text(
        re.compile(r"\d events? in \d documents?.* at (Beijing|Dushanbe|Hefei|Islamabad|Hangzhou|Xichang)")
    )


def site_under_the_mouse(page: Page, canvas: Locator) -> tuple[float, float]:
    """Move the mouse over the map, row by row, until a site shows its tooltip."""
    box = canvas.bounding_box()
    assert box is not None
    tooltip = page.locator(".deck-tooltip")
    for row in range(int(box["height"] / 3), int(box["height"] * 2 / 3), MAP_STEP):
        for column in range(int(box["width"] / 4), int(box["width"] * 3 / 4), MAP_STEP):
            page.mouse.move(box["x"] + column, box["y"] + row)
            if tooltip.count() and tooltip.first.is_visible():
                return box["x"] + column, box["y"] + row
    raise AssertionError("no site on the map")


def test_a_place_without_a_point_can_be_chosen_beside_the_map(visit: Visit) -> None:
    page = visit.open("map")
    page.get_by_role("button", name=re.compile("Held online")).click()
    expect(page.locator(HEADLINE)).to_contain_text("1 event in 1 document")
    expect(page).to_have_url(re.compile("place=virtual"))


def test_a_bar_can_be_clicked_again_after_the_filter_is_cleared(visit: Visit) -> None:
    page = visit.open("breakdowns")
    for _ in range(2):
        click_mark(page, page.locator(".js-plotly-plot").first.locator(".barlayer .point path"))
        expect(page).to_have_url(re.compile(r"(main|sector)=\w+"))
        page.get_by_role("button", name="Clear filters").click()
        expect(page.locator(HEADLINE)).to_contain_text("12 events")
        settled(page)
