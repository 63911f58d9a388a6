"""The one selection of events: its predicate over the tables, its sentence in English, its form in the address bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from dashboard.edtf import parse_edtf
from dashboard.queries.store import FOUND, Tables
from dashboard.schema import REVIEW_STATES
from dashboard.searching import LONGEST_SEARCH, Term, terms

VIRTUAL_PLACE = "virtual"
UNSTATED_PLACE = "not-stated"
MODE_PLACES = {VIRTUAL_PLACE: "virtual", UNSTATED_PLACE: "not_stated"}
"""Choices of the place filter that are no place: events held online, and events whose text names no place."""

PARAMS = {
    "start": "from", "end": "to", "mains": "main", "sectors": "sector", "also_sectors": "also-sector", "types": "type",
    "countries": "country", "also_countries": "also-country", "site_countries": "in", "places": "place",
    "actors": "actor", "also_actors": "also-actor", "documents": "told-in", "chains": "chain", "precisions": "dated", "states": "review",
    "text": "q",
}  # fmt: skip
"""Each field's name in the address bar. Links hold these words: they stay."""

SHOWN_CHARACTERS = 60
"""Characters of a bad value that are told."""

LISTED = tuple(name for name in PARAMS if name not in ("start", "end", "text"))
"""The fields that hold codes."""

ALSO = {"sectors": "also_sectors", "countries": "also_countries", "actors": "also_actors"}
"""The fields of which an event has several values, each with the field whose values an event must have all of."""

CHOSEN_FROM = {"mains": "sectors", "also_sectors": "sectors", "also_countries": "countries", "also_actors": "actors"}
"""Fields that choose from what another field chooses from."""

LINKS = {
    "countries": ("event_countries", "country_code"),
    "actors": ("event_actors", "actor_id"),
    "documents": ("event_sources", "document_id"),
    "chains": ("event_chains", "chain_id"),
}
"""Fields whose values stand in a table of links, with its name and column."""

LEADS = {
    "mains": "mainly in", "sectors": "in", "also_sectors": "also in", "types": "of type", "countries": "with",
    "also_countries": "together with", "site_countries": "held in", "places": "at", "actors": "with",
    "also_actors": "together with", "documents": "told in", "chains": "in the chain", "precisions": "date known:", "states": "review:",
}  # fmt: skip
"""The words before the values of each listed field in the sentence, in the order of the sentence."""

DATE_PRECISION_LABELS = {
    "day": "The day", "interval": "First and last day", "month": "The month only", "quarter": "The quarter only",
    "year": "The year only", "unknown": "Not at all",
}  # fmt: skip
"""How finely a date is known, the finest first, as a filter says it."""

LOWERED = frozenset({"mains", "sectors", "also_sectors", "types", "precisions", "states"})
"""Fields whose labels lose their capital inside a sentence."""


@dataclass(frozen=True)
class Choices:
    """What a filter may choose from: for each listed field, each code with its label, in the order shown."""

    sectors: Mapping[str, str]
    types: Mapping[str, str]
    countries: Mapping[str, str]
    site_countries: Mapping[str, str]
    places: Mapping[str, str]
    actors: Mapping[str, str]
    documents: Mapping[str, str]
    precisions: Mapping[str, str] = field(default_factory=lambda: dict(DATE_PRECISION_LABELS))
    chains: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(
        default_factory=lambda: {state: state.replace("_", " ").capitalize() for state in REVIEW_STATES}
    )

    def of(self, name: str) -> Mapping[str, str]:
        """The codes and labels of a listed field."""
        return getattr(self, CHOSEN_FROM.get(name, name))  # type: ignore[no-any-return]  # every such field is a mapping


@dataclass(frozen=True)
class Part:
    """One thing that a selection asks for, which can be taken away alone: a value of a listed field, a day, the words."""

    name: str
    value: str
    sentence: str


