"""The endpoint that fails, waits, refuses, redirects and never ends: a sentence each time, and never the key."""

import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.errors import InputError
from dashboard.etl.extractors import extract_all
from dashboard.etl.llm import LlmExtractor
from dashboard.etl.llm_endpoint import EndpointUnusableError
from dashboard.etl.llm_prompt import MODES
from tests.etl.llm_server import (
    GOOD,
    KEY,
    STORY,
    Behaviour,
    Handler,
    extracted,
    failure,
    once,
    saying,
    serving,
    settings,
    told,
)
from tests.etl.texts import document


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (lambda handler, _: handler.say(500, b"oops"), "answered 500 (2 tries)"),
        (lambda handler, _: handler.say(429, b"", Retry_After="0"), "answered 429 (2 tries)"),
        (lambda handler, _: handler.say(429, b"", Retry_After="9999"), "answered 429 (1 try)"),
        (lambda handler, _: handler.say(418, f"I hold {KEY}".encode()), "answered 418: I hold (the key)"),
        (lambda handler, _: handler.reset(), "broke the connection off (2 tries)"),
        (lambda handler, _: handler.say(200, b"<html>"), "answered in another form than that of chat completions"),
        (lambda handler, _: handler.say(200, b"[" * 100_000), "answered in another form than that of chat completions"),
        (lambda handler, _: handler.say(200, b'{"choices": []}'), "answered in another form than that of chat completions"),
        (saying(""), "holds no words"),
        (saying(told(GOOD)[:-5], finish_reason="length"), "was cut off at its greatest length"),
    ],
)  # fmt: skip
def test_a_server_that_fails_is_a_sentence_in_the_issues(behaviour: Behaviour, said: str) -> None:
    message = failure(behaviour)
    assert said in message
    assert KEY not in message


@pytest.mark.parametrize(
    "first",
    [
        lambda handler, _: handler.say(503),
        lambda handler, _: handler.say(429, b"", Retry_After="1"),
        lambda handler, _: handler.reset(),
        lambda *_: time.sleep(1.5),
    ],
    ids=["503", "429", "reset", "slow"],
)
def test_a_passing_failure_is_tried_again(first: Behaviour) -> None:
    extraction = extracted(once(first, saying(told(GOOD))), timeout_seconds=1.0)
    assert len(extraction.events) == 1
    assert extraction.is_whole


def test_a_server_is_given_the_time_that_it_asks_for() -> None:
    start = time.monotonic()
    extracted(once(lambda handler, _: handler.say(429, b"", Retry_After="1"), saying(told(GOOD))))
    assert time.monotonic() - start >= 1


def endless(handler: Handler, _: dict[str, Any]) -> None:
    """A body that never ends, a little at a time."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 1000)
        time.sleep(0.01)


def test_an_answer_is_read_to_its_limit_in_bytes_and_in_seconds() -> None:
    assert "sent more than 30,000 bytes" in failure(endless, answer_bytes=30_000)
    assert "did not answer within 1 seconds" in failure(endless, timeout_seconds=1.0, retries=0)


def test_an_answer_in_chunks_is_read() -> None:
    def in_chunks(handler: Handler, _: dict[str, Any]) -> None:
        handler.protocol_version = "HTTP/1.1"
        content = json.dumps({"choices": [{"message": {"content": told(GOOD)}}]}).encode()
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for start in range(0, len(content), 100):
            piece = content[start : start + 100]
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    assert len(extracted(in_chunks).events) == 1


def test_nothing_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
    extractor = LlmExtractor(settings(url=url))
    with pytest.raises(InputError, match=r"none of 1 documents could be read by llm:small; .* nothing listens there"):
        extract_all([document(STORY)], extractor)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (lambda handler, _: handler.say(401, f"bad key {KEY}".encode()), "refused the key (401); set CORRIDOR_LLM_KEY"),
        (lambda handler, _: handler.say(403), "refused the key (403)"),
        (lambda handler, _: handler.say(404), "CORRIDOR_LLM_MODEL is 'small'"),
    ],
)
def test_what_no_document_can_mend_ends_the_run_at_once(behaviour: Behaviour, said: str) -> None:
    with serving(behaviour) as endpoint:
        extractor = LlmExtractor(settings(endpoint, concurrency=1))
        with pytest.raises(EndpointUnusableError) as caught:
            extract_all([document(f"{STORY} {number}") for number in range(5)], extractor)
        assert said in str(caught.value)
        assert KEY not in str(caught.value)
        assert len(endpoint.requests) == 1


def test_no_redirect_is_followed_so_the_key_stays_where_it_belongs() -> None:
    with serving(saying(told(GOOD))) as other:
        away: Behaviour = lambda handler, _: handler.say(307, b"", Location=f"{other.url}/chat/completions")  # noqa: E731
        with pytest.raises(EndpointUnusableError, match="sends requests on to another address"):
            extracted(away)
        assert other.requests == []


def test_the_environments_proxies_and_netrc_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serving(saying(told(GOOD))) as endpoint:
        LlmExtractor(settings(endpoint)).extract(document(STORY))
        assert endpoint.keys == [f"Bearer {KEY}"]


def knows_only(mode: str) -> Behaviour:
    def behave(handler: Handler, body: dict[str, Any]) -> None:
        asked = body.get("response_format", {}).get("type", "text")
        handler.complete(told(GOOD)) if asked == mode else handler.say(400, b"unknown response_format")

    return behave


@pytest.mark.parametrize("mode", MODES)
def test_a_form_that_the_server_does_not_know_is_asked_for_in_a_looser_way_once(mode: str) -> None:
    with serving(knows_only(mode)) as endpoint:
        extractor = LlmExtractor(settings(endpoint))
        assert all(len(extractor.extract(document(f"{STORY} {number}")).events) == 1 for number in range(2))
        assert len(endpoint.requests) == MODES.index(mode) + 2
