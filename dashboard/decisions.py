"""The analysts' decisions on disk: one JSON object a line, append-only, never rewritten.

Shape of a line: `id`, `action`, `event_id`, `reviewer`, `decided_at` (ISO 8601, UTC), `reason`, and by action
- `accept`, `reject`, `add`: `event`, in the codebook's form: for `accept` and `reject` as the machine had proposed it,
  for `add` as the analyst found it. So an accepted event stays what was accepted, whatever the machine proposes later.
  Of an event that several documents tell it is the joined event, whose quotes name their own `document`: what is rejected
  then is rejected in each of those documents.
- `edit`: `field`, `value`, `evidence` (its quotes) and `machine` (what stood there before).
- `merge`: `into`, the event that this one is a second telling of.
- `split`: `event_id` is a telling's own id and `from` the event that it is taken out of. It stands alone from then on, and
  only a later `merge` joins it to another again; the machine does not.
- `withdraw`: `decision_id`, the decision that is taken back.
`documents` maps each file named in it to its document's id, so that a renamed file is found again. `seen` is the last
decision on the event that the reviewer had before their eyes.

Each reviewer has a file of their own, so that two people who decide on two machines never change the same file.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.appending import append_line, turn
from dashboard.errors import DashboardError, InputError
from dashboard.folding import fold
from dashboard.issues import Issue

ACTIONS = ("accept", "edit", "reject", "add", "merge", "split", "withdraw")
REQUIRED = {
    "accept": ("event_id", "event"),
    "edit": ("event_id", "field", "value", "evidence"),
    "reject": ("event_id", "event"),
    "add": ("event_id", "event"),
    "merge": ("event_id", "into"),
    "split": ("event_id", "from"),
    "withdraw": ("decision_id",),
}
SIGNED = ("reviewer", "decided_at", "reason")
LOCK_FILE = ".decisions.lock"


@dataclass(frozen=True)
class Decision:
    """One line of a decisions file. `origin` is the file and the line, for messages."""

    decision_id: str
    action: str
    event_id: str
    reviewer: str
    decided_at: str
    reason: str
    form: Mapping[str, Any]
    documents: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""


class DecidedMeanwhileError(DashboardError):
    """Somebody decided on the event after the reviewer had read it; nothing was written."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"{decision.reviewer} decided on this event in the meantime ({decision.action})")
        self.decision = decision


def read_decisions(folder: Path) -> tuple[tuple[Decision, ...], tuple[Issue, ...]]:
    """Every decision of a folder's `*.jsonl` files in the order in which they were made, and an issue for each bad line.

    Rules: a folder that does not exist holds no decisions; the same line twice is one decision.
    """
    decisions: dict[str, Decision] = {}
    issues: list[Issue] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
            origin = f"{path.name} line {number}"
            try:
                if line.strip():
                    decision = parse_decision(line, origin=origin)
                    decisions.setdefault(decision.decision_id, decision)
            except InputError as error:
                message = f"{origin}: {error}; the line was left out and is kept; mend it by hand, or delete it if it is a torn write"
                issues.append(Issue("decide", message, document=path.name, value=_shown(line), severity="error"))
    return tuple(sorted(decisions.values(), key=_in_time)), tuple(issues)


def parse_decision(line: bytes, *, origin: str = "") -> Decision:
    """Read one line.

    Raises: InputError saying what is wrong with it.
    """
    try:
        form = json.loads(line.decode("utf-8"))
    except ValueError as error:
        raise InputError(f"not a JSON object in UTF-8 ({error})") from error
    if not isinstance(form, dict) or form.get("action") not in ACTIONS:
        raise InputError(f"expected an object with an action out of {', '.join(ACTIONS)}")
    missing = [name for name in (*SIGNED, *REQUIRED[form["action"]]) if name not in form or form[name] == ""]
    if missing:
        raise InputError(f"the {form['action']} has no {', '.join(missing)}")
    _check_time(form["decided_at"])
    return Decision(
        decision_id=str(form.get("id") or decision_id(form)),
        action=form["action"],
        event_id=str(form.get("event_id", "")),
        reviewer=str(form["reviewer"]),
        decided_at=str(form["decided_at"]),
        reason=str(form["reason"]),
        form=form,
        documents=form.get("documents") or {},
        origin=origin,
    )


