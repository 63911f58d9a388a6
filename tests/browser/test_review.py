"""Deciding in a real browser: by keys, by mouse, by two analysts, on hostile documents, and after an upload."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.decisions import Decision, append_decision, read_decisions
from dashboard.etl.build import build
from dashboard.manifest import read_manifest
from dashboard.settings import Settings
from tests.browser.conftest import Visit, serving, settled, watch

LISBON = """Lisbon and Hefei agree on the sea
Published 6 May 2025

LISBON, May 6 - The Ministry of Science of Portugal and the University of Science and Technology of China signed a memorandum of understanding on marine robotics in Lisbon on Monday.

The first joint cruise is to leave Horta on 12 June 2025. Over grilled sardines in Porto on 2 May 2025, forty engineers of the two sides had a first look at each other.
"""
OSLO = """Oslo opens a battery laboratory
Published 9 April 2025

The University of Oslo and the Indian Institute of Science inaugurated a joint battery laboratory in Oslo on 8 April 2025.
"""
HOSTILE = """<script>document.title = "owned"</script> & <img src=x onerror="document.title='owned'">
Published 3 March 2025

🚀🛰️ In 𝔅erlin \u200f(\u202bברלין\u202c) the Max Planck Society 👩🏽‍🔬 and the Weizmann Institute of Science signed an agreement on quantum sensors on 2 March 2025. <b>Done</b>.
"""
TORUN = """Torun starts a radio telescope
Published 20 May 2025

