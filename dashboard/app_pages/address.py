"""The address bar and the session hold one state: selection, subject (which event, which document) and view.

Three rules keep screen and address the same:

1. The address is *read* when a session starts and when the visitor goes Back or Forward; then it wins over the session.
2. At every other run the session wins, because the address that a browser sends can be older than what was just chosen.
3. Every run *writes* the address, except the run of a link to another page that already carried the right parameters:
   written then, they would first be added to the page that is being left, and Back would lead there.

The selection is one `EventFilter`. The fields for words and days are fed from it, and what is typed there goes into it; so do
the ticks of the facets and the clicks on figures. The subject comes with the link that was followed, or from a callback
(`show`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.queries.filters import LISTED, PARAMS, Choices, EventFilter, from_params, shortened
from dashboard.settings import TOO_LONG

SUBJECTS = ("event", "document", "beside", "quote", "sentence", "actor_page", "place_page", "country_page")
"""Which one thing a page shows: an event, a document, the document beside an event, and in it the quote or the sentence (where it
starts) to point at; an actor, a place or a country."""

KEPT_SUBJECTS = ("document", "actor_page", "place_page", "country_page")
"""Subjects whose page shows the part of the selection that concerns them, and so stays when a filter changes."""

CROSSED = (
    "main", "sector", "type", "country", "place", "actor", "document", "year", "quarter", "state", "precision",
)  # fmt: skip
"""The fields of which any two can be crossed."""

VIEWS: Mapping[str, tuple[str, ...]] = {
    "period": ("auto", "day", "week", "month", "quarter", "year"),
    "stack": ("sector", "type", "country"),
    "form": ("stacked", "panels"),
    "measure": ("events", "document"),
    "closer": ("dates", "grid", "change", "series", "playback"),
    "cell": ("week", "day"),
    "against": ("previous", "mean12"),
    "queue": ("todo", "decided", "rejected"),
    "show": ("evidence", "why"),
    "layer": ("sites", "hexagons", "countries", "links"),
    "part": ("with", "held"),
    "who": ("both", "org", "person", "country"),
    "rows": CROSSED,
    "columns": ("type", *(field for field in CROSSED if field != "type")),
    "numbers": ("count", "row", "column", "all", "rate"),
    "course": ("main", "sector", "type", "country", "pair", "actor", "document"),
    "each": ("quarter", "year"),
    "older": ("12", "24", "36", "60"),
}
"""How a page shows it: each parameter with its values, the first being the default, which stays out of the address."""

BUILD = "build"
"""The build that the link was made on, or that it would be made on now: its id."""

BUILD_ID = re.compile(r"[0-9a-f]{8}")

MOST_PROBLEMS = 6

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""The days that the date fields offer."""

WIDGETS = ("text", "start", "end")
"""The fields of the filter that have a widget of Streamlit's."""

_SELECTION = "selection"
_READY, _PROBLEMS, _SHOWN, _PAGE = "address_is_read", "address_problems", "subject_to_show", "page_on_screen"
_CURRENT, _LINKED = "build_on_screen", "build_of_the_link"

_complete = st.components.v2.component(
    "corridor_address",
    js=(Path(__file__).resolve().parent.parent / "assets" / "address.js").read_text(encoding="utf-8"),
)


def filter_key(name: str) -> str:
    """The key of the widget for words or a day."""
    return f"filter_{name}"


def view_key(name: str) -> str:
    """The widget key of a view."""
    return f"view_{name}"


def settle(choices: Choices, build_id: str) -> None:
    """Before anything is drawn: take the address's values, if it has the word; else keep the session's."""
    st.session_state[_CURRENT] = build_id
    if _READY not in st.session_state or _is_history_navigation():
        _adopt(_params(), choices)
    else:
        _keep_known(choices)
    _fill(selection())
    st.session_state[_READY] = True


def forget() -> None:
    """Let the next run read the address again; for runs that could not draw the widgets."""
    st.session_state.pop(_READY, None)


def linked_build() -> str:
    """The older build that the link which opened this session was made on, or nothing."""
    linked = str(st.session_state.get(_LINKED, ""))
    return linked if linked != st.session_state.get(_CURRENT) else ""


def forget_linked_build() -> None:
    """In a callback: from now on the address names the build on the screen."""
    st.session_state.pop(_LINKED, None)


def problems() -> Sequence[str]:
    """A sentence for each part of the address that was left out, until a filter changes."""
    return tuple(st.session_state.get(_PROBLEMS, ()))


def selection() -> EventFilter:
    """What is selected."""
    chosen: EventFilter = st.session_state.get(_SELECTION, EventFilter())
    return chosen


def subject(name: str) -> str:
    """The event, document or quote that the address names, or nothing."""
    return str(st.query_params.get(name, ""))


def write(page: str) -> None:
    """Make the address say what the screen of this page shows.

    Rules: at a run of the same page it is written even if nothing seems to have changed, since a link to the page itself
    does not change the address, and a run that Back interrupted may have written its own on the way. The browser adds a
    history entry only if the address is another one; where only the build is missing the browser adds it in place.
    """
    expected = asked()
    is_same_page = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page
    if is_same_page or _is_history_navigation() or expected not in (_params(), _params() | {BUILD: expected[BUILD]}):
        st.query_params.from_dict(expected)
    _complete(key="address_bar", data={"name": BUILD, "build": expected[BUILD][0]})


def asked() -> dict[str, list[str]]:
    """All that the address says of the screen: selection, subject, views and build."""
    return link_params(selection(), **_subjects()) | _views()


