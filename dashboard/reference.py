"""The data files of `data/reference/`, loaded and checked: code lists, countries, places, actors, shapes.

Every file is a CSV table in UTF-8, one row a line, where each row says where it comes from. A file that breaks its own
rules is refused whole, with all its failures in one message. Loaded once a process; each call returns a new frame.
"""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.errors import ReferenceDataError, collected
from dashboard.settings import REFERENCE_DIR

COUNTRY_NAME_KINDS = ("name", "demonym", "abbreviation")
PLACE_KINDS = (
    "city", "spaceport", "campus", "science_park", "laboratory", "observatory", "station", "island", "port", "power_plant",
    "site", "region",
)  # fmt: skip
ACTOR_KINDS = ("org", "person")
INITIATIVE_ROLES = ("head", "generic", "joint", "boundary")
SERIES_WORD_KINDS = ("ordinal", "occasion")

_CODE = r"[a-z_]+"
_ALPHA_3 = r"[A-Z]{3}"
_COLOR = r"#[0-9a-f]{6}"
_PLACE_ID = r"(?:geonames:[0-9]+|own:[a-z0-9-]+)"
_FORD = r"(?:[1-6]\.[0-9]{1,2}(?:; )?)*"
_CRS = r"(?:[1-9][0-9]{4}(?:; )?)*"


@dataclass(frozen=True)
class Rule:
    """What the cells of one column must be. `holds` gets the column and the folder, and says which rows keep the rule."""

    column: str
    expected: str
    holds: Callable[["pd.Series[Any]", Path], "pd.Series[bool]"]


@dataclass(frozen=True)
class Table:
    """A data file: its columns, the columns that name a row, the column that says why the row is there, and its rules."""

    name: str
    columns: tuple[str, ...] | None
    key: tuple[str, ...]
    reason_column: str
    rules: tuple[Rule, ...] = ()
    whole_numbers: tuple[str, ...] = ()
    """Columns read as whole numbers; an empty cell is 0."""
    decimals: tuple[str, ...] = ()


def _matches(column: str, pattern: str, expected: str) -> Rule:
    return Rule(column, expected, lambda cells, _: cells.str.fullmatch(pattern))


def _one_of(column: str, values: Sequence[str]) -> Rule:
    return Rule(column, f"one of {', '.join(values)}", lambda cells, _: cells.isin(values))


def _known(column: str, others: tuple[str, ...], other_column: str, *, or_empty: bool = False) -> Rule:
    """The cell is a value of `other_column` of one of the other files."""
    expected = (
        f"a {other_column} of {' or '.join(f'{other}.csv' for other in others)}{', or nothing' if or_empty else ''}"
    )
    return Rule(
        column,
        expected,
        lambda cells, folder: _among(cells, _values(others, other_column, folder)) | ((cells == "") & or_empty),
    )


def _new(column: str, expected: str, other: str, other_column: str) -> Rule:
    """The cell is no value of `other_column` of the other file."""
    return Rule(column, expected, lambda cells, folder: ~_among(cells, _values((other,), other_column, folder)))


def _among(cells: "pd.Series[Any]", values: pa.ChunkedArray) -> "pd.Series[bool]":
    """Which cells are among the values; pandas' `isin` would turn them into objects first, and a gazetteer has many."""
    found = pc.is_in(pa.array(cells), value_set=values)
    return pd.Series(found.to_numpy(zero_copy_only=False), index=cells.index)


def _values(names: tuple[str, ...], column: str, folder: Path) -> pa.ChunkedArray:
    return pa.chunked_array(
        [chunk for name in names for chunk in _chunks(_load(name, folder)[column])], type=pa.large_string()
    )


def _chunks(cells: "pd.Series[Any]") -> list[pa.Array]:
    values = pa.array(cells)
    return values.chunks if isinstance(values, pa.ChunkedArray) else [values]


def _within(column: str, low: float, high: float) -> Rule:
    return Rule(column, f"a number from {low} to {high}", lambda cells, _: _numbers(cells).between(low, high))


def _numbers(cells: "pd.Series[Any]") -> "pd.Series[float]":
    """The cells as numbers, missing where they are none; the plain way first, because it is four times as fast."""
    try:
        return cells.astype("float64")
    except ValueError:
        return pd.to_numeric(cells, errors="coerce").astype("float64")


def _filled(column: str, expected: str) -> Rule:
    return Rule(column, expected, lambda cells, _: cells.str.strip() != "")


def _whole(column: str) -> Rule:
    return _matches(column, r"[0-9]*", "a whole number, or nothing")


