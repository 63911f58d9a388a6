"""Times the review page in a real browser: a key to the next proposal, a decision to the next proposal, an upload to its proposal."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from dashboard.etl.build import build
from dashboard.settings import ROOT, Settings
from tests.browser.chromium import ARGUMENTS, system_chromium
from tests.browser.conftest import serving, settled

RUNS = 9
DOCUMENTS = ROOT / "tests" / "fixtures" / "corpus" / "open"
TITLE = ".review-title"
UPLOAD = (
    "Published 20 May 2025\n\nNicolaus Copernicus University and the University of Manchester put a radio telescope "
    "into service in Torun on 19 May 2025. It is number {number}.\n"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = _stocked(Path(folder))
        with serving(settings) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=system_chromium(), args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            _sit_down(page, address)
            _print("j to the next proposal", [_until_other_title(page, "j") for _ in range(RUNS)])
            _print("a (decision on disk) to the next proposal", [_until_other_title(page, "a") for _ in range(RUNS)])
            _print("upload to its proposal in the queue", [_upload(page, Path(folder), number) for number in range(3)])
            browser.close()


def _stocked(folder: Path) -> Settings:
    settings = Settings(folder / "documents", folder / "reviews", folder / "build")
    settings.documents_dir.mkdir()
    for path in DOCUMENTS.glob("*.txt"):
        (settings.documents_dir / path.name).write_bytes(path.read_bytes())
    build(settings)
    return settings


def _sit_down(page: Page, address: str) -> None:
    page.goto(f"{address}/review")
    settled(page)
    page.get_by_label("Your name").fill("Benchmark")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Deciding as Benchmark")).to_be_visible()
    settled(page)
    page.wait_for_timeout(4000)  # the extractor loads behind the first page


def _until_other_title(page: Page, key: str) -> float:
    settled(page)
    before = page.locator(TITLE).first.inner_text()
    return _seconds(
        page,
        lambda: page.keyboard.press(key),
        "([a, b]) => document.querySelector(a)?.innerText !== b",
        [TITLE, before],
    )


def _upload(page: Page, folder: Path, number: int) -> float:
    path = folder / f"torun{number}.txt"
    path.write_text(UPLOAD.format(number=number), encoding="utf-8")
    settled(page)
    before = page.locator("[role=radiogroup]").first.inner_text()
    page.get_by_role("button", name="Upload").first.click()
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(path)
    button = page.get_by_role("button", name="Add 1 document")
    expect(button).to_be_enabled()
    taken = _seconds(page, button.click, "b => document.querySelector('[role=radiogroup]')?.innerText !== b", before)
    page.keyboard.press("Escape")
    return taken


def _seconds(page: Page, act: Callable[[], None], holds: str, argument: object) -> float:
    started = time.perf_counter()
    act()
    page.wait_for_function(holds, arg=argument, timeout=60_000)
    return time.perf_counter() - started


def _print(what: str, seconds: list[float]) -> None:
    print(
        f"{what}: median {statistics.median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f} s, {len(seconds)} runs)"
    )


if __name__ == "__main__":
    main()
