"""The named things of an event: which laboratory, centre, satellite … its words are about, so that two events can be told to be about one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from dashboard import reference
from dashboard.folding import fold

LEAST_WORDS = 2
"""Words beside the head and beside countries that a thing must have: `laboratory for rare metals` is one thing, `joint laboratory` any."""

MOST_WORDS_BEFORE, MOST_WORDS_BEHIND = 6, 6
_WORD = re.compile(r"[^\W_]+|[^\s\w–—-]")
"""Words and the signs that end a name, the one before a genitive s too; a hyphen or a dash does not, as in China–Pakistan."""

_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{2,11}-\d{1,3}[A-Z]?\b")
"""`PRSS-1`, `Alsat-1B`: a satellite or spacecraft by its number."""


@dataclass(frozen=True)
class Thing:
    """A named thing. `words`: what tells it from others of its kind, folded and without a plural's s; `name`: as the text has it;
    `is_joint`: its name says joint, or names two countries."""

    kind: str
    words: frozenset[str]
    name: str
    is_joint: bool = False


def things(text: str, *, is_space: bool = False) -> list[Thing]:
    """The named things in a text, the longest name of each first.

    Rules: a name is a head word with the words before it back to a boundary (an article, a preposition, a verb of the list, a sign) and,
    behind `for`, `of` or `on`, those up to one; it counts if `LEAST_WORDS` of its words are neither generic nor a
    country's. A number behind a name is a thing only in space (`is_space`), where it is a satellite or spacecraft.
    """
    found = [thing for thing in _headed(text) if len(thing.words) >= LEAST_WORDS]
    if is_space:
        found += [Thing("satellite", frozenset({match.lower()}), match) for match in _DESIGNATION.findall(text)]
    return sorted(dict.fromkeys(found), key=lambda thing: (-len(thing.words), thing.name))


def may_name_things(texts: Sequence[str]) -> list[bool]:
    """Whether each text has a head word; most have none, and to ask all at once costs a fiftieth of reading each."""
    pattern = rf"\b(?:{'|'.join(_roles('head'))})\b"
    return list(pc.match_substring_regex(pa.array(texts, pa.string()), pattern, ignore_case=True).to_pylist())


def are_one(thing: Thing, other: Thing) -> bool:
    """Whether two names are of one thing: the words of one are all among the words of the other."""
    return thing.kind == other.kind and (thing.words <= other.words or other.words <= thing.words)


def keys(thing: Thing) -> list[tuple[str, str, str]]:
    """What two names of one thing have in common at least: their kind and a pair of words (or the one designation)."""
    words = sorted(thing.words)
    pairs = [(one, other) for rank, one in enumerate(words) for other in words[rank + 1 :]] or [(words[0], "")]
    return [(thing.kind, *pair) for pair in pairs]


def _headed(text: str) -> Iterable[Thing]:
    words = list(_WORD.finditer(text))
    heads = _roles("head")
    for place, word in enumerate(words):
        if word.group().lower() in heads:
            low = max(0, place - MOST_WORDS_BEFORE)
            around = words[low : place + MOST_WORDS_BEHIND + 3]  # the head, a joint, and the word that may end the name
            yield _thing([fold(one.group()) for one in around], place - low, [one.span() for one in around], text)


def _thing(folded: Sequence[str], place: int, spans: Sequence[tuple[int, int]], text: str) -> Thing:
    first, last = _before(folded, place), _behind(folded, place)
    telling = frozenset(_stem(one) for one in folded[first:last] if _tells(one))
    name = text[spans[first][0] : spans[last - 1][1]]
    return Thing(_roles("head")[folded[place]], telling, name, _is_joint(folded[first:last]))


def _before(folded: Sequence[str], place: int) -> int:
    """Where the name begins; an article or the s of a genitive is no part of it."""
    first = place
    while first > max(0, place - MOST_WORDS_BEFORE) and not _ends(folded[first - 1]):
        first -= 1
    while first < place and folded[first] in ("the", "s"):
        first += 1
    return first


def _behind(folded: Sequence[str], place: int) -> int:
    """Where the name ends: behind its subject, or behind its head if no joint follows."""
    joints = _roles("joint")
    last = place + 1
    if last >= len(folded) or folded[last] not in joints or folded[last] == "and":
        return last
    reach = last + 1
    while reach < min(len(folded), last + 1 + MOST_WORDS_BEHIND) and not _ends(folded[reach], joints):
        reach += 1
    while reach > last and folded[reach - 1] in joints:
        reach -= 1
    return reach if reach > last + 1 else last


def _ends(word: str, allowed: Mapping[str, str] | None = None) -> bool:
    """Whether a name cannot go over this word; a hyphen within a name is no end, and behind a head neither are joints."""
    if not word or word in _roles("boundary"):
        return True
    return word in _roles("joint") and word not in (allowed or {})


def _tells(word: str) -> bool:
    return (
        len(word) > 1
        and not word.isdecimal()
        and not (word in _roles("head") or word in _roles("generic") or word in _roles("joint") or word in _countries())
    )


def _is_joint(words: Sequence[str]) -> bool:
    return "joint" in words or len({word for word in words if word in _countries()}) > 1


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _roles(role: str) -> Mapping[str, str]:
    words = reference.initiative_words()
    of_role = words[words["role"] == role]
    return dict(zip(of_role["word"], of_role["kind"], strict=True))


@cache
def _countries() -> frozenset[str]:
    return frozenset(word for name in reference.country_names()["name"] for word in fold(name).split())