_PLACE_COLUMNS = ("place_id", "name", "kind", "country_code", "region", "latitude", "longitude", "population", "source")
_PLACE_RULES = (
    _matches("place_id", _PLACE_ID, "geonames:<number> or own:<name>"),
    _filled("name", "a name"),
    _one_of("kind", PLACE_KINDS),
    _known("country_code", ("countries",), "country_code"),
    _within("latitude", -90, 90),
    _within("longitude", -180, 180),
    _whole("population"),
)
_PLACE_FILES = ("places", "places_of_the_trade")

TABLES = {
    table.name: table
    for table in (
        Table(
            "event_types", ("event_type_code", "label", "meaning", "plover", "source"), ("event_type_code",), "source",
            (_matches("event_type_code", _CODE, "small letters"), _filled("label", "a label"), _filled("meaning", "a meaning")),
        ),
        Table(
            "sectors", ("sector_code", "label", "meaning", "color_light", "color_dark", "frascati", "crs", "source"), ("sector_code",), "source",
            (
                _matches("sector_code", _CODE, "small letters"), _filled("label", "a label"), _filled("meaning", "a meaning"),
                _matches("color_light", _COLOR, "a colour such as #1f77b4"), _matches("color_dark", _COLOR, "a colour such as #1f77b4"),
                _matches("frascati", _FORD, "codes such as 2.3, joined by '; '"), _matches("crs", _CRS, "codes such as 43082, joined by '; '"),
            ),
        ),
        Table(
            "countries", ("country_code", "alpha2", "name", "source"), ("country_code",), "source",
            (_matches("country_code", _ALPHA_3, "three capitals"), _matches("alpha2", r"[A-Z]{2}", "two capitals"), _filled("name", "a name")),
        ),
        Table(
            "country_labels", ("country_code", "latitude", "longitude", "source"), ("country_code",), "source",
            (_known("country_code", ("countries",), "country_code"), _within("latitude", -90, 90), _within("longitude", -180, 180)),
            decimals=("latitude", "longitude"),
        ),
        Table(
            "country_names", ("name", "country_code", "kind", "reason"), ("name",), "reason",
            (_known("country_code", ("countries",), "country_code"), _one_of("kind", COUNTRY_NAME_KINDS)),
        ),
        Table(
            "initiative_words", ("word", "role", "kind", "reason"), ("word",), "reason",
            (_matches("word", r"[a-z]+", "small letters"), _one_of("role", INITIATIVE_ROLES)),
        ),
        Table(
            "chain_steps", ("earlier_type", "later_type", "basis", "reason"), ("earlier_type", "later_type"), "reason",
            (
                _known("earlier_type", ("event_types",), "event_type_code"), _known("later_type", ("event_types",), "event_type_code"),
                _one_of("basis", ("any", "object")),
            ),
        ),
        Table("feature_words", ("feature", "label", "reason"), ("feature",), "reason", (_matches("feature", _CODE, "small letters"), _filled("label", "words for a reader"))),
        Table(
            "series_words", ("kind", "word", "number", "reason"), ("kind", "word"), "reason",
            (_one_of("kind", SERIES_WORD_KINDS), _matches("word", r"[a-z]+(?:-[a-z]+)?", "small letters")), ("number",),
        ),
        Table(
            "regional_bodies", ("name", "code", "reason"), ("name",), "reason",
            (
                _matches("code", r"[A-Z][A-Z0-9_]+", "capitals"),
                _new("code", "no code of countries.csv", "countries", "country_code"),
            ),
        ),
        Table("places", _PLACE_COLUMNS, ("place_id",), "source", _PLACE_RULES, ("population",), ("latitude", "longitude")),
        Table(
            "places_of_the_trade", (*_PLACE_COLUMNS, "aliases", "stands_for", "reason"), ("place_id",), "reason",
            (
                *_PLACE_RULES,
                _new("place_id", "a place that places.csv lacks", "places", "place_id"),
                _known("stands_for", ("places",), "place_id", or_empty=True),
                _filled("source", "where the coordinates come from"),
            ),
            ("population",), ("latitude", "longitude"),
        ),
        Table("place_aliases", ("alias", "place_id", "reason"), ("alias", "place_id"), "reason", (_known("place_id", _PLACE_FILES, "place_id"),)),
        Table(
            "place_preferences", ("name", "country_code", "place_id", "reason"), ("name", "country_code"), "reason",
            (_known("country_code", ("countries",), "country_code"), _known("place_id", _PLACE_FILES, "place_id")),
        ),
        Table(
            "actors", ("name", "kind", "country_code", "acronym", "reason"), ("name",), "reason",
            (
                _one_of("kind", ACTOR_KINDS), _known("country_code", ("countries",), "country_code", or_empty=True),
                Rule("acronym", "an acronym of one actor only, or nothing", lambda cells, _: (cells == "") | ~cells.str.lower().duplicated()),
            ),
        ),
        Table(
            "actor_aliases", ("alias", "name", "reason"), ("alias",), "reason",
            (
                _known("name", ("actors",), "name"),
                _new("alias", "a writing that is nobody's canonical name", "actors", "name"),
            ),
        ),
    )
}  # fmt: skip


