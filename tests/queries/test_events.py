from dashboard.queries.events import event_detail, event_rows, quote_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store


def test_the_rows_are_the_latest_first(store: Store) -> None:
    rows = event_rows(store, EventFilter())
    assert list(rows["end_date"]) == sorted(rows["end_date"], reverse=True)
    assert rows["event_id"].is_unique


def test_the_quotes_follow_the_events_and_are_in_their_documents(store: Store) -> None:
    events, quotes = event_rows(store, EventFilter()), quote_rows(store, EventFilter())
    assert list(quotes["event_id"].drop_duplicates()) == list(events["event_id"])
    assert events["quote_count"].sum() == len(quotes)


def test_an_actor_is_one_person_under_every_writing_and_the_text_is_kept(store: Store) -> None:
    rows = event_rows(store, EventFilter(text="Igbal"))
    assert set(rows["persons"].str.contains("Ahsan Iqbal")) == {True}
    (launch,) = rows.loc[rows["event_type_code"] == "launch", "event_id"]
    detail = event_detail(store, launch)
    assert detail is not None
    iqbal = detail.actors.set_index("name").loc["Ahsan Iqbal"]
    assert iqbal["surface"] == "Ahsan Igbal"
    assert "Ahsan Igbal" in iqbal["other_names"]


def test_an_event_this_build_does_not_have_is_none(store: Store) -> None:
    assert event_detail(store, "e000000000000") is None
