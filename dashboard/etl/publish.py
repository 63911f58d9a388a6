"""Tables to files: written beside the current build while they are checked, and swapped in whole."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock

from dashboard.errors import TableError, collected
from dashboard.etl.checks import holds
from dashboard.manifest import MANIFEST_FILE, Manifest
from dashboard.schema import FOREIGN_KEYS, TABLES, ForeignKey, Table
from dashboard.settings import MAX_KEPT_BUILDS_BYTES

PARTIAL = "partial-"
FINISHED = "tables-"
KEPT_BUILDS = 2
"""The current build and the one before it stay in any case: a running server may still be reading the latter."""


def check(tables: Mapping[str, pd.DataFrame]) -> None:
    """Check every table against its schema, every reference between tables, and every quote against its document.

    Raises: TableError with all failures together; nothing is published then.
    """
    failures = [failure for name, schema in TABLES.items() for failure in _schema_failures(schema, tables[name])]
    failures += [failure for key in FOREIGN_KEYS for failure in _reference_failures(key, tables)]
    failures += _quote_failures(tables)
    if failures:
        raise TableError(collected("The tables do not satisfy their schema, and the last build stays", failures))


def _schema_failures(schema: Table, table: pd.DataFrame) -> list[str]:
    if holds(schema, table):
        return []
    from dashboard.etl.failures import failures  # noqa: PLC0415  (pandera takes a quarter of a second to load)

    return failures(schema, table)


def _reference_failures(key: ForeignKey, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    values = pa.array(tables[key.table][key.column]).drop_null()
    known = pc.is_in(values, value_set=pa.array(tables[key.other][key.other_column]))
    strangers = sorted(set(values.filter(pc.invert(known)).to_pylist()))
    return [
        f"{key.table}.{key.column}: {value!r}; expected a value of {key.other}.{key.other_column}"
        for value in strangers
    ]


def _quote_failures(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    documents, evidence = tables["documents"], tables["evidence"]
    texts = dict(zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True))
    names = ("event_id", "field", "document_id", "start_offset", "end_offset", "quote")
    return [
        f"evidence of event {event_id}, {field}: “{quote}” is not at {start}–{end} of {document_id}"
        for event_id, field, document_id, start, end, quote in zip(
            *(evidence[name].tolist() for name in names), strict=True
        )
        if texts.get(document_id, quote)[start:end] != quote and document_id in texts
    ]


def publish(tables: Mapping[str, pd.DataFrame], output_dir: Path, manifest: Manifest) -> Manifest:
    """Write the tables into a folder of their own and make it the current build by replacing one file.

    Rules: nothing is published before `check` has passed, which runs beside the writing. Two builds take turns; what a build
    that was cut off left behind is cleared away; the current build stays whole until the new one is.
    Raises: TableError if the tables do not satisfy their schema.
    """
    output_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(output_dir / ".lock"):
        for leftover in output_dir.glob(f"{PARTIAL}*"):
            shutil.rmtree(leftover)
        partial = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=output_dir))
        with ThreadPoolExecutor(1) as pool:
            checking = pool.submit(check, tables)
            for name, table in tables.items():
                rows = pa.Table.from_pandas(table, preserve_index=False, nthreads=1)
                pq.write_table(rows, partial / f"{name}.parquet")
        try:
            checking.result()
        except TableError:
            shutil.rmtree(partial)
            raise
        finished = output_dir / partial.name.replace(PARTIAL, f"{FINISHED}{manifest.build_id}-", 1)
        partial.rename(finished)
        published = Manifest(**{**vars(manifest), "folder": finished.name})
        (finished / MANIFEST_FILE).write_text(published.to_json(), encoding="utf-8")
        _replace(output_dir / MANIFEST_FILE, published.to_json())
        _clear_old(output_dir, finished)
    return published


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def _clear_old(output_dir: Path, current: Path) -> None:
    """Let go of older builds once all of them take more than `MAX_KEPT_BUILDS_BYTES`, the oldest first; one that has the
    same id as a newer one says nothing that the newer does not."""
    builds = sorted(output_dir.glob(f"{FINISHED}*"), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    builds = [current, *(folder for folder in builds if folder != current)]
    total, seen = 0, set[str]()
    for rank, folder in enumerate(builds):
        build_id = folder.name.removeprefix(FINISHED).partition("-")[0]
        total += sum(file.stat().st_size for file in folder.iterdir())
        if rank >= KEPT_BUILDS and (total > MAX_KEPT_BUILDS_BYTES or build_id in seen):
            shutil.rmtree(folder)
        seen.add(build_id)
