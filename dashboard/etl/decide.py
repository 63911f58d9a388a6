"""The machine proposes, the analysts decide: proposals and decisions become events.

Replay is a pure function of the two: the same proposals and decisions give the same events in any order of reading.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.codebook import (
    FIELDS,
    Event,
    value_to_json,
    with_value,
)
from dashboard.decisions import Decision
from dashboard.errors import InputError
from dashboard.etl.decided import DecidedEvent, Orphans, Records, check_codes
from dashboard.etl.happenings import GROUPING, Others, tell_together
from dashboard.etl.read import Document
from dashboard.issues import Issue

VERDICTS = ("accept", "reject", "add")
SAME_PLACE_SHARE = 0.5
"""Two `type` quotes are of the same event when they share half of the shorter one, or more. Chosen so that a proposal
whose clause was cut anew is recognised, while two events in one sentence with clauses of their own are not confused."""


@dataclass(frozen=True)
class Replay:
    """Shape: `outcomes` gives each decision's: applied, orphaned or withdrawn. `proposals` are the machine's own events by
    the id of the event that they are. `settled` are groups of tellings whose event an earlier build made, and that is not in `events`."""

    events: tuple[DecidedEvent, ...]
    outcomes: Mapping[str, str]
    issues: tuple[Issue, ...]
    proposals: Mapping[str, Event] = field(default_factory=dict)
    settled: tuple[tuple[str, ...], ...] = ()


def replay(
    proposals: Iterable[Event],
    decisions: Sequence[Decision],
    documents: Sequence[Document],
    *,
    others: Others | None = None,
) -> Replay:
    """Apply every decision to the proposals, and join the tellings of one happening.

    Rules: the last of `accept` and `reject` counts; edits apply in the order of time; an event that was accepted or added
    stays even when the machine no longer proposes it; a proposal in the same place as a decided event is that event.
    The machine then joins tellings as `tellings` says; merges and splits come last, so that analysts have the last word.
    Of `others` only those that join an event are in the result, unless that event is settled.
    A decision whose event or quote is gone is orphaned: reported, not applied, and kept in its file.
    """
    withdrawn = {str(decision.form["decision_id"]) for decision in decisions if decision.action == "withdraw"}
    active = [
        decision for decision in decisions if decision.decision_id not in withdrawn and decision.action != "withdraw"
    ]
    records = Records(documents)
    matched, further = _matched(proposals, active, records)
    outcomes = {
        decision.decision_id: "withdrawn" if decision.decision_id in withdrawn else "applied" for decision in decisions
    }
    events: dict[str, DecidedEvent] = {}
    issues: list[Issue] = []
    by_event = _by_event(active)
    for event_id in [*by_event, *(event_id for event_id in matched if event_id not in by_event)]:
        decided, orphans = _decide(matched.get(event_id), by_event.get(event_id, []), records)
        issues += orphans.issues
        outcomes |= dict.fromkeys(orphans.decisions, "orphaned")
        if decided:
            events[event_id] = decided
    grouping = [decision for decision in active if decision.action in GROUPING]
    rejected = _rejected(by_event, events, records)
    told = tell_together(events, rejected, further, grouping, records, others=others)
    outcomes |= dict.fromkeys(told.orphans.decisions, "orphaned")
    return Replay(told.events, outcomes, (*issues, *told.orphans.issues, *told.likes), matched, told.settled)


def _rejected(
    by_event: Mapping[str, Sequence[Decision]], events: Mapping[str, DecidedEvent], records: Records
) -> dict[str, tuple[Event, Decision]]:
    """The rejected events with the decision that rejected each, as far as their documents are there."""
    found: dict[str, tuple[Event, Decision]] = {}
    for event_id, decisions in by_event.items():
        rejects = [decision for decision in decisions if decision.action == "reject"]
        if rejects and event_id not in events:
            try:
                found[event_id] = records.event(rejects[-1]), rejects[-1]
            except InputError:
                # The replay of this decision reports it.
                continue
    return found


def _by_event(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    grouped: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.action not in GROUPING:
            grouped[decision.event_id].append(decision)
    return dict(grouped)


def _matched(
    proposals: Iterable[Event], decisions: Iterable[Decision], records: Records
) -> tuple[dict[str, Event], dict[str, str]]:
    """Proposals by the id of the event that they are, and which of them tell a decided event once more.

    Rules: a proposal is the decided event of its id, else the one in the same place. A decided event of several tellings
    carries the quotes of all, so a proposal in the place of any of them tells it: a rejected one does not come back in
    another of its documents.
    """
    anchors = _anchors(decisions, records)
    matched: dict[str, Event] = {}
    strangers: list[Event] = []
    for proposal in proposals:
        if proposal.event_id in anchors or proposal.event_id in matched:
            matched.setdefault(proposal.event_id, proposal)
        else:
            strangers.append(proposal)
    further: dict[str, str] = {}
    for proposal in strangers:
        free = {event_id: anchor for event_id, anchor in anchors.items() if event_id not in matched}
        taken = {
            event_id: anchor
            for event_id, anchor in anchors.items()
            if _tells_it_elsewhere(proposal, matched.get(event_id))
        }
        event_id, decided = _same_place(proposal, free), _same_place(proposal, taken)
        if event_id is None and decided is not None:
            further[proposal.event_id] = decided
        matched[event_id or proposal.event_id] = replace(proposal, event_id=event_id or proposal.event_id)
    rejected = _last_rejected(decisions)
    swallowed = {event_id for event_id, decided in further.items() if decided in rejected}
    return {event_id: event for event_id, event in matched.items() if event_id not in swallowed}, further


def _tells_it_elsewhere(proposal: Event, other: Event | None) -> bool:
    return other is not None and other.document != proposal.document


def _last_rejected(decisions: Iterable[Decision]) -> set[str]:
    verdicts = {decision.event_id: decision.action for decision in decisions if decision.action in VERDICTS}
    return {event_id for event_id, action in verdicts.items() if action == "reject"}


def _anchors(decisions: Iterable[Decision], records: Records) -> dict[str, Event | None]:
    anchors: dict[str, Event | None] = {}
    for decision in (decision for decision in decisions if decision.action not in GROUPING):
        anchors.setdefault(decision.event_id, None)
        if "event" in decision.form:
            try:
                anchors[decision.event_id] = records.event(decision)
            except InputError:
                # The replay of this decision reports it; here it only cannot serve as an anchor.
                continue
    return anchors


def _same_place(proposal: Event, anchors: Mapping[str, Event | None]) -> str | None:
    shares = {
        event_id: (_shared(proposal, anchor), anchor.type == proposal.type)
        for event_id, anchor in anchors.items()
        if anchor
    }
    best = max(shares, key=lambda event_id: shares[event_id], default=None)
    return best if best is not None and shares[best][0] >= SAME_PLACE_SHARE else None


def _shared(one: Event, other: Event) -> float:
    """The share of the shorter event's `type` quotes in the first one's document that lies inside the other's."""
    mine, theirs = (
        [(quote.start, quote.end) for quote in event.evidence.get("type", ()) if quote.document == one.document]
        for event in (one, other)
    )
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in mine for c, d in theirs)
    shorter = min(sum(b - a for a, b in mine), sum(d - c for c, d in theirs))
    return common / shorter if shorter else 0.0


