"""The ways from documents to events, by name: the project's rules; by choice also with a sentence encoder, or a language model.

Rules: the rules are the default and need no network; the modules of the others are not even imported unless chosen.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from dashboard.codebook import Event
from dashboard.errors import InputError
from dashboard.etl.extract import Explanation, extract_and_explain
from dashboard.etl.read import Document
from dashboard.issues import Issue
from dashboard.settings import REFERENCE_DIR, ROOT, current_llm

DEFAULT_EXTRACTOR = "rules"


@dataclass(frozen=True)
class Extraction:
    """What one extractor makes of one document.

    Shape: `explanations` has one entry a sentence, or none where the extractor gives no account. `refused` counts what the
    extractor was told and did not take, by what it was. `is_whole` is False if a part of the document was not read
    for a passing reason (a server that did not answer): such a result is not to be kept for the next build.
    """

    events: tuple[Event, ...]
    explanations: tuple[Explanation, ...] = ()
    issues: tuple[Issue, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    is_whole: bool = True


class Extractor(Protocol):
    """Anything that finds events in a document, whatever the other documents say.

    Rules: the same `fingerprint` gives the same events for the same document, so results may be kept under it.
    `workers` says how many documents it likes to read at a time, from threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def workers(self) -> int: ...

    def extract(self, document: Document) -> Extraction: ...


class RulesExtractor:
    """The project's own rules and lexicons."""

    name = DEFAULT_EXTRACTOR
    workers = 1

    @cached_property
    def fingerprint(self) -> str:
        return f"{self.name}:{hash_of_rules()}"

    def extract(self, document: Document) -> Extraction:
        return Extraction(*extract_and_explain(document))


def hash_of_rules() -> str:
    """Hash of the code and data files that make events."""
    sources = [*(ROOT / "dashboard").glob("*.py"), *(ROOT / "dashboard" / "etl").glob("*.py")]
    digest = hashlib.sha256()
    for path in sorted([*sources, *REFERENCE_DIR.glob("*.csv")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _encoder() -> Extractor:
    from dashboard.etl.encoded_kinds import EncoderExtractor  # noqa: PLC0415  (needs a package that few have installed)

    return EncoderExtractor()


def _llm() -> Extractor:
    from dashboard.etl.llm import LlmExtractor  # noqa: PLC0415  (nothing that speaks to a network is loaded unless it is chosen)

    return LlmExtractor(current_llm())


EXTRACTORS: Mapping[str, Callable[[], Extractor]] = {
    DEFAULT_EXTRACTOR: RulesExtractor,
    "encoder": _encoder,
    "llm": _llm,
}


def choose_extractor(name: str) -> Extractor:
    """The extractor of a name of `EXTRACTORS`.

    Raises: InputError in one sentence if it cannot run with the settings of this process.
    """
    return EXTRACTORS[name]()


def extract_all(documents: Sequence[Document], extractor: Extractor) -> list[Extraction]:
    """What the extractor makes of each document, in their order, some read at a time.

    Raises: InputError if the extractor failed for every document, so that nobody publishes a build without events
    because a server is down; or at once, if it says that it will fail for all.
    """
    if extractor.workers == 1 or len(documents) < 2:
        extractions = [extractor.extract(document) for document in documents]
    else:
        extractions = _side_by_side(documents, extractor)
    if extractions and not any(extraction.is_whole or extraction.events for extraction in extractions):
        first = next(issue.message for extraction in extractions for issue in extraction.issues)
        raise InputError(f"none of {len(documents)} documents could be read by {extractor.name}; the first: {first}")
    return extractions


def _side_by_side(documents: Sequence[Document], extractor: Extractor) -> list[Extraction]:
    pool = ThreadPoolExecutor(max_workers=extractor.workers)
    try:
        return list(pool.map(extractor.extract, documents))
    finally:
        pool.shutdown(cancel_futures=True)


def events_of(extractions: Iterable[Extraction]) -> list[Event]:
    """All events, in the order of the documents."""
    return [event for extraction in extractions for event in extraction.events]


def refusals_in_words(extractions: Iterable[Extraction]) -> Iterator[str]:
    """One line for the terminal if anything was refused."""
    extractions = list(extractions)
    refused: Counter[str] = Counter()
    for extraction in extractions:
        refused.update(extraction.refused)
    if refused:
        parts = ", ".join(f"{count} {what}" for what, count in sorted(refused.items(), key=lambda item: -item[1]))
        yield f"{len(events_of(extractions))} events kept; refused: {parts}."
