"""Where things are and how large they may be. The only reader of the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.errors import InputError

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

MAX_KEPT_BUILDS_BYTES = 1_000_000_000
"""Older builds are kept while all of them together take no more: a link that was made on one can then say what changed."""

TOO_LONG = "too-long"
"""The parameter of an address that stands for one that was too long: how many characters it had."""

DOWNLOAD_NAME = "corridor"


@dataclass(frozen=True)
class Settings:
    """The folders of one run.

    Rules: a folder named on the command line wins over the environment, which wins over the default.
    """

    documents_dir: Path
    reviews_dir: Path
    output_dir: Path

    @property
    def views_file(self) -> Path:
        """The saved views: beside the folder of decisions, since people make both."""
        return self.reviews_dir.parent / "views.jsonl"

    @property
    def milestones_file(self) -> Path:
        """The analysts' own milestones, beside the saved views."""
        return self.reviews_dir.parent / "milestones.csv"


def current() -> Settings:
    """The settings of this process: `CORRIDOR_DOCUMENTS`, `CORRIDOR_REVIEWS` and `CORRIDOR_OUTPUT` name other folders."""
    return Settings(
        documents_dir=Path(os.environ.get("CORRIDOR_DOCUMENTS", ROOT / "seeds")),
        reviews_dir=Path(os.environ.get("CORRIDOR_REVIEWS", ROOT / "data" / "reviews")),
        output_dir=Path(os.environ.get("CORRIDOR_OUTPUT", ROOT / "data" / "build")),
    )


@dataclass(frozen=True)
class LlmSettings:
    """The endpoint of a language model, for who chooses `--extractor llm`.

    Shape: `url` is empty where none is named. `key` is never printed, logged, stored or put into an error.
    Units: seconds; `part_characters` is the longest stretch of a document that goes into one request.
    """

    url: str = ""
    model: str = ""
    key: str = field(default="", repr=False)
    timeout_seconds: float = 120.0
    retries: int = 2
    concurrency: int = 4
    part_characters: int = 24_000
    answer_bytes: int = 2_000_000
    first_pause_seconds: float = 1.0
    longest_pause_seconds: float = 60.0


def current_llm() -> LlmSettings:
    """The endpoint that `CORRIDOR_LLM_URL`, `_MODEL`, `_KEY`, `_TIMEOUT`, `_RETRIES`, `_CONCURRENCY` and `_PART_CHARACTERS` name.

    Raises: InputError naming the variable that does not hold a number in its range.
    """
    default = LlmSettings()
    return LlmSettings(
        url=os.environ.get("CORRIDOR_LLM_URL", "").strip().rstrip("/"),
        model=os.environ.get("CORRIDOR_LLM_MODEL", "").strip(),
        key=os.environ.get("CORRIDOR_LLM_KEY", "").strip(),
        timeout_seconds=_number("CORRIDOR_LLM_TIMEOUT", default.timeout_seconds, least=1, most=3600),
        retries=int(_number("CORRIDOR_LLM_RETRIES", default.retries, least=0, most=20)),
        concurrency=int(_number("CORRIDOR_LLM_CONCURRENCY", default.concurrency, least=1, most=64)),
        part_characters=int(
            _number("CORRIDOR_LLM_PART_CHARACTERS", default.part_characters, least=1000, most=1_000_000)
        ),
    )


def _number(name: str, default: float, *, least: float, most: float) -> float:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise InputError(f"{name} is {text!r}; expected a whole number from {least:g} to {most:g}")
    return int(text)
