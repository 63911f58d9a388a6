"""Organisations in a text: by the nouns their names are made of, by an acronym in brackets, by what stands before them.

Rules: a name is a run of capitalised words joined by `of`, `for`, `and` …; it is an organisation if it holds a head
noun (`University`, `Agency`), if the list of actors knows it, if an acronym in brackets follows it, or if a word such
as `the company` or a country's possessive (`Brazil's Embrapa`) introduces it. Acronyms are resolved inside the document.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dashboard.codebook import Actor
from dashboard.etl.countries import find_countries
from dashboard.etl.known_actors import known_actor, known_phrases
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.mentions import ActorMention, Mention, PlaceMention
from dashboard.etl.persons import is_given_name
from dashboard.etl.tokens import Token, Tokens, words_of

HEAD, WEAK = "head", "weak"

_JOINERS = word_list("actors.joiners")
_STOP_STARTS = word_list("actors.stop_starts")
_STOPS_INSIDE = word_list("actors.stops_inside")
_KEPT_TITLES = word_list("actors.kept_titles")
_INTRODUCERS = word_list("actors.introducers")
_BAD_ACRONYMS = word_list("actors.bad_acronyms")
_PATRONS = word_list("actors.patrons")
_CARRIERS = word_list("actors.carriers")
_THINGS = word_list("actors.things")
_TOPIC_HEADS = word_list("actors.topic_heads")
_MAX_WORDS = 24
_LONGEST_PERSON = 7


class Name(NamedTuple):
    """A run of capitalised words: token indices, and where its acronym in brackets ends."""

    first: int
    last: int
    acronym: str = ""
    acronym_last: int = -1
    is_told: bool = False
    """Whether the words around it say that it is an organisation (`Huawei of China`)."""


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {row["word"].lower(): row["role"] for row in lexicon("organisation_words", ["word", "role"], key=["word"])}


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    rows = lexicon("person_titles", ["title", "kind"], key=["title"])
    return frozenset(words[0] for row in rows if len(words := words_of(row["title"])) == 1)


@lru_cache(maxsize=1)
def _cut_titles() -> frozenset[str]:
    """The titles that are no part of an organisation's name."""
    return frozenset(title for title in _titles() - _KEPT_TITLES if title not in _words())


def find_organisations(view: str, tokens: Tokens, countries: Sequence[Mention]) -> list[ActorMention]:
    """Every organisation, at each of its places in the text."""
    names = [name for name in _names(tokens) if _is_organisation(tokens, name, countries)]
    taken = {index for name in names for index in range(name.first, max(name.last, name.acronym_last) + 1)}
    names += _listed(tokens, taken)
    mentions = [_mention(view, tokens, name, countries) for name in names]
    acronyms = _acronyms(tokens, names, mentions)
    taken |= {index for name in names for index in range(name.first, max(name.last, name.acronym_last) + 1)}
    mentions += list(_later(view, tokens, acronyms, taken))
    return sorted(mentions, key=_start)


def _start(mention: Mention) -> int:
    return mention.start


def _names(tokens: Tokens) -> Iterator[Name]:
    """Runs of capitalised words; `University of X and Institute of Y` are two."""
    free = 0
    for index in tokens.capitals:
        if index < free or tokens[index].word in _STOP_STARTS:
            continue
        last = _run_end(tokens, index)
        yield from _split_run(tokens, index, last)
        free = last + 1


def _run_end(tokens: Sequence[Token], first: int) -> int:
    last = here = first
    while here + 1 < len(tokens) and here - first < _MAX_WORDS:
        if tokens[here].is_possessive and tokens[here].word not in _PATRONS:
            return _before_owner(tokens, first, here)
        step = _next_capital(tokens, here, first)
        if step < 0 or (step == here + 1 and tokens[step].opens_line):
            break
        here = last = step
    return _before_owner(tokens, first, last) if tokens[last].is_possessive else last


def _before_owner(tokens: Sequence[Token], first: int, last: int) -> int:
    """`Institute of Medicine and Mexico's National Institute`: the name ends before `and`."""
    for index in range(last - 1, max(first, last - 4), -1):
        if tokens[index].word in ("and", "&"):
            return index - 1
    return last


