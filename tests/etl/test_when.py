import pytest

from dashboard.etl.extract import extract
from tests.etl.texts import document


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        ("Kenya and Italy signed a protocol on satellite training in Nairobi on Tuesday.", "2024-05-07", "relative"),
        ("Kenya and Italy signed a protocol on satellite training in Nairobi on 3 May.", "2024-05-03", "stated"),
        ("The Kenya Space Agency and the Italian Space Agency have signed a protocol on satellite training in Nairobi.", "2024-05-09?", "publication"),
        ("Kenya and Italy, partners since 2011, signed a protocol on satellite training in Nairobi on Monday, before a forum due in October.", "2024-05-06", "relative"),
    ],
)  # fmt: skip
def test_when_an_event_was(text: str, date: str, basis: str) -> None:
    (event,) = extract(document(text))
    assert (str(event.date), event.date_basis) == (date, basis)


def test_a_date_of_what_came_before_is_not_the_events() -> None:
    text = (
        "Kenya and Italy signed a protocol on satellite training in Nairobi on Tuesday.\n\n"
        "The first agreement of the two was concluded on 12 March 1995."
    )
    (event,) = extract(document(text))
    assert str(event.date) == "2024-05-07"


def test_the_year_that_only_a_mention_lends_dates_no_event() -> None:
    """Without a date of its own the event has none: a year in passing is not when the document came out."""
    text = "The Kenya Space Agency and the Italian Space Agency have signed a protocol on training in Nairobi. They have met since 2011."
    (event,) = extract(document(text, published=""))
    assert event.date is None
