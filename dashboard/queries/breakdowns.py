"""How the selection divides by sector and by actor; `crossing` has the other fields.

Each answer has a column that adds up to the selection's count, so that nothing is counted twice unnoticed.
"""

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables


def by_sector(store: Store, selection: EventFilter) -> pd.DataFrame:
    """One row a sector, in the codebook's order: `event_count` events that touch it, `main_count` events of which it is the
    main sector. `main_count` adds up to the selection (events without a sector are a row with the code missing)."""
    mains, touched = store.ask(selection, _main_sectors), store.ask(selection, _touched_sectors)
    return _labelled(store, mains.merge(touched, on="sector_code", how="outer", validate="one_to_one"), "sectors")


def by_actor(store: Store, selection: EventFilter) -> pd.DataFrame:
    """One row an actor, the busiest first: `event_count` events it takes part in; `split_count`, for which an event of n actors
    counts 1/n to each, so that the column adds up to the selection (events without an actor: code missing); `kind`; and
    `written_as`: every writing of the name in the selected events' documents, joined by `; `."""
    frame = store.ask(selection, _split, "event_actors", "actor_id", "actors")
    written = store.ask(selection, _writings).groupby("actor_id", as_index=False).agg(
        kind=("kind", "first"), written_as=("surface", "; ".join)
    )  # fmt: skip
    return frame.merge(written, on="actor_id", how="left", validate="one_to_one")


def _main_sectors(tables: Tables) -> ir.Table:
    events = tables["selected"]
    return events.group_by(sector_code=events.main_sector_code.cast("string")).aggregate(main_count=events.count())


def _touched_sectors(tables: Tables) -> ir.Table:
    links = tables["event_sectors"].semi_join(tables["selected"], "event_id")
    return links.group_by("sector_code").aggregate(event_count=links.count())


def _writings(tables: Tables) -> ir.Table:
    links = tables["event_actors"].semi_join(tables["selected"], "event_id").join(tables["actors"], "actor_id")
    return links.select("actor_id", "kind", "surface").distinct().order_by("actor_id", "surface")


def _split(tables: Tables, links: str, code: str, names: str) -> ir.Table:
    linked = tables["selected"].select("event_id").left_join(tables[links].select("event_id", code), "event_id")
    sizes = linked.group_by("event_id").aggregate(size=linked.count())
    weighed = linked.select("event_id", code).join(sizes, "event_id")
    counted = weighed.group_by(code).aggregate(event_count=weighed.count(), split_count=(1.0 / weighed["size"]).sum())
    named = counted.left_join(tables[names].select(code, label="name"), code).drop(f"{code}_right")
    return named.order_by(named.event_count.desc(), "label")


def _labelled(store: Store, frame: pd.DataFrame, names: str) -> pd.DataFrame:
    """The counts with the labels of a code list and in its order, codes without a count left out."""
    order = store.ask(EventFilter(), _labels, names)
    code = order.columns[0]
    counts = dict.fromkeys([column for column in frame.columns if column.endswith("_count")], 0)
    merged = order.merge(frame, on=code, how="right", validate="one_to_one")
    ranks = merged[code].map({value: rank for rank, value in enumerate(order[code])})
    ordered = merged.loc[ranks.sort_values().index].reset_index(drop=True)
    return ordered.fillna(counts).astype(dict.fromkeys(counts, "int64"))


def _labels(tables: Tables, names: str) -> ir.Table:
    table = tables[names]
    return table.select(table.columns[0], "label")
