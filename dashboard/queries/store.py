"""One published build, open for questions."""

import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, runtime_checkable

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend

from dashboard.errors import BuildMissingError
from dashboard.manifest import REBUILD, Manifest, read_manifest
from dashboard.queries.words import found
from dashboard.schema import TABLES
from dashboard.searching import Term

CODED_COLUMNS = {
    "events": (
        "event_type_code", "date_precision", "date_basis", "place_id", "place_precision", "mode", "main_sector_code",
        "sector_set_id", "review_state",
    ),
    "sector_sets": ("sector_set_id", "sector_code"),
}  # fmt: skip
"""Columns kept as DuckDB enumerations: small integers to scan and group, names to read."""

SELECTED = "selected"
"""The name under which a question finds the selected rows of `events`."""

FOUND = "found"
"""The name under which a question about a selection with a search finds `words.found`: event_id and rank."""

KEPT_SELECTIONS = 64
KEPT_QUESTIONS = 512

Tables = Mapping[str, ir.Table]
Question = Callable[..., ir.Table]
"""A function of the tables (and of hashable arguments) that says what to compute."""


class Selection(Protocol, Hashable):
    """Anything that can say which events are selected."""

    def events(self, tables: Tables) -> ir.Table:
        """The selected rows of `events`."""


@runtime_checkable
class Searching(Protocol):
    """A selection that may search for terms."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """What every selected event must hold."""


class _Found:
    """The table of the events that hold some terms; it lives as long as a selection uses it.

    Rules: every question of a page reads the selection anew, and looking through the words of a million events takes a third of
    a second: so it is done once for each search, whatever else is selected.
    """

    def __init__(self, name: str, sql: str, cursor: duckdb.DuckDBPyConnection) -> None:
        self.name, self._sql, self._cursor = name, sql, cursor
        self._lock = Lock()
        self._is_made = False

    def make(self) -> None:
        """Look the terms up, if nobody has yet."""
        with self._lock:
            if not self._is_made:
                self._cursor.execute(f"create table {self.name} as {self._sql}")
                weakref.finalize(self, self._cursor.execute, f"drop table {self.name}").atexit = False
                self._is_made = True


@dataclass
class _Selected:
    """A cursor of its own, in which the view `selected` is one selection."""

    cursor: duckdb.DuckDBPyConnection
    sql: str
    found: _Found | None
    lock: Lock = field(default_factory=Lock)
    is_ready: bool = False

    def ready(self) -> None:
        """Make the views of the selection, if nobody has yet; under its lock."""
        if self.is_ready:
            return
        if self.found:
            self.found.make()
            self.cursor.execute(f"create temp view {FOUND} as select * from {self.found.name}")
        self.cursor.execute(f"create temp view {SELECTED} as {self.sql}")
        self.is_ready = True


class Store:
    """A build in memory. Safe to share between threads.

    Rules: a question is turned into SQL once, for whatever selection: writing SQL takes Ibis ten times as long as answering
    it takes DuckDB. Each selection is a view in a cursor of its own.
    """

    def __init__(self, backend: Backend, manifest: Manifest) -> None:
        self.manifest = manifest
        self._backend = backend
        schemas = {name: backend.table(name).schema() for name in TABLES}
        self._tables = {name: ibis.table(schema, name=name) for name, schema in schemas.items()}
        self._tables[FOUND] = ibis.table({"event_id": "string", "rank": "int8"}, name=FOUND)
        self._tables[SELECTED] = ibis.table(schemas["events"], name=SELECTED)
        self._written: OrderedDict[Hashable, str] = OrderedDict()
        self._selections: OrderedDict[Selection, _Selected] = OrderedDict()
        self._found: weakref.WeakValueDictionary[tuple[Term, ...], _Found] = weakref.WeakValueDictionary()
        self._found_count = 0
        self._lock = Lock()

    def ask(self, selection: Selection, question: Question, *arguments: Hashable) -> pd.DataFrame:
        """Answer a question about a selection. Days come back as `datetime64`, codes as text."""
        sql = self._sql(question, arguments)
        selected = self._selected(selection)
        with selected.lock:
            selected.ready()
            answer = selected.cursor.sql(sql).to_arrow_table()
        plain = [pa.field(column.name, _plain(column.type)) for column in answer.schema]
        return answer.cast(pa.schema(plain)).to_pandas(date_as_object=False)

    def keep(self, name: str, question: Question) -> None:
        """Answer a question about all events once, and keep the answer as a table for other questions.

        Rules: for what is the same whatever is selected, and dear to join anew for each selection.
        """
        with self._lock:
            if name not in self._tables:
                answer = question({**self._tables, SELECTED: self._tables["events"]})
                self._backend.con.cursor().execute(f"create table {name} as {self._backend.compile(answer)}")
                self._tables[name] = ibis.table(answer.schema(), name=name)

    def _sql(self, question: Question, arguments: tuple[Hashable, ...]) -> str:
        sql: str = self._kept(self._written, (question, arguments), KEPT_QUESTIONS, self._write)
        return sql

    def _write(self, key: tuple[Question, tuple[Hashable, ...]]) -> str:
        question, arguments = key
        return str(self._backend.compile(question(self._tables, *arguments)))

    def _selected(self, selection: Selection) -> _Selected:
        selected: _Selected = self._kept(self._selections, selection, KEPT_SELECTIONS, self._select)
        return selected

    def _select(self, selection: Selection) -> _Selected:
        sql = str(self._backend.compile(selection.events(self._tables)))
        sought = selection.terms if isinstance(selection, Searching) else ()
        return _Selected(self._backend.con.cursor(), sql, self._find(sought) if sought else None)

    def _find(self, sought: tuple[Term, ...]) -> _Found:
        known = self._found.get(sought)
        if known is None:
            self._found_count += 1
            sql = str(self._backend.compile(found(self._tables["event_search"], sought)))
            known = self._found[sought] = _Found(f"{FOUND}_{self._found_count}", sql, self._backend.con.cursor())
        return known

    def _kept(self, kept: "OrderedDict[Any, Any]", key: Any, most: int, make: Callable[[Any], Any]) -> Any:
        """What was made for this key before, else made now; the longest unused is let go."""
        with self._lock:
            if key not in kept:
                kept[key] = make(key)
                if len(kept) > most:
                    kept.popitem(last=False)
            kept.move_to_end(key)
            return kept[key]


def _plain(kind: pa.DataType) -> pa.DataType:
    """Text in place of the codes that stand for it; in Arrow this takes a fiftieth of what it takes in pandas."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def open_build(output_dir: Path) -> Store:
    """Load the current build of a folder into memory.

    Raises: BuildMissingError if there is no complete build.
    """
    return open_tables(output_dir, read_manifest(output_dir))


