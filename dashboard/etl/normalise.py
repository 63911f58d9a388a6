"""Decided events become tables: one row a fact, names in tables of their own.

What cannot be resolved is a row in `issues`, never a default.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from dashboard import reference
from dashboard.codebook import PROVEN_FIELDS, VIRTUAL, Event, Quote, Site, value_to_json
from dashboard.decisions import Decision
from dashboard.etl.decide import DecidedEvent, Replay, check_quote, field_counts
from dashboard.etl.gazetteer import Place, find_place
from dashboard.etl.identity import actor_id, issue_id
from dashboard.etl.publication import publication_of
from dashboard.etl.read import Document
from dashboard.folding import fold
from dashboard.issues import Issue
from dashboard.schema import conform
from dashboard.settings import QUOTE_CONTEXT_CHARACTERS

Tables = dict[str, pd.DataFrame]
Row = dict[str, Any]

COMPLETE_FIELDS = PROVEN_FIELDS
"""The fields that an event should have, with proof; `completeness` is the share it has."""


@dataclass(frozen=True)
class _Resolved:
    """One event with its names resolved: the place, and for each actor its id and row."""

    decided: DecidedEvent
    place: Place | None
    actors: tuple[tuple[Row, str], ...]


def normalise(
    replayed: Replay, decisions: Sequence[Decision], documents: Sequence[Document], issues: Iterable[Issue]
) -> Tables:
    """The tables of a build, in the form of `schema.TABLES`; nothing is checked here but the quotes.

    Raises: InputError if a quote is not in its document, which the extractor must not let happen.
    """
    texts = {document.name: document for document in documents}
    resolved = [_resolve(decided) for decided in replayed.events]
    resolved.sort(key=_by_date)
    evidence = [row for one in resolved for row in _evidence_rows(one.decided, texts)]
    frames: dict[str, list[Row]] = {
        "documents": [_document_row(document) for document in documents],
        "events": [_event_row(one) for one in resolved],
        "event_sectors": _listed_rows(resolved, "sectors", "sector_code"),
        "sector_sets": _sector_set_rows(resolved),
        "event_countries": _listed_rows(resolved, "countries", "country_code"),
        "event_actors": _event_actor_rows(resolved),
        "evidence": evidence,
        "places": _place_rows(resolved),
        "actors": _unique((actor for one in resolved for actor, _ in one.actors), "actor_id"),
        "actor_aliases": _alias_rows(resolved),
        "decisions": [_decision_row(decision, replayed.outcomes) for decision in decisions],
        "issues": _issue_rows([*issues, *replayed.issues, *_event_issues(resolved)]),
    }
    tables = {name: conform(name, pd.DataFrame(rows)) for name, rows in frames.items()}
    tables |= _dimensions(tables)
    return tables | {"event_search": _search_table(tables)}


def _resolve(decided: DecidedEvent) -> _Resolved:
    event = decided.event
    place = find_place(event.site) if isinstance(event.site, Site) else None
    return _Resolved(decided, place, tuple(_resolved_actors(event)))


def _resolved_actors(event: Event) -> Iterable[tuple[Row, str]]:
    """Each actor once, under its canonical name, with what the text says."""
    canonical, known = _canonical_names(), _known_actors()
    seen: set[str] = set()
    for actor in event.actors:
        name = canonical.get(fold(actor.name), actor.name)
        row = {"actor_id": actor_id(actor.kind, name), "name": name, "kind": actor.kind}
        if row["actor_id"] not in seen:
            seen.add(row["actor_id"])
            yield row | {"country_code": known.get(fold(name))}, actor.surface


@cache
def _canonical_names() -> Mapping[str, str]:
    aliases = reference.actor_aliases()
    return dict(zip(aliases["alias"].map(fold), aliases["name"], strict=True))


@cache
def _known_actors() -> Mapping[str, str | None]:
    actors = reference.actors()
    return {fold(name): code or None for name, code in zip(actors["name"], actors["country_code"], strict=True)}


def _by_date(one: _Resolved) -> tuple[bool, str, str, str]:
    date = one.decided.event.date
    return (
        date is None,
        date.start.isoformat() if date else "",
        date.end.isoformat() if date else "",
        one.decided.event.event_id,
    )


def _document_row(document: Document) -> Row:
    publication = publication_of(document)
    published = publication.date
    return {
        "document_id": document.document_id,
        "name": document.name,
        "format": document.format,
        "title": document.title or _first_line(document.text),
        "publisher": document.publisher or None,
        "published_edtf": str(published) if published else None,
        "published_date": published.start if published else None,
        "published_basis": publication.rule if published else None,
        "language": document.language or None,
        "kind": document.kind or None,
        "text": document.text,
        "character_count": len(document.text),
        "sha256": document.sha256,
    }


def _first_line(text: str, longest: int = 120) -> str:
    line = next(line.strip() for line in text.splitlines() if line.strip())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _event_row(one: _Resolved) -> Row:
    event = one.decided.event
    machine, by_decision = field_counts(one.decided)
    return {
        "event_id": event.event_id,
        "title": event.title,
        "event_type_code": event.type,
        "start_date": event.date.start if event.date else None,
        "end_date": event.date.end if event.date else None,
        "date_edtf": str(event.date) if event.date else None,
        "date_precision": event.date.precision if event.date else "unknown",
        "date_basis": event.date_basis if event.date else "unknown",
        "place_id": one.place.place_id if one.place else None,
        "place_precision": "none" if one.place is None else "country" if one.place.kind == "country" else "city",
        "mode": "virtual" if event.site == VIRTUAL else "on_site" if event.site else "not_stated",
        "main_sector_code": event.sectors[0] if event.sectors else None,
        "sector_set_id": sector_set_id(event.sectors) or None,
        "review_state": one.decided.state,
        "completeness": _completeness(event),
        "document_count": len({quote.document for telling in one.decided.tellings for quote in telling.quotes}),
        "machine_field_count": machine,
        "decided_field_count": by_decision,
    }


def sector_set_id(sectors: Iterable[str]) -> str:
    """The code of a set of sectors: its codes in the codebook's order, joined by `+`."""
    chosen = set(sectors)
    return "+".join(code for code in _sector_order() if code in chosen)


