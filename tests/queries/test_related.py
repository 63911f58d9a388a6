"""What stands beside an event."""

import pytest

from dashboard.queries.events import event_detail, event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.related import neighbours, same_actors
from dashboard.queries.store import Store
from tests.queries.test_chains import news_store


@pytest.mark.parametrize(
    "selection", [EventFilter(), EventFilter(types=("agreement", "establishment")), EventFilter(text="china")]
)
def test_neighbours_lead_through_the_selection_in_the_order_of_the_table(store: Store, selection: EventFilter) -> None:
    ids = list(event_rows(store, selection)["event_id"])
    found = [neighbours(store, selection, event_id) for event_id in ids]
    assert [one.position for one in found] == list(range(1, len(ids) + 1))
    assert [one.next_id for one in found] == [*ids[1:], ""]
    assert [one.previous_id for one in found] == ["", *ids[:-1]]
    assert {one.count for one in found} == {len(ids)}


def test_an_event_outside_the_selection_has_no_neighbours(store: Store) -> None:
    visit = event_rows(store, EventFilter(types=("visit",)))["event_id"].iloc[0]
    found = neighbours(store, EventFilter(types=("launch",)), visit)
    assert (found.position, found.previous_id, found.next_id) == (0, "", "")


def test_earlier_and_later_events_name_the_actors_that_they_share(store: Store) -> None:
    rows = event_rows(store, EventFilter()).set_index("event_id")
    for event_id, row in rows.iterrows():
        names = set(event_detail(store, str(event_id)).actors["name"])
        found = same_actors(store, str(event_id), 50)
        for before in found.earlier.itertuples():
            assert rows.loc[before.event_id, "end_date"] < row["start_date"]
        for after in found.later.itertuples():
            assert rows.loc[after.event_id, "start_date"] > row["end_date"]
        for other in [*found.earlier.itertuples(), *found.later.itertuples()]:
            shared = set(other.shared.split("; "))
            assert shared
            assert shared <= names & set(event_detail(store, other.event_id).actors["name"])
            assert other.shared_count == len(shared)


def test_more_than_are_shown_are_counted(tmp_path_factory: pytest.TempPathFactory) -> None:
    news = news_store(tmp_path_factory.mktemp("news"))
    opened = event_rows(news, EventFilter(text="inaugurated"))["event_id"].iloc[0]
    found = same_actors(news, opened, 1)
    assert (len(found.earlier), int(found.earlier["all_count"].iloc[0]), len(found.later)) == (1, 2, 0)
