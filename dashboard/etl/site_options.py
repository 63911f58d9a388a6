"""Every place where an event may have happened, with what speaks for it and against it.

Rules: the places and countries of the report's sentence and of those around it, of the heading and the dateline; a listed
place lies in its country, an unlisted one in any of those named around it; `online` is a place too; and so is none at all.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.codebook import VIRTUAL, Site, Where
from dashboard.etl.analysis import Analysis, in_sentence, within
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.passages import Passage, around_report
from dashboard.etl.scoring import Candidate, is_background
from dashboard.etl.segments import BODY, HEADING, Sentence
from dashboard.etl.towns import towns_named
from dashboard.etl.unlisted_places import UNLISTED, countries_around, find_unlisted_places

_PREPOSITIONS = word_list("site_options.prepositions")
_LEADS = word_list("site_options.leads")
_VENUE_WORDS = word_list("site_options.venue_words")
_ARRIVED = re.compile(
    r"(?:ed|wn|en|ght|old|over|out|up|place|held|met|done|made|open|ceremony|signing|meeting|lies|stands|event|decision)$"
)
_POINTS_BACK = re.compile(r"(?:Here|There|At the same place|In the same)\b")
_REGION = re.compile(
    r"[ ](?:district|province|region|state|county|governorate|oblast|prefecture|department|division)\b", re.IGNORECASE
)
_LIES_IN = re.compile(
    r"[\w' -]{0,25}(?:,| in| near| outside| at)(?: the)?(?: [\w-]{1,20}){0,3}(?: of| in)? ?", re.IGNORECASE
)
_CONTAINED_WITHIN = 60
_ELSEWHERE = ("for", "to", "of", "that", "which", "whose", "who", "where")
_PASSED_TO_PREPOSITION = frozenset(
    ["the", "of", "city", "town", "capital", "port", "province", "and", "district", "its", "their"]
)
_CITIES_THAT_ARE_STATES = {"SGP": "Singapore", "MCO": "Monaco"}
_SITE_REACH = 10
_STORY_REACH = 25
_HEAD_SENTENCES = 12
_DATE_REACH = 22
_NEAR_DAYS = 45
_NEAR_GAP, _MIDDLE_GAP = 40, 110
_FAR = ("far_before", "far_after")


class SiteOption(NamedTuple):
    """One place where the event may have been: its span (-1 where no place is the answer), and its features by name."""

    site: Where
    start: int
    end: int
    rule: str
    features: frozenset[str]


def site_options(analysis: Analysis, item: Candidate, passage: Passage) -> list[SiteOption]:
    """Every option for the site of one event; the last is that the text does not say."""
    options = list(_of_story(analysis, item, passage))
    counts: dict[Where, int] = {}
    for option in options:
        counts[option.site] = counts.get(option.site, 0) + 1
    named = [_with(option, "repeated") if counts[option.site] > 1 else option for option in options]
    has_own = any("own" in option.features and "country_only" not in option.features for option in named)
    nowhere = {"nowhere", f"nowhere_{item.trigger.type}"} | (set() if has_own else {"nowhere_near"})
    return [*named, SiteOption(None, -1, -1, "none", frozenset(nowhere))]


def _with(option: SiteOption, name: str) -> SiteOption:
    return SiteOption(option.site, option.start, option.end, option.rule, option.features | {name})


class _Near(NamedTuple):
    """A sentence of the story, how it stands to the report, and what holds of all places that it names."""

    sentence: Sentence
    relation: str
    features: frozenset[str]

    @property
    def is_own(self) -> bool:
        return self.relation == "own"


def _of_story(analysis: Analysis, item: Candidate, passage: Passage) -> Iterator[SiteOption]:
    for relation, sentence in _sentences(analysis, passage):
        places = [
            place
            for place in in_sentence(analysis.places, sentence)
            if place.rule != UNLISTED and place.role != "dateline"
        ]
        names = [] if relation in _FAR else find_unlisted_places(analysis, sentence)
        if places or names:
            near = _Near(sentence, relation, frozenset(_of_sentence(analysis, item, sentence, relation)))
            yield from (_listed(analysis, item, near, place) for place in places)
            for name in names:
                yield from _unlisted(analysis, item, near, name)
        if relation in ("own", "after_1", "before_1"):
            yield from _countries(analysis, item, sentence, relation)
    yield from _datelines(analysis, item)


def _of_sentence(analysis: Analysis, item: Candidate, sentence: Sentence, relation: str) -> Iterator[str]:
    """What holds of all places that a sentence names."""
    is_own = relation == "own"
    yield relation
    first, end = analysis.token_span(sentence.start, sentence.end)
    if not _VENUE_WORDS.isdisjoint(analysis.tokens.words[first:end]):
        yield "venue_own" if is_own else "venue_around"
    if is_own:
        return
    if sentence.paragraph != item.sentence.paragraph:
        yield "other_paragraph"
    if relation == "before_1" and _POINTS_BACK.match(analysis.view, item.sentence.start):
        yield "pointed_back_to"
    if sentence.kind == BODY and is_background(analysis, sentence):
        yield "background"
    if _has_near_day(analysis, sentence):
        yield "day_near"


def _sentences(analysis: Analysis, passage: Passage) -> Iterator[tuple[str, Sentence]]:
    """The sentences that may name the site, each with how it stands to the report: those of its item, or of the story."""
    around = tuple(around_report(passage, _SITE_REACH))
    yield from around
    told = {sentence.index for _, sentence in around}
    digest = analysis.segments.is_digest
    for sentence in near_sentences(analysis, passage.own, _STORY_REACH):
        if sentence.index in told:
            continue
        if sentence.kind == HEADING and sentence.start < passage.own.start:
            yield "item_heading" if digest else "headline", sentence
        elif sentence.kind == BODY and abs(sentence.index - passage.own.index) <= _STORY_REACH:
            yield "far_before" if sentence.index < passage.own.index else "far_after", sentence


def near_sentences(analysis: Analysis, own: Sentence, reach: int) -> Iterator[Sentence]:
    """The sentences at the head of the document and around a report, in a digest those of its item."""
    sentences = analysis.segments.sentences
    low = max(0, own.index - reach)
    for sentence in (*sentences[: min(low, _HEAD_SENTENCES)], *sentences[low : own.index + reach + 1]):
        if not analysis.segments.is_digest or sentence.section == own.section:
            yield sentence


def _listed(analysis: Analysis, item: Candidate, near: _Near, place: PlaceMention) -> SiteOption:
    if place.role == VIRTUAL:
        features = {f"{VIRTUAL}_{'own' if near.is_own else 'around'}", f"{VIRTUAL}_{item.trigger.type}"}
        return SiteOption("virtual", place.start, place.end, "virtual", frozenset(features))
    features = set(_features(analysis, item, near, place))
    features.add(f"by_{place.rule}")
    features.add("of_the_trade" if place.place_id.startswith("own:") else "city")
    if place.role == "name":
        features.add("in_name_located" if _name_is_located(analysis, place, item.trigger.type) else "in_name")
    if place.site and any(
        mention.value == place.site.country for mention in in_sentence(analysis.countries, item.sentence)
    ):
        features.add("country_in_report")
    return SiteOption(place.site, place.start, place.end, f"text:{place.rule}", near.features | features)


def _unlisted(analysis: Analysis, item: Candidate, near: _Near, name: Mention) -> Iterator[SiteOption]:
    """An unlisted place in each country where it may lie; a small town of that name speaks for its country."""
    features = near.features.union(_features(analysis, item, near, name), (name.rule,))
    if (name.start, name.value) not in analysis.homes:
        analysis.homes[name.start, name.value] = list(_homes(analysis, near.sentence, name))
    for site, reasons in analysis.homes[name.start, name.value]:
        yield SiteOption(site, name.start, name.end, f"text:{name.rule}", features | reasons)


def _homes(analysis: Analysis, sentence: Sentence, name: Mention) -> Iterator[tuple[Site, frozenset[str]]]:
    """The place in each country where it may lie, and what speaks for that country."""
    countries = countries_around(analysis, sentence, name.start)
    homes = {town.country_code for town in towns_named(name.value)}
    if len(homes) == 1:
        countries = dict.fromkeys(homes, frozenset[str]()) | countries
    is_known = not homes.isdisjoint(countries)
    for code, why in countries.items():
        town = "town" if code in homes else "town_elsewhere" if is_known else "no_town"
        yield Site(code, name.value), frozenset({town, *(f"unlisted_{reason}" for reason in why)})


def _countries(analysis: Analysis, item: Candidate, sentence: Sentence, relation: str) -> Iterator[SiteOption]:
    """A country by its name; a state that is one city is the city."""
    for mention in in_sentence(analysis.countries, sentence):
        if mention.rule != "name":
            continue
        word = _word_before(analysis, mention)
        city = _CITIES_THAT_ARE_STATES.get(mention.value, "")
        place = "city_state" if city else "country_only"
        features = {place, f"{place}_{relation}", f"{place}_{word if word in _PREPOSITIONS else 'bare'}"}
        if word == "to" and item.trigger.type in ("visit", "exchange"):
            features.add("country_visited")
        yield SiteOption(Site(mention.value, city), mention.start, mention.end, "country", frozenset(features))


def _datelines(analysis: Analysis, item: Candidate) -> Iterator[SiteOption]:
    """The place that the story is written at; in a digest the item's own."""
    spans = analysis.segments.datelines
    if analysis.segments.is_digest:
        parts = analysis.segments.sections.get(item.sentence.section, ())
        spans = tuple(part.dateline for part in parts if part.dateline)
    features = {"dateline", f"dateline_{item.trigger.type}"}
    features |= {"dateline_of_item"} if analysis.segments.is_digest else set()
    features |= {"dateline_of_venue"} if _has_venue(analysis, item.sentence) else set()
    for start, end in spans[:1]:
        listed = [place for place in within(analysis.places, start, end) if place.site]
        if listed:
            yield SiteOption(listed[0].site, listed[0].start, listed[0].end, "dateline", frozenset(features))
            continue
        name = " ".join(analysis.view[start:end].split())
        for code, why in countries_around(analysis, item.sentence, start).items():
            reasons = {f"unlisted_{reason}" for reason in why}
            site = Site(code, name.title() if name.isupper() else name)
            yield SiteOption(
                site, start, end, "dateline:unlisted", frozenset(features | reasons | {"dateline_unlisted"})
            )