def _next_capital(tokens: Sequence[Token], here: int, first: int) -> int:
    """The next capitalised word of the same name, across a hyphen, an initial's full stop, up to two joiners or a list comma."""
    index = here + 1
    token = tokens[index]
    if token.surface in "-.&'/" and index + 1 < len(tokens) and token.start == tokens[here].end:
        is_initial = token.surface != "." or len(tokens[here].surface) <= 2 or tokens[index + 1].start == token.end
        follows = tokens[index + 1]
        return (
            index + 1
            if is_initial
            and follows.is_word
            and (follows.is_capital or (token.surface == "-" and follows.start == token.end))
            else -1
        )
    if token.is_word and token.is_capital:
        return index if token.word not in _STOPS_INSIDE else -1
    if token.surface == ",":
        return _list_comma(tokens, index, first)
    steps = 0
    while index < len(tokens) and steps < 3 and tokens[index].word in _JOINERS:
        if (
            tokens[index].word in ("in", "on")
            and tokens[index - 1].word not in ("of", "programme")
            and not _is_topic(tokens, index)
        ):
            return -1
        index += 1
        steps += 1
    if not steps or index >= len(tokens) or not tokens[index].is_word or not tokens[index].is_capital:
        return -1
    if steps > 1 and tokens[index - steps].word in ("and", "&"):
        return -1
    return index


def _is_topic(tokens: Sequence[Token], index: int) -> bool:
    """`Working Group on Science`, not `University on Monday`."""
    follows = tokens[index + 1].word if index + 1 < len(tokens) else ""
    return tokens[index].word == "on" and tokens[index - 1].word in _TOPIC_HEADS and follows not in _STOP_STARTS


def _list_comma(tokens: Sequence[Token], comma: int, first: int) -> int:
    """`Ministry of Trade, Industry and Energy`: a comma inside a name that began with a head noun and `of`."""
    window = [token.word for token in tokens[first:comma]]
    if not ({"of", "for"} & set(window)) or not any(_words().get(word) == HEAD for word in window[:4]):
        return -1
    index = comma + 1
    for _ in range(8):
        if index + 1 >= len(tokens) or not tokens[index].is_word:
            return -1
        if tokens[index].word in ("and", "&"):
            is_end = (
                tokens[index + 1].is_capital
                and tokens[index + 1].is_word
                and tokens[index + 1].word not in _STOP_STARTS
            )
            holds_head = any(_words().get(token.word) == HEAD for token in tokens[comma + 1 : index + 3])
            return index + 1 if is_end and not holds_head else -1
        if not tokens[index].is_capital or _words().get(tokens[index].word) == HEAD:
            return -1
        index += 1
        if tokens[index].surface == ",":
            index += 1
    return -1


def _split_run(tokens: Sequence[Token], first: int, last: int) -> Iterator[Name]:
    """The names in a run: split at `and` where both sides hold a head noun or the left side is an acronym; titles are cut off."""
    start = first
    for index in range(first + 1, last):
        if tokens[index].word == "and" and _begins_person(tokens, index + 1, last):
            yield from _trimmed(tokens, start, index - 1)
            return
        if tokens[index].word in ("and", "&") and tokens[index].surface != "&" and _parts(tokens, start, index, last):
            yield from _trimmed(tokens, start, index - 1)
            start = index + 1
    yield from _trimmed(tokens, start, last)


def _begins_person(tokens: Sequence[Token], first: int, last: int) -> bool:
    """`Ministry of Science and Syed Boluchi, Permanent Secretary`, `… and President Kushvahzoda`."""
    if first < last and tokens[first].word in _cut_titles():
        return True
    words = [token for token in tokens[first : last + 1] if token.is_word]
    if not 2 <= len(words) <= 3 or any(_words().get(token.word) for token in words) or last + 3 >= len(tokens):
        return False
    return tokens[last + 1].surface == "," and tokens[last + 2].word in _titles()


