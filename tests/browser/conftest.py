"""A real server, a real Chromium, and a record of what the page asked of the world."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from dashboard.settings import ROOT, Settings
from tests.browser.chromium import ARGUMENTS, system_chromium
from tests.conftest import Built

START_SECONDS = 60
SETTLE_MS, EXPECT_MS = 90_000, 45_000
"""Several browsers that draw in software share two cores; a wait is only as long as it must be."""

expect.set_options(timeout=EXPECT_MS)


@dataclass
class Visit:
    """One browser tab, with the requests that left the machine and the errors it logged."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Go to a page of the dashboard and wait until it has settled."""
        self.page.goto(f"{self.address}/{path}")
        settled(self.page)
        return self.page


def settled(page: Page) -> None:
    """Wait until the script has run and nothing is a skeleton any more."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=SETTLE_MS)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()


def tick(page: Page, facet: str, value: str) -> None:
    """Tick or untick a value in the sidebar as a person does, opening the facet and its whole list where that is needed."""
    field = page.get_by_test_id("stSidebar").locator("details.facet", has=page.locator("summary", has_text=facet))
    if not field.evaluate("details => details.open"):
        field.locator("summary").click()
    box = field.get_by_role("checkbox", name=re.compile(rf"^{re.escape(value)}\b"))
    if not box.count():
        field.get_by_role("button", name=re.compile("^Show (all|the first)")).click()
    box.first.click()


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """A server of the shipped build on a free port."""
    with serving(built.settings) as found:
        yield found


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The address of a server of these folders; when it has stopped, it met no error that a visitor was spared."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    folders = {
        "--documents": settings.documents_dir,
        "--reviews": settings.reviews_dir,
        "--output": settings.output_dir,
    }
    named = [part for flag, folder in folders.items() for part in (flag, str(folder))]
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port), *named]
    log = (settings.output_dir / "server.log").open("wb")
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(f"http://localhost:{port}/_stcore/health", server, Path(log.name))
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()  # a busy machine; the tests are over
            server.wait()
        log.close()
    said = Path(log.name).read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, f"the server met an error:\n{said}"


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system_chromium(), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The tabs of one visitor, whose browser keeps the scripts that it has loaded once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    """A tab; when the test is over, no request has left the machine and no error was logged."""
    tab = Visit(context.new_page(), address)
    watch(tab)
    yield tab
    tab.page.close()
    assert tab.outside == [], "requests that left the machine"
    assert tab.errors == [], "errors in the browser's console"


def watch(tab: Visit) -> None:
    """Record what is not for this machine, which the browser cannot reach, and what the page logs as an error."""

    def note_outside(request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and asked.hostname not in {"localhost", "127.0.0.1"}:
            tab.outside.append(request.url)

    def note(message: ConsoleMessage) -> None:
        # Below a page's path Streamlit first asks for its own health there, gets a 404, and then asks at the root.
        # A run that another overtakes takes its icon and its files back, which the frontend may have asked for meanwhile; it
        # draws those of the next run. A file that is missing when it is wanted fails the test that downloads it.
        address = message.location.get("url", "")
        is_overtaken = "/media/" in address or "source error - 404" in message.text
        if message.type == "error" and "/_stcore/" not in address and not is_overtaken:
            tab.errors.append(f"{message.text} at {message.location.get('url', '')}")

    tab.page.on("request", note_outside)
    tab.page.on("console", note)
    tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
