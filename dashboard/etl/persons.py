"""Persons in a text: capitalised names with a title or office, or next to a verb of saying; later by surname alone."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dashboard.codebook import Actor
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.mentions import ActorMention, Mention
from dashboard.etl.tokens import Phrasebook, Token, Tokens

_SAYING = word_list("persons.saying")
_PARTICLES = word_list("persons.particles")
_NO_NAMES = word_list("persons.no_names")
_LONGEST_NAME = 5


@lru_cache(maxsize=1)
def _titles() -> Phrasebook[str]:
    return Phrasebook((row["title"], row["kind"]) for row in lexicon("person_titles", ["title", "kind"], key=["title"]))


def find_persons(view: str, tokens: Tokens, others: Sequence[Mention]) -> list[ActorMention]:
    """Every person, at each place; `others` are the spans of organisations, countries and places, where no person's name can be."""
    blocked = _blocked(tokens, others)
    titles = {hit.last: hit.first for hit in _titles().find(tokens)}
    title_starts = set(titles.values())
    mentions: list[ActorMention] = []
    by_surname: dict[str, Actor] = {}
    free = 0
    for index in [index for index, token in enumerate(tokens) if token.is_capital and _is_name_word(token)]:
        if index < free or index in blocked:
            continue
        last = _name_end(tokens, index, blocked)
        mention = _person(view, tokens, (index, last), titles, title_starts, by_surname)
        if mention:
            mentions.append(mention)
        free = last + 1
    return mentions


def _blocked(tokens: Tokens, others: Iterable[Mention]) -> set[int]:
    """The tokens that begin inside another mention."""
    starts = tokens.starts
    blocked: set[int] = set()
    for mention in others:
        blocked.update(range(bisect_left(starts, mention.start), bisect_left(starts, mention.end)))
    return blocked


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
    titles: dict[int, int],
    title_starts: set[int],
    by_surname: dict[str, Actor],
) -> ActorMention | None:
    first, last = span
    inner = next(
        (index for index in range(last - 1, first - 1, -1) if index in titles and tokens[index].word not in _PARTICLES),
        None,
    )
    if inner is not None:
        first = inner + 1 + (tokens[inner + 1].surface == "." and inner + 1 < last)
    words = [token for token in tokens[first : last + 1] if token.is_word]
    titled = inner is not None or _has_title(tokens, first, titles)
    known = by_surname.get(words[-1].word)
    end = tokens[last].start + len(tokens[last].surface)
    if len(words) == 1 and known:
        return _mention(tokens[first].start, end, known, "surname")
    if not words or (
        words[0].surface.isupper()
        and len(words[0].surface) > 3
        and len(words) > 1
        and words[1].surface.isupper()
        and not titled
    ):
        return None
    if not titled and (len(words) < 2 or not _has_context(tokens, first, last, title_starts)):
        return None
    surface = " ".join(view[tokens[first].start : end].split())
    actor = known if known and surface.split()[0] in known.name else Actor(surface, surface, "person")
    for word in (words[-1].word, words[0].word):
        if len(words) > 1 and len(word) > 2:
            by_surname.setdefault(word, actor)
    return _mention(tokens[first].start, end, actor, "title" if titled else "context")


def _has_title(tokens: Sequence[Token], first: int, titles: dict[int, int]) -> bool:
    before = first - 1
    if before >= 0 and tokens[before].surface == ".":
        before -= 1
    return before >= 0 and before in titles and not tokens[before].is_possessive


def _has_context(tokens: Sequence[Token], first: int, last: int, title_starts: set[int]) -> bool:
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