Nicolaus Copernicus University and the University of Manchester put a radio telescope into service in Torun on 19 May 2025.
"""
TITLE = ".review-title"


@pytest.fixture
def desk(workplace: Settings) -> Settings:
    for name, text in {"lisbon.txt": LISBON, "oslo.txt": OSLO, "hostile.txt": HOSTILE}.items():
        (workplace.documents_dir / name).write_text(text, encoding="utf-8")
    build(workplace)
    return workplace


@pytest.fixture
def server(desk: Settings) -> Iterator[str]:
    with serving(desk) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """An analyst at the review page who has given a name; nothing left the machine and no error was logged."""
    with_name = _analyst(browser, server, "Ana Lí")
    yield with_name
    assert (with_name.outside, with_name.errors) == ([], [])
    with_name.page.context.close()


def _analyst(browser: Browser, server: str, name: str) -> Visit:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = Visit(context.new_page(), server)
    watch(tab)
    tab.open("review")
    tab.page.get_by_label("Your name").fill(name)
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_text(f"Deciding as {name}")).to_be_visible()
    settled(tab.page)
    return tab


def open_document(page: Page, name: str) -> None:
    """Choose one document, whose only proposal is then on the screen."""
    page.locator(".st-key-review_document").get_by_role("combobox").click()
    page.get_by_role("option", name=name).click()
    expect(page.locator(".review-text")).to_contain_text(name)
    settled(page)


def title(page: Page) -> Locator:
    """The title of the event on the screen; for a moment the one before it is there too."""
    return page.locator(TITLE).first


def press(page: Page, key: str) -> None:
    settled(page)
    page.locator("h1").first.click()
    page.keyboard.press(key)


def select(page: Page, words: str) -> None:
    """Drag the mouse over some words of the document, once the page stands still."""
    settled(page)
    box = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector('.review-text'), NodeFilter.SHOW_TEXT);
            const nodes = [];
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const text = nodes.map(node => node.data).join('');
            const at = (offset) => { let left = offset; for (const node of nodes) { if (left <= node.length) return [node, left]; left -= node.length; } };
            const start = text.indexOf(words), range = document.createRange();
            range.setStart(...at(start)); range.setEnd(...at(start + words.length));
            range.startContainer.parentElement.scrollIntoView({ block: 'center' });
            const rects = [...range.getClientRects()].filter(rect => rect.width > 0), first = rects[0], last = rects[rects.length - 1];
            return [first.left + 0.5, first.top + first.height / 2, last.right, last.top + last.height / 2];
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=6)
    page.mouse.up()
    expect(page.locator(".review-status")).to_contain_text("Selected:")


def decisions(desk: Settings) -> list[Decision]:
    return list(read_decisions(desk.reviews_dir)[0])


def wait_for_decisions(page: Page, desk: Settings, count: int) -> list[Decision]:
    for _ in range(100):
        if len(decisions(desk)) >= count:
            break
        page.wait_for_timeout(100)
    settled(page)
    return decisions(desk)


def test_keys_accept_reject_with_a_reason_and_undo(visit: Visit, desk: Settings) -> None:
    page = visit.page
    expect(page.get_by_text("To decide · 3")).to_be_visible()
    first = title(page).inner_text()
    press(page, "a")
    expect(page.get_by_text("To decide · 2")).to_be_visible()
    expect(title(page)).not_to_have_text(first)
    press(page, "r")
    expect(page.get_by_text("Why is it no event?")).to_be_visible()
    press(page, "4")
    expect(page.get_by_text("Rejected · 1")).to_be_visible()
    press(page, "u")
    expect(page.get_by_text("Rejected · 0")).to_be_visible()
    press(page, "u")
    expect(page.get_by_text("To decide · 3")).to_be_visible()
    expect(title(page)).to_have_text(first)
    made = decisions(desk)
    assert [decision.action for decision in made] == ["accept", "reject", "withdraw", "withdraw"]
    assert {decision.reviewer for decision in made} == {"Ana Lí"}
    assert made[1].reason == "The machine misread the text"
    expect(page.locator(".review-history")).to_contain_text("Ana Lí accepted it (withdrawn)")


def test_no_key_is_lost_however_fast_they_follow_each_other(visit: Visit) -> None:
    page = visit.page
    titles = [title(page).inner_text()]
    for _ in range(2):
        press(page, "j")
        expect(title(page)).not_to_have_text(titles[-1])
        titles.append(title(page).inner_text())
    for key in "jjjjj":
        page.keyboard.press(key)
    expect(title(page)).to_have_text(titles[1])
    for key in "kkkk":
        page.keyboard.press(key)
    expect(title(page)).to_have_text(titles[0])


def test_keys_do_nothing_while_a_word_is_typed(visit: Visit, desk: Settings) -> None:
    page = visit.page
    search = page.locator(".st-key-filter_text input")
    search.focus()
    page.keyboard.type("arun")
    expect(search).to_have_value("arun")
    assert decisions(desk) == []


def test_a_missed_event_is_added_in_three_actions(visit: Visit, desk: Settings) -> None:
    page = visit.page
    open_document(page, "Lisbon and Hefei agree")
    words = (
        "Over grilled sardines in Porto on 2 May 2025, forty engineers of the two sides had a first look at each other."
    )
    select(page, words)
    page.keyboard.press("n")
    expect(page.get_by_text("An event that you add")).to_be_visible()
    expect(page.locator(".st-key-review_field_date")).to_contain_text("2 May 2025")
    expect(page.locator(".st-key-review_field_site")).to_contain_text("Porto")
    page.keyboard.press("Enter")
    (added,) = wait_for_decisions(page, desk, 1)
    event = added.form["event"]
    assert (added.action, event["date"], event["site"]["city"]) == ("add", "2025-05-02", "Porto")
    assert event["evidence"]["type"][0]["quote"] == words
    assert_verbatim(desk, event)


def test_an_event_is_added_without_a_mouse(visit: Visit, desk: Settings) -> None:
    page = visit.page
    open_document(page, "Lisbon and Hefei agree")
    press(page, "d")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".review-status")).to_contain_text("Selected: “")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("n")
    expect(page.get_by_text("An event that you add")).to_be_visible()
    page.keyboard.press("Enter")
    (added,) = wait_for_decisions(page, desk, 1)
    assert added.action == "add"
    assert_verbatim(desk, added.form["event"])


def test_a_date_is_corrected_by_choosing_its_words_and_the_machines_own_stays_beside_it(
    visit: Visit, desk: Settings
) -> None:
    page = visit.page
    open_document(page, "Lisbon and Hefei agree")
    press(page, "2")
    expect(page.locator(".st-key-review_editor")).to_be_visible()
    select(page, "12 June 2025")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Date (EDTF)")).to_have_value("2025-06-12")
    page.keyboard.press("Enter")
    (edit,) = wait_for_decisions(page, desk, 1)
    assert (edit.action, edit.form["field"], edit.form["value"]) == (
        "edit",
        "date",
        {"date": "2025-06-12", "date_basis": "stated"},
    )
    assert [quote["quote"] for quote in edit.form["evidence"]] == ["12 June 2025"]
    assert edit.form["machine"]["date"] == "2025-05-05"
    expect(page.locator(".st-key-review_field_date")).to_contain_text("The machine said: 5 May 2025")
    expect(page.get_by_text("In review.")).to_be_visible()


def test_the_second_of_two_analysts_is_told_and_nothing_is_lost(
    visit: Visit, browser: Browser, server: str, desk: Settings
) -> None:
    other = _analyst(browser, server, "Bo Chen")
    for page in (visit.page, other.page):
        open_document(page, "Oslo opens")
    press(other.page, "r")
    expect(other.page.get_by_text("Why is it no event?")).to_be_visible()
    press(visit.page, "a")
    wait_for_decisions(visit.page, desk, 1)
    press(other.page, "1")
    conflict = other.page.locator(".st-key-review_conflict")
    expect(conflict).to_contain_text("Ana Lí accepted it")
    assert [decision.reviewer for decision in decisions(desk)] == ["Ana Lí"]
    conflict.get_by_role("button", name="Decide anyway").click()
    made = wait_for_decisions(other.page, desk, 2)
    assert [(decision.reviewer, decision.action) for decision in made] == [("Ana Lí", "accept"), ("Bo Chen", "reject")]
    assert made[1].form["seen"] == made[0].decision_id
    assert {path.name for path in desk.reviews_dir.glob("*.jsonl")} == {"ana-li.jsonl", "bo-chen.jsonl"}
    assert (other.outside, other.errors) == ([], [])
    other.page.context.close()


def test_a_hostile_document_is_shown_letter_by_letter_and_its_offsets_are_characters(
    visit: Visit, desk: Settings
) -> None:
    page = visit.page
    page.locator(".st-key-review_document").get_by_role("combobox").click()
    page.get_by_role("option", name="owned").click()
    expect(page.locator(".review-text")).to_contain_text("Weizmann")
    settled(page)
    assert page.evaluate("document.querySelector('.review-text').textContent") == HOSTILE
    assert page.locator(".review-text").locator("script, img, b").count() == 0
    press(page, "6")
    expect(page.locator(".review-status")).to_contain_text("prove: parties")
    select(page, "Weizmann Institute of Science")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    settled(page)
    press(page, "1")
    expect(page.locator(".review-status")).to_contain_text("prove: type")
    select(page, "signed an agreement on quantum sensors")
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("Enter")
    (edit,) = wait_for_decisions(page, desk, 1)
    (quote,) = edit.form["evidence"]
    assert HOSTILE[quote["start"] : quote["end"]] == quote["quote"] == "signed an agreement on quantum sensors"
    assert "owned" not in page.title()


def test_an_uploaded_document_joins_the_queue_without_a_restart(visit: Visit, desk: Settings, tmp_path: Path) -> None:
    page = visit.page
    path = tmp_path / "torun.txt"
    path.write_text(TORUN, encoding="utf-8")
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"caf\xe9 and \x00\x01\x02\x03\x04 nothing else")
    expect(page.get_by_text("To decide · 3")).to_be_visible()
    page.get_by_role("button", name="Upload").first.click()
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([path, broken])
    page.get_by_role("button", name="Add 2 documents").click()
    expect(page.get_by_text("torun.txt was added")).to_be_visible()
    expect(page.get_by_text("To decide · 4")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("broken.txt is not")).to_be_visible()
    page.keyboard.press("Escape")
    settled(page)
    open_document(page, "Torun starts")
    expect(title(page)).to_contain_text("radio telescope")
    assert (desk.documents_dir / "torun.txt").read_text(encoding="utf-8") == TORUN


def test_published_decisions_reach_the_other_pages(visit: Visit, desk: Settings) -> None:
    page = visit.page
    press(page, "a")
    expect(page.get_by_text("1 decision is on disk and not yet in the tables")).to_be_visible()
    page.get_by_role("button", name="Publish decisions").click()
    expect(page.get_by_text("on disk and not yet in the tables")).to_have_count(0, timeout=60_000)
    page.get_by_role("link", name="Events").click()
    page.get_by_role("heading", level=1, name="Events").wait_for()
    visit.open("events?review=accepted")
    expect(page.locator(".st-key-headline p").first).to_contain_text("1 event")


def test_an_orphaned_decision_shows_both_texts_and_can_be_taken_back(desk: Settings, browser: Browser) -> None:
    event = json.loads(build_lines(desk)[0])
    form = {"action": "accept", "event_id": event["id"], "event": event, "reviewer": "Ana Lí",
            "decided_at": "2025-07-01T09:00:00+00:00", "reason": "read", "documents": {}}  # fmt: skip
    append_decision(desk.reviews_dir / "ana-li.jsonl", form)
    path = desk.documents_dir / event["document"]
    path.write_text("Corrected. " + path.read_text(encoding="utf-8"), encoding="utf-8")
    build(desk)
    with serving(desk) as address:
        tab = _analyst(browser, address, "Ana Lí")
        orphan = tab.page.locator("[class*=st-key-orphan_r]")
        expect(orphan).to_contain_text(event["evidence"]["type"][0]["quote"][:30])
        expect(orphan).to_contain_text(f"In {event['document']}, at the same place")
        orphan.get_by_role("button", name="Take it back").click()
        made = wait_for_decisions(tab.page, desk, 2)
        assert made[-1].form["decision_id"] == made[0].decision_id
        expect(orphan).to_have_count(0)
        assert (tab.outside, tab.errors) == ([], [])
        tab.page.context.close()


def build_lines(desk: Settings) -> list[str]:
    """The machine's proposals of these documents, as JSON Lines."""
    folder = desk.output_dir / read_manifest(desk.output_dir).folder
    return list(pd.read_parquet(folder / "proposals.parquet")["form"])


def assert_verbatim(desk: Settings, event: dict) -> None:
    text = (desk.documents_dir / event["document"]).read_text(encoding="utf-8")
    quotes = [quote for quotes in event["evidence"].values() for quote in quotes]
    assert quotes
    assert all(text[quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)