def _features(analysis: Analysis, item: Candidate, near: _Near, place: Mention) -> Iterator[str]:
    """What the words around a place say of it, and where it stands to the report."""
    key = (place.start, place.end, near.is_own)
    if key not in analysis.around_places:
        word = _word_before(analysis, place)
        led = word if word in _PREPOSITIONS else "bare"
        analysis.around_places[key] = led, frozenset(_of_words(analysis, near, place, led))
    led, said = analysis.around_places[key]
    yield from said
    yield from _of_type(item.trigger.type, led, is_own=near.is_own)
    if near.is_own:
        yield from _in_own(analysis, item, place)


def _of_words(analysis: Analysis, near: _Near, place: Mention, led: str) -> Iterator[str]:
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
    yield from _led_by(analysis, place, led, is_own=near.is_own)
    yield from _commas(analysis, place, near.sentence)


def _led_by(analysis: Analysis, place: Mention, led: str, *, is_own: bool) -> Iterator[str]:
    """What stands before the place and its preposition: the name of an organisation that is at home there, or a telling word."""
    tokens = analysis.tokens
    index, _ = analysis.token_span(place.start, place.end)
    back = index - 1
    while back > index - 5 and back > 0 and tokens[back].word in ("the", "city", "town", "of", "capital", ","):
        back -= 1
    if back <= 0:
        return
    last = back - 1 if tokens[back].word in _PREPOSITIONS else back
    ends = (mention.end for mention in within(analysis.organisations, tokens[last].start - 120, tokens[last].end))
    if any(abs(end - tokens[last].end) <= 1 for end in ends):
        yield f"home_of_organisation_{'own' if is_own else 'around'}"
        yield f"home_{led}"
    if tokens[last].word in _LEADS:
        yield f"led_{tokens[last].word}"


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
    """`the Santa Cruz complex, in the West Zone of Rio de Janeiro`: the first lies in the second, and is seldom what is meant."""
    behind = within(analysis.places, place.end, min(place.end + _CONTAINED_WITHIN, sentence.end))
    if behind and _LIES_IN.fullmatch(analysis.view, place.end, behind[0].start):
        yield "lies_in_place"
    before = within(analysis.places, max(sentence.start, place.start - 90), place.start)
    if (
        before
        and place.start - before[-1].end <= _CONTAINED_WITHIN
        and _LIES_IN.fullmatch(analysis.view, before[-1].end, place.start)
    ):
        yield "holds_place"


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


def _has_near_day(analysis: Analysis, sentence: Sentence) -> bool:
    found = (
        analysis.days_ago(mention)
        for mention in in_sentence(analysis.dates, sentence)
        if mention.date.precision == "day"
    )
    return any(days is not None and 0 <= days <= _NEAR_DAYS for days in found)


def _stands_by_a_date(analysis: Analysis, place: Mention) -> bool:
    """`in Tartu on Monday`, `on Monday in Tartu`."""
    near = within(analysis.dates, place.start - _DATE_REACH, place.end + _DATE_REACH)
    return any(mention.start >= place.end or place.start - mention.end <= len(" in the ") for mention in near)


def _has_venue(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the report is said to have been at an organisation (`at the University of Carabobo`)."""
    for mention in in_sentence(analysis.organisations, sentence):
        first, _ = analysis.token_span(mention.start, mention.end)
        if not {"at", "in", "inside"}.isdisjoint(token.word for token in analysis.tokens[max(0, first - 2) : first]):
            return True
    return False


def _name_is_located(analysis: Analysis, place: PlaceMention, event_type: str) -> bool:
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


def _word_before(analysis: Analysis, place: Mention) -> str:
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
