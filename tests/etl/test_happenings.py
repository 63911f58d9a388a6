"""One happening in several documents: whose id and values it has, where the tellings differ, and what decisions do to it."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard.codebook import Actor, Event, Quote, Site
from dashboard.decisions import Decision
from dashboard.edtf import parse_edtf
from dashboard.etl.decide import Replay, replay
from dashboard.etl.decided import DecidedEvent
from dashboard.etl.normalise import Tables, normalise
from dashboard.etl.origins import Origin
from dashboard.etl.read import Document
from tests.etl.test_decide import decision

TEXTS = {
    "wire.txt": "On 18 September a laboratory for rare metals was opened in Tashkent by the Metals Institute.",
    "paper.txt": "The Metals Institute opened a laboratory for rare metals in Tashkent in September.",
    "notice.txt": "A laboratory for rare metals was opened in Tashkent on 19 September, the Metals Institute says.",
}
PUBLISHED = {"wire.txt": "2024-09-19", "paper.txt": "2024-09-18", "notice.txt": "2024-09-20"}
WIRE, PAPER, NOTICE = DOCUMENTS = tuple(
    Document(f"d{number}", name, text, f"{number}" * 64, published=parse_edtf(PUBLISHED[name]))
    for number, (name, text) in enumerate(TEXTS.items())
)


def telling(event_id: str, document: str, date: str, said: str, **changes: Any) -> Event:
    text = TEXTS[document]
    start = text.index(said)
    event = Event(
        event_id, document, f"Laboratory opened ({document})", "establishment", parse_edtf(date), "stated",
        Site("UZB", "Tashkent"), ("UZB",), ("materials",), (Actor("Metals Institute", "Metals Institute", "org"),),
        {"type": (Quote(document, text, 0, len(text)),), "date": (Quote(document, said, start, start + len(said)),)},
    )  # fmt: skip
    return replace(event, **changes)


BY_WIRE = telling("e1", "wire.txt", "2024-09-18", "18 September")
BY_PAPER = telling("e2", "paper.txt", "2024-09", "in September", countries=("UZB", "KOR"))
BY_NOTICE = telling("e3", "notice.txt", "2024-09-19", "19 September")
ALL = [BY_WIRE, BY_PAPER, BY_NOTICE]


def replayed(proposals: list[Event], *decisions: Decision) -> Replay:
    return replay(proposals, decisions, DOCUMENTS)


def told(result: Replay) -> dict[str, list[str]]:
    return {one.event.event_id: [each.event_id for each in one.tellings] for one in result.events}


def verdict(action: str, one: DecidedEvent, minute: int = 0) -> Decision:
    return replace(
        decision(action, minute, event_id=one.event.event_id, event=one.event.to_json()),
        documents={document.name: document.document_id for document in DOCUMENTS},
    )


def test_the_first_published_gives_the_id_and_the_finest_date_the_values() -> None:
    (one,) = replayed(ALL).events
    assert told(replayed(ALL)) == {"e2": ["e1", "e3", "e2"]}
    assert (str(one.event.date), one.event.title, one.state) == ("2024-09-18", BY_WIRE.title, "unreviewed")
    assert one.event.countries == ("UZB", "KOR")
    assert {quote.document for quote in one.event.quotes} == set(TEXTS)


def test_the_id_stays_when_another_document_arrives() -> None:
    assert list(told(replayed([BY_PAPER]))) == list(told(replayed([BY_PAPER, BY_WIRE]))) == list(told(replayed(ALL)))


def tables_of(result: Replay, origins: dict[str, Origin] | None = None) -> Tables:
    return normalise(result, [], DOCUMENTS, [], origins=origins)


def test_a_disagreement_keeps_both_values_both_quotes_and_the_rule_and_a_coarser_date_is_none() -> None:
    (row,) = tables_of(replayed(ALL))["disagreements"].to_dict("records")
    assert (row["field"], row["value"], row["other_value"]) == ("date", "2024-09-18", "2024-09-19")
    assert (row["quote"], row["other_quote"]) == ("18 September", "19 September")
    assert (row["document_id"], row["other_document_id"], row["other_telling_id"]) == ("d0", "d2", "e3")
    assert row["rule"] == "its document was published first"


def test_every_telling_is_a_source_and_copies_count_once() -> None:
    tables = tables_of(replayed(ALL), {"d2": Origin("d0", 0.9)})
    sources = tables["event_sources"]
    assert list(zip(sources["event_id"], sources["telling_id"], sources["position"], strict=True)) == [
        ("e2", "e1", 0), ("e2", "e3", 1), ("e2", "e2", 2),
    ]  # fmt: skip
    assert list(tables["events"][["document_count", "origin_count"]].iloc[0]) == [3, 2]
    assert list(tables["documents"]["origin_id"]) == ["d0", "d1", "d0"]


@pytest.mark.parametrize("proposals", [ALL, [BY_NOTICE, BY_PAPER, BY_WIRE], [BY_PAPER], []])
def test_an_accepted_event_keeps_id_and_values_and_new_tellings_join_it_as_sources(proposals: list[Event]) -> None:
    (one,) = replayed([BY_PAPER, BY_WIRE]).events
    result = replayed(proposals, verdict("accept", one))
    (kept,) = result.events
    assert (kept.event.event_id, kept.event.date, kept.event.title) == ("e2", one.event.date, one.event.title)
    assert (kept.state, kept.event.countries) == ("accepted", one.event.countries)


def test_a_telling_that_the_machine_joins_adds_no_value_to_an_accepted_event() -> None:
    (one,) = replayed([BY_WIRE]).events
    (kept,) = replayed([BY_WIRE, BY_PAPER], verdict("accept", one)).events
    assert (told(replayed([BY_WIRE, BY_PAPER], verdict("accept", one))), kept.event.countries) == (
        {"e1": ["e1", "e2"]},
        ("UZB",),
    )


def test_rejecting_an_event_rejects_all_its_tellings_and_a_new_one_comes_back_with_a_note() -> None:
    (one,) = replayed([BY_PAPER, BY_WIRE]).events
    reject = verdict("reject", one)
    assert told(replayed([BY_PAPER, BY_WIRE], reject)) == {}
    result = replayed(ALL, reject)
    assert told(result) == {"e3": ["e3"]}
    (note,) = result.issues
    assert note.message.startswith("event e3 tells what wire.txt tells as event e2, which Ada rejected (why)")


def test_what_an_analyst_takes_out_stands_alone_until_an_analyst_joins_it_again() -> None:
    split = decision("split", 1, event_id="e3", **{"from": "e2"})
    assert told(replayed(ALL, split)) == {"e2": ["e1", "e2"], "e3": ["e3"]}
    merge = decision("merge", 2, event_id="e3", into="e1")
    assert told(replayed(ALL, split, merge)) == {"e2": ["e1", "e2", "e3"]}
    assert told(replayed(ALL, split, decision("withdraw", 3, decision_id=split.decision_id))) == told(replayed(ALL))


def test_two_accepted_events_are_not_joined_by_the_machine() -> None:
    first, second = (DecidedEvent((event,), "unreviewed") for event in (BY_WIRE, BY_NOTICE))
    result = replayed([BY_WIRE, BY_NOTICE], verdict("accept", first), verdict("accept", second))
    assert told(result) == {"e1": ["e1"], "e3": ["e3"]}
