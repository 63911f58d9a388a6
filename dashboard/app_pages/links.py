"""Links within the dashboard: real ones, which carry the selection."""

from collections.abc import Sequence

import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.markup import as_markdown
from dashboard.queries.filters import EventFilter

TITLES = {
    "overview": "Overview",
    "timeline": "Timeline",
    "map": "Map",
    "breakdowns": "Breakdowns",
    "actors": "Actors",
    "chains": "Chains",
    "events": "Events",
    "documents": "Documents",
    "review": "Review",
    "codebook": "Codebook",
}
"""Each page's path in the address with its title, in the order of the navigation. Links hold the paths: they stay."""


def page_link(name: str, label: str, *, markdown: str = "", chosen: EventFilter | None = None, **subjects: str) -> None:
    """A link to a page with the current selection, or the one given, and one event, document or other subject if given.

    Rules: `markdown` is the label where it is more than plain text.
    """
    target = st.Page(_elsewhere, title=TITLES[name], url_path=name)
    params = address.link_params(chosen or address.selection(), **subjects)
    st.page_link(target, label=markdown or as_markdown(label), query_params=params)


def _elsewhere() -> None:
    """Stands for a page that `app.py` declares: Streamlit tells pages apart by their path alone."""


def pick(label: str, names: Sequence[str], ids: Sequence[str], *, subject: str) -> None:
    """A field to find one of many by typing its name, for those who do not use a mouse; opens it."""
    key = f"pick_{subject}"
    st.selectbox(
        label, range(len(ids)), index=None, format_func=list(names).__getitem__, key=key,
        placeholder="Open by name: type a few letters", label_visibility="collapsed", on_change=_open_picked, args=(key, tuple(ids), subject),
    )  # fmt: skip


def _open_picked(key: str, ids: Sequence[str], subject: str) -> None:
    rank = st.session_state[key]
    if rank is not None:
        address.show(**{subject: ids[rank]})


def open_selected(table_key: str, ids: Sequence[str], subject: str) -> None:
    """In a callback of a table: open the row that was selected."""
    rows = st.session_state[table_key]["selection"]["rows"]
    if rows:
        address.show(**{subject: ids[rows[0]]})
