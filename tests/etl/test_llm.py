"""The second extractor against a real server on this machine that answers well, badly, slowly and not at all."""

import json
import logging
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main
from dashboard.codebook import Event, Site
from dashboard.errors import InputError
from dashboard.etl.extractors import EXTRACTORS, Extraction, choose_extractor, events_of, extract_all
from dashboard.etl.llm import LlmExtractor
from dashboard.etl.llm_answer import json_object
from dashboard.etl.llm_endpoint import EndpointUnusableError
from dashboard.etl.llm_prompt import MODES, answer_schema, system_text
from dashboard.etl.read import Document
from dashboard.settings import ROOT, LlmSettings, Settings
from tests.conftest import Built
from tests.etl.llm_server import KEY, Behaviour, Endpoint, Handler, document_of, serving
from tests.etl.texts import document

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


def test_a_good_answer_becomes_an_event_with_verbatim_quotes() -> None:
    (event,) = extracted(saying(told(GOOD))).events
    text = document(STORY).text
    assert (event.type, str(event.date), event.site) == ("agreement", "2024-05-07", Site("KEN", "Mombasa"))
    assert (event.countries, event.sectors) == (("KEN", "ITA"), ("energy",))
    assert event.evidence["type"][0].text == "ENEA\nsigned a protocol on solar power"
    assert event.evidence["countries"][0].text == "Kenya’s"
    assert {quote.rule for quote in event.quotes} == {"llm:small"}
    assert all(text[quote.start : quote.end] == quote.text for quote in event.quotes)
    assert event.certainty is None


def test_a_quote_in_several_places_is_the_one_nearest_to_the_report() -> None:
    (event,) = extracted(saying(told(GOOD))).events
    (site,) = event.evidence["site"]
    assert site.start == document(STORY).text.index("Mombasa on Tuesday")


@pytest.mark.parametrize(
    ("change", "field", "value", "refused"),
    [
        ({"date": {"value": "2024-05-07", "basis": "stated", "quotes": ["7 May"]}}, "date", None, "quotes that are not in the text"),
        ({"date": {"value": "2024-13-07", "basis": "stated", "quotes": ["Tuesday"]}}, "date", None, "dates that are not dates"),
        ({"date": {"value": "2024-05-07", "basis": "guess", "quotes": ["Tuesday"]}}, "date", None, "values in another form"),
        ({"date": {"value": "2024-05-07", "basis": "stated", "quotes": []}}, "date", None, "values without a quote"),
        ({"site": {"city": "Mombasa", "country": "ATL", "quotes": ["Mombasa"]}}, "site", None, "codes that the codebook does not have"),
        ({"site": {"city": "Nakuru", "country": "KEN", "quotes": ["Nakuru"]}}, "site", None, "quotes that are not in the text"),
        ({"site": "Mombasa"}, "site", None, "values in another form"),
        ({"sectors": [{"value": "magic", "quotes": ["solar power"]}]}, "sectors", (), "codes that the codebook does not have"),
        ({"sectors": [{"value": "energy", "quotes": ["wind"]}]}, "sectors", (), "values without a quote"),
        ({"sectors": ["energy"]}, "sectors", (), "values in another form"),
        ({"countries": [{"value": "Kenya", "quotes": ["Kenya’s"]}]}, "countries", (), "codes that the codebook does not have"),
        ({"actors": [{"name": "CERN", "surface": "CERN", "kind": "org"}]}, "actors", (), "quotes that are not in the text"),
        ({"actors": [{"name": "ENEA", "surface": "ENEA", "kind": "firm"}]}, "actors", (), "values in another form"),
    ],
)  # fmt: skip
def test_a_value_that_the_text_does_not_bear_out_is_dropped_and_counted(
    change: dict[str, Any], field: str, value: object, refused: str
) -> None:
    extraction = extracted(saying(told(GOOD | change)))
    (event,) = extraction.events
    assert getattr(event, field) == value
    assert event.evidence[field] == ()
    assert extraction.refused[refused] >= 1
    (note,) = extraction.issues
    assert note.severity == "note"
    assert refused in note.message


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ({"value": "agreement", "quotes": ["ENEA bought a telescope"]}, "events without a quote of what happened"),
        ({"value": "agreement", "quotes": []}, "events without a quote of what happened"),
        ({"value": "party", "quotes": ["ENEA signed a protocol"]}, "codes that the codebook does not have"),
        ("agreement", "values in another form"),
    ],
)
def test_an_event_whose_report_the_text_does_not_hold_is_refused_whole(kind: object, refused: str) -> None:
    extraction = extracted(saying(told(GOOD | {"type": kind})))
    assert extraction.events == ()
    assert extraction.refused[refused] == 1


