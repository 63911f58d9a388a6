"""Names of sites to places with coordinates; a name the gazetteer lacks stays a place without them."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

import pandas as pd

from dashboard import reference
from dashboard.codebook import Site
from dashboard.etl.towns import town_in
from dashboard.folding import fold


@dataclass(frozen=True)
class Place:
    """A row of `places`. Coordinates are degrees in WGS 84; a country and an unlisted place have none."""

    place_id: str
    name: str
    kind: str
    country_code: str
    region: str | None
    latitude: float | None
    longitude: float | None
    source: str


def find_place(site: Site) -> Place:
    """The place a site names.

    Rules: the country decides between namesakes, then the list of preferences, then the larger population. A spaceport or
    campus that stands for a city is that city. What the gazetteer lacks is looked for among the small towns of the country.
    """
    if not site.city:
        return Place(
            f"country:{site.country}",
            _country_name(site.country),
            "country",
            site.country,
            None,
            None,
            None,
            "ISO 3166-1",
        )
    place_id = _ids_by_name(site.country).get(fold(site.city))
    town = town_in(site.city, site.country) if place_id is None else None
    if town:
        return Place(
            town.place_id, town.name, "city", town.country_code, None, town.latitude, town.longitude, "GeoNames"
        )
    if place_id is None:
        slug = re.sub(r"\W+", "-", fold(site.city))
        return Place(
            f"unlisted:{site.country}:{slug}",
            site.city,
            "unlisted",
            site.country,
            None,
            None,
            None,
            "not in the gazetteer",
        )
    return _place(place_id)


def search_places(words: str, most: int = 12) -> list[Place]:
    """Places whose name, or another name of theirs, begins with these words; the largest first."""
    folded = fold(words)
    if not folded:
        return []
    found = [place_id for name, place_id in _by_size() if name.startswith(folded)]
    places = (_place(place_id) for place_id in dict.fromkeys(found))
    return list(dict.fromkeys(islice(places, most)))


@cache
def _by_size() -> tuple[tuple[str, str], ...]:
    """Every folded name with its place id, the largest place first, its usual name before the others."""
    rows = _rows().sort_values("population", ascending=False)
    names = zip(rows["name"], rows["aliases"], rows.index, strict=True)
    return tuple(
        (fold(name), str(place_id))
        for usual, others, place_id in names
        for name in dict.fromkeys((usual, *(alias for alias in others.split(";") if alias)))
    )


def _country_name(code: str) -> str:
    countries = reference.countries().set_index("country_code")["name"]
    return str(countries.get(code, code))


@cache
def _rows() -> pd.DataFrame:
    return reference.places().set_index("place_id", drop=False)


def _place(place_id: str) -> Place:
    row = _rows().loc[place_id]
    stands_for = row.get("stands_for")
    if isinstance(stands_for, str) and stands_for:
        return _place(stands_for)
    region = row["region"] if isinstance(row["region"], str) and row["region"] else None
    return Place(
        place_id,
        row["name"],
        row["kind"],
        row["country_code"],
        region,
        float(row["latitude"]),
        float(row["longitude"]),
        row["source"],
    )


@cache
def _ids_by_name(country: str) -> dict[str, str]:
    """A country's place ids by folded name; what is set last wins: larger places, then other names, then preferences."""
    rows = _rows()
    places = rows[rows["country_code"] == country].sort_values("population")
    names = {fold(name): place_id for name, place_id in zip(places["name"], places.index, strict=True)}
    for place_id, aliases in places.loc[places["aliases"] != "", "aliases"].items():
        names |= {fold(alias): str(place_id) for alias in aliases.split(";")}
    aliases = reference.place_aliases()
    here = aliases[aliases["place_id"].isin(places.index)]
    names |= {fold(alias): place_id for alias, place_id in zip(here["alias"], here["place_id"], strict=True)}
    preferences = reference.place_preferences()
    preferred = preferences[preferences["country_code"] == country]
    return names | {
        fold(name): place_id for name, place_id in zip(preferred["name"], preferred["place_id"], strict=True)
    }
