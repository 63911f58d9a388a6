import pytest

from dashboard.errors import InputError
from dashboard.etl.readers.pdf import read
from tests.etl.files import drawn_pdf, id_of, pdf

NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
PARAGRAPHS = [
    f"Laboratory {word} for cross-border co-operation was opened in city {word} by the {word} academy. The two sides agreed on "
    f"a programme of work for {word} years, and signed memorandum number {word} on quantum communication with {word} partners."
    for word in NUMBERS
]
LOCK = "open sesame"
LONG = [
    f"{paragraph} {again}" for again in ("First round.", "Second round.", "Third round.") for paragraph in PARAGRAPHS
]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other_and_paragraphs_are_whole(columns: int) -> None:
    lines = read(pdf(LONG, columns=columns, lead="REVIEW"), "a.pdf").text.split("\n")
    assert lines == ["REVIEW", *LONG]


def test_a_running_foot_is_kept_once_and_page_numbers_are_left_out() -> None:
    text = read(pdf(LONG, columns=2, foot="Science Review, July 2025"), "a.pdf").text
    assert text.split("\n")[:-2] == LONG
    assert text.endswith("\n\nScience Review, July 2025 1")


def test_a_masthead_that_stands_once_stays_where_it_is() -> None:
    assert read(
        drawn_pdf(["July 2025", "First item of news"], ["Second item of news"], top=815), "a.pdf"
    ).text.startswith("July 2025\n")


def test_a_word_that_was_divided_is_whole_and_a_compound_keeps_its_hyphen() -> None:
    lines = [
        "The inter-",
        "national co-operation of science-and-",
        "technology was praised by the Asia-",
        "Pacific centre.",
    ]
    assert read(drawn_pdf(lines), "a.pdf").text == (
        "The international co-operation of science-and-technology was praised by the Asia-Pacific centre."
    )


def test_a_list_is_not_joined_to_a_paragraph() -> None:
    lines = [
        "The committee that met in the capital agreed",
        "(a) to open a laboratory in the city of Hefei",
        "(b) to meet again in the year that follows",
    ]
    assert read(drawn_pdf(lines), "a.pdf").text.split("\n") == lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (drawn_pdf(["hidden"], password=LOCK), "is a PDF with a password; save it without one"),
        (drawn_pdf([], []), r"is a PDF of 2 pages without text \(a scan\); run it through text recognition"),
        (b"%PDF-1.7\nnothing", "is not a PDF that can be opened"),
        (pdf(PARAGRAPHS)[:900], "is not a PDF that can be opened"),
        (b"a text", "is not a PDF that can be opened"),
    ],
    ids=id_of,
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.pdf {said}"):
        read(content, "a.pdf")


def test_pages_without_text_among_others_are_said() -> None:
    assert read(drawn_pdf(["A page of words"], [], []), "a.pdf").notes == (
        "a.pdf: 2 of 3 pages have no text (pictures or scans); what they show was not read",
    )


@pytest.mark.parametrize(
    ("title", "kept"), [("Science Review", "Science Review"), ("Microsoft Word - draft7.doc", ""), ("", "")]
)
def test_a_title_counts_if_the_document_shows_it(title: str, kept: str) -> None:
    assert read(pdf(PARAGRAPHS, title=title, lead="SCIENCE REVIEW"), "a.pdf").title == kept


def test_the_day_on_which_the_file_was_made_is_no_publication_date() -> None:
    assert read(pdf(PARAGRAPHS), "a.pdf").published is None