def _decide(
    proposal: Event | None, decisions: Sequence[Decision], records: Records
) -> tuple[DecidedEvent | None, Orphans]:
    orphans = Orphans()
    verdicts: list[tuple[Decision, Event]] = []
    for decision in decisions:
        if decision.action in VERDICTS:
            try:
                verdicts.append((decision, records.event(decision)))
            except InputError as error:
                orphans.add(decision, str(error))
    additions = [pair for pair in verdicts if pair[0].action == "add"]
    verdict, record = verdicts[-1] if verdicts else (None, proposal)
    if additions and verdict and verdict.action == "accept":
        verdict, record = additions[-1]
    edits = [decision for decision in decisions if decision.action == "edit"]
    if verdict and verdict.action == "reject":
        return None, orphans
    if record is None:
        for edit in edits:
            orphans.add(edit, "the machine no longer proposes this event, and nobody accepted it")
        return None, orphans
    event, decided = _edited(record, edits, records, orphans)
    if verdict and verdict.action == "add":
        decided = {name: decided.get(name, verdict) for name in FIELDS}
    return DecidedEvent((event,), _state(verdict, decided), decided), orphans


def _edited(
    event: Event, edits: Iterable[Decision], records: Records, orphans: Orphans
) -> tuple[Event, dict[str, Decision]]:
    decided: dict[str, Decision] = {}
    for edit in edits:
        name = str(edit.form["field"])
        try:
            changed = with_value(event, name, edit.form["value"])
            check_codes(changed)
            quotes = records.quotes(edit, home=event.document)
        except InputError as error:
            orphans.add(edit, str(error))
            continue
        event = changed.with_evidence(name, quotes) if name != "title" else changed
        decided[name] = edit
    return event, decided


def _state(verdict: Decision | None, decided: Mapping[str, Decision]) -> str:
    if verdict is None:
        return "in_review" if decided else "unreviewed"
    if verdict.action == "add":
        return "added"
    return "corrected" if decided else "accepted"


def field_counts(decided: DecidedEvent) -> tuple[int, int]:
    """How many fields that have a value came from the machine, and how many from a decision."""
    present = [name for name in FIELDS if value_to_json(decided.event, name)]
    by_decision = sum(name in decided.decided for name in present)
    return len(present) - by_decision, by_decision
