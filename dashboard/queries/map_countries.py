"""Which countries take part, in which the events were, and which take part together."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.map import events_by_place
from dashboard.queries.store import Store, Tables

COUNTRY_SETS = "event_country_sets"
"""The countries of each event as one text, kept once for every selection: a million events have a few thousand sets."""

PARTS = {"with": "taking part", "held": "where it was"}


@dataclass(frozen=True)
class Pairs:
    """Which two countries take part together.

    Shape: `counts` has one row a pair, the most first: country_code, other_code (the later one in the alphabet), country,
    other, event_count. `named_count` and `paired_count`: selected events in which at least one, and at least two countries
    take part.
    Rules: an event of n countries counts once for each of its n (n - 1) / 2 pairs.
    """

    counts: pd.DataFrame
    named_count: int
    paired_count: int


def by_country(store: Store, selection: EventFilter, part: str) -> pd.DataFrame:
    """The selected events counted by country, the most first.

    Shape: one row a country: country_code, country, event_count. `part` (of `PARTS`): an event counts for each country that
    takes part (`with`), or for the one that it was in (`held`).
    """
    if part == "held":
        return store.ask(selection, _held)
    counts: Counter[str] = Counter()
    for countries, event_count in _counted_sets(store, selection).items():
        counts.update(dict.fromkeys(countries, event_count))
    frame = pd.DataFrame(counts.items(), columns=["country_code", "event_count"])
    frame.insert(1, "country", frame["country_code"].map(_names(store)))
    return frame.sort_values(["event_count", "country"], ascending=[False, True], ignore_index=True)


def country_pairs(store: Store, selection: EventFilter) -> Pairs:
    """The selected events counted by two countries that take part together."""
    sets = _counted_sets(store, selection)
    counts: Counter[tuple[str, str]] = Counter()
    for countries, event_count in sets.items():
        counts.update(dict.fromkeys(combinations(countries, 2), event_count))
    rows = [(*pair, event_count) for pair, event_count in counts.items()]
    frame = pd.DataFrame(rows, columns=["country_code", "other_code", "event_count"])
    names = _names(store)
    named = frame.assign(country=frame["country_code"].map(names), other=frame["other_code"].map(names))
    ordered = named.sort_values(["event_count", "country", "other"], ascending=[False, True, True], ignore_index=True)
    paired_count = sum(count for countries, count in sets.items() if len(countries) > 1)
    return Pairs(ordered, sum(sets.values()), paired_count)


def _counted_sets(store: Store, selection: EventFilter) -> dict[tuple[str, ...], int]:
    """The countries that take part, in the order of the alphabet, with the number of selected events that have exactly these."""
    store.keep(COUNTRY_SETS, _country_sets)
    frame = store.ask(selection, _sets)
    return {tuple(codes.split("+")): int(count) for codes, count in frame.itertuples(index=False, name=None)}


def _country_sets(tables: Tables) -> ir.Table:
    links = tables["event_countries"]
    return links.group_by("event_id").aggregate(
        country_set=links.country_code.group_concat("+", order_by=links.country_code)
    )


def _sets(tables: Tables) -> ir.Table:
    joined = tables[COUNTRY_SETS].semi_join(tables["selected"], "event_id")
    return joined.group_by("country_set").aggregate(event_count=joined.count())


def _names(store: Store) -> dict[str, str]:
    return dict(store.ask(EventFilter(), _named).itertuples(index=False, name=None))


def _named(tables: Tables) -> ir.Table:
    return tables["countries"].select("country_code", "name")


def _held(tables: Tables) -> ir.Table:
    joined = events_by_place(tables).join(tables["places"].select("place_id", "country_code"), "place_id")
    counted = joined.group_by("country_code").aggregate(event_count=joined.event_count.sum().cast("int64"))
    named = counted.join(tables["countries"].select("country_code", country="name"), "country_code")
    return named.order_by(named.event_count.desc(), "country").select("country_code", "country", "event_count")
