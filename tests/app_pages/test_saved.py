"""Saved views on the page: saved under a name, opened by a link, removed."""

from pathlib import Path

import pytest

from dashboard.app_pages.saved import link
from dashboard.views import SavedView, saved_views
from tests.app_pages.conftest import OpenPage, texts


@pytest.fixture
def views_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORRIDOR_REVIEWS", str(tmp_path / "reviews"))
    return tmp_path / "views.jsonl"


def test_a_view_is_saved_with_its_page_its_selection_and_its_build(open_page: OpenPage, views_file: Path) -> None:
    page = open_page("timeline", sector="space", period="year")
    page.text_input(key="view_to_save").set_value("Space by year").run()
    page.button(key="save_view").click().run()
    assert not page.exception
    (view,), _ = saved_views(views_file)
    assert (view.name, view.page) == ("Space by year", "timeline")
    assert {name: list(values) for name, values in view.params.items() if name != "build"} == {
        "sector": ["space"], "period": ["year"],
    }  # fmt: skip
    assert len(view.params["build"][0]) == 8
    assert 'href="timeline?sector=space&amp;build=' in texts(page)
    page.button(key="remove_view_0").click().run()
    assert saved_views(views_file)[0] == ()


def test_a_view_without_a_name_is_refused_with_a_sentence(open_page: OpenPage, views_file: Path) -> None:
    page = open_page("map")
    page.button(key="save_view").click().run()
    assert "The view’s name has 0 characters".replace("’", "'") in texts(page)
    assert not views_file.exists()


def test_a_name_with_markup_is_shown_as_it_is() -> None:
    view = SavedView("<b>bold</b>", "events", {"q": ['"><script>']}, "Ana", "2026-01-31T09:30:00+00:00")
    assert "<b>" not in link(view)
    assert "<script>" not in link(view)
