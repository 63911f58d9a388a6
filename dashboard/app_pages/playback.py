"""Plays a selection through time: each step adds the events of the next period that has any; those of before stay.

It is a slider, for the mouse and for the arrow keys, and a button that moves it on. The steps are reruns of a fragment: what
stands outside of it is not drawn anew.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.frame import Page
from dashboard.charts.periods import covering, fitting, name
from dashboard.queries.overview import Summary
from dashboard.queries.playback import UNITS, beginnings

STEP_SECONDS = 1.2
"""Long enough to see what is new, and for a map of a million events to be drawn."""

FEWEST_MOMENTS = 2
_REACHED, _PASSED = "playback_reached", "playback_passed"
_MOMENT, _PLAYING, _STEPPED = "playback_moment", "playback_is_playing", "playback_stepped"


@dataclass(frozen=True)
class Moment:
    """The end of a period (None: all dates, and the events without one), its name, how many events begin in it, and until then."""

    end: date | None
    label: str
    event_count: int = 0
    count_so_far: int = 0


ALL = Moment(None, "All dates")


def moments(here: Page, found: Summary) -> tuple[Moment, ...]:
    """The periods with events, and last `ALL`; nothing but `ALL` where there is nothing to play."""
    if found.first is None or found.last is None:
        return (ALL,)
    fine = fitting(found.first, found.last)
    unit = fine if fine in UNITS else "month"  # an event of which only the month is known begins on no day
    rows = here.ask(beginnings, unit)
    if len(rows) < FEWEST_MOMENTS:
        return (ALL,)
    starts = [start.date() for start in rows["period_start"]]
    counts = zip(starts, rows["event_count"], rows["event_count"].cumsum(), strict=True)
    steps = [
        Moment(covering(unit, [start]).end(0), name(unit, start), int(count), int(so_far))
        for start, count, so_far in counts
    ]
    return (*steps, ALL)


def play(here: Page, steps: Sequence[Moment], draw: Callable[[Moment], None]) -> None:
    """The slider and its buttons, and below them what `draw` draws at the moment that they show."""
    is_paced = bool(st.session_state.get(_PLAYING)) and len(steps) > 1
    st.fragment(_play, run_every=STEP_SECONDS if is_paced else None)(here, steps, draw, is_paced=is_paced)


def _play(here: Page, steps: Sequence[Moment], draw: Callable[[Moment], None], *, is_paced: bool) -> None:
    if address.selection() != here.selection:
        st.rerun()  # a click in the fragment changed the selection, which everything on the page shows
    if len(steps) == 1:
        draw(ALL)
        return
    labels = [step.label for step in steps]
    if st.session_state.get(_MOMENT) not in labels:
        _go_to(ALL.label)
        st.session_state[_PLAYING] = False
    _step_on(labels)
    if bool(st.session_state.get(_PLAYING)) != is_paced:
        st.rerun()  # only a run of the whole page starts or ends the steps of a fragment
    moment = steps[labels.index(st.session_state[_MOMENT])]
    _draw_controls(labels, moment)
    draw(moment)


def _step_on(labels: Sequence[str]) -> None:
    """While it plays, move to the next moment once the last has been seen; stop at the end."""
    if not st.session_state.get(_PLAYING):
        return
    if time.monotonic() - st.session_state[_STEPPED] >= STEP_SECONDS * 0.8:
        rank = labels.index(st.session_state[_MOMENT])
        _go_to(labels[min(rank + 1, len(labels) - 1)])
        st.session_state[_STEPPED] = time.monotonic()
    st.session_state[_PLAYING] = st.session_state[_MOMENT] != labels[-1]


def _draw_controls(labels: Sequence[str], moment: Moment) -> None:
    is_playing = bool(st.session_state.get(_PLAYING))
    with st.container(horizontal=True, vertical_alignment="center", key="playback"):
        st.button(
            "Pause" if is_playing else "Play through time", key="playback_button", on_click=_pause if is_playing else _start, args=(labels,),
        )  # fmt: skip
        st.select_slider("Until the end of", labels, key=_MOMENT, on_change=_moved)
        st.button(
            "Narrow to this", key="playback_narrow", on_click=_narrow, args=(moment.end,), disabled=moment.end is None
        )


def _start(labels: Sequence[str]) -> None:
    if st.session_state[_MOMENT] in labels[-2:]:
        _go_to(labels[0])
    st.session_state[_STEPPED] = time.monotonic()
    st.session_state[_PLAYING] = True


def _pause(labels: Sequence[str]) -> None:  # noqa: ARG001 - the button gives both of its callbacks the same
    st.session_state[_PLAYING] = False


def _moved() -> None:
    """In the callback of the slider: a visitor who moves it pauses.

    Rules: on a slow machine the browser also reports, as if it were a move, the step that it has just been given, or the one
    before, when the next was on its way; while it plays, neither is a visitor's.
    """
    moved_to = st.session_state[_MOMENT]
    is_echo = moved_to in (st.session_state.get(_REACHED), st.session_state.get(_PASSED))
    if st.session_state.get(_PLAYING) and is_echo:
        st.session_state[_MOMENT] = st.session_state[_REACHED]
        return
    st.session_state[_PLAYING] = False


def _go_to(label: str) -> None:
    st.session_state[_PASSED] = st.session_state.get(_MOMENT)
    st.session_state[_MOMENT] = st.session_state[_REACHED] = label


def _narrow(end: date | None) -> None:
    st.session_state[_PLAYING] = False
    _go_to(ALL.label)
    address.add(end=end)
