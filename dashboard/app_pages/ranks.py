"""Lists of what a selection has most often: each entry is a button that narrows to it, and may lead to a page of its own."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import add
from dashboard.app_pages.figures import Clicked
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.twins import draw_twin
from dashboard.queries.ranks import ranks

MOST_BUTTONS = 6
"""Entries that have a button; all are in the table below."""


def draw_ranks(at: Page, title: str, field: str, *, without: str = "", subject: str = "") -> None:
    """The values of a field of the filter, the most frequent first.

    Rules: `without` is the value that the page is about; `subject` names the page that each value has, if it has one.
    """
    rows = at.ask(ranks, field)
    rows = rows[rows["code"] != without]
    st.markdown(f"**{title}** · {len(rows):,}")
    with st.container(gap=None, key=f"ranks_{field}"):
        for row in rows.head(MOST_BUTTONS).itertuples(index=False, name="Rank"):
            with st.container(horizontal=True, vertical_alignment="center"):
                label = as_markdown(f"{row.label} · {row.event_count:,}")
                st.button(
                    label, key=f"rank_{field}_{row.code}", on_click=partial(add, **{field: row.code}), type="tertiary"
                )
                if subject:
                    page_link("map", "About →", **{subject: row.code})
    if len(rows) > MOST_BUTTONS:
        st.caption(f"and {len(rows) - MOST_BUTTONS:,} more, in the table")
    if len(rows):
        _draw_twin(rows, field)


def _draw_twin(rows: pd.DataFrame, field: str) -> None:
    marks = [{"code": code} for code in rows["code"]]
    draw_twin(
        rows,
        {"label": "name", "event_count": "events"},
        f"ranks_{field}",
        marks=marks,
        narrowing=partial(rank_clicked, field),
    )


def rank_clicked(field: str, clicked: Clicked) -> dict[str, str]:
    """The value of the row."""
    return {field: clicked.marks[0]["code"]}
