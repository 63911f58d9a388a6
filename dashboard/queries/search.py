"""Where a search finds its words in each event, and what may have been meant if it finds nothing."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
from rapidfuzz import fuzz, process

from dashboard.folding import fold
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import FOUND, Store, Tables
from dashboard.searching import Term, holds, terms

MOST_QUOTES = 2
"""Quotes shown of one event; the others are counted."""

LEAST_LIKENESS = 75
"""Of 100. *Source*: measured on misspelt names: Igbal and Iqbal are 80 alike, Chongging and Chongqing 89; at 70 most short words are
like some other."""

NAME_COLUMNS = ("event_id", "kind", "code", "name", "writing")


@dataclass(frozen=True)
class NameHit:
    """A name of an event that holds a term. `writing`: the other name that holds it, empty if it is the name itself.

    Shape: `kind` is actor, place, country, sector or type; `code` its id.
    """

    kind: str
    code: str
    name: str
    writing: str


@dataclass(frozen=True)
class QuoteHit:
    """A quote that holds a term, and where it stands."""

    field: str
    quote: str
    prefix: str
    suffix: str
    document_id: str
    document: str
    start_offset: int


@dataclass(frozen=True)
class Hit:
    """One event and where it holds the terms. `quote_count`: its quotes that hold one, of which `quotes` are the first."""

    event_id: str
    title: str
    date_edtf: str
    names: tuple[NameHit, ...]
    quotes: tuple[QuoteHit, ...]
    quote_count: int


@dataclass(frozen=True)
class Suggestion:
    """What may have been meant, with the events that it finds under the same other filters."""

    text: str
    event_count: int


def hits(store: Store, selection: EventFilter, most: int) -> tuple[Hit, ...]:
    """The best matched of the selected events, at most `most`.

    Rules: first those whose title holds every term, then those that need the name of an actor, of a place, of a sector, type or
    country, or a quote (`words.RANKED`); the latest first among equals. A selection without terms has none.
    """
    if not selection.terms:
        return ()
    rows = store.ask(selection, _first, most)
    names, quotes = (_by_event(store.ask(selection, question, most)) for question in (_names, _quotes))
    return tuple(_hit(row, names, quotes, selection.terms) for row in rows.itertuples(index=False, name="Row"))


def _by_event(rows: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(event_id): list(group.itertuples(index=False)) for event_id, group in rows.groupby("event_id")}


def _hit(row: Any, names: dict[str, list[Any]], quotes: dict[str, list[Any]], sought: Sequence[Term]) -> Hit:
    held = _quote_hits(quotes.get(row.event_id, []), sought)
    return Hit(
        row.event_id, row.title, row.date_edtf if isinstance(row.date_edtf, str) else "",
        tuple(_name_hits(names.get(row.event_id, []), sought)), tuple(held[:MOST_QUOTES]), len(held),
    )  # fmt: skip


def _name_hits(rows: Iterable[Any], sought: Sequence[Term]) -> list[NameHit]:
    """Each name once; another writing only where it holds a term that the name does not."""
    writings: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        writings.setdefault((row.kind, row.code, row.name), []).append(row.writing)
    found = []
    for (kind, code, name), others in writings.items():
        own = {term for term in sought if holds(name, term)}
        best = max(others, key=lambda other: len(_held(other, sought) - own))
        if _held(best, sought) - own:
            found.append(NameHit(kind, code, name, best if best != name else ""))
        elif own:
            found.append(NameHit(kind, code, name, ""))
    return found


def _held(text: str, sought: Sequence[Term]) -> set[Term]:
    return {term for term in sought if holds(text, term)}


def _quote_hits(rows: Iterable[Any], sought: Sequence[Term]) -> list[QuoteHit]:
    """Those that hold the most terms first; none that lies within one before it."""
    held = [(len(_held(row.quote, sought)), row) for row in rows]
    ordered = sorted(
        (pair for pair in held if pair[0]), key=lambda pair: (-pair[0], -len(pair[1].quote), pair[1].start_offset)
    )
    taken: list[Any] = []
    for _, row in ordered:
        if not any(_lies_in(row, other) for other in taken):
            taken.append(row)
    return [
        QuoteHit(row.field, row.quote, row.prefix, row.suffix, row.document_id, row.document, row.start_offset)
        for row in taken
    ]


def _lies_in(row: Any, other: Any) -> bool:
    return bool(
        row.document_id == other.document_id
        and other.start_offset <= row.start_offset
        and row.end_offset <= other.end_offset
    )


def _first(tables: Tables, most: int) -> ir.Table:
    events = tables["selected"].join(tables[FOUND], "event_id")
    order = (
        events.rank,
        events.end_date.desc(nulls_first=False),
        events.start_date.desc(nulls_first=False),
        events.event_id,
    )
    return events.order_by(*order).limit(most)


def _quotes(tables: Tables, most: int) -> ir.Table:
    documents = tables["documents"].select("document_id", document="title")
    quotes = tables["evidence"].semi_join(_first(tables, most), "event_id").join(documents, "document_id")
    return quotes.order_by("event_id", "document_id", "start_offset", "field")


def _names(tables: Tables, most: int) -> ir.Table:
    """Every name of the first events by which they are found, with all its writings."""
    events = _first(tables, most)
    plain = events.select(
        "event_id", place_id=events.place_id.cast("string"), type_code=events.event_type_code.cast("string")
    )
    actors = tables["event_actors"].semi_join(plain, "event_id").join(tables["actors"], "actor_id")
    places = plain.select("event_id", "place_id").join(tables["places"], "place_id")
    taking_part = tables["event_countries"].semi_join(plain, "event_id")
    home = places.select("event_id", "country_code")
    countries = (
        taking_part.select("event_id", "country_code")
        .union(home, distinct=True)
        .join(tables["countries"], "country_code")
    )
    countries = countries.mutate(place_id=ibis.literal("country:") + countries.country_code)
    sectors = tables["event_sectors"].semi_join(plain, "event_id").join(tables["sectors"], "sector_code")
    types = plain.join(
        tables["event_types"].mutate(type_code=tables["event_types"].event_type_code.cast("string")), "type_code"
    )
    named = {
        "actor": _written(actors, "actor_id", tables["actor_aliases"]),
        "place": _written(places, "place_id", tables["place_aliases"]),
        "country": _written(countries, "place_id", tables["place_aliases"]),
        "sector": sectors.select("event_id", code="sector_code", name="label", writing="label"),
        "type": types.select("event_id", code="type_code", name="label", writing="label"),
    }
    rows = ibis.union(*(table.mutate(kind=ibis.literal(kind)).select(*NAME_COLUMNS) for kind, table in named.items()))
    return rows.order_by("event_id", "kind", "code", rows.writing != rows.name, "writing")


def _written(named: ir.Table, key: str, aliases: ir.Table) -> ir.Table:
    """Each name under itself and under its other writings."""
    own = named.select("event_id", code=key, name="name", writing="name")
    other = named.select("event_id", key, "name").join(aliases.select(key, writing="alias"), key)
    return own.union(other.select("event_id", code=key, name="name", writing="writing"))


def suggestions(store: Store, selection: EventFilter, most: int) -> tuple[Suggestion, ...]:
    """Names of this build that are like what was typed, or what was typed with the words mended that no event holds.

    Rules: only where the search alone finds nothing, and only what finds something under the same other filters; it is offered,
    never searched instead.
    """
    if not selection.terms or _count(store, EventFilter(text=selection.text)):
        return ()
    known = list(store.ask(EventFilter(), _known_names)["name"])
    counted = (
        Suggestion(text, _count(store, replace(selection, text=text)))
        for text in _candidates(store, selection.text, known)[:most]
    )
    return tuple(suggestion for suggestion in counted if suggestion.event_count)[:most]


def _count(store: Store, selection: EventFilter) -> int:
    return int(store.ask(selection, _counted)["event_count"].iloc[0])


def _counted(tables: Tables) -> ir.Table:
    return tables["selected"].aggregate(event_count=tables["selected"].count())


def _candidates(store: Store, text: str, known: Sequence[str]) -> list[str]:
    whole = _nearest(fold(text), known, 3)
    return list(dict.fromkeys([*whole, *_mended(store, text, known)]))


def _mended(store: Store, text: str, known: Sequence[str]) -> list[str]:
    """The text with each word that no event holds in place of the nearest word of the known names, then these words alone."""
    words = sorted({word for name in known for word in fold(name).split() if len(word) > 2})
    mended, alone = [], []
    for term in terms(text):
        is_known = _begins_one(fold(term.said), words) or _count(store, EventFilter(text=term.said))
        nearest = [term.said] if is_known else _nearest(fold(term.said), words, 1)
        if not nearest:
            return []
        mended += nearest
        alone += [] if is_known else nearest
    return [" ".join(mended), *alone]


def _begins_one(folded: str, words: Sequence[str]) -> bool:
    """Whether a word begins one of some sorted words; it spares a look through all events."""
    place = bisect_left(words, folded)
    return place < len(words) and words[place].startswith(folded)


def _nearest(folded: str, known: Sequence[str], most: int) -> list[str]:
    found = process.extract(folded, known, scorer=fuzz.ratio, processor=fold, score_cutoff=LEAST_LIKENESS, limit=most)
    return [name for name, _, _ in found]


def _known_names(tables: Tables) -> ir.Table:
    named = [(name, "name") for name in ("actors", "places", "countries")]
    named += [("actor_aliases", "alias"), ("place_aliases", "alias"), ("event_types", "label"), ("sectors", "label")]
    names = ibis.union(*(tables[table].select(name=column) for table, column in named), distinct=True)
    return names.order_by("name")