def link_params(chosen: EventFilter, **subjects: str) -> dict[str, list[str]]:
    """The parameters of a link to a page with this selection and subject."""
    build_id = linked_build() or str(st.session_state.get(_CURRENT, ""))
    return chosen.to_params() | {name: [value] for name, value in (subjects | {BUILD: build_id}).items() if value}


def show(**subjects: str) -> None:
    """In a callback: from now on the address names this event or document, and no other."""
    st.session_state[_SHOWN] = subjects


def narrow(**fields: Any) -> None:
    """In a callback: change fields of the filter, keep the others.

    Rules: an empty sequence, None or an empty text takes a field away. A day range that ends before it starts keeps the
    end that was given here.
    """
    changed: dict[str, Any] = {name: tuple(value) if name in LISTED else value for name, value in fields.items()}
    _change(replace(selection(), **changed), kept_day="start" if "start" in fields else "end")


def typed(name: str) -> None:
    """In the callback of the widget for words or a day: what stands in it is what is selected."""
    value = st.session_state[filter_key(name)]
    narrow(**{name: (value or "").strip() if name == "text" else value})


def add(**chosen: str | date | tuple[str, ...] | None) -> None:
    """In a callback: narrow the selection to a value of each field named, as a click on a mark of a figure does."""
    _change(selection().narrowed(**chosen), kept_day="start" if "start" in chosen else "end")


def take_away(name: str, value: str) -> None:
    """In a callback: widen the selection by one of its parts."""
    _change(selection().taking_away(name, value))


def clear() -> None:
    """In a callback: take every filter away."""
    _change(EventFilter())


def _change(chosen: EventFilter, kept_day: str = "end") -> None:
    """Select something else: the list of events shows again, and a day range stays a range."""
    st.session_state[_PROBLEMS] = []
    show(**{name: subject(name) for name in KEPT_SUBJECTS})
    if chosen.start and chosen.end and chosen.end < chosen.start:
        chosen = chosen.without("start" if kept_day == "end" else "end")
        st.session_state[_PROBLEMS] = ["The last day was before the first, so the other day was taken away."]
    _fill(chosen)


def _adopt(params: Mapping[str, Sequence[str]], choices: Choices) -> None:
    chosen, said = from_params(params, choices)
    for name in ("start", "end"):
        day = getattr(chosen, name)
        if day and not EARLIEST <= day <= LATEST:
            said.append(
                f"The address has {PARAMS[name]}={day}; expected a day from {EARLIEST} to {LATEST}; it was left out."
            )
            chosen = chosen.without(name)
    _fill(chosen)
    said += _adopt_views(params) + _adopt_build(params)
    if TOO_LONG in params:
        said.append(f"The address was too long ({shortened(params[TOO_LONG][-1])} characters); all of it was left out.")
    known = {*PARAMS.values(), *SUBJECTS, *VIEWS, BUILD, TOO_LONG}
    said += [
        f"The address has “{shortened(name)}”, which is not a filter of this dashboard; it was left out."
        for name in params
        if name not in known
    ]
    st.session_state[_PROBLEMS] = _first(said)
    st.session_state.pop(_SHOWN, None)


def _fill(chosen: EventFilter) -> None:
    """Hold a selection, and put it into the widgets.

    Rules: a widget that shows it already is left alone, since to set it would undo what is being typed there.
    """
    st.session_state[_SELECTION] = chosen
    for name in WIDGETS:
        key, value = filter_key(name), getattr(chosen, name)
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def _adopt_build(params: Mapping[str, Sequence[str]]) -> list[str]:
    given = params.get(BUILD, ("",))[-1]
    st.session_state[_LINKED] = given if BUILD_ID.fullmatch(given) else ""
    if not given or BUILD_ID.fullmatch(given):
        return []
    return [
        f"The address has build={shortened(given)}; expected eight figures and letters from a to f; it was left out."
    ]


def _first(said: Sequence[str]) -> list[str]:
    """As many sentences as a reader reads, and how many more there are."""
    more = len(said) - MOST_PROBLEMS
    return list(said) if more <= 0 else [*said[:MOST_PROBLEMS], f"{more:,} more parts of the address were left out."]


def _adopt_views(params: Mapping[str, Sequence[str]]) -> list[str]:
    said = []
    for name, values in VIEWS.items():
        given = params.get(name, (values[0],))[-1]
        if given not in values:
            said.append(f"The address has {name}={shortened(given)}; expected {', '.join(values)}; it was left out.")
        st.session_state[view_key(name)] = given if given in values else values[0]
    return said


def _keep_known(choices: Choices) -> None:
    """A new build may lack what is chosen."""
    chosen = selection()
    kept: dict[str, Any] = {
        name: tuple(value for value in getattr(chosen, name) if value in choices.of(name)) for name in LISTED
    }
    known = replace(chosen, **kept)
    if known != chosen:
        _fill(known)
        st.session_state[_PROBLEMS] = ["A filter was taken away, because the newest build has nothing under it."]


def _params() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _subjects() -> dict[str, str]:
    shown: Mapping[str, str] | None = st.session_state.pop(_SHOWN, None)
    return dict(shown) if shown is not None else {name: subject(name) for name in SUBJECTS}


def _views() -> dict[str, list[str]]:
    held = {name: st.session_state.get(view_key(name)) for name in VIEWS}
    return {name: [value] for name, value in held.items() if value and value != VIEWS[name][0]}


def _is_history_navigation() -> bool:
    """Whether this run answers Back or Forward.

    Source: Streamlit's script run context; its public interface does not say it (1.67).
    """
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)
