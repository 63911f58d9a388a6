"""Which event follows from which: the events of one initiative, linked from the understanding to the opening.

A wrong link is worse than none, so a link needs all of this:

1. Both events name one thing (`initiatives.things`: a laboratory, a centre, a satellite … by two words that tell it from others), or
   the same two or more organisations take part in both, of which each takes part in few events, and no named things speak against it.
   A thing that takes part in the earlier event as an organisation was there already and is no initiative, unless its name
   says that it is a joint one, or the earlier event founds it.
2. The later type may follow from the earlier one (`chain_steps.csv`).
3. All countries of the one take part in the other too.
4. The later event was surely later: its first possible day lies behind the last possible day of the earlier one. Two events of one
   type lie a fortnight apart, since two documents may date one happening differently.

An event follows from one other at most: from one that names the same thing rather than one of the same organisations, then
from the latest before it. Meetings in a row, or visits, are a series and no chain.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

import pandas as pd

from dashboard import reference
from dashboard.etl.initiatives import Thing, are_one, keys, may_name_things, things
from dashboard.folding import fold
from dashboard.schema import conform

MOST_EVENTS = 30
"""What more events than that have in common is no initiative but a field of work, such as a corridor of many projects."""

MOST_EVENTS_OF_ORGANISATION = 8
"""An organisation of more events than that is everywhere; that it takes part again says little."""

LEAST_DAYS_OF_ONE_TYPE = 14

MOST_CHARACTERS_BEHIND = 300
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n[ \t\r]{0,80}\n")

Tables = Mapping[str, pd.DataFrame]
Row = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """What is compared of an event. `first` and `last` are the days that it may have been on; `stands_in`: the document's own date."""

    event_id: str
    kind: str
    sector: str
    first: date
    last: date
    stands_in: bool
    countries: frozenset[str]
    organisations: frozenset[str]
    things: tuple[Thing, ...]
    given: frozenset[Thing] = frozenset()
    """The things that were there before the event."""


@dataclass(frozen=True)
class Link:
    """That one event follows from another, and why."""

    earlier: Candidate
    later: Candidate
    basis: str
    shared: str

    @property
    def least_days(self) -> int | None:
        """Fewest days between them; not known where the later date only stands in for an earlier one."""
        return None if self.later.stands_in else (self.later.first - self.earlier.last).days

    @property
    def most_days(self) -> int | None:
        """Most days between them; not known where the earlier date only stands in."""
        return None if self.earlier.stands_in else (self.later.last - self.earlier.first).days


def chain_tables(tables: Tables) -> dict[str, pd.DataFrame]:
    """The links between the events of a build, and its chains, in the form of `schema.TABLES`."""
    links = links_between(candidates(tables))
    rows = [_link_row(link) for link in links]
    return {
        "chain_links": conform("chain_links", pd.DataFrame(rows)),
        "event_chains": conform("event_chains", pd.DataFrame(list(_chain_rows(links)))),
    }


def candidates(tables: Tables) -> list[Candidate]:
    """The dated events of which two can be linked: those that name a thing, or in which two organisations of few events take part."""
    taking_part = _names_taking_part(tables)
    organisations, said = _organisations(taking_part), _things_said(tables, taking_part)
    countries: dict[str, list[str]] = {}
    for event_id, code in _columns(tables["event_countries"], "event_id", "country_code"):
        countries.setdefault(event_id, []).append(code)
    first_events: dict[str, str] = {}
    for event_id, names in taking_part.items():
        first_events |= {name: event_id for name in names if name not in first_events}
    partners = {event_id for event_id, names in organisations.items() if len(names) > 1}
    events = tables["events"].dropna(subset=["start_date"])
    events = events[events["event_id"].isin((partners | said.keys()) & countries.keys())]
    return [
        _candidate(
            row, frozenset(countries[row.event_id]), organisations.get(row.event_id, frozenset()), said.get(row.event_id, []),
            _there_before(row, taking_part.get(row.event_id, []), first_events),
        )
        for row in events.itertuples(index=False)
    ]  # fmt: skip


def _columns(table: pd.DataFrame, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name].tolist() for name in names), strict=True)


def _there_before(row: Any, names: Sequence[str], first_events: Mapping[str, str]) -> list[str]:
    """The organisations of an event that it did not found: those of an earlier event and of the list of actors, if it founds anything."""
    if row.event_type_code != "establishment":
        return list(names)
    return [name for name in names if name in _known() or first_events[name] != row.event_id]


