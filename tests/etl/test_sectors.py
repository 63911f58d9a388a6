import pytest

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
