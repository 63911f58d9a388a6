import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.etl.extract import explain, extract, extract_and_explain
from dashboard.etl.read import read_folder
from dashboard.settings import ROOT
from tests.etl.texts import document

PARTS = [
    "Kenya and Italy signed a memorandum of understanding", " on 3 May ", "in Nairobi", ". ", "\n\n", "The committee held its session", "“we will”",
    "<u>launched</u> a satellite", "(", ")", "Dr. Li Wei", "University of Karachi", "yesterday", " — ", "JULY 2025 1", "-", "’s", "the next day", "é", "中国", "🙂",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PARTS), max_size=40).map(" ".join)))
def test_every_quote_is_in_the_text_character_for_character(text: str) -> None:
    found_in = document(text)
    for event in extract(found_in):
        assert event.evidence["type"]
        for quote in event.quotes:
            assert found_in.text[quote.start : quote.end] == quote.text


def test_the_events_of_the_shipped_documents() -> None:
    found = [event for item in read_folder(ROOT / "seeds").documents for event in extract(item)]
    assert len(found) == 12
    assert len({event.event_id for event in found}) == 12
    for event in found:
        assert all(quote.rule for quote in event.quotes)
        assert {quote.value for quote in event.evidence["sectors"]} <= set(event.sectors)
        assert {quote.value for quote in event.evidence["countries"]} == set(event.countries)


@pytest.mark.parametrize(
    "piece", ["(", "<", '"', "a.", "Dr. ", "University of ", "and ", "2024-", "May ", " -", "A", "1/", "\n", "signed "]
)
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert isinstance(extract(document(piece * 3000)), tuple)


def test_explain_gives_a_reason_for_each_sentence() -> None:
    text = "Kenya and Italy signed a protocol on satellites in Malindi on Tuesday. They plan to open a laboratory. It rained."
    told = explain(document(text))
    assert [line.outcome for line in told] == ["accepted", "weak", "silent"]
    assert told[0].rule == "sign+instrument:sign+protocol"
    assert told[0].event_id == extract(document(text))[0].event_id
    assert dict(told[1].features)["no_past"] < 0


def test_the_reasons_add_up_to_the_score() -> None:
    for item in read_folder(ROOT / "seeds").documents:
        for told in explain(item):
            assert sum(weight for _, weight in told.features) == pytest.approx(told.score, abs=0.02)


def test_one_analysis_gives_the_events_and_the_account() -> None:
    for item in read_folder(ROOT / "seeds").documents:
        events, told = extract_and_explain(item)
        assert events == extract(item)
        assert [line.event_id for line in told if line.outcome == "accepted"] == [event.event_id for event in events]


def test_a_repetition_names_the_sentence_that_it_repeats() -> None:
    text = (
        "Kenya and Italy signed a protocol on satellites in Malindi on Tuesday. The protocol was signed in Malindi on Tuesday, "
        "7 May, by Kenya's Ministry of Energy and the Italian Space Agency."
    )
    first, second = explain(document(text))
    assert (first.outcome, second.outcome) == ("repeated", "accepted")
    assert (first.of_start, second.of_start) == (second.start, -1)


def test_a_sentence_that_was_weighed_says_why_it_was_too_light() -> None:
    (told,) = explain(document("Rain may fall softly on Tuesday."))
    assert told.outcome == "weak"
    assert {"no_frame", "start"} <= set(dict(told.features))
