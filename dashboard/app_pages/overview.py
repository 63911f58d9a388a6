"""What there is, at a glance: the key numbers, when, where, what, and the latest events; each leads to its page."""

from html import escape

import streamlit as st

from dashboard.app_pages.breakdowns import draw_sectors
from dashboard.app_pages.figures import look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline
from dashboard.app_pages.links import page_link
from dashboard.app_pages.map import draw_map
from dashboard.app_pages.timeline import draw_figures, unit_of
from dashboard.app_pages.wording import date_in_words
from dashboard.charts import timeline as timeline_chart
from dashboard.charts.theme import Theme
from dashboard.queries.overview import Summary, latest
from dashboard.queries.timeline import by_period

TIMELINE_HEIGHT, MAP_HEIGHT = 230, 330
LATEST = 6


def page() -> None:
    """Key numbers, timeline beside map, latest events beside sectors."""
    here = current_page()
    found = headline(here, "Overview")
    if not found.event_count:
        return
    look = look_of(here)
    st.html(key_numbers(found))
    _draw_timeline(here, found, look)
    left, right = st.columns(2, gap="large")
    with left:
        _heading("Where", "map", "Map")
        draw_map(here, found, look, "overview_map", height=MAP_HEIGHT)
    with right:
        _heading("What", "breakdowns", "Breakdowns")
        draw_sectors(here, found, look, "overview_sectors")
    _draw_latest(here, look)
    downloads(here)


def key_numbers(found: Summary) -> str:
    """The numbers as HTML: they wrap, and each is read out with what it counts."""
    facts = [
        (
            f"{found.event_count:,}",
            "event" if found.event_count == 1 else "events",
            f"of {found.total_count:,} in this build",
        ),
        (
            f"{found.document_count:,}",
            "document" if found.document_count == 1 else "documents",
            f"{found.quote_count:,} quotes",
        ),
        (f"{found.country_count:,}", "country" if found.country_count == 1 else "countries", "taking part"),
        (f"{found.place_count:,}", "site" if found.place_count == 1 else "sites", "named in the texts"),
        (
            _share(found.reviewed_count, found.event_count),
            "reviewed",
            f"{found.reviewed_count:,} of {found.event_count:,}",
        ),
        (
            _share(found.stated_day_count, found.event_count),
            "with a stated day",
            f"{found.stated_day_count:,} of {found.event_count:,}",
        ),
    ]
    items = "".join(
        f"<li><b>{escape(number)}</b> <span>{escape(label)}</span> <small>{escape(note)}</small></li>"
        for number, label, note in facts
    )
    return f'<ul class="key-numbers">{items}</ul>'


def _share(part: int, whole: int) -> str:
    """A percentage, which says 100 and 0 only where it is all and none."""
    percent = 100 * part / whole
    return f"{min(max(round(percent), 1), 99) if 0 < part < whole else round(percent)} %"


def _heading(title: str, target: str, label: str) -> None:
    """A section's title with the way to its page."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"heading_{target}"
    ):
        st.header(title, anchor=False, width="content")
        page_link(target, f"{label} →")


def _draw_timeline(here: Page, found: Summary, look: Theme) -> None:
    _heading("When", "timeline", "Timeline")
    unit = unit_of("auto", found)
    counts = here.ask(by_period, unit)
    periods = timeline_chart.periods_of(counts, unit)
    if not periods:
        st.markdown("None of these events has a date.")
        return
    sentence = timeline_chart.sentence(counts, periods)
    draw_figures(counts, periods, look, "overview_timeline", height=TIMELINE_HEIGHT)
    missing = timeline_chart.left_out(counts)
    st.caption(
        f"{sentence}{f' {missing:,} not in the bars: no {unit} known.' if missing else ''} Colours are sectors, as below; hatched: no date in the text."
    )


def _draw_latest(here: Page, look: Theme) -> None:
    _heading("Latest", "events", "All events")
    for row in here.ask(latest, LATEST).itertuples(index=False, name="Latest"):
        sector = row.sector_code if isinstance(row.sector_code, str) else ""
        with st.container(gap=None, key=f"latest_{row.event_id}"):
            page_link("events", row.title, event=row.event_id)
            st.caption(f"{date_in_words(row.date_edtf)} · {row.type} · {look.label(sector)}")
