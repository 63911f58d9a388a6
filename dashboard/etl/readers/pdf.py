"""PDF files: the text of the pages, column by column, in paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from dashboard.errors import InputError
from dashboard.etl.readers.content import Content, title_in_text

_HYPHENATION = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line, with the next line right behind it."""

_MARGIN_SHARE = 0.08
_PARAGRAPH_GAP = 0.45
_INDENT = 0.8
_FULL_LINE_SHARE = 0.97
_WIDE_LINES_FROM = 0.9
_MAX_SIZE_RATIO = 1.2
_LIST_MARK = re.compile(r"(?:[-*\u2022\u25cf\u00b7\u2023\u25aa]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_PAGE_NUMBER = re.compile(r"(?i:page|p\.)?\s?[-\u2013|]?\s?\d{1,4}\s?[-\u2013|]?(?:\s?(?:of|/)\s?\d{1,4})?")
_SENTENCE_ENDS = '.!?:"\u201d'
_BODY_CHARACTERS = 20
_FEWEST_LETTERS_OF_A_PAGE = 3


@dataclass(frozen=True)
class _Line:
    """One line of a page and its box, in points from the lower left corner; heights are those of its first letter."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class _Page:
    height: float
    lines: tuple[_Line, ...]


def read(content: bytes, name: str) -> Content:
    """The text of a PDF: a line a paragraph, in the order in which the file draws them, which keeps columns whole.

    Rules: lines of one paragraph are joined, also over columns and pages; a word divided at a line's end is joined;
    running heads and feet are kept once, numbers of pages are left out. The date on which the file was made is no
    publication date.
    Raises: InputError if the file is broken, needs a password, or has no text (a scan).
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [_page(page) for page in document]
            title = document.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        raise InputError(_refusal(error, name)) from error
    blank = sum(1 for page in pages if sum(len(line.text) for line in page.lines) < _FEWEST_LETTERS_OF_A_PAGE)
    if blank == len(pages):
        raise InputError(
            f"{name} is a PDF of {len(pages)} page{'s' if len(pages) != 1 else ''} without text (a scan); run it through text recognition (OCR) first"
        )
    text = _text_of(pages)
    notes = (f"{name}: {blank} of {len(pages)} pages have no text (pictures or scans); what they show was not read",)
    return Content(text, title=title_in_text(title, text), notes=notes if blank else ())


def _refusal(error: pypdfium2.PdfiumError, name: str) -> str:
    if error.err_code == FPDF_ERR_PASSWORD:
        return f"{name} is a PDF with a password; save it without one"
    return f"{name} is not a PDF that can be opened ({str(error)[:80]}); download it again, or save its text as a .txt file"


def _page(page: pypdfium2.PdfPage) -> _Page:
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    lines: list[_Line] = []
    place = 0
    has_places = len(text) == text_page.count_chars()  # not so where characters outside the basic plane are on the page
    for line in re.split("\r\n|\r|\n", text):
        words = line.strip(" \t\x00")
        if words:
            first = place + line.index(words)
            box = _box(text_page, first, first + len(words) - 1) if has_places else (0.0, 0.0, 0.0, 0.0)
            lines.append(_Line(_undivided(words), *box))
        place += len(line) + 2
    return _Page(page.get_height(), tuple(lines))


def _box(text_page: pypdfium2.PdfTextPage, first: int, last: int) -> tuple[float, float, float, float]:
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    return left, bottom, text_page.get_charbox(last, loose=True)[2], top


def _undivided(line: str) -> str:
    """A word that was divided at a line's end, whole again; a compound that was broken at its own hyphen keeps it."""
    if _HYPHENATION not in line:
        return line
    pieces = line.split(_HYPHENATION)
    joined = pieces[0]
    for piece in pieces[1:]:
        word = joined.rsplit(" ", 1)[-1]
        keeps = "-" in word or not word[-1:].islower() or not piece[:1].islower()
        joined += ("-" if keeps else "") + piece
    return joined


def _text_of(pages: Sequence[_Page]) -> str:
    """Running heads, the body, running feet: so a paragraph that runs over a page is not cut by the page's foot."""
    running = _running_lines(pages)
    heads: dict[str, str] = {}
    feet: dict[str, str] = {}
    paragraphs: list[str] = []
    before: _Line | None = None
    for page in pages:
        full_width = _full_width(page)
        for line in page.lines:
            if line in running.get(_pattern(line.text), ()) or _is_page_number(line, page):
                kept = feet if line.bottom < page.height / 2 else heads
                kept.setdefault(_pattern(line.text), "" if _is_page_number(line, page) else line.text)
                continue
            if before is not None and _continues(before, line, full_width):
                paragraphs[-1] += f" {line.text}"
            else:
                paragraphs.append(line.text)
            before = line
    parts = ("\n".join(filter(None, heads.values())), "\n".join(paragraphs), "\n".join(filter(None, feet.values())))
    return "\n\n".join(filter(None, parts))


def _running_lines(pages: Sequence[_Page]) -> dict[str, set[_Line]]:
    """The lines at the top or bottom of a page that stand in the same place on at least half of the pages.

    Rules: lines are the same but for their figures; half, since left and right pages may differ.
    """
    marginal: dict[tuple[str, int], list[_Line]] = {}
    for page in pages:
        for line in page.lines:
            if _is_in_margin(line, page):
                marginal.setdefault((_pattern(line.text), round(line.bottom)), []).append(line)
    running: dict[str, set[_Line]] = {}
    for (pattern, _), lines in marginal.items():
        if len(lines) >= max(2, len(pages) / 2 - 1):
            running.setdefault(pattern, set()).update(lines)
    return running


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _is_in_margin(line: _Line, page: _Page) -> bool:
    margin = page.height * _MARGIN_SHARE
    return line.top > line.bottom and (line.top < margin or line.bottom > page.height - margin)


def _is_page_number(line: _Line, page: _Page) -> bool:
    return _is_in_margin(line, page) and _PAGE_NUMBER.fullmatch(line.text) is not None


def _full_width(page: _Page) -> float:
    """The width of the page's columns: of its wide lines, but for a few that run over the columns."""
    widths = sorted(line.right - line.left for line in page.lines if len(line.text) >= _BODY_CHARACTERS)
    return widths[int(len(widths) * _WIDE_LINES_FROM)] if widths else 0.0


def _is_full(line: _Line, following: _Line, full_width: float) -> bool:
    """Whether the first word of the next line had no room on this one."""
    width = line.right - line.left
    word = len(following.text.split(" ", 1)[0]) + 1
    return 0 < full_width * _FULL_LINE_SHARE <= width + word * width / len(line.text)


def _continues(before: _Line, line: _Line, full_width: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it.

    Rules: letters of one size; not the start of a list's item; the line before is full. In
    one column the lines also stand close together and the second is not set in. At the top of another column or page
    the sentence must not have ended.
    """
    height, other = before.top - before.bottom, line.top - line.bottom
    if not height or not other or max(height, other) > min(height, other) * _MAX_SIZE_RATIO:
        return False
    if _LIST_MARK.match(line.text) or not _is_full(before, line, full_width):
        return False
    if line.top < before.top:
        return before.bottom - line.top <= height * _PARAGRAPH_GAP and line.left - before.left <= height * _INDENT
    return before.text[-1] not in _SENTENCE_ENDS
