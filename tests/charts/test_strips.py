from datetime import date

import pandas as pd

from dashboard.charts.strips import bin_unit, entries, strips, wrapped
from tests.charts.frames import look

MARKS = pd.DataFrame(
    [
        ("space", "day", "stated", "2025-07-07", "2025-07-07", 4, "A"),
        ("space", "day", "publication", "2025-07-14", "2025-07-14", 1, "B <b>& C"),
        ("energy", "interval", "stated", "2025-07-07", "2025-07-14", 1, "D"),
        (None, "month", "stated", "2025-07-01", "2025-07-31", 2, "E"),
        ("space", "year", "publication", "2025-01-01", "2025-12-31", 1, "F"),
    ],
    columns=["sector_code", "date_precision", "date_basis", "mark_start", "mark_end", "event_count", "title"],
).assign(
    mark_start=lambda frame: pd.to_datetime(frame["mark_start"]),
    mark_end=lambda frame: pd.to_datetime(frame["mark_end"]),
)


def test_every_mark_is_drawn_once_and_knows_its_days() -> None:
    traces = strips(MARKS, "week", look()).data
    assert sum(len(trace.y) for trace in traces) == len(MARKS)
    keys = {tuple(key) for trace in traces for key in trace.customdata}
    assert ("2025-07-07", "2025-07-13", "space") in keys
    assert ("2025-07-07", "2025-07-20", "energy") in keys
    assert ("2025-07-01", "2025-07-31", "") in keys


def test_the_area_of_a_circle_says_how_many() -> None:
    circles = strips(MARKS, "week", look()).data[-1]
    large, small = circles.marker.size
    assert large == 2 * small


def test_a_stand_in_looks_different() -> None:
    circles = strips(MARKS, "week", look()).data[-1]
    assert list(circles.marker.symbol) == ["circle", "triangle-left-open"]
    hatched = [
        trace for trace in strips(MARKS, "week", look()).data if trace.type == "bar" and trace.marker.pattern.shape
    ]
    assert [key[0] for trace in hatched for key in trace.customdata] == ["2025-01-01"]


def test_what_a_title_holds_is_text() -> None:
    assert "B &lt;b&gt;&amp; C" in strips(MARKS, "week", look()).data[-1].hovertext[1]
    assert wrapped("word " * 20).count("<br>") == 1


def test_marks_get_coarser_as_the_span_grows() -> None:
    start = date(2024, 1, 1)
    assert [
        bin_unit(start, date(2024, 3, 1)),
        bin_unit(start, date(2025, 1, 1)),
        bin_unit(start, date(2026, 1, 1)),
    ] == ["day", "week", "month"]


def test_the_legend_names_the_marks() -> None:
    assert [entry.mark for entry in entries(MARKS, "week")] == ["day", "interval", "soft", "before"]
