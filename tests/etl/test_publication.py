from dataclasses import replace

import pytest

from dashboard.edtf import parse_edtf
from dashboard.etl.clean import clean
from dashboard.etl.publication import days_from, find_publication, publication_of
from dashboard.schema import PUBLISHED_BASES
from tests.etl.texts import document

BODY = "The committee met in the capital, and the two academies agreed on a programme of work for the years to come."


@pytest.mark.parametrize(
    ("text", "date", "quote", "rule"),
    [
        (" date 2024-03-18 Space\n\n", "2024-03-18", "2024-03-18", "stamp"),
        ("REVIEW\nWeek 24 of 2024 (10 to 16 June)\n\n", "2024-06-10/2024-06-16", "2024 (10 to 16 June)", "masthead"),
        ("CHILA\nREVIEW\n\nJuly 2025\n\n", "2025-07", "July 2025", "masthead"),
        ("MONITOR\nNo. 19 | August 2024\n\n", "2024-08", "August 2024", "masthead"),
        (
            "The monthly for people who run railways                         July 2024\n\n",
            "2024-07",
            "July 2024",
            "masthead",
        ),
        ("https://www.example.org/en/noticias/2023/04/04/fiocruz/\n\n", "2023-04-04", "2023/04/04", "address"),
        ("Posted 9 August 2023 by the office\n\n", "2023-08-09", "9 August 2023", "published"),
        ("Published in 17/08/2022 at 09h12\n\n", "2022-08-17", "17/08/2022", "published_in"),
        ("Week of 3-9 June 2024\n\n", "2024-06-03/2024-06-09", "3-9 June 2024", "masthead"),
        ("Press Service\n27 October 2023, 17:40        Views 1 206\n\n", "2023-10-27", "27 October 2023", "masthead"),
    ],
)
def test_where_a_publication_date_stands(text: str, date: str, quote: str, rule: str) -> None:
    found_in = document(text + BODY, published="")
    found = find_publication(found_in, clean(found_in.text))
    assert str(found.date) == date
    assert found_in.text[found.start : found.end] == quote
    assert rule.startswith(found.rule)


def test_a_date_in_a_sentence_is_no_publication_date_but_lends_its_year() -> None:
    found_in = document("The agreement was signed on 3 May 2019 in Rome. " + BODY, published="")
    found = find_publication(found_in, clean(found_in.text))
    assert (str(found.date), found.rule, found.stand_in) == ("2019", "latest_year", None)


def test_the_sources_list_is_the_last_resort() -> None:
    found_in = replace(document(BODY, published=""), published=parse_edtf("2025-07-23"))
    found = find_publication(found_in, found_in.text)
    assert (str(found.date), found.rule, found.span) == ("2025-07-23", "sources.csv", ())


@pytest.mark.parametrize(("event", "days"), [("2024-05-09", 0), ("2024-05-02", 7), ("2024-05-12", -3), ("2024-05", 0)])
def test_days_from_an_event_to_the_publication(event: str, days: int) -> None:
    found_in = document(BODY)
    assert days_from(find_publication(found_in, found_in.text), parse_edtf(event)) == days


MAIL_DAY = parse_edtf("2025-07-08")


@pytest.mark.parametrize(
    ("text", "listed", "date", "rule"),
    [
        (BODY, "", "2025-07-08", "metadata"),
        (BODY, "2025-07-01", "2025-07-01", "sources.csv"),
        ("Posted 9 August 2023 by the office\n\n" + BODY, "2025-07-01", "2023-08-09", "published"),
        (" date 2024-03-18 Space\n\n" + BODY, "", "2024-03-18", "stamp"),
        (
            "GENEVA, 9 August 2023 (Agency) - The two academies agreed on a programme of work for the years to come.\n\n"
            + BODY,
            "",
            "2023-08-09",
            "dateline",
        ),
        ("From: desk@example.org\nDate: Wed, 9 Aug 2023\n\n" + BODY, "", "2023-08-09", "published"),
        (BODY + "\n\nSee https://example.org/2019/03/04/other for more.", "", "2025-07-08", "metadata"),
        (BODY + "\n\n3 May 2019\n\n", "", "2025-07-08", "metadata"),
        ("\n".join([BODY] * 12) + "\nPublished 3 May 2019", "", "2025-07-08", "metadata"),
    ],
)
def test_a_declared_date_yields_to_the_head_of_the_text_and_to_the_list(
    text: str, listed: str, date: str, rule: str
) -> None:
    found_in = replace(
        document(text, published=""), declared=MAIL_DAY, published=parse_edtf(listed) if listed else None
    )
    found = find_publication(found_in, clean(found_in.text))
    assert (str(found.date), found.rule) == (date, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "GENEVA, 9 August 2023 (Agency) - The two academies agreed on a programme of work for the years to come.",
            "dateline",
        ),
        ("\n".join(["A line of the table of contents"] * 20) + "\n9 August 2023\n\n" + BODY, "lines"),
        ("REVIEW\n9 August 2023\n\n" + BODY, "masthead"),
    ],
)
def test_each_date_of_the_text_has_its_basis(text: str, rule: str) -> None:
    found = publication_of(document(text, published=""))
    assert (str(found.date), found.rule) == ("2023-08-09", rule)
    assert rule in PUBLISHED_BASES
