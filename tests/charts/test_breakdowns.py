"""Bars: a sector has two marks whose numbers are what a click leaves; others and none do not dwarf the values."""

import pandas as pd
import pytest

from dashboard.charts import breakdowns as chart
from dashboard.queries.crossing import OTHERS
from tests.charts.frames import look

BY_SECTOR = pd.DataFrame({
    "sector_code": ["space", "energy", "general", None], "label": ["Space", "Energy", "General", None],
    "main_count": [1, 3, 0, 1], "event_count": [2, 3, 1, 0],
})  # fmt: skip
COUNTRIES = pd.DataFrame({
    "code": ["CHN", "PAK", OTHERS, None], "label": ["China", "Pakistan", "7 other countries", "No country"],
    "event_count": [3, 1, 9, 1], "split_count": [1.5, 0.5, 4.0, 1.0], "value_count": [1, 1, 7, 0],
})  # fmt: skip


def test_main_sectors_add_up_and_all_that_touch_are_drawn_behind() -> None:
    touched, main, ends = chart.by_sector(BY_SECTOR, look()).data
    assert sum(main.x) == 5
    assert [tuple(mark) for mark in main.customdata] == [
        ("energy", "mains"),
        ("space", "mains"),
        ("", "mains"),
        ("general", "mains"),
    ]
    assert [mark[1] for mark in touched.customdata] == ["sectors"] * 4
    assert list(touched.x) == [3, 2, 1, 1]
    assert [text.strip() for text in ends.text] == ["<b>3</b>", "<b>1</b> of 2", "<b>1</b>", "<b>0</b> of 1"]
    assert chart.sector_sentence(BY_SECTOR, look()) == "Most: Energy, main sector of 3 of 5 events."


def test_a_sector_has_its_own_colour() -> None:
    main = chart.by_sector(BY_SECTOR, look()).data[1]
    assert list(main.marker.color)[:3] == ["#b35900", "#3b4cc0", look().blank]


def test_a_bar_more_than_any_value_has_is_a_number_alone() -> None:
    whole, split, ends = chart.by_value(COUNTRIES, look(), is_many=True).data
    assert list(whole.x) == [3, 1, 0, 1]
    assert list(split.x) == [1.5, 0.5, 0, 1]
    assert [text.strip() for text in ends.text] == ["<b>3</b>  1.5", "<b>1</b>  0.5", "<b>9</b>  4.0", "<b>1</b>  1.0"]
    assert [code for (code,) in whole.customdata] == ["CHN", "PAK", OTHERS, ""]


@pytest.mark.parametrize(
    ("is_many", "said"),
    [
        (True, "An event of n values counts 1/n to each in the split count, which so adds up to 7 events."),
        (False, "The bars add up to 7 events."),
    ],
)
def test_the_sentence_says_what_adds_up(*, is_many: bool, said: str) -> None:
    assert chart.value_sentence(COUNTRIES, is_many=is_many) == f"Most: China, 3 of 7 events. {said}"


def test_a_name_is_text_and_no_markup() -> None:
    named = COUNTRIES.assign(label="<a href='https://example.org'>x</a>")
    figure = chart.by_value(named, look(), is_many=False)
    assert "<a" not in figure.to_json()
    assert "&lt;a" in figure.data[0].hovertext[0]
