"""Who took part: the organisations and persons of the report and the sentences about it, and their countries."""

from collections.abc import Iterable, Iterator, Sequence

from dashboard.codebook import Actor, Site, Where
from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.mentions import ActorMention, Mention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate, is_background
from dashboard.etl.segments import Sentence

_ACTOR_SENTENCES_AFTER = 5
_COUNTRY_SENTENCES_AFTER = 2
_MOST_ACTORS = 14


def event_actors(analysis: Analysis, item: Candidate, passage: Passage) -> list[ActorMention]:
    """The actors of an event, each once, in the order of the text; those of background sentences are left out."""
    found: dict[str, ActorMention] = {}
    for sentence in _telling(analysis, passage, _ACTOR_SENTENCES_AFTER):
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


def event_countries(analysis: Analysis, item: Candidate, passage: Passage, actors: Sequence[ActorMention], site: Where) -> list[tuple[str, tuple[int, int]]]:
    """The countries that take part and a span for each: named in the report, those of its actors, the site's."""
    found: dict[str, tuple[int, int]] = {}
    for mention in _named(analysis, passage):
        found.setdefault(mention.value, (mention.start, mention.end))
    for actor in actors:
        if actor.country and actor.actor.kind == "org":
            found.setdefault(actor.country, (actor.start, actor.end))
    if isinstance(site, Site) and site.country not in found:
        place = next((place for place in analysis.places if place.site and place.site.country == site.country), None)
        if place:
            found[site.country] = (place.start, place.end)
    return list(found.items())


def _named(analysis: Analysis, passage: Passage) -> Iterable[Mention]:
    return list(in_sentence(analysis.countries, passage.own))


def canonical(mention: ActorMention) -> Actor:
    """The actor as the codebook writes it."""
    return mention.actor
