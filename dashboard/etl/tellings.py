"""Which proposals of different documents tell the same happening.

The rule, precision before recall (two happenings under one title are worse than one happening twice):
1. Two tellings **may be** one happening if they stand in different documents, their types are the same or one is an outcome
   and the other its occasion, their dates touch, and no place that both know differs.
2. They **are** one if, beyond that, they share an actor that is not one of the well-known bodies, or two countries, the city
   and many words; and their likeness reaches `THRESHOLD`.
3. Pairs are joined from the most alike down. Two groups are joined only if every telling of one may be every telling of the
   other; so no event holds two tellings of one document, and the order of reading does not matter.

Dates touch when they have a day in common: `2025-07` touches `2025-07-23`. Two stated days may be one day apart, since one
outlet's night is another's morning. A date that only stands in (`publication`) may be up to `STAND_IN_DAYS` after what it
stands for. A quarter or a year says too little to join by.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dashboard import reference
from dashboard.codebook import Event, Site
from dashboard.folding import fold

THRESHOLD = 7.5
"""Likeness from which two tellings are one. Set on `tests/fixtures/tellings/open.jsonl`: pairs of two happenings reach 7.2, those of
one begin at 6.0 and mostly have 8 to 12; so no false pair is worth the few that fall below."""

STAND_IN_DAYS = 3
"""News of science cooperation is mostly out within three days; a weekend lies between."""

FARTHEST_DAYS = STAND_IN_DAYS
"""Two tellings whose days lie farther apart than this are never compared."""

OCCASIONS = frozenset({"meeting", "visit"})
WORDS_BEFORE, WORDS_AFTER = 80, 240
"""Characters around the clause that reports the event whose words are compared: about a sentence before and two behind."""

STEM_LETTERS = 6
SHORTEST_WORD = 4
MANY_WORDS = 0.5
"""Share of the shorter telling's words that stands in for a shared actor, beside two countries and the city."""


@dataclass(frozen=True)
class Portrait:
    """What is compared of one telling.

    Shape: `first` and `last` are day numbers of the date (proleptic ordinals), 0 without a date that can be joined by;
    `is_day`: the day itself is known; `stands_in`: the date is the document's own; `is_dateline`: the place is only where the
    report was written. Names are folded; `parts` are the halves of actors' names that hold an "and".
    """

    event_id: str
    documents: frozenset[str]
    type: str
    first: int
    last: int
    is_day: bool
    stands_in: bool
    is_dateline: bool
    country: str
    city: str
    countries: frozenset[str]
    actors: frozenset[str]
    parts: frozenset[str]
    words: frozenset[str]


def portrait(event: Event, text: str) -> Portrait:
    """What is compared of an event; `text` is its document's."""
    dated = event.date if event.date and event.date.precision in ("day", "interval", "month") else None
    site = event.site if isinstance(event.site, Site) else Site("", event.site or "")
    actors = frozenset(fold(actor.name) for actor in event.actors)
    return Portrait(
        event_id=event.event_id,
        documents=frozenset({event.document, *(quote.document for quote in event.quotes)}),
        type=event.type,
        first=dated.start.toordinal() if dated else 0,
        last=dated.end.toordinal() if dated else 0,
        is_day=bool(dated and dated.precision != "month"),
        stands_in=event.date_basis == "publication",
        is_dateline=any(quote.rule == "dateline" for quote in event.evidence.get("site", ())),
        country=site.country,
        city=fold(site.city),
        countries=frozenset(event.countries),
        actors=actors,
        parts=frozenset(part for name in actors if " and " in name for part in name.split(" and ") if " " in part),
        words=frozenset(_words(event, text)) - {word[:STEM_LETTERS] for word in _named(event)},
    )


def _named(event: Event) -> Iterable[str]:
    """The words of the values that are compared on their own: city, actors and countries."""
    names = [actor.name for actor in event.actors] + [event.site.city if isinstance(event.site, Site) else ""]
    said = [quote.text for field in ("countries", "date", "site") for quote in event.evidence.get(field, ())]
    return (word for name in [*names, *said] for word in fold(name).split())


def _words(event: Event, text: str) -> Iterable[str]:
    """The beginnings of the longer words around the report."""
    for quote in event.evidence.get("type", ()):
        near = (
            text[max(0, quote.start - WORDS_BEFORE) : quote.end + WORDS_AFTER]
            if quote.document == event.document
            else quote.text
        )
        yield from (word[:STEM_LETTERS] for word in fold(near).split() if len(word) >= SHORTEST_WORD)


def may_be_one(one: Portrait, other: Portrait) -> bool:
    """Whether nothing speaks against two tellings being one happening."""
    return (
        one.documents.isdisjoint(other.documents)
        and (one.type == other.type or (one.type in OCCASIONS) != (other.type in OCCASIONS))
        and _dates_touch(one, other)
        and (one.is_dateline or other.is_dateline or not _places_differ(one, other))
    )


