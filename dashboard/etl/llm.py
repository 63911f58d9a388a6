"""Events by a language model behind an endpoint that the settings name: the second extractor, by choice only.

Rules: the documents' text goes to that endpoint. The model's word counts for nothing by itself: what it says is taken as
far as its quotes are in the document (see `llm_answer`), and what is refused is counted and reported.
"""

import hashlib
import json
from collections import Counter
from functools import cached_property

from dashboard.codebook import Event
from dashboard.etl.anchoring import AnchorText, Span, paragraph_parts
from dashboard.etl.clean import clean
from dashboard.etl.extractors import Extraction
from dashboard.etl.llm_answer import Source, json_object, read_answer, without_repeats
from dashboard.etl.llm_endpoint import Endpoint, NoAnswerError
from dashboard.etl.llm_prompt import answer_schema, document_text, system_text
from dashboard.etl.publication import find_publication
from dashboard.etl.read import Document
from dashboard.issues import Issue
from dashboard.settings import LlmSettings

STAGE = "extract"
VERSION = "1"
"""Counts up when the same answer would make other events."""

OVERLAP_CHARACTERS = 1500
"""What a part repeats of the one before: a paragraph or two. An event is rarely told over more."""


class LlmExtractor:
    """A model by name. Safe to share between threads."""

    def __init__(self, settings: LlmSettings) -> None:
        """Raises: EndpointUnusableError in one sentence if the settings name no endpoint."""
        self._endpoint = Endpoint(settings)
        self._settings = settings
        self.name = f"llm:{settings.model}"
        self.workers = settings.concurrency

    @cached_property
    def fingerprint(self) -> str:
        """The model, what it is asked, and how its answers are read; not the address, which may change, nor the key."""
        asked = f"{system_text()}\n{json.dumps(answer_schema())}\n{self._settings.part_characters}:{OVERLAP_CHARACTERS}"
        return f"{self.name}:{VERSION}:{hashlib.sha256(asked.encode()).hexdigest()[:12]}"

    def extract(self, document: Document) -> Extraction:
        """What the model says of a document and the document bears out.

        Raises: EndpointUnusableError if no document can be read with these settings.
        """
        publication = find_publication(document, clean(document.text))
        parts = list(paragraph_parts(document.text, longest=self._settings.part_characters, overlap=OVERLAP_CHARACTERS))
        events: list[Event] = []
        refused: Counter[str] = Counter()
        failures: list[str] = []
        for number, part in enumerate(parts, start=1):
            source = Source(document, AnchorText(document.text, start=part.start, end=part.end), publication, self.name)
            try:
                words = self._ask(source, part, number=number, count=len(parts))
            except NoAnswerError as error:
                failures.append(str(error))
                continue
            form = json_object(words)
            if form is None:
                failures.append(f"{self._settings.model} gave no JSON object with a list of events")
                continue
            answer = read_answer(form, source)
            events += answer.events
            refused += answer.refused
        kept = without_repeats(events, refused)
        issues = (
            *_failure_issues(document, failures, len(parts)),
            *_refusal_issues(document, self.name, len(kept), refused),
        )
        return Extraction(tuple(kept), (), issues, dict(refused), is_whole=not failures, publication=publication)

    def _ask(self, source: Source, part: Span, *, number: int, count: int) -> str:
        published = str(source.publication.date) if source.publication.date else ""
        text = source.document.text[part.start : part.end]
        user = document_text(source.document, text, published=published, number=number, count=count)
        return self._endpoint.ask(system_text(), user)


def _failure_issues(document: Document, failures: list[str], count: int) -> tuple[Issue, ...]:
    """One issue for all parts of a document that were not read."""
    if not failures:
        return ()
    what = "" if count == 1 else f"{len(failures)} of {count} parts of "
    message = (
        f"{what}{document.name} could not be read by the model: {failures[0]}; run it again, or use --extractor rules"
    )
    return (Issue(STAGE, message, document=document.name, severity="error"),)


def _refusal_issues(document: Document, name: str, kept: int, refused: Counter[str]) -> tuple[Issue, ...]:
    if not refused.total():
        return ()
    parts = ", ".join(f"{count} {what}" for what, count in refused.most_common() if count)
    message = f"{document.name}: of what {name} said, {kept} events are kept; refused: {parts}"
    return (Issue(STAGE, message, document=document.name, severity="note"),)
