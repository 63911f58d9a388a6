"""The machine proposes, the analysts decide: proposals and decisions become events.

Replay is a pure function of the two: the same proposals and decisions give the same events in any order of reading.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from dashboard import reference
from dashboard.codebook import (
    FIELDS,
    LISTED_FIELDS,
    Event,
    Quote,
    Site,
    from_json,
    quotes_from_json,
    value_to_json,
    with_value,
)
from dashboard.decisions import Decision
from dashboard.errors import InputError
from dashboard.etl.read import Document
from dashboard.issues import Issue

GROUPING = ("merge", "split")
"""The decisions about which tellings are one event, applied after all others."""

SAME_PLACE_SHARE = 0.5
"""Two `type` quotes are of the same event when they share half of the shorter one, or more. Chosen so that a proposal
whose clause was cut anew is recognised, while two events in one sentence with clauses of their own are not confused."""


@dataclass(frozen=True)
class DecidedEvent:
    """One event after the decisions.

    Shape: `tellings` are the same happening as each document tells it, each under its own id, the one that gives the
    values first. `joined` is the event of several tellings; None where one tells it. `decided` maps a field to the
    decision that gave its value; the other fields are the machine's.
    """

    tellings: tuple[Event, ...]
    state: str
    decided: Mapping[str, Decision] = field(default_factory=dict)
    joined: Event | None = None

    @property
    def event(self) -> Event:
        return self.joined or self.tellings[0]


@dataclass(frozen=True)
class Replay:
    """Shape: `outcomes` gives each decision's: applied, orphaned or withdrawn. `proposals` are the machine's own events by
    the id of the event that they are."""

    events: tuple[DecidedEvent, ...]
    outcomes: Mapping[str, str]
    issues: tuple[Issue, ...]
    proposals: Mapping[str, Event] = field(default_factory=dict)


def replay(proposals: Iterable[Event], decisions: Sequence[Decision], documents: Sequence[Document]) -> Replay:
    """Apply every decision to the proposals.

    Rules: the last of `accept` and `reject` counts; edits apply in the order of time; an event that was accepted or added
    stays even when the machine no longer proposes it; a proposal in the same place as a decided event is that event.
    A decision whose event or quote is gone is orphaned: reported, not applied, and kept in its file.
    """
    withdrawn = {str(decision.form["decision_id"]) for decision in decisions if decision.action == "withdraw"}
    active = [
        decision for decision in decisions if decision.decision_id not in withdrawn and decision.action != "withdraw"
    ]
    records = _Records(documents)
    matched = _matched(proposals, active, records)
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
    groups = {event_id: [event_id] for event_id in events}
    orphans = _regroup(groups, [decision for decision in active if decision.action in GROUPING])
    outcomes |= dict.fromkeys(orphans.decisions, "orphaned")
    told = tuple(_told_together([events[event_id] for event_id in group]) for group in groups.values())
    return Replay(told, outcomes, (*issues, *orphans.issues), matched)


@dataclass
class _Orphans:
    """The decisions of one event that could not be applied."""

    issues: list[Issue] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)

    def add(self, decision: Decision, why: str) -> None:
        message = (
            f"{decision.origin}: the {decision.action} of event {decision.event_id} by {decision.reviewer} was not applied: {why}; "
            "the decision is kept; restore the document, or withdraw the decision and decide again"
        )
        self.issues.append(
            Issue(
                "decide",
                message,
                event_id=decision.event_id,
                field=str(decision.form.get("field", "")),
                severity="error",
            )
        )
        self.decisions.append(decision.decision_id)


class _Records:
    """The events and quotes that decisions carry, read against the documents of this build."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = {document.name: document.text for document in documents}
        self._names = {document.document_id: document.name for document in documents}

    def event(self, decision: Decision) -> Event:
        """The event that an accept, a reject or an add carries.

        Raises: InputError if it is not in the codebook's form or a quote of it is gone.
        """
        event = from_json(decision.form["event"])
        checked = replace(
            event,
            event_id=decision.event_id,
            document=self._name(event.document, decision),
            evidence={name: self._checked(quotes, decision) for name, quotes in event.evidence.items()},
        )
        check_codes(checked)
        return checked

    def quotes(self, decision: Decision, *, home: str) -> tuple[Quote, ...]:
        """The quotes of an edit."""
        quotes = quotes_from_json(decision.form["evidence"], home=home, name=str(decision.form["field"]))
        return self._checked(quotes, decision)

    def _name(self, name: str, decision: Decision) -> str:
        if name in self._texts:
            return name
        return self._names.get(decision.documents.get(name, ""), name)

    def _checked(self, quotes: Iterable[Quote], decision: Decision) -> tuple[Quote, ...]:
        found = tuple(replace(quote, document=self._name(quote.document, decision)) for quote in quotes)
        for quote in found:
            check_quote(quote, self._texts)
        return found


def check_quote(quote: Quote, texts: Mapping[str, str]) -> None:
    """Raises: InputError unless the document holds the quote, character for character, at its offsets."""
    if quote.document not in texts:
        raise InputError(f"its document {quote.document!r} is not among the documents")
    there = texts[quote.document][quote.start : quote.end]
    if there != quote.text or not quote.text or quote.start < 0:
        raise InputError(
            f"the quote “{quote.text}” is not at {quote.start}–{quote.end} of {quote.document}, where it says “{there}”"
        )


