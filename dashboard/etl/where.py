"""Where an event happened: a place the report says it was at, else one around it, else the dateline's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.codebook import VIRTUAL, Site, Where
from dashboard.etl.analysis import Analysis, in_sentence, within
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.passages import Passage
from dashboard.etl.publication import days_from
from dashboard.etl.scoring import Candidate
from dashboard.etl.segments import HEADING, Sentence

_AT = {
    "in": 3.0,
    "at": 3.0,
    "from": 1.2,
    "near": 0.8,
    "outside": 1.0,
    "on": 1.0,
    "to": 1.0,
    "of": 0.2,
    "around": 0.8,
    "above": 0.8,
    "off": 0.8,
    "inside": 1.5,
    "beside": 0.8,
    "into": 0.8,
}
_TO_TYPES = ("visit", "exchange")
_FOR_ELSEWHERE = {"funding": 4.0, "policy": 3.0, "agreement": 1.8}
_SITE_REACH = 4
_DATED_PLACE = 0.6
_DATE_REACH = 22
_NEAR_DAYS = 45
_ENOUGH = 0.4
_CERTAIN = 1.0
_ARRIVED = re.compile(
    r"(?:ed|wn|en|ght|old|over|out|up|place|held|met|done|made|open|ceremony|signing|meeting|lies|stands|event|decision)$"
)


_POINTS_BACK = re.compile(r"(?:Here|There|At the same place|In the same)\b")
_REGION = re.compile(
    r"[ ](?:district|province|region|state|county|governorate|oblast|prefecture|department|division)\b"
)
_CITY_OF_ITS_OWN = {"SGP": "Singapore", "MCO": "Monaco"}


@dataclass(frozen=True)
class Spot:
    """A site and the spans that say so."""

    site: Where
    spans: tuple[tuple[int, int], ...] = ()
    rule: str = "none"


def event_spot(analysis: Analysis, item: Candidate, passage: Passage) -> Spot:
    """The site of an event."""
    if any(place.role == VIRTUAL for place in in_sentence(analysis.places, item.sentence)) and item.trigger.type in (
        "meeting",
        "agreement",
        "exchange",
    ):
        place = next(place for place in in_sentence(analysis.places, item.sentence) if place.role == VIRTUAL)
        return Spot("virtual", ((place.start, place.end),), "virtual")
    options = sorted(_options(analysis, item, passage), key=_worth, reverse=True)
    if options and (
        options[0][0] > _CERTAIN
        or (options[0][0] > _ENOUGH and options[0][1] in in_sentence(analysis.places, item.sentence))
    ):
        mention = options[0][1]
        return Spot(mention.site, ((mention.start, mention.end),), f"text:{mention.rule}")
    return (
        _heading(analysis, item)
        or _dateline(analysis, item)
        or _weak(analysis, options, item)
        or _country_only(analysis, item)
    )


def _weak(analysis: Analysis, options: Sequence[tuple[float, PlaceMention]], item: Candidate) -> Spot | None:
    """The best of places that nothing ties to the event: of its own sentence, then of those around it.

    Rules: money or a rule may be meant for elsewhere, so there the place needs `in` or `at` before it; a place inside the
    name of an organisation counts only where the sentence names no other.
    """
    own = in_sentence(analysis.places, item.sentence)
    near = [mention for worth, mention in options if mention.role == "text" and (worth > 0 or mention in own)]
    near = [mention for mention in near if mention in own] or near
    if item.trigger.type in ("funding", "policy"):
        near = [mention for mention in near if _word_before(analysis, mention) in ("in", "at")]
    named = [mention for mention in own if mention.role == "name" and mention.site]
    mention = near[0] if near else named[0] if len({place.value for place in named}) == 1 else None
    return Spot(mention.site, ((mention.start, mention.end),), f"weak:{mention.rule}") if mention else None


def _heading(analysis: Analysis, item: Candidate) -> Spot | None:
    """In a newsletter the place in the heading of the item: `3 / KUWAIT CITY: HEARTS`."""
    if not analysis.segments.is_digest:
        return None
    for part in analysis.segments.sections.get(item.sentence.section, ()):
        if part.kind != HEADING:
            continue
        for place in within(analysis.places, part.start, part.end):
            if place.site and place.role != VIRTUAL:
                return Spot(place.site, ((place.start, place.end),), "heading")
    return None


def _worth(option: tuple[float, PlaceMention]) -> float:
    return option[0]


def _options(analysis: Analysis, item: Candidate, passage: Passage) -> Iterator[tuple[float, PlaceMention]]:
    for place in in_sentence(analysis.places, item.sentence):
        yield _in_report(analysis, item, place), place
    points_back = _POINTS_BACK.match(analysis.view, item.sentence.start) is not None
    for distance, sentence in enumerate(reversed(passage.before)):
        for place in in_sentence(analysis.places, sentence):
            yield (
                _around(analysis, item, sentence, place, distance) + (2.0 if points_back and not distance else 0.0),
                place,
            )
    for distance, sentence in enumerate(passage.after[:_SITE_REACH]):
        for place in in_sentence(analysis.places, sentence):
            yield _around(analysis, item, sentence, place, distance), place


def _in_report(analysis: Analysis, item: Candidate, place: PlaceMention) -> float:
    """How much a place in the report's own sentence looks like the site."""
    if place.role == VIRTUAL or place.site is None:
        return -1.0
    gap = max(0, place.start - item.end, item.start - place.end)
    word = _word_before(analysis, place)
    if place.role == "name":
        return 2.2 - gap / 200 if _name_is_located(analysis, place, item.trigger.type) else 0.3 - gap / 1000
    value = _AT.get(word, 0.0) - (0.7 if _REGION.match(analysis.view, place.end) else 0.0)
    if item.trigger.type in _TO_TYPES and word in ("to", "for", "from"):
        value = 0.1 if word == "from" else 3.0
    value += _DATED_PLACE if value and _stands_by_a_date(analysis, place) else 0.0
    elsewhere = _FOR_ELSEWHERE.get(item.trigger.type, 0.0) if _is_elsewhere(analysis, item, place) else 0.0
    return value + (0.35 if value < 1 else 1.5) - gap / 200 - elsewhere + (0.3 if place.start > item.start else 0.0)


