"""The codebook page explains every code that the tables hold."""

from dashboard.app_pages import wording
from dashboard.codebook import DATE_BASES
from dashboard.edtf import PRECISIONS
from dashboard.queries.codebook import event_types, names, sectors
from dashboard.queries.store import Store
from dashboard.schema import MODES, PLACE_PRECISIONS, REVIEW_STATES, SEVERITIES, TABLES
from tests.app_pages.conftest import OpenPage, texts


def test_every_code_of_the_schema_has_words() -> None:
    assert set(wording.BASES) == {*DATE_BASES, "unknown"}
    assert set(wording.PRECISIONS) == {*PRECISIONS, "unknown"}
    assert set(wording.PLACE_PRECISIONS) == set(PLACE_PRECISIONS)
    assert set(wording.MODES) == set(MODES)
    assert set(wording.REVIEW_STATES) == set(REVIEW_STATES)
    assert set(wording.SEVERITIES) == set(SEVERITIES)


def test_the_page_names_types_sectors_other_names_tables_and_the_build(open_page: OpenPage, store: Store) -> None:
    said = texts(open_page("codebook"))
    for label in (*event_types(store)["label"], *sectors(store)["label"]):
        assert label in said
    assert "Ahsan Igbal" in set(names(store)["alias"])
    assert "Ahsan Igbal" in said
    assert store.manifest.build_id in said


def test_every_column_of_every_table_is_explained(open_page: OpenPage) -> None:
    said = texts(open_page("codebook"))
    for schema in TABLES.values():
        for column in schema.columns:
            assert f"<code>{column}</code>" in said
