"""Every place where an event may have happened, with what speaks for it and against it.

Rules: the places and countries of the report's sentence and of those around it, of the heading and the dateline; a listed
place lies in its country, an unlisted one in any of those named around it; `online` is a place too; and so is none at all.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.codebook import VIRTUAL, Site, Where
from dashboard.etl.analysis import Analysis, in_sentence, within
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.passages import Passage, around_report
from dashboard.etl.place_phrases import VENUES, label_of, phrase_of
from dashboard.etl.publication import days_from
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
    r"(?: [a-z-]{1,20}){0,2}(?:,| in|, in| \()(?: the)?(?: [\w-]{1,20}){0,3}(?: of| in)? ?", re.IGNORECASE
)
_LIES_BESIDE = re.compile(
    r"(?: [a-z-]{1,20}){0,2},?[^.;:,]{0,40}\b(?:near|outside|off|beyond|from|edge of|outskirts of|rim of|suburbs? of|close to|(?:north|south|east|west)[a-z]{0,5} of)(?: the)?(?: [\w-]{1,20}){0,3} ?",
    re.IGNORECASE,
)
_KINDS_OF_LEAD = ("from", "to", "of", "for", "by")
_COUNTRIES = frozenset(["country_only", "city_state"])
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


@dataclass(frozen=True, slots=True)
class SiteOption:
    """One place where the event may have been: its span (-1 where no place is the answer), and its features by name."""

    site: Where
    start: int
    end: int
    rule: str
    features: frozenset[str]


def site_options(analysis: Analysis, item: Candidate, passage: Passage) -> list[SiteOption]:
    """Every option for the site of one event; the last is that the text does not say."""
    options = list(_of_story(analysis, item, passage))
    nowhere = SiteOption(None, -1, -1, "none", frozenset({"nowhere", f"nowhere_{item.trigger.type}"}))
    return [*_against_each_other(options), _against(nowhere, "nowhere", options)]


def _against_each_other(options: Sequence[SiteOption]) -> Iterator[SiteOption]:
    """The options with what the others say of them: named more than once, or a dateline beside a place in the report."""
    counts = Counter(option.site for option in options)
    head = {option.site.country for option in options if option.rule == "dateline" and isinstance(option.site, Site)}
    for option in options:
        named = _with(option, "repeated") if counts[option.site] > 1 else option
        if "dateline" in option.features:
            named = _against(named, "dateline", options)
        elif isinstance(option.site, Site) and option.site.city and head:
            kind = "venue" if "no_town" in option.features else "place"
            named = _with(named, f"{kind}_in_country_of_dateline" if option.site.country in head else f"{kind}_abroad")
        yield named


def _against(option: SiteOption, name: str, options: Sequence[SiteOption]) -> SiteOption:
    """What the report's own sentence and the one behind it offer instead of an option that stands further off."""
    of_own = [other for other in options if "own" in other.features]
    if any("own_locative" in other.features and "no_town" not in other.features for other in of_own):
        rival = "own_city"
    elif any("own_locative" in other.features for other in of_own):
        rival = "own_venue"
    elif any(not other.features.isdisjoint(_COUNTRIES) for other in of_own):
        rival = "own_country"
    else:
        rival = "own_other" if of_own else "none"
    features = [f"{name}_against_{rival}"]
    if any("around_locative" in other.features and "after_1" in other.features for other in options):
        features.append(f"{name}_against_next")
    if name == "nowhere" and any("dateline" in other.features for other in options):
        features.append("nowhere_against_dateline")
    return _with(option, *features)


def _with(option: SiteOption, *names: str) -> SiteOption:
    return SiteOption(option.site, option.start, option.end, option.rule, option.features.union(names))


