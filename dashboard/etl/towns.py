"""Small towns by name: looked up one by one in a sorted file, never loaded whole.

The gazetteer's cities are found wherever they stand; a small town's name is more often something else, so it is only asked for
when the words around a name say that it is a place (see `unlisted_places`), and to give such a place its coordinates.

Source: `data/reference/towns.csv`, GeoNames (CC BY 4.0), made by `data/reference/make/make_towns.py`.
"""

import csv
from functools import lru_cache
from typing import NamedTuple

from dashboard.folding import fold
from dashboard.settings import REFERENCE_DIR


class Town(NamedTuple):
    """One row of the file: a populated place of 1,000 to 15,000 inhabitants. Coordinates are degrees in WGS 84."""

    name: str
    country_code: str
    place_id: str
    latitude: float
    longitude: float
    population: int


@lru_cache(maxsize=4_096)
def towns_named(name: str) -> tuple[Town, ...]:
    """The towns of a name, whatever its case and accents; the largest first."""
    content, wanted = _content(), fold(name).encode()
    if not wanted:
        return ()
    low, high = content.index(b"\n") + 1, len(content)
    while low < high:
        middle = content.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(low, middle)
        if _name_at(content, middle) < wanted:
            low = content.index(b"\n", middle) + 1
        else:
            high = middle
    lines = []
    while low < len(content) and _name_at(content, low) == wanted:
        end = content.index(b"\n", low)
        lines.append(content[low:end].decode())
        low = end + 1
    return tuple(sorted((_town(row) for row in csv.reader(lines)), key=lambda town: -town.population))


def town_in(name: str, country: str) -> Town | None:
    """The largest town of a name in a country."""
    return next((town for town in towns_named(name) if town.country_code == country), None)


@lru_cache(maxsize=1)
def _content() -> bytes:
    return (REFERENCE_DIR / "towns.csv").read_bytes()


def _name_at(content: bytes, start: int) -> bytes:
    return content[start : content.index(b",", start)]


def _town(row: list[str]) -> Town:
    _, name, country, number, latitude, longitude, population = row
    return Town(name, country, f"geonames:{number}", float(latitude), float(longitude), int(population))
