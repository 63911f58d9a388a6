"""Rows of events become tables: sorted, with what depends on several events, and names in tables of their own.

What cannot be resolved is a row in `issues`, never a default.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard import reference
from dashboard.decisions import Decision
from dashboard.etl.decide import Replay
from dashboard.etl.identity import issue_id
from dashboard.etl.lost_quotes import lost_quote
from dashboard.etl.origins import Origin
from dashboard.etl.proposals import proposals_table
from dashboard.etl.read import Document
from dashboard.etl.rows import (
    PLACE_COLUMNS,
    Frames,
    Positions,
    Row,
    Rows,
    country_names,
    country_place,
    event_frames,
    place_aliases,
    taken,
)
from dashboard.folding import fold
from dashboard.issues import Issue
from dashboard.schema import TABLES, conform, dtypes
from dashboard.searching import pieces

Tables = dict[str, pd.DataFrame]

_STAMP = re.compile(r"^date \d{4}-\d{2}(?:-\d{2})? ?")
_HEAD_CHARACTERS = 1_000
_LEAST_TITLE_WORDS = 3


def normalise(
    replayed: Replay,
    decisions: Sequence[Decision],
    documents: Sequence[Document],
    issues: Iterable[Issue],
    *,
    rows: Rows | None = None,
    forms: pd.DataFrame | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> Tables:
    """The tables of a build, in the form of `schema.TABLES`.

    Rules: `rows` are those of all events, in the form of `event_frames`, where an earlier build made some; else they are made of
    the replayed events. A document that `origins` does not name is its own origin.
    Raises: InputError if a quote is not in its document, which the extractor must not let happen.
    """
    frames = _in_order(_all_rows(event_frames(replayed.events, documents)) if rows is None else rows)
    origin = {document.document_id: Origin(document.document_id, 1.0) for document in documents} | dict(origins or {})
    frames["events"] = _with_origin_count(frames["events"], frames["evidence"], origin)
    events, event_actors = frames["events"], frames["event_actors"]
    aliases = _alias_rows(event_actors, dict(zip(events["event_id"], events["home"], strict=True)))
    made: dict[str, list[Row]] = {
        "sector_sets": _sector_set_rows(events),
        "actor_aliases": aliases,
        "decisions": [_decision_row(decision, replayed.outcomes, documents) for decision in decisions],
        "issues": _issue_rows([*issues, *replayed.issues, *_event_issues(events)]),
    }
    tables = {name: _cut(name, frame) for name, frame in frames.items()}
    tables |= {name: conform(name, pd.DataFrame(found)) for name, found in made.items()}
    tables |= {"proposals": proposals_table(replayed, documents, forms, frames["event_sources"])}
    tables |= {"documents": _documents(documents, origin), "places": _places(events)}
    tables |= {"place_aliases": _place_alias_table(tables)}
    tables |= {"actors": _cut("actors", event_actors.drop_duplicates("actor_id"))}
    tables |= _dimensions(tables)
    return tables | {"event_search": _search_table(events, event_actors, aliases)}


def _all_rows(frames: Frames) -> Rows:
    return Rows(frames, {name: np.arange(len(frame)) for name, frame in frames.items()})


def _in_order(rows: Rows) -> Frames:
    """Events by date, the undated last, and what hangs on an event in its order."""
    events = _by_date(rows.frames["events"], rows.chosen["events"])
    ids = pa.array(rows.frames["events"]["event_id"]).take(pa.array(events))
    orders = {name: _behind(frame, rows.chosen[name], ids) for name, frame in rows.frames.items() if name != "events"}
    return taken(rows.frames, {"events": events} | orders)


def _by_date(events: pd.DataFrame, chosen: Positions) -> Positions:
    keys = ("start_date", "end_date", "event_id")
    days = pa.table({name: pa.array(events[name]) for name in keys}).take(pa.array(chosen))
    order = pc.sort_indices(days, sort_keys=[(name, "ascending") for name in keys])
    found: Positions = chosen[order.to_numpy()]
    return found


def _behind(frame: pd.DataFrame, chosen: Positions, ids: pa.Array) -> Positions:
    """The chosen rows in the order of the events that they hang on, and those of one event in their own."""
    events = pa.array(frame["event_id"]).take(pa.array(chosen))
    return chosen[np.argsort(np.asarray(pc.index_in(events, ids)), kind="stable")]


def _cut(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that the table has; the types are right already."""
    return frame[list(TABLES[name].columns)].reset_index(drop=True)


