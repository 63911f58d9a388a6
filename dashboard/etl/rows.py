"""One decided event as rows: what the tables say of it, and of nothing else.

A row here depends on its event and its documents alone, so the rows of a proposal that nobody has decided about are kept from
build to build; what depends on other events (order, aliases of an actor, issues) is added by `normalise`.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from dashboard import reference
from dashboard.codebook import PROVEN_FIELDS, VIRTUAL, Event, Quote, Site, value_to_json
from dashboard.etl.decide import field_counts
from dashboard.etl.decided import DecidedEvent, check_quote
from dashboard.etl.disagreements import disagreement_rows, in_words
from dashboard.etl.gazetteer import Place, find_place
from dashboard.etl.identity import actor_id
from dashboard.etl.read import Document
from dashboard.folding import fold
from dashboard.schema import dtypes
from dashboard.searching import pieces
from dashboard.settings import QUOTE_CONTEXT_CHARACTERS

Frames = dict[str, pd.DataFrame]
Row = dict[str, Any]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Rows:
    """Frames of which only some rows count.

    Shape: `chosen` has the positions of those by the frame's name; to pick them out together with their order saves a copy.
    """

    frames: Mapping[str, pd.DataFrame]
    chosen: Mapping[str, Positions]


_PICKERS = 2

COMPLETE_FIELDS = PROVEN_FIELDS
"""The fields that an event should have, with proof; `completeness` is the share it has."""

PLACE_COLUMNS = {
    "place_name": str, "place_kind": str, "place_country": str, "place_region": str, "place_latitude": "float64",
    "place_longitude": "float64", "place_source": str,
}  # fmt: skip
WORD_COLUMNS = {"title_words": str, "place_words": str, "label_words": str, "quote_words": str}
FRAMES: Mapping[str, Mapping[str, Any]] = {
    "events": dtypes("events") | {"home": str} | WORD_COLUMNS | PLACE_COLUMNS,
    "event_sectors": dtypes("event_sectors"),
    "event_countries": dtypes("event_countries"),
    "event_actors": dtypes("event_actors") | {"name": str, "kind": str, "country_code": str},
    "event_sources": dtypes("event_sources"),
    "disagreements": dtypes("disagreements"),
    "evidence": dtypes("evidence"),
}
"""The columns of the rows of events: those of the table of that name, then what `normalise` makes other tables from.
`home` is the document that gives the values; `WORD_COLUMNS` are what the event itself says, for the search."""


def event_frames(events: Iterable[DecidedEvent], documents: Sequence[Document]) -> Frames:
    """The rows of events, in their order, in the form of `FRAMES`.

    Raises: InputError if a quote is not in its document.
    """
    texts = {document.name: document for document in documents}
    rows: dict[str, list[Row]] = {name: [] for name in FRAMES}
    for decided in events:
        actors = tuple(_resolved_actors(decided.event))
        evidence = _evidence_rows(decided, texts)
        rows["event_sectors"] += _listed_rows(decided.event, "sectors", "sector_code")
        rows["event_countries"] += _listed_rows(decided.event, "countries", "country_code")
        rows["event_actors"] += _actor_rows(decided.event, actors)
        rows["event_sources"] += _source_rows(decided, texts)
        rows["disagreements"] += disagreement_rows(decided, texts)
        rows["evidence"] += evidence
        rows["events"].append(_event_row(decided, evidence))
    return {name: to_frame(rows[name], columns) for name, columns in FRAMES.items()}


def taken(frames: Mapping[str, pd.DataFrame], orders: Mapping[str, Positions]) -> Frames:
    """The rows at these positions, in this order, of several frames.

    Rules: column by column in threads, since Arrow picks without Python's lock; each column in one piece first, since it picks
    from several pieces ten times as slowly.
    """
    tables = {name: pa.Table.from_pandas(frames[name], preserve_index=False, nthreads=1) for name in orders}
    with ThreadPoolExecutor(_PICKERS) as pool:
        picked = {
            name: [pool.submit(_picked, column, orders[name]) for column in table.columns]
            for name, table in tables.items()
        }
        return {
            name: pa.Table.from_arrays([column.result() for column in columns], schema=tables[name].schema).to_pandas()
            for name, columns in picked.items()
        }


def _picked(column: pa.ChunkedArray, order: Positions) -> pa.Array:
    return column.combine_chunks().take(pa.array(order))


def to_frame(rows: Sequence[Row], columns: Mapping[str, Any]) -> pd.DataFrame:
    """Rows as a frame of exactly these columns and types."""
    values = {
        name: pd.Series([row.get(name) for row in rows], dtype=object).astype(kind) for name, kind in columns.items()
    }
    return pd.DataFrame(values, columns=list(columns))


def _listed_rows(event: Event, name: str, column: str) -> list[Row]:
    return [
        {"event_id": event.event_id, column: code, "position": position}
        for position, code in enumerate(getattr(event, name))
    ]


def _source_rows(decided: DecidedEvent, documents: Mapping[str, Document]) -> list[Row]:
    return [
        {
            "event_id": decided.event.event_id,
            "telling_id": telling.event_id,
            "document_id": documents[telling.document].document_id,
            "title": telling.title,
            "position": position,
        }
        for position, telling in enumerate(decided.tellings)
    ]


def _actor_rows(event: Event, actors: Iterable[tuple[Row, str]]) -> list[Row]:
    return [
        {"event_id": event.event_id, "surface": surface, "position": position, **actor}
        for position, (actor, surface) in enumerate(actors)
    ]


def _resolved_actors(event: Event) -> Iterable[tuple[Row, str]]:
    """Each actor once, under its canonical name, with what the text says."""
    canonical, known = canonical_names(), _known_actors()
    seen: set[str] = set()
    for actor in event.actors:
        name = canonical.get(fold(actor.name), actor.name)
        row = {"actor_id": actor_id(actor.kind, name), "name": name, "kind": actor.kind}
        if row["actor_id"] not in seen:
            seen.add(row["actor_id"])
            yield row | {"country_code": known.get(fold(name))}, actor.surface


@cache
def canonical_names() -> Mapping[str, str]:
    """The canonical name of each known alias, by the folded alias."""
    aliases = reference.actor_aliases()
    return dict(zip(aliases["alias"].map(fold), aliases["name"], strict=True))


@cache
def _known_actors() -> Mapping[str, str | None]:
    actors = reference.actors()
    return {fold(name): code or None for name, code in zip(actors["name"], actors["country_code"], strict=True)}


def _event_row(decided: DecidedEvent, evidence: Iterable[Row]) -> Row:
    event = decided.event
    place = find_place(event.site) if isinstance(event.site, Site) else None
    machine, by_decision = field_counts(decided)
    return {
        "event_id": event.event_id,
        "title": event.title,
        "event_type_code": event.type,
        "start_date": event.date.start if event.date else None,
        "end_date": event.date.end if event.date else None,
        "date_edtf": str(event.date) if event.date else None,
        "date_precision": event.date.precision if event.date else "unknown",
        "date_basis": event.date_basis if event.date else "unknown",
        "place_id": place.place_id if place else None,
        "place_precision": "none" if place is None else "country" if place.kind == "country" else "city",
        "mode": "virtual" if event.site == VIRTUAL else "on_site" if event.site else "not_stated",
        "main_sector_code": event.sectors[0] if event.sectors else None,
        "sector_set_id": sector_set_id(event.sectors) or None,
        "review_state": decided.state,
        "completeness": _completeness(event),
        "document_count": len({quote.document for telling in decided.tellings for quote in telling.quotes}),
        "origin_count": 1,
        "machine_field_count": machine,
        "decided_field_count": by_decision,
        "home": event.document,
        **_words(event, place, [row["quote"] for row in evidence]),
        **(_place_cells(place) if place else {}),
    }


def _place_cells(place: Place) -> Row:
    return {
        "place_name": place.name, "place_kind": place.kind, "place_country": place.country_code,
        "place_region": place.region, "place_latitude": place.latitude, "place_longitude": place.longitude,
        "place_source": place.source,
    }  # fmt: skip


def _words(event: Event, place: Place | None, quotes: Iterable[str]) -> Row:
    """What is shown of an event but for its actors, whose names other events may add to."""
    where = [place.name, place.region or "", *place_aliases().get(place.place_id, ())] if place else []
    labels = _labels()
    said = [labels.get(event.type, ""), *(labels.get(code, "") for code in event.sectors)]
    return {
        "title_words": pieces([event.title]),
        "place_words": pieces([*where, *(_names_of(place.country_code) if place else ())]),
        "label_words": pieces([*said, *(name for code in event.countries for name in _names_of(code))]),
        "quote_words": pieces(quotes),
    }


def _names_of(country: str) -> list[str]:
    return [_country_names().get(country, ""), *place_aliases().get(country_place(country), ())]


def country_place(code: str) -> str:
    """The id of a country as a place."""
    return f"country:{code}"


@cache
def place_aliases() -> Mapping[str, Mapping[str, str]]:
    """The other names of each place and country, with the reason, by place_id. Rules: a demonym is no name."""
    rows = list(reference.place_aliases()[["place_id", "alias", "reason"]].itertuples(index=False, name=None))
    names = reference.country_names()
    named = names[names["kind"] != "demonym"][["country_code", "name", "reason"]]
    rows += [(country_place(code), name, why) for code, name, why in named.itertuples(index=False, name=None)]
    shown = _country_names()
    found: dict[str, dict[str, str]] = {}
    for place_id, alias, reason in rows:
        if alias != shown.get(place_id.removeprefix("country:")):
            found.setdefault(place_id, {})[alias] = reason
    return found


@cache
def _labels() -> Mapping[str, str]:
    types, sectors = reference.event_types(), reference.sectors()
    return dict(zip(types["event_type_code"], types["label"], strict=True)) | dict(
        zip(sectors["sector_code"], sectors["label"], strict=True)
    )


@cache
def _country_names() -> Mapping[str, str]:
    return dict(country_names()[["country_code", "name"]].itertuples(index=False, name=None))


def country_names() -> pd.DataFrame:
    """Every country and regional body: country_code, name."""
    bodies = reference.regional_bodies().drop_duplicates("code").rename(columns={"code": "country_code"})
    return pd.concat([reference.countries()[["country_code", "name"]], bodies[["country_code", "name"]]])


def sector_set_id(sectors: Iterable[str]) -> str:
    """The code of a set of sectors: its codes in the codebook's order, joined by `+`."""
    chosen = set(sectors)
    return "+".join(code for code in _sector_order() if code in chosen)


