import json
import threading
from pathlib import Path
from typing import Any

import pytest

from dashboard.decisions import append_decision, decision_id, read_decisions
from dashboard.errors import InputError

SIGNED = {"reviewer": "Ada", "decided_at": "2026-01-31T09:30:00+00:00", "reason": "the text says so"}


def merge_of(number: int) -> dict[str, Any]:
    return {"action": "merge", "event_id": f"e{number}", "into": "e0", **SIGNED}


def test_a_decision_reads_back_as_it_was_appended(tmp_path: Path) -> None:
    written = append_decision(tmp_path / "ada.jsonl", merge_of(1))
    (read,), issues = read_decisions(tmp_path)
    assert (read.decision_id, read.action, read.event_id, read.reason) == (
        written.decision_id,
        "merge",
        "e1",
        "the text says so",
    )
    assert (read.origin, issues) == ("ada.jsonl line 1", ())


def test_decisions_come_in_the_order_of_time_whatever_the_file(tmp_path: Path) -> None:
    append_decision(tmp_path / "a.jsonl", merge_of(2) | {"decided_at": "2026-02-02T10:00:00+00:00"})
    append_decision(tmp_path / "z.jsonl", merge_of(1) | {"decided_at": "2026-02-02T12:30:00+05:00"})
    decisions, _ = read_decisions(tmp_path)
    assert [decision.event_id for decision in decisions] == ["e1", "e2"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{broken", "not a JSON object"),
        ("[]", "expected an object with an action"),
        ('{"action": "guess"}', "expected an object with an action"),
        ('{"action": "merge", "event_id": "e1"}', "the merge has no reviewer, decided_at, reason, into"),
        (json.dumps(merge_of(1) | {"decided_at": "yesterday"}), "decided_at is 'yesterday'"),
        (json.dumps(merge_of(1) | {"decided_at": "2026-01-31T09:30:00"}), "has no time zone"),
        ("\\xff", "not a JSON object"),
    ],
)
def test_a_bad_line_is_an_issue_with_its_file_and_line_and_the_others_are_read(
    tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "ada.jsonl"
    append_decision(path, merge_of(1))
    path.write_text(path.read_text() + line + "\n")
    append_decision(path, merge_of(2))
    before = path.read_bytes()
    decisions, (issue,) = read_decisions(tmp_path)
    assert [decision.event_id for decision in decisions] == ["e1", "e2"]
    assert issue.message.startswith("ada.jsonl line 2: ")
    assert said in issue.message
    assert path.read_bytes() == before


def test_a_torn_write_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "ada.jsonl"
    append_decision(path, merge_of(1))
    path.write_bytes(path.read_bytes() + b'{"action": "merge", "event_')
    append_decision(path, merge_of(2))
    decisions, issues = read_decisions(tmp_path)
    assert ([decision.event_id for decision in decisions], len(issues)) == (["e1", "e2"], 1)


def test_a_decision_without_a_reason_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the merge has no reason"):
        append_decision(tmp_path / "ada.jsonl", merge_of(1) | {"reason": ""})
    assert list(tmp_path.iterdir()) == []


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ada.jsonl"
    writers = [threading.Thread(target=append_decision, args=(path, merge_of(number))) for number in range(1, 21)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    decisions, issues = read_decisions(tmp_path)
    assert (len(decisions), issues) == (20, ())


def test_a_decisions_id_does_not_depend_on_the_order_of_its_keys() -> None:
    form = merge_of(1)
    assert decision_id(form) == decision_id(dict(reversed(form.items())))


def test_a_folder_that_does_not_exist_holds_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "nowhere") == ((), ())
