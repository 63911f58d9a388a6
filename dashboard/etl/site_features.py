"""What the words around a place say of it, as the features that weigh it as the site of an event.

Rules: they know no topic and no document: which preposition leads to the place, what its phrase hangs on (see `place_phrases`),
in what it lies or what lies in it, how far it stands from the report, and whether a date stands beside it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.etl.analysis import FINE, Analysis, in_sentence, within
from dashboard.etl.grammar import MODALS
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.place_phrases import VENUES, label_of, phrase_of
from dashboard.etl.scoring import Candidate
from dashboard.etl.segments import Sentence
from dashboard.etl.unlisted_places import find_unlisted_places

_PREPOSITIONS = word_list("site_options.prepositions")
_ARRIVED = re.compile(
    r"(?:ed|wn|en|ght|old|over|out|up|place|held|met|done|made|open|ceremony|signing|meeting|lies|stands|event|decision)$"
)
_REGION = re.compile(
    r"[ ](?:district|province|region|state|county|governorate|oblast|prefecture|department|division)\b", re.IGNORECASE
)
_LIES_IN = re.compile(
    r"(?: [a-z-]{1,20}){0,2}(?:,| in|, in| \()(?: the)?(?: [\w-]{1,20}){0,3}(?: of| in)? ?", re.IGNORECASE
)
_LIES_BESIDE = re.compile(
    r"(?: [a-z-]{1,20}){0,2},?[^.;:,]{0,40}\b(?:near|outside|off|beyond|from|edge of|outskirts of|rim of|suburbs? of|close to|(?:north|south|east|west)[a-z]{0,5} of)(?: the)?(?: [\w-]{1,20}){0,3} ?",
    re.IGNORECASE,
)
_OWNERS = frozenset(["organisation", "person", "people", "makers", "institutions", "country"])
_TELLS = frozenset(["verb", "front", "occasions", "venues"])
_KINDS_OF_LEAD = ("from", "to", "of", "for", "by")
_CONTAINED_WITHIN = 60
_ELSEWHERE = ("for", "to", "of", "that", "which", "whose", "who", "where")
_PASSED_TO_PREPOSITION = frozenset(
    ["the", "of", "city", "town", "capital", "port", "province", "and", "district", "its", "their"]
)
_VENUE_AROUND = "venue_around"
_DATE_REACH = 22
_PLAN_REACH = 15
_NEAR_GAP, _MIDDLE_GAP = 40, 110


class Near(NamedTuple):
    """A sentence of the story, how it stands to the report, and what holds of all places that it names."""

    sentence: Sentence
    relation: str
    features: frozenset[str]

    @property
    def is_own(self) -> bool:
        return self.relation == "own"


def features_of(analysis: Analysis, item: Candidate, near: Near, place: Mention) -> Iterator[str]:
    """What the words around a place say of it, and where it stands to the report."""
    key = (place.start, place.end, near.relation, _VENUE_AROUND in near.features)
    if key not in analysis.around_places:
        word = word_before(analysis, place)
        led = word if word in _PREPOSITIONS else "bare"
        analysis.around_places[key] = led, frozenset(_of_words(analysis, near, place, led))
    led, said = analysis.around_places[key]
    yield from said
    yield from _of_type(item.trigger.type, led, is_own=near.is_own)
    if near.is_own:
        yield from _in_own(analysis, item, place)


def _of_words(analysis: Analysis, near: Near, place: Mention, led: str) -> Iterator[str]:
    """What the words around a place say of it, whatever the event: found once, however many events ask."""
    yield f"{'own' if near.is_own else 'around'}_{led}"
    if _REGION.match(analysis.view, place.end):
        yield "region"
    if analysis.in_quotation(place.start):
        yield "quoted"
    if led != "bare" and _is_told(analysis, place):
        yield "told"
    if led != "bare" and _stands_by_a_date(analysis, place):
        yield "dated"
    if _is_planned(analysis, place, near.sentence):
        yield "planned"
    yield from _phrase(analysis, place, near)
    yield from _commas(analysis, place, near.sentence)


def _phrase(analysis: Analysis, place: Mention, near: Near) -> Iterator[str]:
    """What the phrase around a place hangs on, and whether the place labels an item, owns or names something."""
    phrase = phrase_of(analysis, place, near.sentence)
    where = "own" if near.is_own else "around"
    kind = phrase.preposition if phrase.preposition in _KINDS_OF_LEAD else "locative" if phrase.preposition else "bare"
    yield f"hangs_{phrase.hangs_on}_{kind}"
    yield f"{where}_hangs_{phrase.hangs_on}"
    if not near.is_own and kind == "locative" and phrase.hangs_on in _TELLS and _VENUE_AROUND in near.features:
        yield "told_around"
    yield f"{where}_attached" if kind == "locative" and phrase.hangs_on in _OWNERS else f"{where}_{kind}"
    if label_of(analysis, place, near.sentence):
        yield "label"
        yield f"label_{near.relation}"
    following = analysis.tokens[min(analysis.token_span(place.start, place.end)[1], len(analysis.tokens) - 1)]
    if (
        analysis.view[place.end : place.end + 2] == "'s"
        or analysis.tokens[analysis.token_span(place.start, place.end)[1] - 1].is_possessive
    ):
        yield f"possessive_{where}"
        if within(analysis.organisations, place.start, following.end):
            yield "possessive_of_organisation"
    elif following.word in VENUES and not following.is_capital:
        yield f"names_venue_{where}"


def _of_type(kind: str, led: str, *, is_own: bool) -> Iterator[str]:
    """What a preposition means for some types: a visit goes `to` a place, a rocket rises `from` one, money is `for` one."""
    if kind in ("visit", "exchange") and led in ("to", "from", "for"):
        yield f"visit_{led}"
    elif kind == "launch" and led in ("from", "into"):
        yield f"launch_{led}"
    elif kind in ("funding", "policy", "breakthrough", "agreement") and is_own:
        yield f"{kind}_{'in' if led in ('in', 'at') else 'other'}"


def _commas(analysis: Analysis, place: Mention, sentence: Sentence) -> Iterator[str]:
    """`in Tejgaon, Dhaka`, `Walvis Bay, Namibia, now has …`: what stands behind the comma, and what before it."""
    view = analysis.view
    if place.start == sentence.start:
        yield "opens"
    if view[place.end : place.end + 1] == ",":
        following = place.end + 2
        if within(analysis.places, following, following + 1):
            yield "leads_to_place"
        elif within(analysis.countries, following, following + 1):
            yield "leads_to_country"
    before = within(analysis.places, place.start - 60, place.start)
    if before and before[-1].end + 2 == place.start and view[before[-1].end] == ",":
        yield "behind_place"
    yield from _containment(analysis, place, sentence)


def _containment(analysis: Analysis, place: Mention, sentence: Sentence) -> Iterator[str]:
    """`the Santa Cruz complex, in the West Zone of Rio de Janeiro` lies in the city, `Ulugbek, outside Tashkent` beside it."""
    others = [*in_sentence(analysis.places, sentence), *find_unlisted_places(analysis, sentence)]
    behind = min((one for one in others if one.start >= place.end), key=_begin, default=None)
    if behind:
        how = _how_it_lies(analysis.view, place.end, behind.start)
        if how:
            yield f"lies_{how}"
            yield f"{_kind_of_name(analysis, place)}_lies_{how}"
    before = max((one for one in others if one.end <= place.start), key=_begin, default=None)
    if before:
        how = _how_it_lies(analysis.view, before.end, place.start)
        if how:
            yield f"holds_{how}"
            yield f"holds_{_kind_of_name(analysis, before)}_{how}"


def _how_it_lies(view: str, end: int, start: int) -> str:
    """How one place is said to lie to the next: `in` it, `beside` it, or nothing."""
    if start - end > _CONTAINED_WITHIN:
        return ""
    if _LIES_BESIDE.fullmatch(view, end, start):
        return "beside"
    return "in" if _LIES_IN.fullmatch(view, end, start) else ""


def _kind_of_name(analysis: Analysis, place: Mention) -> str:
    """Whether a place is one of the gazetteer, a house or ground by its name, or only a name."""
    if isinstance(place, PlaceMention):
        return "trade" if place.place_id.startswith("own:") else "city"
    first, end = analysis.token_span(place.start, place.end)
    words = analysis.tokens.words[max(0, first - 1) : end + 1]
    return "venue" if not VENUES.isdisjoint(words) else "name"


def _begin(place: Mention) -> int:
    return place.start


def _in_own(analysis: Analysis, item: Candidate, place: Mention) -> Iterator[str]:
    gap = max(0, place.start - item.end, item.start - place.end)
    others = [
        other
        for other in in_sentence(analysis.places, item.sentence)
        if other.role == "text" and other.start != place.start
    ]
    if not others:
        yield "only_own"
    elif all(other.start > place.start for other in others):
        yield "first_own"
    elif all(other.start < place.start for other in others):
        yield "last_own"
    yield "gap_near" if gap < _NEAR_GAP else "gap_middle" if gap < _MIDDLE_GAP else "gap_far"
    if place.start > item.start:
        yield "behind_report"
        between = analysis.view[item.end : place.start]
        if any(f" {word} " in between for word in _ELSEWHERE):
            yield "elsewhere"
            yield f"elsewhere_{item.trigger.type}"


def _stands_by_a_date(analysis: Analysis, place: Mention) -> bool:
    """`in Tartu on Monday`, `on Monday in Tartu`."""
    near = within(analysis.dates, place.start - _DATE_REACH, place.end + _DATE_REACH)
    return any(
        mention.date.precision in FINE and (mention.start >= place.end or place.start - mention.end <= len(" in the "))
        for mention in near
    )


def _is_planned(analysis: Analysis, place: Mention, sentence: Sentence) -> bool:
    """`will send lecturers to Kumasi`: a modal stands before the place."""
    first, end = analysis.token_span(sentence.start, place.start)
    return not MODALS.isdisjoint(analysis.tokens.words[max(first, end - _PLAN_REACH) : end])


def name_is_located(analysis: Analysis, place: PlaceMention, event_type: str) -> bool:
    """`at the University of Bergen`: a preposition of place before the name that holds the place."""
    names = within(analysis.organisations, place.start - 120, place.end)
    name = next((mention for mention in names if mention.start <= place.start < mention.end), None)
    if name is None:
        return False
    index, _ = analysis.token_span(name.start, name.end)
    words = [token.word for token in analysis.tokens[max(0, index - 4) : index]]
    if event_type == "launch" and "from" in words[-2:]:
        return True
    return bool(words) and (
        not {"at", "in", "within", "inside"}.isdisjoint(words[-2:]) or "campus" in words or "walls" in words
    )


def _is_told(analysis: Analysis, place: Mention) -> bool:
    """Whether a verb or the ceremony leads to the place: `handed over in Berlin`."""
    index, _ = analysis.token_span(place.start, place.end)
    for back in range(index - 1, max(-1, index - 8), -1):
        if analysis.tokens[back].word in ("in", "at", "from", "to") and back:
            before = analysis.tokens[back - 1]
            return _ARRIVED.search(before.word) is not None or before.surface == ","
    return False


def word_before(analysis: Analysis, place: Mention) -> str:
    """The preposition that leads to a place: of `at the University, Cairo` and `in the city of Cairo` the first."""
    tokens = analysis.tokens
    index, _ = analysis.token_span(place.start, place.end)
    for back in range(index - 1, max(-1, index - 9), -1):
        word = tokens[back].word
        if word in _PREPOSITIONS and word != "of":
            return word
        token = tokens[back]
        if token.surface in ".;" or (token.is_word and not token.is_capital and word not in _PASSED_TO_PREPOSITION):
            break
    return tokens[index - 1].word if index else ""
