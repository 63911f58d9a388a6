import pytest

from dashboard.codebook import Site
from dashboard.etl.extract import extract
from tests.etl.texts import document


@pytest.mark.parametrize(
    "text",
    [
        "The two countries plan to sign a memorandum of understanding on fisheries.",
        "Cooperation between the academies goes back to an agreement signed in 1976.",
        "If the ministers sign the protocol, the laboratory could be opened one day.",
        '"We signed a memorandum of understanding and opened a laboratory," she said.',
        "The launch of the satellite was called off because of heavy rain.",
        "The agreement has not been signed.",
        "What should be done? Who will open the laboratory?",
        "The museum is open to the public on Tuesdays. Tickets cost five euros.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert extract(document(text)) == ()


def test_one_happening_told_twice_is_one_event() -> None:
    text = (
        "Kenya and Italy signed a protocol on satellite training in Malindi on Tuesday.\n\n"
        "The protocol was signed by the heads of both space agencies. Twelve engineers are to be trained."
    )
    assert [event.type for event in extract(document(text))] == ["agreement"]


def test_two_days_are_two_events() -> None:
    text = (
        "A Centre for Industrial Materials opened its doors at the University of Carabobo in Valencia, Venezuela, on Thursday.\n\n"
        "In Caracas a protocol was initialled the next day between Venezuela and the National Academy of Sciences of Belarus."
    )
    found = extract(document(text, published="2024-08-26"))
    assert [(event.type, str(event.date), event.date_basis) for event in found] == [
        ("establishment", "2024-08-22", "relative"),
        ("agreement", "2024-08-23", "relative"),
    ]
    assert [event.site for event in found] == [Site("VEN", "Valencia"), Site("VEN", "Caracas")]


def test_the_outcome_beats_the_occasion() -> None:
    text = "At a meeting in Nairobi on Tuesday Kenya and Italy signed a memorandum of understanding on space research."
    assert [event.type for event in extract(document(text))] == ["agreement"]


def test_each_item_of_a_newsletter_is_its_own_event() -> None:
    text = (
        "DIGEST\nJuly 2025\n\nSPACE\n\nKenya launched a weather satellite from Wenchang, China, on 3 July.\n\n"
        "HEALTH\n\nGhana's Food and Drugs Authority certified a malaria vaccine in Accra on 9 July.\n\n"
        "FOOD\n\nThe World Bank approved a loan of 20 million dollars for rice research in Madagascar on 11 July.\n\n"
        "WATER\n\nThe India-Nepal joint committee on water research met in Kathmandu from 20 to 22 July.\n"
    )
    found = extract(document(text, published=""))
    assert [(event.type, str(event.date)) for event in found] == [
        ("launch", "2025-07-03"),
        ("policy", "2025-07-09"),
        ("funding", "2025-07-11"),
        ("meeting", "2025-07-20/2025-07-22"),
    ]


def test_without_a_date_in_the_text_the_document_lends_its_own_with_a_question_mark() -> None:
    (event,) = extract(
        document(
            "Islamabad: Zong has inked a strategic understanding to establish a joint laboratory for low-carbon research at a university in the city."
        )
    )
    assert (str(event.date), event.date_basis) == ("2024-05-09?", "publication")
    assert event.site == Site("PAK", "Islamabad")
    assert [quote.text for quote in event.evidence["date"]] == ["2024-05-09"]


def test_the_event_keeps_its_id_when_another_document_is_added() -> None:
    text = "Kenya and Italy signed a protocol on satellite training in Malindi on Tuesday."
    assert extract(document(text))[0].event_id == extract(document(text))[0].event_id
