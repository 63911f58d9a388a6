"""The list of actors: canonical names, other names and acronyms, looked up in a text or by a whole name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.codebook import ActorKind
from dashboard.etl.countries import records
from dashboard.etl.tokens import Phrasebook, words_of
from dashboard.reference import actor_aliases, actors

_SHORTEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the list of actors under one of its names."""

    name: str
    kind: ActorKind
    country: str
    is_acronym: bool = False


@lru_cache(maxsize=1)
def known_phrases() -> Phrasebook[Known]:
    """Every writing of every actor of the list."""
    return Phrasebook(_known_names())


def _known_names() -> Iterator[tuple[str, Known]]:
    by_name = {}
    for row in records(actors()):
        kind: ActorKind = "person" if row["kind"] == "person" else "org"
        known = Known(str(row["name"]), kind, str(row["country_code"]))
        by_name[known.name] = known
        yield known.name, known
        acronym = str(row["acronym"])
        if len(acronym) >= _SHORTEST_ACRONYM:
            yield acronym, replace(known, is_acronym=acronym.isupper())
    for row in records(actor_aliases()):
        known_alias, alias = by_name.get(str(row["name"])), str(row["alias"])
        if known_alias:
            yield alias, replace(known_alias, is_acronym=alias.isupper() and " " not in alias)


def known_actor(surface_words: Sequence[str]) -> Known | None:
    """The row of the list of actors that a name is, if the list has it."""
    return _by_words().get(tuple(surface_words))


@lru_cache(maxsize=1)
def _by_words() -> dict[tuple[str, ...], Known]:
    return {words_of(name): known for name, known in _known_names()}