def test_a_report_in_two_places_is_told_apart_by_another_quote_or_refused() -> None:
    twice = document(
        "Both sides met on Monday in Rome. Years ago both sides had other ideas. Both sides met on Friday."
    )
    met = {"title": "x", "type": {"value": "meeting", "quotes": ["Both sides met"]}}
    dated = met | {"date": {"value": "2024-05-10", "basis": "relative", "quotes": ["Friday"]}}
    (event,) = extracted(saying(told(dated)), twice).events
    assert event.evidence["type"][0].start == twice.text.rindex("Both sides met")
    assert extracted(saying(told(met)), twice).refused["quotes that stand in several places"] == 1


def test_a_publication_date_is_the_documents_own_whatever_the_model_calls_it() -> None:
    undated = GOOD | {"date": {"value": "1999-01-01", "basis": "publication", "quotes": []}}
    (event,) = extracted(saying(told(undated))).events
    assert (str(event.date), event.date_basis) == ("2024-05-09?", "publication")
    assert [quote.text for quote in event.evidence["date"]] == ["2024-05-09"]


def test_one_report_told_twice_is_one_event() -> None:
    extraction = extracted(saying(told(GOOD, GOOD | {"title": "again"})))
    assert len(extraction.events) == 1
    assert extraction.refused["events told twice"] == 1


def test_an_id_is_the_document_and_the_place_of_the_report() -> None:
    one, other = (extracted(saying(told(GOOD | change))).events[0] for change in ({}, {"title": "y", "sectors": []}))
    assert one.event_id == other.event_id


@pytest.mark.parametrize(
    "words",
    [
        f"Here you are:\n```json\n{told(GOOD)}\n```\nAnything else?",
        f"<think>The {{schema}} wants events.</think>{told(GOOD)}",
        f'{{"note": 1}} {told(GOOD)}',
    ],
)
def test_prose_around_the_json_does_not_matter(words: str) -> None:
    assert len(extracted(saying(words)).events) == 1


@pytest.mark.parametrize(
    "words",
    ["I cannot help with that.", '{"events": [', '{"events": "none"}', "[1, 2]", "[" * 100_000, "{" * 100_000, '{"a":' * 100_000],
    ids=lambda words: words[:12],
)  # fmt: skip
def test_words_without_the_form_are_a_sentence_in_the_issues(words: str) -> None:
    assert "gave no JSON object with a list of events" in failure(saying(words))


def test_junk_within_the_form_is_counted_and_never_fatal() -> None:
    junk: list[Any] = [
        None,
        3,
        [],
        {},
        {"type": {"value": [], "quotes": {}}},
        {"type": {"value": "visit", "quotes": [7, {"a": []}]}},
    ]
    mixed = GOOD | {
        "actors": [None, "ENEA", {"name": 3}],
        "countries": {"value": {}},
        "sectors": 5,
        "title": "a\ud800\x00b\nc",
        "site": [],
    }
    extraction = extracted(saying(json.dumps({"events": [*junk, mixed]})))
    (event,) = extraction.events
    assert event.title == "a b c"
    assert sum(extraction.refused.values()) >= 11


def test_more_events_than_a_passage_can_hold_are_refused() -> None:
    extraction = extracted(saying(told(*[GOOD] * 500)))
    assert len(extraction.events) == 1
    assert extraction.refused["values beyond the limit"] == 400


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


def once(*behaviours: Behaviour) -> Behaviour:
    """The first request meets the first behaviour, and so on; the last one stays."""
    left = list(behaviours)

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        behaviour = left.pop(0) if len(left) > 1 else left[0]
        behaviour(handler, body)

    return behave


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


def test_the_request_holds_the_codebook_the_document_and_nothing_secret() -> None:
    with serving(saying(told(GOOD))) as endpoint:
        LlmExtractor(settings(endpoint)).extract(document(STORY))
        (body,) = endpoint.requests
    assert (body["model"], body["temperature"]) == ("small", 0)
    assert document_of(body) == document(STORY).text
    assert body["response_format"]["json_schema"]["schema"] == answer_schema()
    assert "published: 2024-05-09" in body["messages"][1]["content"]
    assert KEY not in json.dumps(body)


def test_the_schema_holds_the_codes_of_the_codebook() -> None:
    event = answer_schema()["properties"]["events"]["items"]["properties"]
    assert "breakthrough" in event["type"]["properties"]["value"]["enum"]
    assert "basic_science" in event["sectors"]["items"]["properties"]["value"]["enum"]
    assert {"KEN", "EU"} <= set(event["countries"]["items"]["properties"]["value"]["enum"])
    assert "- breakthrough: " in system_text()


