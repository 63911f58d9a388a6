"""What the phrase around a place hangs on: the verb, the ceremony, an organisation, a person, or only a thing.

`met in Lusaka` says where something happened; `students from Shizuoka`, `a piece made in Grenoble` and `the Institute of
Optics, St Petersburg` say where somebody or something comes from.

Rules: no parse. From the place back to the preposition that leads to its phrase, over names, `of` and what a noun phrase is
made of; then what stands right before that preposition, a date between them passed over. The words that tell people, makers,
occasions and venues apart are lists in `data/reference/word_lists.csv`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dashboard.etl.analysis import Analysis, within
from dashboard.etl.inflection import irregular_verbs
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention
from dashboard.etl.segments import Sentence
from dashboard.etl.tokens import Token

FRONT, LIST, OTHER = "front", "list", "other"

_PREPOSITIONS = word_list("site_options.prepositions")
_SMALL_WORDS = word_list("place_phrases.small_words")
_CLOSES = word_list("place_phrases.closes")
_NOUNS = {
    kind: word_list(f"place_phrases.{kind}") for kind in ("people", "makers", "occasions", "venues", "institutions")
}
_AT = frozenset(["at", "in", "inside", "on", "within"])
VENUES = _NOUNS["venues"]
_PARTICLES = frozenset(["up", "out", "off", "down", "over", "place", "back", "together", "ashore", "on"])
_MOST_BACK = 12
_MOST_SMALL = 3
_LONGEST_NAME = 120
_FRONT_TOKENS = 7
_LABEL_MARKS = frozenset([".", ":", "-", "\u2014", "\u2013"])


class Phrase(NamedTuple):
    """The phrase of a place: the preposition that leads to it (empty if none), its token (-1), and what it hangs on."""

    preposition: str
    token: int
    hangs_on: str


def phrase_of(analysis: Analysis, place: Mention, sentence: Sentence) -> Phrase:
    """The phrase around a place that stands in a sentence."""
    first, _ = analysis.token_span(sentence.start, sentence.end)
    index, _ = analysis.token_span(place.start, place.end)
    lead = _lead(analysis.tokens, index, first)
    if lead < 0:
        return Phrase("", -1, _bare(analysis, index, first))
    return Phrase(analysis.tokens.words[lead], lead, _hangs_on(analysis, lead, first))


def _lead(tokens: Sequence[Token], index: int, first: int) -> int:
    """The token of the preposition before a place, or -1: of `in the hall of the Hotel Lux, Bonn` the first."""
    small, of = 0, -1
    for back in range(index - 1, max(first - 1, index - _MOST_BACK), -1):
        token = tokens[back]
        if token.word == "of":
            small, of = 0, back
        elif token.word in _PREPOSITIONS:
            return back if back == first or not token.is_capital else of
        elif token.is_word and not token.is_capital and token.word not in _SMALL_WORDS:
            small += 1
            if token.word in _CLOSES or small > (_MOST_SMALL if of >= 0 else 0):
                return of
        elif not token.is_word and token.surface not in ",-&'\"":
            return of
    return of


def _bare(analysis: Analysis, index: int, first: int) -> str:
    """What a place without a preposition is: the first word, an apposition behind a name, one of a list."""
    if index == first:
        return FRONT
    before = analysis.tokens[index - 1]
    if before.surface in (",", "("):
        return _ending_at(analysis, analysis.tokens[index - 2].end, first) or LIST if index - 1 > first else LIST
    return OTHER


def _hangs_on(analysis: Analysis, lead: int, first: int) -> str:
    tokens = analysis.tokens
    back = _over_date(analysis, lead - 1, first)
    if back < first or _is_front(analysis, first, back):
        return FRONT
    if tokens[back].surface in (",", ")", "-"):
        end = tokens[back].end if tokens[back].surface == ")" else tokens[back - 1].end
        mention = _ending_at(analysis, end, first)
        return mention or "comma"
    return _ending_at(analysis, tokens[back].end, first) or _of_word(tokens, back, first)


def _over_date(analysis: Analysis, back: int, first: int) -> int:
    """The token before a date that ends here, and before its preposition: `signed on Monday in` hangs on the verb."""
    tokens = analysis.tokens
    for _ in range(2):
        if back < first:
            return back
        end = tokens[back].end
        date = next((one for one in within(analysis.dates, end - 40, end) if one.end == end), None)
        if date is None:
            break
        back = bisect_left(analysis.token_starts, date.start) - 1
        if back >= first and tokens[back].word in ("on", "in", "from", "last", "since", "by", "the"):
            back -= 1
    return back


def _is_front(analysis: Analysis, first: int, back: int) -> bool:
    """Whether only a short opening stands before the phrase: `On 5 April, in Lusaka`, `Meanwhile in Bonn`."""
    if back - first >= _FRONT_TOKENS:
        return False
    words = analysis.tokens[first : back + 1]
    return words[-1].surface in ",;:" or (
        len(words) == 1 and not words[0].surface.isupper() and not _is_verb(words[0].word)
    )


def _ending_at(analysis: Analysis, end: int, first: int) -> str:
    """The kind of the mention that ends at an offset, or nothing; an organisation that something happens at is a `host`."""
    low = end - _LONGEST_NAME
    for mention in within(analysis.organisations, low, end):
        if abs(mention.end - end) <= 1:
            return _role_of(analysis, mention, first)
    if any(abs(person.end - end) <= 1 for person in within(analysis.persons, low, end)):
        return "person"
    if any(abs(country.end - end) <= 1 for country in within(analysis.countries, low, end)):
        return "country"
    return "place" if any(abs(place.end - end) <= 1 for place in within(analysis.places, low, end)) else ""


def _role_of(analysis: Analysis, organisation: Mention, first: int) -> str:
    """`at the Institute, Hsinchu` is a host, `go to the Institute in Hsinchu` has a goal, else the organisation only lives there."""
    index, _ = analysis.token_span(organisation.start, organisation.end)
    lead = _lead(analysis.tokens, index, first)
    if "and" in analysis.tokens.words[max(lead, first) : index]:
        return "organisation"
    word = analysis.tokens.words[lead] if lead >= 0 else ""
    return "host" if word in _AT else "goal" if word == "to" else "organisation"


def _of_word(tokens: Sequence[Token], back: int, first: int) -> str:
    """What kind of word a phrase hangs on."""
    word = tokens[back].word
    if word in _PARTICLES and back > first and _is_verb(tokens[back - 1].word):
        return "verb"
    for kind, words in _NOUNS.items():
        if word in words:
            return kind
    return "verb" if _is_verb(word) else "noun"


def _is_verb(word: str) -> bool:
    return (len(word) > 4 and word.endswith("ed")) or word in _irregular_forms()


@lru_cache(maxsize=1)
def _irregular_forms() -> frozenset[str]:
    return frozenset(form for forms in irregular_verbs().values() for form in forms)


def label_of(analysis: Analysis, place: Mention, sentence: Sentence) -> bool:
    """Whether a place labels an item: it is all of a heading, or stands before a full stop or colon at its head."""
    view = analysis.view
    if view[sentence.start : place.start].strip(" >*-\u2022\"'|/0123456789."):
        return False
    rest = view[place.end : sentence.end].lstrip()
    return not rest or rest[0] in _LABEL_MARKS
