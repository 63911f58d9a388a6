"""The page of chains, over the shipped build and over a small one that has some."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.app_pages.chains import promise_sentence
from dashboard.queries.chains import Promises
from tests.app_pages.conftest import OpenPage, _open_page, texts, twins
from tests.queries.test_chains import news_store


@pytest.fixture
def open_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    news_store(tmp_path)
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(tmp_path / "build"))
    return _open_page


def test_a_page_without_chains_says_so_and_lists_the_promises(open_page: OpenPage) -> None:
    page = open_page("chains")
    assert not page.exception
    assert "None of these events is linked" in texts(page)
    assert "no later event of a chain in the documents read" in texts(page)


def test_chains_are_drawn_with_reasons_quotes_and_a_twin_that_narrows(open_news: OpenPage) -> None:
    page = open_news("chains")
    said = texts(page)
    assert not page.exception
    assert "3 chains, the longest of 3 events." in said
    assert "7 of 8 selected events are part of one." in said
    assert "Between 173 and 202 days later than 1" in said
    assert said.count('<mark class="hit">China-Uzbekistan Joint Laboratory for Rare Metals</mark>') >= 1
    twin = twins(page)["chains"]
    assert sorted(twin["Selected events"]) == ["2", "2", "3"]


def test_the_address_carries_the_age(open_page: OpenPage) -> None:
    page = open_page("chains", older="36")
    assert "more than 3 years before" in texts(page)
    assert page.query_params["older"] == "36"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Promises(pd.DataFrame(), None, 0, 0, 0), "cannot be said how old"),
        (Promises(pd.DataFrame(), date(2025, 8, 4), 1, 2, 3), "1 agreement or policy made more than 1 year before the newest document (4 August 2025) has no later event"),
        (Promises(pd.DataFrame(), date(2025, 8, 4), 2, 1, 3), "3 without a date cannot be listed."),
    ],
)  # fmt: skip
def test_promises_are_said_honestly(found: Promises, said: str) -> None:
    assert said in promise_sentence(found, "1 year")
