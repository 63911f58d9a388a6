"""One selection: in the sidebar, in the sentence, in the address and in the file, in a real browser."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, tick


def type_day(page: Page, label: str, digits: str) -> None:
    """Type a day into a date field, from its first part on."""
    page.get_by_test_id("stSidebar").get_by_label(label).first.get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def params(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def downloaded(page: Page, name: str) -> tuple[str, list[dict[str, str]]]:
    """The file behind a button whose label matches: its name and its rows."""
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(name)).click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return download.value.suggested_filename, list(csv.DictReader(io.StringIO(content)))


def test_a_sector_narrows_every_page_the_address_and_the_file(visit: Visit) -> None:
    page = visit.open()
    expect(page.locator(".st-key-headline")).to_contain_text("12 events in 3 documents, May 2024 to November 2025")
    tick(page, "Sectors", "Space")
    expect(page.locator(".st-key-headline")).to_contain_text("3 events in 1 document, July 2025")
    expect(page).to_have_url(re.compile(r"sector=space"))
    for name in ("Timeline", "Map", "Breakdowns", "Events"):
        page.locator(".st-key-navigation").get_by_role("link", name=name).click()
        expect(page.locator("h1").first).to_have_text(name)
        expect(page.locator(".st-key-headline")).to_contain_text("3 events in 1 document")
        assert params(page)["sector"] == ["space"]
    name, rows = downloaded(page, r"Download 3 events")
    assert [row["type"] for row in rows] == ["Launch", "Breakthrough", "Establishment"]
    assert all("Space" in row["sectors"] for row in rows)
    assert re.search(r"3.*space", name)


def test_days_narrow_and_a_month_only_event_stays(visit: Visit) -> None:
    page = visit.open("events")
    type_day(page, "From (first day)", "20250721")
    expect(page).to_have_url(re.compile("from=2025-07-21"))
    type_day(page, "To (last day)", "20250723")
    expect(page.locator(".st-key-headline")).to_contain_text("5 events in 1 document, July 2025")
    assert (params(page)["from"], params(page)["to"]) == (["2025-07-21"], ["2025-07-23"])
    _, rows = downloaded(page, r"Download 5 events")
    assert {row["date_edtf"] for row in rows} == {
        "2025-07-23",
        "2025-07-22",
        "2025-07-21",
        "2025-07-20/2025-07-22",
        "2025-07?",
    }


def test_search_finds_the_scanners_spelling_and_shows_the_persons_name(visit: Visit) -> None:
    page = visit.open("events")
    page.get_by_test_id("stSidebar").get_by_role("searchbox", name="Search").fill("igbal")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-headline")).to_contain_text("3 events in 2 documents")
    _, rows = downloaded(page, r"Download 3 events")
    assert all("Ahsan Iqbal" in row["persons"] for row in rows)


def test_nothing_selected_says_what_to_do(visit: Visit) -> None:
    page = visit.open("timeline?sector=space&country=TJK")
    expect(page.get_by_test_id("stAlert")).to_contain_text("No event of 12")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator(".st-key-headline")).to_contain_text("12 events")
    assert set(params(page)) == {"build"}


def test_the_quotes_file_has_a_row_for_each_quote(visit: Visit) -> None:
    page = visit.open("events?type=launch")
    label = page.get_by_role("button", name=re.compile(r"Download \d+ quotes")).inner_text()
    _, rows = downloaded(page, r"Download \d+ quotes")
    assert f"Download {len(rows)} quotes" in label
    assert "Pakistan successfully <u>launched</u> a remote-sensing satellite" in " ".join(row["quote"] for row in rows)
