"""Saved views on disk: selections with a name, shared by all who use this dashboard.

Shape of a line: `action` (save or remove), `name`, `by`, `at` (ISO 8601, UTC), and of a saved one `page` and `params`, as the
address bar has them. The file only grows: a view that is saved under a name again, or removed, is still in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.appending import append_line, turn
from dashboard.errors import InputError

LOCK_FILE = ".views.lock"
LONGEST_NAME = 80


@dataclass(frozen=True)
class SavedView:
    """A page with its parameters, under a name."""

    name: str
    page: str
    params: Mapping[str, Sequence[str]]
    by: str
    at: str


def saved_views(path: Path) -> tuple[tuple[SavedView, ...], tuple[str, ...]]:
    """The views of a file by name, each as it was saved last, and a sentence for each line that is not one.

    Rules: a file that does not exist holds none.
    """
    views: dict[str, SavedView] = {}
    problems: list[str] = []
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                _apply(views, _parsed(line))
        except InputError as error:
            problems.append(f"{path.name} line {number}: {error}; the line was left out; mend it by hand or delete it.")
    return tuple(sorted(views.values(), key=lambda view: view.name.casefold())), tuple(problems)


def save_view(path: Path, *, name: str, page: str, params: Mapping[str, Sequence[str]], by: str) -> SavedView:
    """Keep a page with its parameters under a name; a view that had the name gives it up.

    Raises: InputError if the name is empty or too long; nothing is written then.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InputError(f"the view's name has {len(name)} characters; expected 1 to {LONGEST_NAME}; choose another")
    view = SavedView(name, page, {param: list(values) for param, values in params.items()}, by, _now())
    _append(path, {"action": "save", **vars(view)})
    return view


def remove_view(path: Path, name: str, *, by: str) -> None:
    """Take a view off the list."""
    _append(path, {"action": "remove", "name": name, "by": by, "at": _now()})


def _append(path: Path, form: Mapping[str, Any]) -> None:
    with turn(path, LOCK_FILE):
        append_line(path, json.dumps(form, ensure_ascii=False).encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        form = json.loads(line.decode("utf-8"))
    except ValueError as error:
        raise InputError(f"not a JSON object in UTF-8 ({error})") from error
    if (
        not isinstance(form, dict)
        or form.get("action") not in ("save", "remove")
        or not isinstance(form.get("name"), str)
    ):
        raise InputError("expected an object with an action (save or remove) and a name")
    if form["action"] == "save" and not (isinstance(form.get("page"), str) and _are_params(form.get("params"))):
        raise InputError("the saved view has no page, or its params are not lists of texts")
    return form


def _are_params(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(values, list) and all(isinstance(text, str) for text in values) for values in value.values()
    )


def _apply(views: dict[str, SavedView], form: Mapping[str, Any]) -> None:
    views.pop(form["name"], None)
    if form["action"] == "save":
        views[form["name"]] = SavedView(
            form["name"], form["page"], form["params"], str(form.get("by", "")), str(form.get("at", ""))
        )
