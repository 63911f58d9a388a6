"""The filters in a real browser: by mouse, by keyboard, on a phone, ticked faster than the server answers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit, settled, tick, watch

COUNT = re.compile(r"^\d+")


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    """A tab as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    tab = Visit(context.new_page(), address)
    watch(tab)
    yield tab
    context.close()
    assert tab.outside == []
    assert tab.errors == []


def facet(page: Page, name: str) -> Locator:
    return page.locator(f"details[data-field={name}]")


def numbers(field: Locator) -> dict[str, int]:
    """The values that a facet shows, with their numbers."""
    rows = field.locator(".values li").all()
    return {row.locator(".name").inner_text(): int(row.locator(".number").inner_text().split()[0]) for row in rows}


def test_the_number_beside_a_value_is_the_count_after_the_tick(visit: Visit) -> None:
    page = visit.open("events?sector=space")
    types = facet(page, "types")
    shown = numbers(types)
    assert shown["Launch"] == 1
    assert shown["Visit"] == 0
    assert list(shown.values()) == sorted(shown.values(), key=lambda number: not number)
    tick(page, "Event types", "Launch")
    expect(page.locator(".st-key-headline")).to_contain_text("1 event in 1 document")
    settled(page)
    assert numbers(types)["Launch"] == 1
    assert numbers(types)["Breakthrough"] == 1
    expect(page.get_by_role("status").filter(has_text=re.compile("^1 of 12 events$"))).to_be_attached()


def test_ticks_that_come_faster_than_answers_all_count(visit: Visit) -> None:
    page = visit.open("events")
    field = facet(page, "sectors")
    field.get_by_role("button", name="Show all").click()
    for value in ("Space", "Energy", "Health"):
        field.get_by_role("checkbox", name=value).click()
    facet(page, "types").get_by_role("checkbox", name="Launch").click()
    page.wait_for_url("**/events?sector=space&sector=energy&sector=health&type=launch&build=*")
    settled(page)
    expect(field.get_by_role("checkbox", checked=True)).to_have_count(3)


@pytest.mark.parametrize("pause", [0, 40, 120, 300])
def test_a_tick_in_the_moment_of_back_counts_or_is_gone_and_the_page_says_which(visit: Visit, pause: int) -> None:
    page = visit.open("overview")
    page.locator(".st-key-navigation").get_by_role("link", name="Events", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Events", exact=True)).to_be_visible()
    settled(page)
    page.evaluate(
        """pause => { history.back();
                      setTimeout(() => document.querySelector("details[data-field=sectors] input").click(), pause); }""",
        pause,
    )
    page.wait_for_timeout(pause + 1500)
    settled(page)
    expect(page.locator(".facets")).to_have_attribute("aria-busy", "false")
    ticked = facet(page, "sectors").get_by_role("checkbox", checked=True).count()
    assert ticked == page.url.count("sector=")
    assert bool(ticked) == (" — in " in page.locator(".st-key-headline p").first.inner_text())


def test_the_keyboard_opens_ticks_and_stays_where_it_was(visit: Visit) -> None:
    page = visit.open("events")
    facet(page, "sectors").locator("summary").focus()
    page.keyboard.press("Tab")
    expect(facet(page, "sectors").get_by_role("checkbox", name="Space")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".st-key-headline")).to_contain_text("in space")
    settled(page)
    expect(facet(page, "sectors").get_by_role("checkbox", name="Space")).to_be_focused()
    facet(page, "precisions").locator("summary").focus()
    page.keyboard.press("Enter")
    expect(facet(page, "precisions").get_by_role("checkbox", name="The day")).to_be_visible()


def test_a_long_list_is_searched_by_another_writing_of_a_name(visit: Visit) -> None:
    page = visit.open("events")
    field = facet(page, "actors")
    field.locator("summary").click()
    field.get_by_role("searchbox", name="Find in Organisations and people").fill("igbal")
    expect(field.locator(".values li")).to_have_count(1)
    expect(field.locator(".values li .name")).to_contain_text("Ahsan Iqbal")
    expect(field.locator(".values li .name")).to_contain_text("as Ahsan Igbal")
    field.get_by_role("checkbox", name="Ahsan Iqbal").click()
    expect(page.locator(".st-key-headline")).to_contain_text("with Ahsan Iqbal")


def test_what_an_event_must_also_have_is_unticked_in_its_facet(visit: Visit) -> None:
    page = visit.open("events?country=CHN&also-country=PAK")
    field = facet(page, "countries")
    expect(field.locator("summary")).to_contain_text("2 set")
    field.get_by_role("checkbox", name="together with Pakistan").click()
    page.wait_for_url("**/events?country=CHN&build=*")


def test_a_chip_takes_its_part_away_and_says_so_to_those_who_hear_it(visit: Visit) -> None:
    page = visit.open("timeline?sector=space&sector=energy&q=china")
    page.get_by_role("button", name="Remove: in space").click()
    page.wait_for_url("**/timeline?sector=energy&q=china&build=*")
    expect(page.get_by_role("button", name=re.compile("^Remove:"))).to_have_count(2)


def test_what_each_filter_removes_is_told_on_demand(visit: Visit) -> None:
    page = visit.open("events?sector=space&q=satellite")
    before = int(COUNT.findall(page.locator(".st-key-headline").inner_text())[0])
    page.get_by_role("button", name="What each filter removes").click()
    way = page.get_by_role("button", name="Without “in space”")
    gained = re.search(r": (no|\d+) more", way.inner_text())
    assert gained
    gain = 0 if gained[1] == "no" else int(gained[1])
    way.click()
    page.wait_for_url("**/events?q=satellite&build=*")
    settled(page)
    assert int(COUNT.findall(page.locator(".st-key-headline").inner_text())[0]) == before + gain


def test_on_a_phone_a_button_with_words_opens_the_filters_and_another_goes_back(phone: Visit) -> None:
    page = phone.open("events?sector=space&type=launch")
    opener = page.get_by_role("button", name="Filters · 2 set")
    assert opener.bounding_box()["height"] >= 24  # type: ignore[index]  # it is visible, so it has a box
    opener.click()
    expect(page.get_by_role("searchbox", name="Search", exact=True)).to_be_visible()
    expect(opener).to_be_hidden()
    tick(page, "Event types", "Breakthrough")
    page.get_by_role("button", name="Show 2 events").click()
    expect(page.get_by_role("button", name="Filters · 3 set")).to_be_visible()
    expect(page.locator(".st-key-headline")).to_contain_text("2 events")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
