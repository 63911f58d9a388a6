"""Tellings of one happening become one event, first as the machine finds them alike, then as analysts merged and split them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dashboard.codebook import DATE_BASES, FIELDS, LISTED_FIELDS, PROVEN_FIELDS, Event, value_to_json
from dashboard.decisions import Decision
from dashboard.edtf import PRECISIONS
from dashboard.etl.decided import UNREVIEWED, DecidedEvent, Orphans, Records
from dashboard.etl.tellings import Portrait, alike, groups, portrait
from dashboard.issues import Issue

GROUPING = ("merge", "split")
"""The decisions about which tellings are one event, applied after all others."""

MERGED = "an analyst merged the other telling into this event"
VALUE_RULE = (
    "an analyst decided about it",
    "its text dates the event, the other's own date only stands in",
    "its date is finer",
    "its date is stated, the other's is worked out",
    "more of its fields have a value and a quote",
    "the machine is more certain of it",
    "its document was published first",
    "its id comes first",
)
"""What makes a telling give an event its values, in the order in which it is asked."""


class Others(Protocol):
    """Proposals that no decision touches: what is compared of each, and the events themselves where they are needed."""

    @property
    def pairs(self) -> Sequence[tuple[float, str, str]]:
        """Which of them are alike."""

    def near(self, portraits: Sequence[Portrait]) -> list[Portrait]:
        """Those that may be compared with some others."""

    def portraits(self, event_ids: Iterable[str]) -> list[Portrait]: ...

    def events(self, event_ids: Iterable[str]) -> list[Event]: ...

    def is_settled(self, group: Sequence[str]) -> bool:
        """Whether the event of these tellings was made by an earlier build, and its rows are kept."""


@dataclass(frozen=True)
class Together:
    """What became of the tellings.

    Shape: `events` are those that were made; `settled` the groups whose event an earlier build made.
    """

    events: tuple[DecidedEvent, ...]
    orphans: Orphans
    likes: list[Issue]
    settled: tuple[tuple[str, ...], ...] = ()


def tell_together(
    events: Mapping[str, DecidedEvent],
    rejected: Mapping[str, tuple[Event, Decision]],
    further: Mapping[str, str],
    grouping: Sequence[Decision],
    records: Records,
    *,
    others: Others | None = None,
) -> Together:
    """Events of one telling become events of all their tellings.

    Rules: `further` are the proposals that lie in a quote of a decided event, which they tell. A telling that an analyst took out
    of an event is joined by nobody but an analyst. The machine joins, then merges and splits apply,
    so that analysts have the last word. Of `others` only those that join an event are in the result; a decision about any
    telling of a group keeps it from being settled.
    """
    known = dict(events)
    apart = {decision.event_id for decision in grouping if decision.action == "split"}
    placed = {event_id for event_id, decided in further.items() if decided in known}
    found, settled, likes = _gathered(known, rejected, apart | placed, records, others)
    _join_further(found, {event_id: further[event_id] for event_id in placed - apart})
    orphans, merged = _regroup(found, grouping)
    told = [
        _told_together(event_id, [known[one] for one in group], merged, records) for event_id, group in found.items()
    ]
    return Together(tuple(told), orphans, likes, settled)


def _gathered(
    events: dict[str, DecidedEvent],
    rejected: Mapping[str, tuple[Event, Decision]],
    apart: Collection[str],
    records: Records,
    others: Others | None,
) -> tuple[dict[str, list[str]], tuple[tuple[str, ...], ...], list[Issue]]:
    """Groups of tellings by the id of their event, those that are settled, and a note for each telling like a rejected event.

    Rules: the tellings of `apart` join none here. What joins an event is added to `events`.
    """
    live = [portrait(one.event, records.text(one.event.document)) for one in events.values()]
    gone = [portrait(event, records.text(event.document)) for event, _ in rejected.values()]
    pairs = alike([*live, *gone], beside=others.near([*live, *gone]) if others else ())
    if others:
        pairs += others.pairs
        live += others.portraits({event_id for _, *pair in pairs for event_id in pair} - events.keys())
    firm = {event_id for event_id, decided in events.items() if decided.state != UNREVIEWED}
    found = groups(live, pairs, apart=apart, firm=firm)
    settled = [group for group in found if others and events.keys().isdisjoint(group) and others.is_settled(group)]
    kept = {group[0] for group in settled}
    made = [group for group in found if group[0] not in kept]
    joining = {event_id for group in made for event_id in group} - events.keys()
    if others and joining:
        events |= {event.event_id: DecidedEvent((event,), UNREVIEWED) for event in others.events(joining)}
    told = _homes(events, made, records)
    return told, tuple(tuple(group) for group in settled), list(_likes(pairs, rejected))


def _homes(events: Mapping[str, DecidedEvent], found: Iterable[list[str]], records: Records) -> dict[str, list[str]]:
    """The tellings of each event by its id, the one that gives the values first; an event of one telling has itself."""
    homes: dict[str, list[str]] = {}
    for group in found:
        giver = min(group, key=lambda event_id: _gives_id(events[event_id], records))
        homes[giver] = sorted(group, key=lambda event_id: _gives_values(events[event_id], records))
    grouped = {event_id for group in homes.values() for event_id in group}
    return {
        event_id: homes.get(event_id, [event_id]) for event_id in events if event_id in homes or event_id not in grouped
    }


def _gives_id(decided: DecidedEvent, records: Records) -> tuple[Any, ...]:
    """The event's id is that of the telling with the smallest of these: a decided one, else the first published; so a later document changes no id."""
    event = decided.event
    return decided.state == UNREVIEWED, records.published(event.document), event.event_id


