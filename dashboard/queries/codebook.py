"""What the codes mean, and what the build could not resolve."""

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

EVERYTHING = EventFilter()


def event_types(store: Store) -> pd.DataFrame:
    """The event types with their meaning, in the codebook's order."""
    return store.ask(EVERYTHING, _table, "event_types")


def sectors(store: Store) -> pd.DataFrame:
    """The sectors with their meaning, colours and ties to published schemes, in the codebook's order."""
    return store.ask(EVERYTHING, _table, "sectors")


def issues(store: Store) -> pd.DataFrame:
    """The build's issues, the gravest first."""
    return store.ask(EVERYTHING, _issues)


def decisions(store: Store) -> pd.DataFrame:
    """The analysts' decisions, in the order in which they were replayed."""
    return store.ask(EVERYTHING, _table, "decisions")


def names(store: Store) -> pd.DataFrame:
    """Every other writing of an actor's name.

    Shape: one row an alias: name, kind, alias, basis, reason.
    """
    return store.ask(EVERYTHING, _names)


def _table(tables: Tables, name: str) -> ir.Table:
    return tables[name]


def _issues(tables: Tables) -> ir.Table:
    table = tables["issues"]
    rank = table.severity.cases(("error", 0), ("warning", 1), else_=2)
    return table.order_by(rank, "stage", "document", "message")


def _names(tables: Tables) -> ir.Table:
    aliases = tables["actor_aliases"].join(tables["actors"].select("actor_id", "name", "kind"), "actor_id")
    return aliases.select("name", "kind", "alias", "basis", "reason").order_by("name", "alias")
