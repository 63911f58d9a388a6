"""Each test is a small history: what the machine proposes, what the analysts said, what stands in the end."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codebook import Event, Quote, Site
from dashboard.decisions import Decision, decision_id
from dashboard.edtf import parse_edtf
from dashboard.etl.decide import Replay, replay
from dashboard.etl.read import Document

TEXT = "The committee met in Hefei on 7 July. Later a laboratory was opened in Dushanbe by both sides."
DOCUMENT = Document("d1", "note.txt", TEXT, "0" * 64)


def quote(text: str) -> Quote:
    return Quote("note.txt", text, TEXT.index(text), TEXT.index(text) + len(text))


MEETING = Event(
    "e1", "note.txt", "Committee meets", "meeting", parse_edtf("2025-07-07"), "stated", Site("CHN", "Hefei"), ("CHN",), ("general",),
    evidence={"type": (quote("The committee met in Hefei"),), "date": (quote("7 July"),)},
)  # fmt: skip
OPENING = Event(
    "e2", "note.txt", "Laboratory opened", "establishment", None, "publication", Site("TJK", "Dushanbe"), ("TJK",), ("environment",),
    evidence={"type": (quote("a laboratory was opened in Dushanbe"),)},
)  # fmt: skip


def decision(action: str, minute: int = 0, **form: Any) -> Decision:
    signed = {
        "action": action,
        "reviewer": "Ada",
        "decided_at": f"2026-01-31T09:{minute:02}:00+00:00",
        "reason": "why",
    } | form
    return Decision(decision_id(signed), action, form.get("event_id", ""), "Ada", signed["decided_at"], "why", signed,
                    {"note.txt": "d1"}, "ada.jsonl line 1")  # fmt: skip


def accept(event: Event, minute: int = 0) -> Decision:
    return decision("accept", minute, event_id=event.event_id, event=event.to_json())


def edit(event: Event, field: str, value: Any, text: str, minute: int = 1) -> Decision:
    found = {"quote": text, "start": TEXT.find(text), "end": TEXT.find(text) + len(text)}
    return decision("edit", minute, event_id=event.event_id, field=field, value=value, evidence=[found])


def states(result: Replay) -> dict[str, str]:
    return {decided.event.event_id: decided.state for decided in result.events}


def test_without_decisions_the_proposals_stand_unreviewed() -> None:
    assert states(replay([MEETING, OPENING], [], [DOCUMENT])) == {"e1": "unreviewed", "e2": "unreviewed"}


def test_an_accepted_event_is_accepted_and_a_rejected_one_is_gone() -> None:
    reject = decision("reject", event_id="e2", event=OPENING.to_json())
    assert states(replay([MEETING, OPENING], [accept(MEETING), reject], [DOCUMENT])) == {"e1": "accepted"}


def test_the_last_verdict_counts() -> None:
    reject = decision("reject", 5, event_id="e1", event=MEETING.to_json())
    assert states(replay([MEETING], [accept(MEETING, 1), reject], [DOCUMENT])) == {}
    assert states(replay([MEETING], [reject, accept(MEETING, 9)], [DOCUMENT])) == {"e1": "accepted"}


def test_an_edit_gives_the_field_its_value_and_its_quote() -> None:
    (decided,) = replay(
        [MEETING], [edit(MEETING, "site", {"city": "Dushanbe", "country": "TJK"}, "Dushanbe")], [DOCUMENT]
    ).events
    assert decided.event.site == Site("TJK", "Dushanbe")
    assert [found.text for found in decided.event.evidence["site"]] == ["Dushanbe"]
    assert (decided.state, list(decided.decided)) == ("in_review", ["site"])


def test_an_edited_and_accepted_event_is_corrected() -> None:
    assert states(
        replay([MEETING], [edit(MEETING, "sectors", ["space"], "committee"), accept(MEETING, 2)], [DOCUMENT])
    ) == {"e1": "corrected"}


def test_an_accepted_event_stays_as_accepted_whatever_the_machine_proposes_later() -> None:
    changed_mind = replace(MEETING, type="visit", title="Something else")
    (decided,) = replay([changed_mind], [accept(MEETING)], [DOCUMENT]).events
    assert decided.event == MEETING
    assert states(replay([], [accept(MEETING)], [DOCUMENT])) == {"e1": "accepted"}


def test_a_proposal_with_a_new_id_in_the_same_place_is_the_accepted_event() -> None:
    moved = replace(MEETING, event_id="e9").with_evidence("type", [quote("committee met in Hefei on 7 July")])
    assert states(replay([moved, OPENING], [accept(MEETING)], [DOCUMENT])) == {"e1": "accepted", "e2": "unreviewed"}


def test_a_rejected_proposal_does_not_come_back_under_a_new_id() -> None:
    reject = decision("reject", event_id="e1", event=MEETING.to_json())
    assert states(replay([replace(MEETING, event_id="e9")], [reject], [DOCUMENT])) == {}


def test_an_added_event_stands_and_every_field_is_the_analysts() -> None:
    (decided,) = replay([], [decision("add", event_id="e2", event=OPENING.to_json())], [DOCUMENT]).events
    assert decided.state == "added"
    assert {"title", "type", "site"} <= set(decided.decided)


def test_a_withdrawn_decision_does_not_count() -> None:
    accepted = accept(MEETING)
    withdrawal = decision("withdraw", 7, decision_id=accepted.decision_id)
    result = replay([MEETING], [accepted, withdrawal], [DOCUMENT])
    assert states(result) == {"e1": "unreviewed"}
    assert result.outcomes[accepted.decision_id] == "withdrawn"


def test_merged_events_are_one_with_both_tellings_and_the_values_of_the_first() -> None:
    (decided,) = replay([MEETING, OPENING], [decision("merge", event_id="e2", into="e1")], [DOCUMENT]).events
    assert (decided.event.event_id, decided.event.type, decided.event.sectors) == (
        "e1",
        "meeting",
        ("general", "environment"),
    )
    assert [telling.type for telling in decided.tellings] == ["meeting", "establishment"]


MERGE = decision("merge", 1, event_id="e2", into="e1")
SPLIT = decision("split", 2, event_id="e2", **{"from": "e1"})


@pytest.mark.parametrize(
    ("decisions", "events"),
    [
        ([MERGE], [["e1", "e2"]]),
        ([MERGE, SPLIT], [["e1"], ["e2"]]),
        ([MERGE, SPLIT, decision("merge", 3, event_id="e2", into="e1")], [["e1", "e2"]]),
        ([MERGE, SPLIT, decision("withdraw", 3, decision_id=SPLIT.decision_id)], [["e1", "e2"]]),
        ([MERGE, decision("withdraw", 3, decision_id=MERGE.decision_id)], [["e1"], ["e2"]]),
        ([MERGE, SPLIT, decision("withdraw", 3, decision_id=MERGE.decision_id)], [["e1"], ["e2"]]),
    ],
)
def test_merges_and_splits_apply_in_time_and_taking_one_back_restores(
    decisions: list[Decision], events: list[list[str]]
) -> None:
    result = replay([MEETING, OPENING], decisions, [DOCUMENT])
    assert [[telling.event_id for telling in decided.tellings] for decided in result.events] == events
    assert "orphaned" not in result.outcomes.values()


def test_a_telling_taken_out_has_its_own_values_and_leaves_none_behind() -> None:
    first, second = replay([MEETING, OPENING], [MERGE, SPLIT], [DOCUMENT]).events
    assert (first.event, second.event) == (MEETING, OPENING)


GONE = Document("d2", "note.txt", TEXT.replace("Hefei", "Xi'an"), "1" * 64)


@pytest.mark.parametrize(
    ("orphan", "documents", "said"),
    [
        (accept(MEETING), [GONE], "is not at 0–26 of note.txt, where it says “The committee met in Xi'an”"),
        (accept(MEETING), [], "'note.txt' is not among the documents"),
        (edit(MEETING, "sectors", ["space"], "satellite"), [DOCUMENT], "the quote “satellite” is not at"),
        (edit(MEETING, "sectors", ["magic"], "committee"), [DOCUMENT], "'magic', which the codebook does not have"),
        (edit(MEETING, "date", "soon", "7 July"), [DOCUMENT], "not an EDTF date"),
        (
            decision("edit", event_id="e7", field="title", value="T", evidence=[]),
            [DOCUMENT],
            "no longer proposes this event",
        ),
        (decision("merge", event_id="e1", into="e7"), [DOCUMENT], "there is no event e7"),
        (decision("merge", event_id="e1", into="e1"), [DOCUMENT], "cannot be merged into itself"),
        (decision("split", event_id="e7", **{"from": "e1"}), [DOCUMENT], "there is no event e7"),
        (decision("split", event_id="e1", **{"from": "e1"}), [DOCUMENT], "cannot be taken out of itself"),
    ],
)
def test_a_decision_whose_event_or_quote_is_gone_is_orphaned_with_both_texts(
    orphan: Decision, documents: list[Document], said: str
) -> None:
    result = replay([MEETING], [orphan], documents)
    assert result.outcomes[orphan.decision_id] == "orphaned"
    assert [said in issue.message and issue.message.startswith("ada.jsonl line 1: ") for issue in result.issues] == [
        True
    ]


def test_a_renamed_document_keeps_its_decisions() -> None:
    renamed = replace(DOCUMENT, name="renamed.txt")
    (decided,) = replay([], [accept(MEETING)], [renamed]).events
    assert decided.event.document == "renamed.txt"
    assert {found.document for found in decided.event.quotes} == {"renamed.txt"}


@given(
    st.permutations([MEETING, OPENING]),
    st.permutations([accept(MEETING), edit(OPENING, "sectors", ["health"], "laboratory")]),
)
def test_the_order_of_reading_does_not_matter(proposals: list[Event], decisions: list[Decision]) -> None:
    result = replay(proposals, decisions, [DOCUMENT])
    assert states(result) == {"e1": "accepted", "e2": "in_review"}
