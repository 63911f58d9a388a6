import pytest

from dashboard.charts.theme import DARK, LIGHT, Theme, contrast, drawn, mixed, readable_on, rgb
from dashboard.queries.codebook import sectors
from dashboard.queries.store import Store
from tests.charts.frames import look


def test_a_sector_keeps_its_colour_and_an_event_without_one_is_grey() -> None:
    assert look().color("space") == "#3b4cc0"
    assert look(is_dark=True).color("space") == "#8f9cff"
    assert look().color("") == LIGHT.blank
    assert look().label("") == "No sector"


def test_sectors_stand_in_the_codebooks_order_and_unknown_ones_last() -> None:
    assert sorted(["", "general", "space"], key=look().rank) == ["space", "general", ""]


@pytest.mark.parametrize("base", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reads_on_its_ground(base: Theme) -> None:
    assert contrast(base.ink, base.surface) >= 7
    assert contrast(base.muted, base.surface) >= 4.5
    assert contrast(base.accent, base.land) >= 3


def test_every_sector_of_the_codebook_has_a_colour_that_shows_in_both_themes(store: Store) -> None:
    for row in sectors(store).itertuples():
        assert contrast(row.color_light, LIGHT.surface) >= 2, row.sector_code
        assert contrast(row.color_dark, DARK.surface) >= 2, row.sector_code


def test_the_text_on_a_colour_is_the_one_that_reads_better() -> None:
    assert readable_on("#0f5e8c") == "#ffffff"
    assert readable_on("#f2d16b") == "#10161c"


def test_colours_mix_and_become_numbers() -> None:
    assert mixed("#ffffff", "#000000", 0.5) == "#808080"
    assert rgb("#ff0080", 0.5) == [255, 0, 128, 128]


def test_a_figure_is_light_and_never_moves() -> None:
    figure = drawn([{"type": "bar", "x": [0], "y": [1]}], look(), height=100)
    assert len(figure.to_json()) < 2000
    assert figure.layout.transition.duration is None
    assert figure.layout.dragmode is False
