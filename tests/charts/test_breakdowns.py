import pandas as pd
import pytest

from dashboard.charts import breakdowns as chart
from dashboard.charts.theme import Theme, contrast
from tests.charts.frames import look

BY_SECTOR = pd.DataFrame({
    "sector_code": ["space", "energy", "general", None], "label": ["Space", "Energy", "General", None],
    "main_count": [1, 3, 0, 1], "event_count": [2, 3, 1, 0],
})  # fmt: skip
BY_TYPE = pd.DataFrame(
    {"event_type_code": ["meeting", "launch"], "label": ["Meeting", "Launch"], "event_count": [2, 3]}
)
TYPES = {"meeting": "Meeting", "visit": "Visit", "launch": "Launch"}
GRID = pd.DataFrame(
    {
        "sector_code": ["space", "energy", None],
        "event_type_code": ["launch", "meeting", "launch"],
        "event_count": [1, 3, 1],
    }
)


def test_main_sectors_add_up_and_touching_is_drawn_behind() -> None:
    main, touching, _ = chart.by_sector(BY_SECTOR, look()).data
    assert sum(main.x) == 5
    assert [code for (code,) in main.customdata] == ["energy", "space", "", "general"]
    assert list(touching.x) == [0, 1, 0, 1]
    assert list(touching.base) == list(main.x)
    assert chart.sector_sentence(BY_SECTOR, look()) == "Most: Energy, main sector of 3 of 5 events."


def test_a_sector_has_its_own_colour() -> None:
    main = chart.by_sector(BY_SECTOR, look()).data[0]
    assert list(main.marker.color)[:3] == ["#b35900", "#3b4cc0", look().blank]


def test_types_are_sorted_by_count() -> None:
    figure = chart.by_type(BY_TYPE, look())
    assert list(figure.data[0].x) == [3, 2]
    assert figure.layout.yaxis.ticktext[0].strip() == "Launch"
    assert chart.type_sentence(BY_TYPE) == "Most: launch, 3 of 5 events."


def test_split_counts_add_up_to_the_events_and_the_sentence_says_so() -> None:
    frame = pd.DataFrame(
        {
            "country_code": ["CHN", "PAK", None],
            "label": ["China", "Pakistan", None],
            "event_count": [2, 1, 1],
            "split_count": [1.5, 0.5, 1.0],
        }
    )
    assert (
        chart.country_sentence(frame)
        == "An event of n countries counts 1/n to each in the split count, which so adds up to 3 events."
    )
    assert chart.by_country(frame, look()).layout.yaxis.ticktext[2].strip() == "No country"


def test_the_countries_that_are_not_drawn_are_counted() -> None:
    frame = pd.DataFrame(
        {
            "country_code": [f"C{n}" for n in range(20)],
            "label": [f"C{n}" for n in range(20)],
            "event_count": 1,
            "split_count": 1.0,
        }
    )
    assert "5 more countries" in chart.country_sentence(frame)
    assert len(chart.by_country(frame, look()).data[0].x) == chart.MOST_COUNTRIES


@pytest.mark.parametrize("shown", [look(), look(is_dark=True)], ids=["light", "dark"])
def test_every_cell_has_its_count_in_a_colour_that_reads(shown: Theme) -> None:
    (cells,) = chart.sector_by_type(GRID, TYPES, shown).data
    assert list(cells.text) == ["1", "3", "1"]
    assert [tuple(key) for key in cells.customdata] == [("space", "launch"), ("energy", "meeting"), ("", "launch")]
    for ground, ink in zip(cells.marker.color, cells.insidetextfont.color, strict=True):
        assert contrast(ink, ground) >= 4.5


def test_types_that_never_occur_have_no_column() -> None:
    assert list(chart.sector_by_type(GRID, TYPES, look()).layout.xaxis.ticktext) == ["Meeting", "Launch"]
    assert chart.cell_sentence(GRID) == "Each event is in one cell, by its main sector: 3 cells, 5 events."
