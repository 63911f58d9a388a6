"""What is typed into the search box as terms, and where they stand in a text.

Texts to be searched are written as `pieces` writes them: each folded, with a blank before and behind, one a line. A term is
then a stretch of such a line: ` lab` begins a word, ` joint laboratory ` is a phrase of whole words, and no find reaches from
one piece into the next.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.folding import fold, fold_with_origins

LONGEST_SEARCH = 300
"""Characters of a search; a name of an institution with its department has about a hundred."""

MOST_TERMS = 12
"""Terms of a search; each costs a look at every event."""

_TYPED = re.compile(r"[\"“”„«»]([^\"“”„«»]{0,200})[\"“”„«»]|(\S{1,200})")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese letters: these scripts put no blanks between words."""


@dataclass(frozen=True)
class Term:
    """One thing that must occur. `said`: as it was typed; `needle`: what to look for in pieces."""

    said: str
    needle: str


def pieces(texts: Iterable[str]) -> str:
    """Texts as they are searched, each once."""
    folded = dict.fromkeys(fold(text) for text in texts)
    return "\n".join(f" {piece} " for piece in folded if piece)


def terms(text: str) -> tuple[Term, ...]:
    """The terms of a search, each once.

    Rules: a word must begin a word of the text (`lab` finds laboratory and not collaboration), what stands between quotation
    marks must occur so, in whole words, and a word of a script without blanks may stand anywhere. Signs within a word part it:
    `low-carbon` is the two words in a row. What is beyond `LONGEST_SEARCH` and `MOST_TERMS` is not looked for.
    """
    found = [_term(*match.groups()) for match in _TYPED.finditer(text[:LONGEST_SEARCH])]
    by_needle = {term.needle: term for term in reversed(found) if term.needle.strip()}
    return tuple(reversed(by_needle.values()))[:MOST_TERMS]


def _term(phrase: str | None, word: str | None) -> Term:
    said = (phrase or word or "").strip()
    folded = fold(said)
    if _UNSPACED.search(folded):
        return Term(said, folded)
    return Term(said, f" {folded} " if phrase else f" {folded}")


def finds(text: str, sought: Sequence[Term]) -> list[tuple[int, int]]:
    """The stretches of a text (start, end exclusive) in which terms stand, in order, none touching another."""
    folded, origins = fold_with_origins(text)
    padded = f" {folded} "
    found = sorted(span for term in sought for span in _stands(term.needle, padded, origins))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stands(needle: str, padded: str, origins: Sequence[int]) -> Iterable[tuple[int, int]]:
    bare, lead = needle.strip(), len(needle) - len(needle.lstrip())
    place = padded.find(needle)
    while place >= 0:
        first = place + lead - 1  # the padding before the text has no origin
        yield origins[first], origins[first + len(bare) - 1] + 1
        place = padded.find(needle, place + 1)


def holds(text: str, term: Term) -> bool:
    """Whether a term stands in a text."""
    return term.needle in f" {fold(text)} "
