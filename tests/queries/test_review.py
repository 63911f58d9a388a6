"""The queue's order, and the machine's own proposals whatever was decided about them."""

import pytest

from dashboard.decisions import append_decision
from dashboard.etl.build import build
from dashboard.queries import review
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from dashboard.settings import Settings

TEXT = """Published 6 May 2025

The Ministry of Science of Portugal and the University of Science and Technology of China signed a memorandum of understanding on marine robotics in Lisbon on 5 May 2025.

The University of Oslo and the Indian Institute of Science inaugurated a joint battery laboratory in Oslo on 8 April 2025.
"""
SIGNED = {"reviewer": "Ada", "decided_at": "2025-07-01T09:00:00+00:00", "documents": {}}


@pytest.fixture
def store(workplace: Settings) -> Store:
    (workplace.documents_dir / "note.txt").write_text(TEXT, encoding="utf-8")
    build(workplace)
    return open_build(workplace.output_dir)


def rebuilt(workplace: Settings, **form: object) -> Store:
    append_decision(workplace.reviews_dir / "ada.jsonl", {**SIGNED, "reason": "read", **form})
    build(workplace)
    return open_build(workplace.output_dir)


def test_the_least_certain_comes_first_and_then_the_order_of_the_text(store: Store) -> None:
    rows = review.queue(store, EventFilter())
    assert len(rows) == 2
    keys = list(zip(rows["certainty"], rows["document"], rows["position"], strict=True))
    assert keys == sorted(keys)
    assert set(rows["review_state"]) == {"unreviewed"}


def test_a_filter_narrows_the_queue(store: Store) -> None:
    assert list(review.queue(store, EventFilter(text="battery"))["title"].str.contains("battery")) == [True]


def test_a_rejected_proposal_is_kept_with_all_that_the_machine_said(workplace: Settings, store: Store) -> None:
    event_id, proposal = next(iter(review.proposals(store).by_id.items()))
    after = rebuilt(workplace, action="reject", event_id=event_id, event=proposal.event.to_json())
    assert event_id not in set(review.queue(after, EventFilter())["event_id"])
    kept = review.proposals(after).by_id[event_id]
    assert (kept.event, kept.told_in) == (proposal.event, "")


def test_a_corrected_event_keeps_the_machines_own_value_in_its_proposal(workplace: Settings, store: Store) -> None:
    event_id, proposal = next(iter(review.proposals(store).by_id.items()))
    after = rebuilt(workplace, action="edit", event_id=event_id, field="title", value="Another title", evidence=[])
    assert "Another title" in set(review.queue(after, EventFilter())["title"])
    assert review.proposals(after).by_id[event_id].event.title == proposal.event.title


def test_the_tellings_of_one_event_are_found_from_any_of_them(workplace: Settings, store: Store) -> None:
    first, second = review.proposals(store).by_id
    after = review.proposals(rebuilt(workplace, action="merge", event_id=second, into=first))
    assert after.by_id[second].told_in == first
    for one in (first, second):
        assert after.with_tellings(frozenset({one})) == {first, second}


def test_an_orphaned_decision_has_both_texts(workplace: Settings, store: Store) -> None:
    event_id, proposal = next(iter(review.proposals(store).by_id.items()))
    path = workplace.documents_dir / "note.txt"
    path.write_text("Corrected. " + TEXT, encoding="utf-8")
    after = rebuilt(workplace, action="accept", event_id=event_id, event=proposal.event.to_json())
    (orphan,) = review.orphans(after).to_dict("records")
    quote = proposal.event.evidence["type"][0]
    assert orphan["lost_quote"] == quote.text
    assert orphan["text_there"] == ("Corrected. " + TEXT)[quote.start : quote.end]
    assert orphan["document"] == "note.txt"


def test_an_orphaned_decision_of_a_document_that_is_gone_says_so(workplace: Settings, store: Store) -> None:
    event_id, proposal = next(iter(review.proposals(store).by_id.items()))
    (workplace.documents_dir / "note.txt").unlink()
    (workplace.documents_dir / "other.txt").write_text("Nothing happened at all.", encoding="utf-8")
    after = rebuilt(workplace, action="accept", event_id=event_id, event=proposal.event.to_json())
    (orphan,) = review.orphans(after).to_dict("records")
    assert orphan["document"] == "note.txt"
    assert not isinstance(orphan["text_there"], str)
