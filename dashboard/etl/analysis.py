"""Everything that the find modules found in one document, with quick looks at what stands in a span."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from dashboard.codebook import Site
from dashboard.etl.actors import find_organisations, with_places
from dashboard.etl.clean import clean
from dashboard.etl.countries import find_countries
from dashboard.etl.dates import find_dates
from dashboard.etl.inflection import is_past
from dashboard.etl.marks import find_marks
from dashboard.etl.mentions import ActorMention, DateMention, Mention, PlaceMention
from dashboard.etl.persons import find_persons
from dashboard.etl.places import Surroundings, find_places
from dashboard.etl.publication import Publication, days_from, find_publication
from dashboard.etl.quotations import find_quotations
from dashboard.etl.read import Document
from dashboard.etl.sectors import find_sectors
from dashboard.etl.segments import Segments, Sentence, segment
from dashboard.etl.tokens import Tokens, tokenise
from dashboard.etl.triggers import Found, find_words

M = TypeVar("M", bound=Mention)


FINE = ("day", "interval")
NEAR_DAYS = 62
"""How long before its publication a document's news may have happened, in days."""


class InOrder(list[M]):
    """Mentions in the order of the text, with the offsets where they begin beside them, for quick looks at a span."""

    def __init__(self, mentions: Iterable[M]) -> None:
        super().__init__(mentions)
        self.starts = [mention.start for mention in self]
        self.of_sentences: dict[int, Sequence[M]] = {}
        """The mentions of each sentence that was asked for, by its index: the same few are asked for again and again."""


@dataclass(frozen=True)
class Analysis:
    """One document and its mentions, each list in the order of the text."""

    document: Document
    view: str
    segments: Segments
    tokens: Tokens
    token_starts: list[int]
    publication: Publication
    dates: InOrder[DateMention]
    countries: InOrder[Mention]
    places: InOrder[PlaceMention]
    organisations: InOrder[ActorMention]
    persons: InOrder[ActorMention]
    sectors: InOrder[Mention]
    words: Found
    marks: list[tuple[int, str]]
    quotations: list[tuple[int, int]] = field(default_factory=list)
    unlisted_places: dict[int, list[Mention]] = field(default_factory=dict)
    """The unlisted places of each sentence, by its index, as far as they were asked for (see `unlisted_places`)."""
    ages: dict[int, int | None] = field(default_factory=dict)
    """How many days before the publication each date is, by where it begins."""
    around_places: dict[tuple[int, int, str, bool], tuple[str, frozenset[str]]] = field(default_factory=dict)
    """What the words around a place say, whatever the event, by its span, how its sentence stands to the report, and whether a venue is named there."""
    homes: dict[tuple[int, str], list[tuple[Site, frozenset[str]]]] = field(default_factory=dict)
    """The countries that an unlisted place may lie in, and what speaks for each, by where it begins and its name."""
    holders: dict[tuple[int, int], list[tuple[Mention, str]]] = field(default_factory=dict)
    """What names a country or lies in one, by the span it was asked for."""

    def days_ago(self, mention: DateMention) -> int | None:
        """`days_from` of a date of the text, worked out once."""
        if mention.start not in self.ages:
            self.ages[mention.start] = days_from(self.publication, mention.date)
        return self.ages[mention.start]

    @cached_property
    def near_days(self) -> InOrder[DateMention]:
        """The days and spans of days that lie in the two months before the publication."""
        days = ((mention, days_from(self.publication, mention.date)) for mention in self.dates)
        return InOrder(
            one for one, ago in days if one.date.precision in FINE and ago is not None and 0 <= ago <= NEAR_DAYS
        )

    @cached_property
    def pasts(self) -> list[int]:
        """The tokens that can be past forms."""
        return self.tokens.where(is_past)

    @cached_property
    def first_places(self) -> dict[str, PlaceMention]:
        """The first place of each country."""
        return {place.site.country: place for place in reversed(self.places) if place.site}

    @cached_property
    def home_countries(self) -> frozenset[str]:
        """The countries that the document names, and those that its organisations belong to."""
        named = (mention.value for mention in self.countries)
        return frozenset(named) | {mention.country for mention in self.organisations if mention.country}

    def is_written_small(self, word: str) -> bool:
        """Whether the document writes a word with a small letter somewhere."""
        places = self.tokens.at.get(word, ())
        return any(self.tokens[index].surface.islower() and self.tokens[index].is_word for index in places)

    def token_span(self, start: int, end: int) -> tuple[int, int]:
        """The tokens between two offsets: first, and one behind the last."""
        return bisect_left(self.token_starts, start), bisect_left(self.token_starts, end)

    def in_quotation(self, offset: int) -> bool:
        """Whether an offset lies inside quotation marks."""
        index = bisect_left(self.quotations, (offset + 1, -1)) - 1
        return index >= 0 and self.quotations[index][0] < offset < self.quotations[index][1]

    def quoted_count(self, start: int, end: int) -> int:
        """How many characters between two offsets stand in quotations."""
        low = max(0, bisect_left(self.quotations, (start,)) - 1)
        near = self.quotations[low : bisect_left(self.quotations, (end,))]
        return sum(max(0, min(last, end) - max(first, start)) for first, last in near)


def analyse(document: Document) -> Analysis:
    """Read a document with every find module."""
    view = clean(document.text)
    segments = segment(view)
    tokens = tokenise(view)
    publication = find_publication(document, view)
    countries = find_countries(tokens)
    organisations = find_organisations(view, tokens, countries)
    names = [(mention.start, mention.end) for mention in organisations]
    places = find_places(view, tokens, Surroundings(countries, names, segments.datelines))
    others: list[Mention] = [
        *organisations,
        *countries,
        *(place for place in places if place.role == "text" and place.rule != "largest"),
    ]
    return Analysis(
        document=document,
        view=view,
        segments=segments,
        tokens=tokens,
        token_starts=tokens.starts,
        publication=publication,
        dates=InOrder(find_dates(view, tokens, publication)),
        countries=InOrder(countries),
        places=InOrder(places),
        organisations=InOrder(with_places(organisations, places)),
        persons=InOrder(find_persons(view, tokens, others)),
        sectors=InOrder(find_sectors(tokens)),
        words=find_words(tokens),
        marks=find_marks(tokens),
        quotations=find_quotations(view),
    )


def within(mentions: InOrder[M], start: int, end: int) -> Sequence[M]:
    """The mentions that begin between two offsets."""
    return mentions[bisect_left(mentions.starts, start) : bisect_left(mentions.starts, end)]


def in_sentence(mentions: InOrder[M], sentence: Sentence) -> Sequence[M]:
    """The mentions of one sentence."""
    known = mentions.of_sentences.get(sentence.index)
    if known is None:
        known = mentions.of_sentences[sentence.index] = within(mentions, sentence.start, sentence.end)
    return known
