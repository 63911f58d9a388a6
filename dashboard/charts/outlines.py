"""The outlines of countries as ready text, dealt out to the layers of a map so that each goes to the browser once."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outlines:
    """Shape: the GeoJSON geometry of each country by its code, and of those without a code, as JSON."""

    by_country: Mapping[str, str]
    others: tuple[str, ...]

    def land(self, without: Collection[str] = ()) -> str:
        """All outlines but those of the countries named, as a layer's data."""
        kept = [geometry for code, geometry in self.by_country.items() if code not in without]
        return _collection(_feature(geometry, "{}") for geometry in (*kept, *self.others))

    def features(self, properties: Mapping[str, Mapping[str, Any]]) -> str:
        """The outlines of some countries, each with its properties, as a layer's data; a country without one is left out."""
        return _collection(
            _feature(self.by_country[code], json.dumps(said, ensure_ascii=False, separators=(",", ":")))
            for code, said in properties.items()
            if code in self.by_country
        )


def outlines(shapes: Mapping[str, Any]) -> Outlines:
    """The outlines of `reference.country_shapes`."""
    named, others = {}, []
    for shape in shapes["features"]:
        geometry, code = json.dumps(shape["geometry"], separators=(",", ":")), shape["properties"]["country_code"]
        if code:
            named[code] = geometry
        else:
            others.append(geometry)
    return Outlines(named, tuple(others))


def _feature(geometry: str, properties: str) -> str:
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'


def _collection(features: Any) -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'
