"""A model's answer becomes events, as far as the document bears it out.

Rules: a quote that is not in the document is refused; an event whose `type` has no quote is refused whole; another value
without a quote is refused alone. A quote that stands in several places is the one nearest to the `type` quote. A `type`
quote in several places is the one nearest to the event's first quote that stands in one place only; without any it could
be two events, and is refused. Codes that the codebook does not have, and dates that do not exist, are refused.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from dashboard.codebook import DATE_BASES, Actor, Event, Quote, Site, Where
from dashboard.edtf import EventDate, parse_edtf
from dashboard.etl.anchoring import AnchorText, Span, nearest
from dashboard.etl.identity import event_id
from dashboard.etl.llm_prompt import MOST_EVENTS, MOST_QUOTES, MOST_VALUES, known_codes
from dashboard.etl.publication import Publication
from dashboard.etl.read import Document
from dashboard.reference import ACTOR_KINDS

SHARED_PART = 0.5
"""Two `type` quotes of neighbouring parts are one event if they share this much of the shorter."""

_LONGEST_TITLE = 200
_LONGEST_NAME = 200
_MOST_OPENINGS = 20
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")

NOT_THERE = "quotes that are not in the text"
AMBIGUOUS = "quotes that stand in several places"
UNPROVEN = "values without a quote"
UNKNOWN_CODE = "codes that the codebook does not have"
BAD_DATE = "dates that are not dates"
BAD_FORM = "values in another form"
TOO_MANY = "values beyond the limit"
LOST = "events without a quote of what happened"
AGAIN = "events told twice"


@dataclass(frozen=True)
class Source:
    """Where quotes are looked for, and what the document says of its own date."""

    document: Document
    text: AnchorText
    publication: Publication
    rule: str


@dataclass
class Answer:
    """The events of one answer, and what was refused, counted by what it was."""

    events: list[Event] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def json_object(words: str) -> Mapping[str, Any] | None:
    """The first JSON object with `events` in a model's words, or None; prose and fences around it do not matter."""
    decoder = json.JSONDecoder()
    place = -1
    for _ in range(_MOST_OPENINGS):
        place = words.find("{", place + 1)
        if place < 0:
            return None
        try:
            found, _ = decoder.raw_decode(words, place)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("events"), list):
            return found
    return None


def read_answer(form: Mapping[str, Any], source: Source) -> Answer:
    """The events of an answer that the text bears out."""
    answer = Answer()
    told = form["events"]
    answer.refused[TOO_MANY] += max(0, len(told) - MOST_EVENTS)
    for item in told[:MOST_EVENTS]:
        event = _Reader(source, answer.refused).event(item)
        if event:
            answer.events.append(event)
    return answer


def without_repeats(events: Iterable[Event], refused: Counter[str]) -> list[Event]:
    """The events in the order of the text, each once: overlapping parts of a document tell one twice."""
    kept: list[Event] = []
    for event in events:
        if any(_is_same_report(event, other) for other in kept):
            refused[AGAIN] += 1
        else:
            kept.append(event)
    return sorted(kept, key=lambda event: event.evidence["type"][0].start)


def _is_same_report(one: Event, other: Event) -> bool:
    mine, theirs = one.evidence["type"], other.evidence["type"]
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in mine for b in theirs)
    shorter = min(sum(quote.end - quote.start for quote in quotes) for quotes in (mine, theirs))
    return one.event_id == other.event_id or shared >= SHARED_PART * shorter


