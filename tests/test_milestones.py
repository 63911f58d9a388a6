"""Milestones on disk: added, removed, edited by hand, broken."""

from pathlib import Path

import pytest

from dashboard.errors import InputError
from dashboard.milestones import add_milestone, milestones, remove_milestone


def test_a_milestone_is_kept_and_can_be_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "data" / "milestones.csv"
    made = add_milestone(path, when="2025-07", label='The "big" one, in July', why="It\nmatters", who="Ana")
    assert milestones(path) == ((made,), ())
    assert made.why == "It matters"
    remove_milestone(path, made, who="Omar")
    assert milestones(path) == ((), ())
    assert len(path.read_text().splitlines()) == 3


@pytest.mark.parametrize(("row", "said"), [
    ("July,X,why,Ana", "not an EDTF date"),
    ("2025-07,X,,Ana", "has no why"),
    ("2025-07,X", "2 cells"),
    ("2025-07,X,why,Ana,,burn", "expected add or remove"),
    (f"2025-07,{'x' * 99},why,Ana", "99 characters"),
])  # fmt: skip
def test_a_broken_row_is_said_and_the_others_are_read(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "milestones.csv"
    path.write_text(f"date,label,why,who\n{row}\n2025-07-23,Summit,Decides,Ana\n", encoding="utf-8")
    found, problems = milestones(path)
    assert [one.label for one in found] == ["Summit"]
    assert len(problems) == 1
    assert said in problems[0]
    assert "line 2" in problems[0]


def test_a_bad_milestone_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no label"):
        add_milestone(tmp_path / "milestones.csv", when="2025", label=" ", why="w", who="Ana")
    assert not (tmp_path / "milestones.csv").exists()
