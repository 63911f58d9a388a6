"""The facets: each field of the filter as a list of boxes to tick, each with how many events it would leave.

A component of our own draws them (`assets/facets.js`), since the words to tick, their numbers, the search in a list and the
keyboard belong together. Python sends lists and hears which values of which fields are ticked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.app_pages.address import narrow
from dashboard.app_pages.frame import Page
from dashboard.app_pages.serving import current_names
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

    Shape of what comes: `count`, a running number that goes back with the next lists, and `fields`: for each field that
    changed all values that are ticked.
    """
    change = st.session_state[KEY]["change"]
    st.session_state[_HEARD] = int(change["count"])
    narrow(**{name: [str(code) for code in codes] for name, codes in change["fields"].items() if name in LISTED})


def _search() -> None:
    """Look for values of a long list by their names: `name` of the field, `words`."""
    search = st.session_state[KEY]["search"]
    searched = dict(st.session_state.get(_SEARCHED, {}))
    searched[str(search["name"])] = str(search["words"])
    st.session_state[_SEARCHED] = {name: words for name, words in searched.items() if words.strip() and name in LABELS}


def _facet(here: Page, name: str) -> dict[str, Any]:
    chosen = getattr(here.selection, name)
    found, value_count = _found(here, name)
    missing = tuple(code for code in chosen if code not in found)
    found |= _numbers_of(here, name, missing) if value_count > len(found) else {}
    values = facets.ordered(name, found, here.choices, chosen)
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


def _found(here: Page, name: str) -> tuple[dict[str, int], int]:
    """The numbers of the busiest values of a field, and how many values occur.

    Rules: fields without a choice of their own share one question, since their selection is the page's.
    """
    if name not in ONE_EACH:
        rows = _under_others(here, name).ask(facets.linked_counts, name, MOST_VALUES)
        value_count = int(rows["value_count"].iloc[0]) if len(rows) else 0
    elif getattr(here.selection, name):
        rows = _under_others(here, name).ask(facets.counts_of, name)
        value_count = len(rows)
    else:
        rows = here.ask(facets.counts)
        rows = rows[rows["name"] == name]
        value_count = len(rows)
    return dict(zip(rows["code"], rows["event_count"].tolist(), strict=True)), value_count


def _numbers_of(here: Page, name: str, codes: tuple[str, ...]) -> dict[str, int]:
    if not codes:
        return {}
    rows = _under_others(here, name).ask(facets.linked_counts_among, name, codes)
    return dict(zip(rows["code"], rows["event_count"].tolist(), strict=True))


def _matches(here: Page, name: str) -> Mapping[str, Any] | None:
    """What a search in a list finds: the words, the values, how many more there are."""
    words = st.session_state.get(_SEARCHED, {}).get(name, "")
    if not words:
        return None
    found = facets.matching(current_names(here.store, name), words)
    notes = dict(found[:MOST_VALUES])
    numbers = _found(here, name)[0] if name in ONE_EACH else _numbers_of(here, name, tuple(notes))
    label: Callable[[str], str] = here.choices.of(name).__getitem__
    values = [Value(code, label(code), numbers.get(code, 0), note) for code, note in notes.items()]
    ranked = sorted(values, key=lambda value: (-value.event_count, value.label))
    return {"words": words, "rows": _rows(ranked), "more": len(found) - len(notes)}