@cache
def _sector_order() -> tuple[str, ...]:
    return tuple(reference.sectors()["sector_code"])


def _completeness(event: Event) -> float:
    proven = [
        bool(value_to_json(event, name))
        and bool(event.evidence.get(name))
        and not (name == "date" and event.date_basis == "publication")
        for name in COMPLETE_FIELDS
    ]
    return sum(proven) / len(proven)


def _evidence_rows(decided: DecidedEvent, documents: Mapping[str, Document]) -> list[Row]:
    texts = {
        name: documents[name].text
        for name in {quote.document for one in decided.tellings for quote in one.quotes}
        if name in documents
    }
    rows: dict[tuple[Any, ...], Row] = {}
    for telling in decided.tellings:
        for name in PROVEN_FIELDS:
            for quote in telling.evidence.get(name, ()):
                check_quote(quote, texts)
                row = _evidence_row(decided, telling, name, quote, documents[quote.document])
                rows.setdefault((name, row["value"], row["document_id"], quote.start, quote.end), row)
    return list(rows.values())


def _evidence_row(decided: DecidedEvent, telling: Event, name: str, quote: Quote, document: Document) -> Row:
    decision = decided.decided.get(name) if telling is decided.tellings[0] else None
    return {
        "event_id": decided.event.event_id,
        "field": name,
        "value": _canonical_value(name, quote.value) or in_words(telling, name),
        "document_id": document.document_id,
        "start_offset": quote.start,
        "end_offset": quote.end,
        "quote": quote.text,
        "prefix": document.text[max(0, quote.start - QUOTE_CONTEXT_CHARACTERS) : quote.start],
        "suffix": document.text[quote.end : quote.end + QUOTE_CONTEXT_CHARACTERS],
        "rule": "decision" if decision else quote.rule or "unnamed rule",
        "reviewer": decision.reviewer if decision else None,
        "decided_at": decision.decided_at if decision else None,
        "reason": decision.reason if decision else None,
    }


def _canonical_value(name: str, value: str) -> str:
    return canonical_names().get(fold(value), value) if name == "actors" else value
