import pytest

from dashboard.codebook import Site, Where
from dashboard.etl.extract import extract
from dashboard.etl.unlisted_places import find_unlisted_places
from tests.etl.texts import analysis, document


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Kenya and Italy signed a protocol on satellite training in Nairobi on Tuesday.", Site("KEN", "Nairobi")),
        ("NAIROBI, May 8 (Wire) -- Kenya and Italy signed a protocol on satellite training on Tuesday, officials of both said here.", Site("KEN", "Nairobi")),
        ("Kenya and Italy held the third meeting of their joint committee on satellites by video link on Tuesday.", "virtual"),
        ("A joint laboratory for cotton was opened on Tuesday at Golarchi, Pakistan, by Sindh Agriculture University and its Chinese partner.", Site("PAK", "Golarchi")),
    ],
)  # fmt: skip
def test_where_an_event_was(text: str, site: Where) -> None:
    (event,) = extract(document(text))
    assert event.site == site
    assert event.evidence["site"]


def test_the_site_may_stand_in_the_sentence_behind() -> None:
    text = (
        "Kenya and Italy signed a protocol on satellite training on Tuesday.\n\n"
        "The ceremony was held in Malindi, Kenya, where both agencies run a ground station."
    )
    (event,) = extract(document(text))
    assert event.site == Site("KEN", "Malindi")


def test_a_place_that_nothing_ties_to_the_event_is_no_site() -> None:
    (event,) = extract(
        document("The World Bank approved a loan of $52 million to Madagascar for seed laboratories on Tuesday.")
    )
    assert event.site is None or not isinstance(event.site, Site) or not event.site.city


def test_what_the_document_also_writes_small_is_no_unlisted_place() -> None:
    found = analysis("The press met in Quorn, Kenya. Later they flew to Press and the press went home.")
    names = [name.value for sentence in found.segments.sentences for name in find_unlisted_places(found, sentence)]
    assert "Quorn" in names or any(place.value == "Quorn" for place in found.places)
    assert "Press" not in names
