import pytest

from dashboard.codebook import Site, Where
from dashboard.etl.extract import extract
from dashboard.etl.unlisted_places import countries_around, find_unlisted_places
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


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Quito, 8 May 2024\n\nEcuador and Korea signed an agreement on geothermal energy on Tuesday.", Site("ECU", "Quito")),
        ("Wellington, 8 May 2024\n\nNew Zealand and Singapore signed an agreement on food technology on Tuesday.", Site("NZL", "Wellington")),
        ("Kenya and Italy held the third meeting of their joint committee on satellites on Tuesday. The meeting took place entirely online.", "virtual"),
        ("Fiocruz of Brazil and a Danish company signed an agreement on vaccines on Tuesday at the Manguinhos campus.", Site("BRA", "Rio de Janeiro")),
        ("GWADAR, May 8 (Makran Wire) -- Water began to flow from a desalination unit of China and Pakistan at this Arabian Sea port on Tuesday, when engineers switched it on.", Site("PAK", "Gwadar")),
        ("Tokyo, 8 May 2024. Renesas Electronics has opened a centre for semiconductor design in Da Nang together with the Da Nang Institute of Technology.", Site("VNM", "Da Nang")),
        ("Vietnam and Cuba signed a contract on vaccines in Ha Noi on Tuesday.", Site("VNM", "Hanoi")),
        ("The academies of Uzbekistan and Mongolia signed an agreement on isotopes on Tuesday at Ulugbek, outside Tashkent.", Site("UZB", "Ulugbek")),
        ("Egypt and the Netherlands opened a laboratory for sugar beet in Kafr el-Sheikh, Egypt, on Tuesday.", Site("EGY", "Kafr el-Sheikh")),
    ],
)  # fmt: skip
def test_the_place_that_the_codebook_would_name(text: str, site: Where) -> None:
    (event,) = extract(document(text))
    assert event.site == site


def test_a_country_that_stands_right_behind_an_unlisted_place_is_an_option_that_says_so() -> None:
    found = analysis("Spain, France and Italy sent tags, which were tried off Ganolu, Maldives, by a crew from Spain.")
    (sentence,) = found.segments.sentences
    start = found.view.index("Ganolu")
    assert "apposed" in countries_around(found, sentence, start)["MDV"]
    assert "apposed" not in countries_around(found, sentence, start)["ESP"]


def test_a_country_that_nobody_belongs_to_is_not_made_up_for_an_unlisted_place() -> None:
    found = analysis("The coast guards of Greece and Norway assembled in Rhodes.")
    (sentence,) = found.segments.sentences
    assert set(countries_around(found, sentence, found.view.index("Rhodes"))) == {"GRC", "NOR"}


def test_a_kind_of_place_alone_is_no_name() -> None:
    found = analysis("They were the first in the Gulf, and met at Quorn, Kenya.")
    names = [name.value for sentence in found.segments.sentences for name in find_unlisted_places(found, sentence)]
    assert "Gulf" not in names
