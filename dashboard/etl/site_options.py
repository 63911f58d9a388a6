"""Every place where an event may have happened, with what speaks for it and against it.

Rules: the places and countries of the report's sentence and of those around it, of the heading and the dateline; a listed
place lies in its country, an unlisted one in any of those named around it; `online` is a place too; and so is none at all.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.codebook import VIRTUAL, Site, Where
from dashboard.etl.analysis import Analysis, in_sentence, within
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention, PlaceMention
from dashboard.etl.passages import Passage, around_report
from dashboard.etl.scoring import Candidate, is_background
from dashboard.etl.segments import BODY, HEADING, Sentence
from dashboard.etl.site_features import Near, features_of, name_is_located, word_before
from dashboard.etl.towns import towns_named
from dashboard.etl.unlisted_places import UNLISTED, countries_around, find_unlisted_places, is_ground

_PREPOSITIONS = word_list("site_options.prepositions")
_PAPERS = word_list("site_options.papers")
_VENUE_WORDS = word_list("site_options.venue_words")
_POINTS_BACK = re.compile(r"(?:Here|There|At the same place|In the same)\b")
_COUNTRIES = frozenset(["country_only", "city_state"])
_LEADS_TO_CITY = frozenset(["in", "at", "to", "from"])
_CITIES_THAT_ARE_STATES = {"SGP": "Singapore", "MCO": "Monaco"}
_SITE_REACH = 10
_STORY_REACH = 25
_HEAD_SENTENCES = 12
_NEAR_DAYS = 45
_BESIDE = ("own", "after_1", "before_1")
_BEFORE_DATE = re.compile(r",? ?(?:[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2}, ?)?(?:the )?")
_DATE_BEHIND = 40
_SMALL = 200_000
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
    nowhere = SiteOption(None, -1, -1, "none", frozenset(_of_nowhere(analysis, item, passage)))
    return [*_against_each_other(options), _against(nowhere, "nowhere", options)]


def _of_nowhere(analysis: Analysis, item: Candidate, passage: Passage) -> Iterator[str]:
    """What speaks for a text that does not say where: a result that was published in a journal happened nowhere."""
    yield "nowhere"
    yield f"nowhere_{item.trigger.type}"
    for sentence in (passage.own, *passage.after[:1]):
        first, end = analysis.token_span(sentence.start, sentence.end)
        if not _PAPERS.isdisjoint(analysis.tokens.words[first:end]):
            yield "nowhere_paper"
            yield f"nowhere_paper_{item.trigger.type}"


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


def _of_story(analysis: Analysis, item: Candidate, passage: Passage) -> Iterator[SiteOption]:
    datelines = list(_datelines(analysis, item))
    heads = {option.start for option in datelines}
    for relation, sentence in _sentences(analysis, passage):
        places = [
            place
            for place in in_sentence(analysis.places, sentence)
            if place.rule != UNLISTED and place.role != "dateline" and (place.role != VIRTUAL or relation not in _FAR)
            if place.start not in heads
        ]
        names = [] if relation in _FAR else find_unlisted_places(analysis, sentence)
        if places or names:
            near = Near(sentence, relation, frozenset(_of_sentence(analysis, item, sentence, relation)))
            yield from (_listed(analysis, item, near, place) for place in places)
            for name in (*names, *_namesakes(analysis, places)):
                yield from _unlisted(analysis, item, near, name)
        if relation in _BESIDE:
            yield from _countries(analysis, item, sentence, relation)
    yield from datelines


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


def _listed(analysis: Analysis, item: Candidate, near: Near, place: PlaceMention) -> SiteOption:
    if place.role == VIRTUAL:
        features = {VIRTUAL, f"{VIRTUAL}_{near.relation}", f"{VIRTUAL}_{item.trigger.type}"}
        features |= {f"{VIRTUAL}_near"} if near.relation in _BESIDE else set()
        return SiteOption("virtual", place.start, place.end, "virtual", frozenset(features))
    features = set(features_of(analysis, item, near, place))
    features.add(f"by_{place.rule}")
    features.add("of_the_trade" if place.place_id.startswith("own:") else "city")
    if place.role == "name":
        features.add("in_name_located" if name_is_located(analysis, place, item.trigger.type) else "in_name")
    if place.site:
        features.update(_of_country(analysis, item, place.site.country))
        features.update({"stranger"} if _is_stranger(analysis, place) else ())
    return SiteOption(place.site, place.start, place.end, f"text:{place.rule}", near.features | features)


def _namesakes(analysis: Analysis, places: Sequence[PlaceMention]) -> Iterator[Mention]:
    """Small places of the gazetteer in a country that nobody in the document belongs to, as names that it may lack."""
    for place in places:
        if place.role == "text" and _is_stranger(analysis, place):
            name = " ".join(analysis.view[place.start : place.end].split())
            yield Mention("place", place.start, place.end, name, "unlisted:namesake")


def _is_stranger(analysis: Analysis, place: PlaceMention) -> bool:
    """Whether a small city lies in a country that nothing else in the document belongs to."""
    homes = analysis.home_countries
    if place.site is None or not homes or place.site.country in homes:
        return False
    return 0 < place.population < _SMALL and place.rule != "alias"


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


def _unlisted(analysis: Analysis, item: Candidate, near: Near, name: Mention) -> Iterator[SiteOption]:
    """An unlisted place in each country where it may lie; a small town of that name speaks for its country."""
    features = near.features.union(features_of(analysis, item, near, name), (name.rule,))
    if (name.start, name.value) not in analysis.homes:
        analysis.homes[name.start, name.value] = list(_homes(analysis, near.sentence, name))
    for site, reasons in analysis.homes[name.start, name.value]:
        yield SiteOption(site, name.start, name.end, f"text:{name.rule}", features | reasons)


def _homes(analysis: Analysis, sentence: Sentence, name: Mention) -> Iterator[tuple[Site, frozenset[str]]]:
    """The place in each country where it may lie, and what speaks for that country."""
    named = countries_around(analysis, sentence, name.start)
    countries = named
    homes = {town.country_code for town in towns_named(name.value)}
    if len(homes) == 1 and not named:
        countries = dict.fromkeys(homes, frozenset[str]()) | named
    is_known = not homes.isdisjoint(named)
    for code, why in countries.items():
        town = "no_town" if code not in homes else "town" if code in named else "town_of_stranger"
        town = "town_elsewhere" if is_known and code not in homes else town
        town = "ground" if town == "no_town" and is_ground(name) else town
        yield Site(code, name.value), frozenset({town, *(f"unlisted_{reason}" for reason in why)})


def _countries(analysis: Analysis, item: Candidate, sentence: Sentence, relation: str) -> Iterator[SiteOption]:
    """A country by its name; a state that is one city is the city, where a preposition leads to it: alone it takes part."""
    for mention in in_sentence(analysis.countries, sentence):
        if mention.rule != "name":
            continue
        word = word_before(analysis, mention)
        city = _CITIES_THAT_ARE_STATES.get(mention.value, "")
        led = word if word in _PREPOSITIONS else "bare"
        if city and led not in _LEADS_TO_CITY:
            continue
        features = {
            "city_state" if city else "country_only",
            f"country_only_{relation}",
            f"country_only_{led}",
        }
        if word == "to" and item.trigger.type in ("visit", "exchange"):
            features.add("country_visited")
        yield SiteOption(Site(mention.value, city), mention.start, mention.end, "country", frozenset(features))


def _datelines(analysis: Analysis, item: Candidate) -> Iterator[SiteOption]:
    """The place that the story is written at; in a digest the item's own."""
    features = frozenset(_of_dateline(analysis, item))
    for start, end in _spans_of_dateline(analysis, item):
        listed = [place for place in within(analysis.places, start, end) if place.site]
        if listed:
            yield SiteOption(listed[0].site, listed[0].start, listed[0].end, "dateline", features)
            continue
        name = " ".join(analysis.view[start:end].split())
        for code, why in countries_around(analysis, item.sentence, start).items():
            reasons = {f"unlisted_{reason}" for reason in why}
            site = Site(code, name.title() if name.isupper() else name)
            yield SiteOption(site, start, end, "dateline:unlisted", features | reasons | {"dateline_unlisted"})