@cache
def _known() -> frozenset[str]:
    return frozenset(reference.actors()["name"])


def _candidate(
    row: Any, countries: frozenset[str], organisations: frozenset[str], said: Sequence[Thing], before: Sequence[str]
) -> Candidate:
    there = [thing for name in before for thing in _things_of_name(name) if not thing.is_joint]
    return Candidate(
        row.event_id, row.event_type_code, row.main_sector_code if isinstance(row.main_sector_code, str) else "",
        row.start_date, row.end_date, row.date_basis == "publication", countries, organisations, tuple(dict.fromkeys(said)),
        frozenset(thing for thing in said if not thing.is_joint and any(are_one(thing, other) for other in there)),
    )  # fmt: skip


def _organisations(taking_part: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """The organisations of few events, by event; one is the same with its country behind its name and without."""
    bare = {event_id: frozenset(map(_without_country, names)) for event_id, names in taking_part.items()}
    counts = Counter(name for names in bare.values() for name in names)
    return {
        event_id: frozenset(name for name in names if counts[name] <= MOST_EVENTS_OF_ORGANISATION)
        for event_id, names in bare.items()
    }


@cache
def _without_country(name: str) -> str:
    """`University of Szeged of Hungary` as `University of Szeged`; `Bank of China` stays."""
    bare, of, country = name.rpartition(" of ")
    return bare if of and " " in bare and fold(country).removeprefix("the ") in _country_names() else name


@cache
def _country_names() -> frozenset[str]:
    return frozenset(map(fold, reference.country_names()["name"]))


def _things_said(tables: Tables, taking_part: Mapping[str, Sequence[str]]) -> dict[str, list[Thing]]:
    """The things that an event names: in its title, in the words that report it to the end of their sentence, as its organisations."""
    events = tables["events"]
    in_space = set(events.loc[events["main_sector_code"] == "space", "event_id"])
    said: dict[str, list[Thing]] = {}
    texts = [*_columns(events, "event_id", "title"), *_reports(tables)]
    for (event_id, text), may_name in zip(texts, may_name_things([text for _, text in texts]), strict=True):
        if may_name or event_id in in_space:
            said.setdefault(event_id, []).extend(things(text, is_space=event_id in in_space))
    for event_id, names in taking_part.items():
        said.setdefault(event_id, []).extend(thing for name in names for thing in _things_of_name(name))
    return {event_id: found for event_id, found in said.items() if found}


@lru_cache(maxsize=65_536)
def _things_of_name(name: str) -> tuple[Thing, ...]:
    return tuple(things(name))


def _reports(tables: Tables) -> Iterable[tuple[str, str]]:
    evidence = tables["evidence"]
    reports = evidence[evidence["field"] == "type"]
    documents = dict(_columns(tables["documents"], "document_id", "text"))
    for event_id, document_id, start, end in _columns(reports, "event_id", "document_id", "start_offset", "end_offset"):
        yield event_id, _to_sentence_end(documents[document_id], start, end)


def _to_sentence_end(text: str, start: int, end: int) -> str:
    """A contract *to build* what stands behind the words that report the signing."""
    rest = text[end : end + MOST_CHARACTERS_BEHIND]
    ending = _SENTENCE_END.search(rest)
    return text[start:end] + (rest[: ending.start()] if ending else rest)


def _names_taking_part(tables: Tables) -> dict[str, list[str]]:
    """The names of the organisations of each event, in the order of the events."""
    organisations = tables["actors"][tables["actors"]["kind"] == "org"]
    names = dict(_columns(organisations, "actor_id", "name"))
    named: dict[str, list[str]] = {}
    for event_id, actor in _columns(tables["event_actors"], "event_id", "actor_id"):
        if actor in names:
            named.setdefault(event_id, []).append(names[actor])
    return named


def links_between(events: Sequence[Candidate]) -> list[Link]:
    """The links, by the later event's dates."""
    best: dict[str, Link] = {}
    for earlier, later in _pairs(events):
        link = _link(earlier, later)
        if link and (later.event_id not in best or _is_better(link, best[later.event_id])):
            best[later.event_id] = link
    return sorted(best.values(), key=lambda link: (link.later.first, link.later.event_id))


def _is_better(link: Link, other: Link) -> bool:
    return _rank(link) > _rank(other)


def _rank(link: Link) -> tuple[Any, ...]:
    return link.basis == "object", link.earlier.last, link.earlier.first, link.earlier.event_id


def _pairs(events: Sequence[Candidate]) -> Iterable[tuple[Candidate, Candidate]]:
    """Each two events that have something in common, the earlier first, once."""
    together: dict[tuple[str, ...], list[Candidate]] = {}
    for event in events:
        for key in _keys(event):
            together.setdefault(key, []).append(event)
    seen: set[tuple[str, str]] = set()
    for group in together.values():
        for one, other in combinations(group, 2) if len(group) <= MOST_EVENTS else ():
            earlier, later = sorted((one, other), key=_by_date)
            pair = (earlier.event_id, later.event_id)
            if pair not in seen:
                seen.add(pair)
                yield earlier, later


def _by_date(event: Candidate) -> tuple[date, date, str]:
    return event.first, event.last, event.event_id


def _keys(event: Candidate) -> set[tuple[str, ...]]:
    of_things = {key for thing in event.things for key in keys(thing)}
    return of_things | {("organisations", *pair) for pair in combinations(sorted(event.organisations), 2)}


def _link(earlier: Candidate, later: Candidate) -> Link | None:
    """The link between two events in the order of their dates, or None where the rule does not hold."""
    step = _steps().get((earlier.kind, later.kind))
    if step is None or not _is_surely_later(earlier, later) or not _have_one_set_of_countries(earlier, later):
        return None
    thing = _common_thing(earlier, later)
    if thing:
        return Link(earlier, later, "object", thing.name)
    both = earlier.organisations & later.organisations
    speaks_against = bool(earlier.things and later.things)
    if step[0] != "any" or len(both) < 2 or speaks_against or earlier.sector != later.sector:  # two make a partnership
        return None
    return Link(earlier, later, "organisations", "; ".join(sorted(both)))


def _is_surely_later(earlier: Candidate, later: Candidate) -> bool:
    apart = (later.first - earlier.last).days
    return apart >= (LEAST_DAYS_OF_ONE_TYPE if earlier.kind == later.kind else 1)


def _have_one_set_of_countries(earlier: Candidate, later: Candidate) -> bool:
    return earlier.countries <= later.countries or later.countries <= earlier.countries


def _common_thing(earlier: Candidate, later: Candidate) -> Thing | None:
    """The thing that both name, under the longer of its names."""
    initiatives = [thing for thing in earlier.things if thing not in earlier.given]
    pairs = [(one, other) for one in initiatives for other in later.things if are_one(one, other)]
    return max((thing for pair in pairs for thing in pair), key=_length, default=None)


def _length(thing: Thing) -> tuple[int, int, str]:
    return len(thing.words), len(thing.name), thing.name


@cache
def _steps() -> Mapping[tuple[str, str], tuple[str, str]]:
    rows = reference.chain_steps().itertuples(index=False)
    return {(str(row.earlier_type), str(row.later_type)): (str(row.basis), str(row.reason)) for row in rows}


def _link_row(link: Link) -> Row:
    return {
        "event_id": link.earlier.event_id,
        "later_event_id": link.later.event_id,
        "basis": link.basis,
        "shared": link.shared,
        "reason": _steps()[link.earlier.kind, link.later.kind][1],
        "least_days": link.least_days,
        "most_days": link.most_days,
    }


def _chain_rows(links: Sequence[Link]) -> Iterable[Row]:
    """The events of each chain in their order; its name is the commonest of what its links have in common."""
    earlier_of = {link.later.event_id: link.earlier.event_id for link in links}
    chains: dict[str, dict[str, Candidate]] = {}
    shared: dict[str, Counter[str]] = {}
    for link in links:
        first = _first_of(link.later.event_id, earlier_of)
        chains.setdefault(first, {}).update({event.event_id: event for event in (link.earlier, link.later)})
        shared.setdefault(first, Counter())[link.shared] += 1
    for first, members in chains.items():
        for position, event in enumerate(sorted(members.values(), key=_by_date)):
            name = shared[first].most_common(1)[0][0]
            yield {"event_id": event.event_id, "chain_id": first, "name": name, "position": position}


def _first_of(event_id: str, earlier_of: Mapping[str, str]) -> str:
    while event_id in earlier_of:
        event_id = earlier_of[event_id]
    return event_id
