import pytest

from dashboard.errors import InputError
from dashboard.etl.readers.html import read
from dashboard.settings import MAX_PAGE_CHARACTERS
from tests.etl.files import OPENING, page

PUBLISHED = '<meta property="article:published_time" content="2025-07-08T09:30:00+08:00">'
MODIFIED = '<meta property="article:modified_time" content="2025-07-10T09:30:00+08:00">'
LINKED_DATA = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-07-08T01:00:00Z"}</script>'
)


def test_the_main_text_is_read_without_menu_and_foot() -> None:
    found = read(page(f"<h1>A laboratory opens in Hefei</h1><p>{OPENING}</p>").encode(), "a.html")
    assert found.text == f"A laboratory opens in Hefei\n{OPENING}"


def test_a_title_that_the_text_lacks_is_its_first_line() -> None:
    assert read(page(f"<p>{OPENING}</p>").encode(), "a.html").text == f"A laboratory opens in Hefei\n\n{OPENING}"


def test_tables_and_lists_are_kept_in_their_place() -> None:
    body = f"<p>{OPENING}</p><table><tr><td>Partner</td><td>CSIC</td></tr></table><ul><li>quantum memory</li></ul><p>Both sides agreed.</p>"
    text = read(page(body).encode(), "a.html").text
    assert text.index(OPENING) < text.index("CSIC") < text.index("quantum memory") < text.index("Both sides")


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (PUBLISHED, "", "2025-07-08"),
        (MODIFIED + PUBLISHED, "", "2025-07-08"),
        ('<meta name="DC.date" content="2025-07-08">', "", "2025-07-08"),
        ("", LINKED_DATA, "2025-07-08"),
        (
            "",
            '<time datetime="2025-07-08">on Tuesday</time><aside><time datetime="2019-01-01">old</time></aside>',
            "2025-07-08",
        ),
        ("", "", "None"),
        ('<meta name="description" content="On 7 May 2021 a treaty was signed">', "", "None"),
    ],
)
def test_the_date_is_one_that_the_page_declares_never_one_of_its_text(head: str, body: str, published: str) -> None:
    assert str(read(page(f"{body}<p>{OPENING}</p>", head=head).encode(), "a.html").published) == published


def test_the_page_says_its_title_its_site_and_its_language() -> None:
    head = '<meta property="og:site_name" content="Xinhua">'
    found = read(page(f"<p>{OPENING}</p>", head=head, lang="en-GB").encode(), "a.html")
    assert (found.title, found.publisher, found.language) == ("A laboratory opens in Hefei", "Xinhua", "en")


@pytest.mark.parametrize(
    "body", ["", "<script>write()</script>", "<div>" * 100_000, "<table><tr><td>" * 10_000, "<" * 100_000]
)
def test_a_page_without_main_text_is_refused(body: str) -> None:
    with pytest.raises(InputError, match=r"a\.html has no main text .*; save the page's text"):
        read(page(body).encode(), "a.html")


def test_a_page_in_the_encoding_that_it_declares_needs_no_note() -> None:
    whole = page(f"<p>São Paulo: {OPENING}</p>").replace("utf-8", "iso-8859-1")
    found = read(whole.encode("iso-8859-1"), "a.html")
    assert "São Paulo" in found.text
    assert found.notes == ()


def test_a_page_in_an_encoding_that_it_does_not_declare_says_which_was_taken() -> None:
    whole = page(f"<p>“São Paulo”: {OPENING}</p>").replace('<meta charset="utf-8">', "")
    found = read(whole.encode("cp1252"), "a.html")
    assert "“São Paulo”" in found.text
    assert "it was read as cp1252" in found.notes[0]


def test_pictures_inside_a_page_do_not_count_as_its_length() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 3 * MAX_PAGE_CHARACTERS}">'
    assert OPENING in read(page(f"{picture}<p>{OPENING}</p>").encode(), "a.html").text
    with pytest.raises(InputError, match="expected a web page of at most 2,000,000"):
        read(page("word " * MAX_PAGE_CHARACTERS).encode(), "a.html")
