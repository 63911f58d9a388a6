"""A real endpoint on this machine that answers as a test says: well, badly, slowly or not at all."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dashboard.etl.extractors import Extraction
from dashboard.etl.llm import LlmExtractor
from dashboard.etl.read import Document
from dashboard.settings import LlmSettings
from tests.etl.texts import document

KEY = "sk-never-show-this-0123456789"

Behaviour = Callable[["Handler", dict[str, Any]], None]


@dataclass
class Endpoint:
    """A running server: its address, and the requests that it got."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Reads a request, notes it, and behaves."""

    behaviour: Behaviour
    endpoint: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.endpoint.requests.append(body)
        self.endpoint.keys.append(self.headers.get("Authorization", ""))
        type(self).behaviour(self, body)

    def say(self, status: int, content: bytes = b"{}", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def complete(self, words: str, **choice: str) -> None:
        """Answer as a model would."""
        form = {"choices": [{"message": {"role": "assistant", "content": words}, **choice}]}
        self.say(200, json.dumps(form).encode())

    def reset(self) -> None:
        """Break the connection off without a word."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name in the standard library)
        pass


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Endpoint]:
    """An endpoint that behaves so, on a free port, until the block ends."""
    endpoint = Endpoint("")
    handler = type("OneHandler", (Handler,), {"behaviour": staticmethod(behaviour), "endpoint": endpoint})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that goes away is part of the tests
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def document_of(body: dict[str, Any]) -> str:
    """The document's text as the request holds it."""
    user = str(body["messages"][1]["content"])
    return user.split("<document>\n", 1)[1].rsplit("\n</document>", 1)[0]


STORY = (
    "NAIROBI, May 9 — Kenya’s Ministry of Energy and Italy’s ENEA\nsigned a protocol on solar power in Mombasa on Tuesday. "
    "Mombasa is a port. The ministry said that Nairobi was pleased."
)
GOOD: dict[str, Any] = {
    "title": "Kenya and Italy sign a protocol on solar power",
    "type": {"value": "agreement", "quotes": ["ENEA signed a protocol on solar power"]},
    "date": {"value": "2024-05-07", "basis": "relative", "quotes": ["Tuesday"]},
    "site": {"city": "Mombasa", "country": "KEN", "is_virtual": False, "quotes": ["Mombasa"]},
    "sectors": [{"value": "energy", "quotes": ["solar power"]}],
    "countries": [{"value": "KEN", "quotes": ["Kenya's"]}, {"value": "ITA", "quotes": ["Italy's"]}],
    "actors": [
        {"name": "Ministry of Energy of Kenya", "surface": "Ministry of Energy", "kind": "org"},
        {"name": "ENEA", "surface": "ENEA", "kind": "org"},
    ],
}


def settings(endpoint: Endpoint | None = None, **changes: Any) -> LlmSettings:
    url = endpoint.url if endpoint else "http://127.0.0.1:9/v1"
    quick = {"timeout_seconds": 5.0, "retries": 1, "first_pause_seconds": 0.01}
    return LlmSettings(**{"url": url, "model": "small", "key": KEY, **quick, **changes})


def told(*events: dict[str, Any]) -> str:
    return json.dumps({"events": list(events)})


def saying(words: str, **choice: str) -> Behaviour:
    return lambda handler, _: handler.complete(words, **choice)


def extracted(behaviour: Behaviour, found_in: Document | None = None, **changes: Any) -> Extraction:
    with serving(behaviour) as endpoint:
        return LlmExtractor(settings(endpoint, **changes)).extract(found_in or document(STORY))


def failure(behaviour: Behaviour, **changes: Any) -> str:
    """The sentence of a document that could not be read."""
    extraction = extracted(behaviour, **changes)
    assert (extraction.events, extraction.is_whole) == ((), False)
    (issue,) = extraction.issues
    assert (issue.severity, issue.document) == ("error", "test.txt")
    return issue.message


def once(*behaviours: Behaviour) -> Behaviour:
    """The first request meets the first behaviour, and so on; the last one stays."""
    left = list(behaviours)

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        behaviour = left.pop(0) if len(left) > 1 else left[0]
        behaviour(handler, body)

    return behave
