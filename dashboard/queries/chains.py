"""Events of one initiative, linked; and what was promised and has no later event in its chain."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables

PROMISES = ("agreement", "policy")
"""The types that promise something: what is signed and what is decided. *Source*: the codebook; the other types report a deed."""


@dataclass(frozen=True)
class Chains:
    """The chains that a selection touches.

    Shape: `events` has one row an event of the shown chains: chain_id, name, position, event_id, title, event_type_code,
    type, sector_code, start_date, end_date, date_edtf, date_precision, date_basis, is_selected, and of the link from the event before it
    earlier_event_id, basis, shared, reason, least_days, most_days (missing for the first). `quotes` has the words that report each of
    these events: event_id, quote, document_id, document, start_offset.
    """

    events: pd.DataFrame
    quotes: pd.DataFrame
    chain_count: int
    selected_count: int


def chains(store: Store, selection: EventFilter, most: int) -> Chains:
    """The chains of which a selected event is part, the one with the latest event first, at most `most`, each whole."""
    counts = store.ask(selection, _counts).iloc[0]
    return Chains(
        store.ask(selection, _chain_events, most),
        store.ask(selection, _chain_quotes, most),
        int(counts["chain_count"]),
        int(counts["selected_count"]),
    )


def _counts(tables: Tables) -> ir.Table:
    held = tables["event_chains"].semi_join(tables["selected"], "event_id")
    return held.aggregate(chain_count=held.chain_id.nunique(), selected_count=held.count())


def _touched(tables: Tables, most: int) -> ir.Table:
    members = tables["event_chains"]
    touched = members.semi_join(members.semi_join(tables["selected"], "event_id"), "chain_id")
    dated = touched.join(tables["events"].select("event_id", "end_date"), "event_id")
    latest = dated.group_by("chain_id").aggregate(latest=dated.end_date.max())
    return latest.order_by(latest.latest.desc(), "chain_id").limit(most)


def _chain_events(tables: Tables, most: int) -> ir.Table:
    members = tables["event_chains"].join(_touched(tables, most), "chain_id")
    rows = members.join(_facts(tables), "event_id")
    links = tables["chain_links"].rename(earlier_event_id="event_id")
    linked = rows.left_join(links, rows.event_id == links.later_event_id).drop("later_event_id")
    chosen = tables["selected"].select(chosen_id="event_id")
    marked = linked.left_join(chosen, linked.event_id == chosen.chosen_id)
    whole = marked.mutate(is_selected=marked.chosen_id.notnull()).drop("chosen_id")
    return whole.order_by(whole.latest.desc(), "chain_id", "position")


def _facts(tables: Tables) -> ir.Table:
    events = tables["events"]
    plain = events.select(
        "event_id", "title", "start_date", "end_date", "date_edtf", "date_precision", "date_basis",
        event_type_code=events.event_type_code.cast("string"), sector_code=events.main_sector_code.cast("string"),
    )  # fmt: skip
    types = tables["event_types"]
    named = types.select(event_type_code=types.event_type_code.cast("string"), type=types.label)
    return plain.join(named, "event_type_code")


def _chain_quotes(tables: Tables, most: int) -> ir.Table:
    members = tables["event_chains"].join(_touched(tables, most), "chain_id")
    return _reports(tables, members)


def _reports(tables: Tables, members: ir.Table) -> ir.Table:
    """The words that report each of some events."""
    documents = tables["documents"].select("document_id", document="title")
    evidence = tables["evidence"]
    reports = evidence.filter(evidence.field == "type").semi_join(members, "event_id").join(documents, "document_id")
    columns = ("event_id", "quote", "prefix", "suffix", "document_id", "document", "start_offset")
    return reports.select(*columns).order_by("event_id", "document_id", "start_offset")


@dataclass(frozen=True)
class Promises:
    """What was promised and has no later event in its chain.

    Shape: `events` has one row a promise, the oldest first: event_id, title, type, date_edtf, start_date, end_date, chain_id,
    later_count: later events in which one of its organisations takes part, which may or may not have to do with it.
    `count` are all of them, `followed_count` the promises as old that have a later event in their chain, `undated_count` those without a date.
    """

    events: pd.DataFrame
    as_of: date | None
    count: int
    followed_count: int
    undated_count: int


def promises(store: Store, selection: EventFilter, older_months: int, most: int) -> Promises:
    """The selected agreements and policies that are older than so many months and without a later event in their chain.

    Rules: age is counted from the last day that a promise may have been on to the newest document of the build, not to today: what
    happened since the documents end cannot be in them.
    """
    newest = store.ask(EventFilter(), _newest)["newest"].iloc[0]
    if pd.isna(newest):
        return Promises(store.ask(selection, _without_follow_up, date.min, most), None, 0, 0, 0)
    before = (newest - pd.DateOffset(months=older_months)).date()
    counts = store.ask(selection, _promise_counts, before).iloc[0]
    return Promises(
        store.ask(selection, _without_follow_up, before, most),
        newest.date(), _whole(counts["open_count"]), _whole(counts["followed_count"]), _whole(counts["undated_count"]),
    )  # fmt: skip


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _newest(tables: Tables) -> ir.Table:
    documents = tables["documents"]
    return documents.aggregate(newest=documents.published_date.max())


def _promises(tables: Tables) -> ir.Table:
    """The selected promises; is_followed: an event of the same chain came later."""
    events = tables["selected"]
    made = events.filter(events.event_type_code.isin(PROMISES))
    plain = made.select(
        "event_id", "title", "date_edtf", "start_date", "end_date", type_code=made.event_type_code.cast("string")
    )
    members = tables["event_chains"]
    last = members.group_by("chain_id").aggregate(last=members.position.max())
    held = plain.left_join(members.join(last, "chain_id"), "event_id").drop("event_id_right")
    return held.mutate(is_followed=held.position.notnull() & (held.position < held.last))


def _promise_counts(tables: Tables, before: date) -> ir.Table:
    made = _promises(tables)
    is_old = made.end_date.notnull() & (made.end_date <= ibis.literal(before))
    return made.aggregate(
        open_count=(is_old & ~made.is_followed).sum(),
        followed_count=(is_old & made.is_followed).sum(),
        undated_count=made.end_date.isnull().sum(),
    )


def _without_follow_up(tables: Tables, before: date, most: int) -> ir.Table:
    made = _promises(tables)
    old = made.filter(made.end_date <= ibis.literal(before), ~made.is_followed)
    first = old.order_by("end_date", "start_date", "event_id").limit(most)
    types = tables["event_types"]
    named = first.join(types.select(type_code=types.event_type_code.cast("string"), type=types.label), "type_code")
    counted = named.left_join(_later(tables, first), "event_id").drop("event_id_right")
    whole = counted.mutate(later_count=counted.later_count.fill_null(0))
    columns = ("event_id", "title", "type", "date_edtf", "start_date", "end_date", "chain_id", "later_count")
    return whole.select(*columns).order_by("end_date", "start_date", "event_id")


def _later(tables: Tables, promised: ir.Table) -> ir.Table:
    """How many later events an organisation of each promise takes part in."""
    actors = tables["actors"]
    links = (
        tables["event_actors"].semi_join(actors.filter(actors.kind == "org"), "actor_id").select("event_id", "actor_id")
    )
    own = promised.select("event_id", "end_date").join(links, "event_id")
    others = links.rename(other_id="event_id").join(
        tables["events"].select(other_id="event_id", other_start="start_date"), "other_id"
    )
    pairs = own.join(others, "actor_id")
    later = pairs.filter(pairs.other_start > pairs.end_date)
    return later.group_by("event_id").aggregate(later_count=later.other_id.nunique())


def chain_of(store: Store, event_id: str) -> pd.DataFrame:
    """The events of the chain that an event is part of, in their order; no rows if it is part of none.

    Shape: chain_id, name, position, event_id, title, date_edtf, type.
    """
    return store.ask(EventFilter(), _chain_of, event_id)


def _chain_of(tables: Tables, event_id: str) -> ir.Table:
    members = tables["event_chains"]
    mine = members.semi_join(members.filter(members.event_id == event_id), "chain_id")
    rows = mine.join(_facts(tables), "event_id")
    return rows.select("chain_id", "name", "position", "event_id", "title", "date_edtf", "type").order_by("position")
