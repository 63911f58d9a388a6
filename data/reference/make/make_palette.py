"""Find the sectors' colours: twelve that readers with and without colour-blindness tell apart. Run by hand, not by the build.

`PYTHONPATH=. python data/reference/make/make_palette.py` from the project's folder prints the two palettes and writes them into
`sectors.csv`. Nothing is read but that file; the seed of the search is fixed, so it finds the same colours again.

Rules: each sector keeps to a family of hues that hints at it, with little enough chroma to stay calm; the dark theme's
colour stays within `HUE_SHIFT` of the light theme's. Within that, simulated annealing raises the distance (CIEDE2000) of
the pair that is most alike, over normal vision and three dichromacies together. A mark must stand out from its background
by `LEAST_CONTRAST`, and most by 3:1.
"""

import csv
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from dashboard.charts.color_vision import VISIONS, Vector, contrast, delta_e, lab, simulated

SECTORS_FILE = Path(__file__).resolve().parent.parent / "sectors.csv"
BACKGROUNDS = {"light": ("#ffffff", "#f1f4f7"), "dark": ("#14191f", "#1f262e")}
LEAST_CONTRAST = {"light": 2.4, "dark": 3.0}
HUE_SHIFT = 6.0
STEPS = 40_000
SEEDS = range(4)

Color = tuple[float, float, float]
"""Lightness, chroma and hue in CIELAB."""


@dataclass(frozen=True)
class Family:
    """The colours that may stand for a sector: lightness in each theme, chroma, and hue (degrees; above 360 goes on at 0)."""

    light: tuple[float, float]
    dark: tuple[float, float]
    chroma: tuple[float, float]
    hue: tuple[float, float]

    def limits(self, theme: str) -> tuple[tuple[float, float], ...]:
        return (self.light if theme == "light" else self.dark, self.chroma, self.hue)


FAMILIES = {
    "space": Family((24, 38), (50, 64), (36, 58), (274, 287)),
    "energy": Family((62, 68), (70, 82), (50, 68), (64, 80)),
    "environment": Family((44, 62), (62, 80), (32, 54), (140, 158)),
    "health": Family((38, 52), (52, 68), (44, 62), (16, 34)),
    "agriculture": Family((46, 64), (66, 80), (38, 60), (102, 120)),
    "digital": Family((50, 66), (68, 84), (26, 42), (236, 266)),
    "manufacturing": Family((34, 50), (48, 64), (10, 18), (245, 278)),
    "materials": Family((30, 46), (48, 64), (22, 40), (48, 70)),
    "transport": Family((36, 56), (54, 74), (24, 40), (180, 208)),
    "basic_science": Family((38, 58), (56, 74), (36, 58), (308, 324)),
    "education": Family((56, 72), (68, 82), (30, 46), (340, 358)),
    "general": Family((58, 68), (74, 84), (0, 4), (80, 100)),
}


def hexadecimal(color: Color) -> str | None:
    """The colour as a screen shows it, or None if no screen does."""
    lightness, chroma, hue = color
    y = (lightness + 16) / 116
    x, z = y + chroma * math.cos(math.radians(hue)) / 500, y - chroma * math.sin(math.radians(hue)) / 200
    xyz = [_cube(part) * white for part, white in zip((x, y, z), (0.95047, 1.0, 1.08883), strict=True)]
    rows = ((3.2404542, -1.5371385, -0.4985314), (-0.9692660, 1.8760108, 0.0415560), (0.0556434, -0.2040259, 1.0572252))
    channels = [sum(weight * part for weight, part in zip(row, xyz, strict=True)) for row in rows]
    if min(channels) < -0.0005 or max(channels) > 1.0005:
        return None
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, channel)))):02x}" for channel in channels)


def _cube(root: float) -> float:
    return root**3 if root**3 > 216 / 24389 else (116 * root - 16) * 27 / 24389


