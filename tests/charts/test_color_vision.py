"""The colour maths against published values, and the sectors' colours against what they promise."""

import math

import pytest

from dashboard import reference
from dashboard.charts import color_vision
from dashboard.charts.color_vision import contrast, delta_e, lab, least_distance, linear, simulated

BACKGROUNDS = {"color_light": ("#ffffff", "#f1f4f7"), "color_dark": ("#14191f", "#1f262e")}


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, -0.001, 2.49), (50.0, 0.001, -2.49), 4.8045),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_that_sharma_wu_and_dalal_published(
    one: color_vision.Vector, other: color_vision.Vector, distance: float
) -> None:
    assert delta_e(one, other) == pytest.approx(distance, abs=5e-5)
    assert delta_e(other, one) == pytest.approx(distance, abs=5e-5)


def test_white_is_white_and_black_is_black() -> None:
    assert lab(linear("#ffffff")) == pytest.approx((100.0, 0.0, 0.0), abs=1e-3)
    assert lab(linear("#000000")) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0, abs=1e-3)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=5e-3)


@pytest.mark.parametrize("vision", color_vision.VISIONS)
def test_a_grey_is_the_same_grey_to_every_reader(vision: str) -> None:
    assert simulated("#808080", vision) == pytest.approx(linear("#808080"), abs=1e-5)


def test_red_and_green_come_together_without_the_red_cones() -> None:
    assert color_vision.distance("#c00000", "#4a5d00", "protanopia") < color_vision.distance("#c00000", "#4a5d00") / 3


@pytest.mark.parametrize("color", ["red", "#fff", "#1234567"])
def test_what_is_no_colour_is_refused(color: str) -> None:
    with pytest.raises(ValueError, match="expected # and six hexadecimal digits"):
        linear(color)


@pytest.mark.parametrize("vision", color_vision.VISIONS)
@pytest.mark.parametrize(("column", "least"), [("color_light", 12.5), ("color_dark", 11.5)])
def test_any_two_sectors_look_different_to_every_reader(column: str, least: float, vision: str) -> None:
    assert least_distance(reference.sectors()[column], vision) >= least


@pytest.mark.parametrize(("column", "least", "good"), [("color_light", 2.4, 9), ("color_dark", 3.1, 12)])
def test_every_sector_stands_out_from_the_page(column: str, least: float, good: int) -> None:
    """Three of the light colours (energy, digital, general) stay below the 3:1 that WCAG asks of marks without a label."""
    contrasts = [
        min(contrast(color, ground) for ground in BACKGROUNDS[column]) for color in reference.sectors()[column]
    ]
    assert min(contrasts) >= least
    assert sum(ratio >= 3 for ratio in contrasts) == good


@pytest.mark.parametrize(
    "code",
    ["space", "energy", "environment", "health", "digital", "materials", "transport", "basic_science", "education"],
)
def test_a_sector_keeps_its_hue_in_both_themes(code: str) -> None:
    colors = reference.sectors().set_index("sector_code").loc[code]
    light, dark = (math.atan2(b, a) for _, a, b in (lab(linear(colors[column])) for column in BACKGROUNDS))
    assert abs(math.degrees(math.remainder(light - dark, math.tau))) < 10
