"""Builds that the app starts: real processes, one at a time, with what they said when they fail."""

import time
from collections.abc import Callable

import pytest

from dashboard.manifest import read_manifest
from dashboard.rebuilding import Rebuilder, rebuilder
from dashboard.settings import Settings

TEXT = "The University of Oslo and the Indian Institute of Science opened a joint laboratory in Oslo on 8 April 2025."


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def test_a_build_ends_with_new_tables(workplace: Settings) -> None:
    (workplace.documents_dir / "note.txt").write_text(TEXT, encoding="utf-8")
    builds = Rebuilder(workplace)
    builds.start()
    assert builds.progress.is_running
    wait_until(lambda: not builds.progress.is_running)
    assert (builds.progress.failure, builds.progress.count) == ("", 1)
    assert read_manifest(workplace.output_dir).counts["documents"] == 1


def test_a_failed_build_says_why_and_the_last_one_stays(workplace: Settings) -> None:
    note = workplace.documents_dir / "note.txt"
    note.write_text(TEXT, encoding="utf-8")
    builds = Rebuilder(workplace)
    builds.start()
    wait_until(lambda: not builds.progress.is_running)
    before = read_manifest(workplace.output_dir)
    note.unlink()
    builds.start()
    wait_until(lambda: not builds.progress.is_running)
    assert "holds nothing" in builds.progress.failure
    assert read_manifest(workplace.output_dir) == before


def test_what_is_asked_for_while_a_build_runs_is_built_behind_it(workplace: Settings) -> None:
    (workplace.documents_dir / "note.txt").write_text(TEXT, encoding="utf-8")
    builds = Rebuilder(workplace)
    builds.start()
    (workplace.documents_dir / "more.txt").write_text(f"More. {TEXT}", encoding="utf-8")
    builds.start()
    builds.start()
    wait_until(lambda: not builds.progress.is_running)
    assert builds.progress.count == 2
    assert read_manifest(workplace.output_dir).counts["documents"] == 2


def test_a_build_waits_until_decisions_pause(workplace: Settings) -> None:
    (workplace.documents_dir / "note.txt").write_text(TEXT, encoding="utf-8")
    builds = Rebuilder(workplace)
    for _ in range(3):
        builds.start_soon(0.3)
        assert builds.is_waiting
    assert not builds.progress.is_running
    wait_until(lambda: builds.progress.count == 1)
    assert not builds.is_waiting


@pytest.mark.parametrize("is_same", [True, False])
def test_the_same_folders_have_one_rebuilder(workplace: Settings, *, is_same: bool) -> None:
    other = workplace if is_same else Settings(workplace.reviews_dir, workplace.reviews_dir, workplace.output_dir)
    assert (rebuilder(workplace) is rebuilder(other)) == is_same
