"""Names and search words without case, accents and punctuation, so that Türkiye is found by turkiye."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w&]+")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"})


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """`Tübitak’s Centre` becomes `tubitak s centre`. Letters of any script stay."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", bare.translate(_LETTERS)).strip()


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where in `text` it comes from, so that a find can be lit.

    Rules: the text is what `fold` gives, since every step of folding but the last looks at one character alone.
    """
    letters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        for letter in _bare(character) or ("" if unicodedata.combining(character) else " "):
            is_gap = _NOT_WORD.match(letter) is not None
            if is_gap and (not letters or letters[-1] == " "):
                continue
            letters.append(" " if is_gap else letter)
            origins.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        origins.pop()
    return "".join(letters), origins


def _bare(character: str) -> str:
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_LETTERS)