def _parts(tokens: Sequence[Token], start: int, at: int, last: int) -> bool:
    left = [token for token in tokens[start:at] if token.is_word]
    right = [token for token in tokens[at + 1 : last + 1] if token.is_word]
    if left and all(token.surface.isupper() and len(token.surface) > 1 for token in left):
        return True
    left_head = any(_words().get(token.word) for token in left)
    right_head = any(_words().get(token.word) == HEAD for token in right) or (
        len(right) > 1 and _words().get(right[-1].word) is not None
    )
    ends_left = _words().get(left[-1].word) is not None if left else False
    return left_head and right_head and (ends_left or ("of" in [token.word for token in left] and right_head))


def _is_title_before_name(tokens: Sequence[Token], first: int) -> bool:
    """A title that may also begin an organisation's name, before a given name."""
    title = tokens[first].word
    return is_given_name(tokens[first + 1].word) and title in _titles() and title not in _KEPT_TITLES


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> Iterator[Name]:
    first = _behind_person(tokens, first, last)
    while first < last and (
        tokens[first].word in _cut_titles()
        or _is_title_before_name(tokens, first)
        or tokens[first].word in _STOP_STARTS
        or not tokens[first].is_word
    ):
        first += 1
    while first < last and tokens[first].word in _JOINERS:
        first += 1
    while last > first and (tokens[last].word in _JOINERS or not tokens[last].is_word):
        last -= 1
    seat = _seat(tokens, first, last)
    if (
        0 < seat - first <= 3
        and not any(_words().get(token.word) == HEAD for token in tokens[first : last + 1])
        and _is_company(tokens, first, seat - 1)
    ):
        yield Name(first, seat - 1, is_told=True)
        return
    acronym, acronym_last = _bracketed(tokens, last)
    yield Name(first, last, acronym, acronym_last, _is_apposed(tokens, last) and _is_company(tokens, first, last))


def _seat(tokens: Sequence[Token], first: int, last: int) -> int:
    """The first `of` inside a run, or -1."""
    return (
        next((index for index in range(first + 1, last) if tokens[index].word == "of"), -1) if last - first > 1 else -1
    )


def _behind_person(tokens: Sequence[Token], first: int, last: int) -> int:
    """The beginning of `Himalayan Institute` in `Sonam Wangchuk of the Himalayan Institute`."""
    if not is_given_name(tokens[first].word):
        return first
    for index in range(first + 1, min(first + _LONGEST_PERSON, last)):
        if _words().get(tokens[index].word) or tokens[index].word in ("and", "&"):
            return first
        if tokens[index].word == "of" and index > first + 1:
            begin = index + 2 if tokens[index + 1].word == "the" else index + 1
            is_organisation = any(_words().get(token.word) == HEAD for token in tokens[begin : last + 1])
            return begin if is_organisation else first
    return first


