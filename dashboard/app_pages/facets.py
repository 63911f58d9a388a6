"""The facets: each field of the filter as a list of boxes to tick, each with how many events it would leave.

A component of our own draws them (`assets/facets.js`), since the words to tick, their numbers, the search in a list and the
keyboard belong together. Python sends lists and hears which values of which fields are ticked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import narrow
from dashboard.app_pages.frame import Page
from dashboard.app_pages.serving import current_names
from dashboard.app_pages.triggers import told
from dashboard.queries import facets
from dashboard.queries.facets import MOST_VALUES, ONE_EACH, Value
from dashboard.queries.filters import ALSO, LEADS, LISTED
from dashboard.queries.overview import event_count

ASSETS = Path(__file__).resolve().parent.parent / "assets"

LABELS = {
    "sectors": "Sectors",
    "mains": "Main sector",
    "types": "Event types",
    "countries": "Countries taking part",
    "site_countries": "Country of the place",
    "places": "Places",
    "actors": "Organisations and people",
    "documents": "Documents",
    "precisions": "What is known of the date",
    "states": "Review",
}
"""The facets in their order, each with its heading."""

OPEN = frozenset({"sectors", "types", "countries"})
"""The facets that are open before anyone opens or closes one."""

MOST_SEARCHED = 2_000
"""Values of a long list that a search ranks by their number; those behind them are ranked by their events in the whole build."""

KEY = "facets"
_HEARD, _SEARCHED = "facets_heard", "facets_searched"

_draw = st.components.v2.component(
    "corridor_facets",
    css=(ASSETS / "facets.css").read_text(encoding="utf-8"),
    js=(ASSETS / "facets.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # so that it has the page's colours and letters
)


def draw_facets(here: Page) -> None:
    """All facets, with their numbers under the selection of this run."""
    held, total = here.ask(event_count), here.store.manifest.tables["events"]
    data = {
        "status": f"{held:,} of {total:,} events",
        "shown": f"Show {held:,} event{'' if held == 1 else 's'}",
        "heard": st.session_state.get(_HEARD, 0),
        "facets": [_facet(here, name) for name in LABELS],
    }
    _draw(key=KEY, data=data, on_change_change=_obey, on_search_change=_search)


def _obey() -> None:
    """Select what was ticked.

    Shape of what comes: `count`, a growing number that goes back with the next lists, and `fields`: for each field that
    changed all values that are ticked.
    Rules: ticks are the component's state and not an event of it, since an event of the moment in which the page changes
    is lost, and a tick would stand that selects nothing; a state can come twice, which its number tells.
    """
    change = told(KEY, "change")
    if not change or int(change["count"]) <= st.session_state.get(_HEARD, 0):
        return
    st.session_state[_HEARD] = int(change["count"])
    narrow(**{name: [str(code) for code in codes] for name, codes in change["fields"].items() if name in LISTED})


def _search() -> None:
    """Look for values of a long list by their names: `name` of the field, `words`."""
    search = told(KEY, "search")
    if not search:
        return
    searched = dict(st.session_state.get(_SEARCHED, {}))
    searched[str(search["name"])] = str(search["words"])
    st.session_state[_SEARCHED] = {name: words for name, words in searched.items() if words.strip() and name in LABELS}


def _facet(here: Page, name: str) -> dict[str, Any]:
    chosen = getattr(here.selection, name)
    values = facets.ordered(name, _numbers(here, name, chosen, MOST_VALUES), here.choices, chosen)
    known = len(here.choices.of(name))
    also = ALSO.get(name, "")
    return {
        "name": name, "label": LABELS[name], "open": name in OPEN, "chosen": list(chosen), "rows": _rows(values),
        "also": also, "lead": LEADS.get(also, ""), "also_rows": _also(here, also),
        "known": known, "isPart": known > len(values), "found": _matches(here, name),
    }  # fmt: skip


def _rows(values: Iterable[Value]) -> list[list[Any]]:
    return [[value.code, value.label, value.event_count, value.note] for value in values]


def _also(here: Page, also: str) -> list[list[str]]:
    return [[code, here.choices.of(also).get(code, code)] for code in getattr(here.selection, also)] if also else []


def _under_others(here: Page, name: str) -> Page:
    return replace(here, selection=here.selection.without(name))


def _numbers(here: Page, name: str, wanted: Collection[str], most: int) -> dict[str, int]:
    """The numbers of a field's busiest values, and of those wanted; a value that is missing occurs in no event.

    Rules: fields without a choice of their own share one question, since their selection is the page's.
    """
    others = _under_others(here, name)
    if name in ONE_EACH and not getattr(here.selection, name):
        rows = here.ask(facets.counts)
        return _by_code(rows[rows["name"] == name])
    if name in ONE_EACH:
        return _by_code(others.ask(facets.counts_of, name))
    rows = others.ask(facets.linked_counts, name, most)
    found = _by_code(rows)
    missing = tuple(code for code in wanted if code not in found)
    if missing and rows["value_count"].max() > len(rows):
        found |= _by_code(others.ask(facets.linked_counts_among, name, missing))
    return found


def _by_code(rows: pd.DataFrame) -> dict[str, int]:
    return dict(zip(rows["code"], rows["event_count"].tolist(), strict=True))


def _matches(here: Page, name: str) -> Mapping[str, Any] | None:
    """What a search in a list finds, the busiest under the other filters first: the words, the values, how many more."""
    words = st.session_state.get(_SEARCHED, {}).get(name, "")
    if not words:
        return None
    found = dict(facets.matching(current_names(here.store, name), words))
    busiest = sorted(
        ((-count, code) for code, count in _numbers(here, name, (), MOST_SEARCHED).items() if code in found)
    )
    shown = list(dict.fromkeys([*(code for _, code in busiest), *found]))[:MOST_VALUES]
    numbers = _numbers(here, name, shown, MOST_SEARCHED)
    values = [Value(code, here.choices.of(name)[code], numbers.get(code, 0), found[code]) for code in shown]
    ranked = sorted(values, key=lambda value: (-value.event_count, value.label))
    return {"words": words, "rows": _rows(ranked), "more": len(found) - len(shown)}
