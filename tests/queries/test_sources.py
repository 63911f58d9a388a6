"""An event that several documents tell, as a page asks for it."""

from pathlib import Path

import pytest

from dashboard.etl.build import build
from dashboard.queries.documents import document_detail
from dashboard.queries.events import event_detail, event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from dashboard.settings import Settings
from tests.etl.test_origins import STORIES

TEXTS = {
    "a.txt": "TASHKENT, 18 September 2024 -- Uzbekistan and the Republic of Korea launched a joint laboratory for rare metals in Tashkent on Wednesday. The Korea Institute of Geoscience runs it.",
    "b.txt": "SEOUL, Sept. 19, 2024 (Hangang News) -- The Korea Institute of Geoscience opened a laboratory for rare metals with Uzbekistan in Tashkent on Thursday. The ribbon was cut by both.",
    "c.txt": STORIES[0],
    "d.txt": STORIES[0] + "\n\nEditing by N. N.",
}  # fmt: skip
SOURCES = "file,publisher,title,published,language,kind\na.txt,A,,2024-09-18,,\nb.txt,B,,2024-09-19,,\nc.txt,C,,,,\n"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two tellings of one opening that differ by a day, and two copies of one story."""
    home: Path = tmp_path_factory.mktemp("told")
    folders = Settings(home / "documents", home / "reviews", home / "build")
    folders.documents_dir.mkdir()
    for name, text in TEXTS.items():
        (folders.documents_dir / name).write_text(text)
    (folders.documents_dir / "sources.csv").write_text(SOURCES)
    build(folders)
    return open_build(folders.output_dir)


def test_an_event_names_its_sources_and_where_they_disagree(told: Store) -> None:
    (event_id,) = event_rows(told, EventFilter(text="rare metals"))["event_id"]
    detail = event_detail(told, event_id)
    assert detail is not None
    assert set(detail.sources["publisher"]) == {"A", "B"}
    assert detail.sources["origin_id"].nunique() == 2
    (row,) = detail.disagreements.to_dict("records")
    assert (row["field"], {row["quote"], row["other_quote"]}) == ("date", {"Wednesday", "Thursday"})


def test_the_id_of_every_telling_leads_to_the_event(told: Store) -> None:
    (event_id,) = event_rows(told, EventFilter(text="rare metals"))["event_id"]
    detail = event_detail(told, event_id)
    assert detail is not None
    for telling_id in detail.sources["telling_id"]:
        same = event_detail(told, telling_id)
        assert same is not None
        assert same.row["event_id"] == event_id


def test_a_document_names_its_copies(told: Store) -> None:
    ids = dict(
        told.ask(EventFilter(), lambda tables: tables["documents"].select("name", "document_id")).itertuples(
            index=False
        )
    )
    for name, other in (("c.txt", "d.txt"), ("d.txt", "c.txt")):
        detail = document_detail(told, ids[name], EventFilter())
        assert detail is not None
        assert list(detail.copies["document_id"]) == [ids[other]]
    alone = document_detail(told, ids["a.txt"], EventFilter())
    assert alone is not None
    assert alone.copies.empty
