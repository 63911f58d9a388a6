"""The terms of the sectors in a text, from a lexicon with weights; which sectors an event has is chosen in `what`.

Rules: a term inside a longer term of the lexicon does not count again; a term of the sector `none` only hides the words
in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dashboard.etl.lexicons import lexicon
from dashboard.etl.mentions import Mention
from dashboard.etl.tokens import Phrasebook, Token, Tokens

GENERAL = "general"
_NONE = "none"
_SHORTEST_STEM = 3
_HEAD = _SHORTEST_STEM + 1

Term = tuple[str, str, float]
"""The term as the lexicon writes it, its sector and its weight."""


@lru_cache(maxsize=1)
def _rows() -> tuple[Term, ...]:
    rows = lexicon("sector_terms", ["term", "sector", "weight"], key=["term", "sector"])
    return tuple((row["term"], row["sector"], float(row["weight"])) for row in rows)


@lru_cache(maxsize=1)
def _phrases() -> Phrasebook[Term]:
    return Phrasebook((term[0], term) for term in _rows() if not term[0].endswith("*"))


@lru_cache(maxsize=1)
def _stems() -> dict[tuple[str, ...], list[Term]]:
    """The terms that end in `*`, by their words; the last word is the beginning of a word."""
    stems: dict[tuple[str, ...], list[Term]] = defaultdict(list)
    for term in _rows():
        if term[0].endswith("*"):
            stems[tuple(term[0][:-1].replace("-", " ").lower().split())].append(term)
    return dict(stems)


@lru_cache(maxsize=1)
def _first_words() -> dict[str, list[tuple[str, ...]]]:
    first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in _stems():
        if len(words) > 1:
            first[words[0]].append(words)
    return dict(first)


@lru_cache(maxsize=32_768)
def _of_word(word: str) -> tuple[Term, ...]:
    """The terms of the longest stem that a word begins with."""
    for length in range(min(len(word), 16), _SHORTEST_STEM - 1, -1):
        terms = _stems().get((word[:length],))
        if terms:
            return tuple(terms)
    return ()


def find_sectors(tokens: Tokens) -> list[Mention]:
    """Every term of the lexicon; `rule` is the term as the lexicon writes it."""
    taken = bytearray(len(tokens))
    mentions: list[Mention] = []
    for hit in _phrases().find(tokens):
        taken[hit.first : hit.last + 1] = b"\x01" * (hit.last + 1 - hit.first)
        mentions += [_mention(tokens, hit.first, hit.last, term) for term in hit.entry if term[1] != _NONE]
    for index in tokens.where(_may_begin):
        if tokens[index].is_word and not taken[index]:
            mentions += _stem_mentions(tokens, index, taken)
    return sorted(mentions, key=_start)


def _may_begin(word: str) -> bool:
    """Whether a word is, or begins, a term that ends in `*`."""
    return word in _first_words() or (_may_have_stem(word) and bool(_of_word(word)))


def _may_have_stem(word: str) -> bool:
    """Whether a word begins as a stem does: few others do, so that few are looked up letter by letter."""
    heads = _heads()
    return word[:_HEAD] in heads or word[:_SHORTEST_STEM] in heads


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(words[0][:_HEAD] for words in _stems() if len(words) == 1)


def _stem_mentions(tokens: Tokens, index: int, taken: bytearray) -> Iterable[Mention]:
    for words in _first_words().get(tokens[index].word, ()):
        last = _stem_end(tokens, index, words)
        if last >= 0 and not any(taken[index : last + 1]):
            taken[index : last + 1] = b"\x01" * (last + 1 - index)
            return [_mention(tokens, index, last, term) for term in _stems()[words]]
    return [_mention(tokens, index, index, term) for term in _of_word(tokens[index].word)]


def _stem_end(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> int:
    here = index
    for position, word in enumerate(words):
        if here < len(tokens) and tokens[here].surface == "-" and position:
            here += 1
        if here >= len(tokens):
            return -1
        matches = tokens[here].word.startswith(word) if position == len(words) - 1 else tokens[here].word == word
        if not matches:
            return -1
        here += 1
    return here - 1


def _mention(tokens: Sequence[Token], first: int, last: int, term: Term) -> Mention:
    return Mention("sector", tokens[first].start, tokens[last].end, term[1], term[0])


def _start(mention: Mention) -> int:
    return mention.start


@lru_cache(maxsize=1)
def weights() -> dict[tuple[str, str], float]:
    """The weight of each (term, sector)."""
    return {(term, sector): weight for term, sector, weight in _rows()}
