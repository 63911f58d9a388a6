"""The review page run without a browser: what it says, and what its buttons write."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.decisions import append_decision, read_decisions
from dashboard.etl.build import build
from dashboard.queries import review
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import open_build
from dashboard.settings import Settings
from tests.app_pages.conftest import _open_page, texts

TEXT = """Published 6 May 2025

The Ministry of Science of Portugal and the University of Science and Technology of China signed a memorandum of understanding on marine robotics in Lisbon on 5 May 2025.

The University of Oslo and the Indian Institute of Science inaugurated a joint battery laboratory in Oslo on 8 April 2025.
"""


@pytest.fixture
def desk(workplace: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (workplace.documents_dir / "note.txt").write_text(TEXT, encoding="utf-8")
    build(workplace)
    for name in ("documents", "reviews", "output"):
        monkeypatch.setenv(f"CORRIDOR_{name.upper()}", str(getattr(workplace, f"{name}_dir")))
    return workplace


def opened(**params: str) -> AppTest:
    page = _open_page("review", **params)
    page.text_input(key="review_name").set_value("Ana Lí").run()
    assert not page.exception
    return page


def actions(desk: Settings) -> list[str]:
    return [decision.action for decision in read_decisions(desk.reviews_dir)[0]]


def first_title(desk: Settings) -> str:
    return str(review.queue(open_build(desk.output_dir), EventFilter())["title"].iloc[0])


def test_the_least_certain_event_is_shown_first_with_all_its_fields(desk: Settings) -> None:
    said = texts(opened())
    assert first_title(desk) in said
    assert "The machine is" in said
    assert all(label in said for label in ("Type", "Date", "Place", "Sectors", "Countries taking part"))


def test_nothing_can_be_decided_without_a_name(desk: Settings) -> None:
    page = _open_page("review")
    assert page.button(key="review_accept").disabled
    assert page.button(key="review_edit_date").disabled


def test_an_accepted_event_leaves_the_queue_before_any_build(desk: Settings) -> None:
    page = opened()
    before = first_title(desk)
    page.button(key="review_accept").click().run()
    assert not page.exception
    assert before not in "".join(text for text in texts(page).splitlines() if "review-title" in text)
    assert "1 decision is on disk and not yet in the tables" in texts(page)
    assert actions(desk) == ["accept"]


def test_a_typed_reason_rejects(desk: Settings) -> None:
    page = opened()
    page.button(key="review_reject").click().run()
    page.text_input(key="reject_typed").set_value("Only an advertisement").run()
    (decision,) = read_decisions(desk.reviews_dir)[0]
    assert (decision.action, decision.reason, decision.reviewer) == ("reject", "Only an advertisement", "Ana Lí")


def test_a_wrong_date_is_said_and_not_saved(desk: Settings) -> None:
    page = opened()
    page.button(key="review_edit_date").click().run()
    page.text_input(key="edit_date").set_value("next spring").run()
    assert "Not an EDTF date: 'next spring'" in texts(page)
    page.button(key="review_save").click().run()
    assert actions(desk) == []
    page.text_input(key="edit_date").set_value("2025-05").run()
    assert "That is May 2025." in texts(page)
    page.button(key="review_save").click().run()
    assert actions(desk) == ["edit"]
    assert "The machine said:" in texts(page)


def test_a_place_is_found_by_its_first_letters(desk: Settings) -> None:
    page = opened()
    page.button(key="review_edit_site").click().run()
    page.text_input(key="edit_words").set_value("hefei").run()
    assert page.selectbox(key="edit_place").value == "CHN|Hefei"
    page.button(key="review_save").click().run()
    (decision,) = read_decisions(desk.reviews_dir)[0]
    assert decision.form["value"] == {"city": "Hefei", "country": "CHN"}


def test_merging_two_events_and_splitting_them_again(desk: Settings) -> None:
    first, second = review.queue(open_build(desk.output_dir), EventFilter())["event_id"]
    page = opened(event=first)
    page.button(key="review_merge").click().run()
    page.selectbox(key="merge_into").set_value(second).run()
    page.button(key="merge_save").click().run()
    assert page.query_params["event"] in (second, [second])
    assert not page.button(key="review_split").disabled
    page.button(key="review_split").click().run()
    page.button(key="split_save").click().run()
    assert not page.exception
    assert actions(desk) == ["merge", "split"]
    assert page.button(key="review_split").disabled


def test_what_the_page_shows_is_what_the_next_build_makes(desk: Settings) -> None:
    page = opened()
    page.button(key="review_title").click().run()
    page.text_input(key="edit_title").set_value("A better title").run()
    page.button(key="review_save").click().run()
    page.button(key="review_accept").click().run()
    build(desk)
    rows = review.queue(open_build(desk.output_dir), EventFilter())
    assert dict(zip(rows["title"], rows["review_state"], strict=True))["A better title"] == "corrected"


def test_anothers_decision_is_named_and_can_be_kept(desk: Settings) -> None:
    page = opened()
    event_id = review.queue(open_build(desk.output_dir), EventFilter())["event_id"].iloc[0]
    edit = {"action": "edit", "event_id": event_id, "field": "title", "value": "A title by Bo", "evidence": [], "machine": "x",
            "reviewer": "Bo", "decided_at": "2026-01-31T09:30:00+00:00", "reason": "clearer", "documents": {}}  # fmt: skip
    append_decision(desk.reviews_dir / "bo.jsonl", edit)
    page.button(key="review_accept").click().run()
    assert "Somebody decided on this event while you were reading it" in texts(page)
    assert "Bo changed title to A title by Bo" in texts(page)
    assert actions(desk) == ["edit"]
    page.button(key="conflict_keep").click().run()
    assert actions(desk) == ["edit"]
    assert "A title by Bo" in texts(page)


def test_a_document_without_proposals_can_be_opened_to_add_an_event(desk: Settings) -> None:
    (desk.documents_dir / "quiet.txt").write_text("Nothing happened. Nobody came.", encoding="utf-8")
    build(desk)
    document_id = review.document_names(open_build(desk.output_dir))["quiet.txt"]
    page = opened(document=document_id)
    assert "Select the words that report an event and press n" in texts(page)


def test_an_unknown_event_gets_a_sentence_and_the_queue(desk: Settings) -> None:
    page = opened(event="e-nowhere")
    assert "There is no event “e-nowhere” to review" in texts(page)
    assert first_title(desk) in texts(page)


def test_accepting_an_event_of_two_documents_keeps_the_quotes_of_both(desk: Settings) -> None:
    other = TEXT.split("\n\n")[2].strip()
    (desk.documents_dir / "second.txt").write_text(f"Published 9 April 2025\n\nOSLO: {other}", encoding="utf-8")
    build(desk)
    rows = review.queue(open_build(desk.output_dir), EventFilter())
    event_id = rows[rows["title"].str.contains("battery")]["event_id"].iloc[0]
    page = opened(event=event_id)
    page.button(key="review_accept").click().run()
    (decision,) = read_decisions(desk.reviews_dir)[0]
    assert set(decision.documents) == {"note.txt", "second.txt"}
    build(desk)
    rows = review.queue(open_build(desk.output_dir), EventFilter())
    assert list(rows[rows["title"].str.contains("battery")]["review_state"]) == ["accepted"]
