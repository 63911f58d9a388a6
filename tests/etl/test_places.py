import pytest

from dashboard.codebook import Site
from tests.etl.texts import analysis


def sites(text: str, role: str = "text") -> list[Site | None]:
    return [place.site for place in analysis(text).places if place.role == role]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("They met in Islamabad on Monday.", Site("PAK", "Islamabad")),
        ("They met in Valencia, Venezuela, on Monday.", Site("VEN", "Valencia")),
        ("They met in Valencia, Spain, on Monday.", Site("ESP", "Valencia")),
        ("They met in Dushanbe on Monday.", Site("TJK", "Dushanbe")),
    ],
)
def test_the_country_near_a_name_decides(text: str, site: Site) -> None:
    assert sites(text) == [site]


@pytest.mark.parametrize(
    "text",
    [
        "The University opened in March.",
        "Green energy is nice.",
        "Mr Reading spoke to the Union.",
        "President Lima left.",
        "The data were mobile.",
    ],
)
def test_a_word_that_is_also_a_city_is_none(text: str) -> None:
    assert sites(text) == []


def test_a_city_in_the_name_of_an_organisation_is_no_site() -> None:
    found = analysis("The University of Karachi and its partners agreed on Monday.")
    assert [place.role for place in found.places] == ["name"]


def test_a_dateline_is_marked_as_one() -> None:
    text = "BEIJING, May 9 (Xinhua) -- The two ministries signed a protocol on cooperation in science and technology today."
    assert sites(text, "dateline") == [Site("CHN", "Beijing")]


@pytest.mark.parametrize("words", ["virtually", "online", "by video conference", "through video conferencing"])
def test_what_says_that_it_was_online(words: str) -> None:
    assert sites(f"The committee met {words} on Monday.", "virtual") == [None]


def test_a_place_that_the_gazetteer_lacks_takes_the_country_around_it() -> None:
    assert Site("PAK", "Golarpurwala") in sites("Pakistan harvested the rice at Golarpurwala on Sunday.")


def test_a_country_is_not_its_capital() -> None:
    assert sites("Panama and Djibouti signed an accord.") == []
