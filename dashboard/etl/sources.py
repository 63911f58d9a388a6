"""`sources.csv`: what is known of each document beside its text."""

import csv
from collections.abc import Sequence
from pathlib import Path

from dashboard.edtf import parse_edtf
from dashboard.errors import InputError
from dashboard.issues import Issue

SOURCES_FILE = "sources.csv"
SOURCES_COLUMNS = ("file", "publisher", "title", "published", "language", "kind")

Sources = dict[str, dict[str, str]]
"""The rows by the name of the document; a document of a sub-folder is named with its folders, `2025/07/note.txt`."""


def read_sources(path: Path) -> tuple[Sources, list[Issue]]:
    """The rows of `sources.csv` by file name; a row that cannot be used is an issue, and the document is read without it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            missing = sorted(set(SOURCES_COLUMNS) - set(rows.fieldnames or ()))
            if missing:
                raise InputError(f"{path} has no column {', '.join(missing)}; expected {', '.join(SOURCES_COLUMNS)}")
            return _described(list(rows), path)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; save it as CSV in UTF-8") from error
    except (OSError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as CSV ({error}); save it as CSV in UTF-8") from error


def _described(rows: Sequence[dict[str, str]], path: Path) -> tuple[Sources, list[Issue]]:
    described: Sources = {}
    issues: list[Issue] = []
    for number, row in enumerate(rows, start=2):
        values = {column: (row.get(column) or "").strip() for column in SOURCES_COLUMNS}
        if not values["file"] or values["file"] in described:
            what = "no file" if not values["file"] else f"the file {values['file']!r} a second time"
            issues.append(
                Issue("read", f"{path.name} line {number} names {what}; expected each file once; mend that line")
            )
            continue
        if values["published"] and not _is_date(values["published"]):
            message = (
                f"{path.name} line {number}: published is {values['published']!r}; expected a date such as 2025-07-23 or 2025-07; "
                "mend that cell (the document is read without it)"
            )
            issues.append(Issue("read", message, document=values["file"], value=values["published"]))
            values["published"] = ""
        described[values["file"]] = values
    return described, issues


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True
