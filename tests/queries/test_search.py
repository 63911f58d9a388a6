"""What a search finds, where, in which order, and what it offers if it finds nothing."""

from pathlib import Path

import pytest

from dashboard.etl.build import build
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter, from_params
from dashboard.queries.overview import summary
from dashboard.queries.search import hits, suggestions
from dashboard.queries.store import Store, open_build
from dashboard.searching import LONGEST_SEARCH
from dashboard.settings import Settings
from tests.queries.test_filters import CHOICES


def found(store: Store, text: str, **fields: tuple[str, ...]) -> list[str]:
    return [hit.title for hit in hits(store, EventFilter(text=text, **fields), 50)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "name", "writing"),
    [
        ("igbal", "actor", "Ahsan Iqbal", "Ahsan Igbal"),
        ("iqbal", "actor", "Ahsan Iqbal", ""),
        ("peking", "place", "Beijing", "Peking"),
        ("beijing", "place", "Beijing", ""),
        ("PRC", "country", "China", "PRC"),
        ("space", "sector", "Space", ""),
        ("establishment", "type", "Establishment", ""),
    ],
)
def test_a_hit_says_which_name_matched_and_in_which_writing(
    store: Store, text: str, kind: str, name: str, writing: str
) -> None:
    for hit in hits(store, EventFilter(text=text), 50):
        said = {(one.kind, one.name, one.writing) for one in hit.names}
        if (kind, name, writing) in said:
            return
    pytest.fail(f"no hit of {text} names {name}, matched as {writing or 'itself'}")


def test_hits_are_the_selected_events_the_titles_first(store: Store) -> None:
    selection = EventFilter(text="laboratory")
    listed = hits(store, selection, 50)
    assert {hit.event_id for hit in listed} == set(event_rows(store, selection)["event_id"])
    in_title = ["laborator" in hit.title.lower() for hit in listed]
    assert in_title == sorted(in_title, reverse=True)
    assert len(hits(store, selection, 2)) == 2


def test_every_hit_says_where_it_holds_the_words(store: Store) -> None:
    for text in ("laboratory", "china energy", '"joint laboratory"', "igbal green"):
        for hit in hits(store, EventFilter(text=text), 50):
            places = [hit.title, *(name.name for name in hit.names), *(name.writing for name in hit.names)]
            assert hit.quotes or any(places)
            assert hit.quote_count >= len(hit.quotes)


def test_a_phrase_finds_fewer_than_its_words(store: Store) -> None:
    phrase, words = set(found(store, '"joint laboratory"')), set(found(store, "joint laboratory"))
    assert phrase
    assert phrase < words


def test_a_word_must_begin_a_word(store: Store) -> None:
    assert found(store, "laborat")
    assert not found(store, "aboratory")


def test_a_search_and_another_filter_both_hold(store: Store) -> None:
    both = set(found(store, "laboratory", countries=("TJK",)))
    assert both
    assert both < set(found(store, "laboratory"))


def test_the_same_search_under_another_filter_agrees_with_its_own_count(store: Store) -> None:
    for selection in (
        EventFilter(text="china"),
        EventFilter(text="china", types=("visit",)),
        EventFilter(text="CHINA"),
    ):
        assert summary(store, selection).event_count == len(event_rows(store, selection)) > 0


def test_without_words_there_are_no_hits_and_nothing_is_left_out(store: Store) -> None:
    assert hits(store, EventFilter(text="?!"), 5) == ()
    assert summary(store, EventFilter(text="?!")).event_count == summary(store, EventFilter()).event_count


@pytest.mark.parametrize(
    ("text", "offered"),
    [("Iqbel", "Iqbal"), ("chinese acadmy", "chinese academy"), ("Bejing", "Beijing"), ("Tajikstan", "Tajikistan")],
)
def test_a_name_that_is_like_what_was_typed_is_offered(store: Store, text: str, offered: str) -> None:
    found = suggestions(store, EventFilter(text=text), 3)
    assert offered.lower() in [suggestion.text.lower() for suggestion in found]
    for suggestion in found:
        assert suggestion.event_count == summary(store, EventFilter(text=suggestion.text)).event_count > 0


@pytest.mark.parametrize("text", ["zzzzzz", "laboratory", "", "?!"])
def test_nothing_is_offered_for_what_is_found_or_like_nothing(store: Store, text: str) -> None:
    assert suggestions(store, EventFilter(text=text), 3) == ()


@pytest.mark.parametrize(
    "text", ["'; drop table events; --", "%", "_____", "\\", "a'b\"c", "\x00", "🙂", "x" * 150, '"' * 99]
)
def test_no_search_is_anything_but_words(store: Store, text: str) -> None:
    selection = EventFilter(text=text)
    assert summary(store, selection).event_count == len(event_rows(store, selection))
    assert summary(store, EventFilter()).event_count == 12


def test_a_megabyte_in_the_address_is_left_out_and_said() -> None:
    selection, problems = from_params({"q": ["laboratory " * 100_000]}, CHOICES)
    assert selection.text == ""
    assert f"expected {LONGEST_SEARCH} at the most" in problems[0]


SCRIPTS = "BEIJING, 3 June 2024 -- The Chinese Academy of Sciences (中国科学院) opened a joint laboratory for Türkiye’s batteries in Beijing on 3 June 2024 with Yıldız Technical University."


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A document that writes a name in two scripts."""
    home: Path = tmp_path_factory.mktemp("scripts")
    folders = Settings(home / "documents", home / "reviews", home / "build")
    folders.documents_dir.mkdir()
    (folders.documents_dir / "a.txt").write_text(SCRIPTS, encoding="utf-8")
    build(folders)
    return open_build(folders.output_dir)


@pytest.mark.parametrize(
    "text", ["中国科学院", "科学院", "turkiye", "Turkey", "yildiz", "Yıldız", "YILDIZ", '"joint laboratory"']
)
def test_scripts_without_blanks_and_names_without_accents_are_found(scripts: Store, text: str) -> None:
    assert len(found(scripts, text)) == 1