@cache
def _sector_order() -> tuple[str, ...]:
    return tuple(reference.sectors()["sector_code"])


def _completeness(event: Event) -> float:
    proven = [
        bool(value_to_json(event, name))
        and bool(event.evidence.get(name))
        and not (name == "date" and event.date_basis == "publication")
        for name in COMPLETE_FIELDS
    ]
    return sum(proven) / len(proven)


def _listed_rows(resolved: Iterable[_Resolved], name: str, column: str) -> list[Row]:
    return [
        {"event_id": one.decided.event.event_id, column: code, "position": position}
        for one in resolved
        for position, code in enumerate(getattr(one.decided.event, name))
    ]


def _sector_set_rows(resolved: Iterable[_Resolved]) -> list[Row]:
    sets = {sector_set_id(one.decided.event.sectors) for one in resolved} - {""}
    return [{"sector_set_id": code, "sector_code": sector} for code in sorted(sets) for sector in code.split("+")]


def _event_actor_rows(resolved: Iterable[_Resolved]) -> list[Row]:
    return [
        {
            "event_id": one.decided.event.event_id,
            "actor_id": actor["actor_id"],
            "surface": surface,
            "position": position,
        }
        for one in resolved
        for position, (actor, surface) in enumerate(one.actors)
    ]


def _evidence_rows(decided: DecidedEvent, documents: Mapping[str, Document]) -> list[Row]:
    texts = {name: document.text for name, document in documents.items()}
    rows: dict[tuple[Any, ...], Row] = {}
    for telling in decided.tellings:
        for name in PROVEN_FIELDS:
            for quote in telling.evidence.get(name, ()):
                check_quote(quote, texts)
                row = _evidence_row(decided, telling, name, quote, documents[quote.document])
                rows.setdefault((name, row["value"], row["document_id"], quote.start, quote.end), row)
    return list(rows.values())


def _evidence_row(decided: DecidedEvent, telling: Event, name: str, quote: Quote, document: Document) -> Row:
    decision = decided.decided.get(name)
    return {
        "event_id": decided.event.event_id,
        "field": name,
        "value": _canonical_value(name, quote.value) or _value_in_words(telling, name),
        "document_id": document.document_id,
        "start_offset": quote.start,
        "end_offset": quote.end,
        "quote": quote.text,
        "prefix": document.text[max(0, quote.start - QUOTE_CONTEXT_CHARACTERS) : quote.start],
        "suffix": document.text[quote.end : quote.end + QUOTE_CONTEXT_CHARACTERS],
        "rule": "decision" if decision else quote.rule or "unnamed rule",
        "reviewer": decision.reviewer if decision else None,
        "decided_at": decision.decided_at if decision else None,
        "reason": decision.reason if decision else None,
    }


def _canonical_value(name: str, value: str) -> str:
    return _canonical_names().get(fold(value), value) if name == "actors" else value


def _value_in_words(event: Event, name: str) -> str:
    value = value_to_json(event, name)
    if isinstance(value, Mapping):
        return ", ".join(value.values())
    if isinstance(value, list):
        return "; ".join(item["name"] if isinstance(item, Mapping) else item for item in value) or "none"
    return str(value or "none")


