"""The table of events and one event with its proof."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.event import decision_in_words
from dashboard.app_pages.events import table_of
from dashboard.app_pages.markup import FIELD_LABELS
from dashboard.app_pages.wording import date_in_words
from dashboard.queries.events import event_detail, event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, asked, texts


def title(page: AppTest) -> str:
    return page.title[0].value.replace("\\", "")


@pytest.fixture(scope="session")
def rows(store: Store) -> pd.DataFrame:
    return event_rows(store, EventFilter())


def test_the_table_has_the_rows_of_the_download_in_their_order(open_page: OpenPage, rows: pd.DataFrame) -> None:
    page = open_page("events")
    assert list(page.dataframe[0].value["title"]) == list(rows["title"])


def test_the_table_says_dates_and_places_in_words(rows: pd.DataFrame) -> None:
    shown = table_of(rows).set_index(rows["event_id"])
    guesses = shown[rows.set_index("event_id")["date_edtf"].str.endswith("?")]
    assert guesses["date"].str.startswith("around ").all()
    online = shown[rows.set_index("event_id")["mode"] == "virtual"]
    assert set(online["place"]) == {"Held online"}


def test_every_event_shows_every_quote_of_every_field(open_page: OpenPage, store: Store, rows: pd.DataFrame) -> None:
    for event_id in rows["event_id"]:
        page = open_page("events", event=event_id)
        assert not page.exception
        assert [heading.value for heading in page.header][:6] == list(FIELD_LABELS.values())
        said = texts(page).replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
        said = said.replace("&lt;", "<").replace("&gt;", ">")
        for quote in event_detail(store, event_id).quotes["quote"]:
            assert f">{quote}</mark>" in said


def test_an_event_has_an_address_and_a_way_back(open_page: OpenPage, rows: pd.DataFrame) -> None:
    event_id = rows["event_id"].iloc[0]
    page = open_page("events", event=event_id, country="CHN")
    assert asked(page) == {"country": "CHN", "event": event_id}
    assert title(page) == rows["title"].iloc[0]
    page.text_input(key="filter_text").set_value("laboratory").run()
    assert "event" not in page.query_params
    assert page.title[0].value == "Events"


def test_an_unknown_event_gets_a_sentence_and_the_table(open_page: OpenPage) -> None:
    page = open_page("events", event="e-nowhere")
    assert "no event “e-nowhere”" in texts(page)
    assert page.dataframe


def test_a_name_typed_opens_the_event(open_page: OpenPage, rows: pd.DataFrame) -> None:
    page = open_page("events")
    page.selectbox(key="pick_event").set_value(2).run()
    assert title(page) == rows["title"].iloc[2]
    assert page.query_params["event"] == rows["event_id"].iloc[2]


def test_another_writing_of_a_name_is_told(open_page: OpenPage, store: Store, rows: pd.DataFrame) -> None:
    written = [
        (event_id, actor)
        for event_id in rows["event_id"]
        for actor in event_detail(store, event_id).actors.itertuples()
        if actor.name == "Ahsan Iqbal" and actor.surface == "Ahsan Igbal"
    ]
    page = open_page("events", event=written[0][0])
    assert "Ahsan Iqbal" in texts(page)
    assert "in this text “Ahsan Igbal”" in texts(page)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-07-23", "23 July 2025"),
        ("2025-07?", "around July 2025"),
        (None, "No date known"),
        (float("nan"), "No date known"),
    ],
)
def test_dates_in_words(edtf: object, words: str) -> None:
    assert date_in_words(edtf) == words


@pytest.mark.parametrize(
    ("field", "machine", "decided", "said"),
    [
        ("sectors", '["energy"]', '["energy", "transport"]', "sectors to energy; transport; before: energy"),
        (
            "actors",
            "[]",
            '[{"name": "Ahsan Iqbal", "surface": "Ahsan Igbal", "kind": "person"}]',
            "people to Ahsan Iqbal; before: none",
        ),
        ("site", None, '{"city": "Hefei", "country": "CHN"}', "place to Hefei, CHN; before: nothing"),
    ],
)
def test_an_edit_says_what_the_machine_had_said(field: str, machine: str | None, decided: str, said: str) -> None:
    row = pd.Series(
        {
            "action": "edit",
            "field": field,
            "machine_value": machine,
            "decided_value": decided,
            "reviewer": "A. Analyst",
            "decided_at": "2025-11-20T09:00:00+00:00",
            "reason": "so the text says",
            "outcome": "applied",
        }
    )
    sentence = decision_in_words(row)
    assert sentence.startswith("2025-11-20, A. Analyst changed ")
    assert said in sentence
    assert sentence.endswith("Reason: so the text says")
