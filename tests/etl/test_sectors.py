import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fit_sectors import Example, choose, fit
from dashboard.etl import sectors
from dashboard.etl.extract import extract
from tests.etl.texts import analysis, document


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a remote-sensing satellite", {"space"}),
        ("vaccines against tuberculosis", {"health"}),
        ("hybrid rice", {"agriculture"}),
        ("semiconductors", {"digital"}),
        ("a road map under construction", set()),
        ("the synchrotron", {"basic_science"}),
    ],
)
def test_which_sector_a_term_means(text: str, codes: set[str]) -> None:
    assert {mention.value for mention in analysis(text).sectors} == codes


def test_every_stem_of_the_lexicon_is_found_by_its_first_letters() -> None:
    stems = {words[0] for words in sectors._stems() if len(words) == 1}
    assert all(sectors._may_begin(f"{stem}xyz") for stem in stems)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kenya and Italy signed a protocol on satellite downlinks in Nairobi on Tuesday.", "space"),
        ("Kenya and Italy signed a protocol on malaria vaccines in Nairobi on Tuesday.", "health"),
        ("Kenya and Italy signed a protocol on wheat breeding in Nairobi on Tuesday.", "agriculture"),
        ("The Kenya-Italy Joint Committee on Science and Technology Cooperation met in Nairobi on Tuesday.", "general"),
    ],
)
def test_the_main_sector_of_an_event(text: str, first: str) -> None:
    (event,) = extract(document(text))
    assert event.sectors[0] == first


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        (
            "Thirty nurses from Angola completed a training course in dialysis in Havana on Tuesday.",
            {"health", "education"},
        ),
        (
            "Ten engineers from Peru completed a fellowship in steel foundries in Bilbao on Tuesday.",
            {"education", "materials"},
        ),
        ("Kenya and Italy signed a protocol on tide gauges in Nairobi on Tuesday.", {"environment"}),
        ("Kenya and Italy opened a hatchery for tilapia in Kisumu on Tuesday.", {"agriculture"}),
    ],
)
def test_an_exchange_is_about_education_and_what_it_teaches(text: str, sectors: set[str]) -> None:
    (event,) = extract(document(text))
    assert set(event.sectors) == sectors


def test_every_sector_of_an_event_is_quoted() -> None:
    told = document("Kenya and Italy signed a protocol on solar pumps for smallholders in Nairobi on Tuesday.")
    (event,) = extract(told)
    assert [quote.value for quote in event.evidence["sectors"]] == list(event.sectors)
    assert all(told.text[quote.start : quote.end] == quote.text for quote in event.evidence["sectors"])


@given(st.integers(min_value=6, max_value=30))
def test_the_fit_learns_which_place_of_a_term_counts(events: int) -> None:
    examples = [
        Example(f"{number}.txt", frozenset({"space"}), {"space": {"report": 1.0}, "health": {"aside": 1.0}})
        for number in range(events)
    ]
    weights = fit(examples)
    assert weights["report"] > weights["aside"]
    assert choose(examples[0], weights) == {"space"}


def test_an_event_without_a_term_is_general() -> None:
    assert choose(Example("a.txt", frozenset({"space"}), {}), {"bias": 0.0}) == {"general"}
