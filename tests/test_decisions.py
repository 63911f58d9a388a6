import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from dashboard.decisions import (
    DecidedMeanwhileError,
    active,
    append_decision,
    append_if_unchanged,
    decision_id,
    file_of,
    read_decisions,
)
from dashboard.errors import InputError
from dashboard.settings import ROOT

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


def edit_of(title: str, seen: str, **more: str) -> dict[str, Any]:
    form = {"action": "edit", "event_id": "e1", "field": "title", "value": title, "evidence": [], "seen": seen}
    return form | SIGNED | more


def test_a_decision_on_what_nobody_else_decided_is_written(tmp_path: Path) -> None:
    first = append_if_unchanged(tmp_path / "ada.jsonl", edit_of("One", ""))
    append_if_unchanged(tmp_path / "ada.jsonl", edit_of("Two", first.decision_id))
    assert [decision.form["value"] for decision in read_decisions(tmp_path)[0]] == ["One", "Two"]


@pytest.mark.parametrize("event_id", ["e1", "e0"])
def test_a_decision_that_the_reviewer_has_not_seen_is_named_and_nothing_is_written(
    tmp_path: Path, event_id: str
) -> None:
    other = append_decision(tmp_path / "bo.jsonl", merge_of(1))
    with pytest.raises(DecidedMeanwhileError, match="Ada decided on this event in the meantime") as raised:
        append_if_unchanged(tmp_path / "ada.jsonl", edit_of("One", "") | {"event_id": event_id})
    assert raised.value.decision.decision_id == other.decision_id
    assert not (tmp_path / "ada.jsonl").exists()


def test_taking_back_what_another_has_built_upon_is_said_too(tmp_path: Path) -> None:
    first = append_if_unchanged(tmp_path / "ada.jsonl", edit_of("One", ""))
    second = append_if_unchanged(tmp_path / "bo.jsonl", edit_of("Two", first.decision_id, reviewer="Bo"))
    back = {"action": "withdraw", "decision_id": first.decision_id, "seen": first.decision_id, **SIGNED}
    with pytest.raises(DecidedMeanwhileError):
        append_if_unchanged(tmp_path / "ada.jsonl", back)
    append_if_unchanged(tmp_path / "ada.jsonl", back | {"seen": second.decision_id})
    assert [decision.form["value"] for decision in active(read_decisions(tmp_path)[0])] == ["Two"]


def test_of_two_processes_that_decide_at_once_one_is_written_and_the_other_told(tmp_path: Path) -> None:
    script = (
        "import sys, json\n"
        "from pathlib import Path\n"
        "from dashboard.decisions import DecidedMeanwhileError, append_if_unchanged\n"
        "input()\n"
        "try:\n"
        "    append_if_unchanged(Path(sys.argv[1]), json.loads(sys.argv[2]))\n"
        "    print('written')\n"
        "except DecidedMeanwhileError as error:\n"
        "    print(error)\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / f"{name}.jsonl"), json.dumps(edit_of(name, "", reviewer=name))],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("ada", "bo", "cy", "di")
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = sorted(writer.communicate(timeout=60)[0].strip() for writer in writers)
    (kept,) = read_decisions(tmp_path)[0]
    assert said.count("written") == 1
    assert said.count(f"{kept.reviewer} decided on this event in the meantime (edit)") == len(writers) - 1


@pytest.mark.parametrize(
    ("reviewer", "name"),
    [("Ana Lí", "ana-li.jsonl"), ("  O’Neil, P. ", "o-neil-p.jsonl"), ("王芳", "王芳.jsonl"), ("../../x", "x.jsonl"), ("!", "reviewer.jsonl")],
)  # fmt: skip
def test_each_reviewer_has_a_file_of_their_own(tmp_path: Path, reviewer: str, name: str) -> None:
    assert file_of(tmp_path, reviewer) == tmp_path / name
