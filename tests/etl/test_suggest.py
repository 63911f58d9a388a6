"""What the machine reads in selected words: whole events, and the value of one field."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.codebook import from_json
from dashboard.edtf import parse_edtf
from dashboard.etl.gazetteer import search_places
from dashboard.etl.read import Document
from dashboard.etl.suggest import suggest_event, suggest_value

TEXT = """The Ministry of Science of Portugal and the University of Science and Technology of China met in Lisbon on Monday.

Over sardines in Porto on 2 May 2025, forty engineers had a first look at each other's ocean robots. 🐟 Lunch was late.
"""
DOCUMENT = Document("d1", "note.txt", TEXT, "s", published=parse_edtf("2025-05-06"))


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("date", "2 May 2025", "2025-05-02"),
        ("date", "on Monday", "2025-05-05"),
        ("date", "sardines", None),
        ("site", "in Porto", {"city": "Porto", "country": "PRT"}),
        ("site", "sardines", None),
        ("countries", "Ministry of Science of Portugal", ["PRT"]),
        ("countries", "sardines", []),
        ("actors", "sardines", []),
    ],
)
def test_a_field_is_read_from_its_words(field: str, words: str, value: Any) -> None:
    assert suggest_value(DOCUMENT, field, *span(words)).value == value


def test_a_weekday_counts_from_the_publication_and_says_so() -> None:
    assert suggest_value(DOCUMENT, "date", *span("Monday")).basis == "relative"


def test_an_organisation_is_read_with_what_the_text_says() -> None:
    (actor,) = suggest_value(DOCUMENT, "actors", *span("University of Science and Technology of China")).value
    assert actor == {
        "name": "University of Science and Technology of China",
        "surface": "University of Science and Technology of China",
        "kind": "org",
    }


def test_an_event_is_filled_from_the_passage_of_the_selected_words() -> None:
    start, end = span(
        "Over sardines in Porto on 2 May 2025, forty engineers had a first look at each other's ocean robots."
    )
    event = suggest_event(DOCUMENT, start, end)
    (told,) = event.evidence["type"]
    assert (told.text, told.start, told.end) == (TEXT[start:end], start, end)
    assert (str(event.date), event.site.city if event.site and event.site != "virtual" else "") == (
        "2025-05-02",
        "Porto",
    )
    assert event.certainty is None


def test_the_same_words_give_the_same_id_and_other_words_another() -> None:
    one, other = span("Over sardines"), span("forty engineers")
    assert suggest_event(DOCUMENT, *one).event_id == suggest_event(DOCUMENT, *one).event_id
    assert suggest_event(DOCUMENT, *one).event_id != suggest_event(DOCUMENT, *other).event_id


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_selected_every_quote_is_verbatim_and_the_event_reads_back(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    event = suggest_event(DOCUMENT, start, end)
    assert all(TEXT[quote.start : quote.end] == quote.text for quote in event.quotes)
    if event.title:
        read = from_json(event.to_json())
        assert read.evidence == {name: quotes for name, quotes in event.evidence.items() if quotes}


@pytest.mark.parametrize(
    ("words", "first"), [("hefei", "Hefei"), ("Lisb", "Lisbon"), ("baikonur", "Baikonur"), ("", None), ("qqqq", None)]
)
def test_a_place_is_found_by_the_beginning_of_its_name(words: str, first: str | None) -> None:
    found = [place.name for place in search_places(words)]
    assert (found[0] if found else None) == first
    assert len(found) == len(set(search_places(words)))