def _stands_by_a_date(analysis: Analysis, place: PlaceMention) -> bool:
    """`in Tartu on Monday`, `on Monday in Tartu`."""
    near = within(analysis.dates, place.start - _DATE_REACH, place.end + _DATE_REACH)
    return any(mention.start >= place.end or place.start - mention.end <= len(" in the ") for mention in near)


def _is_elsewhere(analysis: Analysis, item: Candidate, place: PlaceMention) -> bool:
    """Whether the place belongs to what the money, rule or text is for."""
    between = analysis.view[item.end : place.start] if place.start > item.end else ""
    return any(f" {word} " in between for word in ("for", "to", "of", "that", "which"))


def _name_is_located(analysis: Analysis, place: PlaceMention, event_type: str) -> bool:
    """`at the University of Bergen`: a preposition of place before the name that holds the place."""
    name = next(
        (
            mention
            for mention in within(analysis.organisations, place.start - 120, place.end)
            if mention.start <= place.start < mention.end
        ),
        None,
    )
    if name is None:
        return False
    index, _ = analysis.token_span(name.start, name.end)
    words = [token.word for token in analysis.tokens[max(0, index - 4) : index]]
    if event_type == "launch" and "from" in words[-2:]:
        return True
    return bool(words) and (
        words[-1] in ("at", "in", "within")
        or (len(words) > 1 and words[-2] in ("at", "in", "within"))
        or "campus" in words
        or "walls" in words
    )


