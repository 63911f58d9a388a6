"""The words of a view with their offsets, and the lookup of many phrases at once in one pass over them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashboard.folding import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]", re.UNICODE)

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or one mark of punctuation.

    Shape: `word` is folded (no case, no accents); a possessive ending stands apart in `is_possessive`. `surface` is as written.
    """

    start: int
    end: int
    surface: str
    word: str
    is_possessive: bool = False

    @property
    def is_capital(self) -> bool:
        return self.surface[0].isupper()

    @property
    def is_word(self) -> bool:
        return self.surface[0].isalnum()


def tokenise(view: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Every word and mark between two offsets; a hyphen is a mark of its own, so that `China-Pakistan` names two countries."""
    return [_token(found) for found in _WORD.finditer(view, start, len(view) if end is None else end)]


def _token(found: re.Match[str]) -> Token:
    surface, start, end = found.group(), found.start(), found.end()
    is_possessive = len(surface) > 2 and surface[-2:] in ("'s", "'S")
    bare = surface[:-2] if is_possessive else surface
    return Token(start, end, bare, folded(bare), is_possessive)


def folded(word: str) -> str:
    """`fold`, without its cost where a word is plain ASCII."""
    return word.lower() if word.isascii() else fold(word) or word


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of a lexicon as the words it is looked up by."""
    return tuple(token.word for token in tokenise(phrase.replace("\u2019", "'")) if token.is_word)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Entry]):
    """A phrase found at the tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    entry: Entry


class Phrasebook(Generic[Entry]):
    """Many phrases, looked up by their first word; the longest at a position wins.

    Rules: marks of punctuation inside a phrase are skipped only where the text has a hyphen or a full stop there.
    """

    def __init__(self, phrases: Iterable[tuple[str, Entry]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[Entry]]]] = {}
        grouped: dict[tuple[str, ...], list[Entry]] = {}
        for phrase, entry in phrases:
            words = words_of(phrase)
            if words:
                grouped.setdefault(words, []).append(entry)
        for words, entries in grouped.items():
            self._by_first.setdefault(words[0], []).append((words, entries))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def single_words(self) -> frozenset[str]:
        """The phrases of one word."""
        return frozenset(words[0] for candidates in self._by_first.values() for words, _ in candidates if len(words) == 1)

    def at(self, tokens: list[Token], index: int) -> Hit[list[Entry]] | None:
        """The longest phrase that starts at a token."""
        for words, entries in self._by_first.get(tokens[index].word, ()):
            last = _match(tokens, index, words)
            if last >= 0:
                return Hit(index, last, entries)
        return None

    def find(self, tokens: list[Token]) -> Iterator[Hit[list[Entry]]]:
        """Every phrase in the tokens, the longest first at each position, without overlaps."""
        index, by_first = 0, self._by_first
        while index < len(tokens):
            hit = self.at(tokens, index) if tokens[index].word in by_first else None
            if hit:
                yield hit
            index = hit.last + 1 if hit else index + 1


def _match(tokens: list[Token], index: int, words: tuple[str, ...]) -> int:
    """The last token of the phrase if it stands at `index`, else -1."""
    here = index
    for position, word in enumerate(words):
        if position and here < len(tokens) and tokens[here].surface in "-.&" and tokens[here].word != word:
            here += 1
        if here >= len(tokens) or tokens[here].word != word:
            return -1
        here += 1
    return here - 1
