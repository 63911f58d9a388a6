"""Quotes without offsets, as somebody gives them who cannot count characters, back to their place in the raw text.

Rules: a quote is there if its characters are, or if they are once white space, dashes and invisible signs are left out
and curly quotation marks made straight; it begins and ends at the borders of words. What is kept is the raw text between
the two places, never the quote as it was given.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PLACES = 200
"""A quote that stands in more places than this proves nothing in particular; the rest are not looked at."""

_STRAIGHT = {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'"}  # fmt: skip
_LEFT_OUT = frozenset({"Pd", "Cf", "Cc", "Zs", "Zl", "Zp"})
"""Unicode's categories of dashes, invisible signs, control characters and white space."""

_MINUS = "−"


@dataclass(frozen=True)
class Span:
    """A stretch of the raw text."""

    start: int
    end: int

    def distance(self, other: "Span") -> int:
        """The characters between two spans; 0 if they touch."""
        return max(0, other.start - self.end, self.start - other.end)


class AnchorText:
    """A raw text, ready to find quotes in.

    Rules: only places that lie within `start` and `end` count: a quote is looked for where its reader read.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.start, self.end = start, len(text) if end is None else end
        kept = [(letter, place) for place in range(self.start, self.end) if (letter := _folded(text[place]))]
        self._folded = "".join(letter for letter, _ in kept)
        self._places = [place for _, place in kept]

    def places(self, quote: str) -> list[Span]:
        """Where a quote stands, in the order of the text: its very characters, else the folded ones."""
        quote = quote.strip()
        exact = [Span(place, place + len(quote)) for place in _occurrences(self.text, quote, self.start, self.end)]
        return self._whole(exact) or self._whole(self._folded_places(quote))

    def _folded_places(self, quote: str) -> list[Span]:
        folded = "".join(_folded(letter) for letter in quote)
        last = len(folded) - 1
        return [
            Span(self._places[place], self._places[place + last] + 1)
            for place in _occurrences(self._folded, folded, 0, len(self._folded))
        ]

    def _whole(self, spans: list[Span]) -> list[Span]:
        return [span for span in spans if not (self._cuts_word(span.start) or self._cuts_word(span.end))]

    def _cuts_word(self, place: int) -> bool:
        """Whether a place lies between two letters or digits of one word; scripts without case have no such borders."""
        return 0 < place < len(self.text) and _is_in_word(self.text[place - 1]) and _is_in_word(self.text[place])


def nearest(spans: list[Span], pivot: Span) -> Span:
    """The span nearest to another one; of two as near the earlier."""
    return min(spans, key=lambda span: (span.distance(pivot), span.start))


def paragraph_parts(text: str, longest: int, overlap: int) -> Iterator[Span]:
    """The text in parts of at most so many characters, cut at borders of paragraphs.

    Rules: where a part holds no such border it is cut at a line, else at a space, else anywhere. Each part begins with the
    last paragraphs of the one before, as far as `overlap` characters hold them, so that an event at a border is told whole
    in one of the two.
    """
    start = 0
    while len(text) - start > longest:
        end = _border(text, start + longest // 2, start + longest)
        yield Span(start, end)
        start = _border(text, max(start + 1, end - overlap), end - overlap // 2)
    yield Span(start, len(text))


def _border(text: str, least: int, most: int) -> int:
    """The last border between two places, the best kind that is there."""
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, least, most)
        if found >= 0:
            return found + len(mark)
    return most


def _occurrences(text: str, wanted: str, start: int, end: int) -> list[int]:
    places: list[int] = []
    found = text.find(wanted, start, end) if wanted else -1
    while found >= 0 and len(places) < MOST_PLACES:
        places.append(found)
        found = text.find(wanted, found + 1, end)
    return places


def _folded(letter: str) -> str:
    if unicodedata.category(letter) in _LEFT_OUT or letter == _MINUS:
        return ""
    return _STRAIGHT.get(letter, letter)


def _is_in_word(letter: str) -> bool:
    return letter.isdigit() or letter.lower() != letter.upper()
