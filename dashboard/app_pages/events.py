"""The selected events as a table, and one event with its proof."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.app_pages import address, event
from dashboard.app_pages.frame import Page, current_page, downloads, headline
from dashboard.app_pages.links import open_selected, pick
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.search import draw_hits
from dashboard.app_pages.wording import date_in_words, place_in_words, state_in_words
from dashboard.queries.events import event_rows

ROW_HEIGHT = 68
"""Pixels; cells wrap only in rows higher than 64."""

MOST_VISIBLE_ROWS = 9

COLUMNS = {
    "date": st.column_config.TextColumn(
        "Date", width=110, help="“around”: a guess, because the text gives no date and the document’s own stands in."
    ),
    "title": st.column_config.TextColumn("Event", width=400),
    "type": st.column_config.TextColumn("Type", width=110),
    "place": st.column_config.TextColumn("Place", width=120),
    "sectors": st.column_config.TextColumn("Sectors", width=130, help="The main one first."),
    "countries": st.column_config.TextColumn("Countries", width=130),
    "review": st.column_config.TextColumn("Review", width=100),
    "completeness": st.column_config.ProgressColumn(
        "Complete", width=110, format="percent", min_value=0, max_value=1,
        help="Share of type, date, place, sectors, countries and actors that have a value and a quote.",
    ),
    "quote_count": st.column_config.NumberColumn("Quotes", width=80),
    "date_edtf": st.column_config.TextColumn("Date (EDTF)", width=190, help="The date in a form that sorts; ? marks a guess."),
}  # fmt: skip


def page() -> None:
    """One event if the address names one, else the table."""
    here = current_page()
    asked = address.subject("event")
    if asked and event.draw(here, asked):
        return
    if asked:
        st.warning(
            f"This build has no event “{as_markdown(asked)}”. It may have been rejected, merged with another, or renamed by a newer build. "
            "The selected events are below."
        )
    found = headline(here, "Events")
    if found.event_count:
        draw_hits(here)
        _draw_table(here)


def _draw_table(here: Page) -> None:
    rows = here.ask(event_rows)
    ids = tuple(rows["event_id"])
    downloads(here)
    st.caption("Tick a row to open the event with the sentences that prove it, or find it by name:")
    pick("Open an event", tuple(rows["title"]), ids, subject="event")
    st.dataframe(
        table_of(rows), column_config=COLUMNS, hide_index=True, key="events_table", row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * min(len(rows), MOST_VISIBLE_ROWS) + 38, selection_mode="single-row",
        on_select=partial(open_selected, "events_table", ids, "event"), alt="The selected events, the latest first.",
    )  # fmt: skip


def table_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of the screen from the rows of `event_rows`, in the same order."""
    shown = rows.assign(
        date=rows["date_edtf"].map(date_in_words, na_action=None),
        place=[place_in_words(row) for _, row in rows.iterrows()],
        review=rows["review_state"].map(state_in_words),
    )
    return shown[list(COLUMNS)]
