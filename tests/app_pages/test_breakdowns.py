"""The breakdowns: each adds up to the headline's count, and shows names as the texts write them."""

import pytest

from dashboard.app_pages.breakdowns import actor_ticked, cell_clicked, country_clicked, sector_clicked, type_clicked
from dashboard.app_pages.figures import Clicked
from tests.app_pages.conftest import OpenPage, texts

SECTORS, COUNTRIES, GRID, TYPES, ACTORS = range(5)


@pytest.mark.parametrize(
    ("table", "column"), [(SECTORS, "main_count"), (COUNTRIES, "split_count"), (GRID, "events"), (TYPES, "event_count")]
)
def test_every_breakdown_adds_up_to_the_headline(open_page: OpenPage, table: int, column: str) -> None:
    page = open_page("breakdowns")
    assert not page.exception
    assert page.dataframe[table].value[column].sum() == pytest.approx(12)
    assert "12 events in 3 documents" in texts(page)


def test_an_actor_stands_with_every_writing_of_the_texts(open_page: OpenPage) -> None:
    actors = open_page("breakdowns").dataframe[ACTORS].value
    (iqbal,) = actors[actors["name"] == "Ahsan Iqbal"].to_dict("records")
    assert "Ahsan Igbal" in iqbal["written_as"]
    assert iqbal["kind"] == "Person"


def test_the_page_says_what_a_split_count_is(open_page: OpenPage) -> None:
    assert "counts 1/n to each in the split count, which so adds up to 12 events" in texts(open_page("breakdowns"))


def test_clicks_narrow_to_what_was_clicked() -> None:
    assert sector_clicked(Clicked([["space"]])) == {"mains": "space"}
    assert type_clicked(Clicked([["launch"]])) == {"types": "launch"}
    assert country_clicked(Clicked([["CHN"]])) == {"countries": "CHN"}
    assert cell_clicked(Clicked([["space", "launch"]])) == {"mains": "space", "types": "launch"}
    assert actor_ticked(Clicked(["a1"])) == {"actors": "a1"}


def test_a_mark_without_a_code_narrows_nothing() -> None:
    assert sector_clicked(Clicked([[""]])) is None
    assert country_clicked(Clicked([[""]])) is None
    assert cell_clicked(Clicked([["", "launch"]])) == {"types": "launch"}
