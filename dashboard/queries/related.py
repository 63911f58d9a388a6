"""What stands beside an event: its neighbours in the selection, and the earlier and later events of its actors."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.events import SEPARATOR, latest_first
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables


@dataclass(frozen=True)
class Neighbours:
    """Where an event stands among the selected ones, in the order of `event_rows`.

    Shape: `position` counts from 1 and is 0 for an event that is not selected; `previous_id` and `next_id` are empty at the ends.
    """

    count: int
    position: int = 0
    previous_id: str = ""
    next_id: str = ""


def neighbours(store: Store, selection: EventFilter, event_id: str) -> Neighbours:
    """The events before and behind an event in the selection."""
    count = int(store.ask(selection, _count)["count"].iloc[0])
    found = store.ask(selection, _neighbours, event_id)
    if found.empty:
        return Neighbours(count)
    row = found.iloc[0]
    ends = ("" if pd.isna(row[column]) else str(row[column]) for column in ("previous_id", "next_id"))
    return Neighbours(count, int(row["position"]) + 1, *ends)


def _count(tables: Tables) -> ir.Table:
    return tables["selected"].aggregate(count=tables["selected"].count())


def _neighbours(tables: Tables, event_id: str) -> ir.Table:
    events = tables["selected"].select("event_id", "start_date", "end_date")
    order = ibis.window(order_by=latest_first(events))
    ranked = events.select(
        "event_id",
        position=ibis.row_number().over(order),
        previous_id=events.event_id.lag().over(order),
        next_id=events.event_id.lead().over(order),
    )
    return ranked.filter(ranked.event_id == event_id)


@dataclass(frozen=True)
class SameActors:
    """Earlier and later events in which an actor of an event takes part.

    Shape: each frame has one row an event: event_id, title, type, date_edtf, shared (the names of the actors that both have, joined),
    shared_count, all_count (of all such events, shown or not); those with the most actors in common first, then the nearest in time.
    """

    earlier: pd.DataFrame
    later: pd.DataFrame


def same_actors(store: Store, event_id: str, most: int) -> SameActors:
    """The events of an event's actors that were surely before it and surely after it, at most `most` of each.

    Rules: whatever is selected; an event whose date leaves open whether it was before is in neither, nor is one without a date.
    """
    earlier, later = (store.ask(EventFilter(), _same_actors, event_id, is_later, most) for is_later in (False, True))
    return SameActors(earlier, later)


def _same_actors(tables: Tables, event_id: str, is_later: bool, most: int) -> ir.Table:  # noqa: FBT001  (a question's arguments have no names)
    links, events = tables["event_actors"].select("event_id", "actor_id"), tables["events"]
    own = events.filter(events.event_id == event_id).select(own_start="start_date", own_end="end_date")
    mine = links.filter(links.event_id == event_id).select("actor_id")
    shared = links.filter(links.event_id != event_id).semi_join(mine, "actor_id").join(tables["actors"], "actor_id")
    named = shared.group_by("event_id").aggregate(
        shared=shared.name.group_concat(SEPARATOR, order_by=shared.name), shared_count=shared.count()
    )
    pairs = named.join(_facts(tables), "event_id").cross_join(own)
    is_there = pairs.start_date > pairs.own_end if is_later else pairs.end_date < pairs.own_start
    there = pairs.filter(is_there)
    nearest = there.start_date if is_later else there.end_date.desc()
    ordered = there.mutate(all_count=there.count().over(ibis.window())).order_by(
        there.shared_count.desc(), nearest, there.event_id
    )
    return ordered.limit(most).select("event_id", "title", "type", "date_edtf", "shared", "shared_count", "all_count")


def _facts(tables: Tables) -> ir.Table:
    events, types = tables["events"], tables["event_types"]
    plain = events.select(
        "event_id", "title", "date_edtf", "start_date", "end_date", code=events.event_type_code.cast("string")
    )
    return plain.join(types.select(code=types.event_type_code.cast("string"), type=types.label), "code")
