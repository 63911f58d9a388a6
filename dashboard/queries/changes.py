"""What became of a selection between two builds, event by event and field by field."""

from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store, Tables

ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"

FIELDS = {
    "title": "Title", "type": "Type", "date_edtf": "Date", "date_basis": "Where the date comes from", "place": "Place",
    "country_of_place": "Country of the place", "mode": "How it was held", "sectors": "Sectors", "countries": "Countries",
    "organisations": "Organisations", "persons": "People", "review_state": "Review", "documents": "Documents",
}  # fmt: skip
"""The fields of `event_rows` that are compared, with their names."""

MOST_EVENTS = 50_000
"""Events of a selection up to which two builds are compared: about three seconds and 200 MB."""

COLUMNS = ("event_id", "title", "change", "field", "before", "after", "documents")


@dataclass(frozen=True)
class EventsById:
    """The selection of some events by their ids."""

    event_ids: tuple[str, ...]

    def events(self, tables: Tables) -> ir.Table:
        """Those of the rows of `events` that are there."""
        return tables["events"].filter(tables["events"].event_id.isin(self.event_ids))


def changes(before: Store, after: Store, *, then: EventFilter, now: EventFilter) -> pd.DataFrame | None:
    """What an older build's selection and a newer build's differ in; None where either has more than `MOST_EVENTS`.

    Shape: one row for each event that was added or withdrawn, and for each field of an event that changed: event_id, title,
    change, field (empty for whole events), before, after, documents. Ordered by change, title and field.
    Rules: of an event that came into the selection or left it because a field changed, the field is told. An event that is
    a telling of another in the newer build is withdrawn, and `after` names the one that it joined.
    """
    if max(summary(before, then).event_count, summary(after, now).event_count) > MOST_EVENTS:
        return None
    old, new = (event_rows(store, view).set_index("event_id") for store, view in ((before, then), (after, now)))
    old, new = _completed(old, before, new), _completed(new, after, old)
    gone = old.index.difference(new.index)
    joined = _joined(after, tuple(gone))
    rows = [
        *(_whole(new.loc[event_id], ADDED) for event_id in new.index.difference(old.index)),
        *(_whole(old.loc[event_id], WITHDRAWN, joined.get(event_id, "")) for event_id in gone),
        *_changed_fields(old, new),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(
        ["change", "title", "event_id", "field"], ignore_index=True
    )


def tally(rows: pd.DataFrame) -> dict[str, int]:
    """How many events were added, changed and withdrawn."""
    counted = rows.groupby("change")["event_id"].nunique()
    return {change: int(counted.get(change, 0)) for change in (ADDED, CHANGED, WITHDRAWN)}


def _completed(rows: pd.DataFrame, store: Store, others: pd.DataFrame) -> pd.DataFrame:
    """The rows with those of the other build's events that this build has outside the selection."""
    elsewhere = tuple(sorted(others.index.difference(rows.index)))
    if not elsewhere:
        return rows
    return pd.concat([rows, event_rows(store, EventsById(elsewhere)).set_index("event_id")])


def _whole(row: pd.Series, change: str, became: str = "") -> tuple[str, ...]:
    return (str(row.name), row["title"], change, "", "", became, row["documents"])


def _changed_fields(old: pd.DataFrame, new: pd.DataFrame) -> list[tuple[str, ...]]:
    shared = old.index.intersection(new.index)
    rows: list[tuple[str, ...]] = []
    for field, label in FIELDS.items():
        was, is_ = (frame.loc[shared, field].fillna("").astype(str) for frame in (old, new))
        for event_id in shared[(was != is_).to_numpy()]:
            row = new.loc[event_id]
            rows.append((event_id, row["title"], CHANGED, label, was[event_id], is_[event_id], row["documents"]))
    return rows


def _joined(store: Store, event_ids: tuple[str, ...]) -> dict[str, str]:
    """The title of the event that each of these ids is a telling of."""
    if not event_ids:
        return {}
    found = store.ask(EventFilter(), _tellings, event_ids)
    return {row.telling_id: f"part of: {row.title}" for row in found.itertuples(index=False, name="Telling")}


def _tellings(tables: Tables, event_ids: tuple[str, ...]) -> ir.Table:
    sources = tables["event_sources"].filter(tables["event_sources"].telling_id.isin(event_ids))
    return sources.select("telling_id", "event_id").join(tables["events"].select("event_id", "title"), "event_id")