def _places_differ(one: Portrait, other: Portrait) -> bool:
    pairs = ((one.country, other.country), (one.city, other.city))
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _dates_touch(one: Portrait, other: Portrait) -> bool:
    if not one.first or not other.first:
        return False
    slack = 1 if one.is_day and other.is_day else 0
    return one.first - max(slack, _reach(one)) <= other.last and other.first - max(slack, _reach(other)) <= one.last


def _reach(one: Portrait) -> int:
    return STAND_IN_DAYS if one.stands_in else 0


def likeness(one: Portrait, other: Portrait) -> float:
    """How alike two tellings are that may be one: the sum of what they share; 0 if they share too little to be compared."""
    shared = one.actors & other.actors or (one.actors | one.parts) & (other.actors | other.parts)
    own = shared - well_known_actors()
    common = one.countries & other.countries
    overlap = _overlap(one.words, other.words)
    same_city = bool(one.city) and one.city == other.city
    if not own and not (same_city and len(common) > 1 and overlap >= MANY_WORDS):
        return 0.0
    fewest = min(len(one.actors), len(other.actors)) or 1
    countries = 1.0 if len(common) > 1 else 0.3 if common or not (one.countries and other.countries) else -2.0
    return (
        1.5 * min(len(own), 2)
        + 0.5 * min(len(shared - own), 2)
        + len(shared) / fewest
        + _date_points(one, other)
        + (1.5 if same_city else 0.3 if one.country and one.country == other.country else 0.0)
        + countries
        + (1.0 if one.type == other.type else 0.3)
        + 4 * overlap
    )


def _date_points(one: Portrait, other: Portrait) -> float:
    if one.is_day and other.is_day and not one.stands_in and not other.stands_in:
        return 1.5 if one.first <= other.last and other.first <= one.last else 0.5
    return 0.5


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


@cache
def well_known_actors() -> frozenset[str]:
    """Bodies that take part in so much that sharing one says little: those of the list of actors, folded."""
    return frozenset(fold(name) for name in reference.actors()["name"])


def groups(
    portraits: Iterable[Portrait],
    pairs: Iterable[tuple[float, str, str]],
    *,
    apart: Collection[str] = (),
    firm: Collection[str] = (),
) -> list[list[str]]:
    """The tellings that are one happening, from their alike pairs: lists of two event ids or more, each sorted.

    Rules: as the module says. A telling of `apart` joins none; an event of `firm` has been decided about, and two of those
    are not joined by the machine.
    """
    by_id = {one.event_id: one for one in portraits if one.event_id not in apart}
    home = {event_id: [event_id] for event_id in by_id}
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        here, there = home.get(one), home.get(other)
        if here and there and here is not there and _may_join(here, there, by_id, firm):
            joined = sorted([*here, *there])
            home |= dict.fromkeys(joined, joined)
    return sorted({tuple(group): group for group in home.values() if len(group) > 1}.values())


def _may_join(here: Sequence[str], there: Sequence[str], by_id: Mapping[str, Portrait], firm: Collection[str]) -> bool:
    decided = sum(event_id in firm for event_id in (*here, *there))
    return decided < 2 and all(
        may_be_one(by_id[one], by_id[other]) for one in here for other in there
    )  # two decided events


def alike(portraits: Iterable[Portrait], *, beside: Iterable[Portrait] = ()) -> list[tuple[float, str, str]]:
    """The pairs that reach the threshold: likeness and the two ids, the smaller first.

    Rules: only tellings that share a day and an actor, or a day and a country, are compared; so the work grows with what happens
    on one day, not with the square of the corpus. Those of `beside` are compared with the others, not among themselves.
    """
    found: dict[tuple[str, str], float] = {}
    blocks: dict[tuple[int, str], list[Portrait]] = defaultdict(list)
    for one in portraits:
        for key in _block_keys(one):
            blocks[key].append(one)
    mine = {key: len(block) for key, block in blocks.items()}
    for one in beside:
        for key in _block_keys(one):
            if key in mine:
                blocks[key].append(one)
    for key, block in blocks.items():
        for place, one in enumerate(block[: mine[key]]):
            for other in block[place + 1 :]:
                pair = (min(one.event_id, other.event_id), max(one.event_id, other.event_id))
                if pair not in found and may_be_one(one, other):
                    found[pair] = likeness(one, other)
    return [(points, one, other) for (one, other), points in found.items() if points >= THRESHOLD]


def _block_keys(one: Portrait) -> Iterable[tuple[int, str]]:
    """Each day that the event may have been on with each actor; a known day, and its neighbours, also with each country."""
    if not one.first:
        return
    earliest = one.first - max(_reach(one), 1 if one.is_day else 0)
    names = {
        *((one.actors | one.parts) - well_known_actors()),
        *(one.countries if one.is_day and not one.stands_in else ()),
    }
    for number in range(earliest, one.last + 1):
        for name in names:
            yield number, name