def echoing(handler: Handler, body: dict[str, Any]) -> None:
    """A model that takes every line with `signed` for an agreement."""
    lines = [line for line in document_of(body).splitlines() if "signed" in line]
    handler.complete(told(*({"title": line, "type": {"value": "agreement", "quotes": [line]}} for line in lines)))


def test_a_long_document_is_read_in_parts_and_nothing_is_told_twice() -> None:
    paragraphs = [f"On day {number} two institutes signed paper {number} of many." for number in range(120)]
    long = document("\n\n".join(paragraphs))
    with serving(echoing) as endpoint:
        extraction = LlmExtractor(settings(endpoint, part_characters=2000)).extract(long)
        assert len(endpoint.requests) > 3
        assert "part 1 of" in endpoint.requests[0]["messages"][1]["content"]
    assert len(extraction.events) == 120
    starts = [event.evidence["type"][0].start for event in extraction.events]
    assert starts == sorted(starts)
    assert extraction.refused["events told twice"] > 0


def test_a_part_that_fails_does_not_lose_the_others() -> None:
    long = document("\n\n".join(f"On day {number} two institutes signed paper {number}." for number in range(80)))
    behaviour = once(echoing, lambda handler, _: handler.say(418), echoing)
    extraction = extracted(behaviour, long, part_characters=2000)
    assert extraction.events
    assert not extraction.is_whole
    assert extraction.issues[0].message.startswith("1 of ")


def test_a_slow_document_is_refused_with_a_sentence_and_the_others_are_read_in_their_order() -> None:
    def slow_for_one(handler: Handler, body: dict[str, Any]) -> None:
        if "paper 3" in document_of(body):
            time.sleep(2)
        time.sleep(0.05 if "paper 1" in document_of(body) else 0)
        echoing(handler, body)

    documents = [document(f"Two institutes signed paper {number}.") for number in range(6)]
    with serving(slow_for_one) as endpoint:
        extractions = extract_all(documents, LlmExtractor(settings(endpoint, timeout_seconds=1.0, concurrency=3)))
    assert [len(extraction.events) for extraction in extractions] == [1, 1, 1, 0, 1, 1]
    assert [event.title[-2:] for event in events_of(extractions)] == ["0.", "1.", "2.", "4.", "5."]
    assert "did not answer within 1 seconds (CORRIDOR_LLM_TIMEOUT) (2 tries)" in extractions[3].issues[0].message


def test_the_key_is_in_no_log_and_no_representation(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), serving(saying(told(GOOD))) as endpoint:
        extractor = LlmExtractor(settings(endpoint))
        extractor.extract(document(STORY))
        assert KEY not in f"{settings(endpoint)!r} {vars(extractor)!r} {extractor.fingerprint}"
    assert KEY not in caplog.text


def test_the_fingerprint_changes_with_what_makes_other_events_alone() -> None:
    one = LlmExtractor(settings())
    same = LlmExtractor(settings(url="http://localhost:8000/v1", key="another", retries=7))
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != LlmExtractor(settings(model="large")).fingerprint
    assert one.fingerprint != LlmExtractor(settings(part_characters=5000)).fingerprint


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": ""}, "set CORRIDOR_LLM_URL"),
        ({"model": ""}, "set CORRIDOR_LLM_MODEL"),
        ({"url": "ftp://somewhere"}, "is not a plain address"),
        ({"url": "https://"}, "is not a plain address"),
        ({"url": "http://host:99999"}, "is not a plain address"),
        ({"url": f"https://user:{KEY}@host/v1"}, "is not a plain address"),
        ({"url": f"https://host/v1?key={KEY}"}, "is not a plain address"),
        ({"url": "http://models.example/v1"}, "would travel unencrypted to models.example"),
        ({"key": "sk-é"}, "CORRIDOR_LLM_KEY holds a character"),
    ],
)
def test_settings_that_cannot_work_are_refused_in_one_sentence(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(EndpointUnusableError) as caught:
        LlmExtractor(settings(**changes))
    assert said in str(caught.value)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "command", [["extract", "seeds"], ["evaluate", "--documents", "seeds", "--gold", "x"], ["build"]]
)
def test_the_commands_say_what_to_set(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CORRIDOR_LLM_URL", raising=False)
    assert main([*command, "--extractor", "llm"]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("no endpoint is named for --extractor llm; set CORRIDOR_LLM_URL")
    assert len(printed.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("CORRIDOR_LLM_TIMEOUT", "soon"), ("CORRIDOR_LLM_RETRIES", "-1"), ("CORRIDOR_LLM_PART_CHARACTERS", "9")],
)
def test_a_setting_that_is_no_number_in_its_range_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=f"{name} is '{value}'; expected a whole number from"):
        choose_extractor("llm")
    assert choose_extractor("rules").name == "rules"