def check_codes(event: Event) -> None:
    """Raises: InputError naming the first code that the codebook does not have."""
    site = [event.site.country] if isinstance(event.site, Site) else []
    given = {"type": [event.type], "sectors": event.sectors, "countries": event.countries, "site": site}
    for name, codes in given.items():
        strangers = [code for code in codes if code not in _known_codes()[name]]
        if strangers:
            raise InputError(f"{name} has the code {strangers[0]!r}, which the codebook does not have")


@cache
def _known_codes() -> Mapping[str, frozenset[str]]:
    """The codes of each coded field. A country is one of ISO 3166-1, or a regional body, which counts as itself."""
    countries = frozenset(reference.countries()["country_code"])
    return {
        "type": frozenset(reference.event_types()["event_type_code"]),
        "sectors": frozenset(reference.sectors()["sector_code"]),
        "countries": countries | frozenset(reference.regional_bodies()["code"]),
        "site": countries,
    }


def _by_event(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    grouped: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.action not in GROUPING:
            grouped[decision.event_id].append(decision)
    return dict(grouped)


def _matched(proposals: Iterable[Event], decisions: Iterable[Decision], records: _Records) -> dict[str, Event]:
    """Proposals by the id of the event that they are: a decided event in the same place, else their own."""
    anchors = _anchors(decisions, records)
    matched: dict[str, Event] = {}
    strangers: list[Event] = []
    for proposal in proposals:
        if proposal.event_id in anchors or proposal.event_id in matched:
            matched.setdefault(proposal.event_id, proposal)
        else:
            strangers.append(proposal)
    for proposal in strangers:
        free = {event_id: anchor for event_id, anchor in anchors.items() if event_id not in matched}
        event_id = _same_place(proposal, free) or proposal.event_id
        matched[event_id] = replace(proposal, event_id=event_id)
    return matched


def _anchors(decisions: Iterable[Decision], records: _Records) -> dict[str, Event | None]:
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
        if anchor and anchor.document == proposal.document
    }
    best = max(shares, key=lambda event_id: shares[event_id], default=None)
    return best if best is not None and shares[best][0] >= SAME_PLACE_SHARE else None


def _shared(one: Event, other: Event) -> float:
    """The share of the shorter event's `type` quotes that lies inside the other's."""
    mine, theirs = ([(quote.start, quote.end) for quote in event.evidence.get("type", ())] for event in (one, other))
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in mine for c, d in theirs)
    shorter = min(sum(b - a for a, b in mine), sum(d - c for c, d in theirs))
    return common / shorter if shorter else 0.0


def _decide(
    proposal: Event | None, decisions: Sequence[Decision], records: _Records
) -> tuple[DecidedEvent | None, _Orphans]:
    orphans = _Orphans()
    verdicts: list[tuple[Decision, Event]] = []
    for decision in decisions:
        if decision.action in ("accept", "reject", "add"):
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
    event: Event, edits: Iterable[Decision], records: _Records, orphans: _Orphans
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


def _regroup(groups: dict[str, list[str]], decisions: Iterable[Decision]) -> _Orphans:
    """Apply the analysts' merges and splits, in the order of time, to groups of tellings by the id of their event.

    Rules: either id of a merge may be an event or a telling in one; the group it is merged into keeps its id. A split
    of a telling that already stands apart holds. The telling that gives its event the id cannot be taken out of it.
    """
    orphans = _Orphans()
    for decision in decisions:
        home = {telling: event_id for event_id, group in groups.items() for telling in group}
        other = str(decision.form["into" if decision.action == "merge" else "from"])
        lost = _grouping_failure(decision, other, home)
        if lost:
            orphans.add(decision, lost)
        elif decision.action == "merge" and home[decision.event_id] != home[other]:
            groups[home[other]] += groups.pop(home[decision.event_id])
        elif decision.action == "split" and home[decision.event_id] == home.get(other):
            groups[home[other]].remove(decision.event_id)
            groups[decision.event_id] = [decision.event_id]
    return orphans


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


def _told_together(group: Sequence[DecidedEvent]) -> DecidedEvent:
    """Several tellings as one event: the values of the first, and behind them the sectors, countries and actors only others have."""
    first, *others = group
    if not others:
        return first
    joined = first.event
    for other in others:
        joined = _with_lists_of(joined, other.event)
    return replace(first, tellings=tuple(one.event for one in group), joined=joined)


def _with_lists_of(event: Event, other: Event) -> Event:
    joined: dict[str, Any] = {}
    for name in LISTED_FIELDS:
        known = {str(getattr(item, "name", item)) for item in getattr(event, name)}
        joined[name] = (
            *getattr(event, name),
            *(item for item in getattr(other, name) if str(getattr(item, "name", item)) not in known),
        )
    return replace(event, **joined)


def field_counts(decided: DecidedEvent) -> tuple[int, int]:
    """How many fields that have a value came from the machine, and how many from a decision."""
    present = [name for name in FIELDS if value_to_json(decided.event, name)]
    by_decision = sum(name in decided.decided for name in present)
    return len(present) - by_decision, by_decision
