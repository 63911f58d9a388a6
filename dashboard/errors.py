"""The errors that a person reads.

Each message is one sentence or two: what failed in which document or column, the value, what was
expected, and how to mend it. Errors of one stage are collected and raised together.
"""

from collections.abc import Sequence

SHOWN_FAILURES = 5


class DashboardError(Exception):
    """Anything that the person at the keyboard can mend. Printed without a traceback."""


class InputError(DashboardError):
    """A file that was handed in (document, sources list, decisions file) cannot be used."""


class ReferenceDataError(DashboardError):
    """A data file of the project (`data/reference/`) breaks its own rules."""


class TableError(DashboardError):
    """A table that the build made does not satisfy its schema; nothing is published."""


class BuildMissingError(DashboardError):
    """There is no complete build to read."""


def collected(stage: str, failures: Sequence[str]) -> str:
    """One message for all failures of a stage: their count and the first five."""
    lines = [f"{stage}: {len(failures)} {'failure' if len(failures) == 1 else 'failures'}."]
    lines += [f"  - {failure}" for failure in failures[:SHOWN_FAILURES]]
    if len(failures) > SHOWN_FAILURES:
        lines.append(f"  … and {len(failures) - SHOWN_FAILURES} more.")
    return "\n".join(lines)
