"""The analysts' own milestones on the time axis: a summit, a change of law, a war; no event of the documents.

Shape of a row of the file: `date` (EDTF: `2025-07-23`, `2025-07`, `2025-07-20/2025-07-22`), `label`, `why`, `who`, `at` (ISO
8601, UTC) and `action`: empty or `add`, or `remove`, which takes the milestone of that date and label away. The page only
adds rows; whoever edits the file by hand may change and delete them.
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.appending import append_line, turn
from dashboard.edtf import EventDate, format_edtf, parse_edtf
from dashboard.errors import InputError

COLUMNS = ("date", "label", "why", "who", "at", "action")
REQUIRED = ("date", "label", "why", "who")
ACTIONS = ("", "add", "remove")
LOCK_FILE = ".milestones.lock"
LONGEST = {"label": 60, "why": 300, "who": 80}


@dataclass(frozen=True)
class Milestone:
    """One line on the axis: when, what, why it matters, and who says so."""

    when: EventDate
    label: str
    why: str
    who: str


def milestones(path: Path) -> tuple[tuple[Milestone, ...], tuple[str, ...]]:
    """The milestones of a file by date, and a sentence for each row that is not one.

    Rules: a file that does not exist holds none; a row that cannot be read is left out, said, and kept.
    """
    found: dict[tuple[str, str], Milestone] = {}
    problems: list[str] = []
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip() and not _is_head(line):
                _apply(found, _row(line))
        except InputError as error:
            problems.append(f"{path.name} line {number}: {error}; the row was left out; mend it by hand or delete it.")
    return tuple(sorted(found.values(), key=lambda one: (one.when, one.label))), tuple(problems)


def add_milestone(path: Path, *, when: str, label: str, why: str, who: str) -> Milestone:
    """Put a milestone on the axis.

    Raises: InputError with what is wrong with it; nothing is written then.
    """
    row = {"date": when, "label": label, "why": why, "who": who, "action": "add"}
    made = _milestone({name: " ".join(value.split()) for name, value in row.items()})
    _append(path, made, "add")
    return made


def remove_milestone(path: Path, milestone: Milestone, *, who: str) -> None:
    """Take a milestone off the axis; the file keeps its row, and who took it off."""
    _append(path, Milestone(milestone.when, milestone.label, milestone.why, who or milestone.who), "remove")


def _append(path: Path, milestone: Milestone, action: str) -> None:
    cells = [format_edtf(milestone.when), milestone.label, milestone.why, milestone.who, _now(), action]
    with turn(path, LOCK_FILE):
        if not path.exists() or not path.stat().st_size:
            append_line(path, _written(COLUMNS))
        append_line(path, _written(cells))


def _written(cells: tuple[str, ...] | list[str]) -> bytes:
    """One line of a CSV file: no cell has a line break, see `add_milestone`."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue().encode()


def _is_head(line: bytes) -> bool:
    return line.decode("utf-8", errors="replace").strip().lstrip("\ufeff").startswith("date,label")


def _row(line: bytes) -> dict[str, str]:
    try:
        (cells,) = csv.reader([line.decode("utf-8").strip("\r\ufeff")], strict=True)
    except (ValueError, csv.Error) as error:
        raise InputError(f"not a row of CSV in UTF-8 ({error}); expected {', '.join(COLUMNS)}") from error
    if not len(REQUIRED) <= len(cells) <= len(COLUMNS):
        raise InputError(f"the row has {len(cells)} cells; expected {', '.join(COLUMNS)}")
    return dict(zip(COLUMNS, [cell.strip() for cell in (*cells, "", "")], strict=False))


def _apply(found: dict[tuple[str, str], Milestone], row: dict[str, str]) -> None:
    milestone = _milestone(row)
    key = (format_edtf(milestone.when), milestone.label)
    if row["action"] == "remove":
        found.pop(key, None)
    else:
        found[key] = milestone


def _milestone(row: dict[str, str]) -> Milestone:
    empty = [name for name in REQUIRED if not row[name]]
    if empty:
        raise InputError(
            f"the milestone has no {', '.join(empty)}; expected a date, a label, why it matters, and who says so"
        )
    long = [name for name, most in LONGEST.items() if len(row[name]) > most]
    if long:
        raise InputError(
            f"the milestone's {long[0]} has {len(row[long[0]])} characters; expected {LONGEST[long[0]]} at the most"
        )
    if row["action"] not in ACTIONS:
        raise InputError(f"the action is {row['action']!r}; expected add or remove, or nothing")
    try:
        return Milestone(parse_edtf(row["date"]), row["label"], row["why"], row["who"])
    except ValueError as error:
        raise InputError(str(error)) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
