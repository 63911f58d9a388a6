"""Times a filter's click in a real Chromium until every figure on the page is new, in turn with the same click in an
almost empty app: one filter, one bar chart."""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page, sync_playwright

from dashboard.settings import ROOT
from tests.browser.chromium import ARGUMENTS, system_chromium

RUNS = 7
PAGES = ("", "timeline", "map", "breakdowns", "events")
OPTIONS = ("Space", "Health")
"""Two sectors whose events lie in one month, so that every figure has to change."""

ALMOST_EMPTY = """
import plotly.graph_objects as go
import streamlit as st
chosen = st.sidebar.multiselect("Sectors", ["Space", "Health"])
st.title("Almost empty")
st.plotly_chart(go.Figure(go.Bar(x=["a", "b"], y=[1 + len(chosen), 2 + 2 * len(chosen)])))
"""

WATCH = """
() => {
  const marks = () => [...document.querySelectorAll('.js-plotly-plot')].map(
    plot => [...plot.querySelectorAll('.trace path, .trace text')].map(mark => mark.getAttribute('d') || mark.textContent).join());
  const said = () => document.querySelector('.st-key-headline')?.innerText ?? '';
  const app = document.querySelector('[data-testid=stApp]');
  const before = {marks: marks(), said: said()};
  window.taken = null;
  document.addEventListener('pointerdown', () => {
    const started = performance.now();
    const look = () => {
      const now = marks();
      const isNew = before.marks.every((mark, index) => mark === '' || now[index] !== mark) && (before.said === '' || said() !== before.said);
      if (isNew && app.dataset.testScriptState === 'notRunning') window.taken = performance.now() - started;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, {once: true, capture: true});
}
"""
"""Starts at the click on the option; ends when each Plotly figure has other marks, the sentence is another, and the script is
done. The map's circles are not looked at, only its page's sentence and the end of the script."""


@contextmanager
def served(command: list[str], port: int) -> Iterator[str]:
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                    break
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def milliseconds(page: Page, address: str, option: str) -> float:
    page.goto(address)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(1500)
    sidebar = page.get_by_test_id("stSidebar")
    theirs = sidebar.get_by_role("combobox", name="Sectors")
    if theirs.count():
        theirs.click()
    choice = page.get_by_role("option", name=option, exact=True).or_(
        sidebar.locator("[data-field=sectors]").get_by_role("checkbox", name=option)
    )
    choice.wait_for()
    page.wait_for_timeout(300)
    page.evaluate(WATCH)
    choice.click()
    page.wait_for_function("window.taken !== null", timeout=15_000)
    return float(page.evaluate("window.taken"))


def main() -> None:
    ports = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "almost_empty.py"
        empty.write_text(ALMOST_EMPTY)
        dashboard = [sys.executable, "-m", "dashboard", "serve", "--port", str(ports[0])]
        floor = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(empty),
            "--server.port",
            str(ports[1]),
            "--server.headless",
            "true",
        ]
        with served(dashboard, ports[0]) as ours, served(floor, ports[1]) as theirs, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=system_chromium(), args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            print(
                f"{'page':12s} {'dashboard':>22s} {'almost empty':>14s} {'ratio':>6s}   (ms; median, range; {RUNS} runs)"
            )
            for path in PAGES:
                milliseconds(page, f"{ours}/{path}", OPTIONS[0])
                pairs = [
                    (
                        milliseconds(page, f"{ours}/{path}", OPTIONS[run % 2]),
                        milliseconds(page, theirs, OPTIONS[run % 2]),
                    )
                    for run in range(RUNS)
                ]
                mine, floors = zip(*pairs, strict=True)
                ratio = statistics.median(one / other for one, other in pairs)
                spread = f"{statistics.median(mine):.0f} ({min(mine):.0f}–{max(mine):.0f})"
                print(
                    f"{path or 'overview':12s} {spread:>22s} {statistics.median(floors):14.0f} {ratio:6.2f}", flush=True
                )
            browser.close()


if __name__ == "__main__":
    main()
