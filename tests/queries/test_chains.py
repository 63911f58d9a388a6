"""Chains and promises of a small build of news about three initiatives."""

from pathlib import Path

import pytest

from dashboard.etl.build import build
from dashboard.queries.chains import chain_of, chains, promises
from dashboard.queries.choices import choices
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from dashboard.settings import Settings

NEWS = {
    "signed.txt": "TASHKENT, 12 March 2024 -- The Lanzhou Institute of Chemical Physics and the National University of Uzbekistan signed a memorandum of understanding on 12 March 2024 in Tashkent to set up the China-Uzbekistan Joint Laboratory for Rare Metals.",
    "ground.txt": "TASHKENT, September 2024 -- Ground was broken in September 2024 in Tashkent for the China-Uzbekistan Joint Laboratory for Rare Metals. The National University of Uzbekistan gave the land.",
    "opened.txt": "TASHKENT, 20 May 2025 -- The China-Uzbekistan Joint Laboratory for Rare Metals was inaugurated in Tashkent on 20 May 2025 by the rector of the National University of Uzbekistan.",
    "farming.txt": "ASTANA, 3 June 2024 -- Kazakhstan and China signed an agreement on 3 June 2024 in Astana on a joint centre for dryland farming.",
    "medicines.txt": "HANOI, 7 February 2023 -- The VAST Institute of Chemistry and the University of Szeged signed a cooperation agreement on natural medicines in Hanoi on 7 February 2023. Vietnam and Hungary have worked together for decades.",
    "szeged.txt": "BUDAPEST, 9 October 2024 -- The VAST Institute of Chemistry of Vietnam and the University of Szeged of Hungary opened a laboratory for natural medicines in Szeged on 9 October 2024.",
    "ordered.txt": "ISLAMABAD, 1 July 2023 -- Pakistan and China signed a contract on 1 July 2023 in Islamabad to build the remote-sensing satellite PRSS-2.",
    "launched.txt": "JIUQUAN, 4 August 2025 -- Pakistan's remote-sensing satellite PRSS-2, built with China, was launched from the Jiuquan Satellite Launch Center on 4 August 2025.",
}  # fmt: skip


def news_store(home: Path) -> Store:
    folders = Settings(home / "documents", home / "reviews", home / "build")
    folders.documents_dir.mkdir()
    for name, text in NEWS.items():
        (folders.documents_dir / name).write_text(text, encoding="utf-8")
    build(folders)
    return open_build(folders.output_dir)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return news_store(tmp_path_factory.mktemp("news"))


def test_an_understanding_a_ground_breaking_and_an_opening_are_one_chain(news: Store) -> None:
    found = chains(news, EventFilter(), 10)
    laboratory = found.events[found.events["name"].str.contains("Rare Metals")]
    assert list(laboratory["event_type_code"]) == ["agreement", "establishment", "establishment"]
    assert list(laboratory["date_edtf"]) == ["2024-03-12", "2024-09", "2025-05-20"]
    assert list(laboratory["least_days"].dropna()) == [173, 232]
    assert list(laboratory["most_days"].dropna()) == [202, 261]
    assert set(laboratory["event_id"]) <= set(found.quotes["event_id"])


def test_partners_and_a_satellite_make_chains_too_and_nothing_else(news: Store) -> None:
    found = chains(news, EventFilter(), 10)
    assert set(found.events.groupby("chain_id").size()) == {2, 3}
    assert found.chain_count == 3
    assert set(found.events["basis"].dropna()) == {"object", "organisations"}


def test_a_selection_shows_the_chains_it_touches_whole(news: Store) -> None:
    found = chains(news, EventFilter(types=("launch",)), 10)
    assert list(found.events["is_selected"]) == [False, True]
    assert (found.chain_count, found.selected_count) == (1, 1)


def test_the_chain_of_a_click_selects_its_events(news: Store) -> None:
    for chain_id, name in choices(news).chains.items():
        rows = event_rows(news, EventFilter().narrowed(chains=chain_id))
        chain = chain_of(news, chain_id)
        assert set(rows["event_id"]) == set(chain["event_id"])
        assert set(chain["name"]) == {name}


def test_a_promise_without_a_later_event_of_its_chain_is_listed_the_oldest_first(news: Store) -> None:
    found = promises(news, EventFilter(), 12, 10)
    assert [row.title for row in found.events.itertuples()] == ["Kazakhstan and China signed an agreement"]
    assert (found.count, found.followed_count, str(found.as_of)) == (1, 3, "2025-08-04")
    assert promises(news, EventFilter(), 24, 10).count == 0


def test_the_counts_of_promises_are_those_of_the_selection(store: Store) -> None:
    everything = promises(store, EventFilter(), 0, 1000)
    assert everything.count == len(everything.events)
    assert list(everything.events["end_date"]) == sorted(everything.events["end_date"])
    assert set(everything.events["type"]) <= {"Agreement", "Policy"}
    one = promises(store, EventFilter(types=("visit",)), 0, 1000)
    assert (one.count, one.followed_count, one.undated_count) == (0, 0, 0)
