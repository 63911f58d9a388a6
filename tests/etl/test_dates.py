from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.etl.clean import clean
from dashboard.etl.dates import WRITINGS, _used, find_dates
from dashboard.etl.publication import find_publication
from dashboard.etl.read import read_folder
from dashboard.etl.tokens import tokenise
from tests.etl.texts import document


def dates(text: str, published: str = "2024-05-09") -> list[tuple[str, str, str]]:
    """Quote, value and basis of each date behind the stamp."""
    found_in = document(text, published=published)
    view = found_in.text
    found = find_dates(view, tokenise(view), find_publication(found_in, view))
    return [
        (view[mention.start : mention.end], mention.value, mention.basis) for mention in found if mention.start > 14
    ]


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("Bratislava, 3.5. -- it opened", "2024-05-03", "stated"),
        ("held on 23 July 2023 in", "2023-07-23", "stated"),
        ("held on July 23, 2023 in", "2023-07-23", "stated"),
        ("held on 23rd of July, 2023 in", "2023-07-23", "stated"),
        ("signed on 2023-07-23 in", "2023-07-23", "stated"),
        ("signed on 12.05.2004 in", "2004-05-12", "stated"),
        ("held on Wednesday, 8 May, for", "2024-05-08", "stated"),
        ("held from 20 to 22 April in", "2024-04-20/2024-04-22", "stated"),
        ("held on April 20-22 in", "2024-04-20/2024-04-22", "stated"),
        ("stood from August 21 to 29 and", "2024-08-21/2024-08-29", "stated"),
        ("held from 30 April to 2 May in", "2024-04-30/2024-05-02", "stated"),
        ("from 28 December 2023 to 3 January 2024 in", "2023-12-28/2024-01-03", "stated"),
        ("signed in July 2023 in", "2023-07", "stated"),
        ("arrived on Wednesday for", "2024-05-08", "relative"),
        ("terms last Friday (3) on", "2024-05-03", "relative"),
        ("signed yesterday in", "2024-05-08", "relative"),
        ("two days ago in", "2024-05-07", "relative"),
        ("was broken last July when", "2023-07", "relative"),
        ("earlier this month in", "2024-05", "relative"),
        ("in the third quarter of 2023 the", "2023-07/2023-09", "stated"),
        ("set up in 2016 by", "2016", "stated"),
        ("will open on Monday in", "2024-05-13", "relative"),
        ("opened on 31 December in", "2023-12-31", "stated"),
        ("opened on the first of May in", "2024-05-01", "stated"),
        ("opened on the last day of April in", "2024-04-30", "stated"),
        ("held the fifth to the seventh of May in", "2024-05-05/2024-05-07", "stated"),
        ("signed on 14.III.2024 in", "2024-03-14", "stated"),
        ("opened on the 26th of last month in", "2024-04-26", "relative"),
        ("opened on the second, in", "2024-05-02", "stated"),
        ("opened on the 29th, behind", "2024-04-29", "stated"),
        ("opened Monday the 6th, behind", "2024-05-06", "stated"),
        ("held in the week of 29 April in", "2024-04-29/2024-05-05", "stated"),
        ("held in the week ending 5 May in", "2024-04-29/2024-05-05", "stated"),
        ("held from Monday 22 April until Saturday in", "2024-04-22/2024-04-27", "stated"),
        ("from the evening of 3 May to the first light of the 4th in", "2024-05-03/2024-05-04", "stated"),
        ("held the week before last in", "2024-04-22/2024-04-28", "relative"),
        ("opened on Tuesday last week in", "2024-04-30", "relative"),
    ],
)
def test_what_a_date_means(text: str, value: str, basis: str) -> None:
    assert [(found, on) for _, found, on in dates(f"It was {text} the city.")] == [(value, basis)]


@pytest.mark.parametrize(
    "text",
    [
        "we met a 3D printer",
        "20 people may march",
        "Horizon 2061 and Expo 2025",
        "room 1204",
        "the Sun rises",
        "version 1.2.3",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They met on Thursday. It was signed the next day.", ["2024-05-09", "2024-05-10"]),
        ("It opened on Sunday. A day earlier they came.", ["2024-05-05", "2024-05-04"]),
        ("From the 2nd to the 4th they met.", ["2024-05-02/2024-05-04"]),
        ("It ended on 23 April and had begun on the 5th.", ["2024-04-23", "2024-04-05"]),
        ("It began on 20 April and closed the following afternoon.", ["2024-04-20", "2024-04-21"]),
    ],
)
def test_a_date_that_counts_from_another(text: str, values: list[str]) -> None:
    assert [value for _, value, _ in dates(text)] == values


def test_the_span_that_lent_the_year_is_kept() -> None:
    found_in = document("It was held on 23 April.")
    publication = find_publication(found_in, found_in.text)
    (mention,) = [
        mention for mention in find_dates(found_in.text, tokenise(found_in.text), publication) if mention.start > 14
    ]
    assert [found_in.text[slice(*span)] for span in mention.lent] == ["2024-05-09"]


@given(st.text(alphabet="0123456789 -/.,JulyMaonthedSrik", max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for quote, value, _ in dates(text):
        assert quote
        assert value


def test_no_writing_loses_a_date_of_the_corpus_to_its_gate() -> None:
    for found_in in read_folder(Path("tests/fixtures/corpus/open")).documents[:60]:
        view = clean(found_in.text)
        tried = dict(_used(view, tokenise(view)))
        for writing in WRITINGS:
            whole = {found.span() for found in writing.pattern.finditer(view)}
            near = {
                found.span()
                for low, high in tried.get(writing, ())
                for found in writing.pattern.finditer(view, low, high)
            }
            assert whole <= near, (found_in.name, writing.rule)
