"""Make `country_shapes.geojson`: the outlines of countries, small enough to send with every map. Run by hand, not by the build.

Reads two packages, unpacked anywhere: npm's `world-atlas` 2.0.2 (Natural Earth 4.1, 1:110m, public domain) and PyPI's
`pycountry` (for ISO 3166-1 numeric codes). Then: `python data/reference/make/make_shapes.py COUNTRIES_110M_JSON
ISO3166_1_JSON`, for example `node_modules/world-atlas/countries-110m.json` and `pycountry/databases/iso3166-1.json`.

Rules: two decimals (about one kilometre); points that fall together are dropped. Kosovo gets its user-assigned code,
Northern Cyprus and Somaliland none. Rings are cut at the antimeridian. Antarctica ends at 85 degrees south, because the map's projection has no pole.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).resolve().parent.parent / "country_shapes.geojson"
WITHOUT_NUMBER = {"Kosovo": "XKX", "N. Cyprus": "", "Somaliland": ""}
FULL_NAMES = {
    "W. Sahara": "Western Sahara", "Dem. Rep. Congo": "DR Congo", "Dominican Rep.": "Dominican Republic",
    "Falkland Is.": "Falkland Islands", "Fr. S. Antarctic Lands": "French Southern Territories",
    "Central African Rep.": "Central African Republic", "Eq. Guinea": "Equatorial Guinea", "eSwatini": "Eswatini",
    "Solomon Is.": "Solomon Islands", "N. Cyprus": "Northern Cyprus", "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Macedonia": "North Macedonia", "S. Sudan": "South Sudan", "Congo": "Republic of the Congo", "Turkey": "Türkiye",
    "United States of America": "United States",
}  # fmt: skip
SOUTHERN_END = -85.0

Point = tuple[float, float]
Points = list[list[float]]


def decoded_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of the topology as degrees: each point is stored as the step from the one before it."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    return arcs


def ring(numbers: Iterable[int], arcs: list[list[Point]]) -> Points:
    """A closed line of rounded points; a negative number is an arc backwards."""
    points: Points = []
    for number in numbers:
        for x, y in arcs[number] if number >= 0 else reversed(arcs[~number]):
            point = [round(x, 2), round(max(y, SOUTHERN_END), 2)]
            if not points or points[-1] != point:
                points.append(point)
    return points


def unwrapped(points: Points) -> Points:
    """The line without jumps of 360 degrees: longitudes go on beyond 180."""
    lines = [points[0]]
    for x, y in points[1:]:
        turns = round((lines[-1][0] - x) / 360)
        lines.append([x + 360 * turns, y])
    return lines


def cut(points: Points) -> Iterator[Points]:
    """The parts of a ring on either side of the antimeridian, each with longitudes from -180 to 180.

    Rules: a ring around the pole is closed along `SOUTHERN_END`.
    """
    line = unwrapped(points)
    if line[-1] != line[0]:
        line = [*line, [line[-1][0], SOUTHERN_END], [line[0][0], SOUTHERN_END], line[0]]
    lowest, highest = min(x for x, _ in line), max(x for x, _ in line)
    for west in range(-540, 541, 360):
        if highest > west and lowest < west + 360:
            part = _beside(_beside(line, west, sign=1), west + 360, sign=-1)
            shifted = [[round(x - west - 180, 2), round(y, 2)] for x, y in part]
            yield [*shifted, shifted[0]] if shifted[0] != shifted[-1] else shifted


def _beside(line: Points, meridian: float, *, sign: int) -> Points:
    """The part of a closed line east (sign 1) or west (sign -1) of a meridian (Sutherland and Hodgman 1974)."""
    kept: Points = []
    for (x1, y1), (x2, y2) in zip([line[-1], *line[:-1]], line, strict=True):
        first, second = sign * (x1 - meridian) >= 0, sign * (x2 - meridian) >= 0
        if first != second:
            kept.append([meridian, y1 + (y2 - y1) * (meridian - x1) / (x2 - x1)])
        if second:
            kept.append([x2, y2])
    return kept


def polygons(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Points]]:
    """The polygons of a country, as far as they still have three corners; only outer rings cross the antimeridian."""
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for part in parts:
        outer, *holes = (ring(numbers, arcs) for numbers in part)
        pieces = list(cut(outer))
        if len(pieces) > 1 and holes:
            raise SystemExit("a ring with holes crosses the antimeridian; say which piece each hole belongs to")
        yield from ([piece, *(hole for hole in holes if len(hole) > 3)] for piece in pieces if len(piece) > 3)


def features(topology: dict[str, Any], codes: dict[str, str]) -> Iterator[dict[str, Any]]:
    """One feature a country, with its code and name."""
    arcs = decoded_arcs(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes[geometry["id"]] if "id" in geometry else WITHOUT_NUMBER[name]
        parts = list(polygons(geometry, arcs))
        shape = (
            {"type": "Polygon", "coordinates": parts[0]}
            if len(parts) == 1
            else {"type": "MultiPolygon", "coordinates": parts}
        )
        yield {
            "type": "Feature",
            "properties": {"country_code": code, "name": FULL_NAMES.get(name, name)},
            "geometry": shape,
        }


def main(atlas: Path, iso: Path) -> None:
    """Write the shapes, in the order of the countries' names."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    codes = {entry["numeric"]: entry["alpha_3"] for entry in json.loads(iso.read_text(encoding="utf-8"))["3166-1"]}
    countries = sorted(features(topology, codes), key=lambda feature: str(feature["properties"]["name"]))
    text = json.dumps({"type": "FeatureCollection", "features": countries}, ensure_ascii=False, separators=(",", ":"))
    OUTPUT.write_text(text + "\n", encoding="utf-8")
    print(f"{len(countries)} shapes, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
