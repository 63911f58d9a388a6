"""Small documents made of one text, as the tests of the extractor need them."""

import hashlib

from dashboard.etl.analysis import Analysis, analyse
from dashboard.etl.read import Document


def document(text: str, *, published: str = "2024-05-09") -> Document:
    """A document with a date stamp, as the collection's files have it; an empty `published` leaves the stamp out."""
    whole = f" date {published} {text}" if published else text
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return Document(f"d{digest[:12]}", "test.txt", whole, digest)


def analysis(text: str, *, published: str = "2024-05-09") -> Analysis:
    """What the find modules make of a text."""
    return analyse(document(text, published=published))
