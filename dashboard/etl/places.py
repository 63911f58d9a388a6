"""Places in a text: cities and places of the trade, each in the country that what stands near it says.

Rules: primary names are matched before other names; of several places with one name the one in a named country wins,
then the preferred one, then the largest. A word that is also an ordinary word, a person or a part of an organisation's
name is no place unless something says so. A place is never made finer than the text is.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from dashboard.codebook import Site
from dashboard.etl.countries import records
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.online import find_online
from dashboard.etl.tokens import Phrasebook, Token, Tokens
from dashboard.folding import fold
from dashboard.reference import place_aliases, place_preferences, places

M = TypeVar("M", bound=Mention)

_LARGE = 300_000
_FAR_LARGER = 5
_KNOWN = 100_000
_FORGOTTEN = 20
_NEAR_CHARACTERS = 45
_FAR_CHARACTERS = 700
_BESIDE_CHARACTERS = 200
_LONG_NAME = 6
_KEPT_SPELLINGS = frozenset(["other spelling", "official spelling", "official name"])
"""Reasons of aliases that are as good a name as the gazetteer's own, so that a site is called as the text calls it."""

_QUARTERS = ("campus", "science_park", "site")
_UNLISTED_BEHIND = frozenset(["in", "at", "outside", "to"])
_PARTICLES = word_list("places.particles")
_NO_PLACES = word_list("places.no_places")
_CITY_STATES = frozenset(["SGP", "LUX", "MCO", "DJI", "SMR", "HKG", "MAC"])
_LOCATIVES = word_list("places.locatives")
_NAME_BEFORE = word_list("places.name_before")


class Place(NamedTuple):
    """One row of the gazetteer under one of its names."""

    place_id: str
    name: str
    country: str
    region: str
    population: int
    kind: str
    is_primary: bool


class Row(NamedTuple):
    """A row of `places`, by its number, under a name; `spelling` is the name it goes by where that is not the row's own."""

    number: int
    is_primary: bool = True
    spelling: str = ""


@lru_cache(maxsize=1)
def _gazetteer() -> Phrasebook[Row]:
    return Phrasebook(_names())


def _names() -> Iterator[tuple[str, Row]]:
    """Every name of every place with its row: the row is read when a text has the name."""
    table = places()
    for number, name in enumerate(table["name"].to_list()):
        yield name, Row(number)
    for number in (table["aliases"] != "").to_numpy().nonzero()[0].tolist():
        for alias in table["aliases"].iat[number].split(";"):
            yield alias.strip(), Row(number)
    numbers = {place_id: number for number, place_id in enumerate(table["place_id"].to_list())}
    for row in records(place_aliases()):
        number = numbers.get(str(row["place_id"]), -1)
        if number >= 0:
            alias = str(row["alias"])
            yield alias, Row(number, is_primary=False, spelling=alias if row["reason"] in _KEPT_SPELLINGS else "")


@lru_cache(maxsize=1)
def _columns() -> tuple[Any, ...]:
    table = places()
    return tuple(table[column] for column in ("place_id", "name", "country_code", "region", "population", "kind"))


@lru_cache(maxsize=8_192)
def _place(row: Row) -> Place:
    place_id, name, country, region, population, kind = (column.iat[row.number] for column in _columns())
    many = int(population) if kind == "city" else _LARGE
    name = _cities_of_quarters().get(place_id, row.spelling or name)
    return Place(place_id, name, country, region, many, kind, row.is_primary)


@lru_cache(maxsize=1)
def _cities_of_quarters() -> dict[str, str]:
    """The city that a campus, park or quarter lies in, which is where an event there is coded; another writing stays."""
    table = places()
    quarters = table[(table["stands_for"] != "") & table["kind"].isin(_QUARTERS)]
    names = dict(zip(table["place_id"], table["name"], strict=True)) if len(quarters) else {}
    cities = {
        place_id: names[city] for place_id, city in zip(quarters["place_id"], quarters["stands_for"], strict=True)
    }
    written = dict(zip(quarters["place_id"], quarters["name"], strict=True))
    return {
        one: city for one, city in cities.items() if fold(city).replace(" ", "") != fold(written[one]).replace(" ", "")
    }


@lru_cache(maxsize=1)
def _preferences() -> frozenset[str]:
    """The places that are meant where several of a country have one name."""
    return frozenset(str(row["place_id"]) for row in records(place_preferences()))


@lru_cache(maxsize=1)
def _ordinary() -> dict[str, str]:
    """Names of places that are more often something else, and what they need: `never`, or `in` before them."""
    return {row["word"].lower(): row["needs"] for row in lexicon("place_words", ["word", "needs"], key=["word"])}


