"""The words of a view with their offsets, and the lookup of many phrases at once in one pass over them."""

import re
from collections.abc import Iterable, Iterator, Sequence
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


def tokenise(view: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Every word and mark between two offsets; a hyphen is a mark of its own, so that `China-Pakistan` names two countries."""
    tokens, before = [], start
    for found in _WORD.finditer(view, start, len(view) if end is None else end):
        surface, (first, last) = found.group(), found.span()
        is_possessive = surface[-2:] in _POSSESSIVE and len(surface) > len("'s")
        bare = surface[:-2] if is_possessive else surface
        word = bare.lower() if bare.isascii() else folded(bare)
        opens_line = "\n" in view[before:first]
        tokens.append(Token(first, last, bare, word, bare[0].isalnum(), bare[0].isupper(), is_possessive, opens_line))
        before = last
    return tokens


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


class Phrasebook(Generic[Entry]):
    """Many phrases, looked up word by word from their first; the longest at a position wins.

    Rules: a hyphen, a full stop or an ampersand between two words of the text is passed over; a line break is not.
    """

    def __init__(self, phrases: Iterable[tuple[str, Entry]]) -> None:
        self._root: _Node[Entry] = _Node()
        for phrase, entry in phrases:
            words = words_of(phrase)
            if words:
                self._root.down(words).entries.append(entry)

    def single_words(self) -> frozenset[str]:
        """The phrases of one word."""
        return frozenset(word for word, node in self._root.next.items() if node.entries)

    def find(self, tokens: Sequence[Token], first: int = 0, end: int | None = None) -> Iterator[Hit[list[Entry]]]:
        """Every phrase in the tokens, the longest at each position, without overlaps."""
        index, stop, starts = first, len(tokens) if end is None else end, self._root.next
        while index < stop:
            node = starts.get(tokens[index].word)
            hit = _longest(tokens, index, stop, node) if node else None
            if hit:
                yield hit
            index = hit.last + 1 if hit else index + 1


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


def _longest(tokens: Sequence[Token], first: int, stop: int, node: _Node[Entry]) -> Hit[list[Entry]] | None:
    """The longest phrase that begins at a token and goes on from a node."""
    best = Hit(first, first, node.entries) if node.entries else None
    index = first + 1
    while node.next and index < stop:
        token = tokens[index]
        if token.opens_line:
            break
        following = node.next.get(token.word)
        if following is None:
            if token.surface not in _PASSED:
                break
            index += 1
            continue
        node = following
        if node.entries:
            best = Hit(first, index, node.entries)
        index += 1
    return best
