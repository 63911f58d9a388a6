from datetime import date

from dashboard.charts.timeline import bars, entries, left_out, periods_of, sentence, table, time_axis
from tests.charts.frames import counts, look

COUNTS = counts(
    ("2024-05-01", "energy", False, 2), ("2025-07-01", "space", False, 3), ("2025-07-01", "energy", True, 1),
    ("2025-07-01", None, False, 1), (None, "space", False, 2),
)  # fmt: skip


def test_every_event_is_in_one_bar_or_in_the_counted_note() -> None:
    periods = periods_of(COUNTS, "month")
    assert periods is not None
    stated, stand_in, _ = bars(COUNTS, periods, look()).data
    assert sum(stated.y) + sum(stand_in.y) + left_out(COUNTS) == COUNTS["event_count"].sum()


def test_pieces_stand_on_each_other_in_the_codebooks_order_and_stand_ins_on_top() -> None:
    periods = periods_of(COUNTS, "month")
    assert periods is not None
    stated, stand_in, _ = bars(COUNTS, periods, look()).data
    july = [
        (data[2], base, count)
        for data, base, count in zip(stated.customdata, stated.base, stated.y, strict=True)
        if data[0] == "2025-07-01"
    ]
    assert july == [("space", 0, 3), ("", 3, 1)]
    assert (stand_in.base[0], stand_in.y[0], stand_in.marker.pattern.shape) == (4, 1, "/")


def test_a_bar_knows_its_days_and_its_sector() -> None:
    periods = periods_of(COUNTS, "month")
    assert periods is not None
    assert list(bars(COUNTS, periods, look()).data[0].customdata[0]) == ["2024-05-01", "2024-05-31", "energy"]


def test_the_legend_counts_and_explains_the_hatching() -> None:
    said = [entry.label for entry in entries(COUNTS, look())]
    assert said[:3] == ["Space 5", "Energy 3", "No sector 1"]
    assert "stands in" in said[3]


def test_the_sentence_says_what_the_eye_sees() -> None:
    periods = periods_of(COUNTS, "month")
    assert periods is not None
    assert sentence(COUNTS, periods) == "Most in July 2025: 5 of 9 events. 2 of 15 months have any."


def test_the_table_holds_every_row_in_words() -> None:
    rows = table(COUNTS, "month", look())
    assert rows["events"].sum() == 9
    assert rows.iloc[0].to_dict() == {
        "period": "May 2024", "group": "Energy", "date": "the event’s own", "share": "2", "events": 2,
        "mark": ["2024-05-01", "2024-05-31", "energy"],
    }  # fmt: skip
    assert rows.iloc[-1]["period"] == "No month known"


def test_without_any_date_there_are_no_periods() -> None:
    assert periods_of(counts((None, "space", False, 2)), "month") is None


def test_only_the_highest_bar_has_its_total_when_they_would_run_into_each_other() -> None:
    many = counts(
        *((f"{year}-{month:02d}-01", "space", False, 100 + month) for year in (2024, 2025) for month in range(1, 13))
    )
    periods = periods_of(many, "month")
    assert periods is not None
    assert list(bars(many, periods, look()).data[-1].text) == ["112"]


def test_the_band_below_the_bars_stands_where_they_do() -> None:
    periods = periods_of(COUNTS, "month")
    assert periods is not None
    above, below = bars(COUNTS, periods, look()).layout, time_axis(periods, look()).layout
    assert (above.margin.l, above.margin.r, above.xaxis.range) == (below.margin.l, below.margin.r, below.xaxis.range)
    assert below.dragmode == "select"
    assert periods.start(0) == date(2024, 5, 1)
