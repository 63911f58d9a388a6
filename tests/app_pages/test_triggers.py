"""What a component told is obeyed once, and nothing is obeyed that Streamlit has forgotten."""

import pytest
import streamlit as st

from dashboard.app_pages import facets
from dashboard.app_pages.address import selection
from dashboard.app_pages.triggers import told


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What a session holds, without a page."""
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


def test_an_event_of_a_component_that_is_forgotten_brings_nothing(state: dict[str, object]) -> None:
    state["heard"] = {"choose": 3}
    assert told("heard", "choose") == 3
    assert told("heard", "drag") is None
    assert told("forgotten", "choose") is None


def test_ticks_that_come_twice_are_obeyed_once(state: dict[str, object]) -> None:
    state[facets.KEY] = {"change": {"count": 7, "fields": {"sectors": ["space"]}}, "search": None}
    facets._obey()
    assert selection().sectors == ("space",)
    state["selection"] = selection().without("sectors")
    facets._obey()
    assert selection().sectors == ()


def test_a_page_without_its_facets_obeys_nothing(state: dict[str, object]) -> None:
    facets._obey()
    facets._search()
    assert state == {}
