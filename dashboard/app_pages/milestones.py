"""The analysts' own milestones: what is on the axis, and a small form to add and remove one."""

from collections.abc import Sequence

import streamlit as st

from dashboard import settings
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.review_sitting import sitting
from dashboard.charts.milestones import on_axis, said
from dashboard.charts.periods import Periods
from dashboard.errors import InputError
from dashboard.milestones import LONGEST, Milestone, add_milestone, milestones, remove_milestone

_PROBLEMS, _SAID = "milestone_problems", "milestone_said"
_FIELDS = {"when": "milestone_when", "label": "milestone_label", "why": "milestone_why", "who": "milestone_who"}


def current() -> tuple[Milestone, ...]:
    """The milestones of the file; what is wrong with it is said by `draw`."""
    found, problems = milestones(settings.current().milestones_file)
    st.session_state[_PROBLEMS] = problems
    return found


def draw(lines: Sequence[Milestone], periods: Periods) -> None:
    """How many there are, in a fold the list and the form; broken rows of the file are said outside it."""
    shown = on_axis(lines, periods)
    label = (
        f"Milestones ({len(shown)})"
        if len(shown) == len(lines)
        else f"Milestones ({len(shown)} of {len(lines)} on this axis)"
    )
    with st.popover(label, key="milestones", type="tertiary"):
        st.caption(
            "Lines of your own on the time axis; everybody here sees them. They are no events, and count nowhere."
        )
        for rank, one in enumerate(lines):
            _draw_one(rank, one)
        _draw_form()
        for sentence in st.session_state.pop(_SAID, ()):
            st.warning(as_markdown(sentence))
    for problem in st.session_state.get(_PROBLEMS, ()):
        st.warning(as_markdown(problem))


def _draw_one(rank: int, one: Milestone) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(as_markdown(said(one)))
        st.button(
            "Remove", key=f"remove_milestone_{rank}", type="tertiary", on_click=_remove, args=(one,),
            help=f"Remove the milestone “{as_markdown(one.label)}”",
        )  # fmt: skip


def _draw_form() -> None:
    st.session_state.setdefault(_FIELDS["who"], sitting().reviewer)
    st.text_input("Date", key=_FIELDS["when"], max_chars=40, placeholder="2025-07-23, 2025-07 or 2025-07-20/2025-07-22")
    st.text_input("Label", key=_FIELDS["label"], max_chars=LONGEST["label"], placeholder="SCO summit")
    st.text_input("Why it matters", key=_FIELDS["why"], max_chars=LONGEST["why"])
    st.text_input("Your name", key=_FIELDS["who"], max_chars=LONGEST["who"])
    st.button("Add milestone", key="add_milestone", on_click=_add)


def _add() -> None:
    given = {name: str(st.session_state.get(key) or "") for name, key in _FIELDS.items()}
    try:
        add_milestone(settings.current().milestones_file, **given)
    except InputError as error:
        st.session_state[_SAID] = [f"{str(error)[:1].upper()}{str(error)[1:]}."]
    else:
        for name in ("when", "label", "why"):
            st.session_state[_FIELDS[name]] = ""


def _remove(one: Milestone) -> None:
    who = str(st.session_state.get(_FIELDS["who"]) or sitting().reviewer)
    remove_milestone(settings.current().milestones_file, one, who=who)
