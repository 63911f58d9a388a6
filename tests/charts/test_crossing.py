"""The heat map and the rows of small bars."""

import pandas as pd
import pytest

from dashboard.charts import crossing as chart
from dashboard.charts.theme import Theme, contrast
from dashboard.queries.crossing import ALL, OTHERS, measured
from tests.charts.frames import look

CELLS = pd.DataFrame({
    "row_code": ["a", "a", OTHERS, None], "column_code": ["2024", "2025", "2025", "2025"], "event_count": [4, 1, 50, 2],
    "split_count": [4.0, 1.0, 50.0, 2.0], "row_count": [5, 5, 50, 2], "column_count": [4, 53, 53, 53],
})  # fmt: skip
ROWS = pd.DataFrame(
    {"code": ["a", OTHERS, None], "label": ["<b>A", "9 other things", "None"], "event_count": [5, 50, 2]}
)
COLUMNS = pd.DataFrame({"code": ["2024", "2025"], "label": ["2024", "2025"], "event_count": [4, 53]})


def heat_map(how: str, shown: Theme) -> pd.DataFrame:
    cells = measured(CELLS, how, pd.Series([2, 0, 0, 0]))
    (trace,) = chart.heat_map(cells, ROWS, COLUMNS, how, shown).data
    marks = [tuple(mark) for mark in trace.customdata]
    inks, grounds = trace.insidetextfont.color, trace.marker.color
    return pd.DataFrame({"text": trace.text, "ground": grounds, "ink": inks, "hover": trace.hovertext}, index=marks)


@pytest.mark.parametrize("shown", [look(), look(is_dark=True)], ids=["light", "dark"])
def test_every_cell_has_its_number_in_a_colour_that_reads(shown: Theme) -> None:
    drawn = heat_map("count", shown)
    assert drawn.loc[[("a", "2024")], "text"].tolist() == ["4"]
    assert drawn.loc[[("", "2025"), ("a", ALL), (ALL, "2025")], "text"].tolist() == ["2", "5", "53"]
    for ground, ink in zip(drawn["ground"], drawn["ink"], strict=True):
        assert contrast(ink, ground) >= 4.5


def test_the_others_do_not_outshine_the_values() -> None:
    ground = heat_map("count", look())["ground"]
    assert ground[[("a", "2024")]].tolist() == [look().accent]
    assert ground[[(OTHERS, "2025")]].tolist() != [look().accent]


@pytest.mark.parametrize(
    ("how", "text", "hover"),
    [
        ("row", "80 %", "80 % of 5 in the row"),
        ("column", "100 %", "100 % of 4 in the column"),
        ("all", "7 %", "7 % of 57 selected"),
        ("rate", "2.00", "2.00 a document (2 documents read)"),
    ],
)
def test_a_share_says_of_what(how: str, text: str, hover: str) -> None:
    cell = heat_map(how, look()).loc[[("a", "2024")]].iloc[0]
    assert cell["text"] == text
    assert cell["hover"].endswith(hover)
    assert "&lt;b&gt;A" in cell["hover"]


def test_where_no_document_was_read_there_is_no_rate() -> None:
    assert heat_map("rate", look()).loc[[("a", "2025")], "text"].tolist() == ["–"]


def test_bars_over_time_have_one_scale_and_the_others_are_cut_off() -> None:
    figure = chart.course(CELLS, ROWS, [("2024", "2024"), ("2025", "2025")], ["#111111", "#222222", "#333333"], look())
    bars, numbers = figure.data
    heights = dict(zip(map(tuple, bars.customdata), bars.y, strict=True))
    assert heights["a", "2024"] == pytest.approx(chart.TALLEST)
    assert heights["a", "2025"] == pytest.approx(chart.TALLEST / 4)
    assert heights[OTHERS, "2025"] == pytest.approx(chart.TALLEST)
    assert list(numbers.text) == ["4", "1", "50", "2"]


@pytest.mark.parametrize(("share", "words"), [(0.0, "0 %"), (0.004, "< 1 %"), (0.25, "25 %"), (1.0, "100 %")])
def test_a_share_in_words(share: float, words: str) -> None:
    assert chart.in_words(share, "row").replace("&lt;", "<") == words
