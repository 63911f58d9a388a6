"""Places that the gazetteer lacks: a name is one where the words around it say so.

Rules: a name of one to four capitals behind a preposition of place (`off Gan`), before a word for a kind of place (`the
Masoro industrial zone`), or before a comma and a place or country (`Gletsch, Valais`); it is none where an organisation,
a person, a country, a listed place or a date stands. Which country it lies in is weighed with
the site (see `where`).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.etl.analysis import Analysis, InOrder, in_sentence, within
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.mentions import Mention
from dashboard.etl.segments import HEADING, Sentence
from dashboard.etl.tokens import Token
from dashboard.folding import fold

_BEFORE = word_list("unlisted_places.before")
_KINDS = word_list("unlisted_places.kinds")
_NO_PLACES = word_list("places.no_places")
_ORGANISATION_WORDS = word_list("unlisted_places.no_places") | frozenset(
    row["word"]
    for row in lexicon("organisation_words", ["word", "role"], key=["word", "role"])
    if row["role"] == "head"
)
_FUNCTION_WORDS = (
    word_list("grammar.prepositions") | word_list("grammar.determiners") | word_list("grammar.conjunctions") | _BEFORE
)
_NO_NAMES = _NO_PLACES | _FUNCTION_WORDS
_PARTICLES = word_list("places.particles")
_MOST_WORDS = 4
_MOST_COUNTRIES = 3
_REACH = 150
_REACH_OF_COUNTRIES = 5000
_APPOSED_WITHIN = 70
_APPOSES = re.compile(
    r"[\w'-]{1,20}(?:[ -][\w'-]{1,20}){0,4}(?:,| in|, in|, on| \()(?: the)?(?: [\w'-]{1,20}){0,4}(?:,| of| in)? ?"
)
UNLISTED = "unlisted"


_DESCRIBES = frozenset(["this", "that", "a", "an"])
"""Before a name these say what kind of place is meant, not which: `at this Arabian Sea port`."""


def find_unlisted_places(analysis: Analysis, sentence: Sentence) -> list[Mention]:
    """The unlisted places of one sentence, looked for once however many events ask for them."""
    if sentence.index not in analysis.unlisted_places:
        analysis.unlisted_places[sentence.index] = [
            *_named_after_a_kind(analysis, sentence),
            *_names(analysis, sentence),
        ]
    return analysis.unlisted_places[sentence.index]


def is_ground(name: Mention) -> bool:
    """Whether a name itself calls its place an island, a station, a lake: no town need be known by it."""
    return name.rule in ("unlisted:kind", "unlisted:named") or not _KINDS.isdisjoint(fold(name.value).split())


def _names(analysis: Analysis, sentence: Sentence) -> Iterator[Mention]:
    """The runs of capitals that the words around them call a place."""
    first, end = analysis.token_span(sentence.start, sentence.end)
    capitals, free = analysis.tokens.capitals, first
    for index in capitals[bisect_left(capitals, first) : bisect_left(capitals, end)]:
        if index < free or not _is_name(analysis.tokens[index]):
            continue
        last = _name_end(analysis.tokens, index, end)
        mention = _mention(analysis, sentence, index, last)
        if mention:
            yield mention
        free = last + 1


def _named_after_a_kind(analysis: Analysis, sentence: Sentence) -> Iterator[Mention]:
    """`at Mario Zucchelli Station`: what was read as an organisation, and is called a kind of place."""
    for mention in in_sentence(analysis.organisations, sentence):
        first, end = analysis.token_span(mention.start, mention.end)
        if analysis.tokens[end - 1].word in _KINDS and _word_before(analysis.tokens, first) in _BEFORE:
            yield Mention(
                "place", mention.start, mention.end, " ".join(mention.actor.surface.split()), "unlisted:named"
            )


def _name_end(tokens: Sequence[Token], index: int, end: int) -> int:
    """The last token of the name that begins here."""
    last = index
    while last + 1 < end and last - index < _MOST_WORDS - 1:
        step = _step(tokens, last, end)
        if not step:
            break
        last += step
    return last


def _step(tokens: Sequence[Token], last: int, end: int) -> int:
    """How many tokens further the name goes: a capital, or a small word, a hyphen or both and a capital."""
    following = tokens[last + 1]
    if following.opens_line or tokens[last].is_possessive:
        return 0
    if _is_name(following):
        return 1
    if _is_joined_article(tokens, last, end):
        return 3
    joined = following.surface == "-" or (following.word in _PARTICLES and following.surface.islower())
    return 2 if joined and last + 2 < end and _is_name(tokens[last + 2]) else 0


def _is_joined_article(tokens: Sequence[Token], last: int, end: int) -> bool:
    """`Kafr el-Sheikh` goes on behind its article and hyphen."""
    if last + 3 >= end or tokens[last + 1].word not in _PARTICLES:
        return False
    return tokens[last + 2].surface == "-" and _is_name(tokens[last + 3])


def _is_name(token: Token) -> bool:
    is_capital_name = token.is_capital and token.is_word and len(token.surface) > 1
    return is_capital_name and token.word not in _NO_NAMES


def _mention(analysis: Analysis, sentence: Sentence, first: int, last: int) -> Mention | None:
    tokens = analysis.tokens
    start, end = tokens[first].start, tokens[last].end
    rule = _said_by(analysis, sentence, first, last)
    if (
        not rule
        or _is_acronym(tokens, first, last, sentence)
        or _is_taken(analysis, start, end)
        or _is_common(analysis, first, last)
    ):
        return None
    name = " ".join(analysis.view[start:end].split())
    return Mention("place", start, end, name.title() if name.isupper() else name, rule)


def _is_acronym(tokens: Sequence[Token], first: int, last: int, sentence: Sentence) -> bool:
    return first == last and tokens[first].surface.isupper() and sentence.kind == "body"


def _is_common(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the name is made of words that the document also writes small, or holds a word for an organisation."""
    words = [token.word for token in analysis.tokens[first : last + 1] if token.is_capital]
    is_only_a_kind = len(words) == 1 and words[0] in _KINDS
    return is_only_a_kind or not _ORGANISATION_WORDS.isdisjoint(words) or all(map(analysis.is_written_small, words))


