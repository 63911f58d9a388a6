"""The words of a view with their offsets, and the lookup of many phrases at once in one pass over them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from itertools import accumulate, chain
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from dashboard.folding import fold

_WORD = re.compile(r"([^\W_]+(?:'[^\W_]+)?|[^\w\s])", re.UNICODE)

_POSSESSIVE = ("'s", "'S")
_PASSED = frozenset("-.&")

Entry = TypeVar("Entry")


class Token(NamedTuple):
    """One word or one mark of punctuation.

    Shape: `word` is folded (no case, no accents); a possessive ending stands apart in `is_possessive`. `surface` is as written.
    """

    start: int
    end: int
    surface: str
    word: str
    is_word: bool
    is_capital: bool
    is_possessive: bool = False
    opens_line: bool = False
    """Whether a line break stands between it and the word before it."""


_START_OF, _WORD_OF = attrgetter("start"), attrgetter("word")


class Tokens(list[Token]):
    """The tokens of one text, in its order."""

    @cached_property
    def words(self) -> list[str]:
        """The folded words alone."""
        return list(map(_WORD_OF, self))

    @cached_property
    def starts(self) -> list[int]:
        """The offsets where the tokens begin."""
        return list(map(_START_OF, self))

    @cached_property
    def capitals(self) -> list[int]:
        """Where the words with a capital stand."""
        return [index for index, token in enumerate(self) if token.is_capital and token.is_word]

    @cached_property
    def at(self) -> dict[str, list[int]]:
        """Where each word stands, so that a lexicon is asked once a word."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            places[word].append(index)
        return places

    def where(self, holds: Callable[[str], bool]) -> list[int]:
        """Where the words stand of which something holds, asked once a word."""
        return sorted(chain.from_iterable([places for word, places in self.at.items() if holds(word)]))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words."""
        return frozenset(self.at)


def tokenise(view: str, start: int = 0, end: int | None = None) -> Tokens:
    """Every word and mark between two offsets; a hyphen is a mark of its own, so that `China-Pakistan` names two countries."""
    pieces = _WORD.split(view[start:end])
    offsets = list(accumulate(map(len, pieces), initial=start))
    gaps, written = pieces[:-1:2], pieces[1::2]
    known = {word: _reading(word) for word in set(written)}
    readings = zip(*map(known.__getitem__, written), strict=True)
    breaks = ["\n" in gap for gap in gaps]
    # Column by column and with a tuple's own `__new__`, because a loop that makes each token costs twice as much.
    return Tokens(
        map(partial(tuple.__new__, Token), zip(offsets[1::2], offsets[2::2], *readings, breaks, strict=False))
    )


@lru_cache(maxsize=65_536)
def _reading(written: str) -> tuple[str, str, bool, bool, bool]:
    """What a token says of a word wherever it stands: `surface`, `word`, `is_word`, `is_capital`, `is_possessive`."""
    is_possessive = written[-2:] in _POSSESSIVE and len(written) > len("'s")
    bare = written[:-2] if is_possessive else written
    return bare, folded(bare), bare[0].isalnum(), bare[0].isupper(), is_possessive


def folded(word: str) -> str:
    """`fold`, without its cost where a word is plain ASCII."""
    return word.lower() if word.isascii() else fold(word) or word


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of a lexicon as the words it is looked up by."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.lower().split())
    return tuple(token.word for token in tokenise(phrase.replace("\u2019", "'")) if token.is_word)


def first_word(phrase: str) -> str:
    """The first of the words that a phrase is looked up by; empty if it has none."""
    first = phrase.partition(" ")[0]
    if first.isascii() and first.isalpha():
        return first.lower()
    readings = map(_reading, _WORD.findall(phrase.replace("\u2019", "'")))
    return next((word for _, word, is_word, *_ in readings if is_word), "")


class Hit(NamedTuple, Generic[Entry]):
    """A phrase found at the tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    entry: Entry


class Phrasebook(Generic[Entry]):
    """Many phrases, looked up word by word from their first; the longest at a position wins.

    Rules: a hyphen, a full stop or an ampersand between two words of the text is passed over; a line break is not. What
    follows a first word is worked out when a text has that word: of 34,000 places a text names a few.
    """

    def __init__(self, phrases: Iterable[tuple[str, Entry]]) -> None:
        self._phrases: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self._starts: dict[str, _Node[Entry]] = {}
        for phrase, entry in phrases:
            first = first_word(phrase)
            if first:
                self._phrases[first].append((phrase, entry))

    def single_words(self) -> frozenset[str]:
        """The phrases of one word."""
        return frozenset(word for word in self._phrases if self._start(word).entries)

    def _start(self, word: str) -> "_Node[Entry]":
        """The node behind a first word, made when a text has the word: of a long list one text needs little."""
        if word not in self._starts:
            node: _Node[Entry] = _Node()
            for phrase, entry in self._phrases[word]:
                node.down(words_of(phrase)[1:]).entries.append(entry)
            self._starts[word] = node
        return self._starts[word]

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(self._phrases)

    def find(self, tokens: Tokens) -> Iterator[Hit[list[Entry]]]:
        """Every phrase in the tokens, the longest at each position, without overlaps."""
        words, starts, free = tokens.words, self._starts, 0
        known = self._first_words & tokens.vocabulary
        for index in sorted(chain.from_iterable([tokens.at[word] for word in known])):
            if index < free:
                continue
            node = starts.get(words[index]) or self._start(words[index])
            if node.next and _goes_on(words, index, node):
                hit = _longest(tokens, index, node)
            else:
                hit = Hit(index, index, node.entries) if node.entries else None
            if hit:
                yield hit
                free = hit.last + 1


class _Node(Generic[Entry]):
    """The words that may follow, and what the words so far stand for."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Entry]] = {}
        self.entries: list[Entry] = []

    def down(self, words: Iterable[str]) -> "_Node[Entry]":
        node = self
        for word in words:
            node = node.next.setdefault(word, _Node())
        return node


def _goes_on(words: list[str], index: int, node: _Node[Entry]) -> bool:
    """Whether the word behind a token can be the next of a phrase, or a mark that is passed over."""
    word = words[index + 1] if index + 1 < len(words) else ""
    return word in node.next or word in _PASSED


def _longest(tokens: Tokens, first: int, node: _Node[Entry]) -> Hit[list[Entry]] | None:
    """The longest phrase that begins at a token and goes on from a node."""
    last, entries, words = first, node.entries, tokens.words
    index = first + 1
    while node.next and index < len(words):
        following = node.next.get(words[index])
        if (following is None and tokens[index].surface not in _PASSED) or tokens[index].opens_line:
            break
        if following is not None:
            node = following
            if node.entries:
                last, entries = index, node.entries
        index += 1
    return Hit(first, last, entries) if entries else None