def _is_company(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name could be a company's: no common noun of politics, no title, no single letter."""
    words = [token.word for token in tokens[first : last + 1] if token.is_word]
    return (
        bool(words)
        and not any(word in _NO_COMPANIES or word in _titles() or word in _JOINERS for word in words)
        and len("".join(words)) > 3
    )


def _is_apposed(tokens: Sequence[Token], last: int) -> bool:
    """`Galaxy Backbone, the state-owned network company,`: a noun of the trade in apposition."""
    if (
        last + 3 >= len(tokens)
        or tokens[last + 1].surface != ","
        or tokens[last + 2].word not in ("the", "a", "an", "its")
    ):
        return False
    for index in range(last + 3, min(last + 10, len(tokens))):
        if tokens[index].surface in ",.;" or tokens[index].word in ("of", "for"):
            return False
        if tokens[index].word in _INTRODUCERS and tokens[index].surface.islower():
            return True
    return False


_NO_COMPANIES = word_list("actors.no_companies")


def _bracketed(tokens: Sequence[Token], last: int) -> tuple[str, int]:
    """The acronym in brackets right behind a name and the index of the closing bracket."""
    if last + 3 >= len(tokens) or tokens[last + 1].surface != "(":
        return "", -1
    close = next((index for index in range(last + 2, min(last + 8, len(tokens))) if tokens[index].surface == ")"), -1)
    inside = tokens[last + 2 : close] if close > 0 else []
    if not inside or not inside[0].is_capital or len(inside) > 5:
        return "", -1
    if find_countries(Tokens(inside)):
        return "", -1
    text = "".join(token.surface for token in inside)
    return (text, close) if len(text) >= 2 and not text.isdigit() else ("", -1)


def _is_organisation(tokens: Sequence[Token], name: Name, countries: Sequence[Mention]) -> bool:
    words = [token.word for token in tokens[name.first : name.last + 1] if token.is_word]
    known = known_actor(words)
    if known and (not known.is_acronym or tokens[name.first].surface.isupper()):
        return True
    if name.is_told:
        return not _is_country(tokens, name, countries) and _has_seat(tokens, name, countries)
    if len(words) == 1:
        return _is_single(tokens, name, words[0], countries)
    roles = [
        _words().get(token.word) for token in tokens[name.first : name.last + 1] if token.is_word and token.is_capital
    ]
    if HEAD in roles[1:] or (HEAD in roles and not is_given_name(words[1])):
        return not all(tokens[index].surface.isupper() for index in range(name.first, name.last + 1)) or bool(
            name.acronym
        )
    if name.acronym and name.acronym.isupper() and name.acronym.lower() not in _BAD_ACRONYMS:
        return not _is_thing(words)
    if _is_weak_name(tokens, name) and not _is_country(tokens, name, countries):
        return True
    return _is_introduced(tokens, name, countries)


def _is_weak_name(tokens: Sequence[Token], name: Name) -> bool:
    """`Hellenic Coast Guard`, `Geological Survey of Namibia`, `Georgian Railway`: a weaker noun that the words around it carry."""
    words = [token.word for token in tokens[name.first : name.last + 1] if token.is_word]
    if _words().get(words[-1]) == WEAK and len(words) >= 3:
        return True
    if len(words) == 2 and words[-1] in _CARRIERS:
        return True
    return any(_words().get(word) == WEAK and follows == "of" for word, follows in pairwise(words[1:]))


def _has_seat(tokens: Sequence[Token], name: Name, countries: Sequence[Mention]) -> bool:
    """Whether a country stands behind `of`, or an apposition says what the name is."""
    if name.last + 2 >= len(tokens) or tokens[name.last + 1].word != "of":
        return True
    seat = tokens[name.last + 2].start
    return any(country.start == seat and country.rule == "name" for country in _at(countries, seat, seat))


def _is_thing(words: Sequence[str]) -> bool:
    """A treaty, corridor, framework or forum that has an acronym too."""
    return words[-1] in _THINGS


def _is_single(tokens: Sequence[Token], name: Name, word: str, countries: Sequence[Mention]) -> bool:
    """One word is an organisation only behind a word that says so, or behind a country's possessive."""
    if _words().get(word) or word in _titles() or len(word) < 3 or not _is_introduced(tokens, name, countries):
        return False
    return tokens[name.first].surface.lower() not in _BAD_ACRONYMS and not _is_country(tokens, name, countries)


def _is_country(tokens: Sequence[Token], name: Name, countries: Sequence[Mention]) -> bool:
    return any(
        country.start <= tokens[name.first].start and tokens[name.last].end <= country.end
        for country in _at(countries, tokens[name.first].start, tokens[name.last].end)
    )


def _at(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    low = bisect_left(mentions, start - 40, key=_start)
    high = bisect_left(mentions, end + 40, key=_start)
    return mentions[low:high]


def _is_introduced(tokens: Sequence[Token], name: Name, countries: Sequence[Mention]) -> bool:
    if not name.first:
        return False
    before = tokens[name.first - 1]
    if before.word in _INTRODUCERS and before.surface.islower():
        return True
    if not before.is_possessive:
        return False
    count = sum(token.is_word for token in tokens[name.first : name.last + 1])
    if count > 1 and is_given_name(tokens[name.first].word):
        return False
    if tokens[name.first].word in _titles() or count > 2:
        return False
    return any(
        country.start <= before.start and country.end >= before.end - 2
        for country in _at(countries, before.start, before.end)
    )


def _listed(tokens: Tokens, taken: set[int]) -> Iterator[Name]:
    """Names of the list of actors that no run of capitals has taken (`Zong`, `SUPARCO`)."""
    for hit in known_phrases().find(tokens):
        span = range(hit.first, hit.last + 1)
        if any(known.is_acronym for known in hit.entry) and not tokens[hit.first].surface.isupper():
            continue
        if tokens[hit.first].is_capital and not any(index in taken for index in span):
            yield Name(hit.first, hit.last, *_bracketed(tokens, hit.last))


def _mention(view: str, tokens: Sequence[Token], name: Name, countries: Sequence[Mention]) -> ActorMention:
    words = [token.word for token in tokens[name.first : name.last + 1] if token.is_word]
    known = known_actor(words) or (known_actor((name.acronym.lower(),)) if name.acronym and len(words) > 1 else None)
    end_token = name.acronym_last if name.acronym_last > 0 else name.last
    start, end = (
        tokens[name.first].start,
        tokens[end_token].end - (2 if tokens[end_token].is_possessive and end_token == name.last else 0),
    )
    surface = " ".join(view[start:end].split())
    country = known.country if known and known.country else _owner(tokens, name, countries)
    canonical = known.name if known else surface
    return ActorMention(
        "actor",
        start,
        end,
        canonical,
        "listed" if known else "head_noun",
        Actor(canonical, surface, known.kind if known else "org"),
        country,
    )


def _owner(tokens: Sequence[Token], name: Name, countries: Sequence[Mention]) -> str:
    """The country inside the name, before it (`Ghana's …`) or behind it (`… of Belarus`)."""
    start, end = tokens[name.first].start, tokens[name.last].end
    low = tokens[max(0, name.first - 3)].start
    near = _at(countries, start - 40, end + 40)
    inside = [country.value for country in near if country.start >= start and country.end <= end]
    if inside:
        return inside[0]
    before = [
        country.value for country in near if low <= country.start and country.end <= start and start - country.end <= 3
    ]
    after = [country.value for country in near if 0 <= country.start - end <= 6]
    return (
        before[-1]
        if before
        else after[0]
        if after and name.last + 1 < len(tokens) and tokens[name.last + 1].surface in ("of", ",", "in", "(")
        else ""
    )


def _acronyms(
    tokens: Sequence[Token], names: Iterable[Name], mentions: Iterable[ActorMention]
) -> dict[str, ActorMention]:
    """What each acronym of the document stands for: in brackets behind a name, or the name's own last word in capitals."""
    by_acronym: dict[str, ActorMention] = {}
    for name, mention in zip(names, mentions, strict=True):
        if name.acronym and len(name.acronym) >= 3:
            by_acronym.setdefault(name.acronym.lower(), mention)
        words = [token for token in tokens[name.first : name.last + 1] if token.is_word]
        if (
            len(words) > 1
            and len(words[0].surface) > 4
            and words[0].surface[1:].islower()
            and _words().get(words[-1].word)
            and not _words().get(words[0].word)
        ):
            by_acronym.setdefault(f"={words[0].surface}", mention)
    return by_acronym


def _later(
    view: str, tokens: Sequence[Token], acronyms: dict[str, ActorMention], taken: set[int]
) -> Iterator[ActorMention]:
    for index, token in enumerate(tokens):
        known = acronyms.get(token.word) if index not in taken and token.is_capital else None
        if known and (token.surface.isupper() or token.surface[1:].islower()):
            surface = view[token.start : token.start + len(token.surface)]
            yield ActorMention(
                "actor", token.start, token.start + len(surface), known.value, "acronym", known.actor, known.country
            )


def with_places(mentions: Sequence[ActorMention], places: Sequence[PlaceMention]) -> list[ActorMention]:
    """The organisations with the country of the city in their name (`University of Debrecen`) or behind it (`Envision of Shanghai`)."""
    return [
        mention if mention.country else replace(mention, country=_country_by_place(mention, places))
        for mention in mentions
    ]


def _country_by_place(mention: ActorMention, places: Sequence[PlaceMention]) -> str:
    low, high = bisect_left(places, mention.start, key=_start), bisect_left(places, mention.end + 6, key=_start)
    near = [place for place in places[low:high] if place.site]
    inside = [place for place in near if place.end <= mention.end]
    behind = [place for place in near if 1 < place.start - mention.end <= 5]
    chosen = inside or behind
    return chosen[0].site.country if chosen and chosen[0].site else ""
