"""What the page of one actor, place or country has: its facts, its part of the selection, what it has most often, and the
sentences that name it.

Such a page shows the events of its subject *within* the selection, and says how many others the filters leave out. It asks
through `within`, whose page is `here` narrowed to the subject:

    at = within(here, actors=actor_id)
    draw_share(here, at, actors=actor_id)
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages import lanes
from dashboard.app_pages.address import add
from dashboard.app_pages.breakdowns import value_clicked
from dashboard.app_pages.figures import Clicked, Narrowing
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown, quote
from dashboard.app_pages.timeline import bar_clicked, draw_figures, unit_of
from dashboard.app_pages.twins import draw_twin
from dashboard.app_pages.wording import counted, date_in_words, plain
from dashboard.charts import timeline as timeline_chart
from dashboard.charts.theme import Theme
from dashboard.queries.crossing import divided, label_of
from dashboard.queries.filters import ALSO, EventFilter
from dashboard.queries.overview import latest, summary
from dashboard.queries.timeline import by_period

MOST_VALUES = 100
MOST_BUTTONS, MOST_QUOTES, MOST_EVENTS = 6, 8, 6
"""Entries that are drawn one by one; the rest is counted, and stands in a table or on other pages."""

WHEN_HEIGHT = 180

LONG_LABEL = 48
"""Characters of a document's name in the label of a link."""


def draw_link(page: str, subject: str, code: str) -> None:
    """The way to the page of another actor, place or country."""
    page_link(page, "About →", chosen=None, **{subject: code})


ABOUT: Mapping[str, Callable[[str], None]] = {
    "actor": partial(draw_link, "actors", "actor_page"),
    "country": partial(draw_link, "map", "country_page"),
    "place": partial(draw_link, "map", "place_page"),
}
"""The fields whose values have a page of their own, with the link to it."""


def within(here: Page, **fields: str) -> Page:
    """The page narrowed to its subject: what it asks is answered for the subject's events within the selection."""
    return replace(here, selection=here.selection.narrowed(**fields))


def draw_share(here: Page, at: Page, **fields: str) -> int:
    """How many of the subject's events are selected, with the ways to list them and to narrow every page to them; the number."""
    selected = at.ask(summary).event_count
    st.markdown(share_sentence(selected, summary(here.store, EventFilter().narrowed(**fields)).event_count))
    if selected:
        with st.container(horizontal=True, vertical_alignment="center", key="profile_ways"):
            st.button("Narrow everything to it", key="profile_narrow", on_click=partial(add, **fields))
            page_link(
                "events",
                f"See {'this event' if selected == 1 else f'these {selected:,} events'} →",
                chosen=at.selection,
            )
    return selected


def share_sentence(selected: int, total: int) -> str:
    """`4 events.`, or `3 of 4 events: the filters leave out the others.`"""
    if selected == total:
        return f"{counted(total, 'event')}."
    return f"{selected:,} of {counted(total, 'event')}: the filters leave out the {'other' if total - selected == 1 else 'others'}."


def draw_facts(facts: Mapping[str, str]) -> None:
    """Names and values, one a line; a fact without a value is left out."""
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value)
    st.html(f'<dl class="facts">{pairs}</dl>')


def draw_counts(
    rows: pd.DataFrame, title: str, name: str, *, narrowing: Narrowing, about: Callable[[str], None] | None = None
) -> None:
    """What the subject has most often, each a button that narrows to it; all of them are in the table.

    Shape: `rows` has code, label and event_count, the most frequent first; a missing code has no button. `about` draws the
    link to the page of a code.
    """
    st.markdown(f"**{as_markdown(title)}** · {len(rows):,}")
    with st.container(gap=None, key=f"counts_{name}"):
        for code, label, count in (
            rows[["code", "label", "event_count"]].head(MOST_BUTTONS).itertuples(index=False, name=None)
        ):
            _draw_count(f"{label} · {count:,}", code, name, narrowing=narrowing, about=about)
    if len(rows) > MOST_BUTTONS:
        st.caption(f"and {len(rows) - MOST_BUTTONS:,} more, in the table")
    if len(rows):
        marks = [[plain(code)] for code in rows["code"]]
        draw_twin(rows, {"label": "Name", "event_count": "Events"}, name, marks=marks, narrowing=narrowing)