def _said_by(analysis: Analysis, sentence: Sentence, first: int, last: int) -> str:
    """What says that a name is a place, or nothing."""
    tokens = analysis.tokens
    before = _word_before(tokens, first)
    behind = tokens[last + 1].word if last + 1 < len(tokens) else ""
    if before in _DESCRIBES:
        return ""
    if behind in _KINDS or behind == "industrial" or before in _KINDS:
        return "unlisted:kind"
    if before in ("on", "of"):
        return f"unlisted:{before}"
    if before in _BEFORE:
        return "unlisted:behind"
    if sentence.kind == HEADING:
        return "unlisted:heading"
    if last + 2 < len(tokens) and tokens[last + 1].surface == ",":
        following = tokens[last + 2].start
        is_listed = within(analysis.places, following, following + 1) or _names_country(analysis, following)
        return "unlisted:leads" if is_listed else ""
    return ""


def _word_before(tokens: Sequence[Token], first: int) -> str:
    """The word that leads to a name: `the` is passed over, and `of` behind a kind of place (`the town of Zarafshan`)."""
    index = first - 1
    if index > 0 and tokens[index].word == "the":
        index -= 1
    if index > 0 and tokens[index].word == "of" and tokens[index - 1].word in _KINDS:
        index -= 1
    return tokens[index].word if index >= 0 else ""


def _names_country(analysis: Analysis, start: int) -> bool:
    return bool(within(analysis.countries, start, start + 1))


def _is_taken(analysis: Analysis, start: int, end: int) -> bool:
    """Whether another mention stands in the span."""
    kinds: tuple[InOrder[Any], ...] = (
        analysis.places, analysis.countries, analysis.dates, analysis.organisations, analysis.persons,
    )  # fmt: skip
    near = [mention for mentions in kinds for mention in within(mentions, start - _REACH, end)]
    return any(mention.end > start and mention.rule != UNLISTED for mention in near)


def countries_around(analysis: Analysis, sentence: Sentence, start: int) -> dict[str, frozenset[str]]:
    """The countries that an unlisted place may lie in, the likeliest few, and what speaks for each.

    Rules: countries, places and organisations of its own item count; `nearest` is the one named closest, `most` the one
    named most often, `own` one of its sentence, `head` one of the heading or dateline before it, `apposed` one that stands right behind it
    (`Gan, Maldives`).
    """
    low, high = _item(analysis, sentence)
    named = _named(analysis, low, high) or _named(analysis, 0, _REACH_OF_COUNTRIES)
    if not named:
        return {}
    chosen = [code for code, _ in Counter(code for _, code in named).most_common(_MOST_COUNTRIES)]
    nearest = min(named, key=lambda pair: _gap(pair[0], start))[1]
    order = bisect_left(analysis.segments.body, low, key=_start)
    body = analysis.segments.body[order].start if order < len(analysis.segments.body) else low
    said = {
        "nearest": {nearest},
        "most": {chosen[0]},
        "own": {code for mention, code in named if sentence.start <= mention.start < sentence.end},
        "head": {code for mention, code in named if mention.start < body},
        "apposed": {
            code
            for mention, code in named
            if start < mention.start <= start + _APPOSED_WITHIN
            and _APPOSES.fullmatch(analysis.view, start, mention.start)
        },
    }
    codes = dict.fromkeys([*chosen, nearest, *sorted(said["apposed"])])
    return {code: frozenset(name for name, holders in said.items() if code in holders) for code in codes}


def _named(analysis: Analysis, low: int, high: int) -> list[tuple[Mention, str]]:
    """Every mention between two offsets that names a country or lies in one, gathered once a span."""
    if (low, high) not in analysis.holders:
        analysis.holders[low, high] = _holders(analysis, low, high)
    return analysis.holders[low, high]


def _holders(analysis: Analysis, low: int, high: int) -> list[tuple[Mention, str]]:
    countries: Sequence[Mention] = within(analysis.countries, low, high)
    named = [(mention, mention.value) for mention in countries]
    places = within(analysis.places, low, high)
    named += [(place, place.site.country) for place in places if place.site and place.rule != UNLISTED]
    named += [(mention, mention.country) for mention in within(analysis.organisations, low, high) if mention.country]
    return named


def _item(analysis: Analysis, sentence: Sentence) -> tuple[int, int]:
    """The span of the item of a digest, or of the document; some thousand characters around the sentence at the most."""
    low = sentence.start - _REACH_OF_COUNTRIES
    high = min(len(analysis.view), sentence.end + _REACH_OF_COUNTRIES)
    parts = analysis.segments.sections.get(sentence.section, ()) if analysis.segments.is_digest else ()
    if not parts:
        return max(0, low), high
    return max(parts[0].start, low), min(parts[-1].end, high)


def _start(sentence: Sentence) -> int:
    return sentence.start


def _gap(mention: Mention, start: int) -> int:
    """Characters to a mention; one that comes later counts double."""
    return start - mention.start if mention.start < start else 2 * (mention.start - start)