def _with_origin_count(events: pd.DataFrame, evidence: pd.DataFrame, origin: Mapping[str, Origin]) -> pd.DataFrame:
    """Of an event that one document tells the count is 1; of the others the origins of their documents are counted."""
    several = events.loc[events["document_count"] > 1, "event_id"]
    told = evidence.loc[evidence["event_id"].isin(several), ["event_id", "document_id"]].drop_duplicates()
    counted = (
        told.assign(origin=[origin[one].document_id for one in told["document_id"]])
        .groupby("event_id")["origin"]
        .nunique()
    )
    counts = counted.reindex(events["event_id"], fill_value=1).astype("int32")
    return events.assign(origin_count=counts.to_numpy())


def _documents(documents: Sequence[Document], origin: Mapping[str, Origin]) -> pd.DataFrame:
    published = [document.published for document in documents]
    columns = {
        "document_id": [document.document_id for document in documents],
        "name": [document.name for document in documents],
        "format": [document.format for document in documents],
        "title": [document.title or _first_line(document.text) for document in documents],
        "publisher": [document.publisher or None for document in documents],
        "published_edtf": [str(date) if date else None for date in published],
        "published_date": [date.start if date else None for date in published],
        "published_basis": [document.published_basis or None for document in documents],
        "language": [document.language or None for document in documents],
        "kind": [document.kind or None for document in documents],
        "text": [document.text for document in documents],
        "character_count": [len(document.text) for document in documents],
        "sha256": [document.sha256 for document in documents],
        "origin_id": [origin[document.document_id].document_id for document in documents],
        "origin_share": [origin[document.document_id].share for document in documents],
    }
    kinds = dtypes("documents")
    return pd.DataFrame({name: pd.Series(values, dtype=kinds[name]) for name, values in columns.items()})


def _first_line(text: str, longest: int = 120) -> str:
    """A title for a document that has none: its first line of words, passing over addresses, stamps and menus."""
    lines = [line.strip() for line in text[:_HEAD_CHARACTERS].splitlines() if line.strip()]
    lines = [_STAMP.sub("", line) or line for line in lines] or [text.strip()[:longest]]
    line = next((line for line in lines if _reads_as_title(line)), lines[0])
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _reads_as_title(line: str) -> bool:
    return len(line.split()) >= _LEAST_TITLE_WORDS and "://" not in line and " | " not in line and " > " not in line


def _sector_set_rows(events: pd.DataFrame) -> list[Row]:
    sets = sorted(events["sector_set_id"].dropna().unique())
    return [{"sector_set_id": code, "sector_code": sector} for code in sets for sector in code.split("+")]


def _places(events: pd.DataFrame) -> pd.DataFrame:
    names = {column: column.removeprefix("place_") for column in PLACE_COLUMNS} | {"place_country": "country_code"}
    there = events.dropna(subset="place_id").drop_duplicates("place_id")
    return _cut("places", there[["place_id", *PLACE_COLUMNS]].rename(columns=names))


def _alias_rows(event_actors: pd.DataFrame, homes: Mapping[str, str]) -> list[Row]:
    """Every other writing: as a document has it, with the table's reason where the table knows it, and the table's own."""
    aliases = reference.actor_aliases()
    known = list(aliases[["alias", "name", "reason"]].itertuples(index=False, name=None))
    reasons = {(fold(alias), name): reason for alias, name, reason in known}
    rows: dict[tuple[str, str], Row] = {}
    other = event_actors[event_actors["surface"] != event_actors["name"]].drop_duplicates(["actor_id", "surface"])
    for event, actor, name, surface in zip(
        *(other[column].tolist() for column in ("event_id", "actor_id", "name", "surface")), strict=True
    ):
        reason = reasons.get((fold(surface), name), f"so written in {homes[event]}")
        rows[actor, surface] = {"actor_id": actor, "alias": surface, "basis": "text", "reason": reason}
    named = event_actors.drop_duplicates(["name", "actor_id"])
    used = dict(zip(named["name"], named["actor_id"], strict=True))
    for alias, name, reason in known:
        if name in used and alias != name:
            rows.setdefault(
                (used[name], alias), {"actor_id": used[name], "alias": alias, "basis": "table", "reason": reason}
            )
    return list(rows.values())


