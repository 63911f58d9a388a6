"""Where the tellings of one event differ: both values, both quotes, and why the event has the one.

A coarser value is no disagreement: `2025-07` and `2025-07-23` agree, and so do a country and a city in it. Sectors, countries and
actors are joined from all tellings, so there they do not differ either. What one telling leaves out, it does not deny.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.codebook import Event, Quote, Site, value_to_json
from dashboard.edtf import EventDate
from dashboard.etl.decided import DecidedEvent
from dashboard.etl.read import Document

FIELDS = ("type", "date", "site")


def disagreement_rows(decided: DecidedEvent, documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """One row for each field in which a telling behind the first says otherwise, in the form of the table."""
    return [
        _row(decided.event.event_id, name, (decided.tellings[0], other), reason, documents)
        for other, reason in zip(decided.tellings[1:], decided.reasons, strict=True)
        for name in FIELDS
        if differ(decided.tellings[0], other, name)
    ]


def differ(one: Event, other: Event, name: str) -> bool:
    """Whether two tellings cannot both be right about a field, however finely each knows it."""
    mine, theirs = getattr(one, name), getattr(other, name)
    if mine is None or theirs is None or mine == theirs:
        return False
    if isinstance(mine, EventDate) and isinstance(theirs, EventDate):
        return not (_holds(mine, theirs) or _holds(theirs, mine))
    if isinstance(mine, Site) and isinstance(theirs, Site):
        return mine.country != theirs.country or bool(mine.city and theirs.city and mine.city != theirs.city)
    return True


def _holds(one: EventDate, other: EventDate) -> bool:
    return one.start <= other.start and other.end <= one.end


def _row(
    event_id: str, name: str, tellings: tuple[Event, Event], reason: str, documents: Mapping[str, Document]
) -> dict[str, Any]:
    one, other = tellings
    return {
        "event_id": event_id,
        "field": name,
        "value": in_words(one, name),
        **_proof("", one, name, documents),
        "other_value": in_words(other, name),
        "other_telling_id": other.event_id,
        **_proof("other_", other, name, documents),
        "rule": reason,
    }


def _proof(prefix: str, event: Event, name: str, documents: Mapping[str, Document]) -> dict[str, Any]:
    quote = next(iter(event.evidence.get(name, ())), None) or Quote(event.document, "", 0, 0)
    return {
        f"{prefix}document_id": documents[quote.document].document_id,
        f"{prefix}quote": quote.text or None,
        f"{prefix}start_offset": quote.start,
        f"{prefix}end_offset": quote.end,
    }


def in_words(event: Event, name: str) -> str:
    """A field's value as a table's cell: EDTF, codes, `Hefei, CHN`; `none` without one."""
    value = value_to_json(event, name)
    if isinstance(value, Mapping):
        return ", ".join(value.values())
    if isinstance(value, list):
        return "; ".join(item["name"] if isinstance(item, Mapping) else item for item in value) or "none"
    return str(value or "none")
