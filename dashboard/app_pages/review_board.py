"""What the review page works on: the queue with every decision so far, whether or not a build has seen it yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import desk, settings
from dashboard.app_pages.frame import Page
from dashboard.codebook import Event, from_json
from dashboard.decisions import ACTIONS, Decision, active, last_on, read_decisions
from dashboard.desk import DecidedEvent, Document
from dashboard.errors import InputError
from dashboard.issues import Issue
from dashboard.queries import review
from dashboard.queries.review import Proposal, Proposals

OPEN_STATES = ("unreviewed", "in_review")


@dataclass(frozen=True)
class Item:
    """One event of the queue; `certainty` is None where a person found it. `state`: a review state, or `rejected`."""

    event_id: str
    title: str
    state: str
    certainty: float | None
    document_id: str
    position: int


@dataclass(frozen=True)
class Board:
    """One build, one selection, and all decisions on disk."""

    here: Page
    decisions: tuple[Decision, ...]
    issues: tuple[Issue, ...]

    @cached_property
    def unpublished(self) -> tuple[Decision, ...]:
        """The decisions that the build has not seen."""
        known = self._ask(review.decision_ids)
        return tuple(decision for decision in self.decisions if decision.decision_id not in known)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every selected event and every rejected proposal, as decided up to this moment, in the order of the queue."""
        touched = self._touched(self.unpublished)
        changed = self._decided(touched)
        kept = [item for item in self._built if item.event_id not in touched]
        selected, built = {item.event_id for item in self._built}, self._ask(review.event_ids)
        shown = [
            self._item(decided)
            for event_id, decided in changed.items()
            if event_id in selected or event_id not in built
        ]
        rejected = [item for item in self._rejected(touched, changed) if item.event_id not in changed]
        return tuple(sorted([*kept, *shown, *rejected], key=_least_certain_first))

    def event(self, event_id: str) -> DecidedEvent | None:
        """The event as decided up to this moment; None if it was rejected, merged away or never was."""
        return self._decided(frozenset({event_id})).get(event_id)

    def proposal(self, event_id: str) -> Event | None:
        """What the machine proposes for it, or what it had proposed when an analyst decided about it."""
        found = self.proposals.by_id.get(event_id)
        if found:
            return found.event
        forms = [
            decision.form["event"]
            for decision in self.about(event_id)
            if decision.action in ("accept", "reject", "add") and decision.event_id == event_id
        ]
        return replace(from_json(forms[-1]), event_id=event_id) if forms else None

    def as_proposed(self, event_id: str) -> Event | None:
        """The event as the machine proposes it, told by all of its documents; what a verdict on it keeps."""
        decided = self._decided(frozenset({event_id}), only=("merge", "split")).get(event_id)
        return decided.event if decided else self.proposal(event_id)

    @cached_property
    def proposals(self) -> Proposals:
        """The machine's own proposals."""
        found: Proposals = self._ask(review.proposals)
        return found

    def about(self, event_id: str) -> tuple[Decision, ...]:
        """Every decision that names the event, withdrawn ones and withdrawals too, in the order of time."""
        named = {
            decision.decision_id
            for decision in self.decisions
            if event_id in (decision.event_id, decision.form.get("into"), decision.form.get("from"))
        }
        return tuple(
            decision
            for decision in self.decisions
            if decision.decision_id in named or decision.form.get("decision_id") in named
        )

    def seen(self, event_id: str) -> str:
        """The id of the last decision on the event, or nothing."""
        last = last_on(event_id, self.decisions)
        return last.decision_id if last else ""

    def document(self, document_id: str) -> Document | None:
        """A whole document."""
        manifest = self.here.store.manifest
        return _document(manifest.build_id, manifest.built_at, document_id, _here=self.here) if document_id else None

    @property
    def document_ids(self) -> Mapping[str, str]:
        """Every document's id by its file's name."""
        names: Mapping[str, str] = self._ask(review.document_names)
        return names

    @cached_property
    def _built(self) -> tuple[Item, ...]:
        rows = self.here.ask(review.queue)
        return tuple(
            Item(row.event_id, row.title, row.review_state, _known(row.certainty), row.document_id, row.position)
            for row in rows.itertuples(index=False)
        )

    def _rejected(self, touched: frozenset[str], changed: Mapping[str, DecidedEvent]) -> list[Item]:
        """Rejected proposals; each of them is in no event, so no filter of events can select it."""
        by_id = self.proposals.by_id
        gone = {event_id for event_id, proposal in by_id.items() if not proposal.told_in} - touched
        latest = {decision.event_id for decision in active(self.unpublished) if decision.action == "reject"}
        ids = gone | (latest & touched) - set(changed)
        return [_rejected_item(event_id, by_id[event_id]) for event_id in ids if event_id in by_id]

    def _item(self, decided: DecidedEvent) -> Item:
        event = decided.event
        place = next(iter(sorted(quote.start for quote in event.evidence.get("type", ()))), 0)
        document_id = self.document_ids.get(event.document, "")
        return Item(event.event_id, event.title, decided.state, event.certainty, document_id, place)

    def _decided(self, ids: frozenset[str], *, only: Sequence[str] = ACTIONS) -> Mapping[str, DecidedEvent]:
        """These events and all that they were joined with, replayed from the machine's proposals by decisions of some kinds."""
        if not ids:
            return {}
        joined = self.proposals.with_tellings(self._joined(ids))
        proposals = [self.proposals.by_id[one] for one in sorted(joined) if one in self.proposals.by_id]
        withdrawals = [decision for decision in self.decisions if decision.action == "withdraw"]
        decisions = [decision for decision in self.decisions if _ids_of(decision) & joined and decision.action in only]
        named = {
            decision.documents.get(name, self.document_ids.get(name, ""))
            for decision in decisions
            for name in _documents_of(decision)
        } | {self.document_ids.get(name, "") for decision in decisions for name in _documents_of(decision)}
        needed = named | {proposal.document_id for proposal in proposals}
        documents = [found for one in sorted(needed) if (found := self.document(one))]
        return desk.decided_events([proposal.event for proposal in proposals], [*decisions, *withdrawals], documents)

    def _joined(self, ids: frozenset[str]) -> frozenset[str]:
        """The ids, and every id that a merge or a split ties to one of them."""
        ties = [_ids_of(decision) for decision in self.decisions if decision.action in ("merge", "split")]
        grown = ids
        while more := frozenset().union(*(tie for tie in ties if tie & grown), grown) - grown:
            grown |= more
        return grown

    def _touched(self, decisions: Sequence[Decision]) -> frozenset[str]:
        by_id = {decision.decision_id: decision for decision in self.decisions}
        named = [by_id.get(str(decision.form.get("decision_id")), decision) for decision in decisions]
        return self.proposals.with_tellings(self._joined(frozenset().union(*map(_ids_of, named))))

    def _ask(self, question):  # type: ignore[no-untyped-def]  # the answer is the question's own
        return whole_build(self.here, question)


