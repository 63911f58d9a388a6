"""Where things are and how large they may be. The only reader of the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE_DIR = ROOT / "data" / "reference"

MAX_DOCUMENT_BYTES = 20_000_000
"""A document larger than this is refused with an issue: no news item or newsletter comes near it."""

MAX_PAGE_CHARACTERS = 2_000_000
"""A web page longer than this, its embedded pictures apart, is refused: finding the main text takes seconds a megabyte."""

MAX_ARCHIVE_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_ARCHIVE_RATIO = 200
"""What a Word document may unpack to: parts, bytes in all, and bytes of a part over its packed bytes (Word's own stay below 50)."""

MAX_ATTACHMENTS = 50
MAX_ATTACHMENT_DEPTH = 3
"""Attachments of one e-mail, and e-mails inside e-mails, that are read; the others are issues."""

QUOTE_CONTEXT_CHARACTERS = 60
"""Characters kept before and after each quote (the W3C quote selector's prefix and suffix)."""

DOWNLOAD_NAME = "corridor"


@dataclass(frozen=True)
class Settings:
    """The folders of one run.

    Rules: a folder named on the command line wins over the environment, which wins over the default.
    """

    documents_dir: Path
    reviews_dir: Path
    output_dir: Path


def current() -> Settings:
    """The settings of this process: `CORRIDOR_DOCUMENTS`, `CORRIDOR_REVIEWS` and `CORRIDOR_OUTPUT` name other folders."""
    return Settings(
        documents_dir=Path(os.environ.get("CORRIDOR_DOCUMENTS", ROOT / "seeds")),
        reviews_dir=Path(os.environ.get("CORRIDOR_REVIEWS", ROOT / "data" / "reviews")),
        output_dir=Path(os.environ.get("CORRIDOR_OUTPUT", ROOT / "data" / "build")),
    )
