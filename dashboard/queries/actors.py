"""Who with whom: the actors or countries of the selected events, which of them share events, and one actor by itself."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

KINDS = ("both", "org", "person", "country")
"""What may be drawn: organisations and persons, one kind of them, or the countries that take part."""

FILTERED = {"country": "countries", "both": "actors", "org": "actors", "person": "actors"}
"""The field of the filter that each of them narrows."""


@dataclass(frozen=True)
class Graph:
    """The busiest actors or countries, and how many events each two of them share.

    Shape: `nodes` has code, label, kind (org, person, country) and event_count, the most events first, then the most
    partners; `edges` has one, other (codes, one < other) and event_count. `left_out` is how many more there are.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    left_out: int


def graph(store: Store, selection: EventFilter, kind: str, most: int) -> Graph:
    """The `most` busiest of a kind with the events that they share; of two equally busy ones the one with more partners."""
    nodes = store.ask(selection, _nodes, kind, most)
    total = store.ask(selection, _total, kind)["node_count"].iloc[0]
    return Graph(nodes, store.ask(selection, _edges, kind, most), int(total) - len(nodes))


@dataclass(frozen=True)
class ActorDetail:
    """One actor of the build.

    Shape: `aliases` has alias, basis and reason; `writings` has surface and event_count: how the selected events' texts write
    the name.
    """

    actor_id: str
    name: str
    kind: str
    country_code: str
    aliases: pd.DataFrame
    writings: pd.DataFrame


def actor_detail(store: Store, selection: EventFilter, actor_id: str) -> ActorDetail | None:
    """One actor, or None if this build has none of that id."""
    rows = store.ask(EventFilter(), _actor, actor_id)
    if rows.empty:
        return None
    row = rows.iloc[0]
    country = row["country_code"] if isinstance(row["country_code"], str) else ""
    return ActorDetail(
        actor_id, row["name"], row["kind"], country,
        store.ask(EventFilter(), _aliases, actor_id), store.ask(selection, _writings, actor_id),
    )  # fmt: skip


def partners(store: Store, selection: EventFilter, actor_id: str) -> pd.DataFrame:
    """Who takes part in the selected events beside this actor: code, label, kind, event_count, the most frequent first."""
    return store.ask(selection.narrowed(actors=actor_id), _partners, actor_id)


def naming_quotes(store: Store, selection: EventFilter, actor_id: str) -> pd.DataFrame:
    """The quotes that name the actor in the selected events, the latest event first.

    Shape: one row a quote: event_id, title, quote, prefix, suffix, document_id, document_title, publisher, start_offset.
    """
    return store.ask(selection, _naming_quotes, actor_id)


def _members(tables: Tables, kind: str) -> ir.Table:
    """event_id and code of what is drawn."""
    selected = tables["selected"].select("event_id")
    if kind == "country":
        return tables["event_countries"].semi_join(selected, "event_id").select("event_id", code="country_code")
    links = tables["event_actors"].semi_join(selected, "event_id").select("event_id", code="actor_id")
    if kind == "both":
        return links
    actors = tables["actors"]
    return links.semi_join(actors.filter(actors.kind == kind).select(code="actor_id"), "code")


def _named(tables: Tables, kind: str) -> ir.Table:
    if kind == "country":
        return tables["countries"].select(code="country_code", label="name", kind=ibis.literal("country"))
    return tables["actors"].select("kind", code="actor_id", label="name")


def _busiest(tables: Tables, kind: str, most: int) -> ir.Table:
    members = _members(tables, kind)
    sizes = members.group_by("event_id").aggregate(size=members.count())
    met = members.join(sizes, "event_id")
    counted = met.group_by("code").aggregate(event_count=met.count(), met_count=(met["size"] - 1).sum())
    return counted.order_by(counted.event_count.desc(), counted.met_count.desc(), "code").limit(most)


def _nodes(tables: Tables, kind: str, most: int) -> ir.Table:
    named = _busiest(tables, kind, most).join(_named(tables, kind), "code")
    ordered = named.order_by(named.event_count.desc(), named.met_count.desc(), "code")
    return ordered.select("code", "label", "kind", "event_count")


def _total(tables: Tables, kind: str) -> ir.Table:
    members = _members(tables, kind)
    return members.aggregate(node_count=members.code.nunique())


def _edges(tables: Tables, kind: str, most: int) -> ir.Table:
    members = _members(tables, kind).semi_join(_busiest(tables, kind, most), "code")
    both = members.select("event_id", one="code").join(members.select("event_id", other="code"), "event_id")
    pairs = both.filter(both.one < both.other)
    return pairs.group_by("one", "other").aggregate(event_count=pairs.count()).order_by("one", "other")


def _actor(tables: Tables, actor_id: str) -> ir.Table:
    return tables["actors"].filter(tables["actors"].actor_id == actor_id)


def _aliases(tables: Tables, actor_id: str) -> ir.Table:
    aliases = tables["actor_aliases"]
    return aliases.filter(aliases.actor_id == actor_id).select("alias", "basis", "reason").order_by("alias")


def _writings(tables: Tables, actor_id: str) -> ir.Table:
    links = tables["event_actors"].semi_join(tables["selected"], "event_id")
    own = links.filter(links.actor_id == actor_id)
    counted = own.group_by("surface").aggregate(event_count=own.count())
    return counted.order_by(counted.event_count.desc(), "surface")


def _partners(tables: Tables, actor_id: str) -> ir.Table:
    links = tables["event_actors"].semi_join(tables["selected"], "event_id")
    others = links.filter(links.actor_id != actor_id)
    counted = others.group_by("actor_id").aggregate(event_count=others.count())
    named = counted.join(tables["actors"], "actor_id").select("event_count", "kind", code="actor_id", label="name")
    return named.order_by(named.event_count.desc(), "label", "code")


def _naming_quotes(tables: Tables, actor_id: str) -> ir.Table:
    actors, evidence = tables["actors"], tables["evidence"]
    names = actors.filter(actors.actor_id == actor_id).select(value="name")
    own = tables["event_actors"].filter(tables["event_actors"].actor_id == actor_id)
    events = tables["selected"].semi_join(own, "event_id").select("event_id", "title", "end_date")
    quotes = evidence.filter(evidence.field == "actors").join(names, "value").join(events, "event_id")
    documents = tables["documents"].select("document_id", "publisher", document_title="title")
    rows = quotes.join(documents, "document_id")
    ordered = rows.order_by(rows.end_date.desc(nulls_first=False), "event_id", "document_id", "start_offset")
    return ordered.select(
        "event_id", "title", "quote", "prefix", "suffix", "document_id", "document_title", "publisher", "start_offset"
    )