def current_board(here: Page) -> Board:
    """The board of this run."""
    folder = settings.current().reviews_dir
    decisions, issues = _read(str(folder), _stamps(folder))
    return Board(here, decisions, issues)


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The files as they are: a file is read again only after it has changed."""
    files = [(path.name, path.stat()) for path in sorted(folder.glob("*.jsonl"))]
    return tuple((name, found.st_mtime_ns, found.st_size) for name, found in files)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(folder: str, stamps: tuple[tuple[str, int, int], ...]) -> tuple[tuple[Decision, ...], tuple[Issue, ...]]:  # noqa: ARG001 - they are the key
    return read_decisions(Path(folder))


def whole_build(here: Page, question):  # type: ignore[no-untyped-def]  # the answer is the question's own
    """The answer to a question about the whole build, given once for each build."""
    manifest = here.store.manifest
    return _whole(manifest.build_id, manifest.built_at, question.__qualname__, _question=question, _here=here)


@st.cache_resource(max_entries=32, show_spinner=False)
def _whole(build_id: str, built_at: str, name: str, *, _question, _here: Page):  # type: ignore[no-untyped-def]  # noqa: ARG001 - they are the key
    return _question(_here.store)


@st.cache_resource(max_entries=256, show_spinner=False)
def _document(build_id: str, built_at: str, document_id: str, *, _here: Page) -> Document | None:  # noqa: ARG001 - they are the key
    rows = review.whole_document(_here.store, document_id).to_dict("records")
    return desk.document_of(rows[0]) if rows else None


def _known(certainty: float) -> float | None:
    return None if pd.isna(certainty) else float(certainty)


def _rejected_item(event_id: str, proposal: Proposal) -> Item:
    event = proposal.event
    start = min((quote.start for quote in event.evidence.get("type", ())), default=0)
    return Item(event_id, event.title, "rejected", event.certainty, proposal.document_id, start)


def _least_certain_first(item: Item) -> tuple[float, str, int, str]:
    return (2.0 if item.certainty is None else item.certainty, item.document_id, item.position, item.event_id)


def _ids_of(decision: Decision) -> frozenset[str]:
    return frozenset({decision.event_id, str(decision.form.get("into", "")), str(decision.form.get("from", ""))}) - {""}


def _documents_of(decision: Decision) -> frozenset[str]:
    """The names of the documents that a decision quotes."""
    try:
        carried = from_json(decision.form["event"]) if "event" in decision.form else None
    except InputError:
        # The build reports the decision; a document that cannot be named is not needed to show the others.
        return frozenset(decision.documents)
    return frozenset(decision.documents) | ({quote.document for quote in carried.quotes} if carried else frozenset())
