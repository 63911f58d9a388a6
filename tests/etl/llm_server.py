"""A real endpoint on this machine that answers as a test says: well, badly, slowly or not at all."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

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
