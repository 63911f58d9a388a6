"""Persons in a text: capitalised names with a title or office, a given name, or next to a verb of saying; later by surname alone.

Rules: an office stands before a name (`Rector Amina Diallo`), behind it in apposition (`Amina Diallo, rector of …`), before it
with a comma (`the rector of the university, Amina Diallo,`) or with the portfolio between (`Minister of Science Amina
Diallo`). A name that `and` joins to a person is a person.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dashboard.codebook import Actor
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.mentions import ActorMention, Mention
from dashboard.etl.tokens import Phrasebook, Token, Tokens

_SAYING = word_list("persons.saying")
_PARTICLES = word_list("persons.particles")
_NO_NAMES = word_list("persons.no_names")
_PORTFOLIOS = word_list("persons.portfolios")
_NO_SURNAMES = word_list("persons.no_surnames")
_CROWNS = word_list("persons.crowns")
_LONGEST_NAME = 5
_OFFICE_REACH = 14
_PORTFOLIO_REACH = 10
_STOPS = frozenset(".;:!?()\u2014")


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon("given_names", ["name"], key=["name"]))


def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name of the list."""
    return word in _given_names()


@lru_cache(maxsize=1)
def _titles() -> Phrasebook[str]:
    return Phrasebook((row["title"], row["kind"]) for row in lexicon("person_titles", ["title", "kind"], key=["title"]))


@dataclass(frozen=True)
class _Offices:
    """The tokens where an office or honorific ends, where one begins, all of them; and where the persons found so far end."""

    ends: frozenset[int]
    starts: frozenset[int]
    words: frozenset[int]
    persons: set[int] = field(default_factory=set)


def find_persons(view: str, tokens: Tokens, others: Sequence[Mention]) -> list[ActorMention]:
    """Every person, at each place; `others` are the spans of organisations, countries and places, where no person's name can be."""
    blocked = _blocked(tokens, others)
    hits = list(_titles().find(tokens))
    offices = _Offices(
        frozenset(hit.last for hit in hits),
        frozenset(hit.first for hit in hits),
        frozenset(index for hit in hits for index in range(hit.first, hit.last + 1)),
    )
    mentions: list[ActorMention] = []
    by_surname: dict[str, Actor] = {}
    free = 0
    for index in [index for index, token in enumerate(tokens) if token.is_capital and _is_name_word(token)]:
        if index < free or index in blocked:
            continue
        last = _name_end(tokens, index, blocked)
        mention = _person(view, tokens, (index, last), offices, by_surname)
        if mention:
            mentions.append(mention)
            offices.persons.add(last)
        free = last + 1
    return mentions


def _blocked(tokens: Tokens, others: Iterable[Mention]) -> set[int]:
    """The tokens that begin inside another mention; a town that is a part of a name (`Sofia Amaral`) blocks nothing."""
    starts = tokens.starts
    blocked: set[int] = set()
    for mention in others:
        first, end = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
        if mention.kind != "place" or not _is_in_name(tokens, first, end):
            blocked.update(range(first, end))
    return blocked