def test_the_command_line_offers_every_extractor_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--help"])
    assert f"{{{','.join(EXTRACTORS)}}}" in capsys.readouterr().out


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[[Endpoint], None]:
    """Puts an endpoint into the environment, as an analyst would."""

    def name(endpoint: Endpoint) -> None:
        monkeypatch.setenv("CORRIDOR_LLM_URL", endpoint.url)
        monkeypatch.setenv("CORRIDOR_LLM_MODEL", "small")
        monkeypatch.setenv("CORRIDOR_LLM_KEY", KEY)
        monkeypatch.setenv("CORRIDOR_LLM_RETRIES", "0")

    return name


def test_extract_prints_the_models_events_and_the_total_of_what_was_refused(
    tmp_path: Path, named: Callable[[Endpoint], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "story.txt").write_text(document(STORY).text, encoding="utf-8")
    with serving(saying(told(GOOD, GOOD | {"type": {"value": "visit", "quotes": ["nobody came"]}}))) as endpoint:
        named(endpoint)
        assert main(["extract", "--extractor", "llm", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    (event,) = [json.loads(line) for line in printed.out.splitlines()]
    assert event["evidence"]["type"][0]["rule"] == "llm:small"
    assert printed.err.splitlines()[-1].startswith("1 events kept; refused: ")
    assert KEY not in printed.out + printed.err


def test_a_build_by_a_model_publishes_its_events_and_what_was_refused(
    workplace: Settings, named: Callable[[Endpoint], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (workplace.documents_dir / "story.txt").write_text(document(STORY).text, encoding="utf-8")
    folders = [
        "--documents",
        str(workplace.documents_dir),
        "--reviews",
        str(workplace.reviews_dir),
        "--output",
        str(workplace.output_dir),
    ]
    with serving(saying(told(GOOD, GOOD))) as endpoint:
        named(endpoint)
        assert main(["build", "--extractor", "llm", *folders]) == 0
    printed = capsys.readouterr().out
    assert "1 events proposed by the machine." in printed
    assert "1 events kept; refused: 1 events told twice." in printed
    for path in workplace.output_dir.rglob("*.*"):
        assert KEY.encode() not in path.read_bytes()


def test_a_build_whose_endpoint_is_down_leaves_the_current_build(
    built: Built, named: Callable[[Endpoint], None], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (built.settings.output_dir / "manifest.json").read_bytes()
    with serving(lambda handler, _: handler.say(500)) as endpoint:
        named(endpoint)
        assert main(["build", "--extractor", "llm", "--output", str(built.settings.output_dir)]) == 1
    assert "none of 3 documents could be read by llm:small" in capsys.readouterr().err
    assert (built.settings.output_dir / "manifest.json").read_bytes() == before


def test_explain_goes_with_the_rules_only(
    named: Callable[[Endpoint], None], capsys: pytest.CaptureFixture[str]
) -> None:
    named(Endpoint("http://127.0.0.1:9/v1"))
    assert main(["extract", "--explain", "--extractor", "llm", str(ROOT / "seeds")]) == 1
    assert "--explain tells what the rules did" in capsys.readouterr().err


def test_the_default_loads_nothing_that_speaks_to_a_network() -> None:
    program = (
        "import sys; from dashboard.etl.extractors import choose_extractor, extract_all; from dashboard.etl.read import read_folder; "
        "from pathlib import Path; extract_all(read_folder(Path('seeds')).documents, choose_extractor('rules')); "
        "print(sorted({'requests', 'urllib3', 'http.client', 'dashboard.etl.llm'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_default_opens_no_socket(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the default opened a socket")

    monkeypatch.setenv("CORRIDOR_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert main(["extract", str(ROOT / "seeds")]) == 0
    assert capsys.readouterr().out


def test_the_same_answers_give_the_same_events() -> None:
    def run() -> list[Event]:
        with serving(echoing) as endpoint:
            documents = [document(f"Two institutes signed paper {number}.") for number in range(8)]
            return events_of(extract_all(documents, LlmExtractor(settings(endpoint, concurrency=4))))

    assert run() == run()


def test_a_json_object_is_found_among_other_braces() -> None:
    assert json_object('a { b } {"events": []} c') == {"events": []}
    assert json_object("{" * 30 + '{"events": []}') is None
