"""The one selection of events: its predicate over the tables, its sentence in English, its form in the address bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import ibis
import ibis.expr.types as ir

from dashboard.edtf import parse_edtf
from dashboard.folding import fold
from dashboard.queries.store import Tables
from dashboard.schema import REVIEW_STATES

VIRTUAL_PLACE = "virtual"
UNSTATED_PLACE = "not-stated"
MODE_PLACES = {VIRTUAL_PLACE: "virtual", UNSTATED_PLACE: "not_stated"}
"""Choices of the place filter that are no place: events held online, and events whose text names no place."""

PARAMS = {
    "start": "from", "end": "to", "sectors": "sector", "types": "type", "countries": "country", "places": "place",
    "actors": "actor", "states": "review", "text": "q",
}  # fmt: skip
"""Each field's name in the address bar. Links hold these words: they stay."""

LISTED = ("sectors", "types", "countries", "places", "actors", "states")


@dataclass(frozen=True)
class Choices:
    """What a filter may choose from: for each listed field, each code with its label, in the order shown."""

    sectors: Mapping[str, str]
    types: Mapping[str, str]
    countries: Mapping[str, str]
    places: Mapping[str, str]
    actors: Mapping[str, str]
    states: Mapping[str, str] = field(
        default_factory=lambda: {state: state.replace("_", " ").capitalize() for state in REVIEW_STATES}
    )

    def of(self, name: str) -> Mapping[str, str]:
        return getattr(self, name)  # type: ignore[no-any-return]  # every listed field is such a mapping


@dataclass(frozen=True)
class EventFilter:
    """A selection of events. Empty fields do not select.

    Rules: within a field any value suffices, between fields all must hold. `start` and `end` are inclusive days; an event
    is in when the span of days it may have been on touches them, so a month-only July is in for 10 July. Every word of
    `text` must occur somewhere in what is shown of the event, quotes and other names of actors included.
    """

    start: date | None = None
    end: date | None = None
    sectors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self == EventFilter()

    def events(self, tables: Tables) -> ir.Table:
        """The selected rows of `events`."""
        events = tables["events"]
        return events.filter(*self.predicates(tables, events)) if not self.is_empty else events

    def predicates(self, tables: Tables, events: ir.Table) -> list[ir.BooleanValue]:
        """One condition for each field that selects."""
        return [
            condition
            for condition in (
                events.end_date >= ibis.literal(self.start) if self.start else None,
                events.start_date <= ibis.literal(self.end) if self.end else None,
                events.event_type_code.isin(self.types) if self.types else None,
                events.review_state.isin(self.states) if self.states else None,
                self._place(events) if self.places else None,
                _in_set(tables, events, self.sectors) if self.sectors else None,
                _linked(tables, events, "event_countries", "country_code", self.countries) if self.countries else None,
                _linked(tables, events, "event_actors", "actor_id", self.actors) if self.actors else None,
                *(_mentions(tables, events, word) for word in fold(self.text).split()),
            )
            if condition is not None
        ]

    def _place(self, events: ir.Table) -> ir.BooleanValue:
        modes = [MODE_PLACES[place] for place in self.places if place in MODE_PLACES]
        return events.place_id.isin(self.places) | events["mode"].isin(modes)

    def sentence(self, choices: Choices) -> str:
        """The selection in English, to stand behind a count: `in space or energy, at Hefei, since 1 July 2025`."""
        parts = [
            _any_of("in", self.sectors, choices.sectors, lower=True),
            _any_of("of type", self.types, choices.types, lower=True),
            _any_of("with", self.countries, choices.countries),
            _any_of("at", self.places, choices.places),
            _any_of("with", self.actors, choices.actors),
            _any_of("review:", self.states, choices.states, lower=True),
            _dates(self.start, self.end),
            f"mentioning “{self.text}”" if self.text else "",
        ]
        return ", ".join(part for part in parts if part)

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
    values["text"] = " ".join(params.get("q", ())).strip()
    selection = EventFilter(**values)  # type: ignore[arg-type]  # each value was read by its own field's reader above
    if selection.start and selection.end and selection.end < selection.start:
        problems.append(
            f"The address asks for dates from {selection.start} to {selection.end}, which ends before it starts; both were left out."
        )
        selection = replace(selection, start=None, end=None)
    return selection, problems


def _known(given: Sequence[str], param: str, known: Mapping[str, str], problems: list[str]) -> tuple[str, ...]:
    strangers = [value for value in given if value not in known]
    problems += [
        f"The address asks for {param} “{value}”, which this build does not have; it was left out."
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
            f"The address has {param}={given[-1]}, which is not a date such as 2025-07-23 or 2025-07; it was left out."
        )
        return None
    return span.start if param == "from" else span.end


def _in_set(tables: Tables, events: ir.Table, sectors: Sequence[str]) -> ir.BooleanValue:
    sets = tables["sector_sets"]
    chosen = sets.filter(sets.sector_code.isin(sectors))
    return events.sector_set_id.cast("string").isin(chosen.sector_set_id.cast("string"))


def _linked(tables: Tables, events: ir.Table, name: str, column: str, values: Sequence[str]) -> ir.BooleanValue:
    links = tables[name]
    return events.event_id.isin(links.filter(links[column].isin(values)).event_id)


def _mentions(tables: Tables, events: ir.Table, word: str) -> ir.BooleanValue:
    search = tables["event_search"]
    return events.event_id.isin(search.filter(search.folded_text.contains(word)).event_id)


def _any_of(lead: str, values: Sequence[str], labels: Mapping[str, str], *, lower: bool = False) -> str:
    if not values:
        return ""
    names = [labels.get(value, value) for value in values]
    shown = [_lowered(name) if lower else name for name in names]
    return f"{lead} {shown[0]}" if len(shown) == 1 else f"{lead} {', '.join(shown[:-1])} or {shown[-1]}"


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