def _spans_of_dateline(analysis: Analysis, item: Candidate) -> Sequence[tuple[int, int]]:
    """The dateline of the story or item, at the most one; else a place with a date that opens the document (`Quito, 9 June`)."""
    if analysis.segments.is_digest:
        parts = analysis.segments.sections.get(item.sentence.section, ())
        return [part.dateline for part in parts if part.dateline][:1]
    if analysis.segments.datelines:
        return analysis.segments.datelines[:1]
    heads = (_dated_place(analysis, sentence) for sentence in analysis.segments.sentences[:_HEAD_SENTENCES])
    return [(place.start, place.end) for place in heads if place][:1]


def _dated_place(analysis: Analysis, sentence: Sentence) -> PlaceMention | None:
    """The place that begins a sentence or heading, right before a date."""
    place = next(iter(within(analysis.places, sentence.start, sentence.start + 1)), None)
    if place is None or place.site is None:
        return None
    dates = within(analysis.dates, place.end, place.end + _DATE_BEHIND)
    return place if dates and _BEFORE_DATE.fullmatch(analysis.view, place.end, dates[0].start) else None


def _of_dateline(analysis: Analysis, item: Candidate) -> Iterator[str]:
    """What speaks for the place that the story is written at."""
    yield "dateline"
    yield f"dateline_{item.trigger.type}"
    if analysis.segments.is_digest:
        yield "dateline_of_item"
    if _has_venue(analysis, item.sentence):
        yield "dateline_of_venue"
    first, end = analysis.token_span(item.sentence.start, item.sentence.end)
    if "here" in analysis.tokens.words[first:end]:
        yield "dateline_here"


def _has_near_day(analysis: Analysis, sentence: Sentence) -> bool:
    found = (
        analysis.days_ago(mention)
        for mention in in_sentence(analysis.dates, sentence)
        if mention.date.precision == "day"
    )
    return any(days is not None and 0 <= days <= _NEAR_DAYS for days in found)


def _has_venue(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the report is said to have been at an organisation (`at the University of Carabobo`)."""
    for mention in in_sentence(analysis.organisations, sentence):
        first, _ = analysis.token_span(mention.start, mention.end)
        if not {"at", "in", "inside"}.isdisjoint(token.word for token in analysis.tokens[max(0, first - 2) : first]):
            return True
    return False