def _decision_row(decision: Decision, outcomes: Mapping[str, str], documents: Sequence[Document]) -> Row:
    form = decision.form
    lost = lost_quote(decision, documents) if outcomes[decision.decision_id] == "orphaned" else None
    return {
        "decision_id": decision.decision_id,
        "action": decision.action,
        "event_id": decision.event_id or None,
        "field": form.get("field"),
        "machine_value": json.dumps(form["machine"], ensure_ascii=False) if "machine" in form else None,
        "decided_value": json.dumps(form["value"], ensure_ascii=False) if "value" in form else None,
        "reviewer": decision.reviewer,
        "decided_at": decision.decided_at,
        "reason": decision.reason,
        "outcome": outcomes[decision.decision_id],
        "file": decision.origin,
        "document": lost.document if lost else None,
        "lost_quote": lost.quote if lost else None,
        "text_there": (lost.there or None) if lost else None,
    }


def _unique(rows: Iterable[Row], key: str) -> list[Row]:
    return list({row[key]: row for row in rows}.values())


def _issue_rows(issues: Iterable[Issue]) -> list[Row]:
    rows = [
        {
            "issue_id": issue_id(issue.stage, issue.document, issue.event_id, issue.field, issue.value, issue.message),
            "severity": issue.severity,
            "stage": issue.stage,
            "document": issue.document or None,
            "event_id": issue.event_id or None,
            "field": issue.field or None,
            "value": issue.value or None,
            "message": issue.message,
        }
        for issue in issues
    ]
    return _unique(rows, "issue_id")


def _event_issues(events: pd.DataFrame) -> Iterable[Issue]:
    """What is missing from an event that the analyst should know of."""
    unlisted = events["place_latitude"].isna() & events["place_id"].notna() & (events["place_kind"] != "country")
    lacking = events[events["date_edtf"].isna() | events["main_sector_code"].isna() | unlisted]
    for row in lacking.itertuples(index=False):
        if not isinstance(row.date_edtf, str):
            message = "no date in the text and no publication date; the event is in no timeline; give the document's date in sources.csv"
            yield Issue("normalise", message, row.home, row.event_id, "date")
        if not isinstance(row.main_sector_code, str):
            message = "no sector was found; choose one in the review"
            yield Issue("normalise", message, row.home, row.event_id, "sectors")
        if isinstance(row.place_id, str) and np.isnan(row.place_latitude) and row.place_kind != "country":
            message = (
                f"the gazetteer has no {row.place_name} in {row.place_country}; the event is counted beside the map, not on it; "
                "add a row to data/reference/places_of_the_trade.csv"
            )
            yield Issue("normalise", message, row.home, row.event_id, "site", row.place_name)


def _dimensions(tables: Mapping[str, pd.DataFrame]) -> Tables:
    """Code lists: sectors and types whole, countries as far as the events name them."""
    used = {*tables["event_countries"]["country_code"], *tables["places"]["country_code"]}
    countries = country_names()
    return {
        "sectors": conform("sectors", reference.sectors()),
        "event_types": conform("event_types", reference.event_types()),
        "countries": conform("countries", countries[countries["country_code"].isin(used)].sort_values("name")),
    }


def _place_alias_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The other names of what the tables name, each once."""
    countries = {*tables["event_countries"]["country_code"], *tables["places"]["country_code"]}
    named = [*tables["places"]["place_id"], *sorted(country_place(code) for code in countries)]
    rows = [
        {"place_id": place_id, "alias": alias, "reason": reason}
        for place_id in dict.fromkeys(named)
        for alias, reason in place_aliases().get(place_id, {}).items()
    ]
    return conform("place_aliases", pd.DataFrame(rows))


def _search_table(events: pd.DataFrame, event_actors: pd.DataFrame, aliases: Iterable[Row]) -> pd.DataFrame:
    """What `rows` wrote of each event, and every name of its actors."""
    names: dict[str, list[str]] = {}
    actors = event_actors.drop_duplicates("actor_id")
    for actor, name in zip(actors["actor_id"], actors["name"], strict=True):
        names[actor] = [name]
    for row in aliases:
        names[row["actor_id"]].append(row["alias"])
    words = {actor: pieces(known) for actor, known in names.items()}
    taking_part: dict[str, list[str]] = {}
    for event_id, actor in zip(event_actors["event_id"].tolist(), event_actors["actor_id"].tolist(), strict=True):
        taking_part.setdefault(event_id, []).append(words[actor])
    said = ["\n".join(taking_part.get(event_id, ())) for event_id in events["event_id"].tolist()]
    return _cut("event_search", events.assign(actor_words=pd.Series(said, dtype=str, index=events.index)))