class Spans:
    """Many spans, asked again and again for those over a place, without a look at each of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._furthest = list(accumulate((end for _, end in self._spans), max))

    def covering(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans that begin at or before `start` and end at or behind `end`."""
        index = bisect_right(self._starts, start) - 1
        while index >= 0 and self._furthest[index] >= end:
            if self._spans[index][1] >= end:
                yield self._spans[index]
            index -= 1

    def is_touched(self, start: int, end: int) -> bool:
        """Whether a span lies over some of the characters between `start` and `end`."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._furthest[index] > start


@dataclass(frozen=True)
class Surroundings:
    """What decides between places of one name: the countries named in the text, and where names of organisations stand."""

    countries: Sequence[Mention]
    names: Sequence[tuple[int, int]]
    datelines: Sequence[tuple[int, int]]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each country is named."""
        return Counter(mention.value for mention in self.countries)

    @cached_property
    def spans_of_names(self) -> Spans:
        return Spans(self.names)

    @cached_property
    def spans_of_datelines(self) -> Spans:
        return Spans(self.datelines)


_LONGEST_ACRONYM = 5
_LONGEST_COUNTRY = 200


def find_places(view: str, tokens: Tokens, around: Surroundings) -> list[PlaceMention]:
    """Every place in the text, and every word that says the event was online."""
    mentions = [
        mention
        for hit in _gazetteer().find(tokens)
        if (mention := _mention(tokens, hit.first, hit.last, [_place(row) for row in hit.entry], around))
    ]
    mentions += _unlisted(tokens, sorted(mentions, key=_start), around)
    mentions += [
        PlaceMention("place", start, end, "virtual", "virtual", None, "virtual") for start, end in find_online(view)
    ]
    return sorted(mentions, key=_start)


def _unlisted(tokens: Tokens, known: Sequence[PlaceMention], around: Surroundings) -> Iterable[PlaceMention]:
    """`at Golarchi`: a name that the gazetteer lacks, where the words before it say that it is a place.

    Rules: its country is that of the place or country named nearest to it, at most a few lines away; without one it is left out.
    """
    found = []
    taken = Spans([*((mention.start, mention.end) for mention in (*known, *around.countries)), *around.names])
    for index in sorted(place + 1 for word in _UNLISTED_BEHIND for place in tokens.at.get(word, ())):
        if index == len(tokens) or not _is_name(tokens[index]):
            continue
        last = index
        while (
            last + 1 < len(tokens)
            and last - index < 3
            and _is_name(tokens[last + 1])
            and tokens[last + 1].start - tokens[last].end <= 1
        ):
            last += 1
        last = _over_particle(tokens, last)
        start, end = tokens[index].start, tokens[last].end
        if tokens[last].is_possessive or taken.is_touched(start, end):
            continue
        country = _country_around(start, known, around)
        if country and not _leads_to_listed(tokens, last, known):
            name = " ".join(token.surface for token in tokens[index : last + 1])
            found.append(PlaceMention("place", start, end, name, "unlisted", Site(country, name), "text"))
    return found


def _leads_to_listed(tokens: Sequence[Token], last: int, known: Sequence[PlaceMention]) -> bool:
    """`in Tejgaon, Dhaka`: the city that the gazetteer knows stands right behind."""
    if last + 2 >= len(tokens) or tokens[last + 1].surface != ",":
        return False
    following = tokens[last + 2].start
    return any(place.role == "text" for place in _between(known, following, following + 1))


def _over_particle(tokens: Sequence[Token], last: int) -> int:
    """`Altos de Pipe` goes on behind its small word."""
    if (
        last + 2 < len(tokens)
        and tokens[last + 1].word in _PARTICLES
        and tokens[last + 1].surface.islower()
        and _is_name(tokens[last + 2])
    ):
        return last + 2
    return last


def _is_name(token: Token) -> bool:
    return (
        token.is_capital
        and token.is_word
        and (len(token.surface) > 2 or token.word in _PARTICLES)
        and not token.surface.isupper()
        and token.word not in _NO_PLACES
    )


def _country_around(start: int, known: Sequence[PlaceMention], around: Surroundings) -> str:
    """The country of what is named nearest, within a few lines."""
    low, high = start - _FAR_CHARACTERS, start + _FAR_CHARACTERS
    near = _between(known, low, high)
    options = [(_gap(place, start), place.site.country) for place in near if place.site and place.role != "name"]
    options += [(_gap(mention, start) + 10, mention.value) for mention in _between(around.countries, low, high)]
    distance, country = min(options, default=(_FAR_CHARACTERS, ""))
    if distance < _BESIDE_CHARACTERS:
        return country
    counts = Counter(code for gap, code in options if gap < _FAR_CHARACTERS)
    return counts.most_common(1)[0][0] if counts else ""


def _gap(mention: Mention, start: int) -> int:
    """Characters to a mention; one that comes later counts double."""
    return start - mention.start if mention.start < start else 2 * (mention.start - start)


def _start(mention: PlaceMention) -> int:
    return mention.start


