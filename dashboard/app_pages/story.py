"""What had happened up to each period, played in the browser."""

from pathlib import Path

import streamlit as st

from dashboard.app_pages.frame import Page
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import story as chart
from dashboard.charts.theme import Theme
from dashboard.charts.timeline import left_out, periods_of
from dashboard.queries.overview import Summary
from dashboard.queries.timeline import by_period

ASSETS = Path(__file__).resolve().parent.parent / "assets"

_draw = st.components.v2.component(
    "corridor_playback",
    css=(ASSETS / "playback.css").read_text(encoding="utf-8"),
    js=(ASSETS / "playback.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # so that it has the page's colours and letters
)


def draw(here: Page, found: Summary, look: Theme, unit: str) -> None:
    """A bar a sector that grows from one period with events to the next."""
    del found
    st.header("The story so far", anchor=False)
    counts = here.ask(by_period, unit)
    periods = periods_of(counts, unit)
    if periods is None:
        st.markdown(f"For none of these events the {unit} is known.")
        return
    data = chart.steps(counts, periods, look)
    _draw(key="timeline_playback", data=data | {"title": "Events so far, by main sector"})
    missing = left_out(counts)
    st.caption(
        f"{chart.sentence(data, periods)}{f' {missing:,} are in no step: no {unit} is known.' if missing else ''}"
    )
    table = chart.table(data)
    labels = {column: column.capitalize() if column in ("period", "news") else column for column in table}
    draw_twin(table, labels, "timeline_playback")
