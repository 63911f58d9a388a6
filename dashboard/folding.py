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
