"""The overview: key numbers that are the selection's, and a way to every page."""

from dashboard.app_pages.overview import LATEST, key_numbers
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import latest, summary
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, texts


def test_the_key_numbers_are_the_headlines(open_page: OpenPage, store: Store) -> None:
    page = open_page("overview")
    assert not page.exception
    found = summary(store, EventFilter())
    assert key_numbers(found) in texts(page)
    assert f"{found.event_count} events in {found.document_count} documents" in texts(page)


def test_a_share_says_all_or_none_only_if_it_is(store: Store) -> None:
    found = summary(store, EventFilter())
    assert "100 %" in key_numbers(found) or found.reviewed_count < found.event_count
    assert f"{found.stated_day_count} of {found.event_count}" in key_numbers(found)


def test_every_figure_is_there_and_says_what_it_shows(open_page: OpenPage) -> None:
    page = open_page("overview")
    charts = [*page.get("plotly_chart"), *page.get("deck_gl_json_chart")]
    assert len(charts) == 4
    assert all(chart.proto.alt for chart in charts)


def test_the_latest_events_lead_to_their_pages(open_page: OpenPage, store: Store) -> None:
    labels = [link.proto.label.replace("\\", "") for link in open_page("overview").get("page_link")]
    newest = latest(store, EventFilter(), LATEST)
    assert set(newest["title"]) <= set(labels)
    assert newest["end_date"].is_monotonic_decreasing
    assert {"Timeline →", "Map →", "Breakdowns →", "All events →"} <= set(labels)


def test_an_empty_selection_stops_after_saying_so(open_page: OpenPage) -> None:
    page = open_page("overview", q="zebra crossing")
    assert not page.exception
    assert not page.get("plotly_chart")
