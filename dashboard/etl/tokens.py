"""The words of a view with their offsets, and the lookup of many phrases at once in one pass over them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from dashboard.folding import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]", re.UNICODE)

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


class Tokens(list[Token]):
    """The tokens of one text, in its order."""

    @cached_property
    def starts(self) -> list[int]:
        """The offsets where they begin."""
        return [token.start for token in self]

    @cached_property
    def at(self) -> dict[str, list[int]]:
        """Where each word stands, so that a lexicon is asked once a word."""
        places: dict[str, list[int]] = {}
        for index, token in enumerate(self):
            places.setdefault(token.word, []).append(index)
        return places


def tokenise(view: str, start: int = 0, end: int | None = None) -> Tokens:
    """Every word and mark between two offsets; a hyphen is a mark of its own, so that `China-Pakistan` names two countries."""
    tokens, line_break = Tokens(), view.find("\n", start)
    for found in _WORD.finditer(view, start, len(view) if end is None else end):
        first, last = found.span()
        opens_line = 0 <= line_break < first
        if opens_line:
            line_break = view.find("\n", last)
        tokens.append(Token._make((first, last, *_reading(found.group()), opens_line)))
    return tokens


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


class Hit(NamedTuple, Generic[Entry]):
    """A phrase found at the tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    entry: Entry


def _first_word(phrase: str) -> str:
    """The word that a phrase of a lexicon is looked up under, or an empty text if it has none."""
    if phrase.replace(" ", "").isalpha():
        return folded(phrase.split(maxsplit=1)[0])
    return next(iter(words_of(phrase)), "")


class Phrasebook(Generic[Entry]):
    """Many phrases, looked up word by word from their first; the longest at a position wins.

    Rules: a hyphen, a full stop or an ampersand between two words of the text is passed over; a line break is not. What
    follows a first word is worked out when a text has that word: of 34,000 places a text names a few.
    """

    def __init__(self, phrases: Iterable[tuple[str, Entry]]) -> None:
        self._phrases: dict[str, list[tuple[str, Entry]]] = {}
        self._nodes: dict[str, _Node[Entry]] = {}
        for phrase, entry in phrases:
            first = _first_word(phrase)
            if first:
                self._phrases.setdefault(first, []).append((phrase, entry))

    def single_words(self) -> frozenset[str]:
        """The phrases of one word."""
        return frozenset(word for word in self._phrases if self._behind(word).entries)

    def find(self, tokens: Tokens) -> Iterator[Hit[list[Entry]]]:
        """Every phrase in the tokens, the longest at each position, without overlaps."""
        known, free = tokens.at.keys() & self._phrases.keys(), 0
        for index in sorted(chain.from_iterable(tokens.at[word] for word in known)):
            hit = _longest(tokens, index, self._behind(tokens[index].word)) if index >= free else None
            if hit:
                yield hit
                free = hit.last + 1

    def _behind(self, word: str) -> "_Node[Entry]":
        """What may follow a first word."""
        node = self._nodes.get(word)
        if node is None:
            node = _Node()
            for phrase, entry in self._phrases[word]:
                node.down(words_of(phrase)[1:]).entries.append(entry)
            self._nodes[word] = node
        return node


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


def _longest(tokens: Sequence[Token], first: int, node: _Node[Entry]) -> Hit[list[Entry]] | None:
    """The longest phrase that begins at a token and goes on from a node."""
    last, entries = first, node.entries
    index = first + 1
    while node.next and index < len(tokens):
        token = tokens[index]
        if token.opens_line:
            break
        following = node.next.get(token.word)
        if following is not None:
            node = following
            if node.entries:
                last, entries = index, node.entries
        elif token.surface not in _PASSED:
            break
        index += 1
    return Hit(first, last, entries) if entries else None