def _encoded(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


class Search:
    """One palette while it is being found: the colours, how each is seen, and the distance of each pair."""

    def __init__(self, bounds: Mapping[str, Family], theme: str, seed: int) -> None:
        self.bounds, self.theme, self.chance = bounds, theme, random.Random(seed)  # noqa: S311  (a search, not a secret)
        self.names = list(bounds)
        self.colors = {name: self._first(name) for name in self.names}
        self.seen = {name: _views(self.colors[name]) for name in self.names}
        self.apart = {pair: _apart(self.seen[pair[0]], self.seen[pair[1]]) for pair in combinations(self.names, 2)}

    def _first(self, name: str) -> Color:
        while True:
            color = tuple(self.chance.uniform(*limits) for limits in self.bounds[name].limits(self.theme))
            if self._fits(color):  # type: ignore[arg-type]
                return color  # type: ignore[return-value]

    def _fits(self, color: Color) -> bool:
        shown = hexadecimal(color)
        return (
            shown is not None
            and min(contrast(shown, ground) for ground in BACKGROUNDS[self.theme]) >= LEAST_CONTRAST[self.theme]
        )

    def run(self) -> None:
        """Move one colour at a time; keep what is better, and at first, while it is warm, some of what is worse."""
        score = self.score(self.apart)
        for step in range(STEPS):
            warmth = (1 - step / STEPS) ** 2
            name = self.chance.choice(self.names)
            color = self._moved(name, warmth)
            if not self._fits(color):
                continue
            seen = _views(color)
            changed = {
                pair: _apart(seen, self.seen[pair[1] if pair[0] == name else pair[0]])
                for pair in self.apart
                if name in pair
            }
            new = self.score(self.apart | changed)
            if new > score or self.chance.random() < math.exp((new - score) / (0.4 * warmth + 1e-6)):
                score = new
                self.colors[name], self.seen[name] = color, seen
                self.apart |= changed

    def _moved(self, name: str, warmth: float) -> Color:
        reach = 0.04 + 0.3 * warmth
        lightness, chroma, hue = (
            min(high, max(low, value + self.chance.gauss(0, reach * (high - low))))
            for value, (low, high) in zip(self.colors[name], self.bounds[name].limits(self.theme), strict=True)
        )
        return lightness, chroma, hue

    @staticmethod
    def score(apart: Mapping[tuple[str, str], float]) -> float:
        """A smooth least distance, so that the second and third worst pairs count too."""
        return -math.log(sum(math.exp(-distance / 0.6) for distance in apart.values())) * 0.6


def _views(color: Color) -> tuple[Vector, ...]:
    shown = hexadecimal(color)
    if shown is None:
        raise ValueError(f"no screen shows {color}")
    return tuple(lab(simulated(shown, vision)) for vision in VISIONS)


def _apart(one: tuple[Vector, ...], other: tuple[Vector, ...]) -> float:
    return min(delta_e(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def best(bounds: Mapping[str, Family], theme: str) -> dict[str, Color]:
    """The best of several searches."""
    searches = [Search(bounds, theme, seed) for seed in SEEDS]
    for search in searches:
        search.run()
        print(theme, f"least distance {min(search.apart.values()):.2f}")
    return max(searches, key=lambda search: search.score(search.apart)).colors


def near(colors: Mapping[str, Color]) -> dict[str, Family]:
    """Families for the dark theme, with the light theme's hues."""
    return {
        name: replace(family, hue=(colors[name][2] - HUE_SHIFT, colors[name][2] + HUE_SHIFT))
        for name, family in FAMILIES.items()
    }


def write(light: Mapping[str, Color], dark: Mapping[str, Color]) -> None:
    """Put the colours into `sectors.csv`."""
    with SECTORS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["color_light"] = hexadecimal(light[row["sector_code"]]) or ""
        row["color_dark"] = hexadecimal(dark[row["sector_code"]]) or ""
        print(row["sector_code"], row["color_light"], row["color_dark"])
    with SECTORS_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Search the light theme's colours, then the dark theme's beside them."""
    light = best(FAMILIES, "light")
    dark = best(near(light), "dark")
    write(light, dark)


if __name__ == "__main__":
    main()