def _mention(
    tokens: list[Token], first: int, last: int, candidates: Sequence[Place], around: Surroundings
) -> PlaceMention | None:
    start, end = tokens[first].start, tokens[last].end
    if any(around.spans_of_datelines.covering(start, start + 1)):
        place, rule = _choose(candidates, start, end, around)
        return PlaceMention(
            "place",
            start,
            end,
            place.name,
            f"dateline:{rule}",
            Site(place.country, place.name),
            "dateline",
            place.place_id,
        )
    if not tokens[first].is_capital or _is_country_here(tokens, first, last, candidates, around):
        return None
    if not _is_meant(tokens, first, last):
        return None
    place, rule = _choose(candidates, start, end, around)
    inside = any(
        ((low, place.kind == "city") != (start, False)) and (low, high) != (start, end)
        for low, high in around.spans_of_names.covering(start, end)
    )
    if inside and place.population < _KNOWN and place.country not in around.counts:
        return None
    if (
        not inside
        and place.population < _LARGE
        and place.kind == "city"
        and rule in ("largest", "only")
        and not _is_located(tokens, first, last)
        and not _is_expected(place, around)
    ):
        return None
    return PlaceMention(
        "place",
        start,
        end,
        place.name,
        rule,
        Site(place.country, place.name),
        "name" if inside else "text",
        place.place_id,
        place.population if place.kind == "city" else 0,
    )


def _is_meant(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words can be a place here: not a surname behind a title, not an ordinary word, not a short acronym."""
    before = tokens[first - 1] if first else None
    if before and before.word in _NAME_BEFORE:
        return False
    surface = tokens[first].surface
    if first == last and len(surface) < 4 and surface.isupper():
        return False
    if (
        first == last
        and len(surface) <= _LONGEST_ACRONYM
        and surface.isupper()
        and _stands_in_small_letters(tokens, first)
    ):
        return False
    if last + 1 < len(tokens) and tokens[last + 1].word == "border":
        return False
    if _heads_a_date(tokens, first, last):
        return True
    needs = _ordinary().get(" ".join(token.word for token in tokens[first : last + 1] if token.is_word))
    if needs == "never":
        return False
    return needs is None or bool(before and before.word in ("in", "at", "from", "to", "near"))


def _heads_a_date(tokens: Sequence[Token], first: int, last: int) -> bool:
    """`Wellington, 3 August`: a place that opens a line or stands behind a stamp's figures, with a day behind it."""
    opens = first == 0 or tokens[first].opens_line or tokens[first - 1].surface.isdigit()
    return opens and last + 2 < len(tokens) and tokens[last + 1].surface == "," and tokens[last + 2].surface.isdigit()


def _stands_in_small_letters(tokens: Sequence[Token], index: int) -> bool:
    """Whether neither neighbour of a word in capitals is in capitals: `two pathologists of NARA, Colombo`."""
    around = [token for token in tokens[max(0, index - 2) : index + 3] if token.is_word]
    return sum(token.surface.isupper() for token in around) == 1 and len(around) > 2


def _is_expected(place: Place, around: Surroundings) -> bool:
    """A longer name in a country that the text names."""
    return len(place.name) >= _LONG_NAME and place.country in around.counts


def _is_country_here(
    tokens: Sequence[Token], first: int, last: int, candidates: Sequence[Place], around: Surroundings
) -> bool:
    """Whether the word names a country, as `Panama`; a state that is its city counts as the city behind `in`."""
    start = tokens[first].start
    covering = [
        mention
        for mention in _between(around.countries, start - _LONGEST_COUNTRY, start + 1)
        if tokens[last].end - 2 <= mention.end
    ]
    if not covering:
        return False
    is_city_state = any(place.country in _CITY_STATES for place in candidates) and covering[0].rule == "name"
    return not (is_city_state and first and tokens[first - 1].word in ("in", "at"))


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
    for pool in (primary, list(candidates)):
        here = [place for place in pool if place.country in near]
        if here:
            return max(here, key=_rank), "country_near"
    best = max(primary, key=_rank)
    counts = around.counts
    here = [place for place in primary if place.country in counts and place.population * _FORGOTTEN >= best.population]
    if here:
        return max(here, key=lambda place: (counts[place.country], *_rank(place))), "country_named"
    rivals = [
        place for place in primary if place.country != best.country and place.population * _FAR_LARGER > best.population
    ]
    return best, "largest" if rivals else "only"


def _rank(place: Place) -> tuple[bool, int]:
    return place.place_id in _preferences(), place.population


def _mention_start(mention: Mention) -> int:
    return mention.start


def _countries_near(countries: Sequence[Mention], start: int, end: int, reach: int) -> set[str]:
    return {mention.value for mention in _between(countries, start - reach, end + reach)}


def _between(mentions: Sequence[M], low: int, high: int) -> Sequence[M]:
    """The mentions, in the order of the text, that begin at `low` or behind it and before `high`."""
    return mentions[bisect_left(mentions, low, key=_mention_start) : bisect_left(mentions, high, key=_mention_start)]
