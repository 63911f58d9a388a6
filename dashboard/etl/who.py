"""Who took part: the organisations and persons of the report and the sentences about it, and their countries."""

import re
from collections.abc import Iterator, Sequence

from dashboard.codebook import Site, Where
from dashboard.etl.analysis import Analysis, in_sentence, within
from dashboard.etl.mentions import ActorMention, Mention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate, is_background
from dashboard.etl.segments import Sentence

_ACTOR_SENTENCES_AFTER = 5
_ACTOR_SENTENCES_ALONE = 9
_COUNTRY_SENTENCES_AFTER = 3
_TAKES_PART = re.compile(
    r"\b(?:participants?|participated|took part|attended|attendees|delegates|delegations from|representatives|members include|founding members|co-sponsored|"
    r"co-founded|academicians|jointly|partners|were present|joined|scientists from|researchers from|engineers from|experts from|students from|trainees from)\b"
)
_MOST_ACTORS = 14


def event_actors(analysis: Analysis, passage: Passage, *, is_alone: bool) -> list[ActorMention]:
    """The actors of an event, each once, in the order of the text; those of background sentences are left out."""
    found: dict[str, ActorMention] = {}
    reach = _ACTOR_SENTENCES_AFTER if analysis.segments.is_digest or not is_alone else _ACTOR_SENTENCES_ALONE
    for sentence in _telling(analysis, passage, reach):
        for mention in (*in_sentence(analysis.organisations, sentence), *in_sentence(analysis.persons, sentence)):
            known = found.get(mention.value)
            if known is None or len(mention.actor.surface) > len(known.actor.surface):
                found[mention.value] = mention
    return list(found.values())[:_MOST_ACTORS]


def _telling(analysis: Analysis, passage: Passage, count: int) -> Iterator[Sentence]:
    yield passage.own
    for sentence in (*passage.after[:count], *passage.before):
        if not is_background(analysis, sentence):
            yield sentence


def event_countries(
    analysis: Analysis, item: Candidate, passage: Passage, actors: Sequence[ActorMention], site: Where
) -> list[tuple[str, tuple[int, int]]]:
    """The countries that take part and a span for each: named in the report, those of its actors, the site's."""
    found: dict[str, tuple[int, int]] = {}
    for code, span in _named(analysis, passage):
        found.setdefault(code, span)
    for actor in actors:
        if actor.country and actor.actor.kind == "org":
            found.setdefault(actor.country, (actor.start, actor.end))
    if isinstance(site, Site) and site.country not in found and item.trigger.type != "funding":
        place = analysis.first_places.get(site.country)
        if place:
            found[site.country] = (place.start, place.end)
    return list(found.items())


def _named(analysis: Analysis, passage: Passage) -> Iterator[tuple[str, tuple[int, int]]]:
    """Countries in the report; behind it and in the headline only where something is said to be a country's."""
    for mention in in_sentence(analysis.countries, passage.own):
        yield mention.value, (mention.start, mention.end)
    for place in in_sentence(analysis.places, passage.own):
        if place.site and place.role == "text" and _is_origin(analysis, place):
            yield place.site.country, (place.start, place.end)
    for sentence in passage.after[:_COUNTRY_SENTENCES_AFTER]:
        for mention in in_sentence(analysis.countries, sentence):
            if (
                _is_owner(analysis, mention) or _TAKES_PART.search(analysis.view, sentence.start, sentence.end)
            ) and not is_background(analysis, sentence):
                yield mention.value, (mention.start, mention.end)
    headline = analysis.segments.headline
    if headline and not analysis.segments.is_digest:
        for mention in within(analysis.countries, headline.start, headline.end):
            yield mention.value, (mention.start, mention.end)


def _is_origin(analysis: Analysis, place: Mention) -> bool:
    """`students from Shizuoka`, `Envision of Shanghai`."""
    index, _ = analysis.token_span(place.start, place.end)
    return index > 0 and analysis.tokens[index - 1].word in ("from", "of")


def _is_owner(analysis: Analysis, mention: Mention) -> bool:
    """`Norwegian institute`, `Germany's Fraunhofer`."""
    return mention.rule == "demonym" or analysis.view[mention.end : mention.end + 2] == "'s"
