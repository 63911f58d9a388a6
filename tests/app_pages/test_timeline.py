"""The timeline: every event in a bar or in the note, and what a click on it narrows to."""

from datetime import date

import pytest

from dashboard.app_pages.figures import Clicked
from dashboard.app_pages.timeline import bar_clicked, dates_dragged, left_out_sentence
from dashboard.charts.periods import covering
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, texts, twins


@pytest.mark.parametrize("period", ["auto", "day", "week", "month", "quarter", "year"])
def test_the_table_behind_the_bars_adds_up_to_the_headline(open_page: OpenPage, store: Store, period: str) -> None:
    page = open_page("timeline", period=period)
    assert not page.exception
    bars = twins(page)["timeline_bars"]
    assert bars["Events"].astype(int).sum() == summary(store, EventFilter()).event_count


def test_each_event_has_a_line_with_its_date_in_words(open_page: OpenPage) -> None:
    said = texts(open_page("timeline"))
    assert said.count('<li class="lane">') == 12
    assert "20–22 July 2025" in said
    assert "in or before July 2025" in said


def test_the_lines_lead_to_the_events_with_the_selection(open_page: OpenPage) -> None:
    assert 'href="events?sector=space&amp;event=' in texts(open_page("timeline", sector="space"))


def test_a_click_on_a_bar_narrows_to_its_period_and_group() -> None:
    days = {"start": date(2025, 7, 1), "end": date(2025, 7, 31)}
    assert bar_clicked("mains", Clicked([["2025-07-01", "2025-07-31", "space"]])) == days | {"mains": "space"}
    assert bar_clicked("countries", Clicked([["2025-07-01", "2025-07-31", "PAK"]])) == days | {"countries": "PAK"}


@pytest.mark.parametrize("group", ["", "others"])
def test_a_bar_that_no_filter_asks_for_narrows_nothing(group: str) -> None:
    assert bar_clicked("types", Clicked([["2025-07-01", "2025-07-31", group]])) is None


@pytest.mark.parametrize("closer", ["dates", "grid", "change", "series", "playback"])
def test_each_closer_look_is_drawn_with_a_twin(open_page: OpenPage, closer: str) -> None:
    page = open_page("timeline", closer=closer)
    assert not page.exception
    name = "lanes" if closer == "dates" else closer
    assert len(twins(page)[f"timeline_{name}"])


def test_bars_of_countries_add_up_to_the_events(open_page: OpenPage, store: Store) -> None:
    bars = twins(open_page("timeline", stack="country", period="year"))["timeline_bars"]
    assert bars["In the bar"].astype(float).sum() == pytest.approx(summary(store, EventFilter()).event_count, abs=0.05)


def test_a_drag_narrows_to_the_periods_it_touches_and_leaves_the_sectors() -> None:
    months = covering("month", [date(2024, 5, 1), date(2025, 11, 1)])
    assert dates_dragged(months, Clicked([], (13.7, 14.2))) == {"start": date(2025, 7, 1), "end": date(2025, 7, 31)}
    assert dates_dragged(months, Clicked([])) is None


def test_the_note_counts_what_is_in_no_bar() -> None:
    assert left_out_sentence(1, "month").endswith("1 event is not in the bars: no month is known.")
    assert "2 events are" in left_out_sentence(2, "month")
