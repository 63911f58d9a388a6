"""What comes back, and what is overdue."""

import streamlit as st

from dashboard.app_pages.frame import Page
from dashboard.app_pages.lanes import hrefs_of
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import series as chart
from dashboard.charts.theme import Theme
from dashboard.queries.overview import Summary
from dashboard.queries.series import MOST_CANDIDATES, recurring

LABELS = {"series": "Series", "rhythm": "Rhythm", "events": "Events", "last": "Last", "state": "Next"}


def draw(here: Page, found: Summary, look: Theme, unit: str) -> None:
    """Each series with its past dates, which lead to their events, and the window in which the next is expected."""
    del found, look, unit
    st.header("What comes back", anchor=False)
    answer = here.ask(recurring)
    if answer.is_cut:
        st.markdown(
            f":material/info: Only the first {MOST_CANDIDATES:,} events were looked through; narrow the selection to see all."
        )
    if answer.series:
        hrefs = hrefs_of(here, [occasion.event_id for one in answer.series for occasion in one.occasions])
        st.html(chart.listed(answer.series, answer.until, hrefs))
    st.caption(
        f"{chart.sentence(answer)} A series is an occasion that titles count (“third session of the …”), two numbers being enough for "
        "its rhythm, or three events of one type and the same organisations at one interval (weekly to every two years, a quarter of "
        "it either way). The next is expected one interval after the last, a quarter of it either way, and overdue if documents "
        "were read beyond that. The days that are selected do not matter here; dates that only stand in do not count."
    )
    draw_twin(chart.table(answer), LABELS, "timeline_series")
