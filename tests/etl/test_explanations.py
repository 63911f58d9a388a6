import json

from dashboard.etl.explanations import explanations_table
from dashboard.etl.extract import extract_and_explain
from dashboard.etl.failures import failures
from dashboard.schema import TABLES
from tests.etl.texts import document

STORY = document(
    "Kenya and Italy signed a protocol on satellites in Malindi on Tuesday. The protocol was signed in Malindi on Tuesday, "
    "7 May, by Kenya's Ministry of Energy and the Italian Space Agency. It rained."
)


def test_a_row_a_sentence_with_what_became_of_it() -> None:
    events, account = extract_and_explain(STORY)
    table = explanations_table([STORY], [account])
    assert failures(TABLES["explanations"], table) == []
    assert list(table["outcome"]) == ["repeated", "accepted", "silent"]
    assert table["proposal_id"].iloc[1] == events[0].event_id
    assert table["of_start_offset"].iloc[0] == table["start_offset"].iloc[1]
    assert table["score"].isna().tolist() == [False, False, True]
    assert sum(json.loads(table["features"].iloc[0]).values()) > 0


def test_without_an_account_the_table_is_empty() -> None:
    table = explanations_table([STORY], [()])
    assert failures(TABLES["explanations"], table) == []
    assert table.empty
