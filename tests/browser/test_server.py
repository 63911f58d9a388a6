"""What the server sends to a real browser and to one that asks by hand."""

import gzip
import http.client
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.server import STATIC
from tests.browser.conftest import Visit

SCRIPT = next((STATIC / "static" / "js").glob("index.*.js"))


def ask(address: str, path: str, encoding: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    return answer, answer.read()


def test_a_script_is_sent_compressed_and_is_the_file(address: str) -> None:
    answer, body = ask(address, f"/static/js/{SCRIPT.name}", "gzip, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(body) < SCRIPT.stat().st_size / 2
    assert gzip.decompress(body) == SCRIPT.read_bytes()


def test_a_browser_that_does_not_unpack_gets_the_file_as_it_is(address: str) -> None:
    answer, body = ask(address, f"/static/js/{SCRIPT.name}", "identity")
    assert "content-encoding" not in answer.headers
    assert body == SCRIPT.read_bytes()


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/%2e%2e/version.py", "/static/../../../../../etc/hosts"]
)
def test_nothing_outside_the_folder_of_scripts_is_sent(address: str, path: str) -> None:
    _, body = ask(address, path, "gzip")
    assert b"localhost" not in body
    assert b"import" not in body


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=" + "a" * 1_000_000, "The address was too long (1000002 characters)"),
        ("&".join(f"sector=s{number}" for number in range(3000)), "The address was too long"),
        ("&".join(f"sector=s{number}" for number in range(900)), "894 more parts of the address were left out"),
        ("q=" + "a" * 9_000, "9,000 characters of words"),
        ("sector=" + "x" * 100_000, "sector “xxxxx"),
        ("sector=<script>document.title='owned'</script>", "sector “<script>document.title"),
        ("<img src=x onerror=document.title='owned'>=1", "which is not a filter of this dashboard"),
        ("build=../../etc", "expected eight figures and letters"),
    ],
    ids=[
        "a megabyte of words", "thousands of parts", "hundreds of parts", "many words", "a long code", "a script",
        "markup as a name", "a path as a build",
    ],
)  # fmt: skip
def test_a_hostile_address_shows_the_dashboard_and_says_what_was_left_out(visit: Visit, query: str, said: str) -> None:
    page = visit.open(f"overview?{query}")
    expect(page.get_by_text(said).first).to_be_visible()
    expect(page.locator(".st-key-headline")).to_contain_text(re.compile(r"12 events in 3 documents"))
    expect(page).not_to_have_title("owned")
    assert len(page.url) < 2000


def test_a_request_that_would_leave_the_machine_is_seen_and_goes_nowhere(visit: Visit) -> None:
    page = visit.open("codebook")
    pixel = "http://example.org/pixel.png"
    assert (
        page.evaluate("pixel => fetch(pixel, { mode: 'no-cors' }).then(() => 'sent', () => 'stopped')", pixel)
        == "stopped"
    )
    assert visit.outside == [pixel]
    visit.outside.clear()
    visit.errors.clear()
