"""The dashboard's server: Streamlit's own application, its scripts compressed, and long addresses let through.

Source: Streamlit's `st.App`, which is made to be served by any ASGI server; uvicorn is the one that Streamlit itself uses.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit
import uvicorn
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.settings import ROOT, TOO_LONG

APP = ROOT / "dashboard" / "app.py"

LONGEST_REQUEST_HEAD = 4_000_000
"""Bytes of address and headers that a request may have. A browser sends addresses of up to two million characters; below
that, a link that was made by hand opens the dashboard with a sentence on what is wrong with it, not a page of the server's."""

LONGEST_QUERY = 500_000
MOST_PARAMETERS = 1_000

COMPRESSED = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
"""What is sent compressed of the files that come with Streamlit, with its media type. Fonts are compressed already."""

STATIC = Path(str(streamlit.__file__)).parent / "static"
LEVEL = 6


class CompressedScripts:
    """Sends the scripts and style sheets that come with Streamlit compressed, each packed once.

    Rules: Streamlit leaves them as they are, because packing them anew for each visitor costs more than it saves; 7.7 MB
    become 2.3 MB. They carry a hash in their names, so a browser may keep them for ever.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        packed = _packed(scope["path"]) if scope["type"] == "http" and _takes_gzip(scope) else None
        await (packed or self._app)(scope, receive, send)


def _takes_gzip(scope: Scope) -> bool:
    named = [value for name, value in scope["headers"] if name == b"accept-encoding"]
    return scope["method"] == "GET" and any(b"gzip" in value for value in named)


@lru_cache(maxsize=512)
def _packed(path: str) -> Response | None:
    """The compressed file at an address below `/static/`, or None where that is no script or style sheet."""
    if not path.startswith("/static/"):
        return None
    file = (STATIC / path.removeprefix("/")).resolve()
    if file.suffix not in COMPRESSED or not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        return None
    headers = {
        "content-encoding": "gzip", "content-type": COMPRESSED[file.suffix], "vary": "Accept-Encoding",
        "cache-control": "public, immutable, max-age=31536000",
    }  # fmt: skip
    return Response(gzip.compress(file.read_bytes(), LEVEL, mtime=0), headers=headers)


class LongAddresses:
    """Leads an address that Streamlit would ignore in silence to one that says so.

    Source: Streamlit 1.67 takes no parameters at all from an address of more than 512 Ki characters or 1,000 parameters.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope.get("query_string", b"")
        is_long = len(query) > LONGEST_QUERY or query.count(b"&") >= MOST_PARAMETERS
        if scope["type"] == "http" and is_long:
            target = f"{quote(scope['path'])}?{TOO_LONG}={len(query)}"
            await RedirectResponse(target, status_code=303)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def application() -> Any:
    """The dashboard as an ASGI application."""
    return streamlit.App(APP, middleware=[Middleware(LongAddresses), Middleware(CompressedScripts)])


def serve(*, address: str, port: int) -> None:
    """Serve the dashboard until it is stopped."""
    streamlit.config.set_option("server.port", port)
    streamlit.config.set_option("server.address", address)
    uvicorn.run(
        application(), host=address, port=port, ws="websockets-sansio", access_log=False, log_config=None,
        h11_max_incomplete_event_size=LONGEST_REQUEST_HEAD,
    )  # fmt: skip