def _draw_count(
    label: str, code: object, name: str, *, narrowing: Narrowing, about: Callable[[str], None] | None
) -> None:
    answer = narrowing(Clicked([[plain(code)]]))
    if not answer:
        st.markdown(as_markdown(label))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(as_markdown(label), key=f"{name}_{code}", on_click=partial(add, **answer), type="tertiary")
        if about:
            about(str(code))


def draw_lists(at: Page, fields: Mapping[str, str], *, without: str = "", **subject: str) -> None:
    """A list for each field of `crossing.FIELDS` that `fields` names, side by side; `without` is the value the page is about."""
    for column, (field, title) in zip(st.columns(len(fields), gap="medium"), fields.items(), strict=True):
        rows = at.ask(divided, field, MOST_VALUES)
        rows = rows[rows["code"] != without] if without else rows
        codes = zip(rows["code"], rows["value_count"], strict=True)
        named = rows.assign(label=[label_of(field, code, at.choices, values) for code, values in codes])
        narrowing = of_subject(partial(value_clicked, field), **subject)
        with column:
            draw_counts(named, title, f"profile_{field}", narrowing=narrowing, about=ABOUT.get(field))


def of_subject(narrowing: Narrowing, **subject: str) -> Narrowing:
    """A narrowing that narrows to the subject too: the number that was clicked counts the subject's events."""
    return partial(_narrow_to_both, subject, narrowing)


def _narrow_to_both(subject: Mapping[str, str], narrowing: Narrowing, clicked: Clicked) -> dict[str, Any] | None:
    answer = narrowing(clicked)
    if not answer:
        return None
    met = {ALSO.get(name, name) if name in subject else name: value for name, value in answer.items()}
    return met | dict(subject)


def draw_dates(at: Page, look: Theme) -> None:
    """Each event with the days it may have been on, where they are few enough to have a line each."""
    found = at.ask(summary)
    if found.event_count <= lanes.MOST_ROWS:
        lanes.draw(at, found, look, "")


def draw_passages(rows: pd.DataFrame, field: str) -> None:
    """The quotes that name the subject, each with the way to its event and to its passage in the document.

    Shape: `rows` has quote, prefix, suffix, start_offset, document_id, document_title, publisher, event_id and title.
    """
    for row in rows.head(MOST_QUOTES).to_dict("records"):
        st.html(quote(row["quote"], row["prefix"], row["suffix"], field=field, note=row["title"]))
        name = plain(row["publisher"]) or row["document_title"]
        with st.container(horizontal=True):
            page_link("events", "The event", event=row["event_id"])
            passage = {"document": row["document_id"], "event": row["event_id"], "quote": str(row["start_offset"])}
            page_link("documents", f"Read it in {short(name)}", **passage)
    if len(rows) > MOST_QUOTES:
        st.caption(f"and {len(rows) - MOST_QUOTES:,} more, on the pages of the events")


def short(name: str) -> str:
    """A name that a link's label holds."""
    return name if len(name) <= LONG_LABEL else f"{name[: LONG_LABEL - 1].rstrip()}…"


def draw_latest(at: Page) -> None:
    """The subject's latest events."""
    for row in at.ask(latest, MOST_EVENTS).itertuples(index=False, name="Latest"):
        with st.container(gap=None, key=f"latest_{row.event_id}"):
            page_link("events", row.title, event=row.event_id)
            st.caption(f"{date_in_words(row.date_edtf)} · {row.type}")


def draw_when(at: Page, look: Theme, **subject: str) -> None:
    """The events by period, small, each bar to be clicked."""
    st.header("When", anchor=False)
    unit = unit_of("auto", at.ask(summary))
    counts = at.ask(by_period, unit)
    periods = timeline_chart.periods_of(counts, unit)
    if not periods:
        st.markdown("None of these events has a date.")
        return
    narrowing = of_subject(partial(bar_clicked, "mains"), **subject)
    draw_figures(counts, periods, look, "profile_bars", height=WHEN_HEIGHT, narrowing=narrowing)
    st.caption(timeline_chart.sentence(counts, periods))