def _gives_values(decided: DecidedEvent, records: Records) -> tuple[Any, ...]:
    """The event's values are those of the telling with the smallest of these: decided, finest stated date, most complete, most certain, first published."""
    event = decided.event
    known = sum(
        bool(value_to_json(event, name)) and bool(event.evidence.get(name)) for name in FIELDS if name != "title"
    )
    date = PRECISIONS.index(event.date.precision) if event.date else len(PRECISIONS)
    basis = DATE_BASES.index(event.date_basis) if event.date_basis in DATE_BASES else len(DATE_BASES)
    return (
        decided.state == UNREVIEWED, basis == len(DATE_BASES) - 1, date, basis, -known, -(event.certainty or 0.0),
        records.published(event.document), event.event_id,
    )  # fmt: skip


def _likes(pairs: Iterable[tuple[float, str, str]], rejected: Mapping[str, tuple[Event, Decision]]) -> Iterable[Issue]:
    for _, one, other in sorted(pairs):
        for event_id, like in ((one, other), (other, one)):
            if like in rejected and event_id not in rejected:
                event, decision = rejected[like]
                message = (
                    f"event {event_id} tells what {event.document} tells as event {like}, which {decision.reviewer} rejected "
                    f"({decision.reason}); it is another document's telling, so it is shown; reject it too, or accept it"
                )
                yield Issue("decide", message, event_id=event_id, severity="note")


def _join_further(groups: dict[str, list[str]], further: Mapping[str, str]) -> None:
    """Put each proposal that lies in a quote of a decided event into that event."""
    home = {telling: event_id for event_id, group in groups.items() for telling in group}
    for event_id, decided in sorted(further.items()):
        groups[home[decided]] = [*groups[home[decided]], *groups.pop(event_id)]


def _regroup(groups: dict[str, list[str]], decisions: Iterable[Decision]) -> tuple[Orphans, set[str]]:
    """Apply the analysts' merges and splits, in the order of time, to groups of tellings; and which tellings they merged.

    Rules: either id of a merge may be an event or a telling in one; the group it is merged into keeps its id. A split
    of a telling that already stands apart holds. The telling that gives its event the id cannot be taken out of it.
    """
    orphans = Orphans()
    merged: set[str] = set()
    for decision in decisions:
        home = {telling: event_id for event_id, group in groups.items() for telling in group}
        other = str(decision.form["into" if decision.action == "merge" else "from"])
        lost = _grouping_failure(decision, other, home)
        if lost:
            orphans.add(decision, lost)
        elif decision.action == "merge":
            merged |= {*groups[home[decision.event_id]]} - {home[other]}
            if home[decision.event_id] != home[other]:
                groups[home[other]] += groups.pop(home[decision.event_id])
        elif home[decision.event_id] == home.get(other):
            groups[home[other]].remove(decision.event_id)
            groups[decision.event_id] = [decision.event_id]
            merged.discard(decision.event_id)
    return orphans, merged


def _grouping_failure(decision: Decision, other: str, home: Mapping[str, str]) -> str:
    """Why a merge or a split cannot be applied, or nothing."""
    needed = (decision.event_id, other) if decision.action == "merge" else (decision.event_id,)
    gone = [event_id for event_id in needed if event_id not in home]
    if gone:
        return f"there is no event {gone[0]}"
    if decision.event_id == other:
        return f"an event cannot be {'merged into' if decision.action == 'merge' else 'taken out of'} itself"
    if decision.action == "split" and home[decision.event_id] == home.get(other) == decision.event_id:
        return f"{decision.event_id} gives the event its id; take the other tellings out of it instead"
    return ""


def _told_together(
    event_id: str, group: Sequence[DecidedEvent], merged: Collection[str], records: Records
) -> DecidedEvent:
    """Several tellings as one event: the values of the first, the quotes of all, and the sectors, countries and actors only others have.

    Rules: what an analyst accepted or added gets no value from a telling that the machine joined, only its quotes.
    """
    first, *others = group
    if not others:
        return first
    joined = replace(first.event, event_id=event_id)
    for other in others:
        if first.state in (UNREVIEWED, "in_review") or other.event.event_id in merged:
            joined = _with_lists_of(joined, other.event)
    quotes = {
        name: tuple(dict.fromkeys(quote for one in group for quote in one.event.evidence.get(name, ())))
        for name in PROVEN_FIELDS
    }
    reasons = tuple(MERGED if other.event.event_id in merged else _reason(first, other, records) for other in others)
    tellings = tuple(one.event for one in group)
    return replace(first, tellings=tellings, joined=replace(joined, evidence=quotes), reasons=reasons)


def _reason(first: DecidedEvent, other: DecidedEvent, records: Records) -> str:
    """The first of the rule's criteria in which two tellings differ."""
    both = zip(VALUE_RULE, _gives_values(first, records), _gives_values(other, records), strict=True)
    return next((said for said, mine, theirs in both if mine != theirs), VALUE_RULE[-1])


def _with_lists_of(event: Event, other: Event) -> Event:
    joined: dict[str, Any] = {}
    for name in LISTED_FIELDS:
        known = {str(getattr(item, "name", item)) for item in getattr(event, name)}
        joined[name] = (
            *getattr(event, name),
            *(item for item in getattr(other, name) if str(getattr(item, "name", item)) not in known),
        )
    return replace(event, **joined)
