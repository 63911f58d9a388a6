import pytest

from dashboard.queries.documents import document_rows
from dashboard.queries.explanations import Reason, document_account, reasons
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store


def test_the_account_of_a_document_covers_its_events_whatever_is_selected(store: Store) -> None:
    for document_id in document_rows(store, EventFilter())["document_id"]:
        account = document_account(store, document_id)
        assert account.sentences["start_offset"].is_monotonic_increasing
        assert len(account.reports)
        assert {"accepted", "silent"} <= set(account.sentences["outcome"])
        proposals = set(account.sentences["proposal_id"].dropna())
        assert set(account.decisions["event_id"]) <= proposals


def test_a_type_is_named_where_a_rule_gives_one(store: Store) -> None:
    document_id = document_rows(store, EventFilter())["document_id"].iloc[0]
    sentences = document_account(store, document_id).sentences
    accepted = sentences[sentences["outcome"] == "accepted"]
    assert accepted["event_type"].str.istitle().all()


def test_reasons_are_told_in_words_the_weightiest_first() -> None:
    told = reasons('{"date_none":-0.1,"start":-4.6,"lead":0.3}')
    assert told == [
        Reason("where every sentence of its kind starts", -4.6, is_start=True),
        Reason("it opens the story", 0.3),
        Reason("no date in the sentence", -0.1),
    ]
    assert reasons(None) == []


def test_a_reason_without_words_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        reasons('{"unheard_of":1.0}')