@dataclass(frozen=True)
class EventFilter:
    """A selection of events. Empty fields do not select.

    Rules: within a field any value suffices, between fields all must hold; of an `also_` field the event must have every
    value. `start` and `end` are inclusive days; an event is in when the span of days it may have been on touches them, so a
    month-only July is in for 10 July. `mains` asks for the main sector, `sectors` for any sector of the event;
    `site_countries` for the country that the event was in, `countries` for those that took part. Every term of `text` (see
    `searching.terms`) must occur somewhere in what is shown of the event, quotes and other names of actors and places included.
    """

    start: date | None = None
    end: date | None = None
    mains: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    also_sectors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    also_countries: tuple[str, ...] = ()
    site_countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    also_actors: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self == EventFilter()

    @property
    def terms(self) -> tuple[Term, ...]:
        """What `text` asks for; the store looks it up once for all selections that ask for the same."""
        return terms(self.text)

    def events(self, tables: Tables) -> ir.Table:
        """The selected rows of `events`."""
        events = tables["events"]
        asked = self.predicates(tables, events)
        return events.filter(*asked) if asked else events

    def predicates(self, tables: Tables, events: ir.Table) -> list[ir.BooleanValue]:
        """One condition for each field that selects."""
        return [
            condition
            for condition in (
                events.end_date >= ibis.literal(self.start) if self.start else None,
                events.start_date <= ibis.literal(self.end) if self.end else None,
                events.main_sector_code.isin(self.mains) if self.mains else None,
                events.event_type_code.isin(self.types) if self.types else None,
                events.date_precision.isin(self.precisions) if self.precisions else None,
                events.review_state.isin(self.states) if self.states else None,
                self._place(events) if self.places else None,
                _in_countries(tables, events, self.site_countries) if self.site_countries else None,
                *(_in_set(tables, events, sectors) for sectors in _groups(self.sectors, self.also_sectors)),
                *(
                    _linked(tables, events, link, values)
                    for name, link in LINKS.items()
                    for values in _groups(getattr(self, name), getattr(self, ALSO[name]) if name in ALSO else ())
                ),
                events.event_id.isin(tables[FOUND].event_id) if self.terms else None,
            )
            if condition is not None
        ]

    def _place(self, events: ir.Table) -> ir.BooleanValue:
        modes = [MODE_PLACES[place] for place in self.places if place in MODE_PLACES]
        return events.place_id.isin(self.places) | events["mode"].isin(modes)

    def sentence(self, choices: Choices) -> str:
        """The selection in English, to stand behind a count: `in space or energy, at Hefei, since 1 July 2025`."""
        groups = [_clause(name, getattr(self, name), choices) for name in LEADS]
        said = [*groups, _dates(self.start, self.end), f"mentioning “{self.text}”" if self.text else ""]
        return ", ".join(part for part in said if part)

    def parts(self, choices: Choices) -> list[Part]:
        """What the selection asks for, one by one, in the order of its sentence."""
        parts = [Part(name, value, _clause(name, (value,), choices)) for name in LEADS for value in getattr(self, name)]
        parts += [Part("start", self.start.isoformat(), _dates(self.start, None))] if self.start else []
        parts += [Part("end", self.end.isoformat(), _dates(None, self.end))] if self.end else []
        return parts + ([Part("text", self.text, f"mentioning “{self.text}”")] if self.text else [])

    def conditions(self, choices: Choices) -> list[Part]:
        """What must hold of an event, one by one, in the order of the sentence; all of them hold at once.

        Rules: the values of a field that are alternatives are one condition, with an empty `value`.
        """
        either = {
            name: Part(name, "", _clause(name, getattr(self, name), choices)) for name in LEADS if getattr(self, name)
        }
        joint = set(ALSO.values())
        parts = [part if part.name in joint else either.get(part.name, part) for part in self.parts(choices)]
        return list(dict.fromkeys(parts))

    def narrowed(self, **chosen: str | date | tuple[str, ...] | None) -> "EventFilter":
        """The selection narrowed to one value of each field named: what a click on a mark of a figure means.

        Rules: what is selected afterwards is what was selected before *and* has the value, so a mark's number is the count
        after the click. A field that already asks for other values, of which an event may have several, gets the value as
        one that the event must have too. A day range is cut down to where it meets the new one. A mark that stands for
        several values of a field of which an event has one gives them all.
        """
        fields: dict[str, Any] = {}
        for name, value in chosen.items():
            fields |= (
                _meet(self, name, value) if name in ("start", "end") else _narrow(replace(self, **fields), name, value)
            )
        return replace(self, **fields)

    def taking_away(self, name: str, value: str) -> "EventFilter":
        """The selection without one of its parts or conditions."""
        if name not in LISTED or not value:
            return self.without(name)
        left: Any = tuple(other for other in getattr(self, name) if other != value)
        return replace(self, **{name: left})

    def to_params(self) -> dict[str, list[str]]:
        """The selection for the address bar; `from_params` reads the same selection back."""
        return {param: values for name, param in PARAMS.items() if (values := _written(getattr(self, name)))}

    def without(self, name: str) -> "EventFilter":
        """The selection with one field emptied."""
        return replace(self, **{name: getattr(EventFilter(), name)})


def _written(value: date | str | tuple[str, ...] | None) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [value.isoformat() if isinstance(value, date) else value] if value else []


