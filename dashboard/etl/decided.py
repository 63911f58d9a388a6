"""An event after the decisions, and what decisions carry, read against the documents of a build."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from dashboard import reference
from dashboard.codebook import Event, Quote, Site, from_json, quotes_from_json
from dashboard.decisions import Decision
from dashboard.errors import InputError
from dashboard.etl.read import Document
from dashboard.issues import Issue

UNREVIEWED = "unreviewed"


@dataclass(frozen=True)
class DecidedEvent:
    """One event after the decisions.

    Shape: `tellings` are the same happening as each document tells it, each under its own id, the one that gives the
    values first. `joined` is the event of several tellings; None where one tells it. `reasons` says for each telling behind
    the first why the first gives the values. `decided` maps a field to the
    decision that gave its value; the other fields are the machine's.
    """

    tellings: tuple[Event, ...]
    state: str
    decided: Mapping[str, Decision] = field(default_factory=dict)
    joined: Event | None = None
    reasons: tuple[str, ...] = ()

    @property
    def event(self) -> Event:
        return self.joined or self.tellings[0]


@dataclass
class Orphans:
    """The decisions of one event that could not be applied."""

    issues: list[Issue] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)

    def add(self, decision: Decision, why: str) -> None:
        message = (
            f"{decision.origin}: the {decision.action} of event {decision.event_id} by {decision.reviewer} was not applied: {why}; "
            "the decision is kept; restore the document, or withdraw the decision and decide again"
        )
        self.issues.append(
            Issue(
                "decide",
                message,
                event_id=decision.event_id,
                field=str(decision.form.get("field", "")),
                severity="error",
            )
        )
        self.decisions.append(decision.decision_id)


class Records:
    """The events and quotes that decisions carry, read against the documents of this build."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = {document.name: document.text for document in documents}
        self._names = {document.document_id: document.name for document in documents}
        self._published = {document.name: str(document.published or "") for document in documents}

    def event(self, decision: Decision) -> Event:
        """The event that an accept, a reject or an add carries.

        Raises: InputError if it is not in the codebook's form or a quote of it is gone.
        """
        event = from_json(decision.form["event"])
        checked = replace(
            event,
            event_id=decision.event_id,
            document=self._name(event.document, decision),
            evidence={name: self._checked(quotes, decision) for name, quotes in event.evidence.items()},
        )
        check_codes(checked)
        return checked

    def quotes(self, decision: Decision, *, home: str) -> tuple[Quote, ...]:
        """The quotes of an edit."""
        quotes = quotes_from_json(decision.form["evidence"], home=home, name=str(decision.form["field"]))
        return self._checked(quotes, decision)

    def text(self, document: str) -> str:
        """The text of a document by its name; nothing if it is gone."""
        return self._texts.get(document, "")

    def published(self, document: str) -> str:
        """When a document was published, as text that sorts; what is not known sorts last."""
        return self._published.get(document) or "~"

    def _name(self, name: str, decision: Decision) -> str:
        if name in self._texts:
            return name
        return self._names.get(decision.documents.get(name, ""), name)

    def _checked(self, quotes: Iterable[Quote], decision: Decision) -> tuple[Quote, ...]:
        found = tuple(replace(quote, document=self._name(quote.document, decision)) for quote in quotes)
        for quote in found:
            check_quote(quote, self._texts)
        return found


def check_quote(quote: Quote, texts: Mapping[str, str]) -> None:
    """Raises: InputError unless the document holds the quote, character for character, at its offsets."""
    if quote.document not in texts:
        raise InputError(f"its document {quote.document!r} is not among the documents")
    there = texts[quote.document][quote.start : quote.end]
    if there != quote.text or not quote.text or quote.start < 0:
        raise InputError(
            f"the quote “{quote.text}” is not at {quote.start}–{quote.end} of {quote.document}, where it says “{there}”"
        )


def check_codes(event: Event) -> None:
    """Raises: InputError naming the first code that the codebook does not have."""
    site = [event.site.country] if isinstance(event.site, Site) else []
    given = {"type": [event.type], "sectors": event.sectors, "countries": event.countries, "site": site}
    for name, codes in given.items():
        strangers = [code for code in codes if code not in _known_codes()[name]]
        if strangers:
            raise InputError(f"{name} has the code {strangers[0]!r}, which the codebook does not have")


@cache
def _known_codes() -> Mapping[str, frozenset[str]]:
    """The codes of each coded field. A country is one of ISO 3166-1, or a regional body, which counts as itself."""
    countries = frozenset(reference.countries()["country_code"])
    return {
        "type": frozenset(reference.event_types()["event_type_code"]),
        "sectors": frozenset(reference.sectors()["sector_code"]),
        "countries": countries | frozenset(reference.regional_bodies()["code"]),
        "site": countries,
    }
