"""The editor of one field: its widgets, what the selected words put into them, and the value they hold.

Widgets keep their values in the session under `edit_…`; callbacks fill them before they are drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st

from dashboard import desk, reference
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.review_sitting import Sitting, sitting
from dashboard.app_pages.wording import BASES
from dashboard.codebook import (
    DATE_BASES,
    LISTED_FIELDS,
    VIRTUAL,
    Actor,
    Event,
    Quote,
    Site,
    value_to_json,
)
from dashboard.desk import Suggestion
from dashboard.edtf import in_words, parse_edtf

UNSTATED = "none"
SEPARATOR = "|"
"""Between country and city in the code of a place."""


def begin_value(work: Sitting, event: Event, field: str) -> None:
    """In a callback: put the event's value into the widgets."""
    state = st.session_state
    state["edit_reason"] = ""
    match field:
        case "title" | "type":
            state[f"edit_{field}"] = getattr(event, field)
        case "date":
            state["edit_date"] = str(event.date) if event.date else ""
            state["edit_basis"] = event.date_basis
        case "site":
            state["edit_words"] = ""
            _offer_places(work, [_place_code(event.site)])
        case "sectors" | "countries":
            state[f"edit_{field}"] = list(getattr(event, field))
        case _:
            for kind in ("org", "person"):
                state[f"edit_{kind}"] = [actor.name for actor in event.actors if actor.kind == kind]


def take_value(work: Sitting, suggestion: Suggestion, quote: Quote, *, also: bool) -> None:
    """In a callback: the selected words become a quote, and what the machine reads in them goes into the widgets.

    Rules: of a field with many values the words add to what is there; of the others they replace it, unless `also`.
    """
    value, state = suggestion.value, st.session_state
    named = _names(value) if work.field in LISTED_FIELDS else [""]
    quotes = [Quote(quote.document, quote.text, quote.start, quote.end, name) for name in named or [""]]
    work.quotes = (*work.quotes, *quotes) if also or work.field in LISTED_FIELDS else tuple(quotes)
    if not value or (also and work.field not in LISTED_FIELDS):
        return
    match work.field:
        case "type":
            state["edit_type"] = value
        case "date":
            state["edit_date"], state["edit_basis"] = value, suggestion.basis
        case "site":
            site = Site(value["country"], value.get("city", "")) if isinstance(value, Mapping) else value
            _offer_places(work, [_place_code(site), *work.places])
        case "sectors" | "countries":
            state[f"edit_{work.field}"] = _joined(state[f"edit_{work.field}"], value)
        case _:
            for kind in ("org", "person"):
                names = [actor["name"] for actor in value if actor["kind"] == kind]
                state[f"edit_{kind}"] = _joined(state[f"edit_{kind}"], names)


def edited_value(work: Sitting, event: Event) -> Any:
    """What the widgets hold, in the codebook's JSON form.

    Raises: ValueError if the date is not one.
    """
    state = st.session_state
    match work.field:
        case "title" | "type":
            return state[f"edit_{work.field}"]
        case "date":
            text = state["edit_date"].strip()
            return {"date": str(parse_edtf(text)) if text else None, "date_basis": state["edit_basis"]}
        case "site":
            return _site(state["edit_place"])
        case "sectors" | "countries":
            return list(state[f"edit_{work.field}"])
        case _:
            known = {(actor.kind, actor.name): actor for actor in event.actors}
            return [
                known.get((kind, name), Actor(name, _surface(work.quotes, name), kind)).to_json()
                for kind in ("org", "person")
                for name in state[f"edit_{kind}"]
            ]


def edited_quotes(work: Sitting, event: Event, value: Any) -> tuple[Quote, ...]:
    """The quotes of the field, each with the value that it supports.

    Rules: of a field with many values, the quotes of a value that was taken out go with it; a quote in which the machine
    recognised nothing supports the values that were added, since it was chosen for them.
    """
    if work.field not in LISTED_FIELDS:
        return tuple(dict.fromkeys(work.quotes))
    names = _names(value)
    proven = {quote.value for quote in work.quotes}
    unproven = [name for name in names if name not in proven]
    kept = [quote for quote in work.quotes if quote.value in names]
    kept += [
        Quote(quote.document, quote.text, quote.start, quote.end, name)
        for quote in work.quotes
        if quote.value not in names and quote not in event.evidence.get(work.field, ())
        for name in unproven
    ]
    return tuple(dict.fromkeys(kept))


def typed_reason(mode: str) -> str:
    """The reason as typed, or nothing."""
    return str(st.session_state.get(f"{mode}_reason") or "").strip()


def draw_value(work: Sitting, event: Event) -> None:
    """The widgets of the field that is being edited."""
    match work.field:
        case "title":
            st.text_input("Title: who did what, where it helps", key="edit_title")
        case "type":
            st.selectbox("Type", list(type_labels()), format_func=type_labels().__getitem__, key="edit_type")
        case "date":
            _draw_date()
        case "site":
            _draw_place(work)
        case "sectors":
            labels = sector_labels()
            st.multiselect(
                "Sectors, the main one first", list(labels), format_func=labels.__getitem__, key="edit_sectors"
            )
        case "countries":
            labels = country_labels()
            st.multiselect("Countries taking part", list(labels), format_func=labels.__getitem__, key="edit_countries")
        case _:
            _draw_actors(event)


