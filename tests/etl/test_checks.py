"""The quick check says yes to exactly the tables that pandera says yes to."""

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from dashboard.errors import TableError
from dashboard.etl.checks import holds
from dashboard.etl.failures import failures
from dashboard.etl.publish import check
from dashboard.schema import TABLES
from dashboard.settings import ROOT
from tests.conftest import Built

BAD = [
    ("events", "event_id", None),
    ("events", "event_id", ""),
    ("events", "event_id", "the id of another row"),
    ("events", "date_precision", "week"),
    ("events", "completeness", 1.5),
    ("events", "document_count", 0),
    ("evidence", "field", "weather"),
    ("evidence", "start_offset", -1),
    ("places", "latitude", 91.0),
    ("places", "longitude", -180.5),
    ("event_sectors", "sector_code", "the code of another row"),
]


def tables_of(built: Built) -> dict[str, pd.DataFrame]:
    folder = built.settings.output_dir / built.report.manifest.folder
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}


def pandera_holds(name: str, table: pd.DataFrame) -> bool:
    return not failures(TABLES[name], table)


def test_both_say_yes_to_the_shipped_tables(built: Built) -> None:
    for name, table in tables_of(built).items():
        assert holds(TABLES[name], table), name
        assert pandera_holds(name, table), name


@pytest.mark.parametrize(("name", "column", "value"), BAD)
def test_both_say_no_to_a_bad_value(built: Built, name: str, column: str, value: Any) -> None:
    table = tables_of(built)[name]
    table.loc[0, column] = table[column].iloc[1] if str(value).endswith("another row") else value
    assert (holds(TABLES[name], table), pandera_holds(name, table)) == (False, False)


def test_both_say_no_to_another_column_order_or_type(built: Built) -> None:
    events = tables_of(built)["events"]
    for table in (
        events[events.columns[::-1]],
        events.drop(columns="title"),
        events.assign(document_count=events["document_count"].astype("int64")),
        pd.concat([events, events], ignore_index=True),
    ):
        assert (holds(TABLES["events"], table), pandera_holds("events", table)) == (False, False)


def test_a_quote_that_is_not_in_its_document_fails_every_build(built: Built) -> None:
    tables = tables_of(built)
    tables["evidence"].loc[3, "quote"] = "never said"
    with pytest.raises(TableError, match="“never said” is not at"):
        check(tables)


def test_a_build_does_not_load_what_words_its_failures() -> None:
    asked = "import sys, dashboard.etl.build; print('pandera' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
