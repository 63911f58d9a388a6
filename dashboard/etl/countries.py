"""Countries in a text: by name, by demonym, by abbreviation."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.etl.mentions import Mention
from dashboard.etl.tokens import Phrasebook, Token, Tokens
from dashboard.reference import countries, country_names

NAME = "name"
_SHOUTED = frozenset({"us", "uk", "uae", "usa", "eu", "drc", "un", "prc", "roc", "car"})
_PERSONAL = frozenset({"jordan", "chad", "georgia", "israel", "kenya", "austin", "cuba", "holland", "india"})
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new"}
)


def records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a reference table, read by whole columns, which is ten times as fast as cell by cell."""
    columns = list(table.columns)
    cells = [table[column].to_list() for column in columns]
    return (dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True))


@lru_cache(maxsize=1)
def _names() -> Phrasebook[tuple[str, str]]:
    named = [(str(row["name"]), (str(row["country_code"]), str(row["kind"]))) for row in records(country_names())]
    named += [(str(row["name"]), (str(row["country_code"]), NAME)) for row in records(countries())]
    # `the` is no part of what a text writes with a capital: `the Maldives` is found as `Maldives`.
    return Phrasebook((name.removeprefix("the ").removeprefix("The "), entry) for name, entry in named)


def find_countries(tokens: Tokens) -> list[Mention]:
    """Every country in the text; `value` is its code, `rule` says name or demonym.

    Rules: a name needs a capital; `US`, `UAE` need capitals throughout, so that `us` is nobody's country.
    """
    found = []
    for hit in _names().find(tokens):
        first, last = tokens[hit.first], tokens[hit.last]
        if not first.is_capital or (first.word in _SHOUTED and not first.surface.isupper()):
            continue
        if _is_not_meant(tokens, hit.last):
            continue
        code, kind = hit.entry[0]
        if hit.first == hit.last and first.word in _PERSONAL and _is_personal(tokens, hit.first):
            continue
        found.append(Mention("country", first.start, last.end, code, kind))
    return found


def _is_not_meant(tokens: list[Token], last: int) -> bool:
    """`US$ 5 million`, `near the Djibouti border`: money and a line on the map are nobody who takes part."""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return after is not None and (after.surface in "$\u20ac\u00a3" or after.word in ("border", "dollar", "dollars"))


def _is_personal(tokens: list[Token], index: int) -> bool:
    """`Michael Jordan`: a name before it that is neither a place nor the beginning of a sentence."""
    before = tokens[index - 1] if index else None
    return bool(
        before
        and before.is_word
        and before.is_capital
        and before.word not in _DIRECTIONS
        and len(before.surface) > 3
        and index > 1
        and tokens[index - 2].word in ("mr", "ms", "dr", "prof")
    )
