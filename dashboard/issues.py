"""What could not be resolved: a row an analyst can act on, never a default value."""

from dataclasses import dataclass

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Issue:
    """One thing that went wrong at one stage.

    Shape: `message` says in a sentence or two what failed, the value, what was expected and how to mend it.
    `severity`: `error` if something is left out of the build because of it, `warning` if a field stays empty or
    undrawn, `note` if nothing is missing.
    """

    stage: str
    message: str
    document: str = ""
    event_id: str = ""
    field: str = ""
    value: str = ""
    severity: str = "warning"
