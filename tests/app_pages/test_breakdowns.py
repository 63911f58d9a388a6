"""The breakdowns: each adds up to the headline's count, and every row of a twin does what its mark does."""

import pytest

from dashboard.app_pages.breakdowns import sector_clicked, value_clicked
from dashboard.app_pages.crossing import between_periods, cell_clicked
from dashboard.app_pages.figures import Clicked
from dashboard.queries.crossing import ALL, OTHERS
from tests.app_pages.conftest import OpenPage, texts, twins


@pytest.mark.parametrize(
    ("twin", "column"),
    [
        ("by_country", "Split count"),
        ("by_pair", "Split count"),
        ("by_actor", "Split count"),
        ("by_document", "Split count"),
        ("by_type", "Events"),
        ("crossing", "Split count"),
        ("course", "Split count"),
    ],
)
def test_every_breakdown_adds_up_to_the_headline(open_page: OpenPage, twin: str, column: str) -> None:
    page = open_page("breakdowns")
    assert not page.exception
    assert twins(page)[twin][column].astype(float).sum() == pytest.approx(12, abs=0.1)
    assert "12 events in 3 documents" in texts(page)


def test_main_sectors_add_up_and_touched_ones_are_rows_of_their_own(open_page: OpenPage) -> None:
    sectors = twins(open_page("breakdowns"))["sectors"]
    mains, touched = (
        sectors[sectors["As"] == role].set_index("Sector")["Events"].astype(int) for role in ("Main sector", "Touched")
    )
    assert mains.sum() == 12
    assert (touched >= mains).all()
    assert touched.sum() > 12


def test_the_page_says_what_a_split_count_is(open_page: OpenPage) -> None:
    assert "counts 1/n to each in the split count, which so adds up to 12 events" in texts(open_page("breakdowns"))


def test_two_fields_are_chosen_and_crossed_in_shares(open_page: OpenPage) -> None:
    page = open_page("breakdowns", rows="country", columns="year", numbers="row")
    assert not page.warning
    table = twins(page)["crossing"]
    (china,) = table[(table["Country"] == "China") & (table["Year"] == "2025")].to_dict("records")
    assert (china["Events"], china["Share of row"]) == ("10", "83 %")
    assert "in full under each country and each year" in texts(page)


def test_a_rate_says_of_what(open_page: OpenPage) -> None:
    page = open_page("breakdowns", rows="type", columns="year", numbers="rate")
    assert "per document published in the year" in texts(page)
    page = open_page("breakdowns", numbers="rate")
    assert "per document of the build, 3 in all" in texts(page)


def test_a_field_is_not_crossed_with_itself(open_page: OpenPage) -> None:
    page = open_page("breakdowns", rows="type", columns="type")
    assert not page.exception
    assert "Choose two different ones" in texts(page)


def test_clicks_narrow_to_what_was_clicked() -> None:
    assert sector_clicked(Clicked([["space", "mains"]])) == {"mains": "space"}
    assert sector_clicked(Clicked([["space", "sectors"]])) == {"sectors": "space"}
    assert value_clicked("pair", Clicked([["CHN+PAK"]])) == {"countries": "CHN", "also_countries": "PAK"}
    assert cell_clicked("main", "type", Clicked([["space", "launch"]])) == {"mains": "space", "types": "launch"}
    assert cell_clicked("main", "type", Clicked([["space", ALL]])) == {"mains": "space"}


def test_a_mark_without_a_value_narrows_nothing() -> None:
    assert sector_clicked(Clicked([["", "mains"]])) is None
    assert value_clicked("country", Clicked([[""]])) == {}
    assert value_clicked("country", Clicked([[OTHERS]])) == {}
    assert cell_clicked("main", "type", Clicked([["", "launch"]])) == {}


def test_periods_without_an_event_keep_their_column() -> None:
    assert between_periods("2024-Q3", "2025-Q2", "quarter") == ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]
    assert between_periods("2023", "2025", "year") == ["2023", "2024", "2025"]
