"""What is selected, part by part, each to be taken away with a press; and what each condition keeps out."""

from collections.abc import Sequence

import streamlit as st

from dashboard.app_pages.address import clear, take_away
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.wording import counted
from dashboard.queries.filters import Choices, EventFilter, Part
from dashboard.queries.overview import kept_out
from dashboard.queries.store import Store

MOST_CHIPS = 24
"""Chips in the row; what more is selected is in the sidebar."""

MOST_CHARACTERS = 60
"""Characters of a part that a chip shows; the sentence above it has them all."""

COUNTED_SO = (
    "Each is counted with all the other filters on, so the order in which they were set does not matter. An event that two "
    "filters keep out comes back with neither alone: the numbers need not add up."
)


def draw_chips(store: Store, selection: EventFilter, choices: Choices) -> None:
    """A button for each part of the selection, one for all, and on demand what each condition keeps out.

    Rules: draws nothing if nothing is selected by.
    """
    if selection.is_empty:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="chips"):
        _draw_parts(selection.parts(choices))
        st.button("Clear filters", on_click=clear, type="tertiary", key="clear_headline")
        more = st.popover("What each filter removes", type="tertiary", key="kept_out", on_change="rerun")
        if more.open:
            with more:
                _draw_conditions(kept_out(store, selection, choices), key="removal")
                st.caption(COUNTED_SO)


def draw_ways_out(store: Store, selection: EventFilter, choices: Choices) -> None:
    """Where nothing is selected: the chips, and the conditions without which there would be events, the most first."""
    helpful = [(part, gain) for part, gain in kept_out(store, selection, choices) if gain]
    with st.container(horizontal=True, vertical_alignment="center", key="chips"):
        _draw_parts(selection.parts(choices))
    with st.container(gap="small"):
        st.markdown("Take one filter away:" if helpful else "No single filter keeps all events out; take several away.")
        _draw_conditions(helpful, key="without")
        st.button("Clear all filters", key="clear_empty", on_click=clear, type="primary")


def _draw_conditions(gains: Sequence[tuple[Part, int]], *, key: str) -> None:
    for part, gain in gains:
        more = counted(gain, "more event") if gain else "no more events"
        label = as_markdown(f"Without “{_shortened(part.sentence)}”: {more}")
        st.button(label, key=f"{key}_{_key(part)}", on_click=take_away, args=(part.name, part.value))


def _draw_parts(parts: Sequence[Part]) -> None:
    for part in parts[:MOST_CHIPS]:
        _draw_chip(part)
    if len(parts) > MOST_CHIPS:
        st.markdown(f"and {len(parts) - MOST_CHIPS:,} more, in the filters", width="content")


def _draw_chip(part: Part) -> None:
    label = (
        f"**Remove:** {as_markdown(_shortened(part.sentence))}"  # the style sheet shows a cross in place of the word
    )
    st.button(label, key=f"chip_{_key(part)}", on_click=take_away, args=(part.name, part.value))


def _key(part: Part) -> str:
    return part.name if part.name == "text" or not part.value else f"{part.name}_{part.value}"


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= MOST_CHARACTERS else f"{sentence[:MOST_CHARACTERS]}…"
