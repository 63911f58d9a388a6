"""One country: in how many of the selected events it takes part, how many were in it, and how many were both."""

from dataclasses import dataclass

import ibis.expr.types as ir

from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store, Tables


@dataclass(frozen=True)
class CountryCounts:
    """Selected events: those in which it takes part, those that were in it, and those of both kinds."""

    name: str
    with_count: int
    held_count: int
    both_count: int


def country_counts(store: Store, selection: EventFilter, country_code: str) -> CountryCounts | None:
    """The country's numbers; None if this build knows no such country."""
    names = store.ask(EventFilter(), _name, country_code)
    if names.empty:
        return None
    taking_part = selection.narrowed(countries=country_code)
    held = selection.narrowed(site_countries=country_code)
    both = taking_part.narrowed(site_countries=country_code)
    counts = [summary(store, chosen).event_count for chosen in (taking_part, held, both)]
    return CountryCounts(str(names["name"].iloc[0]), *counts)


def _name(tables: Tables, country_code: str) -> ir.Table:
    countries = tables["countries"]
    return countries.filter(countries.country_code == country_code).select("name")
