"""The lexicons of `data/reference/` that the find modules read, row by row."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.reference import read_table


def lexicon(name: str, columns: list[str], *, key: list[str]) -> list[dict[str, str]]:
    """The rows of one lexicon; each has a `reason` beside its columns.

    Raises: ReferenceDataError if a column or a reason is missing or a key stands twice.
    """
    table: Any = read_table(name, [*columns, "reason"], key, "reason")
    rows: Iterable[Mapping[str, Any]] = table.to_dict("records") if hasattr(table, "to_dict") else table
    return [{column: str(row[column]) for column in columns} for row in rows]
