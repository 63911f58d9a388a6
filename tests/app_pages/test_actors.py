"""Who with whom, and the page of one actor."""

import pytest

from dashboard.app_pages.actors import shared_clicked
from dashboard.app_pages.figures import Clicked
from dashboard.queries.actors import graph
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, texts, twins


def iqbal(store: Store) -> str:
    nodes = graph(store, EventFilter(), "both", 1000).nodes
    return str(nodes.loc[nodes["label"] == "Ahsan Iqbal", "code"].iloc[0])


def test_the_network_has_its_numbers_as_tables(open_page: OpenPage) -> None:
    page = open_page("actors")
    assert not page.exception
    tables = twins(page)
    assert len(tables["network"]) == 53
    assert ("Ahsan Iqbal", "Person", "3") in set(tables["network"].itertuples(index=False, name=None))
    assert tables["pairs"].iloc[0]["Shared events"] == "2"


@pytest.mark.parametrize(
    ("who", "kinds"), [("org", {"Organisation"}), ("person", {"Person"}), ("country", {"Country"})]
)
def test_one_kind_is_drawn_by_choice(open_page: OpenPage, who: str, kinds: set[str]) -> None:
    page = open_page("actors", who=who)
    assert not page.exception
    assert set(twins(page)["network"]["Kind"]) == kinds


def test_an_actor_stands_with_every_writing_of_the_texts(open_page: OpenPage) -> None:
    (table,) = open_page("actors").dataframe
    (found,) = table.value[table.value["name"] == "Ahsan Iqbal"].to_dict("records")
    assert "Ahsan Igbal" in found["written_as"]
    assert found["kind"] == "Person"


def test_an_actor_has_a_page_of_its_own(open_page: OpenPage, store: Store) -> None:
    page = open_page("actors", actor_page=iqbal(store))
    assert not page.exception
    said = texts(page)
    assert page.title[0].value == "Ahsan Iqbal"
    assert "“Ahsan Igbal”" in said
    assert "3 events." in said
    assert "Jiang Zaidong" in set(twins(page)["partners"]["Name"])
    assert "<mark" in said


def test_the_page_of_an_actor_says_what_the_filters_leave_out(open_page: OpenPage, store: Store) -> None:
    page = open_page("actors", actor_page=iqbal(store), **{"from": "2025-01-01"})
    assert "of 3 events: the filters leave out the other" in texts(page)
    page = open_page("actors", actor_page=iqbal(store), q="nowhere to be found")
    assert not page.exception
    assert "0 of 3 events" in texts(page)


def test_everything_is_narrowed_to_the_actor_and_its_page_stays(open_page: OpenPage, store: Store) -> None:
    page = open_page("actors", actor_page=iqbal(store))
    page.button(key="profile_narrow").click().run()
    assert page.query_params["actor"] in (iqbal(store), [iqbal(store)])
    assert page.title[0].value == "Ahsan Iqbal"


def test_a_selected_actor_has_a_link_to_its_page(open_page: OpenPage, store: Store) -> None:
    page = open_page("actors", actor=iqbal(store))
    assert "About Ahsan Iqbal →" in [link.proto.label.replace("\\", "") for link in page.get("page_link")]


def test_an_unknown_actor_is_said_and_all_are_shown(open_page: OpenPage) -> None:
    page = open_page("actors", actor_page="nobody")
    assert "no actor “nobody”" in texts(page)
    assert page.title[0].value == "Actors"


def test_clicks_narrow_to_one_or_to_both() -> None:
    assert shared_clicked("both", Clicked([["a1"]])) == {"actors": "a1"}
    assert shared_clicked("org", Clicked([["a1", "a2"]])) == {"actors": "a1", "also_actors": "a2"}
    assert shared_clicked("country", Clicked([["CHN", "PAK"]])) == {"countries": "CHN", "also_countries": "PAK"}
