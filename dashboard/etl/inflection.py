"""The forms of English verbs, generated from their lemma, so that a lexicon holds each verb once."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dashboard.etl.lexicons import lexicon

BASE, PRESENT, PAST, PARTICIPLE, GERUND = "base", "present", "past", "participle", "gerund"

_DOUBLES = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
_BRITISH = re.compile(r"[^aeiou][aeiou]l$|ial$|uel$")
_VOWELS = "aeiou"


@lru_cache(maxsize=1)
def irregular_verbs() -> Mapping[str, tuple[str, str]]:
    """Past and participle of the verbs that do not end in -ed, by lemma."""
    rows = lexicon("irregular_verbs", ["lemma", "past", "participle"], key=["lemma"])
    return MappingProxyType({row["lemma"]: (row["past"], row["participle"]) for row in rows})


@lru_cache(maxsize=1)
def _irregular_pasts() -> frozenset[str]:
    forms = {form for pair in irregular_verbs().values() for form in pair if form}
    return frozenset(forms - {"was", "were", "been", "had", "did", "done", "said", "read", "cut", "hit"})


def is_past(word: str) -> bool:
    """Whether a word can be the past form of a verb that tells something: no auxiliary, and no form that is also the present."""
    return (len(word) > 4 and word.endswith("ed")) or word in _irregular_pasts()


def forms(lemma: str) -> tuple[tuple[str, str], ...]:
    """Every (form, name of the form) of a verb; only the first word of a verb of several words changes.

    Rules: a regular past and participle are one form, named `past`; the reader of a sentence decides by its auxiliary.
    """
    head, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    past, participle = irregular_verbs().get(head, (_regular_past(head), ""))
    named = [(head, BASE), (_present(head), PRESENT), (past, PAST), (_gerund(head), GERUND)]
    if _BRITISH.search(head) and head not in irregular_verbs():
        named += [(f"{head}led", PAST), (f"{head}ling", GERUND)]
    if participle and participle != past:
        named.append((participle, PARTICIPLE))
    return tuple((form + tail, name) for form, name in named)


def _regular_past(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return f"{lemma[:-1]}ied"
    return f"{_doubled(lemma)}ed"


def _present(lemma: str) -> str:
    if lemma in ("be", "have"):
        return {"be": "is", "have": "has"}[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{lemma}es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return f"{lemma[:-1]}ies"
    return f"{lemma}s"


def _gerund(lemma: str) -> str:
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and lemma != "be":
        return f"{lemma[:-1]}ing"
    return f"{_doubled(lemma)}ing"


def _doubled(lemma: str) -> str:
    """`put` doubles its last letter, `open`, `visit` and `award` do not: one vowel before it, and the stress on it."""
    is_short = len(re.findall(r"[aeiouy]+", lemma)) == 1
    is_stressed = lemma.endswith(("mit", "fer", "cur", "gin", "pel", "trol")) and not lemma.endswith(
        ("offer", "differ")
    )
    return lemma + lemma[-1] if _DOUBLES.search(lemma) and (is_short or is_stressed) else lemma
