"""In which language a text is written, where nobody has said so."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

RULES_LANGUAGE = "en"
"""The language that the extractor's rules read."""

_SAMPLE_CHARACTERS = 3_000
_FEWEST_LETTERS = 20
_LEAST_CONFIDENCE = 0.4
"""Short texts in neighbouring languages share it; a list of names and acronyms stays below a quarter."""
_ENGLISH_SHARE = 0.1
_FEWEST_WORDS = 20
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The language code (ISO 639-1) of a text, or nothing if it is too short or not plain.

    Rules: a text in which a tenth of the words are English function words that no other language shares is English;
    else py3langid decides between the languages of `data/reference/languages.csv`. Its model takes half a second to
    load and a millisecond and a half a text, so that it is not asked about plain English.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return ""
    if len(words) >= _FEWEST_WORDS:
        english = sum(word.lower() in _english_words() for word in words)
        if english >= len(words) * _ENGLISH_SHARE:
            return RULES_LANGUAGE
    code, confidence = _identifier().classify(" ".join(words))
    return code if confidence >= _LEAST_CONFIDENCE else ""


def language_name(code: str) -> str:
    """The English name of a language, or its code where the list does not have it."""
    return _languages().get(code, code)


@cache
def _english_words() -> frozenset[str]:
    from dashboard.etl.lexicons import word_list  # noqa: PLC0415 -- brings pandas, which `serve` starts without

    return word_list("languages.english")


@cache
def _languages() -> dict[str, str]:
    from dashboard.etl.lexicons import lexicon  # noqa: PLC0415 -- as above

    return {
        row["language_code"]: row["name"]
        for row in lexicon("languages", ["language_code", "name"], key=["language_code"])
    }


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 -- loads a model, which most builds do without

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_languages()))
    return identifier
