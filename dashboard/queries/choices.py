"""What the filters can choose from in this build."""

import ibis.expr.types as ir

from dashboard.queries.filters import UNSTATED_PLACE, VIRTUAL_PLACE, Choices, EventFilter
from dashboard.queries.store import Question, Store, Tables


def choices(store: Store) -> Choices:
    """Sectors and types in the codebook's order; the others by name; only what events have."""
    return Choices(
        sectors=_in_order(store, "sectors", _used_sectors),
        types=_in_order(store, "event_types", _used_types),
        countries=_labels(store, _countries),
        site_countries=_labels(store, _site_countries),
        places=_places(store),
        actors=_labels(store, _actors),
        documents=_labels(store, _telling_documents),
        chains=_labels(store, _named_chains),
    )


def _labels(store: Store, question: Question) -> dict[str, str]:
    rows = store.ask(EventFilter(), question)
    return dict(rows.itertuples(index=False, name=None))


def _in_order(store: Store, names: str, used: Question) -> dict[str, str]:
    codes = set(store.ask(EventFilter(), used)["code"])
    rows = store.ask(EventFilter(), _whole, names)
    return {code: label for code, label in rows.iloc[:, :2].itertuples(index=False, name=None) if code in codes}


def _whole(tables: Tables, name: str) -> ir.Table:
    return tables[name]


def _used_sectors(tables: Tables) -> ir.Table:
    return tables["event_sectors"].select(code="sector_code").distinct()


def _used_types(tables: Tables) -> ir.Table:
    return tables["events"].select(code="event_type_code").distinct()


def _countries(tables: Tables) -> ir.Table:
    return (
        tables["countries"]
        .semi_join(tables["event_countries"], "country_code")
        .select("country_code", "name")
        .order_by("name")
    )


def _actors(tables: Tables) -> ir.Table:
    return tables["actors"].select("actor_id", "name").order_by("name")


def _site_countries(tables: Tables) -> ir.Table:
    held = tables["events"].select(place_id=tables["events"].place_id.cast("string"))
    used = tables["places"].semi_join(held, "place_id")
    return tables["countries"].semi_join(used, "country_code").select("country_code", "name").order_by("name")


def _telling_documents(tables: Tables) -> ir.Table:
    documents = tables["documents"].semi_join(tables["event_sources"], "document_id")
    return documents.select("document_id", "name").order_by("name")


def _named_chains(tables: Tables) -> ir.Table:
    return tables["event_chains"].select("chain_id", "name").distinct().order_by("name", "chain_id")


def _places(store: Store) -> dict[str, str]:
    rows = store.ask(EventFilter(), _named_places)
    labels = {
        row.place_id: f"{row.country} (no city given)" if row.kind == "country" else f"{row.name}, {row.country}"
        for row in rows.itertuples(index=False, name="Place")
    }
    modes = set(store.ask(EventFilter(), _modes)["mode"])
    extra = {VIRTUAL_PLACE: ("virtual", "Held online"), UNSTATED_PLACE: ("not_stated", "No place given")}
    return labels | {code: label for code, (mode, label) in extra.items() if mode in modes}


def _named_places(tables: Tables) -> ir.Table:
    named = tables["places"].join(tables["countries"].rename(country="name"), "country_code")
    return named.select("place_id", "name", "country", "kind").order_by("country", "name")


def _modes(tables: Tables) -> ir.Table:
    return tables["events"].select("mode").distinct()
