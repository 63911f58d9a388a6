"""The filters: the same on every page, in the sidebar."""

from collections.abc import Callable

import streamlit as st

from dashboard.app_pages.address import EARLIEST, LATEST, clear, filter_changed, filter_key, selection
from dashboard.queries.filters import PARAMS, Choices
from dashboard.searching import LONGEST_SEARCH

DAY_FORMAT = "YYYY-MM-DD"


def draw_filters(choices: Choices) -> None:
    """All filter widgets. Their values are in the session, put there by `address.settle`, never by the widgets' defaults."""
    with st.sidebar:
        _heading()
        st.text_input(
            "Search", key=filter_key("text"), on_change=filter_changed, type="search",
            placeholder="Words in titles, names, quotes", max_chars=LONGEST_SEARCH,
            help="Every word must begin a word of the event: in its title, type, sectors, place, names (other spellings and scripts too) "
            'or quotes; accents do not matter. "joint laboratory" in quotation marks is looked for as it stands.',
        )  # fmt: skip
        _day("start", "From (first day)")
        _day("end", "To (last day)")
        _many("sectors", "Sectors", choices, "Any sector")
        _many("types", "Event types", choices, "Any type")
        _many("countries", "Countries taking part", choices, "Any country")
        _many("places", "Places", choices, "Any place")
        _many("actors", "Organisations and people", choices, "Anyone")
        _many("states", "Review", choices, "Any state")


def _heading() -> None:
    count = sum(bool(getattr(selection(), name)) for name in PARAMS)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="filters_heading"
    ):
        st.markdown(f"**Filters**{f' · {count} set' if count else ''}", width="content")
        st.button("Clear", key="clear_sidebar", on_click=clear, type="tertiary", disabled=not count)


def _day(name: str, label: str) -> None:
    st.date_input(
        label, value=None, min_value=EARLIEST, max_value=LATEST, key=filter_key(name), format=DAY_FORMAT,
        on_change=filter_changed, args=(name,),
    )  # fmt: skip


def _many(name: str, label: str, choices: Choices, placeholder: str) -> None:
    labels = choices.of(name)
    named: Callable[[str], str] = labels.__getitem__
    st.multiselect(
        label,
        list(labels),
        key=filter_key(name),
        format_func=named,
        placeholder=placeholder,
        on_change=filter_changed,
        args=(name,),
    )
