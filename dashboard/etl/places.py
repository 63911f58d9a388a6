"""Places in a text: cities and places of the trade, each in the country that what stands near it says.

Rules: primary names are matched before other names; of several places with one name the one in a named country wins,
then the preferred one, then the largest. A word that is also an ordinary word, a person or a part of an organisation's
name is no place unless something says so. A place is never made finer than the text is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dashboard.codebook import Site
from dashboard.etl.countries import records
from dashboard.etl.lexicons import lexicon
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.tokens import Phrasebook, Token
from dashboard.reference import place_aliases, place_preferences, places

_VIRTUAL = re.compile(
    r"\b(?:virtually|online|on-line|via video(?:conference| link| call)?|by video(?:conference| link| call)?|via zoom|via teams|over zoom|in virtual mode|virtual mode|"
    r"virtual (?:meeting|session|conference|format|ceremony|forum|dialogue|event|workshop|platform|signing)|in (?:an )?online format|by (?:means of )?(?:a )?video(?: |-)?conference|"
    r"through (?:a )?video(?: |-)?(?:conference|link)|remotely|by teleconference|webinar)\b",
    re.IGNORECASE,
)
_LARGE = 300_000
_FAR_LARGER = 5
_NEAR_CHARACTERS = 45
_LOCATIVES = frozenset("in at near from to outside of around into through for via towards toward over between".split())
_NAME_BEFORE = frozenset(
    "mr mrs ms dr prof professor president minister rector director ambassador sir lady lord engr acad king queen prince general said".split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer under one of its names."""

    place_id: str
    name: str
    country: str
    region: str
    population: int
    kind: str
    is_primary: bool


@lru_cache(maxsize=1)
def _gazetteer() -> Phrasebook[Place]:
    return Phrasebook(_entries())


def _entries() -> Iterable[tuple[str, Place]]:
    by_id: dict[str, Place] = {}
    for row in records(places()):
        place = _place(row)
        by_id[place.place_id] = place
        yield place.name, place
        for alias in str(row["aliases"] or "").split(";"):
            if alias.strip():
                yield alias.strip(), place
    for row in records(place_aliases()):
        known = by_id.get(str(row["place_id"]))
        if known:
            yield str(row["alias"]), replace(known, is_primary=False)


def _place(row: Mapping[str, Any]) -> Place:
    kind = str(row["kind"])
    population = int(row["population"] or 0) if kind == "city" else _LARGE
    return Place(str(row["place_id"]), str(row["name"]), str(row["country_code"]), str(row["region"]), population, kind, True)


@lru_cache(maxsize=1)
def _preferences() -> frozenset[str]:
    """The places that are meant where several of a country have one name."""
    return frozenset(str(row["place_id"]) for row in records(place_preferences()))


@lru_cache(maxsize=1)
def _ordinary() -> dict[str, str]:
    """Names of places that are more often something else, and what they need: `never`, or `in` before them."""
    return {row["word"].lower(): row["needs"] for row in lexicon("place_words", ["word", "needs"], key=["word"])}


@dataclass(frozen=True)
class Surroundings:
    """What decides between places of one name: the countries named in the text, and where names of organisations stand."""

    countries: Sequence[Mention]
    names: Sequence[tuple[int, int]]
    datelines: Sequence[tuple[int, int]]


def find_places(view: str, tokens: list[Token], around: Surroundings) -> list[PlaceMention]:
    """Every place in the text, and every word that says the event was online."""
    mentions = [mention for hit in _gazetteer().find(tokens) if (mention := _mention(view, tokens, hit.first, hit.last, hit.entry, around))]
    mentions += [PlaceMention("place", found.start(), found.end(), "virtual", "virtual", None, "virtual") for found in _VIRTUAL.finditer(view)]
    return sorted(mentions, key=_start)


def _start(mention: PlaceMention) -> int:
    return mention.start


def _mention(view: str, tokens: list[Token], first: int, last: int, candidates: Sequence[Place], around: Surroundings) -> PlaceMention | None:
    start, end = tokens[first].start, tokens[last].end
    if any(low <= start < high for low, high in around.datelines):
        place, rule = _choose(candidates, start, end, around)
        return PlaceMention("place", start, end, place.name, f"dateline:{rule}", Site(place.country, place.name), "dateline", place.place_id)
    if not tokens[first].is_capital or not _is_meant(tokens, first, last, candidates):
        return None
    place, rule = _choose(candidates, start, end, around)
    if place.population < _LARGE and place.kind == "city" and rule in ("largest", "only") and not _is_located(tokens, first, last):
        return None
    inside = any(low <= start and end <= high and (low, high) != (start, end) for low, high in around.names)
    return PlaceMention("place", start, end, place.name, rule, Site(place.country, place.name), "name" if inside else "text", place.place_id)


def _is_meant(tokens: Sequence[Token], first: int, last: int, candidates: Sequence[Place]) -> bool:
    """Whether the words can be a place here: not a surname behind a title, not an ordinary word, not a short acronym."""
    before = tokens[first - 1] if first else None
    if before and before.word in _NAME_BEFORE:
        return False
    surface = tokens[first].surface
    if first == last and len(surface) < 4 and surface.isupper():
        return False
    needs = _ordinary().get(" ".join(token.word for token in tokens[first : last + 1] if token.is_word))
    if needs == "never":
        return False
    return needs is None or bool(before and before.word in ("in", "at", "from", "to", "near"))


def _is_located(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words around a small place say that it is one: `in X`, `X-based`, `X, Country`."""
    before = tokens[first - 1].word if first else ""
    after = tokens[last + 1].surface if last + 1 < len(tokens) else ""
    based = after == "-" and last + 2 < len(tokens) and tokens[last + 2].word == "based"
    return before in _LOCATIVES or based or (before in ("and", ",") and first > 1 and tokens[first - 2].is_capital)


def _choose(candidates: Sequence[Place], start: int, end: int, around: Surroundings) -> tuple[Place, str]:
    """One place of several with the same name, and what decided."""
    if len({place.place_id for place in candidates}) == 1:
        return candidates[0], "only" if candidates[0].is_primary else "alias"
    primary = [place for place in candidates if place.is_primary] or list(candidates)
    near = _countries_near(around.countries, start, end, _NEAR_CHARACTERS)
    named = {mention.value for mention in around.countries}
    for pool, codes, rule in ((primary, near, "country_near"), (list(candidates), near, "country_near"), (primary, named, "country_named")):
        here = [place for place in pool if place.country in codes]
        if here:
            return max(here, key=_rank), rule
    best = max(primary, key=_rank)
    rivals = [place for place in primary if place.country != best.country and place.population * _FAR_LARGER > best.population]
    return best, "largest" if rivals else "only"


def _rank(place: Place) -> tuple[bool, int]:
    return place.place_id in _preferences(), place.population


def _mention_start(mention: Mention) -> int:
    return mention.start


def _countries_near(countries: Sequence[Mention], start: int, end: int, reach: int) -> set[str]:
    low = bisect_left(countries, start - reach, key=_mention_start)
    high = bisect_left(countries, end + reach, key=_mention_start)
    return {mention.value for mention in countries[low:high]}
