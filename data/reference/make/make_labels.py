"""Make `country_labels.csv`: for each country the point at which a map writes its name. Run by hand, not by the build.

`python data/reference/make/make_labels.py` reads `countries.csv`, `country_shapes.geojson` and `places.csv`.

Rules: of a country with an outline, the point inside the largest part of it that lies farthest from its border (found on a
grid that is refined three times; the longitude is shortened by the cosine of the latitude). Of a country too small for an
outline, the middle between its outermost cities of `places.csv`. A country with neither has no row.
"""

import csv
import json
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
STEPS, REFINEMENTS = 24, 3
FROM_OUTLINE = "own: the point of the largest part of the outline that lies farthest from the border"
FROM_CITIES = "own: the middle between the country's outermost cities of places.csv"

Point = tuple[float, float]
Ring = list[Point]


def area(ring: Ring) -> float:
    """The area of a ring, in square degrees as the map shows them."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def contains(ring: Ring, x: float, y: float) -> bool:
    """Whether a point lies in a ring: a ray from it crosses the border an odd number of times."""
    crossings = [
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring)
    ]
    return sum(crossings) % 2 == 1


def distance(ring: Ring, x: float, y: float) -> float:
    """How far a point lies from the border; negative outside."""
    nearest = min(_to_line(x, y, start, end) for start, end in pairwise(ring))
    return nearest if contains(ring, x, y) else -nearest


def _to_line(x: float, y: float, start: Point, end: Point) -> float:
    (x1, y1), (x2, y2) = start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = min(max(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length, 0), 1) if length else 0
    return hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))


def innermost(ring: Ring) -> Point:
    """The point of a ring that lies farthest from its border."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    best = (left, low)
    for _ in range(REFINEMENTS):
        grid = [
            (left + (right - left) * column / STEPS, low + (high - low) * row / STEPS)
            for column in range(STEPS + 1)
            for row in range(STEPS + 1)
        ]
        best = max(grid, key=lambda point: distance(ring, *point))
        wide, tall = (right - left) / STEPS * 2, (high - low) / STEPS * 2
        left, right, low, high = best[0] - wide, best[0] + wide, best[1] - tall, best[1] + tall
    return best


def label_of_outline(geometry: dict) -> Point:  # type: ignore[type-arg]  # GeoJSON
    """The label point of an outline, as latitude and longitude."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    largest = max((part[0] for part in parts), key=area)
    narrowing = cos(radians(sum(y for _, y in largest) / len(largest)))
    x, y = innermost([(x * narrowing, y) for x, y in largest])
    return y, x / narrowing


def rows() -> list[tuple[str, float, float, str]]:
    """One row a country that has a label point."""
    shapes = json.loads((FOLDER / "country_shapes.geojson").read_text(encoding="utf-8"))["features"]
    outlines = {shape["properties"]["country_code"]: shape["geometry"] for shape in shapes}
    cities: dict[str, list[Point]] = {}
    with (FOLDER / "places.csv").open(encoding="utf-8") as file:
        for place in csv.DictReader(file):
            cities.setdefault(place["country_code"], []).append((float(place["latitude"]), float(place["longitude"])))
    with (FOLDER / "countries.csv").open(encoding="utf-8") as file:
        codes = [country["country_code"] for country in csv.DictReader(file)]
    found = []
    for code in codes:
        if code in outlines:
            found.append((code, *label_of_outline(outlines[code]), FROM_OUTLINE))
        elif code in cities:
            middle = [(min(values) + max(values)) / 2 for values in zip(*cities[code], strict=True)]
            found.append((code, middle[0], middle[1], FROM_CITIES))
    return found


def main() -> None:
    """Write the file."""
    with (FOLDER / "country_labels.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country_code", "latitude", "longitude", "source"])
        writer.writerows(
            (code, f"{latitude:.2f}", f"{longitude:.2f}", source) for code, latitude, longitude, source in rows()
        )


if __name__ == "__main__":
    main()
