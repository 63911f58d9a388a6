"""The ways from documents to events, by name: the project's rules; by choice also with a sentence encoder, or a language model.

Rules: the rules are the default and need no network; the modules of the others are not even imported unless chosen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from dashboard.codebook import Event
from dashboard.errors import InputError
from dashboard.etl.extract import Explanation, extract_and_explain
from dashboard.etl.read import Document
from dashboard.issues import Issue
from dashboard.settings import current_llm

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

    Rules: with the same code and data files the same `fingerprint` gives the same events for the same document, so
    results may be kept under these.
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
    """The project's own rules and lexicons: nothing beside the code and the data files decides what they make."""

    name = DEFAULT_EXTRACTOR
    fingerprint = DEFAULT_EXTRACTOR
    workers = 1

    def extract(self, document: Document) -> Extraction:
        return Extraction(*extract_and_explain(document))


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
    """What the extractor makes of each document, in their order.

    Raises: InputError if the extractor failed for all.
    """
    extractions = list(extract_each(documents, extractor))
    if extractions and not any(extraction.is_whole or extraction.events for extraction in extractions):
        issues = (issue for extraction in extractions for issue in extraction.issues)
        raise failed_for_all(extractor, len(documents), issues)
    return extractions


def extract_each(documents: Sequence[Document], extractor: Extractor) -> Iterator[Extraction]:
    """What the extractor makes of each document, in their order, as it comes; some are read at a time.

    Raises: InputError at once if the extractor says that it will fail for all.
    """
    if extractor.workers == 1 or len(documents) < 2:
        yield from (extractor.extract(document) for document in documents)
        return
    pool = ThreadPoolExecutor(max_workers=extractor.workers)
    try:
        yield from pool.map(extractor.extract, documents)
    finally:
        pool.shutdown(cancel_futures=True)


def failed_for_all(extractor: Extractor, count: int, issues: Iterable[Issue]) -> InputError:
    """What is raised when an extractor failed for every document, so that nobody publishes a build without events because
    a server is down."""
    first = next(iter(issues)).message
    return InputError(f"none of {count} documents could be read by {extractor.name}; the first: {first}")


def events_of(extractions: Iterable[Extraction]) -> list[Event]:
    """All events, in the order of the documents."""
    return [event for extraction in extractions for event in extraction.events]


def refusals_in_words(event_count: int, refusals: Iterable[Mapping[str, int]]) -> Iterator[str]:
    """One line for the terminal if anything was refused."""
    refused: Counter[str] = Counter()
    for refusal in refusals:
        refused.update(refusal)
    if refused:
        parts = ", ".join(f"{count} {what}" for what, count in sorted(refused.items(), key=lambda item: -item[1]))
        yield f"{event_count} events kept; refused: {parts}."