def _draw_date() -> None:
    written, basis = st.columns([1, 1])
    with written:
        st.text_input("Date (EDTF)", key="edit_date", placeholder="2025-07-23, 2025-07, 2025-07-20/2025-07-22")
    with basis:
        st.selectbox("Where the date comes from", DATE_BASES, format_func=_basis_label, key="edit_basis")
    st.caption(as_markdown(_date_said(st.session_state.get("edit_date", ""))))


def _basis_label(basis: str) -> str:
    words = BASES[basis]
    return words[:1].upper() + words[1:]


def _date_said(text: str) -> str:
    if not text.strip():
        return "No date is known."
    try:
        return f"That is {in_words(parse_edtf(text))}."
    except ValueError as error:
        said = str(error)
        return f"{said[:1].upper()}{said[1:]}."


def _draw_place(work: Sitting) -> None:
    st.text_input(
        "Find a city, spaceport or campus",
        key="edit_words",
        on_change=_search,
        placeholder="The first letters of its name",
    )
    st.selectbox("Place", _place_options(work), format_func=place_label, key="edit_place")


def _search() -> None:
    words = str(st.session_state["edit_words"])
    found = [_place_code(Site(place.country_code, place.name)) for place in desk.search_places(words)]
    if found:
        _offer_places(sitting(), found)


def _offer_places(work: Sitting, codes: Sequence[str]) -> None:
    work.places = tuple(dict.fromkeys(codes))
    st.session_state["edit_place"] = work.places[0]


def _place_options(work: Sitting) -> list[str]:
    countries = [f"{code}{SEPARATOR}" for code in place_countries()]
    return list(dict.fromkeys([*work.places, UNSTATED, VIRTUAL, *countries]))


def _place_code(site: Site | str | None) -> str:
    return f"{site.country}{SEPARATOR}{site.city}" if isinstance(site, Site) else site or UNSTATED


def place_label(code: str) -> str:
    """A place of the list in words."""
    if code in (UNSTATED, VIRTUAL):
        return {UNSTATED: "The text does not say where", VIRTUAL: "Held online"}[code]
    country, _, city = code.partition(SEPARATOR)
    name = place_countries().get(country, country)
    return f"{city}, {name}" if city else f"{name} (no city given)"


def _site(code: str) -> Any:
    if code in (UNSTATED, VIRTUAL):
        return VIRTUAL if code == VIRTUAL else None
    country, _, city = code.partition(SEPARATOR)
    return Site(country, city).to_json()


def _draw_actors(event: Event) -> None:
    for kind, label in (("org", "Organisations"), ("person", "People")):
        held = st.session_state.get(f"edit_{kind}", [])
        known = [actor.name for actor in event.actors if actor.kind == kind]
        st.multiselect(
            label, list(dict.fromkeys([*known, *held])), key=f"edit_{kind}", accept_new_options=True,
            placeholder="Select the words, or type a name",
        )  # fmt: skip


def _surface(quotes: Iterable[Quote], name: str) -> str:
    """What the text says for an actor: the shortest words that were quoted for it, else its name."""
    return min((quote.text for quote in quotes if quote.value == name), key=len, default=name)


def _names(value: Any) -> list[str]:
    return [item["name"] if isinstance(item, Mapping) else str(item) for item in value or []]


def _joined(held: Iterable[str], more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*held, *more]))


@cache
def type_labels() -> Mapping[str, str]:
    """Event types in the codebook's order."""
    return _labels(reference.event_types(), "event_type_code", "label")


@cache
def sector_labels() -> Mapping[str, str]:
    """Sectors in the codebook's order."""
    return _labels(reference.sectors(), "sector_code", "label")


@cache
def place_countries() -> Mapping[str, str]:
    """Countries by name."""
    return _labels(reference.countries().sort_values("name"), "country_code", "name")


@cache
def country_labels() -> Mapping[str, str]:
    """Countries and regional bodies by name; a body counts as itself."""
    bodies = _labels(reference.regional_bodies().drop_duplicates("code"), "code", "name")
    return dict(sorted({**place_countries(), **bodies}.items(), key=_by_label))


def _by_label(item: tuple[str, str]) -> str:
    return item[1]


def _labels(rows: Any, code: str, label: str) -> Mapping[str, str]:
    return dict(zip(rows[code], rows[label], strict=True))


def value_said(event: Event, field: str) -> str:
    """The value of a field in words."""
    match field:
        case "type":
            return type_labels().get(event.type, event.type)
        case "date":
            return in_words(event.date) if event.date else "No date known"
        case "site":
            return place_label(_place_code(event.site))
        case "sectors":
            return ", ".join(sector_labels().get(code, code) for code in event.sectors) or "None"
        case "countries":
            return ", ".join(country_labels().get(code, code) for code in event.countries) or "None named"
        case "actors":
            return "; ".join(actor.name for actor in event.actors) or "None named"
        case _:
            return str(value_to_json(event, field))
