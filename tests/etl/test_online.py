import pytest

from dashboard.etl.online import find_online


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met by video link on Monday.",
        "The talks were held entirely online.",
        "The two sides signed on Webex, each with a witness.",
        "The seminar, by screen only, took a day.",
        "They were taught in front of their webcams.",
        "The course was followed through a browser from 3 to 9 May.",
        "The council met virtually from May 3 to May 5.",
    ],
)
def test_words_that_say_an_event_was_online(text: str) -> None:
    assert list(find_online(text))


@pytest.mark.parametrize(
    "text",
    [
        "The study appeared online on Monday.",
        "The ministry opened an online portal for seeds.",
        "The papers were signed in Rio with the directors joining by video conference.",
        "A museum was opened by video from Suva.",
        "The minister spoke to the meeting by video link.",
        "They signed in Bonn.",
    ],
)
def test_publications_things_and_guests_from_elsewhere_are_no_online_events(text: str) -> None:
    assert not list(find_online(text))