def _around(analysis: Analysis, item: Candidate, sentence: Sentence, place: PlaceMention, distance: int) -> float:
    """How much a place in a sentence nearby does."""
    if place.role != "text" or place.site is None or analysis.in_quotation(place.start):
        return -1.0
    is_same_paragraph = sentence.paragraph == item.sentence.paragraph
    word = _word_before(analysis, place)
    base = {"in": 1.0, "at": 1.0, "from": 0.4, "to": 0.5}.get(word, 0.9 if _opens(analysis, place, sentence) else 0.0)
    base -= 0.3 if _REGION.match(analysis.view, place.end) else 0.0
    told = 1.0 if base > 0 and (_is_told(analysis, place) or _opens(analysis, place, sentence)) else 0.0
    told += 0.5 if base > 0 and _has_near_day(analysis, sentence) else 0.0
    return base + told - 0.3 * distance - (0.0 if is_same_paragraph else 0.8) - 0.3


def _opens(analysis: Analysis, place: PlaceMention, sentence: Sentence) -> bool:
    """`Walvis Bay, Namibia, now has …`."""
    return place.start == sentence.start and analysis.view[place.end : place.end + 1] == ","


def _has_near_day(analysis: Analysis, sentence: Sentence) -> bool:
    found = (
        days_from(analysis.publication, mention.date)
        for mention in in_sentence(analysis.dates, sentence)
        if mention.date.precision == "day"
    )
    return any(days is not None and 0 <= days <= _NEAR_DAYS for days in found)


def _is_told(analysis: Analysis, place: PlaceMention) -> bool:
    """Whether a verb or the ceremony leads to the place: `handed over in Berlin`."""
    index, _ = analysis.token_span(place.start, place.end)
    for back in range(index - 1, max(-1, index - 8), -1):
        if analysis.tokens[back].word in ("in", "at", "from", "to") and back:
            return (
                _ARRIVED.search(analysis.tokens[back - 1].word) is not None or analysis.tokens[back - 1].surface == ","
            )
    return False


def _word_before(analysis: Analysis, place: PlaceMention) -> str:
    """The preposition that leads to a place: of `at the University, Cairo` and `in the city of Cairo` the first."""
    index, _ = analysis.token_span(place.start, place.end)
    for back in range(index - 1, max(-1, index - 9), -1):
        word = analysis.tokens[back].word
        if word in _AT and word != "of":
            return word
        if analysis.tokens[back].surface in ".;" or (
            analysis.tokens[back].is_word
            and not analysis.tokens[back].is_capital
            and word not in ("the", "of", "city", "town", "capital", "port", "province", "and", "district")
        ):
            break
    return analysis.tokens[index - 1].word if index else ""


def _dateline(analysis: Analysis, item: Candidate) -> Spot | None:
    """The place that the story is written at; in a digest the item's own."""
    places: Iterable[PlaceMention] = analysis.dateline_places
    if analysis.segments.is_digest:
        parts = analysis.segments.sections.get(item.sentence.section, ())
        places = (place for part in parts for place in within(analysis.dateline_places, part.start, part.end))
    place = next(iter(places), None)
    return Spot(place.site, ((place.start, place.end),), "dateline") if place else None


def _country_only(analysis: Analysis, item: Candidate) -> Spot:
    """`in China`: a country by name behind a preposition of place."""
    mentions: Sequence[Mention] = [
        mention for mention in in_sentence(analysis.countries, item.sentence) if mention.rule == "name"
    ]
    for mention in mentions:
        index, _ = analysis.token_span(mention.start, mention.end)
        words = [token.word for token in analysis.tokens[max(0, index - 3) : index]]
        if words and (words[-1] in ("in", "across", "to" if item.trigger.type == "visit" else "in")):
            return Spot(_own_site(mention.value), ((mention.start, mention.end),), "country")
    for mention in mentions:
        if mention.value in _CITY_OF_ITS_OWN and item.trigger.type != "visit":
            return Spot(_own_site(mention.value), ((mention.start, mention.end),), "city_state")
    return Spot(None)


def _own_site(country: str) -> Site:
    """A country; a state that is one city is the city."""
    return Site(country, _CITY_OF_ITS_OWN.get(country, ""))
