"""Puts a figure on a page: its style, its legend, its text for those who do not see it, and what a click on it does.

After a click has narrowed the selection the figure is a new one, without a mark on what was clicked: each figure counts
its clicks, and the count is part of its widget key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

import plotly.graph_objects as go
import pydeck as pdk
import streamlit as st

from dashboard.app_pages.address import add
from dashboard.app_pages.frame import Page
from dashboard.charts.legend import Entry, legend
from dashboard.charts.theme import CONFIG, Theme, theme
from dashboard.queries.codebook import sectors

STYLE = Path(__file__).resolve().parent.parent / "assets" / "charts.css"

Narrowing = Callable[["Clicked"], Mapping[str, Any] | None]
"""From what was clicked to the value that each field of the filter is narrowed to, or None if it means nothing."""


@dataclass(frozen=True)
class Clicked:
    """What was clicked: the `customdata` of each mark, and the stretch of the x axis if it was dragged over."""

    marks: Sequence[Any]
    stretch: tuple[Any, Any] | None = None


def look_of(page: Page) -> Theme:
    """The theme of this visitor with this build's sectors; draws the style of figures."""
    st.html(STYLE)
    return theme(sectors(page.store), is_dark=page.is_dark)


def draw_legend(entries: Iterable[Entry]) -> None:
    """What the marks of the next figure mean."""
    st.html(legend(entries))


def draw_figure(
    figure: go.Figure, name: str, *, alt: str, narrowing: Narrowing | None = None, mode: Literal["points", "box"] = "points"
) -> None:  # fmt: skip
    """A Plotly figure; a click on a mark, or a drag along the axis (`mode` box), narrows the selection."""
    key = _key(name)
    if narrowing is None:
        st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)
        return
    answer = partial(_narrow, name, key, _clicked_in_plotly, narrowing)
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt, on_select=answer, selection_mode=mode)


def draw_deck(deck: pdk.Deck, name: str, *, alt: str, height: int, narrowing: Narrowing) -> None:
    """A map; a click on a mark narrows the selection. Until a click or `redraw` it keeps what the visitor moved it to."""
    key = _key(name)
    answer = partial(_narrow, name, key, _clicked_in_deck, narrowing)
    st.pydeck_chart(deck, key=key, height=height, alt=alt, on_select=answer, selection_mode="single-object")


def day_of(text: str) -> date:
    """A day as figures carry it."""
    return date.fromisoformat(text)


def _key(name: str) -> str:
    return f"{name}_{st.session_state.get(_counter(name), 0)}"


def _counter(name: str) -> str:
    return f"clicks_{name}"


def _narrow(name: str, key: str, read: Callable[[Any], Clicked], narrowing: Narrowing) -> None:
    """In a callback: read the click, narrow, and let the next run draw the figure anew."""
    clicked = read(st.session_state[key]["selection"])
    if not clicked.marks and not clicked.stretch:
        return
    add(**(narrowing(clicked) or {}))
    redraw(name)


def redraw(name: str) -> None:
    """In a callback: the next run draws the figure anew, as it is at the start."""
    st.session_state[_counter(name)] = st.session_state.get(_counter(name), 0) + 1


def _clicked_in_plotly(selection: Mapping[str, Any]) -> Clicked:
    marks = [point["customdata"] for point in selection["points"] if point.get("customdata")]
    boxes = [box["x"] for box in selection["box"]]
    return Clicked(marks, (min(boxes[-1]), max(boxes[-1])) if boxes else None)


def _clicked_in_deck(selection: Mapping[str, Any]) -> Clicked:
    """Rules: an outline carries its values in its `properties`, as GeoJSON has it."""
    return Clicked([mark.get("properties", mark) for marks in selection["objects"].values() for mark in marks])