def open_tables(output_dir: Path, manifest: Manifest) -> Store:
    """Load the build of a manifest into memory.

    Raises: BuildMissingError if a table is gone or cannot be read.
    """
    backend = ibis.duckdb.connect()
    for name in TABLES:
        _load(backend, name, output_dir / manifest.folder / f"{name}.parquet")
    return Store(backend, manifest)


def _load(backend: Backend, name: str, path: Path) -> None:
    try:
        backend.con.execute(f"create table {name} as select * from read_parquet(?)", [str(path)])
    except duckdb.Error as error:
        raise BuildMissingError(f"the table {path} cannot be read ({str(error).splitlines()[0]}); {REBUILD}") from error
    for column in CODED_COLUMNS.get(name, ()):
        _encode(backend, name, column)


def _encode(backend: Backend, table: str, column: str) -> None:
    """Make a column an enumeration of its values; a column without any value stays text, since none has no members."""
    values = backend.con.execute(
        f"select distinct {column} from {table} where {column} is not null order by 1"
    ).fetchall()
    if values:
        members = ", ".join(f"'{value.replace(chr(39), chr(39) * 2)}'" for (value,) in values)
        backend.con.execute(f"create type {table}_{column} as enum ({members})")
        backend.con.execute(f"alter table {table} alter {column} type {table}_{column}")
