"""The address bar and the screen are one state, in a real browser, whatever the visitor does."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, settled, tick

HEADLINE = ".st-key-headline p"
CLICK_MS = 60
"""How long a hand holds the button. A click of no length overtakes a text field, whose words Streamlit sends when it loses
the focus; then the run for the words comes last and stays on the page."""

ALL = re.compile(r"^\d+ events in \d+ documents, [^—]+$")
IN_SPACE = re.compile(r"^\d+ events in 1 document, .* — in space$")


def path(visit: Visit) -> str:
    return visit.page.url.removeprefix(visit.address)


def at(visit: Visit, path: str) -> None:
    named = f"{visit.address}{path}{'&' if '?' in path else '?'}build="
    visit.page.wait_for_url(re.compile(rf"{re.escape(named)}[0-9a-f]{{8}}$"))
    settled(visit.page)


def headline(visit: Visit) -> str:
    settled(visit.page)
    return visit.page.locator(HEADLINE).first.inner_text()


def expect_headline(visit: Visit, text: str | re.Pattern[str]) -> None:
    visit.page.locator(HEADLINE, has_text=text).first.wait_for()
    settled(visit.page)


def search(visit: Visit, words: str) -> None:
    box = visit.page.locator(".st-key-filter_text input")
    box.fill(words)
    box.press("Enter")


def go_to(visit: Visit, page: str) -> None:
    visit.page.locator(".st-key-navigation").get_by_role("link", name=page).click(delay=CLICK_MS)
    visit.page.get_by_role("heading", level=1, name=page).wait_for()
    settled(visit.page)


@pytest.mark.parametrize("page", ["overview", "map", "documents"])
def test_a_link_restores_the_filters_on_every_page(visit: Visit, page: str) -> None:
    visit.open(f"{page}?sector=space&from=2025-07-01&to=2025-07")
    assert "in space" in headline(visit)
    assert "between 1 July 2025 and 31 July 2025" in headline(visit)
    assert "sector=space" in path(visit)
    assert "from=2025-07-01" in path(visit)


def test_a_filter_changes_the_address_and_back_and_forward_undo_and_redo_it(visit: Visit) -> None:
    visit.open("events")
    expect_headline(visit, ALL)
    tick(visit.page, "Sectors", "Space")
    at(visit, "/events?sector=space")
    expect_headline(visit, "in space")
    tick(visit.page, "Event types", "Launch")
    at(visit, "/events?sector=space&type=launch")
    expect_headline(visit, "of type launch")
    visit.page.go_back()
    at(visit, "/events?sector=space")
    visit.page.locator(HEADLINE, has_text=IN_SPACE).first.wait_for()
    visit.page.go_back()
    at(visit, "/events")
    expect_headline(visit, ALL)
    assert "in space" not in headline(visit)
    visit.page.go_forward()
    at(visit, "/events?sector=space")
    visit.page.locator(HEADLINE, has_text=IN_SPACE).first.wait_for()
    expect(visit.page.locator("[data-field=sectors]").get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(visit.page.locator("[data-field=types]").get_by_role("checkbox", checked=True)).to_have_count(0)


def test_going_to_another_page_keeps_the_filters_and_makes_one_history_entry(visit: Visit) -> None:
    visit.open("")
    tick(visit.page, "Sectors", "Space")
    at(visit, "/?sector=space")
    before = visit.page.evaluate("history.length")
    go_to(visit, "Timeline")
    at(visit, "/timeline?sector=space")
    go_to(visit, "Events")
    at(visit, "/events?sector=space")
    assert visit.page.evaluate("history.length") == before + 2
    visit.page.go_back()
    at(visit, "/timeline?sector=space")
    expect_headline(visit, "in space")
    visit.page.go_back()
    at(visit, "/?sector=space")
    expect_headline(visit, "in space")
    visit.page.go_back()
    at(visit, "/")
    expect_headline(visit, ALL)


def test_a_filter_of_one_page_is_not_carried_back_to_the_page_before(visit: Visit) -> None:
    visit.open("timeline")
    go_to(visit, "Map")
    tick(visit.page, "Sectors", "Space")
    at(visit, "/map?sector=space")
    visit.page.go_back()
    at(visit, "/map")
    expect_headline(visit, ALL)
    visit.page.go_back()
    at(visit, "/timeline")
    expect_headline(visit, ALL)
    visit.page.go_forward()
    visit.page.go_forward()
    at(visit, "/map?sector=space")
    expect_headline(visit, "in space")


def test_words_typed_and_a_page_chosen_at_once_keep_the_words(visit: Visit) -> None:
    visit.open("events")
    words = visit.page.locator(".st-key-filter_text input")
    words.fill("laboratory")
    words.press("Enter")
    go_to(visit, "Timeline")
    at(visit, "/timeline?q=laboratory")
    expect_headline(visit, "laboratory")


@pytest.mark.parametrize("attempt", range(3))
def test_back_pressed_in_the_middle_of_a_run_leaves_screen_and_address_alike(visit: Visit, attempt: int) -> None:
    visit.open("events")
    tick(visit.page, "Sectors", "Space")
    at(visit, "/events?sector=space")
    search(visit, "satellite")
    visit.page.wait_for_timeout(30 * attempt)
    visit.page.go_back()
    visit.page.wait_for_timeout(1500)
    settled(visit.page)
    said = headline(visit)
    assert ("in space" in said) == ("sector=space" in path(visit))
    assert ("satellite" in said) == ("q=satellite" in path(visit))


def test_a_broken_parameter_is_named_and_left_out(visit: Visit) -> None:
    visit.open("events?sector=space&sector=astrology&to=someday&colour=red")
    for name in ("sector “astrology”", "to=someday", "colour"):
        visit.page.get_by_text(name).first.wait_for()
    at(visit, "/events?sector=space")
    expect_headline(visit, "in space")


@pytest.mark.parametrize("attempt", range(2))
def test_a_download_in_the_middle_of_a_run_holds_what_its_label_says(
    visit: Visit, attempt: int, tmp_path: Path
) -> None:
    visit.open("events")
    search(visit, "space")
    visit.page.wait_for_timeout(90 * attempt)
    button = visit.page.locator(
        ".st-key-download_events button"
    ).first  # while a page is drawn the last one's may stand below it
    with visit.page.expect_download() as waiting:
        label = button.inner_text()
        button.click()
    file = tmp_path / "events.csv"
    waiting.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        row_count = len(list(csv.DictReader(opened)))
    said = int(re.findall(r"\d+", waiting.value.suggested_filename)[0])
    assert row_count == said
    settled(visit.page)
    after = button.inner_text()
    assert str(row_count) in re.findall(r"\d+", label) + re.findall(r"\d+", after)


def test_clearing_the_filters_clears_the_address(visit: Visit) -> None:
    visit.open("events?sector=space&q=satellite")
    visit.page.get_by_role("button", name="Clear filters").click()
    at(visit, "/events")
    expect_headline(visit, ALL)
    assert visit.page.locator(".st-key-filter_text input").input_value() == ""
