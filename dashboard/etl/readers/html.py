"""Web pages: the main text without menus and footers, and what the page says about itself."""

import logging
import re
from copy import deepcopy

from htmldate import find_date
from lxml.html import HtmlElement, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted
from trafilatura.utils import load_html

from dashboard.edtf import EventDate, parse_edtf
from dashboard.errors import InputError
from dashboard.etl.readers.content import Content, language_code, with_heading
from dashboard.etl.readers.txt import check_is_text, decode
from dashboard.settings import MAX_PAGE_CHARACTERS

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what is told here in a sentence
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s{0,5}=\s{0,5}[\"']?([\w-]{2,20})", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=]*")
"""A picture or font inside the page, as browsers save them; it is most of such a page and none of its text."""

_HEAD_BYTES = 4096

_DECLARING = "//meta | //script[@type='application/ld+json'] | (//time[@datetime])[1]"
"""Where a page declares its own date. htmldate also looks in the text, and would take the day of a footer; of several
`time` elements the first is the article's own."""

_LAST_DAY = "2100-12-31"
"""htmldate refuses dates after this, by default after the day of the run: the same page could read otherwise tomorrow."""

_FEWEST_LETTERS = 30


def read(content: bytes, name: str) -> Content:
    """The main text of a web page.

    Raises: InputError if it is too large, in no certain encoding, or has no main text.
    """
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    text, encoding = decode(content, name, declared=declared[1].decode("ascii") if declared else "")
    check_is_text(text, name)
    text = _EMBEDDED.sub("data:,", text)
    if len(text) > MAX_PAGE_CHARACTERS:
        raise InputError(
            f"{name} has {len(text):,} characters without its pictures; expected a web page of at most {MAX_PAGE_CHARACTERS:,}; save its text as a .txt file"
        )
    sure = encoding == "utf-8" or declared or encoding.startswith("utf-")
    note = f"{name} is not UTF-8; it was read as {encoding}; if letters are wrong, save it as UTF-8"
    return read_page(text, name, notes=() if sure else (note,))


def read_page(page: str, name: str, *, notes: tuple[str, ...] = ()) -> Content:
    """The main text of a page that is decoded, after its title if the text does not open with it.

    Rules: tables and lists are kept, comments of readers and links are not.
    Raises: InputError if there is no main text.
    """
    tree = load_html(page)
    published = _declared_day(tree) if tree is not None else None  # before the extraction, which takes the tree apart
    found = _main_text(tree) if tree is not None else None
    body = (found.text or "").strip() if found else ""
    if not found or sum(map(str.isalnum, body)) < _FEWEST_LETTERS:
        raise InputError(
            f"{name} has no main text (a web page of menus, or one that a script fills); save the page's text as a .txt file"
        )
    language = _LANGUAGE.search(page[:_HEAD_BYTES])
    title = " ".join((found.title or "").split())
    return Content(
        text=with_heading(title, body),
        title=title,
        publisher=found.sitename or "",
        published=published,
        language=language_code(language[1] if language else None),
        notes=notes,
    )


def _main_text(tree: HtmlElement) -> Extracted | None:
    found = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "max_date": _LAST_DAY},
    )
    return found if isinstance(found, Extracted) else None


def _declared_day(tree: HtmlElement) -> EventDate | None:
    """The day that a page declares in its meta tags, its JSON-LD or a `time` element, or None."""
    declaring = document_fromstring("<html><head></head><body></body></html>")
    for element in tree.xpath(_DECLARING):
        declared = deepcopy(element)
        declared.tail = None
        declaring[0 if declared.tag == "meta" else 1].append(declared)
    found = find_date(declaring, original_date=True, extensive_search=False, max_date=_LAST_DAY)
    try:
        return parse_edtf(found) if found else None
    except ValueError:
        return None
