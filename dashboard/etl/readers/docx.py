"""Word documents: paragraphs and tables in their order."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import LxmlError

from dashboard.errors import InputError
from dashboard.etl.readers.content import Content, language_code, title_in_text
from dashboard.settings import MAX_ARCHIVE_ENTRIES, MAX_ARCHIVE_RATIO, MAX_UNPACKED_BYTES

_SMALL_PART_BYTES = 1_000_000

_PARAGRAPH, _ROW, _CELL, _WORDS = qn("w:p"), qn("w:tr"), qn("w:tc"), qn("w:t")
_CONTAINERS = frozenset(map(qn, ("w:tbl", "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")))
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_UNREAD = frozenset(
    (
        qn("w:pPr"),
        qn("w:rPr"),
        qn("w:moveFrom"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
"""Properties; text that was moved away; the second copy of a text box, for older programs."""


def read(content: bytes, name: str) -> Content:
    """The text of a Word document: one line a paragraph; a table's row is one line, its cells between bars.

    Rules: the dates that Word keeps are those of the file and its template, so that none is a publication date.
    Raises: InputError if it is not a Word document, is broken, unpacks to too much, or has no text.
    """
    _check_archive(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
    except (OpcError, LxmlError, KeyError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise InputError(
            f"{name} is broken or not a Word document of the .docx form ({str(error)[:100]}); open it in Word and save it again"
        ) from error
    text = "\n".join(_lines(document)).strip()
    if not any(character.isalnum() for character in text):
        raise InputError(
            f"{name} has no text (a Word document of pictures?); expected words; write them out, or delete it"
        )
    facts = document.core_properties
    return Content(text, title=title_in_text(facts.title, text), language=language_code(facts.language))


def _check_archive(content: bytes, name: str) -> None:
    """Look at the archive's list before anything is unpacked.

    Raises: InputError if the bytes are no zip archive, or if they unpack to more than a document needs: a bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(
            f"{name} is not a Word document (no zip archive can be read in it); open it in Word and save it as .docx"
        ) from error
    unpacked = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(f"{name} is an archive with a password; save the document without one")
    if (
        len(parts) > MAX_ARCHIVE_ENTRIES
        or unpacked > MAX_UNPACKED_BYTES
        or any(part.file_size > max(_SMALL_PART_BYTES, MAX_ARCHIVE_RATIO * part.compress_size) for part in parts)
    ):
        raise InputError(
            f"{name} would unpack {len(content):,} bytes to {unpacked:,} in {len(parts):,} parts; expected at most {MAX_UNPACKED_BYTES:,} in "
            f"{MAX_ARCHIVE_ENTRIES:,}, no part more than {MAX_ARCHIVE_RATIO} times its packed size; it was not opened; save its text as a .txt file"
        )
    if "word/document.xml" not in {part.filename for part in parts}:
        raise InputError(
            f"{name} is a zip archive, not a Word document; unpack it and put the documents themselves there"
        )


def _lines(document: WordDocument) -> Iterator[str]:
    """The running head of the first page, where a newsletter has its masthead; then the body."""
    header = document.sections[0].header if document.sections else None
    if header is not None and not header.is_linked_to_previous:
        yield from _block_lines(header._element)  # noqa: SLF001 -- python-docx keeps the XML of a part here
    yield from _block_lines(document.element.body)


def _block_lines(parent: BaseOxmlElement) -> Iterator[str]:
    """The paragraphs and table rows below an element, in order.

    Rules: content controls and tracked insertions are text that a reader of the document sees; `iter_inner_content`
    and `Paragraph.text` leave both out. Deleted text has another tag and is not read.
    """
    for child in parent.iterchildren():
        if child.tag == _PARAGRAPH:
            yield _text(child)
        elif child.tag == _ROW:
            yield " | ".join(_cells(child))
        elif child.tag in _CONTAINERS:
            yield from _block_lines(child)


def _cells(parent: BaseOxmlElement) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == _CELL:
            yield " ".join(" ".join(_block_lines(child)).split())
        elif child.tag in _CONTAINERS:
            yield from _cells(child)


def _text(parent: BaseOxmlElement) -> str:
    return "".join(_pieces(parent))


def _pieces(parent: BaseOxmlElement) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == _WORDS:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _PARAGRAPH:  # a text box inside the paragraph
            yield f"\n{_text(child)}"
        elif child.tag not in _UNREAD:
            yield from _pieces(child)
