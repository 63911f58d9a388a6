"""What every page has: filters from the address, a headline, downloads, an empty state, a build that is swapped."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard.manifest import MANIFEST_FILE
from dashboard.queries.store import Store
from tests.app_pages.conftest import OpenPage, asked, facets, texts
from tests.conftest import Built

PAGES = ("start", "overview", "timeline", "map", "breakdowns", "actors", "events", "documents", "codebook")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_runs_without_an_error(open_page: OpenPage, name: str) -> None:
    page = open_page(name)
    assert not page.exception
    assert not page.error
    assert len(page.title) == 1


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_a_selection_of_nothing(open_page: OpenPage, name: str) -> None:
    page = open_page(name, q="nowhere to be found")
    assert not page.exception


def test_the_headline_counts_the_selection_in_a_sentence(open_page: OpenPage, store: Store) -> None:
    total = store.manifest.tables["events"]
    assert f"{total} events in 3 documents" in texts(open_page("events"))
    assert "in space" in texts(open_page("events", sector="space"))


def test_the_widgets_show_what_the_address_says(open_page: OpenPage) -> None:
    page = open_page("events", sector=["space", "energy"], to="2025-07", q="launch", **{"from": "2024"})
    assert facets(page)["sectors"]["chosen"] == ["space", "energy"]
    assert page.date_input(key="filter_start").value == date(2024, 1, 1)
    assert page.date_input(key="filter_end").value == date(2025, 7, 31)
    assert page.text_input(key="filter_text").value == "launch"


def test_a_widget_changes_the_address_and_keeps_the_rest(open_page: OpenPage) -> None:
    page = open_page("events", sector="space")
    page.text_input(key="filter_text").set_value("launch").run()
    assert asked(page) == {"sector": "space", "q": "launch"}
    page.button(key="clear_headline").click().run()
    assert asked(page) == {}
    assert facets(page)["sectors"]["chosen"] == []


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"sector": "astrology"}, "sector “astrology”"),
        ({"from": "someday"}, "from=someday"),
        ({"to": "2025-13"}, "to=2025-13"),
        ({"from": "1066-10-14"}, "from=1066-10-14"),
        ({"from": "2025-08", "to": "2025-07"}, "ends before it starts"),
        ({"period": "fortnight"}, "period=fortnight"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_broken_parameter_is_named_and_left_out(open_page: OpenPage, params: dict[str, str], said: str) -> None:
    page = open_page("events", country="CHN", **params)
    assert any(said in warning.value.replace("\\", "") for warning in page.warning)
    assert asked(page) == {"country": "CHN"}
    page.text_input(key="filter_text").set_value("china").run()
    assert not page.warning


def test_a_day_range_that_turns_around_keeps_the_day_just_given(open_page: OpenPage) -> None:
    page = open_page("events", to="2025-07-10")
    page.date_input(key="filter_start").set_value(date(2025, 7, 20)).run()
    assert page.date_input(key="filter_end").value is None
    assert asked(page) == {"from": "2025-07-20"}
    assert len(page.warning) == 1


def test_an_empty_selection_says_which_filters_to_take_away(open_page: OpenPage) -> None:
    page = open_page("events", sector="space", q="zzzz")
    assert "No event of" in texts(page)
    assert [button.label.replace("\\", "") for button in page.button if button.key.startswith("without_")] == [
        "Without “mentioning “zzzz””: 3 more events",
    ]
    page.button(key="without_text").click().run()
    assert asked(page) == {"sector": "space"}
    assert "in space" in texts(page)


def test_each_part_of_the_selection_has_a_chip_that_takes_it_away(open_page: OpenPage) -> None:
    page = open_page(
        "events", sector=["space", "energy"], country="CHN", q="china", **{"also-country": "PAK", "from": "2024"}
    )
    chips = {b.key: b.label.replace("\\", "") for b in page.button if b.key.startswith("chip_")}
    assert chips == {
        "chip_sectors_space": "**Remove:** in space",
        "chip_sectors_energy": "**Remove:** in energy",
        "chip_countries_CHN": "**Remove:** with China",
        "chip_also_countries_PAK": "**Remove:** together with Pakistan",
        "chip_start_2024-01-01": "**Remove:** since 1 January 2024",
        "chip_text": "**Remove:** mentioning “china”",
    }
    for key in list(chips):
        page.button(key=key).click().run()
    assert set(page.query_params) == {"build"}
    assert not [button for button in page.button if button.key.startswith("chip_")]
    assert page.text_input(key="filter_text").value == ""


def test_the_facets_show_numbers_under_the_other_filters(open_page: OpenPage, store: Store) -> None:
    whole, narrowed = facets(open_page("events")), facets(open_page("events", sector="space"))
    assert [row[2] for row in narrowed["sectors"]["rows"]] == [row[2] for row in whole["sectors"]["rows"]]
    assert sum(row[2] for row in narrowed["types"]["rows"]) == 3
    empty = [row[2] == 0 for row in narrowed["types"]["rows"]]
    assert empty == sorted(empty)
    assert any(empty)


@pytest.mark.parametrize("params", [{}, {"sector": "space"}, {"type": "agreement", "country": "CHN"}])
@pytest.mark.parametrize(("name", "words"), [("actors", "a"), ("places", "a"), ("countries", "an"), ("documents", "t")])
def test_a_search_in_a_list_has_the_values_of_the_selection_first(
    open_page: OpenPage, name: str, words: str, params: dict[str, str]
) -> None:
    page = open_page("events", **params)
    page.session_state["facets_searched"] = {name: words}
    shown = facets(page.run())[name]
    with_events = {row[0]: row[2] for row in shown["rows"] if row[2] and words in row[1].lower()}
    counts = [row[2] for row in shown["found"]["rows"]]
    assert with_events.items() <= {row[0]: row[2] for row in shown["found"]["rows"]}.items()
    assert counts == sorted(counts, reverse=True)
    assert shown["found"]["words"] == words


def test_what_an_event_must_also_have_can_be_seen_in_its_facet(open_page: OpenPage) -> None:
    shown = facets(open_page("events", country="CHN", **{"also-country": "PAK"}))["countries"]
    assert (shown["chosen"], shown["also_rows"]) == (["CHN"], [["PAK", "Pakistan"]])


def test_the_downloads_say_how_many_rows_they_hold(open_page: OpenPage, store: Store) -> None:
    page = open_page("events")
    labels = [button.proto.label for button in page.get("download_button")]
    events, quotes = (store.manifest.tables[name] for name in ("events", "evidence"))
    assert labels == [f"Download {events} events (CSV)", f"Download {quotes} quotes (CSV)"]


def test_a_new_build_shows_without_a_restart_and_a_broken_one_leaves_the_last_good_one(
    open_page: OpenPage, built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "build"
    shutil.copytree(built.settings.output_dir, output)
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(output))
    page = open_page("codebook")
    manifest = json.loads((output / MANIFEST_FILE).read_text(encoding="utf-8"))
    shutil.copytree(output / manifest["folder"], output / "tables-later")
    later = manifest | {"folder": "tables-later", "built_at": "2030-01-01T00:00:00+00:00", "build_id": "later"}
    (output / MANIFEST_FILE).write_text(json.dumps(later), encoding="utf-8")
    assert "2030-01-01" in texts(page.run())
    (output / MANIFEST_FILE).write_text("{ half", encoding="utf-8")
    page.run()
    assert "2030-01-01" in texts(page)
    assert "newest build cannot be read" in texts(page)


def test_without_any_build_a_sentence_says_what_to_do(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(tmp_path))
    page = open_page("overview")
    assert not page.exception
    assert "python -m dashboard build" in page.error[0].value
