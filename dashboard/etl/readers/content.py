"""What a reader takes out of the bytes of one file."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.edtf import EventDate

_OPENING_CHARACTERS = 3000


@dataclass(frozen=True)
class Attachment:
    """A file inside a file: its own name, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Content:
    """The text of a file, and what the file says about itself.

    Rules: the same bytes give the same content at every run and on every day, since offsets point into `text`.
    `published` is a date that the publisher or sender declared, never the day on which a file was saved.
    `notes` are sentences for the analyst about how it was read.
    """

    text: str
    title: str = ""
    publisher: str = ""
    published: EventDate | None = None
    language: str = ""
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


Reader = Callable[[bytes, str], Content]
"""Reads the bytes of a file; the name is for its sentences. Raises InputError in one sentence."""


def language_code(declared: str | None) -> str:
    """`en` for `en`, `en-GB` or `EN_us`; nothing for what is no two-letter code (ISO 639-1)."""
    code = (declared or "").strip().replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def title_in_text(title: str | None, text: str) -> str:
    """The title that a file declares, if its opening shows it too.

    Rules: PDF and Word files carry the titles of templates and of the files they were made from; one that a reader
    of the first page can see is the document's own.
    """
    words = " ".join((title or "").split())
    opening = " ".join(text[:_OPENING_CHARACTERS].split())
    return words if words.casefold() in opening.casefold() else ""


def with_heading(title: str, body: str) -> str:
    """The text with its title as its first line, once."""
    opening = " ".join(body[: len(title) + 200].split())
    return body if not title or title.casefold() in opening.casefold() else f"{title}\n\n{body}"