def from_params(params: Mapping[str, Sequence[str]], choices: Choices) -> tuple[EventFilter, list[str]]:
    """Read a selection from the address bar, with a sentence for each part that cannot be read.

    Rules: such a part is left out of the selection, and said; a day may be written as a month or a year, whose first or
    last day then counts. Parameters of other meaning are not touched.
    """
    problems: list[str] = []
    values: dict[str, object] = {
        name: _known(params.get(PARAMS[name], ()), PARAMS[name], choices.of(name), problems) for name in LISTED
    }
    values["start"] = _day(params.get("from", ()), "from", problems)
    values["end"] = _day(params.get("to", ()), "to", problems)
    values["text"] = _words(params.get("q", ()), problems)
    selection = EventFilter(**values)  # type: ignore[arg-type]  # each value was read by its own field's reader above
    if selection.start and selection.end and selection.end < selection.start:
        problems.append(
            f"The address asks for dates from {selection.start} to {selection.end}, which ends before it starts; both were left out."
        )
        selection = replace(selection, start=None, end=None)
    return selection, problems


def shortened(value: str) -> str:
    """As much of a value as a sentence bears."""
    return value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}…"


def _words(given: Sequence[str], problems: list[str]) -> str:
    words = " ".join(given).strip()
    if len(words) <= LONGEST_SEARCH:
        return words
    problems.append(
        f"The address asks for {len(words):,} characters of words, “{shortened(words)}”; expected {LONGEST_SEARCH} at the most; they were left out."
    )
    return ""


def _known(given: Sequence[str], param: str, known: Mapping[str, str], problems: list[str]) -> tuple[str, ...]:
    strangers = [value for value in given if value not in known]
    problems += [
        f"The address asks for {param} “{shortened(value)}”, which this build does not have; it was left out."
        for value in strangers
    ]
    return tuple(dict.fromkeys(value for value in given if value in known))


def _day(given: Sequence[str], param: str, problems: list[str]) -> date | None:
    if not given:
        return None
    try:
        span = parse_edtf(given[-1])
    except ValueError:
        problems.append(
            f"The address has {param}={shortened(given[-1])}, which is not a date such as 2025-07-23 or 2025-07; it was left out."
        )
        return None
    return span.start if param == "from" else span.end


def _in_set(tables: Tables, events: ir.Table, sectors: Sequence[str]) -> ir.BooleanValue:
    sets = tables["sector_sets"]
    chosen = sets.filter(sets.sector_code.isin(sectors))
    return events.sector_set_id.cast("string").isin(chosen.sector_set_id.cast("string"))


def _groups(any_of: Sequence[str], all_of: Sequence[str]) -> list[tuple[str, ...]]:
    """Sets of values of each of which an event has one at least."""
    return ([tuple(any_of)] if any_of else []) + [(value,) for value in all_of]


def _in_countries(tables: Tables, events: ir.Table, countries: Sequence[str]) -> ir.BooleanValue:
    places = tables["places"]
    return events.place_id.cast("string").isin(places.filter(places.country_code.isin(countries)).place_id)


def _linked(tables: Tables, events: ir.Table, link: tuple[str, str], values: Sequence[str]) -> ir.BooleanValue:
    name, column = link
    links = tables[name]
    return events.event_id.isin(links.filter(links[column].isin(values)).event_id)


def _narrow(selection: EventFilter, name: str, value: object) -> dict[str, tuple[object, ...]]:
    chosen = getattr(selection, name)
    if isinstance(value, tuple):
        return {name: value}
    if name in ALSO.values():
        return {name: chosen if value in chosen else (*chosen, value)}
    if name not in ALSO or not chosen or value in chosen:
        return {name: (value,)}
    also = getattr(selection, ALSO[name])
    return {ALSO[name]: also if value in also else (*also, value)}


def _meet(selection: EventFilter, name: str, value: object) -> dict[str, object]:
    given = getattr(selection, name)
    if given is None or value is None:
        return {name: given or value}
    return {name: max(given, value) if name == "start" else min(given, value)}


def _clause(name: str, values: Sequence[str], choices: Choices) -> str:
    if not values:
        return ""
    lead, joint = LEADS[name], "and" if name in ALSO.values() else "or"
    names = [choices.of(name).get(value, value) for value in values]
    shown = [_lowered(label) if name in LOWERED else label for label in names]
    return f"{lead} {shown[0]}" if len(shown) == 1 else f"{lead} {', '.join(shown[:-1])} {joint} {shown[-1]}"


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name


def _dates(start: date | None, end: date | None) -> str:
    if start and end:
        return f"on {_said(start)}" if start == end else f"between {_said(start)} and {_said(end)}"
    if start:
        return f"since {_said(start)}"
    return f"until {_said(end)}" if end else ""


def _said(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"