def event_types() -> pd.DataFrame:
    """*Shape*: one row an event type of the codebook, in its order; `plover` is missing where PLOVER has no such type."""
    return _missing_if_empty(_table("event_types"), "plover")


def sectors() -> pd.DataFrame:
    """*Shape*: one row a sector of the codebook, in its order; `frascati` and `crs` are codes joined by `; `, or missing."""
    return _missing_if_empty(_table("sectors"), "frascati", "crs")


def countries() -> pd.DataFrame:
    """*Shape*: one row for each entry of ISO 3166-1, and Kosovo under its user-assigned code."""
    return _table("countries")


def country_labels() -> pd.DataFrame:
    """*Shape*: one row a country: the point at which a map writes its name. *Rules*: it is no place where anything happened.
    *Units*: degrees in WGS 84."""
    return _table("country_labels")


def country_names() -> pd.DataFrame:
    """*Shape*: one row for each name, demonym or abbreviation; a writing belongs to one country."""
    return _table("country_names")


def regional_bodies() -> pd.DataFrame:
    """*Shape*: one row for each name of a body that takes part as itself; the first row of a `code` has its usual name."""
    return _table("regional_bodies")


@cache
def _places() -> pd.DataFrame:
    trade = _load("places_of_the_trade", REFERENCE_DIR)
    cities = _load("places", REFERENCE_DIR).assign(aliases="", stands_for="", reason="")
    return pd.concat([cities, trade], ignore_index=True)


def feature_words() -> pd.DataFrame:
    """*Shape*: one row for each reason for or against an event that the extractor weighs, with its name in words."""
    return _table("feature_words")


def series_words() -> pd.DataFrame:
    """*Shape*: one row for each ordinal (`number` says which) and each kind of occasion that is numbered (`number` is 0)."""
    return _table("series_words")


def places() -> pd.DataFrame:
    """The cities of GeoNames and the places of the trade.

    *Shape*: one row a place; key `place_id`. `aliases` are joined by `;`; `stands_for` is the city that an event there is
    coded as, where that is customary.
    *Units*: degrees in WGS 84; `population` in inhabitants, 0 where it is not known or nobody lives there.
    """
    return _places().copy(deep=False)


def place_aliases() -> pd.DataFrame:
    """*Shape*: one row for each other name of a place; one alias may name several places."""
    return _table("place_aliases")


def place_preferences() -> pd.DataFrame:
    """*Shape*: one row for each name that several places of a country share: the one that is meant unless the text says otherwise."""
    return _table("place_preferences")


def initiative_words() -> pd.DataFrame:
    """*Shape*: one row for each word that counts in the name of an initiative. A `head` (laboratory) has the `kind` under which
    writings of it are one; a `generic` word tells nothing apart; a `joint` word joins a head and its subject; at a `boundary` the name ends.
    """
    return _table("initiative_words")


def chain_steps() -> pd.DataFrame:
    """*Shape*: one row for each pair of types of which the later may follow from the earlier. `basis`: `object` where only one named
    thing in both can link them, `any` where the same organisations can too.
    """
    return _table("chain_steps")


def actors() -> pd.DataFrame:
    """*Shape*: one row an organisation or person under its canonical name; `country_code` and `acronym` may be empty."""
    return _table("actors")


def actor_aliases() -> pd.DataFrame:
    """*Shape*: one row for each other writing of an actor's name; `name` is the canonical name."""
    return _table("actor_aliases")


@cache
def _shapes() -> str:
    return (REFERENCE_DIR / "country_shapes.geojson").read_text(encoding="utf-8")


def country_shapes() -> dict[str, Any]:
    """The outlines of countries as GeoJSON, each with `country_code` (empty where ISO 3166-1 has none) and `name`.

    Source: Natural Earth 1:110m, de facto borders; they imply no position.
    """
    shapes: dict[str, Any] = json.loads(_shapes())
    return shapes