@dataclass(frozen=True, slots=True)
class _Near:
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
            if place.rule != UNLISTED and place.role != "dateline" and (place.role != VIRTUAL or relation not in _FAR)
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
        features = {VIRTUAL, f"{VIRTUAL}_{near.relation}", f"{VIRTUAL}_{item.trigger.type}"}
        return SiteOption("virtual", place.start, place.end, "virtual", frozenset(features))
    features = set(_features(analysis, item, near, place))
    features.add(f"by_{place.rule}")
    features.add("of_the_trade" if place.place_id.startswith("own:") else "city")
    if place.role == "name":
        features.add("in_name_located" if _name_is_located(analysis, place, item.trigger.type) else "in_name")
    if place.site:
        features.update(_of_country(analysis, item, place.site.country))
    return SiteOption(place.site, place.start, place.end, f"text:{place.rule}", near.features | features)


def _of_country(analysis: Analysis, item: Candidate, country: str) -> Iterator[str]:
    """Whether a place lies in a country that the report names, or that one of its organisations belongs to."""
    if any(mention.value == country for mention in in_sentence(analysis.countries, item.sentence)):
        yield "country_in_report"
    homes = [mention.country for mention in in_sentence(analysis.organisations, item.sentence) if mention.country]
    if country in homes:
        yield "home_in_report"
        yield "home_of_first" if homes[0] == country else "home_of_other"
    elif homes:
        yield "home_elsewhere"


def _unlisted(analysis: Analysis, item: Candidate, near: _Near, name: Mention) -> Iterator[SiteOption]:
    """An unlisted place in each country where it may lie; a small town of that name speaks for its country."""
    features = near.features.union(_features(analysis, item, near, name), (name.rule,))
    named = countries_around(analysis, near.sentence, name.start)
    countries = named
    homes = {town.country_code for town in towns_named(name.value)}
    if len(homes) == 1 and not named:
        countries = dict.fromkeys(homes, frozenset[str]()) | named
    is_known = not homes.isdisjoint(named)
    for code, why in countries.items():
        town = "no_town" if code not in homes else "town" if code in named else "town_of_stranger"
        town = "town_elsewhere" if is_known and code not in homes else town
        reasons = {f"unlisted_{reason}" for reason in why} | {town}
        yield SiteOption(Site(code, name.value), name.start, name.end, f"text:{name.rule}", features | reasons)


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
    """What the words around a place say of it."""
    word = _word_before(analysis, place)
    led = word if word in _PREPOSITIONS else "bare"
    yield f"{'own' if near.is_own else 'around'}_{led}"
    yield from _of_type(item.trigger.type, led, is_own=near.is_own)
    if _REGION.match(analysis.view, place.end):
        yield "region"
    if analysis.in_quotation(place.start):
        yield "quoted"
    if led != "bare" and _is_told(analysis, place):
        yield "told"
    if led != "bare" and _stands_by_a_date(analysis, place):
        yield "dated"
    yield from _led_by(analysis, place, led, is_own=near.is_own)
    yield from _phrase(analysis, place, near)
    yield from _commas(analysis, place, near.sentence)
    if near.is_own:
        yield from _in_own(analysis, item, place)


def _phrase(analysis: Analysis, place: Mention, near: _Near) -> Iterator[str]:
    """What the phrase around a place hangs on, and whether the place labels an item, owns or names something."""
    phrase = phrase_of(analysis, place, near.sentence)
    where = "own" if near.is_own else "around"
    kind = phrase.preposition if phrase.preposition in _KINDS_OF_LEAD else "locative" if phrase.preposition else "bare"
    yield f"hangs_{phrase.hangs_on}_{kind}"
    yield f"{where}_hangs_{phrase.hangs_on}"
    yield f"{where}_{kind}"
    if label_of(analysis, place, near.sentence):
        yield "label"
        yield f"label_{near.relation}"
    following = analysis.tokens[min(analysis.token_span(place.start, place.end)[1], len(analysis.tokens) - 1)]
    if analysis.view[place.end : place.end + 2] == "'s" or analysis.tokens[analysis.token_span(place.start, place.end)[1]-1].is_possessive:
        yield f"possessive_{where}"
        if within(analysis.organisations, place.start, following.end):
            yield "possessive_of_organisation"
    elif following.word in VENUES and not following.is_capital:
        yield f"names_venue_{where}"


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


def _has_near_day(analysis: Analysis, sentence: Sentence) -> bool:
    found = (
        days_from(analysis.publication, mention.date)
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