def append_decision(path: Path, form: Mapping[str, Any]) -> Decision:
    """Add one decision to the end of a file and wait until it is on the disk.

    Rules: writers in one folder take turns by a lock; a torn last line is closed first, so that it spoils only itself.
    Raises: InputError if the decision is not one; the file is then untouched.
    """
    decision = parse_decision(_line(form))
    with turn(path, LOCK_FILE):
        append_line(path, _line(form))
    return decision


def append_if_unchanged(path: Path, form: Mapping[str, Any]) -> Decision:
    """Add a decision unless somebody has decided on its event since the reviewer read it.

    Rules: `form["seen"]` is the last decision on the event that the reviewer knew (empty: none). Looking and writing
    happen under one lock over all files of the folder.
    Raises: DecidedMeanwhileError with the decision that the reviewer has not seen; InputError as `append_decision`.
    """
    decision = parse_decision(_line(form))
    with turn(path, LOCK_FILE):
        before = read_decisions(path.parent)[0]
        last = last_on(_event_of(decision, before), before)
        if last and last.decision_id != form["seen"]:
            raise DecidedMeanwhileError(last)
        append_line(path, _line(form))
    return decision


def last_on(event_id: str, decisions: Iterable[Decision]) -> Decision | None:
    """The last decision that concerns an event: on it, into it, out of it, or taking back one of these."""
    last: Decision | None = None
    concerned: dict[str, frozenset[str]] = {}
    for decision in decisions:
        named = (decision.event_id, str(decision.form.get("into", "")), str(decision.form.get("from", "")))
        taken_back = concerned.get(str(decision.form.get("decision_id", "")), frozenset())
        concerned[decision.decision_id] = taken_back if decision.action == "withdraw" else frozenset(named) - {""}
        last = decision if event_id in concerned[decision.decision_id] else last
    return last


def active(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand: none that was taken back, and not the taking back itself."""
    decisions = tuple(decisions)
    gone = {str(decision.form["decision_id"]) for decision in decisions if decision.action == "withdraw"}
    return tuple(
        decision for decision in decisions if decision.decision_id not in gone and decision.action != "withdraw"
    )


def file_of(folder: Path, reviewer: str) -> Path:
    """The file of one reviewer: `Ana Lí` decides in `ana-li.jsonl`."""
    slug = re.sub(r"[\W_]+", "-", fold(reviewer)).strip("-")
    return folder / f"{slug or 'reviewer'}.jsonl"


def _event_of(decision: Decision, decisions: Iterable[Decision]) -> str:
    """The event that a decision is about; of a withdrawal the event of what it takes back."""
    if decision.action != "withdraw":
        return decision.event_id
    target = str(decision.form["decision_id"])
    return next((other.event_id for other in decisions if other.decision_id == target), "")


def _line(form: Mapping[str, Any]) -> bytes:
    return json.dumps({"id": decision_id(form), **form}, ensure_ascii=False).encode()


def decision_id(form: Mapping[str, Any]) -> str:
    """Hash of what a line says, whatever the order of its keys."""
    said = json.dumps({name: value for name, value in form.items() if name != "id"}, sort_keys=True, ensure_ascii=False)
    return f"r{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _in_time(decision: Decision) -> tuple[datetime, str]:
    return datetime.fromisoformat(decision.decided_at), decision.origin.rpartition(" ")[0]


def _check_time(text: Any) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise InputError(f"decided_at is {text!r}; expected a time such as 2026-01-31T09:30:00+00:00") from error
    if moment.tzinfo is None:
        raise InputError(f"decided_at {text!r} has no time zone; expected a time such as 2026-01-31T09:30:00+00:00")


def _shown(line: bytes) -> str:
    text = line.decode("utf-8", errors="replace").strip()
    return text if len(text) <= 200 else f"{text[:199]}…"
