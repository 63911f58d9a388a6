from pathlib import Path

import pandas as pd
import pytest

from dashboard.errors import TableError
from dashboard.etl.publish import check, publish
from dashboard.manifest import MANIFEST_FILE, Manifest, read_kept_manifest, read_manifest
from dashboard.schema import TABLES, conform
from tests.conftest import Built

MANIFEST = Manifest("b1", "0", "2026-01-01T00:00:00+00:00", "", {}, {}, {})


@pytest.fixture
def tables(built: Built) -> dict[str, pd.DataFrame]:
    manifest = built.report.manifest
    return {name: pd.read_parquet(built.settings.output_dir / manifest.folder / f"{name}.parquet") for name in TABLES}


@pytest.mark.parametrize(
    ("room", "published", "kept"),
    [
        (10**9, ["b1", "b2", "b3"], ["b1", "b2", "b3"]),
        (1, ["b1", "b2", "b3"], ["b2", "b3"]),
        (10**9, ["b1", "b2", "b1", "b3", "b3"], ["b1", "b2", "b3", "b3"]),
    ],
)
def test_a_build_is_swapped_in_whole_and_older_ones_are_kept_while_there_is_room(
    tmp_path: Path, tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch, room: int,
    published: list[str], kept: list[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("dashboard.etl.publish.MAX_KEPT_BUILDS_BYTES", room)
    for build_id in published:
        publish(tables, tmp_path, Manifest(**{**vars(MANIFEST), "build_id": build_id}))
    folders = sorted(folder.name.split("-")[1] for folder in tmp_path.glob("tables-*"))
    assert (read_manifest(tmp_path).build_id, folders) == (published[-1], kept)
    for build_id in kept:
        manifest = read_kept_manifest(tmp_path, build_id)
        assert manifest is not None
        assert (tmp_path / manifest.folder).is_dir()


def test_a_build_that_is_cut_off_leaves_the_last_good_one(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    publish(tables, tmp_path, MANIFEST)
    before = (tmp_path / MANIFEST_FILE).read_bytes()
    unwritable = tables | {"issues": pd.DataFrame({"mixed": [1, "two", b"3"]})}
    with pytest.raises(Exception, match="mixed"):
        publish(unwritable, tmp_path, MANIFEST)
    assert (tmp_path / MANIFEST_FILE).read_bytes() == before
    assert list(tmp_path.glob("partial-*")) != []
    publish(tables, tmp_path, MANIFEST)
    assert list(tmp_path.glob("partial-*")) == []


def damaged(tables: dict[str, pd.DataFrame], name: str, column: str, value: object) -> dict[str, pd.DataFrame]:
    rows = tables[name].copy()
    rows[column] = rows[column].astype(object)
    rows.loc[0, column] = value
    return tables | {name: conform(name, rows)}


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("events", "date_basis", "rumour", "events.date_basis, row 0: 'rumour'"),
        ("events", "completeness", 1.5, "events.completeness, row 0: 1.5"),
        ("events", "event_type_code", "party", "events.event_type_code: 'party'; expected a value of event_types"),
        ("event_sectors", "sector_code", "magic", "event_sectors.sector_code: 'magic'; expected a value of sectors"),
        ("evidence", "quote", "something the document never said", "is not at"),
        ("documents", "title", None, "documents.title, row 0"),
    ],
)
def test_a_table_that_breaks_its_schema_is_not_published(
    tables: dict[str, pd.DataFrame], table: str, column: str, value: object, said: str
) -> None:
    with pytest.raises(TableError, match="the last build stays") as caught:
        check(damaged(tables, table, column, value))
    assert said in str(caught.value)


def test_tables_that_break_their_schema_leave_the_last_good_build_alone(
    tmp_path: Path, tables: dict[str, pd.DataFrame]
) -> None:
    publish(tables, tmp_path, MANIFEST)
    before = sorted(tmp_path.iterdir()), (tmp_path / MANIFEST_FILE).read_bytes()
    with pytest.raises(TableError, match="is not at"):
        publish(damaged(tables, "evidence", "quote", "something the document never said"), tmp_path, MANIFEST)
    assert (sorted(tmp_path.iterdir()), (tmp_path / MANIFEST_FILE).read_bytes()) == before


def test_the_shipped_tables_satisfy_their_schema(tables: dict[str, pd.DataFrame]) -> None:
    check({name: conform(name, table) for name, table in tables.items()})
