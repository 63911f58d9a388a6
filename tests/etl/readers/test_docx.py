import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.errors import InputError
from dashboard.etl.readers.docx import read
from tests.etl.files import archive, id_of, saved, word


def test_paragraphs_and_tables_are_in_their_order() -> None:
    content = word("MONITOR", "First item.", rows=[["Partner", "Country"], ["CSIC", "Spain"]], after="Last item.")
    assert read(content, "a.docx").text == "MONITOR\nFirst item.\nPartner | Country\nCSIC | Spain\nLast item."


def test_a_cell_over_two_columns_is_read_once_and_a_table_in_a_cell_on_its_line() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    table.cell(1, 1).text = "c"
    assert read(saved(document), "a.docx").text == "Wide\na | b | c"


def test_the_head_of_the_page_is_read_first() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Science Monitor, July 2025"
    document.add_paragraph("An item.")
    assert read(saved(document), "a.docx").text == "Science Monitor, July 2025\nAn item."


def test_what_a_reader_sees_is_read_whatever_it_is_wrapped_in() -> None:
    document = docx.Document()
    pieces = (
        "<w:ins><w:r><w:t>inserted, </w:t></w:r></w:ins>", "<w:del><w:r><w:delText>deleted, </w:delText></w:r></w:del>",
        "<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", "<w:r><w:tab/><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>",
    )  # fmt: skip
    controlled = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{''.join(pieces)}</w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(controlled))
    assert read(saved(document), "a.docx").text == "inserted, linked\tnon-stop"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a text", "is not a Word document"),
        (archive({"a.txt": b"x"}), "is a zip archive, not a Word document"),
        (archive({"word/document.xml": b"<w/>"}), "is broken or not a Word document"),
        (word("A paragraph.")[:2000], "is not a Word document"),
        (word(""), "has no text"),
        (archive({"word/document.xml": b"0" * 20_000_000}), "would unpack .* it was not opened"),
        (archive({f"word/{number}.xml": b"" for number in range(5_001)}), "would unpack .* in 5,001 parts"),
    ],
    ids=id_of,
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.docx {said}"):
        read(content, "a.docx")


@pytest.mark.parametrize(("title", "kept"), [("Science Monitor", "Science Monitor"), ("Template 2019", ""), ("", "")])
def test_a_title_counts_if_the_document_shows_it(title: str, kept: str) -> None:
    assert read(word("SCIENCE MONITOR", "An item.", title=title), "a.docx").title == kept


def test_the_dates_of_the_file_and_its_template_are_no_publication_date() -> None:
    assert read(word("An item."), "a.docx").published is None
