"""Below an event: the chain it is part of, and the earlier and later events of its actors."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import narrow
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.wording import counted, date_in_words
from dashboard.queries.chains import chain_of
from dashboard.queries.events import EventDetail
from dashboard.queries.related import same_actors

MOST_RELATED = 5
"""Events of the same actors shown before and after; the others are counted."""


def draw_chain(here: Page, event_id: str) -> None:
    """The steps of the event's chain; nothing if it is part of none."""
    chain = chain_of(here.store, event_id)
    if chain.empty:
        return
    with st.container(key="event_chain"):
        st.header(f"Part of a chain of {len(chain)}", anchor=False)
        for row in chain.itertuples(index=False):
            step = f"{row.type}, {date_in_words(row.date_edtf)}: {row.title}"
            if row.event_id == event_id:
                st.caption(f"{row.position + 1}. {row.type}, {date_in_words(row.date_edtf)}: this event")
            else:
                page_link("events", f"{row.position + 1}. {step}", event=row.event_id)
        chain_id = str(chain["chain_id"].iloc[0])
        st.button("Select the chain", on_click=narrow, kwargs={"chains": (chain_id,)}, key="select_chain")
        page_link("chains", "Why they are linked")


def draw_same_actors(here: Page, detail: EventDetail) -> None:
    """Earlier and later events side by side, each with the actors that it shares."""
    if detail.actors.empty:
        return
    found = same_actors(here.store, str(detail.row["event_id"]), MOST_RELATED)
    with st.container(key="event_same_actors"):
        st.header("The same actors before and after", anchor=False)
        if found.earlier.empty and found.later.empty:
            st.caption("No other event in the documents read names one of its organisations or people.")
            return
        before, after = st.columns(2, gap="large")
        with before:
            _draw_list("Earlier", found.earlier)
        with after:
            _draw_list("Later", found.later)


def _draw_list(label: str, rows: pd.DataFrame) -> None:
    count = int(rows["all_count"].iloc[0]) if len(rows) else 0
    more = f", the first {len(rows)} by what they share" if count > len(rows) else ""
    st.markdown(f"**{label}**: {counted(count, 'event')}{more}")
    for row in rows.itertuples(index=False):
        page_link("events", f"{date_in_words(row.date_edtf)}: {row.title}", event=row.event_id)
        st.caption(f"{row.type}; with {_names(row)}")


def _names(row: Any) -> str:
    """The shared actors, as Markdown that shows them letter by letter."""
    return as_markdown(str(row.shared).replace("; ", ", "))