def _place_rows(resolved: Iterable[_Resolved]) -> list[Row]:
    return _unique((one.place.to_row() for one in resolved if one.place), "place_id")


def _unique(rows: Iterable[Row], key: str) -> list[Row]:
    return list({row[key]: row for row in rows}.values())


def _alias_rows(resolved: Sequence[_Resolved]) -> list[Row]:
    """Every other writing: as a document has it, with the table's reason where the table knows it, and the table's own."""
    aliases = reference.actor_aliases()
    reasons = {
        (fold(alias), name): reason
        for alias, name, reason in aliases[["alias", "name", "reason"]].itertuples(index=False)
    }
    rows: dict[tuple[str, str], Row] = {}
    for one in resolved:
        for actor, surface in one.actors:
            if surface != actor["name"]:
                reason = reasons.get((fold(surface), actor["name"]), f"so written in {one.decided.event.document}")
                key = (actor["actor_id"], surface)
                rows.setdefault(key, {"actor_id": key[0], "alias": surface, "basis": "text", "reason": reason})
    used = {actor["name"]: actor["actor_id"] for one in resolved for actor, _ in one.actors}
    for alias, name, reason in aliases[["alias", "name", "reason"]].itertuples(index=False):
        if name in used and alias != name:
            rows.setdefault(
                (used[name], alias), {"actor_id": used[name], "alias": alias, "basis": "table", "reason": reason}
            )
    return list(rows.values())


def _decision_row(decision: Decision, outcomes: Mapping[str, str]) -> Row:
    form = decision.form
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
    }


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


def _event_issues(resolved: Iterable[_Resolved]) -> Iterable[Issue]:
    """What is missing from an event that the analyst should know of."""
    for one in resolved:
        event = one.decided.event
        if event.date is None:
            message = "no date in the text and no publication date; the event is in no timeline; give the document's date in sources.csv"
            yield Issue("normalise", message, event.document, event.event_id, "date")
        if not event.sectors:
            yield Issue(
                "normalise", "no sector was found; choose one in the review", event.document, event.event_id, "sectors"
            )
        if one.place and one.place.latitude is None and one.place.kind != "country":
            message = (
                f"the gazetteer has no {one.place.name} in {one.place.country_code}; the event is counted beside the map, not on it; "
                "add a row to data/reference/places_of_the_trade.csv"
            )
            yield Issue("normalise", message, event.document, event.event_id, "site", one.place.name)


def _dimensions(tables: Mapping[str, pd.DataFrame]) -> Tables:
    """Code lists: sectors and types whole, countries as far as the events name them."""
    used = {*tables["event_countries"]["country_code"], *tables["places"]["country_code"]}
    bodies = reference.regional_bodies().drop_duplicates("code").rename(columns={"code": "country_code"})
    countries = pd.concat([reference.countries()[["country_code", "name"]], bodies[["country_code", "name"]]])
    return {
        "sectors": conform("sectors", reference.sectors()),
        "event_types": conform("event_types", reference.event_types()),
        "countries": conform("countries", countries[countries["country_code"].isin(used)].sort_values("name")),
    }


def _search_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All that is shown of an event, and the other names of its actors, as one folded text."""
    events, actors, places = tables["events"], tables["actors"], tables["places"]
    country_names = tables["countries"].set_index("country_code")["name"]
    actor_names = pd.concat(
        [actors[["actor_id", "name"]], tables["actor_aliases"][["actor_id", "alias"]].rename(columns={"alias": "name"})]
    )
    words = pd.concat(
        [
            _words(events.assign(words=events["title"])),
            _words(events.merge(tables["event_types"], on="event_type_code", validate="many_to_one").assign(words=lambda rows: rows["label"])),
            _words(events.merge(places, on="place_id", validate="many_to_one").assign(
                words=lambda rows: rows["name"] + " " + rows["region"].fillna("") + " " + rows["country_code"].map(country_names))),
            _words(tables["event_sectors"].merge(tables["sectors"], on="sector_code").assign(words=lambda rows: rows["label"])),
            _words(tables["event_countries"].assign(words=lambda rows: rows["country_code"].map(country_names))),
            _words(tables["event_actors"].merge(actor_names, on="actor_id").assign(words=lambda rows: rows["name"])),
            _words(tables["evidence"].assign(words=tables["evidence"]["quote"])),
        ]
    )  # fmt: skip
    joined = words.drop_duplicates().groupby("event_id", sort=False)["words"].agg(" ".join)
    folded = joined.reindex(events["event_id"]).map(fold)
    return conform("event_search", folded.rename("folded_text").reset_index())


def _words(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["event_id", "words"]]
