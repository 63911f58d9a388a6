"""Persons in a text: capitalised names with a title or office, or next to a verb of saying; later by surname alone."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dashboard.codebook import Actor
from dashboard.etl.lexicons import lexicon
from dashboard.etl.mentions import ActorMention, Mention
from dashboard.etl.tokens import Phrasebook, Token

_SAYING = frozenset(
    """said says told stated added noted stressed explained announced remarked declared commented underlined underscored emphasised emphasized pointed informed
    recalled thanked called expressed observed argued warned confirmed admitted conceded acknowledged reiterated urged described hailed welcomed praised insisted
    reported replied signed co-chaired chaired led opened inaugurated attended hopes believes visited met received addressed spoke presented""".split()
)
_PARTICLES = frozenset("bin ibn al el de da dos das del della di van von der den la le ben abu ul ur e y zu ter ten af".split())
_NO_NAMES = frozenset(
    """the a an in on at by for from with and but or as this that these he she it they we i his her its their our mr mrs ms dr prof university institute ministry
    academy agency council centre center commission foundation bank group corporation company society association laboratory department authority organisation
    organization college school january february march april may june july august september october november december monday tuesday wednesday thursday friday
    saturday sunday science technology international national federal republic state states united north south east west new chief senior deputy vice joint general
    one two three first second third meanwhile however also after before when while during under both all no not if speaking commenting
    government parliament court house press news agreement project programme program plan""".split()
)
_LONGEST_NAME = 5


@lru_cache(maxsize=1)
def _titles() -> Phrasebook[str]:
    return Phrasebook((row["title"], row["kind"]) for row in lexicon("person_titles", ["title", "kind"], key=["title"]))


def find_persons(view: str, tokens: list[Token], others: Sequence[Mention]) -> list[ActorMention]:
    """Every person, at each place; `others` are the spans of organisations, countries and places, where no person's name can be."""
    blocked = _blocked(tokens, others)
    titles = {hit.last: hit.first for hit in _titles().find(tokens)}
    title_starts = {hit.first for hit in _titles().find(tokens)}
    mentions: list[ActorMention] = []
    by_surname: dict[str, Actor] = {}
    index = 0
    while index < len(tokens):
        last = _name_end(tokens, index, blocked) if index not in blocked else -1
        if last < 0:
            index += 1
            continue
        mention = _person(view, tokens, (index, last), titles, title_starts, by_surname)
        if mention:
            mentions.append(mention)
        index = last + 1
    return mentions


def _blocked(tokens: Sequence[Token], others: Sequence[Mention]) -> frozenset[int]:
    spans = sorted((mention.start, mention.end) for mention in others)
    blocked, position = set(), 0
    for index, token in enumerate(tokens):
        while position < len(spans) and spans[position][1] <= token.start:
            position += 1
        if position < len(spans) and any(low <= token.start < high for low, high in spans[position : position + 3]):
            blocked.add(index)
    return frozenset(blocked)


def _is_name_word(token: Token) -> bool:
    return token.is_word and token.surface[0].isalpha() and token.is_capital and token.word not in _NO_NAMES


def _name_end(tokens: Sequence[Token], first: int, blocked: frozenset[int]) -> int:
    """The last token of a run that can be a person's name, or -1."""
    if not _is_name_word(tokens[first]):
        return -1
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
    if index >= len(tokens):
        return -1
    token = tokens[index]
    if token.surface == "-" and token.start == tokens[last].end and index + 1 < len(tokens) and tokens[index + 1].start == token.end and tokens[index + 1].is_word:
        return index + 1
    if token.surface == "." and len(tokens[last].surface) <= 2 and index + 1 < len(tokens) and _is_name_word(tokens[index + 1]):
        return index + 1
    if _is_name_word(token):
        return index
    if token.word in _PARTICLES and index + 1 < len(tokens) and _is_name_word(tokens[index + 1]) and token.surface.islower():
        return index + 1
    return -1


def _person(
    view: str, tokens: Sequence[Token], span: tuple[int, int], titles: dict[int, int], title_starts: set[int], by_surname: dict[str, Actor]
) -> ActorMention | None:
    first, last = span
    while first < last and first in title_starts and _title_end(titles, first) is not None and (_title_end(titles, first) or 0) < last:
        first = (_title_end(titles, first) or first) + 1
        if tokens[first].surface == "." and first < last:
            first += 1
    words = [token for token in tokens[first : last + 1] if token.is_word]
    titled = _has_title(tokens, first, titles)
    known = by_surname.get(words[-1].word)
    end = tokens[last].start + len(tokens[last].surface)
    if len(words) == 1 and known:
        return _mention(view, tokens[first].start, end, known, "surname")
    if not words or words[0].surface.isupper() and len(words[0].surface) > 3 and len(words) > 1 and words[1].surface.isupper() and not titled:
        return None
    if not titled and (len(words) < 2 or not _has_context(tokens, first, last, title_starts)):
        return None
    surface = " ".join(view[tokens[first].start : end].split())
    actor = known if known and surface.split()[0] in known.name else Actor(surface, surface, "person")
    for word in (words[-1].word, words[0].word):
        if len(words) > 1 and len(word) > 2:
            by_surname.setdefault(word, actor)
    return _mention(view, tokens[first].start, end, actor, "title" if titled else "context")


def _title_end(titles: dict[int, int], first: int) -> int | None:
    return next((last for last, begin in titles.items() if begin == first), None)


def _has_title(tokens: Sequence[Token], first: int, titles: dict[int, int]) -> bool:
    before = first - 1
    if before >= 0 and tokens[before].surface == ".":
        before -= 1
    return before >= 0 and before in titles and not tokens[before].is_possessive


def _has_context(tokens: Sequence[Token], first: int, last: int, title_starts: set[int]) -> bool:
    """Whether an office follows in apposition, or a verb of saying stands next to the name."""
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following and following.surface == "," and any(index in title_starts for index in range(last + 2, min(last + 8, len(tokens)))):
        return True
    before = tokens[first - 1].word if first else ""
    return bool(following and following.word in _SAYING and following.surface.islower()) or before in ("said", "says", "told", "added", "explained", "by") and before != "by"


def _mention(view: str, start: int, end: int, actor: Actor, rule: str) -> ActorMention:
    return ActorMention("actor", start, end, actor.name, rule, actor)


def surnames(mentions: Sequence[ActorMention]) -> Iterator[str]:
    """The last word of each person's name."""
    return (mention.actor.name.split()[-1] for mention in mentions)