def _is_in_name(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether a town's single word is a given name before a capital, or stands right behind a given name."""
    if end - first != 1:
        return False
    behind = tokens[end] if end < len(tokens) else None
    if is_given_name(tokens[first].word) and behind and _is_name_word(behind) and not tokens[first].is_possessive:
        return True
    return bool(
        first
        and is_given_name(tokens[first - 1].word)
        and tokens[first - 1].is_capital
        and not tokens[first - 1].is_possessive
    )


def _is_name_word(token: Token) -> bool:
    return token.is_word and token.surface[0].isalpha() and token.is_capital and token.word not in _NO_NAMES


def _name_end(tokens: Sequence[Token], first: int, blocked: set[int]) -> int:
    """The last token of the run that can be a person's name and begins with a word that can."""
    last, count = first, 1
    while count < _LONGEST_NAME and not tokens[last].is_possessive:
        step = _next_part(tokens, last)
        if step < 0 or step in blocked:
            break
        last, count = step, count + 1
    return last


def _next_part(tokens: Sequence[Token], last: int) -> int:
    """The next part of the name, across an initial's full stop, a hyphen or a particle."""
    index = last + 1
    if index >= len(tokens) or tokens[index].opens_line:
        return -1
    token = tokens[index]
    if (
        token.surface == "-"
        and token.start == tokens[last].end
        and index + 1 < len(tokens)
        and tokens[index + 1].start == token.end
        and tokens[index + 1].is_word
    ):
        return index + 1
    if (
        token.surface == "."
        and len(tokens[last].surface) <= 2
        and index + 1 < len(tokens)
        and _is_name_word(tokens[index + 1])
    ):
        return index + 1
    if _is_name_word(token):
        return index
    if (
        token.word in _PARTICLES
        and index + 1 < len(tokens)
        and _is_name_word(tokens[index + 1])
        and token.surface.islower()
    ):
        return index + 1
    return -1


def _person(
    view: str,
    tokens: Sequence[Token],
    span: tuple[int, int],
    offices: _Offices,
    by_surname: dict[str, Actor],
) -> ActorMention | None:
    first, last = _without_office(tokens, span, offices)
    words = [token for token in tokens[first : last + 1] if token.is_word]
    if not words or all(_is_office(tokens, index, offices) for index in range(first, last + 1)):
        return None
    titled = first > span[0] or _has_title(tokens, first, offices)
    known = by_surname.get(words[-1].word)
    end = tokens[last].start + len(tokens[last].surface)
    if len(words) == 1 and known:
        return _mention(tokens[first].start, end, known, "surname")
    rule = "title" if titled and not _is_crown(tokens, first, last) else _named_by(tokens, (first, last), offices)
    if not rule or (rule != "title" and _is_shouted(words)):
        return None
    surface = " ".join(view[tokens[first].start : end].split())
    actor = known if known and surface.split()[0] in known.name else Actor(surface, surface, "person")
    for word in (words[-1].word, words[0].word):
        if len(words) > 1 and len(word) > 2:
            by_surname.setdefault(word, actor)
    return _mention(tokens[first].start, end, actor, rule)


def _without_office(tokens: Sequence[Token], span: tuple[int, int], offices: _Offices) -> tuple[int, int]:
    """The run behind the office or honorific inside it, behind the portfolio of an office before it, and behind a mark."""
    first, last = span
    for index in range(last - 1, first - 1, -1):
        if index in offices.ends and tokens[index].word not in _PARTICLES:
            first = index + 1
            break
    portfolio = first
    while portfolio < last and tokens[portfolio].word in _PORTFOLIOS:
        portfolio += 1
    if portfolio > first and any(index in offices.ends for index in range(max(0, first - _PORTFOLIO_REACH), first)):
        first = portfolio
    while first < last and not tokens[first].is_word:
        first += 1
    return first, last


def _is_office(tokens: Sequence[Token], index: int, offices: _Offices) -> bool:
    """`Secretary-General`, `Hon. Minister`, `Higher Education`: nobody's name."""
    word = tokens[index].word
    return (
        not tokens[index].is_word
        or index in offices.words
        or word in _PORTFOLIOS
        or word in _NO_SURNAMES
        or word == "general"
    )


def _is_shouted(words: Sequence[Token]) -> bool:
    """A heading in capitals."""
    return len(words) > 1 and len(words[0].surface) > 3 and all(word.surface.isupper() for word in words[:2])


def _is_crown(tokens: Sequence[Token], first: int, last: int) -> bool:
    """`King Mongkut's University`, `King Albert Foundation`: a crown before one word is mostly in a name of something."""
    return first == last and first > 0 and tokens[first - 1].word in _CROWNS


def _named_by(tokens: Sequence[Token], span: tuple[int, int], offices: _Offices) -> str:
    """What makes a name without an office a person's, or nothing."""
    first, last = span
    words = [token.word for token in tokens[first : last + 1] if token.is_word]
    if len(words) < 2 or words[-1] in _NO_SURNAMES:
        return ""
    if _has_context(tokens, first, last, offices.starts) or _has_office_before(tokens, first, offices):
        return "context"
    if is_given_name(words[0]) and not any(word.isdigit() for word in words) and not tokens[last].is_possessive:
        return "given_name"
    joined = first > 1 and tokens[first - 1].word == "and" and first - 2 in offices.persons
    return "joined" if joined else ""


def _has_office_before(tokens: Sequence[Token], first: int, offices: _Offices) -> bool:
    """`the rector of the University of Iceland, Gudrun Hallgrimsdottir`: an office before the comma, in the same clause."""
    if first < 2 or tokens[first - 1].surface != ",":
        return False
    for index in range(first - 2, max(-1, first - _OFFICE_REACH), -1):
        if tokens[index].surface in _STOPS or tokens[index].surface == ",":
            return False
        if index in offices.ends and tokens[index].surface.islower():
            return True
    return False


def _has_title(tokens: Sequence[Token], first: int, offices: _Offices) -> bool:
    before = first - 1
    if before >= 0 and tokens[before].surface == ".":
        before -= 1
    return before >= 0 and before in offices.ends and not tokens[before].is_possessive


def _has_context(tokens: Sequence[Token], first: int, last: int, title_starts: Collection[int]) -> bool:
    """Whether an office or `who` follows in apposition, or a verb of saying stands next to the name."""
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following and following.surface == "," and last + 2 < len(tokens) and tokens[last + 2].word == "who":
        return True
    if (
        following
        and following.surface == ","
        and any(index in title_starts for index in range(last + 2, min(last + 8, len(tokens))))
    ):
        return True
    before = tokens[first - 1].word if first else ""
    return bool(following and following.word in _SAYING and following.surface.islower()) or (
        before in ("said", "says", "told", "added", "explained", "by") and before != "by"
    )


def _mention(start: int, end: int, actor: Actor, rule: str) -> ActorMention:
    return ActorMention("actor", start, end, actor.name, rule, actor)