class _Reader:
    """Reads one event of an answer."""

    def __init__(self, source: Source, refused: Counter[str]) -> None:
        self._source = source
        self._refused = refused
        self._pivot = Span(0, 0)

    def event(self, item: Any) -> Event | None:
        if not isinstance(item, Mapping) or not isinstance(item.get("type"), Mapping):
            self._refuse(BAD_FORM)
            return None
        kind = item["type"].get("value")
        if not isinstance(kind, str) or kind not in _codes()["type"]:
            self._refuse(UNKNOWN_CODE)
            return None
        spans = self._type_spans(item)
        if not spans:
            self._refuse(LOST)
            return None
        self._pivot = spans[0]
        date, basis, dated = self._date(item.get("date"))
        site, sited = self._site(item.get("site"))
        listed = {name: self._listed(item.get(name), name) for name in ("sectors", "countries")}
        actors, named = self._actors(item.get("actors"))
        document = self._source.document
        return Event(
            event_id=event_id(document.document_id, spans[0].start),
            document=document.name,
            title=self._title(item.get("title"), spans[0]),
            type=kind,
            date=date,
            date_basis=basis,
            site=site,
            sectors=listed["sectors"][0],
            countries=listed["countries"][0],
            actors=actors,
            evidence={
                "type": self._quotes(spans),
                "date": dated,
                "site": sited,
                "sectors": listed["sectors"][1],
                "countries": listed["countries"][1],
                "actors": named,
            },
        )

    def _refuse(self, what: str) -> None:
        self._refused[what] += 1

    def _title(self, title: Any, span: Span) -> str:
        words = title if isinstance(title, str) else ""
        return _one_line(words, _LONGEST_TITLE) or _one_line(
            self._source.text.text[span.start : span.end], _LONGEST_TITLE
        )

    def _type_spans(self, item: Mapping[str, Any]) -> list[Span]:
        """The places of the `type` quotes, the first in the text first."""
        places = [self._source.text.places(quote) for quote in self._given(item["type"])]
        self._refused[NOT_THERE] += sum(not found for found in places)
        certain = [found[0] for found in places if len(found) == 1]
        several = [found for found in places if len(found) > 1]
        pivot = certain[0] if certain else self._unique_elsewhere(item) if several else None
        if pivot:
            certain += [nearest(found, pivot) for found in several]
        else:
            self._refused[AMBIGUOUS] += len(several)
        return sorted(dict.fromkeys(certain), key=lambda span: (span.start, span.end))

    def _unique_elsewhere(self, item: Mapping[str, Any]) -> Span | None:
        """The first quote of another field that stands in one place only."""
        for name in ("date", "site", "actors", "countries", "sectors"):
            value = item.get(name)
            for part in value[:MOST_VALUES] if isinstance(value, list) else [value]:
                for quote in _strings(part):
                    found = self._source.text.places(quote)
                    if len(found) == 1:
                        return found[0]
        return None

    def _given(self, form: Any) -> list[str]:
        quotes = _strings(form)
        self._refused[TOO_MANY] += max(0, len(quotes) - MOST_QUOTES)
        return quotes[:MOST_QUOTES]

    def _spans(self, form: Any) -> list[Span]:
        """Where the quotes of a value stand, each in the place nearest to the `type` quote."""
        spans = []
        for quote in self._given(form):
            found = self._source.text.places(quote)
            if found:
                spans.append(nearest(found, self._pivot))
            else:
                self._refuse(NOT_THERE)
        return list(dict.fromkeys(spans))

    def _quotes(self, spans: Iterable[Span], value: str = "") -> tuple[Quote, ...]:
        source = self._source
        return tuple(
            Quote(
                source.document.name, source.text.text[span.start : span.end], span.start, span.end, value, source.rule
            )
            for span in spans
        )

    def _date(self, form: Any) -> tuple[EventDate | None, str, tuple[Quote, ...]]:
        """A date of the text with its quotes; a publication date is the document's own, whatever the model calls it."""
        nothing: tuple[EventDate | None, str, tuple[Quote, ...]] = (None, "publication", ())
        if form is None:
            return nothing
        if not isinstance(form, Mapping) or form.get("basis") not in DATE_BASES:
            self._refuse(BAD_FORM)
            return nothing
        published = self._source.publication
        if form["basis"] == "publication" and published.date:
            spans = [Span(start, end) for start, end in published.span]
            return replace(published.date, is_guess=True), "publication", self._quotes(spans)
        date = _edtf(form.get("value"))
        if date is None:
            self._refuse(BAD_DATE)
            return nothing
        spans = self._spans(form)
        if not spans:
            self._refuse(UNPROVEN)
            return nothing
        if form["basis"] == "publication":
            date = replace(date, is_guess=True)
        return date, str(form["basis"]), self._quotes(spans)

    def _site(self, form: Any) -> tuple[Where, tuple[Quote, ...]]:
        if form is None:
            return None, ()
        where = self._where(form)
        if where is None:
            return None, ()
        spans = self._spans(form)
        if not spans:
            self._refuse(UNPROVEN)
            return None, ()
        return where, self._quotes(spans)

    def _where(self, form: Any) -> Where:
        if not isinstance(form, Mapping) or not all(
            isinstance(form.get(name, ""), str) for name in ("city", "country")
        ):
            self._refuse(BAD_FORM)
            return None
        if form.get("is_virtual") is True:
            return "virtual"
        country = form.get("country", "")
        if country not in _codes()["site"]:
            self._refuse(UNKNOWN_CODE)
            return None
        return Site(country, _one_line(form.get("city", ""), _LONGEST_NAME))

    def _listed(self, forms: Any, name: str) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
        """The codes of a many-valued field, each with its quotes."""
        kept: dict[str, tuple[Quote, ...]] = {}
        for form in self._items(forms):
            code = form.get("value")
            if not isinstance(code, str) or code not in _codes()[name]:
                self._refuse(UNKNOWN_CODE)
            elif spans := self._spans(form):
                kept.setdefault(code, self._quotes(spans, code))
            else:
                self._refuse(UNPROVEN)
        return tuple(kept), tuple(quote for quotes in kept.values() for quote in quotes)

    def _actors(self, forms: Any) -> tuple[tuple[Actor, ...], tuple[Quote, ...]]:
        """Each actor once; what the text calls it is its quote."""
        kept: dict[str, tuple[Actor, tuple[Quote, ...]]] = {}
        for form in self._items(forms):
            name, surface, kind = (form.get(part) for part in ("name", "surface", "kind"))
            if not isinstance(surface, str) or not isinstance(name, str) or kind not in ACTOR_KINDS:
                self._refuse(BAD_FORM)
                continue
            spans = self._spans({"quotes": [surface]})
            if not spans:
                self._refuse(UNPROVEN)
                continue
            there = self._source.text.text[spans[0].start : spans[0].end]
            canonical = _one_line(name, _LONGEST_NAME) or _one_line(there, _LONGEST_NAME)
            kept.setdefault(canonical, (Actor(canonical, there, kind), self._quotes(spans, canonical)))
        return tuple(actor for actor, _ in kept.values()), tuple(
            quote for _, quotes in kept.values() for quote in quotes
        )

    def _items(self, forms: Any) -> list[Mapping[str, Any]]:
        if forms is None:
            return []
        items: Sequence[Any] = forms if isinstance(forms, list) else [forms]
        self._refused[TOO_MANY] += max(0, len(items) - MOST_VALUES)
        good = [item for item in items[:MOST_VALUES] if isinstance(item, Mapping)]
        self._refused[BAD_FORM] += len(items[:MOST_VALUES]) - len(good)
        return good


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    types, sectors, countries = known_codes()
    places = frozenset(code for code in countries if len(code) == 3)
    return {"type": frozenset(types), "sectors": frozenset(sectors), "countries": frozenset(countries), "site": places}


def _strings(form: Any) -> list[str]:
    """The quotes of a value: texts alone, whatever else stands there."""
    given = form.get("quotes") or [form.get("surface")] if isinstance(form, Mapping) else []
    given = given if isinstance(given, list) else [given]
    return [quote for quote in given if isinstance(quote, str) and quote.strip()]


def _edtf(value: Any) -> EventDate | None:
    try:
        return parse_edtf(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _one_line(text: str, longest: int) -> str:
    line = _BLANK.sub(" ", text.encode("utf-8", "ignore").decode()).strip()
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