def read_table(
    name: str, columns: Sequence[str] | None, key: Sequence[str], reason_column: str, *, folder: Path = REFERENCE_DIR
) -> pd.DataFrame:
    """Read a file of the folder, all its cells as text, an empty cell as an empty text.

    Rules: `columns` are all that the file has, in any order (None: whatever it has). The cells of `key` name a row and
    occur once; `reason_column` says of each row why it is there.
    Raises: ReferenceDataError with every cell that breaks a rule.
    """
    return _checked(Table(name, tuple(columns) if columns is not None else None, tuple(key), reason_column), folder)


def _table(name: str) -> pd.DataFrame:
    return _load(name, REFERENCE_DIR).copy(deep=False)


@cache
def _load(name: str, folder: Path) -> pd.DataFrame:
    return _checked(TABLES[name], folder)


def _missing_if_empty(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].where(frame[column] != "") for column in columns})


def _checked(table: Table, folder: Path) -> pd.DataFrame:
    """The file as a frame of the right types, or ReferenceDataError."""
    frame = _read(folder / f"{table.name}.csv")
    failures = _column_failures(table, frame) or [
        *_empty_failures(table, frame), *_key_failures(table, frame), *_rule_failures(table, frame, folder),
    ]  # fmt: skip
    if failures:
        raise ReferenceDataError(collected(f"data/reference/{table.name}.csv", failures))
    whole = {column: pd.to_numeric(frame[column].replace("", "0")).astype("int64") for column in table.whole_numbers}
    decimal = {column: _numbers(frame[column]) for column in table.decimals}
    return frame.assign(**whole, **decimal)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, engine="pyarrow", encoding="utf-8")
    except FileNotFoundError as error:
        raise ReferenceDataError(f"data/reference/{path.name} is missing; restore it from the repository.") from error
    except pd.errors.EmptyDataError as error:
        raise ReferenceDataError(
            f"data/reference/{path.name} is empty; expected a line with the columns' names."
        ) from error
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise ReferenceDataError(
            collected(f"data/reference/{path.name}", _ragged_lines(path) or [f"not a CSV file in UTF-8: {error}"])
        ) from error


def _ragged_lines(path: Path) -> list[str]:
    """The lines that have more or fewer cells than the first."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        reader = csv.reader(file)
        width = len(next(reader, []))
        return [
            f"line {reader.line_num}: {len(cells)} cells in {','.join(cells)!r}; expected {width} (a cell with a comma needs quotes)"
            for cells in reader
            if cells and len(cells) != width
        ]


def _column_failures(table: Table, frame: pd.DataFrame) -> list[str]:
    needed = {*table.key, table.reason_column, *(table.columns or ())}
    missing = sorted(needed - set(frame.columns))
    unknown = sorted(set(frame.columns) - needed) if table.columns is not None else []
    expected = f"expected {', '.join(table.columns or sorted(needed))}"
    return [
        *(f"line 1: the column {column!r} is missing; {expected}" for column in missing),
        *(f"line 1: the column {column!r} is not known; {expected}" for column in unknown),
    ]


def _empty_failures(table: Table, frame: pd.DataFrame) -> list[str]:
    """Rows without a reason, and rows that nothing names."""
    unnamed = (frame[list(table.key)] == "").all(axis=1)
    unexplained = frame[table.reason_column].str.strip() == ""
    return [
        *(f"line {row + 2}: {', '.join(table.key)} empty; expected what names the row" for row in _positions(unnamed)),
        *(
            f"line {row + 2}: {table.reason_column} empty for {_key_text(table, frame, row)}; expected why the row is there, or its source"
            for row in _positions(unexplained)
        ),
    ]


def _key_failures(table: Table, frame: pd.DataFrame) -> list[str]:
    repeated = frame[table.key[0]].duplicated() if len(table.key) == 1 else frame.duplicated(list(table.key))
    return [
        f"line {row + 2}: {_key_text(table, frame, row)} stands there twice; expected it once: delete one"
        for row in _positions(repeated)
    ]


def _rule_failures(table: Table, frame: pd.DataFrame, folder: Path) -> list[str]:
    return [
        f"line {row + 2}: {rule.column} {frame[rule.column].iloc[row]!r}; expected {rule.expected}"
        for rule in table.rules
        for row in _positions(~rule.holds(frame[rule.column], folder))
    ]


def _key_text(table: Table, frame: pd.DataFrame, row: int) -> str:
    return ", ".join(f"{column} {frame[column].iloc[row]!r}" for column in table.key)


def _positions(rows: "pd.Series[bool]") -> list[int]:
    return [int(position) for position in rows.to_numpy(dtype=bool).nonzero()[0]]
