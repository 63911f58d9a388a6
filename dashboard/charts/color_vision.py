"""How far apart colours look, to readers with and without colour-blindness.

Source: simulation of dichromacy by Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear sRGB;
distance by CIEDE2000 (Sharma, Wu and Dalal 2005) with D65 white; contrast by WCAG 2.2.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

VISIONS = ("normal", "protanopia", "deuteranopia", "tritanopia")

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

_DICHROMACIES: dict[str, Matrix] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Vector = (0.95047, 1.0, 1.08883)


def _times(matrix: Matrix, vector: Vector) -> Vector:
    first, second, third = (sum(weight * part for weight, part in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def linear(color: str) -> Vector:
    """The light of a colour such as `#1f77b4`: red, green and blue from 0 to 1, proportional to energy.

    Raises: ValueError for anything that is not # and six hexadecimal digits.
    """
    if len(color) != 7 or color[0] != "#":
        raise ValueError(f"not a colour: {color!r}; expected # and six hexadecimal digits, for example #1f77b4")
    red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def simulated(color: str, vision: str) -> Vector:
    """The light that a reader with this kind of vision would match with the colour, clipped to the screen's range."""
    light = linear(color)
    if vision == "normal":
        return light
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(_DICHROMACIES[vision], light))
    return red, green, blue


def lab(light: Vector) -> Vector:
    """CIELAB: lightness from 0 to 100, green to red, blue to yellow."""
    x, y, z = (_cube_root(part / white) for part, white in zip(_times(_TO_XYZ, light), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116


def delta_e(one: Vector, other: Vector) -> float:
    """CIEDE2000 between two colours in CIELAB; about 1 is just seen side by side, below 5 two marks on a chart look alike."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    flatten = 1 + 0.5 * (1 - _saturation((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2))
    c1, c2 = math.hypot(a1 * flatten, b1), math.hypot(a2 * flatten, b2)
    h1, h2 = _hue(a1 * flatten, b1), _hue(a2 * flatten, b2)
    turn = _turn(h1, h2) if c1 * c2 else 0.0
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    weight_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    weight_c = 1 + 0.045 * mean_c
    weight_h = 1 + 0.015 * mean_c * _hue_weight(mean_h)
    rotation = -math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2)))) * 2 * _saturation(mean_c)
    lightness, chroma, hue = (l2 - l1) / weight_l, (c2 - c1) / weight_c, hue / weight_h
    return math.sqrt(lightness**2 + chroma**2 + hue**2 + rotation * chroma * hue)


def _saturation(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25**7))


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def _turn(start: float, end: float) -> float:
    """From one hue to the other the shorter way round, in degrees."""
    turn = end - start
    return turn - 360 if turn > 180 else turn + 360 if turn < -180 else turn


def _hue_weight(hue: float) -> float:
    terms = ((-0.17, 1, -30.0), (0.24, 2, 0.0), (0.32, 3, 6.0), (-0.20, 4, -63.0))
    return 1 + sum(factor * math.cos(math.radians(times * hue + shift)) for factor, times, shift in terms)


@lru_cache(maxsize=4096)
def _seen(color: str, vision: str) -> Vector:
    return lab(simulated(color, vision))


def distance(one: str, other: str, vision: str = "normal") -> float:
    """How different two colours look to a reader with this kind of vision, in CIEDE2000."""
    return delta_e(_seen(one, vision), _seen(other, vision))


def least_distance(colors: Iterable[str], vision: str = "normal") -> float:
    """The distance of the two colours that this reader confuses most easily."""
    return min(distance(one, other, vision) for one, other in combinations(colors, 2))


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21; 3 is asked of marks on a chart, 4.5 of text."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    return _times(_TO_XYZ, linear(color))[1]
