"""What a file is, by its bytes, and the reader that reads it."""

from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath

from dashboard.errors import InputError
from dashboard.etl.readers.content import Content, Reader
from dashboard.settings import MAX_DOCUMENT_BYTES

SUFFIXES = {".txt": "txt", ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx", ".eml": "eml"}

_SIGNATURES = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "docx"))
_UNREAD = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word document (.doc), or one with a password; save it as .docx without one",
    ),
    (b"{\\rtf", "an RTF document; save it as .docx"),
    (b"\x89PNG\r\n", "a picture (PNG); run it through text recognition (OCR) first"),
    (b"\xff\xd8\xff", "a picture (JPEG); run it through text recognition (OCR) first"),
    (b"II*\x00", "a picture (TIFF); run it through text recognition (OCR) first"),
    (b"MM\x00*", "a picture (TIFF); run it through text recognition (OCR) first"),
    (b"GIF8", "a picture (GIF); run it through text recognition (OCR) first"),
)
"""Source of the signatures: the WHATWG MIME Sniffing Standard, and for OLE and RTF their own specifications."""


def read_content(content: bytes, name: str) -> tuple[str, Content]:
    """The format of a file's bytes, and what its reader takes out of them.

    Rules: the same bytes under the same name give the same content, so that a result can be kept. PDF and Word files
    are known by their first bytes, whatever their name; what is text is what its name says. Only the reader that is
    needed is loaded.
    Raises: InputError in one sentence if it cannot be read.
    """
    if len(content) > MAX_DOCUMENT_BYTES:
        raise InputError(
            f"{name} has {len(content):,} bytes; expected at most {MAX_DOCUMENT_BYTES:,}; split it into its items"
        )
    if not content.strip():
        raise InputError(f"{name} is empty; expected a document; replace or delete it")
    named = SUFFIXES.get(PurePosixPath(name).suffix.lower())
    form = next((form for signature, form in _SIGNATURES if content.startswith(signature)), named)
    unread = next((what for signature, what in _UNREAD if content.startswith(signature)), "")
    if unread:
        raise InputError(f"{name} is {unread}")
    if form is None:
        raise InputError(f"{name} is not of a kind that is read ({', '.join(SUFFIXES)}); save it as one of these")
    reader: Reader = import_module(f"dashboard.etl.readers.{form}").read
    found = reader(content, name)
    return form, found if form == named else _renamed(found, form, name)


def _renamed(found: Content, form: str, name: str) -> Content:
    kind = {"pdf": "a PDF", "docx": "a Word document"}[form]
    note = f"{name} is {kind} by its bytes, and was read as one; give it the ending .{form}"
    return replace(found, notes=(*found.notes, note))
