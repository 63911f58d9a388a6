import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.classes import MOST_CLASSES, breaks, class_of, colors, labels
from dashboard.charts.theme import contrast
from tests.charts.frames import look


@pytest.mark.parametrize(
    ("least", "most", "lows"),
    [
        (1, 1, (1,)), (1, 2, (1, 2)), (1, 31, (1, 2, 5, 10, 20)), (1, 60, (1, 5, 10, 50)), (1, 25_000, (1, 10, 100, 1000, 10_000)),
        (2_840, 25_560, (2000, 5000, 10_000, 20_000)), (7, 7, (5,)),
    ],
)  # fmt: skip
def test_the_classes_begin_at_round_numbers(least: int, most: int, lows: tuple[int, ...]) -> None:
    assert breaks(least, most) == lows


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_every_count_has_a_class(least: int, more: int) -> None:
    lows = breaks(least, least + more)
    assert 1 <= len(lows) <= MOST_CLASSES
    for count in (least, least + more // 2, least + more):
        rank = class_of(count, lows)
        assert lows[rank] <= count
        assert rank + 1 == len(lows) or count < lows[rank + 1]


def test_the_labels_say_which_counts() -> None:
    assert labels((1, 2, 5)) == ["1 event", "2–4", "5 or more"]
    assert labels((1, 10)) == ["1–9 events", "10 or more"]
    assert labels((1,)) == ["1 or more events"]


@pytest.mark.parametrize("is_dark", [False, True])
def test_more_events_stand_out_more_from_the_land(*, is_dark: bool) -> None:
    theme = look(is_dark=is_dark)
    steps = [contrast(color, theme.land) for color in colors((1, 2, 5, 10, 20), theme)]
    assert steps == sorted(steps)
    assert steps[-1] > 3
