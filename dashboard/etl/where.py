"""Where an event happened: a place the report says it was at, else one around it, else the dateline's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.codebook import VIRTUAL, Site, Where
from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate
from dashboard.etl.segments import Sentence

_AT = {"in": 3.0, "at": 3.0, "from": 1.2, "near": 2.0, "outside": 1.5, "on": 1.0, "to": 1.0, "of": 0.2, "around": 1.0, "into": 0.8}
_TO_TYPES = ("visit", "exchange")
_SITE_REACH = 4


@dataclass(frozen=True)
class Spot:
    """A site and the spans that say so."""

    site: Where
    spans: tuple[tuple[int, int], ...] = ()
    rule: str = "none"


def event_spot(analysis: Analysis, item: Candidate, passage: Passage) -> Spot:
    """The site of an event."""
    if any(place.role == VIRTUAL for place in in_sentence(analysis.places, item.sentence)) and item.trigger.type in ("meeting", "agreement", "exchange"):
        place = next(place for place in in_sentence(analysis.places, item.sentence) if place.role == VIRTUAL)
        return Spot(VIRTUAL, ((place.start, place.end),), "virtual")
    options = sorted(_options(analysis, item, passage), key=_worth, reverse=True)
    if options and options[0][0] > 0:
        mention = options[0][1]
        return Spot(mention.site, ((mention.start, mention.end),), f"text:{mention.rule}")
    dateline = _dateline(analysis)
    if dateline:
        return dateline
    return _country_only(analysis, item)


def _worth(option: tuple[float, PlaceMention]) -> float:
    return option[0]


def _options(analysis: Analysis, item: Candidate, passage: Passage) -> Iterator[tuple[float, PlaceMention]]:
    for place in in_sentence(analysis.places, item.sentence):
        yield _in_report(analysis, item, place), place
    near = [*passage.after[:_SITE_REACH], *reversed(passage.before)]
    for distance, sentence in enumerate(near):
        for place in in_sentence(analysis.places, sentence):
            yield _around(analysis, item, sentence, place, distance), place


def _in_report(analysis: Analysis, item: Candidate, place: PlaceMention) -> float:
    if place.role == VIRTUAL or place.site is None:
        return -1.0
    gap = max(0, place.start - item.end, item.start - place.end)
    if place.role == "name":
        return 0.9 - gap / 1000
    word = _word_before(analysis, place)
    value = _AT.get(word, 0.3)
    if item.trigger.type in _TO_TYPES and word == "to":
        value = 3.0
    if item.trigger.type in _TO_TYPES and word == "from":
        value = 0.2
    return value + 2.0 - gap / 120 + (0.4 if place.start > item.start else 0.0)


def _around(analysis: Analysis, item: Candidate, sentence: Sentence, place: PlaceMention, distance: int) -> float:
    if place.role != "text" or place.site is None:
        return -1.0
    word = _word_before(analysis, place)
    is_same_paragraph = sentence.paragraph == item.sentence.paragraph
    return (_AT.get(word, 0.1) if word in ("in", "at", "near") else 0.05) - 0.5 * distance - (0.0 if is_same_paragraph else 1.2) - 0.8


def _word_before(analysis: Analysis, place: PlaceMention) -> str:
    """The preposition that leads to a place: of `at the University, Cairo` and `in the city of Cairo` the first."""
    index, _ = analysis.token_span(place.start, place.end)
    for back in range(index - 1, max(-1, index - 9), -1):
        word = analysis.tokens[back].word
        if word in _AT and word != "of":
            return word
        if analysis.tokens[back].surface in ".;" or (analysis.tokens[back].is_word and not analysis.tokens[back].is_capital and word not in ("the", "of", "city", "town", "capital", "port", "province", "and", "district")):
            break
    return analysis.tokens[index - 1].word if index else ""


def _dateline(analysis: Analysis) -> Spot | None:
    place = next((place for place in analysis.places if place.role == "dateline"), None)
    return Spot(place.site, ((place.start, place.end),), "dateline") if place else None


def _country_only(analysis: Analysis, item: Candidate) -> Spot:
    """`in China`: a country by name behind a preposition of place."""
    mentions: Sequence[Mention] = [mention for mention in in_sentence(analysis.countries, item.sentence) if mention.rule == "name"]
    for mention in mentions:
        index, _ = analysis.token_span(mention.start, mention.end)
        words = [token.word for token in analysis.tokens[max(0, index - 3) : index]]
        if words and (words[-1] in ("in", "across", "to" if item.trigger.type == "visit" else "in")):
            return Spot(Site(mention.value), ((mention.start, mention.end),), "country")
    return Spot(None)
