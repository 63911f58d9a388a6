"""The filters: the same on every page, in the sidebar."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.app_pages.address import EARLIEST, LATEST, clear, filter_key, selection, typed
from dashboard.queries.filters import LISTED, PARAMS
from dashboard.searching import LONGEST_SEARCH

DAY_FORMAT = "YYYY-MM-DD"

_draw_opener = st.components.v2.component(
    "corridor_opener",
    js=(Path(__file__).resolve().parent.parent / "assets" / "opener.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # so that the style sheet of the page holds for it
)


def draw_filters() -> DeltaGenerator:
    """The fields for words and days, and the room for the facets, which are drawn once the page stands."""
    with st.sidebar:
        _heading()
        st.text_input(
            "Search", key=filter_key("text"), on_change=typed, args=("text",), type="search",
            placeholder="Words in titles, names, quotes", max_chars=LONGEST_SEARCH,
            help="Every word must begin a word of the event: in its title, type, sectors, place, names (other spellings and scripts too) "
            'or quotes; accents do not matter. "joint laboratory" in quotation marks is looked for as it stands.',
        )  # fmt: skip
        _day("start", "From (first day)")
        _day("end", "To (last day)")
        return st.container(key="facets_room")


def draw_opener() -> None:
    """The button that opens the sidebar where it is shut, as on a phone. It says how many filters are set."""
    with st.container(key="opener"):
        _draw_opener(key="opener_button", data={"label": _title()})


def _title() -> str:
    count = _set_count()
    return f"Filters · {count} set" if count else "Filters"


def _set_count() -> int:
    """How many values, days and words are selected by."""
    chosen = selection()
    return sum(len(getattr(chosen, name)) if name in LISTED else bool(getattr(chosen, name)) for name in PARAMS)


def _heading() -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="filters_heading"
    ):
        st.markdown(_title().replace("Filters", "**Filters**"), width="content")
        st.button("Clear", key="clear_sidebar", on_click=clear, type="tertiary", disabled=selection().is_empty)


def _day(name: str, label: str) -> None:
    st.date_input(
        label, value=None, min_value=EARLIEST, max_value=LATEST, key=filter_key(name), format=DAY_FORMAT,
        on_change=typed, args=(name,),
    )  # fmt: skip
