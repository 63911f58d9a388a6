"""Saved views: a file that only grows, read back as what was saved last."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import InputError
from dashboard.views import LONGEST_NAME, remove_view, save_view, saved_views

NAMES = st.text(min_size=1, max_size=LONGEST_NAME).filter(lambda name: len(" ".join(name.split())) > 0)
PARAMS = st.dictionaries(
    st.sampled_from(["sector", "from", "q"]), st.lists(st.text(max_size=8), min_size=1, max_size=3)
)


@settings(deadline=None)  # each example waits for the disk
@given(saves=st.lists(st.tuples(NAMES, PARAMS), max_size=6), removed=NAMES)
def test_each_name_has_what_was_saved_last_unless_it_was_removed(
    tmp_path_factory: pytest.TempPathFactory, saves: list[tuple[str, dict[str, list[str]]]], removed: str
) -> None:
    path = tmp_path_factory.mktemp("views") / "views.jsonl"
    expected = {}
    for name, params in saves:
        view = save_view(path, name=name, page="events", params=params, by="Ana")
        expected[view.name] = params
    remove_view(path, removed, by="Ana")
    expected.pop(removed, None)
    views, problems = saved_views(path)
    assert ({view.name: view.params for view in views}, problems) == (expected, ())
    assert len(path.read_bytes().splitlines()) == len(saves) + 1


def test_a_broken_line_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "views.jsonl"
    path.write_bytes(b'{"action": "save", "name": "torn", "pa\n[]\n{"action": "save", "name": "x", "page": 3}\n\xff\n')
    save_view(path, name="Space in July", page="timeline", params={"sector": ["space"]}, by="")
    views, problems = saved_views(path)
    assert [view.name for view in views] == ["Space in July"]
    assert [problem.split(":")[0] for problem in problems] == [f"views.jsonl line {number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("name", ["", "  \n ", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_says_nothing_or_too_much_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="expected 1 to 80"):
        save_view(tmp_path / "views.jsonl", name=name, page="events", params={}, by="")
    assert not (tmp_path / "views.jsonl").exists()


def test_a_line_after_a_torn_write_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "views.jsonl"
    path.write_bytes(b'{"action": "sa')
    save_view(path, name="Visits", page="events", params={}, by="")
    assert [view.name for view in saved_views(path)[0]] == ["Visits"]
