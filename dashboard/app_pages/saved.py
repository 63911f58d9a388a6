"""Saved views: what is on the screen under a name, and the way back to it."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import settings
from dashboard.app_pages import address
from dashboard.app_pages.links import TITLES
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.review_sitting import sitting
from dashboard.errors import InputError
from dashboard.views import LONGEST_NAME, SavedView, remove_view, save_view, saved_views

_NAME, _SAID = "view_to_save", "view_said"


def draw_views(page: str) -> None:
    """A list of the saved views, each a link that opens it as it was saved, and a field to save this one."""
    views, problems = saved_views(settings.current().views_file)
    with st.popover("Views", key="views", type="tertiary"):
        st.caption("Selections saved under a name; everybody here sees them.")
        for rank, view in enumerate(views):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.html(link(view), width="stretch")
                st.button(
                    "Remove", key=f"remove_view_{rank}", type="tertiary", on_click=_remove, args=(view.name,),
                    help=f"Remove the view “{as_markdown(view.name)}”",
                )  # fmt: skip
        st.text_input("Name of this view", key=_NAME, max_chars=LONGEST_NAME, placeholder="Joint laboratories, 2025")
        st.button("Save this view", key="save_view", on_click=_save, args=(page,))
        for sentence in (*st.session_state.pop(_SAID, ()), *problems):
            st.warning(as_markdown(sentence))


def link(view: SavedView) -> str:
    """A view as a link, with who saved it and when. It names the build, so it says what has changed since."""
    href = f"{view.page}?{urlencode(view.params, doseq=True)}"
    saved = ", ".join(part for part in (TITLES.get(view.page, ""), view.by, view.at[:10]) if part)
    return (
        f'<a class="view" href="{escape(href)}" target="_self">{escape(view.name)}</a> <small>{escape(saved)}</small>'
    )


def _save(page: str) -> None:
    try:
        save_view(
            settings.current().views_file, name=str(st.session_state.get(_NAME, "")), page=page,
            params=address.asked(), by=sitting().reviewer,
        )  # fmt: skip
    except InputError as error:
        st.session_state[_SAID] = [f"{str(error)[:1].upper()}{str(error)[1:]}."]
    else:
        st.session_state[_NAME] = ""


def _remove(name: str) -> None:
    remove_view(settings.current().views_file, name, by=sitting().reviewer)
